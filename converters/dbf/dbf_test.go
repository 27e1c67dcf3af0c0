package dbf

import (
	"bytes"
	"encoding/binary"
	"flag"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func sample(t testing.TB, name string) []byte { return tabletest.File(t, "testdata/"+name) }

// render reads a table as text.
func render(content []byte, opt table.Options) (string, error) {
	return tabletest.Text(Reader{}, content, opt)
}

// build makes a table of fields ("NAME C 10 0") and records.
func build(codePage byte, fields []string, records ...string) []byte {
	head := make([]byte, headSize)
	head[0], head[2], head[3], head[29] = 3, 1, 1, codePage
	size := 1
	var described []byte
	for _, f := range fields {
		parts := strings.Fields(f)
		d := make([]byte, fieldSize)
		copy(d, parts[0])
		d[11] = parts[1][0]
		for _, c := range parts[2] {
			d[16] = d[16]*10 + byte(c-'0')
		}
		size += int(d[16])
		described = append(described, d...)
	}
	binary.LittleEndian.PutUint32(head[4:], uint32(len(records)))
	binary.LittleEndian.PutUint16(head[8:], uint16(headSize+len(described)+1))
	binary.LittleEndian.PutUint16(head[10:], uint16(size))
	return append(append(append(append(head, described...), 0x0d), strings.Join(records, "")...), 0x1a)
}

func TestTheSamplesReadAsTheGoldenFilesSay(t *testing.T) {
	for _, name := range []string{"db3", "vfp"} {
		content := sample(t, name+".dbf")
		if !Sniff(tabletest.Memory(content)) {
			t.Errorf("%s is not recognised", name)
		}
		got, err := render(content, table.Options{Name: name + ".dbf"})
		if err != nil {
			t.Fatal(err)
		}
		tabletest.Golden(t, *update, "testdata/"+name+".golden", got)
	}
}

func TestReaderConforms(t *testing.T) {
	for _, name := range []string{"db3.dbf", "vfp.dbf"} {
		if err := tabletest.CheckReader(Reader{}, sample(t, name), table.Options{Name: name}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFieldsKeepTheirMeaning(t *testing.T) {
	for _, c := range []struct{ name, field, value, want string }{
		{"a code of digits is a text", "A C 5", "00101", `1:text"00101"`},
		{"trailing blanks go, leading ones stay", "A C 5", " ab  ", `1:text" ab"`},
		{"a number", "A N 8", "   -1.50", `1:number"-1.5"`},
		{"zeros before a number", "A N 8", "00001.50", `1:number"1.5"`},
		{"half a number", "A N 4", " .5 ", `1:number"0.5"`},
		{"zero", "A N 4", "0000", `1:number"0"`},
		{"a blank number", "A N 4", "    ", ``},
		{"a number that did not fit", "A N 4", "****", "1:error\"****\"\nnotice error_values row 0 count 1"},
		{"a number that is none", "A N 4", "1-2 ", `1:text"1-2"`},
		{"a date", "A D 8", "20240331", `1:date"2024-03-31"`},
		{"no date", "A D 8", "00000000", ``},
		{"a date that is none", "A D 8", "2024ABCD", `1:text"2024ABCD"`},
		{"truth", "A L 1", "S", `1:bool"true"`},
		{"no truth", "A L 1", "?", ``},
		{"a memo", "A M 10", "        12", "\nnotice memo_not_read row 0 count 1"},
		{"no memo", "A M 10", "0000000000", ``},
		{"another type", "A G 10", "1234567890", "\nnotice field_type row 0 count 1"},
	} {
		got, err := render(build(0, []string{c.field}, " "+c.value), table.Options{Name: "t.dbf"})
		want := strings.TrimRight("sheet \"t\" visible=true\n1 1:text+bold\"A\"\n2 "+c.want, " ") + "\n"
		got = strings.ReplaceAll(got, "\n2\n", "\n2 \n")
		want = strings.ReplaceAll(strings.ReplaceAll(want, "\n2\n", "\n2 \n"), "2 \n\n", "2 \n")
		if d := cmp.Diff(want, got); d != "" || err != nil {
			t.Errorf("%s: %v (-want +got)\n%s", c.name, err, d)
		}
	}
}

func TestTheEncodingIsFound(t *testing.T) {
	const accents = " A\xa4o pr\xa2ximo en Bogot\xa0   "
	for _, c := range []struct {
		name, value, given, want string
		page                     byte
	}{
		{"the header's code page", accents, "", "Año próximo en Bogotá", 0x02},
		{"a guess where the header says nothing", accents, "", "Año próximo en Bogotá", 0},
		{"UTF-8 whatever the header says", " Año próximo en Bogotá ", "", "Año próximo en Bogotá", 0x57},
		{"what the caller says", accents, "macintosh", "A§o pr¢ximo en Bogot†", 0x02},
	} {
		content := build(c.page, []string{"A C 24"}, (c.value + "          ")[:25])
		got, err := render(content, table.Options{Encoding: c.given})
		if err != nil || !strings.Contains(got, `"`+c.want+`"`) {
			t.Errorf("%s: got %s, %v", c.name, got, err)
		}
	}
}

func TestDeletedRecordsAreLeftOutAndCounted(t *testing.T) {
	got, err := render(build(0, []string{"A C 1"}, " a", "*b", " c"), table.Options{})
	if want := "1 1:text+bold\"A\"\n2 1:text\"a\"\n3 1:text\"c\"\nnotice deleted_records row 0 count 1\n"; err != nil || !strings.HasSuffix(got, want) {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestHeadersThatLie(t *testing.T) {
	honest := build(0, []string{"A C 1"}, " a", " b")
	changed := func(at int, b ...byte) []byte {
		c := bytes.Clone(honest)
		copy(c[at:], b)
		return c
	}
	for _, c := range []struct {
		name    string
		content []byte
		rows    int
		notice  string
	}{
		{"more records than there are", changed(4, 0xff, 0xff, 0xff, 0xff), 3, "notice record_count row 0 count 4294967293"},
		{"fewer records than there are", changed(4, 1), 2, "notice record_count row 0 count 1"},
	} {
		got, err := render(c.content, table.Options{})
		if err != nil || strings.Count(got, "text") != c.rows || !strings.Contains(got, c.notice) {
			t.Errorf("%s: got %s, %v", c.name, got, err)
		}
	}
	for _, c := range []struct {
		name    string
		content []byte
		want    table.FaultKind
	}{
		{"records of another size", changed(10, 9), table.UnknownFormat},
		{"a header beyond the end", changed(8, 0xff, 0xff), table.Damaged},
		{"no end of the fields", changed(64, 'X'), table.UnknownFormat},
		{"another version", changed(0, 0x04), table.UnknownFormat},
		{"nothing", nil, table.EmptyFile},
	} {
		_, err := render(c.content, table.Options{})
		if got := tabletest.KindOf(t, err); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add(sample(f, "db3.dbf"))
	f.Add(sample(f, "vfp.dbf"))
	f.Add(build(2, []string{"A N 4", "B D 8"}, " 1.5020240331"))
	f.Fuzz(func(t *testing.T, content []byte) {
		_, err := render(content, table.Options{})
		tabletest.KindOf(t, err)
	})
}
