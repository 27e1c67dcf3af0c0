package ui

import (
	"context"

	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
)

// askPassphrase asks a person for the passphrase of what is kept closed in the
// data folder, and waits for the answer: "" if they would rather not. It is
// called off the window's goroutine, by whatever needs a token or the key.
func (w *Window) askPassphrase(ctx context.Context, fresh bool) (string, error) {
	answer := make(chan string, 1)
	w.run.Post(func() { w.showPassphrase(fresh, answer) })
	select {
	case words := <-answer:
		return words, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (w *Window) showPassphrase(fresh bool, answer chan<- string) {
	p := w.p
	var d *dialog.CustomDialog
	field := func(key string) *parts.Entry {
		e := parts.NewEntry(p.T(key))
		e.Password = true
		return e
	}
	first, again := field("ui.passphrase.field"), field("ui.passphrase.again")
	hint := parts.NewSmall("", parts.Bad).Wrapped()
	done := func(words string) {
		d.Hide()
		answer <- words
	}
	take := func() {
		if fresh && first.Text != again.Text {
			hint.SetText(p.T("ui.passphrase.differ"))
			return
		}
		if first.Text != "" {
			done(first.Text)
		}
	}
	first.OnSubmitted, again.OnSubmitted = func(string) { take() }, func(string) { take() }
	note, fields := p.T("ui.passphrase.note"), []fyne.CanvasObject{first}
	if fresh {
		note, fields = p.T("ui.passphrase.fresh"), append(fields, again)
	}
	buttons := parts.Row(10, parts.Grow(nil), parts.NewOutlined(p.T("ui.cancel"), func() { done("") }), parts.NewFilled(p.T("ui.passphrase.ok"), take))
	body := parts.Column(12, parts.NewText(note).Wrapped())
	for _, f := range fields {
		body.Add(f)
	}
	body.Add(hint)
	body.Add(buttons)
	d = dialog.NewCustomWithoutButtons(p.T("ui.passphrase.title"), parts.Wide(440, 0, body), w.win)
	d.Show()
	w.win.Canvas().Focus(first)
}
