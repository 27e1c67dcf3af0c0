package portal

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"
)

// Watchdog returns a transport that ends a request when no byte of it moved
// for idle, in either direction, and leaves one that moves alone, however slow:
// a thin link may take an hour for a file. While the server thinks, after the
// last byte sent and before the first received, it waits three times idle. An
// ended request fails with ErrStalled.
func Watchdog(next http.RoundTripper, idle time.Duration) http.RoundTripper {
	return &watchdog{next: next, idle: idle}
}

type watchdog struct {
	next http.RoundTripper
	idle time.Duration
}

// RoundTrip sends the request with a timer that each moved byte sets back.
func (w *watchdog) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(req.Context())
	leash := &leash{idle: w.idle}
	leash.timer = time.AfterFunc(3*w.idle, func() { cancel(ErrStalled) })
	out := req.Clone(ctx)
	if req.Body != nil && req.Body != http.NoBody {
		out.Body = &watched{ReadCloser: req.Body, leash: leash}
	}
	resp, err := w.next.RoundTrip(out)
	if err != nil {
		leash.stop()
		if cause := context.Cause(ctx); cause == ErrStalled {
			err = cause
		}
		cancel(nil)
		return nil, err
	}
	leash.reset(w.idle)
	resp.Body = &watched{ReadCloser: resp.Body, leash: leash, answer: true, ctx: ctx, end: func() { cancel(nil) }}
	return resp, nil
}

// leash is the timer of one request.
type leash struct {
	mu    sync.Mutex
	idle  time.Duration
	timer *time.Timer
	done  bool
}

func (l *leash) reset(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.done {
		l.timer.Reset(d)
	}
}

func (l *leash) stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.done = true
	l.timer.Stop()
}

// watched is a body whose reads set the leash back. Only the answer's end
// ends the leash: after the request's body the server still has to speak.
type watched struct {
	io.ReadCloser
	leash  *leash
	answer bool
	ctx    context.Context
	end    func()
}

// Read passes on, and counts any byte as progress.
func (b *watched) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	switch {
	case err == nil && n > 0:
		b.leash.reset(b.leash.idle)
	case err == io.EOF && !b.answer:
		b.leash.reset(3 * b.leash.idle)
	case err != nil && b.answer:
		b.leash.stop()
		if context.Cause(b.ctx) == ErrStalled {
			err = ErrStalled
		}
	}
	return n, err
}

// Close ends the leash with the answer.
func (b *watched) Close() error {
	err := b.ReadCloser.Close()
	if b.answer {
		b.leash.stop()
		b.end()
	}
	return err
}
