package geo

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"chasqui/converters/table"
)

// source says which columns a table's geometry comes from; columns count from
// 0.
type source struct {
	kind sourceKind
	x, y int // the pair's columns; a single column is x
}

type sourceKind uint8

const (
	noSource      sourceKind = iota
	pairSource               // longitude and latitude, or their like
	gridSource               // easting and northing of a zone
	pointSource              // "lon,lat" in one column
	wktSource                // well-known text
	wktGridSource            // well-known text in metres of a zone
)

// The words that columns of coordinates are called by, as parts of a machine
// name, in es, en, pt and fr.
var (
	lonWords   = strings.Fields("lon lng long longitud longitude longit")
	latWords   = strings.Fields("lat latitud latitude latit")
	eastWords  = strings.Fields("x este easting east leste est coordx xcoord utmx xutm pointx")
	northWords = strings.Fields("y norte northing north nord coordy ycoord utmy yutm pointy")
)

// pairNames are how the two columns of a place are called, the surest first.
type pairNames struct{ x, y []string }

// choose finds the geometry's columns: by their names, and by what the held
// rows have in them. Where a zone is given, a grid's columns come first.
// With no rows at all, names decide alone.
func choose(fields []table.Field, held [][]table.Value, zone bool) source {
	var found []source
	for i, f := range fields {
		if f.Type == table.TypeGeopoint {
			found = append(found, source{kind: pointSource, x: i})
		} else if kind := wktKind(f, held, i); kind != noSource {
			found = append(found, source{kind: kind, x: i})
		}
	}
	for _, names := range []pairNames{{lonWords, latWords}, {eastWords, northWords}} {
		for _, p := range pairs(fields, names) {
			if kind := pairKind(held, p, names.x[0] == lonWords[0]); kind != noSource {
				p.kind = kind
				found = append(found, p)
			}
		}
	}
	if zone {
		if i := slices.IndexFunc(found, source.grid); i >= 0 {
			return found[i]
		}
	}
	if i := slices.IndexFunc(found, func(s source) bool { return !s.grid() }); i >= 0 {
		return found[i]
	}
	if len(found) > 0 {
		return found[0]
	}
	return source{}
}

// grid reports whether the source is in metres of a zone.
func (s source) grid() bool { return s.kind == gridSource || s.kind == wktGridSource }

// wktKind reports whether most values of a column of strings are well-known
// text, and in which unit. Databases write the places that they lack as
// "POINT EMPTY".
func wktKind(f table.Field, held [][]table.Value, i int) sourceKind {
	if f.Type != table.TypeString {
		return noSource
	}
	kind, values, shapes := noSource, 0, 0
	for _, row := range held {
		if i >= len(row) || row[i].Status == table.Missing || isEmptyWKT(row[i].Text) {
			continue
		}
		values++
		g, ok := parseWKT(row[i].Text)
		if !ok {
			continue
		}
		if shapes++; kind == noSource {
			kind = wktGridSource
		}
		if g.place(degrees) {
			kind = wktSource
		}
	}
	if 2*shapes <= values {
		return noSource
	}
	return kind
}

// pairs finds columns whose names differ in the word of the axis only:
// "lat_origen" goes with "lon_origen".
func pairs(fields []table.Field, names pairNames) []source {
	var found []source
	for i, f := range fields {
		rest, ok := without(f.Name, names.x)
		if !ok {
			continue
		}
		for j, g := range fields {
			if other, ok := without(g.Name, names.y); ok && other == rest {
				found = append(found, source{x: i, y: j})
				break
			}
		}
	}
	return found
}

// without takes one of the words out of a name's parts.
func without(name string, words []string) (rest string, ok bool) {
	parts := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '_' || r == ' ' || r == '-' || r == '.' })
	for i, p := range parts {
		if slices.Contains(words, p) {
			return strings.Join(slices.Delete(parts, i, i+1), "_"), true
		}
	}
	return "", false
}

// pairKind says in which unit most pairs of the held rows are. Without a pair,
// columns called longitude and latitude are what they say.
func pairKind(held [][]table.Value, p source, degreeNames bool) sourceKind {
	pairs, inDegrees, inMetres := 0, 0, 0
	for _, row := range held {
		x, okX := coordinate(row, p.x)
		y, okY := coordinate(row, p.y)
		if !okX || !okY {
			continue
		}
		pairs++
		if onEarth(x, y) {
			inDegrees++
		} else if onGrid(x, y) {
			inMetres++
		}
	}
	switch {
	case pairs == 0 && degreeNames, pairs > 0 && 2*inDegrees > pairs:
		return pairSource
	case 2*inMetres > pairs:
		return gridSource
	}
	return noSource
}

// coordinate reads a value as a number; a decimal comma will do, since the
// column may be one of strings for another value's sake.
func coordinate(row []table.Value, i int) (float64, bool) {
	if i >= len(row) || row[i].Status == table.Missing {
		return 0, false
	}
	s := table.TrimSpace(row[i].Text)
	if strings.Count(s, ",") == 1 && strings.IndexByte(s, '.') < 0 {
		s = strings.Replace(s, ",", ".", 1)
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil && !math.IsInf(n, 0) && !math.IsNaN(n)
}

// onEarth reports whether a place is in degrees.
func onEarth(lon, lat float64) bool { return math.Abs(lon) <= 180 && math.Abs(lat) <= 90 }

// onGrid reports whether a place can be one of a UTM zone, in metres, with
// room for what lies a little beyond its edges.
func onGrid(easting, northing float64) bool {
	return easting >= 0 && easting <= 1_000_000 && northing >= 0 && northing <= 10_000_000
}

// degrees lets a position in degrees pass.
func degrees(x, y float64) (lon, lat float64, ok bool) { return x, y, onEarth(x, y) }
