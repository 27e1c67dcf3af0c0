package ui

import (
	"context"
	"time"

	"chasqui/app"
	"chasqui/ui/parts"
)

// link is what is known of the connection: only what sending showed.
type link struct {
	known, up bool
	since     time.Time
}

// after returns what is known once a report was heard.
func (l link) after(r app.Report, now time.Time) link {
	switch {
	case r.Job.Why == waitsOffline:
		if l.known && !l.up {
			return l
		}
		return link{known: true, since: now}
	case r.Event == "progress" && r.Done > 0, r.Receipt != nil:
		return link{known: true, up: true, since: now}
	}
	return l
}

// listen shows what the outbox reports.
func (w *Window) listen() {
	w.program.Watch(func(r app.Report) { w.run.Post(func() { w.hear(r) }) })
}

// send sends what is due, as it becomes due, until the window closes.
func (w *Window) send() {
	ctx, cancel := context.WithCancel(context.Background())
	w.ended = cancel
	w.run.start(func() {
		defer close(w.sender)
		err := w.wakePractice(ctx)
		if err == nil {
			err = w.program.SyncWatch(ctx)
		}
		if err != nil && ctx.Err() == nil {
			w.run.Post(func() { w.status.Link(w.p.Explain(err).What, parts.Decide) })
		}
	})
}

// wakePractice serves the practice portal again if it was ever used, so that
// its pages stay where receipts say, and what is queued for it gets there.
func (w *Window) wakePractice(ctx context.Context) error {
	list, err := w.program.Destinations(ctx)
	if err != nil {
		return err
	}
	for _, d := range list {
		if d.Kind == practiceKind {
			_, err = w.program.StartPractice(ctx)
		}
	}
	return err
}

func (w *Window) hear(r app.Report) {
	w.link = w.link.after(r, w.opt.Now())
	w.showLink()
	if r.Event != "progress" {
		w.countQueue()
	}
	if l, ok := w.page.(listener); ok {
		l.hear(r)
	}
}

func (w *Window) showLink() {
	switch {
	case !w.link.known:
		w.status.Link(w.p.T("ui.link.unknown"), parts.Neutral)
	case w.link.up:
		w.status.Link(w.p.T("ui.link.up"), parts.Done)
	default:
		w.status.Link(w.p.T("ui.link.down", "Time", w.link.since.Format("15:04")), parts.Attention)
	}
}

// countQueue asks how much waits, for the rail's counter and the bottom line.
func (w *Window) countQueue() {
	w.run.Ask("queue/count", func(ctx context.Context) func() {
		jobs, err := w.program.Jobs(ctx)
		if err != nil {
			return func() { w.status.Queue(w.p.Explain(err).What) }
		}
		n := 0
		for _, j := range jobs {
			if waits(j) {
				n++
			}
		}
		return func() {
			w.rail[Outbox].Count(n)
			if n == 0 {
				w.status.Queue(w.p.T("ui.queue.none"))
				return
			}
			w.status.Queue(w.p.N("ui.queue.waiting", n))
		}
	})
}
