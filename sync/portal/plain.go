package portal

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// Wiring is what is particular about the way to a destination. The zero value
// is right for most.
type Wiring struct {
	// Proxy is the proxy's address, with its name and password if it wants
	// them; "" means the one that the environment names (HTTPS_PROXY,
	// HTTP_PROXY, NO_PROXY), which may hold them too.
	Proxy string
	// Pins are keys of certificates (see Pin) that a person said to trust. With
	// any, only these are trusted, whoever vouches for others.
	Pins []string
}

// Plain returns the transport that couriers use when they are given none: Wire
// with nothing particular.
func Plain() http.RoundTripper {
	t, _ := Wire(Wiring{}) // nothing that could be wrong
	return t
}

// Wire returns a transport that keeps connections, hears of the proxy, verifies
// certificates, and gives up on a connection that does not come about, in 20
// seconds for TCP and 30 for TLS. It waits a second for a server to say that it
// wants a large body at all. It does not limit an exchange as a whole: see
// Watchdog. The error is about the proxy's address.
func Wire(w Wiring) (http.RoundTripper, error) {
	dialer := &net.Dialer{Timeout: 20 * time.Second, KeepAlive: 30 * time.Second}
	t := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           dialer.DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConnsPerHost:   2,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   30 * time.Second,
		ExpectContinueTimeout: time.Second,
	}
	if w.Proxy != "" {
		at, err := url.Parse(w.Proxy)
		if err != nil || at.Host == "" {
			return nil, errors.Join(errBadProxy, withoutAddress(err))
		}
		t.Proxy = http.ProxyURL(at)
	}
	if len(w.Pins) > 0 {
		// The chain is not verified, since a person vouched for the key itself.
		t.TLSClientConfig = &tls.Config{InsecureSkipVerify: true, VerifyConnection: pinned(w.Pins)}
	}
	return t, nil
}

var errBadProxy = errors.New("the proxy's address is none")

// ErrOtherKey says that a pinned destination showed another key than the one
// that a person trusted. Fault makes it Untrusted.
var ErrOtherKey = errors.New("the certificate has another key than the one that is trusted")

func pinned(pins []string) func(tls.ConnectionState) error {
	return func(state tls.ConnectionState) error {
		if len(state.PeerCertificates) > 0 && slices.Contains(pins, Pin(state.PeerCertificates[0])) {
			return nil
		}
		return ErrOtherKey
	}
}

// Pin names a certificate's key: the SHA-256 of its SubjectPublicKeyInfo in
// base64, as RFC 7469 (2.4) writes it. A renewed certificate with the same key
// keeps its pin.
func Pin(cert *x509.Certificate) string {
	sum := sha256.Sum256(cert.RawSubjectPublicKeyInfo)
	return base64.StdEncoding.EncodeToString(sum[:])
}
