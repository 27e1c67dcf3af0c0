package app

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"chasqui/app/secret"
	"chasqui/sync/carrier"
	"chasqui/sync/outbox"
)

// LinkRules is what an office asks of sending. The zero value sends at any
// time, as fast as it goes, without a question.
type LinkRules struct {
	Paused bool `json:"paused,omitempty"` // nothing is sent until a person says so
	// Hours are when the link may be used; none: always.
	Hours []Hours `json:"hours,omitempty"`
	// Rate limits what is sent and fetched, in bytes a second; 0: no limit.
	Rate int64 `json:"rate,omitempty"`
	// Metered says that the link is paid by the megabyte: a publication of more
	// than AskOver bytes waits for a yes.
	Metered bool  `json:"metered,omitempty"`
	AskOver int64 `json:"ask_over,omitempty"`
	// SampleBelow is the measured rate, in bytes a second, below which files that
	// were sent are compared by samples at first; 0: SampleBelowDefault, less:
	// never.
	SampleBelow int64 `json:"sample_below,omitempty"`
}

// SampleBelowDefault is half a megabit a second: below it a file that was sent
// takes as long to fetch back.
const SampleBelowDefault = 64_000

// PoorLink is the rate below which files are sampled, in bytes a second; 0:
// never.
func (r LinkRules) PoorLink() int64 {
	switch {
	case r.SampleBelow < 0:
		return 0
	case r.SampleBelow == 0:
		return SampleBelowDefault
	}
	return r.SampleBelow
}

// Hours is a span of the clock on some days of the week, in local time. To not
// after From means that it ends on the day after.
type Hours struct {
	Days []time.Weekday `json:"days"`
	From Clock          `json:"from"`
	To   Clock          `json:"to"`
}

// Clock is minutes since midnight, 0 to 1440.
type Clock int

// AskOverDefault is above how many bytes a metered link is asked about, where
// the office has not said otherwise.
const AskOverDefault = 1_000_000

// linkSetting is the setting that keeps an office's LinkRules.
func linkSetting(office string) string { return "link/" + office }

// loadLink reads the office's rules.
func (a *App) loadLink(ctx context.Context) error {
	if a.opt.Shared {
		return nil // nothing is sent
	}
	rules, err := a.storedLink(ctx)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.link = rules
	return err
}

func (a *App) storedLink(ctx context.Context) (LinkRules, error) {
	var rules LinkRules
	office, err := a.store.Office(ctx)
	if err != nil {
		return rules, err
	}
	text, err := a.store.Setting(ctx, linkSetting(office.ID))
	if err != nil || text == "" {
		return rules, err
	}
	return rules, json.Unmarshal([]byte(text), &rules)
}

// LinkRules returns the office's rules.
func (a *App) LinkRules(ctx context.Context) (LinkRules, error) { return a.storedLink(ctx) }

// SaveLinkRules keeps the office's rules, and they hold at once: what is being
// sent is stopped by a pause, and what waited for hours or for a yes is judged
// anew.
func (a *App) SaveLinkRules(ctx context.Context, rules LinkRules) error {
	office, err := a.store.Office(ctx)
	if err != nil {
		return err
	}
	text, err := json.Marshal(rules)
	if err != nil {
		return err
	}
	if err := a.store.SaveSetting(ctx, linkSetting(office.ID), string(text)); err != nil {
		return err
	}
	a.mu.Lock()
	a.link = rules
	a.mu.Unlock()
	if rules.Paused {
		a.outbox.StopRuns()
	}
	jobs, err := a.store.Jobs(ctx)
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if j.Reason == outbox.Cost && !rules.asks(j) {
			if err := a.outbox.Reconsider(ctx, j.ID); err != nil {
				return err
			}
		}
	}
	a.outbox.Wake()
	return nil
}

// SetAllPaused holds everything back, also what is queued later, or lets it go
// on.
func (a *App) SetAllPaused(ctx context.Context, paused bool) error {
	rules, err := a.storedLink(ctx)
	if err != nil {
		return err
	}
	rules.Paused = paused
	return a.SaveLinkRules(ctx, rules)
}

func (a *App) rules() LinkRules {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.link
}

// rate is the most that may be moved now, in bytes a second; 0: no limit.
func (a *App) rate() int64 {
	if a.opt.Rate > 0 {
		return a.opt.Rate
	}
	return a.rules().Rate
}

// admit tells the outbox whether a job may go now.
func (a *App) admit(_ context.Context, j outbox.Job) (outbox.Verdict, error) {
	rules := a.rules()
	switch {
	case rules.Paused:
		return outbox.Verdict{Wait: true}, nil
	case rules.asks(j):
		return outbox.Verdict{Reason: outbox.Cost}, nil
	}
	if open, next := rules.Open(a.opt.Now()); !open && !j.AnyHour {
		return outbox.Verdict{Hours: next}, nil
	}
	return outbox.Verdict{}, nil
}

func (r LinkRules) asks(j outbox.Job) bool { return r.Metered && !j.AnyCost && j.Bytes > r.AskOver }

// Open reports whether the link may be used at that moment, and if not, when
// it may again, at most a week later.
func (r LinkRules) Open(now time.Time) (bool, time.Time) {
	if len(r.Hours) == 0 {
		return true, time.Time{}
	}
	now = now.In(time.Local)
	var next time.Time
	for _, h := range r.Hours {
		for day := -1; day <= 7; day++ {
			from, to := h.on(now.AddDate(0, 0, day))
			switch {
			case from.IsZero() || !to.After(now):
			case !from.After(now):
				return true, time.Time{}
			case next.IsZero() || from.Before(next):
				next = from
			}
		}
	}
	if next.IsZero() { // hours without a day: never, so look again tomorrow
		next = now.AddDate(0, 0, 1)
	}
	return false, next
}

// on is the span that begins on a day, zero if none does.
func (h Hours) on(day time.Time) (from, to time.Time) {
	if !slices.Contains(h.Days, day.Weekday()) {
		return from, to
	}
	at := func(c Clock, later int) time.Time {
		return time.Date(day.Year(), day.Month(), day.Day()+later, int(c)/60, int(c)%60, 0, 0, day.Location())
	}
	later := 0
	if h.To <= h.From {
		later = 1
	}
	return at(h.From, 0), at(h.To, later)
}

// pace is how fast a destination has been lately.
func (a *App) pace(ctx context.Context, destination string) (outbox.Pace, error) {
	runs, err := a.store.Runs(ctx, destination)
	return outbox.Measured(runs), err
}

// Link is what is known of the way to a destination.
type Link = outbox.Link

// ProbeAll looks whether the destinations can be reached, side by side, and
// returns what was found. Listeners hear of every change. One whose token would
// have to be asked for is left alone: a look is no reason to ask a person.
func (a *App) ProbeAll(ctx context.Context) ([]Link, error) {
	list, err := a.store.Destinations(ctx)
	if err != nil {
		return nil, err
	}
	links := make([]Link, len(list))
	var wg sync.WaitGroup
	for i, d := range list {
		if a.vault.Closed(secret.Place(d.TokenKept)) {
			continue
		}
		wg.Go(func() { links[i], _ = a.outbox.Probe(ctx, d.ID) })
	}
	wg.Wait()
	for i := range links {
		// An error, such as of a token that can't be read, is told when
		// something is sent.
		links[i].Destination = list[i].ID
	}
	return links, nil
}

// HasNetwork reports whether this computer is in any network at all.
func HasNetwork() bool { return carrier.Read() != "" }
