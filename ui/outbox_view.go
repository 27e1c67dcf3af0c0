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
)

// waits reports whether a job is still to be sent.
func waits(j app.Job) bool { return j.State != jobCompleted && j.State != jobCancelled }

// jobRow is what the outbox shows of one job.
type jobRow struct {
	id, title, facts string
	state            string
	badge            string
	tone             parts.Tone
	running, paused  bool
	parked           *parts.Message // what it needs, if it needs a person
	reason           string
	receipt          bool
	ended            bool
}

// rowOf puts a job into words.
func rowOf(p *message.Printer, j app.Job) jobRow {
	r := jobRow{id: j.ID, title: j.Title, state: string(j.State), paused: j.Paused, reason: string(j.Reason), receipt: j.Receipt != nil}
	r.facts = destinationName(p, j.Destination) + " · " + p.N("ui.files", j.Files) + " · " + p.Bytes(j.Bytes)
	r.badge, r.tone = p.T("ui.job."+string(j.State)), parts.OnRoad
	switch j.State {
	case jobAvailable:
		if j.Why == waitsOffline {
			r.badge = p.T("ui.job.offline")
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
			r.facts = p.T("ui.job.published", "When", moment(p.Lang(), j.Receipt.At), "Files", p.N("ui.files", j.Files))
		}
	case jobCancelled:
		r.tone, r.ended = parts.Neutral, true
	}
	if j.Paused && waits(j) {
		r.badge, r.tone = p.T("ui.job.paused"), parts.Neutral
	}
	return r
}

// parkedWords are the three parts of what a job waits for a person for, with
// the portal's own answer as details.
func parkedWords(p *message.Printer, j app.Job) parts.Message {
	key := "ui.parked." + string(j.Reason)
	m := parts.Message{What: p.T(key + ".what"), Safe: p.T("ui.parked.safe"), Next: p.T(key + ".next")}
	if n := len(j.Tries); n > 0 {
		m.Details = j.Tries[n-1].Detail
	}
	return m
}

// queueFacts are the numbers on top of the outbox.
type queueFacts struct {
	waiting, parked int
	bytes           int64
	allPaused       bool
}

func factsOf(jobs []app.Job) queueFacts {
	f := queueFacts{allPaused: true}
	for _, j := range jobs {
		if !waits(j) {
			continue
		}
		f.waiting++
		f.bytes += j.Bytes
		f.allPaused = f.allPaused && j.Paused
		if j.State == jobParked {
			f.parked++
		}
	}
	f.allPaused = f.allPaused && f.waiting > 0
	return f
}

// moment shows a point in time as the language writes days, in local time.
func moment(lang string, t time.Time) string { return t.Local().Format(dayForms[lang] + " 15:04") }
