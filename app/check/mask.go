package check

import (
	"strings"
	"unicode"
)

// maskNumber keeps the first group of a written identifier or telephone
// number and hides the rest: 0801-****-*****. Without groups, or with a long
// or bracketed first one, the first two signs stay.
func maskNumber(raw string) string {
	raw = strings.TrimSpace(raw)
	keep := strings.IndexFunc(raw, func(r rune) bool { return r == '-' || r == ' ' || r == '\u00a0' })
	if keep < 1 || keep > 4 {
		keep = 2
	}
	return maskFrom(raw, keep)
}

// maskEmail keeps the first sign of the address and the domain.
func maskEmail(address string) string {
	local, domain, _ := strings.Cut(address, "@")
	return maskFrom(local, 1) + "@" + domain
}

// maskName keeps the first letter of each word.
func maskName(name string) string {
	parts := strings.Fields(name)
	for i, p := range parts {
		parts[i] = maskFrom(p, 1)
	}
	return strings.Join(parts, " ")
}

// maskFrom hides the letters and digits after the first keep signs.
func maskFrom(s string, keep int) string {
	var out strings.Builder
	for _, r := range s {
		if keep <= 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			r = '*'
		}
		keep--
		out.WriteRune(r)
	}
	return out.String()
}
