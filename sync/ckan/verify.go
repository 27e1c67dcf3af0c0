package ckan

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"chasqui/sync/portal"
)

// Verify compares the public dataset with what was frozen; see portal.Client.
func (c *client) Verify(ctx context.Context, ds portal.Dataset, last *portal.Receipt) (portal.Receipt, error) {
	receipt, err := c.verify(ctx, ds, last)
	return receipt, public(err)
}

func (c *client) verify(ctx context.Context, ds portal.Dataset, last *portal.Receipt) (portal.Receipt, error) {
	known := ""
	if last != nil {
		known = last.Dataset
	}
	found, err := c.find(ctx, ds, known)
	if err != nil {
		return portal.Receipt{}, err
	}
	have := found.ours
	switch {
	case have == nil || have.State == "deleted":
		return portal.Receipt{}, differs(portal.Gone, http.StatusNotFound)
	case have.Private && !ds.Private || have.State != "active":
		return portal.Receipt{}, differs(portal.Withdrawn, http.StatusForbidden)
	}
	g := newGoal(portal.Publication{Dataset: ds, Last: last})
	if last != nil {
		for _, k := range last.Kept {
			g.keep(k)
		}
	}
	if found := g.deviations(have); len(found) > 0 {
		return portal.Receipt{}, edited(found)
	}
	served, err := c.fetchAll(ctx, have, g)
	if err != nil {
		return portal.Receipt{}, err
	}
	receipt := c.receipt(have, g, served)
	receipt.Verified = portal.Full
	if last != nil {
		receipt.Tables, receipt.Untabled = last.Tables, last.Untabled
	}
	return receipt, nil
}

// deviations lists the fields and labels that are neither what was sent nor
// what the portal made of it at the time, and the files that are not there.
func (g *goal) deviations(have *record) []portal.Difference {
	var out []portal.Difference
	was := map[place]string{}
	if g.last != nil {
		for name, text := range g.last.Fields {
			was[place{"", name}] = text
		}
		for _, r := range g.last.Resources {
			for name, text := range r.Fields {
				was[place{r.ID, name}] = text
			}
		}
	}
	for _, d := range g.altered(have) {
		if before, known := was[place{d.ID, d.Field}]; !known || !same(d.Field, d.Theirs, before) {
			d.Was = before
			out = append(out, d)
		}
	}
	for _, d := range g.ds.Resources {
		if have.resource(d.ID) == nil && !g.kept[place{d.ID, portal.FileField}] {
			out = append(out, g.fileAsLeft(nil, d))
		}
	}
	return out
}

// differs is a conflict about the dataset as a whole.
func differs(clash portal.Clash, status int) error {
	return &portal.Error{Kind: portal.Conflict, Op: "verify", Status: status, Comparison: &portal.Comparison{Clash: clash}}
}

// edited is a conflict about fields and files.
func edited(found []portal.Difference) error {
	e := &portal.Error{
		Kind: portal.Conflict, Op: "verify", Fields: map[string]string{},
		Comparison: &portal.Comparison{Clash: portal.Edited, Differences: found},
	}
	for _, d := range found {
		e.Fields[d.Field] = d.Theirs
		e.Resource = d.Resource
	}
	return e
}

// receipt says what stands at the portal, in the portal's words.
func (c *client) receipt(have *record, g *goal, served []portal.ResourceReceipt) portal.Receipt {
	r := portal.Receipt{
		Dataset:   have.ID,
		URL:       c.base().JoinPath("dataset", have.Name).String(),
		Resources: served,
		At:        c.now(),
		Modified:  have.Modified,
		Fields:    map[string]string{},
		Kept:      g.keptList,
		Altered:   g.altered(have),
	}
	for name := range fieldsOf(g.ds) {
		r.Fields[name] = have.field(name)
	}
	for i := range r.Resources {
		there := have.resource(r.Resources[i].ID)
		d := g.distribution(r.Resources[i].ID)
		if there == nil || d == nil {
			continue
		}
		r.Resources[i].URL, r.Resources[i].Modified, r.Resources[i].Fields = there.URL, there.Modified, map[string]string{}
		for name := range maps.Keys(labelsOf(*d)) {
			r.Resources[i].Fields[name] = there.field(name)
		}
	}
	return r
}

func (g *goal) distribution(id string) *portal.Distribution {
	i := slices.IndexFunc(g.ds.Resources, func(d portal.Distribution) bool { return d.ID == id })
	if i < 0 {
		return nil
	}
	return &g.ds.Resources[i]
}

// fetchAll fetches and hashes every file of the dataset as the portal serves
// it. One that is not the frozen one, nor left to somebody else, is a conflict.
func (c *client) fetchAll(ctx context.Context, have *record, g *goal) ([]portal.ResourceReceipt, error) {
	var served []portal.ResourceReceipt
	for _, d := range g.ds.Resources {
		there := have.resource(d.ID)
		if there == nil {
			continue // left to somebody who took it away
		}
		got, err := c.fetchFile(ctx, have, there, d)
		if err != nil {
			return nil, err
		}
		if got.SHA256 != d.SHA256 && !g.kept[place{d.ID, portal.FileField}] {
			return nil, edited([]portal.Difference{g.fileAsLeft(there, d)})
		}
		served = append(served, got)
	}
	return served, nil
}
