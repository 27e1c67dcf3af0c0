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
		s.queueList(), s.queueShow(), s.queueLog(),
		s.queueAct("pause", func(ctx context.Context, a *app.App, job string) error { return a.SetPaused(ctx, job, true) }),
		s.queueAct("resume", func(ctx context.Context, a *app.App, job string) error { return a.SetPaused(ctx, job, false) }),
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
	Attempts    []attemptJSON `json:"attempts"`
	Receipt     *receiptJSON  `json:"receipt"`
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
		Attempts: []attemptJSON{},
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
					views = append(views, jobOf(j))
					rows = append(rows, []string{short(j.ID), j.Title, j.Destination.Name, s.jobState(j), s.say.Bytes(j.Bytes)})
				}
				s.table([]string{"cli.head.id", "cli.head.title", "cli.head.destination", "cli.head.state", "cli.head.size"}, rows)
				return s.document(views)
			})
		},
	}
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
				return s.document(jobOf(j))
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
