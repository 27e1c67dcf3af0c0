package table

import (
	"strings"
	"unsafe"
)

// Parser is Field.Parse made ready for a long run of cells.
type Parser struct {
	field   Field
	way     way
	decimal byte // the marks of numbers, 0 for none and for those of several bytes
	group   byte
	yes, no string // the words of a boolean
}

// way is the short way for the texts that long columns of a type consist of.
// What it does not take is looked at closely.
type way uint8

const (
	closely  way = iota
	asIs         // the text is the value
	figures      // digits without a mark are the value
	decimals     // the decimal mark becomes a point, those between groups go
	days         // of dates
	words        // of booleans, as the format has them
)

// maxFigures are the digits of a number that every reader of the results takes
// as they stand.
const maxFigures = 15

// NewParser prepares a field.
func NewParser(f Field) Parser {
	p := Parser{field: f, decimal: oneByte(f.DecimalChar), group: oneByte(f.GroupChar)}
	switch f.Type {
	case TypeInteger, TypeNumber:
		whole := f.Type == TypeInteger
		switch {
		case f.Percent: // to be shifted
		case whole && f.GroupChar != "", !whole && f.DecimalChar != ".":
			p.way = decimals
		default:
			p.way = figures
		}
	case TypeDate:
		p.way = days
	case TypeBoolean:
		p.way = words
		p.yes, p.no = f.words()
	case TypeDateTime, TypeTime, TypeYear, TypeYearMonth, TypeGeopoint:
	default:
		p.way = asIs
	}
	return p
}

// oneByte returns a mark of one byte, else 0.
func oneByte(mark string) byte {
	if len(mark) != 1 {
		return 0
	}
	return mark[0]
}

// Parse is Field.Parse.
func (p *Parser) Parse(c Cell) Value {
	v, _ := p.AppendParse(nil, &c)
	return v
}

// AppendParse is Parse that spares allocations: a text that is not the cell's own
// may be appended to buf, and stays valid until buf is written anew.
func (p *Parser) AppendParse(buf []byte, c *Cell) (Value, []byte) {
	if c.Kind == Empty || c.Kind == Error {
		return Value{Status: Missing}, buf
	}
	s := c.Text
	if c.Kind == Text {
		s = TrimSpace(s)
		if s == "" || p.field.isMissing(s) {
			return Value{Status: Missing}, buf
		}
		from := len(buf)
		switch p.way {
		case asIs:
			return Value{Text: c.Text}, buf
		case figures:
			if len(s) <= maxFigures && (s[0] != '0' || len(s) == 1) && allDigits(s) {
				return Value{Text: s}, buf
			}
		case words:
			if s == p.yes {
				return Value{Text: "true"}, buf
			} else if s == p.no {
				return Value{Text: "false"}, buf
			}
		case decimals:
			if made, ok := p.appendDecimal(buf, s); ok {
				return Value{Text: unsafe.String(&made[from], len(made)-from)}, made
			}
		case days:
			if m, ok := p.field.moment(s, isoDay, moment.isDay); ok {
				made := m.appendDay(buf)
				return Value{Text: unsafe.String(&made[from], len(made)-from)}, made
			}
		}
	}
	text, ok := p.field.canonical(*c, s)
	if !ok {
		return Value{Text: c.Text, Status: Misfit}, buf
	}
	return Value{Text: text}, buf
}

// appendDecimal appends the exact decimal of a text of digits with the field's
// marks, a minus in front at most: what NumberStyle.Parse makes of it. It is not
// ok for all else.
func (p *Parser) appendDecimal(buf []byte, s string) ([]byte, bool) {
	from := 0
	if s[0] == '-' {
		from = 1
	}
	if from == len(s) || len(s) > 64 || s[from] == '0' && (from == 1 || from+1 < len(s) && isDigit(s[from+1])) {
		return buf, false
	}
	i := from
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	opening := i - from // digits before the first mark
	if opening == 0 {
		return buf, false
	}
	out := append(buf, s[:i]...)
	for i < len(s) && p.group != 0 && s[i] == p.group {
		if opening > 3 || s[from] == '0' || i+4 > len(s) || !allDigits(s[i+1:i+4]) {
			return buf, false
		}
		out = append(out, s[i+1:i+4]...)
		i += 4
	}
	switch {
	case i == len(s):
		return out, true
	case p.field.Type == TypeInteger || p.decimal == 0 || s[i] != p.decimal || !allDigits(s[i+1:]):
		return buf, false
	}
	out = append(out, '.')
	return append(out, s[i+1:]...), true
}

// isDigit reports whether b is an ASCII digit.
func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// words are those that a boolean's format pairs, true and false by default.
func (f *Field) words() (yes, no string) {
	yes, no, pair := strings.Cut(f.Format, "|")
	if !pair {
		return "true", "false"
	}
	return yes, no
}
