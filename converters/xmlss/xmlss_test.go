package xmlss

import (
	"flag"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

var update = flag.Bool("update", false, "write the golden file anew")

func sample(t testing.TB) []byte { return tabletest.File(t, "testdata/muestra.xml") }

// render reads a workbook as text.
func render(content []byte) (string, error) {
	return tabletest.Text(Reader{}, content, table.Options{Name: "x.xls"})
}

// workbook makes a workbook of styles and what stands in its one table.
func workbook(styles, inside string) []byte {
	return []byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>` + styles +
		`</Styles><Worksheet ss:Name="Hoja"><Table>` + inside + `</Table></Worksheet></Workbook>`)
}

func TestTheSampleOfLibreOfficeReadsAsTheGoldenFileSays(t *testing.T) {
	if !Sniff(tabletest.Memory(sample(t))) {
		t.Error("it is not recognised")
	}
	got, err := render(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	tabletest.Golden(t, *update, "testdata/muestra.golden", got)
}

func TestReaderConforms(t *testing.T) {
	if err := tabletest.CheckReader(Reader{}, sample(t), table.Options{Name: "x.xls"}); err != nil {
		t.Error(err)
	}
}

func TestCellsKeepTheirMeaning(t *testing.T) {
	const styles = `<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="g"><NumberFormat ss:Format="General Date"/></Style>` +
		`<Style ss:ID="p"><Font ss:Bold="1"/><Interior ss:Color="#EEEEEE"/><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="z" ss:Parent="p"><NumberFormat ss:Format="00000"/></Style>`
	cell := func(attrs, kind, value string) string {
		return `<Cell ` + attrs + `><Data ss:Type="` + kind + `">` + value + `</Data></Cell>`
	}
	for _, c := range []struct{ name, inside, want string }{
		{"cells and rows say where they stand", `<Row ss:Index="3">` + cell(`ss:Index="2"`, "Number", "1.50") + cell("", "String", "a &amp; b") + `</Row><Row/><Row>` + cell("", "Number", "2") + `</Row>`,
			"3 2:number\"1.5\" 3:text\"a & b\"\n5 1:number\"2\""},
		{"merged cells push on", `<Row>` + cell(`ss:MergeAcross="2" ss:MergeDown="1"`, "String", "a") + cell("", "String", "b") + `</Row>`, "1 1:text\"a\" 4:text\"b\"\nmerge rows 1-2 columns 1-3"},
		{"dates, moments and times", `<Row>` + cell(`ss:StyleID="d"`, "DateTime", "2024-03-31T00:00:00.000") + cell(`ss:StyleID="g"`, "DateTime", "2024-03-31T00:00:00.000") +
			cell("", "DateTime", "2024-03-31T10:41:00.500") + cell("", "DateTime", "1899-12-31T10:41:00.000") + cell(`ss:StyleID="d"`, "Number", "45382") + cell("", "DateTime", "ayer") + `</Row>`,
			`1 1:date"2024-03-31" 2:datetime"2024-03-31T00:00:00" 3:datetime"2024-03-31T10:41:00.500" 4:time"10:41:00" 5:date"2024-03-31" 6:text"ayer"`},
		{"percentages, codes with zeros, truth, errors, formulas", `<Row>` + cell(`ss:StyleID="p"`, "Number", "0.5") + cell(`ss:StyleID="z"`, "Number", "101") + cell("", "Boolean", "1") + cell("", "Error", "#N/A") + cell(`ss:Formula="=1"`, "Number", "1") + `</Row>`,
			"1 1:number+bold+filled+percent\"0.5\" 2:text+bold+filled\"00101\" 3:bool\"true\" 4:error\"#N/A\" 5:number+formula\"1\"\nnotice error_values row 0 count 1"},
		{"formatted text and comments", `<Row><Cell><ss:Data ss:Type="String">a<B>b</B><Font>c</Font></ss:Data><Comment><ss:Data>nota</ss:Data></Comment></Cell></Row>`, `1 1:text"abc"`},
		{"hidden rows and columns", `<Column/><Column ss:Hidden="1"/><Row ss:Hidden="1">` + cell("", "Number", "1") + cell("", "Number", "2") + `</Row>`,
			"1 hidden 1:number\"1\" 2:number+hidden\"2\"\nnotice hidden_rows row 0 count 1\nnotice hidden_columns row 0 count 1"},
		{"rows that go back follow on", `<Row ss:Index="5">` + cell("", "Number", "1") + `</Row><Row ss:Index="2">` + cell("", "Number", "2") + `</Row>`, "5 1:number\"1\"\n6 1:number\"2\"\nnotice rows_out_of_order row 0 count 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := render(workbook(styles, c.inside))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff("sheet \"Hoja\" visible=true\n"+c.want+"\n", got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestOtherEncodingsAndHiddenSheetsAreRead(t *testing.T) {
	content := strings.Replace(string(workbook("", `<Row><Cell><Data ss:Type="String">A`+"\xf1"+`o pr`+"\xf3"+`ximo</Data></Cell></Row>`)), `?>`, ` encoding="windows-1252"?>`, 1)
	content = strings.Replace(content, "</Table>", `</Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>`, 1)
	got, err := render([]byte(content))
	want := "sheet \"Hoja\" visible=false\n1 1:text\"Año próximo\"\n"
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v (-want +got)\n%s", err, d)
	}
}

func TestHostileWorkbooksEndInAFault(t *testing.T) {
	for _, c := range []struct {
		name    string
		content []byte
		want    table.FaultKind
	}{
		{"a row beyond the last", workbook("", `<Row ss:Index="1000000000"><Cell><Data>1</Data></Cell></Row>`), table.Hostile},
		{"a column beyond the last", workbook("", `<Row><Cell ss:Index="1000000000"><Data>1</Data></Cell></Row>`), table.Hostile},
		{"a cell without end", workbook("", `<Row><Cell><Data>`+strings.Repeat("xxxxxxxxx ", 200_000)+`</Data></Cell></Row>`), table.Hostile},
		{"depth", workbook("", `<Row><Cell>`+strings.Repeat("<a>", 1000)), table.Hostile},
		{"cut short", workbook("", "")[:250], table.Damaged},
		{"no sheet", []byte(`<Workbook/>`), table.NoTable},
		{"nothing", nil, table.EmptyFile},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := render(c.content)
			if got := tabletest.KindOf(t, err); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func FuzzReader(f *testing.F) {
	f.Add(sample(f))
	f.Add(workbook(`<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>`, `<Column ss:Span="3" ss:Hidden="1"/><Row ss:Span="2"><Cell ss:StyleID="d"><Data ss:Type="DateTime">2024-01-01</Data></Cell></Row>`))
	f.Fuzz(func(t *testing.T, content []byte) {
		_ = Sniff(tabletest.Memory(content))
		_, err := render(content)
		tabletest.KindOf(t, err)
	})
}
