package app

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"sync"
	"testing"

	"chasqui/sync/outbox"
	"chasqui/sync/portal"
	"chasqui/sync/portal/portaltest"
)

var soakJobs = flag.Int("soak", 8, "how many datasets go through the bad link")

// roughRoad fails one request in ten, each time in another way.
type roughRoad struct {
	mu     sync.Mutex
	chance *rand.Rand
	smooth bool
	next   portal.Transport
	played int
}

// RoundTrip lets a request through, or not.
func (r *roughRoad) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, stop := context.WithCancel(req.Context())
	wire := &portaltest.Wire{Next: r.next, Stall: stop}
	r.mu.Lock()
	if !r.smooth && r.chance.IntN(10) == 0 {
		all := portaltest.AllFaults()
		wire.FailAt, wire.Fault = 1, all[r.chance.IntN(len(all))]
		r.played++
	}
	r.mu.Unlock()
	resp, err := wire.RoundTrip(req.WithContext(ctx))
	if err != nil {
		stop()
		return nil, err
	}
	resp.Body = &ending{resp.Body, stop}
	return resp, nil
}

// held is what the process holds after everything that can go has gone.
type held struct{ heap, goroutines, files int }

func measured(t *testing.T) held {
	t.Helper()
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	h := held{heap: int(m.HeapAlloc), goroutines: runtime.NumGoroutine()}
	if list, err := os.ReadDir("/proc/self/fd"); err == nil {
		h.files = len(list)
	}
	return h
}

// TestALongQueueThroughABadLinkArrivesInFlatMemory is the whole way, from the
// freeze over the database and the blobs to a portal that is read back.
func TestALongQueueThroughABadLinkArrivesInFlatMemory(t *testing.T) {
	o := newOffice(t)
	seed := rand.Uint64()
	road := &roughRoad{chance: rand.New(rand.NewPCG(seed, 1)), next: o.app.opt.Transport}
	o.app.opt.Transport = road
	var jobs []string
	for i := range *soakJobs {
		d, err := o.app.NewDataset(t.Context(), NewDataset{Path: fileOf(t, fmt.Sprintf("tabla-%d.csv", i), fmt.Sprintf("código,monto\n0%d,%d\n0%d,2\n", i, i, i+1))})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.app.Edit(t.Context(), d.ID, []Assignment{{"description", "x"}, {"license", "cc-by-4.0"}, {"email", "t@muni.example"}}); err != nil {
			t.Fatal(err)
		}
		j, err := o.app.Publish(t.Context(), d.ID, o.to.ID, PublishOptions{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		jobs = append(jobs, j.ID)
	}
	var first held
	passes, half := 0, *soakJobs/2
	for left := *soakJobs; left > 0; passes++ {
		if passes > 50+5**soakJobs {
			t.Fatalf("%d jobs still wait after %d passes", left, passes)
		}
		sum := o.sync()
		if sum.Parked > 0 || sum.Defects > 0 {
			t.Fatalf("%+v", sum)
		}
		left = sum.Waiting
		if first.heap == 0 && left <= half {
			first = measured(t)
		}
	}
	road.smooth = true
	last := measured(t)
	if grown := last.heap - first.heap; grown > 8<<20 {
		t.Errorf("the second half left %d kB more on the heap", grown>>10)
	}
	if last.goroutines > first.goroutines+4 || last.files > first.files+4 {
		t.Errorf("half way %+v, at the end %+v", first, last)
	}
	for _, id := range jobs {
		j := o.job(id)
		if j.State != outbox.Completed || j.Receipt == nil {
			t.Fatalf("%s is %s", id, j.State)
		}
		if _, err := o.app.VerifyJob(t.Context(), id); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	t.Logf("seed %d: %d jobs in %d passes with %d faults; heap %d kB half way and %d kB at the end",
		seed, len(jobs), passes, road.played, first.heap>>10, last.heap>>10)
}

// ending is a body that ends something when it is closed.
type ending struct {
	body interface {
		Read([]byte) (int, error)
		Close() error
	}
	stop context.CancelFunc
}

// Read is the body's.
func (e *ending) Read(p []byte) (int, error) { return e.body.Read(p) }

// Close closes the body and ends the rest.
func (e *ending) Close() error {
	defer e.stop()
	return e.body.Close()
}
