package table

import (
	"strconv"
	"strings"
)

// maxName is how long a machine name gets, in bytes: PostgreSQL, which CKAN's
// datastore uses, cuts names at 63; some room is left for numbering.
const maxName = 56

// yearWord keeps año from losing its tilde to an unfortunate word.
var yearWord = strings.NewReplacer("año", "anio", "an\u0303o", "anio")

// Lower puts a text in lower case on its way to a name without accents: año
// becomes anio, so that losing the tilde does not make another word of it.
func Lower(text string) string { return yearWord.Replace(strings.ToLower(text)) }

// MachineName makes [a-z0-9_] of a title; a name that would start with a digit
// gets a letter, since most programs need one. It is empty where the title has
// no letter and no digit.
func MachineName(title string) string {
	var b strings.Builder
	gap := false
	for _, c := range Lower(title) {
		c = BareLetter(c)
		if c >= 0x300 && c <= 0x36f { // an accent that stands by itself
			continue
		}
		if c == '%' {
			if b.Len() > 0 {
				b.WriteByte('_')
			}
			b.WriteString("pct")
			gap = true
			continue
		}
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(c)
			continue
		}
		gap = true
	}
	name := b.String()
	if len(name) > maxName {
		name = name[:maxName]
		if at := strings.LastIndexByte(name, '_'); at > maxName/2 {
			name = name[:at]
		}
	}
	if name != "" && name[0] >= '0' && name[0] <= '9' {
		name = "c_" + name
	}
	return strings.Trim(name, "_")
}

// FreeName is a name that none of those taken has, and takes it: base, or base
// with a number from 2 on behind a joint. An empty base stays empty.
func FreeName(taken map[string]bool, base, joint string) string {
	name := base
	for n := 2; base != "" && taken[name]; n++ {
		name = base + joint + strconv.Itoa(n)
	}
	taken[name] = true
	return name
}

// BareLetter takes the accent off a small letter of the region's languages.
func BareLetter(r rune) rune {
	switch r {
	case 'á', 'à', 'â', 'ã', 'ä':
		return 'a'
	case 'é', 'è', 'ê', 'ë':
		return 'e'
	case 'í', 'ì', 'î', 'ï':
		return 'i'
	case 'ó', 'ò', 'ô', 'õ', 'ö':
		return 'o'
	case 'ú', 'ù', 'û', 'ü':
		return 'u'
	case 'ñ':
		return 'n'
	case 'ç':
		return 'c'
	}
	return r
}
