package ui

import (
	"context"
	"strings"

	"chasqui/app"
	"chasqui/app/clean"
	"chasqui/converters/table"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
)

// sampleRows is how many records the card shows of a table that was turned.
const sampleRows = 5

// crossCard offers to turn a table whose columns are years, months or the like
// into one with a row for each, or shows what came of it; nil where there are no
// such columns.
func (r *reviewPage) crossCard() fyne.CanvasObject {
	p, c := r.w.p, r.t.Cross()
	if c == nil {
		return nil
	}
	turn := func(action string, to bool) fyne.CanvasObject {
		return parts.Row(0, parts.NewOutlined(action, func() {
			r.change(func(ctx context.Context) (app.Dataset, error) { return r.w.program.Unpivot(ctx, r.id, r.t.Number, to) })
		}).Smaller())
	}
	if !r.t.Turned() {
		first, last := c.Keys[0], c.Keys[len(c.Keys)-1]
		if c.Type == table.TypeYearMonth {
			first, last = p.Period(first), p.Period(last)
		}
		return parts.NewCard(parts.Column(7,
			parts.NewSection(p.T("ui.review.cross.title")),
			parts.NewText(p.N("ui.review.cross.in", c.Columns(), "From", first, "To", last)).Wrapped(),
			turn(p.T("ui.review.cross.turn"), true)))
	}
	body := parts.Column(7,
		parts.NewSection(p.T("ui.review.cross.rows")),
		parts.NewText(p.N("ui.review.cross.out", r.t.Rows(), "Names", strings.Join(r.newColumns(), ", "))).Wrapped())
	if len(r.sample) > 0 {
		body.Add(parts.NewMuted(p.T("ui.review.cross.sample")).Wrapped())
	}
	for _, record := range r.sample {
		body.Add(parts.NewSmall(strings.Join(record, " · "), parts.Muted).Cut())
	}
	body.Add(turn(p.T("ui.review.cross.back"), false))
	return parts.NewCard(body).Edged(parts.Chosen)
}

// newColumns are the titles of the columns that turning made.
func (r *reviewPage) newColumns() []string {
	was := map[string]bool{}
	for _, f := range r.t.Layout().Fields {
		was[f.Title] = true
	}
	var titles []string
	for _, c := range r.t.Columns {
		if c.Field.Col == clean.KeyCol || !was[c.Field.Title] {
			titles = append(titles, first(c.Title, c.Field.Title))
		}
	}
	return titles
}

// loadSample brings the first records of a table that was turned.
func (r *reviewPage) loadSample() {
	r.sample = nil
	if !r.t.Turned() {
		return
	}
	w, t := r.w, r.t
	w.run.Ask("review/sample", func(ctx context.Context) func() {
		rows, err := w.program.Sample(ctx, t, sampleRows)
		return func() {
			if err != nil {
				r.fail(err)
				return
			}
			r.sample = rows
			r.showSide()
		}
	})
}
