package outbox

import (
	"context"
	"time"

	"chasqui/sync/portal"
)

// Keep is a person's answer to a conflict.
type Keep string

// The answers. Ours sends the job again and writes over what somebody edited.
// Theirs, where somebody edited ours, sends it again and leaves the edited
// fields and files as they are; in any other conflict it ends the job. Adopt
// takes over a dataset of our organization that bears the name and not our id.
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
// and a wish to cancel are lifted. One that waits for the link hours, or for a
// yes to what it costs, has that yes with it.
func (r *Runner) Retry(ctx context.Context, id string) error {
	job, err := r.Store.Job(ctx, id)
	if err != nil {
		return err
	}
	hours, cost := job.Why == Window, job.Reason == Cost
	_, err = r.change(ctx, id, Retried, func(j *Job) {
		release(j)
		j.AnyHour = j.AnyHour || hours
		j.AnyCost = j.AnyCost || cost
	}, record{})
	if err == nil {
		r.urge(job.Destination)
		r.Wake()
	}
	return err
}

// Reconsider makes a parked job wait again, without any yes with it: what it
// was parked for no longer holds.
func (r *Runner) Reconsider(ctx context.Context, id string) error {
	_, err := r.change(ctx, id, Retried, func(*Job) {}, record{})
	return unlessMoved(err)
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
	about, err := portal.LoadComparison(ctx, r.Store.Journal(job))
	if err != nil {
		return err
	}
	rec := record{entry: Entry{Detail: string(keep)}}
	edited := about != nil && about.Clash == portal.Edited
	if keep == Theirs && !edited {
		_, err = r.change(ctx, id, Dropped, func(*Job) {}, rec)
		return err
	}
	_, err = r.change(ctx, id, Resolved, func(j *Job) {
		release(j)
		if edited {
			j.Keep = portal.Keep(keep)
		}
		j.Adopt = keep == Adopt || keep == Ours && !edited
	}, rec)
	if err == nil {
		r.Wake()
	}
	return err
}

// First puts a job before all others of its destination, together with those
// of its dataset that must go before it.
func (r *Runner) First(ctx context.Context, id string) error {
	jobs, err := r.Store.Jobs(ctx)
	if err != nil {
		return err
	}
	highest := int64(0)
	for _, job := range jobs {
		highest = max(highest, job.Priority)
	}
	_, err = r.mark(ctx, id, "first", func(j *Job) { j.Priority = highest + 1 })
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
		_, err := r.change(ctx, id, Dropped, func(j *Job) { j.Cancelling = false }, record{})
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
	entry := Entry{At: job.Updated, Event: word}
	if job.NotBefore.After(job.Updated) {
		entry.Until = job.NotBefore
	}
	if err := r.Store.Apply(ctx, job.State, job, entry, nil, nil); err != nil {
		return job, err
	}
	r.tell(Report{Event: word, Job: job})
	return job, nil
}
