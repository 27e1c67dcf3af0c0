package ckan

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"chasqui/sync/portal"
)

// extraPrefix marks an extra among the fields of a description.
const extraPrefix = "extras."

// fieldsOf is the dataset's description as texts, by CKAN's field names:
// what is sent, what is compared, and what a receipt remembers. Names, owner
// and files are no part of it; groups only where the dataset names some.
func fieldsOf(ds portal.Dataset) map[string]string {
	fields := map[string]string{
		"title":            cmp.Or(ds.Title, ds.Name),
		"notes":            ds.Description,
		"license_id":       ds.License.ID,
		"author":           ds.Publisher,
		"maintainer":       ds.Contact,
		"maintainer_email": ds.Email,
		"url":              ds.Source,
		"version":          ds.Version,
		"tags":             textOfValue(tags(ds.Keywords)),
	}
	for key, value := range ds.Extras {
		fields[extraPrefix+key] = value
	}
	fields[extraPrefix+idExtra] = ds.ID
	if len(ds.Groups) > 0 {
		fields["groups"] = textOfValue(ds.Groups)
	}
	for name, value := range ds.Fields {
		fields[name] = textOfValue(value)
	}
	return fields
}

// field is what the record holds in a field of fieldsOf.
func (r *record) field(name string) string {
	if key, isExtra := strings.CutPrefix(name, extraPrefix); isExtra {
		return r.extra(key)
	}
	switch name {
	case "tags":
		return joined(r.Tags)
	case "groups":
		return joined(r.Groups)
	}
	return textOf(r.all[name])
}

func joined(list []named) string {
	names := make([]string, 0, len(list))
	for _, n := range list {
		names = append(names, n.Name)
	}
	return textOfValue(names)
}

// labelsOf are the fields of a distribution that are words, not bytes.
func labelsOf(d portal.Distribution) map[string]string {
	labels := map[string]string{"name": d.Name, "description": d.Description, "format": d.Format, "mimetype": d.MediaType}
	maps.Copy(labels, d.Fields)
	return labels
}

// field is what the resource holds in a field of labelsOf.
func (r *resource) field(name string) string { return textOf(r.all[name]) }

// same compares a field as the portal shows it with a text of ours or of
// before. CKAN may write a format its own way, and guesses a media type that is
// not given.
func same(field, theirs, other string) bool {
	switch {
	case field == "format":
		return strings.EqualFold(theirs, other)
	case field == "mimetype" && other == "":
		return true
	}
	trim := func(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }
	return trim(theirs) == trim(other)
}

// params are the parameters that write the fields named, as package_create
// takes them. Of extras all are sent, since CKAN replaces the whole list: those
// that somebody else added, and those left to somebody else, as they stand.
func (g *goal) params(have *record, write func(field string) bool) map[string]any {
	out := map[string]any{}
	texts := fieldsOf(g.ds)
	extras := false
	for name, value := range texts {
		switch {
		case !write(name):
		case strings.HasPrefix(name, extraPrefix):
			extras = true
		case name == "tags":
			out[name] = names(tags(g.ds.Keywords))
		case name == "groups":
			out[name] = names(g.ds.Groups)
		case g.ds.Fields[name] != nil:
			out[name] = g.ds.Fields[name]
		default:
			out[name] = value
		}
	}
	for name := range g.dropped {
		extras = extras || write(name)
	}
	if extras {
		out["extras"] = g.extras(have, texts)
	}
	return out
}

func (g *goal) extras(have *record, texts map[string]string) []pair {
	value := map[string]string{}
	if have != nil {
		for _, e := range have.Extras {
			if !g.dropped[extraPrefix+e.Key] || g.kept[place{"", extraPrefix + e.Key}] {
				value[e.Key] = e.Value
			}
		}
	}
	for name, text := range texts {
		key, isExtra := strings.CutPrefix(name, extraPrefix)
		_, formField := g.ds.Fields[key]
		if isExtra && !formField && !g.kept[place{"", name}] {
			value[key] = text
		}
	}
	out := make([]pair, 0, len(value))
	for _, key := range slices.Sorted(maps.Keys(value)) {
		out = append(out, pair{key, value[key]})
	}
	return out
}

func names(list []string) []named {
	out := make([]named, 0, len(list))
	for _, s := range list {
		out = append(out, named{s})
	}
	return out
}

// tags makes keywords into what CKAN takes: 2 to 100 characters out of letters,
// digits, blank, "-", "_" and "."; a comma separates tags; other signs become
// blanks. What is left too short is dropped, and so are repetitions.
func tags(keywords []string) []string {
	var out []string
	for _, keyword := range keywords {
		for part := range strings.SplitSeq(keyword, ",") {
			clean := strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.", r) {
					return r
				}
				return ' '
			}, part)
			runes := []rune(strings.Join(strings.Fields(clean), " "))
			tag := strings.TrimSpace(string(runes[:min(len(runes), 100)]))
			if len([]rune(tag)) >= 2 && !slices.Contains(out, tag) {
				out = append(out, tag)
			}
		}
	}
	return out
}
