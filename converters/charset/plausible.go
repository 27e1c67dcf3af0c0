package charset

import (
	"strings"
	"unicode"
)

// The characters above ASCII that tables of the region hold, by how much each
// speaks for the encoding that yields it. Letters come from letter counts of
// Spanish, Portuguese and French; signs from headers and notes.
const (
	commonLetters = "áéíóúñãçõâêôà"
	rareLetters   = "üèëïîûùœòìäöåø"
	commonSigns   = "°ºª€¿¡–“”’«»·…²³—‘§£®©½¼±´"
)

// fit says how well r stands between its neighbours, from -12 for what no
// text holds to 6 for an accented letter inside a word of its own case.
func fit(r, before, after rune) int {
	low := unicode.ToLower(r)
	switch {
	case r == unicode.ReplacementChar || unicode.IsControl(r):
		return -12
	case strings.ContainsRune(commonLetters, low):
		if strings.ContainsRune("êôãõç", low) && !unicode.IsLetter(before) {
			return letterFit(r, before, after, 2) // no word of the region opens so
		}
		if low == 'ç' && unicode.IsLetter(after) && !strings.ContainsRune("aeiouáéíóúãõâêô", unicode.ToLower(after)) {
			return -3
		}
		return letterFit(r, before, after, 6)
	case strings.ContainsRune(rareLetters, low):
		return letterFit(r, before, after, 2)
	case r == '\u00a0':
		return 1
	case strings.ContainsRune(commonSigns, r):
		return signFit(r, before, after)
	case unicode.IsLetter(r):
		return -4
	}
	return -5
}

// letterFit weighs a letter by its neighbours' case: a capital between small
// letters is how a wrong page shows itself.
func letterFit(r, before, after rune, weight int) int {
	left, right := unicode.IsLetter(before), unicode.IsLetter(after)
	if !left && !right {
		if unicode.IsDigit(before) || unicode.IsDigit(after) {
			return -2
		}
		return weight / 3
	}
	if unicode.IsUpper(r) {
		if unicode.IsLower(before) || !left && !unicode.IsLetter(after) {
			return -weight
		}
		return weight - 1
	}
	upperSide := left && unicode.IsUpper(before) && right && unicode.IsUpper(after)
	if upperSide {
		return -weight
	}
	return weight
}

// signFit weighs a sign: between two letters it is nearly always a letter of
// another page. Ordinals, degrees and powers follow a digit or a letter.
func signFit(r, before, after rune) int {
	left, right := unicode.IsLetter(before), unicode.IsLetter(after)
	if left && right && r != '’' && r != '·' {
		return -6
	}
	switch r {
	case '°', 'º', 'ª', '²', '³':
		if unicode.IsDigit(before) || strings.ContainsRune("Nnmº", before) && before != 0 {
			return 4
		}
	case '¿', '¡', '«', '“', '‘':
		if right && !left {
			return 3
		}
		return -2
	case '»', '”', '’', '…':
		if left && !right || r == '’' {
			return 3
		}
		return 0
	case '–', '—', '€':
		return 2
	}
	return 0
}
