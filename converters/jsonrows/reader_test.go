package jsonrows

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

// render reads a file as text.
func render(content string) (string, error) {
	book, err := Reader{}.Open(context.Background(), tabletest.Memory([]byte(content)), table.Options{Name: "t.json"})
	if err != nil {
		return "", err
	}
	out := strings.Builder{}
	fmt.Fprintln(&out, book.Info().Format)
	err = tabletest.Render(context.Background(), &out, book.Sheets()[0])
	return strings.Replace(out.String(), "sheet \"t\" visible=true\n", "", 1), err
}

func TestRecordsBecomeRows(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"an array of objects, keys in order of appearance", `[{"a":1,"b":"x"},{"b":"y","c":true},{}]`,
			"json\n1 1:text+bold\"a\" 2:text+bold\"b\" 3:text+bold\"c\"\n2 1:number\"1\" 2:text\"x\"\n3 2:text\"y\" 3:bool\"true\"\n4"},
		{"numbers as they stand, words for no value", `[{"a":1.50,"b":12345678901234567890,"c":-2e3,"d":null,"e":NaN,"f":"007"}]`,
			"json\n1 1:text+bold\"a\" 2:text+bold\"b\" 3:text+bold\"c\" 4:text+bold\"d\" 5:text+bold\"e\" 6:text+bold\"f\"\n2 1:number\"1.5\" 2:number\"12345678901234567890\" 3:number\"-2000\" 6:text\"007\""},
		{"escapes", `[{"a\"":"\u00d1and\u00fa \ud83d\ude00 \\ \/ \r\n\t\u0000."}]`, "json\n1 1:text+bold\"a\\\"\"\n2 1:text\"Ñandú 😀 \\\\ / \\n\\t.\""},
		{"objects inside become columns, arrays stay", `[{"a":{"b":1,"c":{"d":2}},"e":[1, {"f": "g h"}],"h":{}}]`,
			"json\n1 1:text+bold\"a.b\" 2:text+bold\"a.c.d\" 3:text+bold\"e\" 4:text+bold\"h\"\n2 1:number\"1\" 2:number\"2\" 3:text\"[1,{\\\"f\\\":\\\"g h\\\"}]\" 4:text\"{}\""},
		{"objects behind each other", "{\"a\":1,\"b\":[{\"c\":1}]}\n\n{\"a\":2}\n", "ndjson\n1 1:text+bold\"a\" 2:text+bold\"b\"\n2 1:number\"1\" 2:text\"[{\\\"c\\\":1}]\"\n3 1:number\"2\""},
		{"one object alone", `{"a":1}`, "ndjson\n1 1:text+bold\"a\"\n2 1:number\"1\""},
		{"an API's answer", `{"success":true,"help":[1],"result":{"fields":"x","records":[{"a":1}],"total":1}}`, "json\n1 1:text+bold\"a\"\n2 1:number\"1\""},
		{"arrays", `[["a","b"],[1,null],["x",2]]`, "json\n1 1:text\"a\" 2:text\"b\"\n2 1:number\"1\"\n3 1:text\"x\" 2:number\"2\""},
		{"points of GeoJSON", `{"type":"FeatureCollection","features":[{"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[-77.03, -12.04, 5]},"properties":{"n":"Lima","o":{"p":1}}},{"type":"Feature","geometry":null,"properties":null}]}`,
			"geojson\n1 1:text+bold\"id\" 2:text+bold\"geometry\" 3:text+bold\"n\" 4:text+bold\"o.p\"\n2 1:number\"7\" 2:text\"-77.03,-12.04\" 3:text\"Lima\" 4:number\"1\"\n3"},
		{"other shapes of GeoJSON", `{"features":[{"geometry":{"type":"LineString", "coordinates":[[0, 1],[2,3]]},"properties":{"n":1}}]}`,
			"geojson\n1 1:text+bold\"geometry\" 2:text+bold\"n\"\n2 1:text\"{\\\"type\\\":\\\"LineString\\\",\\\"coordinates\\\":[[0,1],[2,3]]}\" 2:number\"1\""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := render(c.content)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want+"\n", got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
			if !Sniff(tabletest.Memory([]byte(c.content))) {
				t.Error("it is not recognised")
			}
		})
	}
}

func TestReaderConforms(t *testing.T) {
	var list strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&list, "{\"n\":%d,\"nombre\":\"Municipio ñ %d\",\"x\":%d.5}\n", i, i, i)
	}
	array := "[" + strings.ReplaceAll(strings.TrimSpace(list.String()), "\n", ",\n") + "]"
	for name, content := range map[string]string{"lines": list.String(), "array": array, "wrapped": `{"a":{"b":` + array + `}}`} {
		if err := tabletest.CheckReader(Reader{}, []byte(content), table.Options{Name: "t.json"}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsNoTableOfRecordsIsLeftToOthers(t *testing.T) {
	for _, content := range []string{"", "{", "[", "[1,2]", "a;b\n", "{a:1}", `{"a"}`, "[nombre];[monto]", `{"a";"b"}`} {
		if Sniff(tabletest.Memory([]byte(content))) {
			t.Errorf("%q is taken for JSON", content)
		}
	}
}

func TestBrokenFilesShowWhatComesBeforeTheBreak(t *testing.T) {
	for _, content := range []string{`[{"a":1},{"a":`, `[{"a":1},{"a":2}`, `[{"a":1} {"a":2}]`, `[{"a":1},{"a" 2}]`, `[{"a":1},{"a":tru}]`, "{\"a\":1}\n{\"a\":\"x\n"} {
		got, err := render(content)
		var f *table.Fault
		if !errors.As(err, &f) || f.Kind != table.Damaged || f.Place.Row < 3 {
			t.Errorf("%s: got %v, want damaged", content, err)
		}
		if !strings.Contains(got, `2 1:number"1"`) {
			t.Errorf("%s: the first record is lost: %s", content, got)
		}
	}
}

func TestHostileFilesEndInAFault(t *testing.T) {
	var keys strings.Builder
	for i := range maxColumns + 1 {
		fmt.Fprintf(&keys, `"k%d":1,`, i)
	}
	for _, c := range []struct {
		name, content string
		want          table.FaultKind
	}{
		{"depth", `[{"a":` + strings.Repeat("[", 100_000), table.Hostile},
		{"a record without end", `[{"a":"` + strings.Repeat("x", maxRecord+1), table.Hostile},
		{"keys without end", `[{` + keys.String() + `"z":1}]`, table.Hostile},
		{"a text", `hola`, table.Damaged},
		{"nothing", ``, table.EmptyFile},
	} {
		_, err := render(c.content)
		if got := tabletest.KindOf(t, err); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add(`[{"a":1,"b":{"c":[1,"\u00f1"]}}]`)
	f.Add("{\"a\":1}\n{\"a\":2}")
	f.Add(`{"features":[{"geometry":{"type":"Point","coordinates":[1,2]},"properties":{"n":null}}]}`)
	f.Add(`[["a"],[1.5e3]]`)
	f.Fuzz(func(t *testing.T, content string) {
		_ = Sniff(tabletest.Memory([]byte(content)))
		_, err := render(content)
		tabletest.KindOf(t, err)
	})
}
