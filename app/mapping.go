package app

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"chasqui/app/datapackage"
	"chasqui/app/dcat"
	"chasqui/app/describe"
	"chasqui/app/message"
	"chasqui/app/store"
	"chasqui/sync/portal"
)

// This file is where a description meets the words of others: what its keys are
// called at a portal, in datapackage.json and in DCAT. mapping_back.go is the
// way back.

// urn is the IRI of a UUID (RFC 9562).
func urn(id string) string { return "urn:uuid:" + id }

// portalDataset is the dataset at the door, as its profile maps it; its
// resources are added once every file is written.
func portalDataset(d Dataset, f frozen) portal.Dataset { return inPortalFields(d, automatic(d, f)) }

// automatic are the values that are filled in when freezing, by key.
func automatic(d Dataset, f frozen) map[string]string {
	return map[string]string{"identifier": d.ID, "issued": dayOf(f.issued), "modified": dayOf(f.modified)}
}

func dayOf(moment string) string { return moment[:min(len(moment), len("2026-01-31"))] }

// distributions are the frozen files as portals show them.
func distributions(f frozen, d Dataset, say *message.Printer) []portal.Distribution {
	list := make([]portal.Distribution, len(f.files))
	for i, file := range f.files {
		r := f.resources[i]
		name := first(r.Title, file.Name)
		if file.Role == store.Data {
			name = d.Description.Title
		}
		if period := spokenPeriod(d, f.edition); period != "" && withoutMonth(name) == name {
			name += ", " + say.Period(period)
		}
		list[i] = portal.Distribution{
			ID: file.Resource, Name: name, FileName: file.Name, Format: strings.ToUpper(r.Format),
			MediaType: r.MediaType, Bytes: file.Blob.Bytes, SHA256: file.Blob.SHA256,
		}
		describeFile(d.Profile, d.Description, file.Role, &list[i])
		if file.Role == store.Data {
			list[i].Name = name + " (" + list[i].Format + ")"
			if r.Compression != "" {
				zipAtPortal(&list[i], name)
			} else if r.Format == "csv" {
				list[i].Schema = columnsAtPortal(f.tables[r.Table-1])
			}
			if l, ok := d.Profile.License(d.Description.License); ok {
				tell(&list[i], "license", first(l.EU, l.URL))
			}
		}
	}
	return list
}

// zipAtPortal labels a zipped file as what people get when they press its
// button, with what is inside beside it. It has no columns: a DataStore takes no
// zip.
func zipAtPortal(file *portal.Distribution, name string) {
	file.Name = name + " (" + file.Format + ", ZIP)"
	file.Format, file.MediaType = "ZIP", zipMediaType
	tell(file, "compress_format", dcat.MediaIRI(zipMediaType))
}

// spokenPeriod is the period that the names of an edition's files tell, so that
// they stand beside those of the next: the edition's, else the one that its
// file or a person speaks of. The first and last date among the values tell of
// no edition.
func spokenPeriod(d Dataset, e store.Edition) string {
	if e.Period != "" || d.Replace || d.Description.Proposed["temporal"] == FromContent {
		return e.Period
	}
	return PeriodOf(d.Description.Temporal)
}

// columnsAtPortal are a table's columns for a DataStore.
func columnsAtPortal(t frozenTable) []portal.Column {
	list := make([]portal.Column, len(t.fields))
	for i, p := range t.fields {
		list[i] = portal.Column{
			Name: p.field.Name, Type: string(p.field.Type), Title: p.column.Title, Description: p.column.Description, Unit: p.column.Unit,
		}
	}
	return list
}

// tell gives a file a field that the profile does not ask for. CKAN has the
// licence on the dataset, DCAT on each file: ckanext-dcat takes it from here.
func tell(file *portal.Distribution, name, value string) {
	if value == "" || file.Fields[name] != "" {
		return
	}
	if file.Fields == nil {
		file.Fields = map[string]string{}
	}
	file.Fields[name] = value
}

// packageOf describes what is frozen as a Data Package.
func packageOf(d Dataset, f frozen) datapackage.Package {
	about := d.Description
	p := datapackage.Package{
		Name: d.Name, ID: urn(d.ID), Title: about.Title, Description: about.Description, Version: f.version,
		Homepage: about.LandingPage, Created: f.modified, Issued: f.issued, Modified: f.modified,
		Keywords: about.Keywords, Language: about.Language, Spatial: about.Spatial, Temporal: about.Temporal,
		Frequency: about.Frequency, Resources: f.resources,
		Chasqui: &datapackage.Origin{
			Profile: about.Profile, Edition: urn(f.edition.ID), Period: f.edition.Period, Replace: d.Replace, Self: urn(f.self),
			More: maps.Clone(about.Extra), ByRule: about.Version == "" || about.Proposed["version"] != "",
		},
	}
	if len(f.changes) > 0 {
		p.Chasqui.Changes = json.RawMessage(encoded(f.changes))
	}
	for _, key := range ownKeys {
		if v := about.Get(key); v != "" {
			if p.Chasqui.More == nil {
				p.Chasqui.More = map[string]string{}
			}
			p.Chasqui.More[key] = v
		}
	}
	if about.Theme != "" {
		p.Themes = []string{about.Theme}
	}
	if l, ok := d.Profile.License(about.License); ok {
		p.Licenses = []datapackage.License{{Name: l.ID, Path: l.URL, Title: l.Title}}
	}
	if about.Publisher != "" {
		p.Contributors = append(p.Contributors, datapackage.Contributor{Title: about.Publisher, Roles: []string{"publisher"}})
	}
	if about.Contact != "" || about.Email != "" {
		contact := datapackage.Contributor{Title: about.Contact, Email: about.Email, Roles: []string{"contact"}}
		p.Contributors = append(p.Contributors, contact)
	}
	if about.Source != "" {
		p.Sources = []datapackage.Source{{Title: about.Source}}
	}
	return p
}

// ownKeys are the keys for which a Data Package has no property.
var ownKeys = [...]string{"access_rights", "rights", "legal_basis"}

// dcatOf describes what is frozen in DCAT's terms. Addresses are those of the
// package until receipt says where the files are served.
func dcatOf(d Dataset, f frozen, receipt *portal.Receipt, say *message.Printer) dcat.Dataset {
	about := d.Description
	lang := textLanguage(about.Language, say)
	c := dcat.Dataset{
		IRI: urn(f.edition.ID), Identifier: urn(d.ID), Series: urn(d.ID), Title: about.Title, Description: about.Description,
		Language: lang, Version: f.version, VersionNotes: f.note(say), Keywords: about.Keywords, Publisher: dcat.Agent{Name: about.Publisher},
		Source: about.Source, Issued: f.issued, Modified: f.modified, Homepage: about.LandingPage,
		Themes:    terms(d.Profile, "theme", about.Theme, lang),
		Languages: terms(d.Profile, "language", about.Language, lang),
		Access:    sharedTerm(describe.AccessRightsList, "PUBLIC", lang),
	}
	if d.Replace {
		c.IRI, c.Series = urn(d.ID), ""
	}
	if f.previous != "" {
		c.Previous = urn(f.previous)
	}
	if about.Contact != "" || about.Email != "" {
		c.Contact = dcat.Contact{Name: first(about.Contact, about.Publisher), Email: about.Email}
	}
	for _, t := range terms(d.Profile, "frequency", about.Frequency, lang) {
		c.Frequency = t
	}
	for _, t := range terms(d.Profile, "access_rights", about.AccessRights, lang) {
		c.Access = t
	}
	if about.Spatial != "" {
		c.Spatial = append(c.Spatial, dcat.Term{Label: about.Spatial})
	}
	if country := sharedTerm(describe.CountryList, d.Profile.Country, lang); country.IRI != "" {
		c.Spatial = append(c.Spatial, country)
	}
	if about.LegalBasis != "" {
		law := dcat.Term{Label: about.LegalBasis}
		if strings.Contains(about.LegalBasis, "://") {
			law = dcat.Term{IRI: about.LegalBasis}
		}
		c.Legislation = []dcat.Term{law}
	}
	for _, field := range ownFields(d.Profile) {
		c.More = append(c.More, toldBy(d.Profile, field, about.Get(field.Key), lang)...)
	}
	c.Start, c.End, _ = strings.Cut(about.Temporal, "/")
	if l, ok := d.Profile.License(about.License); ok {
		c.LicenseURL = l.URL
		c.License = dcat.Term{IRI: first(l.EU, l.URL), Label: first(l.Title, l.Label.In(lang))}
		c.Rights = say.T(rightsKey(l.Open), "License", c.License.Label)
	}
	c.Rights = first(about.Rights, c.Rights)
	if receipt != nil {
		c.Homepage = first(c.Homepage, receipt.URL)
	}
	addFiles(&c, f, served(receipt), lang, say)
	return c
}

// ownFields are the fields that only a profile knows and that have a place in
// DCAT or data.json. The keys of every description have theirs in dcatOf.
func ownFields(p describe.Profile) []describe.Field {
	return slices.DeleteFunc(p.Asked(), func(f describe.Field) bool {
		return slices.Contains(describe.Keys[:], f.Key) || f.DCAT == "" && f.DataJSON == ""
	})
}

// toldBy is the value of a profile's own field as DCAT and data.json take it: a
// term by its IRI where it has one, an address as an address, all else in words.
func toldBy(p describe.Profile, f describe.Field, value, lang string) []dcat.Property {
	if value == "" {
		return nil
	}
	told := dcat.Property{Path: f.DCAT, Member: f.DataJSON, Value: value}
	switch f.Form {
	case describe.FormURL:
		told.Kind = dcat.Address
		if f.DCAT == "foaf:page" {
			told.Label = f.Label.In(lang)
		}
	case describe.FormEmail:
		told.Value = "mailto:" + value
		told.Kind = dcat.Address
	case describe.FormDate:
		told.Kind = dcat.Day
	case describe.FormList:
		var list []dcat.Property
		for word := range strings.SplitSeq(value, ", ") {
			list = append(list, dcat.Property{Path: f.DCAT, Member: f.DataJSON, Value: word, Kind: dcat.List})
		}
		return list
	case describe.FormChoice:
		if t, ok := p.Term(f.Key, value); ok {
			told.Value = t.Label.In(lang)
			if address := p.IRI(f.Key, value); address != "" {
				told.Value, told.Label, told.Kind = address, told.Value, dcat.Address
			}
		}
	}
	if strings.HasSuffix(f.DCAT, ":hasTelephone") {
		told.Value, told.Kind = "tel:"+value, dcat.Address
	}
	return []dcat.Property{told}
}

func rightsKey(open bool) string {
	if open {
		return "package.rights.open"
	}
	return "package.rights.restricted"
}

// textLanguage is the language that a description is written in: the data's
// own, where it is one that the program speaks, else the program's.
func textLanguage(data string, say *message.Printer) string {
	if slices.Contains(message.Languages[:], data) {
		return data
	}
	return say.Lang()
}

// terms is what a key's value names in its profile's vocabulary, if anything.
func terms(p describe.Profile, key, code, lang string) []dcat.Term {
	t, ok := p.Term(key, code)
	if !ok {
		return nil
	}
	return []dcat.Term{{IRI: p.IRI(key, code), Label: t.Label.In(lang)}}
}

func sharedTerm(list, code, lang string) dcat.Term {
	t, ok := describe.TermOf(list, code)
	if !ok {
		return dcat.Term{}
	}
	return dcat.Term{IRI: t.IRI, Label: t.Label.In(lang)}
}

// served returns the address of a file by its resource id: the portal's, else
// the name that it has in the package.
func served(receipt *portal.Receipt) func(store.File) string {
	addresses := map[string]string{}
	if receipt != nil {
		for _, r := range receipt.Resources {
			addresses[r.ID] = r.URL
		}
	}
	return func(f store.File) string { return first(addresses[f.Resource], f.Name) }
}

func addFiles(c *dcat.Dataset, f frozen, address func(store.File) string, lang string, say *message.Printer) {
	schema := descriptorName
	for _, file := range f.files {
		if file.Role == store.DataPackage {
			schema = address(file)
		}
	}
	for i, file := range f.files {
		r := f.resources[i]
		switch file.Role {
		case store.Dictionary:
			title := first(r.Title, say.T("package.file.dictionary"))
			c.Pages = append(c.Pages, dcat.Page{URL: address(file), Title: title, MediaType: r.MediaType})
		case store.Data:
			t := f.tables[r.Table-1]
			format := strings.ToUpper(r.Format)
			c.Files = append(c.Files, dcat.Distribution{
				IRI: urn(file.Resource), URL: address(file), Title: c.Title + " (" + format + ")",
				Description: say.N("package.file.data", t.rows, "Columns", say.Number(int64(len(t.fields))), "Format", format),
				Format:      sharedTerm(describe.FileTypeList, format, lang), MediaType: r.MediaType, Compressed: compressed(r), Bytes: file.Blob.Bytes, SHA256: file.Blob.SHA256,
				Availability: sharedTerm(describe.AvailabilityList, "AVAILABLE", lang), SchemaURL: schema, Columns: columnsOf(t),
			})
		}
	}
}

// compressed is the media type of what a file is packed as, "" for one as it is.
func compressed(r datapackage.Resource) string {
	if r.Compression == zipCompression {
		return zipMediaType
	}
	return ""
}

func columnsOf(t frozenTable) []dcat.Column {
	list := make([]dcat.Column, len(t.fields))
	for i, p := range t.fields {
		list[i] = dcat.Column{
			IRI: urn(p.column.ID), Name: p.field.Name, Title: p.column.Title, Description: p.column.Description,
			Type: string(p.field.Type), Unit: p.column.Unit,
		}
	}
	return list
}
