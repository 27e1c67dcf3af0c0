package app

import (
	"context"
	"io"
	"slices"
	"strings"

	"chasqui/app/clean"
	"chasqui/converters/delimited"
	"chasqui/converters/jsonrows"
	"chasqui/converters/table"
)

// Output is a format that tables are written in.
type Output struct {
	ID        string // what people type: "csv"
	Format    string // what portals call it: "CSV"
	MediaType string // IANA
	// Typed formats tell a number from a text: their schema is settled
	// before the first row.
	Typed bool
	open  func(w io.Writer, fields []table.Field, opt WriteOptions) table.Writer
}

// WriteOptions are choices about the written form.
type WriteOptions struct {
	BOM      bool // csv and tsv: a mark that lets Excel see UTF-8
	NoHeader bool // csv and tsv: no row of names
}

// Outputs are the formats that are written, the most open first.
var Outputs = [...]Output{
	{"csv", "CSV", "text/csv", false, func(w io.Writer, f []table.Field, o WriteOptions) table.Writer {
		return delimited.NewWriter(w, f, delimited.WriterOptions{BOM: o.BOM, NoHeader: o.NoHeader})
	}},
	{"tsv", "TSV", "text/tab-separated-values", false, func(w io.Writer, f []table.Field, o WriteOptions) table.Writer {
		return delimited.NewWriter(w, f, delimited.WriterOptions{BOM: o.BOM, NoHeader: o.NoHeader, Tabs: true})
	}},
	{"json", "JSON", "application/json", true, func(w io.Writer, f []table.Field, _ WriteOptions) table.Writer {
		return jsonrows.NewWriter(w, f, jsonrows.WriterOptions{})
	}},
	{"ndjson", "NDJSON", "application/x-ndjson", true, func(w io.Writer, f []table.Field, _ WriteOptions) table.Writer {
		return jsonrows.NewWriter(w, f, jsonrows.WriterOptions{Lines: true})
	}},
}

// OutputOf returns the format with that id; another is UnknownOutput.
func OutputOf(id string) (Output, error) {
	for _, o := range Outputs {
		if strings.EqualFold(o.ID, id) {
			return o, nil
		}
	}
	ids := make([]string, len(Outputs))
	for i, o := range Outputs {
		ids[i] = o.ID
	}
	return Output{}, &Error{Kind: UnknownOutput, Args: map[string]string{"Format": id, "Allowed": strings.Join(ids, ", ")}}
}

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
}

// written is what a pass over a table left behind.
type written struct {
	fields []table.Field // as written: a column with misfits is a string
	rows   int
	counts []clean.Count
}

// rowsBetween is how many rows pass between two looks at the watcher.
const rowsBetween = 4096

// writeTable writes a sheet's table to all targets in one pass. It checks every
// value while writing; one that contradicts the type of a column in a typed
// format makes it begin again with the wider type, so that its result equals a
// full scan's. progress, if set, hears the number of rows written.
func writeTable(ctx context.Context, plan clean.Plan, sheet table.Sheet, targets []target, opt WriteOptions, progress func(rows int)) (written, error) {
	fields := slices.Clone(plan.Fields)
	for i := range fields {
		if fields[i].Misfits > 0 {
			fields[i].Type = table.TypeString
		}
	}
	for {
		run := plan.Start()
		again, err := writePass(ctx, run, sheet, targets, fields, opt, progress)
		if err != nil {
			return written{}, err
		}
		widen(fields, run.Misfits())
		if !again {
			return written{fields, run.RowCount(), run.Counts()}, nil
		}
		for _, t := range targets {
			if err := t.sink.restart(); err != nil {
				return written{}, err
			}
		}
	}
}

// writePass is one pass; again says that a typed target met a contradiction.
func writePass(ctx context.Context, run *clean.Run, sheet table.Sheet, targets []target, fields []table.Field, opt WriteOptions, progress func(int)) (again bool, err error) {
	typed := false
	writers := make([]table.Writer, len(targets))
	for i, t := range targets {
		writers[i] = t.output.open(t.sink, fields, opt)
		typed = typed || t.output.Typed
	}
	for values, err := range run.Rows(ctx, sheet) {
		if err != nil {
			return false, err
		}
		if typed && contradicts(fields, values) {
			again = true
		}
		for _, w := range writers {
			if again {
				break // the rest of the pass only learns the other contradictions
			}
			if err := w.WriteRow(values); err != nil {
				return false, err
			}
		}
		if n := run.RowCount(); n%rowsBetween == 0 {
			if err := ctx.Err(); err != nil {
				return false, err
			}
			if progress != nil {
				progress(n)
			}
		}
	}
	if again {
		return true, nil
	}
	for _, w := range writers {
		if err := w.Close(); err != nil {
			return false, err
		}
	}
	return false, nil
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
