package delimited

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
)

// pieces make texts in which every special byte meets every other.
func pieces(chance *rand.Rand, n int) string {
	list := [...]string{"a", "ñandú", "12,5", ";", ";", ";", "\"", "\"", "\"\"", "\n", "\n", "\r\n", "\r", " ", "\"x\"", ";\"y\";", "\"z;\n\""}
	var b strings.Builder
	for range n {
		b.WriteString(list[chance.IntN(len(list))])
	}
	return b.String()
}

// record is a record with its number and the offset where it begins.
type record struct {
	number int
	offset int64
	cells  []table.Cell
}

// recordsOf reads all records of a text.
func recordsOf(text string, d dialect) []record {
	var all []record
	for in := newSplitter(strings.NewReader(text), d); in.next(); {
		all = append(all, record{in.number, in.offset, table.Row{Cells: in.row()}.Clone().Cells})
	}
	return all
}

func TestLinesCutAtOnceAreThoseCutByteByByte(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 1))
	fast := dialect{delimiter: ';', quote: '"', double: true}
	slow := fast
	slow.escape = 1 // a byte that does not occur: every record is looked at byte by byte
	for range 3000 {
		text := pieces(chance, 1+chance.IntN(40))
		want, got := recordsOf(text, slow), recordsOf(text, fast)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(record{})); diff != "" {
			t.Fatalf("%q (-byte by byte +at once):\n%s", text, diff)
		}
	}
}

func TestRecordsPassedOverAreCounted(t *testing.T) {
	chance := rand.New(rand.NewPCG(2, 2))
	for range 300 {
		d := dialect{delimiter: ';', quote: '"', double: true}
		if chance.IntN(3) == 0 {
			d.quote = 0
		}
		var text strings.Builder
		for range 1 + chance.IntN(30) {
			if chance.IntN(4) == 0 {
				text.WriteString(pieces(chance, 10))
			}
			line := fmt.Sprintf("%d;Lima;%d%s", chance.IntN(100), chance.IntN(100), [...]string{"\n", "\r\n"}[chance.IntN(2)])
			text.WriteString(strings.Repeat(line, 1+chance.IntN(20)))
		}
		all := recordsOf(text.String(), d)
		to := int64(chance.IntN(text.Len()))
		in := newSplitter(strings.NewReader(text.String()), d)
		if err := in.passOver(t.Context(), to); err != nil {
			t.Fatal(err)
		}
		for in.next() {
			want := all[in.number-1]
			if got := (record{in.number, in.offset, table.Row{Cells: in.row()}.Clone().Cells}); !cmp.Equal(want, got, cmp.AllowUnexported(record{})) {
				t.Fatalf("behind offset %d of %q: record %v, want %v", to, text.String(), got, want)
			}
		}
		if last := all[len(all)-1].number; in.number != last {
			t.Fatalf("behind offset %d of %q: %d records, want %d", to, text.String(), in.number, last)
		}
	}
}

// large is a text of more than sampleFrom bytes that is made while it is read.
type large struct {
	line string
	rows int
	end  string
}

func (l large) Size() int64 { return int64(len(l.line)*l.rows + len(l.end)) }

// ReadAt makes the bytes at an offset; see io.ReaderAt.
func (l large) ReadAt(p []byte, at int64) (int, error) {
	n := 0
	for n < len(p) && at < int64(len(l.line)*l.rows) {
		k := copy(p[n:], l.line[at%int64(len(l.line)):])
		n, at = n+k, at+int64(k)
	}
	return n + copy(p[n:], l.end[min(len(l.end), max(0, int(at)-len(l.line)*l.rows)):]), nil
}

func TestASampleOfALargeTextKeepsNumbersAndTheEnd(t *testing.T) {
	src := large{line: "Lima;12;\"34\";no se sabe;2026-03-31\r\n", rows: 2_000_000, end: "TOTAL;;;;\r\nFuente: INEI\r\n"}
	book, err := Reader{}.Open(t.Context(), src, table.Options{Name: "a.csv"})
	if err != nil {
		t.Fatal(err)
	}
	rows, passed, last, text := 0, 0, 0, ""
	for row, err := range book.Sheets()[0].(table.Sampler).SampledRows(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if row.Passed {
			passed++
		} else if row.Number != last+1 {
			t.Fatalf("row %d follows row %d, and nothing says that rows were passed over", row.Number, last)
		}
		rows, last, text = rows+1, row.Number, strings.Clone(row.Cells[0].Text)
	}
	if last != src.rows+2 || text != "Fuente: INEI" {
		t.Errorf("the last row is %d with %q, want %d with the source", last, text, src.rows+2)
	}
	if rows > src.rows/2 || passed < 10 {
		t.Errorf("%d of %d rows were read, with %d gaps between", rows, last, passed)
	}
}

func TestARowWhoseMemoryIsHeldStaysAsItIs(t *testing.T) {
	var text strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&text, "fila %d;%d;un texto que ocupa lugar\n", i, i)
	}
	book, err := Reader{}.Open(t.Context(), strings.NewReader(text.String()), table.Options{Name: "largo.csv"})
	if err != nil {
		t.Fatal(err)
	}
	var held []table.Row
	for row, err := range book.Sheets()[0].Rows(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if row.Number%100 == 0 && row.Memory != nil { // where two pieces meet, a row lies elsewhere
			row.Memory.Hold()
			row.Cells = slices.Clone(row.Cells)
			held = append(held, row)
		}
	}
	for _, row := range held {
		if want := fmt.Sprintf("fila %d", row.Number-1); row.Cells[0].Text != want {
			t.Fatalf("row %d reads %q now, want %q", row.Number, row.Cells[0].Text, want)
		}
	}
	if len(held) < 390 {
		t.Errorf("%d rows of 400 could be held", len(held))
	}
}
