package jsonrows

import (
	"bytes"
	"encoding/json"
	"testing"

	"chasqui/converters/table"
)

// write writes rows of a table with one field of each kind.
func write(t *testing.T, opt WriterOptions, rows ...[]table.Value) string {
	t.Helper()
	var out bytes.Buffer
	w := NewWriter(&out, []table.Field{{Name: "código", Type: table.TypeString}, {Name: "monto", Type: table.TypeNumber}, {Name: "activo", Type: table.TypeBoolean}}, opt)
	for _, r := range rows {
		if err := w.WriteRow(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestValuesAreTypedAndMissingOnesNull(t *testing.T) {
	rows := [][]table.Value{
		{{Text: "01\"\n"}, {Text: "12345678901234567890.10"}, {Text: "true"}},
		{{Status: table.Missing}, {Text: "12 km", Status: table.Misfit}, {Status: table.Missing}},
	}
	for _, c := range []struct {
		opt  WriterOptions
		want string
	}{
		{WriterOptions{}, "[\n{\"código\":\"01\\\"\\n\",\"monto\":12345678901234567890.10,\"activo\":true},\n{\"código\":null,\"monto\":\"12 km\",\"activo\":null}\n]\n"},
		{WriterOptions{Lines: true}, "{\"código\":\"01\\\"\\n\",\"monto\":12345678901234567890.10,\"activo\":true}\n{\"código\":null,\"monto\":\"12 km\",\"activo\":null}\n"},
	} {
		if got := write(t, c.opt, rows...); got != c.want {
			t.Errorf("%+v: got\n%s\nwant\n%s", c.opt, got, c.want)
		}
	}
}

func TestATableWithoutRowsIsValid(t *testing.T) {
	if got := write(t, WriterOptions{}); got != "[]\n" {
		t.Errorf("array: %q", got)
	}
	if got := write(t, WriterOptions{Lines: true}); got != "" {
		t.Errorf("lines: %q", got)
	}
}

func FuzzStrings(f *testing.F) {
	f.Add("a\"\\\n\t\x00\u2028é\xff")
	f.Fuzz(func(t *testing.T, s string) {
		var got string
		if err := json.Unmarshal(appendString(nil, s), &got); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if want := string(bytes.ToValidUTF8([]byte(s), nil)); len(want) == len(s) && got != s {
			t.Fatalf("%q is read back as %q", s, got)
		}
	})
}
