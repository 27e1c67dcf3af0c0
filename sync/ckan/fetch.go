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

// check compares every file of the dataset, as the portal serves it, with the
// frozen one, and returns what it got and which files differ. What an earlier
// attempt compared is not fetched again; on a poor link what we sent is
// compared by samples.
func (s *sending) check(ctx context.Context, have *record) (served []portal.ResourceReceipt, wrong []portal.Distribution, err error) {
	var done int64
	for _, d := range s.ds.Resources {
		s.report("verify", d.Name, done)
		there := have.resource(d.ID)
		kept := s.goal.kept[place{d.ID, portal.FileField}]
		switch {
		case there == nil && kept:
			continue
		case there == nil:
			wrong = append(wrong, d)
			continue
		}
		got, err := s.checkFile(ctx, have, there, d, kept, done)
		if err != nil {
			return nil, nil, err
		}
		if got.SHA256 != d.SHA256 && !kept {
			wrong = append(wrong, d)
		}
		served = append(served, got)
		done += d.Bytes
		s.report("verify", d.Name, done)
	}
	return served, wrong, nil
}

func (s *sending) checkFile(ctx context.Context, have *record, there *resource, d portal.Distribution, kept bool, done int64) (portal.ResourceReceipt, error) {
	known, ok := s.book.entry(there, d)
	asSent := portal.ResourceReceipt{ID: there.ID, Name: d.Name, URL: there.URL, Bytes: d.Bytes, SHA256: d.SHA256}
	if ok && known.Verified != "" && !kept {
		return asSent, nil
	}
	if ok && !kept && d.Bytes > sampledFrom && s.book.poor(s.target.PoorLink) {
		same, err := s.sample(ctx, have, there, d)
		switch {
		case err == nil && same:
			s.book.checked(there, d, portal.Sampled)
			s.settled("verify", d.Name, done)
			return asSent, s.book.save(ctx, s.pub.Journal)
		case err != nil && !errors.Is(err, errNoRanges):
			return portal.ResourceReceipt{}, err
		}
		// A sample that differs is looked at whole.
	}
	got, err := s.fetchFile(ctx, have, there, d)
	if err != nil || got.SHA256 != d.SHA256 {
		return got, err
	}
	s.book.checked(there, d, portal.Full)
	s.settled("verify", d.Name, done)
	return got, s.book.save(ctx, s.pub.Journal)
}

// fileAddress is where a file is fetched from: at the address that we call,
// since the one in the record is built from the portal's settings and may not
// be reachable from here; receipts give the portal's own.
func (c *client) fileAddress(have *record, there *resource, d portal.Distribution) string {
	return c.base().JoinPath("dataset", have.ID, "resource", there.ID, "download", lastSegment(there.URL, d.FileName)).String()
}

// fetchFile hashes one file as served. A download that is cut goes on where it
// was, as long as each try brings some bytes.
func (c *client) fetchFile(ctx context.Context, have *record, there *resource, d portal.Distribution) (portal.ResourceReceipt, error) {
	at := c.fileAddress(have, there, d)
	got := &download{sum: sha256.New(), limit: max(d.Bytes, sizeOf(there)) + 1}
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
	if there.URLType == "upload" && there.Size != nil && *there.Size != got.n {
		// Not even the size that the portal itself says: somebody else's answer.
		return portal.ResourceReceipt{}, &portal.Error{Kind: portal.Garbled, Op: "verify", Resource: d.Name}
	}
	return portal.ResourceReceipt{
		ID:     there.ID,
		Name:   d.Name,
		URL:    there.URL,
		Bytes:  got.n,
		SHA256: hex.EncodeToString(got.sum.Sum(nil)),
	}, nil
}

func sizeOf(there *resource) int64 {
	if there.Size == nil {
		return 0
	}
	return *there.Size
}

// download is how far a file has come.
type download struct {
	sum   hash.Hash
	n     int64  // bytes in sum
	limit int64  // more than this is not worth reading: the file is another
	etag  string // of the bytes so far
}

// ask requests a file, or a range of it in the form of the Range header.
func (c *client) ask(ctx context.Context, at, ranged, etag string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return nil, &portal.Error{Kind: portal.Garbled, Op: "verify", Err: err}
	}
	// The bytes as they are, from the portal itself: no packing on the way, no
	// copy of a proxy's.
	req.Header.Set("Accept-Encoding", "identity")
	req.Header.Set("Cache-Control", "no-cache")
	if ranged != "" {
		req.Header.Set("Range", ranged)
	}
	if etag != "" {
		req.Header.Set("If-Range", etag)
	}
	if _, err := c.sign(req); err != nil {
		return nil, &portal.Error{Kind: portal.Denied, Op: "verify", Err: err}
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, portal.Fault("verify", err)
	}
	return resp, nil
}

// refusedFile is the error of an answer that is no file.
func (c *client) refusedFile(resp *http.Response, d portal.Distribution) error {
	e := &portal.Error{Op: "verify", Status: resp.StatusCode, RetryAfter: portal.RetryAfter(resp.Header, c.now())}
	switch ok := resp.StatusCode == http.StatusOK || resp.StatusCode == http.StatusPartialContent; {
	case resp.StatusCode == http.StatusNotFound:
		e.Kind = portal.Conflict
		e.Comparison = &portal.Comparison{Clash: portal.Gone}
	case !ok:
		e.Kind = portal.StatusKind(resp.StatusCode)
	case strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") && !strings.Contains(d.MediaType, "html"):
		e.Kind, e.Reason = portal.Unreachable, portal.ForeignPage
	default:
		return nil
	}
	return e
}

// fetchPart asks for the file, or for what is missing of it, and adds what
// comes to the sum. A portal that does not go on where we were, or whose file
// has changed meanwhile, sends all of it, and the sum starts again.
func (c *client) fetchPart(ctx context.Context, at string, d portal.Distribution, got *download) error {
	ranged, etag := "", ""
	if got.n > 0 && got.etag != "" {
		ranged, etag = fmt.Sprintf("bytes=%d-", got.n), got.etag
	}
	resp, err := c.ask(ctx, at, ranged, etag)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	goesOn := resp.StatusCode == http.StatusPartialContent &&
		strings.HasPrefix(resp.Header.Get("Content-Range"), fmt.Sprintf("bytes %d-", got.n))
	if resp.StatusCode == http.StatusPartialContent && !goesOn {
		return &portal.Error{Kind: portal.Garbled, Op: "verify", Status: resp.StatusCode}
	}
	if err := c.refusedFile(resp, d); err != nil {
		return err
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
