package ui

import (
	"context"
	"errors"
	"maps"
	"slices"

	"chasqui/app"
	"chasqui/app/describe"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// describePage is the form that tells what the data are about: the fields of
// the dataset's profile, in its order and words. There is no button to save:
// what is typed is kept.
type describePage struct {
	w       *Window
	id      string
	object  *fyne.Container
	rows    map[string]*fyne.Container // each field's row
	hints   map[string]*parts.Hint
	fields  map[string]fyne.CanvasObject
	refused map[string]error
	side    *fyne.Container // help, what did not map, how complete, the dictionary
	help    *fyne.Container
	rest    *fyne.Container
	words   *fyne.Container // the dictionary
	saver   *saver
	data    app.Dataset
	country string // the office's: its profiles come first
	open    string // column whose words are being written
}

func newDescribePage(w *Window, id string) *describePage {
	d := &describePage{
		w: w, id: id, object: container.NewStack(), help: container.NewStack(), rest: parts.Column(12), words: container.NewStack(),
	}
	d.saver = newSaver(w, id, d.take)
	d.object.Objects = []fyne.CanvasObject{frame(heading("", w.p.T("ui.describe.title"), ""), parts.NewMuted(w.p.T("ui.loading")))}
	w.run.Ask("describe/load", func(ctx context.Context) func() {
		data, err := w.program.Dataset(ctx, id)
		office, officeErr := w.program.Office(ctx)
		typed, typedErr := w.program.Typed(ctx, id)
		if err == nil {
			err = errors.Join(officeErr, typedErr)
		}
		return func() {
			if err != nil {
				d.object.Objects = []fyne.CanvasObject{frame(heading("", w.p.T("ui.describe.title"), ""), parts.Column(0, w.problem(err)))}
				d.object.Refresh()
				return
			}
			d.data, d.country = data, office.Country
			d.saver.unfinished = typed
			d.build()
			for key, value := range typed { // says again what is wrong with it
				d.saver.set(key, value)
			}
		}
	})
	return d
}

func (d *describePage) content() fyne.CanvasObject { return d.object }

func (d *describePage) leave() {
	d.w.run.Cancel("describe/load")
	d.saver.flush()
}

// take shows what a save brought: hints, what is still wanting; the whole form
// anew if it is another profile's, a row anew if its value is not what was
// typed.
func (d *describePage) take(data app.Dataset, refused map[string]error) {
	before := d.data
	d.data = data
	if before.Profile.ID != data.Profile.ID {
		d.build()
		d.w.win.Canvas().Focus(d.fields["profile"].(fyne.Focusable))
		return
	}
	for _, f := range data.Profile.Asked() {
		_, typing := d.saver.pending[f.Key]
		switch err, bad := refused[f.Key]; {
		case bad:
			d.refused[f.Key] = err
		case !typing:
			delete(d.refused, f.Key)
			if before.Description.Get(f.Key) != data.Description.Get(f.Key) && data.Description.Proposed[f.Key] != before.Description.Proposed[f.Key] {
				d.renew(f)
			}
		}
		d.showHint(f.Key)
	}
	d.showSide()
	if d.open == "" { // a column being written keeps its cursor
		d.showWords()
	}
}

func (d *describePage) build() {
	w := d.w
	d.rows, d.hints = map[string]*fyne.Container{}, map[string]*parts.Hint{}
	d.fields, d.refused = map[string]fyne.CanvasObject{}, map[string]error{}
	head := parts.Column(14,
		heading(crumb(d.data), w.p.T("ui.describe.title"), "",
			parts.NewFilled(w.p.T("ui.continue"), func() { w.show(Publish, d.id) })),
		w.stepper(d.id, Describe))
	form := parts.Column(12, d.profileRow())
	for _, g := range d.data.Profile.Groups {
		fields := slices.DeleteFunc(d.data.Profile.Asked(), func(f describe.Field) bool { return f.Group != g.ID })
		if len(fields) == 0 {
			continue
		}
		form.Add(parts.Inset(6, 0, 0, 0, parts.NewSection(g.Label.In(w.p.Lang()))))
		for _, f := range fields {
			form.Add(d.row(f))
		}
	}
	d.showHelp(describe.Field{})
	d.showSide()
	d.showWords()
	d.side = parts.Column(12, d.help, d.rest, d.words)
	body := parts.Sided(parts.NewCard(container.NewVScroll(parts.Inset(4, 4, 0, 12, form))).Padded(16, 8, 16, 6),
		scrolled(d.side), 292, 12)
	d.object.Objects = []fyne.CanvasObject{frame(head, body)}
	d.object.Refresh()
}

// profileRow chooses by whose rules the dataset is described.
func (d *describePage) profileRow() fyne.CanvasObject {
	p := d.w.p
	var options []parts.Option
	for _, profile := range d.w.program.Profiles().All() {
		options = append(options, parts.Option{Key: profile.ID, Text: profile.Title.In(p.Lang())})
	}
	near := d.w.program.Profiles().ForCountry(d.country)
	rank := func(id string) int {
		if at := slices.IndexFunc(near, func(q describe.Profile) bool { return q.ID == id }); at >= 0 {
			return at
		}
		return len(near)
	}
	slices.SortStableFunc(options, func(a, b parts.Option) int { return rank(a.Key) - rank(b.Key) })
	choice := parts.NewChoice(options, d.data.Profile.ID, "", func(id string) {
		d.saver.flush() // what was typed belongs to the profile under which it was
		d.saver.set("profile", id)
	})
	choice.OnFocus = func() {
		d.showHelp(describe.Field{Key: "profile", Label: d.data.Profile.Title, Help: d.data.Profile.About})
	}
	d.fields["profile"] = choice
	return parts.NewFormRow(p.T("key.profile"), labelWidth, choice, nil)
}

// set takes what a person typed or chose.
func (d *describePage) set(key, value string) {
	d.data.Description.Proposed = maps.Clone(d.data.Description.Proposed)
	delete(d.data.Description.Proposed, key)
	delete(d.refused, key)
	d.showHint(key)
	d.saver.set(key, value)
}

// answer accepts or refuses a proposal.
func (d *describePage) answer(key, what string) {
	d.saver.set("proposal."+key, what)
	if at, ok := d.fields[key].(fyne.Focusable); ok {
		d.w.win.Canvas().Focus(at)
	}
}
