package detect

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chasqui/converters/table"
)

// leftOutOf returns the notice of the cells that a sheet's layout leaves out, besides
// those that stand beside a table; its count is 0 where there is none.
func leftOutOf(layout table.SheetLayout) table.Notice {
	for _, n := range layout.Notices {
		if n.Code == NoticeCellsLeftOut {
			return n
		}
	}
	return table.Notice{}
}

func layoutFor(t *testing.T, sheet table.Sheet) table.SheetLayout {
	t.Helper()
	layout, err := Sheet(context.Background(), sheet, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return layout
}

// saysWhere reports whether a layout says where a cell is: in a table's columns and
// its header, data or totals, or among its titles and notes.
func saysWhere(l table.Layout, row, col int, text string) bool {
	if col >= l.ColFirst && col <= l.ColLast &&
		(row >= l.HeaderFirst && row <= l.HeaderLast || row >= l.DataFirst && row <= l.DataLast || slices.Contains(l.Totals, row)) {
		return true
	}
	return slices.ContainsFunc(slices.Concat(l.Titles, l.Notes), func(s string) bool { return strings.Contains(s, text) })
}

// countedIn are the cells that notices count: of two tables side by side both count
// what stands beside them.
func countedIn(layout table.SheetLayout) int {
	n, beside := leftOutOf(layout).Count, 0
	for _, t := range layout.Tables {
		for _, notice := range t.Notices {
			if notice.Code == NoticeCellsBeside {
				beside = max(beside, notice.Count)
			}
		}
	}
	return n + beside
}

func TestEveryCellIsInATableOrNamedOrCounted(t *testing.T) {
	for _, c := range slices.Concat(plainSheets(), oddSheets(), publishedSheets(), stackedSheets(), yearbookSheets()) {
		layout := layoutFor(t, c.sheet)
		silent := 0
		for row := range c.sheet.Rows(context.Background()) {
			for i, cell := range row.Cells {
				text := table.TrimSpace(cell.Text)
				named := func(l table.Layout) bool { return saysWhere(l, row.Number, i+1, text) }
				if strings.Trim(text, "-") != "" && !slices.ContainsFunc(layout.Tables, named) {
					silent++
				}
			}
		}
		if len(layout.Tables) == 0 {
			silent = 0 // nothing is left out of no table
		}
		if n := countedIn(layout); n != silent {
			t.Errorf("%s: %d cells are told to be left out, and %d are", c.name, n, silent)
		}
	}
}

func TestTheTitleOfATableBesideAnotherIsNotLeftOut(t *testing.T) {
	var b strings.Builder
	b.WriteString("rubro|monto|saldo")
	for i := range 30 {
		fmt.Fprintf(&b, "\nRubro %d|=%d|=%d", i, i*3, i*5)
		if i == 6 {
			b.WriteString("|||Cuadro lateral")
		}
		if i == 8 {
			b.WriteString("|||año|casos")
		}
		if i > 8 && i < 20 {
			fmt.Fprintf(&b, "|||=%d|=%d", 2000+i, i)
		}
	}
	layout := layoutFor(t, draw(b.String()))
	if got, n := place(layout), countedIn(layout); got != "h1-1 d2-31 c1-3; h10-10 d11-21 c6-7" || n > 0 {
		t.Errorf("%s, %d cells left out", got, n)
	}
}

func TestNotesBeyondThoseListedAreCounted(t *testing.T) {
	var b strings.Builder
	b.WriteString("Rubro|Monto|Saldo\nLuz|=10|=3\nAgua|=25|=8\nGas|=31|=4\n")
	for i := range 70 {
		fmt.Fprintf(&b, "\n(%d) Aclaración de la cuenta", i)
	}
	layout := layoutFor(t, draw(b.String()))
	if notes, n := len(layout.Tables[0].Notes), leftOutOf(layout).Count; notes != mostNotes || n != 70-mostNotes {
		t.Errorf("%d notes are listed and %d counted", notes, n)
	}
}

func TestCommentsUnderTheHeaderAreNotes(t *testing.T) {
	layout := layoutFor(t, draw("\nrubro|monto|saldo\n# en soles\n# provisional\nLuz|=10|=3\nAgua|=25|=8\nGas|=31|=4"))
	if got := place(layout); got != "h1-1 d4-6 c1-3" {
		t.Fatal(got)
	}
	if got := layout.Tables[0].Notes; !slices.Equal(got, []string{"# en soles", "# provisional"}) {
		t.Errorf("notes %q", got)
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

// longSheet draws records and, behind blank rows, notes.
func longSheet(records, blanks, notes int) sketch {
	var b strings.Builder
	b.WriteString("distrito|casos|altas")
	for i := range records {
		fmt.Fprintf(&b, "\nLima %d|=%d|=%d", i, i, i%7)
	}
	b.WriteString(strings.Repeat("\n", blanks))
	for i := range notes {
		fmt.Fprintf(&b, "\n(%d) Aclaración de la cuenta", i)
	}
	return draw(b.String())
}

func TestRowsThatAreNotKeptAreDataWhereAllBelowThemAreNotes(t *testing.T) {
	layout := layoutFor(t, longSheet(2100, 1, 450))
	if got, n := place(layout), leftOutOf(layout).Count; got != "h1-1 d2-2152 c1-3" || n != 400-mostNotes {
		t.Errorf("%s, %d cells are left out", got, n)
	}
}

func TestCellsOfRowsThatAreNotKeptAreCountedWhereNoTableHasThem(t *testing.T) {
	layout := layoutFor(t, longSheet(500, 5, 3000))
	n := leftOutOf(layout)
	if got := place(layout); got != "h1-1 d2-501 c1-3" || n.Count != 3000-mostNotes || n.Place.Row != 507+mostNotes {
		t.Errorf("%s, left out: %+v", got, n)
	}
}

func TestCellsLeftOutOfTablesFarBelowOneAnotherAreCountedTogether(t *testing.T) {
	var b strings.Builder
	for _, name := range []string{"distrito", "mes"} {
		for i := range mostTitles + 5 {
			fmt.Fprintf(&b, "Línea %d de la presentación\n", i)
		}
		fmt.Fprintf(&b, "\n%s|casos %s|altas\n", name, name)
		for i := range 3000 {
			fmt.Fprintf(&b, "%s %d|=%d|=%d\n", name, i, i, i%7)
		}
		b.WriteString("\n")
	}
	for i := range mostNotes + 7 {
		fmt.Fprintf(&b, "(%d) Aclaración de la cuenta\n", i)
	}
	layout := layoutFor(t, draw(b.String()))
	if n := leftOutOf(layout); len(layout.Tables) != 2 || n.Count != 5+7 || n.Place.Row != mostTitles+1 {
		t.Errorf("%s, left out: %+v", place(layout), n)
	}
}
