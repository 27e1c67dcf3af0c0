package fixedwidth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

// render reads a text as rows, one a line.
func render(content string) (string, error) {
	book, err := Reader{}.Open(context.Background(), tabletest.Memory([]byte(content)), table.Options{Name: "t.txt"})
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for row, err := range book.Sheets()[0].Rows(context.Background()) {
		if err != nil {
			return out.String(), err
		}
		fmt.Fprintf(&out, "%d", row.Number)
		for _, c := range row.Cells {
			fmt.Fprintf(&out, "|%s", c.Text)
		}
		out.WriteString("\n")
	}
	return out.String(), nil
}

func TestAReportIsCutIntoItsColumns(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"rivers", "MUNICIPALIDAD DE ÑAÑA - PADRÓN DE CONTRIBUYENTES DEL AÑO\n\nCÓDIGO  NOMBRE          MONTO\n00101   Ana Pérez      120,50\n00102   Luis Ñahui   1.300,00\n00103   Rosa                \n00104   José Soto        5,00\n",
			"1|MUNICIPALIDAD DE ÑAÑA - PADRÓN DE CONTRIBUYENTES DEL AÑO\n3|CÓDIGO|NOMBRE|MONTO\n4|00101|Ana Pérez|120,50\n5|00102|Luis Ñahui|1.300,00\n6|00103|Rosa\n7|00104|José Soto|5,00\n"},
		{"a rule of dashes", "COD NOMBRE     MONTO\n--- ---------- ------\n  1 Ana  Pérez  12.50\n  2 Luis Ñahui   3.00\n  3 Rosa  Díaz   7.00\n  4 José  Soto   5.00\n=====================\n",
			"1|COD|NOMBRE|MONTO\n2|1|Ana  Pérez|12.50\n3|2|Luis Ñahui|3.00\n4|3|Rosa  Díaz|7.00\n5|4|José  Soto|5.00\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := render(c.text)
			if d := cmp.Diff(c.want, got); d != "" || err != nil {
				t.Errorf("%v (-want +got)\n%s", err, d)
			}
		})
	}
}

func TestAWordTooLongStaysInItsColumn(t *testing.T) {
	var text strings.Builder
	for i := range 60 {
		fmt.Fprintf(&text, "%05d  %-12s  %8d\n", i, "Calle Uno", i*100)
	}
	text.WriteString("00060  Constantinopla-Larga  700\n")
	got, err := render(text.String())
	if err != nil || !strings.HasSuffix(got, "61|00060|Constantinopla-Larga|700\n") {
		t.Errorf("got %s, %v", got[max(0, len(got)-80):], err)
	}
}

func TestPagesOfAPrinterAreOneTable(t *testing.T) {
	var text strings.Builder
	for page := range 5 {
		fmt.Fprintf(&text, "\fMUNICIPALIDAD PROVINCIAL          PAGINA %d\nCOD    NOMBRE        MONTO\n=====  ==========  =======\n", page)
		for i := range 20 {
			fmt.Fprintf(&text, "%05d  Persona %02d  %7d\n", page*20+i, i, i)
		}
	}
	got, err := render(text.String())
	if err != nil || strings.Count(got, "|Persona 07|7\n") != 5 || strings.Count(got, "|COD|NOMBRE|MONTO\n") != 5 {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestProseAndOtherTextsHaveNoColumns(t *testing.T) {
	for name, text := range map[string]string{
		"prose":         "Estimada señora:\nLe escribo para contarle que el archivo no llegó.\nQuedo a su disposición para lo que necesite.\nAtentamente, y con saludos,\nla oficina de datos abiertos\n",
		"justified":     "Le  escribo para contarle que el archivo\nno llegó  a la oficina en la  fecha que\nse había acordado con la  señora alcaldesa\ny  por eso quedamos a la espera de que\nnos lo  envíen otra vez  cuanto antes\n",
		"tabs":          "a\tb  c\n1\t2  3\n1\t2  3\n1\t2  3\n1\t2  3\n",
		"few lines":     "a  b\n1  2\n",
		"one column":    "uno\ndos\ntres\ncuatro\ncinco\n",
		"binary":        "a  b\x00\n1  2\n1  2\n1  2\n1  2\n",
		"padded csv":    "cod ;  nombre ;  monto\n001 ;  Ana    ;     12\n002 ;  Luis   ;      3\n003 ;  Rosa   ;      4\n004 ;  José   ;      5\n",
		"padded commas": "cod ,  nombre ,  monto\n001 ,  Ana    ,     12\n002 ,  Luis   ,      3\n003 ,  Rosa   ,      4\n004 ,  José   ,      5\n",
		"nothing":       "",
		"without ends":  strings.Repeat("a  b ", 20_000),
	} {
		if Sniff(tabletest.Memory([]byte(text))) {
			t.Errorf("%s is taken for columns", name)
		}
	}
}

// listing makes a text of many lines.
func listing() string {
	var text strings.Builder
	text.WriteString("CÓDIGO    DISTRITO         MONTO\n")
	for i := range 2000 {
		fmt.Fprintf(&text, "%06d    Distrito %-6d %8d\n", i, i, i*7)
	}
	return text.String()
}

func TestReaderConforms(t *testing.T) {
	if err := tabletest.CheckReader(Reader{}, []byte(listing()), table.Options{Name: "t.txt"}); err != nil {
		t.Error(err)
	}
}

func TestALineWithoutEndIsHostile(t *testing.T) {
	text := listing()
	for len(text) < sampled {
		text += listing()
	}
	_, err := render(text + strings.Repeat("x", maxLine+1))
	var f *table.Fault
	if !errors.As(err, &f) || f.Kind != table.Hostile {
		t.Errorf("got %v, want hostile", err)
	}
}

func FuzzReader(f *testing.F) {
	f.Add(listing()[:600])
	f.Add("COD NOMBRE     MONTO\n--- ---------- ------\n  1 Ana  Pérez  12.50\n  2 Luis Ñahui   3.00\n  3 Rosa  Díaz   7.00\n  4 José  Soto   5.00\n")
	f.Fuzz(func(t *testing.T, content string) {
		_, err := render(content)
		tabletest.KindOf(t, err)
	})
}

func TestWordsThatBlanksSeparateAreNotColumns(t *testing.T) {
	for _, content := range []string{
		"# note\nid  \"a b\"   monto\n1   \"x y\"     5.25\n20  \"pozo\"   6.50\n3   \"silo\"   7.00\n4   \"noria\"  8.00\n",
		"53131 20190101 1610      3 -111.17   32.24\n53131 20190101 1615      3 -111.17   32.24\n53131 20190101 1620      3 -111.17   32.24\n53131 20190101 1625      3 -111.17   32.24\n",
	} {
		if got, err := render(content); err == nil {
			t.Errorf("cut into columns:\n%s", got)
		}
	}
	if _, err := render("obra nueva     monto\npozo norte     12.50\nsilo viejo      6.50\nnoria alta      7.00\ndique bajo      8.00\n"); err != nil {
		t.Errorf("two words in each line: %v", err)
	}
}
