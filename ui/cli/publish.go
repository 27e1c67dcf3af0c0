package cli

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"chasqui/app"
)

// timeForm is how times stand in JSON.
const timeForm = time.RFC3339

func destinationCommand(s *session) *cobra.Command {
	c := &cobra.Command{Use: "destination", Short: s.say.T("cli.destination.short")}
	c.AddCommand(s.destinationAdd(), s.destinationToken(), s.destinationList(), s.destinationTest(), s.destinationForm(), s.destinationRemove())
	return c
}

// destinationJSON is a destination under --json. Where its token is read is
// named; the token never is.
type destinationJSON struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	Kind         string `json:"kind"`
	URL          string `json:"url"`
	Organization string `json:"organization"`
	TokenFile    string `json:"token_file,omitempty"`
	TokenEnv     string `json:"token_env,omitempty"`
}

func destinationOf(d app.Destination) destinationJSON {
	return destinationJSON{d.ID, d.Name, d.Kind, d.URL, d.Organization, d.TokenFile, d.TokenEnv}
}

func (s *session) destinationAdd() *cobra.Command {
	var d app.Destination
	c := &cobra.Command{
		Use:   "add " + s.say.T("cli.arg.name") + " --kind KIND --url URL",
		Short: s.say.T("cli.destination.add.short"),
		Long:  s.say.T("cli.destination.add.long", "Kinds", strings.Join(app.DestinationKinds(), ", ")),
		Args:  s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if d.TokenFile != "" && d.TokenEnv != "" {
				return &usageError{kind: "flag_value", detail: "--token-file, --token-env"}
			}
			d.Name = args[0]
			return s.with(cmd.Context(), false, func(a *app.App) error {
				added, err := a.AddDestination(cmd.Context(), d)
				if err != nil {
					return err
				}
				if app.OpenToOthers(added) {
					s.note(s.say.T("cli.destination.token_open", "Path", added.TokenFile))
				}
				if strings.HasPrefix(added.URL, "http://") && !loopback(added.URL) {
					s.note(s.say.T("cli.destination.insecure"))
				}
				s.println(s.say.T("cli.destination.add.done", "Name", added.Name, "URL", added.URL))
				return s.document(destinationOf(added))
			})
		},
	}
	f := c.Flags()
	f.StringVar(&d.Kind, "kind", "ckan", s.say.T("cli.flag.kind", "Kinds", strings.Join(app.DestinationKinds(), ", ")))
	f.StringVar(&d.URL, "url", "", s.say.T("cli.flag.url"))
	f.StringVar(&d.Organization, "organization", "", s.say.T("cli.flag.organization"))
	f.StringVar(&d.TokenFile, "token-file", "", s.say.T("cli.flag.token_file"))
	f.StringVar(&d.TokenEnv, "token-env", "", s.say.T("cli.flag.token_env"))
	return c
}

// loopback reports whether an address is this computer's own.
func loopback(url string) bool {
	rest := strings.TrimPrefix(url, "http://")
	return strings.HasPrefix(rest, "127.") || strings.HasPrefix(rest, "localhost") || strings.HasPrefix(rest, "[::1]")
}

func (s *session) destinationList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: s.say.T("cli.destination.list.short"), Args: s.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.with(cmd.Context(), true, func(a *app.App) error {
				list, err := a.Destinations(cmd.Context())
				if err != nil {
					return err
				}
				views := []destinationJSON{}
				var rows [][]string
				for _, d := range list {
					views = append(views, destinationOf(d))
					rows = append(rows, []string{d.Name, d.Kind, d.URL, d.Organization})
				}
				s.table([]string{"cli.head.name", "cli.head.kind", "cli.head.url", "cli.head.organization"}, rows)
				return s.document(views)
			})
		},
	}
}

func (s *session) destinationTest() *cobra.Command {
	return &cobra.Command{
		Use: "test " + s.say.T("cli.arg.destination"), Short: s.say.T("cli.destination.test.short"), Args: s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), false, func(a *app.App) error {
				st, err := a.TestDestination(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				s.println(s.say.T("cli.destination.test.done", "Software", st.Software, "Version", st.Version, "User", st.User,
					"Organizations", strings.Join(st.Organizations, ", ")))
				if !st.Supported {
					s.note(s.say.T("cli.destination.test.old"))
				}
				return s.document(map[string]any{
					"software": st.Software, "version": st.Version, "supported": st.Supported, "user": st.User,
					"organizations": append([]string{}, st.Organizations...), "title": st.Title,
				})
			})
		},
	}
}

func (s *session) destinationRemove() *cobra.Command {
	return &cobra.Command{
		Use: "remove " + s.say.T("cli.arg.destination"), Short: s.say.T("cli.destination.remove.short"), Args: s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), false, func(a *app.App) error {
				if err := a.RemoveDestination(cmd.Context(), args[0]); err != nil {
					return err
				}
				s.println(s.say.T("cli.destination.remove.done", "Name", args[0]))
				return s.document(map[string]string{"removed": args[0]})
			})
		},
	}
}

// publishedJSON is a queued publication under --json, with what it costs to
// send.
type publishedJSON struct {
	Job   string `json:"job"`
	Files int    `json:"files"`
	*estimateJSON
}

func publishCommand(s *session) *cobra.Command {
	var to, at string
	var replace bool
	c := &cobra.Command{
		Use:   "publish " + s.say.T("cli.arg.datasets") + " --to " + s.say.T("cli.arg.destination"),
		Short: s.say.T("cli.publish.short"),
		Long:  s.say.T("cli.publish.long"),
		Args:  s.atLeast(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if to == "" {
				return &usageError{kind: "flag_missing", detail: "--to"}
			}
			when, err := parseAt(at)
			if err != nil {
				return err
			}
			return s.with(cmd.Context(), false, func(a *app.App) error {
				return s.each1(args, func(ref string) error {
					job, err := a.Publish(cmd.Context(), ref, to, app.PublishOptions{At: when, Replace: replace}, nil)
					if err != nil {
						return err
					}
					cost, err := a.Estimate(cmd.Context(), job)
					if err != nil {
						return err
					}
					s.println(s.say.T("cli.publish.done", "Title", job.Title, "Job", short(job.ID)))
					s.println(s.cost(cost))
					for _, name := range cost.TooLarge {
						s.note(s.say.T("cli.publish.too_large", "File", name, "Size", s.say.Bytes(cost.Refused)))
					}
					return s.document(publishedJSON{job.ID, job.Files, estimateOf(cost)})
				})
			})
		},
	}
	c.Flags().StringVar(&to, "to", "", s.say.T("cli.flag.publish_to"))
	c.Flags().StringVar(&at, "at", "", s.say.T("cli.flag.at"))
	c.Flags().BoolVar(&replace, "replace-queued", false, s.say.T("cli.flag.replace_queued"))
	return c
}

// parseAt reads a time of day or a date: RFC 3339, or without zone the
// computer's own.
func parseAt(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(form, s, time.Local); err == nil {
			return t, nil
		}
	}
	return time.Time{}, &app.Error{Kind: app.BadTime, Args: map[string]string{"Value": s}}
}

func practiceCommand(s *session) *cobra.Command {
	c := &cobra.Command{Use: "practice", Short: s.say.T("cli.practice.short")}
	var opt app.PracticeOptions
	serve := &cobra.Command{
		Use: "serve", Short: s.say.T("cli.practice.serve.short"), Args: s.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			opt.Dir = app.PracticeDir(app.DataDir(s.data, s.env.Getenv))
			site, err := app.ServePractice(cmd.Context(), opt)
			if err != nil {
				return err
			}
			if err := s.document(site); err != nil {
				return err
			}
			s.println(s.say.T("cli.practice.serve.done", "URL", site.URL, "Organization", site.Organization))
			for _, p := range site.Participants {
				s.println("  " + p.Name + ": " + p.Token)
			}
			return site.Wait()
		},
	}
	serve.Flags().StringVar(&opt.Listen, "listen", "", s.say.T("cli.flag.listen"))
	serve.Flags().BoolVar(&opt.Reset, "reset", false, s.say.T("cli.flag.reset"))
	serve.Flags().IntVar(&opt.Participants, "participants", 1, s.say.T("cli.flag.participants"))
	c.AddCommand(serve)
	return c
}

func versionCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: s.say.T("cli.version.short"), Args: s.noArgs,
		RunE: func(*cobra.Command, []string) error {
			s.println("chasqui " + s.env.Version)
			return s.document(map[string]string{"version": s.env.Version})
		},
	}
}

func windowCommand(s *session) *cobra.Command {
	var opt WindowOptions
	c := &cobra.Command{
		Use: "window", Short: s.say.T("cli.window.short"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if s.env.Window == nil {
				return &app.Error{Kind: app.NoWindow}
			}
			opt.Data, opt.Lang, opt.Files = s.data, s.lang, args
			return s.env.Window(cmd.Context(), opt)
		},
	}
	c.Flags().BoolVar(&opt.Sample, "sample", false, s.say.T("cli.flag.sample"))
	c.Flags().StringVar(&opt.Screen, "screen", "", s.say.T("cli.flag.screen"))
	return c
}
