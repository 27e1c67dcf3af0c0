package portal

import (
	"fmt"
	"time"
)

// Kind says how talking to a destination failed.
type Kind string

// The kinds of failure. The outbox decides by kind, never by text.
const (
	Unreachable Kind = "unreachable" // no connection, no name, no answer: being offline is not a failure
	Busy        Kind = "busy"        // it answered that it can't now (5xx, 429)
	Denied      Kind = "denied"      // the token or its rights do not suffice
	Blocked     Kind = "blocked"     // our network or our program is refused
	Untrusted   Kind = "untrusted"   // the certificate does not convince
	Rejected    Kind = "rejected"    // it does not accept what we send; Fields says which
	Conflict    Kind = "conflict"    // it holds something that is not what we left there
	Garbled     Kind = "garbled"     // the answer is not the API's
	TooLarge    Kind = "too_large"   // a file exceeds what it takes
)

// Kinds lists every kind, for tables and tests.
var Kinds = [...]Kind{Unreachable, Busy, Denied, Blocked, Untrusted, Rejected, Conflict, Garbled, TooLarge}

// Error is what a Client returns. Detail is the destination's own text, in its
// language and without secrets: shown under "details", never decided on.
type Error struct {
	Kind       Kind
	Op         string            // the step: "look", "create", "upload", ...
	Resource   string            // the file it was about, if one
	Fields     map[string]string // rejected fields with the destination's words
	Detail     string
	RetryAfter time.Duration // what the destination asked for; 0: it did not
	Status     int           // HTTP status, 0 where there was no answer
	Err        error
	// Comparison is what a Conflict is about; nil for other kinds.
	Comparison *Comparison
}

// Retryable reports whether trying again later, with nothing changed, can
// succeed.
func (e *Error) Retryable() bool {
	switch e.Kind {
	case Unreachable, Busy, Garbled:
		return true
	}
	return false
}

// Error is for logs; people read app/message.
func (e *Error) Error() string {
	s := fmt.Sprintf("%s during %s", e.Kind, e.Op)
	if e.Status != 0 {
		s += fmt.Sprintf(" (HTTP %d)", e.Status)
	}
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
