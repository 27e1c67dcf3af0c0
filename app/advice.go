package app

import (
	"context"
	"path"
	"strings"
	"time"

	"chasqui/app/message"
	"chasqui/app/store"
	"chasqui/sync/outbox"
)

// Obstacle is why a file may not arrive.
type Obstacle string

// The obstacles; "" is none that is known.
const (
	TooLong Obstacle = "too_long"  // it takes longer than the link usually lasts
	TooBig  Obstacle = "too_large" // the portal refused a file of that size or a smaller one
)

// Remedy is what a person can do about an obstacle.
type Remedy string

// The remedies, by what is likely to help with the least trouble.
const (
	SendZipped    Remedy = "zip"       // zipped it passes
	SendElsewhere Remedy = "elsewhere" // from a place with a better link
	HandOver      Remedy = "package"   // as a package, to whoever runs the portal
)

// FileCost is what sending one file costs.
type FileCost struct {
	Name  string
	Bytes int64
	Time  time.Duration // of its own request; only if Known
	Known bool
	// Obstacle is why it may not arrive, Remedy what to do about it; "" where
	// nothing is known against it.
	Obstacle Obstacle
	Remedy   Remedy
	// Zipped is about how many bytes it would have zipped, ZippedTime how long
	// those take, as Time; 0 where Remedy is not SendZipped.
	Zipped     int64
	ZippedTime time.Duration
}

// judged is what a destination is judged by.
type judged struct {
	pace    outbox.Pace
	limit   int64 // of the rate, as the office set it; 0: none
	refused int64 // as Estimate.Refused
}

// fileCosts says of each file whether it fits into one connection and the
// portal's limit.
func (a *App) fileCosts(files []store.File, by judged) ([]FileCost, error) {
	list := make([]FileCost, len(files))
	for i, f := range files {
		c := FileCost{Name: f.Name, Bytes: f.Blob.Bytes}
		c.Time, c.Known = by.pace.Sending(c.Bytes, by.limit)
		if c.Obstacle = by.obstacle(c.Bytes); c.Obstacle != "" {
			if err := a.advise(&c, f, by); err != nil {
				return nil, err
			}
		}
		list[i] = c
	}
	return list, nil
}

// Obstacles and Remedies list what there is of each.
var (
	Obstacles = [...]Obstacle{TooLong, TooBig}
	Remedies  = [...]Remedy{SendZipped, SendElsewhere, HandOver}
)

// obstacle is what stands against a file of that size. The portal's limit goes
// first: no link helps against it.
func (by judged) obstacle(bytes int64) Obstacle {
	if by.refused > 0 && bytes >= by.refused {
		return TooBig
	}
	if took, known := by.pace.Sending(bytes, by.limit); known && by.pace.TooLong(took) {
		return TooLong
	}
	return ""
}

// advise says what to do about a file: zipped, if that would pass, judged by
// its beginning; else what is against it decides.
func (a *App) advise(c *FileCost, f store.File, by judged) error {
	if f.Role == store.Data && zippable(strings.TrimPrefix(path.Ext(f.Name), "."), c.Bytes) && !isZipped(f.Name) {
		size, err := a.zippedSize(f.Blob)
		if err != nil {
			return err
		}
		if by.obstacle(size) == "" {
			c.Remedy, c.Zipped = SendZipped, size
			c.ZippedTime, _ = by.pace.Sending(size, by.limit)
			return nil
		}
	}
	c.Remedy = SendElsewhere
	if c.Obstacle == TooBig {
		c.Remedy = HandOver
	}
	return nil
}

// InDoubt lists the files that may not arrive.
func (e Estimate) InDoubt() []FileCost {
	var list []FileCost
	for _, f := range e.Files {
		if f.Obstacle != "" {
			list = append(list, f)
		}
	}
	return list
}

// Zip reports whether zipping would help a file that may not arrive.
func (e Estimate) Zip() bool {
	for _, f := range e.Files {
		if f.Remedy == SendZipped {
			return true
		}
	}
	return false
}

// stuckFrom is from how many cuts at one file a job is called stuck: two happen
// on any poor link.
const stuckFrom = 3

// Stuck is a file at which a job was cut again and again without finishing it.
type Stuck struct {
	File string // as the portal's pages name it
	Cuts int
}

// stuck reads from a job's log whether it is cut at one file again and again.
func (a *App) stuck(ctx context.Context, j outbox.Job) (*Stuck, error) {
	if j.State.Final() || j.State == outbox.Parked {
		return nil, nil
	}
	log, err := a.store.Log(ctx, j.ID)
	if err != nil {
		return nil, err
	}
	file, cuts := outbox.Stuck(log)
	if cuts < stuckFrom {
		return nil, nil
	}
	return &Stuck{File: file, Cuts: cuts}, nil
}

// Tell says in words what stands against a file and what to do; "" where
// nothing does.
func (e Estimate) Tell(p *message.Printer, f FileCost) string {
	var text string
	switch f.Obstacle {
	case TooLong:
		text = p.T("doubt.too_long", "File", f.Name, "Size", p.Bytes(f.Bytes), "Time", p.Span(f.Time), "Between", p.Span(e.Between))
	case TooBig:
		text = p.T("doubt.too_large", "File", f.Name, "Size", p.Bytes(e.Refused))
	default:
		return ""
	}
	switch {
	case f.Remedy != SendZipped:
		return text + " " + p.T("doubt."+string(f.Remedy))
	case f.ZippedTime > 0:
		return text + " " + p.T("doubt.zip_time", "Size", p.Bytes(f.Zipped), "Time", p.Span(f.ZippedTime))
	}
	return text + " " + p.T("doubt.zip", "Size", p.Bytes(f.Zipped))
}

// Tell says in words at what a job is stuck, and what to do.
func (s Stuck) Tell(p *message.Printer) string {
	return p.T("doubt.stuck", "File", s.File, "Count", p.Number(int64(s.Cuts)))
}
