package outbox

import (
	"time"

	"chasqui/sync/portal"
)

// The limits of waiting. Being offline is probed often, since the link's
// return should be noticed soon; a destination that answers with errors is
// left in peace for longer.
const (
	offlineFirst = 15 * time.Second
	offlineLimit = 5 * time.Minute
	failedFirst  = 30 * time.Second
	failedLimit  = time.Hour
	askedLimit   = 24 * time.Hour // of what a destination may ask for by Retry-After
)

// Backoff returns when a job is due again after it could not be delivered at
// now. It is a pure function: the wait doubles with the job's Snoozes when it
// is Offline, else with its Attempts, up to a limit; jitter, in [0, 1), spreads
// it over ±20 %; asked, if longer, is the destination's own wish (Retry-After).
func Backoff(job Job, now time.Time, jitter float64, asked time.Duration) time.Time {
	first, limit, tries := failedFirst, failedLimit, job.Attempts
	if job.Why == Offline {
		first, limit, tries = offlineFirst, offlineLimit, job.Snoozes
	}
	wait := first
	for i := 1; i < tries && wait < limit; i++ {
		wait *= 2
	}
	wait = min(wait, limit)
	wait = time.Duration(float64(wait) * (0.8 + 0.4*jitter))
	if asked > wait {
		wait = min(asked, askedLimit)
	}
	return now.Add(wait)
}

// due reports whether a job waits for nothing any more. A time further ahead
// than any backoff can set is the trace of a clock that was wrong, unless a
// person chose it. Whether the link hours have come is not the job's to know:
// Admit is asked anew.
func due(job Job, now time.Time) bool {
	if !job.NotBefore.After(now) || job.Why == Window {
		return true
	}
	return job.Why != Scheduled && job.NotBefore.Sub(now) > askedLimit+time.Hour
}

// Judge tells what a failure of this kind does to a running job: the event,
// and for Refused what the job then waits for. Blocked is left to time, not
// parked: the laptop's next network may not be refused.
func Judge(kind portal.Kind) (Event, Reason) {
	switch kind {
	case portal.Unreachable:
		return Unreached, ""
	case portal.Denied:
		return Refused, Denied
	case portal.Untrusted:
		return Refused, Certificate
	case portal.Rejected:
		return Refused, Rejected
	case portal.Conflict:
		return Refused, Conflict
	case portal.TooLarge:
		return Refused, TooLarge
	}
	return Failed, ""
}
