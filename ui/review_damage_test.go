package ui

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"chasqui/app"

	"github.com/xuri/excelize/v2"
)

func TestRevisarTellsThatAPartOfTheFileWasLost(t *testing.T) {
	f := excelize.NewFile()
	for i := range 400 {
		row := []any{i, "Unidad " + strconv.Itoa(i*7919), float64(i) * 10.5}
		if err := f.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var whole bytes.Buffer
	if err := f.Write(&whole); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "roto.xlsx")
	if err := os.WriteFile(path, whole.Bytes()[:whole.Len()*2/3], 0o600); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, Options{})
	b.w.open("roto.xlsx", app.NewDataset{Path: path}, Review)
	b.q.drain()
	b.press("Abrir lo que se pueda")
	b.wants("¿Es esta su tabla?", "Solo se pudo leer una parte de un archivo dañado.")
}
