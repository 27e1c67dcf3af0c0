package dcat

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/piprate/json-gold/ld"
)

// The faults of reading a description.
var (
	// ErrNotDescription: neither DCAT in JSON-LD nor a data.json.
	ErrNotDescription = errors.New("dcat: no dataset is described here")
	// ErrRemote: the meaning of the file is kept elsewhere on the web, and
	// nothing is fetched.
	ErrRemote = errors.New("dcat: the context is not in the file")
)

// Read returns the datasets that a file describes, in the order of their IRIs:
// DCAT as JSON-LD with its context inside (as written here, and by
// ckanext-dcat), or a data.json. Nothing is fetched. What is at the
// paths or members of wanted goes into More. It returns ErrNotDescription
// or ErrRemote.
func Read(data []byte, wanted ...Property) ([]Dataset, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var catalog openDataCatalogue
	if json.Unmarshal(data, &catalog) == nil && len(catalog.Dataset) > 0 {
		list := make([]Dataset, len(catalog.Dataset))
		for i, d := range catalog.Dataset {
			list[i] = d.dataset()
			list[i].More = d.more(wanted)
		}
		return list, nil
	}
	var doc any
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotDescription, err)
	}
	t, err := flatten(doc)
	if err != nil {
		return nil, err
	}
	var list []Dataset
	for _, id := range t.order {
		if t.is(id, "dcat:Dataset") {
			d := t.dataset(id)
			d.More = t.more(id, wanted)
			list = append(list, d)
		}
	}
	if len(list) == 0 {
		return nil, ErrNotDescription
	}
	return list, nil
}

// shut refuses to fetch anything.
type shut struct{}

// LoadDocument returns ErrRemote.
func (shut) LoadDocument(string) (*ld.RemoteDocument, error) { return nil, ErrRemote }

// triples are the nodes of a document by their ids, each a map of full IRIs to
// expanded values.
type triples struct {
	nodes map[string]map[string]any
	order []string
}

func flatten(doc any) (t *triples, err error) {
	options := ld.NewJsonLdOptions("")
	options.DocumentLoader = shut{}
	flat, err := ld.NewJsonLdProcessor().Flatten(doc, nil, options)
	if err != nil {
		if strings.Contains(err.Error(), ErrRemote.Error()) {
			return nil, ErrRemote
		}
		return nil, fmt.Errorf("%w: %w", ErrNotDescription, err)
	}
	t = &triples{nodes: map[string]map[string]any{}}
	list, _ := flat.([]any)
	for _, n := range list {
		node, _ := n.(map[string]any)
		if id, ok := node["@id"].(string); ok {
			t.nodes[id] = node
			t.order = append(t.order, id)
		}
	}
	return t, nil
}

// full writes a prefixed name out.
func full(name string) string {
	prefix, local, _ := strings.Cut(name, ":")
	for _, ns := range namespaces {
		if ns.prefix == prefix {
			return ns.iri + local
		}
	}
	return name
}

func (t *triples) is(id, class string) bool {
	types, _ := t.nodes[id]["@type"].([]any)
	for _, c := range types {
		if c == full(class) {
			return true
		}
	}
	return false
}

// all returns a property's values: ids, or texts.
func (t *triples) all(id, name string) []string {
	var list []string
	values, _ := t.nodes[id][full(name)].([]any)
	for _, v := range values {
		m, _ := v.(map[string]any)
		for _, key := range []string{"@id", "@value"} {
			switch s := m[key].(type) {
			case string:
				list = append(list, s)
			case bool, float64:
				list = append(list, fmt.Sprint(s))
			}
		}
	}
	return list
}

// one returns the first value of the first property that has one.
func (t *triples) one(id string, names ...string) string {
	for _, name := range names {
		if list := t.all(id, name); len(list) > 0 {
			return list[0]
		}
	}
	return ""
}

// tag is the language of a property's first text.
func (t *triples) tag(id, name string) string {
	values, _ := t.nodes[id][full(name)].([]any)
	for _, v := range values {
		if m, _ := v.(map[string]any); m["@language"] != nil {
			return fmt.Sprint(m["@language"])
		}
	}
	return ""
}

// term reads a vocabulary's entry, or a node or text that stands for one.
func (t *triples) term(id string) Term {
	if id == "" {
		return Term{}
	}
	label := t.one(id, "skos:prefLabel", "rdfs:label", "dct:title", "foaf:name")
	if _, known := t.nodes[id]; strings.HasPrefix(id, "_:") || !known && !strings.Contains(id, "://") {
		if label == "" && !strings.HasPrefix(id, "_:") {
			label = id
		}
		return Term{Label: label}
	}
	return Term{IRI: id, Label: label}
}

func (t *triples) terms(id, name string) []Term {
	var list []Term
	for _, v := range t.all(id, name) {
		if term := t.term(v); term != (Term{}) {
			list = append(list, term)
		}
	}
	return list
}

func (t *triples) dataset(id string) Dataset {
	d := Dataset{
		IRI: id, Identifier: t.one(id, "dct:identifier"), Series: t.one(id, "dcat:inSeries"),
		Title: t.one(id, "dct:title"), Description: t.one(id, "dct:description"), Language: t.tag(id, "dct:title"),
		Version: t.one(id, "dcat:version"), Keywords: t.all(id, "dcat:keyword"),
		Themes: t.terms(id, "dcat:theme"), Languages: t.terms(id, "dct:language"),
		Frequency: t.term(t.one(id, "dct:accrualPeriodicity")), Spatial: t.terms(id, "dct:spatial"),
		Access: t.term(t.one(id, "dct:accessRights")), Homepage: t.one(id, "dcat:landingPage"),
		Legislation: t.terms(id, "dcatap:applicableLegislation"),
		Issued:      t.one(id, "dct:issued"), Modified: t.one(id, "dct:modified"),
	}
	if period := t.one(id, "dct:temporal"); period != "" {
		d.Start = day(t.one(period, "dcat:startDate"))
		d.End = day(t.one(period, "dcat:endDate"))
	}
	if p := t.one(id, "dct:publisher"); p != "" {
		d.Publisher = Agent{Name: t.one(p, "foaf:name"), Type: t.term(t.one(p, "dct:type"))}
		if !strings.HasPrefix(p, "_:") {
			d.Publisher.IRI = p
		}
	}
	if c := t.one(id, "dcat:contactPoint"); c != "" {
		d.Contact = Contact{t.one(c, "vcard:fn"), strings.TrimPrefix(t.one(c, "vcard:hasEmail"), "mailto:")}
	}
	if s := t.one(id, "dct:provenance", "dct:source"); s != "" {
		d.Source = first(t.term(s).Label, s)
	}
	for _, page := range t.all(id, "foaf:page") {
		d.Pages = append(d.Pages, Page{URL: page, Title: t.one(page, "dct:title")})
	}
	d.License = t.term(t.one(id, "dct:license"))
	for _, f := range t.all(id, "dcat:distribution") {
		d.Files = append(d.Files, t.distribution(f, &d))
	}
	if d.License.IRI != "" {
		d.LicenseURL = d.License.IRI
	}
	return d
}

// distribution reads one file; its licence and rights are the dataset's.
func (t *triples) distribution(id string, d *Dataset) Distribution {
	f := Distribution{
		IRI: id, URL: t.one(id, "dcat:downloadURL", "dcat:accessURL"), Title: t.one(id, "dct:title"),
		Description: t.one(id, "dct:description"), Format: t.term(t.one(id, "dct:format")),
		MediaType:    strings.TrimPrefix(t.one(id, "dcat:mediaType"), mediaTypes),
		Availability: t.term(t.one(id, "dcatap:availability")), SchemaURL: t.one(id, "dct:conformsTo"),
	}
	f.Bytes, _ = strconv.ParseInt(t.one(id, "dcat:byteSize"), 10, 64)
	if sum := t.one(id, "spdx:checksum"); sum != "" {
		f.SHA256 = t.one(sum, "spdx:checksumValue")
	}
	if license := t.term(t.one(id, "dct:license")); d.License == (Term{}) {
		d.License = license
	}
	if rights := t.one(id, "dct:rights"); rights != "" && d.Rights == "" {
		d.Rights = first(t.term(rights).Label, rights)
	}
	return f
}

// day is the date of a time.
func day(s string) string { return s[:min(len(s), len("2026-01-31"))] }
