package ckan_test

import (
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"chasqui/sync/ckan"
	"chasqui/sync/portal"
	"chasqui/sync/portal/portaltest"
)

// noise is n bytes of letters that repeat nowhere.
func noise(n int) string {
	chance := rand.New(rand.NewPCG(uint64(n), 7))
	out := make([]byte, n)
	for i := range out {
		out[i] = 'a' + byte(chance.IntN(26))
	}
	return string(out)
}

// fetched counts what a portal serves of files.
type fetched struct {
	bytes atomic.Int64
	files atomic.Int64
}

func (f *fetched) serve(h http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/download/") {
			f.files.Add(1)
			w = &countedAnswer{w, &f.bytes}
		}
		h.ServeHTTP(w, r)
	}
}

type countedAnswer struct {
	http.ResponseWriter
	sum *atomic.Int64
}

func (c *countedAnswer) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	c.sum.Add(int64(n))
	return n, err
}

func TestOnAPoorLinkAFileIsSampledAndLaterComparedWhole(t *testing.T) {
	p, target := opened(t)
	var served fetched
	srv := serve(t, served.serve(p.Handler()))
	target.URL = srv.URL
	const size = 1 << 20
	for poor, want := range map[int64]string{0: portal.Full, 1: portal.Full, 1 << 40: portal.Sampled} {
		target.PoorLink = poor
		served.bytes.Store(0)
		ds, blobs := portaltest.Sample(target.Organization, noise(size), "small\n")
		receipt, err := ckan.New(target).Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}})
		if err != nil {
			t.Fatal(err)
		}
		if n := served.bytes.Load(); receipt.Verified != want || (want == portal.Sampled) != (n < size/10) {
			t.Errorf("below %d: %s, %d bytes fetched", poor, receipt.Verified, n)
		}
		whole, err := ckan.New(target).Verify(t.Context(), ds, &receipt)
		if err != nil || whole.Verified != portal.Full || whole.Resources[0].SHA256 != ds.Resources[0].SHA256 {
			t.Errorf("afterwards: %+v, %v", whole, err)
		}
	}
}

// A portal that serves other bytes in a range than were sent is looked at whole.
func TestASampleThatDiffersIsNotBelieved(t *testing.T) {
	p, target := opened(t)
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/download/") && strings.HasPrefix(r.Header.Get("Range"), "bytes=0-") {
			w.Header().Set("Content-Range", fmt.Sprintf("bytes 0-8191/%d", 1<<20))
			w.WriteHeader(http.StatusPartialContent)
			fmt.Fprint(w, strings.Repeat("?", 8192))
			return
		}
		p.Handler().ServeHTTP(w, r)
	})
	target.URL, target.PoorLink = srv.URL, 1<<40
	ds, blobs := portaltest.Sample(target.Organization, noise(1<<20))
	receipt, err := ckan.New(target).Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}})
	if err != nil || receipt.Verified != portal.Full {
		t.Errorf("%q, %v", receipt.Verified, err)
	}
}

func TestWhatWasComparedIsNotFetchedAgainByTheNextAttempt(t *testing.T) {
	p, target := opened(t)
	var served fetched
	cut := true
	count := served.serve(p.Handler())
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if cut && strings.Contains(r.URL.Path, "tabla-3") {
			cut = false
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		count(w, r)
	})
	target.URL = srv.URL
	ds, blobs := portaltest.Sample(target.Organization, noise(1000), noise(2000), noise(3000))
	pub := portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}}
	if _, err := ckan.New(target).Publish(t.Context(), pub); asError(t, err).Kind != portal.Busy {
		t.Fatal(err)
	}
	if _, err := ckan.New(target).Publish(t.Context(), pub); err != nil {
		t.Fatal(err)
	}
	if n := served.files.Load(); n != 3 {
		t.Errorf("%d downloads of 3 files", n)
	}
}

// DataPusher and XLoader write the file's MD5 over the hash that we sent.
func TestAnMD5OfTheLoadersIsNoStrangersEdit(t *testing.T) {
	p, target := opened(t)
	srv := serve(t, p.Handler().ServeHTTP)
	target.URL = srv.URL
	ds, blobs := portaltest.Sample(target.Organization, "a\n1\n")
	pub := portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}}
	last, err := ckan.New(target).Publish(t.Context(), pub)
	if err != nil {
		t.Fatal(err)
	}
	sum := md5.Sum([]byte("a\n1\n"))
	loader := &crowd{T: t, portal: p}
	by := p.Tokens()[0].Token
	loader.postAs(by, "package_revise", map[string]any{
		"match": map[string]any{"id": last.Dataset}, "update__resources__" + ds.Resources[0].ID + "__hash": hex.EncodeToString(sum[:]),
	})
	wire := &portaltest.Wire{}
	target.Transport, pub.Last, pub.Journal = wire, &last, &portaltest.Memory{}
	if _, err := ckan.New(target).Publish(t.Context(), pub); err != nil {
		t.Fatal(err)
	}
	for _, call := range wire.Calls() {
		if strings.HasPrefix(call, "POST") {
			t.Errorf("nothing had changed, and it wrote: %s", call)
		}
	}
}

func TestARefusedTableLosesNoPublication(t *testing.T) {
	p, target := opened(t)
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/datastore_create") {
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, `{"success": false, "error": {"__type": "Authorization Error", "message": "Acceso denegado"}}`)
			return
		}
		p.Handler().ServeHTTP(w, r)
	})
	target.URL = srv.URL
	ds, blobs := portaltest.Sample(target.Organization, "a\n1\n", "otra cabecera\n1\n")
	for i := range ds.Resources {
		ds.Resources[i].Schema = []portal.Column{{Name: "a", Type: "integer"}}
	}
	receipt, err := ckan.New(target).Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}})
	if err != nil {
		t.Fatal(err)
	}
	if got := receipt.Untabled[ds.Resources[0].ID]; got != "denied: Acceso denegado" {
		t.Errorf("the first file: %q", got)
	}
	if got := receipt.Untabled[ds.Resources[1].ID]; got != "unsuitable" {
		t.Errorf("the second file: %q", got)
	}
}
