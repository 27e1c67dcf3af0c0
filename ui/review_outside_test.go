package ui

import (
	"path/filepath"
	"strconv"
	"testing"

	"chasqui/app"

	"github.com/xuri/excelize/v2"
)

func TestRevisarTellsOfTheCellsThatAreInNoTable(t *testing.T) {
	f := excelize.NewFile()
	for i := range 40 {
		row := []any{"Unidad " + strconv.Itoa(i), i * 7, i % 5}
		if i == 0 {
			row = []any{"unidad", "monto", "saldo"}
		}
		if err := f.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellValue("Sheet1", "H12", "ver acta"); err != nil {
		t.Fatal(err)
	}
	for i := range 62 {
		if err := f.SetCellValue("Sheet1", "A"+strconv.Itoa(i+50), "("+strconv.Itoa(i)+") Aclaración de una cuenta"); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "gastos.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, Options{})
	b.w.open("gastos.xlsx", app.NewDataset{Path: path}, Review)
	b.q.drain()
	b.wants("Una celda al lado de la tabla queda fuera. (hoja Sheet1, fila 12, columna H)",
		"Quedaron fuera 2 celdas de la hoja, que no están en ninguna tabla ni en sus títulos o notas; se indica la primera. (hoja Sheet1, fila 110, columna A)")
}
