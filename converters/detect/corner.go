package detect

import "chasqui/converters/table"

// isCornerless reports whether the lines of a header from below on leave the corner
// over the labels blank, so that a lone text in the row above, over the first column
// of figures, can't be a title at the left: it is what all of the figures are.
func isCornerless(g *grid, r *region, p *profile, below, first int) bool {
	l := &g.lines[below]
	n, last := l.count(r.colFirst, r.colLast), l.lastFilled(r.colFirst, r.colLast)
	if end, merged := g.spans(l.number, last); merged && end >= r.colLast {
		n = r.colLast - r.colFirst // groups up to the last column
	}
	return first == r.colFirst+1 && p.at(r.colFirst) != blank && p.at(first) == figure &&
		l.class(r.colFirst) == blank && (n == r.colLast-r.colFirst || n == 1)
}

// namesTheRest reports whether a line right under a header names label columns, two
// or more, that the header leaves out, and nothing else. The rows below fill those
// columns, while those of a section's name do not.
func namesTheRest(g *grid, r *region, p *profile, l *line, first int) bool {
	n, at := 0, g.indexOf(l.number)
	for col := r.colFirst; col <= min(r.colLast, len(l.classes)); col++ {
		if l.class(col) == blank {
			continue
		}
		if l.class(col) != word || p.at(col) != word {
			return false
		}
		n++
		for i := first; i < len(g.lines) && i <= at+leastShaped; i++ {
			if i < at && g.lines[i].class(col) != blank || i > at && g.lines[i].class(col) == blank {
				return false
			}
		}
	}
	return n >= 2 && countFigureColumns(p) > 0
}

// isRowsNameUnderTimes reports whether a lone word under a header of years names the
// labels below it, since the header's own first name is that of the times: "Time |
// 2019 | 2020", then "Country". A section's name has others of its kind below.
func isRowsNameUnderTimes(g *grid, r *region, l *line, first int) bool {
	head := &g.lines[first]
	at := g.indexOf(l.number)
	name := fold(head.text(r.colFirst))
	if at != first+1 || l.number-head.number != 1 || l.class(r.colFirst) != word || name != "time" && !isPeriodName(name) && !isYearName(name) {
		return false
	}
	years := 0
	for col := r.colFirst + 1; col <= min(r.colLast, len(head.classes)); col++ {
		switch {
		case head.class(col) == blank:
		case !isYear(head.text(col)):
			return false
		default:
			years++
		}
	}
	records := 0
	for i := at + 1; i < min(len(g.lines), at+60) && g.lines[i].number-g.lines[i-1].number == 1; i++ {
		switch n := g.lines[i].count(r.colFirst, r.colLast); {
		case g.lines[i].class(r.colFirst) != word:
			return false
		case n > 1:
			records++
		case records < leastShaped || i+1 < len(g.lines) && g.lines[i+1].count(r.colFirst, r.colLast) > 1:
			return false
		}
	}
	return years >= 2 && records >= leastShaped
}

// takeMerged makes the rows of a cell that is merged downwards from above the start
// to below it the header, where a second one stands beside it: no record begins in
// the middle of a merged cell.
func takeMerged(g *grid, r *region) bool {
	l := &g.lines[r.from]
	top, bottom, n := l.number, l.number, 0
	for _, m := range g.merges {
		if m.ColFirst == m.ColLast && m.ColFirst >= r.colFirst && m.ColLast <= r.colLast && m.RowFirst < l.number && m.RowLast > l.number && m.RowLast-m.RowFirst < 5 {
			i := g.indexOf(m.RowFirst)
			if i < r.top || g.lines[i].class(m.ColFirst) != word {
				return false
			}
			n, top, bottom = n+1, min(top, m.RowFirst), max(bottom, m.RowLast)
		}
	}
	last := g.indexOf(bottom+1) - 1
	if n < 2 || last+1 >= len(g.lines) {
		return false
	}
	r.headerFirst, r.headerLast, r.from = top, bottom, last+1
	r.why = append(r.why, WhyHeaderRows)
	return true
}

// mergedDown counts the cells of the table that are merged over the rows of a range,
// each in its own column.
func mergedDown(g *grid, r *region, rows table.Range) int {
	n := 0
	for _, m := range g.merges {
		if m.RowFirst == rows.RowFirst && m.RowLast == rows.RowLast && m.ColFirst == m.ColLast && m.ColFirst >= r.colFirst && m.ColLast <= r.colLast {
			n++
		}
	}
	return n
}

// repeatsNames reports whether the names over a run of columns are those over the
// last columns of the run before it, past one blank column, and the rows of figures
// below them have their labels there: one group of figures more of the same rows.
func repeatsNames(g *grid, a, b [2]int) bool {
	width := b[1] - b[0] + 1
	if b[0]-a[1] != 2 || a[1]-a[0] < width {
		return false
	}
	named, rows := false, 0
	for i := range g.lines {
		l := &g.lines[i]
		switch {
		case l.counts(b[0], b[1], word) == width:
			for k := range width {
				if l.text(b[0]+k) != l.text(a[1]-width+1+k) {
					return false
				}
			}
			named = true
		case l.counts(b[0], b[1], figure) >= 2:
			if l.class(a[0]) != word {
				return false
			}
			rows++
		}
	}
	return named && rows >= leastShaped
}
