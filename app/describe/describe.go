// Package describe is what is said of a dataset besides its rows: the
// Description that people fill in, the Profile that says which parts are
// asked for, the vocabularies from which some values are chosen, and the Score
// of how complete it is.
//
// Nothing here knows a screen or a portal. Start with Shipped, which has the
// profiles, and Profile.Set, which is the one way a value enters.
package describe

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Description is the metadata of a dataset, in the office's language. The zero
// value is a dataset of which nothing is said yet.
type Description struct {
	Title        string   `json:"title,omitempty"`
	Description  string   `json:"description,omitempty"`
	License      string   `json:"license,omitempty"` // id of a License
	Publisher    string   `json:"publisher,omitempty"`
	Contact      string   `json:"contact,omitempty"`
	Email        string   `json:"email,omitempty"`
	Keywords     []string `json:"keywords,omitempty"`
	Theme        string   `json:"theme,omitempty"`     // code in the profile's themes
	Frequency    string   `json:"frequency,omitempty"` // code in the profile's frequencies
	Language     string   `json:"language,omitempty"`  // ISO 639-1
	Spatial      string   `json:"spatial,omitempty"`   // words; PlaceIn reads a place out of them
	Temporal     string   `json:"temporal,omitempty"`  // "2026-01-01/2026-03-31"
	Source       string   `json:"source,omitempty"`
	Version      string   `json:"version,omitempty"`
	AccessRights string   `json:"access_rights,omitempty"` // code in AccessRightsList
	Rights       string   `json:"rights,omitempty"`        // what may be done, in words
	LandingPage  string   `json:"landing_page,omitempty"`  // address of a page that tells more
	LegalBasis   string   `json:"legal_basis,omitempty"`   // the rule by which the data are kept or published
	Profile      string   `json:"profile,omitempty"`       // id of a Profile; empty is the first
	// Extra has the values of fields that only a profile knows, by key.
	Extra map[string]string `json:"extra,omitempty"`
	// Proposed names the keys whose value the program proposed and nobody
	// touched yet, with the code of where it came from.
	Proposed map[string]string `json:"proposed,omitempty"`
	// Refused are the keys whose proposal a person refused: none comes again.
	Refused map[string]bool `json:"refused,omitempty"`
	// Chosen has, by key, the values that changed with the profile as a person
	// chose them: what is translated from them comes back unharmed.
	Chosen map[string]Choice `json:"chosen,omitempty"`
}

// Choice is a value as it was chosen: under which profile, and what stands for
// it now, "" if the profile of now has nothing that means the same.
type Choice struct {
	Profile string `json:"profile"`
	Value   string `json:"value"`
	Now     string `json:"now,omitempty"`
}

// Keys are the keys of every description, in the order in which they are
// listed.
var Keys = [...]string{
	"title", "description", "theme", "license", "temporal", "frequency", "keywords",
	"publisher", "contact", "email", "spatial", "source", "language", "version",
	"access_rights", "rights", "landing_page", "legal_basis", "profile",
}

// ValueError says that a value is not one that its key takes. Allowed lists
// what it takes; empty where the rule is a form, which Form then names: a code
// with words in app/message.
type ValueError struct {
	Key     string
	Value   string
	Allowed []string
	Form    string // "email", "period", "date", "url", "pattern", "length", "key"
}

// Forms are the rules that a ValueError names; "bad_" and the rule is its
// code.
var Forms = [...]string{"email", "period", "date", "url", "pattern", "length"}

// Error is for logs; people read app/message.
func (e *ValueError) Error() string {
	return fmt.Sprintf("%s: %q is not allowed (%s%s)", e.Key, e.Value, e.Form, strings.Join(e.Allowed, ", "))
}

// Code is the error's key in app/message.
func (e *ValueError) Code() string {
	switch {
	case e.Form == "key":
		return "unknown_key"
	case e.Form != "":
		return "bad_" + e.Form
	}
	return "not_in_list"
}

// Values are the placeholders of the error's text.
func (e *ValueError) Values() map[string]string {
	return map[string]string{"Key": e.Key, "Value": e.Value, "Allowed": strings.Join(e.Allowed, ", ")}
}

func (d *Description) text(key string) *string {
	switch key {
	case "title":
		return &d.Title
	case "description":
		return &d.Description
	case "license":
		return &d.License
	case "publisher":
		return &d.Publisher
	case "contact":
		return &d.Contact
	case "email":
		return &d.Email
	case "theme":
		return &d.Theme
	case "frequency":
		return &d.Frequency
	case "language":
		return &d.Language
	case "spatial":
		return &d.Spatial
	case "temporal":
		return &d.Temporal
	case "source":
		return &d.Source
	case "version":
		return &d.Version
	case "access_rights":
		return &d.AccessRights
	case "rights":
		return &d.Rights
	case "landing_page":
		return &d.LandingPage
	case "legal_basis":
		return &d.LegalBasis
	case "profile":
		return &d.Profile
	}
	return nil
}

// Get returns the value of a key, one of Keys or a profile's own, as Set takes
// it; keywords joined by ", ".
func (d Description) Get(key string) string {
	if key == "keywords" {
		return strings.Join(d.Keywords, ", ")
	}
	if p := d.text(key); p != nil {
		return *p
	}
	return d.Extra[key]
}

// put stores a value that was checked.
func (d *Description) put(key, value string) {
	if key == "keywords" {
		d.Keywords = splitWords(value)
		return
	}
	if p := d.text(key); p != nil {
		*p = value
		return
	}
	if value == "" {
		delete(d.Extra, key)
		return
	}
	if d.Extra == nil {
		d.Extra = map[string]string{}
	}
	d.Extra[key] = value
}

// Accept makes a proposal the person's own choice.
func (d *Description) Accept(key string) { delete(d.Proposed, key) }

// Withdraw takes a proposal away; another may come.
func (d *Description) Withdraw(key string) {
	if d.Proposed[key] != "" {
		d.put(key, "")
		delete(d.Proposed, key)
	}
}

// Refuse takes a proposal away and lets none come again for the key.
func (d *Description) Refuse(key string) {
	if d.Proposed[key] == "" {
		return
	}
	d.put(key, "")
	delete(d.Proposed, key)
	if d.Refused == nil {
		d.Refused = map[string]bool{}
	}
	d.Refused[key] = true
}

// Clone returns a copy that shares nothing with d.
func (d Description) Clone() Description {
	d.Keywords = slices.Clone(d.Keywords)
	d.Extra, d.Proposed, d.Refused = maps.Clone(d.Extra), maps.Clone(d.Proposed), maps.Clone(d.Refused)
	d.Chosen = maps.Clone(d.Chosen)
	return d
}

func splitWords(value string) []string {
	var words []string
	for w := range strings.SplitSeq(value, ",") {
		if w = strings.TrimSpace(w); w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return words
}
