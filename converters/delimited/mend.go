package delimited

import (
	"bytes"
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
	early  *Lines   // strict, but a doubled quote at the end of a field closes it
	quoted *Lines   // with the other quote as well
	splits []*Lines // with other separators
	whole  *Lines   // as one field; nil where sentences cannot be told from records
	mended tally
	uneven tally
	failed int // records in a row of which no reading fits
}

// newMender returns what mends the records of a dialect.
func newMender(d dialect) *mender {
	if d.usual == 0 {
		return nil
	}
	m := &mender{usual: d.usual, quote: d.quote, other: '\''}
	d.usual, d.wrapped = 0, false
	m.plain, m.strict, m.early = newLines(d), newLines(d), newLines(d)
	m.strict.in.strict, m.early.in.strict, m.early.in.early = true, true, true
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
	for _, c := range candidates() {
		if strings.IndexByte(",;\t| ", c.delimiter) >= 0 && c.delimiter != d.delimiter {
			e := d
			e.delimiter, e.tail, e.runs, e.before, e.behind = c.delimiter, "", false, false, false
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
	if m.failed >= mostFailed {
		s.leave(n)
		return
	}
	whole := bytes.TrimRight(record, "\r\n")
	line, first := firstLine(record)
	found, size, opened := m.otherwise(whole, s.cells), len(record), false
	if found == nil && bytes.IndexByte(whole, m.quote) >= 0 {
		if n != m.usual {
			found = m.unquoted(whole)
		}
		if found == nil && first < len(record) && (n != m.usual || bare) {
			found, size = m.unclosed(line, record[first:], n), first
		}
		opened = found != nil
	}
	if found == nil && n < m.usual {
		found, size = s.resplit()
	}
	switch {
	case found != nil:
		m.failed = 0
		if m.mended.add(s.number); opened {
			s.openQuotes.add(s.number)
		}
		s.cells, s.inCells, s.lasting, s.length = append(s.cells[:0], found...), true, false, size
	case n > 1 && n != m.usual && len(line) == len(whole) && m.isSentence(line):
		s.cells, s.inCells, s.lasting = append(s.cells[:0], m.whole.fields(line)...), true, false
	default:
		s.leave(n)
	}
}

// mostFailed is how many records in a row are read anew in vain: a file of many
// such records is uneven by itself.
const mostFailed = 1000

// leave counts a record of n fields that stays as it is, and marks those beyond
// the usual number.
func (s *splitter) leave(n int) {
	m := s.mender
	if m.failed++; n > 1 && n != m.usual {
		m.uneven.add(s.number)
	}
	if n > m.usual {
		s.lasting = s.lasting && s.inCells
		s.inCells = true // the marks would not be there in cells made again
		for i := m.usual; i < n; i++ {
			s.cells[i].Hint |= table.Spilled
		}
	}
}

// unquoted reads a record with the quotes that are neither doubled nor at the
// edge of a field as characters.
func (m *mender) unquoted(record []byte) []table.Cell {
	if found := m.reread(m.strict, record); found != nil {
		return found
	}
	return m.reread(m.early, record)
}

// unclosed reads the first line of a record of n fields as one whose quote never
// closes. What follows in the record must be a record, too: the line of a field
// of several lines is none.
func (m *mender) unclosed(line, rest []byte, n int) []table.Cell {
	if next, _ := m.plain.first(rest); len(next) != m.usual {
		return nil
	}
	found := m.unquoted(line)
	if found == nil && n != m.usual {
		found = m.reread(m.plain, line)
	}
	return found
}

// otherwise reads a whole record, of which cells are the fields so far, with the
// other quote or without quotes around it all.
func (m *mender) otherwise(record []byte, cells []table.Cell) []table.Cell {
	switch n := len(cells); {
	case n == m.usual:
		if found := m.reread(m.quoted, record); allWrapped(found) {
			return found
		}
	case n > m.usual:
		return m.reread(m.quoted, record)
	case n == 1 && cells[0].Hint&table.Wrapped != 0 && len(m.strict.fields(record)) == 1:
		return m.reread(m.plain, []byte(cells[0].Text))
	}
	return nil
}

// ahead is how much text is looked at for a record with another separator.
const ahead = 4 << 10

// resplit reads the record with other separators, and the lines behind it, too,
// if a quote in it opens a field then. It returns the fields and the record's
// length. A sentence is none: blanks stand behind its separators.
func (s *splitter) resplit() ([]table.Cell, int) {
	if s.mender.splits == nil {
		return nil, 0
	}
	text := s.buf[s.start : s.start+s.length]
	if bytes.IndexByte(text, s.mender.quote) >= 0 {
		s.has(s.length + ahead)
		text = s.buf[s.start:min(s.start+s.length+ahead, s.end)]
	}
	for _, l := range s.mender.splits {
		if bytes.IndexByte(text[:s.length], l.in.dialect.delimiter) < 0 {
			continue
		}
		cells, length := l.first(text)
		if len(cells) == s.mender.usual && length >= s.length && !isProse(cells, l.in.dialect.delimiter) {
			return cells, length
		}
	}
	return nil, 0
}

// isProse reports whether fields are the pieces of a sentence or of a number:
// with a blank before one, words between blanks, three digits behind others.
func isProse(cells []table.Cell, delimiter byte) bool {
	if delimiter == ' ' {
		return !allWrapped(cells)
	}
	digit := false
	for _, c := range cells {
		plain := c.Hint&table.Wrapped == 0
		if plain && strings.HasPrefix(c.Text, " ") || plain && digit && delimiter == ',' && len(c.Text) == 3 && isDigits(c.Text) {
			return true
		}
		digit = plain && c.Text != "" && isDigits(c.Text[len(c.Text)-1:])
	}
	return false
}

// isSentence recognises a title or a note that has the separator in it: a blank
// stands behind each, where none does between fields.
func (m *mender) isSentence(line []byte) bool {
	d := m.plain.in.dialect
	if m.whole == nil || len(line) == 0 || line[0] == m.quote {
		return false
	}
	separator := append([]byte{d.delimiter}, d.tail...)
	n := bytes.Count(line, separator)
	return n > 0 && n == bytes.Count(line, append(separator, ' '))
}

// reread returns a line's fields if they are as many as usual.
func (m *mender) reread(l *Lines, line []byte) []table.Cell {
	if cells := l.fields(line); len(cells) == m.usual {
		return cells
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
