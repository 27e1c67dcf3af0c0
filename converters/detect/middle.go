package detect

import (
	"strings"

	"chasqui/converters/table"
)

// maxListed bounds each list of special rows.
const maxListed = 10_000

// special are the rows inside a table that are no records.
type special struct {
	subtotals, sections, blanks, repeated []int
	overflow                              bool
}

// note adds a row to one of the lists.
func (s *special) note(list *[]int, row int) {
	if len(*list) >= maxListed {
		s.overflow = true
		return
	}
	*list = append(*list, row)
}

// middle sums up the rows between head and tail.
type middle struct {
	weights   Weights
	region    region // the table of the head that goes on, zero when there is none
	headers   []string
	pages     pageTitles
	figures   []int // places of the columns of the head that hold figures
	rows      int
	fed       int // rows that fed the values
	bytes     int
	lastRow   int
	values    []*values // by column, from column 1
	ended     bool      // the region ended in the head
	outside   []int     // by column, from column 1: the cells in columns that the region has not
	outsideAt int       // the row of the first of them
	sums      []float64
	special   special
	seam      seam
	sampled   bool // some rows fed no values
	passed    bool // rows were passed over: sums are not known
	thin      bool // columns are not typed: only sums and what stands where
	previous  int  // number of the row before
}

// newMiddle starts the sums; the head tells which table goes on.
func newMiddle(head *grid, regions []region, w Weights) *middle {
	m := &middle{weights: w}
	if n := len(head.lines); n > 0 {
		m.previous = head.lines[n-1].number
	}
	if len(regions) > 0 {
		m.region = regions[len(regions)-1]
		for _, r := range regions { // of tables side by side, the longest goes on
			if r.dataLast > m.region.dataLast {
				m.region = r
			}
		}
		m.ended = m.region.to < len(head.lines)-1
		m.headers, m.pages = headerTexts(head, m.region), pageTitlesOf(head, m.region)
		p := profileOf(head, 1, head.lastCol, m.region.from, min(len(head.lines), m.region.from+w.ProfileRows))
		for i, c := range p.class {
			if c == figure {
				m.figures = append(m.figures, i)
			}
		}
		m.seam.figures = m.figures
		for i := max(m.region.from+1, len(head.lines)-seamLines); i < len(head.lines); i++ {
			m.seam.look(&head.lines[i], head.lines[i].number > head.lines[i-1].number+1)
		}
	}
	return m
}

// add takes a row out of the ring and says what it is. Its cells are not counted
// yet: feed does, in a goroutine of its own.
func (m *middle) add(h *held) Role {
	row := h.row
	if row.Passed {
		m.previous, m.passed = row.Number-1, true
	}
	for n := m.previous + 1; n < row.Number && n-m.previous < maxListed; n++ {
		m.special.note(&m.special.blanks, n)
	}
	if blanks := row.Number > m.previous+1; m.seam.isUnderWay(blanks) {
		if row.Line != nil {
			row.Cells = row.Line.AppendCells(nil)
		}
		if l := newLine(row); m.isRepeated(&l) {
			m.seam.reset()
		} else {
			m.seam.look(&l, blanks)
		}
	}
	m.previous, m.lastRow = row.Number, row.Number
	m.lookOutside(h)
	role := Record
	if !m.thin && m.headers != nil && m.maySpecial(h) {
		if row.Line != nil {
			row.Cells = row.Line.AppendCells(nil)
		}
		role = m.classify(row)
	}
	if role == Section || role == Repeated { // no part of the sums
		return role
	}
	m.addUp(h)
	return role
}

// addUp adds a row's figures to the sums.
func (m *middle) addUp(h *held) {
	n := width(h.row)
	for len(m.sums) < n {
		m.sums = append(m.sums, 0)
	}
	for _, i := range m.figures {
		if i >= n {
			break
		}
		if line := h.row.Line; line != nil {
			if text := line.Field(i); len(text) < 24 {
				m.sums[i] += reckon(text)
			}
		} else if c := &h.row.Cells[i]; c.Kind == table.Number || c.Kind == table.Text && len(c.Text) < 24 {
			m.sums[i] += reckon(c.Text)
		}
	}
}

// counts reports whether the next row's values count: all up to FullBytes, then
// those of some rows only. Neither it nor feed touches anything that add does.
func (m *middle) counts(role Role) bool {
	m.rows++
	if m.thin || role == Section || role == Repeated {
		return false
	}
	if full := m.weights.FullBytes; m.bytes > full && m.rows%(m.weights.SampleStep*(m.bytes/full)) != 0 {
		m.sampled = true
		return false
	}
	m.fed++
	return true
}

// feed counts the values of a row's filled cells.
func (m *middle) feed(row table.Row, filled []int32) {
	for len(m.values) < len(row.Cells) {
		m.values = append(m.values, newValues())
	}
	limit := valueLimit(m.weights, len(m.values))
	for _, i := range filled {
		c := &row.Cells[i]
		m.bytes += len(c.Text)
		m.values[i].add(*c, limit)
	}
}

// maySpecial spares most rows a closer look: a special row holds one cell only,
// opens with a header's words or with the letters of a word for totals.
func (m *middle) maySpecial(h *held) bool {
	filled, first := 0, ""
	more := func(i int, c table.Cell) bool {
		if col := i + 1; col < m.region.colFirst || c.IsBlank() {
			return true
		} else if col > m.region.colLast {
			return false
		}
		if filled++; first == "" && c.Kind == table.Text {
			first = table.TrimSpace(c.Text)
		}
		return filled < 2 || first == ""
	}
	if line := h.row.Line; line != nil {
		for i := 0; i < len(line.Ends) && more(i, table.Cell{Kind: table.Text, Text: line.Field(i)}); i++ {
		}
	} else {
		for _, i := range h.filled {
			if !more(int(i), h.row.Cells[i]) {
				break
			}
		}
	}
	return filled <= 1 || first != "" && (opensLikeTotal(first) || contains(m.headers, first) || m.pages.first[first])
}

// opensLikeTotal compares the first three letters with those of the words that
// isTotalLabel knows.
func opensLikeTotal(s string) bool {
	s = strings.TrimLeft(s, "*# ")
	if len(s) < 3 {
		return false
	}
	switch strings.ToLower(s[:3]) {
	case "tot", "t o", "sub", "gra", "sum", "som", "ens", "mon", "imp", "val":
		return true
	}
	return false
}

// isRepeated reports whether a row says again what stands above the data.
func (m *middle) isRepeated(l *line) bool {
	return m.headers != nil && repeats(l, m.region, m.headers) || m.pages.again(l)
}

// classify lists a row that is no record. The cells of sections and of repeated
// headers are no values of the columns.
func (m *middle) classify(row table.Row) Role {
	l := newLine(row)
	switch {
	case m.isRepeated(&l):
		m.special.note(&m.special.repeated, row.Number)
		return Repeated
	case isSection(&l, m.region):
		m.special.note(&m.special.sections, row.Number)
		return Section
	case isSubtotal(&l, m.region):
		m.special.note(&m.special.subtotals, row.Number)
		return Subtotal
	}
	return Record
}
