package delimited

import (
	"io"
	"strings"

	"chasqui/converters/table"
)

// NoticePastedSplit says that a sheet's only column held the records of a
// delimited file, pasted whole, and was split into the fields that they have.
const NoticePastedSplit = "pasted_split"

// Lines splits records that come one at a time, as when a delimited file was
// pasted into the cells of a column.
type Lines struct {
	in   *splitter
	text []byte
}

// NewLines finds the dialect of the records and returns what splits them. It is
// nil unless the records are certainly delimited: at least three, nine in ten of
// equally many fields, the first among them, and three fields where the
// separator is a comma, which lists of places and names have as well.
func NewLines(records []string) *Lines {
	if len(records) < 3 {
		return nil
	}
	d, q := findDialect([]byte(strings.Join(records, "\n")))
	if q.columns < 2 || q.columns < 3 && d.delimiter == ',' || strings.IndexByte(",;\t|", d.delimiter) < 0 || d.tail != "" {
		return nil
	}
	l := newLines(d)
	even := 0
	for i, record := range records {
		n := len(l.Split(record))
		if n == q.columns {
			even++
		} else if i == 0 {
			return nil
		}
	}
	if even*10 < len(records)*9 {
		return nil
	}
	return l
}

// newLines returns what splits records of a dialect.
func newLines(d dialect) *Lines {
	l := &Lines{in: &splitter{}}
	l.in.obey(d)
	return l
}

// Split returns the fields of a record. They are valid until the next Split. A
// text that is more than one record is one field: no part of it is lost.
func (l *Lines) Split(record string) []table.Cell {
	if cells := l.fields([]byte(record)); cells != nil {
		return cells
	}
	return []table.Cell{{Kind: table.Text, Text: record}}
}

// fields returns the fields of a record, nil where the text is more than one.
// They are valid until the next call.
func (l *Lines) fields(record []byte) []table.Cell {
	if cells, length := l.first(record); length == len(record) {
		return cells
	}
	return nil
}

// first returns the fields of the first record of a text, valid until the next
// call, and the record's length.
func (l *Lines) first(text []byte) ([]table.Cell, int) {
	l.text = append(l.text[:0], text...)
	*l.in = splitter{dialect: l.in.dialect, stop: l.in.stop, byByte: l.in.byByte, strict: l.in.strict, early: l.in.early, quotes: l.in.quotes,
		fields: l.in.fields, scratch: l.in.scratch, cells: l.in.cells, buf: l.text, end: len(l.text), err: io.EOF}
	if !l.in.next() {
		return nil, 0
	}
	return l.in.row(), l.in.length
}
