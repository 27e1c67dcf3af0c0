package ui

import (
	"context"
	"strings"

	"chasqui/app"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// describePage is the form that tells what the data are about. There is no
// button to save: what is typed is kept.
type describePage struct {
	w       *Window
	id      string
	object  *fyne.Container
	hints   map[string]*parts.Hint
	fields  map[string]fyne.CanvasObject
	refused map[string]error
	score   *fyne.Container // how complete the form is
	words   *fyne.Container // the dictionary
	saver   *saver
	data    app.Dataset
	open    string // column whose words are being written
}

func newDescribePage(w *Window, id string) *describePage {
	d := &describePage{
		w: w, id: id, object: container.NewStack(), score: container.NewStack(), words: container.NewStack(),
		hints: map[string]*parts.Hint{}, fields: map[string]fyne.CanvasObject{}, refused: map[string]error{},
	}
	d.saver = newSaver(w, id, d.take)
	d.object.Objects = []fyne.CanvasObject{frame(heading("", w.p.T("ui.describe.title"), ""), parts.NewMuted(w.p.T("ui.loading")))}
	w.run.Ask("describe/load", func(ctx context.Context) func() {
		data, err := w.program.Dataset(ctx, id)
		return func() {
			if err != nil {
				d.object.Objects = []fyne.CanvasObject{frame(heading("", w.p.T("ui.describe.title"), ""), parts.Column(0, w.problem(err)))}
				d.object.Refresh()
				return
			}
			d.data = data
			d.build()
		}
	})
	return d
}

func (d *describePage) content() fyne.CanvasObject { return d.object }

func (d *describePage) leave() {
	d.w.run.Cancel("describe/load")
	d.saver.flush()
}

// take shows what a save brought: hints, what is still wanting.
func (d *describePage) take(data app.Dataset, refused map[string]error) {
	d.data = data
	for _, key := range asked {
		if err, bad := refused[key]; bad {
			d.refused[key] = err
		} else if _, typing := d.saver.pending[key]; !typing {
			delete(d.refused, key)
		}
	}
	d.showHints()
	d.showScore()
	if d.open == "" { // a column being written keeps its cursor
		d.showWords()
	}
}

func (d *describePage) build() {
	w := d.w
	head := parts.Column(14,
		heading(crumb(d.data), w.p.T("ui.describe.title"), "",
			parts.NewFilled(w.p.T("ui.continue"), func() { w.show(Publish, d.id) })),
		w.stepper(d.id, Describe))
	form := parts.Column(12)
	for _, key := range asked {
		form.Add(d.row(key))
	}
	d.showHints()
	d.showScore()
	d.showWords()
	body := parts.Sided(parts.NewCard(container.NewVScroll(parts.Inset(4, 4, 0, 12, form))).Padded(16, 8, 16, 6),
		scrolled(parts.Column(12, d.score, d.words)), 318, 12)
	d.object.Objects = []fyne.CanvasObject{frame(head, body)}
	d.object.Refresh()
}

// row is the label, the field and the hint of a key.
func (d *describePage) row(key string) fyne.CanvasObject {
	hint := parts.NewHint()
	d.hints[key] = hint
	field := d.field(key)
	d.fields[key] = field
	return parts.NewFormRow(d.w.p.T("ui.field."+key), 132, field, hint)
}

func (d *describePage) field(key string) fyne.CanvasObject {
	p, about := d.w.p, d.data.Description
	set := func(value string) { d.set(key, value) }
	switch key {
	case "theme":
		return parts.NewChoice(termOptions(p, d.data.Profile.Terms("theme")), about.Theme, p.T("ui.none_chosen"), set)
	case "frequency":
		return parts.NewChoice(termOptions(p, d.data.Profile.Terms("frequency")), about.Frequency, p.T("ui.none_chosen"), set)
	case "license":
		return parts.NewChoice(licenseOptions(p, d.data.Profile.Licenses), about.License, p.T("ui.none_chosen"), set)
	case "temporal":
		return d.periodField(about.Temporal)
	}
	example := ""
	if hint := "ui.field." + key + ".example"; p.Has(hint) {
		example = p.T(hint)
	}
	e := parts.NewEntry(example)
	if key == "description" {
		e = parts.NewArea(example, 3)
	}
	e.SetText(about.Get(key))
	e.OnChanged = set
	return e
}

func (d *describePage) periodField(value string) fyne.CanvasObject {
	p := d.w.p
	start, end := parts.NewEntry(p.T("ui.day.example")), parts.NewEntry(p.T("ui.day.example"))
	a, b, _ := strings.Cut(value, "/")
	start.SetText(day(p.Lang(), a))
	end.SetText(day(p.Lang(), b))
	for _, e := range []*parts.Entry{start, end} {
		e.OnChanged = func(string) {
			if joined, ok := period(start.Text, end.Text); ok {
				d.set("temporal", joined)
			}
		}
	}
	return parts.Row(10, parts.Grow(start), parts.NewText(p.T("ui.to")), parts.Grow(end))
}

func (d *describePage) set(key, value string) {
	delete(d.data.Description.Proposed, key)
	delete(d.refused, key)
	d.hints[key].Show("", parts.Neutral)
	d.saver.set(key, value)
}

func (d *describePage) showHints() {
	for _, key := range asked {
		text, tone := hintOf(d.w.p, d.data.Description, key, d.refused[key])
		d.hints[key].Show(text, tone)
	}
}

func (d *describePage) showScore() {
	d.score.Objects = []fyne.CanvasObject{d.completeCard()}
	d.score.Refresh()
}

func (d *describePage) showWords() {
	d.words.Objects = []fyne.CanvasObject{d.dictionaryCard()}
	d.words.Refresh()
}

func (d *describePage) completeCard() fyne.CanvasObject {
	p := d.w.p
	n := filled(d.data.Description)
	must, should := wanting(d.data.Profile, d.data.Description)
	body := parts.Column(8,
		parts.Row(8, parts.Grow(parts.NewSection(p.T("ui.describe.complete"))),
			parts.NewText(p.T("ui.describe.of", "Done", n, "All", len(asked))).With(parts.Accent, parts.SectionSize, fyne.TextStyle{Bold: true})),
		parts.NewProgress(float64(n)/float64(len(asked))))
	if len(must) > 0 {
		body.Add(parts.NewStrong(p.T("ui.describe.must")).Wrapped())
		for _, key := range must {
			body.Add(parts.Row(8, parts.NewDot(parts.Decide), parts.Grow(parts.NewText(labelOf(p, key)).Wrapped())))
		}
	} else {
		body.Add(parts.NewText(p.T("ui.describe.enough")).With(parts.Good, parts.BodySize, fyne.TextStyle{}).Wrapped())
	}
	if len(should) > 0 {
		names := make([]string, len(should))
		for i, key := range should {
			names[i] = labelOf(p, key)
		}
		body.Add(parts.NewMuted(p.T("ui.describe.should", "Fields", strings.Join(names, ", "))).Wrapped())
	}
	return parts.NewCard(body)
}

func (d *describePage) dictionaryCard() fyne.CanvasObject {
	p := d.w.p
	done, all := explained(d.data)
	body := parts.Column(6,
		parts.NewSection(p.T("ui.describe.dictionary")),
		parts.NewSmall(p.T("ui.describe.dictionary.note", "Done", done, "All", all), parts.Muted).Wrapped())
	for _, t := range d.data.Tables {
		for i, c := range t.Columns {
			if c.Removed() {
				continue
			}
			if i == sideColumns {
				body.Add(parts.NewMuted(p.N("ui.review.more_columns", len(t.Columns)-i)).Wrapped())
				break
			}
			body.Add(d.columnRow(c))
		}
	}
	return parts.NewCard(body)
}

// columnRow is a column's name, or its words to fill in when it is open.
func (d *describePage) columnRow(c app.Column) fyne.CanvasObject {
	p := d.w.p
	name := c.Field.Name
	title := first(c.Title, c.Field.Title, name)
	if d.open != name {
		row := parts.Row(8, parts.Grow(parts.NewQuiet(title, func() { d.open = name; d.showWords() }).Smaller().Cut()))
		if c.Description == "" {
			row.Add(parts.NewBadge(p.T("ui.describe.unexplained"), parts.Attention))
		} else {
			row.Add(parts.NewIcon("check", parts.Good))
		}
		return row
	}
	entry := func(key, value string) fyne.CanvasObject {
		e := parts.NewEntry("")
		e.SetText(value)
		e.OnChanged = func(s string) { d.saver.set("field."+name+"."+key, s) }
		return parts.Column(2, parts.NewSmall(p.T("ui.column."+key), parts.Muted), e)
	}
	return parts.NewGround(parts.Paper, parts.Column(6,
		entry("title", c.Title), entry("description", c.Description), entry("unit", c.Unit),
		parts.Row(8, parts.Grow(nil), parts.NewOutlined(p.T("ui.ready"), func() { d.open = ""; d.showWords() }).Smaller()))).
		Rounded(8).Padded(10, 10, 10, 10)
}
