package ui

import (
	"context"

	"chasqui/app"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
)

// lookAhead asks what sending to the chosen portal costs, and whether an older
// version waits for it.
func (u *publishPage) lookAhead() {
	w, chosen := u.w, u.chosen
	u.outlook = app.Outlook{}
	if chosen == "" {
		return
	}
	w.run.Ask("publish/outlook", func(ctx context.Context) func() {
		o, err := w.program.Outlook(ctx, u.id, chosen)
		return func() {
			if err != nil {
				u.notice.show(w.problem(err))
				return
			}
			u.outlook, u.zip = o, o.Zipped
			u.show()
		}
	})
}

// costCard says before it is sent what sending costs, and asks about an older
// version that still waits.
func (u *publishPage) costCard() fyne.CanvasObject {
	p, o := u.w.p, u.outlook
	body := parts.Column(8, parts.NewSection(p.T("ui.publish.cost")))
	for _, d := range u.destinations {
		if d.ID == u.chosen {
			words, tone := linkWords(p, destinationName(p, d), o.Link)
			body.Add(parts.Row(10, parts.NewDot(tone), parts.Grow(parts.NewText(words).Wrapped())))
		}
	}
	switch {
	case o.Bytes > 0:
		body.Add(parts.NewText(p.T("ui.publish.cost.last")).Wrapped())
		body.Add(parts.NewStrong(p.Cost(o.Bytes, o.Requests, o.Rate, o.Time, o.Known)).Wrapped())
	case o.Rate > 0:
		body.Add(parts.NewText(p.T("ui.publish.cost.rate", "Rate", p.Bytes(o.Rate)+"/s")).Wrapped())
	default:
		body.Add(parts.NewText(p.T("ui.publish.cost.unknown")).Wrapped())
	}
	for _, f := range o.InDoubt() {
		body.Add(parts.NewText(o.Tell(p, f)).Wrapped())
	}
	if o.Zip() || o.Zipped {
		u.offerZip(body)
	}
	if o.Asks {
		body.Add(parts.NewText(p.T("ui.publish.cost.asks")).Wrapped())
	}
	card := parts.NewCard(body)
	if o.Older == 0 {
		return card
	}
	body.Add(parts.NewStrong(p.N("ui.publish.older", o.Older)).Wrapped())
	answer := "both"
	if u.replace {
		answer = "replace"
	}
	body.Add(parts.NewChoice([]parts.Option{
		{Key: "both", Text: p.T("ui.publish.older.both")}, {Key: "replace", Text: p.T("ui.publish.older.replace")},
	}, answer, "", func(key string) { u.replace = key == "replace" }))
	return card.Edged(parts.Attention)
}

// offerZip asks how the large files go, where a zip helps or is what it was the
// last time.
func (u *publishPage) offerZip(body *fyne.Container) {
	p := u.w.p
	answer := "plain"
	if u.zip {
		answer = "zipped"
	}
	body.Add(parts.NewStrong(p.T("ui.publish.zip")).Wrapped())
	body.Add(parts.NewChoice([]parts.Option{
		{Key: "plain", Text: p.T("ui.publish.zip.plain")}, {Key: "zipped", Text: p.T("ui.publish.zip.zipped")},
	}, answer, "", func(key string) { u.zip = key == "zipped" }))
	body.Add(parts.NewSmall(p.T("ui.publish.zip.note"), parts.Muted).Wrapped())
}
