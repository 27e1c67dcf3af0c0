package xlsb

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

// rec makes a record of numbers, texts with their counts, and bytes.
func rec(id int, parts ...any) []byte {
	var body bytes.Buffer
	for _, p := range parts {
		switch v := p.(type) {
		case string:
			binary.Write(&body, binary.LittleEndian, uint32(len([]rune(v))))
			for _, r := range v {
				binary.Write(&body, binary.LittleEndian, uint16(r))
			}
		case []byte:
			body.Write(v)
		case float64:
			binary.Write(&body, binary.LittleEndian, math.Float64bits(v))
		default:
			binary.Write(&body, binary.LittleEndian, v)
		}
	}
	var out []byte
	for _, n := range []int{id, body.Len()} {
		for ; n >= 0x80; n >>= 7 {
			out = append(out, byte(n)|0x80)
		}
		out = append(out, byte(n))
	}
	return append(out, body.Bytes()...)
}

func join(records ...[]byte) string { return string(bytes.Join(records, nil)) }

// row begins a row of the number, from 0.
func row(number int, flags byte) []byte {
	return rec(recRowHdr, uint32(number), uint32(0), uint16(0), uint8(0), flags, uint8(0))
}

// cell makes a cell's record.
func cell(id, col, style int, value ...any) []byte {
	return rec(id, append([]any{uint32(col), uint32(style)}, value...)...)
}

const relations = `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.bin"/>` +
	`<Relationship Id="rId2" Type="x/styles" Target="/xl/styles.bin"/><Relationship Id="rId3" Type="x/sharedStrings" Target="sharedStrings.bin"/></Relationships>`

// workbook packs a workbook whose one sheet holds the records.
func workbook(t testing.TB, flags byte, sheet string) []byte {
	t.Helper()
	styles := join(rec(recFmt, uint16(164), "dd/mm/yyyy"), rec(recFont, uint16(200), uint16(0), uint16(400)), rec(recFont, uint16(200), uint16(0), uint16(700)),
		rec(recFill, uint32(0), make([]byte, 8)), rec(recFill, uint32(1), make([]byte, 8)),
		rec(recXF, make([]byte, 8)), // of the styles, not of cells
		rec(recBeginCellXFs), rec(recXF, uint16(0), uint16(0), uint16(0), uint16(0)), rec(recXF, uint16(0), uint16(164), uint16(0), uint16(0)),
		rec(recXF, uint16(0), uint16(10), uint16(1), uint16(1)), rec(recEndCellXFs))
	return tabletest.Zip(t, map[string]string{
		"xl/workbook.bin": join(rec(recWbProp, uint32(flags)), rec(recBundleSh, uint32(0), uint32(1), "rId1", "Año"),
			rec(recBundleSh, uint32(1), uint32(2), "rId9", "Gráfico")),
		"xl/_rels/workbook.bin.rels": relations,
		"xl/styles.bin":              styles,
		"xl/sharedStrings.bin":       join(rec(recSSTItem, uint8(0), "uno"), rec(recSSTItem, uint8(1), "dos\r\ntres", uint32(1), uint32(0))),
		"xl/worksheets/sheet1.bin":   sheet,
	})
}

// render reads a workbook as text.
func render(content []byte) (string, error) {
	return tabletest.Text(Reader{}, content, table.Options{Name: "x.xlsb"})
}

func TestCellsKeepTheirMeaning(t *testing.T) {
	rk := func(v int32, flags uint32) uint32 { return uint32(v)<<2 | flags }
	for _, c := range []struct {
		name  string
		flags byte
		sheet string
		want  string
	}{
		{"numbers and texts", 0, join(row(0, 0), cell(recCellRk, 0, 0, rk(12345, 3)), cell(recCellReal, 1, 0, 0.1), cell(recCellIsst, 2, 0, uint32(1)), cell(recCellSt, 3, 0, "ñ"), cell(recCellRString, 4, 0, uint8(1), "rico", uint32(0))),
			`1 1:number"123.45" 2:number"0.1" 3:text"dos\ntres" 4:text"ñ" 5:text"rico"`},
		{"dates, percentages, bold and filled", 0, join(row(4, 0), cell(recCellReal, 0, 1, 45382.0), cell(recCellReal, 1, 2, 0.5)), `5 1:date"2024-03-31" 2:number+bold+filled+percent"0.5"`},
		{"the system of 1904", 1, join(row(0, 0), cell(recCellReal, 0, 1, 43920.0)), `1 1:date"2024-03-31"`},
		{"formulas, truth and errors", 0, join(row(0, 0), cell(recFmlaNum, 0, 0, 2.5, uint16(0)), cell(recFmlaString, 1, 0, "sí", uint16(0)), cell(recFmlaBool, 2, 0, uint8(1)), cell(recFmlaError, 3, 0, uint8(7)), cell(recCellBool, 4, 0, uint8(0)), cell(recCellError, 5, 0, uint8(42))),
			"1 1:number+formula\"2.5\" 2:text+formula\"sí\" 3:bool+formula\"true\" 4:error+formula\"#DIV/0!\" 5:bool\"false\" 6:error\"#N/A\"\nnotice error_values row 0 count 2"},
		{"cells that follow the one before", 0, join(row(0, 0), cell(recCellSt, 1, 0, "a"), rec(13, uint32(0), rk(7, 2)), rec(12, uint32(0)), rec(16, uint32(1), 45382.0), rec(15, uint32(0), uint8(1)), rec(14, uint32(0), uint8(7)),
			rec(17, uint32(0), "ñ"), rec(18, uint32(0), uint32(0)), row(1, 0), rec(17, uint32(0), "b"), cell(recCellBlank, 3, 0), rec(17, uint32(0), "c")),
			"1 2:text\"a\" 3:number\"7\" 5:date\"2024-03-31\" 6:bool\"true\" 7:error\"#DIV/0!\" 8:text\"ñ\" 9:text\"uno\"\n2 1:text\"b\" 5:text\"c\"\nnotice error_values row 0 count 1"},
		{"hidden rows and columns, merged cells", 0, join(rec(recColInfo, uint32(1), uint32(1), uint32(0), uint32(0), uint16(1)), row(0, 0x10), cell(recCellRk, 0, 0, rk(1, 2)), cell(recCellRk, 1, 0, rk(2, 2)),
			rec(recMergeCell, uint32(0), uint32(0), uint32(0), uint32(1))),
			"1 hidden 1:number\"1\" 2:number+hidden\"2\"\nmerge rows 1-1 columns 1-2\nnotice hidden_rows row 0 count 1\nnotice hidden_columns row 0 count 1"},
		{"an unknown style, a day that never was", 0, join(row(0, 0), cell(recCellRk, 0, 9, rk(1, 2)), cell(recCellRk, 1, 1, rk(60, 2))), "1 1:number\"1\" 2:number\"60\"\nnotice date_before_calendar row 0 count 1\nnotice unknown_style row 0 count 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := render(workbook(t, c.flags, c.sheet))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff("sheet \"Año\" visible=true\n"+c.want+"\n", got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestReaderConforms(t *testing.T) {
	var sheet bytes.Buffer
	for i := range 900 {
		sheet.Write(row(i, 0))
		sheet.Write(cell(recCellReal, 0, 0, float64(i)/7))
		sheet.Write(cell(recCellSt, 1, 0, fmt.Sprintf("Municipio %d", i*7919)))
	}
	content := workbook(t, 0, sheet.String())
	if !Sniff(tabletest.Memory(content)) {
		t.Error("it is not recognised")
	}
	if err := tabletest.CheckReader(Reader{}, content, table.Options{Name: "x.xlsb"}); err != nil {
		t.Error(err)
	}
}

func TestHostileWorkbooksEndInAFault(t *testing.T) {
	whole := workbook(t, 0, "")
	for _, c := range []struct {
		name    string
		content []byte
		want    table.FaultKind
	}{
		{"a row beyond the last", workbook(t, 0, join(row(1<<20, 0))), table.Hostile},
		{"rows that go back", workbook(t, 0, join(row(3, 0), row(3, 0))), table.Damaged},
		{"a column beyond the last", workbook(t, 0, join(row(0, 0), cell(recCellRk, 1<<14, 0, uint32(2)))), table.Hostile},
		{"a cell outside rows", workbook(t, 0, join(cell(recCellRk, 0, 0, uint32(2)))), table.Damaged},
		{"a cell behind the last column", workbook(t, 0, join(row(0, 0), cell(recCellBlank, 1<<14-1, 0), rec(13, uint32(0), uint32(2)))), table.Hostile},
		{"a cell that follows outside rows", workbook(t, 0, join(rec(13, uint32(0), uint32(2)))), table.Damaged},
		{"a short cell", workbook(t, 0, join(row(0, 0), cell(recCellReal, 0, 0, uint32(2)))), table.Damaged},
		{"a text longer than its record", workbook(t, 0, join(row(0, 0), cell(recCellSt, 0, 0, uint32(1<<31)))), table.Damaged},
		{"a shared string that is not there", workbook(t, 0, join(row(0, 0), cell(recCellIsst, 0, 0, uint32(1<<31)))), table.Damaged},
		{"a record beyond all bounds", workbook(t, 0, "\x01\xff\xff\xff\x7f"), table.Hostile},
		{"a record cut short", workbook(t, 0, "\x01\x20a"), table.Damaged},
		{"half a file", whole[:len(whole)/2], table.Damaged},
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
	f.Add(join(row(0, 0), cell(recCellReal, 0, 1, 45382.0), cell(recCellSt, 3, 0, "ñ"), rec(recMergeCell, uint32(0), uint32(0), uint32(0), uint32(1))))
	f.Add(join(rec(recColInfo, uint32(1), uint32(1), uint32(0), uint32(0), uint16(1)), row(7, 16), cell(recCellIsst, 2, 0, uint32(1)), cell(recFmlaString, 3, 0, "a", uint16(0))))
	f.Fuzz(func(t *testing.T, sheet string) {
		_, err := render(workbook(t, 0, sheet))
		tabletest.KindOf(t, err)
	})
}

func BenchmarkRows(b *testing.B) {
	var sheet []byte
	for i := range 5_000 {
		sheet = append(sheet, join(row(i, 0), cell(recCellReal, 0, 0, float64(i)), cell(recCellIsst, 1, 0, uint32(0)), cell(recCellReal, 2, 1, 45382.0))...)
	}
	tabletest.BenchmarkRows(b, Reader{}, workbook(b, 0, string(sheet)))
}
