package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// heard is what the observer was told so far.
func (w *world) heard() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.events)
}

// story is a job's log as words.
func (w *world) story(id string) string {
	var words []string
	for _, e := range w.store.Log(id) {
		words = append(words, e.Event)
	}
	return strings.Join(words, " ")
}

func TestOutsideTheLinkHoursAJobWaitsAndSaysUntilWhen(t *testing.T) {
	w := newWorld(t)
	opens := w.clock.Add(3 * time.Hour)
	w.runner.Admit = func(_ context.Context, j outbox.Job) (outbox.Verdict, error) {
		if w.clock.Before(opens) && !j.AnyHour {
			return outbox.Verdict{Hours: opens}, nil
		}
		return outbox.Verdict{}, nil
	}
	held, hurried := w.queue("a", "x"), w.queue("b", "x")
	for range 3 { // it is said once
		if sum := w.once(); sum.Sent != 0 || sum.Waiting != 2 {
			t.Errorf("%+v", sum)
		}
	}
	job := w.state(held, outbox.Available)
	if job.Why != outbox.Window || !job.NotBefore.Equal(opens) || w.story(held) != "held" {
		t.Errorf("%+v, log %q", job, w.story(held))
	}
	w.must(w.runner.Retry(t.Context(), hurried))
	if sum := w.once(); sum.Sent != 1 {
		t.Errorf("a person said now: %+v", sum)
	}
	w.state(hurried, outbox.Completed)
	w.clock = opens
	if sum := w.once(); sum.Sent != 1 {
		t.Errorf("the hours have come: %+v", sum)
	}
}

func TestHoursThatWereLiftedHoldNoJobBack(t *testing.T) {
	w := newWorld(t)
	closed := true
	w.runner.Admit = func(context.Context, outbox.Job) (outbox.Verdict, error) {
		if closed {
			return outbox.Verdict{Hours: w.clock.AddDate(0, 0, 5)}, nil
		}
		return outbox.Verdict{}, nil
	}
	id := w.queue("a", "x")
	w.once()
	closed = false
	if sum := w.once(); sum.Sent != 1 {
		t.Errorf("%+v", sum)
	}
	w.state(id, outbox.Completed)
}

func TestWhatItCostsIsAskedOnceAndForOneJob(t *testing.T) {
	w := newWorld(t)
	w.runner.Admit = func(_ context.Context, j outbox.Job) (outbox.Verdict, error) {
		if j.Bytes > 10 && !j.AnyCost {
			return outbox.Verdict{Reason: outbox.Cost}, nil
		}
		return outbox.Verdict{}, nil
	}
	large := w.store.Queue(portal.Dataset{ID: "a", Resources: []portal.Distribution{{Bytes: 11}}}, "x", w.clock).ID
	behind, small := w.queue("a", "x"), w.queue("b", "x")
	if sum := w.once(); sum.Sent != 1 || sum.Parked != 1 || sum.Waiting != 1 {
		t.Errorf("%+v", sum)
	}
	w.state(small, outbox.Completed)
	w.state(behind, outbox.Available)
	if job := w.state(large, outbox.Parked); job.Reason != outbox.Cost || job.Attempts != 0 {
		t.Errorf("%+v", job)
	}
	w.must(w.runner.Reconsider(t.Context(), large)) // the rule changed, the answer did not come
	w.once()
	w.state(large, outbox.Parked)
	w.must(w.runner.Retry(t.Context(), large))
	if sum := w.once(); sum.Sent != 2 {
		t.Errorf("%+v", sum)
	}
	if got, want := w.story(large), "asked retried asked retried taken delivered"; got != want {
		t.Errorf("log %q, want %q", got, want)
	}
}

func TestAPauseOfEverythingStopsWhatIsBeingSent(t *testing.T) {
	w := newWorld(t)
	paused := false
	w.runner.Admit = func(context.Context, outbox.Job) (outbox.Verdict, error) { return outbox.Verdict{Wait: paused}, nil }
	first, second := w.queue("a", "x"), w.queue("b", "x")
	w.publish = func(ctx context.Context, _ portal.Publication) (portal.Receipt, error) {
		paused = true
		w.runner.StopRuns()
		<-ctx.Done()
		return portal.Receipt{}, ctx.Err()
	}
	w.once()
	if job := w.state(first, outbox.Available); job.Attempts != 0 || job.Paused {
		t.Errorf("%+v", job)
	}
	if got := w.story(second); got != "" {
		t.Errorf("the second was touched: %q", got)
	}
	paused, w.publish = false, newWorld(t).publish
	if sum := w.once(); sum.Sent != 2 {
		t.Errorf("%+v", sum)
	}
}

func TestAPersonPutsAJobFirst(t *testing.T) {
	w := newWorld(t)
	var order []string
	w.publish = func(_ context.Context, pub portal.Publication) (portal.Receipt, error) {
		order = append(order, pub.Dataset.ID)
		return portal.Receipt{}, nil
	}
	w.queue("a", "x")
	w.queue("b", "x")
	w.must(w.runner.First(t.Context(), w.queue("c", "x")))
	w.must(w.runner.First(t.Context(), w.queue("d", "x")))
	w.once()
	if diff := cmp.Diff([]string{"d", "c", "a", "b"}, order); diff != "" {
		t.Error(diff)
	}
}

func TestADestinationOutOfReachIsAskedOneQuestionNotTriedByEveryJob(t *testing.T) {
	w := newWorld(t)
	for _, dataset := range []string{"a", "b", "c", "d"} {
		w.queue(dataset, "dead")
	}
	alive := w.queue("e", "alive")
	tried := 0
	w.publish = func(_ context.Context, pub portal.Publication) (portal.Receipt, error) {
		if pub.Dataset.ID == "e" {
			return portal.Receipt{}, nil
		}
		tried++
		return portal.Receipt{}, fault(portal.Unreachable)
	}
	w.ping = func() error { return fault(portal.Unreachable) }
	if sum := w.once(); sum.Sent != 1 || sum.Waiting != 4 || tried != 1 {
		t.Errorf("%+v after %d tries", sum, tried)
	}
	w.state(alive, outbox.Completed)
	w.ping = func() error { return nil } // it was that one job that was cut off
	if w.once(); tried != 5 {
		t.Errorf("%d tries, want each job tried once", tried-1)
	}
}

// offline is a world whose destination can't be reached, with a Watch that
// runs; over synctest's clock.
func offline(t *testing.T, jobs int) (w *world, tries, pings *atomic.Int64, up *atomic.Bool) {
	w = newWorld(t)
	w.runner.Now = time.Now
	w.clock = time.Now()
	tries, pings, up = new(atomic.Int64), new(atomic.Int64), new(atomic.Bool)
	answer := func() error {
		if up.Load() {
			return nil
		}
		return fault(portal.Unreachable)
	}
	w.publish = func(context.Context, portal.Publication) (portal.Receipt, error) {
		tries.Add(1)
		return portal.Receipt{}, answer()
	}
	w.ping = func() error { pings.Add(1); return answer() }
	for i := range jobs {
		w.queue(string(rune('a'+i)), "x")
	}
	return w, tries, pings, up
}

func TestALongTimeOfflineCostsFewQuestions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, tries, pings, up := offline(t, 20)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- w.runner.Watch(ctx) }()
		<-time.After(8 * time.Hour) // of the fake clock
		if n := pings.Load(); tries.Load() != 1 || n < 90 || n > 110 {
			t.Errorf("%d tries and %d questions in 8 hours with 20 jobs", tries.Load(), n)
		}
		if links := w.runner.Links(); len(links) != 1 || links[0].Up || !links[0].Known {
			t.Errorf("%+v", links)
		}
		up.Store(true)
		w.runner.Returned()
		synctest.Wait()
		left, err := w.store.Jobs(t.Context())
		if err != nil || len(left) != 0 {
			t.Errorf("the network is back, and %d jobs wait, %v", len(left), err)
		}
		if i := slices.Index(w.heard(), " link"); i < 0 {
			t.Errorf("nobody was told of the link: %v", w.heard())
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// A laptop that sleeps: its timers stand still while the wall's clock goes on,
// by more than any wait. What was due in between goes within a minute of the
// wake.
func TestASleepOfALaptopHoldsNothingBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, _, _, up := offline(t, 3)
		var asleep atomic.Int64
		w.runner.Now = func() time.Time { return time.Now().Add(time.Duration(asleep.Load())) }
		later := w.queue("z", "y")
		job := w.job(later)
		job.Why, job.NotBefore = outbox.Scheduled, time.Now().Add(6*time.Hour)
		w.must(w.store.Apply(t.Context(), outbox.Available, job, outbox.Entry{}, nil, nil))
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- w.runner.Watch(ctx) }()
		<-time.After(30 * time.Minute)
		up.Store(true)
		asleep.Store(int64(9 * time.Hour))
		<-time.After(time.Minute)
		synctest.Wait()
		left, err := w.store.Jobs(t.Context())
		if err != nil || len(left) != 0 {
			t.Errorf("a minute after the wake %d jobs wait: %+v, %v", len(left), left, err)
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestARunsCostStandsInTheLog(t *testing.T) {
	w := newWorld(t)
	id := w.queue("a", "x")
	w.publish = func(context.Context, portal.Publication) (portal.Receipt, error) {
		w.clock = w.clock.Add(90 * time.Second)
		return portal.Receipt{}, &portal.Error{Kind: portal.TooLarge, Resource: "Tabla", Detail: "413"}
	}
	w.once()
	log := w.store.Log(id)
	last := log[len(log)-1]
	want := outbox.Entry{At: w.clock, Event: "refused", Kind: portal.TooLarge, File: "Tabla", Detail: "413", Run: outbox.Run{Took: 90 * time.Second}}
	if diff := cmp.Diff(want, last); diff != "" {
		t.Error(diff)
	}
}

func TestAnAnswerToAnEditGoesToTheCourier(t *testing.T) {
	for _, keep := range []outbox.Keep{outbox.Ours, outbox.Theirs} {
		w := newWorld(t)
		id := w.queue("a", "x")
		var kept portal.Keep
		var adopt bool
		w.publish = func(ctx context.Context, pub portal.Publication) (portal.Receipt, error) {
			kept, adopt = pub.Keep, pub.Adopt
			if pub.Keep != "" {
				return portal.Receipt{}, nil
			}
			about := &portal.Comparison{Clash: portal.Edited, Differences: []portal.Difference{{Field: "title", Was: "a", Ours: "b", Theirs: "c"}}}
			w.must(portal.SaveComparison(ctx, pub.Journal, about))
			return portal.Receipt{}, &portal.Error{Kind: portal.Conflict, Comparison: about}
		}
		w.once()
		w.state(id, outbox.Parked)
		w.must(w.runner.Resolve(t.Context(), id, keep))
		w.once()
		w.state(id, outbox.Completed)
		if string(kept) != string(keep) || adopt {
			t.Errorf("%s: the courier heard %q, adopt %v", keep, kept, adopt)
		}
	}
}

func TestALookTellsTheWayFromTheAnswer(t *testing.T) {
	w := newWorld(t)
	cases := []struct {
		name      string
		err       error
		known, up bool
		kind      portal.Kind
	}{
		{"a token that can't be read here", &portal.Error{Kind: portal.Denied, Err: errors.New("no such file")}, false, false, ""},
		{"a token that does not count", &portal.Error{Kind: portal.Denied, Status: 403}, true, true, portal.Denied},
		{"busy", &portal.Error{Kind: portal.Busy, Status: 503}, true, true, portal.Busy},
		{"nobody there", &portal.Error{Kind: portal.Unreachable}, true, false, portal.Unreachable},
		{"all well", nil, true, true, ""},
	}
	for i, c := range cases {
		w.ping = func() error { return c.err }
		l, err := w.runner.Probe(t.Context(), fmt.Sprint(i))
		if c.known && err != nil || l.Known != c.known || l.Up != c.up || l.Kind != c.kind {
			t.Errorf("%s: %+v, %v", c.name, l, err)
		}
	}
}

func TestADestinationThatAsksForPatienceIsNotAskedByEveryJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.runner.Now = time.Now
		for i := range 10 {
			w.queue(string(rune('a'+i)), "busy")
		}
		other := w.queue("z", "free")
		var tries atomic.Int64
		calm := time.Now().Add(time.Hour)
		w.publish = func(_ context.Context, pub portal.Publication) (portal.Receipt, error) {
			if pub.Dataset.ID == "z" {
				return portal.Receipt{}, nil
			}
			tries.Add(1)
			if time.Now().Before(calm) {
				return portal.Receipt{}, &portal.Error{Kind: portal.Busy, Status: 429, RetryAfter: 20 * time.Minute}
			}
			return portal.Receipt{}, nil
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- w.runner.Watch(ctx) }()
		<-time.After(59 * time.Minute)
		synctest.Wait()
		if n := tries.Load(); n != 3 {
			t.Errorf("asked %d times in an hour, though it wanted 20 minutes of peace each time", n)
		}
		w.state(other, outbox.Completed)
		<-time.After(45 * time.Minute)
		synctest.Wait()
		if left, err := w.store.Jobs(t.Context()); err != nil || len(left) != 0 {
			t.Errorf("%d jobs wait, %v", len(left), err)
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestADestinationThatFailsOneDatasetAfterTheOtherIsLeftInPeace(t *testing.T) {
	w := newWorld(t)
	for i := range 10 {
		w.queue(string(rune('a'+i)), "x")
	}
	tries := 0
	w.publish = func(context.Context, portal.Publication) (portal.Receipt, error) {
		tries++
		return portal.Receipt{}, &portal.Error{Kind: portal.Busy, Status: 502}
	}
	if w.once(); tries != 3 {
		t.Errorf("%d tries in one pass, want 3", tries)
	}
	if w.once(); tries != 6 {
		t.Errorf("a person asked again: %d tries in all, want 3 more", tries)
	}
	w.publish = func(_ context.Context, pub portal.Publication) (portal.Receipt, error) {
		if pub.Dataset.ID == "a" {
			return portal.Receipt{}, &portal.Error{Kind: portal.Busy, Status: 502}
		}
		return portal.Receipt{}, nil
	}
	if sum := w.once(); sum.Sent != 9 {
		t.Errorf("one dataset that fails held back others: %+v", sum)
	}
}

func TestAPersonsWordEndsTheWaitsOfTheDestination(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, tries, pings, up := offline(t, 1)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- w.runner.Watch(ctx) }()
		<-time.After(time.Hour)
		synctest.Wait()
		before := pings.Load()
		w.must(w.runner.Retry(t.Context(), "job-1"))
		synctest.Wait()
		if pings.Load() != before+1 || tries.Load() != 1 {
			t.Errorf("asked now, looked %d times more and tried %d times", pings.Load()-before, tries.Load()-1)
		}
		up.Store(true)
		w.must(w.runner.Retry(t.Context(), "job-1"))
		synctest.Wait()
		w.state("job-1", outbox.Completed)
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}
