package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"chasqui/app"
	"chasqui/app/secret"
)

// sortedKeys are a map's keys in their order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// hidden asks for something that must not be seen, on a terminal only.
func (s *session) hidden(prompt string) (string, error) {
	in, ok := s.env.Stdin.(*os.File)
	if !ok || !s.env.Terminal {
		return "", &secret.Error{Kind: secret.NoPlace}
	}
	fmt.Fprint(s.env.Stderr, prompt+" ")
	typed, err := term.ReadPassword(int(in.Fd()))
	fmt.Fprintln(s.env.Stderr)
	return string(typed), err
}

// askPassphrase asks for the passphrase of the data folder's secrets, twice if
// it is a new one; nil where there is nobody to ask.
func (s *session) askPassphrase() func(fresh bool) (string, error) {
	if !s.env.Terminal {
		return nil
	}
	return func(fresh bool) (string, error) {
		if !fresh {
			return s.hidden(s.say.T("cli.ask.passphrase"))
		}
		s.note(s.say.T("cli.ask.passphrase.why"))
		first, err := s.hidden(s.say.T("cli.ask.passphrase.new"))
		if err != nil || first == "" {
			return "", err
		}
		again, err := s.hidden(s.say.T("cli.ask.passphrase.again"))
		if err != nil {
			return "", err
		}
		if again != first {
			return "", &secret.Error{Kind: secret.WrongWords}
		}
		return first, nil
	}
}

// destinationToken keeps a typed token. It is asked for, or read from standard
// input; it is never an argument, since those stand in lists of processes.
func (s *session) destinationToken() *cobra.Command {
	var forget bool
	c := &cobra.Command{
		Use:   "token " + s.say.T("cli.arg.destination"),
		Short: s.say.T("cli.destination.token.short"),
		Long:  s.say.T("cli.destination.token.long"),
		Args:  s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), false, func(a *app.App) error {
				token := ""
				if !forget {
					var err error
					if token, err = s.typedToken(); err != nil {
						return err
					}
				}
				d, err := a.KeepToken(cmd.Context(), args[0], token)
				if err != nil {
					return err
				}
				s.println(s.say.T("cli.destination.token."+placeWord(d.TokenKept), "Name", d.Name))
				return s.document(map[string]string{"destination": d.Name, "token_kept": d.TokenKept})
			})
		},
	}
	c.Flags().BoolVar(&forget, "forget", false, s.say.T("cli.flag.forget_token"))
	return c
}

// offerToken asks on a terminal for the token of a new destination that names
// none; an empty answer leaves it without.
func (s *session) offerToken(ctx context.Context, a *app.App, d app.Destination) (app.Destination, error) {
	if !s.env.Terminal || s.json || d.TokenFile != "" || d.TokenEnv != "" {
		return d, nil
	}
	token, err := s.hidden(s.say.T("cli.ask.token_or_none"))
	if err != nil || strings.TrimSpace(token) == "" {
		return d, err
	}
	kept, err := a.KeepToken(ctx, d.ID, token)
	if err != nil {
		return d, err
	}
	s.println(s.say.T("cli.destination.token."+placeWord(kept.TokenKept), "Name", kept.Name))
	return kept, nil
}

func placeWord(kept string) string {
	if kept == "" {
		return "forgotten"
	}
	return kept
}

// typedToken asks for a token, or reads the first line of standard input.
func (s *session) typedToken() (string, error) {
	if s.env.Terminal {
		return s.hidden(s.say.T("cli.ask.token"))
	}
	line, err := bufio.NewReader(io.LimitReader(s.env.Stdin, 1<<16)).ReadString('\n')
	line = strings.TrimSpace(line)
	if line == "" {
		if err == nil || err == io.EOF {
			err = &app.Error{Kind: app.NeedsAnswer, Args: map[string]string{"Flag": "--token-file"}}
		}
		return "", err
	}
	return line, nil
}
