package detect

import (
	"context"
	"iter"
	"slices"

	"chasqui/converters/table"
)

// Bounds of a seam: rows of titles and rows of names above the next table's first
// record, lines kept whole that lead up to the middle and follow it, and tables
// below one another that are told apart.
const (
	seamTitles = 6
	seamNames  = 4
	seamLines  = 12
	seamTables = 32
)

// seam looks, among rows that are only summed up, for another table below the one
// that the head holds: behind a blank row titles, then names over the columns of
// figures, then figures.
type seam struct {
	figures       []int // places of the columns that hold figures in the head
	begin         int   // the row behind the blank one, 0 where none is under way
	titles, names int   // rows since
	found         int   // the row where another table begins, 0 for none
}

// look takes the next row; blanks says that blank ones stand above it.
func (s *seam) look(l *line, blanks bool) {
	if blanks && s.names == 0 {
		s.begin, s.titles = l.number, 0
	}
	if s.begin == 0 || s.found > 0 {
		return
	}
	n := l.count(1, len(l.classes))
	switch {
	case s.names == 0 && n <= 1:
		s.titles++
	case s.areNames(l, n):
		s.names++
	case s.names > 0 && l.counts(1, len(l.classes), figure) > 0:
		s.found = s.begin
	default:
		s.reset()
	}
	if s.titles > seamTitles || s.names > seamNames {
		s.reset()
	}
}

// reset says that what is under way is no table's beginning.
func (s *seam) reset() { s.begin, s.titles, s.names = 0, 0, 0 }

// areNames reports whether n cells of a row are words or years, in the first such
// row none of them twice, and some of them stand where the head has figures.
func (s *seam) areNames(l *line, n int) bool {
	over := 0
	for _, i := range s.figures {
		if l.class(i+1) == word {
			over++
		}
	}
	if n < 2 || over == 0 {
		return false
	}
	words, all := map[string]bool{}, 0
	for col := 1; col <= len(l.classes); col++ {
		if text := l.text(col); l.class(col) == word || isYear(text) {
			words[text] = true
			all++
		}
	}
	return all == n && (len(words) == n || s.names > 0)
}

// isUnderWay reports whether the next row matters to look.
func (s *seam) isUnderWay(blanks bool) bool { return (blanks || s.begin > 0) && s.found == 0 }

// seamOf returns the row where another table begins between head and tail, 0 for
// none.
func (g *grid) seamOf() int {
	if g.middle == nil {
		return 0
	}
	s := g.middle.seam
	for i := g.gap; i < min(len(g.lines), g.gap+seamLines) && s.begin > 0; i++ {
		s.look(&g.lines[i], false)
	}
	return s.found
}

// window is the part of a sheet from one row to another.
type window struct {
	table.Sheet
	first, last int // 0 for the sheet's end
}

// Rows yields the window's rows with the numbers that they have in the sheet. The
// sheet is read to its end, where some say what they merge.
func (p window) Rows(ctx context.Context) iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		for row, err := range p.Sheet.Rows(ctx) {
			inside := row.Number >= p.first && (p.last == 0 || row.Number <= p.last)
			if (err != nil || inside) && !yield(row, err) {
				return
			}
		}
	}
}

// apart describes a sheet whose tables begin far below one another, with one
// reading and a second for each of them; rest is what was collected of the whole.
// It is not ok where what begins below is no table with names of its own.
func apart(ctx context.Context, sheet table.Sheet, rest *grid, w Weights) (layout table.SheetLayout, ok bool, err error) {
	layout = table.SheetLayout{Name: sheet.Name(), Visible: sheet.Visible(), Rows: rest.lastRow, Columns: rest.lastCol, Tables: []table.Layout{}}
	for part := (window{Sheet: sheet, first: 1}); ; part.first = part.last + 1 {
		g, next := rest, 0
		if len(layout.Tables) < seamTables {
			next = rest.seamOf()
		}
		if part.last = next - 1; next > 0 {
			if g, err = collect(part, part.Rows(ctx), w); err != nil {
				return layout, false, err
			}
		}
		found := layoutOf(g, sheet, w)
		if part.first > 1 && !isAnother(found.Tables, layout.Tables) {
			return layout, false, nil
		}
		layout.Tables, layout.Notices = append(layout.Tables, found.Tables...), withLeftOut(found.Notices, layout.Notices)
		if next == 0 {
			return layout, true, nil
		}
		below := window{Sheet: sheet, first: next}
		if rest, err = collect(below, below.Rows(ctx), w); err != nil {
			return layout, false, err
		}
	}
}

// isAnother reports whether the first of the tables found has names, and not those
// of the last table above, which then goes on.
func isAnother(found, above []table.Layout) bool {
	if len(found) == 0 || found[0].HeaderFirst == 0 || len(above) == 0 {
		return false
	}
	return !slices.EqualFunc(found[0].Fields, above[len(above)-1].Fields, func(a, b table.Field) bool { return a.Title == b.Title })
}
