package parts

import (
	"testing"

	"chasqui/converters/table"

	"github.com/google/go-cmp/cmp"
)

func budgetShape() Shape {
	return ShapeOf(table.Layout{
		HeaderFirst: 5, HeaderLast: 6, DataFirst: 7, DataLast: 13, ColFirst: 2, ColLast: 4, Totals: []int{14}, Subtotals: []int{10},
		Fields: []table.Field{{Col: 2, Type: table.TypeString}, {Col: 3, Type: table.TypeNumber}, {Col: 4, Type: table.TypeDate}},
	})
}

func TestRowsOfASheetAreToldApart(t *testing.T) {
	s := budgetShape()
	want := map[int]part{1: outsideRow, 5: headerRow, 6: headerRow, 7: dataRow, 10: leftOutRow, 13: dataRow, 14: leftOutRow, 15: outsideRow}
	for row, p := range want {
		if got := s.row(row); got != p {
			t.Errorf("row %d is %d, want %d", row, got, p)
		}
	}
}

func TestOutlineRunsAroundHeaderAndData(t *testing.T) {
	s := budgetShape()
	type sides struct{ top, bottom, left, right bool }
	for at, want := range map[[2]int]sides{
		{5, 2}: {top: true, left: true}, {13, 4}: {bottom: true, right: true}, {8, 3}: {}, {5, 1}: {}, {4, 2}: {}, {14, 2}: {},
	} {
		l := s.look(at[0], at[1], table.Cell{})
		if got := (sides{l.top, l.bottom, l.left, l.ridge}); got != want {
			t.Errorf("cell %v has sides %+v, want %+v", at, got, want)
		}
	}
	if l := s.look(8, 6, table.Cell{Text: "al lado"}); l.inside || l.part != outsideRow {
		t.Errorf("a cell beside the table counts as %+v", l)
	}
}

func TestNumbersStandRightAndMisfitsAreMarkedInDataOnly(t *testing.T) {
	s := budgetShape()
	s.Misfit = func(_, col int, c table.Cell) bool { return col == 3 && c.Text == "n/d" }
	bad := table.Cell{Text: "n/d", Kind: table.Text}
	got := []bool{s.look(8, 3, bad).misfit, s.look(5, 3, bad).misfit, s.look(10, 3, bad).misfit, s.look(8, 3, bad).right, s.look(5, 3, bad).right, s.look(8, 2, bad).right}
	if diff := cmp.Diff([]bool{true, false, false, true, false, false}, got); diff != "" {
		t.Error(diff)
	}
}

func TestColumnsAreNamedAsSpreadsheetsDo(t *testing.T) {
	for col, want := range map[int]string{0: "", 1: "A", 26: "Z", 27: "AA", 52: "AZ", 703: "AAA", 16384: "XFD"} {
		if got := Letters(col); got != want {
			t.Errorf("column %d is %q, want %q", col, got, want)
		}
	}
}
