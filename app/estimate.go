package app

import (
	"context"
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
	// refused as too large, 0 if it never did. TooLarge are the names of the
	// files that reach it.
	Refused  int64
	TooLarge []string
}

// Estimate says what a job still costs.
func (a *App) Estimate(ctx context.Context, j Job) (Estimate, error) {
	e, err := a.EstimateBytes(ctx, j.Destination.ID, j.Bytes)
	if err != nil || e.Refused == 0 {
		return e, err
	}
	r, err := a.store.Revision(ctx, j.Revision)
	if err != nil {
		return e, err
	}
	for _, f := range r.Files {
		if f.Blob.Bytes >= e.Refused {
			e.TooLarge = append(e.TooLarge, f.Name)
		}
	}
	return e, nil
}

// EstimateBytes says what sending that many bytes to a destination costs.
func (a *App) EstimateBytes(ctx context.Context, destination string, bytes int64) (Estimate, error) {
	pace, err := a.pace(ctx, destination)
	if err != nil {
		return Estimate{}, err
	}
	e := estimate(pace, bytes, a.rate())
	e.Refused, err = a.store.Refused(ctx, destination)
	return e, err
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
	Older int  // versions of the dataset that wait for that destination already
	Asks  bool // something of that size will wait for a yes to what it costs
	Link  Link
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
	if o.Estimate, err = a.EstimateBytes(ctx, to.ID, last.Bytes); err != nil {
		return o, err
	}
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
