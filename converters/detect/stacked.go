package detect

// isStacked reports whether a line right under a header goes on with its names cell
// by cell, as in "2024 Change | to | 2025" printed over three rows: it leaves the
// labels blank, holds words and years over figures only, and each of its cells has
// one right above it.
func isStacked(r *region, p *profile, v verdict, l, above *line) bool {
	if l.number-above.number != 1 || p.at(r.colFirst) == blank || l.class(r.colFirst) != blank || v.contrast == 0 {
		return false
	}
	for col := r.colFirst; col <= min(r.colLast, len(l.classes)); col++ {
		switch c := l.class(col); {
		case c == blank:
		case p.at(col) != figure || above.class(col) == blank:
			return false
		case c != word && !isYear(l.text(col)):
			return false
		}
	}
	return true
}

// takeMergedAbove makes the rows of cells that are merged downwards above headerless
// data the header, where two or more of them end in the same row and nothing but
// blank rows stands between it and the data: titles are merged to the side only.
func takeMergedAbove(g *grid, r *region) bool {
	start := g.lines[r.from].number
	top, bottom, n := start, 0, 0
	for _, m := range g.merges {
		if m.RowFirst == m.RowLast || m.RowLast >= start || start-m.RowLast > 3 || m.RowFirst < g.lines[r.top].number || m.ColFirst < r.colFirst || m.ColLast > r.colLast {
			continue
		}
		if m.RowLast > bottom {
			top, bottom, n = start, m.RowLast, 0
		}
		if m.RowLast == bottom {
			top, n = min(top, m.RowFirst), n+1
		}
	}
	if n < 2 {
		return false
	}
	for i := g.indexOf(top); i < r.from; i++ {
		if l := &g.lines[i]; l.number > bottom || l.counts(r.colFirst, r.colLast, figure) > 0 {
			return false
		}
	}
	r.headerFirst, r.headerLast = top, g.lines[r.from-1].number
	r.why = append(r.why, WhyHeaderRows)
	return true
}
