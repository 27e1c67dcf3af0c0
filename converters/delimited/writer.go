package delimited

import (
	"io"
	"strings"

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
	out       io.Writer
	buf       []byte
	delimiter byte
	special   [256]bool // bytes that make quoting necessary
	err       error
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
	t.special[t.delimiter], t.special['"'], t.special['\r'], t.special['\n'] = true, true, true, true
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
		t.field(i, name, len(fields))
	}
	t.endRecord()
	return t
}

// WriteRow writes one record.
func (t *writer) WriteRow(values []table.Value) error {
	for i, v := range values {
		t.field(i, v.Text, len(values))
	}
	t.endRecord()
	return t.err
}

// Close flushes.
func (t *writer) Close() error {
	t.flush()
	return t.err
}

// field writes the field at place i of a record of n.
func (t *writer) field(i int, s string, n int) {
	if i > 0 {
		t.buf = append(t.buf, t.delimiter)
	}
	if !t.needsQuotes(s) && (s != "" || n > 1) {
		t.buf = append(t.buf, s...)
		return
	}
	t.buf = append(t.buf, '"')
	for {
		at := strings.IndexByte(s, '"')
		if at < 0 {
			break
		}
		t.buf = append(t.buf, s[:at+1]...)
		t.buf = append(t.buf, '"')
		s = s[at+1:]
	}
	t.buf = append(t.buf, s...)
	t.buf = append(t.buf, '"')
}

// needsQuotes reports whether a special byte stands in the text.
func (t *writer) needsQuotes(s string) bool {
	for i := 0; i < len(s); i++ {
		if t.special[s[i]] {
			return true
		}
	}
	return false
}

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
	if t.err == nil {
		_, t.err = t.out.Write(t.buf)
	}
	t.buf = t.buf[:0]
}
