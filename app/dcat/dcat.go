// Package dcat writes what a dataset is called by the outside: DCAT 3 with the
// DCAT-AP 3.0.1 profile as JSON-LD and Turtle, CSVW beside a CSV, data.json
// (Project Open Data 1.1), and schema.org for search engines. It reads DCAT in
// JSON-LD and data.json back.
//
// Start with Dataset, the one model behind all of them; each form has a file of
// its own. Nothing here knows a description, a portal or a screen: app fills
// the model. Vocabulary terms are described inline, so that every file is
// complete without a network.
package dcat

import "strings"

// Dataset is a dataset in the terms of DCAT 3. A field left empty is left out
// of what is written. Texts are in Language.
type Dataset struct {
	IRI         string // urn:uuid: of the dataset, or of the edition in a series
	Identifier  string // urn:uuid: of the dataset, through all its editions
	Series      string // IRI of the dcat:DatasetSeries, "" for a dataset of one edition
	Title       string
	Description string
	Language    string // BCP 47, of the texts
	Version     string
	// VersionNotes say what is different from the version before, Previous is the
	// IRI of the edition before in the series.
	VersionNotes, Previous string
	Keywords               []string
	Themes                 []Term
	Languages              []Term // of the data, from the EU language table
	Frequency              Term
	Spatial                []Term // a term without IRI is a place by its name
	Start, End             string // first and last day that the data speak of, "2026-01-31"
	Publisher              Agent
	Contact                Contact
	Access                 Term   // EU access-right
	License                Term   // of every distribution
	LicenseURL             string // the licence's own page, for the forms that don't take the EU's IRI
	Rights                 string // what a user may do and must do, in words
	Source                 string // where the data come from, in words
	Homepage               string // dcat:landingPage
	Legislation            []Term // a rule without IRI is told by its name
	Issued                 string // RFC 3339
	Modified               string
	Pages                  []Page
	Files                  []Distribution
	More                   []Property // what only a profile asks
}

// Term is an entry of a controlled vocabulary. Label is in the dataset's
// language.
type Term struct {
	IRI   string
	Label string
}

// Code is the last part of the IRI: GOVE of the EU's data theme.
func (t Term) Code() string { return t.IRI[strings.LastIndexAny(t.IRI, "/#")+1:] }

// Scheme is the IRI without its last part: the vocabulary that the term is in.
func (t Term) Scheme() string {
	if at := strings.LastIndexAny(t.IRI, "/#"); at > 0 {
		return t.IRI[:at]
	}
	return ""
}

// Agent is who publishes. Type is a term of ADMS publisher types.
type Agent struct {
	IRI  string
	Name string
	Type Term
}

// Contact is whom to ask.
type Contact struct {
	Name  string
	Email string
}

// Page is a document about the dataset.
type Page struct {
	URL   string
	Title string
	// MediaType is that of a dictionary of the columns; "" for any other page.
	MediaType string
}

// Distribution is one file. URL is relative to the description until the file
// is published. Format is a term of the EU's file types.
type Distribution struct {
	IRI          string
	URL          string
	Title        string
	Description  string
	Format       Term
	MediaType    string
	Compressed   string // media type of the packing around it (dcat:compressFormat), "" where there is none
	Bytes        int64
	SHA256       string
	Availability Term   // EU planned-availability
	SchemaURL    string // where the columns are described, relative as URL
	Columns      []Column
}

// Column is a column of a table. Type is Table Schema's word.
type Column struct {
	IRI         string
	Name        string
	Title       string
	Description string
	Type        string
	Unit        string
}

// languageTags are the EU's languages of the region as BCP 47.
var languageTags = map[string]string{
	"SPA": "es", "ENG": "en", "POR": "pt", "FRA": "fr", "QUE": "qu", "AYM": "ay", "GRN": "gn", "NAH": "nah", "MYN": "myn",
}

// tags are the data's languages as BCP 47, or the texts' own.
func (d Dataset) tags() []string {
	var tags []string
	for _, t := range d.Languages {
		if tag := languageTags[t.Code()]; tag != "" {
			tags = append(tags, tag)
		}
	}
	if tags == nil && d.Language != "" {
		tags = []string{d.Language}
	}
	return tags
}
