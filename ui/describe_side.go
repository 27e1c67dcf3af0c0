package ui

import (
	"strings"

	"chasqui/app"
	"chasqui/app/describe"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
)

// sideGains is how many of the next best things to do are named.
const sideGains = 3

func (d *describePage) showSide() {
	d.rest.Objects = nil
	if left := d.data.Profile.Left(d.data.Description); len(left) > 0 {
		d.rest.Add(d.leftCard(left))
	}
	d.rest.Add(d.scoreCard())
	d.rest.Refresh()
}

func (d *describePage) showWords() {
	d.words.Objects = []fyne.CanvasObject{d.dictionaryCard()}
	d.words.Refresh()
}

// leftCard lists what the profile does not ask, and what its lists have no
// counterpart for.
func (d *describePage) leftCard(left []describe.Left) fyne.CanvasObject {
	p := d.w.p
	body := parts.Column(6, parts.NewSection(p.T("ui.describe.left")))
	for _, l := range left {
		body.Add(parts.NewText(leftWords(p, d.w.program.Profiles(), d.data.Profile, l)).Wrapped())
	}
	return parts.NewCard(body)
}

// scoreCard says how complete the description is: what publishing waits for,
// the points of the European portal's assessment, and what would add most.
func (d *describePage) scoreCard() fyne.CanvasObject {
	p := d.w.p
	score := d.data.Score()
	points := "score.points"
	if score.Now == score.Max {
		points = "score.published"
	}
	body := parts.Column(8,
		parts.Row(8, parts.Grow(parts.NewSection(p.T("ui.describe.complete"))), parts.NewBadge(p.T("score.band."+score.Band), bandTones[score.Band])),
		parts.NewText(p.T(points, "Points", score.Points, "Now", score.Now, "Max", score.Max)).Wrapped(),
		parts.NewProgress(float64(score.Points)/float64(score.Now)))
	if must := d.data.Profile.Lacking(d.data.Description); len(must) > 0 {
		body.Add(parts.NewStrong(p.T("ui.describe.must")).Wrapped())
		for _, key := range must {
			body.Add(parts.Row(8, parts.NewDot(parts.Decide), parts.Grow(d.jump(key, labelOf(p, d.data.Profile, key)))))
		}
	} else {
		body.Add(parts.NewText(p.T("ui.describe.enough")).With(parts.Good, parts.BodySize, fyne.TextStyle{}).Wrapped())
	}
	if len(score.Next) > 0 {
		body.Add(parts.NewStrong(p.T("ui.describe.next")).Wrapped())
		for _, g := range score.Next[:min(len(score.Next), sideGains)] {
			body.Add(parts.Row(8, parts.Grow(d.jump(g.Key, labelOf(p, d.data.Profile, g.Key))),
				parts.NewSmall(p.T("ui.describe.gain", "Points", g.Points), parts.Good)))
		}
	}
	body.Add(parts.NewSmall(p.N("score.stars", score.Stars), parts.Muted).Wrapped())
	body.Add(parts.NewSmall(p.T("score.source"), parts.Muted).Wrapped())
	return parts.NewCard(body)
}

// bandTones are the colours of the bands, beside their words.
var bandTones = map[string]parts.Tone{
	"excellent": parts.Done, "good": parts.Done, "sufficient": parts.Attention, "poor": parts.Attention,
}

// jump is a field's name that leads to the field.
func (d *describePage) jump(keys, label string) fyne.CanvasObject {
	key, _, _ := strings.Cut(keys, "|")
	return parts.NewQuiet(label, func() {
		for _, o := range append([]fyne.CanvasObject{d.fields[key]}, insideOf(d.fields[key])...) {
			if f, ok := o.(fyne.Focusable); ok {
				d.w.win.Canvas().Focus(f)
				return
			}
		}
	}).Smaller().Cut()
}

// insideOf lists what a container holds, and what that holds.
func insideOf(o fyne.CanvasObject) []fyne.CanvasObject {
	c, ok := o.(*fyne.Container)
	if !ok {
		return nil
	}
	var out []fyne.CanvasObject
	for _, child := range c.Objects {
		out = append(append(out, child), insideOf(child)...)
	}
	return out
}

func (d *describePage) dictionaryCard() fyne.CanvasObject {
	p := d.w.p
	done, all := explained(d.data)
	body := parts.Column(6,
		parts.NewSection(p.T("ui.describe.dictionary")),
		parts.NewSmall(p.T("ui.describe.dictionary.note", "Done", done, "All", all), parts.Muted).Wrapped())
	for _, t := range d.data.Tables {
		for _, c := range t.Columns {
			if !c.Removed() {
				body.Add(d.columnRow(c))
			}
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
		switch {
		case c.Description == "":
			row.Add(parts.NewBadge(p.T("ui.describe.unexplained"), parts.Attention))
		case len(c.Proposed) > 0:
			row.Add(parts.NewBadge(p.T("ui.describe.proposal"), parts.Chosen))
		default:
			row.Add(parts.NewIcon("check", parts.Good))
		}
		return row
	}
	return parts.NewGround(parts.Paper, d.columnForm(c)).Rounded(8).Padded(10, 10, 10, 10)
}

// columnForm asks what a column means.
func (d *describePage) columnForm(c app.Column) fyne.CanvasObject {
	p := d.w.p
	name := c.Field.Name
	body := parts.Column(6)
	for _, w := range []struct{ key, value string }{
		{"title", c.Title}, {"description", c.Description}, {"unit", c.Unit}, {"codes", c.Codes},
	} {
		e := parts.NewEntry("")
		if w.key == "description" {
			e = parts.NewArea("", 2)
		}
		e.SetText(w.value)
		e.OnChanged = func(s string) { d.saver.set("field."+name+"."+w.key, s) }
		body.Add(parts.Column(2, parts.NewSmall(p.T("ui.column."+w.key), parts.Muted), e))
		if from := c.Proposed[w.key]; from != "" {
			body.Add(parts.NewSmall(p.T("proposed."+from), parts.Accent).Wrapped())
		}
	}
	if len(c.Field.Examples) > 0 {
		body.Add(parts.NewSmall(p.T("ui.describe.example", "Example", c.Field.Examples[0]), parts.Muted).Wrapped())
	}
	if len(c.Field.MissingValues) > 0 {
		body.Add(parts.NewSmall(p.T("ui.column.missing", "Words", strings.Join(c.Field.MissingValues, ", ")), parts.Muted).Wrapped())
	}
	answers := parts.Row(8, parts.Grow(nil))
	if len(c.Proposed) > 0 {
		answers.Add(parts.NewQuiet(p.T("ui.describe.refuse"), func() { d.closeColumn(name, app.Refuse) }).Smaller())
	}
	answers.Add(parts.NewOutlined(p.T("ui.ready"), func() { d.closeColumn(name, app.Accept) }).Smaller())
	body.Add(answers)
	return body
}

// closeColumn ends the writing of a column's words: what was proposed and still
// stands is accepted or refused.
func (d *describePage) closeColumn(name, answer string) {
	d.open = ""
	d.saver.set("field."+name+".proposal", answer)
	d.showWords()
}
