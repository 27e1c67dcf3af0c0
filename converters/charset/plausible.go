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
	rareLetters   = "üëïîûùœ"
	// foreignLetters stand in names only.
	foreignLetters = "òìäöåø"
	commonSigns    = "°ºª€¿¡–“”’«»·…²³—‘§£®©½¼±´"
)

// fit says how well r stands between its neighbours, from -12 for what no
// text holds to 6 for an accented letter inside a word of its own case. start
// is what stands before the one before, end what stands behind the one after.
func fit(r, start, before, after, end rune) int {
	low := unicode.ToLower(r)
	switch {
	case r == unicode.ReplacementChar || unicode.IsControl(r):
		return -12
	case unicode.IsLower(r) && unicode.IsUpper(before) && unicode.IsUpper(start):
		return -6 // a small letter behind capitals
	case strings.ContainsRune(commonLetters, low):
		if low == 'õ' && unicode.ToLower(after) != 'e' {
			return letterFit(r, before, after, 0) // it stands in "ões" and "õe" only
		}
		if low == 'ú' && unicode.ToLower(before) == 'i' {
			return letterFit(r, before, after, 2) // as in "viúva"; "IÈRE" of a Macintosh looks so on a page of DOS
		}
		if low == 'ê' && unicode.ToLower(after) == 't' {
			return letterFit(r, before, after, 6) // être
		}
		if strings.ContainsRune("êôãõçâ", low) && !unicode.IsLetter(before) && before != '\'' && before != '’' {
			return letterFit(r, before, after, 2) // hardly a word of the region opens so
		}
		if low == 'ç' && !isCedilla(start, before, after) || low == 'ñ' && !isVowel(after) {
			return -3
		}
		if isMisplaced(low, unicode.ToLower(before), unicode.ToLower(after), end) {
			return letterFit(r, before, after, 1)
		}
		return letterFit(r, before, after, 6)
	case low == 'è':
		return letterFit(r, before, after, 4)
	case strings.ContainsRune("ëïü", low) && (isVowel(before) || low == 'ü' && unicode.ToLower(before) == 'g'):
		return letterFit(r, before, after, 5) // Noël, maïs, pingüino
	case strings.ContainsRune(rareLetters, low):
		return letterFit(r, before, after, 2)
	case strings.ContainsRune(foreignLetters, low):
		return letterFit(r, before, after, 1)
	case r == 'µ' && !unicode.IsLetter(before):
		if unicode.IsLetter(after) && !unicode.IsLetter(end) {
			return 6 // a unit: µg, µA
		}
		return 0
	case r == '\u00a0':
		if strings.ContainsRune(":!?»%€", after) || before == '«' { // how French sets them
			return 6
		}
		return 1
	case (r == '°' || r == 'º') && (before == 'n' || before == 'N') && !unicode.IsLetter(start):
		return 7 // the sign for a number, which no word of two letters outweighs
	case strings.ContainsRune(commonSigns, r):
		return signFit(r, start, before, after)
	case unicode.IsLetter(r):
		return -4
	}
	return -5
}

// isCedilla reports whether a c with a cedilla can stand so: before a vowel, and
// behind a vowel or a single consonant that follows one. "NÇO" and "PADRÇO" are
// "NÃO" and "PADRÃO" of DOS on a page of Windows.
func isCedilla(start, before, after rune) bool {
	if !isVowel(after) {
		return false
	}
	return isVowel(before) || isVowel(start) || !unicode.IsLetter(before)
}

// isMisplaced reports whether a letter with an accent hardly stands so in a word:
// "Gaâl" and "Moãse" are "Gaël" and "Moïse" of DOS on a page of a Macintosh.
func isMisplaced(r, before, after, end rune) bool {
	switch r {
	case 'à':
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	case 'ã':
		return unicode.IsLetter(after) && !strings.ContainsRune("oei", after) && (after != 's' || unicode.IsLetter(end))
	case 'â':
		return isVowel(before) && after != 'n' && after != 'm'
	case 'ê', 'ô':
		return before == 'a'
	}
	return false
}

func isVowel(r rune) bool {
	return strings.ContainsRune("aeiouáéíóúãõâêôà", unicode.ToLower(r))
}

// letterFit weighs a letter by its neighbours' case: a capital between small
// letters is how a wrong page shows itself.
func letterFit(r, before, after rune, weight int) int {
	left, right := unicode.IsLetter(before), unicode.IsLetter(after)
	if !left && !right {
		if unicode.IsDigit(before) || unicode.IsDigit(after) {
			return -2
		}
		if low := unicode.ToLower(r); low == 'à' || r == 'é' { // words of one letter
			return 4
		}
		return weight / 3
	}
	if unicode.IsUpper(r) {
		if unicode.IsLower(before) || !left && !unicode.IsLetter(after) {
			return -weight
		}
		return weight - 1
	}
	if unicode.IsUpper(after) && !unicode.IsLower(before) {
		return -weight
	}
	return weight
}

// signFit weighs a sign: between two letters it is nearly always a letter of
// another page. Ordinals, degrees and powers follow a digit or a letter.
func signFit(r, start, before, after rune) int {
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
		if right && !left || r == '«' && !left && after == ' ' {
			return 3
		}
		return -2
	case '’':
		if !unicode.IsLetter(start) && strings.ContainsRune("eéèêiuyh", unicode.ToLower(after)) && strings.ContainsRune("cdjlmnst", unicode.ToLower(before)) {
			return 7 // an elision: l’eau
		}
		return 3
	case '»', '”', '…':
		if left && !right || r == '»' && !right && before == ' ' {
			return 3
		}
		return 0
	case '–', '—', '€':
		return 2
	}
	return 0
}
