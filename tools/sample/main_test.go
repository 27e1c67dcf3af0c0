package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"chasqui/assets/samples"
)

// TestSamplesAreWhatTheGeneratorMakes holds that the embedded files can be
// made again, byte for byte.
func TestSamplesAreWhatTheGeneratorMakes(t *testing.T) {
	dir := t.TempDir()
	if err := writeAll(dir); err != nil {
		t.Fatal(err)
	}
	for _, sample := range []func() (string, []byte){samples.Budget, samples.Works} {
		name, want := sample()
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from what the generator makes: run go run ./tools/sample", name)
		}
	}
}

func TestTheWorkbookHoldsTheMessItIsFor(t *testing.T) {
	_, data := samples.Budget()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cases := map[string]string{
		"B1": "MUNICIPALIDAD DE SANTA ROSA DE LOS ANDES",
		"A5": "Clasificador", "A6": "Código", "D5": "Presupuesto", "A7": "",
		"A8": "010101", "C8": "0001", "B20": "Subtotal Alcaldía", "J32": "31/02/2026",
	}
	for cell, want := range cases {
		if got, _ := f.GetCellValue(sheetMain, cell); got != want {
			t.Errorf("%s is %q, want %q", cell, got, want)
		}
	}
	if pictures, _ := f.GetPictures(sheetMain, "A1"); len(pictures) != 1 {
		t.Errorf("%d pictures in A1, want the emblem", len(pictures))
	}
	if visible, _ := f.GetSheetVisible("Parámetros"); visible {
		t.Error("the sheet of parameters is visible")
	}
}
