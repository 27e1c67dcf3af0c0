package detect

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"testing"

	"chasqui/converters/table"
)

// spilling is a sheet in which the cells behind the second column are marked
// as a record's surplus.
type spilling struct{ sketch }

// Rows yields the drawn rows with their marks.
func (s spilling) Rows(ctx context.Context) iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		for row, err := range s.sketch.Rows(ctx) {
			for i := 2; i < len(row.Cells); i++ {
				row.Cells[i].Hint |= table.Spilled
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

func TestARecordsSurplusIsPartOfTheTable(t *testing.T) {
	var text strings.Builder
	text.WriteString("distrito|casos")
	for i := range 40 {
		fmt.Fprintf(&text, "\nLima %d|%d", i, i)
		if i == 20 {
			text.WriteString("|5")
		}
	}
	for _, c := range []struct {
		sheet table.Sheet
		want  string
	}{{draw(text.String()), "h1-1 d2-41 c1-2"}, {spilling{draw(text.String())}, "h1-1 d2-41 c1-3"}} {
		layout, err := Sheet(context.Background(), c.sheet, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := place(layout); got != c.want {
			t.Errorf("%T: got %s, want %s", c.sheet, got, c.want)
		}
	}
}
