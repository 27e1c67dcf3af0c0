// Package outbox is the state machine of queued publications. It knows no
// HTTP and no SQLite: couriers come in as portal.Client, the tables as Store,
// time and chance as functions. All transitions stand in one table
// (transitions.go), from which the tests, the SQL check and the picture in
// docs/outbox.md are made.
//
// A job is never lost: it leaves the queue as completed, with a receipt, or as
// cancelled, because a person said so.
package outbox

import (
	"context"
	"errors"
	"time"

	"chasqui/sync/portal"
)

// State of a job.
type State string

// The six states. A job enters as Available and ends as Completed or
// Cancelled; everything between is taken up again by itself or by a person.
const (
	Available State = "available" // waits for its time (NotBefore, Why); a run takes it
	Running   State = "running"   // a courier has it; after a crash it is available again at start
	Retryable State = "retryable" // an attempt failed in a way that time cures; due at NotBefore
	Parked    State = "parked"    // needs a person: Reason says for what
	Completed State = "completed" // the destination served the right bytes; there is a receipt
	Cancelled State = "cancelled" // a person ended it, after the portal was looked at
)

// Reason says what a parked job waits for.
type Reason string

// The reasons for parking.
const (
	Denied      Reason = "denied"
	Rejected    Reason = "rejected"
	Conflict    Reason = "conflict"
	Certificate Reason = "certificate"
	TooLarge    Reason = "too_large"
	Undecided   Reason = "undecided"
	Approval    Reason = "approval"
	Cost        Reason = "cost" // it goes over a link that is paid by the megabyte
)

// Why says what an available job waits for.
type Why string

// What an available job may wait for; empty: nothing, it is due.
const (
	Due       Why = ""
	Scheduled Why = "scheduled" // NotBefore was chosen by a person
	Offline   Why = "offline"   // the destination can't be reached; not counted as an attempt
	Window    Why = "window"    // outside the office's link hours
)

// Job is one frozen publication on its way to one destination.
type Job struct {
	ID          string
	Dataset     string // dataset UUID
	Revision    string // revision UUID: what is sent
	Destination string // destination UUID
	State       State
	Why         Why
	Reason      Reason
	Paused      bool        // a flag beside the state: a paused job keeps its place
	Adopt       bool        // a person said: take over what stands there under our name
	Keep        portal.Keep // a person's answer to what somebody edited there
	AnyHour     bool        // a person said: now, whatever the office's link hours
	AnyCost     bool        // a person said: yes, whatever the megabytes cost
	Priority    int64       // 0, or raised by a person: higher goes first
	Bytes       int64       // of all its files
	Cancelling  bool        // a person asked for the end; the next run looks at the portal, then ends it
	Attempts    int         // attempts that reached the destination; snoozes are not counted
	Snoozes     int         // times it was found offline in a row, for the backoff
	NotBefore   time.Time
	Created     time.Time
	Updated     time.Time
	Seq         int64 // order of queuing, strictly rising
}

// Attempt is one try that reached the destination.
type Attempt struct {
	Started  time.Time
	Finished time.Time
	Bytes    int64
	Kind     portal.Kind // "" when it succeeded
	Detail   string
}

// Entry is one line of a job's log: what happened, for people who ask. The log
// alone tells the job's story: every run of a courier ends with an entry that
// says how long it took and what it moved, whether it counts as an attempt or
// not.
type Entry struct {
	At     time.Time
	Event  string      // an Event, or a word of the outbox: see Words
	Kind   portal.Kind // of the failure, if it was one
	File   string      // the file it was about, if one
	Detail string      // what the destination said, or a person answered
	Until  time.Time   // when the job is due again, if that is later
	Run    Run         // zero where no run ended
}

// Stuck reads from a job's log the file at which its latest runs were cut, one
// after the other, and how many there were of them; "" and 0 where it is not so.
// A run that was cut at another file, or ended another way, shows that something
// moved on, and only those after it are counted.
func Stuck(log []Entry) (file string, cuts int) {
	for i := len(log) - 1; i >= 0; i-- {
		e := log[i]
		if e.Run.Requests == 0 {
			continue // no run ended here
		}
		if !e.Run.Cut || e.File == "" || cuts > 0 && e.File != file {
			break
		}
		file, cuts = e.File, cuts+1
	}
	return file, cuts
}

// Words are the log's events that move no job to another state: it entered the
// queue, was paused or resumed, is to be cancelled, waits for the link hours,
// or was put before the others.
var Words = [...]string{"queued", "paused", "resumed", "cancelling", "held", "first"}

// ErrStale says that a job's state moved on between reading and writing it:
// nothing was written.
var ErrStale = errors.New("outbox: the job's state has moved on")

// Store keeps jobs. app/store implements it over SQLite; each method is one
// transaction that stands on disk when it returns.
type Store interface {
	// Job returns one job.
	Job(ctx context.Context, id string) (Job, error)
	// Jobs returns all jobs that are not Completed or Cancelled, by Seq.
	Jobs(ctx context.Context) ([]Job, error)
	// Apply writes the job if its stored state is still from, together with
	// the log entry and, where they are not nil, the attempt and the receipt.
	// It returns ErrStale, and writes nothing, if the state has moved on.
	Apply(ctx context.Context, from State, job Job, entry Entry, attempt *Attempt, receipt *portal.Receipt) error
	// Load gives the frozen dataset of a job, with where and as whom to send,
	// and the receipt of the last completed job of that dataset to that
	// destination, nil if there is none.
	Load(ctx context.Context, job Job) (portal.Dataset, *portal.Receipt, error)
	// Journal is the courier's memory for a job. It outlives attempts.
	Journal(job Job) portal.Journal
}
