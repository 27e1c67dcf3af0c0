package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"chasqui/sync/outbox"
	"chasqui/sync/outbox/outboxtest"
	"chasqui/sync/portal"
)

// world is what the runners of a test talk to: a store, a clock, and a
// destination that does what the test says.
type world struct {
	*testing.T
	store   *outboxtest.Memory
	runner  *outbox.Runner
	clock   time.Time
	publish func(ctx context.Context, pub portal.Publication) (portal.Receipt, error)
	verify  func(ctx context.Context, ds portal.Dataset) (portal.Receipt, error)
	ping    func() error

	mu      sync.Mutex
	events  []string
	adopted []bool
}

func newWorld(t *testing.T) *world {
	w := &world{T: t, store: &outboxtest.Memory{}, clock: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)}
	w.publish = func(context.Context, portal.Publication) (portal.Receipt, error) {
		return portal.Receipt{Verified: "full"}, nil
	}
	w.verify = func(context.Context, portal.Dataset) (portal.Receipt, error) {
		return portal.Receipt{}, fault(portal.Conflict)
	}
	w.ping = func() error { return nil }
	w.restart()
	return w
}

// restart makes a new runner over the same store, as a new process would.
func (w *world) restart() {
	w.runner = &outbox.Runner{
		Store:  w.store,
		Client: func(context.Context, outbox.Job) (portal.Client, portal.Files, error) { return (*courier)(w), nil, nil },
		Now:    func() time.Time { return w.clock },
		Jitter: func() float64 { return 0.5 },
		Observer: func(r outbox.Report) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.events = append(w.events, r.Job.ID+" "+r.Event)
		},
	}
}

func (w *world) queue(dataset, destination string) string {
	return w.store.Queue(portal.Dataset{ID: dataset, Name: dataset}, destination, w.clock).ID
}

func (w *world) job(id string) outbox.Job {
	w.Helper()
	job, err := w.store.Job(w.Context(), id)
	if err != nil {
		w.Fatal(err)
	}
	return job
}

func (w *world) once() outbox.Summary {
	w.Helper()
	sum, err := w.runner.Once(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	return sum
}

func (w *world) state(id string, want outbox.State) outbox.Job {
	w.Helper()
	job := w.job(id)
	if job.State != want {
		w.Fatalf("%s is %s, want %s", id, job.State, want)
	}
	return job
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// courier is the world as a portal.Client.
type courier world

func (c *courier) Ping(context.Context) (portal.Status, error) { return portal.Status{}, c.ping() }
func (c *courier) Publish(ctx context.Context, pub portal.Publication) (portal.Receipt, error) {
	c.mu.Lock()
	c.adopted = append(c.adopted, pub.Adopt)
	c.mu.Unlock()
	return c.publish(ctx, pub)
}
func (c *courier) Verify(ctx context.Context, ds portal.Dataset, _ *portal.Receipt) (portal.Receipt, error) {
	return c.verify(ctx, ds)
}
func (c *courier) Remove(context.Context, portal.Dataset) error { return nil }

func fault(kind portal.Kind) error {
	return &portal.Error{Kind: kind, Op: "test", Detail: string(kind)}
}

// failing makes a publish that always fails in one way.
func failing(kind portal.Kind) func(context.Context, portal.Publication) (portal.Receipt, error) {
	return func(context.Context, portal.Publication) (portal.Receipt, error) {
		return portal.Receipt{}, fault(kind)
	}
}

func TestASentJobIsCompletedWithItsReceipt(t *testing.T) {
	w := newWorld(t)
	id := w.queue("a", "x")
	if diff := cmp.Diff(outbox.Summary{Sent: 1}, w.once(), cmp.AllowUnexported(outbox.Summary{}), ignoreTried()); diff != "" {
		t.Error(diff)
	}
	w.state(id, outbox.Completed)
	if n := len(w.store.Receipts(id)); n != 1 {
		t.Errorf("%d receipts", n)
	}
	if diff := cmp.Diff([]string{id + " taken", " link", id + " delivered"}, w.events); diff != "" {
		t.Error(diff)
	}
}

func ignoreTried() cmp.Option {
	return cmp.FilterPath(func(p cmp.Path) bool { return p.String() == "tried" }, cmp.Ignore())
}

func TestOfflineIsNoAttempt(t *testing.T) {
	w := newWorld(t)
	id := w.queue("a", "x")
	w.publish = failing(portal.Unreachable)
	for i := 1; i <= 3; i++ {
		sum := w.once()
		job := w.state(id, outbox.Available)
		if sum.Waiting != 1 || sum.Parked != 0 || job.Why != outbox.Offline || job.Attempts != 0 || job.Snoozes != i || !job.NotBefore.After(w.clock) {
			t.Fatalf("after %d: %+v, %+v", i, sum, job)
		}
	}
	if n := len(w.store.Attempts(id)); n != 0 {
		t.Errorf("%d attempts on record", n)
	}
	w.publish = newWorld(t).publish
	if sum := w.once(); sum.Sent != 1 {
		t.Errorf("once does not wait for the backoff: %+v", sum)
	}
}

func TestAnAttemptCountsTheBytesOfItsOwnRun(t *testing.T) {
	w := newWorld(t)
	id := w.queue("a", "x")
	w.publish = func(_ context.Context, pub portal.Publication) (portal.Receipt, error) {
		for _, p := range []portal.Progress{
			{Step: "look"}, {Step: "upload", Done: 100}, {Step: "upload", Done: 130}, {Step: "verify", Done: 400},
		} {
			pub.Progress(p)
		}
		return portal.Receipt{}, fault(portal.Busy)
	}
	w.once()
	if got := w.store.Attempts(id); len(got) != 1 || got[0].Bytes != 30 {
		t.Errorf("attempts %+v, want 30 bytes", got)
	}
}

func TestEveryKindOfFailureGoesItsWay(t *testing.T) {
	for _, kind := range append(portal.Kinds[:], outbox.Defect) {
		event, reason := outbox.Judge(kind)
		if kind == portal.Unreachable || kind == outbox.Defect {
			continue // have tests of their own
		}
		w := newWorld(t)
		id := w.queue("a", "x")
		w.publish = failing(kind)
		sum := w.once()
		job := w.job(id)
		next, err := outbox.Next(outbox.Running, event)
		if err != nil || job.State != next.To || job.Reason != reason || job.Attempts != 1 {
			t.Errorf("%s: %+v", kind, job)
		}
		attempts := w.store.Attempts(id)
		if len(attempts) != 1 || attempts[0].Kind != kind || attempts[0].Detail == "" {
			t.Errorf("%s: attempts %+v", kind, attempts)
		}
		if (sum.Parked == 1) != (reason != "") || sum.Parked+sum.Waiting != 1 {
			t.Errorf("%s: %+v", kind, sum)
		}
	}
}

func TestAPanicOfACourierCostsOneAttempt(t *testing.T) {
	w := newWorld(t)
	first, second := w.queue("a", "x"), w.queue("b", "x")
	w.publish = func(_ context.Context, pub portal.Publication) (portal.Receipt, error) {
		if pub.Dataset.ID == "a" {
			panic("a defect")
		}
		return portal.Receipt{}, nil
	}
	if sum := w.once(); sum.Defects != 1 || sum.Sent != 1 {
		t.Errorf("%+v", sum)
	}
	w.state(first, outbox.Retryable)
	w.state(second, outbox.Completed)
	if got := w.store.Attempts(first); len(got) != 1 || got[0].Kind != outbox.Defect {
		t.Errorf("attempts %+v", got)
	}
}

func TestAFrozenDatasetThatCantBeReadFailsLikeAnythingElse(t *testing.T) {
	w := newWorld(t)
	id := w.queue("a", "x")
	w.store.Fail = func(method string) error {
		if method == "Load" {
			return errors.New("unexpected end of JSON input")
		}
		return nil
	}
	if sum := w.once(); sum.Defects != 1 {
		t.Errorf("%+v", sum)
	}
	w.state(id, outbox.Retryable)
}

func TestOrderHoldsWithinADatasetAndNowhereElse(t *testing.T) {
	w := newWorld(t)
	a1, a2 := w.queue("a", "x"), w.queue("a", "x")
	b1, elsewhere := w.queue("b", "x"), w.queue("a", "y")
	w.publish = func(_ context.Context, pub portal.Publication) (portal.Receipt, error) {
		return portal.Receipt{}, nil
	}
	w.runner.Client = func(_ context.Context, job outbox.Job) (portal.Client, portal.Files, error) {
		if job.ID == a1 {
			return nil, nil, fault(portal.Denied)
		}
		return (*courier)(w), nil, nil
	}
	if sum := w.once(); sum.Sent != 2 || sum.Parked != 1 || sum.Waiting != 1 {
		t.Errorf("%+v", sum)
	}
	w.state(a1, outbox.Parked)
	w.state(a2, outbox.Available)
	w.state(b1, outbox.Completed)
	w.state(elsewhere, outbox.Completed)
}

func TestShutdownPutsAJobBackWithoutAnError(t *testing.T) {
	w := newWorld(t)
	id := w.queue("a", "x")
	ctx, cancel := context.WithCancel(t.Context())
	w.publish = func(ctx context.Context, _ portal.Publication) (portal.Receipt, error) {
		cancel()
		<-ctx.Done()
		return portal.Receipt{}, &portal.Error{Kind: portal.Unreachable, Err: ctx.Err()}
	}
	if _, err := w.runner.Once(ctx); err != nil {
		t.Fatal(err)
	}
	if job := w.state(id, outbox.Available); job.Attempts != 0 || job.Snoozes != 0 || job.Why != outbox.Due || !job.NotBefore.IsZero() {
		t.Errorf("%+v", job)
	}
}

func TestAJobFoundRunningAtStartIsAvailableAtOnce(t *testing.T) {
	w := newWorld(t)
	id := w.queue("a", "x")
	calls := 0
	w.store.Fail = func(method string) error {
		if method == "Apply" {
			if calls++; calls == 2 {
				return errors.New("no space left on device")
			}
		}
		return nil
	}
	if _, err := w.runner.Once(t.Context()); err == nil {
		t.Fatal("a result that could not be written must be told")
	}
	w.state(id, outbox.Running)
	w.restart()
	w.must(w.runner.Recover(t.Context()))
	if job := w.state(id, outbox.Available); job.Attempts != 0 {
		t.Errorf("%+v", job)
	}
	if sum := w.once(); sum.Sent != 1 {
		t.Errorf("%+v", sum)
	}
}

func TestALateResultDoesNotOverwriteWhatAPersonDid(t *testing.T) {
	w := newWorld(t)
	id := w.queue("a", "x")
	w.publish = func(context.Context, portal.Publication) (portal.Receipt, error) {
		job := w.job(id)
		job.State = outbox.Cancelled
		w.must(w.store.Apply(t.Context(), outbox.Running, job, outbox.Entry{}, nil, nil))
		return portal.Receipt{}, nil
	}
	w.once()
	w.state(id, outbox.Cancelled)
	if n := len(w.store.Receipts(id)); n != 0 {
		t.Errorf("%d receipts", n)
	}
}

func TestScheduledAndPausedJobsAreNotTried(t *testing.T) {
	w := newWorld(t)
	later, paused, due := w.queue("a", "x"), w.queue("b", "x"), w.queue("c", "x")
	job := w.job(later)
	job.Why, job.NotBefore = outbox.Scheduled, w.clock.Add(time.Hour)
	w.must(w.store.Apply(t.Context(), outbox.Available, job, outbox.Entry{}, nil, nil))
	w.must(w.runner.Pause(t.Context(), paused))
	if sum := w.once(); sum.Sent != 1 || sum.Waiting != 2 {
		t.Errorf("%+v", sum)
	}
	w.state(due, outbox.Completed)
	w.clock = w.clock.Add(2 * time.Hour)
	w.must(w.runner.Resume(t.Context(), paused))
	if sum := w.once(); sum.Sent != 2 {
		t.Errorf("%+v", sum)
	}
}

func TestOnlyTheNamedJobIsTriedAndCounted(t *testing.T) {
	w := newWorld(t)
	w.queue("a", "x")
	second := w.queue("b", "x")
	sum, err := w.runner.Once(t.Context(), second)
	if err != nil || sum.Sent != 1 || sum.Waiting != 0 {
		t.Errorf("%+v, %v", sum, err)
	}
}

func TestWatchSendsWhenTheLinkReturns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.runner.Now = time.Now
		w.clock = time.Now()
		back := time.Now().Add(20 * time.Minute)
		tries := 0
		w.publish = func(context.Context, portal.Publication) (portal.Receipt, error) {
			tries++
			if time.Now().Before(back) {
				return portal.Receipt{}, fault(portal.Unreachable)
			}
			return portal.Receipt{}, nil
		}
		id := w.queue("a", "x")
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- w.runner.Watch(ctx) }()
		<-time.After(27 * time.Minute) // of the fake clock: nobody waits
		synctest.Wait()
		w.state(id, outbox.Completed)
		if tries < 5 || tries > 15 {
			t.Errorf("%d tries in 20 minutes offline", tries)
		}
		late := w.queue("b", "x")
		w.runner.Wake()
		synctest.Wait()
		w.state(late, outbox.Completed)
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestWatchLetsASlowDestinationHoldBackNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.runner.Now = time.Now
		slow := w.queue("a", "slow")
		w.publish = func(ctx context.Context, pub portal.Publication) (portal.Receipt, error) {
			if pub.Dataset.ID == "a" {
				<-ctx.Done()
				return portal.Receipt{}, ctx.Err()
			}
			return portal.Receipt{}, nil
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- w.runner.Watch(ctx) }()
		synctest.Wait()
		for i := range 3 {
			id := w.queue(fmt.Sprint("fast", i), "fast")
			w.runner.Wake()
			synctest.Wait()
			w.state(id, outbox.Completed)
		}
		w.state(slow, outbox.Running)
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if job := w.state(slow, outbox.Available); job.Snoozes != 0 {
			t.Errorf("%+v", job)
		}
		if i := slices.Index(w.events, slow+" interrupted"); i < 0 {
			t.Errorf("events %v", w.events)
		}
	})
}
