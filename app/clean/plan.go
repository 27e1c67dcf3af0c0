package clean

import (
	"context"
	"iter"
	"slices"

	"chasqui/converters/table"
)

// Plan is a recipe made ready to stream: the columns that come out, in their
// order, and the rows that stay. A Plan is a value; each Rows is a run of its
// own.
type Plan struct {
	Fields []table.Field
	layout table.Layout
	skip   map[int]string // row to the list it is in: "subtotals", "totals" ...
	last   int            // last row that comes out
	asIs   bool
	turned *turned      // of a cross table; nil where a row comes out as one
	groups []table.Span // merged cells whose text is repeated, by first row
}

// Plan lays the recipe over the table it was made on.
func (r Recipe) Plan() Plan {
	m := r.made(len(r.Steps))
	p := Plan{layout: r.Layout, last: r.Layout.DataLast, Fields: m.kept(), turned: m.turned, asIs: !r.Has(OpParse)}
	if r.Has(OpDropTotals) {
		p.skip = left(r.Layout)
	}
	if r.Has(OpSpread) {
		p.groups = r.Layout.Groups
	}
	if m.turned != nil {
		m.turned.sections = map[int]bool{}
		for _, row := range r.Layout.Sections {
			m.turned.sections[row] = true
		}
	}
	return p
}

// AsIs lays a plan over a table that repairs structure only: every row from
// the first data row to the last data or total row, and every cell's text
// exactly as written, headers included: they are the names that come out.
func AsIs(layout table.Layout) Plan {
	p := Plan{layout: layout, last: layout.DataLast, asIs: true}
	for _, t := range layout.Totals {
		p.last = max(p.last, t)
	}
	for _, f := range layout.Fields {
		f.Type, f.Name = table.TypeString, f.Title
		p.Fields = append(p.Fields, f)
	}
	return p
}

func left(l table.Layout) map[int]string {
	rows := map[int]string{}
	for name, list := range map[string][]int{
		"blanks": l.Blanks, "repeated_headers": l.RepeatedHeaders, "subtotals": l.Subtotals, "totals": l.Totals,
	} {
		for _, row := range list {
			rows[row] = name
		}
	}
	return rows
}

// Count is what a run did to one kind of thing: rows left out, values missing,
// values that do not fit.
type Count struct {
	Op    string `json:"op"`
	What  string `json:"what"`
	Count int    `json:"count"`
}

// Run is one pass of a plan over a sheet. Its counts are complete when Rows
// has ended.
type Run struct {
	plan    Plan
	next    int    // the row that is expected
	passes  []pass // the times that a row comes out
	keyAt   int    // the place of a cross table's key, -1 without
	values  []table.Value
	texts   []byte // what the values of a row are made of, where it isn't the cells' own
	left    []int  // rows left out that are not blank, the first maxLeft
	rows    int
	dropped map[string]int
	missing []int
	misfits []int
	// Whole, if set, is handed the lines that come out as they are, in place of
	// their values.
	Whole    func(*table.Line) bool
	straight bool         // a row of as many cells as there are fields comes out as it is
	cells    []table.Cell // of a row that came as a line, or got texts of groups
	groups   groups
}

// maxLeft bounds the rows noted in Run.left; detection lists fewer.
const maxLeft = 100_000

// Start begins a pass.
func (p Plan) Start() *Run {
	n := len(p.Fields)
	r := &Run{
		plan: p, next: p.layout.DataFirst, values: make([]table.Value, n), passes: p.passes(), keyAt: p.keyAt(),
		dropped: map[string]int{}, missing: make([]int, n), misfits: make([]int, n),
	}
	r.straight = p.isStraight()
	return r
}

// isStraight reports whether a row of as many cells as there are fields comes
// out as it is.
func (p Plan) isStraight() bool {
	for i, f := range p.Fields {
		if f.Col != i+1 {
			return false
		}
	}
	return p.asIs && p.skip == nil && p.turned == nil && p.groups == nil
}

// Rows yields the sheet's rows as the plan makes them: one value a field. The
// slice and its texts are valid until the iteration goes on.
func (r *Run) Rows(ctx context.Context, sheet table.Sheet) iter.Seq2[[]table.Value, error] {
	return func(yield func([]table.Value, error) bool) {
		each := func(values []table.Value) bool { return yield(values, nil) }
		for row, err := range sheet.Rows(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			if row.Number > r.plan.last || !r.Take(row, "", each) {
				break
			}
		}
	}
}

// Take makes the next row's values and hands them on, after those of blank rows
// that the reader left out before it, unless the plan leaves the row out. What
// names the list that the row is in; where it is "" the plan's lists tell. It
// returns what yield returned, else true.
func (r *Run) Take(row table.Row, what string, yield func([]table.Value) bool) bool {
	if row.Number < r.next {
		return true
	}
	for ; r.next < row.Number; r.next++ {
		if !r.emit(table.Row{Number: r.next}, "", yield) {
			return false
		}
	}
	r.next = row.Number + 1
	return r.emit(row, what, yield)
}

// emit writes one row's values and hands them on.
func (r *Run) emit(row table.Row, what string, yield func([]table.Value) bool) bool {
	if row.Line != nil {
		if r.straight && r.Whole != nil && len(row.Line.Ends) == len(r.values) {
			r.rows++
			return r.Whole(row.Line)
		}
		r.cells = row.Line.AppendCells(r.cells[:0])
		row.Cells = r.cells
	}
	whole, repeated := r.spread(row)
	if r.plan.skip != nil {
		if what == "" {
			what = r.plan.skip[row.Number]
		}
		if what == "" && row.IsBlank() {
			what = "blanks"
		}
		if what != "" {
			if r.dropped[what]++; what != "blanks" && len(r.left) < maxLeft {
				r.left = append(r.left, row.Number)
			}
			return true
		}
	}
	row = whole
	r.groups.repeated += repeated
	for _, p := range r.passesOf(row.Number) {
		if r.plan.asIs {
			r.copy(row.Cells, p.columns)
		} else {
			r.parse(row, p)
		}
		if r.keyAt >= 0 {
			r.values[r.keyAt] = p.key
			r.count(r.keyAt)
		}
		r.rows++
		if !yield(r.values) {
			return false
		}
	}
	return true
}

// passesOf are the times that a row comes out.
func (r *Run) passesOf(row int) []pass {
	t, last := r.plan.turned, len(r.passes)-1
	switch {
	case t == nil:
		return r.passes
	case t.sections[row]:
		return r.passes[last:]
	}
	return r.passes[:last]
}

// copy makes the values of a row whose texts come out as they stand.
func (r *Run) copy(cells []table.Cell, columns []int) {
	for i, col := range columns {
		r.values[i] = table.Value{Status: table.Missing}
		if col > 0 && col <= len(cells) && cells[col-1].Text != "" {
			r.values[i] = table.Value{Text: cells[col-1].Text}
		}
	}
}

// parse makes the values of a row by the fields' types, and counts those that
// have none or do not fit.
func (r *Run) parse(row table.Row, p pass) {
	r.texts = r.texts[:0]
	for i, col := range p.columns {
		if i == r.keyAt {
			continue
		}
		if col < 1 || col > len(row.Cells) {
			r.values[i] = table.Value{Status: table.Missing}
		} else {
			r.values[i], r.texts = p.parsers[i].AppendParse(r.texts, &row.Cells[col-1])
		}
		r.count(i)
	}
}

// count counts a value that is missing or does not fit.
func (r *Run) count(i int) {
	switch r.values[i].Status {
	case table.Missing:
		r.missing[i]++
	case table.Misfit:
		r.misfits[i]++
	}
}

// GoOn goes on by another plan, which was made of the whole table while this run
// went by a guess. It is false, and the run is of no use, where the rows so far
// would have come out differently by that plan.
func (r *Run) GoOn(p Plan) bool {
	if !r.plan.sameValues(p) || r.next-1 > p.last || len(r.left) >= maxLeft {
		return false
	}
	skipped := 0
	for row, what := range p.skip {
		if what != "blanks" && row >= p.layout.DataFirst && row < r.next {
			skipped++
		}
	}
	for _, row := range r.left {
		if what := p.skip[row]; what == "" || what == "blanks" {
			return false
		}
	}
	r.plan, r.passes, r.straight = p, p.passes(), p.isStraight()
	return skipped == len(r.left)
}

// sameValues reports whether two plans make the same values of a row's cells.
func (p Plan) sameValues(o Plan) bool {
	a, b := p.layout, o.layout
	if !slices.Equal(p.groups, o.groups) || a.HeaderFirst != b.HeaderFirst || a.HeaderLast != b.HeaderLast || a.DataFirst != b.DataFirst || p.asIs != o.asIs {
		return false
	}
	return slices.EqualFunc(p.Fields, o.Fields, func(f, g table.Field) bool {
		if f.Col != g.Col || f.Name != g.Name || f.Title != g.Title {
			return false
		}
		return p.asIs || f.Type == g.Type && f.Format == g.Format && f.DecimalChar == g.DecimalChar && f.GroupChar == g.GroupChar &&
			f.Percent == g.Percent && f.Unit == g.Unit && slices.Equal(f.MissingValues, g.MissingValues)
	})
}

// Last is the last row that comes out.
func (p Plan) Last() int { return p.last }

// RowCount is how many rows came out so far.
func (r *Run) RowCount() int { return r.rows }

// Missing counts, for each field, the rows without a value.
func (r *Run) Missing() []int { return r.missing }

// Misfits counts, for each field, the values that do not fit its type.
func (r *Run) Misfits() []int { return r.misfits }

// Counts reports what each step of the plan did.
func (r *Run) Counts() []Count {
	l := r.plan.layout
	counts := []Count{
		{OpTake, "titles", len(l.Titles)},
		{OpTake, "notes", len(l.Notes)},
		{OpHeader, "rows", headerRows(l)},
	}
	if r.plan.skip != nil {
		for _, what := range []string{"subtotals", "totals", "repeated_headers", "blanks"} {
			n := r.dropped[what]
			if what == "totals" {
				n = len(l.Totals)
			}
			counts = append(counts, Count{OpDropTotals, what, n})
		}
	}
	if len(r.plan.groups) > 0 {
		counts = append(counts, Count{OpSpread, "cells", r.groups.repeated})
	}
	if t := r.plan.turned; t != nil {
		counts = append(counts, Count{OpUnpivot, "columns", t.columns}, Count{OpUnpivot, "totals", t.totals})
	}
	if !r.plan.asIs {
		counts = append(counts, Count{OpParse, "missing", sum(r.missing)}, Count{OpParse, "misfits", sum(r.misfits)})
	}
	return counts
}

func headerRows(l table.Layout) int {
	if l.HeaderFirst == 0 {
		return 0
	}
	return l.HeaderLast - l.HeaderFirst + 1
}

func sum(list []int) int {
	total := 0
	for _, n := range list {
		total += n
	}
	return total
}
