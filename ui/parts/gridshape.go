package parts

import (
	"slices"

	"chasqui/converters/table"
)

// Shape says what of a sheet is the table, so that the grid can outline it.
// Rows and columns count from 1, ranges hold both ends; the zero Shape
// outlines nothing.
type Shape struct {
	HeaderFirst, HeaderLast int // 0: no header
	DataFirst, DataLast     int
	ColFirst, ColLast       int
	LeftOut                 []int        // rows inside the range that are not data, ascending
	Right                   map[int]bool // columns whose values are numbers
	// Misfit reports whether a data cell does not fit its column's type; nil
	// means that none is marked.
	Misfit func(row, col int, c table.Cell) bool
	// Show writes a cell for people; nil shows the cell's text.
	Show func(row, col int, c table.Cell) string
}

// ShapeOf takes the outline from a layout, where totals, repeated headers and
// blank rows are left out and section rows stay.
func ShapeOf(l table.Layout) Shape {
	s := Shape{
		HeaderFirst: l.HeaderFirst, HeaderLast: l.HeaderLast, DataFirst: l.DataFirst, DataLast: l.DataLast,
		ColFirst: l.ColFirst, ColLast: l.ColLast, Right: map[int]bool{},
	}
	for _, rows := range [][]int{l.Totals, l.Subtotals, l.Blanks, l.RepeatedHeaders} {
		s.LeftOut = append(s.LeftOut, rows...)
	}
	slices.Sort(s.LeftOut)
	for _, f := range l.Fields {
		if f.Type == table.TypeInteger || f.Type == table.TypeNumber {
			s.Right[f.Col] = true
		}
	}
	return s
}

// part says what a row is to the table.
type part uint8

const (
	outsideRow part = iota // titles, notes, what is not of the table
	headerRow
	dataRow
	leftOutRow // a total or the like: shown struck through
)

func (s Shape) row(row int) part {
	if _, struck := slices.BinarySearch(s.LeftOut, row); struck {
		return leftOutRow
	}
	switch {
	case s.HeaderFirst > 0 && row >= s.HeaderFirst && row <= s.HeaderLast:
		return headerRow
	case s.DataFirst > 0 && row >= s.DataFirst && row <= s.DataLast:
		return dataRow
	}
	return outsideRow
}

// IsData reports whether a row is one of the table's records: in the range and
// not left out.
func (s Shape) IsData(row int) bool { return s.row(row) == dataRow }

// bounds returns the first and the last row of the table with its header.
func (s Shape) bounds() (first, last int) {
	first, last = s.DataFirst, s.DataLast
	if s.HeaderFirst > 0 {
		first = s.HeaderFirst
		last = max(last, s.HeaderLast)
	}
	return first, last
}

// cellLook is how one cell is drawn, without any widget.
type cellLook struct {
	text                     string
	part                     part
	inside                   bool // in the table's columns and rows
	right, misfit            bool
	overrun                  bool // blank, and words from its left run over it
	top, bottom, left, ridge bool // sides on the table's outline; ridge is the right one
}

func (s Shape) look(row, col int, c table.Cell) cellLook {
	l := cellLook{text: c.Text, part: s.row(row)}
	first, last := s.bounds()
	l.inside = last > 0 && row >= first && row <= last && col >= s.ColFirst && col <= s.ColLast
	if s.Show != nil {
		l.text = s.Show(row, col, c)
	}
	if !l.inside {
		if l.part == headerRow || l.part == dataRow {
			l.part = outsideRow
		}
		return l
	}
	l.right = s.Right[col] && l.part != headerRow
	l.misfit = l.part == dataRow && s.Misfit != nil && s.Misfit(row, col, c)
	l.top, l.bottom = row == first, row == last
	l.left, l.ridge = col == s.ColFirst, col == s.ColLast
	return l
}

// Letters names a column as spreadsheets do: 1 is A, 27 is AA. Below 1 it is
// empty.
func Letters(col int) string {
	var out []byte
	for ; col > 0; col = (col - 1) / 26 {
		out = append(out, byte('A'+(col-1)%26))
	}
	slices.Reverse(out)
	return string(out)
}
