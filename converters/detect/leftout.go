package detect

import (
	"slices"

	"chasqui/converters/table"
)

// listedLines returns the indexes of the lines that are titles or notes of a table
// and listed with it: what they hold outside of all tables is told.
func listedLines(g *grid, all []region) map[int]bool {
	listed := map[int]bool{}
	for _, r := range all {
		titles, notes := surrounds(g, r, all)
		for _, i := range append(titles, notes...) {
			listed[i] = true
		}
	}
	return listed
}

// tellBeside adds to each table's layout how many cells stand beside it.
func tellBeside(g *grid, all []region, listed map[int]bool, tables []table.Layout) {
	for i := range tables {
		if n, ok := beside(g, all[i], all, listed); ok {
			n.Place.Sheet = tables[i].Sheet
			tables[i].Notices = append(tables[i].Notices, n)
		}
	}
}

// leftOut counts the cells of a sheet with tables that are neither in one of them
// or beside its rows (see beside) nor in a title or note that is listed, so that
// no conversion drops one in silence. The place is that of the first.
func leftOut(g *grid, all []region, listed map[int]bool, sheet string) (n table.Notice, ok bool) {
	n = table.Notice{Code: NoticeCellsLeftOut, Place: table.Place{Sheet: sheet}}
	if len(all) == 0 {
		return n, false
	}
	for i := range g.lines {
		l := &g.lines[i]
		if listed[i] || isRowOf(all, l) {
			continue
		}
		for col := 1; col <= len(l.classes); col++ {
			if l.classes[col-1] == blank || isInTotal(all, i, col) {
				continue
			}
			if n.Count++; n.Count == 1 {
				n.Place.Row, n.Place.Col = l.number, col
			}
		}
	}
	if g.middle != nil && !slices.ContainsFunc(all, func(r region) bool { return r.goesOn(g) }) {
		for _, count := range g.middle.outside {
			n.Count += count
		}
		if at := g.middle.outsideAt; at > 0 && (n.Place.Row == 0 || at < n.Place.Row) {
			n.Place.Row, n.Place.Col = at, 0
		}
	}
	return n, n.Count > 0
}

// withLeftOut adds to the notices of a part of a sheet the cells that the parts
// above it left out.
func withLeftOut(notices, above []table.Notice) []table.Notice {
	of := func(n table.Notice) bool { return n.Code == NoticeCellsLeftOut }
	i, k := slices.IndexFunc(above, of), slices.IndexFunc(notices, of)
	switch {
	case i < 0:
		return notices
	case k < 0:
		return append(slices.Clip(notices), above[i])
	}
	all := above[i]
	all.Count += notices[k].Count
	notices = slices.Clone(notices)
	notices[k] = all
	return notices
}

// isRowOf reports whether a line is one of a region's rows, or the rule of dashes
// under its header, which says nothing.
func isRowOf(all []region, l *line) bool {
	for i := range all {
		if r := &all[i]; r.holds(l.number) || l.number > r.headerLast && l.number < r.dataFirst && isRule(l, r) {
			return true
		}
	}
	return false
}

// isInTotal reports whether a cell of a line stands in a total, in the columns of
// its region.
func isInTotal(all []region, i, col int) bool {
	for k := range all {
		if r := &all[k]; r.totalLines[i] && col >= r.colFirst && col <= r.colLast {
			return true
		}
	}
	return false
}
