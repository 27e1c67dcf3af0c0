package table

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPlacesAreFoundWhereverTheyStand(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		b := make([]byte, chance.IntN(40))
		for i := range b {
			b[i] = ";:<\x3a\xbb\x00a"[chance.IntN(7)]
		}
		var want []int32
		for i := range b {
			if b[i] == ';' {
				want = append(want, int32(i))
			}
		}
		if got := AppendPlaces(nil, string(b), ';'); !slices.Equal(got, want) {
			t.Fatalf("%q: separators at %d, want %d", b, got, want)
		}
	}
}

func TestCellsOfALineAreItsFields(t *testing.T) {
	l := Line{Text: ";Lima;;12,5"}
	l.Ends = append(AppendPlaces(nil, l.Text, ';'), int32(len(l.Text)))
	want := []Cell{{}, {Kind: Text, Text: "Lima"}, {}, {Kind: Text, Text: "12,5"}}
	if diff := cmp.Diff(want, l.AppendCells(nil)); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	fields := strings.Split(l.Text, ";")
	for i := range l.Ends {
		if got := l.Field(i); got != fields[i] {
			t.Errorf("field %d is %q, want %q", i, got, fields[i])
		}
	}
}
