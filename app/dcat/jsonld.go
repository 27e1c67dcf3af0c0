package dcat

import (
	"bytes"
	"encoding/json"
	"slices"
)

// JSONLD writes the dataset as JSON-LD 1.1 whose context stands in the file,
// with the same bytes for the same dataset.
func JSONLD(d Dataset) []byte {
	context := object{}
	for _, ns := range namespaces {
		context = append(context, member{ns.prefix, ns.iri})
	}
	var nodes []any
	for _, n := range describe(d).nodes {
		nodes = append(nodes, n.object())
	}
	return encode(object{{"@context", context}, {"@graph", nodes}})
}

func (n *node) object() object {
	var o object
	if n.iri != "" {
		o = append(o, member{"@id", encodeIRI(n.iri)})
	}
	if len(n.types) == 1 {
		o = append(o, member{"@type", n.types[0]})
	} else if len(n.types) > 1 {
		o = append(o, member{"@type", n.types})
	}
	for _, p := range n.props {
		values := make([]any, len(p.values))
		for i, v := range p.values {
			values[i] = v.object()
		}
		if len(values) == 1 {
			o = append(o, member{p.name, values[0]})
			continue
		}
		o = append(o, member{p.name, values})
	}
	return o
}

func (v value) object() any {
	switch {
	case v.node != nil:
		return v.node.object()
	case v.iri != "":
		return object{{"@id", encodeIRI(v.iri)}}
	case v.lang != "":
		return object{{"@value", v.text}, {"@language", v.lang}}
	case v.datatype != "":
		return object{{"@value", v.text}, {"@type", v.datatype}}
	}
	return v.text
}

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members as they stand.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := plain(m.name)
		if err != nil {
			return nil, err
		}
		value, err := plain(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// has reports whether a member stands already.
func (o object) has(name string) bool {
	return slices.ContainsFunc(o, func(m member) bool { return m.name == name })
}

// with adds a member unless its text or list is empty.
func (o object) with(name string, v any) object {
	switch t := v.(type) {
	case string:
		if t == "" {
			return o
		}
	case []string:
		if len(t) == 0 {
			return o
		}
	case []any:
		if len(t) == 0 {
			return o
		}
	case object:
		if len(t) == 0 {
			return o
		}
	case nil:
		return o
	}
	return append(o, member{name, v})
}

// plain encodes without escaping what only HTML minds.
func plain(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// encode writes readable JSON.
func encode(v any) []byte {
	compact, err := plain(v)
	if err != nil {
		panic(err) // objects, lists, texts and numbers always encode
	}
	var b bytes.Buffer
	if err := json.Indent(&b, compact, "", "  "); err != nil {
		panic(err)
	}
	b.WriteByte('\n')
	return b.Bytes()
}
