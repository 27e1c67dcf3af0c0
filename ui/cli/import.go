package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"chasqui/app"
)

func (s *session) datasetImport() *cobra.Command {
	var req app.ImportRequest
	c := &cobra.Command{
		Use:   "import " + s.say.T("cli.arg.package"),
		Short: s.say.T("cli.dataset.import.short"),
		Long:  s.say.T("cli.dataset.import.long"),
		Args:  s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			req.Path = args[0]
			return s.with(cmd.Context(), false, func(a *app.App) error {
				done, err := a.Import(cmd.Context(), req)
				if err != nil {
					return err
				}
				d := done.Dataset
				s.println(s.say.T("cli.dataset.new.done", "ID", short(d.ID), "Title", d.Title()))
				if len(done.Dropped) > 0 {
					s.note(s.say.T("cli.dataset.import.dropped", "Keys", strings.Join(done.Dropped, ", ")))
				}
				return s.document(map[string]any{"id": d.ID, "title": d.Title(), "dropped": append([]string{}, done.Dropped...)})
			})
		},
	}
	c.Flags().StringVar(&req.Source, "source", "", s.say.T("cli.flag.import_source"))
	c.Flags().StringVar(&req.Pick, "pick", "", s.say.T("cli.flag.pick"))
	return c
}
