package dcat

// The identifiers of Project Open Data 1.1, which DKAN and many Latin American
// portals serve as data.json. Nothing is fetched from there.
const (
	openDataSchema  = "https://project-open-data.cio.gov/v1.1/schema"
	openDataContext = openDataSchema + "/catalog.jsonld"
	openDataCatalog = openDataSchema + "/catalog.json"
)

// frequencies are the EU's codes as ISO 8601 repeating intervals, which is what
// data.json takes.
var frequencies = [...]struct{ code, interval string }{
	{"UPDATE_CONT", "R/PT1S"}, {"HOURLY", "R/PT1H"}, {"DAILY", "R/P1D"}, {"WEEKLY", "R/P1W"}, {"BIWEEKLY", "R/P2W"},
	{"MONTHLY", "R/P1M"}, {"BIMONTHLY", "R/P2M"}, {"QUARTERLY", "R/P3M"}, {"ANNUAL_3", "R/P4M"}, {"ANNUAL_2", "R/P6M"},
	{"ANNUAL", "R/P1Y"}, {"BIENNIAL", "R/P2Y"}, {"TRIENNIAL", "R/P3Y"}, {"QUADRENNIAL", "R/P4Y"}, {"QUINQUENNIAL", "R/P5Y"},
	{"DECENNIAL", "R/P10Y"}, {"IRREG", "irregular"},
}

// frequencyBase is where the EU's frequencies have their IRIs.
const frequencyBase = "http://publications.europa.eu/resource/authority/frequency/"

func interval(frequency Term) string {
	for _, f := range frequencies {
		if f.code == frequency.Code() {
			return f.interval
		}
	}
	return ""
}

// accessLevels are the EU's access rights as data.json's.
var accessLevels = map[string]string{"RESTRICTED": "restricted public", "NON_PUBLIC": "non-public"}

// OpenData writes the dataset as a data.json catalogue of one entry, by Project
// Open Data 1.1 without bureauCode and programCode, which are codes of the
// United States.
func OpenData(d Dataset) []byte {
	return encode(object{
		{"@context", openDataContext}, {"@type", "dcat:Catalog"}, {"conformsTo", openDataSchema}, {"describedBy", openDataCatalog},
		{"dataset", []any{d.openData()}},
	})
}

func (d Dataset) openData() object {
	o := object{{"@type", "dcat:Dataset"}, {"identifier", first(d.Identifier, d.IRI)}}
	o = o.with("title", d.Title).with("description", d.Description)
	keywords := d.Keywords
	if len(keywords) == 0 && len(d.Themes) > 0 {
		keywords = []string{d.Themes[0].Label} // it asks for one at least
	}
	o = o.with("keyword", keywords).with("modified", d.Modified).with("issued", d.Issued)
	if d.Publisher.Name != "" {
		o = append(o, member{"publisher", object{{"@type", "org:Organization"}, {"name", d.Publisher.Name}}})
	}
	contact := object{{"@type", "vcard:Contact"}}.with("fn", first(d.Contact.Name, d.Publisher.Name))
	if d.Contact.Email != "" {
		contact = append(contact, member{"hasEmail", "mailto:" + d.Contact.Email})
	}
	o = append(o, member{"contactPoint", contact})
	level := accessLevels[d.Access.Code()]
	o = append(o, member{"accessLevel", first(level, "public")})
	o = o.with("rights", d.Rights).with("license", d.LicenseURL).with("accrualPeriodicity", interval(d.Frequency))
	if d.Start != "" && d.End != "" {
		o = append(o, member{"temporal", d.Start + "/" + d.End})
	}
	if len(d.Spatial) > 0 {
		o = o.with("spatial", first(d.Spatial[0].Label, d.Spatial[0].IRI))
	}
	var themes []string
	for _, t := range d.Themes {
		themes = append(themes, first(t.Label, t.IRI))
	}
	o = o.with("theme", themes).with("language", d.tags()).with("landingPage", d.Homepage)
	o = d.pages(o.told(d.More))
	var files []any
	for _, f := range d.Files {
		files = append(files, f.openData())
	}
	return o.with("distribution", files)
}

// pages adds the documents: the dictionary is what describes the dataset, the
// others are referred to.
func (d Dataset) pages(o object) object {
	var referred []Property
	for _, p := range d.Pages {
		if p.MediaType == "" || o.has("describedBy") {
			referred = append(referred, Property{Member: "references", Value: p.URL})
			continue
		}
		o = append(o, member{"describedBy", p.URL}, member{"describedByType", p.MediaType})
	}
	return o.told(referred)
}

func (f Distribution) openData() object {
	o := object{{"@type", "dcat:Distribution"}}.with("title", f.Title).with("description", f.Description)
	o = o.with("downloadURL", f.URL).with("mediaType", f.MediaType).with("format", f.Format.Code())
	if f.SchemaURL != "" {
		o = append(o, member{"describedBy", f.SchemaURL}, member{"describedByType", "application/json"})
	}
	return o
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
