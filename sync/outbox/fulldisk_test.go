package outbox_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

var errFull = errors.New("no space left on device")

// life sends three jobs of two datasets through a portal that is busy once,
// with a pause, a resume and a job put first; what a full disk refuses is left
// undone, and done again by the next pass.
func (w *world) life(ids []string) {
	busy := true
	w.publish = func(_ context.Context, pub portal.Publication) (portal.Receipt, error) {
		if busy && pub.Dataset.ID == "a" {
			busy = false
			return portal.Receipt{}, fault(portal.Busy)
		}
		return portal.Receipt{Dataset: pub.Dataset.ID}, nil
	}
	tolerate := func(err error) {
		w.Helper()
		var ended *outbox.IllegalError // a job that is gone can't be resumed
		if err != nil && !errors.Is(err, errFull) && !errors.As(err, &ended) {
			w.Error(err)
		}
	}
	tolerate(w.runner.Pause(w.Context(), ids[1]))
	tolerate(w.runner.First(w.Context(), ids[2]))
	for range 4 {
		_, err := w.runner.Once(w.Context())
		tolerate(err)
		w.clock = w.clock.Add(time.Hour)
		tolerate(w.runner.Resume(w.Context(), ids[1]))
	}
}

// The disk is full at one write of the queue, for every write there is, and
// stays full for as many writes as follow until somebody makes room.
func TestAFullDiskAtAnyWriteLosesNoJob(t *testing.T) {
	points := 0
	for at := 1; ; at++ {
		for _, length := range []int{1, 3} {
			w := newWorld(t)
			ids := []string{w.queue("a", "x"), w.queue("a", "x"), w.queue("b", "x")}
			writes := 0
			w.store.Fail = func(method string) error {
				if method != "Apply" && method != "Journal.Save" {
					return nil
				}
				if writes++; writes >= at && writes < at+length {
					return errFull
				}
				return nil
			}
			w.life(ids)
			if writes < at {
				t.Logf("%d full disks", points)
				if points < 25 {
					t.Errorf("only %d points: the test proves little", points)
				}
				return
			}
			points++
			w.store.Fail = nil
			w.restart()
			w.must(w.runner.Recover(t.Context()))
			for range 3 {
				w.once()
				w.clock = w.clock.Add(time.Hour)
			}
			for _, id := range ids {
				if w.job(id).Paused {
					w.must(w.runner.Resume(t.Context(), id))
					w.once()
				}
				if job := w.job(id); job.State != outbox.Completed || len(w.store.Receipts(id)) != 1 {
					t.Errorf("full at write %d for %d: %s is %s with %d receipts", at, length, id, job.State, len(w.store.Receipts(id)))
				}
			}
		}
	}
}
