package ui

import (
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"chasqui/app"
)

func TestRevisarTellsWhichMergedCellsAreRepeated(t *testing.T) {
	f := excelize.NewFile()
	for i, row := range [][]any{{"Distrito", "Obra", "Monto"}, {"Lima", "Puente", 100}, {nil, "Vía", 31}, {"Callao", "Muelle", 45}, {nil, "Mercado", 12}} {
		if err := f.SetSheetRow("Sheet1", "A"+string(rune('1'+i)), &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, at := range [][2]string{{"A2", "A3"}, {"A4", "A5"}} {
		if err := f.MergeCell("Sheet1", at[0], at[1]); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "obras.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, Options{})
	b.w.open("obras.xlsx", app.NewDataset{Path: path}, Review)
	b.q.drain()
	b.wants("2 celdas combinadas, repetidas en sus filas")
}
