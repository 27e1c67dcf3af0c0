package ckan

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"chasqui/sync/portal"
)

// idExtra is the extra by which a dataset is known as ours.
const idExtra = "chasqui_id"

// record is a dataset as package_show gives it. Every field, the ones of a
// portal's own form too, can be read by its name through text.
type record struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	Title        string `json:"title"`
	State        string `json:"state"`
	Private      bool   `json:"private"`
	Modified     string `json:"metadata_modified"`
	OwnerOrg     string `json:"owner_org"`
	Organization struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"organization"`
	Extras    []pair     `json:"extras"`
	Tags      []named    `json:"tags"`
	Groups    []named    `json:"groups"`
	Resources []resource `json:"resources"`

	all map[string]json.RawMessage
}

// UnmarshalJSON reads the known fields and keeps all.
func (r *record) UnmarshalJSON(raw []byte) error {
	type plain record
	if err := json.Unmarshal(raw, (*plain)(r)); err != nil {
		return err
	}
	r.all = nil
	return json.Unmarshal(raw, &r.all)
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
	ID       string `json:"id"`
	Name     string `json:"name"`
	Hash     string `json:"hash"`
	Size     *int64 `json:"size"`
	URL      string `json:"url"`
	URLType  string `json:"url_type"`      // "upload": the portal keeps the file
	Modified string `json:"last_modified"` // of the file; set anew by each upload

	all map[string]json.RawMessage
}

// UnmarshalJSON reads the known fields and keeps all.
func (r *resource) UnmarshalJSON(raw []byte) error {
	type plain resource
	if err := json.Unmarshal(raw, (*plain)(r)); err != nil {
		return err
	}
	r.all = nil
	return json.Unmarshal(raw, &r.all)
}

// ours reports whether the dataset bears our id.
func (r *record) ours(id string) bool { return r.extra(idExtra) == id }

func (r *record) extra(key string) string {
	for _, e := range r.Extras {
		if e.Key == key {
			return e.Value
		}
	}
	// A portal's own form may have a field of that name.
	return textOf(r.all[key])
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

// sized reports whether the portal's record allows for a file of that size.
// Where files lie outside the portal it may not know.
func (r *resource) sized(n int64) bool { return r.Size == nil || *r.Size == n }

// altered reports whether the record contradicts itself: our hash, which only
// we send, beside a size that our file has not. Somebody replaced the file
// there; an upload of ours that was cut leaves nothing.
func (r *resource) altered(d portal.Distribution) bool {
	return r != nil && r.Hash == d.SHA256 && !r.sized(d.Bytes)
}

// file says which file stands there, for a Comparison.
func (r *resource) file() string {
	if r == nil {
		return ""
	}
	size := "?"
	if r.Size != nil {
		size = strconv.FormatInt(*r.Size, 10)
	}
	mark := r.Modified
	if r.URLType != "upload" {
		mark = r.URL // a link took the file's place
	}
	return strings.TrimSpace(size + " " + mark)
}

// textOf makes one text of a field's value: a list's parts are sorted, since
// portals keep no order, and joined by ", "; null is "".
func textOf(raw json.RawMessage) string {
	var v any
	if len(raw) == 0 || json.Unmarshal(raw, &v) != nil {
		return ""
	}
	return textOfValue(v)
}

func textOfValue(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []string:
		return strings.Join(slices.Sorted(slices.Values(v)), ", ")
	case []any:
		var parts []string
		for _, part := range v {
			parts = append(parts, textOfValue(part))
		}
		slices.Sort(parts)
		return strings.Join(parts, ", ")
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(raw)
}
