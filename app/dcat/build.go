package dcat

import "strconv"

// describe makes the graph of a dataset: the dataset, its series, its files,
// then every vocabulary term that they use, once. The range shapes of DCAT-AP
// 3.0.1 ask for the terms' classes, and find them offline only in the same
// file.
func describe(d Dataset) *graph {
	g := &graph{}
	d.dataset(g)
	if d.Series != "" {
		d.series(g)
	}
	for _, f := range d.Files {
		f.distribution(g, d)
	}
	terms := &graph{}
	for _, t := range d.Themes {
		terms.term(t, d.Language)
	}
	terms.term(d.Frequency, d.Language, "dct:Frequency")
	for _, t := range d.Languages {
		terms.term(t, d.Language, "dct:LinguisticSystem")
	}
	for _, t := range d.Spatial {
		terms.term(t, d.Language, "dct:Location")
	}
	terms.term(d.Access, d.Language, "dct:RightsStatement")
	terms.term(d.License, d.Language, "dct:LicenseDocument")
	terms.term(d.Publisher.Type, d.Language)
	for _, f := range d.Files {
		terms.term(f.Format, d.Language, "dct:MediaTypeOrExtent")
		terms.media(f.MediaType)
		terms.media(f.Compressed)
		terms.term(f.Availability, d.Language)
	}
	for _, n := range terms.nodes {
		g.add(n)
	}
	return g
}

// term describes a vocabulary term.
func (g *graph) term(t Term, lang string, types ...string) {
	if t.IRI == "" {
		return
	}
	n := named(t.IRI, append(types, "skos:Concept")...)
	n.set("skos:prefLabel", words(t.Label, lang))
	n.set("skos:inScheme", iri(t.Scheme()))
	g.add(n)
}

// media describes a media type by its name.
func (g *graph) media(mediaType string) {
	if mediaType == "" {
		return
	}
	n := named(MediaIRI(mediaType), "dct:MediaType")
	n.set("rdfs:label", words(mediaType, ""))
	g.add(n)
}

func (d Dataset) dataset(g *graph) {
	n := named(d.IRI, "dcat:Dataset")
	g.add(n)
	d.common(n, g)
	n.set("dct:identifier", words(d.Identifier, ""))
	n.set("dcat:inSeries", iri(d.Series))
	n.set("dcat:prev", iri(d.Previous))
	n.set("dcat:version", words(d.Version, ""))
	n.set("adms:versionNotes", words(d.VersionNotes, d.Language))
	for _, k := range d.Keywords {
		n.more("dcat:keyword", words(k, d.Language))
	}
	for _, t := range d.Languages {
		n.more("dct:language", iri(t.IRI))
	}
	if d.Start != "" && d.End != "" {
		p := blank("dct:PeriodOfTime")
		p.set("dcat:startDate", typed(d.Start, "xsd:date"))
		p.set("dcat:endDate", typed(d.End, "xsd:date"))
		n.set("dct:temporal", inside(p))
	}
	n.set("dct:accessRights", iri(d.Access.IRI))
	if d.Source != "" {
		s := blank("dct:ProvenanceStatement")
		s.set("rdfs:label", words(d.Source, d.Language))
		n.set("dct:provenance", inside(s))
	}
	if d.Homepage != "" {
		n.set("dcat:landingPage", iri(d.Homepage))
		g.add(named(d.Homepage, "foaf:Document"))
	}
	for _, p := range d.Pages {
		n.more("foaf:page", iri(p.URL))
		doc := named(p.URL, "foaf:Document")
		doc.set("dct:title", words(p.Title, d.Language))
		g.add(doc)
	}
	for _, f := range d.Files {
		n.more("dcat:distribution", iri(f.IRI))
	}
	d.told(n, g)
}

// common are the properties that an edition shares with its series.
func (d Dataset) common(n *node, g *graph) {
	n.set("dct:title", words(d.Title, d.Language))
	n.set("dct:description", words(d.Description, d.Language))
	n.set("dct:publisher", d.publisher(g))
	if d.Contact != (Contact{}) {
		c := blank("vcard:Kind")
		c.set("vcard:fn", words(d.Contact.Name, ""))
		if d.Contact.Email != "" {
			c.set("vcard:hasEmail", iri("mailto:"+d.Contact.Email))
		}
		n.set("dcat:contactPoint", inside(c))
	}
	for _, t := range d.Themes {
		if n.iri != d.Series {
			n.more("dcat:theme", iri(t.IRI))
		}
	}
	n.set("dct:accrualPeriodicity", iri(d.Frequency.IRI))
	for _, t := range d.Spatial {
		if t.IRI != "" {
			n.more("dct:spatial", iri(t.IRI))
			continue
		}
		place := blank("dct:Location")
		place.set("skos:prefLabel", words(t.Label, d.Language))
		n.more("dct:spatial", inside(place))
	}
	for _, law := range d.Legislation {
		if law.IRI != "" {
			n.more("dcatap:applicableLegislation", iri(law.IRI))
			g.add(named(law.IRI, "eli:LegalResource"))
			continue
		}
		rule := blank("eli:LegalResource")
		rule.set("rdfs:label", words(law.Label, d.Language))
		n.more("dcatap:applicableLegislation", inside(rule))
	}
	n.set("dct:issued", typed(d.Issued, "xsd:dateTime"))
	n.set("dct:modified", typed(d.Modified, "xsd:dateTime"))
}

// series is the dataset through all its editions.
func (d Dataset) series(g *graph) {
	n := named(d.Series, "dcat:DatasetSeries")
	g.add(n)
	d.common(n, g)
}

func (d Dataset) publisher(g *graph) value {
	a := d.Publisher
	if a.Name == "" {
		return value{}
	}
	n := named(a.IRI, "foaf:Agent")
	n.set("foaf:name", words(a.Name, d.Language))
	n.set("dct:type", iri(a.Type.IRI))
	if a.IRI == "" {
		return inside(n)
	}
	g.add(n)
	return iri(a.IRI)
}

// checksumAlgorithm is SPDX's name for SHA-256.
const checksumAlgorithm = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"

func (f Distribution) distribution(g *graph, d Dataset) {
	n := named(f.IRI, "dcat:Distribution")
	g.add(n)
	n.set("dct:title", words(f.Title, d.Language))
	n.set("dct:description", words(f.Description, d.Language))
	n.set("dcat:accessURL", iri(f.URL))
	n.set("dcat:downloadURL", iri(f.URL))
	g.add(named(f.URL, "rdfs:Resource"))
	n.set("dct:format", iri(f.Format.IRI))
	n.set("dcat:mediaType", iri(MediaIRI(f.MediaType)))
	n.set("dcat:compressFormat", iri(MediaIRI(f.Compressed)))
	if f.Bytes > 0 {
		n.set("dcat:byteSize", typed(strconv.FormatInt(f.Bytes, 10), "xsd:nonNegativeInteger"))
	}
	if f.SHA256 != "" {
		c := blank("spdx:Checksum")
		c.set("spdx:algorithm", iri(checksumAlgorithm))
		c.set("spdx:checksumValue", typed(f.SHA256, "xsd:hexBinary"))
		n.set("spdx:checksum", inside(c))
		g.add(named(checksumAlgorithm, "spdx:ChecksumAlgorithm"))
	}
	n.set("dct:license", iri(d.License.IRI))
	if d.Rights != "" {
		r := blank("dct:RightsStatement")
		r.set("rdfs:label", words(d.Rights, d.Language))
		n.set("dct:rights", inside(r))
	}
	n.set("dcatap:availability", iri(f.Availability.IRI))
	if f.SchemaURL != "" {
		n.set("dct:conformsTo", iri(f.SchemaURL))
		g.add(named(f.SchemaURL, "dct:Standard"))
	}
	for _, t := range d.Languages {
		n.more("dct:language", iri(t.IRI))
	}
	n.set("dct:issued", typed(d.Issued, "xsd:dateTime"))
	n.set("dct:modified", typed(d.Modified, "xsd:dateTime"))
}

// mediaTypes is where IANA's media types have their IRIs.
const mediaTypes = "https://www.iana.org/assignments/media-types/"

// MediaIRI is the IRI of a media type at IANA, "" for "".
func MediaIRI(mediaType string) string {
	if mediaType == "" {
		return ""
	}
	return mediaTypes + mediaType
}

// more adds a value to a property.
func (n *node) more(name string, v value) {
	if v.node == nil && v.iri == "" && v.text == "" {
		return
	}
	for i := range n.props {
		if n.props[i].name == name {
			n.props[i].values = append(n.props[i].values, v)
			return
		}
	}
	n.set(name, v)
}
