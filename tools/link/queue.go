package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/google/uuid"

	"chasqui/sync/ckan"
	"chasqui/sync/outbox"
	"chasqui/sync/outbox/outboxtest"
	"chasqui/sync/portal"
)

// poorLink is the rate below which files are compared by samples, as the
// program's own setting has it.
const poorLink = 64_000

// queue is what is to be sent, with its files in memory.
type queue struct {
	store *outboxtest.Memory
	files blobs
	jobs  []outbox.Job
	count *counter
}

func newQueue() *queue {
	return &queue{store: &outboxtest.Memory{}, files: blobs{}, count: &counter{next: portal.Plain()}}
}

func (q *queue) id() string { return uuid.NewString() }

func (q *queue) dataset() portal.Dataset {
	id := q.id()
	return portal.Dataset{
		ID: id, Name: "enlace-" + id[:13], Title: "Medición del enlace " + id[:4], Description: "Se puede borrar.",
		License: portal.License{ID: "cc-by"}, Organization: os.Getenv("CHASQUI_CKAN_ORG"),
		Publisher: "Municipalidad", Contact: "Oficina", Email: "oficina@example.org", Keywords: []string{"medición"},
	}
}

// drain sends all of it, as the program does while it is open.
func (q *queue) drain(ctx context.Context, at string, m Model) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	client := ckan.New(portal.Target{
		URL: at, Organization: os.Getenv("CHASQUI_CKAN_ORG"), PoorLink: poorLink, Transport: q.count,
		Token: func() (string, error) { return os.Getenv("CHASQUI_CKAN_TOKEN"), nil },
	})
	left := len(q.jobs)
	var failed error
	runner := &outbox.Runner{
		Store:  q.store,
		Client: func(context.Context, outbox.Job) (portal.Client, portal.Files, error) { return client, q.files, nil },
		Now:    time.Now,
		Jitter: func() float64 { return 0.5 },
		Observer: func(r outbox.Report) {
			if r.Event != "progress" && os.Getenv("CHASQUI_LINK_VERBOSE") != "" {
				fmt.Fprintln(os.Stderr, time.Now().Format(time.TimeOnly), r.Event, r.Job.ID, r.Kind, r.Detail)
			}
			switch r.Job.State {
			case outbox.Completed:
				if r.Receipt != nil {
					left--
				}
			case outbox.Parked:
				failed = fmt.Errorf("%s waits for a person: %s", r.Job.ID, r.Job.Reason)
			}
			if left == 0 || failed != nil {
				stop()
			}
		},
	}
	err := runner.Watch(ctx)
	if left > 0 && failed == nil && err == nil {
		err = context.Cause(ctx)
	}
	return errors.Join(failed, err)
}

// told sums up receipts and runs.
func (q *queue) told() string {
	verified := map[string]int{}
	snoozes, attempts := 0, 0
	for _, job := range q.jobs {
		for _, r := range q.store.Receipts(job.ID) {
			verified[r.Verified]++
		}
		attempts += len(q.store.Attempts(job.ID))
		for _, e := range q.store.Log(job.ID) {
			if e.Event == string(outbox.Unreached) {
				snoozes++
			}
		}
	}
	return fmt.Sprintf("receipts: %d whole, %d sampled; attempts %d, interruptions that were none %d",
		verified[portal.Full], verified[portal.Sampled], attempts, snoozes)
}

// blobs are files by their SHA-256.
type blobs map[string][]byte

// OpenBlob opens one; an unknown one is fs.ErrNotExist.
func (b blobs) OpenBlob(sum string) (io.ReadSeekCloser, error) {
	content, ok := b[sum]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return blob{bytes.NewReader(content)}, nil
}

type blob struct{ *bytes.Reader }

// Close has nothing to free.
func (blob) Close() error { return nil }

// counter counts requests on their way.
type counter struct {
	next http.RoundTripper
	mu   sync.Mutex
	n    int
}

// RoundTrip counts and passes on.
func (c *counter) RoundTrip(req *http.Request) (*http.Response, error) {
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
	return c.next.RoundTrip(req)
}

func (c *counter) requests() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}
