// Package datapackage is the Data Package v2 descriptor
// (https://datapackage.org/standard/data-package/): the datapackage.json that
// travels with every publication, lets any Frictionless tool read it, and lets
// this program make the dataset again on another computer.
//
// Start with Package; Encode writes it and Decode reads it back.
package datapackage

import (
	"bytes"
	"encoding/json"
	"strings"
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
	Homepage     string        `json:"homepage,omitempty"`
	Version      string        `json:"version,omitempty"`
	Created      string        `json:"created,omitempty"` // RFC 3339; of the frozen revision
	Licenses     []License     `json:"licenses,omitempty"`
	Contributors []Contributor `json:"contributors,omitempty"`
	Sources      []Source      `json:"sources,omitempty"`
	Keywords     []string      `json:"keywords,omitempty"`
	Resources    []Resource    `json:"resources"`
	// What the standard has no property for, under names of our own or of
	// DCAT.
	Issued    string   `json:"issued,omitempty"`
	Modified  string   `json:"modified,omitempty"`
	Language  string   `json:"language,omitempty"`
	Spatial   string   `json:"spatial,omitempty"`
	Temporal  string   `json:"temporal,omitempty"`
	Frequency string   `json:"accrualPeriodicity,omitempty"`
	Themes    []string `json:"themes,omitempty"`
	Chasqui   *Origin  `json:"chasqui,omitempty"`
}

// Origin is what only this program asks for, to make the same draft again.
type Origin struct {
	Profile string            `json:"profile,omitempty"` // metadata profile
	Edition string            `json:"edition,omitempty"` // urn:uuid: of the edition
	Period  string            `json:"period,omitempty"`  // of the edition
	Replace bool              `json:"replace,omitempty"` // exactly one edition, ever
	Self    string            `json:"self,omitempty"`    // urn:uuid: that portals know this descriptor by
	More    map[string]string `json:"more,omitempty"`    // keys of the description that have no property
	// ByRule says that the version is the program's and not a person's, Changes
	// what is different from the version before, in a form of the program's own.
	ByRule  bool            `json:"versionByRule,omitempty"`
	Changes json.RawMessage `json:"changes,omitempty"`
}

// License is a licence of the package.
type License struct {
	Name  string `json:"name,omitempty"`
	Path  string `json:"path,omitempty"`
	Title string `json:"title,omitempty"`
}

// Contributor is who had a part in the package. Role is what version 1 of the
// standard had in place of Roles; it is only read.
type Contributor struct {
	Title string   `json:"title,omitempty"`
	Email string   `json:"email,omitempty"`
	Roles []string `json:"roles,omitempty"`
	Role  string   `json:"role,omitempty"`
}

// Is reports whether the contributor has that role.
func (c Contributor) Is(role string) bool {
	for _, r := range append(c.Roles, c.Role) {
		if strings.EqualFold(r, role) {
			return true
		}
	}
	return false
}

// Source is where the data come from.
type Source struct {
	Title string `json:"title,omitempty"`
	Path  string `json:"path,omitempty"`
	Email string `json:"email,omitempty"`
}

// Resource is one file of the package.
type Resource struct {
	Name        string `json:"name"`
	Type        string `json:"type,omitempty"` // "table" for tabular data
	Path        Path   `json:"path"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	Format      string `json:"format,omitempty"`
	MediaType   string `json:"mediatype,omitempty"`
	Encoding    string `json:"encoding,omitempty"`
	// Compression is "zip" where the file is one with the table as its only
	// entry (Data Package recipes, Compression of resources): Format, MediaType
	// and Encoding are the entry's, Bytes and Hash the zip's.
	Compression string   `json:"compression,omitempty"`
	Bytes       int64    `json:"bytes,omitempty"`
	Hash        string   `json:"hash"` // "sha256:" and lower-case hex
	Dialect     *Dialect `json:"dialect,omitempty"`
	Schema      *Schema  `json:"schema,omitempty"`
	ID          string   `json:"id,omitempty"`    // urn:uuid: that portals know the file by
	Slot        string   `json:"slot,omitempty"`  // what the file is among its edition's: "csv:1", "dictionary"
	Table       int      `json:"table,omitempty"` // 1, 2 ...: files of one table have the same
}

// SHA256 is the resource's hash in lower-case hex, "" if it has one of another
// kind or none.
func (r Resource) SHA256() string {
	sum, ok := strings.CutPrefix(r.Hash, "sha256:")
	if !ok {
		return ""
	}
	return strings.ToLower(sum)
}

// Path is a resource's path; of a list of paths, which others may write, the
// first is kept.
type Path string

// UnmarshalJSON reads a text or a list of texts.
func (p *Path) UnmarshalJSON(data []byte) error {
	var list []string
	if json.Unmarshal(data, &list) == nil {
		if len(list) > 0 {
			*p = Path(list[0])
		}
		return nil
	}
	return json.Unmarshal(data, (*string)(p))
}

// Dialect is how a table is written in its file (Table Dialect v2). Fields that
// are empty have the standard's defaults.
type Dialect struct {
	Delimiter      string `json:"delimiter,omitempty"`
	LineTerminator string `json:"lineTerminator,omitempty"`
	QuoteChar      string `json:"quoteChar,omitempty"`
	DoubleQuote    bool   `json:"doubleQuote,omitempty"`
	Header         bool   `json:"header,omitempty"`
}

// Schema describes a table's columns (Table Schema v2).
type Schema struct {
	Fields        []Field  `json:"fields"`
	MissingValues []string `json:"missingValues"`
	PrimaryKey    []string `json:"primaryKey,omitempty"`
}

// Field is one column. Unit, ID and what follows are names of our own.
type Field struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Format      string `json:"format,omitempty"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	Example     string `json:"example,omitempty"`
	Unit        string `json:"unit,omitempty"`
	CodeList    string `json:"codeList,omitempty"` // the list that its codes are from, by name or address
	ID          string `json:"id,omitempty"`       // urn:uuid: of the column
	// Words are what the source wrote where there was no value.
	Words []string `json:"missingWords,omitempty"`
	// Meant is the type that the values would have but for some that do not fit;
	// "" if all do.
	Meant string `json:"meantType,omitempty"`
	// Personal is why personal data in the column are published.
	Personal string `json:"personal,omitempty"`
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

// Decode reads a descriptor of version 2 or 1, also one that others wrote. The
// error is encoding/json's.
func Decode(data []byte) (Package, error) {
	var p Package
	return p, json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &p)
}
