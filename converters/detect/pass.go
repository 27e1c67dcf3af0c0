package detect

import (
	"context"
	"iter"

	"chasqui/converters/table"
)

// Role is what detection takes a row for while the rows go by.
type Role uint8

// The roles of a row inside a table's data.
const (
	Record   Role = iota
	Section       // names the group of the rows below
	Subtotal      // adds up a group
	Repeated      // the header printed again
)

// maxWhole is how many bytes of text a row may have in a Pass, which holds some
// 2,400 rows with their whole texts.
const maxWhole = 16 << 10

// Pass detects a sheet's table while its rows are put to use, so that a file is
// read once. The head of the sheet gives a guess of the layout; then the rows
// come, each as soon as it can't belong to the table's end. Behind the last one
// Layout says what a whole detection says, and Rest has the rows that were held
// back. Whoever uses the rows compares the guess with that layout: they differ
// seldom, and then the rows are to be read again.
type Pass struct {
	sheet     table.Sheet
	collector collector
	guess     table.Layout
	done      bool
	untyped   bool
	yield     func(table.Row, Role) bool
}

// PassOptions say what a pass may spare.
type PassOptions struct {
	// Untyped spares the columns' values for a use that keeps every cell as it
	// stands: the types of the Layout are those of the guess, and rows may be
	// yielded as lines.
	Untyped bool
	// Large says that the file is above the size up to which counts are exact,
	// so that values are sampled from early on.
	Large bool
}

// largeBytes of cell texts feed the columns' values of a large file completely.
const largeBytes = 1 << 20

// NewPass prepares a pass over a sheet.
func NewPass(sheet table.Sheet, opt PassOptions) *Pass {
	p := &Pass{sheet: sheet, untyped: opt.Untyped}
	w := DefaultWeights()
	if opt.Large {
		w.FullBytes = largeBytes
	}
	p.collector = newCollector(sheet, w)
	p.collector.pass = p
	return p
}

// Rows yields the rows of the data, from the guess's first one to the last that
// is not held back. A row and its role are valid until the iteration goes on.
// It yields nothing where the sheet has no more rows than are held back, and
// ends early where the sheet is not fit for a pass; Ended tells. The error is the
// sheet's or the context's. Yield may be called from another goroutine than the
// caller's, one call at a time, and no more once Rows has returned.
func (p *Pass) Rows(ctx context.Context, yield func(table.Row, Role) bool) error {
	p.yield = yield
	defer p.collector.end()
	rows := p.sheet.Rows
	if l, ok := p.sheet.(table.Liner); ok {
		rows = l.Lines
	}
	for row, err := range rows(ctx) {
		if err != nil {
			return err
		}
		if !p.collector.add(row) {
			return nil
		}
	}
	p.done = true
	return nil
}

// Guess is the layout that the rows are yielded by: its lists of special rows
// hold those of the head. It is complete from the first row yielded on.
func (p *Pass) Guess() table.Layout { return p.guess }

// Ended reports whether the sheet was read to its end.
func (p *Pass) Ended() bool { return p.done }

// Started reports whether rows were yielded; Rest has the others.
func (p *Pass) Started() bool { return p.collector.grid.middle != nil }

// Header returns the cells of a row above the data.
func (p *Pass) Header(row int) table.Row {
	for _, l := range p.collector.grid.lines {
		if l.number == row {
			return table.Row{Number: row, Cells: l.cells}
		}
	}
	return table.Row{}
}

// Rest yields the rows that were held back, up to the sheet's last.
func (p *Pass) Rest() iter.Seq[table.Row] {
	return func(yield func(table.Row) bool) {
		for i := range p.collector.tail {
			if !yield(p.collector.held(i)) {
				return
			}
		}
	}
}

// Layout describes the sheet, once Rows has come to its end.
func (p *Pass) Layout() table.SheetLayout {
	c := p.collector
	g := *c.grid
	c.grid = &g
	g.lines = append([]line{}, g.lines...)
	if p.untyped && p.Started() {
		g.before = &p.guess
	}
	return layoutOf(c.finish(p.sheet), p.sheet, c.weights)
}

// takes reports whether a row can be held back with all that it shows: not one
// of very long texts, and none of blanks at its end where they are to be kept.
func (p *Pass) takes(row table.Row) bool {
	if row.Line != nil {
		return len(row.Line.Text) <= maxWhole
	}
	total := 0
	for i := range row.Cells {
		total += len(row.Cells[i].Text)
	}
	if total > maxWhole {
		return false
	}
	last := len(row.Cells)
	for last > 0 && row.Cells[last-1].Kind == table.Empty {
		last--
	}
	return !p.untyped || last == 0 || !row.Cells[last-1].IsBlank()
}

// begin makes the guess from the head and hands on its rows of data. One table
// alone is fit for a pass.
func (p *Pass) begin(head *grid, regions []region) bool {
	if len(regions) != 1 {
		return false
	}
	if p.untyped {
		p.collector.grid.middle.thin = true
		if !mayOpenWithTotal(head, &regions[0]) {
			p.collector.grid.middle.figures = nil // no sum can change where the data begin or end
		}
	}
	p.guess = describe(head, regions[0], regions, p.collector.weights, p.sheet.Name())
	for i := regions[0].from; i < len(head.lines); i++ {
		l := &head.lines[i]
		if !p.yield(table.Row{Number: l.number, Hidden: l.hidden, Cells: l.cells}, Record) {
			return false
		}
	}
	return true
}
