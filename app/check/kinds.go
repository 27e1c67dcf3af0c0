package check

import "strings"

// holder says whom an identifier names.
type holder uint8

const (
	person holder = iota
	entity        // a company or a public body
	either        // the number does not tell
)

// kind is one kind of identifier.
type kind struct {
	country string // ISO 3166-1 alpha-2
	name    string
	// chance is the share of random digits of the right length that pass,
	// measured over 100,000 draws. At 1 the values alone prove nothing.
	chance float64
	// words are the headers that name the kind, folded and without
	// stop words; see headerTokens.
	words []string
	// print is the usual printed form, 0 for a digit; "" if there is none.
	print string
	// digits is the usual number of digits, for a value that has lost its
	// leading zeros in a spreadsheet; 0 where the length varies.
	digits int
	// likely reports whether the compact number has the structure; verified
	// whether it also passes the check digit, where one exists.
	likely   func(compact string) bool
	verified func(compact string) bool
	holder   func(compact string) holder
	// lenient: the check digit is not binding, the structure is enough.
	lenient bool
}

// accepts reports whether the compact number is taken for one of this kind.
func (k *kind) accepts(compact string) bool {
	if !k.likely(compact) {
		return false
	}
	return k.lenient || k.verified(compact)
}

func always(h holder) func(string) holder { return func(string) holder { return h } }

// kinds is the catalogue, stricter kinds of a country first: a value belongs
// to the first that takes it. Rules: python-stdnum 2.2 (CR, DO, EC, GT NIT,
// PE, SV NIT), the weighted sum of the DUI and the module 11 of the CUI as
// published by idsv-js and stdnum-js, and the structure of Honduras' numbers,
// which have no public check digit.
var kinds = [...]kind{
	{country: "CR", name: "cedula_juridica", chance: 0.003, print: "0-000-000000", digits: 10,
		words:  []string{"cedula juridica", "ced juridica", "cedula", "ced"},
		likely: crJuridica, verified: crJuridica, holder: always(entity)},
	{country: "CR", name: "dimex", chance: 0.1, digits: 12,
		words:  []string{"dimex", "cedula residencia", "cedula", "ced"},
		likely: crDimex, verified: crDimex, holder: always(person)},
	{country: "CR", name: "cedula_fisica", chance: 1, print: "0-0000-0000", digits: 9,
		words:  []string{"cedula", "ced", "cedula fisica", "cedula identidad"},
		likely: crFisica, verified: crFisica, holder: always(person)},

	{country: "DO", name: "cedula", chance: 0.101, print: "000-0000000-0", digits: 11,
		words:  []string{"cedula", "ced", "cedula identidad"},
		likely: digitsOf(11), verified: luhn, holder: always(person)},
	{country: "DO", name: "rnc", chance: 0.099, print: "0-00-00000-0", digits: 9,
		words:  []string{"rnc"},
		likely: digitsOf(9), verified: doRNC, holder: always(entity)},

	{country: "EC", name: "ruc_publico", chance: 0.0003, digits: 13,
		words:  []string{"ruc"},
		likely: ecPublicLike, verified: ecPublic, holder: always(entity), lenient: true},
	{country: "EC", name: "ruc_privado", chance: 0.0003, digits: 13,
		words:  []string{"ruc"},
		likely: ecCompanyLike, verified: ecPrivate, holder: always(entity), lenient: true},
	{country: "EC", name: "ruc_natural", chance: 0.025, digits: 13,
		words:  []string{"ruc"},
		likely: ecNaturalLike, verified: ecNatural, holder: always(person)},
	{country: "EC", name: "cedula", chance: 0.018, print: "000000000-0", digits: 10,
		words:  []string{"cedula", "ced", "ci", "cedula identidad", "cedula ciudadania"},
		likely: digitsOf(10), verified: ecCedula, holder: always(person)},

	{country: "GT", name: "cui", chance: 0.0066, print: "0000 00000 0000", digits: 13,
		words:  []string{"cui", "dpi"},
		likely: digitsOf(13), verified: gtCUI, holder: always(person)},
	{country: "GT", name: "nit", chance: 0.091, digits: 0,
		words:  []string{"nit"},
		likely: gtNITLike, verified: gtNIT, holder: always(either)},

	{country: "HN", name: "rtn", chance: 0.0007, print: "0000-0000-000000", digits: 14,
		words:  []string{"rtn"},
		likely: hnRTN, verified: hnRTN, holder: hnRTNHolder},
	{country: "HN", name: "dni", chance: 0.0007, print: "0000-0000-00000", digits: 13,
		words:  []string{"dni", "identidad", "tarjeta identidad"},
		likely: hnDNI, verified: hnDNI, holder: always(person)},

	{country: "PE", name: "ruc", chance: 0.0043, digits: 11,
		words:  []string{"ruc"},
		likely: digitsOf(11), verified: peRUC, holder: peRUCHolder},
	{country: "PE", name: "dni", chance: 1, digits: 8,
		words:  []string{"dni", "documento nacional identidad"},
		likely: peDNILike, verified: peDNI, holder: always(person)},

	{country: "SV", name: "nit", chance: 0.03, print: "0000-000000-000-0", digits: 14,
		words:  []string{"nit"},
		likely: svNITLike, verified: svNIT, holder: always(either)},
	{country: "SV", name: "dui", chance: 0.1, print: "00000000-0", digits: 9,
		words:  []string{"dui"},
		likely: digitsOf(9), verified: svDUI, holder: always(person)},
}

// compactID takes the separators that people write out of an identifier and
// upper-cases a check letter. A value with other signs, a decimal point for
// one, is no identifier: ok is false. So is one longer than any identifier.
func compactID(raw string) (compact string, ok bool) {
	raw = withoutLabel(strings.TrimSpace(raw))
	if len(raw) > 24 {
		return "", false
	}
	groups := strings.FieldsFunc(raw, func(r rune) bool { return r == '-' || r == ' ' || r == '\u00a0' })
	// Costa Ricans leave out the zeros of each group: 1-613-584.
	if len(groups) == 3 && len(groups[0]) == 1 && len(groups[1]) < 5 && len(groups[2]) < 5 {
		return groups[0] + pad(groups[1], 4) + pad(groups[2], 4), allDigits(strings.Join(groups, ""))
	}
	compact = strings.ToUpper(strings.Join(groups, ""))
	if compact == "" {
		return "", false
	}
	last := compact[len(compact)-1]
	body := compact[:len(compact)-1]
	return compact, allDigits(body) && (last >= '0' && last <= '9' || last >= 'A' && last <= 'K')
}

// withoutLabel takes off a kind's name of at most five letters that is written
// before the number: "DNI 99999980", "RUC: 20…".
func withoutLabel(raw string) string {
	letters := 0
	for letters < len(raw) && letters < 6 && (raw[letters] >= 'A' && raw[letters] <= 'Z' || raw[letters] >= 'a' && raw[letters] <= 'z') {
		letters++
	}
	if letters < 2 || letters == 6 {
		return raw
	}
	return strings.TrimLeft(raw[letters:], ":.- ")
}

// printedAs reports whether a value is written in a pattern such as
// "0000-0000-00000", 0 standing for any digit.
func printedAs(raw, pattern string) bool {
	if pattern == "" || len(raw) != len(pattern) {
		return false
	}
	for i := range len(raw) {
		if pattern[i] == '0' {
			if raw[i] < '0' || raw[i] > '9' {
				return false
			}
		} else if raw[i] != pattern[i] {
			return false
		}
	}
	return true
}

func pad(s string, n int) string {
	if len(s) >= n {
		return s
	}
	return strings.Repeat("0", n-len(s)) + s
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// sameDigit reports whether a number repeats one digit; such numbers pass
// several check digits and stand for "unknown" in real files.
func sameDigit(s string) bool {
	return strings.Count(s, s[:1]) == len(s)
}

func digitsOf(n int) func(string) bool {
	return func(s string) bool { return len(s) == n && allDigits(s) && !sameDigit(s) }
}
