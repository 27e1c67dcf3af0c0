package app

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

func TestContentChoosesTheReaderWhateverTheName(t *testing.T) {
	samples := filepath.Join("..", "converters")
	for _, c := range []struct{ file, want string }{
		{"xls/testdata/muestra.xls", "xls"},
		{"ods/testdata/muestra.ods", "ods"},
		{"ods/testdata/muestra.fods", "fods"},
		{"htmltable/testdata/muestra.html", "html"},
		{"xmlss/testdata/muestra.xml", "xml"},
		{"dbf/testdata/db3.dbf", "dbf"},
		{"dbf/testdata/vfp.dbf", "dbf"},
		{"geo/testdata/puntos.zip", "shapefile"},
	} {
		content, err := os.ReadFile(filepath.Join(samples, filepath.FromSlash(c.file)))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"a.xls", "a.csv", "a.dat", "a"} {
			path := filepath.Join(t.TempDir(), name)
			if err := os.WriteFile(path, content, 0o666); err != nil {
				t.Fatal(err)
			}
			s, err := OpenSource(context.Background(), path, "", nil)
			if err != nil {
				t.Errorf("%s as %s: %v", c.file, name, err)
				continue
			}
			if got := s.Book.Info().Format; got != c.want {
				t.Errorf("%s as %s: got %s, want %s", c.file, name, got, c.want)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestTextsAreReadByWhatTheyHold(t *testing.T) {
	for text, want := range map[string]string{
		"a;b\n1;2\n3;4\n":          "csv",
		"[{\"a\":1}]":              "json",
		"{\"a\":1}\n{\"a\":2}\n":   "ndjson",
		"<table><tr><td>a</table>": "html",
		"COD   NOMBRE          MONTO\n001   Ana Pérez      120,50\n002   Luis Ñahui   1.300,00\n003   Rosa             3,00\n004   José Soto        5,00\n": "txt",
	} {
		path := filepath.Join(t.TempDir(), "a.txt")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := OpenSource(context.Background(), path, "", nil)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := s.Book.Info().Format; got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
