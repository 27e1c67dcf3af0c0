package outbox

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"chasqui/sync/portal"
)

// touched is the journal's word for "a courier has had this job": before it,
// nothing of the job can be at the destination.
const touched = "outbox.touched"

// outcome is what came of one call to a courier.
type outcome struct {
	receipt *portal.Receipt
	err     error
	bytes   int64
	moved   portal.Tally
	looked  bool // the courier was asked to look, not to publish
	settled bool // something stands at the destination that did not before
}

// run takes one job, lets its courier work, and writes what came of it.
// defect says that the program, not the world, was at fault.
func (r *Runner) run(ctx context.Context, id string) (job Job, defect bool, err error) {
	work, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	// In hand before it is running: a recovery at the same moment must not
	// take it for a leftover.
	r.hold(id, stop)
	defer r.letGo(id)
	job, err = r.change(ctx, id, Taken, func(j *Job) { j.Why, j.NotBefore = Due, time.Time{} }, record{})
	if err != nil {
		return job, false, err
	}
	var meter portal.Meter
	work = portal.Measure(work, &meter)
	started := r.Now()
	var out outcome
	if job.Cancelling {
		out = r.look(work, job)
	} else {
		out = r.publish(work, job)
		if out.err != nil && r.cancelling(ctx, id) {
			// The wish came in mid-run: what the courier left behind decides.
			out = r.look(portal.Measure(ctx, &meter), job)
		}
	}
	out.moved = meter.Tally()
	return r.settle(ctx, work, job, started, out)
}

// cancelling reads whether a person asked for the job's end meanwhile.
func (r *Runner) cancelling(ctx context.Context, id string) bool {
	job, err := r.Store.Job(context.WithoutCancel(ctx), id)
	return err == nil && job.Cancelling
}

// publish sends the job's revision.
func (r *Runner) publish(ctx context.Context, job Job) (out outcome) {
	defer r.catch(&out)
	ds, last, err := r.Store.Load(ctx, job)
	if err != nil {
		return outcome{err: err}
	}
	client, files, err := r.Client(ctx, job)
	if err != nil {
		return outcome{err: err}
	}
	journal := r.Store.Journal(job)
	if err := journal.Save(ctx, touched, "1"); err != nil {
		return outcome{err: err}
	}
	first := int64(-1) // what was there before this run is no byte of it
	receipt, err := client.Publish(ctx, portal.Publication{
		Dataset: ds,
		Files:   files,
		Journal: journal,
		Last:    last,
		Adopt:   job.Adopt,
		Keep:    job.Keep,
		Progress: func(p portal.Progress) {
			if p.Step == "upload" {
				if first < 0 {
					first = p.Done
				}
				out.bytes = max(out.bytes, p.Done-first)
			}
			out.settled = out.settled || p.Settled
			r.tell(Report{Event: "progress", Job: job, Step: p.Step, Resource: p.Resource, Done: p.Done, Total: p.Total})
		},
	})
	if err != nil {
		out.err = err
		return out
	}
	out.receipt = &receipt
	return out
}

// look asks the destination whether it holds what the job sends.
func (r *Runner) look(ctx context.Context, job Job) (out outcome) {
	out.looked = true
	defer r.catch(&out)
	ds, _, err := r.Store.Load(ctx, job)
	if err != nil {
		out.err = err
		return out
	}
	client, _, err := r.Client(ctx, job)
	if err != nil {
		out.err = err
		return out
	}
	receipt, err := client.Verify(ctx, ds, nil)
	if err != nil {
		out.err = err
		return out
	}
	out.receipt = &receipt
	return out
}

// catch turns a courier's panic into an error, so that it costs one attempt
// and not the queue.
func (r *Runner) catch(out *outcome) {
	if p := recover(); p != nil {
		out.receipt = nil
		out.err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
	}
}

// settle writes an outcome. The job may have left Running meanwhile; then
// nothing is written.
func (r *Runner) settle(ctx, work context.Context, run Job, started time.Time, out outcome) (Job, bool, error) {
	id, now := run.ID, r.Now()
	rec := record{attempt: &Attempt{Started: started, Finished: now, Bytes: out.bytes}}
	rec.entry.Run = Run{Took: max(0, now.Sub(started)), Whole: out.err == nil && !out.looked, Tally: out.moved}
	if out.err == nil {
		rec.receipt = out.receipt
		r.note(run.Destination, true, "")
		job, err := r.change(ctx, id, Delivered, func(j *Job) { j.Cancelling = false }, rec)
		return job, false, err
	}
	f := explain(out.err)
	rec.entry.Kind, rec.entry.File, rec.entry.Detail = f.kind, f.file, f.detail
	rec.attempt.Kind, rec.attempt.Detail = f.kind, f.detail
	rec.entry.Run.Cut = f.kind == portal.Unreachable && out.moved.Sent+out.moved.Received > 0
	// A run that was stopped from here fails as if offline; a real answer that
	// came all the same still counts.
	stopped := work.Err() != nil && (f.kind == portal.Unreachable || errors.Is(out.err, context.Canceled))
	interrupted := stopped && (ctx.Err() != nil || !out.looked)
	if interrupted {
		rec.entry.Kind, rec.entry.File, rec.entry.Detail, rec.entry.Run.Cut = "", "", "", false
		job, err := r.change(ctx, id, Interrupted, func(j *Job) { j.Why, j.NotBefore = Due, time.Time{} }, rec)
		return job, false, err
	}
	if out.looked {
		job, err := r.settleLook(ctx, id, f, rec)
		return job, f.kind == Defect, err
	}
	if !f.here && f.kind != portal.Unreachable {
		r.note(run.Destination, true, f.kind)
	}
	event, reason := Judge(f.kind)
	job, err := r.change(ctx, id, event, func(j *Job) {
		if out.settled {
			j.Snoozes = 0 // the link worked for a while: it is not down for longer and longer
		}
		r.postpone(j, event, reason, now, f.asked)
	}, rec)
	if err == nil && f.asked > 0 && job.State == Retryable {
		r.rest(run.Destination, job.NotBefore)
	}
	return job, f.kind == Defect, err
}

// settleLook ends a job whose end was wished for, unless the destination could
// not be looked at: then it stays, wish and all, for a better moment.
func (r *Runner) settleLook(ctx context.Context, id string, f failure, rec record) (Job, error) {
	switch f.kind {
	case portal.Unreachable, portal.Busy, portal.Garbled:
		now := r.Now()
		return r.change(ctx, id, Unreached, func(j *Job) { r.postpone(j, Unreached, "", now, f.asked) }, rec)
	}
	return r.change(ctx, id, Ended, func(j *Job) { j.Cancelling = false }, rec)
}

// postpone sets what a failed job waits for.
func (r *Runner) postpone(job *Job, event Event, reason Reason, now time.Time, asked time.Duration) {
	switch event {
	case Unreached:
		job.Snoozes++
		job.Why = Offline
		job.NotBefore = Backoff(*job, now, r.Jitter(), asked)
	case Failed:
		job.Why = Due
		job.NotBefore = Backoff(*job, now, r.Jitter(), asked)
	case Refused:
		job.Why, job.NotBefore, job.Reason = Due, time.Time{}, reason
	}
}

// failure is what a job remembers of an error.
type failure struct {
	kind   portal.Kind
	file   string        // the file it was about, if one
	detail string        // the destination's own words
	asked  time.Duration // how long it asked us to wait
	here   bool          // it failed on this computer, before any question was sent
}

// explain takes from an error what a job remembers of it.
func explain(err error) failure {
	var pe *portal.Error
	if errors.As(err, &pe) {
		f := failure{kind: pe.Kind, file: pe.Resource, detail: clip(pe.Detail), asked: pe.RetryAfter, here: unasked(pe)}
		if f.detail == "" {
			f.detail = clip(pe.Error())
		}
		return f
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return failure{kind: portal.Unreachable, detail: clip(err.Error())}
	}
	return failure{kind: Defect, detail: clip(err.Error()), here: true}
}

// clip keeps a stranger's text to a size that a log can hold, in bytes.
func clip(s string) string {
	const limit = 4000
	if len(s) > limit {
		return s[:limit] + "…"
	}
	return s
}
