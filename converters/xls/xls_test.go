package xls

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func sample(t testing.TB) []byte { return tabletest.File(t, "testdata/muestra.xls") }

func TestTheSampleOfLibreOfficeReadsAsTheGoldenFileSays(t *testing.T) {
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

func TestSharedStringsGoOnInOtherRecords(t *testing.T) {
	const count = 5
	sst := join(
		rec(recSST, uint32(count), uint32(count),
			u16(3), uint8(0), "Uno",
			u16(4), uint8(flagRich), u16(1), "Ricú"[:3], "\xfa", uint32(0), // a run of formatting behind it
			u16(6), uint8(0), "abc"), // one byte a character here,
		rec(recContinue, uint8(flagWide), wide("ñŁ€"), // two from here on
			u16(2), uint8(flagPhonetic), uint32(6), "ab", "123"), // the phonetic part is cut
		rec(recContinue, "456", u16(4), uint8(flagWide), wide("a\r\nb")),
	)
	cells := []byte{}
	for i := range count {
		cells = append(cells, rec(recLabelSST, u16(0), u16(i), u16(0), uint32(i))...)
	}
	got, err := render(workbook(biff8, sst, cells))
	if err != nil {
		t.Fatal(err)
	}
	want := "sheet \"Hoja\" visible=true\n" + `1 1:text"Uno" 2:text"Ricú" 3:text"abcñŁ€" 4:text"ab" 5:text"a\nb"` + "\n"
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestCellsKeepTheirMeaning(t *testing.T) {
	globals := join(rec(recCodePage, u16(1252)), rec(recFormat, u16(164), "\x0add/mm/yyyy"),
		rec(recXF, u16(0), u16(0), make([]byte, 12)), rec(recXF, u16(0), u16(164), make([]byte, 12)))
	rk := func(v int32, flags uint32) uint32 { return uint32(v)<<2 | flags }
	for _, c := range []struct {
		name  string
		cells []byte
		want  string
	}{
		{"packed numbers", join(rec(recRK, u16(0), u16(0), u16(0), rk(-5, 2)), rec(recRK, u16(0), u16(1), u16(0), rk(12345, 3)), rec(recRK, u16(0), u16(2), u16(0), uint32(0x3ff80000))),
			`1 1:number"-5" 2:number"123.45" 3:number"1.5"`},
		{"runs of packed numbers", rec(recMulRK, u16(1), u16(2), u16(0), rk(1, 2), u16(1), rk(45382, 2), u16(3)), `2 3:number"1" 4:date"2024-03-31"`},
		{"floats and dates", join(rec(recNumber, u16(0), u16(0), u16(0), 0.1), rec(recNumber, u16(0), u16(1), u16(1), 45382.5)), `1 1:number"0.1" 2:datetime"2024-03-31T12:00:00"`},
		{"day 0 stays a number", rec(recNumber, u16(0), u16(0), u16(1), 0.0), "1 1:number\"0\"\nnotice date_before_calendar row 0 count 1"},
		{"text of the code page", rec(recLabel, u16(0), u16(0), u16(0), u16(4), "A\xf1o\x80"), `1 1:text"Año€"`},
		{"truth and errors", join(rec(recBoolErr, u16(0), u16(0), u16(0), uint8(1), uint8(0)), rec(recBoolErr, u16(0), u16(1), u16(0), uint8(7), uint8(1))),
			"1 1:bool\"true\" 2:error\"#DIV/0!\"\nnotice error_values row 0 count 1"},
		{"formulas with a number, a text, a truth and nothing", join(
			rec(recFormula, u16(0), u16(0), u16(0), 2.5, make([]byte, 8)),
			rec(recFormula, u16(0), u16(1), u16(0), uint8(0), make([]byte, 5), u16(0xffff), make([]byte, 8)), rec(recShared, make([]byte, 8)), rec(recString, u16(2), "s\xed"),
			rec(recFormula, u16(0), u16(2), u16(0), uint8(1), uint8(0), uint8(1), make([]byte, 3), u16(0xffff), make([]byte, 8)),
			rec(recFormula, u16(0), u16(3), u16(0), uint8(3), make([]byte, 5), u16(0xffff), make([]byte, 8)), rec(recString, u16(1), "x")),
			`1 1:number+formula"2.5" 2:text+formula"sí" 3:bool+formula"true"`},
		{"cells that a program wrote column by column", join(rec(recRK, u16(0), u16(0), u16(0), rk(1, 2)), rec(recRK, u16(1), u16(0), u16(0), rk(2, 2)),
			rec(recRK, u16(0), u16(1), u16(0), rk(3, 2)), rec(recRK, u16(1), u16(1), u16(0), rk(4, 2))), "1 1:number\"1\" 2:number\"3\"\n2 1:number\"2\" 2:number\"4\""},
		{"hidden rows and columns, merged cells", join(rec(recColInfo, u16(1), u16(1), u16(0), u16(0), u16(1), u16(0)),
			rec(recRow, u16(0), make([]byte, 10), uint8(0x20), make([]byte, 3)), rec(recMulRK, u16(0), u16(0), u16(0), rk(1, 2), u16(0), rk(2, 2), u16(1)),
			rec(recMerged, u16(1), u16(0), u16(0), u16(0), u16(1))),
			"1 hidden 1:number\"1\" 2:number+hidden\"2\"\nmerge rows 1-1 columns 1-2\nnotice hidden_rows row 0 count 1\nnotice hidden_columns row 0 count 1"},
		{"a chart inside the sheet is left out", join(rec(recRK, u16(0), u16(0), u16(0), rk(1, 2)), bof(biff5, 0x20), rec(recRK, u16(0), u16(1), u16(0), rk(9, 2)), rec(recEOF), rec(recRK, u16(0), u16(2), u16(0), rk(2, 2))),
			`1 1:number"1" 3:number"2"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := render(workbook(biff5, globals, c.cells))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff("sheet \"Hoja\" visible=true\n"+c.want+"\n", got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestTheSystemOf1904MovesDates(t *testing.T) {
	globals := join(rec(recDateMode, u16(1)), rec(recXF, u16(0), u16(14), make([]byte, 12)))
	got, err := render(workbook(biff5, globals, rec(recNumber, u16(0), u16(0), u16(0), 43920.0)))
	if err != nil || !strings.Contains(got, `date"2024-03-31"`) {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestABareSheetOfUTF8BytesIsRead(t *testing.T) {
	content := join(rec(recBOF, u16(0), u16(kindSheet), uint32(0)), rec(recLabel, u16(0), u16(0), u16(0), u16(5), "Año"+"s"),
		rec(recNumber, u16(0), u16(1), u16(0), 3.5), rec(recLabel, u16(1), u16(0), u16(0), u16(3), "A\xf1o"))
	if !Sniff(tabletest.Memory(content)) {
		t.Error("it is not recognised")
	}
	got, err := render(content)
	want := "sheet \"1\" visible=true\n1 1:text\"Años\" 2:number\"3.5\"\n2 1:text\"Año\"\n"
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v (-want +got)\n%s", err, d)
	}
}

func TestHostileWorkbooksEndInAFault(t *testing.T) {
	one := rec(recRK, u16(0), u16(0), u16(0), uint32(6))
	whole := workbook(biff8, nil, one)
	ole := sample(t)
	at := func(offset int, v uint32) []byte {
		b := bytes.Clone(ole)
		binary.LittleEndian.PutUint32(b[offset:], v)
		return b
	}
	directory := int(binary.LittleEndian.Uint32(ole[48:]))
	fat := 512 * (1 + int(binary.LittleEndian.Uint32(ole[76:])))
	for _, c := range []struct {
		name    string
		content []byte
		want    table.FaultKind
	}{
		{"a password", workbook(biff8, rec(recFilePass, u16(1)), one), table.NeedsPassword},
		{"a record cut short", whole[:len(whole)-7], table.Damaged},
		{"a length beyond the end", append(bytes.Clone(whole[:len(whole)-4]), 0x7e, 2, 0xff, 0xff), table.Damaged},
		{"a short cell record", workbook(biff8, nil, rec(recRK, u16(0), u16(0))), table.Damaged},
		{"a shared string that is not there", workbook(biff8, nil, rec(recLabelSST, u16(0), u16(0), u16(0), uint32(9))), table.Damaged},
		{"strings announced that are cut", workbook(biff8, rec(recSST, uint32(1), uint32(0xffffffff), u16(0xffff), uint8(1), "ab"), one), table.Damaged},
		{"a phonetic part of 4 GB", workbook(biff8, rec(recSST, uint32(1), uint32(1), u16(1), uint8(flagPhonetic), uint32(0xffffffff), "a"), one), table.Damaged},
		{"a column beyond all", workbook(biff8, nil, rec(recRK, u16(0), u16(0xffff), u16(0), uint32(6))), table.Hostile},
		{"a sheet beyond the end", join(bof(biff8, kindGlobals), rec(recBoundSheet, uint32(1<<30), u16(0), "\x01\x00A"), rec(recEOF)), table.Damaged},
		{"no sheet", join(bof(biff8, kindGlobals), rec(recEOF)), table.NoTable},
		{"a directory that is its own next sector", at(fat+4*directory, uint32(directory)), table.Damaged},
		{"a stream whose chain goes round", at(fat+4*(int(binary.LittleEndian.Uint32(ole[512*(1+directory)+128+116:]))), 0xfffffff0), table.Damaged},
		{"a directory beyond the end", at(48, 1<<30), table.Damaged},
		{"a table of tables that is endless", at(72, 0xffffff), table.Damaged},
		{"half a file", ole[:len(ole)/2], table.Damaged},
		{"another thing", []byte("hola"), table.UnknownFormat},
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

func TestMemoryIsBounded(t *testing.T) {
	long := strings.Repeat("x", 8000)
	for name, content := range map[string][]byte{
		"shared strings":     workbook(biff8, rec(recSST, uint32(1), uint32(1), u16(8000), uint8(0), long), rec(recRK, u16(0), u16(0), u16(0), uint32(6))),
		"cells out of order": workbook(biff5, nil, join(rec(recRK, u16(5), u16(0), u16(0), uint32(6)), rec(recLabel, u16(0), u16(0), u16(0), u16(8000), long))),
	} {
		_, err := renderWithin(content, table.Options{MaxMemory: 5000})
		if got := tabletest.KindOf(t, err); got != table.TooLarge {
			t.Errorf("%s: got %q, want too_large", name, got)
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add(sample(f))
	f.Add(workbook(biff5, rec(recCodePage, u16(850)), rec(recLabel, u16(0), u16(0), u16(0), u16(2), "ab")))
	f.Add(workbook(biff8, rec(recSST, uint32(1), uint32(1), u16(2), uint8(1), wide("ñ"), []byte{0}), rec(recLabelSST, u16(0), u16(0), u16(0), uint32(0))))
	f.Add(join(rec(recBOF, u16(0), u16(kindSheet), uint32(0)), rec(recNumber, u16(0), u16(1), u16(0), 3.5)))
	f.Fuzz(func(t *testing.T, content []byte) {
		_ = Sniff(tabletest.Memory(content))
		_, err := render(content)
		tabletest.KindOf(t, err)
	})
}

func BenchmarkRows(b *testing.B) {
	tabletest.BenchmarkRows(b, Reader{}, sample(b))
}

func TestWhatIsLeftOfACutWorkbookIsRead(t *testing.T) {
	whole := sample(t)
	rows := func(content []byte, partial bool) (texts []string, err error) {
		book, err := Reader{}.Open(t.Context(), tabletest.Memory(content), table.Options{Partial: partial})
		if err != nil {
			return nil, err
		}
		for row, err := range book.Sheets()[0].Rows(t.Context()) {
			if err != nil {
				return texts, err
			}
			texts = append(texts, fmt.Sprint(row.Number, row.Clone().Cells))
		}
		return texts, nil
	}
	all, err := rows(whole, false)
	if err != nil {
		t.Fatal(err)
	}
	cut := whole[:len(whole)*7/10]
	if !Sniff(tabletest.Memory(cut)) {
		t.Fatal("a workbook of which the end is lost is not known as one")
	}
	if _, err := rows(cut, false); err == nil {
		t.Error("a cut workbook passes for a whole one where nobody asked for a part")
	}
	got, err := rows(cut, true)
	if err != nil && len(got) == 0 || !slices.Equal(got, all[:len(got)]) || len(got) == 0 {
		t.Errorf("%d of %d rows, %v; want the first ones as they are in the whole", len(got), len(all), err)
	}
}
