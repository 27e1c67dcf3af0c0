package app

import (
	"context"
	"slices"
	"time"

	"chasqui/sync/outbox"
)

// Estimate is what sending costs, before it is sent.
type Estimate struct {
	Bytes    int64
	Requests int           // as the destination's last publications took; 0: unknown
	Rate     int64         // bytes a second as measured, or as limited; 0: unknown
	Time     time.Duration // with everything fetched back; only if Known
	Known    bool
	// Refused is the size in bytes of the smallest file that the destination
	// refused as too large, 0 if it never did. Between is the usual time between
	// two cuts of the link, 0 where that is not known.
	Refused int64
	Between time.Duration
	Files   []FileCost // each on its own; empty where they are not made yet
}

// Estimate says what a job still costs.
func (a *App) Estimate(ctx context.Context, j Job) (Estimate, error) {
	return a.estimateJob(ctx, j.Job, j.Destination.ID)
}

// estimateJob says what the files of a job cost at a destination.
func (a *App) estimateJob(ctx context.Context, j outbox.Job, destination string) (Estimate, error) {
	by, err := a.judgedBy(ctx, destination)
	if err != nil {
		return Estimate{}, err
	}
	e := by.estimate(j.Bytes)
	if j.Revision == "" {
		return e, nil
	}
	r, err := a.store.Revision(ctx, j.Revision)
	if err != nil {
		return e, err
	}
	e.Files, err = a.fileCosts(r.Files, by)
	return e, err
}

// Forecast says what publishing would cost, and queues nothing: the files are
// made and judged as Publish makes them, and refused as it refuses them.
func (a *App) Forecast(ctx context.Context, ref, destination string, opt PublishOptions) (Estimate, error) {
	d, err := a.Dataset(ctx, ref)
	if err != nil {
		return Estimate{}, err
	}
	to, err := a.store.Destination(ctx, destination)
	if err != nil {
		return Estimate{}, err
	}
	f, err := a.freeze(ctx, d, freezing{formats: d.Formats(), zip: opt.Zip})
	if err != nil {
		return Estimate{}, err
	}
	by, err := a.judgedBy(ctx, to.ID)
	if err != nil {
		return Estimate{}, err
	}
	var bytes int64
	for _, file := range f.files {
		bytes += file.Blob.Bytes
	}
	e := by.estimate(bytes)
	e.Files, err = a.fileCosts(f.files, by)
	return e, err
}

// judgedBy is what is known of a destination.
func (a *App) judgedBy(ctx context.Context, destination string) (judged, error) {
	pace, err := a.pace(ctx, destination)
	if err != nil {
		return judged{}, err
	}
	refused, err := a.store.Refused(ctx, destination)
	return judged{pace, a.rate(), refused}, err
}

func (by judged) estimate(bytes int64) Estimate {
	e := estimate(by.pace, bytes, by.limit)
	e.Refused, e.Between = by.refused, by.pace.Between
	return e
}

func estimate(pace outbox.Pace, bytes, limit int64) Estimate {
	e := Estimate{Bytes: bytes, Requests: int(pace.Requests + 0.5), Rate: int64(pace.Up)}
	if limit > 0 && (e.Rate == 0 || e.Rate > limit) {
		e.Rate = limit
	}
	e.Time, e.Known = pace.Estimate(bytes, limit)
	return e
}

// Ahead is what all that waits costs together, those out that are paused or
// need a person. Destinations work side by side, so the time is that of the
// one that takes longest; it is Known if every part is.
func (a *App) Ahead(ctx context.Context, jobs []QueuedJob) (Estimate, error) {
	total := Estimate{Known: true}
	times := map[string]time.Duration{}
	paces := map[string]outbox.Pace{}
	for _, j := range jobs {
		if j.State.Final() || j.Paused || j.State == outbox.Parked {
			continue
		}
		to := j.Destination
		if _, ok := paces[to]; !ok {
			pace, err := a.pace(ctx, to)
			if err != nil {
				return total, err
			}
			paces[to] = pace
		}
		e := estimate(paces[to], j.Bytes, a.rate())
		total.Bytes += e.Bytes
		total.Requests += e.Requests
		total.Known = total.Known && e.Known
		times[to] += e.Time
		total.Time = max(total.Time, times[to])
	}
	return total, nil
}

// Outlook is what a person should know before a dataset is queued for a
// destination.
type Outlook struct {
	// Estimate is of what was queued of the dataset last; Bytes is 0 if nothing
	// was, for then the size is known once the files are made.
	Estimate
	Zipped bool // the files were zipped the last time: the proposal for this one
	Older  int  // versions of the dataset that wait for that destination already
	Asks   bool // something of that size will wait for a yes to what it costs
	Link   Link
}

// Outlook looks ahead at queuing a dataset for a destination.
func (a *App) Outlook(ctx context.Context, ref, destination string) (Outlook, error) {
	var o Outlook
	to, err := a.store.Destination(ctx, destination)
	if err != nil {
		return o, err
	}
	d, err := a.store.Dataset(ctx, ref)
	if err != nil {
		return o, err
	}
	last, err := a.store.LatestJob(ctx, d.ID)
	if err != nil {
		return o, err
	}
	if o.Estimate, err = a.estimateJob(ctx, last, to.ID); err != nil {
		return o, err
	}
	o.Zipped = slices.ContainsFunc(o.Files, func(f FileCost) bool { return isZipped(f.Name) })
	if last.Bytes == 0 {
		o.Known = false
	}
	rules := a.rules()
	o.Asks = rules.Metered && last.Bytes > rules.AskOver
	jobs, err := a.store.Jobs(ctx)
	if err != nil {
		return o, err
	}
	for _, j := range jobs {
		if j.Dataset == d.ID && j.Destination == to.ID && j.State != outbox.Running {
			o.Older++
		}
	}
	for _, l := range a.outbox.Links() {
		if l.Destination == to.ID {
			o.Link = l
		}
	}
	return o, nil
}
