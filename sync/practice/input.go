package practice

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// inputLimit bounds a request without its files, in bytes.
const inputLimit = 8 << 20

// upload is a file that came with a request, on disk under a temporary name
// until the dataset that takes it is written.
type upload struct {
	field string // the form field, "update__resources__-1__upload"
	name  string // the sender's file name
	path  string
	size  int64
	over  bool // larger than the portal takes; the bytes were not kept
}

// readInput reads a request's parameters: the query of a GET, a JSON object, a
// form, or a multipart form whose files go straight to disk.
func (p *Portal) readInput(r *http.Request) (tree, []upload, *problem) {
	if r.Method == http.MethodGet {
		return fromValues(r.URL.Query()), nil, nil
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && kind == "multipart/form-data" {
		return p.readMultipart(multipart.NewReader(r.Body, params["boundary"]))
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, inputLimit))
	if err != nil {
		return nil, nil, badRequest("cut")
	}
	if kind == "application/x-www-form-urlencoded" {
		// curl -d says so of JSON as well, and CKAN is as lenient.
		if values, err := url.ParseQuery(string(raw)); err == nil && !strings.HasPrefix(strings.TrimSpace(string(raw)), "{") {
			return fromValues(values), nil, nil
		}
	}
	if len(strings.TrimSpace(string(raw))) == 0 {
		return tree{}, nil, nil
	}
	var in tree
	if json.Unmarshal(raw, &in) != nil || in == nil {
		return nil, nil, badRequest("Error decoding JSON data")
	}
	return in, nil, nil
}

func badRequest(why string) *problem {
	return &problem{http.StatusBadRequest, "Bad request - JSON Error: " + why}
}

func fromValues(values url.Values) tree {
	in := tree{}
	for name, v := range values {
		in[name] = v[0]
	}
	return in
}

func (p *Portal) readMultipart(form *multipart.Reader) (tree, []upload, *problem) {
	in := tree{}
	var up []upload
	budget := int64(inputLimit)
	for {
		part, err := form.NextRawPart()
		if errors.Is(err, io.EOF) {
			return in, up, nil
		}
		if err != nil {
			return nil, up, badRequest("cut")
		}
		if part.FileName() != "" {
			u, err := p.keepUpload(part)
			if err != nil {
				return nil, up, badRequest("cut")
			}
			up = append(up, u)
			continue
		}
		raw, err := io.ReadAll(io.LimitReader(part, budget+1))
		if budget -= int64(len(raw)); err != nil || budget < 0 {
			return nil, up, badRequest("cut or too long")
		}
		in[part.FormName()] = string(raw)
	}
}

// keepUpload writes one file to disk. One that is too large is read to its end
// all the same: a portal answers only then.
func (p *Portal) keepUpload(part *multipart.Part) (upload, error) {
	u := upload{field: part.FormName(), name: part.FileName()}
	f, err := os.CreateTemp(filepath.Join(p.dir, "incoming"), "*.part")
	if err != nil {
		return u, err
	}
	u.path = f.Name()
	u.size, err = io.Copy(f, io.LimitReader(part, p.opt.MaxBytes+1))
	if err == nil && u.size > p.opt.MaxBytes {
		u.over = true
		_, err = io.Copy(io.Discard, part)
	}
	if err == nil && !u.over {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err != nil || u.over {
		os.Remove(u.path)
		u.path = ""
	}
	return u, err
}

// dropUploads removes the files that no dataset took.
func dropUploads(up []upload) {
	for _, u := range up {
		if u.path != "" {
			os.Remove(u.path)
		}
	}
}
