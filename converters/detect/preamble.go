package detect

import "strings"

// isComment recognises the lines of a block of comments as scripts write them,
// "# …", and what an export tool leaves for itself; a header whose first name
// starts with # stands alone.
func isComment(g *grid, i, colFirst, colLast, end int) bool {
	if isMarkup(&g.lines[i], colFirst, colLast) {
		return true
	}
	opens := func(i int) bool {
		l := &g.lines[i]
		s := l.text(l.firstFilled(colFirst, colLast))
		return s == "#" || strings.HasPrefix(s, "# ") || strings.HasPrefix(s, "#\t")
	}
	return opens(i) && (i+1 < end && opens(i+1) || i > 0 && opens(i-1))
}

// isKeyValues recognises a line of which half the cells are keys with a colon.
func isKeyValues(l *line, colFirst, colLast int) bool {
	keys := 0
	for col := colFirst; col <= min(colLast, len(l.classes)); col++ {
		if strings.HasSuffix(l.text(col), ":") {
			keys++
		}
	}
	return keys > 0 && 2*keys >= l.count(colFirst, colLast)
}

// isPreamble recognises key-value lines above a table: two cells, the first a
// word with a colon, or a blank row behind.
func isPreamble(g *grid, i, colFirst, colLast, end int) bool {
	l := &g.lines[i]
	first := l.firstFilled(colFirst, colLast)
	label := l.text(first)
	if strings.HasSuffix(label, ":") {
		return true
	}
	if l.count(colFirst, colLast) > 2 {
		return false
	}
	return i+1 < end && g.lines[i+1].number > l.number+1
}

// clearerStart moves the start from a line that fills part of the columns to one
// of the next three that fills nearly all of them with names over figures. What
// lies between joins the header only if it looks like group names.
func clearerStart(g *grid, colFirst, colLast, start, end, width int, w Weights) int {
	if i := describedStart(g, colFirst, colLast, start, end, w); i > start {
		return i
	}
	if i := keyedStart(g, colFirst, colLast, start, end, w); i > start {
		return i
	}
	if start+2 < end && saysOneThing(&g.lines[start], colFirst, colLast) && g.lines[start+1].counts(colFirst, colLast, word) == colLast-colFirst+1 {
		return start + 1
	}
	if g.lines[start].count(colFirst, colLast)*5 >= width*4 {
		return start
	}
	for i := start + 1; i < min(start+4, end-1); i++ {
		l := &g.lines[i]
		if l.count(colFirst, colLast)*5 < width*4 {
			continue
		}
		p := profileOf(g, colFirst, colLast, i+1, min(end, i+1+w.ProfileRows))
		if v := judge(l, &p, colFirst, colLast); v.contrast+v.years > 0 && v.figures == 0 && v.names > v.values {
			return i
		}
		return start
	}
	return start
}

// describedStart looks behind a line that a blank row and lone texts follow for
// the header proper, which stands right above figures: the line describes the
// series, as in "GDP | Gross domestic product". It returns 0 when there is none.
func describedStart(g *grid, colFirst, colLast, start, end int, w Weights) int {
	if start+3 >= end || g.lines[start+1].number-g.lines[start].number < 2 || g.lines[start+1].count(colFirst, colLast) != 1 {
		return 0
	}
	i := start + 1
	for i < min(start+5, end-1) && g.lines[i].count(colFirst, colLast) <= 1 {
		i++
	}
	l := &g.lines[i]
	n := l.count(colFirst, colLast)
	if i+1 >= end || n < 2 || n < g.lines[start].count(colFirst, colLast) || n != l.counts(colFirst, colLast, word) || g.lines[i+1].number != l.number+1 {
		return 0
	}
	p := profileOf(g, colFirst, colLast, i+1, min(end, i+1+w.ProfileRows))
	if v := judge(l, &p, colFirst, colLast); v.contrast > 0 && v.names > v.values {
		return i
	}
	return 0
}

// isMarkup reports whether a cell of the line holds an XML document: the query
// that an export came from.
func isMarkup(l *line, colFirst, colLast int) bool {
	for col := colFirst; col <= min(colLast, len(l.classes)); col++ {
		if strings.HasPrefix(l.text(col), "<?xml") {
			return true
		}
	}
	return false
}

// profileEnd returns where the profile of a header at start ends: what stands
// behind four blank rows is not its data, nor what follows the same names again, nor
// are names behind a blank row that open figures where there were none.
func profileEnd(g *grid, colFirst, colLast, start, end int, w Weights) int {
	end = min(end, start+1+w.ProfileRows)
	for k := start + 3; k < end; k++ {
		switch gap := g.lines[k].number - g.lines[k-1].number; {
		case gap > 4 && k >= start+4, hasNamesAgain(g, colFirst, colLast, start, k), gap > 1 && k+2 < end && opensFigures(g, colFirst, colLast, start, k):
			return k
		}
	}
	return end
}

// opensFigures reports whether a line holds words only, and one of them stands over
// a figure in a column that has had words alone since start, one a line.
func opensFigures(g *grid, colFirst, colLast, start, k int) bool {
	l, below := &g.lines[k], &g.lines[k+1]
	n := l.count(colFirst, colLast)
	if n < 2 || n != l.counts(colFirst, colLast, word) || below.number-l.number > 1 || below.count(colFirst, colLast) < n-1 {
		return false
	}
	for col := colFirst; col <= colLast; col++ {
		if below.class(col) != figure || g.lines[k+2].class(col) != figure || l.class(col) != word {
			continue
		}
		words := 0
		for i := start; i < k; i++ {
			if g.lines[i].class(col) == word && g.lines[i].count(colFirst, colLast) > 1 {
				words++
			}
		}
		if words == k-start {
			return true
		}
	}
	return false
}

// hasNamesAgain reports whether the line k is a header at start printed again: what
// follows belongs to another table.
func hasNamesAgain(g *grid, colFirst, colLast, start, k int) bool {
	l, o := &g.lines[start], &g.lines[k]
	n := l.count(colFirst, colLast)
	if n < 3 || n != l.counts(colFirst, colLast, word) {
		return false
	}
	for col := colFirst; col <= colLast; col++ {
		if l.text(col) != o.text(col) {
			return false
		}
	}
	return true
}
