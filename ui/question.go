package ui

import (
	"path/filepath"

	"chasqui/app"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2/dialog"
)

// ask puts the question that a file wants answered, and opens the file again
// with the answer. It reports whether there was a question.
func (w *Window) ask(req app.NewDataset, err error, then Screen) bool {
	name := filepath.Base(req.Path)
	switch app.QuestionOf(err) {
	case app.AsksPassword:
		w.askPassword(name, err, func(password string) {
			req.Password = password
			w.open(name, req, then)
		})
	case app.AsksPartial:
		w.confirm(w.p.T("ui.partial.title"), w.p.T("ui.partial.note", "Name", name), w.p.T("ui.partial.open"), func() {
			req.Partial = true
			w.open(name, req, then)
		})
	default:
		return false
	}
	return true
}

// askPassword asks for a workbook's password; after a wrong one it says so.
func (w *Window) askPassword(name string, err error, open func(password string)) {
	var d *dialog.CustomDialog
	entry := parts.NewEntry(w.p.T("ui.password.field"))
	entry.Password = true
	answer := func() {
		if entry.Text != "" {
			d.Hide()
			open(entry.Text)
		}
	}
	entry.OnSubmitted = func(string) { answer() }
	note := w.p.T("ui.password.note", "Name", name)
	if e := w.p.Explain(err); e.Code == string(app.WrongPassword) {
		note = e.What + " " + e.Next
	}
	buttons := parts.Row(10, parts.Grow(nil), parts.NewOutlined(w.p.T("ui.cancel"), func() { d.Hide() }),
		parts.NewFilled(w.p.T("ui.password.open"), answer))
	body := parts.Column(14, parts.NewText(note).Wrapped(), entry, buttons)
	d = dialog.NewCustomWithoutButtons(w.p.T("ui.password.title"), parts.Wide(420, 0, body), w.win)
	d.Show()
	w.win.Canvas().Focus(entry)
}
