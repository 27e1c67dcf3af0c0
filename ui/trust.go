package ui

import (
	"context"

	"chasqui/app"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"
)

// lookAtCertificate shows the certificate for which a job waits, and lets a
// person accept its key; the job then goes on.
func (o *outboxPage) lookAtCertificate(id string) {
	w, j := o.w, o.jobs[id]
	o.notice.working(w, w.p.T("ui.trust.looking"), func() {
		w.run.Cancel("outbox/certificate")
		o.notice.show(nil)
	})
	w.run.Ask("outbox/certificate", func(ctx context.Context) func() {
		c, err := w.program.Certificate(ctx, j.Destination.ID)
		return func() {
			o.notice.show(nil)
			switch {
			case err != nil:
				o.notice.show(w.problem(err))
			case c.Convinces:
				o.retry(id) // it was put right meanwhile
			default:
				o.showCertificate(id, c)
			}
		}
	})
}

func (o *outboxPage) showCertificate(id string, c app.Certificate) {
	w, p, j := o.w, o.w.p, o.jobs[id]
	fact := func(key, value string) fyne.CanvasObject {
		text := widget.NewLabel(value)
		text.Wrapping = fyne.TextWrapBreak
		return parts.Column(0, parts.NewSmall(p.T(key), parts.Muted), text)
	}
	body := parts.Column(8, parts.NewText(p.T("ui.trust.note", "Name", c.Destination)).Wrapped(),
		fact("ui.trust.subject", c.Subject), fact("ui.trust.issuer", c.Issuer), fact("ui.trust.until", c.NotAfter), fact("ui.trust.pin", c.Pin))
	var d *dialog.CustomDialog
	trust := parts.NewFilled(p.T("ui.trust.accept"), func() {
		d.Hide()
		o.do("outbox/do/"+id, func(ctx context.Context) error {
			if _, err := w.program.Trust(ctx, j.Destination.ID, c.Pin); err != nil {
				return err
			}
			return w.program.Retry(ctx, id)
		})
	})
	buttons := parts.Row(10, parts.Grow(nil), parts.NewOutlined(p.T("ui.trust.leave"), func() { d.Hide() }), trust)
	body.Add(buttons)
	d = dialog.NewCustomWithoutButtons(p.T("ui.trust.title"), parts.Wide(520, 0, body), w.win)
	d.Show()
}
