package app

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"chasqui/converters/table"
)

// zipOf packs files, given as names and contents by turns.
func zipOf(t *testing.T, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(files[i+1]))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAZipIsReadIfItHoldsOneFileWithData(t *testing.T) {
	const data = "código;monto\n0101;1,5\n0102;2,5\n"
	inner := string(zipOf(t, "a.csv", data))
	for _, c := range []struct {
		name  string
		files []string
		want  string
		fault table.FaultKind
	}{
		{"one file", []string{"a.csv", data}, "csv", ""},
		{"one beside papers and what systems add", []string{"datos/", "", "datos/a.csv", data, "__MACOSX/._a.csv", "x", "leeme.pdf", "%PDF", "leeme.txt", "hola"}, "csv", ""},
		{"a text alone", []string{"a.txt", data}, "csv", ""},
		{"records in JSON", []string{"a.json", `[{"a":1}]`}, "json", ""},
		{"two files", []string{"a.csv", data, "b.csv", data}, "", table.Unsupported},
		{"none", []string{"a.pdf", "%PDF"}, "", table.Unsupported},
		{"a zip in a zip under a table's name", []string{"a.csv", inner}, "", table.Unsupported},
	} {
		path := filepath.Join(t.TempDir(), "datos.zip")
		if err := os.WriteFile(path, zipOf(t, c.files...), 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := OpenSource(context.Background(), path, "", nil)
		var fault *table.Fault
		switch {
		case c.fault != "":
			if !errors.As(err, &fault) || fault.Kind != c.fault {
				t.Errorf("%s: got %v, want %s", c.name, err, c.fault)
			}
		case err != nil:
			t.Errorf("%s: %v", c.name, err)
		default:
			if got := s.Book.Info().Format; got != c.want {
				t.Errorf("%s: got %s, want %s", c.name, got, c.want)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestALargeFileInAZipLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	data := "código;monto\n" + string(bytes.Repeat([]byte("0101;1,5\n"), inMemory/8))
	path := filepath.Join(t.TempDir(), "datos.zip")
	if err := os.WriteFile(path, zipOf(t, "a.csv", data), 0o666); err != nil {
		t.Fatal(err)
	}
	s, err := OpenSource(context.Background(), path, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, err := range s.Book.Sheets()[0].Rows(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		rows++
	}
	if want := 1 + inMemory/8; rows != want {
		t.Errorf("got %d rows, want %d", rows, want)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%s was left behind", left[0].Name())
	}
}
