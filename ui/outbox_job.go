package ui

import (
	"context"
	"net/url"
	"strings"

	"chasqui/app"
	"chasqui/app/message"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"
)

// sheet is how large the dialogs of a job are: most of the window, and no wider
// than lines are read well.
func (w *Window) sheet() fyne.Size {
	size := w.win.Canvas().Size()
	return fyne.NewSize(min(size.Width-80, 760), min(size.Height-100, 640))
}

// showJob tells everything of one job, with what can be done about it.
func (o *outboxPage) showJob(id string) {
	w, j := o.w, o.jobs[id]
	r := rowOf(w.p, j, o.queue.Estimates[id], o.queue.Links[j.Destination.ID])
	log := container.NewStack(parts.NewMuted(w.p.T("ui.loading")))
	body := parts.Column(10,
		parts.Row(10, parts.NewBadge(r.badge, r.tone), parts.Grow(parts.NewMuted(r.facts).Cut())))
	if r.parked != nil {
		words := parts.MessageWords{Details: w.p.T("ui.details"), Hide: w.p.T("ui.details.hide"), Copy: w.p.T("ui.copy")}
		body.Add(parts.NewMessage(*r.parked, parts.Attention, words, w.fyne.Clipboard().SetContent))
	}
	switch {
	case j.Conflict != nil && len(j.Conflict.Differences) > 0:
		body.Add(comparison(w.p, j.Conflict.Differences))
		body.Add(parts.NewMuted(w.p.T("ui.compare.note")).Wrapped())
	case waits(j):
		e := o.queue.Estimates[id]
		body.Add(parts.NewMuted(w.p.Cost(e.Bytes, e.Requests, e.Rate, e.Time, e.Known)).Wrapped())
	}
	body.Add(parts.NewSection(w.p.T("ui.job.log")))
	body.Add(log)
	var d *dialog.CustomDialog
	shut := func(do func()) func() { return func() { d.Hide(); do() } }
	buttons := parts.Flow(8)
	for _, b := range o.actions(j, shut) {
		buttons.Add(b)
	}
	buttons.Add(parts.NewOutlined(w.p.T("ui.close"), shut(func() {})).Smaller())
	d = dialog.NewCustomWithoutButtons(j.Title, container.NewBorder(nil, parts.Inset(10, 0, 0, 0, buttons), nil, nil, scrolled(body)), w.win)
	d.Resize(w.sheet())
	d.Show()
	w.run.Ask("outbox/log", func(ctx context.Context) func() {
		entries, err := w.program.JobLog(ctx, id)
		return func() {
			list := parts.Column(3)
			if err != nil {
				list.Add(w.problem(err))
			}
			for _, e := range entries {
				when := parts.NewText(moment(w.p.Lang(), e.At)).With(parts.Muted, parts.SmallSize, fyne.TextStyle{Monospace: true})
				list.Add(parts.Row(12, when, parts.Grow(parts.NewText(w.p.Story(e, j.Bytes)).Wrapped())))
			}
			log.Objects = []fyne.CanvasObject{list}
			log.Refresh()
			body.Refresh()
		}
	})
}

// actions are the buttons that a job's state allows.
func (o *outboxPage) actions(j app.Job, shut func(func()) func()) []fyne.CanvasObject {
	p, id := o.w.p, j.ID
	if !waits(j) {
		return nil
	}
	button := func(key string, do func(context.Context) error) fyne.CanvasObject {
		return parts.NewOutlined(p.T(key), shut(func() { o.do("outbox/do/"+id, do) })).Smaller()
	}
	program := o.w.program
	var list []fyne.CanvasObject
	switch {
	case j.State == jobParked && j.Reason == certificate:
		list = append(list, parts.NewOutlined(p.T("ui.trust.look"), shut(func() { o.lookAtCertificate(id) })).Smaller(),
			button("ui.job.now", func(ctx context.Context) error { return program.Retry(ctx, id) }))
	case j.State == jobParked && j.Reason == conflict && len(answersTo(j)) > 0:
		for _, answer := range answersTo(j) {
			list = append(list, button("ui.job."+string(answer), func(ctx context.Context) error { return program.Resolve(ctx, id, answer) }))
		}
	case j.State != jobRunning:
		list = append(list, button("ui.job.now", func(ctx context.Context) error { return program.Retry(ctx, id) }))
	}
	if j.State == jobAvailable || j.State == jobRetryable {
		list = append(list, button("ui.job.first", func(ctx context.Context) error { return program.First(ctx, id) }))
	}
	key := "ui.job.pause"
	if j.Paused {
		key = "ui.job.resume"
	}
	if j.State != jobParked {
		list = append(list, button(key, func(ctx context.Context) error { return program.SetPaused(ctx, id, !j.Paused) }))
	}
	cancel := shut(func() {
		o.w.confirm(p.T("ui.job.cancel.title", "Title", j.Title), p.T("ui.job.cancel.note"), p.T("ui.job.cancel"), func() {
			o.do("outbox/do/"+id, func(ctx context.Context) error { return program.Cancel(ctx, id) })
		})
	})
	return append(list, parts.NewOutlined(p.T("ui.job.cancel"), cancel).Smaller())
}

// answersTo are what a person can say to a conflict. An edit is kept or written
// over, and so is what was hidden or is gone; a dataset of our organization that
// has the name is taken over, or left. Where the name is somebody else's there
// is nothing to say: another name is needed.
func answersTo(j app.Job) []app.Answer {
	if j.Conflict == nil {
		return []app.Answer{"ours", "theirs"}
	}
	switch j.Conflict.Clash {
	case "held", "recreated":
		return []app.Answer{"adopt", "theirs"}
	case "elsewhere", "hidden":
		return nil
	}
	return []app.Answer{"ours", "theirs"}
}

// comparison shows what somebody changed at the portal: for each field how it
// was left, what we want to write, and what is there.
func comparison(p *message.Printer, list []app.Difference) fyne.CanvasObject {
	body := parts.Column(8)
	for _, d := range list {
		side := func(key, value string) fyne.CanvasObject {
			if value == "" {
				value = "–"
			}
			return parts.Column(2, parts.NewSmall(p.T(key), parts.Muted), parts.NewText(value).Wrapped())
		}
		body.Add(parts.NewGround(parts.Paper, parts.Column(6, parts.NewStrong(p.Field(d.Field, d.Resource)).Wrapped(),
			container.NewGridWithColumns(3, side("ui.compare.was", d.Was), side("ui.compare.ours", d.Ours), side("ui.compare.theirs", d.Theirs)))).Rounded(8).Padded(10, 10, 12, 12))
	}
	return body
}

// showReceipt shows the proof: what the portal served, file by file.
func (o *outboxPage) showReceipt(id string) {
	w, j := o.w, o.jobs[id]
	p, receipt := w.p, j.Receipt
	body := parts.Column(10,
		parts.Row(10, parts.NewBadge(p.T("receipt.verified_"+receipt.Verified), parts.Done), parts.Grow(parts.NewMuted(moment(p.Lang(), receipt.At)))),
		parts.NewText(p.T("ui.receipt.note")).Wrapped())
	if page, err := url.Parse(receipt.URL); err == nil && receipt.URL != "" {
		open := parts.NewOutlined(p.T("ui.receipt.open"), func() { w.fyne.OpenURL(page) }).Smaller().WithIcon("globe")
		body.Add(parts.Row(10, parts.Grow(parts.NewText(receipt.URL).Cut()), w.copyButton(receipt.URL), open))
	}
	for _, f := range receipt.Resources {
		sum := widget.NewLabel(f.SHA256)
		sum.Wrapping, sum.TextStyle = fyne.TextWrapBreak, fyne.TextStyle{Monospace: true}
		sum.SizeName = parts.SmallSize
		body.Add(parts.NewGround(parts.Paper, parts.Column(2,
			parts.Row(10, parts.Grow(parts.NewStrong(f.Name).Cut()), parts.NewMuted(p.Bytes(f.Bytes)), w.copyButton(f.SHA256)),
			sum)).Rounded(8).Padded(8, 4, 12, 12))
	}
	var d *dialog.CustomDialog
	shut := parts.NewFilled(p.T("ui.close"), func() { d.Hide() })
	save := parts.NewOutlined(p.T("ui.receipt.save"), func() { d.Hide(); o.saveReceipt(id) }).Smaller()
	d = dialog.NewCustomWithoutButtons(p.T("ui.receipt.title", "Title", j.Title),
		container.NewBorder(nil, parts.Inset(10, 0, 0, 0, parts.Row(8, save, parts.Grow(nil), shut)), nil, nil, scrolled(body)), w.win)
	d.Resize(w.sheet())
	d.Show()
}

// saveReceipt signs the receipt and writes it into a folder that a person
// chooses, as a file to verify and a page to read.
func (o *outboxPage) saveReceipt(id string) {
	w := o.w
	w.chooseFolder(w.p.T("ui.receipt.save"), func(dir string) {
		o.notice.working(w, w.p.T("ui.receipt.signing"), func() {
			w.run.Cancel("outbox/receipt")
			o.notice.show(nil)
		})
		w.run.Ask("outbox/receipt", func(ctx context.Context) func() {
			paths, err := w.program.SaveReceipt(ctx, id, w.p.Lang(), dir)
			return func() {
				if err != nil {
					o.notice.show(w.problem(err))
					return
				}
				o.notice.show(parts.NewCard(parts.Row(10, parts.NewIcon("check", parts.Good),
					parts.Grow(parts.NewText(w.p.T("ui.receipt.saved", "Path", strings.Join(paths, ", "))).Wrapped()))).Edged(parts.Done))
			}
		})
	})
}

func (w *Window) copyButton(text string) fyne.CanvasObject {
	return parts.NewQuiet(w.p.T("ui.copy"), func() { w.fyne.Clipboard().SetContent(text) }).Smaller()
}
