package ui

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/xuri/excelize/v2"
)

func TestALockedWorkbookAsksForItsPasswordUntilItIsRight(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clave.xlsx")
	f := excelize.NewFile()
	defer f.Close()
	for at, v := range map[string]string{"A1": "código", "B1": "monto", "A2": "0101", "B2": "1,5", "A3": "0102", "B3": "2,5"} {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(path, excelize.Options{Password: "clave"}); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, Options{})
	b.w.openFiles([]string{path})
	b.q.drain()
	b.wants("El libro tiene una contraseña", "clave.xlsx")
	answer := func(text string) {
		entry := b.entries()[0]
		if !entry.Password {
			t.Error("the password can be read over the shoulder")
		}
		test.Type(entry, text)
		b.press("Abrir")
	}
	answer("otra")
	b.wants("La contraseña no abre «clave.xlsx»")
	answer("clave")
	if b.w.screen != Review {
		t.Errorf("the right password led to %s: %s", b.w.screen, b.words())
	}
}
