package ckan

import (
	"slices"

	"chasqui/sync/portal"
)

const (
	// oneCallLimit is how many bytes of files an update of a public dataset
	// sends in one call, so that nobody sees half of it. Above, each file goes
	// in a call of its own: on a thin link a long call is likely to be cut, and
	// all of it would be sent again.
	oneCallLimit = 4 << 20
	// thinCallLimit is the same where the link was measured to be poor.
	thinCallLimit = 512 << 10
	// togetherLimit is how many bytes of small files travel in one call while
	// nobody can see the dataset: a call costs more than they do.
	togetherLimit = 256 << 10
)

// write is one package_revise: everything in it arrives together or not at all.
type write struct {
	op       string
	files    []portal.Distribution // new ones are added, known ones replaced
	describe bool                  // the dataset's metadata, and labels of known files
	drop     []string              // resource ids
	show     bool                  // private becomes false
}

// plan compares what the portal holds with what is wanted and returns the next
// write, or nil when nothing is left. thin says that the link is poor.
// Resources that are neither in the dataset nor in its Removed list are
// somebody else's and stay.
func (g *goal) plan(have *record, thin bool) *write {
	var missing []portal.Distribution
	var bytes int64
	describe := len(g.lacks(have)) > 0
	for _, d := range g.ds.Resources {
		there := have.resource(d.ID)
		if !g.holds(there, d) {
			missing = append(missing, d)
			bytes += d.Bytes
		} else if there != nil && len(g.mislabelled(there, d)) > 0 {
			describe = true
		}
	}
	drop := g.superfluous(have)
	describe = describe || len(drop) > 0
	limit := int64(oneCallLimit)
	if thin {
		limit = thinCallLimit
	}
	switch {
	case len(missing) > 0 && !have.Private && (bytes <= limit && !g.alone || len(missing) == 1):
		return &write{op: "upload", files: missing, describe: describe, drop: drop}
	case len(missing) > 0:
		return &write{op: "upload", files: g.batch(missing, have)}
	case describe:
		return &write{op: "describe", describe: true, drop: drop}
	}
	return nil
}

// batch picks the files of the next call, in the dataset's order: while nobody
// can see the dataset, as many small ones as travel well together, else one.
func (g *goal) batch(missing []portal.Distribution, have *record) []portal.Distribution {
	n, bytes := 1, missing[0].Bytes
	for have.Private && !g.alone && n < len(missing) && bytes+missing[n].Bytes <= togetherLimit {
		bytes += missing[n].Bytes
		n++
	}
	return missing[:n]
}

// superfluous lists the resources to drop.
func (g *goal) superfluous(have *record) []string {
	var drop []string
	for _, id := range g.ds.Removed {
		wanted := slices.ContainsFunc(g.ds.Resources, func(d portal.Distribution) bool { return d.ID == id })
		if !wanted && have.resource(id) != nil && !g.kept[place{id, portal.FileField}] {
			drop = append(drop, id)
		}
	}
	return drop
}

// changes are the parameters of package_revise for a write, keyed the way CKAN
// flattens them; the files' bytes come beside them, in the parts that uploads
// names.
func (g *goal) changes(w *write, have *record) map[string]any {
	params := map[string]any{
		"match__id":                have.ID,
		"match__metadata_modified": have.Modified,
	}
	var filter []string
	if w.describe {
		lacks := g.lacks(have)
		for name, value := range g.params(have, func(field string) bool { return lacks[field] }) {
			params["update__"+name] = value
			// A list that is updated is merged by position, its surplus stays:
			// the old one goes first.
			if _, isText := value.(string); !isText || g.ds.Fields[name] != nil {
				filter = append(filter, "-"+name)
			}
		}
		slices.Sort(filter)
	}
	var added []map[string]string
	for _, d := range w.files {
		there := have.resource(d.ID)
		if there == nil {
			fresh := labelsOf(d)
			fresh["id"], fresh["hash"] = d.ID, d.SHA256
			added = append(added, fresh)
			continue
		}
		params["update__resources__"+d.ID+"__hash"] = d.SHA256
		relabel(params, d.ID, g.mislabelled(there, d))
	}
	if len(added) > 0 {
		params["update__resources__extend"] = added
	}
	if w.describe {
		for _, d := range g.ds.Resources {
			if there := have.resource(d.ID); there != nil {
				relabel(params, d.ID, g.mislabelled(there, d))
			}
		}
	}
	for _, id := range w.drop {
		filter = append(filter, "-resources__"+id)
	}
	if len(filter) > 0 {
		params["filter"] = filter
	}
	if w.show {
		params["match__private"], params["update__private"] = true, false
	}
	return params
}

func relabel(params map[string]any, id string, labels map[string]string) {
	for field, text := range labels {
		params["update__resources__"+id+"__"+field] = text
	}
}

// uploads names the form part of each of the write's files, in their order.
// New resources are addressed from the end of the list, known ones by id.
func (w *write) uploads(have *record) []string {
	fresh := 0
	for _, d := range w.files {
		if have.resource(d.ID) == nil {
			fresh++
		}
	}
	parts := make([]string, 0, len(w.files))
	for _, d := range w.files {
		place := d.ID
		if have.resource(d.ID) == nil {
			place = negative(fresh)
			fresh--
		}
		parts = append(parts, "update__resources__"+place+"__upload")
	}
	return parts
}
