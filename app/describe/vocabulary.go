package describe

// Term is one entry of a controlled vocabulary. Its words are in app/message
// under "vocabulary.<list>.<code>".
type Term struct {
	Code string // what is stored and typed
	IRI  string // its identity in linked data
}

// License is a licence that the generic profile offers.
type License struct {
	ID    string // lower case, Open Definition style: "cc-by-4.0"
	CKAN  string // its id in CKAN's own list
	Title string // its name, the same in every language
	URL   string
	Open  bool // meets the Open Definition 2.1
}

// Licenses are the licences of the generic profile: the ones that national
// policies of the region name, first. Ids follow licenses.opendefinition.org,
// CKAN's its license_list.
var Licenses = [...]License{
	{"cc-by-4.0", "cc-by", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/", true},
	{"cc-by-sa-4.0", "cc-by-sa", "Creative Commons Attribution Share-Alike 4.0", "https://creativecommons.org/licenses/by-sa/4.0/", true},
	{"cc0-1.0", "cc-zero", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/", true},
	{"odc-by-1.0", "odc-by", "Open Data Commons Attribution 1.0", "https://opendatacommons.org/licenses/by/1-0/", true},
	{"odbl-1.0", "odc-odbl", "Open Data Commons Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/", true},
	{"odc-pddl-1.0", "odc-pddl", "Open Data Commons Public Domain Dedication 1.0", "https://opendatacommons.org/licenses/pddl/1-0/", true},
	{"cc-by-nc-4.0", "cc-nc", "Creative Commons Attribution Non-Commercial 4.0", "https://creativecommons.org/licenses/by-nc/4.0/", false},
}

// LicenseOf returns the licence with that id.
func LicenseOf(id string) (License, bool) {
	for _, l := range Licenses {
		if l.ID == id {
			return l, true
		}
	}
	return License{}, false
}

// LicenseIDs lists the ids of Licenses.
func LicenseIDs() []string {
	ids := make([]string, len(Licenses))
	for i, l := range Licenses {
		ids[i] = l.ID
	}
	return ids
}

// Themes are the thirteen of the EU Data Theme authority table, which the
// regional profile of Red GEALC takes over with Spanish labels.
var Themes = [...]Term{
	theme("AGRI"), theme("ECON"), theme("EDUC"), theme("ENER"), theme("ENVI"), theme("GOVE"), theme("HEAL"),
	theme("INTR"), theme("JUST"), theme("REGI"), theme("SOCI"), theme("TECH"), theme("TRAN"),
}

func theme(code string) Term {
	return Term{Code: code, IRI: "http://publications.europa.eu/resource/authority/data-theme/" + code}
}

// Frequencies are how often new data come, from the EU Frequency authority
// table.
var Frequencies = [...]Term{
	frequency("DAILY"), frequency("WEEKLY"), frequency("MONTHLY"), frequency("QUARTERLY"), frequency("ANNUAL_2"),
	frequency("ANNUAL"), frequency("IRREG"), frequency("NEVER"),
}

func frequency(code string) Term {
	return Term{Code: code, IRI: "http://publications.europa.eu/resource/authority/frequency/" + code}
}

// DataLanguages are the languages that data of the seven countries and their
// neighbours are written in (ISO 639-1; the IRI is the EU Language table's,
// ISO 639-3).
var DataLanguages = [...]Term{
	dataLanguage("es", "SPA"), dataLanguage("en", "ENG"), dataLanguage("pt", "POR"), dataLanguage("fr", "FRA"),
	dataLanguage("qu", "QUE"), dataLanguage("ay", "AYM"), dataLanguage("gn", "GRN"),
}

func dataLanguage(code, three string) Term {
	return Term{Code: code, IRI: "http://publications.europa.eu/resource/authority/language/" + three}
}

func codes(terms []Term) []string {
	list := make([]string, len(terms))
	for i, t := range terms {
		list[i] = t.Code
	}
	return list
}
