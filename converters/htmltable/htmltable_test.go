package htmltable

import (
	"flag"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

var update = flag.Bool("update", false, "write the golden file anew")

func sample(t testing.TB) []byte { return tabletest.File(t, "testdata/muestra.html") }

// render reads a page as text.
func render(content []byte) (string, error) {
	return tabletest.Text(Reader{}, content, table.Options{Name: "x.xls"})
}

func TestTheSampleOfLibreOfficeReadsAsTheGoldenFileSays(t *testing.T) {
	got, err := render(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	tabletest.Golden(t, *update, "testdata/muestra.golden", got)
}

func TestReaderConforms(t *testing.T) {
	for _, content := range [][]byte{sample(t), []byte("<table><tr><td>a<td>b\xf1</table>")} {
		if err := tabletest.CheckReader(Reader{}, content, table.Options{Name: "x.xls"}); err != nil {
			t.Error(err)
		}
	}
}

func TestAPageIsReadAsItIsShown(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"columns and rows that cells span", `<table><tr><td rowspan=2>a<td colspan="2">b<td>c<tr><td>d<td>e<td>f</table>`,
			"sheet \"1\"\n1 1:text\"a\" 2:text\"b\" 4:text\"c\"\n2 2:text\"d\" 3:text\"e\" 4:text\"f\"\nmerge rows 1-2 columns 1-1\nmerge rows 1-1 columns 2-3"},
		{"blanks, breaks, entities and comments", "<table><tr><td>\n  uno\t dos<br>tr&eacute;s<!-- no --> &amp; <p>cua\n</p></td><td>&nbsp;</td><td>&nbsp;x&nbsp;</td></tr></table>",
			"sheet \"1\"\n1 1:text\"uno dos\\ntrés &\\ncua\" 3:text\"x\""},
		{"tags left open", `<table><thead><tr><th>A<th>B</thead><tbody><tr><td>1<td>2<tr><td>3</table>`,
			"sheet \"1\"\n1 1:text+bold\"A\" 2:text+bold\"B\"\n2 1:text\"1\" 2:text\"2\"\n3 1:text\"3\""},
		{"a table in a table is a sheet of its own", `<table><tr><td>fuera<table><caption> Los  datos </caption><tr><td>dentro</table>luego<td>b</table>`,
			"sheet \"1\"\n1 1:text\"fueraluego\" 2:text\"b\"\nsheet \"Los datos\"\n1 1:text\"dentro\""},
		{"several tables", `<table><tr><td>a</table><p>x<table><tr><td>b</table>`, "sheet \"1\"\n1 1:text\"a\"\nsheet \"2\"\n1 1:text\"b\""},
		{"codes stay as they are", `<table><tr><td style='mso-number-format:"\@"'>00123<td>1.234,50</table>`, "sheet \"1\"\n1 1:text\"00123\" 2:text\"1.234,50\""},
		{"numbers that Excel left", `<table><tr><td x:num="1234.5678">1.234,57<td x:num="45382">31/03/2024<td x:num="0.0125">1%<td x:num>5<td x:num="0x1p4">9</table>`,
			"sheet \"1\"\n1 1:number\"1234.5678\" 2:text\"31/03/2024\" 3:number+percent\"0.0125\" 4:text\"5\" 5:text\"9\""},
		{"number formats in a style sheet", `<style><!-- .d {mso-number-format:"dd\/mm\/yyyy";} td.z, .y{color:red;mso-number-format:"000000"} .p{mso-number-format:Percent} .t{mso-number-format:"\@"} .s{mso-number-format:"Short Date"} --></style><table><tr><td class=d x:num="45382">31/03/2024<td class="w z" x:num="12">000012<td class=p x:num="0.2269">22,69<td class=t x:num="7">007<td class=s x:num="45383">1/4/24</table>`,
			"sheet \"1\"\n1 1:date\"2024-03-31\" 2:text\"000012\" 3:number+percent\"0.2269\" 4:text\"007\" 5:date\"2024-04-01\""},
		{"a number format beside the cell", `<table><tr><td style='mso-number-format:"0000"' x:num="12">0012<td style='mso-number-format:"yyyy\005C-mm"' x:num="45382">2024-03</table>`,
			"sheet \"1\"\n1 1:text\"0012\" 2:date\"2024-03-31\""},
		{"bold and filled cells, hidden rows", `<table><tr style="display: none"><td>x</table><table><tr style="DISPLAY:none"><td style="background:#eee;font-weight:bold">a<td bgcolor=white><b>b</b></table>`,
			"sheet \"1\"\n1 hidden 1:text\"x\"\nnotice hidden_rows row 0 count 1\nsheet \"2\"\n1 hidden 1:text+bold+filled\"a\" 2:text+bold\"b\"\nnotice hidden_rows row 0 count 1"},
		{"scripts are no text", `<script>var a="<table>"</script><table><tr><td>a<script>x</script></table>`, "sheet \"1\"\n1 1:text\"a\""},
		{"a page cut short", `<table><tr><td>a<td>b`, "sheet \"1\"\n1 1:text\"a\" 2:text\"b\""},
		{"declared one encoding, written in another", "<meta charset=\"iso-8859-1\"><table><tr><td>Ñandú y año</table>", "sheet \"1\"\n1 1:text\"Ñandú y año\""},
		{"the encoding it declares", "<meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\"><table><tr><td>Lim\xf3n \x80</table>", "sheet \"1\"\n1 1:text\"Limón €\""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := render([]byte(c.page))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want+"\n", strings.ReplaceAll(got, " visible=true", "")); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestContentTellsAPage(t *testing.T) {
	for content, want := range map[string]bool{
		"\ufeff <!DOCTYPE html><html><body><TABLE border=1><tr><td>a": true,
		"<\x00t\x00a\x00b\x00l\x00e\x00>\x00":                         true,
		"<html><body>Sesión vencida</body></html>":                    false,
		"a;b\n<table>;c\n": false,
		`<?xml version="1.0"?><Workbook><Worksheet><Table>`: false,
		"": false,
	} {
		if got := Sniff(tabletest.Memory([]byte(content))); got != want {
			t.Errorf("%q: got %t", content, got)
		}
	}
}

func TestHostilePagesEndInAFault(t *testing.T) {
	for _, c := range []struct {
		name, page string
		want       table.FaultKind
	}{
		{"a tag without end", "<table><tr><td a='" + strings.Repeat("x", maxToken+1), table.Hostile},
		{"a cell without end", "<table><tr><td>" + strings.Repeat("<i>"+strings.Repeat("x", 1000)+"</i>", 1100), table.Hostile},
		{"columns without end", "<table><tr>" + strings.Repeat("<td colspan=1000000>a", 20), table.Hostile},
		{"tables without end", strings.Repeat("<table>", maxTables+1), table.TooLarge},
		{"no table", "<p>hola", table.NoTable},
		{"nothing", "", table.EmptyFile},
	} {
		_, err := render([]byte(c.page))
		if got := tabletest.KindOf(t, err); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add(sample(f))
	f.Add([]byte(`<table><tr><td rowspan=2 x:num="1">1<td colspan=3>b<table><tr><th>c</table></table>`))
	f.Fuzz(func(t *testing.T, content []byte) {
		_ = Sniff(tabletest.Memory(content))
		_, err := render(content)
		tabletest.KindOf(t, err)
	})
}

func TestThePageOnWindowsClipboardIsRead(t *testing.T) {
	clip := "Version:0.9\r\nStartHTML:0000000105\r\nEndHTML:0000000240\r\nStartFragment:0000000141\r\nEndFragment:0000000204\r\n" +
		"<html><body>\r\n<!--StartFragment--><table><tr><td>codigo</td></tr><tr><td>001</td></tr></table><!--EndFragment--></body></html>"
	if !Sniff(tabletest.Memory([]byte(clip))) {
		t.Fatal("it is not recognised")
	}
	if Sniff(tabletest.Memory([]byte("Version:0.9\r\n<table><tr><td>a text about versions</td></tr></table>"))) {
		t.Error("any text that opens with a version passes for a page")
	}
	book, err := Reader{}.Open(t.Context(), tabletest.Memory([]byte(clip)), table.Options{Name: "stdin"})
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for row, err := range book.Sheets()[0].Rows(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, strings.Clone(row.Cell(1).Text))
	}
	if d := cmp.Diff([]string{"codigo", "001"}, rows); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}
