package app

import (
	"bytes"
	"strings"
	"testing"

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
