package describe

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"chasqui/assets/vocabularies"
)

// Text is one thing said in several languages: language (ISO 639-1) to words.
type Text map[string]string

// In returns the words in a language; where it has none, in Spanish.
func (t Text) In(lang string) string {
	if s := t[lang]; s != "" {
		return s
	}
	return t["es"]
}

// The names of the shared vocabularies. The first three are also the keys that
// choose from them.
const (
	ThemeList        = "theme"         // EU Data Theme, the regional profile's labels in Spanish
	FrequencyList    = "frequency"     // EU Frequency; Notation is the ISO 8601 interval of data.json
	AccessRightsList = "access_rights" // EU Access Right; Notation is data.json's word
	LanguageList     = "language"      // by ISO 639-1, IRIs of EU Language; Notation is ISO 639-3
	FileTypeList     = "file_type"     // EU File Type; Notation is the media type
	CountryList      = "country"       // the seven, by ISO 3166-1; Notation is the three letters
	AvailabilityList = "availability"  // EU Planned Availability
)

// Lists are the names of the shared vocabularies.
var Lists = [...]string{ThemeList, FrequencyList, AccessRightsList, LanguageList, FileTypeList, CountryList, AvailabilityList}

// Term is one entry of a vocabulary. Same is the code of the shared
// vocabulary's entry that means the same, for terms of a profile's own list.
type Term struct {
	Code     string `json:"code"`
	IRI      string `json:"iri,omitempty"`
	Notation string `json:"notation,omitempty"`
	Same     string `json:"same,omitempty"`
	Label    Text   `json:"label"`
}

// License is a licence. ID is lower case as licenses.opendefinition.org writes
// it, CKAN its id at the portal; EU is its IRI in the EU Licence table, which
// quality assessments look up; Addresses are others under which it is known.
type License struct {
	ID        string   `json:"id"`
	Title     string   `json:"title,omitempty"` // its name, the same in every language
	CKAN      string   `json:"ckan,omitempty"`
	URL       string   `json:"url,omitempty"`
	Addresses []string `json:"addresses,omitempty"`
	Aliases   []string `json:"aliases,omitempty"`
	EU        string   `json:"eu,omitempty"`
	Open      bool     `json:"open"` // meets the Open Definition 2.1
	Label     Text     `json:"label,omitempty"`
}

// known reports whether id, in whatever case, names the licence.
func (l License) known(id string) bool {
	is := func(name string) bool { return name != "" && strings.EqualFold(name, id) }
	return is(l.ID) || is(l.CKAN) || slices.ContainsFunc(l.Aliases, is)
}

// Place is a province, department or region: the first administrative level
// of a country. Code is ISO 3166-2, National the number in the country's own
// list, with which the codes of its municipalities begin.
type Place struct {
	Code     string   `json:"code"`
	National string   `json:"national,omitempty"`
	Name     string   `json:"name"`
	Names    []string `json:"names,omitempty"` // others in use
}

// Country is the place's country, ISO 3166-1.
func (p Place) Country() string { return p.Code[:2] }

type shared struct {
	terms    map[string][]Term
	licenses []License
	places   []Place
}

// lists reads the embedded vocabularies once; a broken one is a defect that
// tests exclude.
var lists = sync.OnceValue(func() shared {
	s := shared{terms: map[string][]Term{}}
	for _, name := range Lists {
		var terms []Term
		readList(name, &terms)
		s.terms[name] = terms
	}
	readList("license", &s.licenses)
	readList("place", &s.places)
	return s
})

func readList(name string, into any) {
	data, err := vocabularies.Files.ReadFile(name + ".json")
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		panic(fmt.Errorf("vocabulary %s: %w", name, err))
	}
}

// Vocabulary returns a shared vocabulary of Lists, nil if there is no such.
func Vocabulary(list string) []Term { return slices.Clone(lists().terms[list]) }

// TermOf returns the entry of a shared vocabulary by its code, in any case.
func TermOf(list, code string) (Term, bool) { return termIn(lists().terms[list], code) }

func termIn(terms []Term, code string) (Term, bool) {
	for _, t := range terms {
		if strings.EqualFold(t.Code, code) {
			return t, true
		}
	}
	return Term{}, false
}

// LicenseOf returns the shared licence with that id, CKAN id or other name.
func LicenseOf(id string) (License, bool) { return licenseIn(lists().licenses, id) }

func licenseIn(list []License, id string) (License, bool) {
	for _, l := range list {
		if strings.EqualFold(l.ID, id) {
			return l, true
		}
	}
	for _, l := range list {
		if l.known(id) {
			return l, true
		}
	}
	return License{}, false
}

// LicenseAt returns the shared licence that is at an address: its own, the EU
// table's, or another that is in use for it.
func LicenseAt(address string) (License, bool) {
	plain := func(s string) string {
		s = strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(s), "https://"), "http://")
		return strings.TrimSuffix(strings.TrimPrefix(s, "www."), "/")
	}
	for _, l := range lists().licenses {
		for _, a := range append([]string{l.URL, l.EU}, l.Addresses...) {
			if a != "" && plain(a) == plain(address) {
				return l, true
			}
		}
	}
	return License{}, false
}

// Places returns the places of a country, of all seven if it is "".
func Places(country string) []Place {
	var out []Place
	for _, p := range lists().places {
		if country == "" || strings.EqualFold(p.Country(), country) {
			out = append(out, p)
		}
	}
	return out
}

// PlaceIn returns the place that a text speaks of: by its ISO 3166-2 code as a
// word, else by the whole text or what stands between commas being a name of
// it in the country. A name that several countries have needs the country.
func PlaceIn(text, country string) (Place, bool) {
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;()[]/", r) })
	for _, p := range lists().places {
		if slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, p.Code) }) {
			return p, true
		}
	}
	var found []Place
	for part := range strings.SplitSeq(text, ",") {
		for _, p := range Places(country) {
			if p.Called(part) {
				found = append(found, p)
			}
		}
	}
	if len(found) != 1 {
		return Place{}, false
	}
	return found[0], true
}

// Called reports whether a text is one of the place's names, accents and case
// aside.
func (p Place) Called(text string) bool {
	want := plain(text)
	return want == plain(p.Name) || slices.ContainsFunc(p.Names, func(n string) bool { return plain(n) == want })
}
