package detect

import "chasqui/converters/table"

// trimColumns drops columns at the edges that have no header and hardly a
// value. A record's field is no jotting beside the table: where rows are records,
// a column with a single value stays.
func trimColumns(g *grid, r *region, limit int, w Weights) {
	headed, filled := map[int]bool{}, map[int]int{}
	rows := 0
	for i := range g.lines {
		l := &g.lines[i]
		header := r.headerLast > 0 && l.number >= r.headerFirst && l.number <= r.headerLast
		data := i >= r.from && i < limit
		if !header && !data || data && l.count(r.colFirst, r.colLast) == 0 {
			continue
		}
		if data {
			rows++
		}
		for col := r.colFirst; col <= min(r.colLast, len(l.classes)); col++ {
			if l.classes[col-1] == blank {
				continue
			}
			if header || l.cells[col-1].Hint&table.Spilled != 0 {
				headed[col] = true
			} else {
				filled[col]++
			}
		}
	}
	if g.middle != nil && r.from < g.gap && g.gap < limit {
		rows += g.middle.rows
		for col := r.colFirst; col <= r.colLast; col++ {
			filled[col] += g.middle.outsideIn(col)
		}
	}
	stray := func(col int) bool {
		few := !g.records && float64(filled[col]) < w.StrayFill*float64(rows) && r.headerLast > 0
		return !headed[col] && (filled[col] == 0 || few)
	}
	first, last := r.colFirst, r.colLast
	for first < last && stray(first) {
		first++
	}
	for last > first && stray(last) {
		last--
	}
	r.colFirst, r.colLast = first, last
}

// lookOutside counts the cells of a row in columns that the region has not, all
// where the region ended above.
func (m *middle) lookOutside(h *held) {
	n, first, last := width(h.row), m.region.colFirst, m.region.colLast
	if m.ended {
		first, last = 1, 0
	}
	if first <= 1 && n <= last {
		return
	}
	for i := range n {
		if col := i + 1; col >= first && col <= last || isBlankAt(h.row, i) {
			continue
		}
		if m.outsideAt == 0 {
			m.outsideAt = h.row.Number
		}
		for len(m.outside) < n {
			m.outside = append(m.outside, 0)
		}
		m.outside[i]++
	}
}

// isBlankAt reports whether a row shows nothing at a place, counted from 0.
func isBlankAt(row table.Row, i int) bool {
	if row.Line != nil {
		return table.TrimSpace(row.Line.Field(i)) == ""
	}
	return row.Cells[i].IsBlank()
}

// outsideIn returns how many cells of a column lookOutside counted, of a sheet
// without a middle 0.
func (m *middle) outsideIn(col int) int {
	if m == nil || col > len(m.outside) {
		return 0
	}
	return m.outside[col-1]
}

// beside says how many cells stand beside the rows of a table, its header's and
// its data's, and are in none of the sheet's tables, titles and notes; ok is
// false where none does. The place is that of the first one whose row was kept.
func beside(g *grid, r region, all []region, listed map[int]bool) (n table.Notice, ok bool) {
	n.Code = NoticeCellsBeside
	for i := range g.lines {
		l := &g.lines[i]
		if !r.holds(l.number) || listed[i] {
			continue
		}
		for col := 1; col <= len(l.classes); col++ {
			if l.classes[col-1] == blank || inSome(all, l.number, col) {
				continue
			}
			if n.Count++; n.Count == 1 {
				n.Place = table.Place{Row: l.number, Col: col}
			}
		}
	}
	if r.goesOn(g) {
		for col := 1; col <= len(g.middle.outside); col++ {
			if !inSome(all, g.middle.lastRow, col) {
				n.Count += g.middle.outsideIn(col)
			}
		}
	}
	return n, n.Count > 0
}

// goesOn reports whether a table has rows among those that are not kept.
func (r *region) goesOn(g *grid) bool {
	return g.middle != nil && r.from < g.gap && r.to >= g.gap-1
}

// inSome reports whether a cell lies in the header or the data of one of the
// regions.
func inSome(all []region, row, col int) bool {
	for i := range all {
		if r := &all[i]; col >= r.colFirst && col <= r.colLast && r.holds(row) {
			return true
		}
	}
	return false
}

// holds reports whether a row is one of the header or of the data, in which
// comments and rules between both are not.
func (r *region) holds(row int) bool {
	return r.headerFirst > 0 && row >= r.headerFirst && row <= r.headerLast || row >= r.dataFirst && row <= r.dataLast
}

// firstRow is the row of the header or, without one, of the first record.
func (r *region) firstRow() int {
	if r.headerFirst > 0 {
		return r.headerFirst
	}
	return r.dataFirst
}
