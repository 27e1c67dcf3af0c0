package delimited

import (
	"bytes"
	"slices"
	"strings"

	"chasqui/converters/table"
)

// mender reads records anew that have not the number of fields that nearly all
// others have. nil mends nothing.
type mender struct {
	usual  int
	other  byte // the quote that the file does not use
	quote  byte
	plain  *Lines   // as all records
	strict *Lines   // a quote inside a quoted field is doubled, or it opened none
	quoted *Lines   // with the other quote as well
	splits []*Lines // with other separators
	whole  *Lines   // as one field; nil where sentences cannot be told from records
	mended tally
	uneven tally
}

// newMender returns what mends the records of a dialect.
func newMender(d dialect) *mender {
	if d.usual == 0 {
		return nil
	}
	m := &mender{usual: d.usual, quote: d.quote, other: '\''}
	d.usual, d.wrapped = 0, false
	m.plain, m.strict = newLines(d), newLines(d)
	m.strict.in.strict = true
	if d.quote == '\'' {
		m.other = '"'
	}
	m.quoted = newLines(d)
	m.quoted.in.quotes = [2]byte{d.quote, m.other}
	if d.delimiter != ' ' && !d.before {
		m.whole = newLines(dialect{delimiter: noDelimiter})
	}
	if m.usual < leastSplit {
		return m
	}
	for _, c := range candidates()[:4] {
		if c.delimiter != d.delimiter {
			e := d
			e.delimiter, e.tail, e.before, e.behind = c.delimiter, "", false, false
			m.splits = append(m.splits, newLines(e))
		}
	}
	return m
}

// leastSplit is how many fields another separator must cut a record into: two
// commas stand in a sentence, too.
const leastSplit = 3

// odd reports whether a record of n fields that begins with b is to be read
// anew.
func (m *mender) odd(n int, b byte) bool {
	return m != nil && (n != m.usual || b == m.other)
}

// mend reads the record at hand anew and takes the first reading that gives the
// usual number of fields. Without one the record stays as it is. bare says that
// quotes stand inside its quoted fields.
func (s *splitter) mend(bare bool) {
	m := s.mender
	n, record := len(s.row()), s.buf[s.start:s.start+s.length]
	line, size := firstLine(record)
	lines := size < len(record)
	found, opened := m.unclosed(line, n, lines, bare)
	if found == nil {
		whole := bytes.TrimRight(record, "\r\n")
		found, size = m.otherwise(whole, s.cells, lines), len(record)
	}
	switch {
	case found != nil:
		if m.mended.add(s.number); opened {
			s.openQuotes.add(s.number)
		}
		s.cells, s.inCells, s.lasting, s.length = append(s.cells[:0], found...), true, false, size
	case n > 1 && n != m.usual && m.isSentence(line) && !lines:
		s.cells, s.inCells, s.lasting = append(s.cells[:0], m.whole.fields(line)...), true, false
	case n > 1 && n != m.usual:
		m.uneven.add(s.number)
	}
}

// isSentence recognises a title or a note that has the separator in it: a blank
// stands behind each, where none does between fields.
func (m *mender) isSentence(line []byte) bool {
	d := m.plain.in.dialect
	if m.whole == nil || len(line) == 0 || line[0] == m.quote {
		return false
	}
	separator := []byte(string(d.delimiter) + d.tail)
	n := bytes.Count(line, separator)
	return n > 0 && n == bytes.Count(line, append(separator, ' '))
}

// unclosed reads a record's first line as one in which a quote opens no field,
// or one that never closes.
func (m *mender) unclosed(line []byte, n int, lines, bare bool) (found []table.Cell, ok bool) {
	if bytes.IndexByte(line, m.quote) < 0 || n == m.usual && !(bare && lines) {
		return nil, false
	}
	if found = m.reread(m.strict, line); found == nil && lines && n != m.usual {
		found = m.reread(m.plain, line)
	}
	return found, found != nil
}

// otherwise reads a whole record, of which cells are the fields so far, with the
// other quote, without quotes around it all, or with another separator.
func (m *mender) otherwise(record []byte, cells []table.Cell, lines bool) []table.Cell {
	switch n := len(cells); {
	case n == m.usual:
		if found := m.reread(m.quoted, record); allWrapped(found) && !lines {
			return found
		}
	case n > m.usual:
		return m.reread(m.quoted, record)
	case n == 1 && cells[0].Hint&table.Wrapped != 0:
		if len(m.strict.fields(record)) == 1 {
			if found := m.reread(m.plain, []byte(cells[0].Text)); found != nil {
				return found
			}
		}
		return m.resplit(record)
	case n == 1:
		return m.resplit(record)
	}
	return nil
}

// reread returns a line's fields if they are as many as usual.
func (m *mender) reread(l *Lines, line []byte) []table.Cell {
	if cells := l.fields(line); len(cells) == m.usual {
		return cells
	}
	return nil
}

// resplit reads a record with other separators, unless they stand in it as in a
// sentence, with blanks behind.
func (m *mender) resplit(record []byte) []table.Cell {
	for _, l := range m.splits {
		if bytes.IndexByte(record, l.in.dialect.delimiter) < 0 {
			continue
		}
		cells := m.reread(l, record)
		prose := func(c table.Cell) bool { return c.Hint&table.Wrapped == 0 && strings.HasPrefix(c.Text, " ") }
		if cells != nil && !slices.ContainsFunc(cells, prose) {
			return cells
		}
	}
	return nil
}

// allWrapped reports whether at least two fields stand in quotes and no other
// holds anything.
func allWrapped(cells []table.Cell) bool {
	wrapped := 0
	for _, c := range cells {
		if c.Hint&table.Wrapped != 0 {
			wrapped++
		} else if c.Kind != table.Empty {
			return false
		}
	}
	return wrapped > 1
}

// firstLine returns the first line of a record and its length with its end.
func firstLine(record []byte) (line []byte, size int) {
	end := bytes.IndexAny(record, "\r\n")
	if end < 0 {
		return record, len(record)
	}
	size = end + 1
	if record[end] == '\r' && size < len(record) && record[size] == '\n' {
		size++
	}
	return record[:end], size
}
