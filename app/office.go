package app

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"chasqui/app/describe"
	"chasqui/app/store"
)

// Office is the office that works here.
type Office = store.Office

// OfficeKeys are the keys of EditOffice, in the order in which they are shown.
var OfficeKeys = [...]string{"name", "country", "place", "unit", "contact", "email", "license", "profile", "destination"}

// Office returns the installation's office.
func (a *App) Office(ctx context.Context) (Office, error) { return a.store.Office(ctx) }

// SaveOffice keeps what the office says of itself.
func (a *App) SaveOffice(ctx context.Context, o Office) error { return a.store.SaveOffice(ctx, o) }

// officeWord returns where an office keeps a key's value, nil for an unknown
// key.
func officeWord(o *Office, key string) *string {
	return map[string]*string{
		"name": &o.Name, "country": &o.Country, "place": &o.Place, "unit": &o.Unit, "contact": &o.Contact,
		"email": &o.Email, "license": &o.License, "profile": &o.Profile, "destination": &o.Destination,
	}[key]
}

// OfficeValue is what an office says under a key of OfficeKeys.
func OfficeValue(o Office, key string) string {
	if at := officeWord(&o, key); at != nil {
		return *at
	}
	return ""
}

// EditOffice changes what the office says of itself: all of the assignments,
// or none if one is not allowed (*describe.ValueError). A licence that the new
// profile does not offer is forgotten.
func (a *App) EditOffice(ctx context.Context, sets []Assignment) (Office, error) {
	o, err := a.store.Office(ctx)
	if err != nil {
		return o, err
	}
	before := o
	for _, s := range sets {
		at := officeWord(&o, s.Key)
		if at == nil {
			return before, &describe.ValueError{Key: s.Key, Value: s.Value, Form: "key", Allowed: OfficeKeys[:]}
		}
		*at = strings.TrimSpace(s.Value)
	}
	o.Country = strings.ToUpper(o.Country)
	if err := a.checkOffice(ctx, &o, before); err != nil {
		return before, err
	}
	return o, a.store.SaveOffice(ctx, o)
}

// checkOffice holds what changed of an office against its rules.
func (a *App) checkOffice(ctx context.Context, o *Office, before Office) error {
	ps := a.Profiles()
	if len(o.Country) != 0 && len(o.Country) != 2 {
		return &describe.ValueError{Key: "country", Value: o.Country, Allowed: countries()}
	}
	if p, ok := ps.Of(o.Profile); ok {
		o.Profile = p.ID
	} else if o.Profile != "" {
		return &describe.ValueError{Key: "profile", Value: o.Profile, Allowed: ps.IDs()}
	}
	profile := ps.For(describe.Description{Profile: a.officeProfile(*o)})
	var probe describe.Description
	if err := profile.Set(&probe, "email", o.Email); err != nil {
		return err
	}
	switch err := profile.Set(&probe, "license", o.License); {
	case err == nil:
		o.License = probe.License
	case o.License != before.License:
		return err
	default:
		o.License = ""
	}
	if o.Destination != "" && o.Destination != before.Destination {
		to, err := a.store.Destination(ctx, o.Destination)
		if err != nil {
			return err
		}
		o.Destination = to.Name
	}
	return nil
}

func countries() []string {
	var codes []string
	for _, t := range describe.Vocabulary(describe.CountryList) {
		codes = append(codes, t.Code)
	}
	return codes
}

// officeFile is an office as it is given to another: what it says of itself,
// where it publishes, and its own profiles. No token is in it.
type officeFile struct {
	Form         int                 `json:"chasqui_office"` // 1
	Office       Office              `json:"office"`
	Destinations []officeDestination `json:"destinations,omitempty"`
	Profiles     []json.RawMessage   `json:"profiles,omitempty"`
}

type officeDestination struct {
	Name         string `json:"name"`
	Kind         string `json:"kind"`
	URL          string `json:"url"`
	Organization string `json:"organization,omitempty"`
}

// ExportOffice writes what the office says of itself into a file that another
// office can import. Nothing secret is in it.
func (a *App) ExportOffice(ctx context.Context, path string) error {
	o, err := a.store.Office(ctx)
	if err != nil {
		return err
	}
	f := officeFile{Form: 1, Office: o}
	destinations, err := a.store.Destinations(ctx)
	if err != nil {
		return err
	}
	for _, d := range destinations {
		if d.Kind != "practice" { // of this computer only
			f.Destinations = append(f.Destinations, officeDestination{d.Name, d.Kind, d.URL, d.Organization})
		}
	}
	names, err := filepath.Glob(filepath.Join(a.profileDir(), "*.json"))
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := readWhole(name)
		if err != nil {
			return err
		}
		f.Profiles = append(f.Profiles, data)
	}
	data, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	return a.writeFile(path, append(data, '\n'))
}

// ImportOffice takes over what a file of ExportOffice says: the office's words,
// the destinations that are not here yet (their keys are asked for later), and
// its profiles.
func (a *App) ImportOffice(ctx context.Context, path string) (Office, error) {
	data, err := readWhole(path)
	if err != nil {
		return Office{}, err
	}
	var f officeFile
	if err := json.Unmarshal(data, &f); err != nil || f.Form != 1 {
		return Office{}, &Error{Kind: BadDescription, Args: map[string]string{"Name": filepath.Base(path)}, Err: err}
	}
	for _, profile := range f.Profiles {
		if _, err := a.addProfile(filepath.Base(path), profile); err != nil {
			return Office{}, err
		}
	}
	for _, d := range f.Destinations {
		_, err := a.AddDestination(ctx, Destination{Name: d.Name, Kind: d.Kind, URL: d.URL, Organization: d.Organization})
		if err != nil && kindOf(err) != store.Taken {
			return Office{}, err
		}
	}
	var sets []Assignment
	for _, key := range OfficeKeys {
		sets = append(sets, Assignment{key, OfficeValue(f.Office, key)})
	}
	return a.EditOffice(ctx, sets)
}

// readWhole reads a small file.
func readWhole(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	switch {
	case os.IsNotExist(err):
		return nil, &Error{Kind: FileNotFound, Args: map[string]string{"Name": filepath.Base(path)}, Err: err}
	case err != nil:
		return nil, &Error{Kind: FileDenied, Args: map[string]string{"Name": filepath.Base(path)}, Err: err}
	}
	return data, nil
}
