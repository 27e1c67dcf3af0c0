package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"chasqui/app"
)

func queueCommand(s *session) *cobra.Command {
	c := &cobra.Command{Use: "queue", Short: s.say.T("cli.queue.short")}
	var keep string
	resolve := s.queueAct("resolve", func(ctx context.Context, a *app.App, job string) error {
		answer, err := answerOf(keep)
		if err != nil {
			return err
		}
		return a.Resolve(ctx, job, answer)
	})
	resolve.Flags().StringVar(&keep, "keep", "", s.say.T("cli.flag.keep"))
	c.AddCommand(
		s.queueList(), s.queueShow(), s.queueLog(), s.queueHistory(), s.queueReceipt(),
		s.queuePause("pause", true), s.queuePause("resume", false),
		s.queueAct("first", func(ctx context.Context, a *app.App, job string) error { return a.First(ctx, job) }),
		s.queueAct("retry", func(ctx context.Context, a *app.App, job string) error { return a.Retry(ctx, job) }),
		s.queueAct("cancel", func(ctx context.Context, a *app.App, job string) error { return a.Cancel(ctx, job) }),
		resolve,
	)
	return c
}

func answerOf(keep string) (app.Answer, error) {
	if keep == "" {
		return "", &app.Error{Kind: app.NeedsAnswer, Args: map[string]string{"Flag": "--keep ours|theirs|adopt"}}
	}
	words := make([]string, len(app.Answers))
	for i, a := range app.Answers {
		if string(a) == keep {
			return a, nil
		}
		words[i] = string(a)
	}
	return "", &app.Error{Kind: app.NotAnOption, Args: map[string]string{"Value": keep, "Allowed": strings.Join(words, ", ")}}
}

// queuePause pauses or resumes jobs, or with --all everything.
func (s *session) queuePause(verb string, paused bool) *cobra.Command {
	c := s.queueAct(verb, func(ctx context.Context, a *app.App, job string) error { return a.SetPaused(ctx, job, paused) })
	each := c.RunE
	var all bool
	c.Flags().BoolVar(&all, "all", false, s.say.T("cli.flag.all_jobs"))
	c.Args = nil
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if all == (len(args) > 0) {
			return &usageError{kind: "argument_count"}
		}
		if !all {
			return each(cmd, args)
		}
		return s.with(cmd.Context(), false, func(a *app.App) error {
			if err := a.SetAllPaused(cmd.Context(), paused); err != nil {
				return err
			}
			s.println(s.say.T("cli.queue." + verb + ".all"))
			return s.document(map[string]bool{"paused": paused})
		})
	}
	return c
}

// queueAct is a command that does something to one or several jobs.
func (s *session) queueAct(verb string, do func(context.Context, *app.App, string) error) *cobra.Command {
	return &cobra.Command{
		Use:   verb + " " + s.say.T("cli.arg.jobs"),
		Short: s.say.T("cli.queue." + verb + ".short"),
		Args:  s.atLeast(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), false, func(a *app.App) error {
				return s.each1(args, func(ref string) error {
					if err := do(cmd.Context(), a, ref); err != nil {
						return err
					}
					job, err := a.Job(cmd.Context(), ref)
					if err != nil {
						return err
					}
					s.println(job.Title + ": " + s.jobState(job))
					return s.document(jobOf(job))
				})
			})
		},
	}
}

// jobJSON is a job under --json.
type jobJSON struct {
	Job         string        `json:"job"`
	Dataset     string        `json:"dataset"`
	Title       string        `json:"title"`
	Destination string        `json:"destination"`
	State       string        `json:"state"`
	Why         string        `json:"why,omitempty"`
	Reason      string        `json:"reason,omitempty"`
	Paused      bool          `json:"paused"`
	Cancelling  bool          `json:"cancelling,omitempty"`
	NotBefore   string        `json:"not_before,omitempty"`
	Created     string        `json:"created"`
	Bytes       int64         `json:"bytes"`
	Priority    int64         `json:"priority,omitempty"`
	Attempts    []attemptJSON `json:"attempts"`
	Receipt     *receiptJSON  `json:"receipt"`
	Conflict    *conflictJSON `json:"conflict,omitempty"`
	Estimate    *estimateJSON `json:"estimate,omitempty"`
}

// conflictJSON is what a job that a conflict parked is about.
type conflictJSON struct {
	Clash       string           `json:"clash"`
	Name        string           `json:"name,omitempty"`
	Title       string           `json:"title,omitempty"`
	Differences []differenceJSON `json:"differences"`
}

type differenceJSON struct {
	Resource string `json:"resource,omitempty"`
	Field    string `json:"field"`
	Was      string `json:"was"`
	Ours     string `json:"ours"`
	Theirs   string `json:"theirs"`
}

// estimateJSON is what sending costs: bytes, seconds, bytes a second. What was
// never measured is missing.
type estimateJSON struct {
	Bytes    int64    `json:"bytes"`
	Requests int      `json:"requests,omitempty"`
	Seconds  *float64 `json:"seconds,omitempty"`
	Rate     int64    `json:"rate,omitempty"`
	Refused  int64    `json:"refused_from,omitempty"`
	TooLarge []string `json:"too_large,omitempty"`
}

func estimateOf(e app.Estimate) *estimateJSON {
	v := &estimateJSON{Bytes: e.Bytes, Requests: e.Requests, Rate: e.Rate, Refused: e.Refused, TooLarge: e.TooLarge}
	if e.Known {
		seconds := e.Time.Seconds()
		v.Seconds = &seconds
	}
	return v
}

type attemptJSON struct {
	Started  string `json:"started"`
	Finished string `json:"finished"`
	Bytes    int64  `json:"bytes"`
	Kind     string `json:"kind,omitempty"`
	Detail   string `json:"detail,omitempty"`
}

type receiptJSON struct {
	URL       string         `json:"url"`
	Resources []resourceJSON `json:"resources"`
	Dataset   string         `json:"dataset"`
	At        string         `json:"at"`
	Verified  string         `json:"verified"`
}

type resourceJSON struct {
	Name   string `json:"name"`
	URL    string `json:"url"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

func jobOf(j app.Job) jobJSON {
	v := jobJSON{
		Job: j.ID, Dataset: j.Dataset, Title: j.Title, Destination: j.Destination.Name, State: string(j.State), Why: string(j.Why),
		Reason: string(j.Reason), Paused: j.Paused, Cancelling: j.Cancelling, NotBefore: moment(j.NotBefore), Created: moment(j.Created), Bytes: j.Bytes,
		Priority: j.Priority, Attempts: []attemptJSON{},
	}
	if c := j.Conflict; c != nil {
		v.Conflict = &conflictJSON{Clash: string(c.Clash), Name: c.Name, Title: c.Title, Differences: []differenceJSON{}}
		for _, d := range c.Differences {
			v.Conflict.Differences = append(v.Conflict.Differences, differenceJSON{d.Resource, d.Field, d.Was, d.Ours, d.Theirs})
		}
	}
	for _, t := range j.Tries {
		v.Attempts = append(v.Attempts, attemptJSON{moment(t.Started), moment(t.Finished), t.Bytes, string(t.Kind), t.Detail})
	}
	if j.Receipt != nil {
		v.Receipt = &receiptJSON{
			URL: j.Receipt.URL, Dataset: j.Receipt.Dataset, At: moment(j.Receipt.At), Verified: j.Receipt.Verified,
			Resources: []resourceJSON{},
		}
		for _, r := range j.Receipt.Resources {
			v.Receipt.Resources = append(v.Receipt.Resources, resourceJSON{r.Name, r.URL, r.Bytes, r.SHA256})
		}
	}
	return v
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(timeForm)
}

// jobState is a job's state in words, with what it waits for.
func (s *session) jobState(j app.Job) string {
	key := "job." + string(j.State)
	switch {
	case j.Cancelling:
		key = "job.cancelling"
	case j.Paused:
		key = "job.paused"
	case j.Why != "":
		key = "job.available_" + string(j.Why)
	case j.Reason != "":
		key = "job.parked_" + string(j.Reason)
	}
	return s.say.T(key)
}

func (s *session) queueList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: s.say.T("cli.queue.list.short"), Args: s.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.with(cmd.Context(), true, func(a *app.App) error {
				list, err := a.Jobs(cmd.Context())
				if err != nil {
					return err
				}
				views := []jobJSON{}
				var rows [][]string
				for _, j := range list {
					view, time := jobOf(j), ""
					if !j.State.Final() {
						e, err := a.Estimate(cmd.Context(), j)
						if err != nil {
							return err
						}
						view.Estimate, time = estimateOf(e), s.takes(e)
					}
					views = append(views, view)
					rows = append(rows, []string{short(j.ID), j.Title, j.Destination.Name, s.jobState(j), s.say.Bytes(j.Bytes), time})
				}
				s.table([]string{"cli.head.id", "cli.head.title", "cli.head.destination", "cli.head.state", "cli.head.size", "cli.head.time"}, rows)
				if err := s.ahead(cmd.Context(), a, list); err != nil {
					return err
				}
				return s.document(views)
			})
		},
	}
}

// takes is how long something takes as people read it, "" if nobody knows.
func (s *session) takes(e app.Estimate) string {
	if !e.Known {
		return ""
	}
	return "~" + s.say.Span(e.Time)
}

// ahead says what all that waits costs together.
func (s *session) ahead(ctx context.Context, a *app.App, list []app.Job) error {
	waiting := make([]app.QueuedJob, len(list))
	for i, j := range list {
		waiting[i] = j.Job
	}
	total, err := a.Ahead(ctx, waiting)
	if err != nil || total.Bytes == 0 {
		return err
	}
	s.println(s.cost(total))
	return nil
}

// cost is what sending costs, in a sentence.
func (s *session) cost(e app.Estimate) string {
	return s.say.Cost(e.Bytes, e.Requests, e.Rate, e.Time, e.Known)
}

func (s *session) queueShow() *cobra.Command {
	return &cobra.Command{
		Use: "show " + s.say.T("cli.arg.job"), Short: s.say.T("cli.queue.show.short"), Args: s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), true, func(a *app.App) error {
				j, err := a.Job(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				s.showJob(j)
				view := jobOf(j)
				if !j.State.Final() {
					e, err := a.Estimate(cmd.Context(), j)
					if err != nil {
						return err
					}
					view.Estimate = estimateOf(e)
					s.println("  " + s.cost(e))
				}
				return s.document(view)
			})
		},
	}
}

func (s *session) showJob(j app.Job) {
	s.println(j.Title + " → " + j.Destination.Name + ": " + s.jobState(j))
	for _, t := range j.Tries {
		text := s.say.T("cli.queue.attempt.ok")
		if t.Kind != "" {
			text = s.say.T("error.portal_" + string(t.Kind) + ".what")
		}
		s.println("  " + t.Started.Local().Format(time.DateTime) + "  " + text)
	}
	if c := j.Conflict; c != nil {
		what, next := s.say.Clash(c)
		s.println("  " + what + " " + next)
		for _, d := range c.Differences {
			s.println("  " + s.say.Field(d.Field, d.Resource))
			s.println("    " + s.say.T("difference.was", "Value", d.Was))
			s.println("    " + s.say.T("difference.ours", "Value", d.Ours))
			s.println("    " + s.say.T("difference.theirs", "Value", d.Theirs))
		}
	}
	if r := j.Receipt; r != nil {
		s.println(s.say.T("cli.receipt", "URL", r.URL))
		for _, f := range r.Resources {
			s.println("  " + f.Name + "  " + s.say.Bytes(f.Bytes) + "\n    sha256 " + f.SHA256 + "\n    " + f.URL)
		}
	}
}

func (s *session) queueLog() *cobra.Command {
	return &cobra.Command{
		Use: "log " + s.say.T("cli.arg.job"), Short: s.say.T("cli.queue.log.short"), Args: s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), true, func(a *app.App) error {
				job, err := a.Job(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				entries, err := a.JobLog(cmd.Context(), job.ID)
				if err != nil {
					return err
				}
				s.println(job.Title + " → " + job.Destination.Name + ", " + s.say.Bytes(job.Bytes) + ": " + s.jobState(job))
				for _, e := range entries {
					s.println(e.At.Local().Format(time.DateTime) + "  " + s.say.Story(e, job.Bytes))
					if err := s.document(logOf(e)); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

// logJSON is one line of a job's log under --json. What a run moved is there
// where a run ended: bytes of bodies, seconds.
type logJSON struct {
	At       string  `json:"at"`
	Event    string  `json:"event"`
	Kind     string  `json:"kind,omitempty"`
	File     string  `json:"file,omitempty"`
	Detail   string  `json:"detail"`
	Until    string  `json:"until,omitempty"`
	Seconds  float64 `json:"seconds,omitempty"`
	Requests int     `json:"requests,omitempty"`
	Sent     int64   `json:"sent,omitempty"`
	Received int64   `json:"received,omitempty"`
}

func logOf(e app.LogEntry) logJSON {
	return logJSON{
		At: moment(e.At), Event: e.Event, Kind: string(e.Kind), File: e.File, Detail: e.Detail, Until: moment(e.Until),
		Seconds: e.Run.Took.Seconds(), Requests: e.Run.Requests, Sent: e.Run.Sent, Received: e.Run.Received,
	}
}
