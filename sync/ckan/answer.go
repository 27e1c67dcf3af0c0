package ckan

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"chasqui/sync/portal"
)

// refusal is an answer of the API itself that says no, with what this package
// decides on beside the public error: CKAN's __type and the fields of match.
type refusal struct {
	err   *portal.Error
	typ   string
	match []string
}

func (r *refusal) Error() string { return r.err.Error() }
func (r *refusal) Unwrap() error { return r.err }

// refused reads the error of an envelope.
func (c *client) refused(op string, resp *http.Response, raw json.RawMessage) error {
	var fields map[string]any
	if json.Unmarshal(raw, &fields) != nil {
		return &portal.Error{Kind: portal.StatusKind(resp.StatusCode), Op: op, Status: resp.StatusCode, Detail: plainText(raw)}
	}
	r := &refusal{err: &portal.Error{Op: op, Status: resp.StatusCode, RetryAfter: portal.RetryAfter(resp.Header, c.now())}}
	r.typ, _ = fields["__type"].(string)
	message, _ := fields["message"].(string)
	r.err.Detail = plainText([]byte(message))
	delete(fields, "__type")
	r.match = texts(fields["match"])
	switch {
	case resp.StatusCode == http.StatusConflict:
		r.err.Kind = portal.Rejected
		r.err.Fields = flatten(fields)
		if r.err.Detail == "" {
			r.err.Detail = summary(r.err.Fields)
		}
		if tooLarge(r.err.Fields) {
			r.err.Kind = portal.TooLarge
		}
	case resp.StatusCode == http.StatusForbidden, resp.StatusCode == http.StatusUnauthorized:
		r.err.Kind = portal.Denied
	case resp.StatusCode == http.StatusNotFound:
		r.err.Kind = portal.Rejected
	case resp.StatusCode == http.StatusBadRequest:
		r.err.Kind = portal.Rejected
	default:
		r.err.Kind = portal.StatusKind(resp.StatusCode)
	}
	return r
}

// tooLarge tells an upload's refusal: the only thing CKAN ever says about the
// field "upload" of a file that came is that it is too large.
func tooLarge(fields map[string]string) bool {
	for name := range fields {
		if name == "upload" || strings.HasSuffix(name, ".upload") {
			return true
		}
	}
	return false
}

// flatten turns CKAN's nested errors into one text a field: lists by position
// become "resources.1.size". Empty places are left out.
func flatten(fields map[string]any) map[string]string {
	out := map[string]string{}
	for name, v := range fields {
		flattenInto(out, name, v)
	}
	return out
}

func flattenInto(out map[string]string, name string, v any) {
	switch v := v.(type) {
	case string:
		if v == "" {
			return
		}
		if have := out[name]; have != "" {
			v = have + " " + v
		}
		out[name] = v
	case []any:
		for i, item := range v {
			if _, isText := item.(string); isText {
				flattenInto(out, name, item)
				continue
			}
			flattenInto(out, fmt.Sprintf("%s.%d", name, i), item)
		}
	case map[string]any:
		for key, item := range v {
			flattenInto(out, name+"."+key, item)
		}
	}
}

// summary joins the fields' texts, in the order of their names.
func summary(fields map[string]string) string {
	var lines []string
	for name, text := range fields {
		lines = append(lines, name+": "+text)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// texts reads a list of strings or a bare string.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, item := range v {
			if s, ok := item.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// outrun reports that a guarded write found the dataset changed since it was
// looked at: by somebody else, or by this very write, arrived before.
func outrun(err error) bool {
	var r *refusal
	if !errors.As(err, &r) {
		return false
	}
	return len(r.match) > 0 || r.typ == "Integrity Error"
}

// is reports whether err is an answer of the API with this status.
func is(err error, status int) bool {
	var r *refusal
	return errors.As(err, &r) && r.err.Status == status
}

func detailOf(err error) string {
	var e *portal.Error
	if errors.As(err, &e) {
		return e.Detail
	}
	return ""
}

// public is what callers get of an error: the *portal.Error in it. Whatever
// comes from the wire has one; an error without one comes from the caller's
// own journal and is given back as it is.
func public(err error) error {
	var e *portal.Error
	if errors.As(err, &e) {
		return e
	}
	return err
}

// cleanse cuts the token out of a stranger's words.
func cleanse(err error, token string) error {
	var e *portal.Error
	if len(token) < 4 || !errors.As(err, &e) {
		return err
	}
	e.Detail = strings.ReplaceAll(e.Detail, token, "…")
	for name, text := range e.Fields {
		e.Fields[name] = strings.ReplaceAll(text, token, "…")
	}
	return err
}

// plainText makes a short readable line of an answer: tags and control
// characters out, at most 500 characters.
func plainText(body []byte) string {
	const limit = 500
	var b strings.Builder
	depth, blank, n := 0, true, 0
	for _, r := range string(body[:min(len(body), 16*limit)]) {
		switch {
		case r == '<':
			depth++
			continue
		case r == '>' && depth > 0:
			depth--
			r = ' '
		case depth > 0:
			continue
		}
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			if blank {
				continue
			}
			r = ' '
		}
		blank = r == ' '
		b.WriteRune(r)
		if n++; n == limit {
			break
		}
	}
	return strings.TrimSpace(b.String())
}
