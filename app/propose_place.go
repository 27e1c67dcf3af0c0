package app

import (
	"slices"
	"strings"

	"chasqui/app/describe"
	"chasqui/converters/table"
)

// where finds out which place a table's rows are of: from codes of the
// country's own list, or from names.
type where struct {
	country string
	codes   int    // column of codes, -1 for none
	names   int    // column of names of the first level, -1
	inner   [2]int // columns of the levels below, the smaller first, -1
	inside  [2]string
	several [2]bool
	found   map[string]describe.Place
	stray   bool // a value that is no known place
}

// codeColumns are the names of columns with codes of a country's own list.
var codeColumns = map[string]string{
	"ubigeo": "PE", "cod_ubigeo": "PE", "codigo_ubigeo": "PE", "dpa": "EC", "cod_dpa": "EC", "codigo_dpa": "EC",
	"dpa_parroq": "EC", "dpa_canton": "EC", "dpa_provin": "EC", "dta": "CR", "codigo_dta": "CR", "cod_dta": "CR", "codpcd": "CR",
}

// upperLevel is what the countries call their first level.
var upperLevel = map[string]string{
	"CR": "provincia", "DO": "provincia", "EC": "provincia", "GT": "departamento", "HN": "departamento", "PE": "departamento", "SV": "departamento",
}

func newWhere(fields []table.Field, country string) *where {
	w := &where{country: strings.ToUpper(country), codes: -1, names: -1, inner: [2]int{-1, -1}, found: map[string]describe.Place{}}
	called := func(names ...string) int {
		return slices.IndexFunc(fields, func(f table.Field) bool { return slices.Contains(names, f.Name) })
	}
	for i, f := range fields {
		if of, ok := codeColumns[f.Name]; ok && (w.country == "" || w.country == of) {
			w.country, w.codes = of, i
			break
		}
	}
	level := upperLevel[w.country]
	if level == "" {
		w.names = called("departamento", "provincia")
	} else {
		w.names = called(level)
	}
	switch w.country {
	case "PE":
		w.inner = [2]int{called("distrito"), called("provincia")}
	case "EC":
		w.inner = [2]int{called("parroquia"), called("canton")}
	case "CR":
		w.inner = [2]int{called("distrito"), called("canton")}
	default:
		w.inner = [2]int{-1, called("municipio")}
	}
	return w
}

func (w *where) looks() bool { return w.codes >= 0 || w.names >= 0 }

func (w *where) add(values []table.Value) {
	for i, col := range w.inner {
		if col < 0 || values[col].Text == "" || w.several[i] {
			continue
		}
		switch w.inside[i] {
		case "":
			w.inside[i] = strings.Clone(values[col].Text)
		case values[col].Text:
		default:
			w.several[i] = true
		}
	}
	if w.stray {
		return
	}
	switch {
	case w.codes >= 0 && values[w.codes].Text != "":
		w.take(w.placeOfCode(values[w.codes].Text))
	case w.names >= 0 && values[w.names].Text != "":
		w.take(describe.PlaceIn(values[w.names].Text, w.country))
	}
}

func (w *where) take(p describe.Place, ok bool) {
	if !ok {
		w.stray = true
		return
	}
	w.found[p.Code] = p
}

// placeOfCode reads the place from the head of a code; one that lost its first
// zero has an odd length, but in Costa Rica, where codes begin with one digit.
func (w *where) placeOfCode(code string) (describe.Place, bool) {
	head := 2
	if w.country == "CR" {
		head = 1
	} else if len(code)%2 == 1 {
		code = "0" + code
	}
	for _, p := range describe.Places(w.country) {
		if p.National != "" && len(code) >= head && p.National == code[:head] {
			return p, true
		}
	}
	return describe.Place{}, false
}

// place is the smallest area that holds all rows, in words that end in the
// ISO code: "San Miguel, La Mar, Ayacucho, Perú (PE-AYA)"; "" if it is not
// known.
func (w *where) place(lang string) string {
	if w.stray || len(w.found) == 0 {
		return ""
	}
	var only describe.Place
	countries := map[string]bool{}
	for _, p := range w.found {
		only = p
		countries[p.Country()] = true
	}
	if len(countries) > 1 {
		return ""
	}
	if len(w.found) > 1 {
		return countryName(only.Country(), lang)
	}
	var names []string
	for i, name := range w.inside {
		if name != "" && !w.several[i] && !only.Called(name) {
			names = append(names, properName(name))
		}
	}
	if w.several[1] { // a district of several provinces is not one
		names = nil
	}
	return strings.Join(append(names, placeWords(only, lang)), ", ")
}

// placeWords names a place with its country and its ISO code.
func placeWords(p describe.Place, lang string) string {
	return p.Name + ", " + countryName(p.Country(), lang) + " (" + p.Code + ")"
}

func countryName(country, lang string) string {
	t, _ := describe.TermOf(describe.CountryList, country)
	return t.Label.In(lang)
}

// placeOfOffice is an office's place in words: an ISO code or a name of the
// first level gets its country, all else stands as it is.
func placeOfOffice(place, country, lang string) string {
	if p, ok := describe.PlaceIn(place, country); ok && (p.Called(place) || strings.EqualFold(p.Code, strings.TrimSpace(place))) {
		return placeWords(p, lang)
	}
	return place
}
