package cli

import (
	"github.com/spf13/cobra"

	"chasqui/app"
)

// destinationTrust shows a certificate that does not convince, and with --pin
// accepts its key: looking and accepting are two commands, so that nobody
// accepts what was not shown.
func (s *session) destinationTrust() *cobra.Command {
	var pin string
	var forget bool
	c := &cobra.Command{
		Use:   "trust " + s.say.T("cli.arg.destination"),
		Short: s.say.T("cli.destination.trust.short"),
		Long:  s.say.T("cli.destination.trust.long"),
		Args:  s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), false, func(a *app.App) error {
				var found app.Certificate
				var err error
				if pin != "" || forget {
					if found, err = a.Trust(cmd.Context(), args[0], pin); err != nil {
						return err
					}
					word := "cli.destination.trust.done"
					if forget {
						word = "cli.destination.trust.forgotten"
					}
					s.println(s.say.T(word, "Name", found.Destination))
					return s.document(found)
				}
				if found, err = a.Certificate(cmd.Context(), args[0]); err != nil {
					return err
				}
				s.tellCertificate(found)
				return s.document(found)
			})
		},
	}
	c.Flags().StringVar(&pin, "pin", "", s.say.T("cli.flag.pin"))
	c.Flags().BoolVar(&forget, "forget", false, s.say.T("cli.flag.forget_pin"))
	notBoth(c, "pin", "forget")
	return c
}

func (s *session) tellCertificate(found app.Certificate) {
	if found.Convinces {
		s.println(s.say.T("cli.destination.trust.convinces", "Name", found.Destination))
		return
	}
	s.println(s.say.T("cli.destination.trust.shown",
		"Subject", found.Subject, "Issuer", found.Issuer, "Until", found.NotAfter, "Pin", found.Pin))
	if found.Trusted {
		s.println(s.say.T("cli.destination.trust.done", "Name", found.Destination))
		return
	}
	s.println(s.say.T("cli.destination.trust.how", "Name", found.Destination, "Pin", found.Pin))
}

func (s *session) destinationMove() *cobra.Command {
	var address string
	c := &cobra.Command{
		Use:   "move " + s.say.T("cli.arg.destination") + " --url URL",
		Short: s.say.T("cli.destination.move.short"),
		Args:  s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if address == "" {
				return &usageError{kind: "flag_missing", detail: "--url"}
			}
			return s.with(cmd.Context(), false, func(a *app.App) error {
				d, err := a.MoveDestination(cmd.Context(), args[0], address)
				if err != nil {
					return err
				}
				s.println(s.say.T("cli.destination.move.done", "Name", d.Name, "URL", d.URL))
				return s.document(destinationOf(d))
			})
		},
	}
	c.Flags().StringVar(&address, "url", "", s.say.T("cli.flag.url"))
	return c
}

func (s *session) destinationWithdraw() *cobra.Command {
	return &cobra.Command{
		Use:   "withdraw " + s.say.T("cli.arg.destination_dataset"),
		Short: s.say.T("cli.destination.withdraw.short"),
		Args:  s.exactly(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), false, func(a *app.App) error {
				if err := a.Withdraw(cmd.Context(), args[1], args[0]); err != nil {
					return err
				}
				s.println(s.say.T("cli.destination.withdraw.done", "Name", args[0]))
				return s.document(map[string]string{"withdrawn": args[1], "from": args[0]})
			})
		},
	}
}
