// Package datapackage writes Data Package v2 descriptors
// (https://datapackage.org/standard/data-package/): the datapackage.json that
// travels with every publication and lets any Frictionless tool read it.
package datapackage

import (
	"bytes"
	"encoding/json"
)

// Profile is the $schema of the descriptors written here.
const Profile = "https://datapackage.org/profiles/2.0/datapackage.json"

// Package is a descriptor (Data Package v2, section Package). ID is the
// dataset's IRI, urn:uuid:.
type Package struct {
	Schema       string        `json:"$schema"`
	Name         string        `json:"name"`
	ID           string        `json:"id"`
	Title        string        `json:"title,omitempty"`
	Description  string        `json:"description,omitempty"`
	Version      string        `json:"version,omitempty"`
	Licenses     []License     `json:"licenses,omitempty"`
	Contributors []Contributor `json:"contributors,omitempty"`
	Sources      []Source      `json:"sources,omitempty"`
	Keywords     []string      `json:"keywords,omitempty"`
	Resources    []Resource    `json:"resources"`
	// What the standard has no property for, under names of our own.
	Language  string `json:"language,omitempty"`
	Spatial   string `json:"spatial,omitempty"`
	Temporal  string `json:"temporal,omitempty"`
	Frequency string `json:"accrualPeriodicity,omitempty"`
	Theme     string `json:"theme,omitempty"`
}

// License is a licence of the package.
type License struct {
	Name  string `json:"name,omitempty"`
	Path  string `json:"path,omitempty"`
	Title string `json:"title,omitempty"`
}

// Contributor is who had a part in the package.
type Contributor struct {
	Title string   `json:"title"`
	Email string   `json:"email,omitempty"`
	Roles []string `json:"roles,omitempty"`
}

// Source is where the data come from.
type Source struct {
	Title string `json:"title"`
}

// Resource is one file of the package.
type Resource struct {
	Name      string  `json:"name"`
	Type      string  `json:"type,omitempty"` // "table" for tabular data
	Path      string  `json:"path"`
	Title     string  `json:"title,omitempty"`
	Format    string  `json:"format,omitempty"`
	MediaType string  `json:"mediatype,omitempty"`
	Encoding  string  `json:"encoding,omitempty"`
	Bytes     int64   `json:"bytes"`
	Hash      string  `json:"hash"` // "sha256:" and lower-case hex
	Schema    *Schema `json:"schema,omitempty"`
}

// Schema describes a table's columns (Table Schema v2).
type Schema struct {
	Fields        []Field  `json:"fields"`
	MissingValues []string `json:"missingValues"`
}

// Field is one column. Unit and ID are names of our own.
type Field struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	Example     string `json:"example,omitempty"`
	Unit        string `json:"unit,omitempty"`
	ID          string `json:"id,omitempty"` // urn:uuid: of the column
}

// Encode writes the descriptor as readable JSON with the same bytes for the
// same package.
func (p Package) Encode() []byte {
	p.Schema = Profile
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(p); err != nil {
		panic(err) // a tree of strings and numbers always encodes
	}
	return b.Bytes()
}
