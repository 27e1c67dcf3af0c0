package app

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"chasqui/app/datapackage"
	"chasqui/app/dcat"
	"chasqui/app/describe"
)

// retold is a description made from the words of others, with the keys whose
// value the program does not know and left out.
type retold struct {
	about   describe.Description
	profile describe.Profile
	known   bool // the profile is one that is here
	ours    bool // this program wrote the words
	dropped []string
}

func (d *retold) set(key, value string) {
	if value == "" || d.profile.Set(&d.about, key, value) == nil {
		return
	}
	if !d.ours || d.known {
		d.dropped = append(d.dropped, key)
		return
	}
	// The words are by a profile that is not here: they wait for it.
	d.keep(key, value)
}

// keep takes a value as it stands.
func (d *retold) keep(key, value string) {
	if slices.Contains(describe.Keys[:], key) {
		text, err := json.Marshal(map[string]string{key: value})
		if err == nil {
			err = json.Unmarshal(text, &d.about)
		}
		if err != nil {
			d.dropped = append(d.dropped, key)
		}
		return
	}
	if d.about.Extra == nil {
		d.about.Extra = map[string]string{}
	}
	d.about.Extra[key] = value
}

// fromPackage reads a description back that packageOf wrote, or that others
// wrote in the standard's words.
func fromPackage(p datapackage.Package, profiles *describe.Profiles) retold {
	d := retold{ours: p.Chasqui != nil}
	if p.Chasqui != nil {
		d.about.Profile = p.Chasqui.Profile
	}
	_, d.known = profiles.Of(d.about.Profile)
	d.known = d.known || d.about.Profile == ""
	d.profile = profiles.For(d.about)
	d.set("title", p.Title)
	d.set("description", p.Description)
	if p.Chasqui == nil || !p.Chasqui.ByRule {
		d.set("version", p.Version)
	}
	d.set("language", p.Language)
	d.set("spatial", p.Spatial)
	d.set("temporal", p.Temporal)
	d.set("frequency", lastPart(p.Frequency))
	d.set("keywords", strings.Join(p.Keywords, ", "))
	d.set("landing_page", p.Homepage)
	for _, t := range p.Themes[:min(1, len(p.Themes))] {
		d.set("theme", lastPart(t))
	}
	for _, l := range p.Licenses[:min(1, len(p.Licenses))] {
		d.set("license", licenseID(l.Name, l.Path))
	}
	for _, s := range p.Sources[:min(1, len(p.Sources))] {
		d.set("source", first(s.Title, s.Path))
	}
	for _, c := range p.Contributors {
		switch {
		case c.Is("publisher"):
			d.set("publisher", c.Title)
		case c.Is("contact"):
			d.set("contact", c.Title)
			d.set("email", c.Email)
		}
	}
	if p.Chasqui != nil {
		for _, key := range slices.Sorted(maps.Keys(p.Chasqui.More)) {
			d.set(key, p.Chasqui.More[key])
		}
	}
	return d
}

// fromDCAT reads a description out of DCAT or data.json, whoever wrote it, by
// the profile of this office.
func fromDCAT(c dcat.Dataset, about describe.Description, profile describe.Profile) retold {
	d := retold{about: about, profile: profile, known: true}
	d.set("title", c.Title)
	d.set("description", c.Description)
	d.set("version", c.Version)
	d.set("keywords", strings.Join(c.Keywords, ", "))
	d.set("publisher", c.Publisher.Name)
	if c.Contact.Name != c.Publisher.Name {
		d.set("contact", c.Contact.Name)
	}
	d.set("email", c.Contact.Email)
	d.set("source", c.Source)
	d.set("frequency", first(c.Frequency.Code(), c.Frequency.Label))
	d.set("access_rights", c.Access.Code())
	d.set("landing_page", c.Homepage)
	d.set("rights", c.Rights)
	if c.Start != "" && c.End != "" {
		d.set("temporal", c.Start+"/"+c.End)
	}
	for _, t := range c.Themes[:min(1, len(c.Themes))] {
		d.set("theme", themeCode(profile, t))
	}
	for _, s := range c.Spatial[:min(1, len(c.Spatial))] {
		d.set("spatial", first(s.Label, s.IRI))
	}
	for _, law := range c.Legislation[:min(1, len(c.Legislation))] {
		d.set("legal_basis", first(law.IRI, law.Label))
	}
	language := c.Language
	for _, l := range c.Languages[:min(1, len(c.Languages))] {
		language = first(languageCode(l), language)
	}
	d.set("language", language)
	d.set("license", licenseID(c.License.Label, first(c.License.IRI, c.LicenseURL)))
	d.own(c.More)
	return d
}

// wantedOf are the places where a profile's own fields are looked for.
func wantedOf(p describe.Profile) []dcat.Property {
	var wanted []dcat.Property
	for _, f := range ownFields(p) {
		wanted = append(wanted, dcat.Property{Path: f.DCAT, Member: f.DataJSON})
	}
	return wanted
}

// own sets the profile's own fields. Where several share a place, a value is
// that one's after whose label it is called; a value that is called otherwise,
// or does not fit, is none of theirs, and no loss to tell of.
func (d *retold) own(found []dcat.Property) {
	taken := make([]bool, len(found))
	for _, named := range [...]bool{true, false} {
		for _, f := range ownFields(d.profile) {
			for i, v := range found {
				here := f.DCAT != "" && v.Path == f.DCAT || f.DataJSON != "" && v.Member == f.DataJSON
				if !here || taken[i] || called(f.Label, v.Label) != named || !named && v.Label != "" && f.Form != describe.FormChoice {
					continue
				}
				had := d.about.Get(f.Key)
				value := d.meant(f, v)
				if had != "" && f.Form == describe.FormList {
					value = had + ", " + value
				} else if had != "" {
					continue
				}
				taken[i] = d.profile.Set(&d.about, f.Key, value) == nil
			}
		}
	}
}

// called reports whether a label is a text's in any language.
func called(t describe.Text, label string) bool {
	for _, words := range t {
		if label != "" && words == label {
			return true
		}
	}
	return false
}

// meant is a value as its field takes it: of a list, the code of the term that
// it names.
func (d *retold) meant(f describe.Field, v dcat.Property) string {
	if f.Form == describe.FormChoice {
		for _, t := range d.profile.Terms(f.Vocabulary) {
			if called(t.Label, v.Value) || d.profile.IRI(f.Key, t.Code) == v.Value {
				return t.Code
			}
		}
	}
	return strings.TrimPrefix(v.Value, "mailto:")
}

// themeCode finds a theme by its code or by its name in any language.
func themeCode(p describe.Profile, t dcat.Term) string {
	for _, known := range p.Terms(describe.ThemeList) {
		for _, label := range known.Label {
			if t.IRI == "" && strings.EqualFold(label, t.Label) {
				return known.Code
			}
		}
	}
	return first(t.Code(), t.Label)
}

func languageCode(t dcat.Term) string {
	for _, known := range describe.Vocabulary(describe.LanguageList) {
		if known.IRI == t.IRI || known.Code == t.Label {
			return known.Code
		}
	}
	return ""
}

// licenseID finds a licence by its id or an address; one that is not known
// comes back as it stands.
func licenseID(name, address string) string {
	if l, ok := describe.LicenseAt(address); ok && address != "" {
		return l.ID
	}
	for _, id := range [...]string{name, lastPart(strings.TrimSuffix(address, "/"))} {
		if l, ok := describe.LicenseOf(id); ok && id != "" {
			return l.ID
		}
	}
	return first(name, address)
}

// lastPart is a vocabulary's code, of a code or an IRI.
func lastPart(s string) string { return s[strings.LastIndexAny(s, "/#")+1:] }

// uuidOf returns the UUID of a urn:uuid: IRI, "" if it is none.
func uuidOf(iri string) string {
	rest, ok := strings.CutPrefix(iri, "urn:uuid:")
	if !ok {
		return ""
	}
	id, err := uuid.Parse(rest)
	if err != nil {
		return ""
	}
	return id.String()
}
