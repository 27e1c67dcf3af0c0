package ui

import (
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestHiddenRowsAreLeftOutWithOnePress(t *testing.T) {
	b := newBench(t, Options{})
	b.openBook([][]any{{"barrio", "casos"}, {"Centro", 5}, {"Norte", 7}, {"Sur", 9}},
		func(f *excelize.File) error { return f.SetRowVisible("Sheet1", 3, false) })
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
