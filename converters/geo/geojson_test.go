package geo

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

// feature is one as a decoder that knows nothing of us sees it.
type feature struct {
	Type     string
	Geometry *struct {
		Type        string
		Coordinates json.RawMessage
	}
	Properties map[string]any
}

// features writes a table and decodes what was written.
func features(t testing.TB, fields []table.Field, opt WriterOptions, rows ...[]table.Value) []feature {
	t.Helper()
	var out bytes.Buffer
	if err := tabletest.WriteAll(NewWriter(&out, fields, opt), rows); err != nil {
		t.Fatal(err)
	}
	var c struct {
		Type     string
		Features []feature
	}
	if err := json.Unmarshal(out.Bytes(), &c); err != nil {
		t.Fatalf("%v in\n%s", err, out.String())
	}
	if c.Type != "FeatureCollection" || c.Features == nil {
		t.Fatalf("not a collection:\n%s", out.String())
	}
	return c.Features
}

// geometry is a feature's geometry as text.
func (f feature) geometry() string {
	if f.Geometry == nil {
		return "null"
	}
	return f.Geometry.Type + string(f.Geometry.Coordinates)
}

// columns makes fields of "name:type" words; a bare name is a number.
func columns(words string) []table.Field {
	var fields []table.Field
	for _, w := range strings.Fields(words) {
		name, typ, ok := strings.Cut(w, ":")
		if !ok {
			typ = "number"
		}
		fields = append(fields, table.Field{Name: name, Type: table.Type(typ)})
	}
	return fields
}

func TestCoordinatesAreFoundByTheirNames(t *testing.T) {
	for _, names := range []string{"latitud longitud", "lat lon", "lat lng", "latitude long", "y x", "coord_y coord_x", "lat_origen lon_origen", "gps_latitud gps_longitud", "LATITUD LONGITUD", "norte este"} {
		got := features(t, columns("nombre:string "+names), WriterOptions{}, tabletest.Values("Lima", "-12.0450", "-77.03"))
		if g := got[0].geometry(); g != "Point[-77.03,-12.0450]" {
			t.Errorf("%s: %s", names, g)
		}
	}
	for _, names := range []string{"latitud", "lat_a lon_b", "largo ancho", "monto total"} {
		err := tabletest.WriteAll(NewWriter(io.Discard, columns(names), WriterOptions{}), [][]table.Value{tabletest.Values("-12.0450", "-77.03")[:len(strings.Fields(names))]})
		if !errors.Is(err, ErrNoGeometry) {
			t.Errorf("%s: %v", names, err)
		}
	}
}

func TestPropertiesAreTypedAndPlacesMayBeMissing(t *testing.T) {
	fields := columns("codigo:string personas:integer activo:boolean fecha:date lat:string lon:string")
	got := features(t, fields, WriterOptions{},
		tabletest.Values("01", "5", "true", "2026-03-31", "-12,5", "-77.25"),
		tabletest.Values("02", "", "", "", "", "-77.25"),
		tabletest.Values("03", "7", "false", "", "s/d", "-77.25"),
		tabletest.Values("04", "7", "false", "", "-120.5", "-77.25"),
		tabletest.Values("<05>", "7", "false", "", "1.5", "-77.25"),
	)
	var geometries []string
	for _, f := range got {
		geometries = append(geometries, f.geometry())
	}
	if d := cmp.Diff([]string{"Point[-77.25,-12.5]", "null", "null", "null", "Point[-77.25,1.5]"}, geometries); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	want := map[string]any{"codigo": "01", "personas": 5.0, "activo": true, "fecha": "2026-03-31", "lat": "-12,5", "lon": "-77.25"}
	if d := cmp.Diff(want, got[0].Properties); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if got[1].Properties["personas"] != nil || got[4].Properties["codigo"] != "<05>" {
		t.Errorf("properties %v, %v", got[1].Properties, got[4].Properties)
	}
}

func TestRowsWithoutAPlaceAreCounted(t *testing.T) {
	w := NewWriter(io.Discard, columns("lat lon"), WriterOptions{})
	if err := tabletest.WriteAll(w, [][]table.Value{tabletest.Values("1", "2"), tabletest.Values("", "2"), tabletest.Values("1", "2")}); err != nil {
		t.Fatal(err)
	}
	want := []table.Notice{{Code: NoticeNoPlace, Count: 1}}
	if d := cmp.Diff(want, w.(interface{ Notices() []table.Notice }).Notices()); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestGeopointsAndTextsBecomeGeometries(t *testing.T) {
	got := features(t, columns("id:integer lugar:geopoint"), WriterOptions{}, tabletest.Values("1", "-77.03,-12.04"), tabletest.Values("2", ""))
	if got[0].geometry() != "Point[-77.03,-12.04]" || len(got[0].Properties) != 1 || got[1].geometry() != "null" {
		t.Errorf("%v", got)
	}
	for wkt, want := range map[string]string{
		"POINT (-77.03 -12.04)":                                      "Point[-77.03,-12.04]",
		"point z(-77.03 -12.04 150.5)":                               "Point[-77.03,-12.04,150.5]",
		"SRID=4326;POINT(1 2)":                                       "Point[1,2]",
		"LINESTRING(0 0, 1 1,2 0)":                                   "LineString[[0,0],[1,1],[2,0]]",
		"POLYGON((0 0,0 2,2 2,2 0,0 0),(0.5 0.5,1 0.5,1 1,0.5 0.5))": "Polygon[[[0,0],[2,0],[2,2],[0,2],[0,0]],[[0.5,0.5],[1,1],[1,0.5],[0.5,0.5]]]",
		"MULTIPOINT((1 2),(3 4))":                                    "MultiPoint[[1,2],[3,4]]",
		"MULTIPOINT(1 2,3 4)":                                        "MultiPoint[[1,2],[3,4]]",
		"MULTILINESTRING((0 0,1 1),(2 2,3 3))":                       "MultiLineString[[[0,0],[1,1]],[[2,2],[3,3]]]",
		"MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 6,6 5,5 5)))":      "MultiPolygon[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]",
	} {
		got := features(t, columns("forma:string"), WriterOptions{}, tabletest.Values(wkt))
		if g := got[0].geometry(); g != want || len(got[0].Properties) != 0 {
			t.Errorf("%s: %s, properties %v", wkt, g, got[0].Properties)
		}
	}
}

func TestAFewPlacesThatCannotBeReadKeepTheirTextAsAProperty(t *testing.T) {
	got := features(t, columns("geom:string"), WriterOptions{},
		tabletest.Values("POINT EMPTY"), tabletest.Values("POLYGON ((0 0, 1 0, 1 1, 0 0))"),
		tabletest.Values("sin datos"), tabletest.Values("POINT (-77 -12)"), tabletest.Values("MULTIPOLYGON Z EMPTY"))
	for i, want := range []string{"null", "Polygon[[[0,0],[1,0],[1,1],[0,0]]]", "null", "Point[-77,-12]", "null"} {
		text, kept := got[i].Properties["geom"]
		if g := got[i].geometry(); g != want || kept != (want == "null") {
			t.Errorf("row %d: got %s with property %v, want %s", i+1, g, text, want)
		}
	}
}

func TestTextsThatAreNoGeometryAreLeftAlone(t *testing.T) {
	for _, s := range []string{
		"", "POINT", "POINT()", "POINT(1)", "POINT(1 2", "POINT(1 2) x", "POINT(1 2,3 4)", "POINT(a b)", "POINT(NaN 1)", "POINT EMPTY", "POINT M(1 2 3)",
		"POLYGON(0 0,1 1)", "POLYGON((", "MULTIPOINT((1 2)", "SRID=32718;POINT(1 2)", "Puente", "GEOMETRYCOLLECTION(POINT(1 2))", "POINT(1e999 2)",
	} {
		if g, ok := parseWKT(s); ok {
			t.Errorf("%q is %+v", s, g)
		}
	}
	got := features(t, columns("wkt:string"), WriterOptions{}, tabletest.Values("POINT(1 2)"), tabletest.Values("POLYGON((0 0,1 0,1 1,0 1))"), tabletest.Values("LINESTRING(1 1)"))
	for _, f := range got[1:] {
		if f.geometry() != "null" || f.Properties["wkt"] == "" {
			t.Errorf("a ring that does not close, or a line of one point: %v", f)
		}
	}
}

func TestGridsNeedTheirZone(t *testing.T) {
	rows := [][]table.Value{tabletest.Values("1", "278945.669", "8667553.079"), tabletest.Values("2", "0", "-1"), tabletest.Values("3", "", "")}
	for _, names := range []string{"este norte", "x y", "utm_este utm_norte", "coord_x coord_y", "lon lat"} {
		fields := columns("id:integer " + names)
		if err := tabletest.WriteAll(NewWriter(io.Discard, fields, WriterOptions{}), rows[:1]); !errors.Is(err, ErrNeedsZone) {
			t.Errorf("%s: %v", names, err)
		}
		zone, _ := ParseZone("18S")
		got := features(t, fields, WriterOptions{Zone: zone}, rows[0], rows[0], rows[1], rows[2])
		if g := got[0].geometry(); g != "Point[-77.0306,-12.0459]" || got[2].geometry() != "null" || got[3].geometry() != "null" {
			t.Errorf("%s: %v", names, got)
		}
	}
	zone, _ := ParseZone("18S")
	got := features(t, columns("forma:string"), WriterOptions{Zone: zone}, tabletest.Values("POINT(278945.669 8667553.079)"))
	if g := got[0].geometry(); g != "Point[-77.0306,-12.0459]" {
		t.Errorf("well-known text on a grid: %s", g)
	}
	both := columns("este norte lat lon")
	values := tabletest.Values("278945.669", "8667553.079", "1.5", "2.5")
	if g := features(t, both, WriterOptions{}, values)[0].geometry(); g != "Point[2.5,1.5]" {
		t.Errorf("degrees beside a grid: %s", g)
	}
	if g := features(t, both, WriterOptions{Zone: zone}, values)[0].geometry(); g != "Point[-77.0306,-12.0459]" {
		t.Errorf("a grid that was asked for: %s", g)
	}
}

func TestALongTableIsWrittenWhole(t *testing.T) {
	rows := make([][]table.Value, 2*chooseRows+1)
	for i := range rows {
		rows[i] = tabletest.Values("1.5", "2.5")
	}
	if got := features(t, columns("lat lon"), WriterOptions{}, rows...); len(got) != len(rows) || got[len(got)-1].geometry() != "Point[2.5,1.5]" {
		t.Errorf("%d features of %d rows", len(got), len(rows))
	}
	if got := features(t, columns("lat lon"), WriterOptions{}); len(got) != 0 {
		t.Errorf("%d features of no rows", len(got))
	}
}

func FuzzWKT(f *testing.F) {
	for _, s := range []string{"POINT (-77.03 -12.04)", "MULTIPOLYGON(((0 0,1 0,1 1,0 0)))", "POLYGON((0 0,0 2,2 2,0 0))", "MULTIPOINT((1 2))"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		g, ok := parseWKT(s)
		if !ok || !g.place(degrees) || !g.wind() {
			return
		}
		if b := g.appendJSON(nil); !json.Valid(b) {
			t.Fatalf("%q gives %s", s, b)
		}
	})
}
