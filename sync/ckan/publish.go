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

// contestLimit is how often in a row a guarded write may find the dataset
// changed before the portal is left alone.
const contestLimit = 5

// Publish makes the portal hold the dataset; see portal.Client.
func (c *client) Publish(ctx context.Context, pub portal.Publication) (portal.Receipt, error) {
	s := &sending{client: c, pub: pub, ds: pub.Dataset, resend: map[string]bool{}, sent: map[string]bool{}}
	for _, d := range s.ds.Resources {
		s.total += d.Bytes
	}
	receipt, err := s.run(ctx)
	if err != nil {
		return portal.Receipt{}, public(err)
	}
	return receipt, nil
}

// sending is one call of Publish.
type sending struct {
	*client
	pub    portal.Publication
	ds     portal.Dataset
	resend map[string]bool // files whose bytes on the portal are wrong
	sent   map[string]bool // files that this call uploaded
	told   bool            // the description was sent by this call
	total  int64
}

func (s *sending) run(ctx context.Context) (portal.Receipt, error) {
	s.report("look", "", 0)
	if err := s.admit(ctx, s.organization(s.ds)); err != nil {
		return portal.Receipt{}, err
	}
	have, err := s.locate(ctx)
	if err != nil {
		return portal.Receipt{}, err
	}
	if err := s.untouched(have); err != nil {
		return portal.Receipt{}, err
	}
	for round := 0; ; round++ {
		if have, err = s.fill(ctx, have); err != nil {
			return portal.Receipt{}, err
		}
		served, wrong, err := s.fetchAll(ctx, have, s.ds, s.report)
		if err != nil {
			return portal.Receipt{}, err
		}
		if len(wrong) == 0 {
			return s.show(ctx, have, served)
		}
		// The record says our hash, the bytes say otherwise. What we just
		// sent, or what nobody saw yet, is ours to mend; a public file that
		// somebody changed is a person's decision.
		for _, d := range wrong {
			mine := have.Private || s.pub.Adopt || s.sent[d.ID]
			if !mine || round > 0 {
				return portal.Receipt{}, changed(d)
			}
			s.resend[d.ID] = true
		}
	}
}

// untouched refuses a public dataset in which somebody replaced a file that we
// left there, unless a person said to overwrite it.
func (s *sending) untouched(have *record) error {
	if have.Private || s.pub.Adopt {
		return nil
	}
	for _, d := range s.ds.Resources {
		if have.resource(d.ID).altered(d) {
			return changed(d)
		}
	}
	return nil
}

// changed says that the portal's bytes of a file are not those we left there.
func changed(d portal.Distribution) error {
	return &portal.Error{Kind: portal.Conflict, Op: "verify", Resource: d.Name, Fields: map[string]string{"sha256": d.SHA256}}
}

// locate finds the dataset or creates it, hidden.
func (s *sending) locate(ctx context.Context) (*record, error) {
	known, err := s.pub.Journal.Load(ctx, foundKey)
	if err != nil {
		return nil, err
	}
	found, err := s.find(ctx, s.ds, known)
	if err != nil {
		return nil, err
	}
	have := found.ours
	if have == nil {
		if have, err = s.claim(ctx, found); err != nil {
			return nil, err
		}
	}
	if have.State == "deleted" {
		if have, err = s.revive(ctx, have); err != nil {
			return nil, err
		}
	}
	if have.ID != known {
		if err := s.pub.Journal.Save(ctx, foundKey, have.ID); err != nil {
			return nil, err
		}
	}
	return have, nil
}

// claim deals with the wanted name when no dataset bears our id: it takes over
// what stands there if a person said so, refuses to touch it otherwise, and
// creates the dataset where there is none.
func (s *sending) claim(ctx context.Context, found finding) (*record, error) {
	if found.hidden {
		return nil, s.taken(http.StatusForbidden)
	}
	have := found.holder
	if have == nil {
		return s.create(ctx)
	}
	own := have.OwnerOrg == s.organization(s.ds) || have.Organization.Name == s.organization(s.ds)
	if !s.pub.Adopt || !own {
		return nil, s.taken(http.StatusConflict)
	}
	var reply struct {
		Package record `json:"package"`
	}
	err := s.post(ctx, "adopt", "package_revise", map[string]any{
		"match__id":                have.ID,
		"match__metadata_modified": have.Modified,
		"update__extras":           extras(s.ds),
	}, &reply)
	if err != nil {
		if outrun(err) {
			return nil, s.taken(http.StatusConflict)
		}
		return nil, err
	}
	return &reply.Package, nil
}

func (s *sending) taken(status int) error {
	return &portal.Error{Kind: portal.Conflict, Op: "create", Status: status, Fields: map[string]string{"name": s.ds.Name}}
}

// create makes the dataset, private. Whatever the answer, the portal is looked
// at afterwards: a refused name may be our own from a lost reply, and of two
// creates at one moment CKAN may confirm both.
func (s *sending) create(ctx context.Context) (*record, error) {
	s.report("describe", "", 0)
	fields := description(s.ds)
	fields["name"], fields["owner_org"], fields["private"] = s.ds.Name, s.organization(s.ds), true
	refused := s.post(ctx, "create", "package_create", fields, nil)
	if refused != nil && !is(refused, http.StatusConflict) && !is(refused, http.StatusInternalServerError) {
		if is(refused, http.StatusNotFound) {
			return nil, s.unknownGroup(refused)
		}
		return nil, refused
	}
	have, err := s.fetch(ctx, s.ds.Name)
	switch {
	case err == nil && have.ours(s.ds.ID):
		return have, nil
	case err == nil && have.State != "deleted", is(err, http.StatusForbidden):
		return nil, s.taken(http.StatusConflict)
	case refused != nil && (err == nil || is(err, http.StatusNotFound)):
		return nil, refused
	case err == nil:
		return nil, s.taken(http.StatusConflict)
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
			return nil, s.taken(http.StatusConflict)
		}
		return nil, err
	}
	return s.fetch(ctx, have.ID)
}

// fill sends one difference after the other until the portal's record is what
// is wanted.
func (s *sending) fill(ctx context.Context, have *record) (*record, error) {
	contested := 0
	for {
		w := plan(have, s.ds, s.resend)
		if w == nil || w.op == "describe" && s.told {
			// A description that the portal rewrites its own way is sent once.
			return have, nil
		}
		after, err := s.write(ctx, have, w)
		if err == nil {
			have, contested = after, 0
			continue
		}
		if contested++; !outrun(err) || contested > contestLimit {
			return nil, s.contested(err)
		}
		if have, err = s.again(ctx, have.ID); err != nil {
			return nil, err
		}
	}
}

// again looks at our dataset after a write was outrun. It may be another's by
// now: of two creates of one name at one moment CKAN lets the later overwrite.
func (s *sending) again(ctx context.Context, id string) (*record, error) {
	have, err := s.fetch(ctx, id)
	if err == nil && !have.ours(s.ds.ID) {
		return nil, s.taken(http.StatusConflict)
	}
	return have, err
}

func (s *sending) contested(err error) error {
	if !outrun(err) {
		return err
	}
	return &portal.Error{Kind: portal.Busy, Op: "upload", Detail: fmt.Sprintf("changed %d times while we wrote", contestLimit), Err: err}
}

// write sends one write and keeps book of what it brought.
func (s *sending) write(ctx context.Context, have *record, w *write) (*record, error) {
	var before int64
	for _, d := range s.ds.Resources {
		if have.resource(d.ID).holds(d) && !s.resend[d.ID] {
			before += d.Bytes
		}
	}
	s.report(w.op, "", before)
	after, err := s.revise(ctx, have, s.ds, w, s.pub.Files, func(name string, sent int64) {
		s.report("upload", name, before+sent)
	})
	if err != nil {
		return nil, err
	}
	s.told = s.told || w.describe
	for _, d := range w.files {
		before += d.Bytes
		s.sent[d.ID] = true
		delete(s.resend, d.ID)
		s.report("upload", d.Name, before)
		if !after.resource(d.ID).holds(d) {
			return nil, &portal.Error{Kind: portal.Garbled, Op: "upload", Resource: d.Name, Detail: "the portal's record does not show what it took"}
		}
	}
	return after, nil
}

// show makes a complete and checked dataset public, at a stroke.
func (s *sending) show(ctx context.Context, have *record, served []portal.ResourceReceipt) (portal.Receipt, error) {
	if have.Private {
		s.report("show", "", s.total)
		after, err := s.revise(ctx, have, s.ds, &write{op: "show", show: true}, nil, nil)
		if err != nil && !outrun(err) {
			return portal.Receipt{}, err
		}
		if err != nil {
			if after, err = s.again(ctx, have.ID); err != nil {
				return portal.Receipt{}, err
			}
		}
		if after.Private || after.State != "active" {
			return portal.Receipt{}, &portal.Error{Kind: portal.Busy, Op: "show", Detail: "changed while we wrote"}
		}
		have = after
	}
	return s.receipt(have, served), nil
}

func (s *sending) report(step, resource string, done int64) {
	if s.pub.Progress != nil {
		s.pub.Progress(portal.Progress{Step: step, Resource: resource, Done: done, Total: s.total})
	}
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
