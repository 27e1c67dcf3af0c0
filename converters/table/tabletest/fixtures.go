package tabletest

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/flate"

	"chasqui/converters/table"
)

// Text reads content and renders all its sheets; see Render. The error is the
// reader's.
func Text(r table.Reader, content []byte, opt table.Options) (string, error) {
	return text(context.Background(), r, Memory(content), opt)
}

// File returns the content of a file.
func File(t testing.TB, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// Golden compares got with a golden file, which it writes first if update says
// so.
func Golden(t testing.TB, update bool, path, got string) {
	t.Helper()
	if update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(string(File(t, path)), got); d != "" {
		t.Errorf("%s (-want +got)\n%s", path, d)
	}
}

// KindOf returns the kind of the fault that an error is, "" where there is none.
// A reader returns no other errors: one ends the test.
func KindOf(t testing.TB, err error) table.FaultKind {
	t.Helper()
	if err == nil {
		return ""
	}
	var fault *table.Fault
	if !errors.As(err, &fault) {
		t.Fatalf("the error is no fault: %v", err)
	}
	return fault.Kind
}

// Zip packs parts in the order of their names, but the one called mimetype comes
// first and as it is, as OpenDocument has it.
func Zip(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	add := func(name string, method uint16) {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(parts[name])); err != nil {
			t.Fatal(err)
		}
	}
	const first = "mimetype"
	if _, has := parts[first]; has {
		add(first, zip.Store)
	}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if name != first {
			add(name, zip.Deflate)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkRows measures reading the rows of content's first sheet.
func BenchmarkRows(b *testing.B, r table.Reader, content []byte) {
	book, err := r.Open(b.Context(), Memory(content), table.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range book.Sheets()[0].Rows(b.Context()) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
