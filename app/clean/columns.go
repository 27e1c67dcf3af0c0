package clean

import (
	"slices"
	"strconv"
	"strings"

	"chasqui/converters/table"
)

// made is what the steps make of a layout's columns. A step about a column
// means the columns that the steps before it made.
type made struct {
	fields  []table.Field
	removed map[int]bool // by Field.Col
	turned  *turned      // nil while the times of a cross table are columns
}

// made lays the first n steps over the layout's columns.
func (r Recipe) made(n int) made {
	m := made{fields: slices.Clone(r.Layout.Fields), removed: map[int]bool{}}
	for _, s := range r.Steps[:n] {
		col, _ := strconv.Atoi(s.Args["col"])
		switch s.Op {
		case OpRemove:
			m.removed[col] = true
		case OpRetype:
			m.retype(col, s.Args)
		case OpUnpivot:
			m.unpivot(r.Layout.Cross, s.Args)
		}
	}
	return m
}

// Columns returns the columns that the steps make, those that a step leaves out
// included.
func (r Recipe) Columns() []table.Field { return r.made(len(r.Steps)).fields }

// ColumnsBefore returns the columns that the step with that index, from 0, is
// about.
func (r Recipe) ColumnsBefore(step int) []table.Field { return r.made(step).fields }

// Fields returns the columns that come out, with the types that a person
// chose in place of the ones found.
func (r Recipe) Fields() []table.Field { return r.made(len(r.Steps)).kept() }

// SheetFields returns the columns of the sheet with the types that they are
// read in, whatever becomes of them.
func (r Recipe) SheetFields() []table.Field {
	r.Steps = slices.DeleteFunc(slices.Clone(r.Steps), func(s Step) bool { return s.Op == OpUnpivot })
	return r.Columns()
}

func (m made) kept() []table.Field {
	return slices.DeleteFunc(slices.Clone(m.fields), func(f table.Field) bool { return m.removed[f.Col] })
}

// retype gives a column the type that a person chose, and so what it is read
// from.
func (m *made) retype(col int, args map[string]string) {
	for i, f := range m.fields {
		if f.Col == col {
			m.fields[i] = retype(f, args)
		}
	}
	if m.turned != nil {
		m.turned.retype(col, args)
	}
}

func retype(f table.Field, args map[string]string) table.Field {
	f.Type, f.Why = table.Type(args["type"]), []string{"chosen"}
	f.Format, f.DecimalChar, f.GroupChar = "default", args["decimal"], args["group"]
	if args["format"] != "" {
		f.Format = args["format"]
	}
	f.Percent, f.MissingValues, f.Misfits = args["percent"] == "1", nil, 0
	if args["missing"] != "" {
		f.MissingValues = strings.Split(args["missing"], "\n")
	}
	return f
}

// Rows is how many records come out.
func (r Recipe) Rows() int {
	l := r.Layout
	n := l.DataLast - l.DataFirst + 1
	inside := func(row int) bool { return row >= l.DataFirst && row <= l.DataLast }
	skipped := map[int]string{}
	if r.Has(OpDropTotals) {
		skipped = left(l)
	}
	for row := range skipped {
		if inside(row) {
			n--
		}
	}
	turned := r.made(len(r.Steps)).turned
	if turned == nil {
		return n
	}
	sections := 0
	for _, row := range l.Sections {
		if skipped[row] == "" && inside(row) {
			sections++
		}
	}
	return (n-sections)*len(turned.keys) + sections
}
