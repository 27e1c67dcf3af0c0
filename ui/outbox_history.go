package ui

import (
	"slices"

	"chasqui/app"
	"chasqui/app/message"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
)

// history is the days of the chart, with its series and the words beside it.
type history struct {
	bars        []parts.Bar
	series      []string // destinations, in the order of the bars' pieces
	sent        int
	bytes       int64
	first, last string
}

// historyOf gathers the days of all destinations.
func historyOf(lang string, days []app.Day) history {
	var h history
	at := map[string]int{}
	for _, d := range days {
		if _, ok := at[d.Destination]; !ok {
			at[d.Destination] = len(h.series)
			h.series = append(h.series, d.Destination)
		}
	}
	for i, d := range days {
		if i == 0 || !d.Date.Equal(days[i-1].Date) {
			h.bars = append(h.bars, parts.Bar{Pieces: make([]int, len(h.series))})
		}
		bar := &h.bars[len(h.bars)-1]
		bar.Pieces[at[d.Destination]] += d.Sent
		bar.Mark += d.Waiting
		h.sent += d.Sent
		h.bytes += d.Bytes
	}
	if len(days) > 0 {
		h.first, h.last = days[0].Date.Format(dayForms[lang]), days[len(days)-1].Date.Format(dayForms[lang])
	}
	return h
}

// words tells the chart, for those who can't see it: what was sent in all, the
// day with the most, and what waits now.
func (h history) words(p *message.Printer, days []app.Day, name func(string) string) string {
	text := p.T("ui.history.sent", "Count", p.Number(int64(h.sent)), "Size", p.Bytes(h.bytes), "Days", p.Number(int64(len(h.bars))))
	best := slices.MaxFunc(days, func(a, b app.Day) int { return a.Sent - b.Sent })
	if best.Sent > 0 {
		text += " " + p.T("ui.history.best", "Day", best.Date.Format(dayForms[p.Lang()]), "Count", p.Number(int64(best.Sent)), "Name", name(best.Destination))
	}
	return text + " " + p.N("ui.history.waiting", h.bars[len(h.bars)-1].Mark)
}

// historyCard is the chart of the last days, or a word that there is nothing
// to show yet. An outbox that was never used says so already.
func (o *outboxPage) historyCard() []fyne.CanvasObject {
	p, days := o.w.p, o.queue.History
	if len(o.queue.Jobs) == 0 {
		return nil
	}
	body := parts.Column(10, parts.NewSection(p.T("ui.history.title", "Days", historyDays)))
	h := historyOf(p.Lang(), days)
	if len(days) == 0 || parts.Highest(h.bars) == 0 {
		body.Add(parts.NewMuted(p.T("ui.history.empty")).Wrapped())
		return []fyne.CanvasObject{parts.NewCard(body)}
	}
	body.Add(parts.NewText(h.words(p, days, o.nameOf)).Wrapped())
	body.Add(parts.NewChart(h.bars, p.Number(int64(parts.Highest(h.bars))), h.first, h.last))
	legend := parts.Flow(14)
	key := func(color fyne.ThemeColorName, text string) {
		legend.Add(parts.Row(6, parts.Wide(14, 8, parts.NewGround(color, parts.Grow(nil)).Rounded(2)), parts.NewSmall(text, parts.Muted)))
	}
	for n, name := range h.series {
		if !slices.ContainsFunc(h.bars, func(b parts.Bar) bool { return b.Pieces[n] > 0 }) {
			continue
		}
		key(parts.SeriesColor(n), p.T("ui.history.series", "Name", o.nameOf(name)))
	}
	key(parts.MarkColor, p.T("ui.history.mark"))
	body.Add(legend)
	return []fyne.CanvasObject{parts.NewCard(body)}
}

// nameOf is a destination's name as the page shows it.
func (o *outboxPage) nameOf(name string) string {
	for _, d := range o.destinations {
		if d.Name == name {
			return destinationName(o.w.p, d)
		}
	}
	return name
}
