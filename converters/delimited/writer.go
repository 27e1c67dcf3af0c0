package delimited

import (
	"encoding/binary"
	"io"
	"strings"
	"unsafe"

	"chasqui/converters/table"
)

// WriterOptions say how the text is written; the zero value is csv as RFC
// 4180 describes it, in UTF-8 without a mark.
type WriterOptions struct {
	Tabs bool // tab-separated values instead of commas
	BOM  bool // a byte order mark first, which Excel needs to see UTF-8
	// Titles writes the headers as they were found instead of the machine
	// names.
	Titles bool
	// NoHeader leaves the header record out.
	NoHeader bool
}

// flushAt is how many bytes are gathered before they are written.
const flushAt = 64 << 10

// writer writes delimited text.
type writer struct {
	out        io.Writer
	buf        []byte
	delimiter  byte
	delimiters uint64 // the delimiter eight times
	marks      [256]marks
	plain      []bool  // fields whose values hold nothing that needs quotes, where they fit
	within     []int32 // where the delimiter stands inside the fields of a line
	err        error
}

// NewWriter returns a writer of csv (records end in CRLF, as RFC 4180 has it)
// or of tab-separated values (LF). The header record is written at once. A
// missing value is an empty field; in a table of one column it is quoted, since
// a blank line would be no record.
func NewWriter(w io.Writer, fields []table.Field, opt WriterOptions) table.Writer {
	t := &writer{out: w, buf: make([]byte, 0, flushAt+flushAt/4), delimiter: ','}
	if opt.Tabs {
		t.delimiter = '\t'
	}
	t.delimiters = ones * uint64(t.delimiter)
	t.marks[t.delimiter], t.marks['\r'], t.marks['\n'], t.marks['"'] = special, special, special, special|quote
	for _, f := range fields {
		t.plain = append(t.plain, isPlain(f.Type))
	}
	if opt.BOM {
		t.buf = append(t.buf, "\ufeff"...)
	}
	if opt.NoHeader {
		return t
	}
	for i, f := range fields {
		name := f.Name
		if opt.Titles {
			name = f.Title
		}
		t.field(i, name, len(fields), t.look(name))
	}
	t.endRecord()
	return t
}

// isPlain reports whether the canonical form of a type's values is made of
// digits, letters, signs and colons.
func isPlain(t table.Type) bool {
	switch t {
	case table.TypeInteger, table.TypeNumber, table.TypeBoolean, table.TypeDate, table.TypeDateTime, table.TypeTime, table.TypeYear, table.TypeYearMonth:
		return true
	}
	return false
}

// WriteRow writes one record.
func (t *writer) WriteRow(values []table.Value) error {
	for i := range values {
		v, found := &values[i], marks(0)
		if v.Status != table.Fits || i >= len(t.plain) || !t.plain[i] {
			found = t.look(v.Text)
		}
		t.field(i, v.Text, len(values), found)
	}
	t.endRecord()
	return t.err
}

// WriteLine writes a record in the line that it came in: all of it at once but
// the fields that need quotes. See table.LineWriter.
func (t *writer) WriteLine(l *table.Line) error {
	if strings.IndexByte(l.Text, '"') >= 0 {
		for i := range l.Ends {
			t.field(i, l.Field(i), len(l.Ends), t.look(l.Field(i)))
		}
		t.endRecord()
		return t.err
	}
	t.within = t.within[:0]
	if l.Text[l.Ends[0]] != t.delimiter {
		t.within = table.AppendPlaces(t.within, l.Text, t.delimiter)
	}
	from, i := int32(0), 0 // what is not written yet, and the field there
	for _, at := range t.within {
		if at < from {
			continue // in the field that has its quotes
		}
		first := i
		for l.Ends[i] < at {
			i++
		}
		start := from
		if i > first {
			start = l.Ends[i-1] + 1
		}
		t.fields(l, from, start, first)
		t.buf = append(t.buf, '"')
		t.buf = append(t.buf, l.Text[start:l.Ends[i]]...)
		t.buf = append(t.buf, '"')
		from = l.Ends[i]
	}
	t.fields(l, from, int32(len(l.Text)), i)
	t.endRecord()
	return t.err
}

// fields writes a part of a line, in which field i ends first, with the
// delimiter in place of the line's separator.
func (t *writer) fields(l *table.Line, from, to int32, i int) {
	base := len(t.buf) - int(from)
	t.buf = append(t.buf, l.Text[from:to]...)
	for ; l.Ends[i] < to; i++ {
		t.buf[base+int(l.Ends[i])] = t.delimiter
	}
}

// Close flushes.
func (t *writer) Close() error {
	t.flush()
	return t.err
}

// field writes the field at place i of a record of n, in which look found that.
func (t *writer) field(i int, s string, n int, found marks) {
	if i > 0 {
		t.buf = append(t.buf, t.delimiter)
	}
	switch {
	case found == 0 && (s != "" || n > 1):
		t.buf = append(t.buf, s...)
	case found&quote == 0:
		t.buf = append(t.buf, '"')
		t.buf = append(t.buf, s...)
		t.buf = append(t.buf, '"')
	default:
		t.buf = append(t.buf, '"')
		t.buf = append(t.buf, strings.ReplaceAll(s, `"`, `""`)...)
		t.buf = append(t.buf, '"')
	}
}

// marks are what was found in a text.
type marks byte

const (
	special marks = 1 << iota // a byte that makes quotes around the field necessary
	quote                     // a quote, to be doubled
)

// look says what stands in a text: byte by byte in short ones, otherwise eight
// bytes at a time, the last eight once more where they are no whole eight.
func (t *writer) look(s string) (found marks) {
	if len(s) >= 8 {
		b := unsafe.Slice(unsafe.StringData(s), len(s))
		var controls, delimiters, quotation uint64
		for i := 0; ; i += 8 {
			i = min(i, len(b)-8)
			w := binary.LittleEndian.Uint64(b[i:])
			d, q := w^t.delimiters, w^quotes
			controls |= (w - spaces) &^ w
			delimiters |= (d - ones) &^ d
			quotation |= (q - ones) &^ q
			if i == len(b)-8 {
				break
			}
		}
		switch {
		case controls&highs != 0: // line ends among them, perhaps
		case quotation&highs != 0:
			return special | quote
		case delimiters&highs != 0:
			return special
		default:
			return 0
		}
	}
	for i := 0; i < len(s); i++ {
		found |= t.marks[s[i]]
	}
	return found
}

// Eight bytes of one kind. In (w-n*ones)&^w a high bit is set if a byte of w is
// below n, and none if none is.
const (
	ones   = 0x0101010101010101
	highs  = 0x80 * ones
	spaces = ' ' * ones
	quotes = '"' * ones
)

// endRecord ends the record.
func (t *writer) endRecord() {
	if t.delimiter == ',' {
		t.buf = append(t.buf, '\r')
	}
	t.buf = append(t.buf, '\n')
	if len(t.buf) >= flushAt {
		t.flush()
	}
}

// flush writes what was gathered unless an earlier write failed.
func (t *writer) flush() {
	switch out, ok := t.out.(table.BlockWriter); {
	case t.err != nil:
		t.buf = t.buf[:0]
	case ok:
		t.buf, t.err = out.WriteBlock(t.buf)
	default:
		_, t.err = t.out.Write(t.buf)
		t.buf = t.buf[:0]
	}
}
