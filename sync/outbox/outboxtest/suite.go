package outboxtest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// Fixture is an empty store under test. Names are the suite's own; the fixture
// turns them into whatever ids its tables want, the same for the same name.
type Fixture struct {
	Store outbox.Store
	// Queue queues a new revision of the dataset of that name for the
	// destination of that name, available at once, and returns the job as
	// stored.
	Queue func(t *testing.T, dataset, destination string) outbox.Job
	// Attempts and Receipt return what is on record for a job, oldest attempt
	// first; a nil receipt means there is none.
	Attempts func(t *testing.T, job string) []outbox.Attempt
	Receipt  func(t *testing.T, job string) *portal.Receipt
	// Log returns a job's log, oldest first.
	Log func(t *testing.T, job string) []outbox.Entry
	// Reopen closes the store and opens it again from what stands on disk;
	// nil for a store that has no disk.
	Reopen func(t *testing.T) outbox.Store
}

// Run checks a Store against the contract in outbox.
func Run(t *testing.T, newFixture func(*testing.T) *Fixture) {
	cases := []struct {
		name string
		test func(*testing.T, *Fixture)
	}{
		{"a queued job is available and found", queuedIsFound},
		{"jobs come in the order of queuing", jobsInOrder},
		{"what was applied is read back", appliedIsReadBack},
		{"a stale apply writes nothing", staleWritesNothing},
		{"ended jobs leave the queue but can be read", endedLeaveQueue},
		{"an unknown job is an error", unknownJob},
		{"a dataset is loaded as it was frozen", datasetIsLoaded},
		{"the last receipt comes with the dataset", lastReceiptIsLoaded},
		{"a journal keeps words, each job its own", journalKeeps},
		{"everything stands after reopening", reopened},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.test(t, newFixture(t)) })
	}
}

// sameJob compares jobs to the millisecond, without regard to time zones.
func sameJob() cmp.Option {
	return cmp.Options{
		cmpopts.EquateApproxTime(time.Millisecond),
		cmpopts.EquateEmpty(),
	}
}

func get(t *testing.T, s outbox.Store, id string) outbox.Job {
	t.Helper()
	job, err := s.Job(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return job
}

func ids(t *testing.T, s outbox.Store) []string {
	t.Helper()
	jobs, err := s.Jobs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, job := range jobs {
		out = append(out, job.ID)
	}
	return out
}

func queuedIsFound(t *testing.T, f *Fixture) {
	job := f.Queue(t, "a", "x")
	if job.ID == "" || job.State != outbox.Available || job.Why != outbox.Due || job.Attempts != 0 {
		t.Errorf("queued %+v", job)
	}
	if diff := cmp.Diff(job, get(t, f.Store, job.ID), sameJob()); diff != "" {
		t.Error(diff)
	}
}

func jobsInOrder(t *testing.T, f *Fixture) {
	var want []string
	last := int64(-1)
	for _, name := range []string{"b", "a", "b", "c"} {
		job := f.Queue(t, name, "x")
		if job.Seq <= last {
			t.Errorf("Seq %d after %d", job.Seq, last)
		}
		last = job.Seq
		want = append(want, job.ID)
	}
	if diff := cmp.Diff(want, ids(t, f.Store)); diff != "" {
		t.Error(diff)
	}
}

// waiting returns the job as an available one with all that it may wait for.
func waiting(job outbox.Job) outbox.Job {
	at := time.Date(2026, 3, 1, 10, 41, 0, 123000000, time.UTC)
	job.State, job.Why = outbox.Available, outbox.Offline
	job.Paused, job.Adopt, job.Cancelling = true, true, true
	job.AnyHour, job.AnyCost, job.Keep, job.Priority = true, true, portal.KeepTheirs, 7
	job.Attempts, job.Snoozes = 3, 4
	job.NotBefore, job.Updated = at.Add(time.Hour), at
	return job
}

// parked returns the job as one that needs a person.
func parked(job outbox.Job) outbox.Job {
	job.State, job.Reason, job.Attempts = outbox.Parked, outbox.Conflict, 1
	return job
}

// run brings an available job to running.
func run(t *testing.T, s outbox.Store, job outbox.Job) outbox.Job {
	t.Helper()
	job.State = outbox.Running
	apply(t, s, outbox.Available, job, nil, nil)
	return job
}

func apply(t *testing.T, s outbox.Store, from outbox.State, job outbox.Job, attempt *outbox.Attempt, receipt *portal.Receipt) {
	t.Helper()
	if err := s.Apply(t.Context(), from, job, sampleEntry(job), attempt, receipt); err != nil {
		t.Fatal(err)
	}
}

// sampleEntry is a log entry with everything that one can hold.
func sampleEntry(job outbox.Job) outbox.Entry {
	return outbox.Entry{
		At: job.Updated, Event: "test", Kind: portal.Busy, File: "Tabla", Detail: "ñ", Until: job.Updated.Add(time.Hour),
		Run: outbox.Run{Took: 90 * time.Second, Whole: true, Tally: portal.Tally{
			Requests: 7, Sent: 1 << 40, Received: 12, Uploads: 1 << 39, Downloads: 11, Uploading: time.Minute, Downloading: 1500 * time.Millisecond,
		}},
	}
}

func sampleAttempt() *outbox.Attempt {
	at := time.Date(2026, 3, 1, 10, 40, 0, 0, time.UTC)
	return &outbox.Attempt{Started: at, Finished: at.Add(time.Minute), Bytes: 1 << 40, Kind: portal.Busy, Detail: "línea\nsegunda"}
}

func sampleReceipt() *portal.Receipt {
	return &portal.Receipt{
		Dataset:   "p1",
		URL:       "https://datos.example.org/dataset/x",
		At:        time.Date(2026, 3, 1, 10, 41, 0, 0, time.UTC),
		Verified:  "full",
		Resources: []portal.ResourceReceipt{{ID: "r1", Name: "Tabla", URL: "https://datos.example.org/r1", Bytes: 12, SHA256: "00ff"}},
	}
}

func appliedIsReadBack(t *testing.T, f *Fixture) {
	first, other := f.Queue(t, "a", "x"), f.Queue(t, "a", "x")
	want := waiting(first)
	run(t, f.Store, first)
	apply(t, f.Store, outbox.Running, want, nil, nil)
	if diff := cmp.Diff(want, get(t, f.Store, want.ID), sameJob()); diff != "" {
		t.Error(diff)
	}
	log := f.Log(t, want.ID)
	if len(log) == 0 {
		t.Fatal("nothing in the log")
	}
	if diff := cmp.Diff(sampleEntry(want), log[len(log)-1], sameJob()); diff != "" {
		t.Error(diff)
	}
	want = parked(run(t, f.Store, other))
	apply(t, f.Store, outbox.Running, want, sampleAttempt(), nil)
	if diff := cmp.Diff(want, get(t, f.Store, want.ID), sameJob()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]outbox.Attempt{*sampleAttempt()}, f.Attempts(t, want.ID), sameJob()); diff != "" {
		t.Error(diff)
	}
	if len(f.Attempts(t, first.ID)) != 0 || f.Receipt(t, first.ID) != nil || f.Receipt(t, other.ID) != nil {
		t.Error("another job was written to")
	}
}

func staleWritesNothing(t *testing.T, f *Fixture) {
	job := f.Queue(t, "a", "x")
	before := len(f.Log(t, job.ID))
	done := job
	done.State = outbox.Completed
	err := f.Store.Apply(t.Context(), outbox.Running, done, outbox.Entry{At: job.Created, Event: "test"}, sampleAttempt(), sampleReceipt())
	if !errors.Is(err, outbox.ErrStale) {
		t.Fatalf("got %v, want ErrStale", err)
	}
	if diff := cmp.Diff(job, get(t, f.Store, job.ID), sameJob()); diff != "" {
		t.Error(diff)
	}
	if len(f.Attempts(t, job.ID)) != 0 || f.Receipt(t, job.ID) != nil || len(f.Log(t, job.ID)) != before {
		t.Error("something was written")
	}
}

func endedLeaveQueue(t *testing.T, f *Fixture) {
	sent, dropped, left := f.Queue(t, "a", "x"), f.Queue(t, "b", "x"), f.Queue(t, "c", "x")
	done := run(t, f.Store, sent)
	done.State = outbox.Completed
	apply(t, f.Store, outbox.Running, done, sampleAttempt(), sampleReceipt())
	if diff := cmp.Diff(sampleReceipt(), f.Receipt(t, sent.ID), sameJob()); diff != "" {
		t.Error(diff)
	}
	dropped.State = outbox.Cancelled
	apply(t, f.Store, outbox.Available, dropped, nil, nil)
	if diff := cmp.Diff([]string{left.ID}, ids(t, f.Store)); diff != "" {
		t.Error(diff)
	}
	if got := get(t, f.Store, sent.ID).State; got != outbox.Completed {
		t.Errorf("state %s", got)
	}
}

func unknownJob(t *testing.T, f *Fixture) {
	f.Queue(t, "a", "x")
	if job, err := f.Store.Job(t.Context(), "00000000-0000-4000-8000-000000000000"); err == nil {
		t.Errorf("got %+v", job)
	}
}

func datasetIsLoaded(t *testing.T, f *Fixture) {
	first, second := f.Queue(t, "a", "x"), f.Queue(t, "b", "x")
	for _, job := range []outbox.Job{first, second} {
		ds, _, err := f.Store.Load(t.Context(), job)
		if err != nil {
			t.Fatal(err)
		}
		if ds.ID != job.Dataset {
			t.Errorf("job of dataset %s loads %s", job.Dataset, ds.ID)
		}
	}
}

func lastReceiptIsLoaded(t *testing.T, f *Fixture) {
	older, newer := f.Queue(t, "a", "x"), f.Queue(t, "a", "x")
	elsewhere, other, next := f.Queue(t, "a", "y"), f.Queue(t, "b", "x"), f.Queue(t, "a", "x")
	load := func() *portal.Receipt {
		t.Helper()
		_, last, err := f.Store.Load(t.Context(), next)
		if err != nil {
			t.Fatal(err)
		}
		return last
	}
	if last := load(); last != nil {
		t.Errorf("a receipt of nothing: %+v", last)
	}
	for i, job := range []outbox.Job{older, newer, elsewhere, other} {
		done := run(t, f.Store, job)
		done.State = outbox.Completed
		receipt := sampleReceipt()
		receipt.Modified = []string{"older", "newer", "elsewhere", "other"}[i]
		apply(t, f.Store, outbox.Running, done, sampleAttempt(), receipt)
	}
	if last := load(); last == nil || last.Modified != "newer" {
		t.Errorf("got %+v, want the newer job's", last)
	}
}

func journalKeeps(t *testing.T, f *Fixture) {
	ctx := context.Background()
	first, second := f.Store.Journal(f.Queue(t, "a", "x")), f.Store.Journal(f.Queue(t, "a", "x"))
	if got, err := first.Load(ctx, "k"); got != "" || err != nil {
		t.Errorf("a new journal holds %q, %v", got, err)
	}
	for _, value := range []string{"one", "two ñ"} {
		if err := first.Save(ctx, "k", value); err != nil {
			t.Fatal(err)
		}
		if got, err := first.Load(ctx, "k"); got != value || err != nil {
			t.Errorf("got %q, %v, want %q", got, err, value)
		}
	}
	if got, _ := second.Load(ctx, "k"); got != "" {
		t.Errorf("another job's journal holds %q", got)
	}
}

func reopened(t *testing.T, f *Fixture) {
	if f.Reopen == nil {
		t.Skip("this store has no disk")
	}
	first := f.Queue(t, "a", "x")
	want := waiting(first)
	run(t, f.Store, first)
	apply(t, f.Store, outbox.Running, want, nil, nil)
	if err := f.Store.Journal(want).Save(t.Context(), "k", "v"); err != nil {
		t.Fatal(err)
	}
	store := f.Reopen(t)
	if diff := cmp.Diff(want, get(t, store, want.ID), sameJob()); diff != "" {
		t.Error(diff)
	}
	if got, err := store.Journal(want).Load(t.Context(), "k"); got != "v" || err != nil {
		t.Errorf("journal: %q, %v", got, err)
	}
}
