package outbox

import (
	"time"

	"chasqui/sync/portal"
)

// Run is what one run of a courier took and moved.
type Run struct {
	Took  time.Duration
	Whole bool // it ended with a receipt
	Cut   bool // the link broke after bytes had moved
	portal.Tally
}

// Pace is how fast a destination has been lately.
type Pace struct {
	Up, Down float64       // bytes a second; 0: never measured
	Extra    time.Duration // what a publication takes besides moving its files
	Requests float64       // of a publication
	Runs     int           // publications that Extra and Requests are known from
	// Between is the usual time between two cuts; 0: no more than one cut was
	// seen lately, which says nothing of the next.
	Between time.Duration
}

// fewestCuts is from how many cuts on their usual distance is believed.
const fewestCuts = 2

// fading is how much less each older run says than the one after it.
const fading = 0.8

// slowBelow is the rate, in bytes a second, below which a link is slow: a
// megabyte takes more than a quarter of a minute (512 kbit/s).
const slowBelow = 64 << 10

// Measured makes a Pace of a destination's runs, the latest last: means in
// which each run says less the older it is. What the link is like is told by
// every run, also by those that were cut; what a publication takes, by those
// that arrived.
//
// The usual time between cuts is the time that all runs took in which bytes
// moved, the whole ones too, divided by how many of them were cut: the estimate
// of a mean life of which some are seen to their end and some are not. Runs
// that found no link say nothing of how long one lasts and are left out. What a
// run waited on a dead line before it gave up counts as if the link had lasted,
// so that the advice comes late rather than too often.
func Measured(runs []Run) Pace {
	var p Pace
	var up, down, upTime, downTime, extra, requests, whole, lasted, cuts float64
	seen := 0
	weight := 1.0
	for i := len(runs) - 1; i >= 0; i-- {
		r := runs[i]
		up += weight * float64(r.Uploads)
		down += weight * float64(r.Downloads)
		upTime += weight * r.Uploading.Seconds()
		downTime += weight * r.Downloading.Seconds()
		if r.Sent+r.Received > 0 {
			lasted += weight * r.Took.Seconds()
		}
		if r.Cut {
			seen++
			cuts += weight
		}
		if r.Whole && r.Requests > 0 {
			p.Runs++
			whole += weight
			extra += weight * max(0, (r.Took-r.Uploading-r.Downloading).Seconds())
			requests += weight * float64(r.Requests)
		}
		weight *= fading
	}
	if upTime > 0 {
		p.Up = up / upTime
	}
	if downTime > 0 {
		p.Down = down / downTime
	}
	if seen >= fewestCuts {
		p.Between = time.Duration(lasted / cuts * float64(time.Second))
	}
	if whole > 0 {
		p.Extra, p.Requests = time.Duration(extra/whole*float64(time.Second)), requests/whole
	}
	return p
}

// Estimate returns how long a publication of that many bytes will take, files
// fetched back for comparison included, and whether enough was measured to say
// so. limit, if not 0, is the most that may be moved, in bytes a second.
func (p Pace) Estimate(bytes, limit int64) (time.Duration, bool) {
	up, down := p.Up, p.Down
	if down == 0 {
		down = up
	}
	if limit > 0 {
		up, down = capped(up, limit), capped(down, limit)
	}
	if up == 0 {
		// Small files on a link whose rate never showed: what such a
		// publication took besides is all that is known, and most of it.
		return p.Extra, p.Runs > 0 && bytes < slowBelow
	}
	moving := float64(bytes)/up + float64(bytes)/down
	return p.Extra + time.Duration(moving*float64(time.Second)), true
}

func capped(rate float64, limit int64) float64 {
	if rate == 0 {
		return float64(limit)
	}
	return min(rate, float64(limit))
}

// Sending returns how long it takes to send that many bytes in one request, and
// whether the rate is known. limit is as in Estimate.
func (p Pace) Sending(bytes, limit int64) (time.Duration, bool) {
	up := p.Up
	if limit > 0 {
		up = capped(up, limit)
	}
	if up == 0 {
		return 0, false
	}
	return time.Duration(float64(bytes) / up * float64(time.Second)), true
}

// TooLong reports whether one request of that length is unlikely to arrive
// before the next cut: where cuts come by chance, one that lasts as long as the
// usual time between them gets through in four of ten tries.
func (p Pace) TooLong(t time.Duration) bool { return p.Between > 0 && t > p.Between }

// Slow reports whether the link is so slow that small jobs go first.
func (p Pace) Slow() bool { return p.Up > 0 && p.Up < slowBelow }
