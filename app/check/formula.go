package check

import (
	"strings"

	"chasqui/converters/table"
)

// FormulaLike is the code of the notice that texts would be taken for formulas
// by a spreadsheet that opens them without types, from a csv say. Place.Col is
// the column in the sheet; Args: title.
const FormulaLike = "formula_like_text"

// Formulas counts, per column, the texts that a spreadsheet would take for a
// formula. A formula can send what is in the sheet elsewhere or start a
// program, so whoever opens the file should know.
type Formulas struct {
	fields []table.Field
	texts  []bool // fields whose every value is a text
	counts []int
}

// NewFormulas counts over rows of the given fields.
func NewFormulas(fields []table.Field) *Formulas {
	f := &Formulas{fields: fields, texts: make([]bool, len(fields)), counts: make([]int, len(fields))}
	for i := range fields {
		f.texts[i] = fields[i].Type == table.TypeString || fields[i].Type == table.TypeAny
	}
	return f
}

// Add looks at one row.
func (f *Formulas) Add(values []table.Value) {
	for i := range values {
		v := &values[i]
		if mayOpen(v.Text) && (f.texts[i] || v.Status == table.Misfit) && IsFormulaLike(v.Text) {
			f.counts[i]++
		}
	}
}

// AddLine looks at one row of texts that came as a line.
func (f *Formulas) AddLine(line *table.Line) {
	for i := range line.Ends {
		if text := line.Field(i); mayOpen(text) && f.texts[i] && IsFormulaLike(text) {
			f.counts[i]++
		}
	}
}

// mayOpen tells most texts from those that need the closer look.
func mayOpen(text string) bool {
	return text != "" && text[0] <= '@' && opensFormula[text[0]]
}

// opensFormula are the first bytes of texts that may be formula-like.
var opensFormula = ['@' + 1]bool{'\t': true, '\r': true, '=': true, '+': true, '-': true, '@': true}

// Notices says how many such texts each column has.
func (f *Formulas) Notices() []table.Notice {
	var notices []table.Notice
	for i, n := range f.counts {
		if n > 0 {
			notices = append(notices, table.Notice{
				Code: FormulaLike, Place: table.Place{Col: f.fields[i].Col}, Count: n, Args: map[string]string{"title": f.fields[i].Title},
			})
		}
	}
	return notices
}

// IsFormulaLike reports whether a spreadsheet would take the text for a
// formula: it begins with = + - or @, after a tab or a carriage return too
// (OWASP, CSV Injection). Signs before what is only a number, an amount, a
// telephone number or a dash are what people write every day, and no formula.
func IsFormulaLike(s string) bool {
	if s == "" {
		return false
	}
	switch s[0] {
	case '\t', '\r':
		s = strings.TrimLeft(s, "\t\r\n ")
		return s != "" && strings.IndexByte("=+-@", s[0]) >= 0
	case '=', '@':
		return len(s) > 1
	case '+', '-':
		return strings.ContainsFunc(s[1:], isFormulaRune)
	}
	return false
}

// isFormulaRune reports whether r makes more of a signed text than a number.
// An E is of "-1E5"; operators between numbers are counted as a number's own
// punctuation, since "-2/3" and "+51-1-2345" compute nothing that harms.
func isFormulaRune(r rune) bool {
	return !(r >= '0' && r <= '9') && !strings.ContainsRune(" .,-+/()%eE$€\u00a0\u202f'’", r)
}
