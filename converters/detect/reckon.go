package detect

import (
	"strconv"

	"chasqui/converters/table"
)

// powers of ten that a float holds exactly.
func power(n int) float64 {
	return [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}[n]
}

// reckon reads a number of whatever style for adding up, 0 when it is none. It
// decides nothing that is published.
func reckon(s string) float64 {
	if v, ok := reckonPlain(s); ok {
		return v
	}
	if v, err := strconv.ParseFloat(s, 64); err == nil {
		return v
	}
	if s == "" || s[len(s)-1] > '9' && s[len(s)-1] < 0x80 && s[len(s)-1]|0x20 >= 'a' || !looksFigure(s) {
		return 0
	}
	for _, style := range numberStyles() {
		if text, ok := style.Parse(table.TrimSpace(s)); ok {
			v, _ := strconv.ParseFloat(text, 64)
			return v
		}
	}
	return 0
}

// reckonPlain reads digits with a minus in front and one point or comma inside
// at most, which nearly all figures are. Up to 15 digits the quotient is the
// float nearest to the decimal.
func reckonPlain(s string) (float64, bool) {
	i, mantissa, mark := 0, 0, -1
	if s != "" && s[0] == '-' {
		i = 1
	}
	if n := len(s) - i; n < 1 || n > 15 || s[i] < '0' || s[i] > '9' || n > 1 && s[i] == '0' && s[i+1] != '.' && s[i+1] != ',' {
		return 0, false
	}
	for ; i < len(s); i++ {
		c := s[i]
		if c >= '0' && c <= '9' {
			mantissa = mantissa*10 + int(c-'0')
			continue
		}
		if c != '.' && c != ',' || mark >= 0 || i == len(s)-1 {
			return 0, false
		}
		mark = i
	}
	v := float64(mantissa)
	if mark >= 0 {
		v /= power(len(s) - 1 - mark)
	}
	if s[0] == '-' {
		v = -v
	}
	return v, true
}
