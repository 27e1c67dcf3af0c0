package app

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/app/disk"
)

func TestWhatAClipboardHoldsIsReadFromStandardInput(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"cells of Excel as text", "codigo\tnota\n001\t\"dos\nlíneas\"\n002\tuna\n", "codigo,nota\r\n001,\"dos\nlíneas\"\r\n002,una\r\n"},
		{"one column of them", "codigo\n001\n002\n", "codigo\r\n001\r\n002\r\n"},
		{"cells of LibreOffice as a page", `<table><tr><td>codigo</td><td>monto</td></tr><tr><td>001</td><td sdval="1234.5">1.234,50</td></tr><tr><td>002</td><td sdval="7">7,00</td></tr></table>`,
			"codigo,monto\r\n001,1234.5\r\n002,7\r\n"},
		{"Windows' own wrapping of a page", "Version:0.9\r\nStartHTML:00000105\r\nEndHTML:00000240\r\n<html><table><tr><td>a</td><td>b</td></tr><tr><td>01</td><td>x</td></tr><tr><td>02</td><td>y</td></tr></table></html>",
			"a,b\r\n01,x\r\n02,y\r\n"},
	} {
		var out bytes.Buffer
		_, err := Convert(t.Context(), ConvertRequest{Path: "-", Stdin: strings.NewReader(c.content), Out: "-", Stdout: &out, Disk: disk.OS{}})
		if err != nil || out.String() != c.want {
			t.Errorf("%s: got %q, %v; want %q", c.name, out.String(), err, c.want)
		}
	}
}

func TestAReportPrintedOnPagesIsOneTableWithoutItsPagesTitles(t *testing.T) {
	page := func(n int, lines string) string {
		return fmt.Sprintf("MUNICIPALIDAD DE PRUEBA                            Página %d\nEJECUCION DEL GASTO                             31/03/2026\n\n", n) +
			"Codigo   Descripcion                   Monto        Saldo\n------   ------------------------- ---------    ---------\n" + lines + "\f"
	}
	report := page(1, "000001   Servicios personales       1.200,00       300,00\n000002   Materiales y suministros     150,50        20,00\n000003   Bienes duraderos           3.000,00         0,00\n") +
		page(2, "000004   Transferencias               500,25        10,75\n000005   Intereses                  1.200,00       300,00\n000006   Amortizacion                 150,50        20,00\n") +
		page(3, "000007   Otros                        150,50        20,00\n")
	var out bytes.Buffer
	_, err := Convert(t.Context(), ConvertRequest{Path: "-", Stdin: strings.NewReader(report), Out: "-", Stdout: &out, Disk: disk.OS{}})
	if err != nil {
		t.Fatal(err)
	}
	want := "codigo,descripcion,monto,saldo\r\n000001,Servicios personales,1200.00,300.00\r\n000002,Materiales y suministros,150.50,20.00\r\n" +
		"000003,Bienes duraderos,3000.00,0.00\r\n000004,Transferencias,500.25,10.75\r\n000005,Intereses,1200.00,300.00\r\n" +
		"000006,Amortizacion,150.50,20.00\r\n000007,Otros,150.50,20.00\r\n"
	if d := cmp.Diff(want, out.String()); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestASectionThatOnlyResemblesATitleStays(t *testing.T) {
	text := "Ejercicio 2020;;\nrubro;monto;saldo\nLuz;10;3\nAgua;25;8\nEjercicio 2021;;\nGas;31;4\nPan;7;1\n"
	var out bytes.Buffer
	_, err := Convert(t.Context(), ConvertRequest{Path: "-", Stdin: strings.NewReader(text), Out: "-", Stdout: &out, Disk: disk.OS{}})
	if err != nil || !strings.Contains(out.String(), "Ejercicio 2021") {
		t.Errorf("got %q, %v", out.String(), err)
	}
}
