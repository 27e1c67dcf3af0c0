package ckan

import (
	"crypto/md5"
	"encoding/hex"
	"io"
	"maps"
	"slices"
	"strings"

	"chasqui/sync/portal"
)

// place is a field of the dataset, or of one of its files by that file's id.
type place struct{ resource, field string }

// goal is what a publication wants to be true at the portal.
type goal struct {
	ds    portal.Dataset
	last  *portal.Receipt
	files portal.Files
	// kept are the places that are left to somebody else.
	kept     map[place]bool
	keptList []portal.Difference
	// dropped are extras, by their field names, that we left there and that this
	// revision has no more.
	dropped map[string]bool
	// resend are files whose bytes on the portal are wrong, by id.
	resend map[string]bool
	// alone says that files travel one by one: together they were too large.
	alone bool
	// digests are the MD5 of files, by id, where a portal's loader asked for it.
	digests map[string]string
}

func newGoal(pub portal.Publication) *goal {
	g := &goal{
		ds: pub.Dataset, last: pub.Last, files: pub.Files,
		kept: map[place]bool{}, dropped: map[string]bool{}, resend: map[string]bool{}, digests: map[string]string{},
	}
	if g.last == nil {
		return g
	}
	ours := fieldsOf(g.ds)
	for name := range g.last.Fields {
		if _, still := ours[name]; !still && strings.HasPrefix(name, extraPrefix) {
			g.dropped[name] = true
		}
	}
	return g
}

// keep leaves a place to somebody else.
func (g *goal) keep(d portal.Difference) {
	at := place{d.ID, d.Field}
	if !g.kept[at] {
		g.kept[at] = true
		g.keptList = append(g.keptList, d)
	}
}

// holds reports whether the resource is, as far as the portal's record says,
// the distribution's file, or one that is left to somebody else. The loaders of
// DataStore (DataPusher, XLoader) write the file's MD5 over the hash that we
// sent.
func (g *goal) holds(there *resource, d portal.Distribution) bool {
	switch {
	case g.kept[place{d.ID, portal.FileField}]:
		return true
	case there == nil || g.resend[d.ID] || !there.sized(d.Bytes) || there.URLType != "upload":
		return false
	case there.Hash == d.SHA256:
		return true
	}
	return len(there.Hash) == 2*md5.Size && there.Hash == g.md5(d)
}

// md5 is the file's MD5, "" if it can't be read: then it is sent again.
func (g *goal) md5(d portal.Distribution) string {
	if known, ok := g.digests[d.ID]; ok {
		return known
	}
	if g.files == nil {
		return ""
	}
	blob, err := g.files.OpenBlob(d.SHA256)
	if err != nil {
		return ""
	}
	defer blob.Close()
	sum := md5.New()
	if _, err := io.Copy(sum, blob); err != nil {
		return ""
	}
	g.digests[d.ID] = hex.EncodeToString(sum.Sum(nil))
	return g.digests[d.ID]
}

// lacks lists the fields of the description that are to be written: those that
// differ, but for what is left to somebody else and for what this portal showed
// another way when the same was sent before.
func (g *goal) lacks(have *record) map[string]bool {
	out := map[string]bool{}
	for name, ours := range fieldsOf(g.ds) {
		theirs := have.field(name)
		if !same(name, theirs, ours) && !g.kept[place{"", name}] && !g.rewritten("", name, ours, theirs) {
			out[name] = true
		}
	}
	for name := range g.dropped {
		if !g.kept[place{"", name}] && slices.ContainsFunc(have.Extras, func(e pair) bool { return extraPrefix+e.Key == name }) {
			out[name] = true
		}
	}
	return out
}

// mislabelled lists a resource's labels that are to be written.
func (g *goal) mislabelled(there *resource, d portal.Distribution) map[string]string {
	out := map[string]string{}
	for name, ours := range labelsOf(d) {
		theirs := there.field(name)
		if !same(name, theirs, ours) && !g.kept[place{d.ID, name}] && !g.rewritten(d.ID, name, ours, theirs) {
			out[name] = ours
		}
	}
	return out
}

// rewritten reports whether the portal showed this for that before.
func (g *goal) rewritten(id, field, ours, theirs string) bool {
	if g.last == nil {
		return false
	}
	return slices.ContainsFunc(g.last.Altered, func(a portal.Difference) bool {
		return a.ID == id && a.Field == field && a.Ours == ours && a.Theirs == theirs
	})
}

// altered lists what the portal shows another way than it was sent.
func (g *goal) altered(have *record) []portal.Difference {
	var out []portal.Difference
	ours := fieldsOf(g.ds)
	for _, name := range slices.Sorted(maps.Keys(ours)) {
		if theirs := have.field(name); !g.kept[place{"", name}] && !same(name, theirs, ours[name]) {
			out = append(out, portal.Difference{Field: name, Ours: ours[name], Theirs: theirs})
		}
	}
	for _, d := range g.ds.Resources {
		there := have.resource(d.ID)
		if there == nil {
			continue
		}
		labels := labelsOf(d)
		for _, name := range slices.Sorted(maps.Keys(labels)) {
			if theirs := there.field(name); !g.kept[place{d.ID, name}] && !same(name, theirs, labels[name]) {
				out = append(out, portal.Difference{Resource: d.Name, ID: d.ID, Field: name, Ours: labels[name], Theirs: theirs})
			}
		}
	}
	return out
}
