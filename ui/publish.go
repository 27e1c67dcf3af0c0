package ui

import (
	"context"
	"path"
	"strings"

	"chasqui/app"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// publishPage is the last step: where to, what about persons, which files; and
// then into the queue.
type publishPage struct {
	w      *Window
	id     string
	object *fyne.Container
	notice *notice
	body   *fyne.Container
	side   *fyne.Container
	title  *parts.Text
	next   *parts.Button

	data         app.Dataset
	destinations []app.Destination
	chosen       string // destination's id
	looked       bool   // the findings are there
	decisions    []decision
	keeping      string // column whose reason is being written
	form         *destinationForm
	outlook      app.Outlook
	replace      bool // an older version that waits is taken out of the queue
	zip          bool // the large files go zipped
}

var publishQuestions = [...]string{"publish/load", "publish/find", "publish/decide", "publish/practice", "publish/destination", "publish/test", "publish/outlook", "publish/queue"}

func newPublishPage(w *Window, id string) *publishPage {
	u := &publishPage{w: w, id: id, notice: newNotice(), body: container.NewStack(), side: container.NewStack(), object: container.NewStack()}
	u.object.Objects = []fyne.CanvasObject{frame(heading("", w.p.T("ui.publish.title"), ""), parts.NewMuted(w.p.T("ui.loading")))}
	w.run.Ask("publish/load", func(ctx context.Context) func() {
		data, err := w.program.Dataset(ctx, id)
		if err != nil {
			return func() {
				u.object.Objects = []fyne.CanvasObject{frame(heading("", w.p.T("ui.publish.title"), ""), parts.Column(0, w.problem(err)))}
				u.object.Refresh()
			}
		}
		list, err := w.program.Destinations(ctx)
		return func() {
			u.data = data
			u.build()
			u.takeDestinations(list, err)
			u.look()
		}
	})
	return u
}

func (u *publishPage) content() fyne.CanvasObject { return u.object }

func (u *publishPage) leave() {
	for _, q := range publishQuestions {
		u.w.run.Cancel(q)
	}
	u.notice.show(nil)
}

func (u *publishPage) build() {
	w := u.w
	u.title = parts.NewTitle("").Cut()
	u.next = parts.NewFilled(w.p.T("ui.publish.queue"), u.queue)
	words := parts.Column(3, parts.NewMuted(crumb(u.data)).Cut(), u.title)
	head := parts.Column(14, parts.Row(12, parts.Grow(words), u.next), w.stepper(u.id, Publish))
	left, right := scrolled(parts.Column(0, u.notice.box, u.body)), scrolled(u.side)
	u.object.Objects = []fyne.CanvasObject{frame(head, parts.Sided(left, right, 328, 2))}
	u.show()
	u.object.Refresh()
}

// look asks for the findings: it reads every value, so it can take a while.
func (u *publishPage) look() {
	w := u.w
	w.run.Ask("publish/find", func(ctx context.Context) func() {
		found, err := w.program.Findings(ctx, u.id)
		return func() {
			if err != nil {
				u.notice.show(w.problem(err))
				return
			}
			u.looked = true
			u.decisions = decisionsOf(w.p, found)
			u.show()
		}
	})
}

func (u *publishPage) takeDestinations(list []app.Destination, err error) {
	if err != nil {
		u.notice.show(u.w.problem(err))
		return
	}
	u.destinations = list
	known := false
	for _, d := range list {
		known = known || d.ID == u.chosen
	}
	if !known {
		u.chosen = ""
		if len(list) > 0 {
			u.chosen = list[0].ID
		}
	}
	u.show()
	u.lookAhead()
}

// ready reports whether nothing stands between the dataset and the queue.
func (u *publishPage) ready() bool {
	return u.looked && undecided(u.decisions) == 0 && u.chosen != "" && len(u.data.Profile.Lacking(u.data.Description)) == 0
}

func (u *publishPage) show() {
	body := parts.Column(12)
	if lacking := u.data.Profile.Lacking(u.data.Description); len(lacking) > 0 {
		body.Add(u.lackingCard(lacking))
	}
	body.Add(u.destinationCard())
	if !u.looked {
		body.Add(parts.NewCard(parts.Row(10, parts.NewIcon("search", parts.Muted), parts.Grow(parts.NewText(u.w.p.T("ui.publish.looking")).Wrapped()))))
	}
	for _, d := range u.decisions {
		body.Add(u.decisionCard(d))
	}
	if u.looked && len(u.decisions) == 0 {
		body.Add(parts.NewCard(parts.Row(10, parts.NewIcon("check", parts.Good), parts.Grow(parts.NewText(u.w.p.T("ui.publish.nothing_personal")).Wrapped()))))
	}
	u.body.Objects = []fyne.CanvasObject{body}
	u.body.Refresh()
	side := parts.Column(12, u.filesCard())
	if u.chosen != "" {
		side.Add(u.costCard())
	}
	u.side.Objects = []fyne.CanvasObject{side}
	u.side.Refresh()
	if u.ready() {
		u.title.SetText(u.w.p.T("ui.publish.title"))
		u.next.Enable()
	} else {
		u.title.SetText(u.w.p.T("ui.publish.not_yet"))
		u.next.Disable()
	}
}

func (u *publishPage) lackingCard(lacking []string) fyne.CanvasObject {
	p := u.w.p
	list := parts.Column(4)
	for _, key := range lacking {
		list.Add(parts.Row(8, parts.NewDot(parts.Decide), parts.Grow(parts.NewText(labelOf(p, u.data.Profile, key)).Wrapped())))
	}
	back := parts.NewOutlined(p.T("ui.publish.describe"), func() { u.w.show(Describe, u.id) }).Smaller()
	return parts.NewCard(parts.Column(8, parts.NewStrong(p.T("ui.publish.lacking")).Wrapped(), list, parts.Row(0, back))).Edged(parts.Decide)
}

func (u *publishPage) filesCard() fyne.CanvasObject {
	p := u.w.p
	rows := 0
	for _, t := range u.data.Tables {
		rows += t.Rows()
	}
	body := parts.Column(7, parts.NewSection(p.T("ui.publish.files")), parts.NewMuted(p.N("ui.rows", rows)))
	for _, name := range u.data.FileNames() {
		format := strings.ToUpper(strings.TrimPrefix(path.Ext(name), "."))
		body.Add(parts.Row(8, parts.Wide(52, 0, parts.NewBadge(format, parts.Neutral)), parts.Grow(parts.NewText(name).Cut())))
	}
	body.Add(parts.NewSmall(p.T("ui.publish.files.note"), parts.Muted).Wrapped())
	return parts.NewCard(body)
}

func (u *publishPage) decisionCard(d decision) fyne.CanvasObject {
	p := u.w.p
	body := parts.Column(8)
	badge, tone := p.T("ui.decide.open"), parts.Decide
	switch {
	case d.answer == app.Remove:
		badge, tone = p.T("ui.decide.removed"), parts.Done
	case d.answer != "":
		badge, tone = p.T("ui.decide.kept"), parts.Attention
	}
	body.Add(parts.Row(10, parts.NewBadge(badge, tone), parts.Grow(parts.NewStrong(d.question).Wrapped())))
	if d.examples != "" {
		body.Add(parts.NewMuted(p.T("ui.decide.examples", "Examples", d.examples)).Wrapped())
	}
	switch {
	case u.keeping == d.field:
		body.Add(u.reasonForm(d))
	case d.answer == "":
		body.Add(parts.NewMuted(p.T("ui.decide.why")).Wrapped())
		body.Add(parts.Flow(8,
			parts.NewOutlined(p.T("ui.decide.remove"), func() { u.decide(d.field, app.Remove) }).Smaller(),
			parts.NewOutlined(p.T("ui.decide.keep"), func() { u.keeping = d.field; u.show() }).Smaller()))
	default:
		if d.answer != app.Remove {
			body.Add(parts.NewText(p.T("ui.decide.reason", "Reason", d.reason)).Wrapped())
		}
		body.Add(parts.Row(0, parts.NewQuiet(p.T("ui.decide.change"), func() { u.decide(d.field, "") })))
	}
	return parts.NewCard(body).Edged(tone)
}

func (u *publishPage) reasonForm(d decision) fyne.CanvasObject {
	p := u.w.p
	e := parts.NewEntry(p.T("ui.decide.reason.example"))
	keep := parts.NewOutlined(p.T("ui.decide.keep.now"), func() { u.decide(d.field, app.Keep+e.Text) }).Smaller()
	keep.Disable()
	e.OnChanged = func(s string) {
		if len(s) > 2 {
			keep.Enable()
		} else {
			keep.Disable()
		}
	}
	back := parts.NewOutlined(p.T("ui.cancel"), func() { u.keeping = ""; u.show() }).Smaller()
	return parts.Column(8, parts.NewText(p.T("ui.decide.reason.ask")).Wrapped(), e, parts.Row(8, keep, back))
}

// decide keeps an answer, then looks again: the columns may have changed.
func (u *publishPage) decide(field, answer string) {
	w := u.w
	u.keeping = ""
	w.saving()
	w.run.Ask("publish/decide", func(ctx context.Context) func() {
		data, err := w.program.Edit(ctx, u.id, []app.Assignment{{Key: "field." + field + ".personal", Value: answer}})
		return func() {
			w.saved()
			if err != nil {
				u.notice.show(w.problem(err))
				return
			}
			u.notice.show(nil)
			u.data = data
			for i := range u.decisions {
				if u.decisions[i].field == field {
					u.decisions[i].answer, u.decisions[i].reason = answer, answer
				}
			}
			u.show()
			u.look()
		}
	})
}

// queue freezes the dataset and puts it into the outbox.
func (u *publishPage) queue() {
	if !u.ready() {
		return
	}
	w := u.w
	u.next.Disable()
	words := u.notice.working(w, w.p.T("ui.freeze.check"), func() {
		w.run.Cancel("publish/queue")
		u.notice.show(nil)
		u.show()
	})
	destination, opt := u.chosen, app.PublishOptions{Replace: u.replace, Zip: u.zip}
	w.run.AskTelling("publish/queue", func(ctx context.Context, tell func(func())) func() {
		job, err := w.program.Publish(ctx, u.id, destination, opt, func(s app.FreezeStep) {
			tell(func() { words.SetText(freezeWords(w, s)) })
		})
		var cost app.Estimate
		if err == nil {
			cost, err = w.program.Estimate(ctx, job)
		}
		return func() {
			if err != nil {
				u.notice.show(w.problem(err))
				u.show()
				return
			}
			u.queued(job, cost)
		}
	})
}

func freezeWords(w *Window, s app.FreezeStep) string {
	if s.Rows > 0 {
		return w.p.N("ui.freeze.rows", s.Rows)
	}
	return w.p.T("ui.freeze.check")
}

func (u *publishPage) queued(job app.Job, cost app.Estimate) {
	w := u.w
	w.countQueue()
	open := parts.NewFilled(w.p.T("ui.publish.see"), func() { w.show(Outbox, "") })
	u.notice.show(nil)
	words := parts.Column(10,
		parts.Row(10, parts.NewIcon("check", parts.Good), parts.Grow(parts.NewSection(w.p.T("ui.publish.queued")).Wrapped())),
		parts.NewText(w.p.T("ui.publish.queued.note", "Destination", destinationName(w.p, job.Destination),
			"Files", w.p.N("ui.files", job.Files), "Size", w.p.Bytes(job.Bytes))).Wrapped(),
		parts.NewText(w.p.Cost(cost.Bytes, cost.Requests, cost.Rate, cost.Time, cost.Known)).Wrapped())
	for _, f := range cost.InDoubt() {
		words.Add(parts.NewText(cost.Tell(w.p, f)).Wrapped())
	}
	buttons := parts.Row(8, open)
	if cost.Zip() {
		buttons.Add(parts.NewOutlined(w.p.T("ui.publish.zip.instead"), u.zipInstead))
		words.Add(parts.NewSmall(w.p.T("ui.publish.zip.note"), parts.Muted).Wrapped())
	}
	words.Add(buttons)
	u.body.Objects = []fyne.CanvasObject{parts.NewCard(words).Edged(parts.Done)}
	u.body.Refresh()
	u.next.Hide()
	u.object.Refresh()
}

// zipInstead queues the same zipped, in place of what was just queued.
func (u *publishPage) zipInstead() {
	u.zip, u.replace = true, true
	u.show()
	u.queue()
}
