package ui

import (
	"strings"

	"chasqui/app"
	"chasqui/app/describe"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// labelWidth is the width of the form's labels.
const labelWidth = 126

// row is the label with how much the field is asked for, the field itself, and
// below it where its proposal came from.
func (d *describePage) row(f describe.Field) fyne.CanvasObject {
	d.rows[f.Key] = container.NewStack()
	d.renew(f)
	return d.rows[f.Key]
}

// renew makes a field's row of what the dataset says now.
func (d *describePage) renew(f describe.Field) {
	p := d.w.p
	hint := parts.NewHint()
	d.hints[f.Key] = hint
	field := d.field(f)
	d.fields[f.Key] = field
	below := hint.Object()
	if d.data.Description.Proposed[f.Key] != "" {
		below = parts.Row(4, parts.Grow(hint.Object()),
			parts.NewQuiet(p.T("ui.describe.accept"), func() { d.answer(f.Key, app.Accept) }).Smaller(),
			parts.NewQuiet(p.T("ui.describe.refuse"), func() { d.answer(f.Key, app.Refuse) }).Smaller())
	}
	d.rows[f.Key].Objects = []fyne.CanvasObject{parts.NewAskedRow(f.Label.In(p.Lang()), obligation(p, f), labelWidth, field, below)}
	d.rows[f.Key].Refresh()
	d.showHint(f.Key)
}

func (d *describePage) field(f describe.Field) fyne.CanvasObject {
	p, about := d.w.p, d.data.Description
	value := about.Get(f.Key)
	if typed := d.saver.unfinished[f.Key]; typed != "" {
		value = typed
	}
	set := func(value string) { d.set(f.Key, value) }
	focused := func() { d.showHelp(f) }
	if f.Form == describe.FormPeriod {
		return d.periodField(f, value)
	}
	if f.Form == describe.FormChoice {
		options := termOptions(p, d.data.Profile.Terms(f.Vocabulary))
		if f.Vocabulary == "license" {
			options = licenseOptions(p, d.data.Profile.Licenses)
		} else if t, ok := d.data.Profile.Term(f.Key, value); ok {
			value = t.Code // a portal's own list may call it otherwise
		}
		c := parts.NewChoice(options, value, p.T("ui.none_chosen"), set)
		c.OnFocus = focused
		return c
	}
	e := parts.NewEntry(f.Example.In(p.Lang()))
	if f.Form == describe.FormLong {
		e = parts.NewArea(f.Example.In(p.Lang()), 3)
	}
	e.SetText(value)
	e.OnChanged = set
	if f.Form == describe.FormDate {
		e.SetText(first(day(p.Lang(), value), value))
		e.OnChanged = func(typed string) {
			iso, ok := readDay(typed)
			if !ok {
				iso = typed // the check says what is wrong with it
			}
			set(iso)
		}
	}
	e.OnFocus = focused
	return e
}

// halfPeriod stands between two texts that are no days yet.
const halfPeriod = " – "

func (d *describePage) periodField(f describe.Field, value string) fyne.CanvasObject {
	p := d.w.p
	start, end := parts.NewEntry(p.T("ui.day.example")), parts.NewEntry(p.T("ui.day.example"))
	if a, b, half := strings.Cut(value, halfPeriod); half {
		start.SetText(a)
		end.SetText(b)
	} else {
		a, b, _ := strings.Cut(value, "/")
		start.SetText(day(p.Lang(), a))
		end.SetText(day(p.Lang(), b))
	}
	for _, e := range []*parts.Entry{start, end} {
		e.OnFocus = func() { d.showHelp(f) }
		e.OnChanged = func(string) {
			joined, ok := period(start.Text, end.Text)
			if !ok {
				joined = start.Text + halfPeriod + end.Text
			}
			d.set(f.Key, joined)
		}
	}
	return parts.Row(10, parts.Grow(start), parts.NewText(p.T("ui.to")), parts.Grow(end))
}

func (d *describePage) showHint(key string) {
	hint, ok := d.hints[key]
	if !ok {
		return
	}
	refused := d.refused[key]
	if _, typing := d.saver.pending[key]; refused == nil && !typing {
		refused = d.data.Profile.Stray(d.data.Description)[key]
	}
	hint.Show(hintOf(d.w.p, d.data, key, refused))
}

// showHelp tells what the field with the focus is for; of none, how the form
// works.
func (d *describePage) showHelp(f describe.Field) {
	p := d.w.p
	lang := p.Lang()
	body := parts.Column(6)
	if f.Key == "" {
		body.Add(parts.NewMuted(p.T("ui.describe.help")).Wrapped())
	} else {
		body.Add(parts.NewStrong(f.Label.In(lang)).Wrapped())
		body.Add(parts.NewText(f.Help.In(lang)).Wrapped())
		if example := f.Example.In(lang); example != "" {
			body.Add(parts.NewSmall(p.T("ui.describe.example", "Example", example), parts.Muted).Wrapped())
		}
		if f.Proposed {
			body.Add(parts.NewSmall(p.T("ui.describe.no_norm"), parts.Muted).Wrapped())
		} else if f.Basis != "" && f.Obligation == describe.Mandatory {
			body.Add(parts.NewSmall(p.T("ui.describe.basis", "Basis", f.Basis), parts.Muted).Wrapped())
		}
	}
	d.help.Objects = []fyne.CanvasObject{parts.NewCard(body)}
	d.help.Refresh()
	if d.side != nil {
		d.side.Refresh()
	}
}
