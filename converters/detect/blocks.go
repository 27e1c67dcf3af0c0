package detect

import (
	"unicode"
	"unicode/utf8"
)

// opensBlock reports whether a line behind a blank row names the columns of another
// table. Such a line has words only, none of them again among its rows, and is set
// in capitals and small letters as the header above is. Its rows fill exactly the
// columns that it names; and it names a column that the table above does not have,
// or stands over figures. A blank row inside a table is followed by a record.
func opensBlock(g *grid, r region, i, end int) bool {
	l := &g.lines[i]
	n := l.count(r.colFirst, r.colLast)
	if r.headerFirst == 0 || l.number-g.lines[i-1].number < 2 || n != l.counts(r.colFirst, r.colLast, word) || !namesAlike(g, r, l) {
		return false
	}
	until := i + 1
	for until < end && g.lines[until].number-g.lines[until-1].number == 1 {
		until++
	}
	first, last := l.firstFilled(r.colFirst, r.colLast), l.lastFilled(r.colFirst, r.colLast)
	if until-i <= 2 || last-first+1 != n || !fillsExactly(g, r, first, last, i+1, until) {
		return false
	}
	above, below := profileOf(g, r.colFirst, r.colLast, r.from, i), profileOf(g, r.colFirst, r.colLast, i+1, until)
	fresh, contrast := 0, 0
	for col := first; col <= last; col++ {
		c := below.at(col)
		if below.texts[col-r.colFirst][l.text(col)] || above.texts[col-r.colFirst][l.text(col)] {
			return false
		}
		if above.at(col) == blank && !isNamed(g, r, col) {
			fresh++
		}
		if c == figure || c == moment {
			contrast++
		}
	}
	return fresh > 0 || contrast > 0
}

// fillsExactly reports whether the lines hold nothing outside of the columns first
// to last, and in nine of ten of them something in each.
func fillsExactly(g *grid, r region, first, last, from, to int) bool {
	full := 0
	for i := from; i < to; i++ {
		l := &g.lines[i]
		n := l.count(first, last)
		if l.count(r.colFirst, r.colLast) != n {
			return false
		}
		if n == last-first+1 {
			full++
		}
	}
	return full*10 >= (to-from)*9
}

// isNamed reports whether the table's header names a column.
func isNamed(g *grid, r region, col int) bool {
	for i := g.indexOf(r.headerFirst); i < r.from; i++ {
		if g.lines[i].class(col) != blank {
			return true
		}
	}
	return false
}

// namesAlike reports whether every name in a line starts with a capital where the
// names of the table's header do, and with a small letter where they do.
func namesAlike(g *grid, r region, l *line) bool {
	head := &g.lines[g.indexOf(r.headerLast)]
	capitals, small := initials(head, r)
	c, s := initials(l, r)
	return (capitals == 0 || s == 0) && (small == 0 || c == 0)
}

// initials counts the words of a line that start with a capital, and with a small
// letter.
func initials(l *line, r region) (capitals, small int) {
	for col := r.colFirst; col <= min(r.colLast, len(l.classes)); col++ {
		switch first, _ := utf8.DecodeRuneInString(l.text(col)); {
		case l.class(col) != word:
		case unicode.IsUpper(first):
			capitals++
		case unicode.IsLower(first):
			small++
		}
	}
	return capitals, small
}
