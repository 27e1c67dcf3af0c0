package detect

import (
	"strconv"
	"strings"

	"chasqui/converters/table"
)

// profile is what the columns of a band hold below a possible header.
type profile struct {
	first int
	class []class           // the usual class, blank when nothing is usual
	years []bool            // the figures are mostly years
	texts []map[string]bool // words seen
	lines int
}

// at returns the usual class of a column.
func (p *profile) at(col int) class { return p.class[col-p.first] }

// profileOf looks at the lines from..to.
func profileOf(g *grid, colFirst, colLast, from, to int) profile {
	n := colLast - colFirst + 1
	p := profile{first: colFirst, class: make([]class, n), years: make([]bool, n), texts: make([]map[string]bool, n), lines: to - from}
	for k := range n {
		col := colFirst + k
		var seen [5]int
		years := 0
		for i := from; i < to; i++ {
			l := &g.lines[i]
			c := l.class(col)
			seen[c]++
			if c == figure && isYear(l.text(col)) {
				years++
			}
			if c == word && len(p.texts[k]) < 100 {
				if p.texts[k] == nil {
					p.texts[k] = map[string]bool{}
				}
				p.texts[k][l.text(col)] = true
			}
		}
		filled := seen[word] + seen[figure] + seen[moment]
		for _, c := range [...]class{figure, moment, word} {
			if filled > 0 && seen[c]*10 >= filled*6 {
				p.class[k] = c
			}
		}
		p.years[k] = years*2 > seen[figure]
	}
	return p
}

// isYear reports whether a text is a year as headers and columns have them.
func isYear(s string) bool {
	return len(s) == 4 && s >= "1900" && s <= "2100" && s[1] >= '0' && s[1] <= '9' && s[2] >= '0' && s[2] <= '9' && s[3] >= '0' && s[3] <= '9'
}

// verdict is how much a line looks like names of columns and how much like
// values of them.
type verdict struct {
	names, values float64
	contrast      int // words over figures or moments
	years         int // years, dates over other figures
	figures       int // plain figures over figures
	words         int
}

// judge weighs a line against the columns below it.
func judge(l *line, p *profile, colFirst, colLast int) verdict {
	var v verdict
	counting := countsUp(l, colFirst, colLast)
	for col := colFirst; col <= min(colLast, len(l.classes)); col++ {
		body := p.at(col)
		switch c := l.class(col); {
		case c == figure && body == figure && counting:
			v.names, v.years = v.names+1, v.years+1
		case c == word && (body == figure || body == moment):
			v.names, v.contrast, v.words = v.names+2, v.contrast+1, v.words+1
		case c == word:
			v.words++
			if body == word && p.texts[col-p.first][l.text(col)] {
				v.values++
			} else {
				v.names += 0.3
			}
		case c == figure && isYear(l.text(col)) && !p.years[col-p.first]:
			v.names, v.years = v.names+1, v.years+1
		case c == moment && body != moment:
			v.names, v.years = v.names+1, v.years+1
		case (c == figure || c == moment) && (body == figure || body == moment):
			v.values, v.figures = v.values+2, v.figures+1
		case c == figure:
			v.values += 0.3
		}
	}
	return v
}

// countsUp reports whether the figures of a line are 1, 2, 3 … behind a word:
// months, quarters or ages as names of columns, without a gap. Ages start at 0,
// and take five columns at least.
func countsUp(l *line, colFirst, colLast int) bool {
	first := l.firstFilled(colFirst, colLast)
	if first == 0 || l.class(first) != word {
		return false
	}
	n, start := 0, 1
	for col := first + 1; col <= min(colLast, len(l.classes)); col++ {
		if l.class(col) == blank && n > 0 && col < l.lastFilled(colFirst, colLast) {
			return false
		}
		if l.class(col) != figure {
			continue
		}
		if n == 0 && l.text(col) == "0" {
			start = 0
		}
		if l.text(col) != strconv.Itoa(start+n) {
			return false
		}
		n++
	}
	return n >= 3 && (start == 1 || n >= 5)
}

// findTable finds the first table among the lines top..end of a band: its
// header and its first line of data.
func findTable(g *grid, colFirst, colLast, top, end int, w Weights) (region, bool) {
	width := usualWidth(g, colFirst, colLast, top, min(end, top+500))
	if width == 1 {
		return singleColumn(g, colFirst, colLast, top, end, w)
	}
	start := findStart(g, colFirst, colLast, top, end, width, w)
	if start < 0 {
		return region{}, false
	}
	start = clearerStart(g, colFirst, colLast, start, end, width, w)
	r := region{colFirst: colFirst, colLast: colLast, top: top, from: start, confidence: 0.6}
	p := profileOf(g, colFirst, colLast, start+1, profileEnd(g, colFirst, colLast, start, end, w))
	v := judge(&g.lines[start], &p, colFirst, colLast)
	shaped := isRecord(g, &r, v, end, w)
	if takeSecondName(g, &r) {
		r.confidence = 0.8
	} else if p.lines == 0 || v.names > v.values && !shaped {
		takeHeader(g, &r, &p, v, end, w)
	} else {
		if takeSparse(g, &r, start, end, w) {
			return r, r.from < end
		}
		r.confidence = max(0.5, min(0.95, 0.55+0.05*(v.values-v.names)))
		if shaped {
			r.confidence = max(0.7, r.confidence)
		}
		if !takeMerged(g, &r) && !takeMergedAbove(g, &r) && !takeCornerless(g, &r, &p) && !takeCodes(g, &r, &p) && !takeScattered(g, &r, w) && !takeNumbers(g, &r, end) {
			r.why = append(r.why, WhyNoHeader)
		}
	}
	return r, r.from < end
}

// isRecord reports whether a line of words, no clearer a header than a record,
// is shaped like the records below.
func isRecord(g *grid, r *region, v verdict, end int, w Weights) bool {
	if v.contrast+v.years > 0 || isStyled(g, r, r.from, end) {
		return false
	}
	return shapedAlike(g, &g.lines[r.from], r.colFirst, r.colLast, r.from+1, min(end, r.from+1+w.ProfileRows))
}

// findStart returns the first line that fills enough columns and is no part of
// a preamble; -1 when there is none.
func findStart(g *grid, colFirst, colLast, top, end, width int, w Weights) int {
	need := max(2, int(float64(width)*w.BodyWidth+0.5))
	for i := top; i < end; i++ {
		l := &g.lines[i]
		n := l.count(colFirst, colLast)
		if n < need || isComment(g, i, colFirst, colLast, end) || isKeyValues(l, colFirst, colLast) || n < width && isPreamble(g, i, colFirst, colLast, end) {
			continue
		}
		return i
	}
	return -1
}

// singleColumn takes a sheet of one column as a list: a table only where there
// is nothing beside it.
func singleColumn(g *grid, colFirst, colLast, top, end int, w Weights) (region, bool) {
	if g.lastCol != 1 || end-top < 2 || colFirst != colLast || isProse(g, top, end) {
		return region{}, false
	}
	r := region{colFirst: colFirst, colLast: colLast, top: top, from: top, confidence: 0.5}
	p := profileOf(g, colFirst, colLast, top+1, min(end, top+1+w.ProfileRows))
	v := judge(&g.lines[top], &p, colFirst, colLast)
	if v.names > v.values && !shapedAlike(g, &g.lines[top], colFirst, colLast, top+1, min(end, top+1+w.ProfileRows)) {
		takeHeader(g, &r, &p, v, end, w)
	} else {
		r.why = append(r.why, WhyNoHeader)
	}
	return r, r.from < end
}

// isProse reports whether the lines of a lone column are sentences, and no answers
// below the name of a column.
func isProse(g *grid, top, end int) bool {
	if areAnswers(g, top, end) {
		return false
	}
	sentences := 0
	for i := top; i < end; i++ {
		s := g.lines[i].text(1)
		if strings.HasSuffix(s, ".") || strings.HasSuffix(s, ",") || strings.HasSuffix(s, ":") || len(s) > 200 {
			sentences++
		}
	}
	return sentences*3 > end-top
}

// takeHeader makes the line at r.from the header, with the rows above and below
// that belong to it, and moves r.from behind it.
func takeHeader(g *grid, r *region, p *profile, v verdict, end int, w Weights) {
	start := r.from
	first, last := start, start
	for first > r.top && start-first < w.MaxHeaderRows && joinsAbove(g, r, p, first-1, first) {
		first--
	}
	for last+1 < end && last-first+1 < w.MaxHeaderRows && joinsBelow(g, r, p, first, last+1) {
		last++
	}
	if k := completion(g, r, first, last, end, w); k > 0 {
		last = k
	}
	r.headerFirst, r.headerLast = g.lines[first].number, g.lines[last].number
	extendByMerges(g, r, &first, &last, end)
	r.from = last + 1
	switch {
	case v.contrast > 0:
		r.why = append(r.why, WhyHeaderContrast)
	case v.years > 0:
		r.why = append(r.why, WhyHeaderYears)
	default:
		r.why = append(r.why, WhyHeaderFirst)
	}
	if v.years > 1 && v.contrast > 0 {
		r.why = append(r.why, WhyHeaderYears)
	}
	styled := isStyled(g, r, start, end)
	if styled {
		r.why = append(r.why, WhyHeaderStyle)
	}
	if last > first {
		r.why = append(r.why, WhyHeaderRows)
	}
	r.confidence = headerConfidence(v, styled, start-r.top)
}

// completion looks below a header that leaves three or more columns without a
// name for the row that names them, and returns its index, 0 when there is none.
func completion(g *grid, r *region, first, last, end int, w Weights) int {
	named := map[int]bool{}
	for i := first; i <= last; i++ {
		for col := r.colFirst; col <= r.colLast; col++ {
			named[col] = named[col] || g.lines[i].class(col) != blank
		}
	}
	for k := last + 1; k < min(first+w.MaxHeaderRows, end-1); k++ {
		l := &g.lines[k]
		if l.number-g.lines[k-1].number > 1 {
			return 0
		}
		fresh := 0
		for col := r.colFirst; col <= r.colLast; col++ {
			if !named[col] && l.class(col) == word {
				fresh++
			}
		}
		if fresh < 3 || fresh*5 < l.count(r.colFirst, r.colLast) || l.count(r.colFirst, r.colLast) < g.lines[first].count(r.colFirst, r.colLast) {
			continue
		}
		p := profileOf(g, r.colFirst, r.colLast, k+1, min(end, k+1+w.ProfileRows))
		if v := judge(l, &p, r.colFirst, r.colLast); v.figures == 0 && v.names > v.values {
			return k
		}
		return 0
	}
	return 0
}

// headerConfidence is higher the clearer the header differs from the data.
func headerConfidence(v verdict, styled bool, linesAbove int) float64 {
	c := 0.62
	if v.contrast+v.years > 0 {
		c = 0.75 + 0.2*float64(v.contrast+v.years)/float64(v.contrast+v.years+v.figures+2)
	}
	if styled {
		c += 0.08
	}
	if linesAbove == 0 {
		c += 0.07
	}
	if v.values > 0 {
		c -= 0.2 * v.values / (v.names + v.values)
	}
	return max(0.1, min(0.99, c))
}

// isStyled reports whether the header line is bold or filled where the data
// below is not.
func isStyled(g *grid, r *region, start, end int) bool {
	below := min(end-1, start+4)
	if below <= start {
		return false
	}
	for _, h := range [...]table.Hint{table.Bold, table.Filled} {
		if g.lines[start].hinted(r.colFirst, r.colLast, h) > 0.8 && g.lines[below].hinted(r.colFirst, r.colLast, h) < 0.5 {
			return true
		}
	}
	return false
}

// joinsAbove decides whether the line above a header belongs to it: a row of
// group names or of years over several columns, not a title.
func joinsAbove(g *grid, r *region, p *profile, above, below int) bool {
	l := &g.lines[above]
	n := l.count(r.colFirst, r.colLast)
	first := l.firstFilled(r.colFirst, r.colLast)
	rows := g.lines[below].number - l.number
	if n == 0 || strings.HasPrefix(l.text(first), "#") || isPivotCorner(fold(l.text(first))) {
		return false
	}
	for _, m := range g.merges { // a cell of the header that reaches up
		if m.RowFirst <= l.number && m.RowLast >= g.lines[below].number && m.ColFirst >= r.colFirst && m.ColLast <= r.colLast {
			return true
		}
	}
	v := judge(l, p, r.colFirst, r.colLast)
	if rows > 2 || rows == 2 && !completes(l, &g.lines[below], r) && !hasRepeatingGroups(l, &g.lines[below], r) && !groupsAboveBlank(g, l, &g.lines[below], r) || v.figures > 0 || hasColon(l, r) || hasAddress(l, r) || saysOneThing(l, r.colFirst, r.colLast) {
		return false
	}
	bandFirst := g.lines[below].firstFilled(r.colFirst, r.colLast)
	if n == 1 && rows == 1 && first == bandFirst && isCornerless(g, r, p, below, first) && len(l.text(first)) <= 60 && !strings.HasPrefix(l.text(first), "(") {
		return true
	}
	if n == 1 {
		last, merged := g.spans(l.number, first)
		whole := merged && first <= bandFirst && last >= r.colLast-1
		lone := !merged && (first == g.lines[below].lastFilled(r.colFirst, r.colLast) || strings.HasPrefix(l.text(first), "("))
		return !whole && !lone && first >= bandFirst && len(l.text(first)) <= 60 && (first > bandFirst || merged && last-first+1 < (r.colLast-r.colFirst+1)/2)
	}
	if first < bandFirst && p.at(first) == blank || isNumberedTitle(g, l, r) {
		return false
	}
	spread := l.lastFilled(r.colFirst, r.colLast)-first+1 > n
	_, merged := g.spans(l.number, first)
	return n >= 3 || spread || merged || v.years > 1 || first > bandFirst && hasGroup(g, r, l, &g.lines[below])
}

// hasColon reports whether a cell of the line is a key, with its value behind
// the colon or in the next cell.
func hasColon(l *line, r *region) bool {
	for col := r.colFirst; col <= min(r.colLast, len(l.classes)); col++ {
		if s := l.text(col); strings.HasSuffix(s, ":") || strings.Contains(s, ": ") || strings.Contains(s, "：") {
			return true
		}
	}
	return false
}

// joinsBelow decides whether the line below header lines is one of them: names
// or units over figures, column numbers, or a row under merged group names.
func joinsBelow(g *grid, r *region, p *profile, first, i int) bool {
	l, above := &g.lines[i], &g.lines[i-1]
	if l.number-above.number > 2 || strings.HasPrefix(l.text(l.firstFilled(r.colFirst, r.colLast)), "#") {
		return false
	}
	n := l.count(r.colFirst, r.colLast)
	if isColumnNumbers(l, r) && !continuesBelow(l, p, r) || isGroupNumbers(l, r) && p.at(r.colFirst) != blank {
		return true
	}
	if n == 1 && (isNestedName(g, r, p, l, above) || isRowsName(g, r, p, l, first) || isRowsNameUnderTimes(g, r, l, first)) || areCodesOf(l, above, r, p) || namesTheRest(g, r, p, l, first) {
		return true
	}
	v := judge(l, p, r.colFirst, r.colLast)
	if isStacked(r, p, v, l, above) {
		return true
	}
	if n < 2 || v.figures > 0 {
		return false
	}
	if l.number-above.number == 1 && underGroups(g, r, above, l) && !shapedAlike(g, l, r.colFirst, r.colLast, i+1, min(len(g.lines), i+1+leastShaped)) {
		return true
	}
	if countsUp(l, r.colFirst, r.colLast) {
		return false
	}
	if v.years > 1 && v.values < v.names {
		return true
	}
	if isRecordWithWord(g, r, v, l, above) || opensWithDigits(l, above, p, r) {
		return false
	}
	return v.contrast > 0 && v.contrast*2 >= v.words && (v.contrast > 1 || n > 1 && v.values == 0) && v.contrast*3 >= countFigureColumns(p)
}

// countFigureColumns returns how many columns hold figures or moments.
func countFigureColumns(p *profile) int {
	n := 0
	for _, c := range p.class {
		if c == figure || c == moment {
			n++
		}
	}
	return n
}

// underGroups reports whether the line fills the columns under a merged cell of
// the line above.
func underGroups(g *grid, r *region, above, l *line) bool {
	for _, m := range g.merges {
		if m.RowFirst != above.number || m.RowLast != above.number || m.ColFirst < r.colFirst || m.ColLast > r.colLast || m.ColLast == m.ColFirst {
			continue
		}
		if m.ColFirst == r.colFirst && m.ColLast >= r.colLast {
			continue
		}
		if l.count(m.ColFirst, m.ColLast) == m.ColLast-m.ColFirst+1 {
			return true
		}
	}
	return false
}

// extendByMerges stretches the header over cells that are merged downwards.
func extendByMerges(g *grid, r *region, first, last *int, end int) {
	for _, m := range g.merges {
		inside := m.ColFirst >= r.colFirst && m.ColLast <= r.colLast
		if !inside || m.RowFirst < r.headerFirst || m.RowFirst > r.headerLast || m.RowLast-m.RowFirst > 5 {
			continue
		}
		for *last+1 < end && g.lines[*last+1].number <= m.RowLast && m.RowLast > r.headerLast {
			if isFigureLine(&g.lines[*last+1], r) && mergedDown(g, r, m) < 2 {
				return
			}
			*last++
			r.headerLast = g.lines[*last].number
		}
	}
}

// isFigureLine reports whether most of a line's cells are figures.
func isFigureLine(l *line, r *region) bool {
	return l.counts(r.colFirst, r.colLast, figure)*2 > l.count(r.colFirst, r.colLast)
}

// lastFilled returns the last column of first to last that shows something.
func (l *line) lastFilled(first, last int) int {
	for col := min(last, len(l.classes)); col >= first; col-- {
		if l.classes[col-1] != blank {
			return col
		}
	}
	return 0
}
