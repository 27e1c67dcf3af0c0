package cli

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"chasqui/app"
	"chasqui/app/disk"
)

// queueReceipt writes a job's signed receipt, or verifies one.
func (s *session) queueReceipt() *cobra.Command {
	var out, verify string
	c := &cobra.Command{
		Use:   "receipt [" + s.say.T("cli.arg.job") + "]",
		Short: s.say.T("cli.queue.receipt.short"),
		Long:  s.say.T("cli.queue.receipt.long"),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case verify != "" && len(args) == 0 && out == "":
				return s.verifyReceipt(verify)
			case verify != "" || len(args) != 1:
				return &usageError{kind: "argument_count"}
			case out == "":
				return &usageError{kind: "flag_missing", detail: "-o"}
			}
			return s.with(cmd.Context(), false, func(a *app.App) error {
				file, err := a.SignedReceipt(cmd.Context(), args[0], s.say.Lang())
				if err != nil {
					return err
				}
				return s.writeReceipt(file, out)
			})
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", s.say.T("cli.flag.receipt_output"))
	c.Flags().StringVar(&verify, "verify", "", s.say.T("cli.flag.receipt_verify"))
	return c
}

// writeReceipt writes the receipt into a folder, both files, or to the one file
// that is named; a name that ends in .html is the page.
func (s *session) writeReceipt(file app.ReceiptFile, out string) error {
	if out == "-" {
		_, err := s.env.Stdout.Write(file.JSON)
		return err
	}
	named := map[string][]byte{}
	info, err := os.Stat(out)
	ending := strings.ToLower(filepath.Ext(out))
	switch {
	case err == nil && info.IsDir(), ending != ".json" && ending != ".html":
		if err := os.MkdirAll(out, 0o777); err != nil {
			return disk.Explained(err)
		}
		named[filepath.Join(out, file.Name+".json")] = file.JSON
		named[filepath.Join(out, file.Name+".html")] = file.HTML
	case ending == ".html":
		named[out] = file.HTML
	default:
		named[out] = file.JSON
	}
	var written []string
	for _, path := range sortedKeys(named) {
		if err := disk.WriteFile(s.env.Disk, path, named[path]); err != nil {
			return err
		}
		s.println(s.say.T("cli.queue.receipt.written", "Path", path))
		written = append(written, path)
	}
	s.println(s.say.T("cli.queue.receipt.key", "Fingerprint", file.Fingerprint))
	return s.document(map[string]any{"files": written, "fingerprint": file.Fingerprint})
}

// receiptCheckJSON is a receipt that was verified.
type receiptCheckJSON struct {
	Valid       bool                `json:"valid"`
	Fingerprint string              `json:"fingerprint"`
	Receipt     app.ReceiptDocument `json:"receipt"`
}

func (s *session) verifyReceipt(path string) error {
	data, err := s.readSmall(path)
	if err != nil {
		return err
	}
	d, fingerprint, err := app.VerifyReceipt(data)
	if err != nil {
		return err
	}
	s.println(s.say.T("cli.queue.receipt.valid", "Title", d.Title, "URL", d.URL, "When", d.Published.Local().Format(time.DateTime)))
	for _, f := range d.Files {
		s.println("  " + f.Name + "  " + s.say.Bytes(f.Bytes) + "\n    sha256 " + f.SHA256 + "\n    " + f.URL)
	}
	s.println(s.say.T("cli.queue.receipt.key", "Fingerprint", fingerprint))
	return s.document(receiptCheckJSON{true, fingerprint, d})
}

// dayJSON is one day of one destination under --json.
type dayJSON struct {
	Date        string `json:"date"`
	Destination string `json:"destination"`
	Sent        int    `json:"sent"`
	Bytes       int64  `json:"bytes"`
	Waiting     int    `json:"waiting"`
}

// queueHistory says what was sent and what waited, day by day.
func (s *session) queueHistory() *cobra.Command {
	var days int
	c := &cobra.Command{
		Use: "history", Short: s.say.T("cli.queue.history.short"), Args: s.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if days < 1 || days > 3660 {
				return &usageError{kind: "flag_value", detail: "--days"}
			}
			return s.with(cmd.Context(), true, func(a *app.App) error {
				list, err := a.History(cmd.Context(), days)
				if err != nil {
					return err
				}
				views := []dayJSON{}
				var rows [][]string
				for _, d := range list {
					views = append(views, dayJSON{d.Date.Format(time.DateOnly), d.Destination, d.Sent, d.Bytes, d.Waiting})
					if d.Sent+d.Waiting > 0 {
						rows = append(rows, []string{
							d.Date.Format(time.DateOnly), d.Destination, s.say.Number(int64(d.Sent)), s.say.Bytes(d.Bytes), s.say.Number(int64(d.Waiting)),
						})
					}
				}
				if len(rows) == 0 {
					s.println(s.say.T("cli.queue.history.none"))
				} else {
					s.table([]string{"cli.head.day", "cli.head.destination", "cli.head.sent", "cli.head.size", "cli.head.waiting"}, rows)
				}
				return s.document(views)
			})
		},
	}
	c.Flags().IntVar(&days, "days", 30, s.say.T("cli.flag.days"))
	return c
}
