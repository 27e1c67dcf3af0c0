package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"chasqui/app"
)

// officeWords are what an office says of itself, by key, for people and under
// --json.
func (s *session) officeWords(o app.Office) map[string]string {
	words := map[string]string{}
	for _, key := range app.OfficeKeys {
		words[key] = app.OfficeValue(o, key)
		if words[key] != "" {
			s.println(s.say.T("office."+key) + ": " + words[key])
		}
	}
	return words
}

func (s *session) officeEdit() *cobra.Command {
	var sets []string
	var from string
	c := &cobra.Command{
		Use: "edit", Short: s.say.T("cli.office.edit.short"), Args: s.noArgs,
		Long: s.say.T("cli.office.edit.long", "Keys", strings.Join(app.OfficeKeys[:], ", ")),
		RunE: func(cmd *cobra.Command, _ []string) error {
			list, err := s.assignments(from, sets)
			if err != nil {
				return err
			}
			return s.with(cmd.Context(), false, func(a *app.App) error {
				o, err := a.EditOffice(cmd.Context(), list)
				if err != nil {
					return err
				}
				return s.document(s.officeWords(o))
			})
		},
	}
	c.Flags().StringArrayVar(&sets, "set", nil, s.say.T("cli.flag.set"))
	c.Flags().StringVar(&from, "from", "", s.say.T("cli.flag.from"))
	return c
}

func (s *session) officeExport() *cobra.Command {
	return &cobra.Command{
		Use: "export " + s.say.T("cli.arg.file"), Short: s.say.T("cli.office.export.short"), Args: s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), false, func(a *app.App) error {
				if err := a.ExportOffice(cmd.Context(), args[0]); err != nil {
					return err
				}
				s.println(s.say.T("cli.office.exported", "Path", args[0]))
				return s.document(map[string]string{"path": args[0]})
			})
		},
	}
}

func (s *session) officeImport() *cobra.Command {
	return &cobra.Command{
		Use: "import " + s.say.T("cli.arg.file"), Short: s.say.T("cli.office.import.short"), Args: s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), false, func(a *app.App) error {
				o, err := a.ImportOffice(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				s.println(s.say.T("cli.office.saved"))
				return s.document(s.officeWords(o))
			})
		},
	}
}

// destinationForm reads what a destination's portal asks of a dataset.
func (s *session) destinationForm() *cobra.Command {
	return &cobra.Command{
		Use: "form " + s.say.T("cli.arg.destination"), Short: s.say.T("cli.destination.form.short"), Args: s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), false, func(a *app.App) error {
				f, err := a.ReadForm(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				s.println(s.say.T("cli.destination.form.done", "Organizations", len(f.Organizations), "Groups", len(f.Groups),
					"Licenses", len(f.Licenses), "Fields", len(f.Dataset)))
				return s.document(f)
			})
		},
	}
}
