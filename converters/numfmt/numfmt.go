// Package numfmt is a leaf that the readers of spreadsheets share: what a
// number format code makes of a stored number (a date, a time, a percentage, a
// code with leading zeros), and how a number is written as an exact decimal.
//
// Start with Parse or Builtin, then Format.Append.
package numfmt

import (
	"math"
	"strconv"
	"strings"

	"chasqui/converters/table"
)

// class is what a number format makes of a number.
type class uint8

const (
	plain class = iota
	date
	clock
	dateTime
	elapsed // [h]:mm and its kin: hours count on past 24
	zeros   // 000000: the zeros shown belong to a code
)

// Format is what a reader keeps of a cell's number format. The zero value is
// General.
type Format struct {
	// Hint is table.Percent where the format shows a percentage; a reader may
	// add what else the cell's style tells.
	Hint table.Hint
	// Money is the sign of money that the format shows beside the number, "" for
	// none.
	Money   string
	class   class
	pattern string // of zeros: places and the signs around them
	some    bool   // of zeros: numbers with more digits are shown otherwise
}

// IsPlain reports whether numbers stay numbers under the format.
func (f Format) IsPlain() bool { return f.class == plain }

// ShowsClock reports whether moments are shown with their time of day.
func (f Format) ShowsClock() bool {
	return f.class == clock || f.class == dateTime || f.class == elapsed
}

// Append appends what the number v is under the format, and its kind. since1904
// says which day is 0. kept is true where the format asks for a date that the
// calendar lacks (day 0, the false 29 February 1900, beyond 9999) and the
// number was kept. What is no finite number appends nothing and is Empty.
func (f Format) Append(dst []byte, v float64, since1904 bool) (out []byte, kind table.Kind, kept bool) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return dst, table.Empty, false
	}
	switch f.class {
	case plain:
	case zeros:
		var scratch [32]byte
		if shown, ok := appendZeros(dst, AppendFloat(scratch[:0], v), f); ok {
			return shown, table.Text, false
		}
	default:
		if out, kind = f.appendMoment(dst, v, since1904); kind != table.Number {
			return out, kind, false
		}
		kept = true
	}
	return AppendFloat(dst, v), table.Number, kept
}

// AppendStored appends what a number stored as text is under the format, as
// Append does; digits that need no binary number stay as they stand. ok is
// false, and nothing is appended, for what is no number.
func (f Format) AppendStored(dst, raw []byte, since1904 bool) (out []byte, kind table.Kind, kept, ok bool) {
	from := len(dst)
	if out, ok = AppendDecimal(dst, raw); !ok {
		return dst, table.Empty, false, false
	}
	switch f.class {
	case plain:
	case zeros:
		var scratch [32]byte
		if shown, ok := appendZeros(out[:from], append(scratch[:0], out[from:]...), f); ok {
			return shown, table.Text, false, true
		}
	default:
		v, err := strconv.ParseFloat(string(out[from:]), 64)
		if err != nil {
			break
		}
		if moment, kind := f.appendMoment(out[:from], v, since1904); kind != table.Number {
			return moment, kind, false, true
		}
		kept = true
	}
	return out, table.Number, kept, true
}

// AppendFloat appends the shortest exact decimal of a finite number.
func AppendFloat(dst []byte, v float64) []byte {
	if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
		return strconv.AppendInt(dst, int64(v), 10)
	}
	return strconv.AppendFloat(dst, v, 'f', -1, 64)
}

// AppendDecimal appends a number stored as text as an exact decimal: what has
// at most 15 digits, or is a whole number written out, as it stands; anything
// else as the shortest decimal that gives the same binary number. ok is false
// for what is no number.
func AppendDecimal(dst, raw []byte) (number []byte, ok bool) {
	i, n := 0, len(raw)
	if n > 0 && raw[0] == '-' {
		i = 1
	}
	digits, point := 0, -1
	first := i
	for ; i < n; i++ {
		if c := raw[i]; c >= '0' && c <= '9' {
			digits++
		} else if c == '.' && point < 0 && i > first {
			point = i
		} else {
			break
		}
	}
	simple := i == n && digits > 0 && (raw[first] != '0' || digits == 1 || point == first+1)
	switch {
	case simple && point < 0:
		if digits == 1 && raw[first] == '0' {
			return append(dst, '0'), true
		}
		return append(dst, raw...), n <= 400
	case simple && digits <= 15 && point < n-1 && raw[n-1] != '0' && point > 0:
		return append(dst, raw...), true
	}
	for ; i < n; i++ { // no hexadecimal, no words such as inf
		if c := raw[i]; (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c|0x20 != 'e' {
			return dst, false
		}
	}
	v, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || math.IsInf(v, 0) {
		return dst, false
	}
	return AppendFloat(dst, v), true
}

// appendZeros appends a whole number as the pattern shows it: digits from the
// right, zeros where there are none, more digits than places before the first,
// the pattern's own signs kept. ok is false when the number has a sign, a
// fraction or more digits than a section with a condition is for.
func appendZeros(dst, number []byte, f Format) (shown []byte, ok bool) {
	for _, c := range number {
		if c < '0' || c > '9' {
			return dst, false
		}
	}
	extra := len(number) - strings.Count(f.pattern, string(place))
	if extra > 0 && f.some {
		return dst, false
	}
	for i := range len(f.pattern) {
		switch {
		case f.pattern[i] != place:
			dst = append(dst, f.pattern[i])
			continue
		case extra < 0:
			dst = append(dst, '0')
			extra++
			continue
		}
		dst = append(dst, number[:1+extra]...)
		number, extra = number[1+extra:], 0
	}
	return dst, true
}
