package message

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// Story tells one entry of a job's log as a sentence or several: what happened,
// why, what the portal said, what it moved, and when it goes on. size is that
// of the job's files, in bytes. The entry's own time is left to the caller.
func (p *Printer) Story(e outbox.Entry, size int64) string {
	answer := ""
	if e.Event == string(outbox.Resolved) {
		answer = p.T("answer." + e.Detail)
	}
	said := []string{capital(p.T("event."+e.Event, "Answer", answer, "Job", brief(e.Detail), "Size", p.Bytes(size))) + "."}
	if e.Kind != "" {
		said = append(said, p.T("error.portal_"+string(e.Kind)+".what", "Fields", firstLine(e.Detail), "Resource", e.File, "Status", ""))
		if e.File != "" {
			said = append(said, p.T("story.file", "File", e.File))
		}
		if e.Kind != outbox.Defect && e.Kind != portal.Unreachable && e.Detail != "" {
			said = append(said, p.T("story.said", "Detail", firstLine(e.Detail)))
		}
	}
	if e.Run.Requests > 0 {
		said = append(said, p.N("story.run", e.Run.Requests, "Time", p.Span(e.Run.Took), "Sent", p.Bytes(e.Run.Sent), "Received", p.Bytes(e.Run.Received)))
	}
	if !e.Until.IsZero() {
		form := time.DateTime
		if e.Until.Local().YearDay() == e.At.Local().YearDay() {
			form = time.TimeOnly
		}
		said = append(said, p.T("story.until", "When", e.Until.Local().Format(form)))
	}
	return strings.Join(said, " ")
}

// Cost tells what sending costs: bytes, and where they were measured the
// requests, the rate in bytes a second, and the time if it is known.
func (p *Printer) Cost(bytes int64, requests int, rate int64, time time.Duration, known bool) string {
	text := p.T("cost.size", "Size", p.Bytes(bytes))
	if requests > 0 {
		text += p.N("cost.requests", requests)
	}
	switch {
	case known && rate > 0:
		text += p.T("cost.time_at", "Time", p.Span(time), "Rate", p.Bytes(rate)+"/s")
	case known:
		text += p.T("cost.time", "Time", p.Span(time))
	default:
		text += p.T("cost.unmeasured")
	}
	return text + "."
}

// Clash tells what a conflict is about and what can be done.
func (p *Printer) Clash(c *portal.Comparison) (what, next string) {
	if c.Clash == portal.Edited {
		return p.T("clash.edited"), p.T("clash.edited.next")
	}
	key := "error.portal_conflict_" + string(c.Clash)
	return p.T(key+".what", "Name", c.Name), p.T(key + ".next")
}

// Field names a field of a portal's record, and the file it belongs to, if one.
func (p *Printer) Field(name, file string) string {
	label := name
	if key := "portal_field." + name; p.Has(key) {
		label = p.T(key)
	}
	if file != "" {
		return file + ": " + label
	}
	return label
}

// Span writes a duration as people read it: "12 s", "3 min", "1 h 20 min". The
// units are the same in all languages.
func (p *Printer) Span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", max(1, int(d.Round(time.Second).Seconds())))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Round(time.Minute).Minutes()))
	}
	minutes := int(d.Round(time.Minute).Minutes())
	if minutes%60 == 0 {
		return fmt.Sprintf("%d h", minutes/60)
	}
	return fmt.Sprintf("%d h %d min", minutes/60, minutes%60)
}

// capital is a sentence that begins with a capital letter.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// brief is the beginning of a UUID, enough for people.
func brief(id string) string { return id[:min(8, len(id))] }

// firstLine is a stranger's text cut to what fits into a sentence.
func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	const most = 200
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
