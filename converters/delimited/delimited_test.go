package delimited

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// rows reads a text as cells' texts, one slice a row.
func rows(t *testing.T, text string) [][]string {
	t.Helper()
	book, err := Reader{}.Open(context.Background(), tabletest.Memory([]byte(text)), table.Options{Name: "x.csv"})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	var all [][]string
	for row, err := range book.Sheets()[0].Rows(context.Background()) {
		if err != nil {
			t.Fatalf("Rows: %v", err)
		}
		cells := []string{fmt.Sprint(row.Number)}
		for _, c := range row.Cells {
			cells = append(cells, strings.Clone(c.Text))
		}
		all = append(all, cells)
	}
	return all
}

func TestRecordsAreCutWithoutLosingACell(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       [][]string
	}{
		{"quoted delimiters and line breaks", "a,b\n\"x,\r\ny\",2\n", [][]string{{"1", "a", "b"}, {"2", "x,\ny", "2"}}},
		{"doubled quotes", "a,b\n\"di \"\"sí\"\"\",2\n", [][]string{{"1", "a", "b"}, {"2", `di "sí"`, "2"}}},
		{"escaped quotes", "a,b\n\"di \\\"sí\\\"\",2\n\"c:\\dir\",3\n", [][]string{{"1", "a", "b"}, {"2", `di "sí"`, "2"}, {"3", `c:\dir`, "3"}}},
		{"bare quotes inside a quoted field", "a,b\n\"Caso \"A\" norte\",2\n", [][]string{{"1", "a", "b"}, {"2", `Caso "A" norte`, "2"}}},
		{"blank lines count", "a,b\n\n1,2\n", [][]string{{"1", "a", "b"}, {"3", "1", "2"}}},
		{"ragged rows keep their length", "a,b,c\n1,2\n1,2,3,4\n5,6,7\n", [][]string{{"1", "a", "b", "c"}, {"2", "1", "2"}, {"3", "1", "2", "3", "4"}, {"4", "5", "6", "7"}}},
		{"line ends of three kinds", "a,b\r1,2\r\n3,4\n5,6", [][]string{{"1", "a", "b"}, {"2", "1", "2"}, {"3", "3", "4"}, {"4", "5", "6"}}},
		{"an empty last field", "a,b\n1,", [][]string{{"1", "a", "b"}, {"2", "1", ""}}},
		{"semicolons with decimal commas", "a;b\n1,5;2,5\n3,5;4,5\n", [][]string{{"1", "a", "b"}, {"2", "1,5", "2,5"}, {"3", "3,5", "4,5"}}},
		{"Excel's separator line", "sep=|\na|b\n1|2\n", [][]string{{"2", "a", "b"}, {"3", "1", "2"}}},
		{"blanks before quotes", "a, \"b, c\", d\n1, \"2, 2\", 3\n", [][]string{{"1", "a", "b, c", " d"}, {"2", "1", "2, 2", " 3"}}},
		{"single quotes", "'a','b,b','c'\n'1','2,2','3'\n'4','5,5','6'\n", [][]string{{"1", "a", "b,b", "c"}, {"2", "1", "2,2", "3"}, {"3", "4", "5,5", "6"}}},
		{"a quote that opens a line shows that the first never closed", "a,b\n\"12 inch,1\n\"x\",2\n", [][]string{{"1", "a", "b"}, {"2", `"12 inch`, "1"}, {"3", "x", "2"}}},
		{"separators of several characters", "a||b||c\n1|2||\"x||y\"||3\n4||5||\n", [][]string{{"1", "a", "b", "c"}, {"2", "1|2", "x||y", "3"}, {"3", "4", "5", ""}}},
		{"byte order marks of files put together", "\ufeffa,b\n\ufeff\"1\",2\n\ufeff3,4\n", [][]string{{"1", "a", "b"}, {"2", "1", "2"}, {"3", "3", "4"}}},
		{"empty fields between semicolons", "\"EXTF\";700;\"\";;;\"x\"\na;b;;;;c;;d\n1;2;;;;3;;4\n", [][]string{{"1", "EXTF", "700", "", "", "", "x"}, {"2", "a", "b", "", "", "", "c", "", "d"}, {"3", "1", "2", "", "", "", "3", "", "4"}}},
		{"one column", "nombre\nAna\nLuis\n", [][]string{{"1", "nombre"}, {"2", "Ana"}, {"3", "Luis"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, rows(t, c.text)); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestTheDelimiterIsFoundByContent(t *testing.T) {
	lines := [][]string{{"código", "nombre", "monto"}, {"1", "Ana María", "10.5"}, {"2", "José", "11.25"}, {"3", "Luz", "7"}, {"4", "Sol", "8.5"}}
	for _, delimiter := range []string{",", ";", "\t", "|", "^", "~", ":"} {
		t.Run(delimiter, func(t *testing.T) {
			var text strings.Builder
			for _, l := range lines {
				text.WriteString(strings.Join(l, delimiter) + "\n")
			}
			book, err := Reader{}.Open(context.Background(), tabletest.Memory([]byte(text.String())), table.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := book.Info().Dialect.Delimiter; got != delimiter {
				t.Errorf("delimiter %q, want %q", got, delimiter)
			}
		})
	}
}

func TestALongQuotedFieldOfOneLineStaysWhole(t *testing.T) {
	shape := "POLYGON ((" + strings.Repeat("-77.01 -12.02, ", 2*quoteReach/15) + "-77.01 -12.02))"
	var text strings.Builder
	text.WriteString("id,nombre,geom\n")
	for i := range 4 {
		fmt.Fprintf(&text, "%d,Lima,\"%s\"\n", i, shape)
	}
	for i, row := range rows(t, text.String())[1:] {
		if len(row) != 4 || row[3] != shape {
			t.Errorf("row %d has %d fields", i+1, len(row))
		}
	}
}

func TestAnUnclosedQuoteDoesNotSwallowTheFile(t *testing.T) {
	var text strings.Builder
	text.WriteString("a,b\n\"abierta,1\n")
	for i := range 60_000 {
		fmt.Fprintf(&text, "valor %d,%d\n", i, i)
	}
	got := rows(t, text.String())
	if len(got) != 60_002 {
		t.Fatalf("%d rows, want 60002", len(got))
	}
	if got[1][1] != "\"abierta" {
		t.Errorf("the open quote's field is %q", got[1][1])
	}
}

func TestARecordBeyondTheBoundIsHostile(t *testing.T) {
	text := "a,b\n1,2\n" + strings.Repeat("x", maxRecord+10) + ",1\n"
	_, err := read(text)
	var fault *table.Fault
	if !errors.As(err, &fault) || fault.Kind != table.Hostile || fault.Place.Row != 3 {
		t.Errorf("got %v, want a hostile fault in row 3", err)
	}
}

// read reads all rows and returns their number.
func read(text string) (int, error) {
	book, err := Reader{}.Open(context.Background(), tabletest.Memory([]byte(text)), table.Options{})
	if err != nil {
		return 0, err
	}
	n := 0
	for _, err := range book.Sheets()[0].Rows(context.Background()) {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func TestWhatIsNoTextIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want table.FaultKind
	}{
		"nothing":  {"", table.EmptyFile},
		"blanks":   {" \n\n", table.EmptyFile},
		"binary":   {"\x00\x01\x02\x03\x00\x00\x05", table.UnknownFormat},
		"json":     {`[{"a": 1}]`, table.UnknownFormat},
		"html":     {"<!DOCTYPE html><table></table>", table.UnknownFormat},
		"pdf file": {"%PDF-1.7\n1 0 obj", table.UnknownFormat},
	} {
		_, err := read(c.text)
		var fault *table.Fault
		if !errors.As(err, &fault) || fault.Kind != c.want {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

func TestSniffTellsTablesFromProse(t *testing.T) {
	for text, want := range map[string]bool{
		"a;b\n1;2\n": true,
		"Estimada señora,\nle escribo para informarle que el plazo vence.\nSaludos cordiales,\nLa oficina\n": false,
		"solo una línea": false,
		"":               false,
		"fecha\tmonto\n2024-01-01\t5\n2024-01-02\t6\n": true,
	} {
		if got := Sniff(tabletest.Memory([]byte(text))); got != want {
			t.Errorf("Sniff(%q) = %t", text, got)
		}
	}
}

func TestReaderConforms(t *testing.T) {
	var long strings.Builder
	long.WriteString("código;nombre;monto\r\n")
	for i := range 3000 {
		fmt.Fprintf(&long, "%03d;\"Señora \"\"%d\"\"\";%d,50\r\n", i, i, i*7)
	}
	latin, err := charmap.Windows1252.NewEncoder().String(long.String())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"utf-8": long.String(), "windows-1252": latin} {
		if err := tabletest.CheckReader(Reader{}, []byte(content), table.Options{Name: "x.csv"}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.csv")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files under testdata: %v", err)
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		book, err := Reader{}.Open(context.Background(), tabletest.Memory(content), table.Options{Name: filepath.Base(path)})
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		var got bytes.Buffer
		fmt.Fprintf(&got, "%s %+v\n", book.Info().Encoding, *book.Info().Dialect)
		if err := tabletest.Render(context.Background(), &got, book.Sheets()[0]); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		golden := path + ".golden"
		if *update {
			if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), got.String()); d != "" {
			t.Errorf("%s (-want +got)\n%s", path, d)
		}
	}
}

func TestWriterIsReadBackTheSame(t *testing.T) {
	fields := []table.Field{{Name: "a"}, {Name: "b"}}
	values := [][]string{{"x,y", "di \"sí\""}, {"", "línea\nsegunda"}, {"1", "\ttab"}}
	for _, opt := range []WriterOptions{{}, {Tabs: true}, {BOM: true}} {
		var out bytes.Buffer
		w := NewWriter(&out, fields, opt)
		for _, v := range values {
			if err := w.WriteRow([]table.Value{{Text: v[0]}, {Text: v[1]}}); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		want := [][]string{{"1", "a", "b"}}
		for i, v := range values {
			want = append(want, append([]string{fmt.Sprint(i + 2)}, v...))
		}
		if d := cmp.Diff(want, rows(t, out.String())); d != "" {
			t.Errorf("%+v (-want +got)\n%s", opt, d)
		}
	}
}

func TestALoneMissingValueIsStillARecord(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out, []table.Field{{Name: "a"}}, WriterOptions{})
	if err := errors.Join(w.WriteRow([]table.Value{{Status: table.Missing}}), w.Close()); err != nil {
		t.Fatal(err)
	}
	if want := "a\r\n\"\"\r\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

func FuzzReader(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a;b\r\n\"x\"\"y\";2\r\n", "\"open,1\n\"x\",2\n", "sep=;\na;b\n", "a\tb\n\\\"\t2", "\xff\xfea\x00,\x00b\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if _, err := read(string(content)); err != nil {
			var fault *table.Fault
			if !errors.As(err, &fault) {
				t.Fatalf("the error is no fault: %v", err)
			}
			return
		}
		if err := tabletest.CheckReader(Reader{}, content, table.Options{}); err != nil {
			t.Fatal(err)
		}
		if _, err := checkLines(t.Context(), string(content)); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkRows(b *testing.B) {
	var text strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&text, "%d;Municipalidad de San José;%d,25;2024-03-%02d;\"texto entre comillas\"\n", i, i*13, i%28+1)
	}
	content := []byte(text.String())
	book, err := Reader{}.Open(context.Background(), tabletest.Memory(content), table.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range book.Sheets()[0].Rows(context.Background()) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
