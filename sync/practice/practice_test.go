package practice_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/sync/practice"
)

// site is an open portal with a server in front.
type site struct {
	*testing.T
	dir    string
	portal *practice.Portal
	url    string
	editor string
}

func open(t *testing.T, opt practice.Options) *site {
	t.Helper()
	s := &site{T: t, dir: t.TempDir()}
	s.start(opt)
	return s
}

// start opens the folder, again if it was open, as a new process would.
func (s *site) start(opt practice.Options) {
	s.Helper()
	p, err := practice.New(s.dir, opt)
	if err != nil {
		s.Fatal(err)
	}
	srv := httptest.NewServer(p.Handler())
	s.Cleanup(srv.Close)
	s.portal, s.url, s.editor = p, srv.URL, p.Tokens()[0].Token
}

// call sends JSON to an action and returns the status and the decoded answer.
func (s *site) call(token, action string, in map[string]any) (int, map[string]any) {
	s.Helper()
	raw, err := json.Marshal(in)
	if err != nil {
		s.Fatal(err)
	}
	return s.send(token, action, "application/json", bytes.NewReader(raw))
}

func (s *site) send(token, action, kind string, body io.Reader) (int, map[string]any) {
	s.Helper()
	req, err := http.NewRequestWithContext(s.Context(), http.MethodPost, s.url+"/api/3/action/"+action, body)
	if err != nil {
		s.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	req.Header.Set("Authorization", token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	var out map[string]any
	json.NewDecoder(resp.Body).Decode(&out)
	return resp.StatusCode, out
}

// create makes a dataset and returns its record.
func (s *site) create(name string, more map[string]any) map[string]any {
	s.Helper()
	in := map[string]any{"name": name, "owner_org": s.portal.Organization()}
	for k, v := range more {
		in[k] = v
	}
	status, out := s.call(s.editor, "package_create", in)
	if status != http.StatusOK {
		s.Fatalf("create: %d %v", status, out)
	}
	return out["result"].(map[string]any)
}

// attach adds a file and returns the resource's record.
func (s *site) attach(dataset, id, file, content string) (int, map[string]any) {
	s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.WriteField("match__id", dataset)
	form.WriteField("update__resources__extend", fmt.Sprintf(`[{"id": %q, "name": "Tabla", "format": "CSV"}]`, id))
	part, err := form.CreateFormFile("update__resources__-1__upload", file)
	if err != nil {
		s.Fatal(err)
	}
	io.WriteString(part, content)
	form.Close()
	return s.send(s.editor, "package_revise", form.FormDataContentType(), &body)
}

func (s *site) get(path string, header ...string) (*http.Response, string) {
	s.Helper()
	req, err := http.NewRequestWithContext(s.Context(), http.MethodGet, s.url+path, nil)
	if err != nil {
		s.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.Fatal(err)
	}
	return resp, string(body)
}

const resourceID = "6f1a2a3e-5a55-4c55-9d3e-111111111111"

func TestAnswersAreCKANs(t *testing.T) {
	s := open(t, practice.Options{})
	org := s.portal.Organization()
	s.create("ocupado", nil)
	cases := []struct {
		name, token, action string
		in                  map[string]any
		status              int
		field               string // a field of error that must be there
	}{
		{"a bad token is nobody", "x", "user_show", map[string]any{}, 404, "__type"},
		{"a bad token reads", "x", "package_show", map[string]any{"id": "ocupado"}, 200, ""},
		{"a bad token does not write", "x", "package_create", map[string]any{"name": "n1", "owner_org": org}, 403, "message"},
		{"no such dataset", s.editor, "package_show", map[string]any{"id": "nada"}, 404, "__type"},
		{"no such action", s.editor, "nope", map[string]any{}, 400, ""},
		{"an unknown organization", s.editor, "package_create", map[string]any{"name": "n1", "owner_org": "otra"}, 403, "message"},
		{"no organization", s.editor, "package_create", map[string]any{"name": "n1"}, 409, "owner_org"},
		{"a name in use", s.editor, "package_create", map[string]any{"name": "ocupado", "owner_org": org}, 409, "name"},
		{"a name with capitals", s.editor, "package_create", map[string]any{"name": "Ñ", "owner_org": org}, 409, "name"},
		{"a reserved name", s.editor, "package_create", map[string]any{"name": "new", "owner_org": org}, 409, "name"},
		{"an id of one's own", s.editor, "package_create", map[string]any{"id": "x", "name": "n1", "owner_org": org}, 409, "id"},
		{"a bad tag", s.editor, "package_create", map[string]any{"name": "n1", "owner_org": org, "tags": []any{map[string]any{"name": "a/b"}}}, 409, "tags"},
		{"a bad email", s.editor, "package_create", map[string]any{"name": "n1", "owner_org": org, "maintainer_email": "zz"}, 409, "maintainer_email"},
		{"an extra named as a field", s.editor, "package_create", map[string]any{"name": "n1", "owner_org": org, "extras": []any{map[string]any{"key": "title", "value": "x"}}}, 409, "extras"},
		{"an extra twice", s.editor, "package_create", map[string]any{"name": "n1", "owner_org": org, "extras": []any{map[string]any{"key": "k", "value": "1"}, map[string]any{"key": "k", "value": "2"}}}, 409, "extras_validation"},
		{"revise without match", s.editor, "package_revise", map[string]any{"update": map[string]any{"title": "x"}}, 409, "match__id"},
		{"revise of a stale copy", s.editor, "package_revise", map[string]any{"match": map[string]any{"name": "ocupado", "metadata_modified": "2001-01-01T00:00:00.000000"}}, 409, "match"},
		{"revise of an unknown resource", s.editor, "package_revise", map[string]any{"match__name": "ocupado", "match__resources__abcdef__hash": "x"}, 400, "__type"},
		{"update of an unknown resource", s.editor, "package_revise", map[string]any{"match__name": "ocupado", "update__resources__abcdef__name": "x"}, 409, "resources__abcdef__name"},
		{"dropping an unknown resource", s.editor, "package_revise", map[string]any{"match__name": "ocupado", "filter": []any{"-resources__abcdef"}}, 200, ""},
		{"bad search", s.editor, "package_search", map[string]any{"fq": "((("}, 409, "__type"},
	}
	for _, c := range cases {
		status, out := s.call(c.token, c.action, c.in)
		if status != c.status {
			t.Errorf("%s: HTTP %d %v, want %d", c.name, status, out, c.status)
		}
		if fields, _ := out["error"].(map[string]any); c.field != "" && fields[c.field] == nil {
			t.Errorf("%s: error %v, want %s in it", c.name, out["error"], c.field)
		}
	}
}

func TestWhoSeesAHiddenDataset(t *testing.T) {
	s := open(t, practice.Options{})
	member, _ := s.portal.AddParticipant("m", practice.Member)
	outsider, err := s.portal.AddParticipant("o", practice.Outsider)
	if err != nil {
		t.Fatal(err)
	}
	ds := s.create("oculto", map[string]any{"private": true})
	_, out := s.attach(ds["id"].(string), resourceID, "a.csv", "secreto\n")
	file := strings.TrimPrefix(out["result"].(map[string]any)["package"].(map[string]any)["resources"].([]any)[0].(map[string]any)["url"].(string), s.url)
	for token, want := range map[string]int{s.editor: 200, member.Token: 200, outsider.Token: 403, "": 403} {
		if status, _ := s.call(token, "package_show", map[string]any{"id": "oculto"}); status != want {
			t.Errorf("show: %d, want %d", status, want)
		}
		if resp, _ := s.get(file, "Authorization", token); resp.StatusCode != want {
			t.Errorf("file: %d, want %d", resp.StatusCode, want)
		}
		page := map[int]int{200: 200, 403: 404}[want]
		if resp, _ := s.get("/dataset/oculto", "Authorization", token); resp.StatusCode != page {
			t.Errorf("page: %d, want %d", resp.StatusCode, page)
		}
		_, found := s.call(token, "package_search", map[string]any{"include_private": true})
		if n := found["result"].(map[string]any)["count"].(float64); (n == 1) != (want == 200) {
			t.Errorf("search finds %v", n)
		}
	}
	if _, home := s.get("/"); strings.Contains(home, "oculto") {
		t.Error("the list of all data names a hidden dataset")
	}
}

func TestEverythingStandsAfterAnotherStart(t *testing.T) {
	s := open(t, practice.Options{Participants: 3})
	ds := s.create("datos", map[string]any{"title": "Añil"})
	s.attach(ds["id"].(string), resourceID, "a.csv", "a\n1\n")
	tokens := s.portal.Tokens()
	_, before := s.call("", "package_show", map[string]any{"id": "datos"})
	// What a crash leaves: a half-written record, an upload nobody took.
	for _, left := range []string{"datasets/x.part", "incoming/y.part", "files/nobody"} {
		if err := os.WriteFile(filepath.Join(s.dir, left), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := s.url
	s.start(practice.Options{})
	if diff := cmp.Diff(tokens, s.portal.Tokens()); diff != "" {
		t.Error(diff)
	}
	_, after := s.call("", "package_show", map[string]any{"id": "datos"})
	raw, _ := json.Marshal(before["result"])
	again, _ := json.Marshal(after["result"])
	if diff := cmp.Diff(strings.ReplaceAll(string(raw), old, s.url), string(again)); diff != "" {
		t.Error(diff)
	}
	for _, left := range []string{"datasets/x.part", "incoming/y.part", "files/nobody"} {
		if _, err := os.Stat(filepath.Join(s.dir, left)); !os.IsNotExist(err) {
			t.Errorf("%s is still there", left)
		}
	}
	if err := s.portal.Reset(); err != nil {
		t.Fatal(err)
	}
	if status, _ := s.call("", "package_show", map[string]any{"id": "datos"}); status != 404 {
		t.Errorf("after Reset: %d", status)
	}
	if left, _ := os.ReadDir(filepath.Join(s.dir, "files")); len(left) != 0 {
		t.Errorf("%d files left", len(left))
	}
}

func TestOnlyItsOwnFilesCanBeReached(t *testing.T) {
	s := open(t, practice.Options{})
	secret := s.create("oculto", map[string]any{"private": true})
	s.attach(secret["id"].(string), resourceID, "../../../portal.json", "secreto\n")
	public := s.create("publico", nil)
	blobs, err := os.ReadDir(filepath.Join(s.dir, "files"))
	if err != nil || len(blobs) != 1 {
		t.Fatalf("%v, %v", blobs, err)
	}
	// A record that claims another dataset's file, or one outside the folder.
	for i, claim := range []string{blobs[0].Name(), "../portal.json"} {
		id := fmt.Sprintf("6f1a2a3e-5a55-4c55-9d3e-22222222222%d", i)
		s.call(s.editor, "package_revise", map[string]any{
			"match__name": "publico", "update__resources__extend": []any{map[string]any{"id": id, "name": "x", "_blob": claim, "url_type": "upload", "url": "x.csv"}},
		})
		s.call(s.editor, "package_revise", map[string]any{"match__name": "publico", "update__resources__" + id + "___blob": claim})
		resp, body := s.get("/dataset/" + public["id"].(string) + "/resource/" + id + "/download/x.csv")
		if resp.StatusCode == http.StatusOK {
			t.Errorf("%s was served: %q", claim, body)
		}
	}
	for _, path := range []string{"/dataset/../../etc/passwd", "/dataset/%2e%2e%2fportal.json", "/portal.json", "/files/" + blobs[0].Name(), "/dataset/publico/resource/" + resourceID + "/download/a.csv"} {
		if resp, body := s.get(path); resp.StatusCode == http.StatusOK || strings.Contains(body, "secreto") {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

func TestFilesHaveRangesAndOneRightAddress(t *testing.T) {
	s := open(t, practice.Options{})
	ds := s.create("datos", nil)
	_, out := s.attach(ds["id"].(string), resourceID, "Datos Año 2024 (v1).CSV", "0123456789")
	res := out["result"].(map[string]any)["package"].(map[string]any)["resources"].([]any)[0].(map[string]any)
	path := strings.TrimPrefix(res["url"].(string), s.url)
	if want := "/dataset/" + ds["id"].(string) + "/resource/" + resourceID + "/download/datos-ano-2024-v1.csv"; path != want {
		t.Errorf("address %s, want %s", path, want)
	}
	if res["size"] != 10.0 || res["mimetype"] != "text/csv" || res["_blob"] != nil {
		t.Errorf("resource %v", res)
	}
	if resp, body := s.get(path, "Range", "bytes=2-4"); resp.StatusCode != 206 || body != "234" || resp.Header.Get("Content-Range") != "bytes 2-4/10" {
		t.Errorf("range: %d %q %v", resp.StatusCode, body, resp.Header)
	}
	resp, body := s.get(path)
	if resp.StatusCode != 200 || body != "0123456789" || resp.ContentLength != 10 {
		t.Errorf("%d %q", resp.StatusCode, body)
	}
	if resp, _ := s.get(path, "If-None-Match", resp.Header.Get("ETag")); resp.StatusCode != 304 {
		t.Errorf("unchanged: %d", resp.StatusCode)
	}
}

func TestServeListensOnLoopbackAndEndsWithItsContext(t *testing.T) {
	p, err := practice.New(t.TempDir(), practice.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	url, wait, err := p.Serve(ctx, ":0")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(url, "http://127.0.0.1:") {
		t.Errorf("listens at %s", url)
	}
	resp, err := http.Get(url + "/api/3/action/status_show")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if _, _, err := p.Serve(ctx, strings.TrimPrefix(url, "http://")); err == nil {
		t.Error("two listen at one address")
	}
	cancel()
	if err := wait(); err != nil {
		t.Error(err)
	}
	if _, err := http.Get(url); err == nil {
		t.Error("still serving")
	}
}
