package ui

import (
	"os"
	"path/filepath"
	"testing"

	"chasqui/app"
)

func TestBrokenAccentsAreMendedWithOnePress(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cantones.csv")
	if err := os.WriteFile(path, []byte("cantÃ³n;casos\nBelÃ©n;10\nCaÃ±as;20\nLimÃ³n;30\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, Options{})
	b.w.open("cantones.csv", app.NewDataset{Path: path}, Review)
	b.q.drain()
	b.wants("4 textos tienen los acentos dañados: «cantÃ³n» quiere decir «cantón».")
	b.press("Reparar los acentos")
	b.wants("Los acentos dañados se reparan al leer la hoja.")
	b.wants("cantón")
	b.press("Dejarlos como están")
	b.wants("cantÃ³n")
}
