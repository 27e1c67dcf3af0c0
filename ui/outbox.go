package ui

import (
	"context"

	"chasqui/app"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// outboxPage shows what waits, what is on the road and what has arrived.
type outboxPage struct {
	w      *Window
	object fyne.CanvasObject
	notice *notice
	facts  *fyne.Container
	list   *fyne.Container
	pause  *parts.Button
	send   *parts.Button
	jobs   map[string]app.Job
	order  []string
	bars   map[string]*parts.Progress // of jobs on the road
	notes  map[string]*parts.Text
}

func newOutboxPage(w *Window) *outboxPage {
	o := &outboxPage{w: w, notice: newNotice(), facts: container.NewStack(), list: container.NewStack(), jobs: map[string]app.Job{}}
	o.pause = parts.NewOutlined(w.p.T("ui.outbox.pause_all"), nil)
	o.send = parts.NewFilled(w.p.T("ui.outbox.send"), o.sendNow)
	head := heading("", w.p.T("ui.rail.outbox"), w.p.T("ui.outbox.note"), o.pause, o.send)
	body := parts.Column(0, o.notice.box, o.facts, gap(12), o.list)
	o.object = frame(head, scrolled(body))
	o.reload()
	return o
}

func (o *outboxPage) content() fyne.CanvasObject { return o.object }

func (o *outboxPage) leave() {
	o.w.run.Cancel("outbox/list")
	o.w.run.Cancel("outbox/log")
}

// hear moves one row's bar for progress, and asks anew for anything else.
func (o *outboxPage) hear(r app.Report) {
	if r.Event != "progress" {
		o.reload()
		return
	}
	bar, ok := o.bars[r.Job.ID]
	if !ok || r.Total == 0 {
		return
	}
	bar.Set(float64(r.Done) / float64(r.Total))
	o.notes[r.Job.ID].SetText(o.w.p.T("ui.job.sent_of", "Done", o.w.p.Bytes(r.Done), "All", o.w.p.Bytes(r.Total)))
}

func (o *outboxPage) reload() {
	w := o.w
	w.run.Ask("outbox/list", func(ctx context.Context) func() {
		jobs, err := w.program.Jobs(ctx)
		return func() {
			if err != nil {
				o.notice.show(w.problem(err))
				return
			}
			o.take(jobs)
		}
	})
}

func (o *outboxPage) take(jobs []app.Job) {
	p := o.w.p
	o.jobs, o.order = map[string]app.Job{}, nil
	o.bars, o.notes = map[string]*parts.Progress{}, map[string]*parts.Text{}
	var rows []fyne.CanvasObject
	for _, j := range jobs {
		o.jobs[j.ID] = j
		o.order = append(o.order, j.ID)
		rows = append(rows, o.row(rowOf(p, j)))
	}
	if len(rows) == 0 {
		o.list.Objects = []fyne.CanvasObject{parts.NewEmpty("outbox", p.T("ui.outbox.empty"), p.T("ui.outbox.empty.note"), nil)}
	} else {
		o.list.Objects = []fyne.CanvasObject{parts.NewRows(rows...)}
	}
	o.showFacts(factsOf(jobs), len(rows) > 0)
	o.list.Refresh()
	o.object.Refresh()
}

func (o *outboxPage) showFacts(f queueFacts, any bool) {
	p := o.w.p
	o.facts.Objects = nil
	if any {
		fact := func(key, value string) fyne.CanvasObject {
			return parts.Column(4, parts.NewMuted(p.T(key)), parts.NewTitle(value))
		}
		o.facts.Objects = []fyne.CanvasObject{parts.NewCard(container.NewGridWithColumns(3,
			fact("ui.outbox.waiting", p.Number(int64(f.waiting))),
			fact("ui.outbox.to_send", p.Bytes(f.bytes)),
			fact("ui.outbox.needs_you", p.Number(int64(f.parked)))))}
	}
	o.pause.Hidden = f.waiting == 0
	o.pause.Text = p.T("ui.outbox.pause_all")
	o.pause.OnTapped = func() { o.pauseAll(true) }
	if f.allPaused {
		o.pause.Text = p.T("ui.outbox.resume_all")
		o.pause.OnTapped = func() { o.pauseAll(false) }
	}
	o.pause.Refresh()
	if f.waiting == 0 {
		o.send.Disable()
	} else {
		o.send.Enable()
	}
	o.facts.Refresh()
}

func (o *outboxPage) row(r jobRow) fyne.CanvasObject {
	p := o.w.p
	words := parts.Column(3, parts.NewStrong(r.title).Wrapped(), parts.NewMuted(r.facts).Wrapped())
	if r.parked != nil {
		words.Add(parts.NewText(r.parked.What).Wrapped())
		words.Add(parts.NewText("**" + r.parked.Safe + "** " + r.parked.Next).Bolded().Wrapped())
	}
	row := []fyne.CanvasObject{parts.NewDot(r.tone), parts.Grow(words)}
	if r.running {
		bar, note := parts.NewProgress(0), parts.NewSmall(p.T("ui.job.starting"), parts.Muted)
		o.bars[r.id], o.notes[r.id] = bar, note
		row = append(row, parts.Wide(170, 0, parts.Column(4, bar, note)))
	}
	action := parts.NewOutlined(p.T("ui.outbox.see"), func() { o.showJob(r.id) }).Smaller()
	switch {
	case r.receipt:
		action = parts.NewOutlined(p.T("ui.outbox.receipt"), func() { o.showReceipt(r.id) }).Smaller()
	case r.parked != nil && r.reason != conflict:
		action = parts.NewOutlined(p.T("ui.outbox.retry"), func() { o.retry(r.id) }).Smaller()
	}
	row = append(row, parts.NewBadge(r.badge, r.tone), parts.Wide(104, 0, action))
	if r.parked != nil || r.receipt {
		row = append(row, parts.NewQuiet(p.T("ui.outbox.more"), func() { o.showJob(r.id) }).Smaller())
	}
	panel := parts.NewGround(parts.Surface, parts.Row(14, row...)).Padded(12, 12, 16, 16).Rounded(parts.Radius)
	if r.parked != nil {
		panel.Tinted(parts.Attention)
	}
	return panel
}

// do asks the outbox for something and shows what came of it.
func (o *outboxPage) do(question string, ask func(context.Context) error) {
	w := o.w
	w.run.Ask(question, func(ctx context.Context) func() {
		err := ask(ctx)
		return func() {
			if err != nil {
				o.notice.show(w.problem(err))
			} else {
				o.notice.show(nil)
			}
			w.countQueue()
			if w.page == page(o) {
				o.reload()
			}
		}
	})
}

func (o *outboxPage) retry(id string) {
	o.do("outbox/do/"+id, func(ctx context.Context) error { return o.w.program.Retry(ctx, id) })
}

// sendNow makes every waiting job due and wakes the sending.
func (o *outboxPage) sendNow() {
	w, waiting := o.w, o.waiting()
	o.do("outbox/send", func(ctx context.Context) error {
		for _, j := range waiting {
			if j.State == jobRunning || j.State == jobParked || j.Paused {
				continue
			}
			if err := w.program.Retry(ctx, j.ID); err != nil {
				return err
			}
		}
		w.program.SyncNow()
		return nil
	})
}

func (o *outboxPage) pauseAll(paused bool) {
	w, waiting := o.w, o.waiting()
	o.do("outbox/pause", func(ctx context.Context) error {
		for _, j := range waiting {
			if err := w.program.SetPaused(ctx, j.ID, paused); err != nil {
				return err
			}
		}
		return nil
	})
}

func (o *outboxPage) waiting() []app.Job {
	var list []app.Job
	for _, id := range o.order {
		if j := o.jobs[id]; waits(j) {
			list = append(list, j)
		}
	}
	return list
}
