package check

import (
	"regexp"
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// address finds an e-mail address inside a value, dot-atom form of RFC 5322
// with a domain of at least two labels; quoted local parts do not occur in
// office files.
var address = regexp.MustCompile(`[A-Za-z0-9._%+\-]+@[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}`)

// officeWords are the local parts of addresses that belong to a desk, not to
// a person.
var officeWords = words("info informacion contacto contact transparencia mesadepartes mesa tramite atencion ciudadano webmaster admin " +
	"administracion alcaldia municipalidad municipio secretaria rrhh compras contabilidad tesoreria presupuesto datos datosabiertos " +
	"soporte ayuda prensa comunicaciones ventas oficina recepcion contato ouvidoria noreply")

// findEmail returns the first address in a value, and whether it belongs to a
// desk.
func findEmail(text string) (found string, office bool) {
	if !strings.Contains(text, "@") {
		return "", false
	}
	found = address.FindString(text)
	if found == "" {
		return "", false
	}
	local, _, _ := strings.Cut(strings.ToLower(found), "@")
	first, _, _ := strings.Cut(strings.NewReplacer("_", ".", "-", ".").Replace(local), ".")
	return found, slices.Contains(officeWords, first)
}

// countries are the seven whose numbers are known here.
var countries = [...]string{"CR", "DO", "EC", "GT", "HN", "PE", "SV"}

// regionsOf returns the countries to try: the office's own, or all seven.
func regionsOf(country string) []string {
	if slices.Contains(countries[:], country) {
		return []string{country}
	}
	return countries[:]
}

// phoneShape says how a value could be a telephone number.
type phoneShape uint8

const (
	noPhone    phoneShape = iota
	plainPhone            // digits only
	writtenOut            // with a +, brackets or groups, as people write them
)

// shapeOfPhone looks at signs only: spaces, hyphens, brackets, a leading +, and
// 7 to 11 digits, or up to 15 behind a + (E.164). Only the first of several
// numbers in a cell is looked at.
func shapeOfPhone(text string) (number string, shape phoneShape) {
	if i := strings.IndexAny(text, "/;,"); i > 0 {
		text = text[:i]
	}
	text = strings.TrimSpace(text)
	digits, marks := 0, 0
	for i, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == '+' && i == 0, r == '(', r == ')', r == '-', r == ' ', r == '\u00a0':
			marks++
		default:
			return "", noPhone
		}
	}
	if digits < 7 || digits > 15 || digits > 11 && text[0] != '+' {
		return "", noPhone
	}
	if marks > 0 {
		return text, writtenOut
	}
	return text, plainPhone
}

// validPhone asks libphonenumber's metadata whether the number can exist in
// one of the regions; mobile says that it is a mobile one.
func validPhone(number string, regions []string) (valid, mobile bool) {
	for _, region := range regions {
		parsed, err := phonenumbers.Parse(number, region)
		if err != nil || !phonenumbers.IsValidNumberForRegion(parsed, region) {
			continue
		}
		if phonenumbers.GetNumberType(parsed) == phonenumbers.MOBILE {
			return true, true
		}
		valid = true
	}
	return valid, false
}
