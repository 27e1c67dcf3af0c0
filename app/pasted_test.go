package app

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

// workbookOf makes a workbook of one sheet from rows of texts.
func workbookOf(t *testing.T, rows ...[]string) string {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		for k, text := range row {
			at, err := excelize.CoordinatesToCellName(k+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStr("Sheet1", at, text); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return fileOf(t, "libro.xlsx", out.String())
}

func TestACSVPastedIntoOneColumnIsReadAsATable(t *testing.T) {
	path := workbookOf(t, []string{"distrito;año;monto"}, []string{"Anta;2023;1.200,50"}, []string{`"Calca; sur";2024;80,00`}, []string{"Pisac;2024;99,90"})
	found, err := Inspect(t.Context(), InspectRequest{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	sheet := found.Sheets[0]
	if len(sheet.Tables) != 1 || len(sheet.Tables[0].Fields) != 3 || sheet.Tables[0].Fields[2].Type != "number" || sheet.Tables[0].Fields[0].Examples[1] != "Calca; sur" {
		t.Fatalf("tables %+v", sheet.Tables)
	}
	if len(sheet.Notices) == 0 || sheet.Notices[0].Code != "pasted_split" {
		t.Errorf("notices %+v", sheet.Notices)
	}
}

func TestAColumnOfTextStaysOneColumn(t *testing.T) {
	path := workbookOf(t, []string{"Dirección"}, []string{"Av. Grau 1, Lima, Perú"}, []string{"Jr. Unión 2, Cusco, Perú"}, []string{"Calle 8, Puno, Perú"}, []string{"Calle 9, Puno, Perú"})
	found, err := Inspect(t.Context(), InspectRequest{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range found.Sheets[0].Tables {
		if len(table.Fields) != 1 {
			t.Errorf("split into %d fields", len(table.Fields))
		}
	}
}
