package outbox

import (
	"context"
	"sync"
	"time"
)

// watchLimit is the longest that Watch rests without looking at the clock
// again, so that a clock set forward or a machine woken up is noticed.
const watchLimit = time.Minute

// Wake makes Watch look at the queue at once: call it when a job was queued or
// the link has returned.
func (r *Runner) Wake() {
	select {
	case r.bell() <- struct{}{}:
	default:
	}
}

func (r *Runner) bell() chan struct{} {
	r.held.Lock()
	defer r.held.Unlock()
	if r.nudge == nil {
		r.nudge = make(chan struct{}, 1)
	}
	return r.nudge
}

// Watch sends what is due, as it becomes due, until the context ends; it then
// waits for the running couriers and returns nil. Each destination works on
// its own, so a slow one holds nobody back. An error of the Store ends it.
func (r *Runner) Watch(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	if err := r.Recover(ctx); err != nil {
		return err
	}
	var wg sync.WaitGroup
	defer wg.Wait()
	busy := &busySet{}
	for {
		next, err := r.dispatch(ctx, &wg, busy, stop)
		if err != nil && ctx.Err() == nil {
			return err
		}
		timer := time.NewTimer(max(time.Millisecond, min(next, watchLimit)))
		select {
		case <-ctx.Done():
			timer.Stop()
			if cause := context.Cause(ctx); cause != ctx.Err() {
				return cause
			}
			return nil
		case <-r.bell():
		case <-timer.C:
		}
		timer.Stop()
	}
}

// dispatch starts a lane for every destination that has a due job and none
// under way, and returns how long until the next job is due. A destination that
// is out of reach is left alone until it is to be looked at again; it is then
// asked by one small question, not by a job each.
func (r *Runner) dispatch(ctx context.Context, wg *sync.WaitGroup, busy *busySet, fail context.CancelCauseFunc) (time.Duration, error) {
	jobs, err := r.Store.Jobs(ctx)
	if err != nil {
		return 0, err
	}
	now, fresh := r.Now(), r.takeFresh()
	next := watchLimit
	queues := map[string][]Job{}
	ready := map[string]bool{}
	for _, job := range jobs {
		queues[job.Destination] = append(queues[job.Destination], job)
		idle := job.State == Available || job.State == Retryable
		switch {
		case !idle || job.Paused:
		case due(job, now) || fresh && job.Why == Offline:
			ready[job.Destination] = true
		default:
			next = min(next, job.NotBefore.Sub(now))
		}
	}
	for destination := range ready {
		link := r.link(destination)
		if closed, wait := link.closed(now); closed && !fresh {
			next = min(next, wait)
			continue
		}
		if resting, wait := link.resting(now); resting {
			next = min(next, wait)
			continue
		}
		if !busy.enter(destination) {
			continue
		}
		wg.Go(func() {
			tried, err := r.send(ctx, destination, queues[destination], fresh)
			busy.leave(destination)
			if err != nil {
				fail(err)
			}
			if tried {
				r.Wake()
			}
		})
	}
	return next, nil
}

// send runs a destination's lane, after a look whether it is there if it was
// not. Where it is back, the jobs that waited for it wait no more. It reports
// whether anything was tried.
func (r *Runner) send(ctx context.Context, destination string, queue []Job, back bool) (bool, error) {
	if l := r.link(destination); l.Known && !l.Up {
		l, err := r.Probe(ctx, destination)
		if err == nil && !l.Up {
			return true, nil
		}
		back = true // an error of the program will show in a job
	}
	now := r.Now()
	sum, err := r.lane(ctx, queue, func(j Job) bool { return due(j, now) || back && j.Why == Offline })
	return sum.tried > 0, err
}

// busySet is the destinations that have a lane under way.
type busySet struct {
	mu  sync.Mutex
	set map[string]bool
}

func (b *busySet) enter(name string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.set == nil {
		b.set = map[string]bool{}
	}
	if b.set[name] {
		return false
	}
	b.set[name] = true
	return true
}

func (b *busySet) leave(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.set, name)
}
