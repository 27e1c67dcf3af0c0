package ui

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"chasqui/app"
	"chasqui/app/clean"
	"chasqui/converters/table"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
)

// sideColumns is how many columns the card lists; a wider table is corrected
// on the grid's letters.
const sideColumns = 60

// showSide fills the column beside the grid: the small fields if they were
// asked for, what was found, the columns, the other tables of the file.
func (r *reviewPage) showSide() {
	held := r.held()
	r.spots = map[string]fyne.Focusable{}
	side := parts.Column(12)
	if r.byHand {
		side.Add(r.handCard())
	}
	if r.resembles != nil {
		side.Add(r.editionCard())
	}
	side.Add(r.foundCard())
	if crossed := r.crossCard(); crossed != nil {
		side.Add(crossed)
	}
	side.Add(r.columnsCard())
	if others := r.others(); others != nil {
		side.Add(others)
	}
	r.side.Objects = []fyne.CanvasObject{side}
	r.side.Refresh()
	r.hold(held)
}

func (r *reviewPage) foundCard() fyne.CanvasObject {
	p := r.w.p
	body := parts.Column(7, parts.NewSection(p.T("ui.found.title")))
	for _, line := range found(p, r.t) {
		body.Add(parts.NewText(line).Bolded().Wrapped())
	}
	sure := int(r.t.Layout().Confidence*100 + 0.5)
	body.Add(parts.NewMuted(p.T("ui.found.sure", "Percent", sure)))
	if n := misfits(r.t); n > 0 {
		next := parts.NewOutlined(p.T("ui.review.next_misfit"), func() {
			if r.toMisfit != nil {
				r.toMisfit()
			}
		}).Smaller()
		r.spots["misfit"] = next
		body.Add(parts.Row(8, parts.NewBadge(p.N("ui.review.misfits", n), parts.Attention), parts.Grow(nil), next))
	}
	if r.t.Layout().Confidence < app.LowConfidence {
		body.Add(parts.NewSmall(p.T("ui.found.unsure"), parts.Warn).Wrapped())
	}
	for _, line := range r.outside() {
		body.Add(parts.Row(8, parts.NewDot(parts.Attention), parts.Grow(parts.NewSmall(line, parts.Warn).Wrapped())))
	}
	for _, choice := range [...]fyne.CanvasObject{r.hiddenChoice(), r.accentsChoice()} {
		if choice != nil {
			body.Add(choice)
		}
	}
	return parts.NewCard(body)
}

// outside tells what of the sheet is not in the table and in none of the others:
// what went with the damaged part of its file, and cells that were left out. Those
// far from the table are not known any more where somebody moved it.
func (r *reviewPage) outside() []string {
	var list []string
	add := func(notices []table.Notice, codes ...string) {
		for _, n := range notices {
			if slices.Contains(codes, n.Code) {
				list = append(list, r.w.p.Notice(n))
			}
		}
	}
	add(r.t.Layout().Notices, "cells_beside")
	for _, s := range r.sheets {
		if s.Name != r.t.Recipe.Source.Sheet {
			continue
		}
		add(s.Notices, app.NoticePartial, "lost_texts")
		if !slices.Contains(r.t.Layout().Why, "fixed_by_person") {
			add(s.Notices, "cells_left_out")
		}
	}
	return list
}

// hiddenChoice says whether what is hidden in the sheet is in the table or left
// out, and offers the other; nil where nothing is hidden.
func (r *reviewPage) hiddenChoice() fyne.CanvasObject {
	p := r.w.p
	words, action, other := p.T("ui.review.hidden.in"), p.T("ui.review.hidden.drop"), app.DropHidden
	if r.t.Recipe.Choice(clean.ArgHidden) == app.DropHidden {
		words, action, other = p.T("ui.review.hidden.out"), p.T("ui.review.hidden.keep"), app.KeepHidden
	} else if !hides(r.sheets, r.t.Recipe.Source.Sheet) {
		return nil
	}
	return r.choice(clean.ArgHidden, words, action, func(ctx context.Context) (app.Dataset, error) {
		return r.w.program.SetHidden(ctx, r.id, r.t.Number, other)
	})
}

// accentsChoice says that texts have broken accents or were mended, and offers
// the other; nil where there are none.
func (r *reviewPage) accentsChoice() fyne.CanvasObject {
	p := r.w.p
	if r.t.Recipe.Choice(clean.ArgAccents) == app.MendAccents {
		return r.choice(clean.ArgAccents, p.T("ui.review.accents.mended"), p.T("ui.review.accents.keep"), func(ctx context.Context) (app.Dataset, error) {
			return r.w.program.SetAccents(ctx, r.id, r.t.Number, app.KeepAccents)
		})
	}
	for _, n := range r.t.Layout().Notices {
		if n.Code == "double_encoded" {
			words := p.N("ui.review.accents.broken", n.Count, "Example", n.Args["example"], "Meant", n.Args["meant"])
			return r.choice(clean.ArgAccents, words, p.T("ui.review.accents.mend"), func(ctx context.Context) (app.Dataset, error) {
				return r.w.program.SetAccents(ctx, r.id, r.t.Number, app.MendAccents)
			})
		}
	}
	return nil
}

// choice says how the sheet is read, with the button that changes it, which
// keeps the focus by its name.
func (r *reviewPage) choice(name, words, action string, do func(context.Context) (app.Dataset, error)) fyne.CanvasObject {
	button := parts.NewOutlined(action, func() { r.change(do) }).Smaller()
	r.spots[name] = button
	return parts.Column(6, parts.NewText(words).Wrapped(), parts.Row(0, button))
}

// hides reports whether a sheet has hidden rows or columns.
func hides(sheets []table.SheetLayout, name string) bool {
	for _, s := range sheets {
		for _, n := range s.Notices {
			if s.Name == name && strings.HasPrefix(n.Code, "hidden_") {
				return true
			}
		}
	}
	return false
}

// misfits counts the values that do not fit their column's type.
func misfits(t app.Table) int {
	n := 0
	for _, c := range t.Columns {
		n += c.Field.Misfits
	}
	return n
}

func (r *reviewPage) columnsCard() fyne.CanvasObject {
	p := r.w.p
	body := parts.Column(6, parts.NewSection(p.T("ui.review.columns")))
	for i, c := range r.t.Columns {
		if i == sideColumns {
			body.Add(parts.NewMuted(p.N("ui.review.more_columns", len(r.t.Columns)-i)).Wrapped())
			break
		}
		body.Add(r.columnRow(c))
	}
	return parts.NewCard(body)
}

func (r *reviewPage) columnRow(c app.Column) fyne.CanvasObject {
	p := r.w.p
	title := parts.NewText(first(c.Title, c.Field.Title, parts.Letters(c.Field.Col))).Wrapped().AtMost(2)
	kind := parts.NewChoice(typeOptions(p), string(c.Field.Type), typeName(p, c.Field.Type), func(to string) { r.retype(c.Field.Col, to) }).Smaller()
	r.spots["column/"+strconv.Itoa(c.Field.Col)] = kind
	words := parts.Column(2, title)
	switch {
	case c.Removed():
		words.Add(parts.Row(0, parts.NewBadge(p.T("ui.review.removed"), parts.Neutral)))
	case c.Field.Misfits > 0:
		words.Add(parts.Row(0, parts.NewBadge(p.N("ui.review.misfits", c.Field.Misfits), parts.Attention)))
	}
	return parts.Row(8, kind, parts.Grow(words))
}

// others offers the other tables that the file holds.
func (r *reviewPage) others() fyne.CanvasObject {
	p := r.w.p
	list := parts.Column(4)
	for _, s := range r.sheets {
		for i := range s.Tables {
			if s.Name == r.t.Recipe.Source.Sheet && i+1 == r.t.Recipe.Source.Table {
				continue
			}
			name := s.Name
			if len(s.Tables) > 1 {
				name += " · " + p.T("ui.review.table", "Number", strconv.Itoa(i+1))
			}
			list.Add(parts.Row(0, parts.NewQuiet(name, func() { r.choose(s.Name, i+1) })))
		}
	}
	if len(list.Objects) == 0 {
		return nil
	}
	return parts.NewCard(parts.Column(6, parts.NewSection(p.T("ui.review.others")), list))
}
