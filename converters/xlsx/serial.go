package xlsx

import (
	"math"
	"strconv"

	"chasqui/converters/table"
)

// The serial numbers of dates (ECMA-376 part 1, 18.17.4.1).
const (
	maxSerial    = 2958466 // the day after 9999-12-31 in the 1900 system
	falseLeapDay = 60      // 29 February 1900, which never was
	offset1904   = 1462    // days between the two systems
	msPerDay     = 86400000
)

// appendMoment appends the date or time that a serial number shows under a
// format of the given class, and returns its kind. Number means that the
// serial is no moment there: negative, beyond the year 9999, day 0 or the false
// 29 February 1900.
func appendMoment(dst []byte, serial float64, f format, since1904 bool) ([]byte, table.Kind) {
	if math.IsNaN(serial) || serial < 0 || serial >= maxSerial {
		return dst, table.Number
	}
	ms := int64(math.Round(serial * msPerDay))
	if f.class == elapsedFormat || f.class == timeFormat && ms < msPerDay {
		return appendClock(dst, ms), table.Time
	}
	days, rest := ms/msPerDay, ms%msPerDay
	if since1904 {
		days += offset1904
	} else if days == falseLeapDay {
		return dst, table.Number
	} else if days < falseLeapDay {
		days++ // before the false day, serials lag one behind
	}
	if days < 2 { // day 0 of either system holds times only
		if f.class == dateTimeFormat && rest > 0 && days < 2 {
			return appendClock(dst, rest), table.Time
		}
		return dst, table.Number
	}
	dst = appendDay(dst, days)
	if rest == 0 && f.class == dateFormat {
		return dst, table.Date
	}
	return appendClock(append(dst, 'T'), rest), table.DateTime
}

// appendDay appends the date of a day counted from 1899-12-30, as ISO 8601. It
// follows the calendar by eras of 400 years that start on 1 March.
func appendDay(dst []byte, days int64) []byte {
	const since0000March = 693899 // days from 0000-03-01 to 1899-12-30
	z := days + since0000March
	era := z / 146097
	doe := z % 146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day := doy - (153*mp+2)/5 + 1
	month := mp + 3
	year := yoe + era*400
	if month > 12 {
		month -= 12
		year++
	}
	dst = appendPadded(dst, year, 4)
	dst = appendPadded(append(dst, '-'), month, 2)
	return appendPadded(append(dst, '-'), day, 2)
}

// appendClock appends milliseconds as hh:mm:ss with a fraction only if there
// is one; hours go on past 24.
func appendClock(dst []byte, ms int64) []byte {
	dst = appendPadded(dst, ms/3600000, 2)
	dst = appendPadded(append(dst, ':'), ms/60000%60, 2)
	dst = appendPadded(append(dst, ':'), ms/1000%60, 2)
	if ms%1000 != 0 {
		dst = appendPadded(append(dst, '.'), ms%1000, 3)
		for dst[len(dst)-1] == '0' {
			dst = dst[:len(dst)-1]
		}
	}
	return dst
}

// appendPadded appends n with leading zeros up to the width.
func appendPadded(dst []byte, n int64, width int) []byte {
	for limit, w := int64(10), 1; w < width; w++ {
		if n < limit {
			for ; w < width; w++ {
				dst = append(dst, '0')
			}
			break
		}
		limit *= 10
	}
	return strconv.AppendInt(dst, n, 10)
}

// appendNumber appends a stored number as an exact decimal: what has at most
// 15 digits, or is a whole number written out, as it stands; anything else as
// the shortest decimal that gives the same binary number. ok is false for what
// is no number.
func appendNumber(dst, raw []byte) (number []byte, ok bool) {
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
	v, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return dst, false
	}
	if v == 0 {
		return append(dst, '0'), true
	}
	return strconv.AppendFloat(dst, v, 'f', -1, 64), true
}
