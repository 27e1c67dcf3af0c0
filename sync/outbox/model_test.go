package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chasqui/sync/outbox"
	"chasqui/sync/outbox/outboxtest"
	"chasqui/sync/portal"
)

// model is a simple picture of the world that random events are checked
// against: what each portal holds, and what became of each publication.
type model struct {
	t      *rapid.T
	store  *outboxtest.Memory
	runner *outbox.Runner
	clock  time.Time

	jobs    []string
	version map[string]int    // job -> its number among its dataset's
	lane    map[string]string // job -> dataset and destination
	holds   map[string]int    // lane -> version that the portal shows
	newest  map[string]int    // lane -> versions queued so far
	answers map[string]int    // job -> attempts that reached the portal
	forced  map[string]bool   // job -> ended by a person without a look
	faults  []string          // what the next calls of a courier meet
}

// errKilled ends a run between what the portal did and what is written of it.
var errKilled = errors.New("killed")

func newModel(t *rapid.T) *model {
	m := &model{
		t: t, store: &outboxtest.Memory{}, clock: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC),
		version: map[string]int{}, lane: map[string]string{}, holds: map[string]int{},
		newest: map[string]int{}, answers: map[string]int{}, forced: map[string]bool{},
	}
	m.start()
	return m
}

// start is a new process over the same store.
func (m *model) start() {
	m.store.Fail = nil
	m.runner = &outbox.Runner{
		Store:  m.store,
		Now:    func() time.Time { return m.clock },
		Jitter: func() float64 { return 0.5 },
		Client: func(_ context.Context, job outbox.Job) (portal.Client, portal.Files, error) {
			return &modelCourier{m, job}, nil, nil
		},
	}
	if err := m.runner.Recover(context.Background()); err != nil {
		m.t.Fatal(err)
	}
}

// modelCourier publishes by setting a number, and fails as the test drew.
type modelCourier struct {
	m   *model
	job outbox.Job
}

func (c *modelCourier) Ping(context.Context) (portal.Status, error) { return portal.Status{}, nil }

func (c *modelCourier) Publish(context.Context, portal.Publication) (portal.Receipt, error) {
	m, id := c.m, c.job.ID
	next := ""
	if len(m.faults) > 0 {
		next, m.faults = m.faults[0], m.faults[1:]
	}
	deliver := func() {
		if have := m.holds[m.lane[id]]; have > m.version[id] {
			m.t.Fatalf("%s (version %d) overtakes version %d", id, m.version[id], have)
		}
		m.holds[m.lane[id]] = m.version[id]
	}
	switch next {
	case "offline":
		return portal.Receipt{}, fault(portal.Unreachable)
	case "lost":
		deliver()
		return portal.Receipt{}, fault(portal.Unreachable)
	case "killed":
		deliver()
		m.kill()
		return portal.Receipt{}, nil
	case "cancelled", "cancelled late":
		if next == "cancelled late" {
			deliver()
		}
		if err := m.runner.Cancel(context.Background(), id); err != nil {
			m.t.Fatal(err)
		}
		return portal.Receipt{}, context.Canceled
	case "panic":
		m.answers[id]++
		panic("drawn by the test")
	case "":
		m.answers[id]++
		deliver()
		return c.receipt(), nil
	}
	m.answers[id]++
	return portal.Receipt{}, fault(portal.Kind(next))
}

func (c *modelCourier) Verify(context.Context, portal.Dataset, *portal.Receipt) (portal.Receipt, error) {
	m := c.m
	if len(m.faults) > 0 && m.faults[0] == "offline" {
		m.faults = m.faults[1:]
		return portal.Receipt{}, fault(portal.Unreachable)
	}
	if m.holds[m.lane[c.job.ID]] != m.version[c.job.ID] {
		return portal.Receipt{}, fault(portal.Conflict)
	}
	m.answers[c.job.ID]++
	return c.receipt(), nil
}

func (c *modelCourier) Remove(context.Context, portal.Dataset) error { return nil }

func (c *modelCourier) receipt() portal.Receipt {
	return portal.Receipt{Dataset: fmt.Sprint(c.m.version[c.job.ID]), Verified: "full"}
}

// kill makes every write fail from here on, as for a process that is gone.
func (m *model) kill() {
	m.store.Fail = func(method string) error {
		if method == "Apply" || method == "Journal.Save" {
			return errKilled
		}
		return nil
	}
}

func (m *model) queue() {
	dataset := rapid.SampledFrom([]string{"a", "b"}).Draw(m.t, "dataset")
	destination := rapid.SampledFrom([]string{"x", "y"}).Draw(m.t, "destination")
	job := m.store.Queue(portal.Dataset{ID: dataset}, destination, m.clock)
	lane := dataset + "/" + destination
	m.newest[lane]++
	m.jobs = append(m.jobs, job.ID)
	m.version[job.ID], m.lane[job.ID] = m.newest[lane], lane
}

// pass sends, with faults drawn for the calls to come.
func (m *model) pass() {
	kinds := []string{"", "", "offline", "lost", "killed", "cancelled", "cancelled late", "panic"}
	for _, kind := range portal.Kinds {
		kinds = append(kinds, string(kind))
	}
	for i, kind := range kinds {
		if kind == string(portal.Unreachable) {
			kinds[i] = "offline"
		}
	}
	m.faults = rapid.SliceOfN(rapid.SampledFrom(kinds), 0, 4).Draw(m.t, "faults")
	m.send()
	m.faults = nil
}

// send is one pass, one destination at a time, so that drawn faults fall in a
// fixed order; a process that was killed is started again.
func (m *model) send() {
	for _, destination := range []string{"x", "y"} {
		var only []string
		for _, id := range m.jobs {
			if job := m.read(id); job.Destination == destination {
				only = append(only, id)
			}
		}
		if len(only) == 0 {
			continue
		}
		_, err := m.runner.Once(context.Background(), only...)
		if err != nil && !errors.Is(err, errKilled) {
			m.t.Fatal(err)
		}
		if err != nil {
			m.start()
		}
	}
}

func (m *model) read(id string) outbox.Job {
	job, err := m.store.Job(context.Background(), id)
	if err != nil {
		m.t.Fatalf("%s is lost: %v", id, err)
	}
	return job
}

// person does one thing to one job; what the table forbids must be refused.
func (m *model) person() {
	if len(m.jobs) == 0 {
		return
	}
	ctx := context.Background()
	id := rapid.SampledFrom(m.jobs).Draw(m.t, "job")
	act := rapid.SampledFrom([]string{"cancel", "pause", "resume", "retry", "ours", "theirs"}).Draw(m.t, "act")
	before := m.read(id)
	var err error
	switch act {
	case "cancel":
		err = m.runner.Cancel(ctx, id)
		m.forced[id] = m.forced[id] || before.Cancelling || before.State == outbox.Parked
	case "pause":
		err = m.runner.Pause(ctx, id)
	case "resume":
		err = m.runner.Resume(ctx, id)
	case "retry":
		err = m.runner.Retry(ctx, id)
	default:
		err = m.runner.Resolve(ctx, id, outbox.Keep(act))
		m.forced[id] = m.forced[id] || act == "theirs" && err == nil
	}
	var bad *outbox.IllegalError
	if err != nil && !errors.As(err, &bad) {
		m.t.Fatal(err)
	}
	if before.State.Final() && (err == nil || m.read(id) != before) {
		m.t.Fatalf("%s a job that has ended: %v", act, err)
	}
}

// check is what must be true after every event.
func (m *model) check() {
	for _, id := range m.jobs {
		job := m.read(id)
		if job.State == outbox.Running {
			m.t.Fatalf("%s is running and nobody runs it", id)
		}
		receipts := m.store.Receipts(id)
		if done := job.State == outbox.Completed; len(receipts) > 1 || done != (len(receipts) == 1) {
			m.t.Fatalf("%s is %s with %d receipts", id, job.State, len(receipts))
		}
		if len(receipts) == 1 && receipts[0].Dataset != fmt.Sprint(m.version[id]) {
			m.t.Fatalf("%s has a receipt for version %s, sent %d", id, receipts[0].Dataset, m.version[id])
		}
		if n := len(m.store.Attempts(id)); n != job.Attempts || n > m.answers[id] {
			m.t.Fatalf("%s: %d attempts on the job, %d on record, %d answers", id, job.Attempts, n, m.answers[id])
		}
		if (job.Reason != "") != (job.State == outbox.Parked) {
			m.t.Fatalf("%s is %s for %q", id, job.State, job.Reason)
		}
		if job.State == outbox.Cancelled && !m.forced[id] && m.holds[m.lane[id]] == m.version[id] {
			m.t.Fatalf("%s was cancelled although the portal shows it", id)
		}
	}
}

// finish lets everything work and every person say yes: the queue must empty.
func (m *model) finish() {
	ctx := context.Background()
	for range 3 * len(m.jobs) {
		for _, id := range m.jobs {
			if job := m.read(id); !job.State.Final() && (job.Paused || job.State == outbox.Parked) {
				if err := m.runner.Retry(ctx, id); err != nil {
					m.t.Fatal(err)
				}
			}
		}
		m.send()
		m.check()
	}
	for _, id := range m.jobs {
		if job := m.read(id); !job.State.Final() {
			m.t.Fatalf("%s never ended: %+v", id, job)
		}
	}
}

func TestWhateverHappensNoJobIsLostOrSentOutOfOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newModel(t)
		t.Repeat(map[string]func(*rapid.T){
			"queue":  func(*rapid.T) { m.queue() },
			"pass":   func(*rapid.T) { m.pass() },
			"person": func(*rapid.T) { m.person() },
			"clock": func(t *rapid.T) {
				m.clock = m.clock.Add(time.Duration(rapid.Int64Range(-3e7, 3e7).Draw(t, "seconds")) * time.Second)
			},
			"": func(*rapid.T) { m.check() },
		})
		m.finish()
	})
}
