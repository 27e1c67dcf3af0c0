package detect

import (
	"math"
	"strings"
	"unicode"

	"chasqui/converters/table"
)

// closeTable settles the columns, the first and the last row of data, and what
// stands around them. limit is the index of the line behind the table's area.
func closeTable(g *grid, r *region, limit int, w Weights) {
	r.totalLines = map[int]bool{}
	area := limit
	trimColumns(g, r, limit, w)
	width := usualWidth(g, r.colFirst, r.colLast, r.from, limit)
	limit = leftBehindFrom(g, r, sourcesFrom(g, r, limit))
	r.to = signaturesFrom(g, r, limit) - 1
	notes := r.to < area-1
	for r.to > r.from {
		if r.to == g.gap-1 && g.middle != nil {
			break // what lies before was not kept: it is data
		}
		l := &g.lines[r.to]
		if isBelow(g, r, l, r.to, width) {
			notes = notes || l.count(r.colFirst, r.colLast) > 0
		} else if n := totalsAtEnd(g, r, w); n > 0 {
			for range n {
				r.closeTotal(g)
			}
			continue
		} else {
			break
		}
		r.to--
	}
	openTable(g, r, w)
	if notes {
		r.why = append(r.why, WhyNotesLeftOut)
	}
	if len(r.totals) > 0 {
		r.why = append(r.why, WhyTotalsLeftOut)
	}
	if r.from > r.to {
		r.dataFirst, r.dataLast = 0, -1
		return
	}
	r.dataFirst, r.dataLast = g.lines[r.from].number, g.lines[r.to].number
	if g.middle != nil && r.to == g.gap-1 { // what was not kept is data, all below it notes
		r.dataLast = g.middle.lastRow
	}
}

// totalsAtEnd returns how many lines at the end of the data are the grand total or
// stand beside it.
func totalsAtEnd(g *grid, r *region, w Weights) int {
	if n := isTotalOfRows(g, r); n > 0 {
		return n
	}
	if isTotal(g, r, r.to, w) {
		return 1 + partsOfTotal(g, r, r.to, w)
	}
	if isBesideTotal(g, r, w) || isMeanApart(g, r) {
		return 1
	}
	return 0
}

// closeTotal takes the last line of the data for a total.
func (r *region) closeTotal(g *grid) {
	r.totals = append([]int{g.lines[r.to].number}, r.totals...)
	r.totalLines[r.to] = true
	r.to--
}

// signaturesFrom returns the index of the first line of a closing block without
// figures that a gap of two rows sets apart from a body of figures; limit when
// there is none.
func signaturesFrom(g *grid, r *region, limit int) int {
	from, with := limit, 0
	for i := limit - 1; i > r.from && isLeftToWords(&g.lines[i], r); i-- {
		if g.lines[i].number-g.lines[i-1].number > 2 {
			from = i
		}
	}
	for i := r.from; i < from; i++ {
		if !isLeftToWords(&g.lines[i], r) {
			with++
		}
	}
	if with*5 < (from-r.from)*4 {
		return limit
	}
	return from
}

// isLeftToWords reports whether a line holds no figure.
func isLeftToWords(l *line, r *region) bool {
	return l.counts(r.colFirst, r.colLast, figure) == 0
}

// isRule recognises the line of dashes that query tools print under a header.
func isRule(l *line, r *region) bool {
	for col := r.colFirst; col <= min(r.colLast, len(l.classes)); col++ {
		if s := l.text(col); s != "" && (len(s) < 2 || strings.Trim(s, "-=") != "") {
			return false
		}
	}
	return l.count(r.colFirst, r.colLast) > 1
}

// openTable moves the first line of data past comments and grand totals.
func openTable(g *grid, r *region, w Weights) {
	for r.from < r.to {
		l := &g.lines[r.from]
		first := l.firstFilled(r.colFirst, r.colLast)
		rule := isRule(l, r)
		comment := strings.HasPrefix(l.text(first), "#") && l.count(r.colFirst, r.colLast) <= 2
		switch {
		case first == 0 || comment || rule:
		case isTopTotal(g, r, w):
			r.totals = append([]int{l.number}, r.totals...)
			r.totalLines[r.from] = true
		default:
			return
		}
		r.from++
	}
}

// isBelow recognises what stands below a table: notes, sources, signatures, the
// tail of a query.
func isBelow(g *grid, r *region, l *line, i, width int) bool {
	n := l.count(r.colFirst, r.colLast)
	if n == 0 {
		return true
	}
	col := l.firstFilled(r.colFirst, r.colLast)
	label := fold(l.text(col))
	behindGap := i > 0 && l.number-g.lines[i-1].number > 1
	switch {
	case isQueryTail(label) && n <= 2:
		return true
	case n*2 < width+1 && isNote(label), n == 1 && width > 1 && isNote(label):
		return true
	case width == 1:
		return behindGap && len(label) > 40 || isNote(label) && len(label) > 20 || isMarkedNote(g, r, label)
	case n == 1 && width == 2 && !behindGap && isShortRecord(g, r, l, col), n == 1 && width > 1 && !behindGap && isPlainTotal(label):
		return false // the second: a total whose formulas nobody computed
	case n == 1 && !behindGap && repeatsAbove(g, r, l, col), n == 1 && isLabelAmongLabels(g, r, i, col):
		return false
	case n == 1 && (l.class(col) == word || l.class(col) == mark):
		return true
	case n == 1:
		return behindGap || width > 2 && i > r.from+2 && (!isFullColumn(g, r, col) || width > 3 && col > r.colFirst && labelsAll(g, r, i))
	}
	return behindGap && n*3 <= width || isKeyedNote(g, r, i, width) || isBelowTotal(g, r, i) || isRestated(g, r, i) || standsApart(g, r, i, width) || isOneText(l, r) || isLongText(g, r, i)
}

// repeatsAbove reports whether a lone word is one of those of a column that
// every row of the data fills.
func repeatsAbove(g *grid, r *region, l *line, col int) bool {
	if r.headerFirst == 0 || l.class(col) != word || !isFullColumn(g, r, col) {
		return false
	}
	for i := r.from; i <= r.to && &g.lines[i] != l; i++ {
		if g.lines[i].text(col) == l.text(col) {
			return true
		}
	}
	return false
}

// isShortRecord reports whether a lone cell right under a narrow table is the
// name of a record without a value rather than a note: a short one in the first
// column, under a header, with cells like it in the rows above.
func isShortRecord(g *grid, r *region, l *line, col int) bool {
	text := l.text(col)
	if r.headerFirst == 0 || col != r.colFirst || len(text) > 40 || strings.ContainsAny(text, ":()*") {
		return false
	}
	for k := g.indexOf(l.number); k > r.from && g.lines[k].count(r.colFirst, r.colLast) == 1; k-- {
		if g.lines[k].number-g.lines[k-1].number > 1 {
			return false
		}
	}
	words := len(strings.Fields(text))
	for i := r.from; i <= r.to; i++ {
		if above := &g.lines[i]; above.count(r.colFirst, r.colLast) > 1 && above.class(col) == l.class(col) && len(strings.Fields(above.text(col))) >= words {
			return true
		}
	}
	return false
}

// isTotal decides whether a line at the end of the data is a grand total.
func isTotal(g *grid, r *region, i int, w Weights) bool {
	l := &g.lines[i]
	label := closingLabel(l, r)
	if l.counts(r.colFirst, r.colLast, figure) == 0 {
		return isTotalLabel(label) && l.count(r.colFirst, r.colLast) <= 2 && (l.counts(r.colFirst, r.colLast, word) < 2 || g.lines[i-1].counts(r.colFirst, r.colLast, figure) > 0)
	}
	adds := addsUp(g, r, i, r.from, i-1, isTotalLabel(label), w)
	if !isTotalLabel(label) {
		return adds && !isCodeLike(l, r) && (label == "" || i-r.from >= 3)
	}
	if isSubtotalLabel(label) {
		return false
	}
	if adds || strings.HasPrefix(label, "total general") || strings.HasPrefix(label, "gran") || strings.HasPrefix(label, "total geral") {
		return true
	}
	if countLabel(g, r, label, i) > 0 {
		return false
	}
	return len(strings.Fields(label)) <= 3 && countTotals(g, r, i) == 0 || standsOut(g, r, i)
}

// isBesideTotal recognises an average or an extreme at the end of the data that
// a grand total stands above, with only others of its kind between.
func isBesideTotal(g *grid, r *region, w Weights) bool {
	for i := r.to; i > r.from && i > r.to-5; i-- {
		if isStatistic(totalLabel(&g.lines[i], r)) || isLoneSums(&g.lines[i], &g.lines[r.from], r) {
			continue
		}
		return i < r.to && isTotal(g, r, i, w)
	}
	return false
}

// isMeanApart reports whether the last line is an average or an extreme of the rows
// above, from which a blank row parts it.
func isMeanApart(g *grid, r *region) bool {
	l := &g.lines[r.to]
	return l.number-g.lines[r.to-1].number > 1 && isStatistic(totalLabel(l, r)) && l.counts(r.colFirst, r.colLast, figure) > 0 && g.lines[r.to-1].number-g.lines[r.from].number == r.to-1-r.from
}

// totalLabel returns the folded first word of a line, past figures and marks.
func totalLabel(l *line, r *region) string {
	label, _ := twoLabels(l, r)
	return label
}

// closingLabel is totalLabel of a line at the end of the data: the second word where
// that says total behind the name of the whole, "Brasil | Total".
func closingLabel(l *line, r *region) string {
	label, second := twoLabels(l, r)
	if isWholeLabel(label) && isPlainTotal(second) {
		return second
	}
	return label
}

// twoLabels returns the folded first two words of a line, past figures and marks.
func twoLabels(l *line, r *region) (first, second string) {
	for col := r.colFirst; col <= min(r.colLast, len(l.classes), r.colFirst+3); col++ {
		s := l.text(col)
		if l.class(col) != word || strings.IndexFunc(s, unicode.IsLetter) < 0 {
			continue
		}
		if first != "" {
			return first, fold(s)
		}
		first = fold(s)
	}
	return first, ""
}

// isCodeLike reports whether a line opens with a code as records do.
func isCodeLike(l *line, r *region) bool {
	first := l.firstFilled(r.colFirst, r.colLast)
	return first == r.colFirst && l.class(first) == figure
}

// countLabel counts the other lines of the data with the same label.
func countLabel(g *grid, r *region, label string, except int) int {
	n := 0
	for i := r.from; i <= r.to; i++ {
		if i != except && !r.totalLines[i] && totalLabel(&g.lines[i], r) == label {
			n++
		}
	}
	return n
}

// countTotals counts the other lines of the data that are called totals.
func countTotals(g *grid, r *region, except int) int {
	n := 0
	for i := r.from; i <= r.to; i++ {
		if i != except && !r.totalLines[i] && isTotalLabel(totalLabel(&g.lines[i], r)) {
			n++
		}
	}
	return n
}

// standsOut reports whether a line is bold or filled where its neighbour is
// not.
func standsOut(g *grid, r *region, i int) bool {
	neighbour := i - 1
	if neighbour < r.from {
		neighbour = i + 1
	}
	if neighbour >= len(g.lines) {
		return false
	}
	l, o := &g.lines[i], &g.lines[neighbour]
	return l.hinted(r.colFirst, r.colLast, table.Bold) > 0.8 && o.hinted(r.colFirst, r.colLast, table.Bold) < 0.5 ||
		l.hinted(r.colFirst, r.colLast, table.Filled) > 0.8 && o.hinted(r.colFirst, r.colLast, table.Filled) < 0.5
}

// mayOpenWithTotal reports whether sums of all rows may still make a total of the
// first line of data, of which only the head is known: isTopTotal's conditions
// that more rows can't change.
func mayOpenWithTotal(head *grid, r *region) bool {
	l := &head.lines[r.from]
	label := totalLabel(l, r)
	switch {
	case len(r.totals) > 0:
		return true
	case l.counts(r.colFirst, r.colLast, figure) == 0, label == "" && isCodeLike(l, r):
		return false
	}
	return label == "" || countLabel(head, r, label, r.from) == 0
}

// isTopTotal decides whether the first line of data is the grand total of those
// below.
func isTopTotal(g *grid, r *region, w Weights) bool {
	l := &g.lines[r.from]
	label := totalLabel(l, r)
	if l.counts(r.colFirst, r.colLast, figure) == 0 || label == "" && isCodeLike(l, r) {
		return false
	}
	if countLabel(g, r, label, r.from) > 0 && label != "" {
		return false
	}
	if isTotalLabel(label) && countTotals(g, r, r.from) == 0 && (isPlainTotal(label) || standsOut(g, r, r.from)) {
		return true
	}
	labelled := isTotalLabel(label) || isWholeLabel(label)
	return addsUp(g, r, r.from, r.from+1, r.to, labelled, w)
}

// addsUp reports whether the figures of a line are the sums of the lines
// first..last in most columns. Where the label says total, lines that hold
// subtotals may make the sum a multiple.
func addsUp(g *grid, r *region, i, first, last int, labelled bool, w Weights) bool {
	l := &g.lines[i]
	tried, matched, rows := 0, 0, 0
	for col := r.colFirst; col <= min(r.colLast, len(l.classes)); col++ {
		if l.class(col) != figure {
			continue
		}
		total := reckon(l.text(col))
		sum, n := columnSum(g, r, col, first, last)
		if total == 0 || n < 2 {
			continue
		}
		tried, rows = tried+1, max(rows, n)
		for k := 1.0; k <= 3; k++ {
			if math.Abs(sum-k*total) <= w.SumTolerance*math.Abs(total)*float64(min(k, 2)) && (k == 1 || labelled) {
				matched++
				break
			}
		}
	}
	need := w.SumColumns * float64(tried)
	if !labelled && totalLabel(l, r) != "" {
		need = 0.9 * float64(tried) // a record that has a name of its own must add up throughout
	}
	if tried == 0 || float64(matched) < need {
		return false
	}
	return labelled || matched >= 2 || rows >= 5 && tried == 1
}

// columnSum adds up the figures of a column over lines and over the rows that
// were not kept.
func columnSum(g *grid, r *region, col, first, last int) (sum float64, n int) {
	for i := first; i <= last; i++ {
		if !r.totalLines[i] && g.lines[i].class(col) == figure {
			sum += reckon(g.lines[i].text(col))
			n++
		}
	}
	if g.middle != nil && first < g.gap && last >= g.gap && col <= len(g.middle.sums) {
		sum += g.middle.sums[col-1]
	}
	return sum, n
}

// isSection recognises a row that only names the group of the rows below.
func isSection(l *line, r region) bool {
	return r.colLast-r.colFirst >= 2 && l.count(r.colFirst, r.colLast) == 1 && l.counts(r.colFirst, r.colLast, word) == 1
}

// isSubtotal recognises a row that adds up a group, by its label.
func isSubtotal(l *line, r region) bool {
	return isTotalLabel(totalLabel(l, &r)) && l.counts(r.colFirst, r.colLast, figure) > 0
}
