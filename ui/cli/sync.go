package cli

import (
	"context"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"chasqui/app"
)

func syncCommand(s *session) *cobra.Command {
	var once, watch bool
	var only, limit string
	c := &cobra.Command{
		Use:   "sync [--once | --watch]",
		Short: s.say.T("cli.sync.short"),
		Long:  s.say.T("cli.sync.long"),
		Args:  s.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if once && watch {
				return &usageError{kind: "flag_value", detail: "--once, --watch"}
			}
			var err error
			if s.rate, err = parseAmount("--limit-rate", limit); err != nil {
				return err
			}
			return s.with(cmd.Context(), false, func(a *app.App) error {
				a.Watch(s.reporter())
				if watch {
					err := a.SyncWatch(cmd.Context())
					if cmd.Context().Err() != nil {
						return nil // stopping is how a watch ends
					}
					return err
				}
				sum, err := a.SyncOnce(cmd.Context(), only)
				if err != nil {
					return err
				}
				if err := s.noteRules(cmd.Context(), a); err != nil {
					return err
				}
				return s.summary(sum)
			})
		},
	}
	c.Flags().BoolVar(&once, "once", false, s.say.T("cli.flag.once"))
	c.Flags().BoolVar(&watch, "watch", false, s.say.T("cli.flag.watch"))
	c.Flags().StringVar(&limit, "limit-rate", "", s.say.T("cli.flag.limit_rate"))
	c.Flags().StringVar(&only, "only", "", s.say.T("cli.flag.only"))
	return c
}

// noteRules says why the office sends nothing now, if it does not.
func (s *session) noteRules(ctx context.Context, a *app.App) error {
	rules, err := a.LinkRules(ctx)
	if err != nil {
		return err
	}
	open, next := rules.Open(time.Now())
	switch {
	case rules.Paused:
		s.note(s.say.T("cli.queue.pause.all"))
	case !open:
		s.note(s.say.T("cli.sync.closed", "When", next.Local().Format(time.DateTime)))
	}
	return nil
}

// parseAmount reads a flag's bytes, or bytes a second, with k or M for
// thousands and millions; "" and "0" are none.
func parseAmount(flag, s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	digits, factor := s, int64(1)
	switch s[len(s)-1] {
	case 'k', 'K':
		digits, factor = s[:len(s)-1], 1000
	case 'm', 'M':
		digits, factor = s[:len(s)-1], 1_000_000
	}
	n, err := strconv.ParseInt(digits, 10, 32)
	if err != nil || n < 0 {
		return 0, &usageError{kind: "flag_value", detail: flag + " " + s}
	}
	return n * factor, nil
}

// eventJSON is one event of sync under --json, one a line.
type eventJSON struct {
	Event    string `json:"event"`
	Job      string `json:"job"`
	State    string `json:"state"`
	Step     string `json:"step,omitempty"`
	Resource string `json:"resource,omitempty"`
	Done     int64  `json:"done,omitempty"`
	Total    int64  `json:"total,omitempty"`
	Kind     string `json:"kind,omitempty"`
	URL      string `json:"url,omitempty"`
	// Destination and Up come with the event "link": whether it can be reached.
	Destination string `json:"destination,omitempty"`
	Up          *bool  `json:"up,omitempty"`
}

// reporter tells what happens in the outbox, as it happens.
func (s *session) reporter() func(app.Report) {
	line := s.progress("")
	return func(r app.Report) {
		if s.json {
			s.printJSON(eventOf(r))
			return
		}
		if r.Event == "link" || r.Event == "network" { // the jobs' own events say it
			return
		}
		if r.Event == "progress" {
			line.show(s.say.T("progress."+r.Step) + " " + r.Resource + " " + s.say.Bytes(r.Done) + " / " + s.say.Bytes(r.Total))
			return
		}
		line.end()
		text := short(r.Job.ID) + ": " + s.say.T("event."+r.Event)
		if r.Kind != "" {
			text += ". " + s.say.T("error.portal_"+string(r.Kind)+".what", "Fields", r.Detail, "Resource", r.Resource, "Status", "")
		}
		if r.Receipt != nil {
			text += ": " + r.Receipt.URL
		}
		s.println(text)
	}
}

func eventOf(r app.Report) eventJSON {
	e := eventJSON{
		Event: r.Event, Job: r.Job.ID, State: string(r.Job.State), Step: r.Step, Resource: r.Resource,
		Done: r.Done, Total: r.Total, Kind: string(r.Kind),
	}
	if r.Receipt != nil {
		e.URL = r.Receipt.URL
	}
	if r.Event == "link" {
		e.Destination, e.Up = r.Job.Destination, &r.Link.Up
	}
	return e
}

// summary says how a pass ended and chooses the exit code: 5, else 4 if one is
// parked, else 3 if one still waits, else 0.
func (s *session) summary(sum app.Summary) error {
	switch {
	case sum.Defects > 0:
		return &toldError{exitDefect}
	case sum.Parked > 0:
		s.note(s.say.N("cli.sync.parked", sum.Parked))
		return &toldError{exitRefused}
	case sum.Waiting > 0:
		s.note(s.say.N("cli.sync.waiting", sum.Waiting))
		return &toldError{exitWaiting}
	}
	s.println(s.say.N("cli.sync.sent", sum.Sent))
	return nil
}
