package outbox_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

func TestAJobThatNobodyTouchedIsCancelledAtOnce(t *testing.T) {
	w := newWorld(t)
	id := w.queue("a", "x")
	w.must(w.runner.Cancel(t.Context(), id))
	w.state(id, outbox.Cancelled)
	var bad *outbox.IllegalError
	for name, act := range map[string]func(context.Context, string) error{
		"Cancel": w.runner.Cancel, "Pause": w.runner.Pause, "Resume": w.runner.Resume, "Retry": w.runner.Retry,
	} {
		if err := act(t.Context(), id); !errors.As(err, &bad) {
			t.Errorf("%s of a cancelled job: %v", name, err)
		}
	}
}

// cancelWhileRunning cancels a job in mid-publish and returns how it ended.
func cancelWhileRunning(w *world) outbox.Job {
	id := w.queue("a", "x")
	w.publish = func(ctx context.Context, _ portal.Publication) (portal.Receipt, error) {
		w.must(w.runner.Cancel(w.Context(), id))
		<-ctx.Done()
		return portal.Receipt{}, ctx.Err()
	}
	w.once()
	return w.job(id)
}

func TestCancellingARunningJobLooksAtThePortalFirst(t *testing.T) {
	w := newWorld(t)
	if job := cancelWhileRunning(w); job.State != outbox.Cancelled || job.Cancelling {
		t.Errorf("nothing there: %+v", job)
	}
	w = newWorld(t)
	w.verify = func(context.Context, portal.Dataset) (portal.Receipt, error) {
		return portal.Receipt{Verified: "full"}, nil
	}
	if job := cancelWhileRunning(w); job.State != outbox.Completed || len(w.store.Receipts(job.ID)) != 1 {
		t.Errorf("all of it there: %+v", job)
	}
}

func TestACancelThatCantLookWaitsAndIsForcedByASecond(t *testing.T) {
	w := newWorld(t)
	w.verify = func(context.Context, portal.Dataset) (portal.Receipt, error) {
		return portal.Receipt{}, fault(portal.Unreachable)
	}
	job := cancelWhileRunning(w)
	if job.State != outbox.Available || !job.Cancelling || job.Attempts != 0 {
		t.Fatalf("%+v", job)
	}
	w.restart()
	w.publish = func(context.Context, portal.Publication) (portal.Receipt, error) {
		t.Error("a job that is to end was published")
		return portal.Receipt{}, nil
	}
	w.once()
	w.state(job.ID, outbox.Available)
	w.must(w.runner.Cancel(t.Context(), job.ID))
	w.state(job.ID, outbox.Cancelled)
}

func TestACrashDoesNotForgetTheWishToCancel(t *testing.T) {
	w := newWorld(t)
	id := w.queue("a", "x")
	w.publish = func(context.Context, portal.Publication) (portal.Receipt, error) {
		w.must(w.runner.Cancel(t.Context(), id))
		w.store.Fail = func(method string) error {
			if method == "Apply" {
				return errors.New("killed")
			}
			return nil
		}
		return portal.Receipt{}, context.Canceled
	}
	if _, err := w.runner.Once(t.Context()); err == nil {
		t.Fatal("the store's error is lost")
	}
	w.store.Fail = nil
	w.restart()
	if sum := w.once(); sum.Cancelled != 1 {
		t.Errorf("%+v", sum)
	}
	w.state(id, outbox.Cancelled)
}

func TestPausingARunningJobStopsItAndKeepsItsPlace(t *testing.T) {
	w := newWorld(t)
	id := w.queue("a", "x")
	w.publish = func(ctx context.Context, _ portal.Publication) (portal.Receipt, error) {
		w.must(w.runner.Pause(t.Context(), id))
		<-ctx.Done()
		return portal.Receipt{}, ctx.Err()
	}
	w.once()
	if job := w.state(id, outbox.Available); !job.Paused || job.Attempts != 0 || job.Snoozes != 0 {
		t.Errorf("%+v", job)
	}
	if sum := w.once(); sum.Waiting != 1 || sum.Sent != 0 {
		t.Errorf("%+v", sum)
	}
}

func TestAJobPausedDuringAPassIsNotTaken(t *testing.T) {
	w := newWorld(t)
	w.queue("a", "x")
	next := w.queue("b", "x")
	w.publish = func(_ context.Context, pub portal.Publication) (portal.Receipt, error) {
		if pub.Dataset.ID == "a" {
			w.must(w.runner.Pause(t.Context(), next))
		}
		return portal.Receipt{}, nil
	}
	if sum := w.once(); sum.Sent != 1 || sum.Waiting != 1 {
		t.Errorf("%+v", sum)
	}
	w.state(next, outbox.Available)
}

func TestAConflictIsResolvedByAPerson(t *testing.T) {
	for _, keep := range []outbox.Keep{outbox.Ours, outbox.Adopt, outbox.Theirs} {
		w := newWorld(t)
		id := w.queue("a", "x")
		if err := w.runner.Resolve(t.Context(), id, keep); err == nil {
			t.Fatal("there was no conflict yet")
		}
		w.publish = failing(portal.Conflict)
		w.once()
		w.publish = newWorld(t).publish
		w.must(w.runner.Resolve(t.Context(), id, keep))
		if keep == outbox.Theirs {
			w.state(id, outbox.Cancelled)
			continue
		}
		w.once()
		w.state(id, outbox.Completed)
		if n := len(w.adopted); n != 2 || w.adopted[0] || !w.adopted[1] {
			t.Errorf("%s: adopt was %v", keep, w.adopted)
		}
	}
}

func TestAParkedJobGoesOnWhenAPersonSaysSo(t *testing.T) {
	w := newWorld(t)
	id := w.queue("a", "x")
	w.publish = failing(portal.Denied)
	w.once()
	w.once()
	if job := w.state(id, outbox.Parked); job.Attempts != 1 {
		t.Errorf("a parked job was tried: %+v", job)
	}
	w.publish = newWorld(t).publish
	w.must(w.runner.Retry(t.Context(), id))
	if job := w.state(id, outbox.Available); job.Reason != "" {
		t.Errorf("%+v", job)
	}
	w.once()
	w.state(id, outbox.Completed)
}

func TestBackoffGrowsToALimitAndHonoursTheServersWish(t *testing.T) {
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	cases := []struct {
		name   string
		job    outbox.Job
		jitter float64
		asked  time.Duration
		want   time.Duration
	}{
		{"first offline", outbox.Job{Why: outbox.Offline, Snoozes: 1}, 0.5, 0, 15 * time.Second},
		{"third offline", outbox.Job{Why: outbox.Offline, Snoozes: 3}, 0.5, 0, time.Minute},
		{"long offline", outbox.Job{Why: outbox.Offline, Snoozes: 1000}, 0.5, 0, 5 * time.Minute},
		{"first failure", outbox.Job{Attempts: 1}, 0.5, 0, 30 * time.Second},
		{"many failures", outbox.Job{Attempts: 1 << 30}, 0.5, 0, time.Hour},
		{"least jitter", outbox.Job{Attempts: 1}, 0, 0, 24 * time.Second},
		{"asked for more", outbox.Job{Attempts: 1}, 0.5, 10 * time.Minute, 10 * time.Minute},
		{"asked for less", outbox.Job{Attempts: 3}, 0.5, time.Second, 2 * time.Minute},
		{"asked for a year", outbox.Job{Attempts: 1}, 0.5, 9000 * time.Hour, 24 * time.Hour},
	}
	for _, c := range cases {
		if got := outbox.Backoff(c.job, now, c.jitter, c.asked).Sub(now); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestAClockThatWasWrongByYearsHoldsNoJobBack(t *testing.T) {
	w := newWorld(t)
	w.clock = w.clock.AddDate(10, 0, 0)
	id := w.queue("a", "x")
	w.publish = failing(portal.Busy)
	w.once()
	w.clock = w.clock.AddDate(-10, 0, 0)
	w.publish = newWorld(t).publish
	ctx, cancel := context.WithCancel(t.Context())
	w.runner.Observer = func(r outbox.Report) {
		if r.Event == string(outbox.Delivered) {
			cancel()
		}
	}
	w.must(w.runner.Watch(ctx))
	w.state(id, outbox.Completed)
}
