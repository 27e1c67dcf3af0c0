package delimited

import (
	"bytes"
	"io"
	"unsafe"

	"chasqui/converters/table"
)

// Bounds of one record. A cell of a spreadsheet holds at most 32,767
// characters and a sheet 16,384 columns, so what is beyond is an attack or a
// file of another kind.
const (
	maxRecord = 8 << 20 // bytes
	maxFields = 1 << 16
	// quoteReach is how far a quoted field may reach before its quote counts
	// as never closed; after manyQuotes of those, reach is short, so that a
	// file full of stray quotes stays linear.
	quoteReach      = 256 << 10
	shortQuoteReach = 4 << 10
	manyQuotes      = 64
	// blockSize is how many bytes of text lie in one piece of memory, unless a
	// record is longer.
	blockSize = 128 << 10
)

// The ways in which lines end, as bits of splitter.lineEnds' set.
const (
	endLF = 1 << iota
	endCRLF
	endCR
)

// tally counts an oddity and keeps the record of its first.
type tally struct{ count, first int }

func (t *tally) add(row int) {
	if t.count++; t.first == 0 {
		t.first = row
	}
}

// span is a field: a range of the record's bytes, or of scratch.
type span struct {
	from, to int
	scratch  bool
	quoted   bool
}

// splitter cuts a stream of UTF-8 into records. One record lies whole in buf,
// so fields are slices of it; only those with escapes are copied to scratch.
type splitter struct {
	src         io.Reader
	dialect     dialect
	stop        [256]bool // bytes that end a run of an unquoted field
	byByte      bool      // no record can be cut as a line
	memories    *table.Memories
	memory      *table.Memory // buf lies in it
	buf         []byte
	start, end  int // the unread part of buf; offsets below count from start
	fields      []span
	scratch     []byte
	cells       []table.Cell
	line        table.Line
	asLine      bool // a record may be handed on as the line it is
	inLine      bool // the record lies in line, not in cells
	inCells     bool // the record lies in cells already, not in fields
	inComment   bool // the line is a comment, whole in its only field
	lasting     bool // so do its texts in memory, beyond the next record
	mender      *mender
	uncommented *Lines // cuts what may be a comment; nil until there is one
	records     int    // that are no comments
	number      int    // of the record in fields
	length      int    // of the record in bytes, terminator included
	offset      int64  // of start in the text, in bytes
	openQuotes  tally
	bareQuotes  tally
	comments    tally
	ends        int     // set of line ends seen
	lineEnds    int     // their number
	quotes      [2]byte // both quotes, where either may stand around a field
	early       bool    // a doubled quote before a separator closes the field
	strict      bool    // a quote inside a quoted field is doubled, or the field has no quotes
	fault       table.FaultKind
	err         error
}

// newSplitter returns a splitter before the first record.
func newSplitter(src io.Reader, d dialect) *splitter {
	s := &splitter{src: src, memories: table.NewMemories(blockSize), mender: newMender(d)}
	s.obey(d)
	s.memory = s.memories.Take(blockSize)
	s.buf = s.memory.Bytes
	return s
}

// obey takes on a dialect.
func (s *splitter) obey(d dialect) {
	s.dialect = d
	s.stop['\r'], s.stop['\n'], s.stop[d.delimiter] = true, true, true
	if d.escape != 0 {
		s.stop[d.escape] = true
	}
	s.stop['\t'] = s.stop['\t'] || d.runs
	s.byByte = d.runs || d.tail != "" || d.escape != 0 || d.before || d.behind
}

// next reads the next record into s.fields. It returns false at the end, on an
// error of the source (err) or on a record beyond the bounds (fault).
func (s *splitter) next() bool {
	s.advance()
	if !s.has(0) {
		return false
	}
	s.number++
	s.passMark()
	s.inLine, s.inComment = false, false
	if s.dialect.signs != "" {
		if s.inComment = s.takeComment(); s.inComment {
			return s.fault == ""
		}
		if c := s.buf[s.start]; c != '\n' && c != '\r' {
			s.records++
		}
	}
	if s.inCells = s.cutLine(); s.inCells {
		s.lasting = len(s.scratch) == 0
		if !s.inLine && s.mender.odd(len(s.cells), s.buf[s.start]) {
			s.mend(false)
		}
		return s.fault == ""
	}
	s.lasting = false
	s.fields, s.scratch = s.fields[:0], s.scratch[:0]
	at, done, bare := 0, false, s.bareQuotes.count
	if s.dialect.runs {
		at = s.skipRun(0)
	}
	for !done {
		at, done = s.field(at)
		if s.fault != "" {
			return false
		}
		if len(s.fields) > maxFields {
			s.fault = table.Hostile
			return false
		}
	}
	s.length = at
	if bare := s.bareQuotes.count > bare; s.mender.odd(len(s.fields), s.buf[s.start]) || bare && s.mender != nil {
		s.mend(bare)
	}
	return s.err == nil || s.err == io.EOF
}

// advance steps over the record that was read last.
func (s *splitter) advance() {
	s.start += s.length
	s.offset += int64(s.length)
	s.length = 0
}

// cutLine takes a record that is a line, has no quotes but around fields and
// doubled ones inside, and lies whole in buf, as most do, by looking for its few
// bytes that matter. It is false, and nothing is taken, where the record may be
// anything else.
func (s *splitter) cutLine() bool {
	window := s.buf[s.start:s.end]
	n := bytes.IndexByte(window, '\n')
	if n < 0 || s.byByte {
		return false
	}
	line, end, size := window[:n], endLF, n+1
	if cr := bytes.IndexByte(line, '\r'); cr >= 0 {
		if cr != n-1 {
			return false
		}
		line, end = line[:cr], endCRLF
	}
	quote := s.dialect.quote
	quoted := quote != 0 && bytes.IndexByte(line, quote) >= 0
	if quoted && s.dialect.spaced {
		return false
	}
	s.cells, s.scratch = s.cells[:0], s.scratch[:0]
	if !quoted {
		s.cutPlain(line)
	} else if !s.cutWrapped(line) {
		return false
	}
	s.lineEnd(end)
	s.length = size
	return true
}

// cutPlain cuts a line without quotes, into cells unless it may stay as it is.
func (s *splitter) cutPlain(line []byte) {
	l := &s.line
	l.Text = unsafe.String(unsafe.SliceData(line), len(line))
	l.Ends = append(table.AppendPlaces(l.Ends[:0], l.Text, s.dialect.delimiter), int32(len(line)))
	if len(l.Ends) > maxFields {
		s.fault = table.Hostile
	}
	s.inLine = s.asLine && len(l.Ends) > 1 && isVisible(line[len(line)-1], s.dialect.delimiter) && !s.mender.odd(len(l.Ends), line[0])
	if !s.inLine {
		s.cells = l.AppendCells(s.cells)
	}
}

// isVisible reports whether a byte is a character, and shows something, so that
// a field that it ends is not blank.
func isVisible(b, delimiter byte) bool { return b > ' ' && b < 0x7f && b != delimiter }

// cutWrapped makes cells of a line that has quotes. It is false where one is
// anything but a quote around a field, or doubled.
func (s *splitter) cutWrapped(line []byte) bool {
	for {
		c, end := table.Cell{}, 0
		if len(line) > 0 && line[0] == s.dialect.quote {
			text, closing := s.cutQuoted(line[1:])
			if closing < 0 {
				return false
			}
			c, end = textCell(text), closing+2
			c.Hint = table.Wrapped
		} else {
			if end = bytes.IndexByte(line, s.dialect.delimiter); end < 0 {
				end = len(line)
			}
			c = textCell(line[:end])
		}
		if s.cells = append(s.cells, c); len(s.cells) > maxFields {
			s.fault = table.Hostile
		}
		if end == len(line) || s.fault != "" {
			return true
		}
		line = line[end+1:]
	}
}

// cutQuoted returns the text of the quoted field at the start of a line, behind
// its first quote, and where the closing one is; -1 where it may be anything else.
// Doubled quotes inside are one, in a text that lies in scratch.
func (s *splitter) cutQuoted(line []byte) (text []byte, closing int) {
	from, mark, quote := 0, len(s.scratch), s.dialect.quote
	for {
		n := bytes.IndexByte(line[from:], quote)
		if n < 0 {
			return nil, -1
		}
		n += from
		switch {
		case n+1 == len(line) || line[n+1] == s.dialect.delimiter:
			if from == 0 {
				return line[:n], n
			}
			s.scratch = append(s.scratch, line[from:n]...)
			return s.scratch[mark:], n
		case line[n+1] != quote || !s.dialect.double || s.early:
			return nil, -1
		}
		s.scratch = append(s.scratch, line[from:n+1]...)
		from = n + 2
	}
}

// textCell is a cell that shows bytes as they stand.
func textCell(b []byte) table.Cell {
	if len(b) == 0 {
		return table.Cell{}
	}
	return table.Cell{Kind: table.Text, Text: unsafe.String(&b[0], len(b))}
}

// has makes sure that the byte at offset at is in buf; false means the stream
// ends before it.
func (s *splitter) has(at int) bool {
	for s.start+at >= s.end {
		if s.err != nil || !s.fill() {
			return false
		}
	}
	return true
}

// fill reads more, making room for it first.
func (s *splitter) fill() bool {
	if s.end == len(s.buf) {
		size := blockSize
		if s.start == 0 {
			if size = 2 * len(s.buf); size > maxRecord {
				s.fault = table.Hostile
				return false
			}
		}
		s.turn(size)
	}
	n, err := s.src.Read(s.buf[s.end:])
	s.end += n
	s.err = err
	return n > 0 || err == nil
}

// turn goes on in a new block of at least size bytes. The old one is left as it
// is: lines that were cut from it may still be held.
func (s *splitter) turn(size int) {
	unread := s.buf[s.start:s.end]
	next := s.memories.Take(max(size, 2*len(unread)))
	s.start, s.end = 0, copy(next.Bytes, unread)
	s.memory.Drop()
	s.memory, s.buf = next, next.Bytes
}

// field reads the field at offset at. It returns the offset behind the field's
// separator, and whether the record is done.
func (s *splitter) field(at int) (next int, done bool) {
	if quote := s.dialect.quote; quote != 0 {
		open := at
		if s.dialect.spaced || s.dialect.before {
			open = s.skipBlanks(at)
		}
		if s.quotes[1] != 0 {
			if quote = s.quotes[0]; s.has(open) && s.buf[s.start+open] == s.quotes[1] {
				quote = s.quotes[1]
			}
			s.dialect.quote = quote
		}
		if s.has(open) && s.buf[s.start+open] == quote {
			if after, ok := s.quoted(open + 1); ok {
				return s.separator(after)
			}
			if s.fault != "" {
				return at, true
			}
			s.openQuotes.add(s.number)
		}
	}
	return s.separator(s.plain(at))
}

// plain reads an unquoted field and returns the offset behind it.
func (s *splitter) plain(at int) int {
	if s.dialect.before {
		at = s.skipBlanks(at)
	}
	from, copied, mark := at, false, len(s.scratch)
	for s.has(at) {
		window := s.buf[s.start+at : s.end]
		i := 0
		for i < len(window) && !s.stop[window[i]] {
			i++
		}
		at += i
		if i == len(window) {
			continue
		}
		c := window[i]
		if c == s.dialect.delimiter && !s.isSeparator(at) {
			at++
			continue
		}
		if c != s.dialect.escape || c == 0 || c == s.dialect.delimiter {
			break
		}
		if !s.has(at+1) || !s.escapable(s.buf[s.start+at+1]) {
			at++
			continue
		}
		s.scratch = append(s.scratch, s.buf[s.start+from:s.start+at]...)
		from, copied = at+1, true
		at += 2
	}
	if copied {
		s.scratch = append(s.scratch, s.buf[s.start+from:s.start+at]...)
		s.fields = append(s.fields, span{from: mark, to: len(s.scratch), scratch: true})
	} else {
		to := at
		for (s.dialect.behind || s.dialect.runs) && to > from && s.buf[s.start+to-1] == ' ' {
			to--
		}
		s.fields = append(s.fields, span{from: from, to: to})
	}
	return at
}

// escapable reports whether an escape before c hides it; before other bytes
// the escape is a character of its own, as in a path of Windows.
func (s *splitter) escapable(c byte) bool {
	return c == s.dialect.quote || c == s.dialect.delimiter || c == s.dialect.escape
}

// blank reports whether the record is an empty line.
func (s *splitter) blank() bool {
	if s.inLine {
		return false
	}
	if s.inCells {
		return len(s.cells) == 1 && s.cells[0].Kind == table.Empty && s.cells[0].Hint == 0
	}
	return len(s.fields) == 1 && s.fields[0].from == s.fields[0].to && !s.fields[0].quoted
}

// row returns the record's cells, none of a record in line. They point into buf
// and scratch, which the next record overwrites: table.Row promises no more.
func (s *splitter) row() []table.Cell {
	if s.inCells {
		return s.cells
	}
	s.cells = s.cells[:0]
	for _, f := range s.fields {
		c := table.Cell{}
		if f.to > f.from {
			text := s.buf[s.start+f.from : s.start+f.to]
			if f.scratch {
				text = s.scratch[f.from:f.to]
			}
			c.Kind, c.Text = table.Text, unsafe.String(&text[0], len(text))
		}
		if f.quoted {
			c.Hint = table.Wrapped
		}
		s.cells = append(s.cells, c)
	}
	return s.cells
}
