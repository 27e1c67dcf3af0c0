package ckan

import (
	"slices"

	"chasqui/sync/portal"
)

// oneCallLimit is how many bytes of files an update of a public dataset sends
// in one call, so that nobody sees half of it. Above, each file goes in a call
// of its own: on a thin link a long call is likely to be cut, and all of it
// would be sent again.
const oneCallLimit = 4 << 20

// write is one package_revise: everything in it arrives together or not at all.
type write struct {
	op       string
	files    []portal.Distribution // new ones are added, known ones replaced
	describe bool                  // the dataset's metadata, and labels of known files
	drop     []string              // resource ids
	show     bool                  // private becomes false
}

// plan compares what the portal holds with what is wanted and returns the next
// write, or nil when nothing is left. resend names files that are to be sent
// although the record says that they are there. Resources that are neither in
// the dataset nor in its Removed list are somebody else's and stay.
func plan(have *record, ds portal.Dataset, resend map[string]bool) *write {
	var missing []portal.Distribution
	var bytes int64
	relabel := false
	for _, d := range ds.Resources {
		there := have.resource(d.ID)
		switch {
		case !there.holds(d) || resend[d.ID]:
			missing = append(missing, d)
			bytes += d.Bytes
		case !there.labelled(d):
			relabel = true
		}
	}
	var drop []string
	for _, id := range ds.Removed {
		wanted := slices.ContainsFunc(ds.Resources, func(d portal.Distribution) bool { return d.ID == id })
		if !wanted && have.resource(id) != nil {
			drop = append(drop, id)
		}
	}
	describe := relabel || len(drop) > 0 || !have.described(ds)
	switch {
	case len(missing) > 0 && !have.Private && bytes <= oneCallLimit:
		return &write{op: "upload", files: missing, describe: describe, drop: drop}
	case len(missing) > 0:
		return &write{op: "upload", files: missing[:1]}
	case describe:
		return &write{op: "describe", describe: true, drop: drop}
	}
	return nil
}

// changes are the parameters of package_revise for a write, keyed the way CKAN
// flattens them; the files' bytes come beside them, in the parts that uploads
// names.
func (w *write) changes(have *record, ds portal.Dataset) map[string]any {
	params := map[string]any{
		"match__id":                have.ID,
		"match__metadata_modified": have.Modified,
	}
	if w.describe {
		for name, value := range description(ds) {
			params["update__"+name] = value
		}
	}
	var added []map[string]string
	sent := map[string]bool{}
	for _, d := range w.files {
		sent[d.ID] = true
		if have.resource(d.ID) == nil {
			fresh := labels(d)
			fresh["id"], fresh["hash"] = d.ID, d.SHA256
			added = append(added, fresh)
			continue
		}
		params["update__resources__"+d.ID+"__hash"] = d.SHA256
		relabelTo(params, d)
	}
	if len(added) > 0 {
		params["update__resources__extend"] = added
	}
	if w.describe {
		for _, d := range ds.Resources {
			if there := have.resource(d.ID); there != nil && !sent[d.ID] && !there.labelled(d) {
				relabelTo(params, d)
			}
		}
	}
	if len(w.drop) > 0 {
		filter := make([]string, 0, len(w.drop))
		for _, id := range w.drop {
			filter = append(filter, "-resources__"+id)
		}
		params["filter"] = filter
	}
	if w.show {
		params["match__private"], params["update__private"] = true, false
	}
	return params
}

func relabelTo(params map[string]any, d portal.Distribution) {
	for field, text := range labels(d) {
		params["update__resources__"+d.ID+"__"+field] = text
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
