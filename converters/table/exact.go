package table

import (
	"strconv"
	"strings"
)

// SheetDigits is how many significant digits spreadsheets keep of a number
// (ECMA-376 part 1, 18.17.2.2, after the precision of a binary double). A
// decimal with more must be written as text there, or it changes.
const SheetDigits = 15

// SignificantDigits counts the digits of a canonical decimal from the first
// to the last that is not zero; 0 has none.
func SignificantDigits(s string) int {
	first, last, n := -1, -1, 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			continue
		}
		if s[i] != '0' {
			if first < 0 {
				first = n
			}
			last = n
		}
		n++
	}
	if first < 0 {
		return 0
	}
	return last - first + 1
}

// Decimals counts the digits behind a canonical decimal's point.
func Decimals(s string) int {
	if i := strings.IndexByte(s, '.'); i >= 0 {
		return len(s) - i - 1
	}
	return 0
}

// FloatExact returns the binary double nearest to a canonical decimal. ok says
// that the decimal survives: the shortest decimal that gives the same double,
// which is what readers show, has the same value.
func FloatExact(s string) (f float64, ok bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, false
	}
	if SignificantDigits(s) <= SheetDigits {
		return f, true // every such decimal survives (IEEE 754, DBL_DIG)
	}
	return f, trimZeros(strconv.FormatFloat(f, 'f', -1, 64)) == trimZeros(s)
}

// trimZeros takes the zeros off the end of a fraction, and a bare point.
func trimZeros(s string) string {
	if strings.IndexByte(s, '.') < 0 {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Moment is a canonical date, time or both, taken apart. Days counts from
// 1970-01-01; Nanos is the time of day, past 24 hours for a long duration.
type Moment struct {
	Days  int64
	Nanos int64
}

// ParseDate takes a canonical date apart ("2026-03-31").
func ParseDate(s string) (Moment, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Moment{}, false
	}
	year, ok1 := digitsOf(s[:4])
	month, ok2 := digitsOf(s[5:7])
	day, ok3 := digitsOf(s[8:])
	if !ok1 || !ok2 || !ok3 || month < 1 || month > 12 || day < 1 || day > 31 {
		return Moment{}, false
	}
	return Moment{Days: daysSince1970(year, month, day)}, true
}

// ParseTime takes a canonical time apart ("10:41:00", "26:30:00.5").
func ParseTime(s string) (Moment, bool) {
	hour, rest, ok := strings.Cut(s, ":")
	if !ok || len(rest) < 5 || rest[2] != ':' || len(hour) > 6 {
		return Moment{}, false
	}
	h, ok1 := digitsOf(hour)
	m, ok2 := digitsOf(rest[:2])
	sec, ok3 := digitsOf(rest[3:5])
	if !ok1 || !ok2 || !ok3 {
		return Moment{}, false
	}
	nanos := ((h*60+m)*60 + sec) * 1e9
	if fraction := rest[5:]; fraction != "" {
		n, ok := digitsOf(fraction[1:])
		if fraction[0] != '.' || !ok || len(fraction) > 10 {
			return Moment{}, false
		}
		for i := len(fraction); i < 10; i++ {
			n *= 10
		}
		nanos += n
	}
	return Moment{Nanos: nanos}, true
}

// ParseDateTime takes a canonical date and time apart. One with a zone does
// not fit: no format but text keeps the zone as it was written.
func ParseDateTime(s string) (Moment, bool) {
	day, clock, ok := strings.Cut(s, "T")
	if !ok {
		return Moment{}, false
	}
	d, ok1 := ParseDate(day)
	c, ok2 := ParseTime(clock)
	return Moment{Days: d.Days, Nanos: c.Nanos}, ok1 && ok2
}

// digitsOf reads a run of ASCII digits.
func digitsOf(s string) (int64, bool) {
	var n int64
	if s == "" || len(s) > 17 {
		return 0, false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int64(s[i]-'0')
	}
	return n, true
}

// daysSince1970 counts days of the proleptic Gregorian calendar, by eras of
// 400 years that start on 1 March.
func daysSince1970(year, month, day int64) int64 {
	const since0000March = 719468 // days from 0000-03-01 to 1970-01-01
	if month <= 2 {
		year--
		month += 12
	}
	era := year / 400
	if year < 0 {
		era = (year - 399) / 400
	}
	yoe := year - era*400
	doe := yoe*365 + yoe/4 - yoe/100 + (153*(month-3)+2)/5 + day - 1
	return era*146097 + doe - since0000March
}
