package delimited

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

// among puts a line among four records of three fields that are as they should
// be, and returns how the line is read.
func among(t *testing.T, separator, line string) [][]string {
	t.Helper()
	good := func(n int) string {
		return strings.Join([]string{fmt.Sprint(n), fmt.Sprintf("%q", "obra "+fmt.Sprint(n)), "12.5"}, separator) + "\n"
	}
	text := strings.Join([]string{"código", "nombre", "monto"}, separator) + "\n" + good(1) + good(2) + line + "\n" + good(3) + good(4)
	got := rows(t, text)
	if n := len(got); n < 6 || got[0][0] != "1" || !cmp.Equal(got[n-1][1:], []string{"4", "obra 4", "12.5"}) {
		t.Fatalf("the records around the line are read as %q", got)
	}
	return got[3 : len(got)-2]
}

func TestARecordThatIsCutWronglyIsReadAnew(t *testing.T) {
	for _, c := range []struct {
		name, separator, line string
		want                  []string
	}{
		{"a quote that never closes", ";", `9;"abierta;7`, []string{"9", `"abierta`, "7"}},
		{"one before a field in quotes", ";", `"9;"puente";7`, []string{`"9`, "puente", "7"}},
		{"a doubled quote that closes", ",", `9,"puente, nuevo"",7`, []string{"9", `puente, nuevo"`, "7"}},
		{"words behind the closing quote", ",", `9,"uno dos" tres,7`, []string{"9", `"uno dos" tres`, "7"}},
		{"the other quote around a separator", ",", `9,'Lima, Perú',7`, []string{"9", "Lima, Perú", "7"}},
		{"both quotes in a record", ";", `"9";'Lima; Perú';7`, []string{"9", "Lima; Perú", "7"}},
		{"the other quote around all fields", "|", `'9'|'puente'|'7'`, []string{"9", "puente", "7"}},
		{"quotes around the record", ",", `"9,""puente, nuevo"",7"`, []string{"9", "puente, nuevo", "7"}},
		{"another separator", ";", "9\tpuente\t7", []string{"9", "puente", "7"}},
		{"blanks between quotes", ";", `"9" "puente, nuevo" "7"`, []string{"9", "puente, nuevo", "7"}},
		{"another separator with quotes", "|", `9,"puente, nuevo",7`, []string{"9", "puente, nuevo", "7"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := among(t, c.separator, c.line)
			if d := cmp.Diff([][]string{append([]string{"4"}, c.want...)}, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestARecordThatNoReadingFitsStaysAsItIs(t *testing.T) {
	for _, c := range []struct {
		name, separator, line string
		want                  []string
	}{
		{"too few fields", ";", "9;puente", []string{"9", "puente"}},
		{"too many fields", ";", "9;puente;7;más", []string{"9", "puente", "7", "más"}},
		{"a number with groups", ";", "9;1,234,567", []string{"9", "1,234,567"}},
		{"words between blanks", ";", "Datos 2024 preliminares", []string{"Datos 2024 preliminares"}},
		{"an apostrophe before a word", ",", "9,'t Hart,7,más", []string{"9", "'t Hart", "7", "más"}},
		{"a sentence with other separators", "|", "Fuente: INEI, 2024, p. 3", []string{"Fuente: INEI, 2024, p. 3"}},
		{"a sentence with the separator", ";", "Nota: datos preliminares; sujetos a revisión", []string{"Nota: datos preliminares; sujetos a revisión"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := among(t, c.separator, c.line)
			if d := cmp.Diff([][]string{append([]string{"4"}, c.want...)}, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestAFieldOfSeveralLinesStaysWholeBesideAStrayQuote(t *testing.T) {
	for _, line := range []string{"9,\"\"a,\"uno\ndos\"", "9,a\"b,\"uno\ndos\"", "9\ta\t\"uno\ndos\"", "9,\"a\"\",\"uno\ndos\""} {
		got := among(t, ",", line)
		if len(got) != 1 || len(got[0]) != 4 || got[0][3] != "uno\ndos" {
			t.Errorf("%q is read as %q", line, got)
		}
	}
}

func TestRecordsInQuotesAreReadThroughout(t *testing.T) {
	text := "\"id,nombre,monto\"\n\"1,\"\"Lima, Perú\"\",5\"\n\"2,\"\"Av. Grau\n15\"\",6\"\n\"3,Cusco,7\"\n"
	want := [][]string{{"1", "id", "nombre", "monto"}, {"2", "1", "Lima, Perú", "5"}, {"3", "2", "Av. Grau\n15", "6"}, {"4", "3", "Cusco", "7"}}
	if d := cmp.Diff(want, rows(t, text)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	names := "\"alcalde\"\n\"Pérez, Ana\"\n\"Ruiz, Luis\"\n\"Díaz, Eva\"\n"
	if got := rows(t, names); len(got[1]) != 2 || got[1][1] != "Pérez, Ana" {
		t.Errorf("names in quotes are read as %q", got)
	}
}

func TestWhatWasMendedAndWhatIsUnevenIsSaid(t *testing.T) {
	text := "a;b;c\n1;2;3\n4;\"5;6\n7;8;9\n7;8\n1;2;3\n1;2;3\n1;2;3;4\n1;2;3\n"
	book, err := Reader{}.Open(context.Background(), tabletest.Memory([]byte(text)), table.Options{Name: "x.csv"})
	if err != nil {
		t.Fatal(err)
	}
	sheet := book.Sheets()[0]
	for _, err := range sheet.Rows(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
	}
	want := []table.Notice{
		{Code: NoticeOpenQuote, Place: table.Place{File: "x.csv", Row: 3}, Count: 1},
		{Code: NoticeUneven, Place: table.Place{File: "x.csv", Row: 5}, Count: 2},
	}
	if d := cmp.Diff(want, sheet.Notices()); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestManyOpenQuotesStayLinear(t *testing.T) {
	var text strings.Builder
	text.WriteString("a;b;c\n")
	for i := range 8_000 {
		if i > 3000 && i%2 == 0 {
			fmt.Fprintf(&text, "%d;\"abierta;\"%d\n", i, i)
		} else {
			fmt.Fprintf(&text, "%d;cerrada;%d\n", i, i)
		}
	}
	if got := len(rows(t, text.String())); got != 8_001 {
		t.Errorf("%d records, want 8001", got)
	}
}
