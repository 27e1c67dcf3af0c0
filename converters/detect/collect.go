package detect

import (
	"context"
	"strings"
	"unsafe"

	"chasqui/converters/table"
)

// maxKeptText is how much of a cell's text is kept, in bytes: titles and notes
// are shorter, and what a long text means is clear from its start.
const maxKeptText = 1000

// grid is what is kept of a sheet: the lines at the top and at the bottom, and
// sums of what lies between.
type grid struct {
	lines   []line
	gap     int     // index of the first line below the rows that were not kept; len(lines) when all were
	middle  *middle // nil when all rows were kept
	lastRow int
	lastCol int
	merges  []table.Range
	info    []table.Notice
}

// collect reads the sheet's rows once.
func collect(ctx context.Context, sheet table.Sheet, w Weights) (*grid, error) {
	c := collector{weights: w, grid: &grid{}}
	for row, err := range sheet.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		c.add(row)
	}
	g := c.grid
	g.gap = len(g.lines)
	if c.tailStart > 0 || g.middle != nil {
		for i := range c.tail {
			g.lines = append(g.lines, newLine(c.tail[(c.tailStart+i)%len(c.tail)].row))
		}
	} else {
		for _, h := range c.tail {
			g.lines = append(g.lines, newLine(h.row))
		}
		g.gap = len(g.lines)
	}
	g.merges = sheet.Merges()
	return g, nil
}

// collector keeps the head, then a ring of the last rows; what falls out of the
// ring goes into the middle.
type collector struct {
	weights   Weights
	grid      *grid
	cells     int // kept in the head
	headDone  bool
	tail      []held
	tailCells int
	tailStart int
}

// add takes the next row.
func (c *collector) add(row table.Row) {
	last := len(row.Cells)
	for last > 0 && row.Cells[last-1].IsBlank() {
		last--
	}
	if last == 0 {
		return
	}
	row.Cells = row.Cells[:last]
	c.grid.lastRow = row.Number
	c.grid.lastCol = max(c.grid.lastCol, last)
	if !c.headDone {
		c.grid.lines = append(c.grid.lines, newLine(keep(row)))
		c.cells += last
		n := len(c.grid.lines)
		c.headDone = n >= c.weights.HeadRows || c.cells > c.weights.KeptCells && n >= 40
		return
	}
	if len(c.tail) < c.weights.TailRows && (c.tailCells < c.weights.KeptCells || len(c.tail) < 20) && c.grid.middle == nil {
		c.tail = append(c.tail, held{})
		c.tail[len(c.tail)-1].take(row)
		c.tailCells += last
		return
	}
	if c.grid.middle == nil {
		c.grid.middle = newMiddle(c.grid, c.weights)
	}
	c.grid.middle.add(c.tail[c.tailStart].row)
	c.tail[c.tailStart].take(row)
	c.tailStart = (c.tailStart + 1) % len(c.tail)
}

// keep clones a row with its long texts cut.
func keep(row table.Row) table.Row {
	return cut(row).Clone()
}

// held is a row of the ring: its cells and the slab that their texts lie in,
// both used again for the row that takes its place.
type held struct {
	row  table.Row
	slab []byte
}

// take clones a row into the place of one that is no longer needed, so that a
// long sheet costs no allocation a row.
func (h *held) take(row table.Row) {
	cells := append(h.row.Cells[:0], row.Cells...)
	total := 0
	for i := range cells {
		if n := len(cells[i].Text); n > maxKeptText {
			cells[i].Text = strings.ToValidUTF8(cells[i].Text[:maxKeptText], "")
		}
		total += len(cells[i].Text)
	}
	if total > cap(h.slab) {
		h.slab = make([]byte, 0, total+total/4)
	}
	slab := h.slab[:0]
	for i := range cells {
		if text := cells[i].Text; text != "" {
			from := len(slab)
			slab = append(slab, text...)
			cells[i].Text = unsafe.String(&slab[from], len(text))
		}
	}
	h.slab = slab
	h.row = table.Row{Number: row.Number, Hidden: row.Hidden, Cells: cells}
}

// cut shortens long texts in place: the reader fills its cells anew.
func cut(row table.Row) table.Row {
	for i, c := range row.Cells {
		if len(c.Text) > maxKeptText {
			row.Cells[i].Text = strings.ToValidUTF8(c.Text[:maxKeptText], "")
		}
	}
	return row
}

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
	weights  Weights
	region   region // the table of the head that goes on, zero when there is none
	headers  []string
	figures  []bool // columns of the head that hold figures, by column from 1
	rows     int
	fed      int // rows that fed the values
	bytes    int
	lastRow  int
	values   []*values // by column, from column 1
	sums     []float64
	special  special
	sampled  bool
	previous int // number of the row before
}

// newMiddle starts the sums; the head tells which table goes on.
func newMiddle(g *grid, w Weights) *middle {
	m := &middle{weights: w}
	head := *g
	head.gap = len(head.lines)
	if n := len(head.lines); n > 0 {
		m.previous = head.lines[n-1].number
	}
	regions := findRegions(&head, w)
	if len(regions) > 0 {
		m.region = regions[len(regions)-1]
		for _, r := range regions { // of tables side by side, the longest goes on
			if r.dataLast > m.region.dataLast {
				m.region = r
			}
		}
		m.headers = headerTexts(&head, m.region)
		p := profileOf(&head, 1, head.lastCol, m.region.from, min(len(head.lines), m.region.from+w.ProfileRows))
		for _, c := range p.class {
			m.figures = append(m.figures, c == figure)
		}
	}
	return m
}

// add takes a row out of the ring.
func (m *middle) add(row table.Row) {
	m.rows++
	for n := m.previous + 1; n < row.Number && n-m.previous < maxListed; n++ {
		m.special.note(&m.special.blanks, n)
	}
	m.previous, m.lastRow = row.Number, row.Number
	for len(m.values) < len(row.Cells) {
		m.values = append(m.values, newValues())
		m.sums = append(m.sums, 0)
	}
	full := m.bytes <= m.weights.FullBytes || m.rows%m.weights.SampleStep == 0
	if full && m.headers != nil && m.maySpecial(row) && m.classify(row) {
		return
	}
	limit := valueLimit(m.weights, len(m.values))
	if full {
		m.fed++
	}
	for i := range row.Cells {
		if row.Cells[i].Kind == table.Empty {
			continue
		}
		c := row.Cells[i]
		m.bytes += len(c.Text)
		if i < len(m.figures) && m.figures[i] && (c.Kind == table.Number || c.Kind == table.Text && len(c.Text) < 24) {
			m.sums[i] += reckon(c.Text)
		}
		if full {
			m.values[i].add(c, limit)
		}
	}
	m.sampled = m.sampled || !full
}

// maySpecial spares most rows a closer look: a special row holds one cell only,
// opens with a header's words or with the letters of a word for totals.
func (m *middle) maySpecial(row table.Row) bool {
	filled, first := 0, ""
	for col := m.region.colFirst; col <= min(m.region.colLast, len(row.Cells)); col++ {
		c := row.Cells[col-1]
		if c.IsBlank() {
			continue
		}
		if filled++; first == "" && c.Kind == table.Text {
			first = table.TrimSpace(c.Text)
		}
		if filled > 1 && first != "" {
			break
		}
	}
	return filled <= 1 || first != "" && (opensLikeTotal(first) || contains(m.headers, first))
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

// classify lists a row that is no record; true means that its cells are no
// values of the columns.
func (m *middle) classify(row table.Row) bool {
	l := newLine(row)
	switch {
	case repeats(&l, m.region, m.headers):
		m.special.note(&m.special.repeated, row.Number)
		return true
	case isSection(&l, m.region):
		m.special.note(&m.special.sections, row.Number)
		return true
	case isSubtotal(&l, m.region):
		m.special.note(&m.special.subtotals, row.Number)
	}
	return false
}
