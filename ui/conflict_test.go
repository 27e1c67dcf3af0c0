package ui

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"chasqui/app"
	"chasqui/app/message"
	"chasqui/sync/portal/portaltest"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
)

// editedAtThePortal publishes the sample to the practice portal, lets somebody
// change its title there, and queues a correction, which is then parked.
func editedAtThePortal(b *bench) (app.Job, *portaltest.ActionAPI) {
	b.t.Helper()
	ctx := context.Background()
	to, err := b.program.StartPractice(ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	first := b.queueSample(to)
	b.sync()
	token, err := os.ReadFile(to.TokenFile)
	if err != nil {
		b.t.Fatal(err)
	}
	api := &portaltest.ActionAPI{URL: to.URL, Organization: to.Organization, Token: strings.TrimSpace(string(token))}
	api.Edit(b.t, api.Find(b.t, first.Dataset)[0], "Cambiado en el portal")
	if _, err := b.program.Edit(ctx, first.Dataset, []app.Assignment{{Key: "description", Value: "Segunda versión"}}); err != nil {
		b.t.Fatal(err)
	}
	job, err := b.program.Publish(ctx, first.Dataset, to.ID, app.PublishOptions{}, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	b.sync()
	b.w.show(Outbox, "")
	b.q.drain()
	return job, api
}

func TestAnEditAtThePortalIsComparedAndDecidedByAPerson(t *testing.T) {
	for answer, want := range map[string]string{"Publicar lo nuestro": "Ejecución presupuestal del gasto por unidad orgánica", "Dejar lo del portal": "Cambiado en el portal"} {
		b := newBench(t, Options{})
		job, api := editedAtThePortal(b)
		b.wants("Alguien cambió en el portal lo que usted dejó ahí.", "Su trabajo está a salvo.")
		b.press("Comparar")
		b.wants("Título", "Como quedó", "Lo suyo", "Lo que hay en el portal", "Cambiado en el portal")
		b.press(answer)
		b.sync()
		b.wants("Publicado")
		if seen := api.Find(t, job.Dataset); len(seen) != 1 || seen[0].Title != want {
			t.Errorf("%s: the portal shows %+v, want the title %q", answer, seen, want)
		}
	}
}

// A clerk without a mouse gets to every button of a full outbox, and presses
// it.
func TestTheOutboxWorksByKeyboard(t *testing.T) {
	b := newBench(t, Options{})
	b.queueSample(b.unreachable())
	editedAtThePortal(b)
	want := map[fyne.Focusable]bool{}
	for _, o := range b.shown() {
		if button, ok := o.(*parts.Button); ok && !button.Disabled() {
			want[button] = true
		}
	}
	if len(want) < 6 {
		t.Fatalf("only %d buttons", len(want))
	}
	canvas := b.w.win.Canvas()
	var compare *parts.Button
	for range 3 * len(want) {
		canvas.FocusNext()
		delete(want, canvas.Focused())
		if button, ok := canvas.Focused().(*parts.Button); ok && button.Text == "Comparar" {
			compare = button
		}
	}
	for f := range want {
		t.Errorf("Tab never reaches %q", f.(*parts.Button).Text)
	}
	if compare == nil {
		t.Fatal("no way to compare")
	}
	compare.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	b.q.drain()
	b.wants("Como quedó")
}

func TestAFullOutboxFitsTheSmallestWindowInEveryLanguage(t *testing.T) {
	for _, lang := range message.Languages {
		for _, scale := range []float32{1, 1.5} {
			b := newBench(t, Options{Lang: lang, Width: 1024, Height: 600, Scale: scale})
			b.queueSample(b.unreachable())
			if err := b.program.SaveLinkRules(context.Background(), app.LinkRules{
				Rate: 16_000, Metered: true, AskOver: 1, Hours: []app.Hours{{Days: []time.Weekday{1, 2, 3}, From: 540, To: 660}},
			}); err != nil {
				t.Fatal(err)
			}
			b.sync()
			b.w.show(Outbox, "")
			b.q.drain()
			if m := b.w.win.Content().MinSize(); m.Width > 1024 || m.Height > 600 {
				t.Errorf("%s at %v needs %.0f × %.0f", lang, scale, m.Width, m.Height)
			}
			for line := range strings.SplitSeq(b.words(), "\n") {
				if strings.HasPrefix(line, "ui.") || strings.Contains(line, "{{") || strings.Contains(line, "<no value>") {
					t.Errorf("%s shows %q", lang, line)
				}
			}
		}
	}
}
