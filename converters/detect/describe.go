package detect

import (
	"slices"
	"strconv"
	"strings"

	"chasqui/converters/table"
)

// describe makes the layout of one of a sheet's regions: titles, notes, special
// rows, fields.
func describe(g *grid, r region, all []region, w Weights, sheet string) table.Layout {
	t := table.Layout{
		Sheet: sheet, HeaderFirst: r.headerFirst, HeaderLast: r.headerLast, DataFirst: r.dataFirst, DataLast: r.dataLast,
		ColFirst: r.colFirst, ColLast: r.colLast, Confidence: round(r.confidence), Why: r.why,
		Totals: nonNil(r.totals), Notices: []table.Notice{},
	}
	t.Titles, t.Notes = around(g, r, all)
	if len(t.Titles) > 0 {
		t.Why = append(t.Why, WhyTitlesLeftOut)
	}
	columns := make([]*values, r.colLast-r.colFirst+1)
	for i := range columns {
		columns[i] = newValues()
	}
	s := gather(g, r, columns, w)
	t.Subtotals, t.Sections, t.Blanks, t.RepeatedHeaders = nonNil(withoutRuns(s.subtotals)), nonNil(s.sections), nonNil(s.blanks), nonNil(s.repeated)
	t.Sampled = g.middle != nil && (g.middle.sampled || g.middle.passed || g.middle.thin)
	titles := titlesOf(g, r)
	if b := g.before; b != nil && b.HeaderFirst == t.HeaderFirst && b.HeaderLast == t.HeaderLast && b.ColFirst == t.ColFirst && b.ColLast == t.ColLast {
		t.Fields = slices.Clone(b.Fields)
	} else {
		t.Fields = typeColumns(columns, titles, w)
		nameFields(t.Fields, titles, r)
	}
	t.Groups = groupsOf(g, r, t.Fields)
	spread(t.Fields, r, t.Groups)
	t.Cross = Cross(t.Fields, crossLeast)
	t.Notices = append(t.Notices, noticesOf(g, r, &t, columns, s, w)...)
	return t
}

// longRun is how many subtotals in a row are none: levels of totals may close a
// group together, but not so many. They are the records of a category that is
// called so, one for each period.
const longRun = 6

// withoutRuns takes long runs of consecutive rows out of a list.
func withoutRuns(rows []int) []int {
	var kept []int
	for from := 0; from < len(rows); {
		to := from + 1
		for to < len(rows) && rows[to] == rows[to-1]+1 {
			to++
		}
		if to-from < longRun {
			kept = append(kept, rows[from:to]...)
		}
		from = to
	}
	return kept
}

// round keeps two decimals.
func round(v float64) float64 { return float64(int(v*100+0.5)) / 100 }

// nonNil makes JSON's [] of an absent list.
func nonNil(list []int) []int {
	if list == nil {
		return []int{}
	}
	return list
}

// around returns the titles above and the notes below, one text a row, without
// what another table holds there.
func around(g *grid, r region, all []region) (titles, notes []string) {
	above, below := surrounds(g, r, all)
	return textsOf(g, above, all), textsOf(g, below, all)
}

// So many lines are listed as titles and as notes, at most.
const (
	mostTitles = 30
	mostNotes  = 60
)

// surrounds returns the indexes of the lines that are a table's titles and its
// notes: comments between header and data are notes too.
func surrounds(g *grid, r region, all []region) (titles, notes []int) {
	for i := r.top; i < r.bottom; i++ {
		l := &g.lines[i]
		between := i < r.from && l.number > r.headerLast && !isRule(l, &r)
		switch {
		case l.number < r.firstRow():
			if len(titles) < mostTitles && textOutside(l, all) != "" {
				titles = append(titles, i)
			}
		case r.totalLines[i] || i <= r.to && !between || len(notes) == mostNotes:
		case between || textOutside(l, all) != "":
			notes = append(notes, i)
		}
	}
	return titles, notes
}

// textsOf returns the texts of lines outside of all tables, each line's joined.
func textsOf(g *grid, lines []int, all []region) []string {
	list := []string{}
	for _, i := range lines {
		list = append(list, textOutside(&g.lines[i], all))
	}
	return list
}

// textOutside returns the texts of a line outside of all tables, joined.
func textOutside(l *line, all []region) string {
	var parts []string
	for col := 1; col <= len(l.cells); col++ {
		if s := l.text(col); s != "" && !inSome(all, l.number, col) {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

// gather fills the columns' values from the rows of data and lists the rows
// that are no records.
func gather(g *grid, r region, columns []*values, w Weights) special {
	var s special
	limit := valueLimit(w, len(columns))
	headers, pages := headerTexts(g, r), pageTitlesOf(g, r)
	previous := r.dataFirst - 1
	for i := r.from; i <= r.to; i++ {
		l := &g.lines[i]
		if i == g.gap && g.middle != nil && r.from < g.gap {
			previous = addMiddle(g.middle, r, columns, &s)
		}
		for n := previous + 1; n < l.number; n++ {
			s.note(&s.blanks, n)
		}
		previous = l.number
		if r.totalLines[i] {
			continue
		}
		switch {
		case l.count(r.colFirst, r.colLast) == 0:
			s.note(&s.blanks, l.number)
			continue
		case len(headers) > 0 && repeats(l, r, headers), pages.again(l):
			s.note(&s.repeated, l.number)
			continue
		case isSection(l, r):
			s.note(&s.sections, l.number)
		case isSubtotal(l, r):
			s.note(&s.subtotals, l.number)
		}
		for k := range columns {
			c := table.Cell{}
			if col := r.colFirst + k; col <= len(l.cells) {
				c = l.cells[col-1]
			}
			columns[k].add(c, limit)
		}
	}
	if g.middle != nil && r.to == g.gap-1 {
		addMiddle(g.middle, r, columns, &s)
	}
	return s
}

// addMiddle adds what was summed up between head and tail and returns the row
// before the tail.
func addMiddle(m *middle, r region, columns []*values, s *special) int {
	for k, v := range columns {
		if col := r.colFirst + k; col <= len(m.values) {
			v.merge(m.values[col-1])
			v.blanks -= m.values[col-1].seen()
			m.values[col-1] = newValues() // no other table has the column
		}
		v.blanks += m.fed
	}
	s.subtotals = append(s.subtotals, m.special.subtotals...)
	s.sections = append(s.sections, m.special.sections...)
	s.blanks = append(s.blanks, m.special.blanks...)
	s.repeated = append(s.repeated, m.special.repeated...)
	s.overflow = s.overflow || m.special.overflow
	return m.lastRow
}

// titlesOf joins the header rows of every column, merged cells spread over the
// columns they cover.
func titlesOf(g *grid, r region) []string {
	titles := make([]string, r.colLast-r.colFirst+1)
	if r.headerLast == 0 {
		return titles
	}
	for row := r.headerFirst; row <= r.headerLast; row++ {
		i := g.indexOf(row)
		if i == len(g.lines) || g.lines[i].number != row || row > r.headerFirst && (isColumnNumbers(&g.lines[i], &r) || isGroupNumbers(&g.lines[i], &r)) {
			continue
		}
		spread := spreadTexts(g, r, row, i)
		for k, text := range spread {
			if text != "" && !strings.HasSuffix(titles[k], text) {
				titles[k] = strings.TrimSpace(titles[k] + " " + text)
			}
		}
	}
	return titles
}

// spreadTexts returns a header row's texts by column. In a group row of a text
// file, which knows no merged cells, a name reaches to the next one.
func spreadTexts(g *grid, r region, row, i int) []string {
	l := &g.lines[i]
	texts := make([]string, r.colLast-r.colFirst+1)
	for k := range texts {
		texts[k] = oneLine(l.text(r.colFirst + k))
	}
	for _, m := range g.merges {
		if !m.Contains(row, m.ColFirst) || m.ColLast < r.colFirst || m.ColFirst > r.colLast || m.RowFirst < row {
			continue
		}
		text := oneLine(l.text(m.ColFirst))
		for col := max(m.ColFirst, r.colFirst); col <= min(m.ColLast, r.colLast); col++ {
			if k := col - r.colFirst; texts[k] == "" { // a text under the merged cell keeps naming its column
				texts[k] = text
			}
		}
	}
	if len(g.merges) == 0 && row < r.headerLast {
		last := ""
		below := g.indexOf(row + 1)
		for k := range texts {
			if texts[k] != "" {
				last = texts[k]
			} else if below < len(g.lines) && g.lines[below].text(r.colFirst+k) != "" {
				texts[k] = last
			}
		}
	}
	return texts
}

// oneLine puts a header's text on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// nameFields gives every field its title and a short, unique machine name.
func nameFields(fields []table.Field, titles []string, r region) {
	used := map[string]bool{}
	for i := range fields {
		f := &fields[i]
		f.Col, f.Title = r.colFirst+i, titles[i]
		base := table.MachineName(titles[i])
		if base == "" {
			base = "columna_" + strconv.Itoa(f.Col)
		}
		f.Name = table.FreeName(used, base, "_")
	}
}
