package detect

// nextTable returns the index of the line where the next table of the band
// begins, its titles included; end when there is none.
func nextTable(g *grid, r region, end int, w Weights) int {
	headers := headerTexts(g, r)
	for i := r.from + 2; i+1 < end; i++ {
		l := &g.lines[i]
		gapBefore := l.number-g.lines[i-1].number > 1 || g.lines[i-1].count(r.colFirst, r.colLast) <= 1
		n := l.count(r.colFirst, r.colLast)
		if !gapBefore || n < 2 || i == g.gap && g.middle != nil {
			continue
		}
		again, other := repeatsBlock(g, r, i, end)
		if again || repeats(l, r, headers) {
			if !opensAnew(g, r, i, again) {
				continue
			}
		} else if !other && !renamed(l, r, headers) && !startsTable(g, r, i, end, w) && !opensInStyle(g, r, i, end) && !opensBlock(g, r, i, end) {
			continue
		}
		for i-1 > r.from && (g.lines[i-1].count(r.colFirst, r.colLast) <= 1 || isCaption(g, r, i-1)) && g.lines[i].number-g.lines[i-1].number <= 2 &&
			!isNote(fold(g.lines[i-1].text(g.lines[i-1].firstFilled(r.colFirst, r.colLast)))) {
			i--
		}
		return i
	}
	return end
}

// repeatsBlock reports whether the lines from i on are a header of two rows or more
// printed again, and whether they are such a header of another table: with another
// first name, of other years, or of fewer columns.
func repeatsBlock(g *grid, r region, i, end int) (again, other bool) {
	first := g.indexOf(r.headerFirst)
	if r.headerLast <= r.headerFirst {
		return false, false
	}
	named, differs := 0, false
	for k := first; k < len(g.lines) && g.lines[k].number <= r.headerLast; k++ {
		at := i + k - first
		if at >= end || g.lines[at].number-g.lines[i].number != g.lines[k].number-g.lines[first].number {
			return false, false
		}
		last := g.lines[k].number == r.headerLast
		for col := r.colFirst; col <= r.colLast; col++ {
			switch s, head := g.lines[at].text(col), g.lines[k].text(col); {
			case s != head && s != "" && col > r.colFirst && (last || !isYear(s) || !isYear(head)):
				return false, false
			case s != head:
				differs = true
			case last && s != "":
				named++
			}
		}
	}
	return named >= 2 && !differs, named >= 2 && differs
}

// opensAnew reports whether a header that is printed again opens another table:
// a title of its own stands above it, and either blank rows above that or the
// first label of the table below it once more. On a printed page the titles are
// those of the first, and the labels go on. whole says that all rows of the header
// are printed again, of which i is the first.
func opensAnew(g *grid, r region, i int, whole bool) bool {
	body := i + 1
	if whole {
		body += g.indexOf(r.headerLast) - g.indexOf(r.headerFirst)
	}
	title, gap, fresh := "", 0, false
	for k := i - 1; k > r.from && i-k <= 4; k-- {
		gap = max(gap, g.lines[k+1].number-g.lines[k].number-1)
		l := &g.lines[k]
		if l.count(r.colFirst, r.colLast) > 1 && !isCaption(g, r, k) {
			break
		}
		title = l.text(l.firstFilled(r.colFirst, r.colLast))
		fresh = fresh || !isTitleOf(g, r, title)
	}
	if title == "" {
		return false
	}
	return gap >= 2 && !isTitleOf(g, r, title) || fresh && restarts(g, r, body)
}

// isCaption reports whether a line between blank rows is a key and its value in words,
// "Area | Buenos Aires": of what the table below is.
func isCaption(g *grid, r region, i int) bool {
	l := &g.lines[i]
	return i+1 < len(g.lines) && l.number-g.lines[i-1].number > 1 && g.lines[i+1].number-l.number > 1 &&
		l.count(r.colFirst, r.colLast) == 2 && l.counts(r.colFirst, r.colLast, word) == 2
}

// isTitleOf reports whether a text stands above the table's header.
func isTitleOf(g *grid, r region, title string) bool {
	for k := r.top; k < r.from; k++ {
		if l := &g.lines[k]; l.text(l.firstFilled(r.colFirst, r.colLast)) == title {
			return true
		}
	}
	return false
}

// restarts reports whether a line has the first label of the table again, or none and
// the figures before it, of years and codes.
func restarts(g *grid, r region, i int) bool {
	before := 0
	for col := r.colFirst; i < len(g.lines) && col <= r.colLast; col++ {
		same := g.lines[i].text(col) == g.lines[r.from].text(col)
		if g.lines[r.from].class(col) == word {
			return same || before >= 2 && g.lines[i].class(col) == blank
		}
		if !same {
			before = -r.colLast
		}
		before++
	}
	return false
}

// startsTable reports whether a line inside a band is another table's header:
// words over figures where the table above had figures too.
func startsTable(g *grid, r region, i, end int, w Weights) bool {
	until := i + 1
	for until < end && until < i+1+12 && g.lines[until].number-g.lines[until-1].number <= max(1, i+4-until) {
		until++
	}
	if until-i < 3 {
		return false
	}
	p := profileOf(g, r.colFirst, r.colLast, i+1, until)
	v := judge(&g.lines[i], &p, r.colFirst, r.colLast)
	if v.figures > 0 || v.contrast+v.years < 2 || v.names <= v.values {
		return false
	}
	above := profileOf(g, r.colFirst, r.colLast, r.from, min(i, r.from+w.ProfileRows))
	return judge(&g.lines[i], &above, r.colFirst, r.colLast).contrast > 0 || v.contrast+v.years >= 3
}
