package detect

import (
	"strconv"
	"strings"
)

// longestKeys is how many rows of keys and values a query tool prints above a
// series, at most.
const longestKeys = 30

// keyedStart looks behind rows of keys and values for the header of a series: three
// or more rows without a blank one, words in their first column, two of them such as
// "Unit" or "Source", and texts among their values, then a blank row, then names of which each stands over figures or
// moments. It returns 0 when there is none.
func keyedStart(g *grid, colFirst, colLast, start, end int, w Weights) int {
	i, texts, keys := start, 0, 0
	for ; i < end && i-start <= longestKeys; i++ {
		l := &g.lines[i]
		if i > start && l.number-g.lines[i-1].number > 1 {
			break
		}
		if l.class(colFirst) != word || l.count(colFirst, colLast) < 2 {
			return 0
		}
		if l.class(colFirst+1) == word {
			texts++
		}
		if isSeriesKey(fold(l.text(colFirst))) {
			keys++
		}
	}
	if i-start < 3 || texts < 2 || keys < 2 || i+3 > end || g.lines[i].number-g.lines[i-1].number < 2 {
		return 0
	}
	l := &g.lines[i]
	n := l.count(colFirst, colLast)
	if n != colLast-colFirst+1 || n != l.counts(colFirst, colLast, word) || g.lines[i+1].number != l.number+1 {
		return 0
	}
	p := profileOf(g, colFirst, colLast, i+1, min(end, i+1+w.ProfileRows))
	if countFigureColumns(&p) != n {
		return 0
	}
	return i
}

// isSeriesKey reports whether a folded text is what a query tool tells of a series.
func isSeriesKey(s string) bool {
	for _, w := range [...]string{"unidad", "unit", "unite", "frecuencia", "frequen", "periodicidad", "periodicidade", "contact", "descri", "actualiza", "dataset", "series"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return isNote(s)
}

// takeScattered makes lines of words above headerless data its header when blank
// rows part them and together they name every column: "Province", a blank row,
// "Men | Women". A line of one cell counts only between others.
func takeScattered(g *grid, r *region, w Weights) bool {
	width := r.colLast - r.colFirst + 1
	named, first := map[int]bool{}, r.from
	for i := r.from - 1; i >= r.top && r.from-i <= w.MaxHeaderRows && g.lines[i+1].number-g.lines[i].number <= 2; i-- {
		l := &g.lines[i]
		if l.counts(r.colFirst, r.colLast, word) != l.count(r.colFirst, r.colLast) || hasColon(l, r) || hasAddress(l, r) {
			break
		}
		fresh := 0
		for col := r.colFirst; col <= min(r.colLast, len(l.classes)); col++ {
			if l.class(col) == blank {
				continue
			}
			if len(l.text(col)) > 60 {
				return false
			}
			if !named[col] {
				named[col], fresh = true, fresh+1
			}
		}
		if fresh == 0 {
			break
		}
		if l.count(r.colFirst, r.colLast) > 1 {
			first = i
		}
		if len(named) == width {
			break
		}
	}
	if len(named) < width || r.from-first < 2 || g.lines[first].class(r.colFirst) == blank {
		return false
	}
	r.headerFirst, r.headerLast = g.lines[first].number, g.lines[r.from-1].number
	r.why = append(r.why, WhyHeaderContrast, WhyHeaderRows)
	return true
}

// hasRepeatingGroups reports whether a line names groups, two or more and none over
// the first column, and the line below has the same names under each of them.
func hasRepeatingGroups(l, below *line, r *region) bool {
	var starts []int
	for col := r.colFirst; col <= min(r.colLast, len(l.classes)); col++ {
		if l.class(col) == blank {
			continue
		}
		if l.class(col) != word || len(l.text(col)) > 60 {
			return false
		}
		starts = append(starts, col)
	}
	if len(starts) < 2 || starts[0] == r.colFirst || below.class(r.colFirst) != word {
		return false
	}
	size := starts[1] - starts[0]
	for col := starts[0]; col <= r.colLast; col++ {
		if below.class(col) == blank || col-starts[0] >= size && below.text(col) != below.text(col-size) {
			return false
		}
	}
	return size >= 2 && (r.colLast-starts[0]+1)%size == 0 && len(starts)*size == r.colLast-starts[0]+1
}

// longestTotal is how many rows a grand total has, at most: by sex, by kind.
const longestTotal = 12

// isTotalOfRows returns how many lines at the end of the data are one grand total
// in several rows: "Total | men", then "| women" and "| both" with the first column
// blank. The only total of the table is such, not the total of a group.
func isTotalOfRows(g *grid, r *region) int {
	for i := r.to; i > r.from && r.to-i < longestTotal; i-- {
		l := &g.lines[i]
		if l.counts(r.colFirst, r.colLast, figure) == 0 || l.class(r.colFirst+1) != word || i < r.to && g.lines[i+1].number-l.number > 1 {
			return 0
		}
		if l.class(r.colFirst) == blank {
			continue
		}
		if i == r.to || !isPlainTotal(fold(l.text(r.colFirst))) || countTotals(g, r, i) > 0 {
			return 0
		}
		return r.to - i + 1
	}
	return 0
}

// partsOfTotal returns how many lines right above a grand total are its parts, each
// called a total, "Total men", "Total women": two or more that add up to it. The
// total of the last group stands alone.
func partsOfTotal(g *grid, r *region, i int, w Weights) int {
	k := i
	for k-1 > r.from && k > i-longestTotal && isTotalLabel(totalLabel(&g.lines[k-1], r)) && g.lines[k-1].counts(r.colFirst, r.colLast, figure) > 0 {
		k--
	}
	if i-k < 2 || isSubtotalLabel(totalLabel(&g.lines[k], r)) || !addsUp(g, r, i, k, i-1, true, w) || !addsUp(g, r, i, r.from, k-1, true, w) {
		return 0
	}
	return i - k
}

// isBelowTotal reports whether a line of words alone closes a table of figures
// below its grand total: who signs.
func isBelowTotal(g *grid, r *region, i int) bool {
	if g.lines[r.from].counts(r.colFirst, r.colLast, figure) == 0 || g.lines[i].counts(r.colFirst, r.colLast, figure) > 0 {
		return false
	}
	for ; i > r.from; i-- {
		l := &g.lines[i]
		if l.counts(r.colFirst, r.colLast, figure) > 0 {
			label := totalLabel(l, r)
			return isPlainTotal(label) && countTotals(g, r, i) == 0
		}
		if l.counts(r.colFirst, r.colLast, word) != l.count(r.colFirst, r.colLast) {
			return false
		}
	}
	return false
}

// isRestated reports whether a line below a table's only total says one of its
// figures again, with a label in the first column and nothing else.
func isRestated(g *grid, r *region, i int) bool {
	for k := i; k > r.from && r.colLast-r.colFirst >= 4; k-- {
		l := &g.lines[k]
		if isPlainTotal(totalLabel(l, r)) && l.count(r.colFirst, r.colLast) > 2 {
			return k < i && countTotals(g, r, k) == 0
		}
		if l.count(r.colFirst, r.colLast) != 2 || l.class(r.colFirst) != word || l.counts(r.colFirst, r.colLast, figure) != 1 {
			return false
		}
	}
	return false
}

// bareTotal cuts the number of a footnote off a folded label, "total1".
func bareTotal(s string) string {
	bare := strings.TrimRight(s, "0123456789")
	if strings.HasSuffix(bare, "total") {
		return bare
	}
	return s
}

// groupsAboveBlank reports whether a line of words with a blank corner has a cell
// merged over some columns, each named in the line below: groups that a blank row
// parts from the names.
func groupsAboveBlank(g *grid, l, below *line, r *region) bool {
	n := l.count(r.colFirst, r.colLast)
	return n >= 2 && n == l.counts(r.colFirst, r.colLast, word) && l.class(r.colFirst) == blank && hasGroup(g, r, l, below)
}

// takeNumbers makes a first line that only numbers the columns, from 0 or 1, behind
// a blank corner the header where the first column numbers the rows: a table that a
// program wrote out.
func takeNumbers(g *grid, r *region, end int) bool {
	l := &g.lines[r.from]
	if l.class(r.colFirst) != blank || r.from+leastShaped >= end || r.colLast-r.colFirst < 2 {
		return false
	}
	at := func(i, col int) int {
		if n, err := strconv.Atoi(g.lines[i].text(col)); err == nil {
			return n
		}
		return -1
	}
	first := at(r.from, r.colFirst+1)
	for col := r.colFirst + 1; col <= r.colLast; col++ {
		if first < 0 || first > 1 || at(r.from, col) != first+col-r.colFirst-1 {
			return false
		}
	}
	for i := r.from + 1; i <= r.from+leastShaped; i++ {
		if row := at(r.from+1, r.colFirst); row < 0 || row > 1 || at(i, r.colFirst) != row+i-r.from-1 {
			return false
		}
	}
	r.headerFirst, r.headerLast, r.from = l.number, l.number, r.from+1
	r.why = append(r.why, WhyHeaderFirst)
	return true
}

// isRowsName reports whether a lone word right under a header names the column of
// labels, which the header leaves out, as a tool for crossing variables prints it:
// in the first column the header has the other variables, and the first rows have
// nothing.
func isRowsName(g *grid, r *region, p *profile, l *line, first int) bool {
	col := l.firstFilled(r.colFirst, r.colLast)
	if col != r.colFirst+1 || l.class(col) != word || p.at(col) != word {
		return false
	}
	at := g.indexOf(l.number)
	for i := at + 1; i <= at+leastShaped; i++ {
		if i >= len(g.lines) || g.lines[i].class(r.colFirst) != blank || g.lines[i].class(col) != word {
			return false
		}
	}
	for i := first; g.lines[i].number < l.number; i++ {
		if g.lines[i].class(col) != blank || g.lines[i].class(r.colFirst) != word {
			return false
		}
	}
	return true
}
