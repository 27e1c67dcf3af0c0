package detect

import (
	"context"
	"slices"
	"strings"
	"testing"

	"chasqui/converters/table"
)

func layoutFor(t *testing.T, sheet table.Sheet) table.SheetLayout {
	t.Helper()
	layout, err := Sheet(context.Background(), sheet, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return layout
}

func TestATextUnderAMergedHeaderKeepsNamingItsColumn(t *testing.T) {
	layout := layoutFor(t, draw("\ncódigo|nombre|monto|\n=1|Luz|=10|=3\n=2|Agua|=25|=8\n=3|Gas|=31|=4",
		table.Range{RowFirst: 1, RowLast: 1, ColFirst: 1, ColLast: 2}, table.Range{RowFirst: 1, RowLast: 1, ColFirst: 3, ColLast: 4}))
	var titles []string
	for _, f := range layout.Tables[0].Fields {
		titles = append(titles, f.Title)
	}
	if want := []string{"código", "nombre", "monto", "monto"}; !slices.Equal(titles, want) {
		t.Errorf("got %q, want %q", titles, want)
	}
}

func TestATitleThatIsCutSaysSo(t *testing.T) {
	title := strings.Repeat("ñandú ", 400)
	layout := layoutFor(t, draw(title+"\n\nRubro|Monto|Saldo\nLuz|=10|=3\nAgua|=25|=8\nGas|=31|=4"))
	got := layout.Tables[0].Titles[0]
	if cut, ok := strings.CutSuffix(got, "…"); !ok || !strings.HasPrefix(title, cut) || len(got) > maxKeptText {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}
