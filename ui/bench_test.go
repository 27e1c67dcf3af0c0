package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chasqui/app"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/xuri/excelize/v2"
)

// queue holds the runner's work until a test drains it, so that everything
// happens on the test's goroutine and in the order in which it was asked.
type queue struct{ waiting []func() }

func (q *queue) start(f func()) { q.waiting = append(q.waiting, f) }

func (q *queue) drain() {
	for len(q.waiting) > 0 {
		f := q.waiting[0]
		q.waiting = q.waiting[1:]
		f()
	}
}

// atOnce is a pause that is already over.
func atOnce(time.Duration) <-chan time.Time {
	over := make(chan time.Time)
	close(over)
	return over
}

// bench is a window on the software canvas over a data folder of its own.
type bench struct {
	t       *testing.T
	w       *Window
	q       *queue
	program *app.App
	now     time.Time
}

func newBench(t *testing.T, opt Options) *bench {
	t.Helper()
	b := &bench{t: t, q: &queue{}, now: time.Date(2026, 3, 31, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return b.now }
	getenv := func(key string) string { // no test writes into a person's keyring
		return map[string]string{"CHASQUI_KEYRING": "off"}[key]
	}
	program, err := app.Open(context.Background(), app.Options{Dir: t.TempDir(), Now: clock, Getenv: getenv, Lang: "es", SecretWork: 10})
	if err != nil {
		t.Fatal(err)
	}
	b.program = program
	opt.Now = clock
	opt.Lang = first(opt.Lang, "es")
	b.w = newWindow(test.NewTempApp(t), program, opt, newRunner(b.q.start, func(f func()) { f() }, atOnce))
	b.w.listen()
	t.Cleanup(func() {
		b.w.page.leave()
		b.w.win.Close()
		b.q.drain()
		if err := program.Close(); err != nil {
			t.Error(err)
		}
	})
	b.q.drain()
	return b
}

// shown is what is on screen: the dialog on top if there is one, else the page.
func (b *bench) shown() []fyne.CanvasObject {
	if top := b.w.win.Canvas().Overlays().Top(); top != nil {
		return visible(top)
	}
	return visible(b.w.win.Content())
}

// visible lists an object and all in it that nothing hides.
func visible(o fyne.CanvasObject) []fyne.CanvasObject {
	if !o.Visible() {
		return nil
	}
	out := []fyne.CanvasObject{o}
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		out = append(out, visible(child)...)
	}
	return out
}

// press taps the button with these words.
func (b *bench) press(words string) {
	b.t.Helper()
	var seen []string
	for _, o := range b.shown() {
		if button, ok := o.(*parts.Button); ok {
			if button.Text == words && button.Disabled() {
				b.t.Fatalf("the button %q is disabled; on screen: %s", words, b.words())
			}
			if button.Text == words {
				test.Tap(button)
				b.q.drain()
				return
			}
			seen = append(seen, button.Text)
		}
	}
	b.t.Fatalf("no button %q among %q; on screen: %s", words, seen, b.words())
}

// words are all texts on screen.
func (b *bench) words() string {
	var out []string
	for _, o := range b.shown() {
		switch o := o.(type) {
		case *parts.Text:
			out = append(out, strings.ReplaceAll(o.Content, "**", ""))
		case *parts.Badge:
			out = append(out, o.Text())
		case *widget.Label:
			out = append(out, o.Text)
		case *canvas.Text:
			out = append(out, o.Text)
		}
	}
	return strings.Join(out, "\n")
}

func (b *bench) wants(texts ...string) {
	b.t.Helper()
	words := b.words()
	for _, text := range texts {
		if !strings.Contains(words, text) {
			b.t.Fatalf("%q is not on screen:\n%s", text, words)
		}
	}
}

// entries are the fields on screen, from top to bottom.
func (b *bench) entries() []*parts.Entry {
	var out []*parts.Entry
	for _, o := range b.shown() {
		if e, ok := o.(*parts.Entry); ok {
			out = append(out, e)
		}
	}
	return out
}

// openSample brings the sample workbook to Revisar.
func (b *bench) openSample() {
	b.t.Helper()
	b.press(b.w.p.T("ui.home.sample"))
	if b.w.screen != Review {
		b.t.Fatalf("the sample led to %s: %s", b.w.screen, b.words())
	}
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// openBook brings a workbook of these rows, after a change to it if one is given,
// to Revisar.
func (b *bench) openBook(rows [][]any, change func(*excelize.File) error) {
	b.t.Helper()
	f := excelize.NewFile()
	var errs []error
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		errs = append(errs, err, f.SetSheetRow("Sheet1", cell, &row))
	}
	if change != nil {
		errs = append(errs, change(f))
	}
	path := filepath.Join(b.t.TempDir(), "libro.xlsx")
	if err := errors.Join(append(errs, f.SaveAs(path))...); err != nil {
		b.t.Fatal(err)
	}
	b.w.open("libro.xlsx", app.NewDataset{Path: path}, Review)
	b.q.drain()
}
