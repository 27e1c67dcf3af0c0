package detect

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// opensBlock reports whether a line behind a blank row names the columns of another
// table. Such a line has words only, none of them again among its rows, and is set
// in capitals and small letters as the header above is. Its rows fill the columns
// that it names and no other; and it names a column that the table above does not
// have, or differs from its rows as names do. A blank row inside a table is followed
// by a record.
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
	if until-i <= 2 || last-first+1 != n || !fillsOnly(g, r, first, last, i+1, until) {
		return false
	}
	begin := max(r.from, i-profiledAbove)
	above := profileOf(g, r.colFirst, r.colLast, begin, i)
	names, categories := false, false
	for col := first; col <= last; col++ {
		b := columnBelow(g, col, i+1, until)
		if len(l.text(col)) > longestName || b.texts[l.text(col)] > 0 || above.texts[col-r.colFirst][l.text(col)] {
			return false
		}
		names = names || above.at(col) == blank && !isNamed(g, r, col) || b.differsFrom(l.text(col))
		categories = categories || b.words >= 4 && 2*len(b.texts) <= b.words
	}
	return names || categories && last < r.colLast && above.at(r.colLast) != blank && isFilled(g, r.colLast, begin, i)
}

// profiledAbove is how many rows above a blank one say what the table holds.
const profiledAbove = 60

// longestCode and longestName are how many bytes a code and a column's name have, at
// most; longer texts explain.
const (
	longestCode = 24
	longestName = 60
)

// columnOf is what the lines below a possible name hold in its column.
type columnOf struct {
	filled, figures, words  int
	coded, capitals, shouts int // short words with a digit, with a capital first, all in capitals
	texts                   map[string]int
}

// columnBelow looks at a column of the lines from..to.
func columnBelow(g *grid, col, from, to int) columnOf {
	c := columnOf{texts: map[string]int{}}
	for i := from; i < to; i++ {
		text := g.lines[i].text(col)
		switch g.lines[i].class(col) {
		case figure, moment:
			c.figures++
		case word:
			c.words++
			c.texts[text]++
			if len(text) <= longestCode && strings.ContainsAny(text, "0123456789") {
				c.coded++
			}
			if first, _ := utf8.DecodeRuneInString(text); unicode.IsUpper(first) {
				c.capitals++
			}
			if isShouted(text) {
				c.shouts++
			}
		}
	}
	c.filled = c.figures + c.words
	return c
}

// differsFrom reports whether a name differs from the values below it: it has no
// digit where they all have, stands over figures, starts with a small letter where
// they have a capital, or is in capitals where hardly one is.
func (c *columnOf) differsFrom(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	switch {
	case c.filled == 0:
		return false
	case !strings.ContainsAny(name, "0123456789") && (c.figures+c.coded)*10 >= c.filled*9:
		return true
	case c.words < 3:
		return false
	case unicode.IsLower(first) && c.capitals == c.words:
		return true
	}
	return isShouted(name) && c.shouts*10 <= c.words
}

// isShouted reports whether a text of four letters or more has capitals only.
func isShouted(s string) bool {
	letters := 0
	for _, c := range s {
		if unicode.IsLower(c) {
			return false
		}
		if unicode.IsLetter(c) {
			letters++
		}
	}
	return letters >= 4
}

// fillsOnly reports whether the lines hold nothing outside of the columns first to
// last, and something in four of five cells of them.
func fillsOnly(g *grid, r region, first, last, from, to int) bool {
	filled := 0
	for i := from; i < to; i++ {
		l := &g.lines[i]
		n := l.count(first, last)
		if l.count(r.colFirst, r.colLast) != n {
			return false
		}
		filled += n
	}
	return filled*5 >= (to-from)*(last-first+1)*4
}

// isFilled reports whether a column holds something in nine of ten of the lines
// from..to.
func isFilled(g *grid, col, from, to int) bool {
	n := 0
	for i := from; i < to; i++ {
		if g.lines[i].class(col) != blank {
			n++
		}
	}
	return n*10 >= (to-from)*9
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
