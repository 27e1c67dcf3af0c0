package app

import (
	"context"
	"slices"

	"chasqui/app/clean"
	"chasqui/app/store"
	"chasqui/converters/table"
)

// succeed makes a new draft the successor of an earlier one. The layout is what
// was found in the new file, unless the columns are found only where a person
// said that they are: rows of another month lie elsewhere, so of the corrections
// the header's rows and the columns are taken, never the last row.
func (a *App) succeed(ctx context.Context, was, d store.Draft) (store.Draft, error) {
	if c := choicesOf(was.Recipe); c != choicesOf(d.Recipe) {
		// A file that has no such table when it is read like the one before is
		// taken as it was found.
		if again := d; a.reread(ctx, &again, c) == nil {
			d = again
		}
	}
	next := d
	next.Recipe = carry(was.Recipe, d.Recipe)
	next.Columns, next.Aside = was.Columns, was.Aside
	fit(&next)
	if c := correctionOf(was.Recipe); c != (Correction{}) && lost(was, next) > 0 {
		c.DataLast, c.DataFirst = 0, 0
		again := d
		if err := a.relay(ctx, &again, func(r clean.Recipe) clean.Recipe { return withCorrection(r, c) }); err != nil {
			return next, err
		}
		again.Recipe = carry(was.Recipe, again.Recipe)
		again.Columns, again.Aside = was.Columns, was.Aside
		fit(&again)
		if lost(was, again) < lost(was, next) {
			next = again
		}
	}
	next.Undo = nil
	office, err := a.store.Office(ctx)
	if err != nil {
		return next, err
	}
	return next, a.proposeColumns(ctx, &next, office)
}

// lost counts the columns of an earlier draft that the new one has not.
func lost(was, next store.Draft) int {
	n := 0
	for _, c := range was.Columns {
		if !slices.ContainsFunc(next.Columns, func(o store.Column) bool { return o.ID == c.ID }) {
			n++
		}
	}
	return n
}

// carry takes the steps about columns of an earlier recipe over to a new one,
// where the columns of the same headers lie now, and the choices about reading.
// A cross table that was turned is turned again, however many times it has now.
func carry(was, next clean.Recipe) clean.Recipe {
	next = chosen(next, choicesOf(was))
	for i, s := range was.Steps {
		switch s.Op {
		case clean.OpUnpivot:
			if cross(&next, 1, keysOf(was)) == nil {
				next = next.With(s)
			}
		case clean.OpRetype, clean.OpRemove:
			if to, ok := counterpart(was.ColumnsBefore(i), next.Columns(), s.Args["col"]); ok {
				next = next.With(s.At(to))
			}
		}
	}
	return next
}

// counterpart is where the column of the same header lies among others.
func counterpart(before, now []table.Field, col string) (int, bool) {
	for _, f := range before {
		if itoa(f.Col) != col {
			continue
		}
		for _, to := range now {
			if to.Title == f.Title {
				return to.Col, true
			}
		}
	}
	return 0, false
}

// columnsAs are a table's columns as they would be after the steps of another
// recipe.
func columnsAs(was clean.Recipe, t Table) []Column {
	if !was.Has(clean.OpUnpivot) {
		return t.Columns
	}
	d := t.draft
	d.Recipe = carry(was, d.Recipe)
	fit(&d)
	return viewTable(d).Columns
}
