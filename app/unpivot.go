package app

import (
	"context"
	"slices"

	"chasqui/app/clean"
	"chasqui/app/message"
	"chasqui/app/store"
	"chasqui/converters/detect"
	"chasqui/converters/table"
)

// crossLeast is how many times a table has to have columns for before turning it
// is offered; a recipe that turned another file takes one with fewer.
const crossLeast = 3

// Cross tells which of the table's columns are times of one variable; nil where
// none are. A table that was found before the program looked for them is looked
// at now.
func (t Table) Cross() *table.Cross {
	if c := t.Recipe.Layout.Cross; c != nil {
		return c
	}
	return detect.Cross(t.Recipe.Layout.Fields, crossLeast)
}

// Turned reports whether the times of a cross table come out as rows.
func (t Table) Turned() bool { return t.Recipe.Has(clean.OpUnpivot) }

// cross makes sure that a recipe's layout says which columns are times, of the
// type like if they can be. Where there are fewer than least the error is
// NoCrossTable.
func cross(r *clean.Recipe, least int, like table.Type) error {
	if c := r.Layout.Cross; c == nil || like != table.TypeAny && c.Type != like {
		if again := detect.CrossLike(r.Layout.Fields, least, like); again != nil {
			r.Layout.Cross = again
		}
	}
	if r.Layout.Cross == nil {
		return &Error{Kind: NoCrossTable}
	}
	return nil
}

// turned is a recipe whose cross table becomes one with a row for each time. lang
// is the language of the new columns' names where the headers have none; ""
// leaves the recipe as it is.
func turned(r clean.Recipe, lang string) (clean.Recipe, error) {
	if lang == "" {
		return r, nil
	}
	if err := cross(&r, crossLeast, table.TypeAny); err != nil {
		return r, err
	}
	c, say := r.Layout.Cross, message.New(lang)
	args := map[string]string{"key": first(c.Title, say.T("unpivot.key."+string(c.Type))), "value": say.T("unpivot.value")}
	return r.With(clean.Step{Op: clean.OpUnpivot, V: 1, Args: args}), nil
}

// keysOf is the type of the keys of a recipe's cross table, TypeAny where none is
// known.
func keysOf(r clean.Recipe) table.Type {
	if r.Layout.Cross == nil {
		return table.TypeAny
	}
	return r.Layout.Cross.Type
}

// isUnnamed reports whether a column holds the values of a cross table whose
// headers say nothing but times, so that its name is the program's: "Valor" may be
// inhabitants as well as money.
func isUnnamed(r clean.Recipe, col int) bool {
	return r.Has(clean.OpUnpivot) && r.Layout.Cross != nil && slices.ContainsFunc(r.Layout.Cross.Measures, func(m table.Measure) bool {
		return m.Title == "" && col != clean.KeyCol && slices.Contains(m.Cols, col)
	})
}

// Unpivot turns a table whose columns are years, months or the like into one
// with a row for each of them, or leaves it as it is in the file. What follows
// from the columns is proposed anew. It can be undone.
func (a *App) Unpivot(ctx context.Context, ref string, number int, turn bool) (Dataset, error) {
	d, err := a.edit(ctx, ref, number, func(d *store.Draft) error {
		if !turn {
			remember(d, d.Recipe.WithoutUnpivot())
			return nil
		}
		r, err := turned(d.Recipe, a.opt.Lang)
		if err == nil {
			remember(d, r)
		}
		return err
	})
	if err != nil {
		return d, err
	}
	return a.proposeAgain(ctx, d, number)
}
