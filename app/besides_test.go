package app

import (
	"fmt"
	"path/filepath"
	"testing"

	"chasqui/app/disk"
	"chasqui/converters/table"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// noticesOfConversion converts a file and returns the notices of the given codes.
func noticesOfConversion(t *testing.T, req ConvertRequest, codes ...string) []table.Notice {
	t.Helper()
	req.Out, req.Disk = filepath.Join(t.TempDir(), "sale.csv"), disk.OS{}
	done, err := Convert(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	var list []table.Notice
	for _, n := range done.Notices {
		for _, c := range codes {
			if n.Code == c {
				list = append(list, n)
			}
		}
	}
	return list
}

func TestAConversionTellsOfTheTablesAndSheetsThatNobodyAskedFor(t *testing.T) {
	f := excelize.NewFile()
	for _, name := range []string{"Vacía", "Notas", "Pagos"} {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
	}
	for cell, v := range map[string]any{
		"A1": "Rubro", "B1": "Monto", "A2": "Luz", "B2": 10, "A3": "Agua", "B3": 25, "A4": "Gas", "B4": 31,
		"A7": "Mes", "B7": "Camas", "A8": "Enero", "B8": 100, "A9": "Febrero", "B9": 250, "A10": "Marzo", "B10": 310,
	} {
		f.SetCellValue("Sheet1", cell, v)
	}
	f.SetCellValue("Notas", "B5", "Solo una nota")
	f.SetCellValue("Pagos", "A1", "Pago")
	path := filepath.Join(t.TempDir(), "libro.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		req  ConvertRequest
		want []table.Notice
	}{
		{"nothing asked for", ConvertRequest{Path: path}, []table.Notice{
			{Code: NoticeOtherTables, Place: table.Place{Sheet: "Sheet1"}, Count: 1},
			{Code: NoticeOtherSheets, Count: 2, Args: map[string]string{"name": "Notas"}},
		}},
		{"a sheet and its table", ConvertRequest{Path: path, Sheet: "Sheet1", Table: 2}, nil},
	} {
		got := noticesOfConversion(t, c.req, NoticeOtherTables, NoticeOtherSheets)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestAConversionTellsWhichCellsOfTheSheetAreNotInTheFile(t *testing.T) {
	f := excelize.NewFile()
	for i := range 30 {
		row := []any{fmt.Sprintf("Unidad %d", i), i * 7, i % 5}
		if i == 0 {
			row = []any{"unidad", "monto", "saldo"}
		}
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	f.SetCellValue("Sheet1", "H12", "ver acta")
	path := filepath.Join(t.TempDir(), "gastos.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	want := []table.Notice{{Code: "cells_beside", Place: table.Place{Sheet: "Sheet1", Row: 12, Col: 8}, Count: 1}}
	for _, asIs := range []bool{false, true} {
		if diff := cmp.Diff(want, noticesOfConversion(t, ConvertRequest{Path: path, AsIs: asIs}, "cells_beside")); diff != "" {
			t.Errorf("as is %t (-want +got):\n%s", asIs, diff)
		}
	}
}
