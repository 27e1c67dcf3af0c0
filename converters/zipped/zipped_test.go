package zipped

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"

	"github.com/klauspost/compress/flate"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

// pack makes a zip of parts; the one called zeros gets so many zeros.
func pack(t testing.TB, zeros int64, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	for _, name := range names {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		for left := zeros; left > 0 && name == "zeros"; left -= 1 << 20 {
			f.Write(make([]byte, 1<<20))
		}
		f.Write([]byte("fin"))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPartsAreFoundWhateverTheirSpelling(t *testing.T) {
	a, fault := Open(tabletest.Memory(pack(t, 0, `XL\Workbook.BIN`, "/b.xml")))
	if fault != nil {
		t.Fatal(fault)
	}
	names := a.Names()
	slices.Sort(names)
	if !slices.Equal(names, []string{"b.xml", "xl/workbook.bin"}) || !a.Has("xl/workbook.bin") || a.Size("B.xml") != 3 || a.Size("c") != -1 {
		t.Errorf("got %v", names)
	}
	content, fault := a.Small("b.xml", 3)
	if string(content) != "fin" || fault != nil {
		t.Errorf("got %q, %v", content, fault)
	}
	if _, fault := a.Small("b.xml", 2); fault == nil || fault.Kind != table.Hostile {
		t.Errorf("a part over its limit: got %v, want hostile", fault)
	}
	if content, fault := a.Small("c", 2); content != nil || fault != nil {
		t.Errorf("a part that is not there: got %q, %v", content, fault)
	}
	if _, fault := a.Part("c"); fault == nil || fault.Kind != table.Damaged {
		t.Errorf("opening a part that is not there: got %v, want damaged", fault)
	}
}

func TestABombOfZerosEndsBeforeItIsInflated(t *testing.T) {
	a, fault := Open(tabletest.Memory(pack(t, freeInflate+2<<20, "zeros")))
	if fault != nil {
		t.Fatal(fault)
	}
	r, fault := a.Part("zeros")
	if fault != nil {
		t.Fatal(fault)
	}
	defer r.Close()
	n, err := io.Copy(io.Discard, r)
	if f := FaultOf(err); f.Kind != table.Hostile || n > freeInflate {
		t.Errorf("got %v after %d bytes, want hostile", err, n)
	}
}

func TestAnErrorOfTheSourceIsNoDamage(t *testing.T) {
	content := pack(t, 0, "a")
	cause := errors.New("the disk fails")
	_, fault := Open(tabletest.FailsAt(content, int64(len(content)-5), cause))
	if fault == nil || fault.Kind != table.UnreadableFile || !errors.Is(fault, cause) {
		t.Errorf("got %v, want unreadable_file", fault)
	}
	if _, fault := Open(tabletest.Memory(content[:len(content)/2])); fault == nil || fault.Kind != table.Damaged {
		t.Errorf("half a zip: got %v, want damaged", fault)
	}
}

func TestAPartMayBeClosedBeforeItsEnd(t *testing.T) {
	a, fault := Open(tabletest.Memory(pack(t, 4<<20, "zeros")))
	if fault != nil {
		t.Fatal(fault)
	}
	r, fault := a.Part("zeros")
	if fault != nil {
		t.Fatal(fault)
	}
	if _, err := r.Read(make([]byte, 10)); err != nil {
		t.Error(err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}
