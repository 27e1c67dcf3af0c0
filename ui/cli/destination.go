package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"chasqui/app"
)

func destinationCommand(s *session) *cobra.Command {
	c := &cobra.Command{Use: "destination", Short: s.say.T("cli.destination.short")}
	c.AddCommand(s.destinationAdd(), s.destinationToken(), s.destinationList(), s.destinationTest(), s.destinationForm(),
		s.destinationTrust(), s.destinationMove(), s.destinationWithdraw(), s.destinationRemove())
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
	TokenKept    string `json:"token_kept,omitempty"` // "keyring" or "age", of a token that was typed
}

func destinationOf(d app.Destination) destinationJSON {
	return destinationJSON{d.ID, d.Name, d.Kind, d.URL, d.Organization, d.TokenFile, d.TokenEnv, d.TokenKept}
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
				if added, err = s.offerToken(cmd.Context(), a, added); err != nil {
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
				if st.Insecure {
					s.note(s.say.T("cli.destination.insecure"))
				}
				if !st.Supported {
					s.note(s.say.T("cli.destination.test.old"))
				}
				return s.document(map[string]any{
					"software": st.Software, "version": st.Version, "supported": st.Supported, "user": st.User,
					"organizations": append([]string{}, st.Organizations...), "title": st.Title,
					"insecure": st.Insecure, "datastore": st.DataStore,
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
