package ui

import (
	"strconv"
	"strings"

	"chasqui/app"
	"chasqui/app/clean"
	"chasqui/app/message"
	"chasqui/converters/table"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
)

// corner is a part of the outline that a person moves.
type corner uint8

const (
	headerFirst corner = iota
	headerLast
	dataFirst
	dataLast
	colFirst
	colLast
	noHeader
)

// corrected returns the whole correction that moving one corner of a layout
// means: the other corners stay, unless they would contradict it.
func corrected(l table.Layout, what corner, to int) app.Correction {
	c := app.Correction{
		HeaderFirst: l.HeaderFirst, HeaderLast: l.HeaderLast, DataFirst: l.DataFirst, DataLast: l.DataLast,
		ColFirst: l.ColFirst, ColLast: l.ColLast, NoHeader: l.HeaderFirst == 0,
	}
	switch what {
	case headerFirst:
		c.HeaderFirst, c.NoHeader = to, false
		c.HeaderLast = max(c.HeaderLast, to)
		if l.HeaderFirst == 0 || to > l.HeaderLast {
			c.HeaderLast = to
		}
	case headerLast:
		c.HeaderLast, c.NoHeader = to, false
		if c.HeaderFirst == 0 || c.HeaderFirst > to {
			c.HeaderFirst = to
		}
	case dataFirst:
		c.DataFirst = to
		if to <= c.HeaderLast { // what was header from there on is data
			c.HeaderLast = to - 1
		}
	case dataLast:
		c.DataLast = to
	case colFirst:
		c.ColFirst = to
		c.ColLast = max(c.ColLast, to)
	case colLast:
		c.ColLast = to
		c.ColFirst = min(c.ColFirst, to)
	case noHeader:
		c.NoHeader = true
	}
	if what == headerFirst || what == headerLast {
		if follows := l.HeaderFirst > 0 && l.DataFirst == l.HeaderLast+1; follows || c.DataFirst <= c.HeaderLast {
			c.DataFirst = c.HeaderLast + 1
		}
	}
	if c.NoHeader || c.HeaderLast < 1 || c.HeaderLast < c.HeaderFirst {
		c.HeaderFirst, c.HeaderLast, c.NoHeader = 0, 0, true
	}
	c.DataLast = max(c.DataLast, c.DataFirst)
	return c
}

// corners are the values of the small fields, in their order.
func corners(l table.Layout) map[corner]string {
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	return map[corner]string{
		headerFirst: number(l.HeaderFirst), headerLast: number(l.HeaderLast),
		dataFirst: number(l.DataFirst), dataLast: number(l.DataLast),
		colFirst: parts.Letters(l.ColFirst), colLast: parts.Letters(l.ColLast),
	}
}

// readCorner reads what was typed for a corner: a row's number or a column's
// letters; false if it is neither.
func readCorner(what corner, typed string) (int, bool) {
	if what != colFirst && what != colLast {
		n, err := strconv.Atoi(typed)
		return n, err == nil && n > 0
	}
	n := 0
	for _, r := range typed {
		switch {
		case r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		case r < 'A' || r > 'Z':
			return 0, false
		}
		n = n*26 + int(r-'A') + 1
		if n > 1<<14 {
			return 0, false
		}
	}
	return n, n > 0
}

// found puts what was found into sentences, the most telling first.
func found(p *message.Printer, t app.Table) []string {
	l := t.Layout()
	first := l.DataFirst
	if l.HeaderFirst > 0 {
		first = l.HeaderFirst
	}
	lines := []string{p.N("ui.found.table", t.Recipe.WithoutUnpivot().Rows(),
		"From", parts.Letters(l.ColFirst)+strconv.Itoa(first), "To", parts.Letters(l.ColLast)+strconv.Itoa(l.DataLast))}
	switch n := l.HeaderLast - l.HeaderFirst + 1; {
	case l.HeaderFirst == 0:
		lines = append(lines, p.T("ui.found.no_header"))
	case n > 1:
		lines = append(lines, p.N("ui.found.header", n))
	}
	add := func(key string, n int) {
		if n > 0 {
			lines = append(lines, p.N(key, n))
		}
	}
	add("ui.found.titles", len(l.Titles))
	if t.Recipe.Has(clean.OpDropTotals) {
		add("ui.found.subtotals", len(l.Subtotals))
		add("ui.found.totals", len(l.Totals))
		add("ui.found.repeated", len(l.RepeatedHeaders))
		add("ui.found.blanks", len(l.Blanks))
	}
	add("ui.found.sections", len(l.Sections))
	if t.Recipe.Has(clean.OpSpread) {
		add("ui.found.groups", len(l.Groups))
	}
	add("ui.found.notes", len(l.Notes))
	return lines
}

// shapeOf is the outline of a dataset's table, with misfits marked and its
// numbers shown as the language writes them; one in the header is a year's name.
func shapeOf(lang string, t app.Table) parts.Shape {
	l := t.Layout()
	l.Fields = t.Recipe.SheetFields()
	fields := make(map[int]table.Field, len(l.Fields))
	for _, f := range l.Fields {
		fields[f.Col] = f
	}
	s := parts.ShapeOf(l)
	s.Misfit = func(_, col int, c table.Cell) bool {
		f, ok := fields[col]
		return ok && f.Type != table.TypeString && f.Type != table.TypeAny && f.Parse(c).Status == table.Misfit
	}
	s.Show = func(row, col int, c table.Cell) string {
		if row >= l.DataFirst && c.Kind == table.Number && s.Right[col] && fields[col].Type == table.TypeNumber {
			return grouped(lang, c.Text)
		}
		return c.Text
	}
	return s
}

// marks are the decimal and the grouping mark of each language.
var marks = map[string][2]string{"es": {",", "."}, "en": {".", ","}, "pt": {",", "."}, "fr": {",", "\u00a0"}}

// grouped writes an exact decimal as the language does, digit for digit.
func grouped(lang, decimal string) string {
	mark := marks[lang]
	digits, sign := strings.CutPrefix(decimal, "-")
	whole, fraction, broken := strings.Cut(digits, ".")
	var b strings.Builder
	if sign {
		b.WriteByte('-')
	}
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(mark[1])
		}
		b.WriteRune(d)
	}
	if broken {
		b.WriteString(mark[0] + fraction)
	}
	return b.String()
}

// cellWords are a cell's address and its whole text, on one line, with what is
// wrong with it if it does not fit its column.
func cellWords(p *message.Printer, t app.Table, row, col int, c table.Cell) (string, fyne.ThemeColorName) {
	address := parts.Letters(col) + strconv.Itoa(row)
	text := strings.Join(strings.Fields(c.Text), " ")
	if text == "" {
		return address, parts.Muted
	}
	s := shapeOf(p.Lang(), t)
	if s.IsData(row) && col >= s.ColFirst && col <= s.ColLast && s.Misfit(row, col, c) {
		for _, column := range t.Columns {
			if column.Field.Col == col {
				return p.T("ui.review.cell.misfit", "Cell", address, "Text", text, "Type", typeName(p, column.Field.Type)), parts.Warn
			}
		}
	}
	return address + ": " + text, parts.Muted
}

// typeOptions are the types that a column can be given, in words.
func typeOptions(p *message.Printer) []parts.Option {
	var out []parts.Option
	for _, t := range table.Types {
		if t != table.TypeAny {
			out = append(out, parts.Option{Key: string(t), Text: typeName(p, t)})
		}
	}
	return out
}

func typeName(p *message.Printer, t table.Type) string { return p.T("ui.type." + string(t)) }
