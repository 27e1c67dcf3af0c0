package table

import "strings"

// Kind says what a cell holds as the file stores it, before a column's type
// is known. A text that looks like a number is still Text.
type Kind uint8

// The kinds of a cell. Text of each is canonical, so that most consumers
// need no conversion:
//
//	Empty     ""
//	Text      as stored, line breaks as \n
//	Number    exact decimal with a point, as short as the file's value allows
//	Bool      "true" or "false"
//	Date      "2026-03-31"
//	DateTime  "2026-03-31T10:41:00" (fractions only when the file has them)
//	Time      "10:41:00"; durations over a day keep counting hours, "26:30:00"
//	Error     the file's error word, "#N/A"
const (
	Empty Kind = iota
	Text
	Number
	Bool
	Date
	DateTime
	Time
	Error
)

// Hint is a set of visual cues that a cell carries and that detection reads.
type Hint uint8

// The cues a reader may report. Text formats report none.
const (
	Bold    Hint = 1 << iota // the cell's font is bold
	Filled                   // the cell has a background colour
	Percent                  // the number format shows a percentage; Text is still the ratio
	Formula                  // Text is a formula's cached value
	Hidden                   // the cell's column is hidden
	Wrapped                  // the field was quoted in a delimited file
	Spilled                  // the field stands behind those that nearly all records of a delimited file have
)

// Cell is one cell by value. Text points into memory that the reader reuses:
// it is valid until the next row, as the Row is; Row.Clone keeps it.
type Cell struct {
	Text string
	Kind Kind
	Hint Hint
}

// IsBlank reports whether the cell shows nothing: empty, or only blanks.
func (c Cell) IsBlank() bool {
	return c.Kind == Empty || c.Kind == Text && TrimSpace(c.Text) == ""
}

// Row is one row of a sheet. Number counts from 1 in the sheet's own
// coordinates (records, in a text file). Cells[0] is column 1; a row ends at
// its last stored cell, so rows of one sheet differ in length. A reader may
// leave rows out that hold nothing: the next Number tells.
//
// Row and its texts are valid until the iteration goes on.
type Row struct {
	Number int
	Hidden bool
	// Passed says that rows right before this one were passed over and hold
	// anything; see Sampler.
	Passed bool
	Cells  []Cell
	// Line, if set, is the record in place of its Cells; see Liner.
	Line *Line
	// Memory, if set, is where all the texts lie: whoever keeps the row may hold
	// it instead of copying them.
	Memory *Memory
}

// Cell returns the cell of column col, counting from 1; beyond the end of the
// row it is Empty.
func (r Row) Cell(col int) Cell {
	if col < 1 || col > len(r.Cells) {
		return Cell{}
	}
	return r.Cells[col-1]
}

// IsBlank reports whether no cell of the row shows anything.
func (r Row) IsBlank() bool {
	for _, c := range r.Cells {
		if !c.IsBlank() {
			return false
		}
	}
	return true
}

// Clone returns a copy that stays valid while the iteration goes on. All
// texts of a row share one allocation.
func (r Row) Clone() Row {
	total := 0
	for _, c := range r.Cells {
		total += len(c.Text)
	}
	var slab strings.Builder
	slab.Grow(total)
	for _, c := range r.Cells {
		slab.WriteString(c.Text)
	}
	all := slab.String()
	cells := make([]Cell, len(r.Cells))
	at := 0
	for i, c := range r.Cells {
		cells[i] = Cell{Text: all[at : at+len(c.Text)], Kind: c.Kind, Hint: c.Hint}
		at += len(c.Text)
	}
	return Row{Number: r.Number, Hidden: r.Hidden, Passed: r.Passed, Cells: cells}
}

// Range is a rectangle of cells; both ends are inside, counting from 1.
type Range struct {
	RowFirst, RowLast, ColFirst, ColLast int
}

// Contains reports whether the cell at row, col lies in the range.
func (r Range) Contains(row, col int) bool {
	return row >= r.RowFirst && row <= r.RowLast && col >= r.ColFirst && col <= r.ColLast
}
