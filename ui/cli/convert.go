package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"chasqui/app"
	"chasqui/app/clean"
	"chasqui/app/disk"
)

func convertCommand(s *session) *cobra.Command {
	var req app.ConvertRequest
	var recipe string
	c := &cobra.Command{
		Use:   "convert " + s.say.T("cli.arg.files") + " -o " + s.say.T("cli.arg.output"),
		Short: s.say.T("cli.convert.short"),
		Long:  s.say.T("cli.convert.long"),
		Args:  s.atLeast(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if req.Out == "" {
				return &usageError{kind: "flag_missing", detail: "-o"}
			}
			if recipe != "" {
				r, err := s.readRecipe(recipe)
				if err != nil {
					return err
				}
				req.Recipe = &r
			}
			if len(args) > 1 {
				if err := severalInto(req.Out); err != nil {
					return err
				}
			}
			return s.convertAll(cmd, req, args)
		},
	}
	f := c.Flags()
	f.StringVarP(&req.Out, "output", "o", "", s.say.T("cli.flag.output"))
	f.StringSliceVar(&req.To, "to", nil, s.say.T("cli.flag.to"))
	f.StringVar(&req.Write.UTM, "utm", "", s.say.T("cli.flag.utm"))
	f.StringVar(&req.Sheet, "sheet", "", s.say.T("cli.flag.sheet"))
	f.IntVar(&req.Table, "table", 0, s.say.T("cli.flag.table"))
	f.StringVar(&recipe, "recipe", "", s.say.T("cli.flag.recipe"))
	f.BoolVar(&req.Write.BOM, "bom", false, s.say.T("cli.flag.bom"))
	f.BoolVar(&req.AsIs, "as-is", false, s.say.T("cli.flag.as_is"))
	s.choiceFlags(c, &req.Choices)
	s.unpivotFlag(c, &req.Unpivot)
	notBoth(c, "as-is", "unpivot")
	return c
}

func (s *session) readRecipe(path string) (clean.Recipe, error) {
	data, err := s.readSmall(path)
	if err != nil {
		return clean.Recipe{}, err
	}
	return clean.Parse(data)
}

// readSmall reads a file that a person wrote, "-" for standard input.
func (s *session) readSmall(path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(s.env.Stdin)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &app.Error{Kind: app.FileNotFound, Args: map[string]string{"Name": filepath.Base(path)}, Err: err}
	}
	return data, nil
}

// severalInto makes sure that several results have a folder to go to.
func severalInto(out string) error {
	info, err := os.Stat(out)
	_, notOutput := app.OutputOf(strings.TrimPrefix(filepath.Ext(out), "."))
	if out == "-" || err == nil && !info.IsDir() || err != nil && notOutput == nil {
		return &app.Error{Kind: app.OneFileOnly, Args: map[string]string{"Name": out}}
	}
	return disk.Explained(os.MkdirAll(out, 0o777))
}

// convertAll converts each file and reports each; the exit code is the worst.
func (s *session) convertAll(cmd *cobra.Command, req app.ConvertRequest, paths []string) error {
	req.Stdin, req.Stdout, req.Disk = s.env.Stdin, s.env.Stdout, s.env.Disk
	worst := exitDone
	for _, path := range paths {
		req.Path = path
		bar := s.progress(path)
		req.Progress = func(rows int) { bar.show(s.say.N("cli.progress.rows", rows)) }
		done, err := app.Convert(cmd.Context(), req)
		bar.end()
		if err != nil {
			if len(paths) == 1 {
				return err
			}
			worst = max(worst, s.failOn(path, err))
			continue
		}
		if err := s.showConversion(done, req.Out == "-"); err != nil {
			return err
		}
	}
	if worst != exitDone {
		return &toldError{worst}
	}
	return nil
}

func (s *session) showConversion(c app.Conversion, toStdout bool) error {
	if toStdout {
		return nil
	}
	if s.json {
		return s.printJSON(c)
	}
	for _, f := range c.Files {
		s.println(s.say.N("cli.convert.done", c.Rows, "Path", f.Path, "Bytes", s.say.Bytes(f.Bytes)))
	}
	for _, step := range c.Steps {
		if step.Count > 0 {
			s.println("  " + s.say.N("step."+step.Op+"."+step.What, step.Count))
		}
	}
	for _, n := range c.Notices {
		s.note("  " + s.say.Notice(n))
	}
	return nil
}

// bar is a line on the terminal that says how far a long action is.
type bar struct {
	s     *session
	label string
	drawn bool
}

func (s *session) progress(label string) *bar { return &bar{s: s, label: label} }

func (b *bar) show(text string) {
	if b.s.env.Terminal && !b.s.quiet && !b.s.json {
		fmt.Fprintf(b.s.env.Stderr, "\r\x1b[K%s: %s", b.label, text)
		b.drawn = true
	}
}

func (b *bar) end() {
	if b.drawn {
		fmt.Fprint(b.s.env.Stderr, "\r\x1b[K")
	}
}

func recipeCommand(s *session) *cobra.Command {
	c := &cobra.Command{Use: "recipe", Short: s.say.T("cli.recipe.short")}
	show := &cobra.Command{
		Use:   "show " + s.say.T("cli.arg.dataset"),
		Short: s.say.T("cli.recipe.show.short"),
		Args:  s.exactly(1),
		RunE: s.showing(func(d app.Dataset) error {
			for _, t := range d.Tables {
				if err := s.printJSON(t.Recipe); err != nil {
					return err
				}
			}
			return nil
		}),
	}
	c.AddCommand(show)
	return c
}
