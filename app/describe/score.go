package describe

import (
	"slices"
	"strings"
)

// The points of the Metadata Quality Assessment of data.europa.eu (MQA): all
// of it, and all but the two that ask whether the published addresses answer.
const (
	ScoreMax        = 405
	ScoreOfflineMax = 325
)

// The dimensions of the MQA.
const (
	Findability      = "findability"      // 100
	Accessibility    = "accessibility"    // 100
	Interoperability = "interoperability" // 110
	Reusability      = "reusability"      // 75
	Contextuality    = "contextuality"    // 20
)

// Dimensions are the MQA's, in its order.
var Dimensions = [...]string{Findability, Accessibility, Interoperability, Reusability, Contextuality}

// Bands are the MQA's, best first; each has words in app/message.
var Bands = [...]string{"excellent", "good", "sufficient", "poor"}

// Facts are what the score needs to know besides the description.
type Facts struct {
	// Formats are the files' formats by their EU File Type codes.
	Formats []string
	// Published says that a portal served every file back.
	Published bool
	// Codes counts the columns whose values are codes of a list with an address
	// on the web.
	Codes int
}

// Metric is one question of the MQA.
type Metric struct {
	Name      string `json:"name"` // as the MQA's reference code calls it
	Dimension string `json:"dimension"`
	Points    int    `json:"points"`
	Reached   bool   `json:"reached"`
	// Key is what to fill in for it, "" where it does not hang on a field.
	Key string `json:"key,omitempty"`
	// Online metrics can be reached by publishing only.
	Online bool `json:"online,omitempty"`
}

// Score is how complete a dataset's metadata are by published weights.
type Score struct {
	Points int    `json:"points"`
	Now    int    `json:"now"`  // the most that can be reached in this state
	Max    int    `json:"max"`  // the most after publication
	Band   string `json:"band"` // of Bands
	// Stars are the five of linked open data (Berners-Lee).
	Stars   int      `json:"stars"`
	Metrics []Metric `json:"metrics"`
	// Next are the fields that would bring points, the most first.
	Next []Gain `json:"next"`
}

// Gain is what a field would bring.
type Gain struct {
	Key    string `json:"key"`
	Points int    `json:"points"`
}

// nonProprietary and machineReadable are the MQA's lists, of the formats that
// are written here.
var (
	nonProprietary  = []string{"CSV", "TSV", "JSON", "NDJSON", "JSON_LD", "GEOJSON", "XML", "ODS", "KML", "ZIP", "TXT", "HTML", "RDF_TURTLE", "RDF_XML"}
	machineReadable = []string{"CSV", "JSON", "JSON_LD", "GEOJSON", "XML", "ODS", "XLSX", "XLS", "KML", "SHP", "RDF_TURTLE", "RDF_XML"}
)

// Score computes the MQA's points of a description, by the metrics and weights
// of data.europa.eu's assessment: a metric of the files counts if the best
// file passes.
func (p Profile) Score(d Description, facts Facts) Score {
	s := Score{Now: ScoreOfflineMax, Max: ScoreMax, Metrics: p.metrics(d, facts)}
	if facts.Published {
		s.Now = ScoreMax
	}
	gains := map[string]int{}
	for _, m := range s.Metrics {
		switch {
		case m.Reached:
			s.Points += m.Points
		case m.Key != "":
			gains[m.Key] += m.Points
		}
	}
	for _, f := range p.Asked() { // in the form's order, so that ties are stable
		if gains[f.Key] > 0 {
			s.Next = append(s.Next, Gain{f.Key, gains[f.Key]})
		}
	}
	slices.SortStableFunc(s.Next, func(a, b Gain) int { return b.Points - a.Points })
	s.Band = bandOf(s.Points)
	s.Stars = p.stars(d, facts)
	return s
}

// bandOf places points in the MQA's bands.
func bandOf(points int) string {
	switch {
	case points >= 351:
		return Bands[0]
	case points >= 221:
		return Bands[1]
	case points >= 121:
		return Bands[2]
	}
	return Bands[3]
}

func (p Profile) metrics(d Description, facts Facts) []Metric {
	some := func(list []string) bool {
		return slices.ContainsFunc(facts.Formats, func(f string) bool { return slices.Contains(list, f) })
	}
	files := len(facts.Formats) > 0
	license, licensed := p.License(d.License)
	access := p.IRI("access_rights", d.AccessRights)
	conforms := ""
	for _, key := range []string{"description", "title"} { // DCAT-AP 3.0.1 has no other mandatory properties of a dataset
		if d.Get(key) == "" {
			conforms = key
		}
	}
	return []Metric{
		{Name: "keywordAvailability", Dimension: Findability, Points: 30, Key: "keywords", Reached: len(d.Keywords) > 0},
		{Name: "categoryAvailability", Dimension: Findability, Points: 30, Key: "theme", Reached: p.IRI("theme", d.Theme) != ""},
		{Name: "spatialAvailability", Dimension: Findability, Points: 20, Key: "spatial", Reached: d.Spatial != ""},
		{Name: "temporalAvailability", Dimension: Findability, Points: 20, Key: "temporal", Reached: d.Temporal != ""},
		{Name: "accessUrlStatusCode", Dimension: Accessibility, Points: 50, Online: true, Reached: facts.Published},
		{Name: "downloadUrlAvailability", Dimension: Accessibility, Points: 20, Reached: files},
		{Name: "downloadUrlStatusCode", Dimension: Accessibility, Points: 30, Online: true, Reached: facts.Published},
		{Name: "formatAvailability", Dimension: Interoperability, Points: 20, Reached: files},
		{Name: "mediaTypeAvailability", Dimension: Interoperability, Points: 10, Reached: files},
		{Name: "formatMediaTypeVocabularyAlignment", Dimension: Interoperability, Points: 10, Reached: knownFormat(facts.Formats)},
		{Name: "formatMediaTypeNonProprietary", Dimension: Interoperability, Points: 20, Reached: some(nonProprietary)},
		{Name: "formatMediaTypeMachineInterpretable", Dimension: Interoperability, Points: 20, Reached: some(machineReadable)},
		{Name: "dcatApCompliance", Dimension: Interoperability, Points: 30, Key: conforms, Reached: conforms == "" && files},
		{Name: "licenceAvailability", Dimension: Reusability, Points: 20, Key: "license", Reached: licensed && license.URL != ""},
		{Name: "knownLicence", Dimension: Reusability, Points: 10, Key: "license", Reached: license.EU != ""},
		{Name: "accessRightsAvailability", Dimension: Reusability, Points: 10, Key: "access_rights", Reached: d.AccessRights != ""},
		{Name: "accessRightsVocabularyAlignment", Dimension: Reusability, Points: 5, Key: "access_rights", Reached: access != ""},
		{Name: "contactPointAvailability", Dimension: Reusability, Points: 20, Key: "email", Reached: d.Contact != "" || d.Email != ""},
		{Name: "publisherAvailability", Dimension: Reusability, Points: 10, Key: "publisher", Reached: d.Publisher != ""},
		{Name: "rightsAvailability", Dimension: Contextuality, Points: 5, Key: "rights", Reached: d.Rights != ""},
		{Name: "byteSizeAvailability", Dimension: Contextuality, Points: 5, Reached: files},
		{Name: "dateIssuedAvailability", Dimension: Contextuality, Points: 5, Reached: files},
		{Name: "dateModifiedAvailability", Dimension: Contextuality, Points: 5, Reached: files},
	}
}

func knownFormat(formats []string) bool {
	return slices.ContainsFunc(formats, func(f string) bool {
		_, ok := TermOf(FileTypeList, f)
		return ok
	})
}

// stars are the five of linked open data as far as they can be computed: an
// open licence, a table, an open format, identified columns (the descriptions
// that come out give every column its IRI), a code list that others publish.
func (p Profile) stars(d Description, facts Facts) int {
	l, ok := p.License(d.License)
	steps := [...]bool{
		ok && l.Open,
		slices.ContainsFunc(facts.Formats, func(f string) bool { return slices.Contains(machineReadable, f) }),
		slices.ContainsFunc(facts.Formats, func(f string) bool {
			return slices.Contains(machineReadable, f) && slices.Contains(nonProprietary, f)
		}),
		slices.ContainsFunc(facts.Formats, func(f string) bool { return strings.EqualFold(f, "CSV") || strings.EqualFold(f, "JSON_LD") }),
		facts.Codes > 0,
	}
	for n, reached := range steps {
		if !reached {
			return n
		}
	}
	return len(steps)
}
