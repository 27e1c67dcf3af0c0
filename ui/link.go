package ui

import (
	"context"

	"chasqui/app"
	"chasqui/app/message"
	"chasqui/ui/parts"
)

// link is what is known of the way to the portals: by destination, and their
// names.
type link struct {
	probing bool
	known   map[string]app.Link
	names   map[string]string
	network bool // this computer is in some network
}

// listen shows what the outbox reports.
func (w *Window) listen() {
	w.program.Watch(func(r app.Report) { w.run.Post(func() { w.hear(r) }) })
}

// send sends what is due, as it becomes due, until the window closes.
func (w *Window) send() {
	ctx, cancel := context.WithCancel(context.Background())
	w.ended = cancel
	w.program.AskPassphrase(func(fresh bool) (string, error) { return w.askPassphrase(ctx, fresh) })
	w.run.start(func() {
		defer close(w.sender)
		err := w.wakePractice(ctx)
		w.run.Post(w.probe)
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

// probe looks whether the portals can be reached, before anything is sent.
func (w *Window) probe() {
	w.link.probing = true
	w.showLink()
	w.run.Ask("link/probe", func(ctx context.Context) func() {
		network := app.HasNetwork()
		links, err := w.program.ProbeAll(ctx)
		return func() {
			w.link.probing, w.link.network = false, network
			if err == nil {
				w.takeLinks(links)
			}
			w.showLink()
		}
	})
}

// takeLinks keeps what a look found.
func (w *Window) takeLinks(links []app.Link) {
	w.link.known = map[string]app.Link{}
	for _, l := range links {
		w.link.known[l.Destination] = l
	}
	w.showLink()
}

func (w *Window) hear(r app.Report) {
	switch r.Event {
	case "network":
		w.probe()
	case "link":
		if w.link.known == nil {
			w.link.known = map[string]app.Link{}
		}
		w.link.known[r.Link.Destination] = r.Link
		w.showLink()
	case "progress":
	default:
		w.countQueue()
	}
	if l, ok := w.page.(listener); ok {
		l.hear(r)
	}
}

func (w *Window) showLink() {
	text, tone := w.link.words(w.p)
	w.status.Link(text, tone)
}

// words are the link in the bottom line: the first portal that can't be
// reached, else that all can; without a portal, whether there is a network.
func (l link) words(p *message.Printer) (string, parts.Tone) {
	var down *app.Link
	up := 0
	for _, one := range l.known {
		switch {
		case one.Known && !one.Up:
			if down == nil || one.Since.Before(down.Since) {
				down = &one
			}
		case one.Known:
			up++
		}
	}
	switch {
	case down != nil && up > 0:
		return p.T("ui.link.some_down", "Name", l.names[down.Destination], "Time", down.Since.Local().Format("15:04")), parts.Attention
	case down != nil:
		return p.T("ui.link.down", "Time", down.Since.Local().Format("15:04")), parts.Attention
	case up > 0:
		return p.T("ui.link.up"), parts.Done
	case l.probing:
		return p.T("ui.link.probing"), parts.Neutral
	case l.network:
		return p.T("ui.link.network"), parts.Neutral
	}
	return p.T("ui.link.unknown"), parts.Neutral
}

// countQueue asks how much waits, for the rail's counter and the bottom line.
func (w *Window) countQueue() {
	w.run.Ask("queue/count", func(ctx context.Context) func() {
		n, err := w.program.Waiting(ctx)
		if err != nil {
			return func() { w.status.Queue(w.p.Explain(err).What) }
		}
		rules, err := w.program.LinkRules(ctx)
		if err != nil {
			return func() { w.status.Queue(w.p.Explain(err).What) }
		}
		names := map[string]string{}
		list, err := w.program.Destinations(ctx)
		if err != nil {
			return func() { w.status.Queue(w.p.Explain(err).What) }
		}
		for _, d := range list {
			names[d.ID] = destinationName(w.p, d)
		}
		return func() {
			w.link.names = names
			w.rail[Outbox].Count(n)
			if n == 0 {
				w.status.Queue(w.p.T("ui.queue.none"))
				return
			}
			key := "ui.queue.waiting"
			if open, _ := rules.Open(w.opt.Now()); rules.Paused {
				key = "ui.queue.paused"
			} else if !open {
				key = "ui.queue.closed"
			}
			w.status.Queue(w.p.N(key, n))
		}
	})
}
