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
	// Observer, if set, hears of every change and of progress, one call at a
	// time; it must return at once and not call the Runner.
	Observer func(Report)

	edit  sync.Mutex // one read-change-write of a job at a time
	speak sync.Mutex // one call of the Observer at a time
	held  sync.Mutex // guards runs and nudge
	runs  map[string]context.CancelCauseFunc
	nudge chan struct{}
}

// Report is what the Observer hears. Event is an Event, a word of the outbox
// ("paused", "resumed", "cancelling"), or "progress", with Step, Resource, Done
// and Total in bytes.
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
		_, err := r.change(ctx, job.ID, Recovered, func(j *Job) { j.Why, j.NotBefore = Due, time.Time{} }, "", nil, nil)
		if err != nil && !illegal(err) {
			return err
		}
	}
	return nil
}

// Once tries every job once that is neither paused, parked nor scheduled for
// later, whatever its backoff: destinations side by side, and for one dataset
// and destination strictly in the order of queuing. With only, nothing but
// those jobs is tried and counted; a job that must wait for an earlier one
// still waits.
func (r *Runner) Once(ctx context.Context, only ...string) (Summary, error) {
	if err := r.Recover(ctx); err != nil {
		return Summary{}, err
	}
	jobs, err := r.Store.Jobs(ctx)
	if err != nil {
		return Summary{}, err
	}
	wanted := func(job Job) bool { return len(only) == 0 || slices.Contains(only, job.ID) }
	now := r.Now()
	ready := func(job Job) bool {
		timed := job.Why == Scheduled || job.Why == Window
		return wanted(job) && !(timed && job.NotBefore.After(now))
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

// lane runs one destination's ready jobs in order. A job that does not end
// holds back the later ones of its own dataset, and no others.
func (r *Runner) lane(ctx context.Context, queue []Job, ready func(Job) bool) (Summary, error) {
	var sum Summary
	waits := map[string]bool{}
	for _, job := range queue {
		if ctx.Err() != nil {
			return sum, nil
		}
		idle := job.State == Available || job.State == Retryable
		if waits[job.Dataset] || !idle || job.Paused || !ready(job) {
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
	}
	return sum, nil
}

// change applies one event to a job: it reads the job, looks the transition
// up, lets set adjust the rest, and writes all of it at once. The returned job
// is the written one. The context's end does not stop the write: what happened
// must be on record.
func (r *Runner) change(ctx context.Context, id string, event Event, set func(*Job), detail string, attempt *Attempt, receipt *portal.Receipt) (Job, error) {
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
		attempt = nil
	}
	if step.To != Parked {
		job.Reason = ""
	}
	if step.To != Available {
		job.Why = Due // only a waiting job waits for something
	}
	set(&job)
	job.Updated = r.Now()
	if err := r.Store.Apply(ctx, from, job, Entry{At: job.Updated, Event: string(event), Detail: detail}, attempt, receipt); err != nil {
		return job, err
	}
	report := Report{Event: string(event), Job: job, Detail: detail, Receipt: receipt}
	if attempt != nil {
		report.Kind = attempt.Kind
	}
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

// stopRun ends the courier of a running job, if it is in hand.
func (r *Runner) stopRun(id string, cause error) {
	r.held.Lock()
	defer r.held.Unlock()
	if stop, ok := r.runs[id]; ok {
		stop(cause)
	}
}
