package app

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"chasqui/app/store"
	"chasqui/sync/carrier"
	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// Job is a queued publication as screens and commands show it.
type Job struct {
	outbox.Job
	Title       string // the dataset's title as frozen
	Destination Destination
	Files       int
	Tries       []outbox.Attempt
	Receipt     *portal.Receipt
	// Conflict is what a job that a conflict parked is about; nil for others.
	Conflict *portal.Comparison
	// Stuck is the file at which it is cut again and again; nil for others.
	Stuck *Stuck
}

// QueuedJob is a job as the outbox knows it.
type QueuedJob = outbox.Job

// Report is what a listener hears of the outbox.
type Report = outbox.Report

// Summary is how a pass over the outbox ended.
type Summary = outbox.Summary

// PublishOptions says when a publication goes, and what becomes of an older one
// that still waits.
type PublishOptions struct {
	At time.Time // not before; zero or past: at once
	// Replace takes older revisions of the same edition that wait for the same
	// destination out of the queue. One that is being sent is left to end.
	Replace bool
	// Zip sends the data files of ZipFrom bytes and more as zips. It is another
	// form of the content, with ids of its own; what the other form left at the
	// portal is dropped by the publication.
	Zip bool
}

// Publish freezes a dataset and queues it for a destination. When it returns,
// what will be sent is settled and safe: editing the draft changes nothing of
// it.
func (a *App) Publish(ctx context.Context, ref, destination string, opt PublishOptions, progress func(FreezeStep)) (Job, error) {
	d, err := a.Dataset(ctx, ref)
	if err != nil {
		return Job{}, err
	}
	to, err := a.store.Destination(ctx, destination)
	if err != nil {
		return Job{}, err
	}
	f, err := a.freeze(ctx, d, freezing{formats: d.Formats(), zip: opt.Zip, progress: progress})
	if err != nil {
		return Job{}, err
	}
	order := store.Order{Dataset: d.ID, Destinations: []string{to.ID}, At: opt.At, Replace: opt.Replace}
	jobs, err := a.store.Freeze(ctx, f.revision(), order)
	if err != nil {
		return Job{}, err
	}
	a.outbox.Wake()
	return a.Job(ctx, jobs[0].ID)
}

// Jobs lists every job there ever was, the latest first.
func (a *App) Jobs(ctx context.Context) ([]Job, error) {
	jobs, err := a.store.AllJobs(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Job, len(jobs))
	for i, j := range jobs {
		if list[i], err = a.showJob(ctx, j); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Job returns the job with that id, or unique beginning of it.
func (a *App) Job(ctx context.Context, ref string) (Job, error) {
	j, err := a.store.Job(ctx, ref)
	if err != nil {
		return Job{}, err
	}
	return a.showJob(ctx, j)
}

func (a *App) showJob(ctx context.Context, j outbox.Job) (Job, error) {
	shown := Job{Job: j}
	r, err := a.store.Revision(ctx, j.Revision)
	if err != nil {
		return shown, err
	}
	shown.Title, shown.Files = r.Frozen.Title, len(r.Files)
	if shown.Destination, err = a.store.Destination(ctx, j.Destination); err != nil {
		return shown, err
	}
	if shown.Tries, err = a.store.Attempts(ctx, j.ID); err != nil {
		return shown, err
	}
	if shown.Stuck, err = a.stuck(ctx, j); err != nil {
		return shown, err
	}
	if shown.Receipt, err = a.store.Receipt(ctx, j.ID); err != nil || j.Reason != outbox.Conflict {
		return shown, err
	}
	shown.Conflict, err = portal.LoadComparison(ctx, a.store.Journal(j))
	return shown, err
}

// LogEntry is one line of a job's log; message.Printer.Story tells it.
type LogEntry = outbox.Entry

// JobLog lists what happened to a job, the earliest first.
func (a *App) JobLog(ctx context.Context, ref string) ([]LogEntry, error) {
	j, err := a.store.Job(ctx, ref)
	if err != nil {
		return nil, err
	}
	return a.store.Log(ctx, j.ID)
}

// SetPaused holds one job back, or lets it go on.
func (a *App) SetPaused(ctx context.Context, ref string, paused bool) error {
	return a.withJob(ctx, ref, func(id string) error {
		if paused {
			return a.outbox.Pause(ctx, id)
		}
		return a.outbox.Resume(ctx, id)
	})
}

// First puts a job before all others of its destination.
func (a *App) First(ctx context.Context, ref string) error {
	return a.withJob(ctx, ref, func(id string) error { return a.outbox.First(ctx, id) })
}

// Retry makes a job due now. It is also the yes of a person to what it costs.
func (a *App) Retry(ctx context.Context, ref string) error {
	return a.withJob(ctx, ref, func(id string) error { return a.outbox.Retry(ctx, id) })
}

// Cancel ends a job, after a look at the portal where something of it may
// stand there.
func (a *App) Cancel(ctx context.Context, ref string) error {
	return a.withJob(ctx, ref, func(id string) error { return a.outbox.Cancel(ctx, id) })
}

// VerifyJob fetches everything that a job published and compares it with what
// was frozen; a difference is a portal.Conflict.
func (a *App) VerifyJob(ctx context.Context, ref string) (portal.Receipt, error) {
	j, err := a.store.Job(ctx, ref)
	if err != nil {
		return portal.Receipt{}, err
	}
	d, _, err := a.store.Load(ctx, j)
	if err != nil {
		return portal.Receipt{}, err
	}
	client, _, err := a.courier(ctx, j)
	if err != nil {
		return portal.Receipt{}, err
	}
	receipt, err := a.store.Receipt(ctx, j.ID)
	if err != nil {
		return portal.Receipt{}, err
	}
	seen, err := client.Verify(ctx, d, receipt)
	if err != nil || receipt == nil || receipt.Verified != portal.Sampled {
		return seen, err
	}
	seen.At = receipt.At
	return seen, a.store.ReplaceReceipt(ctx, j.ID, seen)
}

// Difference is one thing that somebody changed at a portal.
type Difference = portal.Difference

// Answer is a person's answer to a conflict.
type Answer = outbox.Keep

// Answers are what Resolve takes.
var Answers = [...]Answer{outbox.Ours, outbox.Theirs, outbox.Adopt}

// Resolve answers a job that a conflict parked.
func (a *App) Resolve(ctx context.Context, ref string, keep Answer) error {
	return a.withJob(ctx, ref, func(id string) error { return a.outbox.Resolve(ctx, id, keep) })
}

// SendNow makes all that waits due now, whatever the link hours; what a person
// paused or scheduled, and what needs a person, stays.
func (a *App) SendNow(ctx context.Context) error {
	jobs, err := a.store.Jobs(ctx)
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if j.State == outbox.Running || j.State == outbox.Parked || j.Paused || j.Why == outbox.Scheduled {
			continue
		}
		var moved *outbox.IllegalError
		if err := a.outbox.Retry(ctx, j.ID); err != nil && !errors.As(err, &moved) {
			return err
		}
	}
	a.outbox.Wake()
	return nil
}

// PauseAll holds everything back, or lets everything go on, what was paused
// one by one too.
func (a *App) PauseAll(ctx context.Context, paused bool) error {
	if err := a.SetAllPaused(ctx, paused); err != nil || paused {
		return err
	}
	jobs, err := a.store.Jobs(ctx)
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if !j.Paused {
			continue
		}
		if err := a.outbox.Resume(ctx, j.ID); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) withJob(ctx context.Context, ref string, do func(id string) error) error {
	j, err := a.store.Job(ctx, ref)
	if err != nil {
		return err
	}
	return do(j.ID)
}

// SyncOnce tries every due job once, whatever its backoff, and then fetches whole
// what was compared by samples, if the link is good enough now; only, if not "",
// is the one job that is tried.
func (a *App) SyncOnce(ctx context.Context, only string) (Summary, error) {
	if only == "" {
		sum, err := a.outbox.Once(ctx)
		return sum, errors.Join(err, a.completeSampled(ctx))
	}
	j, err := a.store.Job(ctx, only)
	if err != nil {
		return Summary{}, err
	}
	return a.outbox.Once(ctx, j.ID)
}

// SyncWatch sends what is due as it becomes due, until ctx ends. It looks at
// once where the computer's network becomes another one or the computer wakes
// up, and listeners hear of that as the event "network".
func (a *App) SyncWatch(ctx context.Context) error {
	var watched sync.WaitGroup
	defer watched.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	watched.Go(func() { a.completeSampled(ctx) }) // what fails is looked at again next time
	watched.Go(func() {
		carrier.Watch(ctx, carrier.Read, a.opt.Now, func() {
			a.outbox.Returned()
			a.tell(Report{Event: "network"})
		})
	})
	return a.outbox.Watch(ctx)
}

// SyncNow wakes SyncWatch: the link is back, or a person is in a hurry.
func (a *App) SyncNow() { a.outbox.Wake() }

// The most that a Queue shows: a window that draws a thousand rows helps
// nobody.
const (
	shownWaiting = 60
	shownEnded   = 30
)

// Queue is the outbox at a glance, as a window shows it.
type Queue struct {
	Jobs      []Job // what needs a person, what waits as it will go, the latest that ended
	Hidden    int   // how many of either are left out
	Estimates map[string]Estimate
	Waiting   int
	Parked    int
	Paused    bool     // everything that waits is paused, one by one or by the office
	Ahead     Estimate // all that can go by itself
	Rules     LinkRules
	Links     map[string]Link // by destination
	History   []Day
}

// needed puts before all others what needs a person.
func needed(j QueuedJob) int {
	if j.State == outbox.Parked {
		return 0
	}
	return 1
}

// Queue returns the outbox at a glance, with the history of that many days.
func (a *App) Queue(ctx context.Context, days int) (Queue, error) {
	q := Queue{Estimates: map[string]Estimate{}, Links: map[string]Link{}, Rules: a.rules(), Paused: true}
	all, err := a.store.AllJobs(ctx)
	if err != nil {
		return q, err
	}
	for _, l := range a.outbox.Links() {
		q.Links[l.Destination] = l
	}
	var waiting, ended []outbox.Job
	for _, j := range all {
		if j.State.Final() {
			ended = append(ended, j)
			continue
		}
		waiting = append(waiting, j)
		q.Paused = q.Paused && j.Paused
		if j.State == outbox.Parked {
			q.Parked++
		}
	}
	q.Waiting, q.Paused = len(waiting), q.Rules.Paused || q.Paused && len(waiting) > 0
	slices.Reverse(waiting)
	waiting = outbox.Order(waiting, false, a.opt.Now())
	slices.SortStableFunc(waiting, func(x, y QueuedJob) int { return needed(x) - needed(y) })
	shown := slices.Concat(waiting[:min(len(waiting), shownWaiting)], ended[:min(len(ended), shownEnded)])
	q.Hidden = len(all) - len(shown)
	for _, j := range shown {
		job, err := a.showJob(ctx, j)
		if err != nil {
			return q, err
		}
		q.Jobs = append(q.Jobs, job)
		if !j.State.Final() {
			if q.Estimates[j.ID], err = a.Estimate(ctx, job); err != nil {
				return q, err
			}
		}
	}
	if q.Ahead, err = a.Ahead(ctx, waiting); err != nil {
		return q, err
	}
	q.History, err = a.History(ctx, days)
	return q, err
}
