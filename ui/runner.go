package ui

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// Runner does the window's work off its goroutine. Work is asked as a named
// question; each run of a question has a number, a newer run cancels the older
// one, and an answer that comes too late is dropped. It is the one place that
// starts goroutines for the window and the one that calls fyne.Do.
//
// Ask, After and Cancel are called on the window's goroutine; what work
// returns runs there too.
type Runner struct {
	start func(func()) // starts work; a goroutine, or a test's queue
	post  func(func()) // runs on the window's goroutine
	after func(time.Duration) <-chan time.Time

	base context.Context
	stop context.CancelFunc
	wait sync.WaitGroup

	mu   sync.Mutex
	last uint64
	runs map[string]*run
}

// run is one asking of a question.
type run struct {
	number uint64
	cancel context.CancelFunc
}

// NewRunner makes the runner of a real window.
func NewRunner() *Runner {
	return newRunner(func(f func()) { go f() }, fyne.Do, time.After)
}

func newRunner(start, post func(func()), after func(time.Duration) <-chan time.Time) *Runner {
	base, stop := context.WithCancel(context.Background())
	return &Runner{start: start, post: post, after: after, base: base, stop: stop, runs: map[string]*run{}}
}

// Ask runs work off the window's goroutine and then, on it, what work returned
// (nil: nothing), unless the question was asked anew or cancelled meanwhile.
func (r *Runner) Ask(question string, work func(ctx context.Context) (apply func())) {
	r.AskTelling(question, func(ctx context.Context, _ func(func())) func() { return work(ctx) })
}

// AskTelling is Ask for long work: tell passes on news on the way, such as
// progress, under the same rule. It returns at once.
func (r *Runner) AskTelling(question string, work func(ctx context.Context, tell func(func())) (apply func())) {
	ctx, number := r.begin(question)
	r.start(func() {
		defer r.wait.Done()
		apply := work(ctx, func(news func()) { r.deliver(question, number, false, news) })
		r.deliver(question, number, true, apply)
	})
}

// After is Ask with a pause before it: asked again within the pause, only the
// last one runs. What a person types is saved this way.
func (r *Runner) After(pause time.Duration, question string, work func(ctx context.Context) (apply func())) {
	r.Ask(question, func(ctx context.Context) func() {
		select {
		case <-ctx.Done():
			return nil
		case <-r.after(pause):
		}
		if ctx.Err() != nil {
			return nil
		}
		return work(ctx)
	})
}

// Post runs news from another goroutine, such as the outbox's, on the window's
// goroutine. After Close it does nothing.
func (r *Runner) Post(news func()) {
	if r.base.Err() != nil {
		return
	}
	r.post(func() {
		if r.base.Err() == nil {
			news()
		}
	})
}

// Cancel ends a question; its answer is dropped.
func (r *Runner) Cancel(question string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if old := r.runs[question]; old != nil {
		old.cancel()
		delete(r.runs, question)
	}
}

// Close cancels everything and waits until all work has ended.
func (r *Runner) Close() {
	r.stop()
	r.wait.Wait()
}

func (r *Runner) begin(question string) (context.Context, uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if old := r.runs[question]; old != nil {
		old.cancel()
	}
	r.last++
	ctx, cancel := context.WithCancel(r.base)
	r.runs[question] = &run{number: r.last, cancel: cancel}
	r.wait.Add(1)
	return ctx, r.last
}

// deliver brings something to the window's goroutine and runs it there if the
// run is still the question's current one.
func (r *Runner) deliver(question string, number uint64, last bool, f func()) {
	r.Post(func() {
		if !r.current(question, number, last) || f == nil {
			return
		}
		f()
	})
}

// current reports whether a run is still the one of its question; the last
// delivery of a run ends it.
func (r *Runner) current(question string, number uint64, last bool) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.runs[question]
	if now == nil || now.number != number {
		return false
	}
	if last {
		now.cancel()
		delete(r.runs, question)
	}
	return true
}
