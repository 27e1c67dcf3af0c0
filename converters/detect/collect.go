package detect

import (
	"iter"
	"slices"
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
	gap     int           // index of the first line below the rows that were not kept; len(lines) when all were
	middle  *middle       // nil when all rows were kept
	before  *table.Layout // a table whose columns keep their types; nil where all are typed
	torn    bool          // rows between those kept were passed over
	lastRow int
	lastCol int
	merges  []table.Range
	records bool // a row's cells are the fields of a record; see table.Sheet
}

// collect reads the sheet's rows once.
func collect(sheet table.Sheet, rows iter.Seq2[table.Row, error], w Weights) (*grid, error) {
	c := newCollector(sheet, w)
	defer c.end()
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		c.add(row)
	}
	return c.finish(sheet), nil
}

// finish makes lines of the rows in the ring, once the last row was added.
func (c *collector) finish(sheet table.Sheet) *grid {
	c.end()
	g := c.grid
	for i := range g.lines {
		g.lines[i].cells = cut(g.lines[i].cells)
	}
	g.gap = len(g.lines)
	for i := range c.tail {
		row := c.held(i)
		g.torn = g.torn || row.Passed
		row.Cells = cut(row.Cells)
		g.lines = append(g.lines, newLine(row))
	}
	if g.middle == nil {
		g.gap = len(g.lines)
	}
	g.merges = sheet.Merges()
	return g
}

// held returns row i of the ring, the oldest first.
func (c *collector) held(i int) table.Row {
	row := c.tail[(c.tailStart+i)%len(c.tail)].row
	if row.Line != nil {
		row.Cells = row.Line.AppendCells(nil)
	}
	return row
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
	// pass, when set, puts the rows to use while they are collected.
	pass *Pass
	// out takes the rows that leave the ring; nil while none has.
	out outlet
	cut []table.Cell // of a row that came as a line
	// used and filled are of a line that is put to use, and its alone who does.
	used   []table.Cell
	filled []int32
}

// newCollector prepares to collect the rows of a sheet.
func newCollector(sheet table.Sheet, w Weights) collector {
	return collector{weights: w, grid: &grid{records: sheet.Records()}}
}

// end waits until every row that left the ring was counted and put to use.
func (c *collector) end() {
	if c.out != nil {
		c.out.end()
		c.out = nil
	}
}

// add takes the next row; false says that a pass needs no more.
func (c *collector) add(row table.Row) bool {
	if c.pass != nil && !c.pass.takes(row) {
		return false
	}
	if row.Line != nil && c.grid.middle == nil {
		c.cut = row.Line.AppendCells(c.cut[:0])
		row.Cells, row.Line = c.cut, nil
	}
	last := width(row)
	if last == 0 {
		return true
	}
	if row.Line == nil {
		row.Cells = row.Cells[:last]
	}
	c.grid.lastRow = row.Number
	c.grid.lastCol = max(c.grid.lastCol, last)
	if !c.headDone {
		c.grid.torn = c.grid.torn || row.Passed
		c.grid.lines = append(c.grid.lines, newLine(c.keep(row)))
		c.cells += last
		n := len(c.grid.lines)
		c.headDone = n >= c.weights.HeadRows || c.cells > c.weights.KeptCells && n >= 40
		return true
	}
	if len(c.tail) < c.weights.TailRows && (c.tailCells < c.weights.KeptCells || len(c.tail) < 20) && c.grid.middle == nil {
		c.tail = append(c.tail, held{})
		c.tail[len(c.tail)-1].take(row, c.pass != nil)
		c.tailCells += last
		return true
	}
	if c.grid.middle == nil {
		head := *c.grid
		head.gap = len(head.lines)
		regions := findRegions(&head, c.weights)
		c.grid.middle = newMiddle(&head, regions, c.weights)
		if c.pass != nil && !c.pass.begin(&head, regions) {
			return false
		}
		if c.pass != nil && c.pass.untyped {
			c.out = direct(c.use)
		} else {
			c.out = newHandover(c.use)
		}
	}
	oldest := &c.tail[c.tailStart]
	role := c.grid.middle.add(oldest)
	if c.pass != nil && c.grid.middle.seam.found > 0 || !c.out.add(oldest, role) {
		return false
	}
	oldest.take(row, c.pass != nil)
	c.tailStart = (c.tailStart + 1) % len(c.tail)
	return true
}

// width returns how many cells a row has up to its last that is not blank.
func width(row table.Row) int {
	if row.Line != nil {
		return len(row.Line.Ends)
	}
	last := len(row.Cells)
	for last > 0 && row.Cells[last-1].IsBlank() {
		last--
	}
	return last
}

// use counts the values of a row that left the ring, and puts it to use.
func (c *collector) use(h *held, role Role) bool {
	row, filled, counts := h.row, h.filled, c.grid.middle.counts(role)
	if row.Line != nil && !c.pass.untyped {
		c.used = row.Line.AppendCells(c.used[:0])
		row.Cells, row.Line = c.used, nil
		if counts {
			c.filled = filledOf(c.filled[:0], c.used)
			filled = c.filled
		}
	}
	if counts {
		c.grid.middle.feed(row, filled)
	}
	return c.pass == nil || c.pass.yield(row, role)
}

// keep clones a row, with its long texts cut unless they are put to use.
func (c *collector) keep(row table.Row) table.Row {
	if c.pass == nil {
		row.Cells = cut(row.Cells)
	}
	return row.Clone()
}

// held is a row of the ring: its cells and the slab that their texts lie in,
// both used again for the row that takes its place.
type held struct {
	row    table.Row
	line   *table.Line // what row.Line points to, if it does
	slab   []byte
	filled []int32 // places of the cells that are not empty: few in a sparse sheet
}

// take clones a row into the place of one that is no longer needed, so that a
// long sheet costs no allocation a row.
func (h *held) take(row table.Row, whole bool) {
	cells := append(h.row.Cells[:0], row.Cells...)
	if h.row.Memory != nil {
		h.row.Memory.Drop()
	}
	h.row = table.Row{Number: row.Number, Hidden: row.Hidden, Passed: row.Passed, Cells: cells}
	if row.Memory != nil && whole {
		row.Memory.Hold()
		h.row.Memory = row.Memory
		h.keepLine(row.Line)
		h.filled = filledOf(h.filled[:0], cells)
		return
	}
	filled, total := h.filled[:0], 0
	for i := range cells {
		if cells[i].Kind == table.Empty {
			continue
		}
		if text := cells[i].Text; len(text) > maxKeptText && !whole {
			cells[i].Text = shortened(text)
		}
		filled, total = append(filled, int32(i)), total+len(cells[i].Text)
	}
	if total > cap(h.slab) {
		h.slab = make([]byte, 0, total+total/4)
	}
	slab := h.slab[:0]
	for _, i := range filled {
		if text := cells[i].Text; text != "" {
			from := len(slab)
			slab = append(slab, text...)
			cells[i].Text = unsafe.String(&slab[from], len(text))
		}
	}
	h.slab, h.filled = slab, filled
}

// keepLine makes a line that the row came in its own. The text stays where it is.
func (h *held) keepLine(line *table.Line) {
	if line == nil {
		return
	}
	if h.line == nil {
		h.line = &table.Line{}
	}
	h.line.Text, h.line.Ends = line.Text, append(h.line.Ends[:0], line.Ends...)
	h.row.Line = h.line
}

// filledOf appends the places of the cells that are not empty.
func filledOf(places []int32, cells []table.Cell) []int32 {
	for i := range cells {
		if cells[i].Kind != table.Empty {
			places = append(places, int32(i))
		}
	}
	return places
}

// cut returns cells whose long texts are shortened; the cells given stay as
// they are.
func cut(cells []table.Cell) []table.Cell {
	copied := false
	for i := range cells {
		text := cells[i].Text
		if len(text) <= maxKeptText {
			continue
		}
		if !copied {
			cells, copied = slices.Clone(cells), true
		}
		cells[i].Text = shortened(text)
	}
	return cells
}

// shortened cuts a text that is longer than what is kept, and says so with an
// ellipsis: titles and notes are shown.
func shortened(text string) string {
	const mark = "…"
	return strings.ToValidUTF8(text[:maxKeptText-len(mark)], "") + mark
}
