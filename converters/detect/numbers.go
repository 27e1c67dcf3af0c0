package detect

import (
	"strings"

	"chasqui/converters/table"
)

// numberStyles lists the ways in which numbers are written as text, in the
// order in which ties are decided.
func numberStyles() []table.NumberStyle {
	return []table.NumberStyle{
		{Decimal: "."}, {Decimal: ","},
		{Decimal: ".", Group: ","}, {Decimal: ",", Group: "."},
		{Decimal: ",", Group: " "}, {Decimal: ".", Group: " "},
		{Decimal: ".", Group: "'"}, {Decimal: ",", Group: "'"},
	}
}

// habit is what the clear columns of a table say about its marks.
type habit struct {
	point, comma int // columns whose decimal mark that is beyond doubt
}

// marks is how the texts of a column use points and commas.
type marks struct {
	texts        int // different texts with a digit
	point, comma int // different texts with the mark
	// threes count texts in which the mark stands before exactly three digits,
	// with one to three, not all zero, in front: a decimal or thousands.
	pointThrees, commaThrees int
	plainSmall               int // whole numbers below 1000 without a mark
	decimals                 int // decimals that the workbook stores
}

// marksOf looks at a column's texts.
func marksOf(v *values) marks {
	var m marks
	for _, k := range v.list {
		if k.kind == table.Number && strings.Contains(k.text, ".") {
			m.decimals++
		}
		if k.kind != table.Text || !looksFigure(k.text) {
			continue
		}
		m.texts++
		s := strings.Trim(k.text, "()-+ %")
		if mark := table.CurrencyMark(s); mark != "" {
			s = strings.Trim(strings.TrimSuffix(strings.TrimPrefix(s, mark), mark), "()-+ \u00a0\u202f")
		}
		if strings.Contains(s, ".") {
			m.point++
			if inThrees(s, '.') {
				m.pointThrees++
			}
		}
		if strings.Contains(s, ",") {
			m.comma++
			if inThrees(s, ',') {
				m.commaThrees++
			}
		}
		if isDigits(s) && len(s) <= 3 {
			m.plainSmall++
		}
	}
	return m
}

// inThrees reports whether s is one to three digits, not "0", then groups of
// three behind the mark.
func inThrees(s string, mark byte) bool {
	head, rest, found := strings.Cut(s, string(mark))
	if !found || !isDigits(head) || len(head) > 3 || head[0] == '0' {
		return false
	}
	for _, group := range strings.Split(rest, string(mark)) {
		if len(group) != 3 || !isDigits(group) {
			return false
		}
	}
	return true
}

// habitOf counts the columns of a table whose decimal mark is clear.
func habitOf(columns []*values) habit {
	var h habit
	for _, v := range columns {
		m := marksOf(v)
		switch {
		case m.texts == 0:
		case m.point > 0 && m.comma > 0:
			point, comma := try(v, numberField(numberStyles()[2])), try(v, numberField(numberStyles()[3]))
			if point.fits > comma.fits {
				h.point++
			} else if comma.fits > point.fits {
				h.comma++
			}
		case m.comma > 0 && m.commaThrees < m.comma:
			h.comma++
		case m.point > 0 && m.pointThrees < m.point:
			h.point++
		}
	}
	return h
}

// numberField makes a field of a style.
func numberField(s table.NumberStyle) table.Field {
	return table.Field{Type: table.TypeNumber, Format: "default", DecimalChar: s.Decimal, GroupChar: s.Group, Percent: s.Percent}
}

// numberType takes a column for integers or decimals when enough values fit one
// style of writing them.
func numberType(v *values, title string, base table.Field, h habit, stored map[table.Kind]int, total int, w Weights) (table.Field, bool) {
	if mixedCurrency(v) {
		base.Type, base.Why = table.TypeString, []string{WhyMixedCurrency}
		base.MissingValues = missingWords(v, isMissingText)
		return base, true
	}
	m := marksOf(v)
	best := bestStyle(v, base, m, h, stored, !isDegreesName(title))
	if best.share() < w.NumberShare || best.fits == 0 {
		return base, false
	}
	f := best.field
	f.Why = []string{fitWhy(best)}
	if stored[table.Number] == total {
		f.Why = []string{WhyStoredType}
	}
	f.Why = append(f.Why, styleWhys(v, &f, m)...)
	f.Type = table.TypeInteger
	if t := try(v, f); t.fits < best.fits {
		f.Type = table.TypeNumber
	}
	if hasPercent(v) {
		f.Type = table.TypeNumber
	}
	return f, true
}

// bestStyle tries the styles and returns the one that most values fit; where
// two fit alike, the marks and the table's habit decide. grouped says that the
// column can hold thousands at all.
func bestStyle(v *values, base table.Field, m marks, h habit, stored map[table.Kind]int, grouped bool) trial {
	var best trial
	for _, percent := range [...]bool{false, true} {
		if percent && !signs(v) {
			break
		}
		for _, s := range numberStyles() {
			f := numberField(s)
			f.MissingValues, f.Percent = base.MissingValues, percent
			if t := try(v, f); t.fits > best.fits {
				best = t
			}
			if stored[table.Text] == 0 {
				return best
			}
			if best.fits > 0 && best.fits == best.all {
				break // no style can do better
			}
		}
	}
	thousands := func(decimal, group string) {
		f := best.field
		f.DecimalChar, f.GroupChar = decimal, group
		if t := try(v, f); t.fits >= best.fits {
			best = t
		}
	}
	switch {
	case !grouped:
	case m.comma == 0 && m.point > 0 && m.pointThrees == m.point && isGrouping(m.point, m, h.comma, h.point):
		thousands(",", ".")
	case m.point == 0 && m.comma > 0 && m.commaThrees == m.comma && isGrouping(m.comma, m, h.point, h.comma):
		thousands(".", ",")
	}
	return best
}

// isGrouping decides whether a mark that always stands before three digits
// groups thousands: not where another column of the table uses it before
// decimals or the column itself stores decimals; else two such texts suffice,
// since decimals of exactly three digits throughout are rare.
func isGrouping(texts int, m marks, other, same int) bool {
	if other > 0 {
		return true
	}
	return same == 0 && m.decimals == 0 && (texts >= 2 || m.plainSmall > 0)
}

// signs reports whether any text carries a percent sign.
func signs(v *values) bool {
	for _, k := range v.list {
		if k.kind == table.Text && strings.HasSuffix(k.text, "%") {
			return true
		}
	}
	return false
}

// hasPercent reports whether numbers are shown or written as percentages.
func hasPercent(v *values) bool {
	for _, k := range v.list {
		if k.percent {
			return true
		}
	}
	return signs(v)
}

// mixedCurrency reports whether a column of amounts has two signs of money.
func mixedCurrency(v *values) bool {
	first := ""
	for _, k := range v.list {
		if k.kind != table.Text || len(k.text) > 40 {
			continue
		}
		sign := strings.ToUpper(strings.TrimRight(table.CurrencyMark(k.text), "."))
		if sign == "" {
			continue
		}
		if first != "" && sign != first {
			return true
		}
		first = sign
	}
	return false
}

// styleWhys says what the marks mean, and leaves out of the field those that
// do not occur.
func styleWhys(v *values, f *table.Field, m marks) []string {
	var whys []string
	grouped := false
	if f.GroupChar != "" {
		without := *f
		without.GroupChar = ""
		grouped = try(v, without).fits < try(v, *f).fits || m.pointThrees+m.commaThrees > 0 &&
			(f.GroupChar == "." && m.point > 0 || f.GroupChar == "," && m.comma > 0)
	}
	if !grouped {
		f.GroupChar = ""
	} else {
		whys = append(whys, WhyGroupsOfThree)
	}
	if m.texts > 0 {
		switch {
		case f.DecimalChar == "," && m.comma > 0:
			whys = append(whys, WhyDecimalComma)
		case f.DecimalChar == "." && m.point > 0:
			whys = append(whys, WhyDecimalPoint)
		default:
			f.DecimalChar = ""
		}
	} else {
		f.DecimalChar = ""
	}
	if f.Percent {
		whys = append(whys, WhyPercentSign)
	}
	for _, k := range v.list {
		if k.kind == table.Text && table.CurrencyMark(k.text) != "" && looksFigure(k.text) {
			return append(whys, WhyCurrency)
		}
	}
	return whys
}
