package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"chasqui/app/describe"
	"chasqui/app/disk"
	"chasqui/app/store"
)

// profileDir is where an office's own profiles lie in the data folder.
func (a *App) profileDir() string { return filepath.Join(a.store.Dir(), "profiles") }

// readProfiles are the shipped profiles and the office's own. A file that
// can't be used is left out, with an error.
func (a *App) readProfiles() (*describe.Profiles, []error) {
	names, err := filepath.Glob(filepath.Join(a.profileDir(), "*.json"))
	var sources [][]byte
	var errs []error
	if err != nil {
		errs = append(errs, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		sources = append(sources, data)
	}
	ps, bad := describe.Shipped().With(sources...)
	return ps, append(errs, bad...)
}

// Profiles are the profiles by which datasets can be described.
func (a *App) Profiles() *describe.Profiles {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.profiles
}

// OwnProfile reports whether a profile is one that the office added.
func (a *App) OwnProfile(id string) bool {
	_, err := os.Stat(filepath.Join(a.profileDir(), id+".json"))
	return err == nil
}

// ProfileFaults says which of the office's own profiles can't be used.
func (a *App) ProfileFaults() []error {
	_, errs := a.readProfiles()
	return errs
}

// AddProfile keeps the profile of a file for the office; one of the same id is
// replaced. What is wrong in it is a *describe.FileError.
func (a *App) AddProfile(path string) (describe.Profile, error) {
	data, err := readWhole(path)
	if err != nil {
		return describe.Profile{}, err
	}
	return a.addProfile(filepath.Base(path), data)
}

// addProfile keeps the text of a profile file; name is what to call it where
// something is wrong in it.
func (a *App) addProfile(name string, data []byte) (describe.Profile, error) {
	p, problems := a.Profiles().Check(data)
	if len(problems) > 0 {
		return p, &describe.FileError{ID: name, Problems: problems}
	}
	if err := os.MkdirAll(a.profileDir(), 0o700); err != nil {
		return p, disk.Explained(err)
	}
	if err := a.writeFile(filepath.Join(a.profileDir(), p.ID+".json"), data); err != nil {
		return p, err
	}
	return p, a.reloadProfiles()
}

// RemoveProfile takes one of the office's own profiles away. Datasets that
// name it are shown by the default one and keep all they say.
func (a *App) RemoveProfile(id string) error {
	if !a.OwnProfile(id) {
		return &store.Error{Kind: store.NotFound, What: "profile", Ref: id}
	}
	if err := os.Remove(filepath.Join(a.profileDir(), id+".json")); err != nil {
		return disk.Explained(err)
	}
	return a.reloadProfiles()
}

func (a *App) reloadProfiles() error {
	ps, _ := a.readProfiles()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.profiles = ps
	return nil
}

// CheckProfile judges a profile file as it would stand among the shipped
// profiles; it needs no data folder.
func CheckProfile(path string) (describe.Profile, []describe.Problem, error) {
	data, err := readWhole(path)
	if err != nil {
		return describe.Profile{}, nil, err
	}
	p, problems := describe.Shipped().Check(data)
	return p, problems, nil
}

// writeFile places a whole file.
func (a *App) writeFile(path string, data []byte) error {
	to, err := disk.Create(a.opt.Disk, filepath.Dir(path))
	if err != nil {
		return err
	}
	defer to.Discard()
	if _, err := to.Write(data); err != nil {
		return disk.Explained(err)
	}
	return to.Place(path)
}

// officeProfile is the profile of an office's new datasets: the one it chose,
// else its country's first, else the default.
func (a *App) officeProfile(o store.Office) string {
	ps := a.Profiles()
	if p, ok := ps.Of(o.Profile); ok {
		return p.ID
	}
	for _, p := range ps.ForCountry(strings.ToUpper(o.Country)) {
		if p.Country != "" {
			return p.ID
		}
	}
	return describe.DefaultProfile
}

// Under is a dataset as it would be under another profile; nothing is saved.
func (a *App) Under(ctx context.Context, d Dataset, profile string) (Dataset, error) {
	d.Description = d.Description.Clone()
	if err := a.Profiles().Switch(&d.Description, profile); err != nil {
		return d, err
	}
	d.Profile = a.profileFor(ctx, d.Description)
	return d, nil
}
