package ui

import (
	"context"
	"slices"
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
		button := parts.NewOutlined(action, func() {
			r.change(func(ctx context.Context) (app.Dataset, error) { return r.w.program.Unpivot(ctx, r.id, r.t.Number, to) })
		}).Smaller()
		r.spots["cross"] = button
		return parts.Row(0, button)
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
		body.Add(parts.NewSmall(telling(r.t, record), parts.Muted).Cut())
	}
	body.Add(turn(p.T("ui.review.cross.back"), false))
	return parts.NewCard(body).Edged(parts.Chosen)
}

// newColumns are the titles of the columns that turning made.
func (r *reviewPage) newColumns() []string {
	var titles []string
	for _, c := range r.t.Columns {
		if isTurned(r.t, c) {
			titles = append(titles, first(c.Title, c.Field.Title))
		}
	}
	return titles
}

// isTurned reports whether turning made the column.
func isTurned(t app.Table, c app.Column) bool {
	return c.Field.Col == clean.KeyCol || slices.ContainsFunc(t.Cross().Measures, func(m table.Measure) bool {
		return slices.Contains(m.Cols, c.Field.Col)
	})
}

// telling cuts a record down to its first words and what turning made of it, so
// that it fits a line.
func telling(t app.Table, record []string) string {
	var shown []string
	at, named := 0, false
	for _, c := range t.Columns {
		if c.Removed() || at == len(record) {
			continue
		}
		names := !named && c.Field.Type == table.TypeString
		if names || isTurned(t, c) {
			shown = append(shown, record[at])
		}
		named = named || names
		at++
	}
	return strings.Join(shown, " · ")
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
