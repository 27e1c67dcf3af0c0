package outbox_test

import (
	"context"
	"testing"

	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// A link that is cut every two minutes carries something in between: whoever
// waits longer after each cut waits for most of the day.
func TestARunThatBroughtSomethingDoesNotDeepenTheWait(t *testing.T) {
	for _, settled := range []bool{true, false} {
		w := newWorld(t)
		id := w.queue("a", "x")
		w.publish = func(_ context.Context, pub portal.Publication) (portal.Receipt, error) {
			pub.Progress(portal.Progress{Step: "upload", Done: 10, Settled: settled})
			return portal.Receipt{}, fault(portal.Unreachable)
		}
		for range 4 {
			w.once()
		}
		want := 4
		if settled {
			want = 1
		}
		if job := w.state(id, outbox.Available); job.Snoozes != want {
			t.Errorf("settled %v: %d snoozes, want %d", settled, job.Snoozes, want)
		}
	}
}
