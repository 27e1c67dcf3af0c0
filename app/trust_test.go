package app

import (
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"chasqui/sync/portal"
	"chasqui/sync/practice"
)

// secured is a practice portal behind a certificate that nobody vouches for; it
// counts the tokens that it was sent.
func secured(t *testing.T) (url string, p *practice.Portal, tokens *atomic.Int32) {
	t.Helper()
	p, err := practice.New(t.TempDir(), practice.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tokens = &atomic.Int32{}
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			tokens.Add(1)
		}
		p.Handler().ServeHTTP(w, r)
	}))
	srv.Config.ErrorLog = log.New(io.Discard, "", 0)
	srv.StartTLS()
	t.Cleanup(srv.Close)
	return srv.URL, p, tokens
}

func portalKind(err error) portal.Kind {
	var e *portal.Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

func TestACertificateIsLookedAtBeforeItsKeyIsTrusted(t *testing.T) {
	a := opened(t)
	url, p, tokens := secured(t)
	t.Setenv("PORTAL_TOKEN", p.Tokens()[0].Token)
	d, err := a.AddDestination(t.Context(), Destination{Name: "p", Kind: "ckan", URL: url, Organization: p.Organization(), TokenEnv: "PORTAL_TOKEN"})
	if err != nil {
		t.Fatal(err)
	}
	untrusted := func() {
		t.Helper()
		if _, err := a.TestDestination(t.Context(), "p"); portalKind(err) != portal.Untrusted {
			t.Errorf("got %v, want Untrusted", err)
		}
	}
	untrusted()
	seen, err := a.Certificate(t.Context(), "p")
	if err != nil || seen.Convinces || seen.Pin == "" || seen.Trusted {
		t.Fatalf("%+v, %v", seen, err)
	}
	var bad *Error
	if _, err := a.Trust(t.Context(), "p", "another"); !errors.As(err, &bad) || bad.Kind != BadPin {
		t.Errorf("another key: %v", err)
	}
	untrusted()
	if n := tokens.Load(); n > 0 {
		t.Errorf("a token was sent %d times before anybody trusted the key", n)
	}
	if _, err := a.Trust(t.Context(), "p", seen.Pin); err != nil {
		t.Fatal(err)
	}
	if status, err := a.TestDestination(t.Context(), "p"); err != nil || status.User == "" {
		t.Errorf("with its key trusted: %+v, %v", status, err)
	}
	if again, err := a.Certificate(t.Context(), "p"); err != nil || !again.Trusted {
		t.Errorf("%+v, %v", again, err)
	}
	if _, err := a.Trust(t.Context(), "p", ""); err != nil {
		t.Fatal(err)
	}
	untrusted()
	if _, err := a.MoveDestination(t.Context(), d.ID, "no address"); err == nil {
		t.Error("moved to no address")
	}
	if moved, err := a.MoveDestination(t.Context(), d.ID, "https://www.datos.example/"); err != nil || moved.URL != "https://www.datos.example" {
		t.Errorf("%+v, %v", moved, err)
	}
}

func TestACourierIsKeptWhileNothingOfItsDestinationChanges(t *testing.T) {
	a := opened(t)
	url, p, _ := secured(t)
	d, err := a.AddDestination(t.Context(), Destination{Name: "p", Kind: "ckan", URL: url, Organization: p.Organization()})
	if err != nil {
		t.Fatal(err)
	}
	courier := func(d Destination) portal.Client {
		t.Helper()
		c, err := a.client(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	first := courier(d)
	if courier(d) != first {
		t.Error("a second courier was made")
	}
	d.Organization = "another"
	if courier(d) == first {
		t.Error("the courier of another organization is the same")
	}
}

func TestAWithdrawnDatasetComesBackByAPersonsWordOnly(t *testing.T) {
	o := newOffice(t)
	o.publish("Gasto", PublishOptions{})
	if err := o.app.Withdraw(t.Context(), o.dataset, "portal"); err == nil {
		t.Error("withdrawn while it waits to be sent")
	}
	if sum := o.sync(); sum.Sent != 1 {
		t.Fatalf("%+v", sum)
	}
	if err := o.app.Withdraw(t.Context(), o.dataset, "portal"); err != nil {
		t.Fatal(err)
	}
	again := o.publish("Gasto, otra vez", PublishOptions{})
	if sum := o.sync(); sum.Parked != 1 {
		t.Fatalf("%+v", sum)
	}
	if c := o.job(again).Conflict; c == nil || c.Clash != portal.Gone {
		t.Fatalf("%+v", c)
	}
	if err := o.app.Resolve(t.Context(), again, "ours"); err != nil {
		t.Fatal(err)
	}
	if sum := o.sync(); sum.Sent != 1 || o.shows() != "Gasto, otra vez" {
		t.Errorf("%+v", sum)
	}
}

func TestAPublicationThatWasSampledIsReceiptedWholeOnceItWasVerified(t *testing.T) {
	o := newOffice(t)
	id := o.publish("Gasto", PublishOptions{})
	o.sync()
	receipt := *o.job(id).Receipt
	receipt.Verified = portal.Sampled
	if err := o.app.store.ReplaceReceipt(t.Context(), id, receipt); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		below int64
		want  string
	}{{1 << 60, portal.Sampled}, {-1, portal.Full}} {
		if err := o.app.SaveLinkRules(t.Context(), LinkRules{SampleBelow: c.below}); err != nil {
			t.Fatal(err)
		}
		o.sync()
		if got := o.job(id).Receipt; got.Verified != c.want {
			t.Errorf("below %d: %s, want %s", c.below, got.Verified, c.want)
		}
	}
	if got := o.job(id).Receipt; got.Verified != portal.Full || !got.At.Equal(receipt.At) {
		t.Errorf("%+v", got)
	}
}
