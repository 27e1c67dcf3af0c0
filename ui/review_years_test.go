package ui

import (
	"path/filepath"
	"testing"

	"chasqui/app"
	"chasqui/converters/table"

	"github.com/xuri/excelize/v2"
)

func TestAYearInTheHeaderIsNotGroupedAsANumber(t *testing.T) {
	f := excelize.NewFile()
	for i, row := range [][]any{{"jurisdicción", 2004, 2005}, {"Norte", 85706.5, 91000.25}, {"Sur", 3857.75, 4000.5}, {"Este", 1200.5, 1300.25}} {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = f.SetSheetRow("Sheet1", cell, &row)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "valor.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, Options{})
	b.w.open("valor.xlsx", app.NewDataset{Path: path}, Review)
	b.q.drain()
	show := shapeOf("es", b.w.page.(*reviewPage).t).Show
	if got := show(1, 2, table.Cell{Kind: table.Number, Text: "2004"}); got != "2004" {
		t.Errorf("the header reads %q", got)
	}
	if got := show(2, 2, table.Cell{Kind: table.Number, Text: "85706.5"}); got != "85.706,5" {
		t.Errorf("the value reads %q", got)
	}
}
