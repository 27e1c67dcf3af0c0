package cli

import (
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"chasqui/app"
	"chasqui/app/disk"
	"chasqui/assets/samples"
)

// demoCommand does the main job once, from a messy workbook to a receipt, in a
// folder of its own that is left behind for whoever wants to look.
func demoCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "demo", Short: s.say.T("cli.demo.short"), Args: s.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir := s.data
			if dir == "" {
				made, err := os.MkdirTemp("", "chasqui-demo-")
				if err != nil {
					return disk.Explained(err)
				}
				dir = made
			}
			a, err := app.Open(cmd.Context(), app.Options{Dir: dir, Disk: s.env.Disk, Getenv: s.env.Getenv, Lang: s.say.Lang()})
			if err != nil {
				return err
			}
			defer a.Close()
			return (&demo{s: s, app: a, dir: dir}).run(cmd.Context())
		},
	}
}

// demo is the main job on its way.
type demo struct {
	s       *session
	app     *app.App
	dir     string
	step    int
	file    string
	dataset app.Dataset
	to      app.Destination
	job     app.Job
}

func (d *demo) run(ctx context.Context) error {
	for _, do := range []func(context.Context) error{d.open, d.convert, d.draft, d.describe, d.queue, d.publish, d.receipt} {
		if err := do(ctx); err != nil {
			return err
		}
	}
	return nil
}

// say announces a step.
func (d *demo) say(key string, args ...any) {
	d.step++
	d.s.println("\n" + d.s.say.T("demo.step", "Number", d.step) + " " + d.s.say.T(key, args...))
}

func (d *demo) open(ctx context.Context) error {
	name, data := samples.Budget()
	d.file = filepath.Join(d.dir, name)
	if err := disk.WriteFile(d.s.env.Disk, d.file, data); err != nil {
		return err
	}
	d.say("demo.open", "Name", name, "Folder", d.dir)
	found, err := app.Inspect(ctx, app.InspectRequest{Path: d.file})
	if err != nil {
		return err
	}
	d.s.showInspection(found)
	return nil
}

func (d *demo) convert(ctx context.Context) error {
	d.say("demo.convert")
	done, err := app.Convert(ctx, app.ConvertRequest{
		Path: d.file, Out: filepath.Join(d.dir, "abierto"), To: []string{"csv", "json"}, Disk: d.s.env.Disk,
	})
	if err != nil {
		return err
	}
	return d.s.showConversion(done, d.s.json)
}

func (d *demo) draft(ctx context.Context) error {
	var err error
	if d.dataset, err = d.app.NewDataset(ctx, app.NewDataset{Path: d.file}); err != nil {
		return err
	}
	d.say("demo.draft", "Title", d.dataset.Title(), "ID", short(d.dataset.ID))
	found, err := d.app.Findings(ctx, d.dataset.ID)
	if err != nil {
		return err
	}
	for _, f := range found {
		if f.Open() {
			d.s.println("  " + d.s.say.Finding(f.Finding) + " " + d.s.say.T("demo.removed"))
			_, err := d.app.Edit(ctx, d.dataset.ID, []app.Assignment{{Key: "field." + f.Field + ".personal", Value: app.Remove}})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *demo) describe(ctx context.Context) error {
	d.say("demo.describe")
	say := d.s.say
	var err error
	d.dataset, err = d.app.Edit(ctx, d.dataset.ID, []app.Assignment{
		{Key: "description", Value: say.T("demo.about")},
		{Key: "license", Value: "cc-by-4.0"},
		{Key: "theme", Value: "GOVE"},
		{Key: "frequency", Value: "QUARTERLY"},
		{Key: "contact", Value: say.T("demo.contact")},
		{Key: "email", Value: "transparencia@santarosa.example"},
		{Key: "keywords", Value: say.T("demo.keywords")},
	})
	if err != nil {
		return err
	}
	d.s.showDataset(d.dataset)
	return nil
}

func (d *demo) queue(ctx context.Context) error {
	var err error
	if d.to, err = d.app.StartPractice(ctx); err != nil {
		return err
	}
	d.say("demo.queue", "URL", d.to.URL)
	if _, err := d.app.Package(ctx, app.PackageRequest{Dataset: d.dataset.ID, Out: filepath.Join(d.dir, "paquete")}); err != nil {
		return err
	}
	if d.job, err = d.app.Publish(ctx, d.dataset.ID, d.to.ID, app.PublishOptions{}, nil); err != nil {
		return err
	}
	d.s.println("  " + d.s.say.T("cli.publish.done", "Title", d.job.Title, "Job", short(d.job.ID)))
	return nil
}

func (d *demo) publish(ctx context.Context) error {
	d.say("demo.publish")
	sum, err := d.app.SyncOnce(ctx, d.job.ID)
	if err != nil {
		return err
	}
	return d.s.summary(sum)
}

// receipt downloads every file again and compares its hash with what was
// frozen.
func (d *demo) receipt(ctx context.Context) error {
	d.say("demo.receipt")
	again, err := d.app.VerifyJob(ctx, d.job.ID)
	if err != nil {
		return err
	}
	if d.job, err = d.app.Job(ctx, d.job.ID); err != nil {
		return err
	}
	d.job.Receipt = &again
	d.s.showJob(d.job)
	d.s.println("\n" + d.s.say.T("demo.page", "URL", again.URL))
	d.s.println(d.s.say.T("demo.end", "Folder", d.dir))
	return d.s.document(jobOf(d.job))
}
