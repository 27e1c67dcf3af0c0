package ui

import (
	"context"
	"strings"

	"chasqui/app"
	"chasqui/app/message"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
)

// loadResembling asks which dataset the file may be an edition of.
func (r *reviewPage) loadResembling() {
	w, id := r.w, r.id
	w.run.Ask("review/resembling", func(ctx context.Context) func() {
		found, err := w.program.Resembling(ctx, id)
		if err != nil || len(found) == 0 {
			return nil // it is an offer, not a need
		}
		return func() {
			r.resembles, r.period = &found[0], found[0].Next
			r.showSide()
		}
	})
}

// periodWidth is the width of the label before a period, which itself may be
// two whole dates.
const periodWidth = 70

// editionCard asks what the file is to the dataset that it resembles: its next
// edition, a correction, or something else.
func (r *reviewPage) editionCard() fyne.CanvasObject {
	p, like := r.w.p, *r.resembles
	period := parts.NewEntry("2026-04")
	period.SetText(r.period)
	period.OnChanged = func(typed string) { r.period = typed }
	r.spots["edition/period"] = period
	join := parts.NewOutlined(p.T("ui.edition.next"), func() {
		r.become(func(ctx context.Context) (app.Dataset, error) {
			return r.w.program.Join(ctx, r.id, like.Dataset, strings.TrimSpace(period.Text))
		})
	}).Smaller()
	correct := parts.NewQuiet(p.T("ui.edition.correction"), func() {
		r.become(func(ctx context.Context) (app.Dataset, error) { return r.w.program.Replace(ctx, r.id, like.Dataset) })
	}).Smaller()
	other := parts.NewQuiet(p.T("ui.edition.other"), func() {
		r.resembles = nil
		r.showSide()
	}).Smaller()
	body := parts.Column(8,
		parts.NewSection(p.T("ui.edition.title")),
		parts.NewText(p.T("ui.edition.like", "Title", like.Title)).Wrapped())
	if like.Period != "" {
		body.Add(parts.NewMuted(p.T("ui.edition.last", "Period", p.Period(like.Period))).Wrapped())
	}
	body.Add(parts.NewMuted(p.N("ui.edition.same", like.Shape.Same)).Wrapped())
	for _, line := range shapeWords(p, like.Shape) {
		body.Add(parts.Row(8, parts.NewDot(parts.Attention), parts.Grow(parts.NewText(line).Wrapped())))
	}
	body.Add(parts.NewFormRow(p.T("ui.edition.period"), periodWidth, period, nil))
	body.Add(parts.Row(0, join))
	body.Add(parts.Row(0, correct))
	body.Add(parts.Row(0, other))
	return parts.NewCard(body).Edged(parts.Chosen)
}

// shapeWords say how the columns differ.
func shapeWords(p *message.Printer, s app.Shape) []string {
	var list []string
	for _, part := range []struct {
		key   string
		names []string
	}{{"ui.edition.new", s.New}, {"ui.edition.gone", s.Gone}, {"ui.edition.retyped", s.Retyped}} {
		if len(part.names) > 0 {
			list = append(list, p.N(part.key, len(part.names), "Columns", strings.Join(part.names, ", ")))
		}
	}
	return list
}

// become makes the file part of another dataset, and shows that.
func (r *reviewPage) become(do func(context.Context) (app.Dataset, error)) {
	r.save(do, func(d app.Dataset) { r.w.show(Review, d.ID) })
}
