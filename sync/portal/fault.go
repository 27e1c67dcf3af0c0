package portal

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Fault turns what a transport returned instead of an answer into an *Error of
// the step op. A certificate that does not convince is Untrusted; a proxy that
// refuses is Blocked; a server that does not speak TLS where it should is
// Garbled; all else, a cut and a stall too, is Unreachable. An error that is an
// *Error already is returned as it is.
func Fault(op string, err error) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	e := &Error{Kind: faultKind(err), Op: op, Err: withoutAddress(err)}
	if e.Kind == Untrusted {
		e.Reason, e.Fields = distrust(err)
	}
	return e
}

// distrust says why a certificate does not convince, and whose it is.
func distrust(err error) (Reason, map[string]string) {
	var (
		reason    Reason
		leaf      *x509.Certificate
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		invalid   x509.CertificateInvalidError
		verify    *tls.CertificateVerificationError
	)
	switch {
	case errors.As(err, &invalid):
		leaf = invalid.Cert
		if invalid.Reason == x509.Expired {
			reason = Expired
		}
	case errors.As(err, &host):
		reason, leaf = WrongHost, host.Certificate
	case errors.As(err, &authority):
		reason = SelfSigned
	}
	if errors.As(err, &verify) && len(verify.UnverifiedCertificates) > 0 {
		leaf = verify.UnverifiedCertificates[0]
	}
	if leaf == nil {
		return reason, nil
	}
	return reason, map[string]string{
		"subject":   leaf.Subject.String(),
		"issuer":    leaf.Issuer.String(),
		"not_after": leaf.NotAfter.UTC().Format(time.DateOnly),
		"pin":       Pin(leaf),
	}
}

func faultKind(err error) Kind {
	var (
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		invalid   x509.CertificateInvalidError
		verify    *tls.CertificateVerificationError
		record    tls.RecordHeaderError
	)
	switch {
	case errors.Is(err, ErrOtherKey), errors.As(err, &verify), errors.As(err, &authority), errors.As(err, &host), errors.As(err, &invalid):
		return Untrusted
	case errors.As(err, &record):
		return Garbled
	case errors.Is(err, http.ErrSchemeMismatch):
		return Garbled
	case strings.Contains(err.Error(), "Proxy Authentication Required"):
		// net/http has no type for a CONNECT that a proxy refused; its text is
		// the status line's reason.
		return Blocked
	}
	return Unreachable
}

// withoutAddress drops the address from an error of net/http: its query can
// hold what belongs in no log.
func withoutAddress(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// StatusKind maps the status of an answer that is not the API's own (a proxy's
// page, a gateway's) to a Kind: 413 is TooLarge; 511, which is a network's wish
// to sign in, Unreachable; 429 and other 5xx Busy; 401, 403, 407 and 451
// Blocked; anything else Garbled.
func StatusKind(status int) Kind {
	switch {
	case status == http.StatusRequestEntityTooLarge:
		return TooLarge
	case status == http.StatusNetworkAuthenticationRequired:
		return Unreachable
	case status == http.StatusTooManyRequests, status >= 500:
		return Busy
	case status == http.StatusUnauthorized, status == http.StatusForbidden,
		status == http.StatusProxyAuthRequired, status == http.StatusUnavailableForLegalReasons:
		return Blocked
	}
	return Garbled
}

// RetryAfter reads the header of that name, in seconds or as a date (RFC 9110,
// 10.2.3); 0 if it is missing, past or unreadable.
func RetryAfter(h http.Header, now time.Time) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return 0
	}
	if s, err := strconv.Atoi(v); err == nil {
		return max(0, time.Duration(s)*time.Second)
	}
	if at, err := http.ParseTime(v); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

// ErrStalled is the cause when Watchdog ended a request.
var ErrStalled = errors.New("no byte moved for too long")
