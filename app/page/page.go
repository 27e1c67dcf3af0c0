// Package page writes what people read about a dataset: one page of HTML that
// needs no network and runs no script, and the same in short as plain text.
//
// Start with Page, which app fills; HTML and Text write it in the words of a
// message.Printer.
package page

import (
	"bytes"
	_ "embed"
	"html/template"
	"slices"
	"strings"

	"chasqui/app/dcat"
	"chasqui/app/message"
)

// Page is what is told of a dataset.
type Page struct {
	Dataset dcat.Dataset
	License string // its name
	Files   []File
	Tables  []Table
	Own     []Fact // what only the profile asks
}

// File is a file of the package. Data are files with the tables themselves;
// Title is what a profile calls one of the others.
type File struct {
	Name   string
	Title  string
	Format string
	Bytes  int64
	Data   bool
}

// Table is one table: its columns with the type in words, its first rows, and
// what was done to it. Missing and Numeric go with Columns.
type Table struct {
	Name    string
	Rows    int
	Columns []dcat.Column
	Missing [][]string // what the source wrote for "no value"
	Numeric []bool
	Sample  [][]string // rows × columns
	Done    []string
}

// HasUnits reports whether a column has a unit.
func (t Table) HasUnits() bool {
	return slices.ContainsFunc(t.Columns, func(c dcat.Column) bool { return c.Unit != "" })
}

// HasMissing reports whether the source had words for "no value".
func (t Table) HasMissing() bool {
	return slices.ContainsFunc(t.Missing, func(words []string) bool { return len(words) > 0 })
}

//go:embed page.html
var source string

//go:embed page.css
var style string

// HTML writes the page, with the same bytes for the same page. Everything that
// was written by people is escaped.
func HTML(p Page, say *message.Printer) []byte {
	t := template.Must(template.New("page").Funcs(template.FuncMap{
		"t": say.T, "n": say.N, "bytes": say.Bytes, "number": func(n int) string { return say.Number(int64(n)) },
		"paragraphs": paragraphs, "day": day, "cell": cell,
		"numeric": func(t Table, i int) bool { return i < len(t.Numeric) && t.Numeric[i] },
		"kind":    kind,
		"missing": func(t Table, i int) string { return strings.Join(t.Missing[i], " | ") },
	}).Parse(source))
	var b bytes.Buffer
	err := t.Execute(&b, view{
		Page: p, Style: template.CSS(style), Lang: say.Lang(), Facts: facts(p, say), Cite: cite(p, say),
		Linked: template.JS(dcat.SchemaOrg(p.Dataset)),
	})
	if err != nil {
		panic(err) // the template is part of the program and takes any Page
	}
	return b.Bytes()
}

// view is what the template sees.
type view struct {
	Page
	Style  template.CSS
	Linked template.JS // escaped for a script element by dcat.SchemaOrg
	Lang   string
	Facts  []Fact
	Cite   string
}

// Sheet is the file that a spreadsheet program opens best, "" if there is none.
func (v view) Sheet() string { return v.named("XLSX", "ODS", "CSV") }

// CSV is the first data file in CSV.
func (v view) CSV() string { return v.named("CSV") }

// XLSX is the first data file as a workbook.
func (v view) XLSX() string { return v.named("XLSX") }

func (v view) named(formats ...string) string {
	for _, format := range formats {
		for _, f := range v.Files {
			if f.Data && f.Format == format {
				return f.Name
			}
		}
	}
	return ""
}

// Fact is one line of what is known of the dataset.
type Fact struct {
	Label, Value, Link string
}

func facts(p Page, say *message.Printer) []Fact {
	d := p.Dataset
	var list []Fact
	add := func(key, value, link string) {
		if value != "" {
			list = append(list, Fact{say.T(key), value, link})
		}
	}
	add("key.license", p.License, d.LicenseURL)
	if d.Start != "" && d.End != "" {
		add("key.temporal", say.T("page.period", "From", d.Start, "To", d.End), "")
	}
	add("key.frequency", d.Frequency.Label, "")
	for _, t := range d.Themes {
		add("key.theme", t.Label, "")
	}
	for _, s := range d.Spatial {
		add("key.spatial", s.Label, "")
	}
	for _, l := range d.Languages {
		add("key.language", l.Label, "")
	}
	add("key.source", d.Source, "")
	add("key.keywords", strings.Join(d.Keywords, ", "), "")
	if d.Contact.Email != "" {
		add("key.contact", d.Contact.Name, "mailto:"+d.Contact.Email)
		add("key.email", d.Contact.Email, "mailto:"+d.Contact.Email)
	} else {
		add("key.contact", d.Contact.Name, "")
	}
	for _, law := range d.Legislation {
		add("key.legal_basis", first(law.Label, law.IRI), law.IRI)
	}
	list = append(list, p.Own...)
	add("key.version", d.Version, "")
	add("page.issued", day(d.Issued), "")
	add("page.modified", day(d.Modified), "")
	add("page.identifier", d.IRI, "")
	add("page.portal", d.Homepage, d.Homepage)
	return list
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// cite is how the dataset is named in a work that uses it.
func cite(p Page, say *message.Printer) string {
	d := p.Dataset
	where := d.IRI
	if d.Homepage != "" {
		where = d.Homepage
	}
	year := d.Modified[:min(4, len(d.Modified))]
	return say.T("page.cite.text", "Publisher", d.Publisher.Name, "Year", year, "Title", d.Title, "License", p.License, "Where", where)
}

// paragraphs cuts a text at its blank lines.
func paragraphs(s string) []string {
	var list []string
	for part := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// day is the date of a time.
func day(s string) string { return s[:min(len(s), len("2026-01-31"))] }

// shortCell is the length in characters up to which a value stays on one line.
const shortCell = 24

// kind is how a value of the sample is set.
func kind(t Table, i int, value string) string {
	switch {
	case i < len(t.Numeric) && t.Numeric[i]:
		return "number"
	case len([]rune(value)) <= shortCell:
		return "short"
	}
	return ""
}

// cellLimit is how many characters of a value the sample shows.
const cellLimit = 160

func cell(s string) string {
	if r := []rune(s); len(r) > cellLimit {
		return string(r[:cellLimit]) + "…"
	}
	return s
}
