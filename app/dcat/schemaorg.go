package dcat

import "strconv"

// SchemaOrg writes the dataset as schema.org/Dataset, the form that search
// engines read out of a page. HTML's special characters are escaped, so that it
// can stand inside one.
func SchemaOrg(d Dataset) []byte {
	o := object{{"@context", "https://schema.org/"}, {"@type", "Dataset"}, {"@id", d.IRI}}
	o = o.with("name", d.Title).with("description", d.Description).with("identifier", first(d.Identifier, d.IRI))
	o = o.with("url", d.Homepage).with("keywords", d.Keywords).with("version", d.Version)
	o = o.with("license", d.LicenseURL).with("inLanguage", d.tags())
	open := d.Access.Code() == "" || d.Access.Code() == "PUBLIC"
	o = append(o, member{"isAccessibleForFree", open})
	if d.Publisher.Name != "" {
		body := object{{"@type", "GovernmentOrganization"}, {"name", d.Publisher.Name}}
		o = append(o, member{"creator", body})
		if d.Contact != (Contact{}) {
			point := object{{"@type", "ContactPoint"}}.with("name", d.Contact.Name).with("email", d.Contact.Email)
			body = append(body[:len(body):len(body)], member{"contactPoint", point})
		}
		o = append(o, member{"publisher", body})
	}
	o = o.with("datePublished", d.Issued).with("dateModified", d.Modified)
	if d.Start != "" && d.End != "" {
		o = append(o, member{"temporalCoverage", d.Start + "/" + d.End})
	}
	for _, t := range d.Spatial[:min(len(d.Spatial), 1)] {
		o = append(o, member{"spatialCoverage", object{{"@type", "Place"}}.with("name", t.Label).with("sameAs", t.IRI)})
	}
	if d.Series != "" {
		o = append(o, member{"isPartOf", object{{"@type", "Dataset"}, {"@id", d.Series}, {"name", d.Title}, {"description", d.Description}}})
	}
	var files, columns []any
	for _, f := range d.Files {
		files = append(files, f.schemaOrg())
	}
	seen := map[string]bool{}
	for _, f := range d.Files {
		for _, c := range f.Columns {
			if !seen[c.IRI+c.Name] {
				seen[c.IRI+c.Name] = true
				columns = append(columns, c.schemaOrg())
			}
		}
	}
	return escapeHTML(encode(o.with("distribution", files).with("variableMeasured", columns)))
}

func (f Distribution) schemaOrg() object {
	o := object{{"@type", "DataDownload"}}.with("name", f.Title).with("description", f.Description)
	o = o.with("contentUrl", f.URL).with("encodingFormat", f.MediaType).with("sha256", f.SHA256)
	if f.Bytes > 0 {
		o = append(o, member{"contentSize", strconv.FormatInt(f.Bytes, 10) + " B"})
	}
	return o
}

func (c Column) schemaOrg() object {
	o := object{{"@type", "PropertyValue"}, {"name", first(c.Title, c.Name)}}
	return o.with("alternateName", c.Name).with("description", c.Description).with("unitText", c.Unit).with("propertyID", c.IRI)
}

// escapeHTML writes JSON so that no part of it can end a script element.
func escapeHTML(data []byte) []byte {
	var b []byte
	for _, c := range data {
		switch c {
		case '<', '>', '&':
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		default:
			b = append(b, c)
		}
	}
	return b
}

const hexDigits = "0123456789abcdef"
