package portal

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"
)

// Throttle returns a transport that moves at most rate bytes a second, both
// directions and all its requests together, headers not counted. rate is asked
// anew for each piece, so that a change is heard in mid-transfer; 0 or less
// limits nothing. now is the clock.
//
// It belongs below Watchdog: a byte that waits for its turn has not moved, and
// no wait is longer than a fraction of a second.
func Throttle(next http.RoundTripper, rate func() int64, now func() time.Time) http.RoundTripper {
	return &throttle{next: next, pace: &pace{rate: rate, now: now}}
}

type throttle struct {
	next http.RoundTripper
	pace *pace
}

// RoundTrip sends the request with both bodies at the pace.
func (t *throttle) RoundTrip(req *http.Request) (*http.Response, error) {
	out := req.Clone(req.Context())
	if req.Body != nil && req.Body != http.NoBody {
		out.Body = &paced{req.Body, t.pace, req.Context()}
	}
	resp, err := t.next.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	resp.Body = &paced{resp.Body, t.pace, req.Context()}
	return resp, nil
}

// pace gives bytes their time: free is when the next byte may move.
type pace struct {
	rate func() int64
	now  func() time.Time
	mu   sync.Mutex
	free time.Time
}

// chunk is the most that moves at once: a tenth of a second's worth.
func (p *pace) chunk() int {
	const most = 64 << 10
	rate := p.rate()
	if rate <= 0 {
		return most
	}
	return int(min(max(rate/10, 1), most))
}

// spend books n bytes that moved and waits until the next may.
func (p *pace) spend(ctx context.Context, n int) error {
	rate := p.rate()
	if rate <= 0 {
		return nil
	}
	p.mu.Lock()
	now := p.now()
	if p.free.Before(now) {
		p.free = now
	}
	p.free = p.free.Add(time.Duration(n) * time.Second / time.Duration(rate))
	wait := p.free.Sub(now)
	p.mu.Unlock()
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

type paced struct {
	io.ReadCloser
	pace *pace
	ctx  context.Context
}

// Read reads a chunk at most and then waits for as long as it is worth.
func (b *paced) Read(buf []byte) (int, error) {
	if limit := b.pace.chunk(); len(buf) > limit {
		buf = buf[:limit]
	}
	n, err := b.ReadCloser.Read(buf)
	if n > 0 {
		if late := b.pace.spend(b.ctx, n); late != nil && err == nil {
			err = late
		}
	}
	return n, err
}
