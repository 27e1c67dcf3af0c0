package geo

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strconv"

	"chasqui/converters/table"
	"chasqui/converters/zipped"
)

// The shape types without their 10 for altitudes and 20 for measures.
const (
	shapeNull       = 0
	shapePoint      = 1
	shapeLine       = 3
	shapePolygon    = 5
	shapeMultiPoint = 8
)

const (
	headBytes = 100      // of a .shp before its records
	maxShape  = 16 << 20 // bytes of one record
	maxRings  = 1 << 16  // of one shape
)

var errShape = errors.New("a shape's record is not as it must be")

// shapes reads the records of a .shp one after the other and writes each as
// well-known text (OGC 06-103r4, 7.2).
type shapes struct {
	src        *bufio.Reader
	projection projection
	body       []byte
	begun      bool
}

func newShapes(src io.Reader, p projection) *shapes {
	return &shapes{src: bufio.NewReaderSize(src, 64<<10), projection: p}
}

// next appends the text of the next shape, nothing for one that is null. ended
// is true behind the last.
func (s *shapes) next(dst []byte) (text []byte, ended bool, fault *table.Fault) {
	if !s.begun {
		s.begun = true
		head := make([]byte, headBytes)
		if _, err := io.ReadFull(s.src, head); err != nil {
			return dst, false, zipped.FaultOf(err)
		}
		if binary.BigEndian.Uint32(head) != 9994 {
			return dst, false, &table.Fault{Kind: table.Damaged, Err: errShape}
		}
	}
	var head [8]byte
	if _, err := io.ReadFull(s.src, head[:]); err == io.EOF {
		return dst, true, nil
	} else if err != nil {
		return dst, false, zipped.FaultOf(err)
	}
	size := int64(binary.BigEndian.Uint32(head[4:])) * 2
	if size > maxShape {
		return dst, false, &table.Fault{Kind: table.Hostile, Err: errShape}
	}
	if int64(cap(s.body)) < size {
		s.body = make([]byte, size)
	}
	s.body = s.body[:size]
	if _, err := io.ReadFull(s.src, s.body); err == io.EOF {
		return dst, false, zipped.FaultOf(io.ErrUnexpectedEOF)
	} else if err != nil {
		return dst, false, zipped.FaultOf(err)
	}
	dst, err := s.shape(dst)
	if err != nil {
		return dst, false, &table.Fault{Kind: table.Damaged, Err: err}
	}
	return dst, false, nil
}

// shape writes the record in body.
func (s *shapes) shape(dst []byte) ([]byte, error) {
	if len(s.body) < 4 {
		return dst, errShape
	}
	kind := binary.LittleEndian.Uint32(s.body)
	if kind > 28 {
		return dst, errShape
	}
	high := kind >= 11 && kind <= 18
	switch kind % 10 {
	case shapeNull:
		return dst, nil
	case shapePoint:
		if len(s.body) < 20 || high && len(s.body) < 28 {
			return dst, errShape
		}
		c := coordinates{s: s, xy: s.body[4:20]}
		if high {
			c.z = s.body[20:28]
		}
		return append(c.list(head(dst, "POINT", high), 0, 1, false), ')'), nil
	case shapeMultiPoint:
		return s.points(dst, high)
	case shapeLine, shapePolygon:
		return s.parts(dst, kind%10 == shapePolygon, high)
	}
	return dst, errShape // a multi-patch
}

// head opens a text.
func head(dst []byte, name string, high bool) []byte {
	dst = append(dst, name...)
	if high {
		dst = append(dst, " Z"...)
	}
	return append(dst, " ("...)
}

// coordinates are the points of a shape: pairs of floats, and altitudes or nil.
type coordinates struct {
	s     *shapes
	xy, z []byte
}

// at returns point i as it is stored.
func (c coordinates) at(i int) (x, y float64) {
	return math.Float64frombits(binary.LittleEndian.Uint64(c.xy[16*i:])), math.Float64frombits(binary.LittleEndian.Uint64(c.xy[16*i+8:]))
}

// list writes the points from first up to last, in parentheses of their own.
func (c coordinates) list(dst []byte, first, last int, enclosed bool) []byte {
	if enclosed {
		dst = append(dst, '(')
	}
	for i := first; i < last; i++ {
		if i > first {
			dst = append(dst, ", "...)
		}
		x, y := c.s.projection.place(c.at(i))
		dst = strconv.AppendFloat(dst, x, 'f', -1, 64)
		dst = strconv.AppendFloat(append(dst, ' '), y, 'f', -1, 64)
		if c.z != nil {
			z := math.Float64frombits(binary.LittleEndian.Uint64(c.z[8*i:]))
			dst = strconv.AppendFloat(append(dst, ' '), z, 'f', -1, 64)
		}
	}
	if enclosed {
		dst = append(dst, ')')
	}
	return dst
}

// points writes a multi-point: a box, a count, the points, altitudes.
func (s *shapes) points(dst []byte, high bool) ([]byte, error) {
	if len(s.body) < 40 {
		return dst, errShape
	}
	c, n, err := s.stored(40, int64(binary.LittleEndian.Uint32(s.body[36:])), high)
	if err != nil || n == 0 {
		return dst, err
	}
	return append(c.list(head(dst, "MULTIPOINT", high), 0, n, false), ')'), nil
}

// stored returns the points that stand at an offset of the body.
func (s *shapes) stored(at, count int64, high bool) (coordinates, int, error) {
	end := at + 16*count
	c := coordinates{s: s}
	if end > int64(len(s.body)) {
		return c, 0, errShape
	}
	c.xy = s.body[at:end]
	if high {
		from := end + 16 // behind the range
		if from+8*count > int64(len(s.body)) {
			return c, 0, errShape
		}
		c.z = s.body[from : from+8*count]
	}
	return c, int(count), nil
}

// parts writes lines or a polygon: a box, counts of parts and points, where each
// part begins, the points, altitudes.
func (s *shapes) parts(dst []byte, polygon, high bool) ([]byte, error) {
	if len(s.body) < 44 {
		return dst, errShape
	}
	count := int64(binary.LittleEndian.Uint32(s.body[36:]))
	if count > maxRings || 44+4*count > int64(len(s.body)) {
		return dst, errShape
	}
	c, n, err := s.stored(44+4*count, int64(binary.LittleEndian.Uint32(s.body[40:])), high)
	if err != nil || n == 0 || count == 0 {
		return dst, err
	}
	var runs []run
	for i := range int(count) {
		first := int(binary.LittleEndian.Uint32(s.body[44+4*i:]))
		if first < 0 || first >= n || i > 0 && first <= runs[i-1].first || i == 0 && first != 0 {
			return dst, errShape
		}
		runs = append(runs, run{first: first, last: n})
		if i > 0 {
			runs[i-1].last = first
		}
	}
	if polygon {
		return c.polygons(dst, runs), nil
	}
	if len(runs) == 1 {
		return append(c.list(head(dst, "LINESTRING", high), 0, n, false), ')'), nil
	}
	dst = head(dst, "MULTILINESTRING", high)
	for i, r := range runs {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = c.list(dst, r.first, r.last, true)
	}
	return append(dst, ')'), nil
}

// run is one part: its points from first up to last.
type run struct {
	first, last int
	holes       []int // of an outer ring: the rings inside it
	inner       bool
}

// polygons writes rings: those that turn clockwise are outer ones, each with the
// others that lie in it. A hole that lies in none is an outer ring turned the
// wrong way, as some programs write them.
func (c coordinates) polygons(dst []byte, rings []run) []byte {
	outer := c.nest(rings)
	name := "POLYGON"
	if outer > 1 {
		name = "MULTIPOLYGON"
	}
	dst = head(dst, name, c.z != nil)
	written := 0
	for _, r := range rings {
		if r.inner {
			continue
		}
		if written++; written > 1 {
			dst = append(dst, ", "...)
		}
		if outer > 1 {
			dst = append(dst, '(')
		}
		dst = c.list(dst, r.first, r.last, true)
		for _, h := range r.holes {
			dst = c.list(append(dst, ", "...), rings[h].first, rings[h].last, true)
		}
		if outer > 1 {
			dst = append(dst, ')')
		}
	}
	return append(dst, ')')
}

// nest gives holes to the rings around them and returns how many rings are
// outer ones. The search ends after so many steps as no map of a country needs.
func (c coordinates) nest(rings []run) (outer int) {
	steps := 1 << 28
	var around []int
	for i := range rings {
		if rings[i].inner = c.area(rings[i]) > 0; !rings[i].inner {
			around = append(around, i)
		}
	}
	outer = len(around)
	for i := range rings {
		if !rings[i].inner {
			continue
		}
		home := -1
		for _, j := range around {
			if steps -= rings[j].last - rings[j].first; steps < 0 {
				break
			}
			if c.inside(rings[i].first, rings[j]) {
				home = j
				break
			}
		}
		if home >= 0 {
			rings[home].holes = append(rings[home].holes, i)
			continue
		}
		rings[i].inner = false
		outer++
	}
	return outer
}

// area is twice the signed area of a ring: negative for one that turns
// clockwise.
func (c coordinates) area(r run) float64 {
	sum := 0.0
	x0, y0 := c.at(r.first)
	for i := r.first; i+1 < r.last; i++ {
		x1, y1 := c.at(i)
		x2, y2 := c.at(i + 1)
		sum += (x1-x0)*(y2-y0) - (x2-x0)*(y1-y0)
	}
	return sum
}

// inside reports whether a point lies in a ring, by the crossings of a ray.
func (c coordinates) inside(point int, r run) bool {
	x, y := c.at(point)
	in := false
	for i := r.first; i+1 < r.last; i++ {
		x1, y1 := c.at(i)
		x2, y2 := c.at(i + 1)
		if (y1 > y) != (y2 > y) && x < (x2-x1)*(y-y1)/(y2-y1)+x1 {
			in = !in
		}
	}
	return in
}
