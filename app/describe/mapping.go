package describe

import (
	"strings"
	"time"
)

// Mapped is a description in a CKAN portal's fields. Core has the fields that
// every CKAN has (title, notes, author, author_email, maintainer,
// maintainer_email, url, version, license_id), Top those of the portal's own
// schema (string or []string), Resource those of each data file.
type Mapped struct {
	Core     map[string]string
	Tags     []string
	Groups   []string
	Extras   map[string]string
	Top      map[string]any
	Resource map[string]string
}

// CKAN says a description in the fields of the profile's portal. auto has the
// values that are filled in when freezing, by key (FormAuto).
func (p Profile) CKAN(d Description, auto map[string]string) Mapped {
	m := Mapped{Core: map[string]string{}, Extras: map[string]string{}, Top: map[string]any{}, Resource: map[string]string{}}
	for _, f := range p.Fields {
		value := d.Get(f.Key)
		if f.Form == FormAuto {
			value = auto[f.Key]
		}
		if value != "" {
			m.put(f.CKAN, p.written(f, value, d.Language), value)
		}
	}
	for _, r := range p.Resources {
		value := d.Get(r.Key)
		if v, ok := r.Values[value]; ok {
			value = v
		}
		if value != "" {
			m.Resource[r.Name] = value
		}
	}
	return m
}

func (m *Mapped) put(at At, value, raw string) {
	switch at.As {
	case "core":
		switch at.Name {
		case "tags":
			m.Tags = splitWords(raw)
		default:
			if m.Core[at.Name] == "" { // the first field of the profile that has a value
				m.Core[at.Name] = value
			}
		}
	case "top":
		if m.Top[at.Name] = any(value); at.List {
			m.Top[at.Name] = splitWords(value)
		}
	case "extra":
		m.Extras[at.Name] = value
	case "period":
		if start, end, err := Period(raw); err == nil {
			m.Extras[at.Name+"_start"], m.Extras[at.Name+"_end"] = start.Format(time.DateOnly), end.Format(time.DateOnly)
		}
	case "group":
		m.Groups = append(m.Groups, value)
	}
}

// written is a value as the portal takes it.
func (p Profile) written(f Field, value, lang string) string {
	if v, ok := f.CKAN.Values[value]; ok {
		return v
	}
	if f.Vocabulary == "license" {
		if l, ok := p.License(value); ok && l.CKAN != "" {
			return l.CKAN
		}
		return value
	}
	t, ok := p.term(f.Vocabulary, value)
	if !ok {
		return value
	}
	if v, ok := f.CKAN.Values[t.Code]; ok {
		return v
	}
	// a profile's own term says in the shared one what it does not say itself
	same, _ := TermOf(f.Vocabulary, t.Same)
	switch f.CKAN.Write {
	case "label":
		return t.Label.In(lang)
	case "iri":
		return firstOf(t.IRI, same.IRI, value)
	case "notation":
		return firstOf(t.Notation, same.Notation, value)
	}
	return t.Code
}

// IRI is the identity in linked data of what a key's value names, "" if it has
// none: a term's, through the shared term that means the same if need be, or a
// licence's in the EU table.
func (p Profile) IRI(key, value string) string {
	if key == "license" {
		l, _ := p.License(value)
		return firstOf(l.EU, l.URL)
	}
	t, ok := p.Term(key, value)
	if !ok {
		return ""
	}
	f, asked := p.Field(key)
	if !asked {
		f = coreField(key)
	}
	same, _ := TermOf(f.Vocabulary, t.Same)
	return firstOf(t.IRI, same.IRI)
}

func firstOf(texts ...string) string {
	for _, s := range texts {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}
