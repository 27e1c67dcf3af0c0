package dcat

// csvwTypes are Table Schema's types as CSVW's, where they differ in name
// (CSV on the Web, Metadata Vocabulary for Tabular Data, section 5.11.1).
var csvwTypes = map[string]string{
	"number": "decimal", "datetime": "datetime", "year": "gYear", "yearmonth": "gYearMonth", "geopoint": "string", "any": "string",
	"": "string",
}

// CSVW writes the metadata that lies beside a CSV as NAME.csv-metadata.json:
// what each column is, and how the file is written. f is the CSV among the
// dataset's files.
func CSVW(d Dataset, f Distribution) []byte {
	context := []any{"http://www.w3.org/ns/csvw"}
	if d.Language != "" {
		context = append(context, object{{"@language", d.Language}})
	}
	o := object{{"@context", context}, {"url", baseName(f.URL)}}
	o = o.with("dc:title", f.Title).with("dc:description", d.Description).with("dc:publisher", d.Publisher.Name)
	o = o.with("dc:license", link(d.License.IRI)).with("dc:language", d.Language).with("dc:source", d.Source)
	o = o.with("dc:issued", d.Issued).with("dc:modified", d.Modified).with("dcat:keyword", d.Keywords).with("dc:isPartOf", link(d.IRI))
	o = append(o, member{"dialect", object{
		{"delimiter", ","}, {"encoding", "utf-8"}, {"header", true}, {"headerRowCount", 1}, {"quoteChar", `"`}, {"doubleQuote", true},
	}})
	columns := make([]any, len(f.Columns))
	for i, c := range f.Columns {
		columns[i] = c.csvw()
	}
	o = append(o, member{"tableSchema", object{{"columns", columns}}})
	return encode(o)
}

func (c Column) csvw() object {
	titles := []string{c.Name}
	if c.Title != "" && c.Title != c.Name {
		titles = append(titles, c.Title)
	}
	kind, other := csvwTypes[c.Type]
	if !other {
		kind = c.Type
	}
	o := object{{"name", c.Name}, {"titles", titles}, {"datatype", kind}, {"required", false}}
	o = o.with("dc:description", c.Description).with("dc:identifier", c.IRI)
	if c.Unit != "" {
		o = append(o, member{"schema:unitText", c.Unit})
	}
	return o
}

func link(iri string) any {
	if iri == "" {
		return nil
	}
	return object{{"@id", iri}}
}

func baseName(url string) string {
	for i := len(url) - 1; i >= 0; i-- {
		if url[i] == '/' {
			return url[i+1:]
		}
	}
	return url
}
