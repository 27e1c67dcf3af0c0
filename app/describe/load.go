package describe

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"chasqui/assets/profiles"
)

// DefaultProfile is the profile of a description that names none.
const DefaultProfile = "generic"

// Profiles are the profiles at hand: those that ship with the program and
// those that an office added. It does not change; With makes another.
type Profiles struct {
	list []Profile
	raw  map[string]map[string]any // each as it is after it was laid over what it extends
}

// Shipped returns the profiles that ship with the program, the default first.
var Shipped = sync.OnceValue(func() *Profiles {
	entries, err := fs.ReadDir(profiles.Files, ".")
	if err != nil {
		panic(err)
	}
	var sources [][]byte
	for _, e := range entries {
		if e.Name() == schemaFile {
			continue
		}
		data, err := profiles.Files.ReadFile(e.Name())
		if err != nil {
			panic(err)
		}
		sources = append(sources, data)
	}
	ps, errs := (&Profiles{}).With(sources...)
	if len(errs) > 0 {
		panic(errors.Join(errs...)) // a test excludes it
	}
	return ps
})

// With returns these profiles and more, each the text of a profile file. One
// with the id of another takes its place. Which can't be used are left out,
// with an error each: *FileError.
func (ps *Profiles) With(sources ...[]byte) (*Profiles, []error) {
	out := &Profiles{list: slices.Clone(ps.list), raw: maps.Clone(ps.raw)}
	if out.raw == nil {
		out.raw = map[string]map[string]any{}
	}
	waiting := map[string]map[string]any{}
	var order []string
	var errs []error
	for _, data := range sources {
		tree, problems := parseTree(data)
		id, _ := tree["id"].(string)
		if len(problems) > 0 {
			errs = append(errs, &FileError{ID: id, Problems: problems})
			continue
		}
		if waiting[id] == nil {
			order = append(order, id)
		}
		waiting[id] = tree
	}
	slices.SortFunc(order, byDefault)
	for _, id := range order {
		if err := out.settle(id, waiting, nil); err != nil {
			errs = append(errs, err)
		}
	}
	slices.SortFunc(out.list, func(a, b Profile) int { return byDefault(a.ID, b.ID) })
	return out, errs
}

func byDefault(a, b string) int {
	if (a == DefaultProfile) != (b == DefaultProfile) {
		if a == DefaultProfile {
			return -1
		}
		return 1
	}
	return strings.Compare(a, b)
}

// settle lays a profile over the one that it extends, which is settled first.
func (ps *Profiles) settle(id string, waiting map[string]map[string]any, below []string) error {
	tree, ok := waiting[id]
	if !ok {
		return nil // settled before, or with a call above
	}
	parent, _ := tree["extends"].(string)
	if slices.Contains(below, id) {
		return &FileError{ID: id, Problems: []Problem{{Code: "profile_circle", Pointer: "/extends", Value: parent}}}
	}
	if parent != "" {
		if err := ps.settle(parent, waiting, append(below, id)); err != nil {
			return err
		}
		under, ok := ps.raw[parent]
		if !ok {
			return &FileError{ID: id, Problems: []Problem{{Code: "profile_parent", Pointer: "/extends", Value: parent}}}
		}
		tree = overlay(under, tree)
	}
	delete(waiting, id)
	p, problems := settled(tree)
	if len(problems) > 0 {
		return &FileError{ID: id, Problems: problems}
	}
	ps.raw[id] = tree
	ps.list = append(slices.DeleteFunc(ps.list, func(q Profile) bool { return q.ID == id }), p)
	return nil
}

// All lists the profiles, the default first, then by id.
func (ps *Profiles) All() []Profile { return slices.Clone(ps.list) }

// IDs lists the profiles' ids.
func (ps *Profiles) IDs() []string {
	ids := make([]string, len(ps.list))
	for i, p := range ps.list {
		ids[i] = p.ID
	}
	return ids
}

// Of returns the profile of that id, in any case.
func (ps *Profiles) Of(id string) (Profile, bool) {
	for _, p := range ps.list {
		if strings.EqualFold(p.ID, id) {
			return p, true
		}
	}
	return Profile{}, false
}

// For returns the profile that a description names; the default if it names
// none, or one that is not at hand.
func (ps *Profiles) For(d Description) Profile {
	if p, ok := ps.Of(d.Profile); ok {
		return p
	}
	p, _ := ps.Of(DefaultProfile)
	return p
}

// ForCountry returns a country's profiles in the order in which they are offered there: its
// own, then those of no country.
func (ps *Profiles) ForCountry(country string) []Profile {
	var own, others []Profile
	for _, p := range ps.list {
		switch p.Country {
		case country:
			own = append(own, p)
		case "":
			others = append(others, p)
		}
	}
	return append(own, others...)
}

// ownMembers are the members of a profile file that are never inherited.
var ownMembers = [...]string{"$schema", "id", "version", "extends", "country", "title", "about"}

// overlay lays a profile file over the one it extends: fields are merged by
// their key, member by member; defaults and vocabularies by name; of all else
// what the file has holds. A member that is null is taken away, and so is a
// field with "omit".
func overlay(under, over map[string]any) map[string]any {
	out := maps.Clone(under)
	for _, name := range ownMembers {
		delete(out, name)
	}
	for name, value := range over {
		switch name {
		case "fields":
			below, _ := under[name].([]any)
			fields, _ := value.([]any)
			out[name] = mergeFields(below, fields)
		case "defaults", "vocabularies":
			below, _ := under[name].(map[string]any)
			members, _ := value.(map[string]any)
			out[name] = merged(below, members)
		default:
			if out[name] = value; value == nil {
				delete(out, name)
			}
		}
	}
	return out
}

// merged returns under with the members of over in their place.
func merged(under, over map[string]any) map[string]any {
	out := maps.Clone(under)
	if out == nil {
		out = map[string]any{}
	}
	for name, value := range over {
		if out[name] = value; value == nil {
			delete(out, name)
		}
	}
	return out
}

func mergeFields(under, over []any) []any {
	out := slices.Clone(under)
	for _, item := range over {
		field, _ := item.(map[string]any)
		at := slices.IndexFunc(out, func(f any) bool { return keyOf(f) == keyOf(field) })
		after, moves := field["after"].(string)
		if at >= 0 {
			below := out[at].(map[string]any)
			if _, judged := field["obligation"]; judged { // with the grounds of its own
				below = merged(below, map[string]any{"proposed": nil, "basis": nil})
			}
			field = merged(below, field)
			out[at] = field
		} else {
			out = append(out, field)
			at = len(out) - 1
		}
		if moves {
			out = slices.Delete(out, at, at+1)
			to := slices.IndexFunc(out, func(f any) bool { return keyOf(f) == after })
			out = slices.Insert(out, max(to, 0)+min(to+1, 1), any(field))
		}
	}
	for i, f := range out {
		out[i] = merged(f.(map[string]any), map[string]any{"after": nil})
	}
	return slices.DeleteFunc(out, func(f any) bool { return f.(map[string]any)["omit"] == true })
}

func keyOf(field any) string {
	members, _ := field.(map[string]any)
	key, _ := members["key"].(string)
	return key
}

// settled makes a Profile of a whole tree: licences and terms that are named
// only are filled in from the shared lists.
func settled(tree map[string]any) (Profile, []Problem) {
	var p Profile
	var problems []Problem
	whole := maps.Clone(tree)
	licenses, _ := tree["licenses"].([]any)
	whole["licenses"] = nil
	lists, _ := tree["vocabularies"].(map[string]any)
	whole["vocabularies"] = nil
	if err := recode(whole, &p); err != nil {
		return p, []Problem{{Code: "profile_form", Value: err.Error()}}
	}
	for i, item := range licenses {
		l, ok := licenseOf(item)
		if !ok {
			problems = append(problems, Problem{Code: "profile_license", Pointer: fmt.Sprintf("/licenses/%d", i), Value: l.ID})
		}
		p.Licenses = append(p.Licenses, l)
	}
	p.Vocabularies = map[string][]Term{}
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		terms, _ := lists[name].([]any)
		for i, item := range terms {
			t, ok := listed(name, item)
			if !ok {
				problems = append(problems, Problem{Code: "profile_term", Pointer: fmt.Sprintf("/vocabularies/%s/%d", name, i), Value: t.Code})
			}
			p.Vocabularies[name] = append(p.Vocabularies[name], t)
		}
	}
	return p, append(problems, p.contradictions()...)
}

// licenseOf reads an entry of a profile's licences: what the shared licence of
// that id says, and over it what the entry says.
func licenseOf(item any) (License, bool) {
	members, _ := item.(map[string]any)
	id, _ := members["id"].(string)
	l, known := License{ID: id}, false
	for _, s := range lists().licenses {
		if s.ID == id {
			l, known = s, true
		}
	}
	err := recode(members, &l)
	return l, err == nil && (known || l.Title != "" && len(l.Label) > 0)
}

// listed reads an entry of a profile's vocabulary: the code of a shared term,
// or a term of its own.
func listed(list string, item any) (Term, bool) {
	if code, ok := item.(string); ok {
		t, known := TermOf(list, code)
		if !known {
			t.Code = code
		}
		return t, known
	}
	var t Term
	err := recode(item, &t)
	if t.Same != "" {
		_, known := TermOf(list, t.Same)
		return t, err == nil && known
	}
	return t, err == nil && t.Code != ""
}

func recode(from, into any) error {
	data, err := json.Marshal(from)
	if err != nil {
		return err
	}
	return json.NewDecoder(bytes.NewReader(data)).Decode(into)
}
