package ui

import (
	"context"
	"strings"
	"time"

	"chasqui/app"
	"chasqui/app/message"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
)

// roadCard says whether the portals can be reached and what the office asks of
// sending. Nothing where there is no portal yet.
func (o *outboxPage) roadCard() []fyne.CanvasObject {
	p := o.w.p
	if len(o.destinations) == 0 {
		return nil
	}
	body := parts.Column(7)
	probe := parts.NewOutlined(p.T("ui.outbox.probe"), o.probe).Smaller()
	body.Add(parts.Row(10, parts.Grow(parts.NewSection(p.T("ui.outbox.road"))), probe))
	for _, d := range o.destinations {
		l := o.queue.Links[d.ID]
		words, tone := linkWords(p, destinationName(p, d), l)
		body.Add(parts.Row(10, parts.NewDot(tone), parts.Grow(parts.NewText(words).Wrapped())))
	}
	rules := rulesWords(p, o.queue.Rules, o.w.opt.Now())
	if len(rules) > 0 {
		change := parts.NewQuiet(p.T("ui.outbox.rules.change"), func() { o.w.show(Settings, "") }).Smaller()
		body.Add(parts.Row(10, parts.Grow(parts.NewMuted(strings.Join(rules, " ")).Wrapped()), change))
	}
	card := parts.NewCard(body)
	if o.queue.Rules.Paused {
		card.Edged(parts.Attention)
	}
	return []fyne.CanvasObject{card}
}

// probe looks at every portal, without sending anything.
func (o *outboxPage) probe() {
	w := o.w
	o.notice.show(parts.NewMuted(w.p.T("ui.link.probing")))
	w.run.Ask("outbox/probe", func(ctx context.Context) func() {
		links, err := w.program.ProbeAll(ctx)
		return func() {
			o.notice.show(nil)
			if err != nil {
				o.notice.show(w.problem(err))
				return
			}
			w.takeLinks(links)
			o.reload()
		}
	})
}

// linkWords says how the way to a portal is.
func linkWords(p *message.Printer, name string, l app.Link) (string, parts.Tone) {
	switch {
	case !l.Known:
		return p.T("ui.link.to_unknown", "Name", name), parts.Neutral
	case !l.Up:
		return p.T("ui.link.to_down", "Name", name, "Time", l.Since.Local().Format("15:04"), "Next", l.Next.Local().Format("15:04")), parts.Attention
	case l.Kind != "":
		return p.T("ui.link.to_answers", "Name", name, "What", p.T("ui.link.kind_"+string(l.Kind))), parts.Attention
	}
	return p.T("ui.link.to_up", "Name", name), parts.Done
}

// rulesWords says what the office asks of sending, nothing where it asks
// nothing.
func rulesWords(p *message.Printer, r app.LinkRules, now time.Time) []string {
	var list []string
	if r.Paused {
		list = append(list, p.T("ui.rules.paused"))
	}
	if len(r.Hours) > 0 {
		var hours []string
		for _, h := range r.Hours {
			hours = append(hours, h.Words(p))
		}
		text := p.T("ui.rules.hours", "Hours", strings.Join(hours, "; "))
		if open, next := r.Open(now); !open {
			text += " " + p.T("ui.rules.closed", "When", moment(p.Lang(), next))
		}
		list = append(list, text)
	}
	if r.Rate > 0 {
		list = append(list, p.T("ui.rules.rate", "Rate", p.Bytes(r.Rate)+"/s"))
	}
	if r.Metered {
		list = append(list, p.T("ui.rules.metered", "Size", p.Bytes(r.AskOver)))
	}
	return list
}
