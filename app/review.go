package app

import (
	"context"
	"strconv"
	"strings"

	"chasqui/app/clean"
	"chasqui/app/store"
	"chasqui/converters/detect"
	"chasqui/converters/table"
)

// Correction is what a person says about where a table is. Zero parts are
// found by the program.
type Correction = detect.Fixed

// edit loads a dataset's table, lets change alter its draft, and saves it.
func (a *App) edit(ctx context.Context, ref string, number int, change func(*store.Draft) error) (Dataset, error) {
	d, err := a.Dataset(ctx, ref)
	if err != nil {
		return d, err
	}
	t, err := d.Table(number)
	if err != nil {
		return d, err
	}
	if err := change(&t.draft); err != nil {
		return d, err
	}
	if err := a.store.SaveDraft(ctx, t.draft); err != nil {
		return d, err
	}
	return a.Dataset(ctx, d.ID)
}

// Table returns the dataset's table with that number; 0 is the first.
func (d Dataset) Table(number int) (Table, error) {
	number = max(number, 1)
	if number > len(d.Tables) {
		return Table{}, &table.Fault{Kind: table.NoSuchTable, Args: map[string]string{"table": itoa(number)}}
	}
	return d.Tables[number-1], nil
}

// Correct moves the header rows or the range of a table, and finds its columns
// anew within what was said. It can be undone.
func (a *App) Correct(ctx context.Context, ref string, number int, c Correction) (Dataset, error) {
	if err := checkRange(c); err != nil {
		return Dataset{}, err
	}
	return a.edit(ctx, ref, number, func(d *store.Draft) error {
		return a.relay(ctx, d, func(r clean.Recipe) clean.Recipe { return withCorrection(r, c) })
	})
}

func checkRange(c Correction) error {
	if c.DataLast != 0 && c.DataLast < c.DataFirst || c.ColLast != 0 && c.ColLast < c.ColFirst ||
		c.HeaderLast != 0 && c.HeaderLast < c.HeaderFirst || c.DataFirst != 0 && c.DataFirst <= c.HeaderLast {
		return &Error{Kind: BadRange, Args: map[string]string{"Range": strconv.Itoa(c.DataFirst) + "-" + strconv.Itoa(c.DataLast)}}
	}
	return nil
}

// withCorrection writes a correction as the recipe's steps take and header.
func withCorrection(r clean.Recipe, c Correction) clean.Recipe {
	before := choicesOf(r)
	take := clean.Step{Op: clean.OpTake, V: 1, Args: numbers("first", c.DataFirst, "last", c.DataLast, "col_first", c.ColFirst, "col_last", c.ColLast)}
	header := clean.Step{Op: clean.OpHeader, V: 1, Args: numbers("first", c.HeaderFirst, "last", c.HeaderLast)}
	if c.NoHeader {
		header.Args = map[string]string{"first": "0", "last": "0"}
	}
	return chosen(r.With(take).With(header), before)
}

// numbers are arguments of a step; zeros are left out.
func numbers(pairs ...any) map[string]string {
	args := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		if n := pairs[i+1].(int); n != 0 {
			args[pairs[i].(string)] = strconv.Itoa(n)
		}
	}
	return args
}

// correctionOf reads the steps take and header back.
func correctionOf(r clean.Recipe) Correction {
	var c Correction
	number := func(s clean.Step, arg string) int {
		n, _ := strconv.Atoi(s.Args[arg])
		return n
	}
	for _, s := range r.Steps {
		switch s.Op {
		case clean.OpTake:
			c.DataFirst, c.DataLast = number(s, "first"), number(s, "last")
			c.ColFirst, c.ColLast = number(s, "col_first"), number(s, "col_last")
		case clean.OpHeader:
			c.HeaderFirst, c.HeaderLast = number(s, "first"), number(s, "last")
			c.NoHeader = s.Args["first"] == "0"
		}
	}
	return c
}

// replay lays a recipe's corrections over a table found anew: the layout is
// this sheet's, the steps are the recipe's.
func replay(ctx context.Context, r clean.Recipe, source clean.Source, sheet table.Sheet, layout table.Layout) (clean.Recipe, error) {
	like := keysOf(r)
	r.Source, r.Layout = source, layout
	if c := correctionOf(r); c != (Correction{}) {
		within, err := detect.Within(ctx, sheet, c)
		if err != nil {
			return r, err
		}
		r.Layout = within
		if choicesOf(r).drops() {
			r.Layout = clean.Shown(within)
		}
	}
	r = r.Spreading()
	if r.Has(clean.OpUnpivot) {
		return r, cross(&r, 1, like)
	}
	return r, nil
}

// relay changes a draft's recipe and lays it over the draft's source again.
// The recipe before is kept for undo.
func (a *App) relay(ctx context.Context, d *store.Draft, change func(clean.Recipe) clean.Recipe) error {
	sheet, err := a.sheetOf(ctx, *d)
	if err != nil {
		return err
	}
	defer sheet.Close()
	r, err := replay(ctx, change(d.Recipe), d.Recipe.Source, sheet, d.Recipe.Layout)
	if err != nil {
		return err
	}
	remember(d, r)
	return nil
}

// remember puts a new recipe in a draft, with its columns, and keeps the old
// one for undo.
func remember(d *store.Draft, r clean.Recipe) {
	d.Undo = append(d.Undo, d.Recipe)
	d.Recipe = r
	fit(d)
}

func (s *Source) sheet(name string) (table.Sheet, error) {
	for _, sheet := range s.Book.Sheets() {
		if sheet.Name() == name {
			return sheet, nil
		}
	}
	return nil, &table.Fault{Kind: table.NoSuchSheet, Args: map[string]string{"sheet": name}}
}

// Choose takes another sheet or table of the same source, and proposes anew what
// follows from it. It can be undone.
func (a *App) Choose(ctx context.Context, ref string, number int, sheet string, tableNumber int) (Dataset, error) {
	d, err := a.edit(ctx, ref, number, func(d *store.Draft) error {
		chosenSheet, layout, err := a.pick(ctx, *d, sheet, tableNumber)
		if err != nil {
			return err
		}
		defer chosenSheet.Close()
		from := d.Recipe.Source
		from.Sheet, from.Table = chosenSheet.Name(), max(tableNumber, 1)
		remember(d, chosen(clean.Default(from, layout), choicesOf(d.Recipe)))
		return nil
	})
	if err != nil {
		return d, err
	}
	return a.proposeAgain(ctx, d, number)
}

// SetHidden takes the hidden rows and columns of a table's sheet in or leaves
// them out: KeepHidden or DropHidden. The table is found anew, within what was
// corrected. It can be undone.
func (a *App) SetHidden(ctx context.Context, ref string, number int, choice string) (Dataset, error) {
	return a.edit(ctx, ref, number, func(d *store.Draft) error {
		return a.reread(ctx, d, Choices{Hidden: choice})
	})
}

// SetAccents mends the texts of a table's sheet that were encoded twice, or
// leaves them: MendAccents or KeepAccents. The table is found anew, and what
// follows from its words is proposed anew. It can be undone.
func (a *App) SetAccents(ctx context.Context, ref string, number int, choice string) (Dataset, error) {
	d, err := a.edit(ctx, ref, number, func(d *store.Draft) error {
		return a.reread(ctx, d, Choices{Accents: choice})
	})
	if err != nil {
		return d, err
	}
	return a.proposeAgain(ctx, d, number)
}

// reread reads a draft's source with other choices and finds its table anew,
// within what was corrected. The recipe before is kept for undo.
func (a *App) reread(ctx context.Context, d *store.Draft, c Choices) error {
	next := *d
	next.Recipe = chosen(d.Recipe, c)
	from := d.Recipe.Source
	sheet, layout, err := a.pick(ctx, next, from.Sheet, from.Table)
	if err != nil {
		return err
	}
	defer sheet.Close()
	r, err := replay(ctx, next.Recipe, from, sheet, layout)
	if err == nil {
		remember(d, r)
	}
	return err
}

// Retype gives a column the type that a person chose; how its cells are
// written is found from the cells. It can be undone.
func (a *App) Retype(ctx context.Context, ref string, number, col int, to table.Type) (Dataset, error) {
	return a.edit(ctx, ref, number, func(d *store.Draft) error {
		from := d.Recipe.ReadAs(col, to)
		if from == 0 { // how the values are written is known
			remember(d, d.Recipe.With(clean.Step{Op: clean.OpRetype, V: 1, Args: map[string]string{"col": itoa(col), "type": string(to)}}))
			return nil
		}
		sheet, err := a.sheetOf(ctx, *d)
		if err != nil {
			return err
		}
		defer sheet.Close()
		f, err := detect.As(ctx, sheet, d.Recipe.Layout, from, to)
		if err != nil {
			return err
		}
		args := map[string]string{"col": itoa(col), "type": string(to)}
		for name, v := range map[string]string{"format": f.Format, "decimal": f.DecimalChar, "group": f.GroupChar} {
			if v != "" && v != "default" {
				args[name] = v
			}
		}
		if f.Percent {
			args["percent"] = "1"
		}
		if len(f.MissingValues) > 0 {
			args["missing"] = strings.Join(f.MissingValues, "\n")
		}
		remember(d, d.Recipe.With(clean.Step{Op: clean.OpRetype, V: 1, Args: args}))
		return nil
	})
}

// Undo takes back the last correction of a table.
func (a *App) Undo(ctx context.Context, ref string, number int) (Dataset, error) {
	return a.edit(ctx, ref, number, func(d *store.Draft) error {
		last := len(d.Undo) - 1
		if last < 0 {
			return &Error{Kind: NothingToUndo}
		}
		d.Recipe, d.Undo = d.Undo[last], d.Undo[:last]
		fit(d)
		return nil
	})
}
