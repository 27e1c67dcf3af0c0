package xlsx

import (
	"archive/zip"
	"bufio"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"

	"chasqui/converters/table"
)

// longestText is how many UTF-16 units a cell holds (Excel's specifications);
// a workbook with more is reported as damaged.
const longestText = 32767

// widthRows is how many rows are held back to measure the columns before the
// first is written.
const widthRows = 200

// The names of the two sheets. They are part of the form, as a file's name
// is, and the same whatever the person's language: equal tables give equal
// bytes.
const (
	DataSheet       = "Datos"
	DictionarySheet = "Diccionario"
)

// writer writes a workbook of two sheets. Rows stream into the zip.
type writer struct {
	zip     *zip.Writer
	out     *bufio.Writer // the sheet that is being written
	fields  []table.Field
	letters []string // the columns' names: A, B ... AA
	misfits []bool   // the field had a value that does not fit its type
	held    [][]table.Value
	widths  []int
	begun   bool
	rows    int // of the data sheet, header included
	row     []byte
	err     error
}

// NewWriter returns a writer of a workbook: a sheet with a bold, frozen row of
// machine names above the data, and a sheet that says what each column is.
//
// Each value is a cell of its own type: numbers of up to 15 digits, booleans,
// dates and times as such; everything else, misfits and longer numbers too, is
// text as it stands. A missing value has no cell. Texts are never formulas. A
// table beyond a worksheet's limits ends in a DoesNotFit fault. Memory does not
// grow with rows; equal tables give equal bytes.
func NewWriter(w io.Writer, fields []table.Field) table.Writer {
	t := &writer{zip: zip.NewWriter(w), fields: fields, misfits: make([]bool, len(fields)), rows: 1}
	t.zip.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.DefaultCompression)
	})
	for i, f := range fields {
		t.letters = append(t.letters, letters(i))
		t.widths = append(t.widths, utf8.RuneCountInString(f.Name))
	}
	if len(fields) > maxCols {
		t.err = doesNotFit(0)
	}
	return t
}

// WriteRow writes one row; values beyond the fields are left out.
func (t *writer) WriteRow(values []table.Value) error {
	values = values[:min(len(values), len(t.fields))]
	switch {
	case t.err != nil:
	case t.begun:
		t.dataRow(values)
	default:
		t.hold(values)
		if len(t.held) == widthRows {
			t.begin()
		}
	}
	return t.err
}

// Close writes the dictionary and ends the workbook.
func (t *writer) Close() error {
	if t.err == nil && !t.begun {
		t.begin()
	}
	t.text("</sheetData></worksheet>")
	t.dictionary()
	if t.err == nil {
		t.err = t.zip.Close()
	}
	return t.err
}

// hold keeps a copy of the values until the columns' widths are known.
func (t *writer) hold(values []table.Value) {
	kept := make([]table.Value, len(values))
	for i, v := range values {
		kept[i] = table.Value{Text: strings.Clone(v.Text), Status: v.Status}
		t.widths[i] = max(t.widths[i], utf8.RuneCountInString(v.Text))
	}
	t.held = append(t.held, kept)
}

// begin writes the parts that stand before the data, the header and the rows
// held back.
func (t *writer) begin() {
	t.begun = true
	for _, p := range fixedParts() {
		t.part(p.name)
		t.text(p.body)
	}
	t.part("xl/worksheets/sheet1.xml")
	names := make([]string, len(t.fields))
	for i, f := range t.fields {
		names[i] = f.Name
	}
	t.openSheet(t.widths, names)
	for _, values := range t.held {
		if t.err == nil {
			t.dataRow(values)
		}
	}
	t.held = nil
}

// dataRow writes a row of the data sheet.
func (t *writer) dataRow(values []table.Value) {
	if t.rows++; t.rows > maxRows {
		t.err = doesNotFit(0)
		return
	}
	number := strconv.Itoa(t.rows)
	b := append(append(append(t.row[:0], `<row r="`...), number...), '"', '>')
	for i, v := range values {
		if v.Status == table.Missing {
			if i == len(values)-1 { // readers that stream take the last cell for the row's width
				b = append(append(append(append(b, `<c r="`...), t.letters[i]...), number...), `"/>`...)
			}
			continue
		}
		t.misfits[i] = t.misfits[i] || v.Status == table.Misfit
		b = append(append(append(b, `<c r="`...), t.letters[i]...), number...)
		var ok bool
		if b, ok = appendCell(append(b, '"'), t.fields[i].Type, v); !ok {
			t.err = doesNotFit(t.fields[i].Col)
			return
		}
	}
	t.row = append(b, "</row>"...)
	_, t.err = t.out.Write(t.row)
}

// dictionary writes the second sheet: what each column is called, was called,
// holds, and which words of it mean that there is no value.
func (t *writer) dictionary() {
	t.part("xl/worksheets/sheet2.xml")
	t.openSheet([]int{20, 40, 10, 20}, []string{"name", "title", "type", "missing"})
	for i, f := range t.fields {
		if t.misfits[i] {
			f.Type = table.TypeString
		}
		t.textRow(i+2, []string{f.Name, f.Title, string(f.Type), strings.Join(f.MissingValues, "; ")}, styleText)
	}
	t.text("</sheetData></worksheet>")
	if t.err == nil {
		t.err = t.out.Flush()
	}
}

// openSheet writes a worksheet up to and with its header, which stays in sight
// while the rest scrolls.
func (t *writer) openSheet(widths []int, names []string) {
	t.text(xmlHead + `<worksheet xmlns="` + mainSpace + `"><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	if len(widths) > 0 { // the element may not be empty
		t.columnWidths(widths)
	}
	t.text("<sheetData>")
	t.textRow(1, names, styleHeader)
}

// columnWidths writes widths in characters, neither too narrow to read nor
// wider than a screen.
func (t *writer) columnWidths(widths []int) {
	t.text("<cols>")
	for i, w := range widths {
		col := strconv.Itoa(i + 1)
		t.text(`<col min="` + col + `" max="` + col + `" width="` + strconv.Itoa(min(max(w+2, 9), 60)) + `" customWidth="1"/>`)
	}
	t.text("</cols>")
}

// textRow writes a row of texts in one style; empty ones have no cell.
func (t *writer) textRow(number int, texts []string, style int) {
	row := strconv.Itoa(number)
	b := append(append(append(t.row[:0], `<row r="`...), row...), '"', '>')
	for i, s := range texts {
		if s == "" {
			continue
		}
		b = append(append(append(append(b, `<c r="`...), letters(i)...), row...), '"')
		var ok bool
		if b, ok = appendText(b, s, style); !ok && t.err == nil {
			t.err = doesNotFit(0)
		}
	}
	t.row = append(b, "</row>"...)
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
	var w io.Writer
	w, t.err = t.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: zipEpoch()})
	t.out = bufio.NewWriterSize(w, 64<<10)
}

// text writes s unless an earlier write failed.
func (t *writer) text(s string) {
	if t.err == nil {
		_, t.err = t.out.WriteString(s)
	}
}

// zipEpoch is the time that every part bears, the first that a zip can tell:
// the file says nothing of when it was made.
func zipEpoch() time.Time { return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC) }

// letters is the name of a column, counting from 0.
func letters(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// doesNotFit is the fault of a table that a sheet can't hold; col is the column
// of a text that is to blame, in the sheet that it was read from. The row there
// is not known here.
func doesNotFit(col int) error {
	return &table.Fault{Kind: table.DoesNotFit, Place: table.Place{Col: col}, Args: map[string]string{"format": "xlsx"}}
}
