package detect

import (
	"math"
	"math/bits"
	"slices"
	"strings"

	"chasqui/converters/table"
)

// maxValueText is how much of a text tells values apart, in bytes.
const maxValueText = 120

// maxDistinct bounds the different values kept of one column.
const maxDistinct = 10_000

// value is one of a column's different values.
type value struct {
	text    string
	kind    table.Kind
	percent bool
	long    bool // text is cut
}

// values counts the different values of a column. Beyond a limit new ones are
// only counted, so memory is bound.
type values struct {
	index  index
	list   []value
	counts []int
	blanks int
	last   int // place of the value that came last
	others int // values that came after the limit
	errors int
	marks  []uint64 // a bit for the hash of each of the others, to estimate how many differ
}

func newValues() *values {
	return &values{}
}

// find returns the place of a value.
func (v *values) find(key value) (int, bool) { return v.index.find(v.list, key) }

// keep appends a value that came for the first time.
func (v *values) keep(key value, count int) {
	v.list = append(v.list, key)
	v.counts = append(v.counts, count)
	v.index.add(v.list)
}

// seen returns how many cells with a value there were.
func (v *values) seen() int {
	n := v.others
	for _, c := range v.counts {
		n += c
	}
	return n
}

// valueLimit is how many different values each of so many columns may keep.
func valueLimit(w Weights, columns int) int {
	return max(w.DistinctValues/max(columns, 1), 24)
}

// add counts a cell; at most limit different values are kept.
func (v *values) add(c table.Cell, limit int) {
	if c.IsBlank() {
		v.blanks++
		return
	}
	if c.Kind == table.Error {
		v.errors++
	}
	key := value{text: c.Text, kind: c.Kind, percent: c.Hint&table.Percent != 0}
	if c.Kind == table.Text {
		key.text = table.TrimSpace(c.Text)
	}
	if len(key.text) > maxValueText {
		key.text, key.long = key.text[:maxValueText], true
	}
	if len(v.list) > 0 && v.list[v.last] == key { // columns are often sorted
		v.counts[v.last]++
		return
	}
	if i, known := v.find(key); known {
		v.counts[i]++
		v.last = i
		return
	}
	if len(v.list) >= min(limit, maxDistinct) {
		if v.others++; limit >= leastMarked {
			v.mark(key.text)
		}
		return
	}
	key.text = strings.Clone(key.text)
	v.keep(key, 1)
}

// merge adds the counts of another column part.
func (v *values) merge(o *values) {
	v.list, v.counts = slices.Grow(v.list, len(o.list)), slices.Grow(v.counts, len(o.list))
	v.index.grow(v.list, len(v.list)+len(o.list))
	for i, key := range o.list {
		if at, known := v.find(key); known {
			v.counts[at] += o.counts[i]
			continue
		}
		v.keep(key, o.counts[i])
	}
	v.others += o.others
	v.errors += o.errors
	if v.marks == nil {
		v.marks = o.marks
		return
	}
	for i, word := range o.marks {
		v.marks[i] |= word
	}
}

// markBits is the size of the map of hashes: 16 KiB a column, good to a few per
// cent up to half a million different values.
const markBits = 1 << 17

// leastMarked is the limit of values under which a sheet has so many columns
// that the maps would cost too much; all values beyond count as different then.
const leastMarked = 1000

// mark notes a value beyond the limit by its hash (FNV-1a).
func (v *values) mark(text string) {
	if v.marks == nil {
		v.marks = make([]uint64, markBits/64)
	}
	h := uint64(14695981039346656037)
	for i := 0; i < len(text); i++ {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	h ^= h >> 32
	v.marks[h%markBits/64] |= 1 << (h % 64)
}

// distinct returns how many different values the column has: exactly up to the
// limit, beyond by linear counting (Whang et al., 1990).
func (v *values) distinct() int {
	set := 0
	for _, word := range v.marks {
		set += bits.OnesCount64(word)
	}
	if set == 0 {
		return len(v.list) + v.others
	}
	free := max(1, markBits-set)
	estimate := -markBits * math.Log(float64(free)/markBits)
	return len(v.list) + min(v.others, int(estimate+0.5))
}

// cell returns the value as a cell again.
func (k value) cell() table.Cell {
	c := table.Cell{Text: k.text, Kind: k.kind}
	if k.percent {
		c.Hint = table.Percent
	}
	return c
}
