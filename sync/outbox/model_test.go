package outbox_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"strconv"
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
	asked   map[string]bool   // job -> a person wanted its end, one way or another
	edited  map[string]bool   // lane -> somebody changed there what we left
	faults  []string          // what the next calls of a courier meet

	down   bool      // no destination can be reached
	paused bool      // the office sends nothing
	opens  time.Time // the link hours begin; before it they are closed
	dear   bool      // what has more than one byte is asked about
	slow   bool      // the link is slow
}

// errKilled ends a run between what the portal did and what is written of it.
var errKilled = errors.New("killed")

func newModel(t *rapid.T) *model {
	m := &model{
		t: t, store: &outboxtest.Memory{}, clock: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC),
		version: map[string]int{}, lane: map[string]string{}, holds: map[string]int{},
		newest: map[string]int{}, answers: map[string]int{}, forced: map[string]bool{}, asked: map[string]bool{},
		edited: map[string]bool{},
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
		Admit: m.admit,
		Pace: func(context.Context, string) (outbox.Pace, error) {
			if m.slow {
				return outbox.Pace{Up: 1000}, nil
			}
			return outbox.Pace{}, nil
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

func (c *modelCourier) Ping(context.Context) (portal.Status, error) {
	if c.m.down {
		return portal.Status{}, fault(portal.Unreachable)
	}
	return portal.Status{}, nil
}

func (c *modelCourier) Publish(ctx context.Context, pub portal.Publication) (portal.Receipt, error) {
	m, id := c.m, c.job.ID
	m.mayGo(c.job)
	if m.down {
		return portal.Receipt{}, fault(portal.Unreachable)
	}
	if m.edited[m.lane[id]] && pub.Keep == "" && !pub.Adopt {
		m.answers[id]++
		about := &portal.Comparison{Clash: portal.Edited, Differences: []portal.Difference{{Field: "title"}}}
		if err := portal.SaveComparison(ctx, pub.Journal, about); err != nil {
			return portal.Receipt{}, err
		}
		return portal.Receipt{}, &portal.Error{Kind: portal.Conflict, Comparison: about}
	}
	next := ""
	if len(m.faults) > 0 {
		next, m.faults = m.faults[0], m.faults[1:]
	}
	deliver := func() {
		if have := m.holds[m.lane[id]]; have > m.version[id] {
			m.t.Fatalf("%s (version %d) overtakes version %d", id, m.version[id], have)
		}
		m.holds[m.lane[id]], m.edited[m.lane[id]] = m.version[id], false
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
		m.asked[id] = true
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
	if m.down {
		return portal.Receipt{}, fault(portal.Unreachable)
	}
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
	dataset := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(m.t, "dataset")
	destination := rapid.SampledFrom([]string{"x", "y"}).Draw(m.t, "destination")
	lane := dataset + "/" + destination
	if rapid.IntRange(0, 3).Draw(m.t, "replace") == 0 {
		m.store.Replace(dataset, destination, m.clock)
		for _, id := range m.jobs {
			if m.lane[id] == lane && m.read(id).State == outbox.Cancelled {
				m.forced[id], m.asked[id] = true, true
			}
		}
	}
	content := portal.Dataset{ID: dataset, Resources: []portal.Distribution{{Bytes: rapid.Int64Range(0, 3).Draw(m.t, "bytes")}}}
	job := m.store.Queue(content, destination, m.clock)
	m.newest[lane]++
	m.jobs = append(m.jobs, job.ID)
	m.version[job.ID], m.lane[job.ID] = m.newest[lane], lane
	if rapid.IntRange(0, 5).Draw(m.t, "later") == 0 {
		job.Why, job.NotBefore = outbox.Scheduled, m.clock.Add(time.Duration(rapid.IntRange(1, 1e6).Draw(m.t, "delay"))*time.Second)
		if err := m.store.Apply(context.Background(), outbox.Available, job, outbox.Entry{}, nil, nil); err != nil {
			m.t.Fatal(err)
		}
	}
}

// office changes the rules, the link, or what the portal shows.
func (m *model) office() {
	m.paused = rapid.IntRange(0, 4).Draw(m.t, "paused") == 0
	m.dear = rapid.IntRange(0, 2).Draw(m.t, "dear") == 0
	m.slow = rapid.Bool().Draw(m.t, "slow")
	m.down = rapid.IntRange(0, 3).Draw(m.t, "down") == 0
	m.opens = time.Time{}
	if rapid.IntRange(0, 3).Draw(m.t, "closed") == 0 {
		m.opens = m.clock.Add(time.Duration(rapid.IntRange(1, 1e5).Draw(m.t, "opens")) * time.Second)
	}
}

// edit is somebody who changes at a portal what we left there.
func (m *model) edit() {
	for lane, version := range m.holds {
		if version > 0 && rapid.Bool().Draw(m.t, "edit "+lane) {
			m.edited[lane] = true
		}
	}
}

func (m *model) admit(_ context.Context, j outbox.Job) (outbox.Verdict, error) {
	switch {
	case m.paused:
		return outbox.Verdict{Wait: true}, nil
	case m.dear && j.Bytes > 1 && !j.AnyCost:
		return outbox.Verdict{Reason: outbox.Cost}, nil
	case m.clock.Before(m.opens) && !j.AnyHour:
		return outbox.Verdict{Hours: m.opens}, nil
	}
	return outbox.Verdict{}, nil
}

// mayGo fails if a job is sent that should wait.
func (m *model) mayGo(j outbox.Job) {
	if v, _ := m.admit(context.Background(), j); v != (outbox.Verdict{}) {
		m.t.Fatalf("%s is sent against the office's rules: %+v", j.ID, v)
	}
	for _, id := range m.jobs {
		other := m.read(id)
		if m.lane[id] == m.lane[j.ID] && m.version[id] < m.version[j.ID] && !other.State.Final() {
			m.t.Fatalf("%s is sent before %s, which is %s", j.ID, id, other.State)
		}
	}
	if m.read(j.ID).Paused {
		m.t.Fatalf("%s is sent though it is paused", j.ID)
	}
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
	act := rapid.SampledFrom([]string{"cancel", "pause", "resume", "retry", "first", "ours", "theirs"}).Draw(m.t, "act")
	before := m.read(id)
	var err error
	switch act {
	case "cancel":
		m.asked[id] = true
		err = m.runner.Cancel(ctx, id)
		m.forced[id] = m.forced[id] || before.Cancelling || before.State == outbox.Parked
	case "pause":
		err = m.runner.Pause(ctx, id)
	case "resume":
		err = m.runner.Resume(ctx, id)
	case "retry":
		err = m.runner.Retry(ctx, id)
	case "first":
		err = m.runner.First(ctx, id)
	default:
		err = m.runner.Resolve(ctx, id, outbox.Keep(act))
		if act == "theirs" && err == nil && m.read(id).State == outbox.Cancelled {
			m.forced[id], m.asked[id] = true, true
		}
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
		if job.State == outbox.Cancelled && !m.asked[id] {
			m.t.Fatalf("%s was cancelled and nobody asked for it", id)
		}
		if job.State == outbox.Cancelled && !m.forced[id] && m.holds[m.lane[id]] == m.version[id] {
			m.t.Fatalf("%s was cancelled although the portal shows it", id)
		}
	}
}

// finish lets everything work and every person say yes: the queue must empty.
func (m *model) finish() {
	m.down, m.paused, m.dear, m.opens = false, false, false, time.Time{}
	for range 3 * len(m.jobs) {
		for _, id := range m.jobs {
			m.sayYes(id)
		}
		m.send()
		m.check()
	}
	for _, id := range m.jobs {
		if job := m.read(id); !job.State.Final() {
			m.t.Fatalf("%s never ended: %+v", id, job)
		}
		if newest := m.version[id] == m.newest[m.lane[id]]; newest && !m.asked[id] && m.holds[m.lane[id]] != m.version[id] {
			m.t.Fatalf("the newest of %s is version %d, the portal shows %d", m.lane[id], m.version[id], m.holds[m.lane[id]])
		}
	}
}

// sayYes is a person who lets a job go.
func (m *model) sayYes(id string) {
	ctx, job := context.Background(), m.read(id)
	var err error
	switch {
	case job.State.Final():
	case job.Reason == outbox.Conflict:
		err = m.runner.Resolve(ctx, id, outbox.Ours)
	case job.Paused, job.State == outbox.Parked, job.Why == outbox.Scheduled:
		err = m.runner.Retry(ctx, id)
	}
	if err != nil {
		m.t.Fatal(err)
	}
}

func TestWhateverHappensNoJobIsLostOrSentOutOfOrder(t *testing.T) {
	sowSeed(t)
	runs, events := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		m := newModel(t)
		runs++
		t.Repeat(map[string]func(*rapid.T){
			"queue":  func(*rapid.T) { m.queue() },
			"pass":   func(*rapid.T) { m.pass() },
			"person": func(*rapid.T) { m.person() },
			"office": func(*rapid.T) { m.office() },
			"edit":   func(*rapid.T) { m.edit() },
			"clock": func(t *rapid.T) { // back and forth by up to ten years
				m.clock = m.clock.Add(time.Duration(rapid.Int64Range(-3e8, 3e8).Draw(t, "seconds")) * time.Second)
			},
			"": func(*rapid.T) { events++; m.check() },
		})
		m.finish()
	})
	t.Logf("%d runs, %d events", runs, events)
}

// sowSeed says which seed the runs begin with, so that they can be had again
// with -rapid.seed.
func sowSeed(t *testing.T) {
	f := flag.Lookup("rapid.seed")
	if f.Value.String() == "0" {
		if err := f.Value.Set(strconv.FormatUint(rand.Uint64()>>1, 10)); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("seed %s", f.Value)
}
