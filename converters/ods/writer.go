// Package ods reads and writes OpenDocument spreadsheets (ODF 1.3), the sheets of
// LibreOffice. NewWriter in writer.go writes.
package ods

import (
	"archive/zip"
	"bufio"
	"hash/crc32"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"

	"chasqui/converters/table"
)

// Limits of a sheet in the programs that open ODS files.
const (
	writtenRows = 1 << 20
	writtenCols = 1 << 14
)

// The names of the two sheets. They are part of the form, as a file's name
// is, and the same whatever the person's language: equal tables give equal
// bytes.
const (
	DataSheet       = "Datos"
	DictionarySheet = "Diccionario"
)

// writer writes a document of two sheets. Rows stream into the zip.
type writer struct {
	zip     *zip.Writer
	out     *bufio.Writer // content.xml
	fields  []table.Field
	misfits []bool // the field had a value that does not fit its type
	rows    int    // of the data sheet, header included
	row     []byte
	err     error
}

// NewWriter returns a writer of an OpenDocument spreadsheet (ODF 1.3): a sheet
// with a bold, frozen row of machine names above the data, and a sheet that
// says what each column is.
//
// Each value is a cell of its own type: numbers of up to 15 digits, booleans,
// dates and times as such; everything else, misfits and longer numbers too, is
// text as it stands, never a formula. A missing value is an empty cell. A table
// beyond a sheet's limits, or a text with a character that XML can't hold, ends
// in a DoesNotFit fault: ODF has no way to write it, and leaving it out would
// change the value. Memory does not grow with rows; equal tables give equal
// bytes.
func NewWriter(w io.Writer, fields []table.Field) table.Writer {
	t := &writer{zip: zip.NewWriter(w), fields: fields, misfits: make([]bool, len(fields)), rows: 1}
	t.zip.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.DefaultCompression)
	})
	if len(fields) > writtenCols {
		t.err = doesNotFit(0)
		return t
	}
	t.mimetype()
	for _, p := range fixedParts() {
		t.part(p.name)
		t.text(p.body)
	}
	t.part("content.xml")
	t.text(contentHead())
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	t.openSheet(DataSheet, names)
	return t
}

// WriteRow writes one row; values beyond the fields are left out.
func (t *writer) WriteRow(values []table.Value) error {
	if t.err != nil {
		return t.err
	}
	if t.rows++; t.rows > writtenRows {
		t.err = doesNotFit(0)
		return t.err
	}
	b := append(t.row[:0], "<table:table-row>"...)
	blanks := 0
	for i, v := range values[:min(len(values), len(t.fields))] {
		if v.Status == table.Missing {
			blanks++
			continue
		}
		t.misfits[i] = t.misfits[i] || v.Status == table.Misfit
		b = appendBlanks(b, blanks)
		blanks = 0
		var ok bool
		if b, ok = appendCell(b, t.fields[i].Type, v); !ok {
			t.err = doesNotFit(t.fields[i].Col)
			return t.err
		}
	}
	if blanks == len(t.fields) {
		b = appendBlanks(b, 1) // a row holds at least one cell
	}
	t.row = append(b, "</table:table-row>\n"...)
	_, t.err = t.out.Write(t.row)
	return t.err
}

// Close writes the dictionary and ends the document.
func (t *writer) Close() error {
	t.text("</table:table>")
	t.openSheet(DictionarySheet, []string{"name", "title", "type", "missing"})
	for i, f := range t.fields {
		if t.misfits[i] {
			f.Type = table.TypeString
		}
		t.textRow([]string{f.Name, f.Title, string(f.Type), strings.Join(f.MissingValues, "; ")}, "")
	}
	t.text("</table:table></office:spreadsheet></office:body></office:document-content>")
	if t.err == nil {
		t.err = t.out.Flush()
	}
	if t.err == nil {
		t.err = t.zip.Close()
	}
	return t.err
}

// mimetype writes the part that must be the first, stored and without extra
// fields, so that the file's kind can be read at a fixed place (ODF 1.3 part 2,
// 3.3).
func (t *writer) mimetype() {
	content := []byte(MediaType)
	size := uint64(len(content))
	w, err := t.zip.CreateRaw(&zip.FileHeader{
		Name: "mimetype", Method: zip.Store, CRC32: crc32.ChecksumIEEE(content), CompressedSize64: size, UncompressedSize64: size,
	})
	if err == nil {
		_, err = w.Write(content)
	}
	t.err = err
}

// openSheet writes a sheet up to and with its header.
func (t *writer) openSheet(name string, header []string) {
	t.text(`<table:table table:name="` + name + `"><table:table-column table:style-name="col"`)
	if n := len(header); n > 1 {
		t.text(` table:number-columns-repeated="` + strconv.Itoa(n) + `"`)
	}
	t.text("/>")
	t.textRow(header, "head")
}

// textRow writes a row of texts; an empty style is the default one.
func (t *writer) textRow(texts []string, style string) {
	b := append(t.row[:0], "<table:table-row>"...)
	for _, s := range texts {
		ok := true
		if s == "" {
			b = appendBlanks(b, 1)
		} else if b, ok = appendText(b, s, style); !ok && t.err == nil {
			t.err = doesNotFit(0)
		}
	}
	if len(texts) == 0 {
		b = appendBlanks(b, 1)
	}
	t.row = append(b, "</table:table-row>\n"...)
	t.text(string(t.row))
}

// part ends the part being written and begins another.
func (t *writer) part(name string) {
	if t.err == nil && t.out != nil {
		t.err = t.out.Flush()
	}
	if t.err != nil {
		return
	}
	// The first time that a zip can tell: the file does not say when it was made.
	epoch := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	var w io.Writer
	w, t.err = t.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: epoch})
	t.out = bufio.NewWriterSize(w, 64<<10)
}

// text writes s unless an earlier write failed.
func (t *writer) text(s string) {
	if t.err == nil {
		_, t.err = t.out.WriteString(s)
	}
}

// doesNotFit is the fault of a table that a sheet can't hold; col is the column
// of a text that is to blame, in the sheet that it was read from. The row there
// is not known here.
func doesNotFit(col int) error {
	return &table.Fault{Kind: table.DoesNotFit, Place: table.Place{Col: col}, Args: map[string]string{"format": "ods"}}
}
