package geo

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// position is one coordinate of a geometry, in degrees, with its altitude in
// metres as a third number if there is one.
type position []float64

// shape is a geometry as WKT nests it: a point is one position, a line and a
// ring are a list, a polygon a list of rings, a multi-polygon a list of those.
type shape struct {
	kind  string // GeoJSON's name, "MultiPolygon"
	depth int    // of its lists: 0 for a point
	parts []shape
	at    position
}

// shapeKinds are WKT's words (OGC 06-103r4, 7.2) with GeoJSON's and how deep
// their lists nest.
var shapeKinds = [...]struct {
	word, kind string
	depth      int
}{
	{"POINT", "Point", 0},
	{"LINESTRING", "LineString", 1},
	{"POLYGON", "Polygon", 2},
	{"MULTIPOINT", "MultiPoint", 1},
	{"MULTILINESTRING", "MultiLineString", 2},
	{"MULTIPOLYGON", "MultiPolygon", 3},
}

// parseWKT reads a geometry in well-known text, with PostGIS' SRID in front if
// it is 4326. Measures and collections are not read.
func parseWKT(s string) (shape, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	if rest, ok := strings.CutPrefix(s, "SRID=4326;"); ok {
		s = strings.TrimSpace(rest)
	}
	end := strings.IndexFunc(s, func(r rune) bool { return r < 'A' || r > 'Z' })
	if end < 0 {
		return shape{}, false
	}
	for _, k := range shapeKinds {
		if s[:end] != k.word {
			continue
		}
		rest := strings.TrimSpace(s[end:])
		if z, ok := strings.CutPrefix(rest, "Z"); ok {
			rest = strings.TrimSpace(z)
		}
		p := wktParser{rest: rest, points: k.word == "MULTIPOINT"}
		g, ok := p.list(max(k.depth, 1))
		if !ok || p.rest != "" {
			return shape{}, false
		}
		if k.depth == 0 {
			if len(g.parts) != 1 {
				return shape{}, false
			}
			g = g.parts[0]
		}
		g.kind, g.depth = k.kind, k.depth
		return g, true
	}
	return shape{}, false
}

// isEmptyWKT reports whether the text is a geometry without positions.
func isEmptyWKT(s string) bool {
	const word = "EMPTY"
	s = strings.TrimSpace(s)
	return len(s) > len(word) && len(s) < 64 && strings.EqualFold(s[len(s)-len(word):], word) && s[len(s)-len(word)-1] == ' '
}

// wktParser reads nested lists of positions.
type wktParser struct {
	rest   string
	points bool // a position may stand in parentheses of its own
}

// list reads a list that nests depth deep.
func (p *wktParser) list(depth int) (shape, bool) {
	if !p.take('(') {
		return shape{}, false
	}
	g := shape{depth: depth}
	for {
		var part shape
		var ok bool
		if depth > 1 {
			part, ok = p.list(depth - 1)
		} else {
			part, ok = p.position()
		}
		if !ok {
			return shape{}, false
		}
		g.parts = append(g.parts, part)
		if p.take(')') {
			return g, true
		}
		if !p.take(',') {
			return shape{}, false
		}
	}
}

// position reads two or three numbers.
func (p *wktParser) position() (shape, bool) {
	wrapped := p.points && p.take('(')
	end := strings.IndexAny(p.rest, ",)")
	if end < 0 {
		return shape{}, false
	}
	words := strings.Fields(p.rest[:end])
	p.rest = p.rest[end:]
	if len(words) < 2 || len(words) > 3 || wrapped && !p.take(')') {
		return shape{}, false
	}
	var at position
	for _, w := range words {
		n, err := strconv.ParseFloat(w, 64)
		if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
			return shape{}, false
		}
		at = append(at, n)
	}
	return shape{at: at}, true
}

// take takes a mark and the blanks around it.
func (p *wktParser) take(mark byte) bool {
	p.rest = strings.TrimLeft(p.rest, " \t\r\n")
	if p.rest == "" || p.rest[0] != mark {
		return false
	}
	p.rest = strings.TrimLeft(p.rest[1:], " \t\r\n")
	return true
}

// place moves every position to where it lies in degrees; false says that one
// lies nowhere on the earth.
func (g shape) place(to func(x, y float64) (lon, lat float64, ok bool)) bool {
	if g.parts == nil {
		var ok bool
		g.at[0], g.at[1], ok = to(g.at[0], g.at[1])
		return ok
	}
	for _, part := range g.parts {
		if !part.place(to) {
			return false
		}
	}
	return true
}

// wind turns a polygon's rings as RFC 7946, 3.1.6 asks for: the outer ring
// counterclockwise, holes clockwise. It is false where a ring is none.
func (g shape) wind() bool {
	switch g.kind {
	case "MultiPolygon":
		for _, polygon := range g.parts {
			if !windRings(polygon.parts) {
				return false
			}
		}
	case "Polygon":
		return windRings(g.parts)
	case "LineString":
		return len(g.parts) >= 2
	case "MultiLineString":
		return !slices.ContainsFunc(g.parts, func(line shape) bool { return len(line.parts) < 2 })
	}
	return true
}

func windRings(rings []shape) bool {
	for i, ring := range rings {
		points := ring.parts
		if len(points) < 4 || !slices.Equal(points[0].at, points[len(points)-1].at) {
			return false
		}
		twiceArea := 0.0
		for j := 1; j < len(points); j++ {
			a, b := points[j-1].at, points[j].at
			twiceArea += (a[0] - points[0].at[0]) * (b[1] - points[0].at[1])
			twiceArea -= (b[0] - points[0].at[0]) * (a[1] - points[0].at[1])
		}
		if outer := i == 0; outer == (twiceArea < 0) {
			slices.Reverse(points)
		}
	}
	return true
}

// appendJSON appends the coordinates.
func (g shape) appendJSON(b []byte) []byte {
	if g.parts == nil {
		b = append(b, '[')
		for i, n := range g.at {
			if i > 0 {
				b = append(b, ',')
			}
			b = strconv.AppendFloat(b, n, 'f', -1, 64)
		}
		return append(b, ']')
	}
	b = append(b, '[')
	for i, part := range g.parts {
		if i > 0 {
			b = append(b, ',')
		}
		b = part.appendJSON(b)
	}
	return append(b, ']')
}
