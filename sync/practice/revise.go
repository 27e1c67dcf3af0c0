package practice

import (
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// packageRevise is the guarded write: match must hold, then filter removes,
// update replaces and extends, and files come in, all or nothing.
func (p *Portal) packageRevise(c *call) (any, *problem) {
	p.mu.Lock()
	defer p.mu.Unlock()
	params := unpackForm(c.in)
	match := branch(params["match"])
	key := text(match["id"])
	for _, name := range []string{text(match["name"]), text(params["match__id"]), text(params["match__name"])} {
		if key == "" {
			key = name
		}
	}
	if key == "" {
		return nil, invalid(tree{"match__id": "Missing value"})
	}
	old, bad := p.writable(c, key)
	if bad != nil {
		return nil, bad
	}
	ds := copyOf(old)
	if bad := unmatched(ds, params); bad != nil {
		return nil, bad
	}
	for _, f := range list(params["filter"]) {
		if removed, minus := strings.CutPrefix(text(f), "-"); minus {
			removeAt(ds, strings.Split(removed, "__"))
		}
	}
	take(ds, merged(ds, branch(params["update"])))
	if errs := update(ds, params); len(errs) > 0 {
		return nil, invalid(errs)
	}
	renames, bad := p.placeUploads(ds, c.up)
	if bad != nil {
		return nil, bad
	}
	for from, to := range renames {
		if err := os.Rename(from, to); err != nil {
			return nil, broken(err)
		}
	}
	syncFolder(filepath.Join(p.dir, "files"))
	done, bad := p.store(ds, old, c)
	if bad != nil {
		for _, to := range renames {
			os.Remove(to)
		}
		return nil, bad
	}
	return tree{"package": done}, nil
}

// unpackForm reads the values of a form, which are JSON or plain text. Ids and
// times are text whatever they look like.
func unpackForm(in tree) tree {
	out := tree{}
	for name, v := range in {
		out[name] = v
		s, isText := v.(string)
		if !isText {
			continue
		}
		var decoded any
		if json.Unmarshal([]byte(s), &decoded) == nil {
			out[name] = decoded
		}
	}
	return out
}

// unmatched compares what the writer believes with what is there.
func unmatched(ds, params tree) *problem {
	var differ []any
	test := func(at []string, want any) *problem {
		have, place, ok := valueAt(ds, at)
		if !ok && at[0] == "resources" {
			return &problem{http.StatusBadRequest, tree{"__type": "Integrity Error", "message": "Unmatched key " + strings.Join(at[:min(2, len(at))], "__")}}
		}
		if at[0] == "id" && want == ds["name"] {
			return nil
		}
		if !reflect.DeepEqual(have, want) {
			differ = append(differ, strings.Join(place, "__"))
		}
		return nil
	}
	for name, want := range branch(params["match"]) {
		if bad := test([]string{name}, want); bad != nil {
			return bad
		}
	}
	for name, want := range params {
		if at, ok := strings.CutPrefix(name, "match__"); ok {
			if bad := test(strings.Split(at, "__"), want); bad != nil {
				return bad
			}
		}
	}
	if len(differ) > 0 {
		return invalid(tree{"match": differ})
	}
	return nil
}

// update applies the update__ parameters: lists grow first, so that what
// follows can speak of their new ends.
func update(ds, params tree) tree {
	errs := tree{}
	var names []string
	for name := range params {
		if strings.HasPrefix(name, "update__") {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		grows := func(s string) int {
			if strings.HasSuffix(s, "__extend") {
				return 0
			}
			return 1
		}
		if d := grows(a) - grows(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for _, name := range names {
		at := strings.Split(strings.TrimPrefix(name, "update__"), "__")
		switch {
		case at[len(at)-1] == "extend" && len(at) == 2:
			ds[at[0]] = append(list(ds[at[0]]), foreign(list(params[name]))...)
		case len(at) == 1:
			take(ds, merged(ds, tree{at[0]: params[name]}))
		case !setAt(ds, at, params[name]):
			errs[strings.TrimPrefix(name, "update__")] = []any{"Unmatched key " + strings.Join(at[:2], "__")}
		}
	}
	return errs
}

// merged is what CKAN makes of an update of whole lists: each element is merged
// with the one at its place, and what is surplus stays.
func merged(ds, in tree) tree {
	out := tree{}
	for name, v := range in {
		fresh, isList := v.([]any)
		old := list(ds[name])
		if !isList || len(old) == 0 {
			out[name] = v
			continue
		}
		all := append([]any(nil), old...)
		for i, v := range fresh {
			switch {
			case i >= len(all):
				all = append(all, v)
			case branch(all[i]) != nil && branch(v) != nil:
				both := copyOf(branch(all[i]))
				maps.Copy(both, branch(v))
				all[i] = both
			default:
				all[i] = v
			}
		}
		out[name] = all
	}
	return out
}

// element finds the place of a list's element named by position, from either
// end, or by the first 5 or more characters of its id.
func element(l []any, name string) int {
	if n, err := strconv.Atoi(name); err == nil {
		if n < 0 {
			n += len(l)
		}
		if n >= 0 && n < len(l) {
			return n
		}
		return -1
	}
	if len(name) < 5 {
		return -1
	}
	return slices.IndexFunc(l, func(v any) bool { return strings.HasPrefix(text(branch(v)["id"]), name) })
}

// valueAt returns the value at a path, and the path with positions for ids.
func valueAt(ds tree, at []string) (v any, place []string, ok bool) {
	if len(at) == 1 {
		v, ok = ds[at[0]]
		return v, at, ok
	}
	l := list(ds[at[0]])
	i := element(l, at[1])
	if i < 0 {
		return nil, at, false
	}
	place = []string{at[0], strconv.Itoa(i)}
	if len(at) == 2 {
		return l[i], place, true
	}
	v, ok = branch(l[i])[at[2]]
	return v, append(place, at[2]), ok
}

func setAt(ds tree, at []string, v any) bool {
	l := list(ds[at[0]])
	i := element(l, at[1])
	if i < 0 || len(at) != 3 || branch(l[i]) == nil || at[2] == blobKey {
		return false
	}
	branch(l[i])[at[2]] = v
	return true
}

func removeAt(ds tree, at []string) {
	if len(at) == 1 {
		delete(ds, at[0])
		return
	}
	l := list(ds[at[0]])
	if i := element(l, at[1]); i >= 0 && len(at) == 2 {
		ds[at[0]] = slices.Delete(l, i, i+1)
	}
}

// placeUploads writes the uploads into their resources' records and returns
// where each temporary file is to go.
func (p *Portal) placeUploads(ds tree, up []upload) (map[string]string, *problem) {
	renames := map[string]string{}
	for _, u := range up {
		field, ok := strings.CutPrefix(u.field, "update__resources__")
		place, isUpload := strings.CutSuffix(field, "__upload")
		if !ok || !isUpload {
			continue
		}
		resources := list(ds["resources"])
		i := element(resources, place)
		if i < 0 || branch(resources[i]) == nil {
			return nil, invalid(tree{"resources__" + place + "__upload": []any{"Unmatched key resources__" + place}})
		}
		if u.over {
			return nil, invalid(tree{"upload": []any{"File upload too large"}})
		}
		res := branch(resources[i])
		blob := p.newID()
		res[blobKey], res["size"], res["url_type"], res["url"] = blob, float64(u.size), "upload", mungedName(u.name)
		res["last_modified"] = p.stamp("")
		if text(res["mimetype"]) == "" {
			res["mimetype"] = nil
			if kind, _, err := mime.ParseMediaType(mime.TypeByExtension(path.Ext(text(res["url"])))); err == nil {
				res["mimetype"] = kind
			}
		}
		renames[u.path] = p.blobFile(blob)
	}
	return renames, nil
}

// mungedName rewrites a file name as CKAN does: lower case, accents stripped,
// blanks to hyphens, other signs and any path dropped, 100 characters with the
// extension kept.
func mungedName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	ext := path.Ext(name)
	clean := func(s string) string {
		s = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(strings.ToLower(s)))
		s = strings.ReplaceAll(strings.TrimSpace(s), " ", "-")
		return regexp.MustCompile(`[^a-z0-9_.-]`).ReplaceAllString(s, "")
	}
	stem, ext := clean(strings.TrimSuffix(name, ext)), clean(ext)
	stem = strings.TrimLeft(stem, ".")
	if len(stem)+len(ext) > 100 {
		stem = stem[:max(0, 100-len(ext))]
	}
	if stem+ext == "" || stem+ext == "." {
		return fmt.Sprintf("file%s", ext)
	}
	return stem + ext
}
