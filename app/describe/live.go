package describe

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Live is what a portal said of itself when it was asked: it wins over what a
// profile ships.
type Live struct {
	// Licenses are the portal's, CKAN its id, URL its address.
	Licenses []License
	// Groups are those to which we may add datasets: the portal's themes.
	Groups []Term
	// Fields are those of the portal's own form, CKAN.Name their names there.
	Fields []LiveField
	// FileDescription says that the portal refuses a file without one.
	FileDescription bool
}

// LiveField is a field of a portal's own form.
type LiveField struct {
	Name     string
	Label    Text
	Help     Text
	Example  string
	Required bool
	Form     string // of the forms of a Field
	Choices  []Term // of FormChoice: Code is the value that the portal takes
	List     bool   // the portal takes a list of texts
}

// PortalGroup is the part of the form for what only the portal asks.
const PortalGroup = "portal"

// At returns the profile as it is at a portal that was asked: with its
// licences, its groups in the place of the themes, its own form's fields.
func (p Profile) At(live Live) Profile {
	p.Fields = slices.Clone(p.Fields)
	p.Vocabularies = maps.Clone(p.Vocabularies)
	if p.Vocabularies == nil {
		p.Vocabularies = map[string][]Term{}
	}
	p.takeLicenses(live.Licenses)
	p.takeGroups(live.Groups)
	for _, f := range live.Fields {
		p.takeField(f)
	}
	if described := func(r ResourceField) bool { return r.Name == "description" }; live.FileDescription && !slices.ContainsFunc(p.Resources, described) {
		p.Resources = append(slices.Clone(p.Resources), ResourceField{Name: "description", Key: "description"})
	}
	return p
}

// takeLicenses puts the portal's licences in the place of the profile's. One
// that is known, by its id or its address, keeps the id by which descriptions
// name it; the profile's order holds for those.
func (p *Profile) takeLicenses(theirs []License) {
	if len(theirs) == 0 {
		return
	}
	var out []License
	for _, l := range theirs {
		known, ok := p.License(l.CKAN)
		if !ok && l.URL != "" {
			known, ok = LicenseAt(l.URL)
		}
		if ok {
			known.CKAN = l.CKAN
			l = known
		} else {
			l.ID = strings.ToLower(l.CKAN)
		}
		if !slices.ContainsFunc(out, func(o License) bool { return o.ID == l.ID }) {
			out = append(out, l)
		}
	}
	rank := func(l License) int {
		if at := slices.IndexFunc(p.Licenses, func(o License) bool { return o.ID == l.ID }); at >= 0 {
			return at
		}
		return len(p.Licenses)
	}
	slices.SortStableFunc(out, func(a, b License) int { return rank(a) - rank(b) })
	p.Licenses = out
}

// shippedList is the name under which a list is kept that a portal's took the
// place of: what was chosen from it is still understood.
func shippedList(vocabulary string) string { return vocabulary + " (shipped)" }

// takeGroups makes the portal's groups the themes to choose from. Where we may
// add to none, a theme goes into an extra: a group would be refused.
func (p *Profile) takeGroups(groups []Term) {
	at := slices.IndexFunc(p.Fields, func(f Field) bool { return f.Key == "theme" })
	if at < 0 {
		return
	}
	f := &p.Fields[at]
	if len(groups) == 0 {
		if f.CKAN.As == "group" {
			f.CKAN = At{As: "extra", Name: "theme", Write: "iri"}
		}
		return
	}
	shipped := p.Terms(ThemeList)
	own := slices.Clone(groups)
	for i, g := range own {
		for _, t := range append(slices.Clone(shipped), lists().terms[ThemeList]...) {
			if own[i].Same == "" && (strings.EqualFold(t.Code, g.Code) || alike(t.Label, g.Label)) {
				own[i].Same = firstOf(t.Same, t.Code)
			}
		}
		if _, known := TermOf(ThemeList, own[i].Same); !known {
			own[i].Same = ""
		}
	}
	p.Vocabularies[shippedList(ThemeList)] = shipped
	p.Vocabularies[ThemeList] = own
	f.CKAN = At{As: "group"}
}

// alike reports whether two texts have the same words in some language.
func alike(a, b Text) bool {
	for _, x := range a {
		for _, y := range b {
			if plain(x) == plain(y) && x != "" {
				return true
			}
		}
	}
	return false
}

// corePortal are the fields of every CKAN that the program fills in itself.
var corePortal = [...]string{"name", "owner_org", "id", "private", "state", "type", "resources", "organization", "groups"}

// takeField takes a field of the portal's own form: into the field of the
// profile that lands there, or as a question of its own.
func (p *Profile) takeField(live LiveField) {
	if slices.Contains(corePortal[:], live.Name) {
		return
	}
	name := map[string]string{"tag_string": "tags"}[live.Name]
	if name == "" {
		name = live.Name
	}
	at := slices.IndexFunc(p.Fields, func(f Field) bool { return f.CKAN.Name == name })
	switch {
	case at < 0:
		p.Fields = append(p.Fields, p.ownField(live))
	case p.Fields[at].CKAN.As == "core" || p.land(&p.Fields[at], live):
		p.Fields[at].demand(live.Required)
	default:
		p.Fields = append(p.Fields, p.ownField(live))
	}
}

// demand makes a field mandatory that the portal requires.
func (f *Field) demand(required bool) {
	if required {
		f.Obligation, f.Proposed, f.Instead = Mandatory, false, ""
	}
}

// land lets a field of the profile land in a field of the portal's form. Where
// that has a list to choose from, each of its values must be understood, or at
// least one: what is not can't be chosen.
func (p *Profile) land(f *Field, live LiveField) bool {
	if f.Form == FormAuto || f.Form != FormChoice {
		f.CKAN = At{As: "top", Name: live.Name, List: live.List}
		return len(live.Choices) == 0
	}
	values := map[string]string{}
	var offered []Term
	for _, t := range p.Terms(f.Vocabulary) {
		for _, c := range live.Choices {
			if slices.Contains([]string{t.Code, t.IRI, t.Notation}, c.Code) || alike(t.Label, c.Label) {
				values[t.Code] = c.Code
				offered = append(offered, t)
				break
			}
		}
	}
	if len(live.Choices) > 0 && len(values) == 0 {
		return false
	}
	if len(live.Choices) > 0 {
		p.Vocabularies[shippedList(f.Vocabulary)] = p.Terms(f.Vocabulary)
		p.Vocabularies[f.Vocabulary] = offered
	}
	f.CKAN = At{As: "top", Name: live.Name, Write: f.CKAN.Write, Values: values, List: live.List}
	return true
}

var notInKeys = regexp.MustCompile(`[^a-z0-9_]+`)

// ownField makes a question of a field that only the portal has.
func (p *Profile) ownField(live LiveField) Field {
	key := strings.Trim(notInKeys.ReplaceAllString(strings.ToLower(live.Name), "_"), "_")
	if _, taken := p.Field(key); taken || slices.Contains(Keys[:], key) || key == "" {
		key = "portal_" + key
	}
	f := Field{
		Key: key, Group: PortalGroup, Label: live.Label, Help: live.Help, Example: Text{"es": live.Example},
		Obligation: Optional, Form: live.Form, CKAN: At{As: "top", Name: live.Name, List: live.List},
	}
	f.demand(live.Required)
	if live.Form == FormChoice {
		f.Vocabulary = "portal " + live.Name
		p.Vocabularies[f.Vocabulary] = live.Choices
	}
	return f
}
