package describe

import (
	"slices"
	"strings"
)

// Obligation is how much a profile asks for a field.
type Obligation string

// The obligations. Publishing waits for a mandatory field, unless its
// obligation is only proposed.
const (
	Mandatory   Obligation = "mandatory"
	Recommended Obligation = "recommended"
	Optional    Obligation = "optional"
)

// The forms of a field's value.
const (
	FormText   = "text"   // one line
	FormLong   = "long"   // several lines
	FormDate   = "date"   // 2026-03-31
	FormPeriod = "period" // 2026-01-01/2026-03-31
	FormEmail  = "email"
	FormURL    = "url"
	FormList   = "list"   // words separated by commas
	FormChoice = "choice" // a code of the field's vocabulary
	FormAuto   = "auto"   // the program fills it in when freezing
)

// Profile says which parts of a Description are asked for, in which order and
// words, and where each lands. It is data: one JSON file, laid over the
// profile that it extends (docs/profiles.md).
type Profile struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Extends string `json:"extends,omitempty"`
	Country string `json:"country,omitempty"` // ISO 3166-1, "" for none
	Title   Text   `json:"title"`
	// About says where the profile comes from and whom it binds, if anybody.
	About        Text              `json:"about"`
	Licenses     []License         `json:"licenses"`
	Defaults     map[string]string `json:"defaults,omitempty"` // key to value, proposed
	Vocabularies map[string][]Term `json:"vocabularies,omitempty"`
	Groups       []Group           `json:"groups"`
	Fields       []Field           `json:"fields"` // in the form's order
	// Resources are what the profile wants said of each data file.
	Resources []ResourceField `json:"resources,omitempty"`
	Files     []ExpectedFile  `json:"files,omitempty"`
}

// Group is a part of the form under a heading of its own.
type Group struct {
	ID    string `json:"id"`
	Label Text   `json:"label"`
}

// Field is one thing that a profile asks.
type Field struct {
	Key        string     `json:"key"` // a key of Keys, or one of the profile's own, kept in Description.Extra
	Group      string     `json:"group"`
	Label      Text       `json:"label"`
	Help       Text       `json:"help"`
	Example    Text       `json:"example"`
	Obligation Obligation `json:"obligation"`
	// Proposed says that no norm could be read that asks so: the form says it,
	// and it never blocks.
	Proposed   bool   `json:"proposed,omitempty"`
	Basis      string `json:"basis,omitempty"` // the norm or code that asks so
	Form       string `json:"form"`
	Vocabulary string `json:"vocabulary,omitempty"` // of a choice: a list of the profile or of Lists, or "license"
	Pattern    string `json:"pattern,omitempty"`    // a regular expression for the whole value
	Max        int    `json:"max,omitempty"`        // characters
	// Instead is a key that, filled in, stands for this one.
	Instead  string `json:"instead,omitempty"`
	DCAT     string `json:"dcat,omitempty"`     // property, "dct:title"
	DataJSON string `json:"datajson,omitempty"` // member of a data.json dataset
	CKAN     At     `json:"ckan,omitzero"`
}

// At says where a value lands in CKAN: in a field that every CKAN has ("core"),
// in one that the portal's schema has ("top"), in an extra, in two for the ends
// of a period ("period"), as groups, or nowhere ("").
type At struct {
	As   string `json:"as,omitempty"`
	Name string `json:"name,omitempty"`
	// Write is what is written of a vocabulary's term: "code" (also if empty),
	// "label", "iri" or "notation". Values, by code, win over it.
	Write  string            `json:"write,omitempty"`
	Values map[string]string `json:"values,omitempty"`
	List   bool              `json:"list,omitempty"` // the field takes a list of texts
}

// ResourceField is something said of each data file: the value of Key under
// Name, which may be "description".
type ResourceField struct {
	Name   string            `json:"name"`
	Key    string            `json:"key"`
	Values map[string]string `json:"values,omitempty"`
}

// Blocks reports whether publishing waits for the field.
func (f Field) Blocks() bool {
	return f.Obligation == Mandatory && !f.Proposed && f.Form != FormAuto
}

// Field returns the field of a key.
func (p Profile) Field(key string) (Field, bool) {
	for _, f := range p.Fields {
		if f.Key == key {
			return f, true
		}
	}
	return Field{}, false
}

// Asked are the fields that a person fills in.
func (p Profile) Asked() []Field {
	return slices.DeleteFunc(slices.Clone(p.Fields), func(f Field) bool { return f.Form == FormAuto })
}

// Keys are what Set takes: the keys of every description and the profile's own.
func (p Profile) Keys() []string {
	keys := slices.Clone(Keys[:])
	for _, f := range p.Asked() {
		if !slices.Contains(keys, f.Key) {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// Terms returns what a vocabulary offers: the profile's own list of that name,
// else the shared one.
func (p Profile) Terms(vocabulary string) []Term {
	if own, ok := p.Vocabularies[vocabulary]; ok {
		return own
	}
	return lists().terms[vocabulary]
}

// Term returns a key's term for a code.
func (p Profile) Term(key, code string) (Term, bool) {
	f, ok := p.Field(key)
	if !ok {
		f = coreField(key)
	}
	return p.term(f.Vocabulary, code)
}

// term returns the entry of a vocabulary for a code: the one that bears it, or
// means the same; for a code of the list that a portal's own took the place
// of, the one that means what that one meant.
func (p Profile) term(vocabulary, code string) (Term, bool) {
	if code == "" {
		return Term{}, false
	}
	terms := p.Terms(vocabulary)
	if t, ok := termIn(terms, code); ok {
		return t, true
	}
	meaning := code
	if former, ok := termIn(p.Vocabularies[shippedList(vocabulary)], code); ok {
		meaning = firstOf(former.Same, former.Code)
	}
	for _, t := range terms {
		if t.Same != "" && strings.EqualFold(t.Same, meaning) {
			return t, true
		}
	}
	return Term{}, false
}

// License returns the licence of that id, from the profile's list first.
func (p Profile) License(id string) (License, bool) {
	if l, ok := licenseIn(p.Licenses, id); ok {
		return l, true
	}
	return LicenseOf(id)
}

// Label is the name of a key's field in a language; "" if it is not asked.
func (p Profile) Label(key, lang string) string {
	f, _ := p.Field(key)
	return f.Label.In(lang)
}

// Lacking returns the keys that publishing waits for: "contact|email" where
// one of two is enough and both are empty.
func (p Profile) Lacking(d Description) []string {
	var lacking []string
	for _, f := range p.Fields {
		switch {
		case !f.Blocks() || f.filled(d):
		case f.Instead != "":
			lacking = append(lacking, f.Key+"|"+f.Instead)
		default:
			lacking = append(lacking, f.Key)
		}
	}
	return lacking
}

func (f Field) filled(d Description) bool {
	return d.Get(f.Key) != "" || f.Instead != "" && d.Get(f.Instead) != ""
}

// Stray returns, by key, why a value that stands is not one of its list: the
// portal was asked since and has another, or the profile is a newer one. Such a
// value would be refused there.
func (p Profile) Stray(d Description) map[string]error {
	stray := map[string]error{}
	for _, f := range p.Fields {
		value := d.Get(f.Key)
		if f.Form != FormChoice || value == "" {
			continue
		}
		if _, err := p.chosen(f, value); err != nil {
			stray[f.Key] = err
		}
	}
	return stray
}

// Set gives a key a value after checking it against the field's vocabulary or
// form; "" takes the value away. What a person sets is no proposal any more,
// and taking a proposal away refuses it. It returns a *ValueError and changes
// nothing if the value is not allowed. Another profile is Profiles.Switch's.
func (p Profile) Set(d *Description, key, value string) error {
	f, ok := p.Field(key)
	if !ok || f.Form == FormAuto {
		if !slices.Contains(Keys[:], key) || key == "profile" {
			return &ValueError{Key: key, Value: value, Form: "key", Allowed: p.Keys()}
		}
		f = coreField(key)
	}
	checked, err := p.check(f, strings.TrimSpace(value))
	if err != nil {
		return err
	}
	if checked == "" && d.Proposed[key] != "" {
		d.Refuse(key)
		return nil
	}
	d.put(key, checked)
	delete(d.Proposed, key)
	return nil
}

// Propose gives a key a value if it has none and nobody refused one, and
// remembers that nobody chose it yet; from is a code with words in
// app/message. A value that the profile does not allow is left out.
func (p Profile) Propose(d *Description, key, value, from string) {
	if value == "" || d.Get(key) != "" || d.Refused[key] || p.Set(d, key, value) != nil || d.Get(key) == "" {
		return
	}
	if d.Proposed == nil {
		d.Proposed = map[string]string{}
	}
	d.Proposed[key] = from
}

// coreField is how a key of every description is checked where the profile
// does not ask it.
func coreField(key string) Field {
	f := Field{Key: key, Form: FormText}
	switch key {
	case "license":
		f.Form, f.Vocabulary = FormChoice, "license"
	case "theme", "frequency", "language", "access_rights":
		f.Form, f.Vocabulary = FormChoice, key
	case "email":
		f.Form = FormEmail
	case "temporal":
		f.Form = FormPeriod
	case "keywords":
		f.Form = FormList
	case "landing_page":
		f.Form = FormURL
	case "title":
		f.Max = 300
	}
	return f
}
