// Package outboxtest is the suite that every outbox.Store passes, with a Store
// in memory that other tests may use.
package outboxtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// ErrUnknown says that there is no such job.
var ErrUnknown = errors.New("outboxtest: no such job")

// Memory is an outbox.Store in memory. The zero value is empty and ready.
// Fail, if set, is asked before every call and may refuse it: a full disk.
type Memory struct {
	Fail func(method string) error

	mu       sync.Mutex
	seq      int64
	jobs     map[string]outbox.Job
	datasets map[string]portal.Dataset
	log      map[string][]outbox.Entry
	attempts map[string][]outbox.Attempt
	receipts map[string][]portal.Receipt
	words    map[string]string
}

// Queue puts a job in, available at once, and returns it. The dataset is what
// Load will give.
func (m *Memory) Queue(ds portal.Dataset, destination string, at time.Time) outbox.Job {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.jobs == nil {
		m.jobs = map[string]outbox.Job{}
		m.datasets = map[string]portal.Dataset{}
		m.log = map[string][]outbox.Entry{}
		m.attempts = map[string][]outbox.Attempt{}
		m.receipts = map[string][]portal.Receipt{}
		m.words = map[string]string{}
	}
	m.seq++
	bytes := int64(0)
	for _, r := range ds.Resources {
		bytes += r.Bytes
	}
	job := outbox.Job{
		Bytes:       bytes,
		ID:          fmt.Sprintf("job-%d", m.seq),
		Dataset:     ds.ID,
		Revision:    fmt.Sprintf("revision-%d", m.seq),
		Destination: destination,
		State:       outbox.Available,
		Created:     at,
		Updated:     at,
		Seq:         m.seq,
	}
	m.jobs[job.ID], m.datasets[job.ID] = job, ds
	return job
}

func (m *Memory) fail(method string) error {
	if m.Fail == nil {
		return nil
	}
	return m.Fail(method)
}

// Job returns one job.
func (m *Memory) Job(_ context.Context, id string) (outbox.Job, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.fail("Job"); err != nil {
		return outbox.Job{}, err
	}
	job, ok := m.jobs[id]
	if !ok {
		return outbox.Job{}, ErrUnknown
	}
	return job, nil
}

// Jobs returns what is in the queue, by Seq.
func (m *Memory) Jobs(context.Context) ([]outbox.Job, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.fail("Jobs"); err != nil {
		return nil, err
	}
	var out []outbox.Job
	for _, job := range m.jobs {
		if !job.State.Final() {
			out = append(out, job)
		}
	}
	slices.SortFunc(out, func(a, b outbox.Job) int { return int(a.Seq - b.Seq) })
	return out, nil
}

// Apply writes a job if its state is still from.
func (m *Memory) Apply(_ context.Context, from outbox.State, job outbox.Job, entry outbox.Entry, attempt *outbox.Attempt, receipt *portal.Receipt) error {
	if job.Why != outbox.Due && job.State != outbox.Available || (job.Reason != "") != (job.State == outbox.Parked) {
		return fmt.Errorf("outboxtest: a job that is %s can't wait for %q or want %q", job.State, job.Why, job.Reason)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.fail("Apply"); err != nil {
		return err
	}
	have, ok := m.jobs[job.ID]
	if !ok {
		return ErrUnknown
	}
	if have.State != from {
		return outbox.ErrStale
	}
	m.jobs[job.ID] = job
	m.log[job.ID] = append(m.log[job.ID], entry)
	if attempt != nil {
		m.attempts[job.ID] = append(m.attempts[job.ID], *attempt)
	}
	if receipt != nil {
		m.receipts[job.ID] = append(m.receipts[job.ID], *receipt)
	}
	return nil
}

// Load gives the dataset that the job was queued with, and the receipt of the
// last job of that dataset and destination that has one.
func (m *Memory) Load(_ context.Context, job outbox.Job) (portal.Dataset, *portal.Receipt, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.fail("Load"); err != nil {
		return portal.Dataset{}, nil, err
	}
	var last *portal.Receipt
	seq := int64(0)
	for id, receipts := range m.receipts {
		j := m.jobs[id]
		if j.Dataset == job.Dataset && j.Destination == job.Destination && j.Seq > seq {
			seq, last = j.Seq, &receipts[0]
		}
	}
	return m.datasets[job.ID], last, nil
}

// Replace ends a dataset's waiting jobs for a destination, as when a newer
// revision is queued instead of them.
func (m *Memory) Replace(dataset, destination string, at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for id, job := range m.jobs {
		step, err := outbox.Next(job.State, outbox.Replaced)
		if job.Dataset != dataset || job.Destination != destination || err != nil {
			continue
		}
		job.State, job.Why, job.Reason, job.Updated = step.To, outbox.Due, "", at
		m.jobs[id] = job
		m.log[id] = append(m.log[id], outbox.Entry{At: at, Event: string(outbox.Replaced)})
	}
}

// Journal is the job's own.
func (m *Memory) Journal(job outbox.Job) portal.Journal { return journal{m, job.ID} }

type journal struct {
	m   *Memory
	job string
}

// Load returns what was saved, or "".
func (j journal) Load(_ context.Context, key string) (string, error) {
	j.m.mu.Lock()
	defer j.m.mu.Unlock()
	return j.m.words[j.job+"\x00"+key], j.m.fail("Journal.Load")
}

// Save keeps a value.
func (j journal) Save(_ context.Context, key, value string) error {
	j.m.mu.Lock()
	defer j.m.mu.Unlock()
	if err := j.m.fail("Journal.Save"); err != nil {
		return err
	}
	j.m.words[j.job+"\x00"+key] = value
	return nil
}

// Log returns a job's log, oldest first.
func (m *Memory) Log(id string) []outbox.Entry {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.log[id])
}

// Attempts returns a job's attempts.
func (m *Memory) Attempts(id string) []outbox.Attempt {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.attempts[id])
}

// Receipts returns a job's receipts: one, if it was completed.
func (m *Memory) Receipts(id string) []portal.Receipt {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.receipts[id])
}
