package practice

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// lookup finds a dataset by id or name. A deleted one still answers to its
// name while nobody else has it. The caller holds mu.
func (p *Portal) lookup(key string) tree {
	if ds, ok := p.datasets[key]; ok {
		return ds
	}
	var deleted tree
	for _, ds := range p.datasets {
		if ds["name"] != key {
			continue
		}
		if ds["state"] != "deleted" {
			return ds
		}
		deleted = ds
	}
	return deleted
}

// readable finds a dataset that the caller may see.
func (p *Portal) readable(c *call, key string) (tree, *problem) {
	ds := p.lookup(key)
	if ds == nil {
		return nil, notFound()
	}
	if !mayRead(c.who, ds) {
		return nil, denied(c.who, "read package "+text(ds["id"]))
	}
	return ds, nil
}

// writable finds a dataset that the caller may change.
func (p *Portal) writable(c *call, key string) (tree, *problem) {
	ds := p.lookup(key)
	if ds == nil {
		return nil, notFound()
	}
	if !mayWrite(c.who) {
		return nil, denied(c.who, "edit package "+text(ds["id"]))
	}
	return ds, nil
}

// shown is a dataset as the API gives it: with its organization, the addresses
// of its files as seen from site, and without what is only ours.
func (p *Portal) shown(ds tree, site string) tree {
	out := copyOf(ds)
	out["organization"] = p.orgTree()
	resources := list(out["resources"])
	for i, r := range resources {
		res := branch(r)
		res["position"] = i
		res["package_id"] = out["id"]
		if text(res["url_type"]) == "upload" {
			res["url"] = site + downloadPath(text(out["id"]), text(res["id"]), text(res["url"]))
		}
		delete(res, blobKey)
	}
	out["num_resources"] = len(resources)
	out["num_tags"] = len(list(out["tags"]))
	return out
}

func downloadPath(dataset, resource, file string) string {
	return "/dataset/" + dataset + "/resource/" + resource + "/download/" + file
}

func (p *Portal) packageShow(c *call) (any, *problem) {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := text(c.in["id"])
	if key == "" {
		key = text(c.in["name_or_id"])
	}
	if key == "" {
		return nil, invalid(tree{"name_or_id": []any{"Missing value"}})
	}
	ds, bad := p.readable(c, key)
	if bad != nil {
		return nil, bad
	}
	return p.shown(ds, c.site), nil
}

func (p *Portal) packageList(*call) (any, *problem) {
	p.mu.Lock()
	defer p.mu.Unlock()
	names := []string{}
	for _, ds := range p.datasets {
		if mayRead(nil, ds) {
			names = append(names, text(ds["name"]))
		}
	}
	slices.Sort(names)
	return names, nil
}

// packageSearch knows q as a word in name, title or notes, and fq as one or
// more field:"value", all of which must hold; extras count as fields.
func (p *Portal) packageSearch(c *call) (any, *problem) {
	terms, ok := filterTerms(text(c.in["fq"]))
	if !ok {
		return nil, &problem{http.StatusConflict, tree{"__type": "Search Error", "message": "Search Query is invalid"}}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	found := []tree{}
	for _, ds := range p.datasets {
		hidden := ds["private"] == true && !truth(c.in["include_private"]) || ds["state"] == "draft" && !truth(c.in["include_drafts"])
		if hidden || ds["state"] == "deleted" || !mayRead(c.who, ds) || !matches(ds, text(c.in["q"]), terms) {
			continue
		}
		found = append(found, ds)
	}
	slices.SortFunc(found, func(a, b tree) int {
		return strings.Compare(text(b["metadata_modified"]), text(a["metadata_modified"]))
	})
	start, rows := min(number(c.in["start"], 0), len(found)), number(c.in["rows"], 10)
	results := []any{}
	for _, ds := range found[start:min(len(found), start+rows)] {
		results = append(results, p.shown(ds, c.site))
	}
	return tree{"count": len(found), "results": results, "facets": tree{}, "search_facets": tree{}, "sort": "metadata_modified desc"}, nil
}

func filterTerms(fq string) ([][2]string, bool) {
	term := regexp.MustCompile(`^\s*\+?([A-Za-z_]+):("([^"]*)"|\S+)`)
	var out [][2]string
	for strings.TrimSpace(fq) != "" {
		m := term.FindStringSubmatch(fq)
		if m == nil {
			return nil, false
		}
		out = append(out, [2]string{m[1], strings.Trim(m[2], `"`)})
		fq = fq[len(m[0]):]
	}
	return out, true
}

func matches(ds tree, q string, terms [][2]string) bool {
	q = strings.ToLower(strings.TrimSpace(q))
	if q != "" && q != "*:*" {
		all := strings.ToLower(text(ds["name"]) + " " + text(ds["title"]) + " " + text(ds["notes"]))
		if !strings.Contains(all, q) {
			return false
		}
	}
	for _, t := range terms {
		if text(ds[t[0]]) != t[1] && extra(ds, t[0]) != t[1] {
			return false
		}
	}
	return true
}

func extra(ds tree, key string) string {
	for _, e := range list(ds["extras"]) {
		if branch(e)["key"] == key {
			return text(branch(e)["value"])
		}
	}
	return ""
}

func number(v any, otherwise int) int {
	switch v := v.(type) {
	case float64:
		return max(0, int(v))
	case string:
		if n, err := strconv.Atoi(v); err == nil {
			return max(0, n)
		}
	}
	return otherwise
}

func (p *Portal) packageCreate(c *call) (any, *problem) {
	if !mayWrite(c.who) {
		return nil, denied(c.who, "create packages")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if org := text(c.in["owner_org"]); org != "" && org != p.organization.Name && org != p.organization.ID {
		return nil, denied(c.who, "add dataset to this organization")
	}
	if _, chosen := c.in["id"]; chosen {
		return nil, invalid(tree{"id": []any{"The input field id was not expected."}})
	}
	ds := tree{"id": p.newID(), "creator_user_id": c.who.Name, "type": "dataset", "metadata_created": p.stamp("")}
	take(ds, c.in)
	ds["state"] = "active" // an editor's wish for a draft is not heard
	return p.store(ds, nil, c)
}

func (p *Portal) packagePatch(c *call) (any, *problem) {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := text(c.in["id"])
	if key == "" {
		return nil, invalid(tree{"message": "Missing id, can not get Package object"})
	}
	old, bad := p.writable(c, key)
	if bad != nil {
		return nil, bad
	}
	ds := copyOf(old)
	take(ds, c.in)
	return p.store(ds, old, c)
}

func (p *Portal) packageDelete(c *call) (any, *problem) {
	p.mu.Lock()
	defer p.mu.Unlock()
	old, bad := p.writable(c, text(c.in["id"]))
	if bad != nil {
		return nil, bad
	}
	ds := copyOf(old)
	ds["state"] = "deleted"
	if err := p.saveDataset(ds); err != nil {
		return nil, broken(err)
	}
	return nil, nil
}

// store checks a changed dataset, gives it its new time and writes it. old is
// the record before, nil for a new one. The caller holds mu.
func (p *Portal) store(ds, old tree, c *call) (any, *problem) {
	if len(list(ds["groups"])) > 0 {
		// There are no groups here, and CKAN answers so for one it has not.
		return nil, &problem{http.StatusNotFound, tree{"__type": "Not Found Error", "message": "Not found: Group was not found."}}
	}
	if errs := p.check(ds, old); len(errs) > 0 {
		return nil, invalid(errs)
	}
	// A deleted dataset that still bears the name gives it up for good.
	for _, other := range p.datasets {
		if other["name"] == ds["name"] && other["id"] != ds["id"] && other["state"] == "deleted" {
			freed := copyOf(other)
			freed["name"] = freed["id"]
			if err := p.saveDataset(freed); err != nil {
				return nil, broken(err)
			}
		}
	}
	ds["metadata_modified"] = p.stamp(text(old["metadata_modified"]))
	if err := p.saveDataset(ds); err != nil {
		return nil, broken(err)
	}
	return p.shown(ds, c.site), nil
}
