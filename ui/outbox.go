package ui

import (
	"context"

	"chasqui/app"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// historyDays is how far back the outbox's chart goes.
const historyDays = 30

// outboxPage shows what waits, what is on the road and what has arrived, when
// the rest will, and whether the portals can be reached.
type outboxPage struct {
	w            *Window
	object       fyne.CanvasObject
	notice       *notice
	facts        *fyne.Container
	road         *fyne.Container // the links and the office's rules
	list         *fyne.Container
	history      *fyne.Container
	pause        *parts.Button
	send         *parts.Button
	queue        app.Queue
	destinations []app.Destination
	jobs         map[string]app.Job
	bars         map[string]*parts.Progress // of jobs on the road
	notes        map[string]*parts.Text
}

func newOutboxPage(w *Window) *outboxPage {
	o := &outboxPage{
		w: w, notice: newNotice(), jobs: map[string]app.Job{},
		facts: container.NewStack(), road: container.NewStack(), list: container.NewStack(), history: container.NewStack(),
	}
	o.pause = parts.NewOutlined(w.p.T("ui.outbox.pause_all"), nil)
	o.send = parts.NewFilled(w.p.T("ui.outbox.send"), o.sendNow)
	head := heading("", w.p.T("ui.rail.outbox"), w.p.T("ui.outbox.note"), o.pause, o.send)
	body := parts.Column(12, o.notice.box, o.facts, o.road, o.list, o.history)
	o.object = frame(head, scrolled(body))
	o.list.Objects = []fyne.CanvasObject{parts.NewMuted(w.p.T("ui.loading"))}
	o.reload()
	return o
}

func (o *outboxPage) content() fyne.CanvasObject { return o.object }

func (o *outboxPage) leave() {
	for _, q := range [...]string{"outbox/list", "outbox/log", "outbox/probe", "outbox/receipt", "outbox/certificate"} {
		o.w.run.Cancel(q)
	}
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
	o.notes[r.Job.ID].SetText(o.w.p.T("ui.job."+r.Step+"_of", "Done", o.w.p.Bytes(r.Done), "All", o.w.p.Bytes(r.Total)))
}

func (o *outboxPage) reload() {
	w := o.w
	w.run.Ask("outbox/list", func(ctx context.Context) func() {
		queue, err := w.program.Queue(ctx, historyDays)
		if err != nil {
			return func() { o.notice.show(w.problem(err)) }
		}
		list, err := w.program.Destinations(ctx)
		return func() {
			if err != nil {
				o.notice.show(w.problem(err))
				return
			}
			o.queue, o.destinations = queue, list
			o.show()
		}
	})
}

// show puts what was asked for onto the page.
func (o *outboxPage) show() {
	p := o.w.p
	o.jobs = map[string]app.Job{}
	o.bars, o.notes = map[string]*parts.Progress{}, map[string]*parts.Text{}
	var rows []fyne.CanvasObject
	for _, j := range o.queue.Jobs {
		o.jobs[j.ID] = j
		j.Paused = j.Paused || o.queue.Rules.Paused
		rows = append(rows, o.row(rowOf(p, j, o.queue.Estimates[j.ID], o.queue.Links[j.Destination.ID])))
	}
	if len(rows) == 0 {
		o.list.Objects = []fyne.CanvasObject{parts.NewEmpty("outbox", p.T("ui.outbox.empty"), p.T("ui.outbox.empty.note"), nil)}
	} else {
		list := parts.Column(8, parts.NewRows(rows...))
		if o.queue.Hidden > 0 {
			list.Add(parts.NewMuted(p.N("ui.outbox.hidden", o.queue.Hidden)).Wrapped())
		}
		o.list.Objects = []fyne.CanvasObject{list}
	}
	o.showFacts(len(rows) > 0)
	o.road.Objects = o.roadCard()
	o.history.Objects = o.historyCard()
	for _, c := range [...]*fyne.Container{o.list, o.road, o.history} {
		c.Refresh()
	}
	o.object.Refresh()
}

func (o *outboxPage) showFacts(any bool) {
	p, q := o.w.p, o.queue
	o.facts.Objects = nil
	if any {
		fact := func(key, value string) fyne.CanvasObject {
			return parts.Column(4, parts.NewMuted(p.T(key)).Wrapped(), parts.NewTitle(value))
		}
		o.facts.Objects = []fyne.CanvasObject{parts.NewCard(container.NewGridWithColumns(4,
			fact("ui.outbox.waiting", p.Number(int64(q.Waiting))),
			fact("ui.outbox.to_send", p.Bytes(q.Ahead.Bytes)),
			fact("ui.outbox.time", timeOf(p, q.Ahead)),
			fact("ui.outbox.needs_you", p.Number(int64(q.Parked)))))}
	}
	o.pause.Text = p.T("ui.outbox.pause_all")
	o.pause.OnTapped = func() { o.pauseAll(true) }
	if q.Paused {
		o.pause.Text = p.T("ui.outbox.resume_all")
		o.pause.OnTapped = func() { o.pauseAll(false) }
	}
	o.pause.Hidden = q.Waiting == 0 && !q.Paused
	o.pause.Refresh()
	if q.Waiting == 0 || q.Rules.Paused {
		o.send.Disable()
	} else {
		o.send.Enable()
	}
	o.facts.Refresh()
}

func (o *outboxPage) row(r jobRow) fyne.CanvasObject {
	p := o.w.p
	words := parts.Column(3, parts.NewStrong(r.title).Wrapped(), parts.NewMuted(r.facts).Wrapped())
	if r.waits != "" {
		words.Add(parts.NewText(r.waits).Wrapped())
	}
	if r.parked != nil {
		words.Add(parts.NewText(r.parked.What).Wrapped())
		words.Add(parts.NewText("**" + r.parked.Safe + "** " + r.parked.Next).Bolded().Wrapped())
	}
	row := []fyne.CanvasObject{parts.NewDot(r.tone), parts.Grow(words)}
	if r.running {
		bar, note := parts.NewProgress(0), parts.NewSmall(p.T("ui.job.starting"), parts.Muted)
		o.bars[r.id], o.notes[r.id] = bar, note
		row = append(row, parts.Wide(190, 0, parts.Column(4, bar, note)))
	}
	action := parts.NewOutlined(p.T("ui.outbox.see"), func() { o.showJob(r.id) }).Smaller()
	switch {
	case r.receipt:
		action = parts.NewOutlined(p.T("ui.outbox.receipt"), func() { o.showReceipt(r.id) }).Smaller()
	case r.reason == cost:
		action = parts.NewOutlined(p.T("ui.job.now"), func() { o.retry(r.id) }).Smaller()
	case r.reason == certificate:
		action = parts.NewOutlined(p.T("ui.outbox.look"), func() { o.lookAtCertificate(r.id) }).Smaller()
	case r.reason == conflict:
		action = parts.NewOutlined(p.T("ui.outbox.compare"), func() { o.showJob(r.id) }).Smaller()
	case r.parked != nil:
		action = parts.NewOutlined(p.T("ui.outbox.retry"), func() { o.retry(r.id) }).Smaller()
	}
	row = append(row, parts.NewBadge(r.badge, r.tone), parts.Wide(104, 0, action))
	if r.receipt || r.parked != nil && r.reason != conflict {
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
	o.do("outbox/send", func(ctx context.Context) error { return o.w.program.SendNow(ctx) })
}

func (o *outboxPage) pauseAll(paused bool) {
	o.do("outbox/pause", func(ctx context.Context) error { return o.w.program.PauseAll(ctx, paused) })
}
