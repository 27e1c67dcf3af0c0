package detect

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// below makes a sheet of n records of one table, other lines, and n of another.
func below(n int, between string, other func(i int) string) sketch {
	var text strings.Builder
	text.WriteString("distrito|casos|altas")
	for i := range n {
		fmt.Fprintf(&text, "\nLima %d|=%d|=%d", i, i*3, i)
	}
	text.WriteString(between)
	for i := range n {
		text.WriteString("\n" + other(i))
	}
	return draw(text.String())
}

func TestTablesFarBelowOneAnotherAreToldApart(t *testing.T) {
	product := func(i int) string { return fmt.Sprintf("Papa %d|kg|=%d", i, i*2) }
	const two = "h1-1 d2-%d c1-3; h%d-%d d%d-%d c1-3"
	for _, n := range [...]int{1990, 1995, 1998, 2300, 4000} {
		layout, err := Sheet(context.Background(), below(n, "\n\nCuadro 2\nproducto|unidad|precio", product), Options{})
		want := fmt.Sprintf(two, n+1, n+4, n+4, n+5, 2*n+4)
		if got := place(layout); err != nil || got != want {
			t.Errorf("%d rows each: %v, got %s, want %s", n, err, got, want)
		}
		if len(layout.Tables) == 2 && (layout.Tables[0].Fields[1].Misfits > 0 || layout.Tables[1].Titles[0] != "Cuadro 2") {
			t.Errorf("%d rows each: %+v", n, layout.Tables)
		}
	}
}

func TestWhatFollowsABlankRowIsNoOtherTableWithoutNamesOfItsOwn(t *testing.T) {
	record := func(i int) string { return fmt.Sprintf("Puno %d|=%d|=%d", i, i, i*5) }
	for name, between := range map[string]string{
		"a blank row":                "\n",
		"a name of a group":          "\n\nRegión Sur",
		"the header again":           "\n\ndistrito|casos|altas",
		"words in place of figures":  "\n\nCusco|no hubo|no hubo",
		"the header on another page": "\n\nPágina 2\ndistrito|casos|altas",
	} {
		layout, err := Sheet(context.Background(), below(3000, between, record), Options{})
		want := fmt.Sprintf("h1-1 d2-%d c1-3", 6001+strings.Count(between, "\n"))
		if got := place(layout); err != nil || got != want {
			t.Errorf("%s: %v, got %s, want %s", name, err, got, want)
		}
	}
}
