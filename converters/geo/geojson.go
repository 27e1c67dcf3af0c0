// Package geo writes tables of places as GeoJSON (RFC 7946), reads shapefiles,
// and knows the coordinates that such tables have: degrees, UTM grids, well-known text.
//
// NewWriter is where to start; columns.go finds the coordinates in a table,
// utm.go turns metres of a grid into degrees. What is not here: other datums
// than WGS 84, to which the region's SIRGAS agrees within centimetres. Places
// measured on PSAD56 or SAD69 lie some hundred metres beside.
package geo

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"chasqui/converters/table"
)

// ErrNoGeometry says that no column of the table holds coordinates.
var ErrNoGeometry = errors.New("no column holds coordinates")

// ErrNeedsZone says that the coordinates are metres of a UTM grid, and nobody
// said of which zone.
var ErrNeedsZone = errors.New("the coordinates are on a UTM grid of an unknown zone")

// NoticeNoPlace is the code of the notice that Count rows have no coordinates
// that can be read; their geometry is null.
const NoticeNoPlace = "rows_without_place"

// Codes lists the notices of this package.
func Codes() []string {
	return []string{NoticeNoPlace, NoticeToDegrees, NoticeNoProjection, NoticeProjection, NoticeShapesMissing}
}

// WriterOptions say how the coordinates are read.
type WriterOptions struct {
	Zone Zone // the UTM zone of eastings and northings; the zero value is none
}

// Rows are held back to see what the columns hold: so many, or so many bytes.
const (
	chooseRows  = 500
	chooseBytes = 8 << 20
)

// gridDecimals of a degree that come of a grid: a millimetre.
const gridDecimals = 8

// writer writes a feature a row.
type writer struct {
	out       *bufio.Writer
	fields    []table.Field
	keys      [][]byte // `"name":`
	opt       WriterOptions
	held      [][]table.Value
	heldBytes int // of their texts
	from      source
	begun     bool
	rows      int
	missing   int // rows without a place
	row       []byte
	refused   error // the table has no geometry that can be written
	err       error
}

// NewWriter returns a writer of a FeatureCollection. The geometry comes from a
// column of well-known text, a geopoint, longitude and latitude, or easting and
// northing with a zone, found by the columns' names and first values.
//
// Properties are typed as in JSON: numbers, booleans, strings; missing ones are
// null. Coordinates in columns of their own stay properties too; a column of
// well-known text or geopoints is left out of a row whose geometry it is. A row
// whose coordinates are missing, are no numbers or lie nowhere on the earth
// keeps its properties and has the geometry null.
//
// ErrNoGeometry and ErrNeedsZone come from Close, when whoever writes knows that
// these were the table's rows.
func NewWriter(w io.Writer, fields []table.Field, opt WriterOptions) table.Writer {
	t := &writer{out: bufio.NewWriterSize(w, 64<<10), fields: fields, opt: opt}
	for _, f := range fields {
		t.keys = append(t.keys, append(appendString(nil, f.Name), ':'))
	}
	return t
}

// WriteRow writes one feature; values beyond the fields are left out.
func (t *writer) WriteRow(values []table.Value) error {
	values = values[:min(len(values), len(t.fields))]
	switch {
	case t.err != nil || t.refused != nil:
	case t.begun:
		t.feature(values)
	default:
		t.held = append(t.held, clone(values))
		for _, v := range values {
			t.heldBytes += len(v.Text)
		}
		if len(t.held) == chooseRows || t.heldBytes >= chooseBytes {
			t.begin()
		}
	}
	return t.err
}

// Close ends the collection and flushes.
func (t *writer) Close() error {
	if t.err == nil && !t.begun {
		t.begin()
	}
	if t.err == nil {
		t.err = t.refused
	}
	if t.err == nil {
		_, t.err = t.out.WriteString("\n]}\n")
	}
	if t.err == nil {
		t.err = t.out.Flush()
	}
	return t.err
}

// Notices says how many rows have no place.
func (t *writer) Notices() []table.Notice {
	if t.missing == 0 {
		return nil
	}
	return []table.Notice{{Code: NoticeNoPlace, Count: t.missing}}
}

func clone(values []table.Value) []table.Value {
	kept := make([]table.Value, len(values))
	for i, v := range values {
		kept[i] = table.Value{Text: strings.Clone(v.Text), Status: v.Status}
	}
	return kept
}

// begin chooses the columns and writes the rows held back.
func (t *writer) begin() {
	t.begun = true
	hasZone := t.opt.Zone.Number > 0
	t.from = choose(t.fields, t.held, hasZone)
	switch {
	case t.from.kind == noSource:
		t.refused, t.held = ErrNoGeometry, nil
		return
	case t.from.grid() && !hasZone:
		t.refused, t.held = ErrNeedsZone, nil
		return
	}
	_, t.err = t.out.WriteString(`{"type":"FeatureCollection","features":[`)
	for _, values := range t.held {
		if t.err == nil {
			t.feature(values)
		}
	}
	t.held = nil
}

// feature writes one row.
func (t *writer) feature(values []table.Value) {
	b := t.row[:0]
	if t.rows > 0 {
		b = append(b, ',')
	}
	t.rows++
	b = append(b, "\n"+`{"type":"Feature","geometry":`...)
	b, placed := t.geometry(b, values)
	if !placed {
		t.missing++
		b = append(b, "null"...)
	}
	b = append(b, `,"properties":{`...)
	first := true
	for i, v := range values {
		if placed && i == t.from.x && (t.from.kind == pointSource || t.from.kind == wktSource || t.from.kind == wktGridSource) {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(b, t.keys[i]...)
		b = appendValue(b, t.fields[i].Type, v)
	}
	t.row = append(b, "}}"...)
	_, t.err = t.out.Write(t.row)
}

// geometry appends a row's geometry; false means that it has none.
func (t *writer) geometry(b []byte, values []table.Value) ([]byte, bool) {
	if t.from.x >= len(values) || values[t.from.x].Status == table.Missing {
		return b, false
	}
	switch t.from.kind {
	case pointSource:
		lon, lat, ok := strings.Cut(values[t.from.x].Text, ",")
		if !ok || values[t.from.x].Status != table.Fits {
			return b, false
		}
		return appendPoint(b, lon, lat), true
	case wktSource, wktGridSource:
		g, ok := parseWKT(values[t.from.x].Text)
		if !ok || !g.place(t.placer()) || !g.wind() {
			return b, false
		}
		b = append(append(append(b, `{"type":"`...), g.kind...), `","coordinates":`...)
		return append(g.appendJSON(b), '}'), true
	}
	x, okX := coordinate(values, t.from.x)
	y, okY := coordinate(values, t.from.y)
	if !okX || !okY {
		return b, false
	}
	lon, lat, ok := t.placer()(x, y)
	if !ok {
		return b, false
	}
	return appendPoint(b, t.digits(lon, values[t.from.x]), t.digits(lat, values[t.from.y])), true
}

// placer turns the source's coordinates into degrees.
func (t *writer) placer() func(x, y float64) (lon, lat float64, ok bool) {
	if !t.from.grid() {
		return degrees
	}
	return func(x, y float64) (lon, lat float64, ok bool) {
		if !onGrid(x, y) {
			return 0, 0, false
		}
		lon, lat = t.opt.Zone.Degrees(x, y)
		if lon > 180 {
			lon -= 360
		} else if lon < -180 {
			lon += 360
		}
		return round(lon), round(lat), onEarth(lon, lat)
	}
}

// round cuts a degree to what a grid's metres can tell.
func round(degree float64) float64 {
	n, _ := strconv.ParseFloat(strconv.FormatFloat(degree, 'f', gridDecimals, 64), 64)
	return n
}

// digits writes a degree as the table does where it was one there.
func (t *writer) digits(degree float64, v table.Value) string {
	if f := (table.Field{Type: table.TypeNumber, DecimalChar: "."}); !t.from.grid() {
		if same := f.Parse(table.Cell{Kind: table.Text, Text: v.Text}); same.Status == table.Fits {
			return same.Text
		}
	}
	return strconv.FormatFloat(degree, 'f', -1, 64)
}

func appendPoint(b []byte, lon, lat string) []byte {
	b = append(append(b, `{"type":"Point","coordinates":[`...), lon...)
	return append(append(append(b, ','), lat...), "]}"...)
}

// appendValue appends a property.
func appendValue(b []byte, t table.Type, v table.Value) []byte {
	if v.Status == table.Missing {
		return append(b, "null"...)
	}
	if v.Status == table.Fits {
		switch t {
		case table.TypeInteger, table.TypeNumber, table.TypeBoolean, table.TypeYear:
			return append(b, v.Text...)
		}
	}
	return appendString(b, v.Text)
}

// appendString appends s as a JSON string; bytes that are no UTF-8 are
// replaced, what stands for itself in HTML stays.
func appendString(b []byte, s string) []byte {
	out := bytes.NewBuffer(b)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	if enc.Encode(s) != nil {
		return append(b, `""`...) // a string has no way to fail
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}
