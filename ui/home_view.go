package ui

import (
	"strings"

	"chasqui/app"
	"chasqui/app/message"
	"chasqui/ui/parts"
)

// datasetCard is what a card of Inicio shows of one dataset.
type datasetCard struct {
	id, title, facts, next string
	badge                  string
	tone                   parts.Tone
	action                 string // the button's words
	open                   Screen // where the button leads
}

// cardOf puts a dataset into words: its state and what to do next.
func cardOf(p *message.Printer, d app.Dataset) datasetCard {
	c := datasetCard{id: d.ID, title: d.Title(), badge: p.T("ui.state." + string(d.State)), tone: toneOf(d.State)}
	rows, columns := 0, 0
	for _, t := range d.Tables {
		rows += t.Rows()
		columns += len(t.Columns)
	}
	c.facts = p.N("ui.rows", rows) + " · " + p.N("ui.columns", columns)
	if len(d.Editions) > 1 {
		c.facts += " · " + p.Period(d.Period())
	}
	c.open, c.action = Review, p.T("ui.home.continue")
	switch d.State {
	case app.StateDraft:
		c.next = p.T("ui.home.next.review")
		if len(d.Profile.Lacking(d.Description)) == 0 {
			c.next, c.open = p.T("ui.home.next.publish"), Publish
		}
	case app.StateQueued:
		c.next, c.action, c.open = p.T("ui.home.next.wait"), p.T("ui.home.see"), Outbox
	case app.StateSending:
		c.next, c.action, c.open = p.T("ui.home.next.sending"), p.T("ui.home.see"), Outbox
	case app.StateNeedsYou:
		c.next, c.action, c.open = p.T("ui.home.next.decide"), p.T("ui.home.see"), Outbox
	case app.StatePublished:
		c.next, c.action, c.open = p.T("ui.home.next.published"), p.T("ui.home.receipt"), Outbox
	}
	return c
}

func toneOf(s app.State) parts.Tone {
	switch s {
	case app.StateQueued, app.StateSending:
		return parts.OnRoad
	case app.StateNeedsYou:
		return parts.Attention
	case app.StatePublished:
		return parts.Done
	}
	return parts.Neutral
}

// matching keeps the cards whose title holds every word of what was typed.
func matching(cards []datasetCard, typed string) []datasetCard {
	words := strings.Fields(strings.ToLower(typed))
	var out []datasetCard
	for _, c := range cards {
		title := strings.ToLower(c.title)
		all := true
		for _, word := range words {
			all = all && strings.Contains(title, word)
		}
		if all {
			out = append(out, c)
		}
	}
	return out
}

// greeting is the key of what is said at that hour, 0 to 23.
func greeting(hour int) string {
	switch {
	case hour >= 5 && hour < 12:
		return "ui.home.morning"
	case hour >= 12 && hour < 19:
		return "ui.home.afternoon"
	}
	return "ui.home.evening"
}
