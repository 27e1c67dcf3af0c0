package describe

import "strings"

// Profile says which parts of a Description are asked for. A profile is data:
// publish and package refuse only for what it marks mandatory.
type Profile struct {
	ID      string
	Version string
	// Mandatory are keys, or alternatives joined by "|" of which one must be
	// filled in.
	Mandatory []string
}

// Profiles are the profiles that ship with the program; the first is what a
// dataset gets that names none.
var Profiles = [...]Profile{
	{ID: "generic", Version: "1", Mandatory: []string{"title", "description", "publisher", "license", "contact|email"}},
}

// ProfileIDs lists the ids of Profiles.
func ProfileIDs() []string {
	ids := make([]string, len(Profiles))
	for i, p := range Profiles {
		ids[i] = p.ID
	}
	return ids
}

// ProfileOf returns the profile that a description names, the first if none.
func (d *Description) ProfileOf() Profile {
	for _, p := range Profiles {
		if p.ID == d.Profile {
			return p
		}
	}
	return Profiles[0]
}

// Lacking returns the mandatory keys of the description's profile that have no
// value, as the profile writes them: "contact|email" if both are empty.
func (d *Description) Lacking() []string {
	var lacking []string
	for _, m := range d.ProfileOf().Mandatory {
		if !d.any(m) {
			lacking = append(lacking, m)
		}
	}
	return lacking
}

func (d *Description) any(alternatives string) bool {
	for key := range strings.SplitSeq(alternatives, "|") {
		if d.Get(key) != "" {
			return true
		}
	}
	return false
}
