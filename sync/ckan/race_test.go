package ckan_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"chasqui/sync/ckan"
	"chasqui/sync/portal"
	"chasqui/sync/portal/portaltest"
	"chasqui/sync/practice"
)

// crowd is a practice portal where somebody else acts just before each call of
// an action, as often as others says.
type crowd struct {
	*testing.T
	portal *practice.Portal
	before string // the action
	others int    // how often, at most
	act    func(post func(action string, in map[string]any))
	calls  int
}

func (c *crowd) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/"+c.before) {
		if c.calls++; c.calls <= c.others {
			c.act(c.post)
		}
	}
	c.portal.Handler().ServeHTTP(w, r)
}

// post calls an action as another publisher.
func (c *crowd) post(action string, in map[string]any) {
	c.Helper()
	c.postAs(c.portal.Tokens()[1].Token, action, in)
}

func (c *crowd) postAs(token, action string, in map[string]any) {
	c.Helper()
	raw, err := json.Marshal(in)
	if err != nil {
		c.Fatal(err)
	}
	req, err := http.NewRequestWithContext(c.Context(), http.MethodPost, "/api/3/action/"+action, bytes.NewReader(raw))
	if err != nil {
		c.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", token)
	answer := &discard{header: http.Header{}}
	c.portal.Handler().ServeHTTP(answer, req)
	if answer.status != http.StatusOK {
		c.Errorf("%s: HTTP %d %s", action, answer.status, answer.body.String())
	}
}

// discard keeps an answer.
type discard struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(status int)      { d.status = status }
func (d *discard) Write(p []byte) (int, error) { return d.body.Write(p) }

// publishInCrowd publishes a small dataset where somebody acts in between.
func publishInCrowd(t *testing.T, before string, others int, act func(ds portal.Dataset, post func(string, map[string]any))) (*crowd, error) {
	t.Helper()
	p, err := practice.New(t.TempDir(), practice.Options{Participants: 2})
	if err != nil {
		t.Fatal(err)
	}
	ds, blobs := portaltest.Sample(p.Organization(), "a\n1\n")
	c := &crowd{T: t, portal: p, before: before, others: others}
	c.act = func(post func(string, map[string]any)) { act(ds, post) }
	srv := serve(t, c.ServeHTTP)
	target := portal.Target{URL: srv.URL, Organization: p.Organization(), Token: token(p.Tokens()[0].Token)}
	_, err = ckan.New(target).Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}})
	return c, err
}

func TestAWriteThatWasOutrunIsMadeAgain(t *testing.T) {
	_, err := publishInCrowd(t, "package_revise", 2, func(ds portal.Dataset, post func(string, map[string]any)) {
		post("package_patch", map[string]any{"id": ds.Name, "notes": "de otra persona"})
	})
	if err != nil {
		t.Error(err)
	}
}

func TestADatasetThatOthersWriteAllTheTimeIsLeftForLater(t *testing.T) {
	c, err := publishInCrowd(t, "package_revise", 1000, func(ds portal.Dataset, post func(string, map[string]any)) {
		post("package_patch", map[string]any{"id": ds.Name, "notes": "de otra persona"})
	})
	if e := asError(t, err); e.Kind != portal.Busy || c.calls > 10 {
		t.Errorf("%+v after %d writes", e, c.calls)
	}
}

func TestANameTakenBetweenLookAndCreateIsAConflict(t *testing.T) {
	_, err := publishInCrowd(t, "package_create", 1, func(ds portal.Dataset, post func(string, map[string]any)) {
		post("package_create", map[string]any{"name": ds.Name, "owner_org": ds.Organization})
	})
	if e := asError(t, err); e.Kind != portal.Conflict || e.Fields["name"] == "" {
		t.Errorf("%+v", e)
	}
}

// A create that arrives twice is refused the second time; when the look that
// follows fails too, nobody knows yet whose the name is: no refusal, a retry.
func TestARefusedCreateWhoseLookFailsIsTriedAgain(t *testing.T) {
	p, err := practice.New(t.TempDir(), practice.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ds, blobs := portaltest.Sample(p.Organization(), "a\n1\n")
	created := false
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/package_create"):
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			p.Handler().ServeHTTP(&discard{header: http.Header{}}, r)
			created = true
			r.Body = io.NopCloser(bytes.NewReader(body))
		case created && strings.HasSuffix(r.URL.Path, "/package_show"):
			created = false
			http.Error(w, "a passing fault", http.StatusBadGateway)
			return
		}
		p.Handler().ServeHTTP(w, r)
	})
	target := portal.Target{URL: srv.URL, Organization: p.Organization(), Token: token(p.Tokens()[0].Token)}
	pub := portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}}
	_, err = ckan.New(target).Publish(t.Context(), pub)
	if e := asError(t, err); !e.Retryable() {
		t.Errorf("%+v: a person would be asked for nothing", e)
	}
	if _, err := ckan.New(target).Publish(t.Context(), pub); err != nil {
		t.Errorf("the next try: %v", err)
	}
}

func TestADatasetThatBecameAnothersIsNotWrittenTo(t *testing.T) {
	// CKAN may confirm two creates of one name; the later overwrites.
	_, err := publishInCrowd(t, "package_revise", 1, func(ds portal.Dataset, post func(string, map[string]any)) {
		post("package_patch", map[string]any{"id": ds.Name, "extras": []any{map[string]any{"key": "chasqui_id", "value": "another"}}})
	})
	if e := asError(t, err); e.Kind != portal.Conflict {
		t.Errorf("%+v", e)
	}
}

func TestARemovedDatasetWhoseNameIsTakenIsAConflict(t *testing.T) {
	target, _ := playground(t, practice.Options{})
	witness := &portaltest.ActionAPI{URL: target.URL, Organization: target.Organization}
	witness.Token, _ = target.Token()
	ds, blobs := portaltest.Sample(target.Organization, "a\n")
	journal := &portaltest.Memory{}
	client := ckan.New(target)
	pub := portal.Publication{Dataset: ds, Files: blobs, Journal: journal}
	if _, err := client.Publish(t.Context(), pub); err != nil {
		t.Fatal(err)
	}
	if err := client.Remove(t.Context(), ds); err != nil {
		t.Fatal(err)
	}
	witness.Hold(t, ds.Name)
	_, err := client.Publish(t.Context(), pub)
	if e := asError(t, err); e.Kind != portal.Conflict {
		t.Errorf("%+v", e)
	}
}

func TestAGroupThatThePortalHasNotIsNamed(t *testing.T) {
	target, _ := playground(t, practice.Options{})
	ds, blobs := portaltest.Sample(target.Organization, "a\n")
	ds.Groups = []string{"nadie"}
	_, err := ckan.New(target).Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}})
	if e := asError(t, err); e.Kind != portal.Rejected || e.Fields["groups"] == "" {
		t.Errorf("%+v", e)
	}
}
