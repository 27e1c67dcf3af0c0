package detect

import (
	"context"
	"fmt"
	"iter"
	"testing"

	"chasqui/converters/table"
)

// long is a sheet of many rows made on the fly.
type long struct {
	sketch
	rows int
}

// Rows yields a header and rows of six mixed columns.
func (s long) Rows(context.Context) iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		if !yield(table.Row{Number: 1, Cells: cellsOf("id|municipio|monto|fecha|código|personas")}, nil) {
			return
		}
		cells := make([]table.Cell, 6)
		for i := range s.rows {
			for k, text := range [...]string{
				fmt.Sprint(i), fmt.Sprintf("Municipio %d", i%345), fmt.Sprintf("%d,%02d", i*7, i%100),
				fmt.Sprintf("%02d/%02d/2024", i%28+1, i%12+1), fmt.Sprintf("0%04d", i%9999), fmt.Sprint(i * 13 % 100003),
			} {
				cells[k] = table.Cell{Kind: table.Text, Text: text}
			}
			if !yield(table.Row{Number: i + 2, Cells: cells}, nil) {
				return
			}
		}
	}
}

func TestALongSheetIsExactAtItsEnds(t *testing.T) {
	w := DefaultWeights()
	w.FullBytes = 1 << 20
	layout, err := Sheet(context.Background(), long{rows: 120_000}, Options{Weights: &w})
	if err != nil {
		t.Fatal(err)
	}
	if got := place(layout); got != "h1-1 d2-120001 c1-6" || layout.Rows != 120_001 {
		t.Fatalf("got %s, %d rows", got, layout.Rows)
	}
	want := [...]table.Type{table.TypeInteger, table.TypeString, table.TypeNumber, table.TypeDate, table.TypeString, table.TypeInteger}
	for i, f := range layout.Tables[0].Fields {
		if f.Type != want[i] {
			t.Errorf("column %d is %s, want %s", i+1, f.Type, want[i])
		}
	}
	if !layout.Tables[0].Sampled {
		t.Error("the sample is not declared")
	}
}

func BenchmarkSheet(b *testing.B) {
	for b.Loop() {
		if _, err := Sheet(context.Background(), long{rows: 60_000}, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
