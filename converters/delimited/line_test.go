package delimited

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
)

// checkLines compares a text's lines with its rows and counts them.
func checkLines(ctx context.Context, text string) (lines int, err error) {
	book, err := Reader{}.Open(ctx, strings.NewReader(text), table.Options{Name: "a.csv"})
	if err != nil {
		return 0, err
	}
	sheet := book.Sheets()[0].(table.Liner)
	var want, got []table.Row
	for row, err := range sheet.Rows(ctx) {
		if err != nil {
			return 0, err
		}
		want = append(want, row.Clone())
	}
	for row, err := range sheet.Lines(ctx) {
		if err != nil {
			return 0, err
		}
		if row.Line != nil {
			lines++
			if row.Memory == nil || len(row.Cells) > 0 {
				return 0, fmt.Errorf("row %d is a line with cells, or without a memory", row.Number)
			}
			row.Cells = row.Line.AppendCells(nil)
			if n := len(row.Cells); n < 2 || row.Cells[n-1].IsBlank() {
				return 0, fmt.Errorf("the line of row %d has a blank end or one field", row.Number)
			}
		}
		got = append(got, row.Clone())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		return 0, fmt.Errorf("(-rows +lines):\n%s", diff)
	}
	return lines, nil
}

func TestLinesAreTheRowsThatTheyStandFor(t *testing.T) {
	chance := rand.New(rand.NewPCG(5, 5))
	lines := 0
	for range 500 {
		text := "a;b;c\n1;2;3\n4;5;6\n" + pieces(chance, 60) + "\n" + strings.Repeat("7;ñ;9\n", chance.IntN(5))
		n, err := checkLines(t.Context(), text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		lines += n
	}
	if lines == 0 {
		t.Error("no row came as a line")
	}
}

func TestALineIsWrittenAsItsFieldsAre(t *testing.T) {
	chance := rand.New(rand.NewPCG(6, 6))
	parts := []string{"", "Lima", ",", "1,5", "\t", "una señora, dos", "\"", "x", "largo texto sin nada"}
	for range 3000 {
		separator := ",;\t|"[chance.IntN(4)]
		fields := make([]string, 2+chance.IntN(6))
		for i := range fields {
			for range chance.IntN(3) {
				fields[i] += strings.ReplaceAll(parts[chance.IntN(len(parts))], string(separator), "")
			}
		}
		line := table.Line{Text: strings.Join(fields, string(separator))}
		line.Ends = append(table.AppendPlaces(nil, line.Text, separator), int32(len(line.Text)))
		values := make([]table.Value, len(fields))
		for i, f := range fields {
			values[i].Text = f
		}
		for _, opt := range []WriterOptions{{NoHeader: true}, {NoHeader: true, Tabs: true}} {
			write := func(row func(table.LineWriter) error) string {
				var out strings.Builder
				w := NewWriter(&out, nil, opt).(table.LineWriter)
				for range 2 {
					if err := row(w); err != nil {
						t.Fatal(err)
					}
				}
				if err := w.Close(); err != nil {
					t.Fatal(err)
				}
				return out.String()
			}
			want := write(func(w table.LineWriter) error { return w.WriteRow(values) })
			got := write(func(w table.LineWriter) error { return w.WriteLine(&line) })
			if got != want {
				t.Fatalf("%q, tabs %t: the line is written as %q, its fields as %q", line.Text, opt.Tabs, got, want)
			}
		}
	}
}

// taking takes blocks over.
type taking struct{ blocks []string }

func (w *taking) Write([]byte) (int, error) { return 0, fmt.Errorf("Write was called") }

func (w *taking) WriteBlock(block []byte) ([]byte, error) {
	w.blocks = append(w.blocks, string(block))
	for i := range block { // it is ours
		block[i] = '#'
	}
	return nil, nil
}

func TestBlocksAreGivenAway(t *testing.T) {
	out := &taking{}
	w := NewWriter(out, []table.Field{{Name: "a"}, {Name: "b"}}, WriterOptions{})
	const rows = 10_000
	for range rows {
		if err := w.WriteRow([]table.Value{{Text: "Lima"}, {Text: "Villa El Salvador"}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if want := "a,b\r\n" + strings.Repeat("Lima,Villa El Salvador\r\n", rows); strings.Join(out.blocks, "") != want || len(out.blocks) < 3 {
		t.Errorf("%d blocks, of which the texts together are not what was written", len(out.blocks))
	}
}
