package dcat

// namespaces are the prefixes of what is written, in the order in which they
// are declared.
var namespaces = [...]namespace{
	{"adms", "http://www.w3.org/ns/adms#"},
	{"dcat", "http://www.w3.org/ns/dcat#"},
	{"dcatap", "http://data.europa.eu/r5r/"},
	{"dct", "http://purl.org/dc/terms/"},
	{"eli", "http://data.europa.eu/eli/ontology#"},
	{"foaf", "http://xmlns.com/foaf/0.1/"},
	{"prov", "http://www.w3.org/ns/prov#"},
	{"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
	{"skos", "http://www.w3.org/2004/02/skos/core#"},
	{"spdx", "http://spdx.org/rdf/terms#"},
	{"vcard", "http://www.w3.org/2006/vcard/ns#"},
	{"xsd", "http://www.w3.org/2001/XMLSchema#"},
}

// namespace is a prefix and what it stands for.
type namespace struct{ prefix, iri string }

// graph is a description as a list of named nodes; JSON-LD and Turtle are two
// ways of writing it down.
type graph struct {
	nodes []*node
	known map[string]bool
}

// node is a thing with its properties in their order. One without an IRI stands
// inside the property that names it.
type node struct {
	iri   string
	types []string
	props []property
}

type property struct {
	name   string // prefixed: "dct:title"
	values []value
}

// value is a node, an IRI, or a text with a language or a datatype.
type value struct {
	node     *node
	iri      string
	text     string
	lang     string
	datatype string // prefixed: "xsd:date"
}

// add puts a named node into the graph; one that is there already stays.
func (g *graph) add(n *node) {
	if g.known == nil {
		g.known = map[string]bool{}
	}
	if !g.known[n.iri] {
		g.known[n.iri] = true
		g.nodes = append(g.nodes, n)
	}
}

// set adds a property unless it has no value.
func (n *node) set(name string, values ...value) {
	var kept []value
	for _, v := range values {
		if v.node != nil || v.iri != "" || v.text != "" {
			kept = append(kept, v)
		}
	}
	if len(kept) > 0 {
		n.props = append(n.props, property{name, kept})
	}
}

func iri(s string) value                { return value{iri: s} }
func words(s, lang string) value        { return value{text: s, lang: lang} }
func typed(s, datatype string) value    { return value{text: s, datatype: datatype} }
func blank(types ...string) *node       { return &node{types: types} }
func inside(n *node) value              { return value{node: n} }
func named(s string, t ...string) *node { return &node{iri: s, types: t} }
