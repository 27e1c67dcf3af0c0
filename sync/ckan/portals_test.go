package ckan_test

import (
	"bufio"
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chasqui/sync/ckan"
	"chasqui/sync/portal"
	"chasqui/sync/portal/portaltest"
	"chasqui/sync/practice"
)

// small publishes a dataset of one file of n bytes.
func small(t *testing.T, target portal.Target, n int) error {
	t.Helper()
	ds, blobs := portaltest.Sample(target.Organization, strings.Repeat("x", n))
	_, err := ckan.New(target).Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}})
	return err
}

// opened is a practice portal and the target of its first editor, but for the
// address.
func opened(t *testing.T) (*practice.Portal, portal.Target) {
	t.Helper()
	p, err := practice.New(t.TempDir(), practice.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p, portal.Target{Organization: p.Organization(), Token: token(p.Tokens()[0].Token)}
}

func TestASignInPageIsNoAnswerOfThePortal(t *testing.T) {
	page := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<html><form>Bienvenido a la red del municipio</form></html>")
	})
	for name, h := range map[string]http.HandlerFunc{
		"in its place":    func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>Bienvenido</html>") },
		"at another host": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, page.URL+"/login", http.StatusFound) },
		"by status 511":   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(511) },
	} {
		srv := serve(t, h)
		_, err := ckan.New(portal.Target{URL: srv.URL, Token: token("t")}).Ping(t.Context())
		if e := asError(t, err); e.Kind != portal.Unreachable || e.Reason != portal.ForeignPage {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func TestASignInPageInTheMiddleOfAPublicationIsNoAttempt(t *testing.T) {
	p, target := opened(t)
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/package_revise") {
			http.Redirect(w, r, "http://login.example/", http.StatusFound)
			return
		}
		p.Handler().ServeHTTP(w, r)
	})
	target.URL = srv.URL
	if e := asError(t, small(t, target, 10)); e.Kind != portal.Unreachable || e.Reason != portal.ForeignPage {
		t.Errorf("%+v", e)
	}
}

func TestAPortalAtAnotherHostIsNamedAndGetsNoToken(t *testing.T) {
	p, target := opened(t)
	var tokens atomic.Int32
	www := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			tokens.Add(1)
		}
		p.Handler().ServeHTTP(w, r)
	})
	bare := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, www.URL+r.URL.RequestURI(), http.StatusMovedPermanently)
	})
	target.URL = bare.URL
	status, err := ckan.New(target).Ping(t.Context())
	if e := asError(t, err); e.Word() != "rejected_moved" || e.Fields["moved"] != www.URL || status.Moved != www.URL {
		t.Errorf("%+v, status %+v", e, status)
	}
	if e := asError(t, small(t, target, 10)); e.Reason != portal.Moved {
		t.Errorf("%+v", e)
	}
	if n := tokens.Load(); n > 0 {
		t.Errorf("the other host got the token %d times", n)
	}
}

func TestALimitOfAProxyIsHeardBeforeAByteIsSent(t *testing.T) {
	p, target := opened(t)
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > 1<<20 {
			w.WriteHeader(http.StatusRequestEntityTooLarge) // as nginx: by the header alone
			fmt.Fprint(w, "<html><h1>413 Request Entity Too Large</h1></html>")
			return
		}
		p.Handler().ServeHTTP(w, r)
	})
	target.URL = srv.URL
	ds, blobs := portaltest.Sample(target.Organization, strings.Repeat("x", 8<<20))
	var most int64
	_, err := ckan.New(target).Publish(t.Context(), portal.Publication{
		Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}, Progress: func(p portal.Progress) { most = max(most, p.Done) },
	})
	if e := asError(t, err); e.Kind != portal.TooLarge || e.Resource != ds.Resources[0].Name {
		t.Errorf("%+v", e)
	}
	if most != 0 {
		t.Errorf("%d bytes were read for sending", most)
	}
}

func TestFilesThatAreTooLargeTogetherGoOneByOne(t *testing.T) {
	p, target := opened(t)
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > 120<<10 {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		}
		p.Handler().ServeHTTP(w, r)
	})
	target.URL = srv.URL
	body := strings.Repeat("x", 70<<10)
	ds, blobs := portaltest.Sample(target.Organization, body+"a", body+"b", body+"c")
	if _, err := ckan.New(target).Publish(t.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}}); err != nil {
		t.Error(err)
	}
}

func TestAProxyThatDoesNotKnowExpectGetsTheFormAllTheSame(t *testing.T) {
	p, target := opened(t)
	refused := 0
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Expect") != "" {
			refused++
			w.WriteHeader(http.StatusExpectationFailed)
			return
		}
		p.Handler().ServeHTTP(w, r)
	})
	target.URL = srv.URL
	if err := small(t, target, 200<<10); err != nil || refused != 1 {
		t.Errorf("%v after %d refusals", err, refused)
	}
}

// certificate makes a key and a certificate that vouches for itself.
func certificate(t *testing.T, host string, until time.Time) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Portal de prueba"},
		NotBefore: until.Add(-48 * time.Hour), NotAfter: until,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	if ip := net.ParseIP(host); ip != nil {
		form.IPAddresses = []net.IP{ip}
	} else {
		form.DNSNames = []string{host}
	}
	raw, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key, Leaf: leaf}
}

// secured serves a handler with one certificate.
func secured(t *testing.T, h http.Handler, cert tls.Certificate) *httptest.Server {
	t.Helper()
	srv := httptest.NewUnstartedServer(h)
	srv.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
	srv.Config.ErrorLog = log.New(io.Discard, "", 0)
	srv.StartTLS()
	t.Cleanup(srv.Close)
	return srv
}

func TestACertificateThatDoesNotConvinceIsExplained(t *testing.T) {
	tomorrow, yesterday := time.Now().Add(24*time.Hour), time.Now().Add(-24*time.Hour)
	for word, c := range map[string]struct {
		cert  tls.Certificate
		known bool // somebody known vouches for it
	}{
		"untrusted_self_signed": {certificate(t, "127.0.0.1", tomorrow), false},
		"untrusted_expired":     {certificate(t, "127.0.0.1", yesterday), true},
		"untrusted_wrong_host":  {certificate(t, "datos.example", tomorrow), true},
	} {
		srv := secured(t, http.NotFoundHandler(), c.cert)
		pool := x509.NewCertPool()
		if c.known {
			pool.AddCert(c.cert.Leaf)
		}
		transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}
		_, err := ckan.New(portal.Target{URL: srv.URL, Transport: transport}).Ping(t.Context())
		e := asError(t, err)
		if e.Word() != word || e.Fields["pin"] != portal.Pin(c.cert.Leaf) || !strings.Contains(e.Fields["subject"], "Portal de prueba") {
			t.Errorf("%s: %+v", word, e)
		}
	}
}

func TestAPinnedKeyIsTrustedAndNoOther(t *testing.T) {
	p, target := opened(t)
	mine, other := certificate(t, "x", time.Now().Add(-time.Hour)), certificate(t, "127.0.0.1", time.Now().Add(time.Hour))
	for _, cert := range []tls.Certificate{mine, other} {
		srv := secured(t, p.Handler(), cert)
		transport, err := portal.Wire(portal.Wiring{Pins: []string{portal.Pin(mine.Leaf)}})
		if err != nil {
			t.Fatal(err)
		}
		target.URL, target.Transport = srv.URL, transport
		err = small(t, target, 10)
		if cert.Leaf == mine.Leaf && err != nil {
			t.Errorf("the pinned key: %v", err)
		}
		if cert.Leaf == other.Leaf && asError(t, err).Kind != portal.Untrusted {
			t.Errorf("another key: %v", err)
		}
	}
}

func TestAProxyWantsItsPassword(t *testing.T) {
	p, target := opened(t)
	target.URL = "http://datos.example" // nobody but the proxy knows it
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte("oficina:clave con ñ"))
	proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Proxy-Authorization") != want {
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		p.Handler().ServeHTTP(w, r)
	})
	for password, ok := range map[string]bool{"clave con ñ": true, "otra": false} {
		at, err := url.Parse(proxy.URL)
		if err != nil {
			t.Fatal(err)
		}
		at.User = url.UserPassword("oficina", password)
		if target.Transport, err = portal.Wire(portal.Wiring{Proxy: at.String()}); err != nil {
			t.Fatal(err)
		}
		err = small(t, target, 10)
		if ok && err != nil {
			t.Errorf("with its password: %v", err)
		}
		if !ok {
			if e := asError(t, err); e.Kind != portal.Blocked || strings.Contains(fmt.Sprintf("%+v", e), password) {
				t.Errorf("with another: %+v", e)
			}
		}
	}
	if _, err := portal.Wire(portal.Wiring{Proxy: "::secret::"}); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("an address that is none: %v", err)
	}
}

func TestAPortalMayLiveAtIPv6(t *testing.T) {
	l, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skipf("no IPv6 here: %v", err)
	}
	p, target := opened(t)
	srv := &http.Server{Handler: p.Handler()}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	defer func() { srv.Close(); <-done }()
	target.URL = "http://" + l.Addr().String()
	if err := small(t, target, 10); err != nil {
		t.Error(err)
	}
}

// TestAnswersOfHTTP10AreUnderstood: old proxies close after each answer and say
// no length.
func TestAnswersOfHTTP10AreUnderstood(t *testing.T) {
	p, target := opened(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan bool)
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			answerOnce(conn, p.Handler())
		}
	}()
	defer func() { l.Close(); <-done }()
	target.URL = "http://" + l.Addr().String()
	if err := small(t, target, 10); err != nil {
		t.Error(err)
	}
}

func answerOnce(conn net.Conn, h http.Handler) {
	defer conn.Close()
	req, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		return
	}
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return
	}
	req.Body = io.NopCloser(bytes.NewReader(body))
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	fmt.Fprintf(conn, "HTTP/1.0 %d x\r\n", rec.Code)
	rec.Header().Write(conn)
	fmt.Fprint(conn, "\r\n")
	conn.Write(rec.Body.Bytes())
}
