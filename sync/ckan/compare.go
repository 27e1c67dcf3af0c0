package ckan

import (
	"context"
	"crypto/sha256"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"chasqui/sync/portal"
)

// differences lists what somebody else changed at the portal since we left it
// there: neither as it was nor as we want it now. What was left to somebody
// else before stays so, unasked, for as long as neither side changes it.
// Without a receipt that remembers fields there is nothing to compare with.
func (g *goal) differences(have *record) []portal.Difference {
	if g.last == nil || g.last.Fields == nil {
		return nil
	}
	ours := fieldsOf(g.ds)
	for name := range g.dropped {
		ours[name] = ""
	}
	var out []portal.Difference
	for _, name := range slices.Sorted(maps.Keys(ours)) {
		d := portal.Difference{Field: name, Was: g.last.Fields[name], Ours: ours[name], Theirs: have.field(name)}
		out = g.judge(out, d)
	}
	for _, d := range g.ds.Resources {
		out = g.fileDifferences(out, have.resource(d.ID), d, false)
	}
	for _, id := range g.ds.Removed {
		if there := have.resource(id); there != nil {
			out = g.fileDifferences(out, there, portal.Distribution{ID: id, Name: there.Name}, true)
		}
	}
	return out
}

// judge adds a difference, or keeps what is kept already.
func (g *goal) judge(out []portal.Difference, d portal.Difference) []portal.Difference {
	for _, k := range g.last.Kept {
		if k.ID == d.ID && k.Field == d.Field && k.Theirs == d.Theirs {
			if k.Ours == d.Ours {
				g.keep(d)
				return out
			}
			if !same(d.Field, d.Theirs, d.Ours) {
				return append(out, d) // ours is new: the question is new too
			}
		}
	}
	if same(d.Field, d.Theirs, d.Was) || same(d.Field, d.Theirs, d.Ours) {
		return out
	}
	return append(out, d)
}

// fileDifferences looks at one file that we left there; removed says that this
// revision takes it away.
func (g *goal) fileDifferences(out []portal.Difference, there *resource, d portal.Distribution, removed bool) []portal.Difference {
	i := slices.IndexFunc(g.last.Resources, func(r portal.ResourceReceipt) bool { return r.ID == d.ID })
	if i < 0 {
		return out
	}
	left := g.last.Resources[i]
	if left.Modified == "" {
		return out // a receipt of before receipts remembered
	}
	file := fileDifference(there, d, left)
	if removed {
		file.Ours = ""
	}
	switch {
	// A newer file that is the one we send came with an earlier attempt. Where
	// its hash was the old file's too, the bytes themselves decide later.
	case there == nil, file.Theirs != file.Was && !g.holds(there, d) && !g.ownEarlier(there, left), g.keptBefore(file):
		before := len(out)
		if out = g.judge(out, file); there == nil || len(out) > before {
			return out // its labels matter no more
		}
	}
	if removed || there == nil {
		return out
	}
	labels := labelsOf(d)
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		out = g.judge(out, portal.Difference{
			Resource: d.Name, ID: d.ID, Field: name, Was: left.Fields[name], Ours: labels[name], Theirs: there.field(name),
		})
	}
	return out
}

// ownEarlier reports whether the portal's file is one of another revision of
// ours, which was cancelled half-way: its hash, which only we send, names a file
// that we froze. The hash of what we left there proves nothing, since it stays
// when somebody replaces the file.
func (g *goal) ownEarlier(there *resource, left portal.ResourceReceipt) bool {
	if g.files == nil || len(there.Hash) != 2*sha256.Size || there.Hash == left.SHA256 {
		return false
	}
	blob, err := g.files.OpenBlob(there.Hash)
	if err != nil {
		return false
	}
	defer blob.Close()
	size, err := blob.Seek(0, io.SeekEnd)
	return err == nil && there.sized(size)
}

// keptBefore reports whether this was left to somebody else last time.
func (g *goal) keptBefore(d portal.Difference) bool {
	return slices.ContainsFunc(g.last.Kept, func(k portal.Difference) bool {
		return k.ID == d.ID && k.Field == d.Field && k.Theirs == d.Theirs
	})
}

// fileAsLeft is the difference between a file there and ours.
func (g *goal) fileAsLeft(there *resource, d portal.Distribution) portal.Difference {
	var left portal.ResourceReceipt
	if g.last != nil {
		for _, r := range g.last.Resources {
			if r.ID == d.ID {
				left = r
			}
		}
	}
	return fileDifference(there, d, left)
}

func fileDifference(there *resource, d portal.Distribution, left portal.ResourceReceipt) portal.Difference {
	out := portal.Difference{
		Resource: d.Name, ID: d.ID, Field: portal.FileField,
		Ours:   strconv.FormatInt(d.Bytes, 10) + " " + d.SHA256,
		Theirs: there.file(),
	}
	if left.Modified != "" {
		out.Was = strconv.FormatInt(left.Bytes, 10) + " " + left.Modified
	}
	return out
}

// settle acts on a person's answer to some differences: ours writes over them,
// theirs leaves those places alone. Without one, or where the answer was given
// to others, it is a Conflict that says them all.
func (s *sending) settle(ctx context.Context, found []portal.Difference) error {
	if len(found) == 0 || s.pub.Adopt {
		return nil
	}
	seen, err := portal.LoadComparison(ctx, s.pub.Journal)
	if err != nil {
		return err
	}
	answered := s.pub.Keep != "" && seen != nil && !slices.ContainsFunc(found, func(d portal.Difference) bool {
		return !slices.ContainsFunc(seen.Differences, func(o portal.Difference) bool {
			return o.ID == d.ID && o.Field == d.Field && o.Theirs == d.Theirs
		})
	})
	switch {
	case answered && s.pub.Keep == portal.KeepOurs:
		for _, d := range found {
			s.mine[d.ID] = s.mine[d.ID] || d.Field == portal.FileField
		}
		return nil
	case answered && s.pub.Keep == portal.KeepTheirs:
		for _, d := range found {
			s.goal.keep(d)
		}
		return nil
	}
	e := &portal.Error{Kind: portal.Conflict, Op: "look", Fields: map[string]string{}}
	for _, d := range found {
		e.Fields[d.Field] = d.Theirs
		e.Resource = d.Resource
	}
	return s.conflict(ctx, e, portal.Comparison{Clash: portal.Edited, Differences: found})
}

// conflict writes the comparison where it can be found later, and returns the
// error with it.
func (s *sending) conflict(ctx context.Context, e *portal.Error, c portal.Comparison) error {
	e.Comparison = &c
	if err := portal.SaveComparison(ctx, s.pub.Journal, &c); err != nil {
		return err
	}
	return e
}

// unlessAnswered is a conflict of this kind, unless a person was asked about
// one and said that ours is to stand.
func (s *sending) unlessAnswered(ctx context.Context, clash portal.Clash) error {
	if s.pub.Adopt {
		return nil
	}
	seen, err := portal.LoadComparison(ctx, s.pub.Journal)
	if err != nil {
		return err
	}
	if s.pub.Keep == portal.KeepOurs && seen != nil && seen.Clash == clash {
		return nil
	}
	return s.taken(ctx, clash, nil)
}

// taken says that the wanted name is not ours to use.
func (s *sending) taken(ctx context.Context, clash portal.Clash, holder *record) error {
	status, title := http.StatusConflict, ""
	if clash == portal.Hidden {
		status = http.StatusForbidden
	}
	if holder != nil {
		title = holder.Title
	}
	e := &portal.Error{Kind: portal.Conflict, Op: "create", Status: status, Fields: map[string]string{"name": s.ds.Name}}
	return s.conflict(ctx, e, portal.Comparison{Clash: clash, Name: s.ds.Name, Title: title})
}
