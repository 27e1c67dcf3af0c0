package table

import (
	"strconv"
	"strings"
)

// maxDigits bounds the exact decimal that a text with an exponent expands to;
// beyond it lie no data but accidents such as the code "1E999".
const maxDigits = 330

// NumberStyle is how the numbers of a text column are written. Decimal and
// Group are marks as in Field; "" means the mark does not occur. A Group of
// " " stands for every blank, "'" for every apostrophe.
type NumberStyle struct {
	Decimal string
	Group   string
	Percent bool // every number carries a percent sign
}

// Parse reads a text number and returns it as an exact decimal: no grouping,
// no currency sign, a point, a minus in front for parentheses or a minus
// behind. Percentages are shifted by two digits, never divided. Leading zeros
// and groups that are not of three digits do not fit.
func (n NumberStyle) Parse(s string) (string, bool) {
	if !n.Percent && plainDecimal(s, n.Decimal) {
		return s, true
	}
	if len(s) > 64 {
		return "", false
	}
	core, negative, percent, ok := bare(s)
	if !ok || percent != n.Percent {
		return "", false
	}
	mantissa, exponent, ok := cutExponent(core)
	if !ok {
		return "", false
	}
	whole, fraction := mantissa, ""
	if n.Decimal != "" {
		if i := strings.LastIndex(mantissa, n.Decimal); i >= 0 {
			whole, fraction = mantissa[:i], mantissa[i+len(n.Decimal):]
			if !allDigits(fraction) {
				return "", false
			}
		}
	}
	whole, ok = ungroup(whole, n.Group)
	if !ok || whole == "" && fraction == "" {
		return "", false
	}
	if len(whole) > 1 && whole[0] == '0' {
		return "", false
	}
	if percent {
		exponent -= 2
	}
	return shift(whole, fraction, exponent, negative)
}

// plainDecimal reports whether s is canonical already: the usual case, which
// must cost nothing.
func plainDecimal(s, decimal string) bool {
	i, n := 0, len(s)
	if n > 0 && s[0] == '-' {
		i = 1
	}
	start := i
	for i < n && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == start || s[start] == '0' && i > start+1 || n > 2*maxDigits+3 {
		return false
	}
	if i == n {
		return s != "-0"
	}
	if s[i] != '.' || decimal != "." || s[0] == '-' && s[1] == '0' {
		return false
	}
	return allDigits(s[i+1:])
}

// bare strips signs, parentheses, currency marks and the percent sign. The mark
// stands inside the parentheses or, as accounting formats have it, before them.
func bare(s string) (core string, negative, percent, ok bool) {
	bracketed := func() bool {
		if !strings.HasPrefix(s, "(") || !strings.HasSuffix(s, ")") {
			return false
		}
		s, negative = TrimSpace(s[1:len(s)-1]), true
		return true
	}
	inside := bracketed()
	signs := 0
	sign := func() {
		if rest, minus, found := cutSign(s); found {
			s, negative, signs = rest, negative != minus, signs+1
		}
	}
	sign()
	marked := false
	if mark := currencyPrefix(s); mark > 0 {
		s, marked = TrimSpace(s[mark:]), true
		sign()
		if !inside && signs == 0 {
			bracketed()
		}
	}
	if strings.HasSuffix(s, "%") {
		s, percent = TrimSpace(s[:len(s)-1]), true
	}
	if mark := currencySuffix(s); mark > 0 && !marked && !percent {
		s = TrimSpace(s[:len(s)-mark])
	}
	if strings.HasSuffix(s, "-") && signs == 0 {
		s, negative, signs = s[:len(s)-1], !negative, 1
	}
	return s, negative, percent, signs <= 1 && s != ""
}

// cutSign cuts a plus, a hyphen-minus or a true minus from the front.
func cutSign(s string) (rest string, minus, found bool) {
	for _, m := range [...]string{"-", "−", "–", "+"} {
		if strings.HasPrefix(s, m) {
			return TrimSpace(s[len(m):]), m != "+", true
		}
	}
	return s, false, false
}

// cutExponent splits "1,5E+06" into its mantissa and its exponent.
func cutExponent(s string) (mantissa string, exponent int, ok bool) {
	i := strings.IndexAny(s, "eE")
	if i < 0 {
		return s, 0, true
	}
	exponent, err := strconv.Atoi(s[i+1:])
	return s[:i], exponent, err == nil && exponent > -maxDigits && exponent < maxDigits
}

// ungroup takes the grouping marks out of a whole part: one to three digits,
// then groups of exactly three behind the same mark.
func ungroup(s, group string) (string, bool) {
	if s == "" || allDigits(s) {
		return s, true
	}
	if group == "" {
		return "", false
	}
	var digits [64]byte
	n, run, groups := 0, 0, 0
	for s != "" {
		if c := s[0]; c >= '0' && c <= '9' {
			digits[n] = c
			n, run, s = n+1, run+1, s[1:]
			continue
		}
		size := groupMark(s, group)
		if size == 0 || groups == 0 && (run == 0 || run > 3) || groups > 0 && run != 3 {
			return "", false
		}
		groups, run, s = groups+1, 0, s[size:]
	}
	if groups > 0 && run != 3 {
		return "", false
	}
	return string(digits[:n]), true
}

// groupMark returns the length in bytes of the grouping mark that s starts
// with, 0 when there is none.
func groupMark(s, group string) int {
	if strings.HasPrefix(s, group) {
		return len(group)
	}
	var kin [4]string
	switch group {
	case " ":
		kin = [4]string{"\u00a0", "\u202f", "\u2009", "\u2007"}
	case "'":
		kin = [4]string{"’", "´", "`", "‘"}
	default:
		return 0
	}
	for _, k := range kin {
		if strings.HasPrefix(s, k) {
			return len(k)
		}
	}
	return 0
}

// shift writes whole.fraction × 10^exponent as an exact decimal.
func shift(whole, fraction string, exponent int, negative bool) (string, bool) {
	digits := whole + fraction
	point := len(whole) + exponent
	if point > maxDigits || len(fraction)-exponent > maxDigits {
		return "", false
	}
	if exponent != 0 { // as written, a fraction keeps its zeros; shifted ones are ours to drop
		for len(digits) > point && len(digits) > 1 && digits[len(digits)-1] == '0' {
			digits = digits[:len(digits)-1]
		}
	}
	var b strings.Builder
	if negative && strings.Trim(digits, "0") != "" {
		b.WriteByte('-')
	}
	switch {
	case point <= 0:
		if strings.Trim(digits, "0") == "" && exponent != 0 {
			return "0", true
		}
		b.WriteString("0.")
		b.WriteString(strings.Repeat("0", -point))
		b.WriteString(digits)
	case point >= len(digits):
		all := strings.TrimLeft(digits+strings.Repeat("0", point-len(digits)), "0")
		if all == "" {
			all = "0"
		}
		b.WriteString(all)
	default:
		head := strings.TrimLeft(digits[:point], "0")
		if head == "" {
			head = "0"
		}
		b.WriteString(head)
		b.WriteByte('.')
		b.WriteString(digits[point:])
	}
	return b.String(), true
}

// currencyMarks are the signs and abbreviations of money that stand before or
// after amounts in the region, longer ones first.
var currencyMarks = [...]string{
	"US$", "RD$", "MX$", "USD", "EUR", "PEN", "CLP", "COP", "ARS", "BRL", "GTQ", "HNL", "UYU", "MXN", "BOB", "CRC",
	"R$", "C$", "G$", "S/.", "S/", "B/.", "Bs.", "Bs", "Gs.", "Gs", "Q.", "L.", "$", "€", "₡", "₲", "£", "¥", "Q", "L",
}

// CurrencyMark returns the sign of money in a text number, "" when there is
// none. A column with two of them is no column of numbers.
func CurrencyMark(s string) string {
	s = strings.TrimLeft(TrimSpace(s), "(-+ ")
	if n := currencyPrefix(s); n > 0 {
		return s[:n]
	}
	s = strings.TrimRight(s, ")- ")
	if n := currencySuffix(s); n > 0 {
		return s[len(s)-n:]
	}
	return ""
}

// currencyPrefix returns the length of the mark that s starts with. A mark of
// letters needs a blank, or an amount with marks of its own, behind it: "Q1"
// and "L5" are codes.
func currencyPrefix(s string) int {
	if s == "" || s[0] >= '0' && s[0] <= '9' {
		return 0
	}
	for _, m := range currencyMarks {
		if len(s) <= len(m) || lower(s[0]) != lower(m[0]) || !strings.EqualFold(s[:len(m)], m) {
			continue
		}
		rest := s[len(m):]
		if isLetter(m[len(m)-1]) && TrimSpace(rest) == rest && !strings.ContainsAny(rest, ".,") {
			continue
		}
		if r := strings.TrimLeft(TrimSpace(rest), "-+("); r != "" && (r[0] >= '0' && r[0] <= '9' || r[0] == '.' || r[0] == ',') {
			return len(m)
		}
	}
	return 0
}

// currencySuffix returns the length of the mark that s ends with.
func currencySuffix(s string) int {
	if s == "" || s[len(s)-1] >= '0' && s[len(s)-1] <= '9' {
		return 0
	}
	for _, m := range currencyMarks {
		if len(m) == 1 && isLetter(m[0]) || len(s) <= len(m) || lower(s[len(s)-1]) != lower(m[len(m)-1]) || !strings.EqualFold(s[len(s)-len(m):], m) {
			continue
		}
		if r := TrimSpace(s[:len(s)-len(m)]); r != "" && r[len(r)-1] >= '0' && r[len(r)-1] <= '9' {
			return len(m)
		}
	}
	return 0
}

// isLetter reports whether c is an ASCII letter.
func isLetter(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z'
}
