package jsonrows

import (
	"bytes"
	"context"
	"io"
	"iter"

	"chasqui/converters/table"
)

// maxColumns bounds the keys of all records together.
const maxColumns = 1 << 12

// sheet is the one table of a file.
type sheet struct {
	table.SheetFacts
	book    *book
	columns *columns // nil before the first walk
}

// columns are the keys of all records.
type columns struct {
	index map[string]int
	names []string
	next  int  // the column that is likely asked for next
	other bool // a geometry is no point
}

// of returns the column of a key, adding it if it is new; -1 where there are
// too many.
func (c *columns) of(key []byte) int {
	if c.next >= len(c.names) {
		c.next = 0
	}
	if c.next < len(c.names) && c.names[c.next] == string(key) {
		c.next++
		return c.next - 1
	}
	if i, known := c.index[string(key)]; known {
		c.next = i + 1
		return i
	}
	if len(c.names) >= maxColumns {
		return -1
	}
	c.index[string(key)] = len(c.names)
	c.names = append(c.names, string(key))
	return len(c.names) - 1
}

// Rows yields the keys, then a row a record; see table.Sheet. Faults: Damaged,
// Hostile (too many keys, a record too long), UnreadableFile.
func (s *sheet) Rows(ctx context.Context) iter.Seq2[table.Row, error] { return s.Walk(ctx, s.read) }

// read collects the keys, the first time, and yields the rows. A file that
// breaks off shows what comes before the break: the keys so far are enough.
func (s *sheet) read(ctx context.Context, yield func(table.Row, error) bool) *table.Fault {
	names, number := s.book.names, 0
	if s.book.form != arrays {
		if s.columns == nil {
			c := &columns{index: map[string]int{}}
			p := &parser{columns: c, feature: s.book.form == feature, collect: true}
			fault := s.walk(ctx, func(raw []byte) (bool, error) { return true, p.record(raw) })
			if fault != nil && fault.Kind != table.Damaged {
				return fault
			}
			s.columns = c
		}
		names = s.columns.names
	}
	if s.book.form != arrays || names != nil {
		number = 1
		if !yield(table.Row{Number: 1, Cells: header(names)}, nil) {
			return nil
		}
	}
	p := &parser{columns: s.columns, feature: s.book.form == feature}
	fault := s.walk(ctx, func(raw []byte) (bool, error) {
		p.begin()
		var err error
		if s.book.form == arrays {
			err = p.list(raw)
		} else {
			err = p.record(raw)
		}
		if err != nil {
			return false, err
		}
		number++
		return yield(table.Row{Number: number, Cells: p.cells[:p.used]}, nil), nil
	})
	if fault != nil && fault.Place.Row == 0 {
		fault.Place.Row = number + 1
	}
	return fault
}

// header makes the row of names.
func header(names []string) []table.Cell {
	cells := make([]table.Cell, len(names))
	for i, name := range names {
		if name != "" {
			cells[i] = table.Cell{Kind: table.Text, Text: name, Hint: table.Bold}
		}
	}
	return cells
}

// walk calls visit with every record's text until it says no.
func (s *sheet) walk(ctx context.Context, visit func(raw []byte) (bool, error)) *table.Fault {
	w, err := s.book.window(s.book.offset)
	if err != nil {
		return faultOf(err)
	}
	for n := 0; ; n++ {
		if n&0xff == 0 && ctx.Err() != nil {
			return faultOf(ctx.Err())
		}
		c, err := w.peek()
		if s.book.form == lines {
			if err == io.EOF {
				return nil
			}
		} else if err == nil && n > 0 && c == ',' {
			w.pos++
		} else if err == nil && c == ']' {
			return s.rest(w)
		} else if err == nil && n > 0 {
			err = errSyntax
		}
		if err != nil {
			return faultOf(err)
		}
		raw, err := w.value()
		if err != nil {
			return faultOf(err)
		}
		if on, err := visit(raw); err != nil {
			return faultOf(err)
		} else if !on {
			return nil
		}
	}
}

// rest reads what stands behind the records, so that a file that was cut there
// is not taken for a whole one.
func (s *sheet) rest(w *window) *table.Fault {
	for {
		w.pos = w.end
		if err := w.fill(); err == io.EOF {
			return nil
		} else if err != nil {
			return faultOf(err)
		}
	}
}

// isPoint reports whether a geometry's text is a point's.
func isPoint(raw []byte) bool {
	head := raw[:min(len(raw), 200)]
	return bytes.Contains(head, []byte(`"Point"`)) && bytes.IndexByte(raw, '[') >= 0
}

// point returns the "lon,lat" of a point's text, nil where it has none.
func point(raw []byte) []byte {
	_, after, _ := bytes.Cut(raw, []byte(`"coordinates"`))
	_, after, _ = bytes.Cut(after, []byte("["))
	inside, _, closed := bytes.Cut(after, []byte("]"))
	lon, lat, two := bytes.Cut(inside, []byte(","))
	lat, _, _ = bytes.Cut(lat, []byte(",")) // a height follows
	if !closed || !two {
		return nil
	}
	return append(append(bytes.Clone(bytes.TrimSpace(lon)), ','), bytes.TrimSpace(lat)...)
}
