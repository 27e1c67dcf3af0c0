package xlsx

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

func TestCellsKeepTheirMeaning(t *testing.T) {
	const shared = `<sst><si><t>Uno</t></si><si><r><t>Dos </t></r><r><rPr><b/></rPr><t>tres</t></r><rPh sb="0" eb="1"><t>fonética</t></rPh></si>` +
		`<si><t xml:space="preserve"> a_x000D_
b &amp; c </t></si></sst>`
	for _, c := range []struct{ name, inside, want string }{
		{"shared strings, rich text, phonetic runs left out", `<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row></sheetData>`,
			`1 1:text"Uno" 2:text"Dos tres" 3:text" a\nb & c "`},
		{"inline strings", `<sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>Ñandú</t></is></c></row></sheetData>`, `2 2:text"Ñandú"`},
		{"no r attributes", `<sheetData><row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row></sheetData>`, "1 1:number\"1\" 3:number\"3\"\n2 1:number\"4\""},
		{"booleans and errors", `<sheetData><row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c></row></sheetData>`,
			"1 1:bool\"true\" 2:bool\"false\" 3:error\"#N/A\"\nnotice error_values row 0 count 1"},
		{"cached values of formulas", `<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c><c r="C1"><f>NOW()</f></c></row></sheetData>`,
			"1 1:number+formula\"2\" 2:text+formula\"a\"\nnotice formula_without_value row 0 count 1"},
		{"shortest exact decimals", `<sheetData><row r="1"><c><v>0.30000000000000004</v></c><c><v>1E-7</v></c><c><v>1.1000000000000001</v></c><c><v>1.50</v></c><c><v>123456789012345678</v></c><c><v>-0</v></c><c><v>1.5E+3</v></c></row></sheetData>`,
			`1 1:number"0.30000000000000004" 2:number"0.0000001" 3:number"1.1" 4:number"1.5" 5:number"123456789012345678" 6:number"0" 7:number"1500"`},
		{"hidden rows and columns", `<cols><col min="2" max="2" hidden="1"/></cols><sheetData><row r="1" hidden="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>`,
			"1 hidden 1:number\"1\" 2:number+hidden\"2\"\nnotice hidden_rows row 0 count 1\nnotice hidden_columns row 0 count 1"},
		{"merged ranges", `<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:C2"/></mergeCells>`, "1 1:number\"1\"\nmerge rows 1-2 columns 1-3"},
		{"prefixes, comments and CDATA", `<x:sheetData xmlns:x="u"><!-- <row> --><x:row r="1"><x:c r="A1" t="str"><x:v><![CDATA[<a&b>]]></x:v></x:c></x:row></x:sheetData>`, `1 1:text"<a&b>"`},
		{"rows that go back follow on", `<sheetData><row r="5"><c><v>1</v></c></row><row r="3"><c><v>2</v></c></row></sheetData>`, "5 1:number\"1\"\n6 1:number\"2\"\nnotice rows_out_of_order row 0 count 1"},
		{"empty formatted cells are nothing", `<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="Z1" s="1"/></row><row r="9" s="1"/><row r="1048576"><c r="A1048576" s="1"/></row></sheetData>`, `1 1:number"1"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := oneSheet(c.inside)
			p["xl/sharedStrings.xml"] = shared
			got, err := render(p.zip(t))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff("sheet \"Hoja 1\" visible=true\n"+c.want+"\n", got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestNumberFormatsSayWhatANumberIs(t *testing.T) {
	for _, c := range []struct{ code, value, want string }{
		{"yyyy-mm-dd", "45382", `date"2024-03-31"`},
		{"dd/mm/yyyy hh:mm", "45382.5", `datetime"2024-03-31T12:00:00"`},
		{"dd/mm/yyyy hh:mm", "45382", `datetime"2024-03-31T00:00:00"`},
		{"yyyy-mm-dd", "45382.25", `datetime"2024-03-31T06:00:00"`},
		{"[$-340A]d &quot;de&quot; mmmm &quot;de&quot; yyyy;@", "45382", `date"2024-03-31"`},
		{"mmm-yy", "45352", `date"2024-03-01"`},
		{"hh:mm:ss", "0.445138888888889", `time"10:41:00"`},
		{"[h]:mm:ss", "1.10416666666667", `time"26:30:00"`},
		{"mm:ss", "0.000694444444444444", `time"00:01:00"`},
		{"yyyy-mm-dd", "1", `date"1900-01-01"`},
		{"yyyy-mm-dd", "59", `date"1900-02-28"`},
		{"yyyy-mm-dd", "60", `number"60"`},
		{"yyyy-mm-dd", "61", `date"1900-03-01"`},
		{"yyyy-mm-dd", "2958465", `date"9999-12-31"`},
		{"yyyy-mm-dd", "2958466", `number"2958466"`},
		{"000000", "10101", `text"010101"`},
		{"000\\-0000000\\-0", "112345678", `text"001-1234567-8"`},
		{"00", "123", `text"123"`},
		{"0.00", "1.5", `number"1.5"`},
		{"#,##0", "2214494", `number"2214494"`},
		{"0.00%", "0.2269", `number+percent"0.2269"`},
		{"General", "5", `number"5"`},
		{"[Red]-#,##0.00 &quot;días&quot;", "3", `number"3"`},
		{"0.00E+00", "1500", `number"1500"`},
		{"_-* #,##0.00 \\€_-", "7.5", `number"7.5"`},
		{"0&quot; hab.&quot;", "12", `number"12"`},
	} {
		p := oneSheet(`<sheetData><row r="1"><c r="A1" s="0"><v>` + c.value + `</v></c></row></sheetData>`).styled(c.code)
		got, err := render(p.zip(t))
		if err != nil {
			t.Fatal(err)
		}
		line := strings.Split(got, "\n")[1]
		if want := "1 1:" + c.want; line != want {
			t.Errorf("%s under %s: got %s, want %s", c.value, c.code, line, want)
		}
	}
}

func TestTwoCurrenciesInAColumnAreTold(t *testing.T) {
	for codes, told := range map[[2]string]bool{
		{`&quot;S/&quot; #,##0.00`, `[$$-409]#,##0.00`}: true, {`&quot;S/&quot; #,##0.00`, `[$S/-280A] 0.0`}: false, {`&quot;S/&quot; 0.00`, `0.00`}: false,
	} {
		p := oneSheet(`<sheetData><row r="1"><c r="A1" s="0"><v>5</v></c></row><row r="2"><c r="A2" s="1"><v>7</v></c></row></sheetData>`).styled(codes[0], codes[1])
		got, err := render(p.zip(t))
		if err != nil || strings.Contains(got, table.NoticeMixedCurrency) != told {
			t.Errorf("%v: %v\n%s", codes, err, got)
		}
	}
}

func TestAccentsSurviveEncodingsThatAWorkbookMayNotHave(t *testing.T) {
	p := oneSheet("<sheetData><row><c t=\"inlineStr\"><is><t>C\xf3rdoba</t></is></c><c t=\"s\"><v>\n0\n</v></c><c><v> 5 </v></c></row></sheetData>")
	p["xl/sharedStrings.xml"] = "<sst><si><t>\xd1u\xf1oa</t></si></sst>"
	got, err := render(p.zip(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`text"Córdoba"`, `text"Ñuñoa"`, `number"5"`, table.NoticeInvalidUTF8} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
	wide := func(s string) string {
		b := []byte{0xff, 0xfe}
		for _, c := range utf16.Encode([]rune(s)) {
			b = append(b, byte(c), byte(c>>8))
		}
		return string(b)
	}
	p = oneSheet("")
	p["xl/worksheets/sheet1.xml"] = wide(`<worksheet><sheetData><row><c t="inlineStr"><is><t>Ñuñoa</t></is></c></row></sheetData></worksheet>`)
	if got, err := render(p.zip(t)); err != nil || !strings.Contains(got, `text"Ñuñoa"`) {
		t.Errorf("a part in UTF-16: got %s, %v", got, err)
	}
}

func TestTheSystemOf1904MovesDates(t *testing.T) {
	p := oneSheet(`<sheetData><row r="1"><c r="A1" s="0"><v>43920</v></c></row></sheetData>`).styled("yyyy-mm-dd")
	p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)
	got, err := render(p.zip(t))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got, `date"2024-03-31"`) {
		t.Errorf("got %s", got)
	}
}

// fault reads a file and returns its fault's kind, "" when it reads well.
func fault(t *testing.T, content []byte) table.FaultKind {
	t.Helper()
	_, err := render(content)
	return tabletest.KindOf(t, err)
}

func TestHostileWorkbooksEndInAFault(t *testing.T) {
	whole := oneSheet(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`)
	for _, c := range []struct {
		name string
		file parts
		want table.FaultKind
	}{
		{"entities", oneSheet(`<!DOCTYPE a [<!ENTITY b "c">]><sheetData/>`), table.Hostile},
		{"depth", oneSheet(strings.Repeat("<a>", 1000)), table.Hostile},
		{"a column beyond the last", oneSheet(`<sheetData><row r="1"><c r="XFE1"><v>1</v></c></row></sheetData>`), table.Hostile},
		{"a row beyond the last", oneSheet(`<sheetData><row r="1048577"><c><v>1</v></c></row></sheetData>`), table.Hostile},
		{"a string that is not there", oneSheet(`<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>`), table.Damaged},
		{"a cell without end", oneSheet(`<sheetData><row r="1"><c r="A1"><v>` + strings.Repeat("9", 3<<20) + `</v></c></row></sheetData>`), table.Hostile},
		{"cut XML", oneSheet(`<sheetData><row r="1"><c r="A1"><v>1</v>`), table.Damaged},
		{"no workbook", parts{"a.txt": "b"}, table.UnknownFormat},
		{"no sheet part", parts{"xl/workbook.xml": whole["xl/workbook.xml"], "xl/_rels/workbook.xml.rels": whole["xl/_rels/workbook.xml.rels"]}, table.Damaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fault(t, c.file.zip(t)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestABombOfZerosEndsBeforeItIsInflated(t *testing.T) {
	inside := `<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>` + strings.Repeat(" ", 257<<20) // a part may inflate to 256 MiB
	if got := fault(t, oneSheet(inside).zip(t)); got != table.Hostile {
		t.Errorf("got %q, want hostile", got)
	}
}

func TestATruncatedFileIsDamaged(t *testing.T) {
	content := oneSheet(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`).zip(t)
	content = content[:len(content)*2/3]
	if got := fault(t, content); got != table.Damaged {
		t.Errorf("got %q, want damaged", got)
	}
	if !Sniff(tabletest.Memory(content)) {
		t.Error("a truncated workbook is not recognised")
	}
}

func TestSharedStringsBeyondTheMemoryAreTooLarge(t *testing.T) {
	p := oneSheet(`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>`)
	p["xl/sharedStrings.xml"] = "<sst>" + strings.Repeat("<si><t>0123456789</t></si>", 10_000) + "</sst>"
	book, err := Reader{}.Open(context.Background(), tabletest.Memory(p.zip(t)), table.Options{MaxMemory: 50_000})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range book.Sheets()[0].Rows(context.Background()) {
		var f *table.Fault
		if !errors.As(err, &f) || f.Kind != table.TooLarge {
			t.Errorf("got %v, want too_large", err)
		}
	}
}

func TestAWorkbookWithAPasswordSaysSo(t *testing.T) {
	f := excelize.NewFile()
	var out bytes.Buffer
	if err := f.Write(&out, excelize.Options{Password: "secreto"}); err != nil {
		t.Fatal(err)
	}
	if got := fault(t, out.Bytes()); got != table.NeedsPassword {
		t.Errorf("got %q, want needs_password", got)
	}
	if !Sniff(tabletest.Memory(out.Bytes())) {
		t.Error("a workbook with a password is not recognised")
	}
}

func TestReaderConforms(t *testing.T) {
	f := excelize.NewFile()
	for row := 1; row <= 700; row++ {
		values := []any{fmt.Sprintf("Municipio %d", row), row, float64(row) / 7, row%2 == 0}
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", row), &values); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	if err := tabletest.CheckReader(Reader{}, out.Bytes(), table.Options{Name: "x.xlsx"}); err != nil {
		t.Error(err)
	}
}

func TestEmptyFormattedRowsToTheLastAreCheap(t *testing.T) {
	var inside strings.Builder
	inside.WriteString(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row>`)
	for r := 2; r <= 100_000; r++ {
		fmt.Fprintf(&inside, `<row r="%d" s="3" customFormat="1"><c r="A%d" s="3"/></row>`, r, r)
	}
	inside.WriteString(`</sheetData>`)
	content := oneSheet(inside.String()).zip(t)
	allocated := testing.AllocsPerRun(1, func() {
		if got, err := render(content); err != nil || strings.Count(got, "\n") != 2 {
			t.Fatalf("got %q, %v", got, err)
		}
	})
	if allocated > 5000 {
		t.Errorf("%v allocations for rows that hold nothing", allocated)
	}
}

func FuzzReader(f *testing.F) {
	p := oneSheet(`<cols><col min="1" max="1" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="0"><v>45382</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`).styled("yyyy-mm-dd")
	f.Add(p["xl/worksheets/sheet1.xml"], `<sst><si><t>a</t></si></sst>`, p["xl/styles.xml"])
	f.Add(`<worksheet><sheetData><row><c t="inlineStr"><is><r><t>x</t></r></is></c></row>`, `<sst/>`, `<styleSheet/>`)
	f.Fuzz(func(t *testing.T, worksheet, shared, styles string) {
		p := oneSheet("")
		p["xl/worksheets/sheet1.xml"], p["xl/sharedStrings.xml"], p["xl/styles.xml"] = worksheet, shared, styles
		content := p.zip(t)
		if fault(t, content) != "" {
			return
		}
		if err := tabletest.CheckReader(Reader{}, content, table.Options{}); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzContainer(f *testing.F) {
	f.Add(oneSheet(`<sheetData><row><c><v>1</v></c></row></sheetData>`).zip(f))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Fuzz(func(t *testing.T, content []byte) {
		_ = Sniff(tabletest.Memory(content))
		_, err := render(content)
		tabletest.KindOf(t, err)
	})
}

func BenchmarkRows(b *testing.B) {
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for row := 1; row <= 20_000; row++ {
		cells := []any{row, fmt.Sprintf("Municipio %d", row%500), float64(row) * 1.25, row%2 == 0, "2024", row * 1000}
		if err := w.SetRow(fmt.Sprintf("A%d", row), cells); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		b.Fatal(err)
	}
	tabletest.BenchmarkRows(b, Reader{}, out.Bytes())
}
