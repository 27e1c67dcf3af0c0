package ods

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"flag"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func sample(t testing.TB, name string) []byte { return tabletest.File(t, "testdata/"+name) }

// render reads a document as text.
func render(content []byte) (string, error) {
	return tabletest.Text(Reader{}, content, table.Options{Name: "x.ods"})
}

// flat makes a flat document of styles and what stands in its one sheet.
func flat(styles, inside string) []byte {
	return []byte(`<?xml version="1.0"?><office:document office:mimetype="` + mediaType + `"><office:automatic-styles>` + styles +
		`</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Hoja">` + inside +
		`</table:table></office:spreadsheet></office:body></office:document>`)
}

// pack makes a document of parts.
func pack(t testing.TB, parts map[string]string) []byte {
	parts["mimetype"] = mediaType
	return tabletest.Zip(t, parts)
}

func TestTheSamplesReadAsTheGoldenFilesSay(t *testing.T) {
	for _, name := range []string{"muestra.ods", "muestra.fods"} {
		content := sample(t, name)
		if !Sniff(tabletest.Memory(content)) {
			t.Errorf("%s is not recognised", name)
		}
		got, err := render(content)
		if err != nil {
			t.Fatal(err)
		}
		tabletest.Golden(t, *update, "testdata/"+name+".golden", got)
	}
}

func TestReaderConforms(t *testing.T) {
	for _, name := range []string{"muestra.ods", "muestra.fods"} {
		if err := tabletest.CheckReader(Reader{}, sample(t, name), table.Options{Name: name}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCellsKeepTheirMeaning(t *testing.T) {
	const p7 = `<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>`
	row := func(cells string) string { return `<table:table-row>` + cells + `</table:table-row>` }
	for _, c := range []struct{ name, styles, inside, want string }{
		{"repeated cells and rows are counted, not made", "", `<table:table-row table:number-rows-repeated="1000000000"/>`, ""},
		{"blank repeats up to the last row are nothing", "", row(p7) + `<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`, `1 1:number"7"`},
		{"values are repeated", "", `<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="7" table:number-columns-repeated="2"/></table:table-row>`,
			"1 1:number\"7\" 2:number\"7\"\n2 1:number\"7\" 2:number\"7\""},
		{"covered cells keep their place", "", row(`<table:table-cell office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="1"><text:p>a</text:p></table:table-cell><table:covered-table-cell/>` + p7),
			"1 1:text\"a\" 3:number\"7\"\nmerge rows 1-1 columns 1-2"},
		{"the typed value counts, not what is shown", "", row(`<table:table-cell office:value-type="currency" office:currency="PEN" office:value="1234.5"><text:p>S/ 1,235</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="percentage" office:value="0.0125"><text:p>1%</text:p></table:table-cell>`), `1 1:number"1234.5" 2:number+percent"0.0125"`},
		{"two currencies in a column are told", "", row(`<table:table-cell office:value-type="currency" office:currency="PEN" office:value="5"/>`) + row(`<table:table-cell office:value-type="currency" office:currency="USD" office:value="7"/>`), "1 1:number\"5\"\n2 1:number\"7\"\nnotice currencies_mixed row 0 count 1"},
		{"dates, moments and durations", `<number:date-style style:name="N"><number:day/><number:hours/></number:date-style><style:style style:name="c" style:data-style-name="N"/>`,
			row(`<table:table-cell office:value-type="date" office:date-value="2024-03-31"/><table:table-cell table:style-name="c" office:value-type="date" office:date-value="2024-03-31"/>` +
				`<table:table-cell office:value-type="date" office:date-value="2024-03-31T00:00:00"/><table:table-cell office:value-type="date" office:date-value="2024-03-31T10:41:00.500000"/>` +
				`<table:table-cell office:value-type="time" office:time-value="P1DT2H30M0.5S"/>`),
			`1 1:date"2024-03-31" 2:datetime"2024-03-31T00:00:00" 3:date"2024-03-31" 4:datetime"2024-03-31T10:41:00.5" 5:time"26:30:00.5"`},
		{"zeros that a format shows belong to a code", `<number:number-style style:name="N"><number:number number:decimal-places="0" number:min-integer-digits="5"/></number:number-style><style:style style:name="c" style:data-style-name="N"/>`,
			row(`<table:table-cell table:style-name="c" office:value-type="float" office:value="101"/><table:table-cell table:style-name="c" office:value-type="float" office:value="1.5"/>`), `1 1:text"00101" 2:number"1.5"`},
		{"a code is kept with the signs that its format shows", `<number:number-style style:name="N"><number:text>(</number:text><number:number number:decimal-places="0" number:min-integer-digits="10"><number:embedded-text number:position="7">) </number:embedded-text><number:embedded-text number:position="4">-</number:embedded-text></number:number></number:number-style><style:style style:name="c" style:data-style-name="N"/>` +
			`<number:number-style style:name="M"><number:text>EXP-</number:text><number:number number:min-integer-digits="5"/></number:number-style><style:style style:name="d" style:data-style-name="M"/>` +
			`<number:number-style style:name="H"><number:number number:min-integer-digits="2"/><number:text> hab.</number:text></number:number-style><style:style style:name="e" style:data-style-name="H"/>`,
			row(`<table:table-cell table:style-name="c" office:value-type="float" office:value="51234567"/><table:table-cell table:style-name="d" office:value-type="float" office:value="12"/><table:table-cell table:style-name="e" office:value-type="float" office:value="5"/>`),
			`1 1:text"(005) 123-4567" 2:text"EXP-00012" 3:number"5"`},
		{"true and false that LibreOffice took from a workbook", "", row(`<table:table-cell table:formula="of:=TRUE()" office:value-type="float" office:value="1"><text:p>TRUE</text:p></table:table-cell><table:table-cell table:formula="of:=FALSE()" office:value-type="float" office:value="0"><text:p>FALSE</text:p></table:table-cell>`),
			`1 1:bool+formula"true" 2:bool+formula"false"`},
		{"blanks, tabs, breaks, spans and entities", "", row(`<table:table-cell office:value-type="string"><text:p>a<text:s text:c="3"/>b  c<text:tab/>d<text:line-break/>e &amp; <text:span>f</text:span></text:p><text:p>g</text:p></table:table-cell>`), `1 1:text"a   b c\td\ne & f\ng"`},
		{"notes and drawings are no text", "", row(`<table:table-cell office:value-type="string"><office:annotation><text:p>nota</text:p></office:annotation><draw:frame><table:table table:name="x"><table:table-row/></table:table></draw:frame><text:p>a</text:p></table:table-cell>`), `1 1:text"a"`},
		{"truth and errors", "", row(`<table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell table:formula="of:=NA()" office:value-type="float" office:value="0"><text:p>#N/A</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>Err:502</text:p></table:table-cell>`), "1 1:bool\"true\" 2:error+formula\"#N/A\" 3:error\"Err:502\"\nnotice error_values row 0 count 2"},
		{"hidden rows and columns", "", `<table:table-column/><table:table-column table:visibility="collapse"/><table:table-row table:visibility="filter">` + p7 + p7 + `</table:table-row>`,
			"1 hidden 1:number\"7\" 2:number+hidden\"7\"\nnotice hidden_rows row 0 count 1\nnotice hidden_columns row 0 count 1"},
		{"groups and header rows are rows", "", `<table:table-header-rows>` + row(p7) + `</table:table-header-rows><table:table-row-group>` + row(p7) + `</table:table-row-group>`, "1 1:number\"7\"\n2 1:number\"7\""},
		{"a style comes from the column and its parent", `<style:style style:name="p"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="c" style:parent-style-name="p"><style:table-cell-properties fo:background-color="#eeeeee"/></style:style>`,
			`<table:table-column table:default-cell-style-name="c"/>` + row(p7), `1 1:number+bold+filled"7"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := render(flat(c.styles, c.inside))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(strings.TrimRight("sheet \"Hoja\" visible=true\n"+c.want, "\n")+"\n", got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestBytesThatAreNoUTF8AreReadAndSaid(t *testing.T) {
	got, err := render(flat("", "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>\xd1u\xf1oa</text:p></table:table-cell></table:table-row>"))
	if err != nil || !strings.Contains(got, `text"Ñuñoa"`) || !strings.Contains(got, table.NoticeInvalidUTF8) {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestHostileDocumentsEndInAFault(t *testing.T) {
	value := func(attr string) string {
		return `<table:table-cell office:value-type="float" office:value="7" ` + attr + `/>`
	}
	whole := sample(t, "muestra.ods")
	content := `<office:document-content><office:body><office:spreadsheet><table:table table:name="a"/></office:spreadsheet></office:body></office:document-content>`
	for _, c := range []struct {
		name    string
		content []byte
		want    table.FaultKind
	}{
		{"a value in 10^9 rows", flat("", `<table:table-row table:number-rows-repeated="1000000000">`+value("")+`</table:table-row>`), table.Hostile},
		{"a value in 10^9 columns", flat("", `<table:table-row>`+value(`table:number-columns-repeated="1000000000"`)+`</table:table-row>`), table.Hostile},
		{"a count beyond all numbers", flat("", `<table:table-row table:number-rows-repeated="99999999999999999999">`+value("")+`</table:table-row>`), table.Hostile},
		{"entities", []byte(strings.Replace(string(flat("", "")), "<office:document ", `<!DOCTYPE a [<!ENTITY b "c">]><office:document `, 1)), table.Hostile},
		{"cut short", flat("", "")[:270], table.Damaged},
		{"half a zip", whole[:len(whole)/2], table.Damaged},
		{"a password", pack(t, map[string]string{"META-INF/manifest.xml": `<manifest:encryption-data/>`, "content.xml": "?"}), table.NeedsPassword},
		{"no sheet", pack(t, map[string]string{"content.xml": "<a/>"}), table.NoTable},
		{"no content", pack(t, map[string]string{"a": "<a/>"}), table.UnknownFormat},
		{"a bomb in the styles", pack(t, map[string]string{"styles.xml": strings.Repeat(" ", maxSmall+1), "content.xml": content}), table.Hostile},
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

func TestEveryCellOfASheetIsTooMuch(t *testing.T) {
	content := flat("", `<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="7"/></table:table-row>`)
	book, err := Reader{}.Open(context.Background(), tabletest.Memory(content), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, err = range book.Sheets()[0].Rows(context.Background()) {
		rows++
	}
	var f *table.Fault
	if !errors.As(err, &f) || f.Kind != table.Hostile || rows > maxRepeated/maxCols+1 {
		t.Errorf("got %v after %d rows, want hostile", err, rows)
	}
}

func TestATextDocumentIsNoSheet(t *testing.T) {
	letter := tabletest.Zip(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.text"})
	if Sniff(tabletest.Memory(letter)) {
		t.Error("it is taken for a sheet")
	}
}

func TestASheetThatWasPackedAgainIsOne(t *testing.T) {
	var out bytes.Buffer
	w := zip.NewWriter(&out) // as an archiver does: mimetype first, but deflated
	for _, part := range [...][2]string{{"mimetype", mediaType}, {"content.xml", "<x/>"}} {
		f, err := w.Create(part[0])
		if err == nil {
			_, err = f.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	manifest := `<manifest:manifest><manifest:file-entry manifest:full-path="/" manifest:media-type="` + mediaType + `"/></manifest:manifest>`
	for what, content := range map[string][]byte{
		"with a deflated mimetype": out.Bytes(),
		"without a mimetype":       tabletest.Zip(t, map[string]string{"META-INF/manifest.xml": manifest, "content.xml": "<x/>"}),
	} {
		if !Sniff(tabletest.Memory(content)) {
			t.Errorf("a document %s is not recognised", what)
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add(string(sample(f, "muestra.fods")))
	f.Add(string(flat("", `<table:table-column table:number-columns-repeated="3"/><table:table-row><table:table-cell office:value-type="time" office:time-value="PT1H"/></table:table-row>`)))
	f.Fuzz(func(t *testing.T, content string) {
		_ = Sniff(tabletest.Memory([]byte(content)))
		_, err := render([]byte(content))
		tabletest.KindOf(t, err)
	})
}

func BenchmarkRows(b *testing.B) {
	fields, sample := tabletest.Sample()
	var rows [][]table.Value
	for range 1000 {
		rows = append(rows, sample...)
	}
	tabletest.BenchmarkRows(b, Reader{}, document(b, fields, rows))
}
