package ckan_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"chasqui/sync/ckan"
	"chasqui/sync/outbox"
	"chasqui/sync/outbox/outboxtest"
	"chasqui/sync/portal"
	"chasqui/sync/portal/portaltest"
	"chasqui/sync/practice"
)

var (
	soak = flag.Int("soak", 30, "how many datasets go through the bad link")
	seed = flag.Uint64("seed", 0, "of the bad link's faults; 0 draws one and prints it")
)

// badLink fails one request in eight, each time in another way.
type badLink struct {
	mu     sync.Mutex
	chance *rand.Rand
	stop   func() // what gives up a stalled request
	played map[portaltest.Fault]int
}

func (l *badLink) RoundTrip(req *http.Request) (*http.Response, error) {
	l.mu.Lock()
	wire := &portaltest.Wire{Stall: l.stop}
	if l.chance.IntN(8) == 0 {
		all := portaltest.AllFaults()
		wire.FailAt, wire.Fault = 1, all[l.chance.IntN(len(all))]
		l.played[wire.Fault]++
	}
	l.mu.Unlock()
	return wire.RoundTrip(req)
}

// TestAQueueArrivesThroughABadLink sends datasets, each corrected once, from a
// queue whose process is started anew for each pass.
func TestAQueueArrivesThroughABadLink(t *testing.T) {
	if *seed == 0 {
		*seed = rand.Uint64()
	}
	t.Logf("-seed %d", *seed)
	target, _ := playground(t, practice.Options{})
	witness := &portaltest.ActionAPI{URL: target.URL, Organization: target.Organization}
	witness.Token, _ = target.Token()
	link := &badLink{chance: rand.New(rand.NewPCG(*seed, 1)), played: map[portaltest.Fault]int{}}
	target.Transport = link
	store, files := &outboxtest.Memory{}, &portaltest.Blobs{}
	var last []portal.Dataset
	var jobs []outbox.Job
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	for i := range *soak {
		ds, _ := portaltest.Sample(target.Organization, "")
		for _, content := range []string{"first", "corrected"} {
			ds.Resources = []portal.Distribution{files.Put(ds.Resources[0], fmt.Sprintf("%s\n%d\n", content, i))}
			jobs = append(jobs, store.Queue(ds, fmt.Sprintf("destination-%d", i%3), now))
		}
		last = append(last, ds)
	}
	passes := 0
	for left := 1; left > 0; passes++ {
		if passes > 100+10**soak {
			t.Fatalf("%d jobs still wait after %d passes", left, passes)
		}
		ctx, cancel := context.WithCancel(t.Context())
		link.stop = cancel
		runner := &outbox.Runner{
			Store: store,
			Client: func(context.Context, outbox.Job) (portal.Client, portal.Files, error) {
				return ckan.New(target), files, nil
			},
			Now:    func() time.Time { return now },
			Jitter: func() float64 { return 0.5 },
		}
		sum, err := runner.Once(ctx)
		cancel()
		if err != nil || sum.Parked > 0 || sum.Defects > 0 {
			for _, job := range jobs {
				if now, _ := store.Job(t.Context(), job.ID); now.State == outbox.Parked || sum.Defects > 0 {
					t.Errorf("%s is %s for %q after %+v", now.ID, now.State, now.Reason, store.Attempts(now.ID))
				}
			}
			t.Fatalf("%+v, %v", sum, err)
		}
		left = sum.Waiting
	}
	for _, job := range jobs {
		if n := len(store.Receipts(job.ID)); n != 1 {
			t.Errorf("%s has %d receipts", job.ID, n)
		}
	}
	for _, ds := range last {
		found := witness.Find(t, ds.ID)
		if len(found) != 1 || found[0].Files != 1 || witness.Public(t, ds.Name) == nil {
			t.Fatalf("%s: %+v", ds.Name, found)
		}
		got := witness.Fetch(t, found[0].Resources[ds.Resources[0].ID])
		if again := files.Put(ds.Resources[0], string(got)); again.SHA256 != ds.Resources[0].SHA256 {
			t.Errorf("%s serves %q", ds.Name, got)
		}
	}
	t.Logf("%d jobs in %d passes; faults played: %v", len(jobs), passes, link.played)
}
