package ckan_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chasqui/sync/ckan"
	"chasqui/sync/portal"
	"chasqui/sync/portal/portaltest"
	"chasqui/sync/practice"
)

// serve starts a server for one handler.
func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv
}

// playground is a practice portal and a wire to count its requests.
func playground(t *testing.T, opt practice.Options) (portal.Target, *portaltest.Wire) {
	t.Helper()
	p, err := practice.New(t.TempDir(), opt)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(p.Handler())
	t.Cleanup(srv.Close)
	wire := &portaltest.Wire{}
	return portal.Target{URL: srv.URL, Organization: p.Organization(), Token: token(p.Tokens()[0].Token), Transport: wire}, wire
}

func asError(t *testing.T, err error) *portal.Error {
	t.Helper()
	var e *portal.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no *portal.Error", err)
	}
	return e
}

func TestTheTokenStaysWithItsHost(t *testing.T) {
	var mu sync.Mutex
	var strangers []string
	other := serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		strangers = append(strangers, r.Header.Get("Authorization"))
		fmt.Fprint(w, `{"success": true, "result": {"ckan_version": "2.11.6", "name": "x"}}`)
	})
	// The same machine at another port, or under another name, is another.
	for _, elsewhere := range []string{other.URL, strings.Replace(other.URL, "127.0.0.1", "localhost", 1)} {
		own := ""
		srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
			own = r.Header.Get("Authorization")
			http.Redirect(w, r, elsewhere+r.URL.RequestURI(), http.StatusFound)
		})
		client := ckan.New(portal.Target{URL: srv.URL, Token: token("s3cret-token")})
		client.Ping(t.Context())
		if own != "s3cret-token" {
			t.Errorf("the portal itself got %q", own)
		}
	}
	if len(strangers) < 2 || slices.ContainsFunc(strangers, func(s string) bool { return s != "" }) {
		t.Errorf("the other host got %q", strangers)
	}
}

func TestTheTokenIsAskedForAtEachSendAndInNoError(t *testing.T) {
	const secret = "s3cret-token"
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprintf(w, `{"success": false, "error": {"__type": "Authorization Error", "message": "no to %s"}}`, r.Header.Get("Authorization"))
	})
	asked := 0
	client := ckan.New(portal.Target{URL: srv.URL, Token: func() (string, error) { asked++; return " " + secret + "\n", nil }})
	for want := 1; want <= 2; want++ {
		_, err := client.Ping(t.Context())
		if e := asError(t, err); e.Kind != portal.Denied || !strings.HasPrefix(e.Detail, "no to ") || strings.Contains(fmt.Sprintf("%+v %v", e, err), secret) {
			t.Errorf("%+v", e)
		}
		if asked != want {
			t.Errorf("asked %d times, want %d", asked, want)
		}
	}
	client = ckan.New(portal.Target{URL: srv.URL, Token: func() (string, error) { return "", errors.New("no such file") }})
	if _, err := client.Ping(t.Context()); asError(t, err).Kind != portal.Denied {
		t.Errorf("a token that can't be read: %v", err)
	}
}

func TestAPortalBelow29IsUnsupportedAndLeftAlone(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/status_show") {
			t.Errorf("asked for %s", r.URL.Path)
		}
		fmt.Fprint(w, `{"success": true, "result": {"ckan_version": "2.8.12", "site_title": "Datos", "extensions": []}}`)
	})
	client := ckan.New(portal.Target{URL: srv.URL, Organization: "o", Token: token("t")})
	status, err := client.Ping(t.Context())
	if err != nil || status.Supported || status.Version != "2.8.12" {
		t.Errorf("%+v, %v", status, err)
	}
	ds, blobs := portaltest.Sample("o", "a\n1\n")
	_, err = client.Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}})
	if e := asError(t, err); e.Kind != portal.Rejected || e.Fields["ckan_version"] == "" {
		t.Errorf("%+v", e)
	}
}

func TestAnswersOfProxiesAndPortalsHaveTheirKinds(t *testing.T) {
	page := "<html><h1>Sorry</h1></html>"
	cases := []struct {
		status int
		body   string
		want   portal.Kind
	}{
		{200, page, portal.Unreachable},
		{200, `{"success": true}`, portal.Garbled},
		{200, `"text"`, portal.Garbled},
		{400, `"Bad request - Action name not known: x"`, portal.Garbled},
		{401, page, portal.Blocked},
		{403, page, portal.Blocked},
		{403, `{"success": false, "error": {"__type": "Authorization Error", "message": "no"}}`, portal.Denied},
		{404, page, portal.Garbled},
		{407, page, portal.Blocked},
		{409, `{"success": false, "error": {"__type": "Validation Error", "name": ["used"]}}`, portal.Rejected},
		{409, `{"success": false, "error": {"__type": "Validation Error", "upload": ["grande"]}}`, portal.TooLarge},
		{409, `{"success": false, "error": {"__type": "Validation Error", "resources": [{}, {"upload": ["grande"]}]}}`, portal.TooLarge},
		{413, page, portal.TooLarge},
		{429, page, portal.Busy},
		{451, page, portal.Blocked},
		{500, page, portal.Busy},
		{500, `{"success": false, "error": {"__type": "Search Index Error", "message": "x"}}`, portal.Busy},
		{502, page, portal.Busy},
		{503, "", portal.Busy},
		{504, page, portal.Busy},
		{511, page, portal.Unreachable},
	}
	for _, c := range cases {
		srv := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(c.status)
			fmt.Fprint(w, c.body)
		})
		_, err := ckan.New(portal.Target{URL: srv.URL}).Ping(t.Context())
		e := asError(t, err)
		if e.Kind != c.want {
			t.Errorf("%d %s: %+v", c.status, c.body, e)
		}
		if e.Kind == portal.Busy && e.RetryAfter != 7*time.Second {
			t.Errorf("%d: retry after %v", c.status, e.RetryAfter)
		}
		if strings.Contains(e.Detail, "<") {
			t.Errorf("%d: markup in %q", c.status, e.Detail)
		}
	}
}

func TestACertificateOfNobodysIsUntrusted(t *testing.T) {
	srv := httptest.NewUnstartedServer(http.NotFoundHandler())
	srv.Config.ErrorLog = log.New(io.Discard, "", 0)
	srv.StartTLS()
	defer srv.Close()
	_, err := ckan.New(portal.Target{URL: srv.URL}).Ping(t.Context())
	if e := asError(t, err); e.Kind != portal.Untrusted {
		t.Errorf("%+v", e)
	}
}

func TestAPortalThatMovedToTLSGetsItsWritesThere(t *testing.T) {
	p, err := practice.New(t.TempDir(), practice.Options{})
	if err != nil {
		t.Fatal(err)
	}
	secure := httptest.NewTLSServer(p.Handler())
	defer secure.Close()
	plain := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, secure.URL+r.URL.RequestURI(), http.StatusMovedPermanently)
	})
	target := portal.Target{URL: plain.URL, Organization: p.Organization(), Token: token(p.Tokens()[0].Token), Transport: secure.Client().Transport}
	ds, blobs := portaltest.Sample(target.Organization, "a\n")
	receipt, err := ckan.New(target).Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(receipt.URL, secure.URL) {
		t.Errorf("receipt of %s", receipt.URL)
	}
}

func TestAnAddressThatIsNoneIsGarbled(t *testing.T) {
	for _, address := range []string{"", "datos.gob.pe", "ftp://x", "http://", "http://[::1"} {
		_, err := ckan.New(portal.Target{URL: address}).Ping(t.Context())
		if e := asError(t, err); e.Kind != portal.Garbled {
			t.Errorf("%q: %+v", address, e)
		}
	}
}

func TestAFileThatIsTooLargeSaysWhich(t *testing.T) {
	target, _ := playground(t, practice.Options{MaxBytes: 10})
	ds, blobs := portaltest.Sample(target.Organization, "small\n", "this one is larger\n")
	_, err := ckan.New(target).Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}})
	if e := asError(t, err); e.Kind != portal.TooLarge || e.Resource != ds.Resources[1].Name {
		t.Errorf("%+v", e)
	}
}

func TestASmallUpdateGoesInOneCallAndALargeOneFileByFile(t *testing.T) {
	target, _ := playground(t, practice.Options{})
	for name, c := range map[string]struct {
		content string
		want    []string
	}{
		"small": {"new\n", []string{"POST package_revise"}},
		"large": {strings.Repeat("x", 3<<20), []string{"POST package_revise", "POST package_revise"}},
	} {
		t.Run(name, func(t *testing.T) {
			ds, blobs := portaltest.Sample(target.Organization, "a\n", "b\n")
			send := func() []string {
				wire := &portaltest.Wire{}
				target.Transport = wire
				if _, err := ckan.New(target).Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}}); err != nil {
					t.Fatal(err)
				}
				return slices.DeleteFunc(wire.Calls(), func(s string) bool { return !strings.HasPrefix(s, "POST") })
			}
			send()
			ds.Title = "Otro título"
			for i := range ds.Resources {
				ds.Resources[i] = blobs.Put(ds.Resources[i], c.content+fmt.Sprint(i))
			}
			if diff := cmp.Diff(c.want, send()); diff != "" {
				t.Errorf("writes (-want +got):\n%s", diff)
			}
			if got := send(); len(got) != 0 {
				t.Errorf("nothing had changed, and it wrote %v", got)
			}
		})
	}
}

func TestAnUploadSaysItsLength(t *testing.T) {
	target, wire := playground(t, practice.Options{})
	seen := 0
	wire.After = func(r *http.Request) {
		if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
			if seen++; r.ContentLength <= 0 {
				t.Errorf("length %d", r.ContentLength)
			}
		}
	}
	ds, blobs := portaltest.Sample(target.Organization, "a\n", "")
	if _, err := ckan.New(target).Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}}); err != nil {
		t.Fatal(err)
	}
	if seen != 1 {
		t.Errorf("%d uploads of two small files", seen)
	}
}

// TestEveryWriteSaysWhatItBelievesIsThere: without the guard a request that
// arrives twice replaces a resource under its own id, and on CKAN 2.12 that
// wrecks the dataset.
func TestEveryWriteSaysWhatItBelievesIsThere(t *testing.T) {
	p, err := practice.New(t.TempDir(), practice.Options{})
	if err != nil {
		t.Fatal(err)
	}
	writes := 0
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/package_revise") {
			writes++
			body, err := io.ReadAll(r.Body)
			if err != nil || !strings.Contains(string(body), "match__metadata_modified") {
				t.Errorf("an unguarded write: %.200s, %v", body, err)
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		p.Handler().ServeHTTP(w, r)
	})
	target := portal.Target{URL: srv.URL, Organization: p.Organization(), Token: token(p.Tokens()[0].Token)}
	ds, blobs := portaltest.Sample(target.Organization, "a\n", "b\n")
	for _, content := range []string{"", "new\n"} {
		if content != "" {
			ds.Resources[0], ds.Title = blobs.Put(ds.Resources[0], content), "Otro"
		}
		if _, err := ckan.New(target).Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}}); err != nil {
			t.Fatal(err)
		}
	}
	if writes != 3 {
		t.Errorf("%d writes, want 1 upload, 1 show, 1 update", writes)
	}
}

func TestAPublicationKeepsItsConnection(t *testing.T) {
	p, err := practice.New(t.TempDir(), practice.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var opened atomic.Int32
	srv := httptest.NewUnstartedServer(p.Handler())
	srv.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	srv.Start()
	defer srv.Close()
	client := ckan.New(portal.Target{URL: srv.URL, Organization: p.Organization(), Token: token(p.Tokens()[0].Token)})
	for range 3 {
		ds, blobs := portaltest.Sample(p.Organization(), "a\n", "b\n", "")
		if _, err := client.Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}}); err != nil {
			t.Fatal(err)
		}
	}
	if n := opened.Load(); n > 2 {
		t.Errorf("%d connections for 3 publications", n)
	}
}

func TestACutDownloadGoesOnWhereItWas(t *testing.T) {
	p, err := practice.New(t.TempDir(), practice.Options{})
	if err != nil {
		t.Fatal(err)
	}
	content := strings.Repeat("0123456789", 30_000)
	cuts := 0
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.URL.Path, "/download/") {
			p.Handler().ServeHTTP(w, r)
			return
		}
		if cuts++; cuts > 3 {
			p.Handler().ServeHTTP(w, r)
			return
		}
		rec := httptest.NewRecorder()
		p.Handler().ServeHTTP(rec, r)
		for name, v := range rec.Header() {
			w.Header()[name] = v
		}
		w.WriteHeader(rec.Code)
		w.Write(rec.Body.Bytes()[:50_000])
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	target := portal.Target{URL: srv.URL, Organization: p.Organization(), Token: token(p.Tokens()[0].Token)}
	ds, blobs := portaltest.Sample(target.Organization, content)
	receipt, err := ckan.New(target).Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}})
	if err != nil {
		t.Fatal(err)
	}
	if got := receipt.Resources[0]; got.SHA256 != ds.Resources[0].SHA256 || got.Bytes != ds.Resources[0].Bytes {
		t.Errorf("receipt %+v", got)
	}
	if cuts != 4 {
		t.Errorf("%d requests for a file cut 3 times", cuts)
	}
}

func TestAPortalMayLieUnderAPath(t *testing.T) {
	p, err := practice.New(t.TempDir(), practice.Options{})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(http.StripPrefix("/datos", p.Handler()))
	defer srv.Close()
	target := portal.Target{URL: srv.URL + "/datos/", Organization: p.Organization(), Token: token(p.Tokens()[0].Token)}
	ds, blobs := portaltest.Sample(target.Organization, "a\n")
	receipt, err := ckan.New(target).Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}})
	if err != nil {
		t.Fatal(err)
	}
	if want := srv.URL + "/datos/dataset/" + ds.Name; receipt.URL != want {
		t.Errorf("page %s, want %s", receipt.URL, want)
	}
}
