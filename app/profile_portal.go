package app

import (
	"chasqui/app/describe"
	"chasqui/app/store"
	"chasqui/sync/portal"
)

// inPortalFields is a dataset's description in a portal's fields, as its profile
// maps it. auto has the values that the program fills in, by key.
func inPortalFields(d Dataset, auto map[string]string) portal.Dataset {
	m := d.Profile.CKAN(d.Description, auto)
	p := portal.Dataset{
		ID: d.ID, Name: d.Name, Title: m.Core["title"], Description: m.Core["notes"], Publisher: m.Core["author"],
		Contact: m.Core["maintainer"], Email: m.Core["maintainer_email"], Source: m.Core["url"], Version: m.Core["version"],
		Keywords: m.Tags, Groups: m.Groups, Extras: m.Extras, Fields: m.Top,
	}
	if l, ok := d.Profile.License(d.Description.License); ok {
		p.License = portal.License{ID: first(l.CKAN, l.ID), Title: l.Title, URL: l.URL}
	}
	for name, value := range m.Core {
		if !plainCore[name] { // a field of every CKAN that portal.Dataset has no name for
			p.Fields[name] = value
		}
	}
	return p
}

// plainCore are the fields of every CKAN that portal.Dataset has by name.
var plainCore = map[string]bool{
	"title": true, "notes": true, "author": true, "maintainer": true, "maintainer_email": true, "url": true,
	"version": true, "license_id": true,
}

// describeFile says of a file what the profile wants said of each. What the
// dataset's description says is of its data: another file's is its name.
func describeFile(p describe.Profile, d describe.Description, role store.Role, file *portal.Distribution) {
	for name, value := range p.CKAN(d, nil).Resource {
		switch {
		case name != "description":
			if file.Fields == nil {
				file.Fields = map[string]string{}
			}
			file.Fields[name] = value
		case role == store.Data:
			file.Description = value
		default:
			file.Description = file.Name
		}
	}
}
