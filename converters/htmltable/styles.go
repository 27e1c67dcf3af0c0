package htmltable

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"chasqui/converters/numfmt"
)

// maxStyles bounds the style sheets of a page, in bytes.
const maxStyles = 1 << 20

// styles are the number formats that the classes of a page's style sheets give
// to cells: mso-number-format, as Excel and what imitates it write.
type styles map[string]cellFormat

// cellFormat is what a number format makes of a cell: the number by its format,
// or the text as it is shown.
type cellFormat struct {
	numfmt.Format
	text bool
}

var (
	styleRule    = regexp.MustCompile(`(?s)([^{}]*)\{([^{}]*)\}`)
	styleClass   = regexp.MustCompile(`\.([A-Za-z0-9_-]+)`)
	numberFormat = regexp.MustCompile(`(?i)mso-number-format\s*:\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^;}]*)`)
)

// add takes the classes of a style sheet.
func (s styles) add(sheet string) {
	for _, rule := range styleRule.FindAllStringSubmatch(sheet, -1) {
		f, ok := formatIn(rule[2])
		if !ok {
			continue
		}
		for _, class := range styleClass.FindAllStringSubmatch(rule[1], -1) {
			s[class[1]] = f
		}
	}
}

// of returns the format that one of a cell's classes gives it.
func (s styles) of(classes string) (cellFormat, bool) {
	for class := range strings.FieldsSeq(classes) {
		if f, ok := s[class]; ok {
			return f, true
		}
	}
	return cellFormat{}, false
}

// formatIn returns the number format among the properties of a style. General is
// none: it says nothing of a value.
func formatIn(style string) (cellFormat, bool) {
	found := numberFormat.FindStringSubmatch(style)
	if found == nil {
		return cellFormat{}, false
	}
	code := strings.TrimSpace(found[1])
	if n := len(code); n >= 2 && (code[0] == '"' || code[0] == '\'') && code[n-1] == code[0] {
		code = code[1 : n-1]
	}
	code = unescaped(code)
	f := cellFormat{numfmt.Named(code), code == "@"}
	return f, f.text || !f.IsPlain() || f.Hint != 0
}

// unescaped undoes the escapes of style sheets: a backslash before up to six
// hexadecimal digits, or before any other sign.
func unescaped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		n := 0
		for n < 6 && i+1+n < len(s) && strings.IndexByte("0123456789abcdefABCDEF", s[i+1+n]) >= 0 {
			n++
		}
		if n >= 4 { // Excel writes four or more; fewer digits are meant as they stand
			if r, err := strconv.ParseUint(s[i+1:i+1+n], 16, 32); err == nil && utf8.ValidRune(rune(r)) {
				b.WriteRune(rune(r))
			}
			i += n
			continue
		}
		i++
		b.WriteByte(s[i])
	}
	return b.String()
}
