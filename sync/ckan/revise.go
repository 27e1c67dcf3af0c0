package ckan

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"

	"chasqui/sync/portal"
)

func negative(n int) string { return strconv.Itoa(-n) }

// revise sends one write and returns the dataset as CKAN holds it afterwards.
// moved hears how many bytes of the write's files are on their way, in the
// caller's goroutine.
func (c *client) revise(ctx context.Context, have *record, g *goal, w *write, moved func(name string, sent int64)) (*record, error) {
	params := g.changes(w, have)
	var reply struct {
		Package record `json:"package"`
	}
	if len(w.files) == 0 {
		if err := c.post(ctx, w.op, "package_revise", params, &reply); err != nil {
			return nil, err
		}
		return &reply.Package, nil
	}
	for {
		form, err := newForm(params, w.files, w.uploads(have), g.files)
		if err != nil {
			return nil, err
		}
		err = c.send(ctx, w, form, &reply, moved)
		form.Close()
		switch {
		case err == nil:
			return &reply.Package, nil
		case portal.Fault("", err).Status == http.StatusExpectationFailed && c.beWary():
			// An old proxy; nothing of the form was read.
		default:
			return nil, about(err, w.files)
		}
	}
}

// askFirst is the size, in bytes, from which a form waits for the portal to say
// that it wants it: a proxy with a limit says no before a byte is sent.
const askFirst = 64 << 10

// beWary stops asking first; it reports whether that is new.
func (c *client) beWary() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	was := c.wary
	c.wary = true
	return !was
}

func (c *client) asksFirst(size int64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return size >= askFirst && !c.wary
}

// about says in an error of a single upload which file it was about.
func about(err error, files []portal.Distribution) error {
	if e := portal.Fault("upload", err); len(files) == 1 && e.Resource == "" {
		e.Resource = files[0].Name
	}
	return err
}

// send posts the form in a goroutine of its own, so that progress can be told
// from the caller's.
func (c *client) send(ctx context.Context, w *write, form *form, out any, moved func(string, int64)) error {
	if c.baseErr != nil {
		return &portal.Error{Kind: portal.Garbled, Op: w.op, Err: c.baseErr}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	steps := make(chan step, 1)
	form.steps = steps
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base().JoinPath("api", "3", "action", "package_revise").String(), form)
	if err != nil {
		return &portal.Error{Kind: portal.Garbled, Op: w.op, Err: err}
	}
	req.ContentLength = form.size
	req.Header.Set("Content-Type", form.contentType)
	if c.asksFirst(form.size) {
		req.Header.Set("Expect", "100-continue")
	}
	done := make(chan error, 1)
	go func() { done <- c.exchange(req, w.op, out) }()
	for {
		select {
		case s := <-steps:
			moved(s.name, s.sent)
		case err := <-done:
			return err
		}
	}
}

// form is the body of a multipart request that is read from disk as it is
// sent; its length is known beforehand.
type form struct {
	io.Reader
	open        []io.Closer
	size        int64
	contentType string
	steps       chan step
	sent        int64 // bytes of files, not of the form
}

// step is how many bytes of a form's files were read for sending.
type step struct {
	name string
	sent int64
}

// newForm lays out the parameters, each as JSON, then the files. A blob that
// is missing, or whose length is not the frozen one, is Rejected: the fault is
// on our side and sending again would not mend it.
func newForm(params map[string]any, dists []portal.Distribution, parts []string, files portal.Files) (*form, error) {
	f := &form{}
	var text bytes.Buffer
	w := multipart.NewWriter(&text)
	f.contentType = w.FormDataContentType()
	for _, name := range slices.Sorted(maps.Keys(params)) {
		value, err := json.Marshal(params[name])
		if err != nil {
			return nil, err
		}
		if s, isText := params[name].(string); isText && plain(name) {
			value = []byte(s)
		}
		if err := w.WriteField(name, string(value)); err != nil {
			return nil, err
		}
	}
	var readers []io.Reader
	flush := func() {
		head := bytes.Clone(text.Bytes())
		text.Reset()
		f.size += int64(len(head))
		readers = append(readers, bytes.NewReader(head))
	}
	for i, d := range dists {
		blob, err := openBlob(files, d)
		if err != nil {
			f.Close()
			return nil, err
		}
		f.open = append(f.open, blob)
		if _, err := w.CreateFormFile(parts[i], d.FileName); err != nil {
			f.Close()
			return nil, err
		}
		flush()
		f.size += d.Bytes
		readers = append(readers, &counted{from: io.LimitReader(blob, d.Bytes), form: f, name: d.Name})
	}
	if err := w.Close(); err != nil {
		f.Close()
		return nil, err
	}
	flush()
	f.Reader = io.MultiReader(readers...)
	return f, nil
}

// plain tells the parameters that CKAN reads as text, not as JSON.
func plain(name string) bool {
	return name == "match__id" || name == "match__metadata_modified"
}

func openBlob(files portal.Files, d portal.Distribution) (io.ReadSeekCloser, error) {
	fail := func(err error) error {
		return &portal.Error{Kind: portal.Rejected, Op: "open", Resource: d.Name, Fields: map[string]string{"file": d.FileName}, Err: err}
	}
	blob, err := files.OpenBlob(d.SHA256)
	if err != nil {
		return nil, fail(err)
	}
	size, err := blob.Seek(0, io.SeekEnd)
	if err == nil && size != d.Bytes {
		err = fmt.Errorf("the file has %d bytes, frozen were %d", size, d.Bytes)
	}
	if err == nil {
		_, err = blob.Seek(0, io.SeekStart)
	}
	if err != nil {
		blob.Close()
		return nil, fail(err)
	}
	return blob, nil
}

// Close closes the files.
func (f *form) Close() error {
	for _, blob := range f.open {
		blob.Close()
	}
	return nil
}

// counted tells the form's owner how far its file is.
type counted struct {
	from io.Reader
	form *form
	name string
}

// Read passes on and counts. A step that nobody fetched yet is replaced, so the
// sender never waits for the listener.
func (r *counted) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	if n > 0 {
		r.form.sent += int64(n)
		select {
		case <-r.form.steps:
		default:
		}
		select {
		case r.form.steps <- step{r.name, r.form.sent}:
		default:
		}
	}
	return n, err
}
