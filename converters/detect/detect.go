// Package detect finds the tables in a sheet: where each lies, which rows name
// its columns, which are titles, notes and totals, and what every column means.
//
// Start with Sheet: it reads the rows once (collect.go), keeps the head and the
// tail and sums up what lies between, looks for tables (bands.go, header.go,
// ends.go), and types the columns (types.go) with table.Field.Parse, the same
// function that reads the cells later. Every decision leaves a code in Why;
// every threshold stands in Weights.
package detect

import (
	"context"
	"slices"

	"chasqui/converters/table"
)

// Options of detection; the zero value is right for every caller.
type Options struct {
	// Weights, when set, replace DefaultWeights.
	Weights *Weights
	// Sample lets a large sheet that can (table.Sampler) pass over most of its
	// rows: extent and end of the data stay exact, types and counts come from
	// the rows that were read, and special rows between are not all listed.
	Sample bool
}

// weights returns the thresholds to use.
func (o Options) weights() Weights {
	if o.Weights != nil {
		return *o.Weights
	}
	return DefaultWeights()
}

// Book looks at every sheet of the book, hidden ones included. A sheet that
// can't be read ends it with the sheets before.
func Book(ctx context.Context, book table.Book, opt Options) ([]table.SheetLayout, error) {
	var found []table.SheetLayout
	for _, sheet := range book.Sheets() {
		layout, err := Sheet(ctx, sheet, opt)
		if err != nil {
			return found, err
		}
		found = append(found, layout)
	}
	return found, nil
}

// Sheet finds the tables of a sheet in one pass over its rows. Memory is bound
// whatever the number of rows; the extent and the end of the data are exact.
// A sheet without a table has none in its layout. Errors are those of the
// reader and the context's.
func Sheet(ctx context.Context, sheet table.Sheet, opt Options) (table.SheetLayout, error) {
	w := opt.weights()
	if sampler, ok := sheet.(table.Sampler); ok && opt.Sample {
		g, err := collect(sheet, sampler.SampledRows(ctx), w)
		if err != nil {
			return table.SheetLayout{}, err
		}
		if !undecided(g, w) && g.seamOf() == 0 {
			return layoutOf(g, sheet, w), nil
		}
	}
	g, err := collect(sheet, sheet.Rows(ctx), w)
	if err != nil {
		return table.SheetLayout{}, err
	}
	if g.seamOf() > 0 {
		if layout, ok, err := apart(ctx, sheet, g, w); ok || err != nil {
			return layout, err
		}
	}
	return layoutOf(g, sheet, w), nil
}

// undecided reports whether a sample leaves open where a table begins or ends:
// only the sums of all rows tell a total that does not clearly say so.
func undecided(g *grid, w Weights) bool {
	if g.torn {
		return true
	}
	if g.middle == nil || !g.middle.passed {
		return false
	}
	for _, r := range findRegions(g, w) {
		for _, i := range [...]int{r.from, r.to} {
			l := &g.lines[i]
			label := totalLabel(l, &r)
			if isTotalLabel(label) || isWholeLabel(label) || l.firstFilled(r.colFirst, r.colLast) > r.colFirst {
				return true
			}
		}
	}
	return false
}

// layoutOf describes the tables in what was collected of a sheet.
func layoutOf(g *grid, sheet table.Sheet, w Weights) table.SheetLayout {
	layout := table.SheetLayout{
		Name: sheet.Name(), Visible: sheet.Visible(), Rows: g.lastRow, Columns: g.lastCol,
		Notices: sheet.Notices(), Tables: []table.Layout{},
	}
	all := findRegions(g, w)
	for _, r := range all {
		layout.Tables = append(layout.Tables, describe(g, r, all, w, sheet.Name()))
	}
	listed := listedLines(g, all)
	tellBeside(g, all, listed, layout.Tables)
	if n, ok := leftOut(g, all, listed, sheet.Name()); ok {
		layout.Notices = append(slices.Clip(layout.Notices), n)
	}
	return layout
}

// Within derives one table again after a person fixed parts of it. The rest is
// detected inside of what was fixed. A *table.Fault NoTable says that nothing
// is left there.
func Within(ctx context.Context, sheet table.Sheet, fixed Fixed) (table.Layout, error) {
	w := DefaultWeights()
	g, err := collect(sheet, sheet.Rows(ctx), w)
	if err != nil {
		return table.Layout{}, err
	}
	r, ok := fixedRegion(g, fixed, w)
	if !ok {
		return table.Layout{}, &table.Fault{Kind: table.NoTable, Place: table.Place{Sheet: sheet.Name()}}
	}
	all := []region{r}
	layouts := []table.Layout{describe(g, r, all, w, sheet.Name())}
	tellBeside(g, all, listedLines(g, all), layouts)
	layout := layouts[0]
	if !contains(layout.Why, WhyFixed) {
		layout.Why = append(layout.Why, WhyFixed)
	}
	return layout, nil
}

// contains reports whether the list holds the code.
func contains(list []string, code string) bool {
	for _, c := range list {
		if c == code {
			return true
		}
	}
	return false
}
