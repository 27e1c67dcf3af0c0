package dcat

import (
	"net/url"
	"slices"
	"strings"
)

// Property is something said of a dataset for which the model has no field:
// what only a profile asks. Read is told the Path and Member to look for.
type Property struct {
	// Path is a property of the dataset, "dct:conformsTo", or one of the thing
	// that it names, "dct:creator/foaf:mbox"; "" says nothing in DCAT.
	Path string
	// Member is the member of the dataset in data.json, "" for none.
	Member string
	Value  string // words; an address or an IRI where Kind is Address
	Label  string // what Value is called, of an address or a term
	Kind   Kind   // not read back
}

// Kind is how a value stands in linked data.
type Kind int

// The kinds of values.
const (
	Words   Kind = iota // in the language of the texts
	Address             // an IRI, mailto: and tel: among them
	Day                 // 2026-01-31
	List                // words, and an array in data.json even if there is one
)

// ranges are the classes that DCAT-AP 3.0.1 and DCMI ask of what a property
// names, and the property by which words name such a thing. What is not here
// holds words or an address as they are.
var ranges = map[string]struct{ class, name string }{
	"dcat:contactPoint":            {"vcard:Kind", "vcard:fn"},
	"dcat:landingPage":             {"foaf:Document", "dct:title"},
	"dcat:theme":                   {"skos:Concept", "skos:prefLabel"},
	"dcatap:applicableLegislation": {"eli:LegalResource", "rdfs:label"},
	"dct:accessRights":             {"dct:RightsStatement", "rdfs:label"},
	"dct:conformsTo":               {"dct:Standard", "rdfs:label"},
	"dct:contributor":              {"foaf:Agent", "foaf:name"},
	"dct:creator":                  {"foaf:Agent", "foaf:name"},
	"dct:isReferencedBy":           {"rdfs:Resource", "rdfs:label"},
	"dct:provenance":               {"dct:ProvenanceStatement", "rdfs:label"},
	"dct:publisher":                {"foaf:Agent", "foaf:name"},
	"dct:references":               {"rdfs:Resource", "rdfs:label"},
	"dct:relation":                 {"rdfs:Resource", "rdfs:label"},
	"dct:rights":                   {"dct:RightsStatement", "rdfs:label"},
	"dct:rightsHolder":             {"foaf:Agent", "foaf:name"},
	"dct:source":                   {"dcat:Dataset", "dct:title"},
	"dct:spatial":                  {"dct:Location", "skos:prefLabel"},
	"dct:type":                     {"skos:Concept", "skos:prefLabel"},
	"foaf:page":                    {"foaf:Document", "dct:title"},
	"prov:wasAttributedTo":         {"foaf:Agent", "foaf:name"},
}

// Known reports whether a path can be written: its prefixes are ours.
func Known(path string) bool {
	for part := range strings.SplitSeq(path, "/") {
		prefix, local, _ := strings.Cut(part, ":")
		if local == "" || !slices.ContainsFunc(namespaces[:], func(ns namespace) bool { return ns.prefix == prefix }) {
			return false
		}
	}
	return strings.Count(path, "/") < 2
}

// told adds to a dataset's node what only its profile asks. What is said of a
// thing follows the thing, whatever their order in the form.
func (d Dataset) told(n *node, g *graph) {
	for _, inner := range [...]bool{false, true} {
		for _, p := range d.More {
			outer, path, of := strings.Cut(p.Path, "/")
			if p.Value == "" || !Known(p.Path) || of != inner {
				continue
			}
			if !of {
				n.more(outer, p.outer(d, g))
				continue
			}
			n.within(outer).more(path, p.plain(d))
		}
	}
}

// outer is the value of a property of the dataset itself.
func (p Property) outer(d Dataset, g *graph) value {
	r, ok := ranges[p.Path]
	if !ok {
		return p.plain(d)
	}
	if p.Kind == Address {
		thing := named(p.Value, r.class)
		thing.set(r.name, words(p.Label, d.Language))
		g.add(thing)
		return iri(p.Value)
	}
	thing := blank(r.class)
	thing.set(r.name, words(p.Value, d.Language))
	return inside(thing)
}

func (p Property) plain(d Dataset) value {
	switch p.Kind {
	case Address:
		return iri(p.Value)
	case Day:
		return typed(p.Value, "xsd:date")
	}
	return words(p.Value, d.Language)
}

// within is the thing without a name that a property holds; one is made where
// there is none.
func (n *node) within(name string) *node {
	for _, p := range n.props {
		for _, v := range p.values {
			if p.name == name && v.node != nil {
				return v.node
			}
		}
	}
	thing := blank(ranges[name].class)
	if ranges[name].class == "" {
		thing = blank("rdfs:Resource")
	}
	n.more(name, inside(thing))
	return thing
}

// more reads what stands at the wanted paths.
func (t *triples) more(id string, wanted []Property) []Property {
	var list []Property
	for _, w := range wanted {
		outer, inner, of := strings.Cut(w.Path, "/")
		if !Known(w.Path) || slices.ContainsFunc(list, func(p Property) bool { return p.Path == w.Path }) {
			continue
		}
		for _, v := range t.all(id, outer) {
			if of {
				for _, text := range t.all(v, inner) {
					list = append(list, Property{Path: w.Path, Value: withoutScheme(text)})
				}
				continue
			}
			p := Property{Path: w.Path, Value: v, Label: t.term(v).Label}
			if r := ranges[outer]; r.name != "" && t.nodes[v] != nil {
				p.Label = t.one(v, r.name)
			}
			if strings.HasPrefix(v, "_:") {
				p.Value, p.Label = p.Label, ""
			} else if p.Label == p.Value {
				p.Label = ""
			}
			if p.Value = withoutScheme(p.Value); p.Value != "" {
				list = append(list, p)
			}
		}
	}
	return list
}

// withoutScheme is the address or the number alone.
func withoutScheme(s string) string {
	if number, ok := strings.CutPrefix(s, "tel:"); ok {
		if plain, err := url.PathUnescape(number); err == nil {
			return plain
		}
	}
	return strings.TrimPrefix(s, "mailto:")
}

// arrays are the members of a data.json dataset that hold arrays.
var arrays = []string{"bureauCode", "keyword", "language", "programCode", "references", "theme"}

// told adds the members that only a profile asks. One that stands already is
// added to if it is an array, and kept if not.
func (o object) told(properties []Property) object {
	for _, p := range properties {
		if p.Member == "" || p.Value == "" {
			continue
		}
		at := slices.IndexFunc(o, func(m member) bool { return m.name == p.Member })
		many := p.Kind == List || slices.Contains(arrays, p.Member)
		switch {
		case at < 0 && many:
			o = append(o, member{p.Member, []string{p.Value}})
		case at < 0:
			o = append(o, member{p.Member, p.Value})
		default:
			if had, ok := o[at].value.([]string); ok && many && !slices.Contains(had, p.Value) {
				o[at].value = append(slices.Clone(had), p.Value)
			}
		}
	}
	return o
}
