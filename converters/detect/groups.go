package detect

import "strings"

// completes reports whether a line of names that stands a blank row above a
// header names the columns that the header leaves out: the first one, and three
// or more in all.
func completes(above, below *line, r *region) bool {
	if above.class(r.colFirst) != word || below.class(r.colFirst) != blank {
		return false
	}
	words := above.counts(r.colFirst, r.colLast, word)
	for col := r.colFirst; col <= min(r.colLast, len(above.classes)); col++ {
		if len(above.text(col)) > 120 {
			return false
		}
	}
	return words >= 3 && words == above.count(r.colFirst, r.colLast)
}

// hasGroup reports whether a cell of the line is merged over some columns of the
// table that the line below fills, each of them.
func hasGroup(g *grid, r *region, l, below *line) bool {
	for _, m := range g.merges {
		if m.RowFirst == l.number && m.RowLast == l.number && m.ColFirst > r.colFirst && m.ColLast <= r.colLast && m.ColLast > m.ColFirst &&
			len(l.text(m.ColFirst)) <= 60 && below.count(m.ColFirst, m.ColLast) == m.ColLast-m.ColFirst+1 {
			return true
		}
	}
	return false
}

// hasAddress reports whether a cell of the line is an address.
func hasAddress(l *line, r *region) bool {
	for col := r.colFirst; col <= min(r.colLast, len(l.classes)); col++ {
		if s := l.text(col); isAddress(s) || strings.Contains(s, "http://") || strings.Contains(s, "https://") {
			return true
		}
	}
	return false
}

// isGroupNumbers recognises column numbers that start anew in each group of
// columns, "1 2 3 1 2 3", under a blank label.
func isGroupNumbers(l *line, r *region) bool {
	if l.firstFilled(r.colFirst, r.colLast) == r.colFirst {
		return false
	}
	n, length, previous := 0, 0, 0
	for col := r.colFirst; col <= min(r.colLast, len(l.classes)); col++ {
		s := l.text(col)
		if s == "" {
			continue
		}
		if len(s) > 1 || s[0] < '1' || s[0] > '9' {
			return false
		}
		k := int(s[0] - '0')
		switch {
		case k == previous+1:
		case k != 1 || previous < 2 || length > 0 && previous != length:
			return false
		default:
			length = previous
		}
		n, previous = n+1, k
	}
	return length > 0 && previous == length && n*3 >= (r.colLast-r.colFirst+1)*2
}

// takeCornerless makes the line above headerless data the header when it names
// the columns of figures and leaves the corner blank, as statistical databases
// write a single series. Rows that only name a section may stand between, the first
// times of a series that have no value yet, and one blank row.
func takeCornerless(g *grid, r *region, p *profile) bool {
	figures := countFigureColumns(p)
	if c := p.at(r.colFirst); c == figure || c == moment {
		figures--
	}
	valueless := 0
	for i := r.from - 1; i >= r.top && i >= r.from-3 && g.lines[i+1].number-g.lines[i].number <= 2; i-- {
		l := &g.lines[i]
		if l.class(r.colFirst) == moment && p.at(r.colFirst) == moment && l.count(r.colFirst, r.colLast) == 1 {
			valueless++
			continue
		}
		named := 0
		for col := r.colFirst + 1; col <= min(r.colLast, len(l.classes)); col++ {
			switch c := l.class(col); {
			case c == blank:
			case c != word || p.at(col) != figure || len(l.text(col)) > 60:
				return false
			default:
				named++
			}
		}
		if l.class(r.colFirst) == blank && named > 0 {
			if named < figures {
				return false
			}
			first := i
			for first > r.top && g.lines[first].number-g.lines[first-1].number == 1 && isLoneGroup(&g.lines[first-1], r) {
				first--
			}
			r.headerFirst, r.headerLast, r.from = g.lines[first].number, l.number, i+1
			r.why = append(r.why, WhyHeaderContrast)
			if first < i {
				r.why = append(r.why, WhyHeaderRows)
			}
			return true
		}
		if valueless > 0 || named > 0 || l.class(r.colFirst) != word {
			return false
		}
	}
	return false
}

// isLoneGroup reports whether a line holds one short text, over the first column of
// figures, and leaves the corner blank as a title would not.
func isLoneGroup(l *line, r *region) bool {
	col := r.colFirst + 1
	return l.count(r.colFirst, r.colLast) == 1 && l.class(col) == word && len(l.text(col)) <= 60 && !hasColon(l, r)
}

// saysOneThing reports whether a line says the same of every column behind the
// first, "Type | levels | levels | levels": it tells what the series are and
// names none.
func saysOneThing(l *line, colFirst, colLast int) bool {
	if l.class(colFirst) != word {
		return false
	}
	n, text := 0, ""
	for col := colFirst + 1; col <= min(colLast, len(l.classes)); col++ {
		s := l.text(col)
		if s == "" || text != "" && s != text {
			return false
		}
		n, text = n+1, s
	}
	return n >= 3 && n == colLast-colFirst
}

// isNumberedTitle recognises a title at the left with the table's number, the
// page or the unit in the right corner, and nothing between.
func isNumberedTitle(g *grid, l *line, r *region) bool {
	first, last := l.firstFilled(r.colFirst, r.colLast), l.lastFilled(r.colFirst, r.colLast)
	if l.count(r.colFirst, r.colLast) != 2 || first != r.colFirst || last != r.colLast || last-first < 4 || len(l.text(first)) <= 25 {
		return false
	}
	for _, m := range g.merges {
		if m.RowFirst == l.number && m.RowLast > l.number && m.ColFirst >= r.colFirst && m.ColLast <= r.colLast {
			return false
		}
	}
	return true
}

// isNestedName reports whether a lone word or year right under a header names
// the column of figures that it stands over once more, as query tools do: under
// "Year and sex" comes "2010", then "Total".
func isNestedName(g *grid, r *region, p *profile, l, above *line) bool {
	col := l.firstFilled(r.colFirst, r.colLast)
	if l.number-above.number != 1 || col <= r.colFirst || p.at(col) != figure || above.class(col) == blank || p.at(r.colFirst) == blank {
		return false
	}
	return l.class(col) == word && len(l.text(col)) <= 60 || isYear(l.text(col)) && !p.years[col-p.first]
}

// takeCodes makes a line of codes at the start of the data the header, with the
// line above, when they are so; see areCodesOf.
func takeCodes(g *grid, r *region, p *profile) bool {
	i := r.from
	if i <= r.top || !areCodesOf(&g.lines[i], &g.lines[i-1], r, p) {
		return false
	}
	r.headerFirst, r.headerLast, r.from = g.lines[i-1].number, g.lines[i].number, i+1
	r.why = append(r.why, WhyHeaderContrast, WhyHeaderRows)
	return true
}

// areCodesOf reports whether a line holds ascending codes, and the line above
// names the columns of labels that it leaves blank and the group that the codes
// belong to: "Municipality | Jobs by activity" over "| 4922101 | 4922102 |
// 4922103".
func areCodesOf(l, above *line, r *region, p *profile) bool {
	first := l.firstFilled(r.colFirst, r.colLast)
	if first <= r.colFirst || l.number-above.number != 1 {
		return false
	}
	for col := r.colFirst; col <= first; col++ {
		if above.class(col) != word || col < first && p.at(col) == blank {
			return false
		}
	}
	n, previous := 0, ""
	for col := first; col <= min(r.colLast, len(l.classes)); col++ {
		s := l.text(col)
		if !isDigits(s) || len(s) < 2 || n > 0 && (len(s) != len(previous) || s <= previous) {
			return false
		}
		n, previous = n+1, s
	}
	return n >= 5 && n == r.colLast-first+1
}

// takeSecondName makes the sheet's first line the header of a dictionary when
// it only names the second of two columns, the one that explains, right above
// the codes.
func takeSecondName(g *grid, r *region) bool {
	if r.from != 1 || r.colLast != r.colFirst+1 || g.lines[1].number-g.lines[0].number != 1 || len(g.lines) < 5 {
		return false
	}
	l := &g.lines[0]
	if l.count(1, len(l.classes)) != 1 || !isExplanation(fold(l.text(r.colLast))) {
		return false
	}
	for i := r.from; i < min(len(g.lines), 12); i++ {
		if code := g.lines[i].text(r.colFirst); code == "" || strings.Contains(code, " ") || g.lines[i].class(r.colLast) != word || isExplanation(fold(g.lines[i].text(r.colLast))) {
			return false
		}
	}
	r.headerFirst, r.headerLast = l.number, l.number
	r.why = append(r.why, WhyHeaderFirst)
	return true
}

// isExplanation reports whether a folded text names the column that explains
// the codes of a dictionary.
func isExplanation(s string) bool {
	switch s {
	case "descripcion", "significado", "definicion", "etiqueta", "descricao", "definicao", "rotulo", "description", "definition", "meaning", "label", "libelle":
		return true
	}
	return false
}

// takeSparse makes the line above headerless data the header when it only names
// columns of figures, three or more and one in three, but too few to begin a
// table: the change on the year before stands beside each figure without a name.
func takeSparse(g *grid, r *region, start, end int, w Weights) bool {
	i := start - 1
	if i < r.top || g.lines[start].number-g.lines[i].number != 1 {
		return false
	}
	l, p := &g.lines[i], profileOf(g, r.colFirst, r.colLast, start, profileEnd(g, r.colFirst, r.colLast, i, end, w))
	v := judge(l, &p, r.colFirst, r.colLast)
	n := l.count(r.colFirst, r.colLast)
	if v.words < n || v.contrast < 3 || v.contrast*3 < countFigureColumns(&p) || hasColon(l, r) {
		return false
	}
	for col := r.colFirst; col <= min(r.colLast, len(l.classes)); col++ {
		if len(l.text(col)) > 60 || l.class(col) != blank && g.lines[start].class(col) == word {
			return false
		}
	}
	r.from = i
	takeHeader(g, r, &p, v, end, w)
	return true
}
