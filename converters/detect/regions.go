package detect

import (
	"slices"

	"chasqui/converters/table"
)

// region is a table found in a grid: row numbers and columns of the sheet, and
// the indexes of its lines. Header rows are 0 without a header.
type region struct {
	colFirst, colLast       int
	headerFirst, headerLast int
	dataFirst, dataLast     int
	from, to                int // indexes of the first and the last line of data
	top, bottom             int // indexes of the lines that belong around it: titles from top, notes up to bottom
	totals                  []int
	totalLines              map[int]bool
	why                     []string
	confidence              float64
}

// findRegions returns the tables of a grid, from left to right and from top to
// bottom.
func findRegions(g *grid, w Weights) []region {
	var found []region
	for _, band := range bands(g, w) {
		found = append(found, stacked(g, band[0], band[1], w)...)
	}
	return found
}

// bands cuts the sheet into runs of columns that are tables of their own. Runs
// are separated by columns that hold nothing; they stay one table unless they
// clearly differ in where their rows lie.
func bands(g *grid, w Weights) [][2]int {
	runs := filledRuns(g)
	if len(runs) == 0 {
		return nil
	}
	merged := runs[:1:1]
	for k, run := range runs[1:] {
		last := &merged[len(merged)-1]
		if liesInside(g, *last, runs[k+1:], w) {
			continue // named, and empty as the columns around it are not
		}
		if separate(g, *last, run, w) {
			merged = append(merged, run)
		} else {
			last[1] = run[1]
		}
	}
	var kept [][2]int
	for _, b := range merged {
		if len(merged) == 1 || bandRows(g, b) >= 2 {
			kept = append(kept, b)
		}
	}
	return kept
}

// liesInside reports whether the first of the runs is hardly filled, and the
// next one that is goes on with the rows of the band.
func liesInside(g *grid, band [2]int, runs [][2]int, w Weights) bool {
	if !isThin(g, runs[0]) {
		return false
	}
	for _, run := range runs[1:] {
		if !isThin(g, run) {
			return !separate(g, band, run, w)
		}
	}
	return false
}

// isThin reports whether a run of columns is filled in hardly any line.
func isThin(g *grid, run [2]int) bool {
	n := 0
	for i := range g.lines {
		if g.lines[i].count(run[0], run[1]) > 0 {
			n++
		}
	}
	return n*10 < len(g.lines)
}

// filledRuns returns the runs of columns in which lines other than titles hold
// something.
func filledRuns(g *grid) [][2]int {
	used := make([]bool, g.lastCol+2)
	for i := range g.lines {
		l := &g.lines[i]
		if len(g.lines) > 3 && l.count(1, len(l.classes)) <= 1 {
			continue
		}
		for col := 1; col <= len(l.classes); col++ {
			used[col] = used[col] || l.classes[col-1] != blank || l.cells[col-1].Hint&table.Spilled != 0
		}
	}
	for col := 1; col <= g.lastCol; col++ {
		used[col] = used[col] || g.middle.outsideIn(col) > 0
	}
	var runs [][2]int
	for col := 1; col <= g.lastCol; col++ {
		if !used[col] {
			continue
		}
		if n := len(runs); n > 0 && runs[n-1][1] == col-1 {
			runs[n-1][1] = col
		} else {
			runs = append(runs, [2]int{col, col})
		}
	}
	if len(runs) == 0 && g.lastCol > 0 {
		runs = append(runs, [2]int{1, g.lastCol})
	}
	return runs
}

// bandRows counts the lines that hold at least two cells of the band, or one
// where the band is one column.
func bandRows(g *grid, b [2]int) int {
	need, n := min(2, b[1]-b[0]+1), 0
	for i := range g.lines {
		if g.lines[i].count(b[0], b[1]) >= need {
			n++
		}
	}
	return n
}

// separate decides whether two neighbouring runs of columns are two tables:
// both have rows and at least two columns, and their rows differ in number or
// the header's first name is repeated.
func separate(g *grid, a, b [2]int, w Weights) bool {
	if a[1] == a[0] || b[1] == b[0] {
		return loneColumnIsStray(g, a, b)
	}
	rowsA, rowsB, both := 0, 0, 0
	for i := range g.lines {
		l := &g.lines[i]
		inA, inB := l.count(a[0], a[1]) >= 2, l.count(b[0], b[1]) >= 2
		inB = inB || inA && l.counts(b[0], b[1], figure) == 1 // of a row that goes on behind a gap
		if inA {
			rowsA++
		}
		if inB {
			rowsB++
		}
		if inA && inB {
			both++
		}
	}
	if rowsA < 3 || rowsB < 3 {
		return both == 0 && rowsA+rowsB > 2
	}
	if both == rowsB && (goesOn(g, a, b) || repeatsNames(g, a, b)) {
		return false
	}
	if different(rowsA, rowsB, w.ExtentDiffers) || different(both, max(rowsA, rowsB), w.ExtentDiffers) {
		return true
	}
	return sameHeaders(g, a, b)
}

// goesOn reports whether a run of columns goes on with the rows of the run before
// it, past one blank column: it opens with years, it has no label of its own below
// them, and the run before has rows only where it has them, lines of two cells apart.
func goesOn(g *grid, a, b [2]int) bool {
	if b[0]-a[1] != 2 {
		return false
	}
	first, last := 0, 0
	for i := range g.lines {
		if g.lines[i].count(b[0], b[1]) == 0 {
			continue
		}
		if first == 0 {
			if first = g.lines[i].number; !isYear(g.lines[i].text(b[0])) {
				return false
			}
		} else if c := g.lines[i].class(b[0]); c == word || c == moment {
			return false
		}
		last = g.lines[i].number
	}
	width := a[1] - a[0] + 1
	for i := range g.lines {
		l := &g.lines[i]
		if n := l.count(a[0], a[1]); n > 2 && 2*n > width && (l.number < first || l.number > last) {
			return false
		}
	}
	return true
}

// loneColumnIsStray keeps a column apart that lies behind a gap and is filled
// in few of the other block's rows.
func loneColumnIsStray(g *grid, a, b [2]int) bool {
	wide, lone := a, b
	if a[0] == a[1] {
		wide, lone = b, a
	}
	rows, both := 0, 0
	for i := range g.lines {
		if l := &g.lines[i]; l.count(wide[0], wide[1]) >= min(2, wide[1]-wide[0]+1) {
			rows++
			if l.class(lone[0]) != blank {
				both++
			}
		}
	}
	return both*4 < rows
}

// different reports whether two counts differ by more than a share.
func different(a, b int, share float64) bool {
	return float64(max(a, b)-min(a, b)) > share*float64(max(a, b))+1
}

// sameHeaders reports whether both blocks open with the same words.
func sameHeaders(g *grid, a, b [2]int) bool {
	for i := range g.lines {
		l := &g.lines[i]
		if l.count(a[0], a[1]) < 2 || l.count(b[0], b[1]) < 2 {
			continue
		}
		return l.class(a[0]) == word && l.text(a[0]) == l.text(b[0])
	}
	return false
}

// stacked finds the tables of a band, one below the other.
func stacked(g *grid, colFirst, colLast int, w Weights) []region {
	var found []region
	top, end := 0, len(g.lines)
	for top < end {
		r, ok := findTable(g, colFirst, colLast, top, end, w)
		if !ok {
			break
		}
		next := nextTable(g, r, end, w)
		r.bottom = next
		closeTable(g, &r, next, w)
		if r.dataLast >= r.dataFirst && r.dataFirst > 0 && !isForm(g, &r, w) && !isCaptioned(g, &r, next < end) {
			found = append(found, r)
		}
		top = max(next, r.from+1)
	}
	return found
}

// isForm recognises a form filled in on a sheet: captions with a text below
// each, of which hardly a row has two cells side by side.
func isForm(g *grid, r *region, w Weights) bool {
	clear := slices.Contains(r.why, WhyHeaderContrast) || slices.Contains(r.why, WhyHeaderYears)
	if r.colFirst == r.colLast || hasFullColumn(g, r, clear || slices.Contains(r.why, WhyHeaderStyle)) || clear && areLabelled(g, r) {
		return false
	}
	lines, records := 0, 0
	for i := r.from; i <= r.to; i++ {
		switch n := g.lines[i].count(r.colFirst, r.colLast); {
		case n > 1:
			lines, records = lines+1, records+1
		case n == 1:
			lines++
		}
	}
	return lines >= 6 && float64(records) < w.FormRecords*float64(lines)
}

// usualWidth is how many cells a row of the table usually fills: the median of
// the lines with at least two, or 1.
func usualWidth(g *grid, colFirst, colLast, from, to int) int {
	histogram := map[int]int{}
	total := 0
	for i := from; i < to; i++ {
		if n := g.lines[i].count(colFirst, colLast); n >= 2 {
			histogram[n]++
			total++
		}
	}
	if total == 0 {
		return 1
	}
	seen := 0
	for n := 2; ; n++ {
		if seen += histogram[n]; seen*2 >= total {
			return n
		}
	}
}

// fixedRegion makes a region of what a person fixed.
func fixedRegion(g *grid, f Fixed, w Weights) (region, bool) {
	colFirst, colLast := 1, g.lastCol
	if f.ColFirst > 0 {
		colFirst = f.ColFirst
	}
	if f.ColLast > 0 {
		colLast = f.ColLast
	}
	top, end := 0, len(g.lines)
	if first := max(f.HeaderFirst, 0); first > 0 || f.DataFirst > 0 {
		if first == 0 {
			first = f.DataFirst
		}
		if f.HeaderFirst > 0 || f.NoHeader {
			top = g.indexOf(first)
		}
	}
	if f.DataLast > 0 {
		end = g.indexOf(f.DataLast + 1)
	}
	r, ok := findTable(g, colFirst, colLast, top, end, w)
	if !ok && (f.DataFirst == 0 || top >= end) {
		return r, false
	}
	r.colFirst, r.colLast = colFirst, colLast
	if f.HeaderFirst > 0 || f.NoHeader {
		r.headerFirst, r.headerLast = f.HeaderFirst, max(f.HeaderLast, f.HeaderFirst)
		r.from = g.indexOf(max(r.headerLast+1, f.DataFirst, g.lineNumber(top)))
	}
	if f.DataFirst > 0 {
		r.from = g.indexOf(f.DataFirst)
	}
	if r.from >= end {
		return r, false
	}
	if r.why == nil {
		r.why = []string{WhyFixed}
	}
	r.bottom = end
	r.dataFirst = g.lines[r.from].number
	if f.DataLast > 0 {
		r.to, r.dataLast = end-1, g.lines[end-1].number
	} else {
		closeTable(g, &r, end, w)
	}
	if f.ColFirst > 0 {
		r.colFirst = f.ColFirst
	}
	if f.ColLast > 0 {
		r.colLast = f.ColLast
	}
	if f.DataFirst > 0 {
		r.from, r.dataFirst = g.indexOf(f.DataFirst), f.DataFirst
	}
	return r, r.dataLast >= r.dataFirst
}

// indexOf returns the index of the first line at or below a row.
func (g *grid) indexOf(row int) int {
	for i := range g.lines {
		if g.lines[i].number >= row {
			return i
		}
	}
	return len(g.lines)
}

// lineNumber returns the row of a line, 0 beyond the last.
func (g *grid) lineNumber(i int) int {
	if i >= len(g.lines) {
		return 0
	}
	return g.lines[i].number
}

// spans reports whether a merged range starts at a cell and covers more than
// one column, and which is its last.
func (g *grid) spans(row, col int) (last int, ok bool) {
	for _, m := range g.merges {
		if m.RowFirst == row && m.ColFirst == col && m.ColLast > m.ColFirst {
			return m.ColLast, true
		}
	}
	return col, false
}

// hasFullColumn reports whether the data leaves out no row and fills some
// column in each of them, one of repeated words where the header is not clear.
func hasFullColumn(g *grid, r *region, clear bool) bool {
	if r.to < r.from || g.lines[r.to].number-g.lines[r.from].number != r.to-r.from {
		return false
	}
	for col := r.colFirst; col <= r.colLast; col++ {
		if isFullColumn(g, r, col) && (clear || holdsCategories(g, r, col)) {
			return true
		}
	}
	return false
}

// holdsCategories reports whether a column of the data holds each text twice on
// average, as captions of a form never do.
func holdsCategories(g *grid, r *region, col int) bool {
	texts := map[string]bool{}
	for i := r.from; i <= r.to; i++ {
		texts[g.lines[i].text(col)] = true
	}
	return 2*len(texts) <= r.to-r.from+1
}

// isFullColumn reports whether every line of the data fills the column.
func isFullColumn(g *grid, r *region, col int) bool {
	for i := r.from; i <= r.to; i++ {
		if g.lines[i].class(col) == blank {
			return false
		}
	}
	return true
}
