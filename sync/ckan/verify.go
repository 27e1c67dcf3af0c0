package ckan

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"

	"chasqui/sync/portal"
)

// Verify compares the public dataset with what was frozen; see portal.Client.
func (c *client) Verify(ctx context.Context, ds portal.Dataset, _ *portal.Receipt) (portal.Receipt, error) {
	receipt, err := c.verify(ctx, ds)
	return receipt, public(err)
}

func (c *client) verify(ctx context.Context, ds portal.Dataset) (portal.Receipt, error) {
	found, err := c.find(ctx, ds, "")
	if err != nil {
		return portal.Receipt{}, err
	}
	have := found.ours
	differs := func(field, detail string) error {
		return &portal.Error{Kind: portal.Conflict, Op: "verify", Fields: map[string]string{field: detail}}
	}
	switch {
	case have == nil || have.State == "deleted":
		return portal.Receipt{}, &portal.Error{Kind: portal.Conflict, Op: "verify", Status: http.StatusNotFound}
	case have.Private || have.State != "active":
		return portal.Receipt{}, differs("private", "true")
	case !sameText(have.Title, ds.Title):
		return portal.Receipt{}, differs("title", have.Title)
	}
	for _, d := range ds.Resources {
		if have.resource(d.ID) == nil {
			return portal.Receipt{}, &portal.Error{Kind: portal.Conflict, Op: "verify", Resource: d.Name, Status: http.StatusNotFound}
		}
	}
	served, wrong, err := c.fetchAll(ctx, have, ds, func(string, string, int64) {})
	if err != nil {
		return portal.Receipt{}, err
	}
	if len(wrong) > 0 {
		return portal.Receipt{}, changed(wrong[0])
	}
	return c.receipt(have, served), nil
}

func (c *client) receipt(have *record, served []portal.ResourceReceipt) portal.Receipt {
	return portal.Receipt{
		Dataset:   have.ID,
		URL:       c.base.JoinPath("dataset", have.Name).String(),
		Resources: served,
		At:        c.now(),
		Verified:  "full",
	}
}

// fetchAll fetches and hashes every file of the dataset as the portal serves
// it, and returns what it got and which files are not the frozen ones.
func (c *client) fetchAll(ctx context.Context, have *record, ds portal.Dataset, report func(string, string, int64)) (served []portal.ResourceReceipt, wrong []portal.Distribution, err error) {
	var done int64
	for _, d := range ds.Resources {
		report("verify", d.Name, done)
		there := have.resource(d.ID)
		if there == nil {
			wrong = append(wrong, d)
			continue
		}
		got, err := c.fetchFile(ctx, have, there, d)
		if err != nil {
			return nil, nil, err
		}
		if got.SHA256 != d.SHA256 {
			wrong = append(wrong, d)
		}
		served = append(served, got)
		done += d.Bytes
		report("verify", d.Name, done)
	}
	return served, wrong, nil
}

// fetchFile hashes one file as served. It is fetched from the address that we
// call, since the one in the record is built from the portal's settings and may
// not be reachable from here; the receipt gives the portal's own. A download
// that is cut goes on where it was, as long as each try brings some bytes.
func (c *client) fetchFile(ctx context.Context, have *record, there *resource, d portal.Distribution) (portal.ResourceReceipt, error) {
	at := c.base.JoinPath("dataset", have.ID, "resource", there.ID, "download", lastSegment(there.URL, d.FileName)).String()
	got := &download{sum: sha256.New(), limit: d.Bytes + 1}
	for {
		before := got.n
		err := c.fetchPart(ctx, at, d, got)
		if err == nil {
			break
		}
		var e *portal.Error
		cut := errors.As(err, &e) && e.Kind == portal.Unreachable && ctx.Err() == nil
		if !cut || got.n <= before {
			if e != nil {
				e.Resource = d.Name
			}
			return portal.ResourceReceipt{}, err
		}
	}
	return portal.ResourceReceipt{
		ID:     there.ID,
		Name:   d.Name,
		URL:    there.URL,
		Bytes:  got.n,
		SHA256: hex.EncodeToString(got.sum.Sum(nil)),
	}, nil
}

// download is how far a file has come.
type download struct {
	sum   hash.Hash
	n     int64  // bytes in sum
	limit int64  // more than this is not worth reading: the file is another
	etag  string // of the bytes so far
}

// fetchPart asks for the file, or for what is missing of it, and adds what
// comes to the sum. A portal that does not go on where we were, or whose file
// has changed meanwhile, sends all of it, and the sum starts again.
func (c *client) fetchPart(ctx context.Context, at string, d portal.Distribution, got *download) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return &portal.Error{Kind: portal.Garbled, Op: "verify", Err: err}
	}
	// The bytes as they are, from the portal itself: no packing on the way, no
	// copy of a proxy's.
	req.Header.Set("Accept-Encoding", "identity")
	req.Header.Set("Cache-Control", "no-cache")
	if got.n > 0 && got.etag != "" {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", got.n))
		req.Header.Set("If-Range", got.etag)
	}
	if _, err := c.sign(req); err != nil {
		return &portal.Error{Kind: portal.Denied, Op: "verify", Err: err}
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return portal.Fault("verify", err)
	}
	defer resp.Body.Close()
	goesOn := resp.StatusCode == http.StatusPartialContent &&
		strings.HasPrefix(resp.Header.Get("Content-Range"), fmt.Sprintf("bytes %d-", got.n))
	switch {
	case resp.StatusCode == http.StatusNotFound:
		return &portal.Error{Kind: portal.Conflict, Op: "verify", Status: resp.StatusCode}
	case resp.StatusCode != http.StatusOK && !goesOn:
		return &portal.Error{Kind: portal.StatusKind(resp.StatusCode), Op: "verify", Status: resp.StatusCode, RetryAfter: portal.RetryAfter(resp.Header, c.now())}
	case strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") && !strings.Contains(d.MediaType, "html"):
		return &portal.Error{Kind: portal.Garbled, Op: "verify", Status: resp.StatusCode}
	}
	if !goesOn {
		got.sum.Reset()
		got.n, got.etag = 0, resp.Header.Get("ETag")
	}
	n, err := io.Copy(got.sum, io.LimitReader(resp.Body, got.limit-got.n))
	got.n += n
	if err != nil {
		return portal.Fault("verify", err)
	}
	return nil
}

// lastSegment is the file's name in the portal's address of it; CKAN does not
// look at it, proxies may.
func lastSegment(address, otherwise string) string {
	if u, err := url.Parse(address); err == nil {
		if name := path.Base(u.Path); name != "." && name != "/" {
			return name
		}
	}
	return otherwise
}
