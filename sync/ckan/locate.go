package ckan

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"chasqui/sync/portal"
)

// foundKey is the journal's word for the portal's id of the dataset. It only
// saves a search: the extra chasqui_id is what finds a dataset.
const foundKey = "ckan.dataset"

// hidingKey is the journal's word for "we hid it ourselves, on the way": to
// bring a deleted dataset back unseen.
const hidingKey = "ckan.hiding"

// locate finds the dataset or creates it, hidden.
func (s *sending) locate(ctx context.Context) (*record, error) {
	known, err := s.pub.Journal.Load(ctx, foundKey)
	if err != nil {
		return nil, err
	}
	before := known
	if known == "" && s.pub.Last != nil {
		known = s.pub.Last.Dataset
	}
	found, err := s.find(ctx, s.ds, known)
	if err != nil {
		return nil, err
	}
	have := found.ours
	if have == nil {
		if have, err = s.claim(ctx, found, before != ""); err != nil {
			return nil, err
		}
	} else if have, err = s.visible(ctx, have, found.holder); err != nil {
		return nil, err
	}
	if have.ID != before {
		if err := s.pub.Journal.Save(ctx, foundKey, have.ID); err != nil {
			return nil, err
		}
	}
	return have, nil
}

// visible brings back a dataset of ours that was deleted. Where we had left it
// public, somebody else deleted or hid it, and a person is asked first.
func (s *sending) visible(ctx context.Context, have, holder *record) (*record, error) {
	public := have.State != "deleted" && (!have.Private || s.ds.Private)
	hiding, err := s.pub.Journal.Load(ctx, hidingKey)
	if err != nil || public || hiding != "" && have.State != "deleted" {
		return have, err
	}
	if s.pub.Last != nil && hiding == "" {
		clash := portal.Withdrawn
		switch {
		case have.State == "deleted" && holder != nil:
			return nil, s.taken(ctx, portal.Recreated, holder)
		case have.State == "deleted":
			clash = portal.Gone
		}
		if err := s.unlessAnswered(ctx, clash); err != nil {
			return nil, err
		}
	}
	if have.State != "deleted" {
		return have, nil
	}
	if err := s.pub.Journal.Save(ctx, hidingKey, "1"); err != nil {
		return nil, err
	}
	return s.revive(ctx, have)
}

// claim deals with the wanted name when no dataset bears our id: it takes over
// what stands there if a person said so, refuses to touch it otherwise, and
// creates the dataset where there is none. begun says that this job made one
// already.
func (s *sending) claim(ctx context.Context, found finding, begun bool) (*record, error) {
	if found.hidden {
		return nil, s.taken(ctx, portal.Hidden, nil)
	}
	have := found.holder
	if have == nil {
		if s.pub.Last != nil && !begun {
			if err := s.unlessAnswered(ctx, portal.Gone); err != nil {
				return nil, err
			}
		}
		return s.create(ctx)
	}
	own := have.OwnerOrg == s.organization(s.ds) || have.Organization.Name == s.organization(s.ds)
	switch {
	case !own:
		return nil, s.taken(ctx, portal.Elsewhere, have)
	case s.pub.Adopt:
	case s.pub.Last != nil:
		return nil, s.taken(ctx, portal.Recreated, have)
	default:
		return nil, s.taken(ctx, portal.Held, have)
	}
	var reply struct {
		Package record `json:"package"`
	}
	err := s.post(ctx, "adopt", "package_revise", map[string]any{
		"match__id":                have.ID,
		"match__metadata_modified": have.Modified,
		"filter":                   []string{"-extras"},
		"update__extras":           s.goal.extras(have, fieldsOf(s.ds)),
	}, &reply)
	if err != nil {
		if outrun(err) {
			return nil, s.taken(ctx, portal.Held, have)
		}
		return nil, err
	}
	return &reply.Package, nil
}

// create makes the dataset, private. Of two creates at one moment CKAN may
// confirm both, and the later overwrites: the guard of the next write notices.
// A refused name may be our own from a lost reply, so the portal is looked at.
func (s *sending) create(ctx context.Context) (*record, error) {
	s.report("describe", "", 0)
	fields := s.goal.params(nil, func(string) bool { return true })
	fields["name"], fields["owner_org"], fields["private"] = s.ds.Name, s.organization(s.ds), true
	var made record
	refused := s.post(ctx, "create", "package_create", fields, &made)
	switch {
	case refused == nil && made.ours(s.ds.ID) && made.Private && made.ID != "":
		s.told = true
		return &made, nil
	case refused != nil && !is(refused, http.StatusConflict) && !is(refused, http.StatusInternalServerError):
		if is(refused, http.StatusNotFound) {
			return nil, s.unknownGroup(refused)
		}
		return nil, refused
	}
	have, err := s.fetch(ctx, s.ds.Name)
	switch {
	case err == nil && have.ours(s.ds.ID):
		return have, nil
	case is(err, http.StatusForbidden):
		return nil, s.taken(ctx, portal.Hidden, nil)
	case err == nil && have.State != "deleted":
		return nil, s.taken(ctx, portal.Held, have)
	case refused != nil && (err == nil || is(err, http.StatusNotFound)):
		return nil, refused
	case err == nil:
		return nil, s.taken(ctx, portal.Held, nil)
	}
	return nil, err // the look failed: whose the name is, the next try tells
}

// unknownGroup names the field that a 404 on package_create is about.
func (s *sending) unknownGroup(err error) error {
	e := portal.Fault("create", err)
	if len(s.ds.Groups) > 0 && len(e.Fields) == 0 {
		e.Fields = map[string]string{"groups": e.Detail}
	}
	return e
}

// revive brings a deleted dataset back under its id and address, hidden.
func (s *sending) revive(ctx context.Context, have *record) (*record, error) {
	err := s.post(ctx, "create", "package_patch", map[string]any{
		"id": have.ID, "name": s.ds.Name, "state": "active", "private": true,
	}, nil)
	if err != nil {
		if is(err, http.StatusConflict) {
			return nil, s.taken(ctx, portal.Recreated, nil)
		}
		return nil, err
	}
	return s.fetch(ctx, have.ID)
}

// fetch is package_show.
func (c *client) fetch(ctx context.Context, id string) (*record, error) {
	var have record
	if err := c.get(ctx, "look", "package_show", url.Values{"id": {id}}, &have); err != nil {
		return nil, err
	}
	return &have, nil
}

// finding is what find found.
type finding struct {
	ours   *record // bears our id; a deleted one counts only if no other is there
	holder *record // holds the wanted name without our id
	hidden bool    // somebody holds the name whom we may not see
}

// find looks for the dataset that bears our id: under the portal's id that we
// remember, by search, or under its name, since one that was deleted is in no
// search.
func (c *client) find(ctx context.Context, ds portal.Dataset, known string) (finding, error) {
	var found finding
	looks := []func() (*record, error){
		func() (*record, error) { return c.search(ctx, ds.ID) },
		func() (*record, error) { return c.fetch(ctx, ds.Name) },
	}
	if known != "" {
		looks = slices.Insert(looks, 0, func() (*record, error) { return c.fetch(ctx, known) })
	}
	for i, look := range looks {
		byName := i == len(looks)-1
		have, err := look()
		switch {
		case is(err, http.StatusForbidden):
			found.hidden = byName
		case is(err, http.StatusNotFound):
		case err != nil:
			return found, err
		case have == nil:
		case have.ours(ds.ID) && have.State != "deleted":
			return finding{ours: have}, nil
		case have.ours(ds.ID):
			found.ours = have
		case byName && have.State != "deleted":
			found.holder = have // CKAN gives a deleted one's name away
		}
	}
	return found, nil
}

// search looks a dataset up by its extra, hidden ones included.
func (c *client) search(ctx context.Context, id string) (*record, error) {
	var found struct {
		Results []record `json:"results"`
	}
	query := url.Values{
		"fq":              {fmt.Sprintf("%s:%q", idExtra, id)},
		"include_private": {"true"},
		"include_drafts":  {"true"},
		"rows":            {"5"},
	}
	if err := c.get(ctx, "look", "package_search", query, &found); err != nil {
		return nil, err
	}
	if len(found.Results) == 0 {
		return nil, nil
	}
	// The index may lag behind; the record itself decides.
	return c.fetch(ctx, found.Results[0].ID)
}
