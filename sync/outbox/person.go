package outbox

import (
	"context"
	"time"
)

// Keep is a person's answer to a conflict.
type Keep string

// The answers. Ours and Adopt both send the job again with the right to take
// over what stands there: Ours where our dataset was changed, Adopt where a
// dataset of that name does not bear our id. Theirs ends the job.
const (
	Ours   Keep = "ours"
	Theirs Keep = "theirs"
	Adopt  Keep = "adopt"
)

// Pause keeps a job from being taken until Resume; a running one is stopped
// and goes on later where it left off. A job that has left the queue is an
// *IllegalError.
func (r *Runner) Pause(ctx context.Context, id string) error {
	if _, err := r.mark(ctx, id, "paused", func(j *Job) { j.Paused = true }); err != nil {
		return err
	}
	r.stopRun(id, errPaused)
	return nil
}

// Resume lifts a pause.
func (r *Runner) Resume(ctx context.Context, id string) error {
	_, err := r.mark(ctx, id, "resumed", func(j *Job) { j.Paused = false })
	if err == nil {
		r.Wake()
	}
	return err
}

// Retry makes a waiting or parked job due now: a schedule, a backoff, a pause
// and a wish to cancel are lifted.
func (r *Runner) Retry(ctx context.Context, id string) error {
	_, err := r.change(ctx, id, Retried, release, "", nil, nil)
	if err == nil {
		r.Wake()
	}
	return err
}

// Resolve answers a job that was parked for a conflict.
func (r *Runner) Resolve(ctx context.Context, id string, keep Keep) error {
	job, err := r.Store.Job(ctx, id)
	if err != nil {
		return err
	}
	if job.State != Parked || job.Reason != Conflict {
		return &IllegalError{State: job.State, Event: Resolved}
	}
	if keep == Theirs {
		_, err = r.change(ctx, id, Dropped, func(*Job) {}, string(keep), nil, nil)
		return err
	}
	_, err = r.change(ctx, id, Resolved, func(j *Job) {
		release(j)
		j.Adopt = true
	}, string(keep), nil, nil)
	if err == nil {
		r.Wake()
	}
	return err
}

// Cancel ends a job. One that no courier ever had, or that is parked, ends at
// once. Otherwise something of it may stand at the destination: a running one
// is stopped, and the run (this one or the next) looks there first and ends it
// as Completed if everything had arrived, else as Cancelled. Asked a second
// time, a job that is not running ends without a look, so that a destination
// that is gone for good can't keep it.
func (r *Runner) Cancel(ctx context.Context, id string) error {
	job, err := r.Store.Job(ctx, id)
	if err != nil {
		return err
	}
	had, err := r.Store.Journal(job).Load(ctx, touched)
	if err != nil {
		return err
	}
	idle := job.State == Available || job.State == Retryable
	if job.State == Parked || idle && (had == "" || job.Cancelling) {
		_, err := r.change(ctx, id, Dropped, func(j *Job) { j.Cancelling = false }, "", nil, nil)
		if !illegal(err) {
			return err
		}
		// A run took it in between: ask that run to end.
	}
	_, err = r.mark(ctx, id, "cancelling", func(j *Job) {
		j.Cancelling, j.Paused = true, false
		if j.State != Running {
			j.Why, j.NotBefore = Due, time.Time{}
		}
	})
	if err != nil {
		return err
	}
	r.stopRun(id, errCancelled)
	r.Wake()
	return nil
}

// release frees a job of all it waits for.
func release(j *Job) {
	j.Why, j.NotBefore, j.Snoozes = Due, time.Time{}, 0
	j.Paused, j.Cancelling = false, false
}

// mark changes a job's flags without moving it to another state.
func (r *Runner) mark(ctx context.Context, id, word string, set func(*Job)) (Job, error) {
	r.edit.Lock()
	defer r.edit.Unlock()
	job, err := r.Store.Job(ctx, id)
	if err != nil {
		return Job{}, err
	}
	if job.State.Final() {
		return job, &IllegalError{State: job.State, Event: Event(word)}
	}
	set(&job)
	job.Updated = r.Now()
	if err := r.Store.Apply(ctx, job.State, job, Entry{At: job.Updated, Event: word}, nil, nil); err != nil {
		return job, err
	}
	r.tell(Report{Event: word, Job: job})
	return job, nil
}
