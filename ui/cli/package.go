package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"chasqui/app"
)

func packageCommand(s *session) *cobra.Command {
	var req app.PackageRequest
	ids := make([]string, len(app.Outputs))
	for i, o := range app.Outputs {
		ids[i] = o.ID
	}
	c := &cobra.Command{
		Use:   "package " + s.say.T("cli.arg.dataset") + " -o " + s.say.T("cli.arg.folder"),
		Short: s.say.T("cli.package.short"),
		Long:  s.say.T("cli.package.long"),
		Args:  s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if req.Out == "" {
				return &usageError{kind: "flag_missing", detail: "-o"}
			}
			req.Dataset = args[0]
			line := s.progress("")
			req.Progress = func(step app.FreezeStep) {
				if step.Step == "write" && step.Rows > 0 {
					line.show(step.File + " " + s.say.Number(int64(step.Rows)))
				}
			}
			return s.with(cmd.Context(), false, func(a *app.App) error {
				done, err := a.Package(cmd.Context(), req)
				line.end()
				if err != nil {
					return err
				}
				for _, f := range done.Files {
					s.println(s.say.T("cli.package.file", "Path", f.Path, "Bytes", s.say.Bytes(f.Bytes)))
				}
				for _, place := range []string{done.Folder, done.Zip} {
					if place != "" {
						s.println(s.say.T("cli.package.done", "Path", place))
					}
				}
				return s.document(done)
			})
		},
	}
	c.Flags().StringVarP(&req.Out, "output", "o", "", s.say.T("cli.flag.package_output"))
	c.Flags().BoolVar(&req.Zip, "zip", false, s.say.T("cli.flag.zip"))
	c.Flags().StringSliceVar(&req.Formats, "format", nil, s.say.T("cli.flag.package_format", "Formats", strings.Join(ids, ", ")))
	return c
}
