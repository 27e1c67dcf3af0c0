package describe

import (
	"maps"
	"slices"
	"strings"
)

// Switch changes the profile that a description follows. A value that the new
// profile's list has not, but has one that means the same, becomes that one;
// what maps to nothing is set aside and comes back with the profile it was
// chosen under. Fields that the new profile does not ask keep their values.
// An unknown id is a *ValueError and changes nothing.
func (ps *Profiles) Switch(d *Description, id string) error {
	to, ok := ps.Of(id)
	if !ok {
		return &ValueError{Key: "profile", Value: id, Allowed: ps.IDs()}
	}
	from := ps.For(*d)
	d.Profile = to.ID
	if from.ID == to.ID {
		return nil
	}
	for _, key := range chosenKeys(from, to) {
		ps.carry(d, key, from, to)
	}
	return nil
}

// carry takes one chosen value from one profile to another. What nobody
// touched since it was translated is translated anew from what was chosen, so
// that nothing wears away on the way.
func (ps *Profiles) carry(d *Description, key string, from, to Profile) {
	value := d.Get(key)
	chosen, kept := d.Chosen[key]
	switch {
	case !kept || chosen.Now != value && d.Proposed[key] == "":
		chosen = Choice{Profile: from.ID, Value: value}
	case chosen.Now != value: // what was proposed in the place of what did not map
		delete(d.Proposed, key)
	}
	delete(d.Chosen, key)
	if chosen.Value == "" {
		return
	}
	chosen.Now = chosen.Value
	if chosen.Profile != to.ID {
		under := ps.For(Description{Profile: chosen.Profile})
		chosen.Now = translate(key, chosen.Value, under, to)
	}
	d.put(key, chosen.Now)
	if chosen.Now == "" {
		delete(d.Proposed, key)
	}
	if chosen.Now == chosen.Value {
		return
	}
	if d.Chosen == nil {
		d.Chosen = map[string]Choice{}
	}
	d.Chosen[key] = chosen
}

// translate returns the value of another profile's list that means the same,
// "" if there is none. A key that is not asked there keeps its value.
func translate(key, value string, from, to Profile) string {
	f, asked := to.Field(key)
	if !asked {
		if f = coreField(key); f.Form != FormChoice {
			return value
		}
	}
	if f.Form != FormChoice {
		return value
	}
	if exact, err := to.chosen(f, value); err == nil {
		return exact
	}
	if f.Vocabulary == "license" {
		return ""
	}
	meaning := value
	if t, ok := from.Term(key, value); ok && t.Same != "" {
		meaning = t.Same
	}
	for _, t := range to.Terms(f.Vocabulary) {
		if strings.EqualFold(t.Code, meaning) || strings.EqualFold(t.Same, meaning) {
			return t.Code
		}
	}
	return ""
}

// chosenKeys are the keys whose values one of the two profiles takes from a
// list.
func chosenKeys(profiles ...Profile) []string {
	keys := map[string]bool{"license": true, "theme": true, "frequency": true, "language": true, "access_rights": true}
	for _, p := range profiles {
		for _, f := range p.Fields {
			if f.Form == FormChoice {
				keys[f.Key] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(keys))
}

// Left is a value that the profile of a description has no place for. Profile
// is where it was chosen, "" for a value that is still there and not asked.
type Left struct {
	Key, Value, Profile string
}

// Left lists what a description says that this profile does not ask, and what
// was set aside when the profile was changed: kept, not sent.
func (p Profile) Left(d Description) []Left {
	var out []Left
	for _, key := range slices.Sorted(maps.Keys(d.Extra)) {
		if _, asked := p.Field(key); !asked {
			out = append(out, Left{Key: key, Value: d.Extra[key]})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(d.Chosen)) {
		if c := d.Chosen[key]; c.Now == "" && (d.Get(key) == "" || d.Proposed[key] != "") {
			out = append(out, Left{Key: key, Value: c.Value, Profile: c.Profile})
		}
	}
	return out
}
