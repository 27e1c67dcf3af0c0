package ui

import (
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"chasqui/app"
)

func TestHiddenRowsAreLeftOutWithOnePress(t *testing.T) {
	f := excelize.NewFile()
	for i, row := range [][]any{{"barrio", "casos"}, {"Centro", 5}, {"Norte", 7}, {"Sur", 9}} {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = f.SetSheetRow("Sheet1", cell, &row)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "oculto.xlsx")
	if err := f.SetRowVisible("Sheet1", 3, false); err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, Options{})
	b.w.open("oculto.xlsx", app.NewDataset{Path: path}, Review)
	b.q.drain()
	b.wants("La hoja tiene filas o columnas ocultas: también se incluyen.")
	b.press("Dejar fuera lo oculto")
	b.wants("Lo que está oculto en la hoja queda fuera.")
	if got := b.w.page.(*reviewPage).t.Rows(); got != 2 {
		t.Errorf("%d rows are left, want 2", got)
	}
	b.press("Incluir lo oculto")
	if got := b.w.page.(*reviewPage).t.Rows(); got != 3 {
		t.Errorf("%d rows with what is hidden, want 3", got)
	}
}
