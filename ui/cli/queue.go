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

// doubts says which files may not arrive, and what to do about them.
func (s *session) doubts(e app.Estimate) {
	for _, f := range e.InDoubt() {
		s.println("  " + e.Tell(s.say, f))
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
				view := jobOf(j)
				if !j.State.Final() {
					e, err := a.Estimate(cmd.Context(), j)
					if err != nil {
						return err
					}
					view.Estimate = estimateOf(e)
					s.println("  " + s.cost(e))
					s.doubts(e)
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
	if j.Stuck != nil {
		s.println("  " + j.Stuck.Tell(s.say))
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
