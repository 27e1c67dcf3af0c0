package ckan

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"chasqui/sync/portal"
)

// answerLimit bounds an answer of the API, in bytes.
const answerLimit = 32 << 20

var errTooManyRedirects = errors.New("too many redirects")

// get calls a reading action and decodes its result into out.
func (c *client) get(ctx context.Context, op, action string, query url.Values, out any) error {
	return c.call(ctx, op, http.MethodGet, action, query, nil, out)
}

// post calls an action with a JSON body.
func (c *client) post(ctx context.Context, op, action string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	return c.call(ctx, op, http.MethodPost, action, nil, body, out)
}

func (c *client) call(ctx context.Context, op, method, action string, query url.Values, body []byte, out any) error {
	if c.baseErr != nil {
		return &portal.Error{Kind: portal.Garbled, Op: op, Err: c.baseErr}
	}
	address := c.base().JoinPath("api", "3", "action", action)
	address.RawQuery = query.Encode()
	req, err := http.NewRequestWithContext(ctx, method, address.String(), bytes.NewReader(body))
	if err != nil {
		return &portal.Error{Kind: portal.Garbled, Op: op, Err: err}
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/json")
	}
	return c.exchange(req, op, out)
}

// isPage reports whether an answer is a web page, by its type or its first sign.
func isPage(resp *http.Response, body []byte) bool {
	return strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") || bytes.HasPrefix(bytes.TrimSpace(body), []byte("<"))
}

// exchange sends a request to the API and decodes the result of its envelope.
func (c *client) exchange(req *http.Request, op string, out any) error {
	req.Header.Set("Accept", "application/json")
	token, err := c.sign(req)
	if err != nil {
		return &portal.Error{Kind: portal.Denied, Op: op, Err: err}
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return portal.Fault(op, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, answerLimit))
	if err != nil {
		return portal.Fault(op, err)
	}
	if err := c.read(op, resp, body, out); err != nil {
		return cleanse(err, token)
	}
	c.follow(req, resp)
	return nil
}

// sign puts the token, asked for anew, into the request, bare as CKAN wants it.
func (c *client) sign(req *http.Request) (string, error) {
	req.Header.Set("User-Agent", "Chasqui")
	if c.target.Token == nil {
		return "", nil
	}
	token, err := c.target.Token()
	if err != nil {
		return "", err
	}
	token = strings.TrimSpace(token)
	if strings.ContainsFunc(token, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return "", errors.New("the token holds a control character")
	}
	if token != "" {
		req.Header.Set("Authorization", token)
	}
	return token, nil
}

// redirect lets readers follow a redirect, without the token if it leads to
// another host or out of TLS. Writing requests never get here as such: a
// redirected POST would turn into a GET.
func (c *client) redirect(req *http.Request, via []*http.Request) error {
	if len(via) > 0 && via[0].Method != http.MethodGet && via[0].Method != http.MethodHead {
		return http.ErrUseLastResponse
	}
	if len(via) >= 8 {
		return errTooManyRedirects
	}
	if !sameHost(via[0].URL, req.URL) {
		req.Header.Del("Authorization")
	}
	return nil
}

// sameHost reports whether a token for one address may be sent to the other:
// the same host and port, or the same host gone from http to https.
func sameHost(from, to *url.URL) bool {
	if !strings.EqualFold(from.Hostname(), to.Hostname()) {
		return false
	}
	if from.Scheme == "http" && to.Scheme == "https" {
		return true
	}
	return from.Scheme == to.Scheme && from.Port() == to.Port()
}

// follow remembers where the portal answered after a redirect. At https of the
// same host, writing requests, which can't be redirected, go there directly;
// another host is only named, for a person to decide on.
func (c *client) follow(asked *http.Request, resp *http.Response) {
	final := resp.Request.URL
	if final == nil || final.Path != asked.URL.Path || final.Scheme == asked.URL.Scheme && final.Host == asked.URL.Host {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	there := *c.root
	there.Scheme, there.Host = final.Scheme, final.Host
	if sameHost(asked.URL, final) {
		c.root = &there
	} else {
		c.moved = &there
	}
}

// read decodes CKAN's envelope, {"success": true, "result": …}, or makes the
// error of what came in its place.
func (c *client) read(op string, resp *http.Response, body []byte, out any) error {
	var envelope struct {
		Success *bool           `json:"success"`
		Result  json.RawMessage `json:"result"`
		Error   json.RawMessage `json:"error"`
	}
	parsed := json.Unmarshal(body, &envelope) == nil && envelope.Success != nil
	switch {
	case parsed && resp.StatusCode == http.StatusOK && *envelope.Success:
		if out == nil {
			return nil
		}
		if err := json.Unmarshal(envelope.Result, out); err != nil {
			return &portal.Error{Kind: portal.Garbled, Op: op, Status: resp.StatusCode, Err: err}
		}
		return nil
	case parsed && !*envelope.Success:
		return c.refused(op, resp, envelope.Error)
	}
	e := &portal.Error{
		Kind:       portal.StatusKind(resp.StatusCode),
		Op:         op,
		Status:     resp.StatusCode,
		Detail:     plainText(body),
		RetryAfter: portal.RetryAfter(resp.Header, c.now()),
	}
	to := resp.Header.Get("Location")
	switch {
	case resp.StatusCode/100 == 3 && to != "":
		e.Detail = "→ " + to
		if at, err := resp.Request.URL.Parse(to); err == nil && at.Path != resp.Request.URL.Path {
			e.Kind, e.Reason = portal.Unreachable, portal.ForeignPage // not the API elsewhere: a sign-in
		}
	case resp.StatusCode == http.StatusOK && isPage(resp, body):
		// A portal's API never answers with a page and status 200: networks that
		// want a sign-in first do, and so does the address of another site.
		e.Kind, e.Reason = portal.Unreachable, portal.ForeignPage
	case e.Kind == portal.Unreachable:
		e.Reason = portal.ForeignPage
	}
	if resp.StatusCode/100 != 3 && resp.Request.URL.Hostname() != c.base().Hostname() {
		e.Detail = "→ " + resp.Request.URL.Host
	}
	return e
}
