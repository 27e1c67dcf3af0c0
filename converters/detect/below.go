package detect

import "strings"

// longestSources is how many rows below a table tell where it comes from, at
// most.
const longestSources = 40

// sourcesFrom returns the index of the line where a closing block of sources
// begins: "Sources:" and whatever follows, without figures and no longer than the
// data; below a wide table also keys with figures, "1 | mean". A blank row sets
// it apart, or it is a lone text below a table of four columns or more with
// hardly anything in what follows. It returns limit when there is none.
func sourcesFrom(g *grid, r *region, limit int) int {
	from, widest, figures := limit, 0, false
	for i := limit - 1; i > r.from && limit-i <= longestSources; i-- {
		l := &g.lines[i]
		if l.counts(r.colFirst, r.colLast, figure)+l.counts(r.colFirst, r.colLast, moment) > 0 {
			figures = true
		}
		if figures && (l.lastFilled(r.colFirst, r.colLast) > r.colFirst+1 || r.colLast-r.colFirst < 5) || i == g.gap && g.middle != nil {
			break
		}
		n, s := l.count(r.colFirst, r.colLast), l.text(l.firstFilled(r.colFirst, r.colLast))
		apart := l.number-g.lines[i-1].number > 1 && (n == 1 || strings.HasSuffix(s, ":"))
		if (apart || n == 1 && widest <= 2 && !figures && r.colLast-r.colFirst >= 3) && opensSources(fold(s)) && limit-i <= i-r.from {
			from = i
		}
		widest = max(widest, n)
	}
	return from
}

// opensSources reports whether a folded text opens the sources or notes below a
// table.
func opensSources(s string) bool {
	for _, w := range [...]string{"fuente", "fonte", "source", "data source", "data extracted", "nota", "note", "legend", "leyenda", "legenda", "special value", "footnote", "metadata", "simbolo", "signo"} {
		if rest, ok := strings.CutPrefix(s, w); ok {
			rest = strings.TrimPrefix(rest, "s")
			return rest == "" || strings.ContainsRune(":. (", rune(rest[0]))
		}
	}
	return false
}

// farBelow is how many blank rows make what follows them no part of a table, and
// belowSources how many do behind a line that tells the source.
const farBelow, belowSources = 20, 2

// leftBehindFrom returns the index of the first of up to three lines that
// somebody left far below a table and its notes, without a label; limit when
// there are none.
func leftBehindFrom(g *grid, r *region, limit int) int {
	for i := limit - 1; i > r.from && i >= limit-3; i-- {
		l, above := &g.lines[i], &g.lines[i-1]
		if l.class(r.colFirst) != blank || i == g.gap && g.middle != nil {
			break
		}
		if gap := l.number - above.number; gap > belowSources {
			label := fold(above.text(above.firstFilled(r.colFirst, r.colLast)))
			if above.count(r.colFirst, r.colLast) <= 1 && isNote(label) && (gap > farBelow || opensSources(label)) {
				return i
			}
			break
		}
	}
	return limit
}

// leastLabels is how many rows of a label alone make it usual in a table.
const leastLabels = 4

// isLabelAmongLabels reports whether a lone label under a table is a row of it
// that has no figures: many rows before are such, in the same column, as in a
// form of debts where most creditors have none.
func isLabelAmongLabels(g *grid, r *region, i, col int) bool {
	l := &g.lines[i]
	text := l.text(col)
	if r.headerFirst == 0 || l.class(col) != word || len(text) > 80 || strings.HasSuffix(text, ".") {
		return false
	}
	last := i
	for last > r.from && g.lines[last].count(r.colFirst, r.colLast) < 2 {
		if g.lines[last].number-g.lines[last-1].number > 2 {
			return false
		}
		last--
	}
	lone := func(k int) bool {
		return g.lines[k].count(r.colFirst, r.colLast) == 1 && g.lines[k].class(col) == word
	}
	labels, bare := 0, 0
	for k := r.from; k < last; k++ {
		if lone(k) {
			labels++
			if lone(k + 1) {
				bare++ // no section, which records follow
			}
		}
	}
	rows := last - r.from + 1
	return labels >= leastLabels && 2*labels >= rows || bare >= leastLabels && 10*labels >= rows && len(text) <= 40
}

// areLabelled reports whether every row of the data with a single cell has it in
// one column, that of the labels, which the other rows fill too.
func areLabelled(g *grid, r *region) bool {
	label := 0
	for i := r.from; i <= r.to; i++ {
		first := g.lines[i].firstFilled(r.colFirst, r.colLast)
		if label == 0 {
			label = first
		}
		if first != 0 && first != label {
			return false
		}
	}
	return label > 0
}

// opensInStyle reports whether a line of words behind a blank row is set bold or
// filled as the table's header is, and no line around it: the header of a table
// of words below the first one.
func opensInStyle(g *grid, r region, i, end int) bool {
	l := &g.lines[i]
	n := l.count(r.colFirst, r.colLast)
	head, widest := g.indexOf(r.headerLast), 0
	for k := g.indexOf(r.headerFirst); k <= head && k < len(g.lines); k++ {
		widest = max(widest, g.lines[k].count(r.colFirst, r.colLast))
	}
	if r.headerFirst == 0 || i+2 >= end || l.number-g.lines[i-1].number < 2 || n != l.counts(r.colFirst, r.colLast, word) ||
		n < widest {
		return false
	}
	return isStyled(g, &r, head, i) && isStyled(g, &r, i, end)
}

// isCaptioned reports whether what looks like a table's data is a caption alone,
// in a line of its own above another table.
func isCaptioned(g *grid, r *region, followed bool) bool {
	return followed && r.from == r.to && r.colLast-r.colFirst >= 2 && g.lines[r.from].count(r.colFirst, r.colLast) == 1
}

// labelsAll reports whether every line of the data above one has a label in the
// first column.
func labelsAll(g *grid, r *region, i int) bool {
	for k := r.from; k < i; k++ {
		if g.lines[k].class(r.colFirst) == blank {
			return false
		}
	}
	return true
}

// standsApart reports whether a line of words that fills few columns belongs to a
// block of such lines which a blank row sets apart from the data: notes in two
// languages, signatures.
func standsApart(g *grid, r *region, i, width int) bool {
	for k := i; k > r.from && k > i-longestSources; k-- {
		l := &g.lines[k]
		if l.count(r.colFirst, r.colLast)*3 > width || l.counts(r.colFirst, r.colLast, word) != l.count(r.colFirst, r.colLast) {
			return false
		}
		if l.number-g.lines[k-1].number > 1 {
			return true
		}
	}
	return false
}

// isLoneSums recognises figures without a label in at most half the columns,
// below a column that the records fill.
func isLoneSums(l, record *line, r *region) bool {
	n := l.count(r.colFirst, r.colLast)
	return n == l.counts(r.colFirst, r.colLast, figure) && 2*n <= r.colLast-r.colFirst+1 &&
		l.class(r.colFirst) == blank && record.class(r.colFirst) != blank
}

// isOneText reports whether a line says the same long text two times or more and
// nothing else: a note under each of the pages printed side by side.
func isOneText(l *line, r *region) bool {
	text, n := "", 0
	for col := r.colFirst; col <= min(r.colLast, len(l.classes)); col++ {
		s := l.text(col)
		if s == "" {
			continue
		}
		if l.class(col) != word || len(s) < 16 || n > 0 && s != text {
			return false
		}
		text, n = s, n+1
	}
	return n >= 2 && n*3 <= r.colLast-r.colFirst+1
}

// isLongText reports whether a line of words in at most a third of the columns
// opens with a text three times as long as any above it.
func isLongText(g *grid, r *region, i int) bool {
	l := &g.lines[i]
	n, text := l.count(r.colFirst, r.colLast), l.text(r.colFirst)
	if len(text) < 120 || n*3 > r.colLast-r.colFirst+1 || n != l.counts(r.colFirst, r.colLast, word) {
		return false
	}
	for k := r.from; k < i; k++ {
		if len(g.lines[k].text(r.colFirst))*3 > len(text) {
			return false
		}
	}
	return true
}

// isMarkedNote reports whether a line of a lone column is a source or a note: it
// says so before a colon, or opens with a mark that the first record does not have.
func isMarkedNote(g *grid, r *region, label string) bool {
	if opensSources(label) && strings.Contains(label, ":") {
		return true
	}
	if !strings.HasPrefix(label, "*") && !strings.HasPrefix(label, "(1)") && !strings.HasPrefix(label, "(*)") {
		return false
	}
	return !strings.HasPrefix(g.lines[r.from].text(r.colFirst), label[:1])
}

// isKeyedNote reports whether a line behind a blank row opens with a word for
// sources or notes, and has its text in the next cell: words only, below rows that
// hold figures or fill more columns.
func isKeyedNote(g *grid, r *region, i, width int) bool {
	l := &g.lines[i]
	n, first := l.count(r.colFirst, r.colLast), l.firstFilled(r.colFirst, r.colLast)
	if n > 2 || n != l.counts(r.colFirst, r.colLast, word) || l.number-g.lines[i-1].number < 2 || !opensSources(fold(l.text(first))) {
		return false
	}
	return n < width || g.lines[r.from].counts(r.colFirst, r.colLast, figure) > 0
}
