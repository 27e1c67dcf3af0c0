package ods

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

// document writes a table and returns the file.
func document(t testing.TB, fields []table.Field, rows [][]table.Value) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := tabletest.WriteAll(NewWriter(&out, fields), rows); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// content is what content.xml holds, as a decoder that knows nothing of us
// sees it.
type content struct {
	Sheets []struct {
		Name string `xml:"name,attr"`
		Rows []struct {
			Cells []cell `xml:"table-cell"`
		} `xml:"table-row"`
	} `xml:"body>spreadsheet>table"`
}

type cell struct {
	Repeated int    `xml:"number-columns-repeated,attr"`
	Kind     string `xml:"value-type,attr"`
	Value    string `xml:"value,attr"`
	Date     string `xml:"date-value,attr"`
	Time     string `xml:"time-value,attr"`
	Bool     string `xml:"boolean-value,attr"`
	Lines    []struct {
		Inside string `xml:",innerxml"`
	} `xml:"p"`
}

// shown is a cell as its kind and value.
func (c cell) shown() string {
	lines := make([]string, len(c.Lines))
	for i, l := range c.Lines {
		lines[i] = l.Inside
	}
	switch c.Kind {
	case "":
		return ""
	case "string":
		return strings.Join(lines, "\\n")
	}
	return c.Kind + ":" + c.Value + c.Date + c.Time + c.Bool
}

// sheets decodes a document.
func sheets(t testing.TB, file []byte) [][][]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := archive.Open("content.xml")
	if err != nil {
		t.Fatal(err)
	}
	var c content
	if err := xml.NewDecoder(part).Decode(&c); err != nil {
		t.Fatal(err)
	}
	var out [][][]string
	for _, s := range c.Sheets {
		var rows [][]string
		for _, r := range s.Rows {
			var row []string
			for _, c := range r.Cells {
				for range max(c.Repeated, 1) {
					row = append(row, c.shown())
				}
			}
			rows = append(rows, row)
		}
		out = append(out, rows)
	}
	return out
}

func TestEachValueIsACellOfItsType(t *testing.T) {
	fields := []table.Field{
		{Name: "a", Type: table.TypeNumber}, {Name: "b", Type: table.TypeDate}, {Name: "c", Type: table.TypeDateTime},
		{Name: "d", Type: table.TypeTime}, {Name: "e", Type: table.TypeBoolean}, {Name: "f", Type: table.TypeString, MissingValues: []string{"s/d"}},
	}
	rows := [][]table.Value{
		tabletest.Values("1234.50", "2026-03-31", "2026-03-31T10:41:00.125", "26:30:00", "true", "00123"),
		tabletest.Values("", "", "2026-03-31T10:41:00Z", "10:41:00.5", "false", "=1+1"),
		tabletest.Values("1234567890123456", "1532-11-16", "", "", "", " a  b\t<&>\nc "),
		{tabletest.Misfit("12 km"), tabletest.Misfit("31/02/2024"), {Status: table.Missing}, {Status: table.Missing}, {Status: table.Missing}, {Status: table.Missing}},
		tabletest.Values("", "", "", "", "", ""),
	}
	want := [][][]string{
		{
			{"a", "b", "c", "d", "e", "f"},
			{"float:1234.50", "date:2026-03-31", "date:2026-03-31T10:41:00.125", "time:PT26H30M00S", "boolean:true", "00123"},
			{"", "", "2026-03-31T10:41:00Z", "time:PT10H41M00.5S", "boolean:false", "=1+1"},
			{"1234567890123456", "1532-11-16", "", "", "", `<text:s text:c="1"/>a <text:s text:c="1"/>b<text:tab/>&lt;&amp;&gt;\nc<text:s text:c="1"/>`},
			{"12 km", "31/02/2024"},
			{""},
		},
		{
			{"name", "title", "type", "missing"},
			{"a", "", "string", ""}, {"b", "", "string", ""}, {"c", "", "datetime", ""},
			{"d", "", "time", ""}, {"e", "", "boolean", ""}, {"f", "", "string", "s/d"},
		},
	}
	if d := cmp.Diff(want, sheets(t, document(t, fields, rows))); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestADocumentReadsBackAsItWasWritten(t *testing.T) {
	fields, rows := tabletest.Sample()
	book, err := Reader{}.Open(t.Context(), tabletest.Memory(document(t, fields, rows)), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var got [][]table.Value
	for row, err := range book.Sheets()[0].Rows(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if row = row.Clone(); row.Number == 1 {
			continue
		}
		values := make([]table.Value, len(fields))
		for i, f := range fields {
			values[i] = f.Parse(row.Cell(i + 1))
		}
		got = append(got, values)
	}
	rows[0][2].Text, rows[5][2].Text = "1234.5", "2" // a number's last zeros are its format's
	if d := cmp.Diff(rows, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestTheKindOfFileCanBeReadAtItsPlace(t *testing.T) {
	fields, rows := tabletest.Sample()
	file := document(t, fields, rows)
	// ODF 1.3 part 2, 3.3: "mimetype" at byte 30, its content at byte 38.
	if got := string(file[30 : 38+len(MediaType)]); got != "mimetype"+MediaType {
		t.Errorf("the file begins with %q", got)
	}
	if !bytes.Equal(file, document(t, fields, rows)) {
		t.Error("two documents of one table differ")
	}
}

func TestATableBeyondADocumentIsRefused(t *testing.T) {
	one := []table.Field{{Name: "a", Col: 3, Type: table.TypeString}}
	fault := func(err error, col int) {
		t.Helper()
		var f *table.Fault
		if !errors.As(err, &f) || f.Kind != table.DoesNotFit || f.Place != (table.Place{Col: col}) {
			t.Errorf("got %v, want does_not_fit in column %d", err, col)
		}
	}
	w := NewWriter(io.Discard, one).(*writer)
	w.rows = writtenRows - 1
	if err := w.WriteRow(tabletest.Values("last")); err != nil {
		t.Fatal(err)
	}
	fault(w.WriteRow(tabletest.Values("one more")), 0)
	fault(w.Close(), 0)
	for _, s := range []string{"a\x01", "\v", "\r", "\uffff"} {
		fault(NewWriter(io.Discard, one).WriteRow(tabletest.Values(s)), 3)
	}
	fault(NewWriter(io.Discard, make([]table.Field, writtenCols+1)).Close(), 0)
	fault(NewWriter(io.Discard, []table.Field{{Name: "a\v"}}).Close(), 0)
}

func BenchmarkWriteDocument(b *testing.B) {
	fields, rows := tabletest.Sample()
	w := NewWriter(io.Discard, fields)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%1_000_000 == 0 {
			w = NewWriter(io.Discard, fields)
		}
		if err := w.WriteRow(rows[i%len(rows)]); err != nil {
			b.Fatal(strconv.Itoa(i), err)
		}
	}
}
