// Package jsonrows reads and writes tables as JSON: an array of objects, or one
// object a line (NDJSON). It also reads arrays of arrays, answers of APIs that
// wrap their records, and GeoJSON. Reading starts with Reader.Open, writing
// with NewWriter.
//
// In what is written numbers and booleans are typed, dates are strings, a missing value is null,
// and a value that does not fit its field's type is a string as it stands. The
// keys are the fields' names in the fields' order, so equal tables give equal
// bytes.
package jsonrows

import (
	"bufio"
	"io"
	"strconv"
	"unicode/utf8"

	"chasqui/converters/table"
)

// WriterOptions say how the rows are written; the zero value is an array.
type WriterOptions struct {
	Lines bool // one object a line: NDJSON
}

// writer writes rows as objects.
type writer struct {
	out   *bufio.Writer
	keys  [][]byte // `"name":`
	raw   []bool   // numbers and booleans stand without quotes
	lines bool
	rows  int
	row   []byte
	err   error
}

// NewWriter returns a writer of JSON for rows of the given fields.
func NewWriter(w io.Writer, fields []table.Field, opt WriterOptions) table.Writer {
	t := &writer{out: bufio.NewWriterSize(w, 64<<10), lines: opt.Lines}
	for _, f := range fields {
		t.keys = append(t.keys, append(appendString(nil, f.Name), ':'))
		switch f.Type {
		case table.TypeInteger, table.TypeNumber, table.TypeBoolean, table.TypeYear:
			t.raw = append(t.raw, true)
		default:
			t.raw = append(t.raw, false)
		}
	}
	return t
}

// WriteRow writes one object; values beyond the fields are left out.
func (t *writer) WriteRow(values []table.Value) error {
	b := t.row[:0]
	switch {
	case t.lines:
	case t.rows == 0:
		b = append(b, '[', '\n')
	default:
		b = append(b, ',', '\n')
	}
	t.rows++
	b = append(b, '{')
	for i, v := range values {
		if i == len(t.keys) {
			break
		}
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, t.keys[i]...)
		switch {
		case v.Status == table.Missing:
			b = append(b, "null"...)
		case t.raw[i] && v.Status == table.Fits:
			b = append(b, v.Text...)
		default:
			b = appendString(b, v.Text)
		}
	}
	b = append(b, '}')
	if t.lines {
		b = append(b, '\n')
	}
	t.row = b
	if t.err == nil {
		_, t.err = t.out.Write(b)
	}
	return t.err
}

// Close ends the array and flushes.
func (t *writer) Close() error {
	end := ""
	switch {
	case t.lines:
	case t.rows == 0:
		end = "[]\n"
	default:
		end = "\n]\n"
	}
	if t.err == nil {
		_, t.err = t.out.WriteString(end)
	}
	if t.err == nil {
		t.err = t.out.Flush()
	}
	return t.err
}

// appendString appends s as a JSON string (RFC 8259, section 7), with
// everything above ASCII as it stands, bytes that are no UTF-8 replaced, and
// the two line separators escaped that JavaScript trips over.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == '\u2028' || r == '\u2029' {
				b = append(b, `\u`...)
				b = strconv.AppendInt(b, int64(r), 16)
			} else {
				b = utf8.AppendRune(b, r)
			}
			i += size
			continue
		}
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\t':
			b = append(b, '\\', 't')
		case c < ' ':
			b = append(b, '\\', 'u', '0', '0', "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		default:
			b = append(b, c)
		}
		i++
	}
	return append(b, '"')
}
