package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"chasqui/app"
)

// timeForm is how times stand in JSON.
const timeForm = time.RFC3339

// publishedJSON is a queued publication under --json, with what it costs to
// send.
type publishedJSON struct {
	Job   string `json:"job,omitempty"` // missing where nothing was queued
	Files int    `json:"files"`
	*estimateJSON
}

func publishCommand(s *session) *cobra.Command {
	var to, at string
	var opt app.PublishOptions
	var dry bool
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
			opt.At = when
			return s.with(cmd.Context(), false, func(a *app.App) error {
				return s.each1(args, func(ref string) error {
					if !cmd.Flags().Changed("zip") { // as the last time, so that addresses stay
						if opt.Zip, err = a.Zipped(cmd.Context(), ref); err != nil {
							return err
						}
					}
					if dry {
						return s.forecast(cmd.Context(), a, ref, to, opt)
					}
					return s.publish(cmd.Context(), a, ref, to, opt)
				})
			})
		},
	}
	c.Flags().StringVar(&to, "to", "", s.say.T("cli.flag.publish_to"))
	c.Flags().StringVar(&at, "at", "", s.say.T("cli.flag.at"))
	c.Flags().BoolVar(&opt.Replace, "replace-queued", false, s.say.T("cli.flag.replace_queued"))
	c.Flags().BoolVar(&dry, "dry-run", false, s.say.T("cli.flag.dry_run"))
	c.Flags().BoolVar(&opt.Zip, "zip", false, s.say.T("cli.flag.publish_zip"))
	return c
}

// forecast says what sending one dataset would cost, and queues nothing.
func (s *session) forecast(ctx context.Context, a *app.App, ref, to string, opt app.PublishOptions) error {
	cost, err := a.Forecast(ctx, ref, to, opt)
	if err != nil {
		return err
	}
	s.println(s.cost(cost))
	s.doubts(cost)
	return s.document(publishedJSON{Files: len(cost.Files), estimateJSON: estimateOf(cost)})
}

// publish queues one dataset and says what sending it costs, and what stands
// against it.
func (s *session) publish(ctx context.Context, a *app.App, ref, to string, opt app.PublishOptions) error {
	job, err := a.Publish(ctx, ref, to, opt, nil)
	if err != nil {
		return err
	}
	cost, err := a.Estimate(ctx, job)
	if err != nil {
		return err
	}
	s.println(s.say.T("cli.publish.done", "Title", job.Title, "Job", short(job.ID)))
	s.println(s.cost(cost))
	s.doubts(cost)
	if cost.Zip() {
		s.println("  " + s.say.T("cli.publish.zip", "Dataset", ref, "Destination", to))
	}
	return s.document(publishedJSON{job.ID, job.Files, estimateOf(cost)})
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
