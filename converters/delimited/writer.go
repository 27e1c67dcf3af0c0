package delimited

import (
	"bufio"
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

// writer writes delimited text.
type writer struct {
	out       *bufio.Writer
	delimiter byte
	special   string // what makes quoting necessary
	err       error
}

// NewWriter returns a writer of csv (records end in CRLF, as RFC 4180 has it)
// or of tab-separated values (LF). The header record is written at once. A
// missing value is an empty field; in a table of one column it is quoted, since
// a blank line would be no record.
func NewWriter(w io.Writer, fields []table.Field, opt WriterOptions) table.Writer {
	t := &writer{out: bufio.NewWriterSize(w, 64<<10), delimiter: ',', special: ",\"\r\n"}
	if opt.Tabs {
		t.delimiter, t.special = '\t', "\t\"\r\n"
	}
	if opt.BOM {
		t.text("\ufeff")
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
	if t.err == nil {
		t.err = t.out.Flush()
	}
	return t.err
}

// field writes the field at place i of a record of n.
func (t *writer) field(i int, s string, n int) {
	if i > 0 {
		t.char(t.delimiter)
	}
	if !strings.ContainsAny(s, t.special) && (s != "" || n > 1) {
		t.text(s)
		return
	}
	t.char('"')
	for {
		at := strings.IndexByte(s, '"')
		if at < 0 {
			break
		}
		t.text(s[:at+1])
		t.char('"')
		s = s[at+1:]
	}
	t.text(s)
	t.char('"')
}

// endRecord ends the record.
func (t *writer) endRecord() {
	if t.delimiter == ',' {
		t.char('\r')
	}
	t.char('\n')
}

// text writes s unless an earlier write failed.
func (t *writer) text(s string) {
	if t.err == nil {
		_, t.err = t.out.WriteString(s)
	}
}

// char writes one byte unless an earlier write failed.
func (t *writer) char(c byte) {
	if t.err == nil {
		t.err = t.out.WriteByte(c)
	}
}
