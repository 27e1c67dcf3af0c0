// Package describe is what is said of a dataset besides its rows: the
// Description that people fill in, the Profile that says which parts are
// asked for, and the vocabularies from which some values are chosen.
//
// Nothing here knows a screen or a portal. Start with Description.Set, which
// is the one way a value enters.
package describe

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"
)

// Description is the metadata of a dataset, in the office's language. The zero
// value is a dataset of which nothing is said yet.
type Description struct {
	Title       string   `json:"title,omitempty"`
	Description string   `json:"description,omitempty"`
	License     string   `json:"license,omitempty"` // id in Licenses
	Publisher   string   `json:"publisher,omitempty"`
	Contact     string   `json:"contact,omitempty"`
	Email       string   `json:"email,omitempty"`
	Keywords    []string `json:"keywords,omitempty"`
	Theme       string   `json:"theme,omitempty"`     // code in Themes
	Frequency   string   `json:"frequency,omitempty"` // code in Frequencies
	Language    string   `json:"language,omitempty"`  // ISO 639-1
	Spatial     string   `json:"spatial,omitempty"`
	Temporal    string   `json:"temporal,omitempty"` // "2026-01-01/2026-03-31"
	Source      string   `json:"source,omitempty"`
	Version     string   `json:"version,omitempty"`
	Profile     string   `json:"profile,omitempty"` // id in Profiles; empty is generic
	// Proposed names the keys whose value the program proposed and nobody
	// touched yet, with the code of where it came from.
	Proposed map[string]string `json:"proposed,omitempty"`
}

// Keys are the keys of Set and Get, in the order in which a form asks them.
var Keys = [...]string{
	"title", "description", "theme", "license", "temporal", "frequency", "keywords",
	"publisher", "contact", "email", "spatial", "source", "language", "version", "profile",
}

// ValueError says that a value is not one that its key takes. Allowed lists
// what it takes; empty where the rule is a form, which Form then names: a code
// with words in app/message.
type ValueError struct {
	Key     string
	Value   string
	Allowed []string
	Form    string // "email", "period", "language", "length"
}

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
	case "profile":
		return &d.Profile
	}
	return nil
}

// Get returns the value of key as Set takes it; keywords joined by ", ".
func (d *Description) Get(key string) string {
	if key == "keywords" {
		return strings.Join(d.Keywords, ", ")
	}
	if p := d.text(key); p != nil {
		return *p
	}
	return ""
}

// Set gives key a value after checking it against the key's vocabulary or
// form; "" takes the value away. What a person sets is no proposal any more.
// It returns a *ValueError and changes nothing if the value is not allowed.
func (d *Description) Set(key, value string) error {
	value = strings.TrimSpace(value)
	if key == "keywords" {
		d.Keywords = splitKeywords(value)
		delete(d.Proposed, key)
		return nil
	}
	p := d.text(key)
	if p == nil {
		return &ValueError{Key: key, Value: value, Form: "key", Allowed: Keys[:]}
	}
	checked, err := check(key, value)
	if err != nil {
		return err
	}
	*p = checked
	delete(d.Proposed, key)
	return nil
}

// Propose gives key a value if it has none, and remembers that nobody chose it
// yet; from is a code with words in app/message.
func (d *Description) Propose(key, value, from string) {
	if value == "" || d.Get(key) != "" {
		return
	}
	if d.Set(key, value) != nil {
		return
	}
	if d.Proposed == nil {
		d.Proposed = map[string]string{}
	}
	d.Proposed[key] = from
}

func splitKeywords(value string) []string {
	var words []string
	for w := range strings.SplitSeq(value, ",") {
		if w = strings.TrimSpace(w); w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return words
}

func check(key, value string) (string, error) {
	if value == "" {
		return "", nil
	}
	switch key {
	case "license":
		return oneOf(key, value, LicenseIDs())
	case "theme":
		return oneOf(key, value, codes(Themes[:]))
	case "frequency":
		return oneOf(key, value, codes(Frequencies[:]))
	case "profile":
		return oneOf(key, value, ProfileIDs())
	case "language":
		return oneOf(key, value, codes(DataLanguages[:]))
	case "email":
		a, err := mail.ParseAddress(value)
		if err != nil || a.Name != "" || a.Address != value {
			return "", &ValueError{Key: key, Value: value, Form: "email"}
		}
	case "temporal":
		if _, _, err := Period(value); err != nil {
			return "", err
		}
	case "title":
		if len([]rune(value)) > 300 {
			return "", &ValueError{Key: key, Value: value, Form: "length"}
		}
	}
	return value, nil
}

func oneOf(key, value string, allowed []string) (string, error) {
	for _, a := range allowed {
		if strings.EqualFold(a, value) {
			return a, nil
		}
	}
	return "", &ValueError{Key: key, Value: value, Allowed: allowed}
}

// Period splits a temporal coverage "2026-01-01/2026-03-31" into its first and
// last day (ISO 8601 interval, as DCAT 3 writes dct:temporal). Both days are
// asked for and the first is not after the last.
func Period(value string) (start, end time.Time, err error) {
	bad := &ValueError{Key: "temporal", Value: value, Form: "period"}
	a, b, ok := strings.Cut(value, "/")
	if !ok {
		return start, end, bad
	}
	start, err1 := time.Parse(time.DateOnly, strings.TrimSpace(a))
	end, err2 := time.Parse(time.DateOnly, strings.TrimSpace(b))
	if err1 != nil || err2 != nil || end.Before(start) {
		return time.Time{}, time.Time{}, bad
	}
	return start, end, nil
}
