package outbox

import "fmt"

// Event is what happens to a job and moves it from state to state.
type Event string

// The events. The first group comes from a run, the second from a person.
const (
	Taken       Event = "taken"       // a run begins
	Delivered   Event = "delivered"   // the destination serves the right bytes
	Unreached   Event = "unreached"   // offline: no attempt, only a later time
	Failed      Event = "failed"      // an attempt failed in a way that time cures
	Refused     Event = "refused"     // an attempt failed in a way that a person cures
	Interrupted Event = "interrupted" // the program ends or the job was paused in mid-run
	Recovered   Event = "recovered"   // found running at start: the run before it died
	Ended       Event = "ended"       // asked to cancel, looked at the portal, and it is not there
	Asked       Event = "asked"       // before a run: what it costs is for a person to say yes to

	Retried  Event = "retried"  // a person says: now
	Resolved Event = "resolved" // a person decided what the job waited for
	Dropped  Event = "dropped"  // a person ends a job that is not running
	Replaced Event = "replaced" // a person queued a newer revision instead of it
)

// Transition is one row of the table: what an event does to a job in a state.
type Transition struct {
	From   State
	Event  Event
	To     State
	Counts bool // the run was an attempt: it reached the destination
}

// Transitions returns the whole table, in reading order. What is not in it is
// refused. Pause and the wish to cancel are flags beside the state and so not
// here.
func Transitions() []Transition {
	return []Transition{
		{Available, Taken, Running, false},
		{Retryable, Taken, Running, false},

		{Running, Delivered, Completed, true},
		{Running, Unreached, Available, false},
		{Running, Failed, Retryable, true},
		{Running, Refused, Parked, true},
		{Running, Interrupted, Available, false},
		{Running, Recovered, Available, false},
		{Running, Ended, Cancelled, false},
		{Available, Asked, Parked, false},
		{Retryable, Asked, Parked, false},

		{Available, Retried, Available, false},
		{Retryable, Retried, Available, false},
		{Parked, Retried, Available, false},
		{Parked, Resolved, Available, false},
		{Available, Dropped, Cancelled, false},
		{Retryable, Dropped, Cancelled, false},
		{Parked, Dropped, Cancelled, false},
		{Available, Replaced, Cancelled, false},
		{Retryable, Replaced, Cancelled, false},
		{Parked, Replaced, Cancelled, false},
	}
}

// States returns every state, in the order of a job's life.
func States() []State {
	return []State{Available, Running, Retryable, Parked, Completed, Cancelled}
}

// Events returns every event, runs' first.
func Events() []Event {
	return []Event{Taken, Delivered, Unreached, Failed, Refused, Interrupted, Recovered, Ended, Asked, Retried, Resolved, Dropped, Replaced}
}

// IllegalError says that an event cannot happen to a job in this state.
type IllegalError struct {
	State State
	Event Event
}

// Error names the pair.
func (e *IllegalError) Error() string {
	return fmt.Sprintf("outbox: %s can't happen to a job that is %s", e.Event, e.State)
}

// Next returns the transition that event makes from state, or an
// *IllegalError. It is a pure lookup in Transitions.
func Next(state State, event Event) (Transition, error) {
	for _, t := range Transitions() {
		if t.From == state && t.Event == event {
			return t, nil
		}
	}
	return Transition{}, &IllegalError{State: state, Event: event}
}

// Final reports whether a job in this state has left the queue.
func (s State) Final() bool { return s == Completed || s == Cancelled }
