package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"chasqui/app"
	"chasqui/app/message"
	"chasqui/converters/table"
)

func inspectCommand(s *session) *cobra.Command {
	var req app.InspectRequest
	c := &cobra.Command{
		Use:   "inspect " + s.say.T("cli.arg.file"),
		Short: s.say.T("cli.inspect.short"),
		Args:  s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			req.Path, req.Stdin = args[0], s.env.Stdin
			found, err := app.Inspect(cmd.Context(), req)
			if err != nil {
				return err
			}
			if s.json {
				return s.printJSON(found)
			}
			s.showInspection(found)
			return nil
		},
	}
	c.Flags().StringVar(&req.Sheet, "sheet", "", s.say.T("cli.flag.sheet"))
	c.Flags().BoolVar(&req.Hash, "hash", false, s.say.T("cli.flag.hash"))
	s.choiceFlags(c, &req.Choices)
	return c
}

func (s *session) showInspection(found app.Inspection) {
	line := fmt.Sprintf("%s: %s, %s", found.File.Name, strings.ToUpper(found.File.Format), s.say.Bytes(found.File.Bytes))
	if found.File.Encoding != nil {
		line += ", " + *found.File.Encoding
	}
	s.println(line)
	for _, sheet := range found.Sheets {
		hidden := ""
		if !sheet.Visible {
			hidden = " (" + s.say.T("cli.inspect.hidden") + ")"
		}
		s.println("\n" + s.say.T("cli.inspect.sheet", "Name", sheet.Name) + hidden)
		if len(sheet.Tables) == 0 {
			s.println("  " + s.say.T("cli.inspect.no_table"))
		}
		for _, t := range sheet.Tables {
			s.showTable(t)
		}
		for _, n := range sheet.Notices {
			s.println("  " + s.say.Notice(n))
		}
	}
}

func (s *session) showTable(t table.Layout) {
	at := fmt.Sprintf("%s%d:%s%d", message.ColumnName(t.ColFirst), t.DataFirst, message.ColumnName(t.ColLast), t.DataLast)
	s.println("  " + s.say.T("cli.inspect.table", "Range", at, "Header", headerOf(s.say, t),
		"Confidence", s.say.Number(int64(t.Confidence*100+0.5))))
	for _, title := range t.Titles {
		s.println("    " + s.say.T("cli.inspect.title", "Text", title))
	}
	for _, f := range t.Fields {
		s.println(fmt.Sprintf("    %-24s %s", f.Name, s.say.T("type."+string(f.Type))) + examplesOf(f))
	}
	if n := len(t.Totals) + len(t.Subtotals); n > 0 {
		s.println("    " + s.say.N("cli.inspect.totals", n))
	}
	for _, note := range t.Notes {
		s.println("    " + s.say.T("cli.inspect.note", "Text", note))
	}
	for _, n := range t.Notices {
		s.println("    " + s.say.Notice(n))
	}
}

func headerOf(say *message.Printer, t table.Layout) string {
	if t.HeaderFirst == 0 {
		return say.T("cli.inspect.no_header")
	}
	if t.HeaderFirst == t.HeaderLast {
		return fmt.Sprint(t.HeaderFirst)
	}
	return fmt.Sprintf("%d-%d", t.HeaderFirst, t.HeaderLast)
}

func examplesOf(f table.Field) string {
	if len(f.Examples) == 0 {
		return ""
	}
	return "  (" + strings.Join(f.Examples[:min(2, len(f.Examples))], "; ") + ")"
}

func checkCommand(s *session) *cobra.Command {
	var sheet, profile string
	var number int
	c := &cobra.Command{
		Use:   "check " + s.say.T("cli.arg.file_or_dataset"),
		Short: s.say.T("cli.check.short"),
		Args:  s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			found, about, err := s.findings(cmd.Context(), args[0], sheet, number, profile)
			if err != nil {
				return err
			}
			return s.showFindings(found, about)
		},
	}
	c.Flags().StringVar(&sheet, "sheet", "", s.say.T("cli.flag.sheet"))
	c.Flags().IntVar(&number, "table", 0, s.say.T("cli.flag.table"))
	c.Flags().StringVar(&profile, "profile", "", s.say.T("cli.flag.profile"))
	return c
}

// findings checks a file, or the dataset of that name where no such file is;
// then it returns the dataset too, as it is under a profile: "" for its own.
func (s *session) findings(ctx context.Context, ref, sheet string, number int, profile string) ([]app.Finding, *app.Dataset, error) {
	found, fileErr := app.CheckFile(ctx, ref, s.env.Stdin, sheet, number)
	if message.CodeOf(fileErr) != string(app.FileNotFound) {
		list := make([]app.Finding, len(found))
		for i, f := range found {
			list[i] = app.Finding{Finding: f, Table: max(number, 1)}
		}
		return list, nil, fileErr
	}
	var list []app.Finding
	var about app.Dataset
	err := s.with(ctx, false, func(a *app.App) error {
		var err error
		if about, err = a.Dataset(ctx, ref); err == nil {
			list, err = a.Findings(ctx, ref)
		}
		if err == nil && profile != "" {
			about, err = a.Under(ctx, about, profile)
		}
		return err
	})
	if message.CodeOf(err) == "not_found" {
		err = fileErr
	}
	return list, &about, err
}

// findingJSON is a finding under --json.
type findingJSON struct {
	Code     string      `json:"code"`
	Family   string      `json:"family"`
	Severity string      `json:"severity"`
	Field    string      `json:"field"`
	Place    table.Place `json:"place,omitzero"`
	Count    int         `json:"count"`
	Text     string      `json:"text"`
	Examples []string    `json:"examples"`
	Decision string      `json:"decision,omitempty"`
}

// showFindings tells what was found and, of a dataset, how complete its
// metadata are.
func (s *session) showFindings(found []app.Finding, about *app.Dataset) error {
	open := false
	list := []findingJSON{}
	for _, f := range found {
		open = open || f.Open() || f.Severity == "error" && f.Decision == ""
		text := s.say.Finding(f.Finding)
		list = append(list, findingJSON{
			f.Code, f.Family, string(f.Severity), f.Field, f.Place, f.Count, text, append([]string{}, f.Examples...), f.Decision,
		})
		s.println(s.say.T("severity."+string(f.Severity)) + ": " + text)
		if len(f.Examples) > 0 {
			s.println("    " + strings.Join(f.Examples, "; "))
		}
	}
	if s.json {
		all := map[string]any{"findings": list}
		if about != nil {
			all["score"], all["lacking"] = about.Score(), append([]string{}, about.Profile.Lacking(about.Description)...)
		}
		if err := s.printJSON(all); err != nil {
			return err
		}
	} else if len(found) == 0 {
		s.println(s.say.T("cli.check.nothing"))
	}
	if about != nil {
		s.showScore(*about)
	}
	if open {
		return &toldError{exitInput}
	}
	return nil
}
