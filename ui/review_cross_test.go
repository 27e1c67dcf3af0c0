package ui

import (
	"os"
	"path/filepath"
	"testing"

	"chasqui/app"
)

func TestYearsInColumnsBecomeRowsWithOnePress(t *testing.T) {
	path := filepath.Join(t.TempDir(), "poblacion.csv")
	if err := os.WriteFile(path, []byte("cantón,2021,2022,2023\nAlajuela,10,11,12\nBelén,20,21,22\nCartago,30,31,32\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, Options{})
	b.w.open("poblacion.csv", app.NewDataset{Path: path}, Review)
	b.q.drain()
	b.wants("Los períodos son columnas")
	b.wants("3 columnas son períodos, de 2021 a 2023. Con una fila por período la tabla se filtra, se suma y se une mejor a la del año que viene.")
	b.press("Pasarlas a filas")
	b.wants("Cada período es una fila: 9 filas en total, con las columnas nuevas Año, Valor. Su archivo queda como está.")
	b.wants("Alajuela · 2022 · 11")
	b.press("Dejarlas como columnas")
	b.wants("Los períodos son columnas")
	b.press("Deshacer")
	b.wants("Alajuela · 2022 · 11")
}
