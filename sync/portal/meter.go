package portal

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"
)

// sizable is the least body, in bytes, from whose transfer a rate can be told:
// a smaller one fits into the buffers on the way and seems to take no time.
const sizable = 32 << 10

// Tally is what a piece of work moved over the network. Sent and Received are
// bytes of bodies, headers not counted. Uploads and Downloads are the part of
// them that went in bodies large enough to tell a rate from, and Uploading and
// Downloading the time that this part took.
type Tally struct {
	Requests    int
	Sent        int64
	Received    int64
	Uploads     int64
	Downloads   int64
	Uploading   time.Duration
	Downloading time.Duration
}

// Meter adds up what the requests of one piece of work move. The zero value is
// ready; it may be read while the work goes on.
type Meter struct {
	mu  sync.Mutex
	sum Tally
}

// Tally returns the sums so far.
func (m *Meter) Tally() Tally {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.sum
}

func (m *Meter) add(change func(*Tally)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	change(&m.sum)
}

type meterKey struct{}

// Measure returns a context whose requests, through a Metered transport, are
// counted by the meter.
func Measure(ctx context.Context, m *Meter) context.Context {
	return context.WithValue(ctx, meterKey{}, m)
}

// Metered returns a transport that counts for the meter in each request's
// context, if there is one. now is the clock.
func Metered(next http.RoundTripper, now func() time.Time) http.RoundTripper {
	return &metered{next: next, now: now}
}

type metered struct {
	next http.RoundTripper
	now  func() time.Time
}

// RoundTrip sends the request and counts both bodies.
func (t *metered) RoundTrip(req *http.Request) (*http.Response, error) {
	m, ok := req.Context().Value(meterKey{}).(*Meter)
	if !ok {
		return t.next.RoundTrip(req)
	}
	m.add(func(sum *Tally) { sum.Requests++ })
	out := req.Clone(req.Context())
	var up *counted
	if req.Body != nil && req.Body != http.NoBody {
		up = &counted{ReadCloser: req.Body, moved: func(n int64) { m.add(func(sum *Tally) { sum.Sent += n }) }}
		out.Body = up
	}
	start := t.now()
	resp, err := t.next.RoundTrip(out)
	// The answer's first byte says that the last of ours arrived; before it,
	// they may lie in a buffer of this computer.
	if n := up.count(); n >= sizable {
		m.add(func(sum *Tally) { sum.Uploads += n; sum.Uploading += t.now().Sub(start) })
	}
	if err != nil {
		return nil, err
	}
	start = t.now()
	resp.Body = &counted{
		ReadCloser: resp.Body,
		moved:      func(n int64) { m.add(func(sum *Tally) { sum.Received += n }) },
		ended: func(n int64) {
			if n >= sizable {
				m.add(func(sum *Tally) { sum.Downloads += n; sum.Downloading += t.now().Sub(start) })
			}
		},
	}
	return resp, nil
}

// counted is a body that tells how much of it was read, and once, when it is
// closed, how much that was in all.
type counted struct {
	io.ReadCloser
	moved func(int64)
	ended func(int64)
	mu    sync.Mutex
	n     int64
	done  bool
}

// Read passes on and counts.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	if n > 0 {
		c.mu.Lock()
		c.n += int64(n)
		c.mu.Unlock()
		c.moved(int64(n))
	}
	return n, err
}

// Close tells the sum.
func (c *counted) Close() error {
	c.mu.Lock()
	n, first := c.n, !c.done
	c.done = true
	c.mu.Unlock()
	if first && c.ended != nil {
		c.ended(n)
	}
	return c.ReadCloser.Close()
}

func (c *counted) count() int64 {
	if c == nil {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}
