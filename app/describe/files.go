package describe

import "strings"

// The kinds of files that a profile expects.
const (
	DataFile       = "data"
	MetadataFile   = "metadata"
	DictionaryFile = "dictionary"
)

// ExpectedFile is a file that a country expects beside or instead of the usual
// ones. Name is its name without ending, with {office}, {subject} and {period}
// to be filled in; Label how it is called there.
type ExpectedFile struct {
	Kind    string   `json:"kind"` // DataFile, MetadataFile, DictionaryFile
	Name    string   `json:"name"`
	Label   Text     `json:"label"`
	Formats []string `json:"formats"` // ids of output formats, the best first
	// Heading is the first row; none if it is empty.
	Heading []string `json:"heading,omitempty"`
	// Rows are the rows of a metadata file, or those above a dictionary's
	// columns.
	Rows []FileRow `json:"rows,omitempty"`
	// Proposed says that the inner layout could not be confirmed.
	Proposed bool `json:"proposed,omitempty"`
}

// FileRow is a label and the value of a key beside it.
type FileRow struct {
	Label string `json:"label"`
	Key   string `json:"key"`
	// Upper writes the value in capitals.
	Upper bool `json:"upper,omitempty"`
}

// ColumnWords is a column as a dictionary tells it.
type ColumnWords struct {
	Name, Title, Type, Unit, Description string
}

// FileName fills in the placeholders of the name; what is not known is left
// out together with one "_" beside it.
func (f ExpectedFile) FileName(values map[string]string) string {
	name := f.Name
	for _, place := range [...]string{"office", "subject", "period"} {
		mark := "{" + place + "}"
		if values[place] == "" {
			name = strings.NewReplacer(mark+"_", "", "_"+mark, "", mark, "").Replace(name)
			continue
		}
		name = strings.ReplaceAll(name, mark, values[place])
	}
	return name
}

// Content returns the rows of a metadata or dictionary file, Heading among
// them: labels with values as the form shows them, then, in a dictionary, each
// column's name and meaning. auto has the values that are filled in when
// freezing, by key.
func (f ExpectedFile) Content(p Profile, d Description, auto map[string]string, columns []ColumnWords) [][]string {
	var rows [][]string
	if len(f.Heading) > 0 {
		rows = append(rows, f.Heading)
	}
	for _, r := range f.Rows {
		value := auto[r.Key]
		if value == "" {
			value = p.Shown(d, r.Key, d.Language)
		}
		if r.Upper {
			value = strings.ToUpper(value)
		}
		rows = append(rows, []string{r.Label, value})
	}
	if f.Kind != DictionaryFile {
		return rows
	}
	for _, c := range columns {
		meaning := c.Description
		if meaning == "" {
			meaning = c.Title
		}
		if c.Unit != "" {
			meaning += " (" + c.Unit + ")"
		}
		rows = append(rows, []string{c.Name, meaning})
	}
	return rows
}

// Shown is a key's value as people read it in a language: a code's label, all
// else as it stands.
func (p Profile) Shown(d Description, key, lang string) string {
	value := d.Get(key)
	if key == "license" {
		if l, ok := p.License(value); ok {
			return l.Title
		}
	}
	if t, ok := p.Term(key, value); ok {
		return t.Label.In(lang)
	}
	return value
}
