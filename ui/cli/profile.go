package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"chasqui/app"
	"chasqui/app/describe"
)

func profileCommand(s *session) *cobra.Command {
	c := &cobra.Command{Use: "profile", Short: s.say.T("cli.profile.short")}
	c.AddCommand(s.profileList(), s.profileShow(), s.profileCheck(), s.profileAdd(), s.profileRemove())
	return c
}

// profileJSON is a profile in a list under --json.
type profileJSON struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Country string `json:"country,omitempty"`
	Extends string `json:"extends,omitempty"`
	Title   string `json:"title"`
	Own     bool   `json:"own"`
}

func (s *session) profileList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: s.say.T("cli.profile.list.short"), Args: s.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.with(cmd.Context(), true, func(a *app.App) error {
				var rows [][]string
				views := []profileJSON{}
				for _, p := range a.Profiles().All() {
					v := profileJSON{p.ID, p.Version, p.Country, p.Extends, p.Title.In(s.say.Lang()), a.OwnProfile(p.ID)}
					views = append(views, v)
					own := ""
					if v.Own {
						own = s.say.T("cli.profile.own")
					}
					rows = append(rows, []string{v.ID, v.Title, v.Country, own})
				}
				s.table([]string{"cli.head.id", "cli.head.title", "cli.head.country", "cli.head.kind"}, rows)
				for _, err := range a.ProfileFaults() {
					s.note(s.say.Explain(err).What)
				}
				return s.document(views)
			})
		},
	}
}

func (s *session) profileShow() *cobra.Command {
	return &cobra.Command{
		Use: "show " + s.say.T("cli.arg.profile"), Short: s.say.T("cli.profile.show.short"), Args: s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), true, func(a *app.App) error {
				ps := a.Profiles()
				p, ok := ps.Of(args[0])
				if !ok {
					return &describe.ValueError{Key: "profile", Value: args[0], Allowed: ps.IDs()}
				}
				s.tellProfile(p)
				return s.document(p)
			})
		},
	}
}

func (s *session) tellProfile(p describe.Profile) {
	lang := s.say.Lang()
	s.println(p.ID + " " + p.Version + " · " + p.Title.In(lang))
	s.println(p.About.In(lang))
	var rows [][]string
	for _, f := range p.Asked() {
		asked := s.say.T("profile.obligation." + string(f.Obligation))
		if f.Proposed {
			asked += " (" + s.say.T("profile.proposed") + ")"
		}
		rows = append(rows, []string{f.Key, f.Label.In(lang), asked})
	}
	s.table([]string{"cli.head.name", "cli.head.field", "cli.head.obligation"}, rows)
	var licenses []string
	for _, l := range p.Licenses {
		licenses = append(licenses, l.ID)
	}
	s.println(s.say.T("key.license") + ": " + strings.Join(licenses, ", "))
}

func (s *session) profileCheck() *cobra.Command {
	return &cobra.Command{
		Use: "check " + s.say.T("cli.arg.file"), Short: s.say.T("cli.profile.check.short"), Args: s.exactly(1),
		RunE: func(_ *cobra.Command, args []string) error {
			p, problems, err := app.CheckProfile(args[0])
			if err != nil {
				return err
			}
			if len(problems) == 0 {
				s.println(s.say.T("cli.profile.good", "ID", p.ID, "Fields", len(p.Fields)))
				return s.document(map[string]any{"profile": p.ID, "problems": []any{}})
			}
			return s.tellProblems(problems)
		},
	}
}

// problemJSON is a problem of a profile file under --json.
type problemJSON struct {
	describe.Problem
	Text string `json:"text"`
}

// tellProblems says what is wrong in a profile file, and ends with the exit
// code of wrong input.
func (s *session) tellProblems(problems []describe.Problem) error {
	var list []problemJSON
	for _, p := range problems {
		text := s.say.T("problem."+p.Code, "Value", p.Value, "Allowed", strings.Join(p.Allowed, ", "))
		where := p.Pointer
		if p.Line > 0 {
			where = strings.TrimSpace(s.say.T("cli.profile.line", "Line", p.Line) + "  " + p.Pointer)
		}
		list = append(list, problemJSON{p, text})
		s.println(fmt.Sprintf("%s: %s", where, text))
	}
	if err := s.document(map[string]any{"problems": list}); err != nil {
		return err
	}
	return &toldError{exitInput}
}

func (s *session) profileAdd() *cobra.Command {
	return &cobra.Command{
		Use: "add " + s.say.T("cli.arg.file"), Short: s.say.T("cli.profile.add.short"), Args: s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), false, func(a *app.App) error {
				p, err := a.AddProfile(args[0])
				if err != nil {
					return err
				}
				s.println(s.say.T("cli.profile.added", "ID", p.ID))
				return s.document(map[string]string{"added": p.ID})
			})
		},
	}
}

func (s *session) profileRemove() *cobra.Command {
	return &cobra.Command{
		Use: "remove " + s.say.T("cli.arg.profile"), Short: s.say.T("cli.profile.remove.short"), Args: s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), false, func(a *app.App) error {
				if err := a.RemoveProfile(args[0]); err != nil {
					return err
				}
				s.println(s.say.T("cli.profile.removed", "ID", args[0]))
				return s.document(map[string]string{"removed": args[0]})
			})
		},
	}
}
