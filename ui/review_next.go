package ui

import (
	"context"

	"chasqui/app"
	"chasqui/converters/table"
	"chasqui/ui/parts"
)

// nextMisfit goes to the first cell after a row that does not fit its column,
// from the top again when the end is reached, and says so where there is none.
func (r *reviewPage) nextMisfit(rows app.Grid, from int) {
	shape, w := shapeOf(r.w.p.Lang(), r.t), r.w
	w.run.Ask("review/next", func(ctx context.Context) func() {
		row, col, err := findMisfit(ctx, rows, shape, from+1, shape.DataLast)
		if err == nil && row == 0 {
			row, col, err = findMisfit(ctx, rows, shape, shape.DataFirst, from)
		}
		return func() {
			switch {
			case err != nil:
				r.fail(err)
			case row > 0:
				r.grid.ShowCell(row, col)
			default:
				r.cell.Color = parts.Muted
				r.cell.SetText(w.p.T("ui.review.no_misfit"))
				r.cell.Refresh()
			}
		}
	})
}

// misfitPage is how many rows are looked through at a time.
const misfitPage = 1024

// findMisfit looks for the first cell that does not fit in the rows first to
// last of the table; 0, 0 if there is none.
func findMisfit(ctx context.Context, rows app.Grid, s parts.Shape, first, last int) (row, col int, err error) {
	for at := max(first, s.DataFirst); at <= min(last, s.DataLast); at += misfitPage {
		page, err := rows.Page(ctx, at, min(misfitPage, last-at+1))
		if err != nil {
			return 0, 0, err
		}
		for i, r := range page {
			if col := misfitIn(s, at+i, r); col > 0 {
				return at + i, col, nil
			}
		}
		if len(page) == 0 {
			break
		}
	}
	return 0, 0, nil
}

// misfitIn is the first column of a row whose cell does not fit, 0 if all do.
func misfitIn(s parts.Shape, row int, r table.Row) int {
	if !s.IsData(row) {
		return 0
	}
	for col := s.ColFirst; col <= s.ColLast; col++ {
		if s.Misfit(row, col, r.Cell(col)) {
			return col
		}
	}
	return 0
}
