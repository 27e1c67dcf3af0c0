package dcat

import (
	"fmt"
	"strings"
)

// Turtle writes the dataset as RDF 1.1 Turtle, with the same bytes for the same
// dataset.
func Turtle(d Dataset) []byte {
	var b strings.Builder
	for _, ns := range namespaces {
		fmt.Fprintf(&b, "@prefix %s: <%s> .\n", ns.prefix, ns.iri)
	}
	for _, n := range describe(d).nodes {
		b.WriteString("\n" + turtleIRI(n.iri) + n.turtle(1) + " .\n")
	}
	return []byte(b.String())
}

// turtle writes the types and properties of a node at a depth of indentation.
func (n *node) turtle(depth int) string {
	var parts []string
	if len(n.types) > 0 {
		parts = append(parts, " a "+strings.Join(n.types, ", "))
	}
	indent := "\n" + strings.Repeat("    ", depth)
	for _, p := range n.props {
		values := make([]string, len(p.values))
		for i, v := range p.values {
			values[i] = v.turtle(depth)
		}
		parts = append(parts, indent+p.name+" "+strings.Join(values, ", "))
	}
	return strings.Join(parts, " ;")
}

func (v value) turtle(depth int) string {
	switch {
	case v.node != nil:
		return "[" + v.node.turtle(depth+1) + " ]"
	case v.iri != "":
		return turtleIRI(v.iri)
	case v.lang != "":
		return turtleText(v.text) + "@" + v.lang
	case v.datatype != "":
		return turtleText(v.text) + "^^" + v.datatype
	}
	return turtleText(v.text)
}

// turtleIRI writes an IRIREF; what it can't hold is percent-encoded (Turtle,
// production IRIREF).
func turtleIRI(s string) string { return "<" + encodeIRI(s) + ">" }

func encodeIRI(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r <= ' ' || strings.ContainsRune("<>\"{}|^`\\", r) {
			fmt.Fprintf(&b, "%%%02X", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// turtleEscapes are the characters that a quoted string can't hold as they are
// (Turtle, production ECHAR).
var turtleEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\b", `\b`, "\f", `\f`)

func turtleText(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range turtleEscapes.Replace(s) {
		if r < ' ' || r == 0x7f {
			fmt.Fprintf(&b, `\u%04X`, r)
			continue
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	return b.String()
}
