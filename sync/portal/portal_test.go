package portal_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"chasqui/sync/portal"
)

func TestFaultsOfATransportHaveTheirKinds(t *testing.T) {
	known := &portal.Error{Kind: portal.Conflict, Op: "create"}
	cases := []struct {
		name string
		err  error
		want portal.Kind
	}{
		{"no such host", &net.DNSError{IsNotFound: true}, portal.Unreachable},
		{"refused", &net.OpError{Op: "dial", Err: errors.New("connection refused")}, portal.Unreachable},
		{"cut", io.ErrUnexpectedEOF, portal.Unreachable},
		{"stalled", portal.ErrStalled, portal.Unreachable},
		{"given up", context.Canceled, portal.Unreachable},
		{"unknown authority", &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, portal.Untrusted},
		{"wrong name", x509.HostnameError{Certificate: &x509.Certificate{}, Host: "a"}, portal.Untrusted},
		{"expired", x509.CertificateInvalidError{Reason: x509.Expired}, portal.Untrusted},
		{"no TLS there", tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, portal.Garbled},
		{"a proxy wants a password", errors.New("Proxy Authentication Required"), portal.Blocked},
		{"known already", fmt.Errorf("wrapped: %w", known), portal.Conflict},
	}
	for _, c := range cases {
		err := c.err
		if c.name != "known already" {
			err = &url.Error{Op: "Get", URL: "https://x/?key=s3cret", Err: c.err}
		}
		got := portal.Fault("look", err)
		if got.Kind != c.want {
			t.Errorf("%s: %s, want %s", c.name, got.Kind, c.want)
		}
		if strings.Contains(got.Error(), "s3cret") {
			t.Errorf("%s: the address is told: %v", c.name, got)
		}
		if !errors.Is(got, c.err) && !errors.Is(err, got) {
			t.Errorf("%s: the cause is lost", c.name)
		}
	}
}

func TestOnlyWhatTimeCuresIsRetryable(t *testing.T) {
	for _, kind := range portal.Kinds {
		want := kind == portal.Unreachable || kind == portal.Busy || kind == portal.Garbled
		if got := (&portal.Error{Kind: kind}).Retryable(); got != want {
			t.Errorf("%s: %v", kind, got)
		}
	}
}

func TestRetryAfterIsReadAsSecondsOrADate(t *testing.T) {
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, "-5": 0, "soon": 0,
		"Sun, 01 Mar 2026 08:01:00 GMT": time.Minute, "Sun, 01 Mar 2026 07:00:00 GMT": 0,
	} {
		if got := portal.RetryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}

// trip is a transport made of a function.
type trip func(*http.Request) (*http.Response, error)

func (f trip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// drip gives one byte each pause, and blocks for good after n bytes.
type drip struct {
	ctx   context.Context
	pause time.Duration
	n     int
	then  error // after n bytes; nil blocks
}

func (d *drip) Read(p []byte) (int, error) {
	pause := time.After(d.pause)
	if d.n == 0 {
		if d.then != nil {
			return 0, d.then
		}
		pause = nil
	}
	select {
	case <-pause:
		d.n--
		p[0] = 'x'
		return 1, nil
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	}
}

func (d *drip) Close() error { return nil }

func TestTheWatchdogEndsAStallAndLeavesASlowTransferAlone(t *testing.T) {
	cases := []struct {
		name     string
		sends    *drip // the request's body
		thinks   time.Duration
		gets     *drip // the answer's body
		stalls   bool
		atLeast  time.Duration
		lessThan time.Duration
	}{
		{"slow both ways", &drip{pause: 50 * time.Second, n: 100, then: io.EOF}, 0, &drip{pause: 50 * time.Second, n: 100, then: io.EOF}, false, 2 * time.Hour, 4 * time.Hour},
		{"stalls while sending", &drip{pause: time.Second, n: 5}, 0, nil, true, time.Minute, 2 * time.Minute},
		{"a long thought", &drip{pause: time.Second, n: 1, then: io.EOF}, 170 * time.Second, &drip{n: 0, then: io.EOF}, false, 170 * time.Second, 4 * time.Minute},
		{"never answers", &drip{pause: time.Second, n: 1, then: io.EOF}, time.Hour, nil, true, 3 * time.Minute, 4 * time.Minute},
		{"stalls while answering", &drip{n: 0, then: io.EOF}, 0, &drip{pause: time.Second, n: 3}, true, time.Minute, 2 * time.Minute},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				err := exchange(t, c.sends, c.thinks, c.gets)
				if errors.Is(err, portal.ErrStalled) != c.stalls || (err != nil) != c.stalls {
					t.Errorf("got %v", err)
				}
				if took := time.Since(start); took < c.atLeast || took >= c.lessThan {
					t.Errorf("took %v", took)
				}
			})
		})
	}
}

// exchange sends one request through a watchdog of a minute to a server that
// reads all, thinks, and answers.
func exchange(t *testing.T, sends *drip, thinks time.Duration, gets *drip) error {
	server := trip(func(r *http.Request) (*http.Response, error) {
		sends.ctx = r.Context()
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			return nil, err
		}
		select {
		case <-time.After(thinks):
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
		resp := &http.Response{StatusCode: 200, Body: io.NopCloser(&bytes.Buffer{}), Request: r}
		if gets != nil {
			gets.ctx = r.Context()
			resp.Body = gets
		}
		return resp, nil
	})
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://x", sends)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := portal.Watchdog(server, time.Minute).RoundTrip(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func TestThrottleKeepsTheRateInBothDirections(t *testing.T) {
	for _, rate := range []int64{1, 1000, 64 << 10, 10 << 20} {
		synctest.Test(t, func(t *testing.T) {
			size := 30 * rate // half a minute each way
			server := trip(func(r *http.Request) (*http.Response, error) {
				n, err := io.Copy(io.Discard, r.Body)
				if n != size || err != nil {
					t.Errorf("the server got %d bytes of %d, %v", n, size, err)
				}
				return &http.Response{StatusCode: 200, Body: io.NopCloser(io.LimitReader(zeros{}, size)), Request: r}, nil
			})
			start := time.Now()
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://x", io.LimitReader(zeros{}, size))
			if err != nil {
				t.Fatal(err)
			}
			resp, err := portal.Throttle(server, func() int64 { return rate }, time.Now).RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if n, err := io.Copy(io.Discard, resp.Body); n != size || err != nil {
				t.Errorf("got %d bytes of %d, %v", n, size, err)
			}
			if took := time.Since(start); took < 57*time.Second || took > 63*time.Second {
				t.Errorf("at %d bytes a second a minute's worth took %v", rate, took)
			}
		})
	}
}

// zeros never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
