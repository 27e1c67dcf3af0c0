package outbox

import (
	"context"
	"errors"
	"time"

	"chasqui/sync/portal"
)

// Link is what is known of the way to a destination.
type Link struct {
	Destination string
	Known       bool // it was tried since the program started
	Up          bool
	Since       time.Time   // when it became so
	Next        time.Time   // while it is down: when it is looked at again
	Rest        time.Time   // while it is up: it is left in peace until then
	Kind        portal.Kind // how the destination answered, if not well: Denied, Busy ...

	tries int // looks in a row that found it down
}

// Links returns what is known of each destination that was tried.
func (r *Runner) Links() []Link {
	r.held.Lock()
	defer r.held.Unlock()
	var out []Link
	for _, l := range r.links {
		out = append(out, l)
	}
	return out
}

func (r *Runner) link(destination string) Link {
	r.held.Lock()
	defer r.held.Unlock()
	l := r.links[destination]
	l.Destination = destination
	return l
}

// Probe looks whether a destination can be reached, without sending anything,
// and returns what is known then. A destination that answers, whatever it
// says, is up. An error is of the program, not of the link.
func (r *Runner) Probe(ctx context.Context, destination string) (Link, error) {
	client, _, err := r.Client(ctx, Job{Destination: destination})
	if err != nil {
		return r.link(destination), err
	}
	_, err = client.Ping(ctx)
	if ctx.Err() != nil {
		return r.link(destination), nil
	}
	var pe *portal.Error
	switch {
	case err == nil:
		return r.note(destination, true, ""), nil
	case errors.As(err, &pe) && !unasked(pe):
		return r.note(destination, pe.Kind != portal.Unreachable, pe.Kind), nil
	}
	return r.link(destination), err
}

// unasked reports whether an error came before any question was sent: the
// token could not be read here, and that says nothing of the way.
func unasked(e *portal.Error) bool { return e.Kind == portal.Denied && e.Status == 0 }

// Returned says that the network of this computer changed: destinations that
// could not be reached are looked at at once.
func (r *Runner) Returned() {
	r.held.Lock()
	r.fresh = true
	r.held.Unlock()
	r.Wake()
}

// takeFresh reports whether Returned was called since the last time.
func (r *Runner) takeFresh() bool {
	r.held.Lock()
	defer r.held.Unlock()
	fresh := r.fresh
	r.fresh = false
	return fresh
}

// note keeps what a look or a run found of a destination, and tells of it if
// that is news.
func (r *Runner) note(destination string, up bool, kind portal.Kind) Link {
	now := r.Now().Round(0) // the wall's clock: a laptop may sleep in between
	r.held.Lock()
	was := r.links[destination]
	l := Link{Destination: destination, Known: true, Up: up, Since: was.Since, Kind: kind}
	if up && kind != "" {
		l.Rest = was.Rest
	}
	if !was.Known || was.Up != up {
		l.Since = now
	}
	if !up {
		l.tries = was.tries + 1
		l.Next = Backoff(Job{Why: Offline, Snoozes: l.tries}, now, r.Jitter(), 0)
	}
	if r.links == nil {
		r.links = map[string]Link{}
	}
	r.links[destination] = l
	r.held.Unlock()
	if was.Known != l.Known || was.Up != l.Up || was.Kind != l.Kind {
		r.tell(Report{Event: "link", Job: Job{Destination: destination}, Kind: kind, Link: l})
	}
	return l
}

// rest leaves a destination in peace until then: it asked for patience, or one
// job after the other failed there.
func (r *Runner) rest(destination string, until time.Time) {
	r.held.Lock()
	defer r.held.Unlock()
	if l, ok := r.links[destination]; ok && l.Up {
		l.Rest = until
		r.links[destination] = l
	}
}

// wakeAll ends all rests: a person asked for a pass now.
func (r *Runner) wakeAll() {
	r.held.Lock()
	defer r.held.Unlock()
	for destination, l := range r.links {
		l.Rest = time.Time{}
		r.links[destination] = l
	}
}

// urge ends the waits of one destination: a person asked for it now. One that
// was down is looked at before anything is sent.
func (r *Runner) urge(destination string) {
	r.held.Lock()
	defer r.held.Unlock()
	if l, ok := r.links[destination]; ok {
		l.Rest, l.Next = time.Time{}, time.Time{}
		r.links[destination] = l
	}
}

// closed reports whether a destination is down and not to be looked at yet, and
// for how long.
func (l Link) closed(now time.Time) (bool, time.Duration) {
	return ahead(l.Known && !l.Up, l.Next, now, 2*offlineLimit)
}

// resting reports whether a destination is left in peace, and for how long.
func (l Link) resting(now time.Time) (bool, time.Duration) {
	return ahead(l.Known && l.Up, l.Rest, now, askedLimit+time.Hour)
}

// ahead reports whether a time lies ahead, and how far. A longer wait than any
// that is set is the trace of a clock that was wrong.
func ahead(counts bool, until, now time.Time, most time.Duration) (bool, time.Duration) {
	wait := until.Sub(now)
	return counts && wait > 0 && wait <= most, wait
}
