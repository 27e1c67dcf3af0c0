package outbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"chasqui/sync/portal"
)

// Runner moves jobs through the table. One Runner serves one Store: it is the
// only one that changes jobs while it lives (the data folder's lock sees to
// that), so what it finds running without having it in hand is left over from
// a run that died. All methods may be called from any goroutine.
type Runner struct {
	Store Store
	// Client makes the courier for a job's destination and opens its frozen
	// files. It is asked at each run, so that an address or a token changed
	// since is heard. An error that is no *portal.Error counts as a Defect.
	Client func(ctx context.Context, job Job) (portal.Client, portal.Files, error)
	// Now is the clock; Jitter is chance, in [0, 1). Both are required.
	Now    func() time.Time
	Jitter func() float64
	// Admit, if set, is asked before each run whether the office lets the job
	// go now. It is read anew each time, so that a setting changed since is
	// heard.
	Admit func(ctx context.Context, job Job) (Verdict, error)
	// Pace, if set, tells how fast a destination has been lately.
	Pace func(ctx context.Context, destination string) (Pace, error)
	// Observer, if set, hears of every change and of progress, one call at a
	// time; it must return at once and not call the Runner.
	Observer func(Report)

	edit  sync.Mutex // one read-change-write of a job at a time
	speak sync.Mutex // one call of the Observer at a time
	held  sync.Mutex // guards what follows
	runs  map[string]context.CancelCauseFunc
	nudge chan struct{}
	links map[string]Link
	fresh bool // the computer's network changed, and nobody looked since
}

// Verdict is what Admit says of a job. The zero value lets it go.
type Verdict struct {
	Wait   bool      // not now; the job keeps its place and nothing is written of it
	Hours  time.Time // not zero: not before the link hours begin, at that time
	Reason Reason    // not "": not before a person said yes
}

// Report is what the Observer hears. Event is an Event, one of Words, "link"
// with Link and the destination in Job, or "progress", with Step, Resource,
// Done and Total in bytes.
type Report struct {
	Event    string
	Job      Job
	Step     string
	Resource string
	Done     int64
	Total    int64
	Kind     portal.Kind // of the failure, if it was one
	Detail   string
	Receipt  *portal.Receipt
	Link     Link
}

// Defect is the Kind of an attempt that failed by a fault of the program: a
// panic, or an error that is no *portal.Error.
const Defect portal.Kind = "defect"

// Summary is how a pass ended. Sent, Cancelled and Defects count what this
// pass did; Waiting and Parked count what is left in the queue.
type Summary struct {
	Sent, Cancelled, Waiting, Parked, Defects int

	tried int
}

var errPaused = errors.New("outbox: paused by a person")
var errCancelled = errors.New("outbox: cancelled by a person")

// Recover makes every job that was left running available again, without
// counting it as an error. Call it at start; every pass does so too for
// results that could not be written.
func (r *Runner) Recover(ctx context.Context) error {
	jobs, err := r.Store.Jobs(ctx)
	if err != nil {
		return err
	}
	for _, job := range jobs {
		if job.State != Running || r.has(job.ID) {
			continue
		}
		_, err := r.change(ctx, job.ID, Recovered, func(j *Job) { j.Why, j.NotBefore = Due, time.Time{} }, record{})
		if err != nil && !illegal(err) {
			return err
		}
	}
	return nil
}

// Once tries every job once that is neither paused, parked nor scheduled for
// later, whatever its backoff: destinations side by side, each in Order. Where
// a destination turns out to be out of reach or strained, its other jobs are left as they
// are. With only, nothing but those jobs is tried and counted; a job that must
// wait for an earlier one still waits.
func (r *Runner) Once(ctx context.Context, only ...string) (Summary, error) {
	if err := r.Recover(ctx); err != nil {
		return Summary{}, err
	}
	r.wakeAll()
	jobs, err := r.Store.Jobs(ctx)
	if err != nil {
		return Summary{}, err
	}
	wanted := func(job Job) bool { return len(only) == 0 || slices.Contains(only, job.ID) }
	now := r.Now()
	ready := func(job Job) bool {
		return wanted(job) && !(job.Why == Scheduled && job.NotBefore.After(now))
	}
	sum, err := r.lanes(ctx, jobs, ready)
	left, lerr := r.Store.Jobs(context.WithoutCancel(ctx))
	for _, job := range left {
		switch {
		case !wanted(job):
		case job.State == Parked:
			sum.Parked++
		default:
			sum.Waiting++
		}
	}
	return sum, errors.Join(err, lerr)
}

// lanes runs the ready jobs, one goroutine a destination, and waits for all.
func (r *Runner) lanes(ctx context.Context, jobs []Job, ready func(Job) bool) (Summary, error) {
	byDestination := map[string][]Job{}
	for _, job := range jobs {
		byDestination[job.Destination] = append(byDestination[job.Destination], job)
	}
	var (
		wg  sync.WaitGroup
		mu  sync.Mutex
		sum Summary
		all error
	)
	for _, queue := range byDestination {
		wg.Go(func() {
			part, err := r.lane(ctx, queue, ready)
			mu.Lock()
			defer mu.Unlock()
			sum.Sent += part.Sent
			sum.Cancelled += part.Cancelled
			sum.Defects += part.Defects
			all = errors.Join(all, err)
		})
	}
	wg.Wait()
	return sum, all
}

// lane runs one destination's ready jobs in Order. A job that does not end
// holds back the later ones of its own dataset, and no others; a destination
// that can't be reached ends the lane, and so does one that asks for patience or
// fails one dataset after the other.
func (r *Runner) lane(ctx context.Context, queue []Job, ready func(Job) bool) (Summary, error) {
	var sum Summary
	waits := map[string]bool{}
	failed := 0 // datasets in a row
	for _, job := range r.ordered(ctx, queue) {
		if ctx.Err() != nil {
			return sum, nil
		}
		idle := job.State == Available || job.State == Retryable
		if waits[job.Dataset] || !idle || job.Paused || !ready(job) {
			waits[job.Dataset] = true
			continue
		}
		admitted, err := r.admit(ctx, job)
		if err != nil {
			return sum, err
		}
		if !admitted {
			waits[job.Dataset] = true
			continue
		}
		sum.tried++
		end, defect, err := r.run(ctx, job.ID)
		switch {
		case err != nil && !errors.Is(err, ErrStale) && !illegal(err):
			return sum, fmt.Errorf("outbox: job %s: %w", job.ID, err)
		case end.State == Completed:
			sum.Sent++
		case end.State == Cancelled:
			sum.Cancelled++
		default:
			waits[job.Dataset] = true
		}
		if defect {
			sum.Defects++
		}
		if failed++; end.State != Retryable || defect {
			failed = 0
		}
		if failed == patienceWith {
			r.rest(job.Destination, end.NotBefore)
		}
		if resting, _ := r.link(job.Destination).resting(r.Now()); resting || end.Why == Offline && r.down(ctx, job.Destination) {
			return sum, nil
		}
	}
	return sum, nil
}

// patienceWith is how many datasets in a row a destination may fail before it
// is left in peace.
const patienceWith = 3

// ordered puts a destination's queue into the order in which it is tried.
func (r *Runner) ordered(ctx context.Context, queue []Job) []Job {
	slow := false
	if r.Pace != nil && len(queue) > 0 {
		pace, err := r.Pace(ctx, queue[0].Destination)
		slow = err == nil && pace.Slow()
	}
	return Order(queue, slow, r.Now())
}

// admit asks the office's rules, and writes down what a job waits for. A job
// that is to end is let through: the look costs little, and a person asked.
func (r *Runner) admit(ctx context.Context, job Job) (bool, error) {
	if r.Admit == nil || job.Cancelling {
		return true, nil
	}
	v, err := r.Admit(ctx, job)
	if err != nil {
		return false, err
	}
	switch {
	case v.Wait:
		return false, nil
	case !v.Hours.IsZero():
		if job.State == Available && (job.Why != Window || !job.NotBefore.Equal(v.Hours)) {
			_, err = r.mark(ctx, job.ID, "held", func(j *Job) {
				if j.State == Available {
					j.Why, j.NotBefore = Window, v.Hours
				}
			})
		}
		return false, unlessMoved(err)
	case v.Reason != "":
		_, err = r.change(ctx, job.ID, Asked, func(j *Job) { j.Reason, j.NotBefore = v.Reason, time.Time{} }, record{})
		return false, unlessMoved(err)
	}
	return true, nil
}

// unlessMoved forgives that a job moved on while it was judged.
func unlessMoved(err error) error {
	if errors.Is(err, ErrStale) || illegal(err) {
		return nil
	}
	return err
}

// down looks whether it is the destination that can't be reached, or whether
// just one job was cut off on the way.
func (r *Runner) down(ctx context.Context, destination string) bool {
	l, err := r.Probe(ctx, destination)
	return err == nil && l.Known && !l.Up
}

// record is what goes on record with a change.
type record struct {
	entry   Entry // At, Event and Until are filled in
	attempt *Attempt
	receipt *portal.Receipt
}

// change applies one event to a job: it reads the job, looks the transition
// up, lets set adjust the rest, and writes all of it at once. The returned job
// is the written one. The context's end does not stop the write: what happened
// must be on record.
func (r *Runner) change(ctx context.Context, id string, event Event, set func(*Job), rec record) (Job, error) {
	ctx = context.WithoutCancel(ctx)
	r.edit.Lock()
	defer r.edit.Unlock()
	job, err := r.Store.Job(ctx, id)
	if err != nil {
		return Job{}, err
	}
	step, err := Next(job.State, event)
	if err == nil && event == Taken && job.Paused {
		// Paused since the queue was read.
		err = &IllegalError{State: job.State, Event: event}
	}
	if err != nil {
		return job, err
	}
	from := job.State
	job.State = step.To
	if step.Counts {
		job.Attempts++
		job.Snoozes = 0
	} else {
		rec.attempt = nil
	}
	if step.To != Parked {
		job.Reason = ""
	}
	if step.To != Available {
		job.Why = Due // only a waiting job waits for something
	}
	set(&job)
	job.Updated = r.Now()
	entry := rec.entry
	entry.At, entry.Event = job.Updated, string(event)
	if job.NotBefore.After(job.Updated) {
		entry.Until = job.NotBefore
	}
	if err := r.Store.Apply(ctx, from, job, entry, rec.attempt, rec.receipt); err != nil {
		return job, err
	}
	report := Report{Event: string(event), Job: job, Kind: entry.Kind, Resource: entry.File, Detail: entry.Detail, Receipt: rec.receipt}
	r.tell(report)
	return job, nil
}

func illegal(err error) bool {
	var bad *IllegalError
	return errors.As(err, &bad)
}

func (r *Runner) tell(report Report) {
	if r.Observer == nil {
		return
	}
	r.speak.Lock()
	defer r.speak.Unlock()
	r.Observer(report)
}

func (r *Runner) has(id string) bool {
	r.held.Lock()
	defer r.held.Unlock()
	_, ok := r.runs[id]
	return ok
}

func (r *Runner) hold(id string, stop context.CancelCauseFunc) {
	r.held.Lock()
	defer r.held.Unlock()
	if r.runs == nil {
		r.runs = map[string]context.CancelCauseFunc{}
	}
	r.runs[id] = stop
}

// letGo forgets a run.
func (r *Runner) letGo(id string) {
	r.held.Lock()
	defer r.held.Unlock()
	delete(r.runs, id)
}

// StopRuns ends every courier at work, as when all sending is paused; their
// jobs go on later where they left off.
func (r *Runner) StopRuns() {
	r.held.Lock()
	defer r.held.Unlock()
	for _, stop := range r.runs {
		stop(errPaused)
	}
}

// stopRun ends the courier of a running job, if it is in hand.
func (r *Runner) stopRun(id string, cause error) {
	r.held.Lock()
	defer r.held.Unlock()
	if stop, ok := r.runs[id]; ok {
		stop(cause)
	}
}
