package page

import (
	"slices"
	"strings"

	"chasqui/app/message"
)

// Text writes README.txt: what the dataset is and what each file is for, in
// lines that any editor shows (UTF-8, CRLF).
func Text(p Page, say *message.Printer) []byte {
	d := p.Dataset
	var b strings.Builder
	line := func(s string) { b.WriteString(strings.ReplaceAll(s, "\n", "\r\n") + "\r\n") }
	heading := func(key string) {
		title := say.T(key)
		line("\n" + title + "\n" + strings.Repeat("-", len([]rune(title))))
	}
	line(d.Title + "\n" + strings.Repeat("=", len([]rune(d.Title))))
	if d.Publisher.Name != "" {
		line(say.T("page.by", "Publisher", d.Publisher.Name))
	}
	for _, part := range paragraphs(d.Description) {
		line("\n" + part)
	}
	line("")
	for _, f := range facts(p, say) {
		line(f.Label + ": " + f.Value)
	}
	if d.Rights != "" {
		line("\n" + d.Rights)
	}
	if d.VersionNotes != "" {
		line("\n" + say.T("page.changes") + ": " + d.VersionNotes)
	}
	heading("page.files")
	for _, f := range p.Files {
		if f.Data {
			line(f.Name + " (" + f.Format + ", " + say.Bytes(f.Bytes) + ")")
		} else if f.Title != "" {
			line(f.Name + ": " + f.Title)
		}
	}
	csv := slices.ContainsFunc(p.Files, func(f File) bool { return f.Data && f.Format == "CSV" })
	for _, name := range [...]string{"index.html", "dictionary.csv", "dictionary.xlsx", "datapackage.json", "dcat.jsonld", "dcat.ttl", "data.json", "*.csv-metadata.json", "CHECKSUMS"} {
		if key(name) == "csvw" && !csv {
			continue
		}
		line(name + ": " + say.T("package.file."+key(name)))
	}
	for _, t := range p.Tables {
		if len(t.Done) == 0 {
			continue
		}
		heading("page.done")
		if len(p.Tables) > 1 {
			line(t.Name)
		}
		for _, done := range t.Done {
			line("- " + done)
		}
	}
	heading("page.cite")
	line(cite(p, say))
	return []byte(b.String())
}

// key is a file's name as the catalogue of words has it.
func key(name string) string {
	switch name {
	case "index.html":
		return "page"
	case "dictionary.csv", "dictionary.xlsx":
		return "dictionary"
	case "datapackage.json":
		return "datapackage"
	case "data.json":
		return "opendata"
	case "CHECKSUMS":
		return "checksums"
	case "*.csv-metadata.json":
		return "csvw"
	}
	return "dcat"
}
