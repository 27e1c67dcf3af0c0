package detect

import (
	"strings"
	"unicode"

	"chasqui/converters/table"
)

// class is what a cell looks like before its column's type is known.
type class uint8

const (
	blank  class = iota
	word         // text
	figure       // a number, digits of a code included
	moment       // a date, a time, a month
	mark         // a word for "no value", an error
)

// line is a kept row with what each of its cells looks like.
type line struct {
	number  int
	hidden  bool
	cells   []table.Cell
	classes []class
}

// newLine classifies a row's cells; the row must be a clone.
func newLine(r table.Row) line {
	l := line{number: r.Number, hidden: r.Hidden, cells: r.Cells, classes: make([]class, len(r.Cells))}
	for i, c := range r.Cells {
		l.classes[i] = classOf(c)
	}
	return l
}

// class returns the class of the cell in column col.
func (l *line) class(col int) class {
	if col < 1 || col > len(l.classes) {
		return blank
	}
	return l.classes[col-1]
}

// text returns the trimmed text of the cell in column col.
func (l *line) text(col int) string {
	if col < 1 || col > len(l.cells) {
		return ""
	}
	return table.TrimSpace(l.cells[col-1].Text)
}

// count returns how many cells of the columns first to last show something.
func (l *line) count(first, last int) int {
	n := 0
	for col := first; col <= min(last, len(l.classes)); col++ {
		if l.classes[col-1] != blank {
			n++
		}
	}
	return n
}

// counts returns how many cells of the columns first to last are of a class.
func (l *line) counts(first, last int, c class) int {
	n := 0
	for col := first; col <= min(last, len(l.classes)); col++ {
		if l.classes[col-1] == c {
			n++
		}
	}
	return n
}

// firstFilled returns the first column of first to last that shows something,
// 0 when none does.
func (l *line) firstFilled(first, last int) int {
	for col := first; col <= min(last, len(l.classes)); col++ {
		if l.classes[col-1] != blank {
			return col
		}
	}
	return 0
}

// hinted returns the share of the filled cells of first to last that carry the
// hint.
func (l *line) hinted(first, last int, h table.Hint) float64 {
	n, with := 0, 0
	for col := first; col <= min(last, len(l.classes)); col++ {
		if l.classes[col-1] != blank {
			n++
			if l.cells[col-1].Hint&h != 0 {
				with++
			}
		}
	}
	if n == 0 {
		return 0
	}
	return float64(with) / float64(n)
}

// classOf looks at one cell.
func classOf(c table.Cell) class {
	switch c.Kind {
	case table.Empty:
		return blank
	case table.Number:
		return figure
	case table.Date, table.DateTime, table.Time:
		return moment
	case table.Bool:
		return word
	case table.Error:
		return mark
	}
	s := table.TrimSpace(c.Text)
	switch {
	case s == "":
		return blank
	case isMissingWord(s):
		return mark
	case looksMoment(s):
		return moment
	case looksFigure(s):
		return figure
	}
	return word
}

// looksFigure reports whether a text reads as a number in some style.
func looksFigure(s string) bool {
	if s == "" || len(s) > 40 {
		return false
	}
	if s[0] >= '0' && s[0] <= '9' && strings.ContainsAny(s, "/:") {
		return false
	}
	digits, letters := 0, 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == '.' || r == ',' || r == '-' || r == '+' || r == '(' || r == ')' || r == '%' || r == ' ' || r == '\'' || r == '’':
		case r == '−' || r == '\u00a0' || r == '\u202f' || r == '$' || r == '€' || r == '₡' || r == '₲' || r == '/':
		case unicode.IsLetter(r):
			letters++
		default:
			return false
		}
	}
	if digits == 0 || letters > 4 { // the longest mark of money has three letters, an exponent one
		return false
	}
	if letters > 0 || strings.ContainsAny(s, "/()$+") || strings.Count(s, "-") > 0 {
		return anyStyle(s)
	}
	return true
}

// anyStyle tries a text with every style of numbers.
func anyStyle(s string) bool {
	for _, style := range numberStyles() {
		if _, ok := style.Parse(s); ok {
			return true
		}
		style.Percent = true
		if _, ok := style.Parse(s); ok {
			return true
		}
	}
	return false
}

// looksMoment reports whether a text is a date in a usual pattern.
func looksMoment(s string) bool {
	if len(s) < 6 || len(s) > 40 || s[0] >= '0' && s[0] <= '9' && !strings.ContainsAny(s, "/-.: ") {
		return false
	}
	if !(s[0] >= '0' && s[0] <= '9') || s[len(s)-1] < '0' || s[len(s)-1] > '9' {
		return false
	}
	if strings.Count(s, ".") == 1 && !strings.ContainsAny(s, "/-: ") {
		return false
	}
	for _, p := range datePatterns() {
		if (table.Field{Type: table.TypeDate, Format: p}).Parse(table.Cell{Kind: table.Text, Text: s}).Status == table.Fits {
			return true
		}
	}
	dateTime := table.Field{Type: table.TypeDateTime, Format: dateTimePatterns()}
	return dateTime.Parse(table.Cell{Kind: table.Text, Text: s}).Status == table.Fits
}
