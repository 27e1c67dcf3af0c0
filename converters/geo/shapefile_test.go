package geo

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

var update = flag.Bool("update", false, "write the golden file anew")

func sample(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// render reads a shapefile as text.
func render(content []byte) (string, error) {
	book, err := Reader{}.Open(context.Background(), tabletest.Memory(content), table.Options{Name: "x.zip"})
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = tabletest.Render(context.Background(), &out, book.Sheets()[0])
	return out.String(), err
}

// changed packs a sample anew with some of its parts made by edit, which
// returns nil for a part that is left out.
func changed(t testing.TB, name string, edit func(part string, content []byte) []byte) []byte {
	t.Helper()
	content := sample(t, name)
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if part = edit(f.Name[strings.LastIndexByte(f.Name, '.')+1:], part); part == nil {
			continue
		}
		to, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		to.Write(part)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// with replaces one part of a sample; nil leaves it out.
func with(t testing.TB, name, part string, content []byte) []byte {
	return changed(t, name, func(p string, old []byte) []byte {
		if p == part {
			return content
		}
		return old
	})
}

func TestTheSamplesReadAsTheGoldenFileSays(t *testing.T) {
	got := ""
	for _, name := range []string{"puntos.zip", "zonas.zip", "vias.zip"} {
		if !Sniff(tabletest.Memory(sample(t, name))) {
			t.Errorf("%s is not recognised", name)
		}
		text, err := render(sample(t, name))
		if err != nil {
			t.Fatal(err)
		}
		got += text
	}
	if *update {
		if err := os.WriteFile("testdata/shapefile.golden", []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/shapefile.golden")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestReaderConforms(t *testing.T) {
	for _, name := range []string{"puntos.zip", "zonas.zip"} {
		if err := tabletest.CheckReader(Reader{}, sample(t, name), table.Options{Name: name}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheProjectionDecidesWhatCoordinatesAre(t *testing.T) {
	const utm = `PROJCS["X",GEOGCS["G",DATUM["D_WGS_1984"]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",10000000.0],PARAMETER["Central_Meridian",-75.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`
	for _, c := range []struct{ name, prj, notice, point string }{
		{"UTM on WGS 84", utm, NoticeToDegrees, "POINT (-77.03207722 -12.06444522)"},
		{"UTM on another datum", strings.Replace(utm, "D_WGS_1984", "D_Provisional_S_American_1956", 1), NoticeProjection, "POINT (278800 8665500)"},
		{"a grid of its own", strings.Replace(utm, "0.9996", "1.0", 1), NoticeProjection, "POINT (278800 8665500)"},
		{"feet", strings.Replace(utm, `UNIT["Meter",1.0]`, `UNIT["Foot_US",0.3048006]`, 1), NoticeProjection, "POINT (278800 8665500)"},
		{"degrees of SIRGAS", `GEOGCS["SIRGAS 2000",DATUM["Sistema_de_Referencia_Geocentrico"]]`, "", "POINT (278800 8665500)"},
		{"nothing", "", NoticeNoProjection, "POINT (278800 8665500)"},
	} {
		got, err := render(with(t, "puntos.zip", "prj", []byte(c.prj)))
		if err != nil || !strings.Contains(got, c.point) || c.notice != "" && !strings.Contains(got, "notice "+c.notice) || c.notice == "" && strings.Contains(got, "proje") {
			t.Errorf("%s: got %s, %v", c.name, got, err)
		}
	}
}

func TestShapesOfDeletedRecordsGoWithThem(t *testing.T) {
	content := changed(t, "puntos.zip", func(part string, old []byte) []byte {
		if part == "dbf" {
			old[int(binary.LittleEndian.Uint16(old[8:]))] = '*'
		}
		return old
	})
	got, err := render(content)
	if err != nil || !strings.Contains(got, "\n2 1:text\"Chosica\" 2:number\"3400\" 3:text\"POINT (-77.01") || strings.Contains(got, "Ñaña") {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestHolesBelongToTheRingAroundThemWhateverTheOrder(t *testing.T) {
	square := func(x, y, side float64, clockwise bool) []float64 {
		if clockwise {
			return []float64{x, y, x, y + side, x + side, y + side, x + side, y, x, y}
		}
		return []float64{x, y, x + side, y, x + side, y + side, x, y + side, x, y}
	}
	var body []byte
	body = binary.LittleEndian.AppendUint32(body, shapePolygon)
	body = append(body, make([]byte, 32)...)
	body = binary.LittleEndian.AppendUint32(body, 4)
	body = binary.LittleEndian.AppendUint32(body, 20)
	for i := range 4 {
		body = binary.LittleEndian.AppendUint32(body, uint32(5*i))
	}
	for _, ring := range [][]float64{square(11, 1, 1, false), square(0, 0, 5, true), square(10, 0, 5, true), square(90, 0, 1, false)} {
		for _, v := range ring {
			body = binary.LittleEndian.AppendUint64(body, math.Float64bits(v))
		}
	}
	s := &shapes{body: body}
	got, err := s.shape(nil)
	const want = "MULTIPOLYGON (((0 0, 0 5, 5 5, 5 0, 0 0)), ((10 0, 10 5, 15 5, 15 0, 10 0), (11 1, 12 1, 12 2, 11 2, 11 1)), ((90 0, 91 0, 91 1, 90 1, 90 0)))"
	if string(got) != want || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestBrokenShapefilesEndInAFaultOrANotice(t *testing.T) {
	shp := func(edit func([]byte) []byte) []byte {
		return changed(t, "zonas.zip", func(part string, old []byte) []byte {
			if part == "shp" {
				return edit(old)
			}
			return old
		})
	}
	set := func(at int, v uint32, big bool) func([]byte) []byte {
		return func(b []byte) []byte {
			if big {
				binary.BigEndian.PutUint32(b[at:], v)
			} else {
				binary.LittleEndian.PutUint32(b[at:], v)
			}
			return b
		}
	}
	for _, c := range []struct {
		name    string
		content []byte
		want    table.FaultKind
	}{
		{"another file's shapes", shp(set(0, 1, true)), table.Damaged},
		{"a record of 4 GB", shp(set(104, 1<<31, true)), table.Hostile},
		{"a shape of no type", shp(set(108, 99, false)), table.Damaged},
		{"parts beyond the record", shp(set(144, 1<<31, false)), table.Damaged},
		{"points beyond the record", shp(set(148, 1<<31, false)), table.Damaged},
		{"parts that go back", shp(set(156, 0, false)), table.Damaged},
		{"shapes cut short", shp(func(b []byte) []byte { return b[:len(b)-9] }), table.Damaged},
		{"no attributes", with(t, "zonas.zip", "dbf", nil), table.UnknownFormat},
		{"nothing", nil, table.EmptyFile},
	} {
		_, err := render(c.content)
		var f *table.Fault
		if !errors.As(err, &f) || f.Kind != c.want {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
	got, err := render(shp(func(b []byte) []byte { return b[:100] }))
	if err != nil || !strings.Contains(got, "notice shapes_missing row 0 count 2") || !strings.Contains(got, "Dos partes") {
		t.Errorf("without shapes: got %s, %v", got, err)
	}
}

func FuzzShapes(f *testing.F) {
	for _, name := range []string{"puntos.zip", "zonas.zip", "vias.zip"} {
		changed(f, name, func(part string, content []byte) []byte {
			if part == "shp" {
				f.Add(content)
			}
			return content
		})
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		s := newShapes(bytes.NewReader(content), projection{})
		for range 1000 {
			text, ended, fault := s.next(nil)
			if fault != nil || ended {
				return
			}
			if len(text) > 0 && text[len(text)-1] != ')' {
				t.Fatalf("no well-known text: %s", text)
			}
		}
	})
}
