package app

import (
	"context"
	"errors"
	"io"
	"slices"

	"chasqui/app/check"
	"chasqui/app/clean"
	"chasqui/converters/table"
)

// sink is a place that one written file goes to. It can be begun again: what
// was written before is thrown away.
type sink interface {
	io.Writer
	restart() error
}

// target is one file of a conversion: its format and where it goes.
type target struct {
	output Output
	sink   sink
	texts  []int // fields that this format can write as strings only
}

// fields are the fields as the target's writer gets them: as they are meant
// where each cell has its own type, otherwise as the schema says.
func (t target) fields(meant, schema []table.Field) []table.Field {
	if t.output.ByCell {
		return meant
	}
	if len(t.texts) == 0 {
		return schema
	}
	fields := slices.Clone(schema)
	for _, i := range t.texts {
		fields[i].Type = table.TypeString
	}
	return fields
}

// written is what a pass over a table left behind.
type written struct {
	fields []table.Field // as written: a column with misfits is a string
	rows   int
	counts []clean.Count
	// notices are what the written form has to say of the values.
	notices []table.Notice
}

// rowsBetween is how many rows pass between two looks at the watcher.
const rowsBetween = 4096

// writing is one pass that writes a table to all targets. It checks every value
// while writing: again says that one contradicts the type of a column in a typed
// format, and that what was written is to be thrown away.
type writing struct {
	ctx      context.Context
	run      *clean.Run
	fields   []table.Field // as written
	writers  []table.Writer
	lines    []table.LineWriter // those of the writers that take lines
	targets  []target
	typed    bool // the types are in the bytes
	strict   bool // a column is of one type
	again    bool
	formulas *check.Formulas // of texts without a type; nil where none are written
	progress func(rows int)  // hears the number of rows written; may be nil
	err      error
}

// newWriting begins a pass by a plan. fields are the plan's, wider where it is
// known that values do not fit.
func newWriting(ctx context.Context, plan clean.Plan, fields []table.Field, targets []target, opt WriteOptions, progress func(rows int)) *writing {
	w := &writing{ctx: ctx, run: plan.Start(), fields: fields, targets: targets, progress: progress}
	for _, t := range targets {
		w.writers = append(w.writers, t.output.open(t.sink, t.fields(plan.Fields, fields), opt))
		w.typed = w.typed || t.output.Typed || t.output.ByCell
		w.strict = w.strict || t.output.Typed
		if t.output.Bare {
			w.formulas = check.NewFormulas(plan.Fields)
		}
	}
	for _, t := range w.writers {
		if l, ok := t.(table.LineWriter); ok {
			w.lines = append(w.lines, l)
		}
	}
	if len(w.lines) == len(w.writers) {
		w.run.Whole = w.line
	}
	return w
}

// line writes a row that comes out as the line it is; see row.
func (w *writing) line(l *table.Line) bool {
	if w.formulas != nil {
		w.formulas.AddLine(l)
	}
	for _, t := range w.lines {
		if w.err = t.WriteLine(l); w.err != nil {
			return false
		}
	}
	return w.watch()
}

// row writes one row; false says that err ended the pass.
func (w *writing) row(values []table.Value) bool {
	if w.strict && contradicts(w.fields, values) {
		w.again = true
	}
	if w.formulas != nil {
		w.formulas.Add(values)
	}
	for _, t := range w.writers {
		if w.again {
			break // the rest of the pass only learns the other contradictions
		}
		if w.err = t.WriteRow(values); w.err != nil {
			return false
		}
	}
	return w.watch()
}

// watch tells who waits how many rows there are; false says that err ended the
// pass.
func (w *writing) watch() bool {
	if n := w.run.RowCount(); n%rowsBetween == 0 {
		if w.err = w.ctx.Err(); w.err != nil {
			return false
		}
		if w.progress != nil {
			w.progress(n)
		}
	}
	return true
}

// close ends the files and says what was written, unless a format met values
// that it can hold as texts only: then again is set and its target knows them.
func (w *writing) close() (written, error) {
	for i, t := range w.writers {
		var wider *table.Wider
		err := t.Close()
		if errors.As(err, &wider) {
			w.again = true
			w.targets[i].texts = append(w.targets[i].texts, wider.Fields...)
		} else if err != nil {
			return written{}, err
		}
	}
	widen(w.fields, w.run.Misfits())
	done := written{fields: w.fields, rows: w.run.RowCount(), counts: w.run.Counts()}
	if w.formulas != nil {
		done.notices = w.formulas.Notices()
	}
	for _, t := range w.writers {
		done.notices = append(done.notices, noticesOf(t)...)
	}
	return done, nil
}

// writeTable writes a sheet's table to all targets in one pass. One that meets a
// contradiction is begun again with the wider type, so that its result equals
// that of a plan which knew before.
func writeTable(ctx context.Context, plan clean.Plan, sheet table.Sheet, targets []target, opt WriteOptions, progress func(rows int)) (written, error) {
	fields := fieldsAsWritten(plan)
	for {
		w := newWriting(ctx, plan, fields, targets, opt, progress)
		for values, err := range w.run.Rows(ctx, sheet) {
			if err != nil {
				return written{}, err
			}
			if !w.row(values) {
				return written{}, w.err
			}
		}
		if !w.again {
			if done, err := w.close(); err != nil || !w.again {
				return done, err
			}
		}
		widen(fields, w.run.Misfits())
		for _, t := range targets {
			if err := t.sink.restart(); err != nil {
				return written{}, err
			}
		}
	}
}

// fieldsAsWritten are a plan's fields; a column with misfits is a string.
func fieldsAsWritten(plan clean.Plan) []table.Field {
	fields := slices.Clone(plan.Fields)
	for i := range fields {
		if fields[i].Misfits > 0 {
			fields[i].Type = table.TypeString
		}
	}
	return fields
}

func contradicts(fields []table.Field, values []table.Value) bool {
	for i, v := range values {
		if v.Status == table.Misfit && fields[i].Type != table.TypeString {
			return true
		}
	}
	return false
}

func widen(fields []table.Field, misfits []int) {
	for i, n := range misfits {
		if n > 0 {
			fields[i].Type, fields[i].Misfits = table.TypeString, n
		}
	}
}
