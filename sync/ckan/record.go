package ckan

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"chasqui/sync/portal"
)

// idExtra is the extra by which a dataset is known as ours.
const idExtra = "chasqui_id"

// record is a dataset as package_show gives it.
type record struct {
	ID              string `json:"id"`
	Name            string `json:"name"`
	State           string `json:"state"`
	Private         bool   `json:"private"`
	Title           string `json:"title"`
	Notes           string `json:"notes"`
	License         string `json:"license_id"`
	Author          string `json:"author"`
	Maintainer      string `json:"maintainer"`
	MaintainerEmail string `json:"maintainer_email"`
	URL             string `json:"url"`
	Version         string `json:"version"`
	Modified        string `json:"metadata_modified"`
	OwnerOrg        string `json:"owner_org"`
	Organization    struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"organization"`
	Extras    []pair     `json:"extras"`
	Tags      []named    `json:"tags"`
	Groups    []named    `json:"groups"`
	Resources []resource `json:"resources"`
}

type pair struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

type named struct {
	Name string `json:"name"`
}

// resource is one file as package_show gives it. Size is null for links, and
// for files that lie outside the portal.
type resource struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Format      string `json:"format"`
	MediaType   string `json:"mimetype"`
	Hash        string `json:"hash"`
	Size        *int64 `json:"size"`
	URL         string `json:"url"`
}

// ours reports whether the dataset bears our id.
func (r *record) ours(id string) bool {
	for _, e := range r.Extras {
		if e.Key == idExtra {
			return e.Value == id
		}
	}
	return false
}

// resource returns the resource of that id, or nil.
func (r *record) resource(id string) *resource {
	for i := range r.Resources {
		if r.Resources[i].ID == id {
			return &r.Resources[i]
		}
	}
	return nil
}

// holds reports whether the resource is, as far as the portal's record says,
// the distribution's file. Where files lie outside the portal it may not know
// their size.
func (r *resource) holds(d portal.Distribution) bool {
	return r != nil && r.Hash == d.SHA256 && (r.Size == nil || *r.Size == d.Bytes)
}

// altered reports whether the record contradicts itself: our hash, which only
// we send, beside a size that our file has not. Somebody replaced the file
// there; an upload of ours that was cut leaves nothing.
func (r *resource) altered(d portal.Distribution) bool {
	return r != nil && r.Hash == d.SHA256 && !r.holds(d)
}

// description is the dataset's metadata in CKAN's fields, without its name,
// owner and files.
func description(ds portal.Dataset) map[string]any {
	fields := map[string]any{
		"title":            ds.Title,
		"notes":            ds.Description,
		"license_id":       ds.License.ID,
		"author":           ds.Publisher,
		"maintainer":       ds.Contact,
		"maintainer_email": ds.Email,
		"url":              ds.Source,
		"version":          ds.Version,
		"extras":           extras(ds),
		"tags":             names(tags(ds.Keywords)),
	}
	if len(ds.Groups) > 0 {
		fields["groups"] = names(ds.Groups)
	}
	return fields
}

func extras(ds portal.Dataset) []pair {
	out := []pair{{idExtra, ds.ID}}
	for _, key := range slices.Sorted(maps.Keys(ds.Extras)) {
		if key != idExtra {
			out = append(out, pair{key, ds.Extras[key]})
		}
	}
	return out
}

func names(list []string) []named {
	out := make([]named, 0, len(list))
	for _, s := range list {
		out = append(out, named{s})
	}
	return out
}

// tags makes keywords into what CKAN takes: 2 to 100 characters out of letters,
// digits, blank, "-", "_" and "."; a comma separates tags; other signs become
// blanks. What is left too short is dropped, and so are repetitions.
func tags(keywords []string) []string {
	var out []string
	for _, keyword := range keywords {
		for part := range strings.SplitSeq(keyword, ",") {
			clean := strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.", r) {
					return r
				}
				return ' '
			}, part)
			runes := []rune(strings.Join(strings.Fields(clean), " "))
			tag := strings.TrimSpace(string(runes[:min(len(runes), 100)]))
			if len([]rune(tag)) >= 2 && !slices.Contains(out, tag) {
				out = append(out, tag)
			}
		}
	}
	return out
}

// described reports whether the record's metadata is the dataset's.
func (r *record) described(ds portal.Dataset) bool {
	texts := [][2]string{
		{r.Title, cmp.Or(ds.Title, r.Name)}, {r.Notes, ds.Description}, {r.License, ds.License.ID},
		{r.Author, ds.Publisher}, {r.Maintainer, ds.Contact}, {r.MaintainerEmail, ds.Email},
		{r.URL, ds.Source}, {r.Version, ds.Version},
	}
	for _, t := range texts {
		if !sameText(t[0], t[1]) {
			return false
		}
	}
	have := map[string]string{}
	for _, e := range r.Extras {
		have[e.Key] = e.Value
	}
	want := map[string]string{}
	for _, e := range extras(ds) {
		want[e.Key] = e.Value
	}
	if !maps.Equal(have, want) || !sameNames(r.Tags, tags(ds.Keywords)) {
		return false
	}
	return len(ds.Groups) == 0 || sameNames(r.Groups, ds.Groups)
}

func sameText(a, b string) bool {
	trim := func(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }
	return trim(a) == trim(b)
}

func sameNames(have []named, want []string) bool {
	list := make([]string, 0, len(have))
	for _, n := range have {
		list = append(list, n.Name)
	}
	slices.Sort(list)
	return slices.Equal(list, slices.Sorted(slices.Values(want)))
}

// labels are the fields of a distribution that are words, not bytes.
func labels(d portal.Distribution) map[string]string {
	return map[string]string{"name": d.Name, "description": d.Description, "format": d.Format, "mimetype": d.MediaType}
}

// labelled reports whether the resource bears the distribution's words. CKAN
// may write a format its own way: case is not compared.
func (r *resource) labelled(d portal.Distribution) bool {
	return sameText(r.Name, d.Name) && sameText(r.Description, d.Description) && strings.EqualFold(r.Format, d.Format) &&
		(r.MediaType == d.MediaType || d.MediaType == "")
}
