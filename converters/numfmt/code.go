package numfmt

import (
	"strings"
	"unicode/utf8"

	"chasqui/converters/table"
)

// Builtin returns the format of a number format without a code in the
// file (ECMA-376 part 1, 18.8.30). 27-36 and 50-58 are East Asian dates.
func Builtin(id int) Format {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 34 || id == 35 || id == 36, id >= 50 && id <= 58:
		return Format{class: date}
	case id >= 18 && id <= 21, id == 32 || id == 33, id == 45, id == 47:
		return Format{class: clock}
	case id == 22:
		return Format{class: dateTime}
	case id == 46:
		return Format{class: elapsed}
	case id == 9 || id == 10:
		return Format{Hint: table.Percent}
	}
	return Format{}
}

// Named returns a format by the name that SpreadsheetML and the pages of Excel
// give it, or by its code where it has none.
func Named(name string) Format {
	switch name {
	case "General", "General Number", "Fixed", "Standard", "Currency", "Euro Currency", "Scientific", "Yes/No", "True/False", "On/Off":
		return Format{}
	case "Percent":
		return Builtin(10)
	case "Short Date", "Medium Date", "Long Date":
		return Builtin(14)
	case "General Date":
		return Builtin(22)
	case "Short Time", "Medium Time", "Long Time":
		return Builtin(21)
	}
	return Parse(name)
}

// Parse reads a number format code: its first section that shows a number. What
// a section such as [=0]"-" says of some numbers is not what the column holds.
func Parse(code string) Format {
	for code != "" {
		var c codeReader
		rest := c.read(code)
		if c.shows() {
			return c.format()
		}
		code = rest
	}
	return Format{}
}

// place stands in a pattern for a digit.
const place = '\x00'

// codeReader collects what one section of a code holds.
type codeReader struct {
	days, hours, months, counting bool
	percent                       bool
	some                          bool            // a condition: other numbers are shown otherwise
	number                        bool            // digits stand for more than a fraction of seconds
	bound                         bool            // the digits are those of a number, not of a code
	places                        int             // zeros
	pattern                       strings.Builder // zeros and the signs between them
	lettered                      bool            // the pattern has more than signs before its zeros
	money                         string          // the sign of money
}

// read reads the section that code begins with and returns what follows it.
func (c *codeReader) read(code string) (rest string) {
	for i := 0; i < len(code); i++ {
		switch b := code[i]; b {
		case ';':
			return code[i+1:]
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				end = len(code) - i - 1
			}
			c.literal(code[i+1 : i+1+end])
			i += end + 1
		case '\\':
			if i++; i < len(code) {
				i += c.character(code[i:])
			}
		case '_', '*':
			i++
			c.bound = true
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				end = len(code) - i
			}
			inside := strings.ToLower(code[i+1 : min(i+end, len(code))])
			if sign, _, _ := strings.Cut(code[i+1:min(i+end, len(code))], "-"); len(sign) > 1 && sign[0] == '$' {
				c.money = sign[1:]
			}
			c.some = c.some || inside != "" && strings.Contains("<=>", inside[:1])
			if inside != "" && strings.Trim(inside, inside[:1]) == "" && strings.Contains("hms", inside[:1]) {
				c.counting = true
				end += secondsFraction(code[min(i+end+1, len(code)):])
			}
			i += end
		default:
			i += c.sign(code[i:])
		}
	}
	return ""
}

// sign reads a letter or sign without quotes and returns how many more bytes
// belong to it.
func (c *codeReader) sign(code string) (more int) {
	switch code[0] {
	case 'y', 'Y', 'd', 'D', 'b', 'B':
		c.days = true
	case 'e', 'E':
		if len(code) > 1 && (code[1] == '+' || code[1] == '-') {
			c.bound = true
		} else {
			c.days = true
		}
	case 'g', 'G', 'r', 'R':
		if len(code) >= 7 && strings.EqualFold(code[:7], "general") {
			c.number, c.bound = true, true
			return 6
		}
	case 'h', 'H':
		c.hours = true
	case 's', 'S':
		c.hours = true
		return secondsFraction(code[1:])
	case 'm', 'M':
		c.months = true
	case 'a', 'A':
		return c.halfOrWeekday(code)
	case '%':
		c.percent = true
	case '0':
		c.places++
		c.number = true
		c.pattern.WriteByte(place)
	case '#', '?':
		c.number, c.bound = true, true
	case ',', '@', '.', '/':
		c.bound = true
	default:
		return c.character(code)
	}
	return 0
}

// character notes the first one of code as it stands and returns how many more
// bytes it has.
func (c *codeReader) character(code string) (more int) {
	_, size := utf8.DecodeRuneInString(code)
	c.literal(code[:size])
	return size - 1
}

// halfOrWeekday reads AM/PM, A/P or the weekday aaa; a year is written aaaa by
// programs that take the letter from their language.
func (c *codeReader) halfOrWeekday(code string) (more int) {
	for _, half := range [...]string{"am/pm", "a/p"} {
		if len(code) >= len(half) && strings.EqualFold(code[:len(half)], half) {
			c.hours = true
			return len(half) - 1
		}
	}
	if len(code) >= 3 && strings.EqualFold(code[:3], "aaa") {
		c.days = true
		return 2
	}
	c.literal(code[:1])
	return 0
}

// literal notes text that the format shows beside the digits.
func (c *codeReader) literal(s string) {
	if mark := table.CurrencyMark(s + " 1"); mark != "" {
		c.money = mark
	}
	if strings.Trim(s, "-./ ()+:") != "" {
		c.lettered = true
		c.bound = c.bound || c.places > 0 || strings.ContainsAny(s, "$€£%")
	}
	c.pattern.WriteString(s)
}

// secondsFraction returns the length of the fraction, .000, that code begins
// with.
func secondsFraction(code string) int {
	if code == "" || code[0] != '.' && code[0] != ',' {
		return 0
	}
	n := 1
	for n < len(code) && code[n] == '0' {
		n++
	}
	if n == 1 {
		return 0
	}
	return n
}

// shows reports whether the section shows a number at all.
func (c *codeReader) shows() bool {
	return c.days || c.hours || c.months || c.counting || c.number
}

// format makes a format of what the section holds. Digits beside the letters of
// a date make it a number with a unit, as in Bs 0.00.
func (c *codeReader) format() Format {
	switch {
	case c.number && c.percent:
		return Format{Hint: table.Percent}
	case c.number && !c.bound && !c.days && !c.hours && !c.months && (c.places > 2 || c.places == 2 && !c.lettered):
		return Format{class: zeros, pattern: c.pattern.String(), some: c.some}
	case c.number:
		return Format{Money: c.money}
	case c.counting:
		return Format{class: elapsed}
	case c.days && c.hours:
		return Format{class: dateTime}
	case c.hours:
		return Format{class: clock}
	}
	return Format{class: date}
}
