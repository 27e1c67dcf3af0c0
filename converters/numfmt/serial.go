package numfmt

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

// appendMoment appends the date or time that a serial number shows, and returns
// its kind. Number means that the serial is no moment there: negative, beyond
// the year 9999, day 0 or the false 29 February 1900.
func (f Format) appendMoment(dst []byte, serial float64, since1904 bool) ([]byte, table.Kind) {
	if math.IsNaN(serial) || serial < 0 || serial >= maxSerial {
		return dst, table.Number
	}
	ms := int64(math.Round(serial * msPerDay))
	if f.class == elapsed || f.class == clock && ms < msPerDay {
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
	if days >= maxSerial {
		return dst, table.Number
	}
	if days < 2 { // day 0 of either system holds times only
		if f.class == dateTime && rest > 0 {
			return appendClock(dst, rest), table.Time
		}
		return dst, table.Number
	}
	dst = appendDay(dst, days)
	if rest == 0 && f.class == date {
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
