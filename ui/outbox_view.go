package ui

import (
	"time"

	"chasqui/app"
	"chasqui/app/message"
	"chasqui/ui/parts"
)

// The words of the outbox's states and reasons that this page tells apart.
const (
	jobAvailable = "available"
	jobRunning   = "running"
	jobRetryable = "retryable"
	jobParked    = "parked"
	jobCompleted = "completed"
	jobCancelled = "cancelled"
	waitsOffline = "offline"
	conflict     = "conflict"
	cost         = "cost"
	certificate  = "certificate"
)

// waits reports whether a job is still to be sent.
func waits(j app.Job) bool { return j.State != jobCompleted && j.State != jobCancelled }

// jobRow is what the outbox shows of one job.
type jobRow struct {
	id, title, facts string
	waits            string // until when, or for what it waits
	state            string
	badge            string
	tone             parts.Tone
	running, paused  bool
	parked           *parts.Message // what it needs, if it needs a person
	reason           string
	receipt          bool
	ended            bool
}

// rowOf puts a job into words, with what it costs to send and what is known of
// the way there.
func rowOf(p *message.Printer, j app.Job, cost app.Estimate, link app.Link) jobRow {
	r := jobRow{id: j.ID, title: j.Title, state: string(j.State), paused: j.Paused, reason: string(j.Reason), receipt: j.Receipt != nil}
	r.facts = destinationName(p, j.Destination) + " · " + p.N("ui.files", j.Files) + " · " + p.Bytes(j.Bytes)
	if waits(j) && cost.Known {
		r.facts += " · " + p.T("ui.job.takes", "Time", p.Span(cost.Time))
	}
	if waits(j) && j.Priority > 0 {
		r.facts += " · " + p.T("ui.job.is_first")
	}
	r.badge, r.tone = p.T("ui.job."+string(j.State)), parts.OnRoad
	switch j.State {
	case jobAvailable:
		why := string(j.Why)
		if why == "" && link.Known && !link.Up {
			why = waitsOffline // it was not tried: another one found the way closed
		}
		if why != "" {
			r.badge = p.T("ui.job." + why)
		}
	case jobRunning:
		r.running = true
	case jobRetryable:
		r.tone = parts.Attention
	case jobParked:
		r.tone = parts.Attention
		m := parkedWords(p, j)
		r.parked = &m
	case jobCompleted:
		r.tone, r.ended = parts.Done, true
		if j.Receipt != nil {
			key := "ui.job.published"
			if j.Receipt.Verified == "sampled" {
				key = "ui.job.published_sampled"
			}
			r.facts = p.T(key, "When", moment(p.Lang(), j.Receipt.At), "Files", p.N("ui.files", j.Files))
		}
	case jobCancelled:
		r.tone, r.ended = parts.Neutral, true
	}
	if waits(j) && !j.NotBefore.IsZero() && j.Why != waitsOffline {
		r.waits = p.T("ui.job.until", "When", moment(p.Lang(), j.NotBefore))
	}
	for _, f := range cost.InDoubt() {
		r.waits = cost.Tell(p, f)
	}
	if j.Stuck != nil && r.waits == "" {
		r.waits = j.Stuck.Tell(p)
	}
	switch {
	case !waits(j):
	case j.Cancelling:
		r.badge, r.tone = p.T("ui.job.cancelling"), parts.Neutral
	case j.Paused:
		r.badge, r.tone = p.T("ui.job.paused"), parts.Neutral
	}
	return r
}

// timeOf is how long something takes, as a fact on top of the page.
func timeOf(p *message.Printer, e app.Estimate) string {
	switch {
	case e.Bytes == 0:
		return "–"
	case e.Known:
		return p.Span(e.Time)
	}
	return p.T("ui.outbox.unmeasured")
}

// parkedWords are the three parts of what a job waits for a person for, with
// the portal's own answer as details.
func parkedWords(p *message.Printer, j app.Job) parts.Message {
	key := "ui.parked." + string(j.Reason)
	m := parts.Message{What: p.T(key + ".what"), Safe: p.T("ui.parked.safe"), Next: p.T(key + ".next")}
	if c := j.Conflict; c != nil {
		m.What, m.Next = p.Clash(c)
	}
	if n := len(j.Tries); n > 0 && j.Reason != cost {
		m.Details = j.Tries[n-1].Detail
	}
	return m
}

// moment shows a point in time as the language writes days, in local time.
func moment(lang string, t time.Time) string { return t.Local().Format(dayForms[lang] + " 15:04") }
