package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"

	"chasqui/app/disk"
	"chasqui/converters/table"
)

// convertTo converts a file into a format and returns where it lies.
func convertTo(t *testing.T, path, format string, opt WriteOptions) (string, Conversion, error) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "a."+format)
	done, err := Convert(t.Context(), ConvertRequest{Path: path, Out: out, Write: opt, Disk: disk.OS{}})
	return out, done, err
}

// allFormats are the ids of every output.
func allFormats() []string {
	var ids []string
	for _, o := range Outputs {
		ids = append(ids, o.ID)
	}
	return ids
}

func TestEveryFormatGivesEqualBytesInOneReadingAndInTwo(t *testing.T) {
	const n = 3000
	places := func(alter func(i int) (string, bool)) string {
		var b strings.Builder
		b.WriteString("codigo;nombre;latitud;longitud;fecha\n")
		for i := range n {
			if line, other := alter(i); other {
				b.WriteString(line)
				continue
			}
			fmt.Fprintf(&b, "%04d;Obra %d;-12,%04d;-77,%04d;%02d/%02d/2026\n", i, i%50, i, i, 1+i%28, 1+i%12)
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"plain":       places(at("")),
		"no such day": places(at("0001;Obra;-12,5;-77,5;31/02/2026\n", n-5)),
		"no place":    places(at("0001;Obra;s/d;s/d;01/02/2026\n", 10, n-5)),
		"long digits": places(at("0001;Obra;-12,1234567890123456789;-77,5;01/02/2026\n", n-5)),
	} {
		path := fileOf(t, "a.csv", text)
		sums := func(one bool) []string {
			t.Helper()
			src, err := OpenSource(t.Context(), path, "", nil)
			if err != nil {
				t.Fatal(err)
			}
			defer src.Close()
			req := &ConvertRequest{Path: path, Out: t.TempDir(), To: allFormats(), Disk: disk.OS{}}
			var f found
			defer func() { discard(f.files) }()
			if one {
				f, err = req.onePass(t.Context(), src)
			}
			if err == nil && !f.detected {
				err = req.detect(t.Context(), src, &f)
			}
			if err == nil && !f.complete {
				err = req.write(t.Context(), src, &f)
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			return filesOf(f)
		}
		if diff := cmp.Diff(sums(false), sums(true)); diff != "" {
			t.Errorf("%s (-two readings +one):\n%s", name, diff)
		}
	}
}

func TestAMisfitChangesNoOtherCellOfAWorkbook(t *testing.T) {
	text := "obra,fecha\n"
	for i := range 40 {
		text += fmt.Sprintf("Obra %d,%02d/01/2026\n", i, 1+i%28)
	}
	path, done, err := convertTo(t, fileOf(t, "a.csv", text+"Terminal,31/02/2026\n"), "xlsx", WriteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if done.Fields[1].Type != table.TypeString {
		t.Errorf("the schema says %s, want string: a date of the column is none", done.Fields[1].Type)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	got := map[string]string{}
	for _, cell := range []string{"B2", "B42"} {
		got[cell], _ = book.GetCellValue("Datos", cell, excelize.Options{RawCellValue: true})
	}
	got["C3"], _ = book.GetCellValue("Diccionario", "C3")
	if diff := cmp.Diff(map[string]string{"B2": "46023", "B42": "31/02/2026", "C3": "string"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestAValueThatAParquetTypeCannotHoldIsWrittenAsText(t *testing.T) {
	const long = "0.1234567890123456789"
	path, done, err := convertTo(t, fileOf(t, "a.csv", "obra,tasa,monto\nA,0.5,1.25\nB,"+long+",2.50\nC,0.25,3.75\n"), "parquet", WriteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if done.Fields[1].Type != table.TypeNumber || done.Fields[1].Misfits != 0 {
		t.Errorf("the schema says %s with %d misfits: a long number is one still", done.Fields[1].Type, done.Fields[1].Misfits)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	info, _ := file.Stat()
	f, err := parquet.OpenFile(file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]parquet.Row, 3)
	if n, _ := f.RowGroups()[0].Rows().ReadRows(rows); n != 3 {
		t.Fatalf("%d rows", n)
	}
	if got := rows[1][1].String(); got != long {
		t.Errorf("%s came out as %s", long, got)
	}
	if got := rows[1][2].Double(); got != 2.5 {
		t.Errorf("2.50 came out as %v", got)
	}
}

func TestPlacesAreAskedForOrRefused(t *testing.T) {
	grid := fileOf(t, "a.csv", "obra,este,norte\nA,278945.669,8667553.079\nB,278950.5,8667560.25\n")
	for _, c := range []struct {
		path string
		opt  WriteOptions
		want Kind
		args map[string]string
	}{
		{fileOf(t, "b.csv", "obra,monto\nA,1\nB,2\n"), WriteOptions{}, NoGeometry, nil},
		{grid, WriteOptions{}, NeedsAnswer, map[string]string{"Flag": "--utm"}},
		{grid, WriteOptions{UTM: "99X"}, NotAnOption, map[string]string{"Value": "99X", "Allowed": "1N–60N, 1S–60S"}},
	} {
		out, _, err := convertTo(t, c.path, "geojson", c.opt)
		var e *Error
		if !errors.As(err, &e) || e.Kind != c.want || !cmp.Equal(e.Args, c.args) {
			t.Errorf("%+v: got %v, want %s", c.opt, err, c.want)
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%s: a file was left", c.want)
		}
	}
	if _, done, err := convertTo(t, grid, "geojson", WriteOptions{UTM: "18s"}); err != nil || done.Rows != 2 {
		t.Errorf("%v, %d rows", err, done.Rows)
	}
}
