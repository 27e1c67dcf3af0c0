package table

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// moment is what a date or time text says; parts it does not say are -1.
type moment struct {
	year, month, day, hour, minute, second int
	fraction                               string // with its point
	zone                                   string // "Z" or "+hh:mm", as written
	afternoon                              int    // 1 p.m., 0 a.m., -1 not said
}

// isoDay is how a date is written where its field has no format of its own.
const isoDay = "%Y-%m-%d"

// date reads a day. A workbook's date-time fits when its time is midnight.
func (f *Field) date(c Cell, s string) (string, bool) {
	switch c.Kind {
	case Date:
		return s, true
	case DateTime:
		return strings.CutSuffix(s, "T00:00:00")
	case Text, Number:
		m, ok := f.moment(s, isoDay, moment.isDay)
		if !ok {
			return "", false
		}
		return m.dayText(), true
	}
	return "", false
}

// dateTime reads a day with a time; a bare day counts as its midnight only
// when the workbook itself says that the cell is a date.
func (f *Field) dateTime(c Cell, s string) (string, bool) {
	switch c.Kind {
	case DateTime:
		return s, true
	case Date:
		return s + "T00:00:00", true
	case Text:
		m, ok := f.moment(s, "%Y-%m-%dT%H:%M:%S|%Y-%m-%d %H:%M:%S|%Y-%m-%dT%H:%M|%Y-%m-%d %H:%M", moment.isBoth)
		if !ok {
			return "", false
		}
		return m.dayText() + "T" + m.clockText() + m.zone, true
	}
	return "", false
}

// clock reads a time of day.
func (f *Field) clock(c Cell, s string) (string, bool) {
	switch c.Kind {
	case Time:
		return s, true
	case Text:
		m, ok := f.moment(s, "%H:%M:%S|%H:%M", moment.isClock)
		if !ok {
			return "", false
		}
		return m.clockText(), true
	}
	return "", false
}

// yearMonth reads a month of a year.
func (f *Field) yearMonth(c Cell, s string) (string, bool) {
	switch c.Kind {
	case Date:
		return strings.CutSuffix(s, "-01")
	case Text, Number:
		m, ok := f.moment(s, "%Y-%m", moment.isMonth)
		if !ok {
			return "", false
		}
		return m.dayText()[:7], true
	}
	return "", false
}

// moment reads s with the field's format; standard is what "default" means.
// Several patterns, separated by "|", are tried in their order until one gives
// what is valid.
func (f *Field) moment(s, standard string, valid func(moment) bool) (moment, bool) {
	patterns := f.Format
	if patterns == "" || patterns == "default" {
		patterns = standard
	}
	for patterns != "" {
		pattern, rest, _ := strings.Cut(patterns, "|")
		if m, ok := scanMoment(pattern, s); ok && valid(m) {
			return m, true
		}
		patterns = rest
	}
	return moment{}, false
}

// scanMoment matches s with one pattern. The directives are strptime's: %Y %y
// %m %d %b %B %H %M %S %p; %S also takes a fraction and a zone behind it.
// Day, month and hour may have one digit where the pattern separates them.
// What people write around the parts is read as well: see wording.go.
func scanMoment(pattern, s string) (moment, bool) {
	m := moment{year: -1, month: -1, day: 1, hour: -1, minute: -1, afternoon: -1}
	if strings.HasPrefix(pattern, "%d ") || strings.HasPrefix(pattern, "%B ") {
		s = cutWeekday(s)
	}
	for i := 0; i < len(pattern); i++ {
		if pattern[i] == '%' && i+1 < len(pattern) {
			i++
			fixed := i+1 < len(pattern) && pattern[i+1] == '%' || i > 2 && pattern[i-3] == '%'
			rest, ok := m.take(pattern[i], s, fixed)
			if !ok {
				return m, false
			}
			s = rest
			continue
		}
		rest, ok := cutBetween(pattern, i, s)
		if !ok {
			return m, false
		}
		s = rest
	}
	if m.hour >= 0 && m.afternoon < 0 {
		s = cutHours(s)
	}
	if m.afternoon >= 0 && (m.hour < 1 || m.hour > 12) {
		return m, false
	}
	if m.afternoon >= 0 {
		m.hour = m.hour%12 + 12*m.afternoon
	}
	return m, s == ""
}

// take reads one directive from the front of s. fixed asks for the full width,
// where no separator shows where the part ends.
func (m *moment) take(directive byte, s string, fixed bool) (rest string, ok bool) {
	least := 1
	if fixed {
		least = 2
	}
	switch directive {
	case 'Y':
		m.year, rest, ok = digits(s, 4, 4)
	case 'y':
		m.year, rest, ok = digits(s, 2, 2)
		if m.year += 1900; m.year < 1969 {
			m.year += 100
		}
	case 'm':
		m.month, rest, ok = digits(s, least, 2)
	case 'd':
		m.day, rest, ok = digits(s, least, 2)
		if ok && m.day == 1 {
			rest = cutOrdinal(rest)
		}
	case 'H':
		m.hour, rest, ok = digits(s, least, 2)
	case 'M':
		m.minute, rest, ok = digits(s, 2, 2)
	case 'S':
		return m.takeSecond(s)
	case 'b', 'B':
		m.month, rest = monthName(s)
		ok = m.month > 0
	case 'p':
		return m.takeHalf(s)
	}
	return rest, ok
}

// takeSecond reads the seconds with their fraction and the zone.
func (m *moment) takeSecond(s string) (string, bool) {
	second, rest, ok := digits(s, 2, 2)
	if !ok {
		return "", false
	}
	m.second = second
	if len(rest) > 1 && (rest[0] == '.' || rest[0] == ',') {
		n := 1
		for n < len(rest) && n <= 9 && rest[n] >= '0' && rest[n] <= '9' {
			n++
		}
		if strings.Trim(rest[1:n], "0") != "" {
			m.fraction = "." + strings.TrimRight(rest[1:n], "0")
		}
		rest = rest[n:]
	}
	if rest == "Z" || len(rest) == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':' && allDigits(rest[1:3]) && allDigits(rest[4:]) {
		m.zone, rest = rest, ""
	}
	return rest, true
}

// takeHalf reads a.m. and p.m. in the ways people and programs write them.
func (m *moment) takeHalf(s string) (string, bool) {
	word := strings.ToLower(strings.NewReplacer(".", "", " ", "", "\u00a0", "", "\u202f", "").Replace(s))
	switch word {
	case "am":
		m.afternoon = 0
	case "pm":
		m.afternoon = 1
	default:
		return "", false
	}
	return "", true
}

// digits reads least to most digits from the front of s.
func digits(s string, least, most int) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && i < most && s[i] >= '0' && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, s[i:], i >= least
}

// monthName reads a month's name or abbreviation in Spanish, Portuguese,
// English or French, with or without its point. 0 means there is none.
func monthName(s string) (month int, rest string) {
	var word [12]byte
	n, i := 0, 0
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		c := plainLetter(r)
		if c == 0 {
			break
		}
		if n == len(word) {
			return 0, s
		}
		word[n] = c
		n, i = n+1, i+size
	}
	if month = monthNumber(string(word[:n])); month == 0 {
		return 0, s
	}
	return month, strings.TrimPrefix(s[i:], ".")
}

// plainLetter folds a letter to lower case without its accent, 0 for others.
func plainLetter(r rune) byte {
	switch {
	case r >= 'a' && r <= 'z':
		return byte(r)
	case r >= 'A' && r <= 'Z':
		return byte(r) + 'a' - 'A'
	case r == 'ç' || r == 'Ç':
		return 'c'
	case r == 'é' || r == 'É':
		return 'e'
	case r == 'û' || r == 'Û':
		return 'u'
	}
	return 0
}

// monthNumber knows the names and the usual abbreviations.
func monthNumber(word string) int {
	switch word {
	case "enero", "ene", "janeiro", "jan", "january", "janvier", "janv":
		return 1
	case "febrero", "feb", "fevereiro", "fev", "february", "fevrier", "fevr":
		return 2
	case "marzo", "mar", "marco", "march", "mars":
		return 3
	case "abril", "abr", "april", "apr", "avril", "avr":
		return 4
	case "mayo", "may", "maio", "mai":
		return 5
	case "junio", "jun", "junho", "june", "juin":
		return 6
	case "julio", "jul", "julho", "july", "juillet", "juil":
		return 7
	case "agosto", "ago", "august", "aug", "aout":
		return 8
	case "septiembre", "setiembre", "sep", "sept", "set", "setembro", "september", "septembre":
		return 9
	case "octubre", "oct", "outubro", "out", "october", "octobre":
		return 10
	case "noviembre", "nov", "novembro", "november", "novembre":
		return 11
	case "diciembre", "dic", "dezembro", "dez", "december", "dec", "decembre":
		return 12
	}
	return 0
}

// isDay reports whether the moment names a day that exists.
func (m moment) isDay() bool {
	if m.year < 1000 || m.month < 1 || m.month > 12 || m.day < 1 {
		return false
	}
	last := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m.month-1]
	if m.month == 2 && m.year%4 == 0 && (m.year%100 != 0 || m.year%400 == 0) {
		last = 29
	}
	return m.day <= last
}

// isClock reports whether the moment names a time of day.
func (m moment) isClock() bool {
	return m.hour >= 0 && m.hour < 24 && m.minute >= 0 && m.minute < 60 && m.second < 60
}

// isBoth reports whether the moment names a day and a time of it.
func (m moment) isBoth() bool { return m.isDay() && m.isClock() }

// isMonth reports whether the moment names a month of a year.
func (m moment) isMonth() bool { return m.year >= 1000 && m.month >= 1 && m.month <= 12 }

// dayText writes the day as ISO 8601.
func (m moment) dayText() string { return string(m.appendDay(nil)) }

// appendDay appends the day as ISO 8601.
func (m moment) appendDay(buf []byte) []byte {
	return append(buf,
		byte('0'+m.year/1000), byte('0'+m.year/100%10), byte('0'+m.year/10%10), byte('0'+m.year%10), '-',
		byte('0'+m.month/10), byte('0'+m.month%10), '-', byte('0'+m.day/10), byte('0'+m.day%10))
}

// clockText writes the time as ISO 8601.
func (m moment) clockText() string {
	two := func(n int) string {
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
		return strconv.Itoa(n)
	}
	return two(m.hour) + ":" + two(m.minute) + ":" + two(m.second) + m.fraction
}

// lower folds an ASCII letter.
func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
