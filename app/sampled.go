package app

import (
	"context"
	"errors"

	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// completeSampled compares whole what was compared by samples when it was sent,
// where the link to its destination is no longer below the office's limit and
// the office's rules allow for it. What a portal answers is no error here: the
// receipt goes on saying "sampled", and the next time looks again.
func (a *App) completeSampled(ctx context.Context) error {
	jobs, err := a.store.AllJobs(ctx)
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if j.State != outbox.Completed {
			continue
		}
		due, err := a.sampledIsDue(ctx, j)
		if err != nil {
			return err
		}
		if !due {
			continue
		}
		_, err = a.VerifyJob(ctx, j.ID)
		var answer *portal.Error
		switch {
		case errors.As(err, &answer) && answer.Kind == portal.Unreachable:
			return nil // the link is not as good as that
		case err != nil && answer == nil:
			return err
		}
	}
	return nil
}

// sampledIsDue reports whether a job's files are to be fetched whole now.
func (a *App) sampledIsDue(ctx context.Context, j outbox.Job) (bool, error) {
	receipt, err := a.store.Receipt(ctx, j.ID)
	if err != nil || receipt == nil || receipt.Verified != portal.Sampled {
		return false, err
	}
	allowed, err := a.admit(ctx, j)
	if err != nil || allowed != (outbox.Verdict{}) {
		return false, err
	}
	pace, err := a.pace(ctx, j.Destination)
	return int64(pace.Up) >= a.rules().PoorLink(), err
}
