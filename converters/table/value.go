package table

import "strings"

// Status says how a cell met its field's type.
type Status uint8

// The statuses of a value.
const (
	Fits    Status = iota // Text is the canonical form of the field's type
	Missing               // no value: empty, or one of the field's missing words; Text is ""
	Misfit                // the cell does not fit the type; Text is as it stands in the file
)

// Value is what is published for one cell.
//
// Canonical forms: numbers are exact decimals with a point and no grouping;
// dates are ISO 8601; booleans true or false; years four digits; months
// "2026-03"; geopoints "lon,lat" as in Table Schema's default format.
type Value struct {
	Text   string
	Status Status
}

// Parse turns a cell into the value that is published. It is the single way
// there is: detection tries a column's cells with it and writers write what it
// returns, so the two can't disagree.
//
// A blank cell, an error and one of the field's missing words are Missing. A
// cell that does not fit the type is a Misfit with its text as it stands.
// Leading zeros never fit a number: dropping them would change what was
// written.
func (f Field) Parse(c Cell) Value {
	p := NewParser(f)
	return p.Parse(c)
}

// isMissing reports whether the trimmed text is one of the column's words for
// "no value".
func (f *Field) isMissing(s string) bool {
	for _, w := range f.MissingValues {
		if s == w {
			return true
		}
	}
	return false
}

// canonical returns the cell in the canonical form of the field's type; s is
// its text without outer blanks.
func (f *Field) canonical(c Cell, s string) (string, bool) {
	switch f.Type {
	case TypeInteger, TypeNumber:
		return f.number(c, s)
	case TypeBoolean:
		return f.boolean(c, s)
	case TypeDate:
		return f.date(c, s)
	case TypeDateTime:
		return f.dateTime(c, s)
	case TypeTime:
		return f.clock(c, s)
	case TypeYear:
		return year(c, s)
	case TypeYearMonth:
		return f.yearMonth(c, s)
	case TypeGeopoint:
		return f.geopoint(c, s)
	}
	return c.Text, true
}

// number reads integers and decimals. A workbook's number is exact already;
// text is read with the column's decimal and grouping marks.
func (f *Field) number(c Cell, s string) (string, bool) {
	whole := f.Type == TypeInteger
	switch c.Kind {
	case Number:
		return s, !whole || strings.IndexByte(s, '.') < 0
	case Text:
		style := NumberStyle{Decimal: f.DecimalChar, Group: f.GroupChar, Percent: f.Percent}
		text, ok := style.Parse(f.cutUnit(s))
		if !ok || whole && strings.IndexByte(text, '.') >= 0 {
			return "", false
		}
		return text, true
	}
	return "", false
}

// cutUnit cuts the field's unit from behind a number. A percent sign is none: it
// shifts the number.
func (f *Field) cutUnit(s string) string {
	n := len(s) - len(f.Unit)
	if f.Unit == "" || f.Unit == "%" || n < 1 || !strings.EqualFold(s[n:], f.Unit) {
		return s
	}
	return TrimSpace(s[:n])
}

// boolean reads true and false, or the pair of words in the field's format
// ("sí|no"), in any case and with or without their accents. A pair without a
// second word ("x|") leaves false to blank cells.
func (f *Field) boolean(c Cell, s string) (string, bool) {
	if c.Kind == Bool {
		return s, true
	}
	if c.Kind != Text && c.Kind != Number {
		return "", false
	}
	yes, no := f.words()
	switch {
	case sameWord(s, yes):
		return "true", true
	case no != "" && sameWord(s, no):
		return "false", true
	}
	return "", false
}

// sameWord reports whether s is the word in any case, as written with its
// accents or without.
func sameWord(s, word string) bool {
	return strings.EqualFold(s, word) || len(s)+1 == len(word) && strings.EqualFold(s, strings.Map(plainVowel, word))
}

// plainVowel drops the accent of the vowels that "sí" and "não" have.
func plainVowel(r rune) rune {
	switch r {
	case 'í':
		return 'i'
	case 'ã':
		return 'a'
	}
	return r
}

// year takes four digits that can be a year.
func year(c Cell, s string) (string, bool) {
	if c.Kind != Text && c.Kind != Number || len(s) != 4 || !allDigits(s) {
		return "", false
	}
	return s, s >= "1000" && s < "3000"
}

// geopoint reads "lon,lat", or "lat,lon" when the field's format says so. The
// two may stand apart by a comma, a semicolon or a blank; with a semicolon, or
// a comma and a blank, their decimal marks may be commas.
func (f *Field) geopoint(c Cell, s string) (string, bool) {
	if c.Kind != Text || len(s) > 80 {
		return "", false
	}
	a, b, mark, ok := cutPoint(strings.Trim(s, "()[]"))
	if !ok {
		return "", false
	}
	style := NumberStyle{Decimal: mark}
	a, okA := style.Parse(TrimSpace(a))
	b, okB := style.Parse(TrimSpace(b))
	if !okA || !okB || !strings.Contains(a, ".") || !strings.Contains(b, ".") {
		return "", false
	}
	if f.Format == "lat,lon" {
		a, b = b, a
	}
	if !within(a, 180) || !within(b, 90) {
		return "", false
	}
	return a + "," + b, true
}

// cutPoint cuts a point into its two parts and tells their decimal mark.
func cutPoint(s string) (a, b, mark string, ok bool) {
	mark = "."
	if !strings.Contains(s, ".") {
		mark = ","
	}
	separators := [...]string{";", ", ", ",", " "}
	for _, separator := range separators {
		if separator == "," && mark == "," {
			continue
		}
		if a, b, ok = strings.Cut(s, separator); ok {
			return a, b, mark, !strings.Contains(b, separator) || separator == " "
		}
	}
	return "", "", "", false
}

// within reports whether a canonical decimal lies in ±limit, by its whole part.
func within(s string, limit int) bool {
	s = strings.TrimPrefix(s, "-")
	n := 0
	for i := 0; i < len(s) && s[i] != '.'; i++ {
		if n = n*10 + int(s[i]-'0'); n > limit {
			return false
		}
	}
	return true
}

// TrimSpace cuts blanks of every width from both ends, the no-break and
// zero-width ones that spreadsheets and web pages leave included.
func TrimSpace(s string) string {
	for len(s) > 0 && (s[0] > ' ' && s[0] < 0x7f) && (s[len(s)-1] > ' ' && s[len(s)-1] < 0x7f) {
		return s
	}
	return strings.TrimFunc(s, isSpace)
}

// isSpace reports whether r shows nothing.
func isSpace(r rune) bool {
	switch {
	case r <= ' ', r == 0x7f, r == 0x85, r == 0xa0:
		return true
	case r >= 0x2000 && r <= 0x200f, r == 0x2028, r == 0x2029, r == 0x202f:
		return true
	case r == 0x205f, r == 0x2060, r == 0x3000, r == 0xfeff:
		return true
	}
	return false
}

// allDigits reports whether s is one or more ASCII digits.
func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
