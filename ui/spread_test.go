package ui

import (
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestRevisarTellsWhichMergedCellsAreRepeated(t *testing.T) {
	b := newBench(t, Options{})
	b.openBook([][]any{{"Distrito", "Obra", "Monto"}, {"Lima", "Puente", 100}, {nil, "Vía", 31}, {"Callao", "Muelle", 45}, {nil, "Mercado", 12}},
		func(f *excelize.File) error {
			return errors.Join(f.MergeCell("Sheet1", "A2", "A3"), f.MergeCell("Sheet1", "A4", "A5"))
		})
	b.wants("2 celdas combinadas, repetidas en sus filas")
}
