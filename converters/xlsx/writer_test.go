package xlsx

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

// workbook writes a table and returns the file.
func workbook(t testing.TB, fields []table.Field, rows [][]table.Value) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := tabletest.WriteAll(NewWriter(&out, fields), rows); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// readBack reads a sheet's data rows as the fields' values.
func readBack(t testing.TB, content []byte, sheet int, fields []table.Field) [][]table.Value {
	t.Helper()
	book, err := Reader{}.Open(context.Background(), tabletest.Memory(content), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var rows [][]table.Value
	for row, err := range book.Sheets()[sheet].Rows(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if row.Number == 1 {
			continue
		}
		row = row.Clone()
		values := make([]table.Value, len(fields))
		for i, f := range fields {
			values[i] = f.Parse(row.Cell(i + 1))
		}
		rows = append(rows, values)
	}
	return rows
}

func TestAWorkbookReadsBackAsItWasWritten(t *testing.T) {
	fields, rows := tabletest.Sample()
	got := readBack(t, workbook(t, fields, rows), 0, fields)
	rows[0][2].Text, rows[5][2].Text = "1234.5", "2" // a number's last zeros are its format's
	if d := cmp.Diff(rows, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestExcelizeShowsWhatWasWritten(t *testing.T) {
	fields, rows := tabletest.Sample()
	book, err := excelize.OpenReader(bytes.NewReader(workbook(t, fields, rows)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	shown, err := book.GetRows(DataSheet)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"codigo", "personas", "monto", "activo", "fecha", "momento", "hora", "anio", "mes", "lugar", "nada"}}
	for _, r := range rows {
		var line []string
		for i, v := range r {
			switch {
			case v.Text == "true" || v.Text == "false":
				v.Text = strings.ToUpper(v.Text)
			case i == 5:
				// excelize shows no parts of a second
				v.Text = strings.NewReplacer("T", " ", ".125", ".000").Replace(v.Text)
			}
			line = append(line, v.Text)
		}
		for len(line) > 0 && line[len(line)-1] == "" {
			line = line[:len(line)-1]
		}
		want = append(want, line)
	}
	if d := cmp.Diff(want, shown); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if panes, err := book.GetPanes(DataSheet); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the header is not frozen: %+v, %v", panes, err)
	}
	if kind, _ := book.GetCellType(DataSheet, "A6"); kind != excelize.CellTypeInlineString {
		t.Errorf("=1+1 has type %v, not text", kind)
	}
}

func TestTheDictionarySaysWhatEachColumnIs(t *testing.T) {
	fields := []table.Field{
		{Name: "personas", Title: "N.º de personas", Type: table.TypeInteger, MissingValues: []string{"s/d", "-"}},
		{Name: "fecha", Title: "Fecha", Type: table.TypeDate},
	}
	rows := [][]table.Value{{{Text: "1"}, tabletest.Misfit("31/02/2024")}, tabletest.Values("2", "2024-02-28")}
	content := workbook(t, fields, rows)
	text := table.Field{Type: table.TypeString}
	want := [][]table.Value{
		tabletest.Values("personas", "N.º de personas", "integer", "s/d; -"),
		tabletest.Values("fecha", "Fecha", "string", ""),
	}
	if d := cmp.Diff(want, readBack(t, content, 1, []table.Field{text, text, text, text})); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if d := cmp.Diff(rows, readBack(t, content, 0, fields)); d != "" {
		t.Errorf("one misfit changed its column (-want +got)\n%s", d)
	}
}

func TestWhatASheetCannotHoldExactlyIsText(t *testing.T) {
	for _, c := range []struct {
		t    table.Type
		text string
	}{
		{table.TypeInteger, "1234567890123456"},
		{table.TypeNumber, "0.1234567890123456"},
		{table.TypeNumber, "1" + strings.Repeat("0", 40)},
		{table.TypeDate, "1900-02-28"},
		{table.TypeDate, "1532-11-16"},
		{table.TypeDateTime, "2026-03-31T10:41:00Z"},
		{table.TypeDateTime, "2026-03-31T10:41:00.0001"},
		{table.TypeTime, "26:30:00.5"},
		{table.TypeYearMonth, "2026-03"},
	} {
		cell, ok := appendCell(nil, c.t, table.Value{Text: c.text})
		if want := ` s="2" t="inlineStr"><is><t>` + c.text + `</t></is></c>`; !ok || string(cell) != want {
			t.Errorf("%s %s is the cell %s", c.t, c.text, cell)
		}
	}
}

func TestTextsSurviveXML(t *testing.T) {
	field := []table.Field{{Name: "a", Type: table.TypeString}}
	for _, s := range []string{"a\x01b", "_x0041_", "_x", "x_x000D_", "]]>", "\ttab", "a\nb", "😀", "\uffff", "a\v", " "} {
		if s == " " {
			continue // shows nothing: read as missing
		}
		got := readBack(t, workbook(t, field, [][]table.Value{tabletest.Values(s)}), 0, field)
		if len(got) != 1 || got[0][0].Text != s {
			t.Errorf("%q came back as %q", s, got)
		}
	}
}

func TestEqualTablesGiveEqualBytes(t *testing.T) {
	fields, rows := tabletest.Sample()
	if !bytes.Equal(workbook(t, fields, rows), workbook(t, fields, rows)) {
		t.Error("two workbooks of one table differ")
	}
}

func TestATableBeyondASheetIsRefused(t *testing.T) {
	fault := func(err error, col int) {
		t.Helper()
		var f *table.Fault
		if !errors.As(err, &f) || f.Kind != table.DoesNotFit || f.Place != (table.Place{Col: col}) {
			t.Errorf("got %v, want does_not_fit in column %d", err, col)
		}
	}
	one := []table.Field{{Name: "a", Col: 3, Type: table.TypeString}}
	w := NewWriter(io.Discard, one).(*writer)
	w.begin()
	w.rows = maxRows - 1
	if err := w.WriteRow(tabletest.Values("last")); err != nil {
		t.Fatalf("row %d: %v", maxRows, err)
	}
	fault(w.WriteRow(tabletest.Values("one more")), 0)
	fault(w.Close(), 0)
	fault(tabletest.WriteAll(NewWriter(io.Discard, one), [][]table.Value{tabletest.Values(strings.Repeat("á", longestText+1))}), 3)
	fault(NewWriter(io.Discard, make([]table.Field, maxCols+1)).Close(), 0)
	fault(NewWriter(io.Discard, []table.Field{{Name: strings.Repeat("x", longestText+1)}}).Close(), 0)
}

func TestAnEmptyTableIsAWorkbook(t *testing.T) {
	for _, fields := range [][]table.Field{nil, {{Name: "a"}}} {
		if rows := readBack(t, workbook(t, fields, nil), 0, fields); len(rows) != 0 {
			t.Errorf("%d rows", len(rows))
		}
	}
}

func TestMemoryDoesNotGrowWithRows(t *testing.T) {
	w := NewWriter(io.Discard, []table.Field{{Name: "a", Type: table.TypeInteger}, {Name: "b", Type: table.TypeString}})
	live := func(rows int) uint64 {
		for i := range rows {
			n := strconv.Itoa(i)
			if err := w.WriteRow(tabletest.Values(n, "texto distinto "+n)); err != nil {
				t.Fatal(err)
			}
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	few := live(2000)
	if many := live(100_000); many > few+1<<20 {
		t.Errorf("the heap grew from %d to %d bytes", few, many)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkWriteWorkbook(b *testing.B) {
	fields, rows := tabletest.Sample()
	w := NewWriter(io.Discard, fields)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%1_000_000 == 0 {
			w = NewWriter(io.Discard, fields)
		}
		if err := w.WriteRow(rows[i%len(rows)]); err != nil {
			b.Fatal(err)
		}
	}
}
