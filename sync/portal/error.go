package portal

import (
	"fmt"
	"slices"
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

// Reason says more of a failure than its Kind, where people need other words
// for it. What happens to a job depends on the Kind alone.
type Reason string

// The reasons that an Error may name. A Conflict names its Clash instead.
const (
	ForeignPage Reason = "page"        // Unreachable: a web page answered in the portal's place, as a network's sign-in does
	Moved       Reason = "moved"       // Rejected: the portal lives at another host now; Fields["moved"] is its address
	TooOld      Reason = "too_old"     // Rejected: the portal's version can't be published to safely
	Expired     Reason = "expired"     // Untrusted: the certificate's time is over, or not come
	WrongHost   Reason = "wrong_host"  // Untrusted: the certificate is another site's
	SelfSigned  Reason = "self_signed" // Untrusted: nobody known vouches for the certificate
)

// Words lists what Word can return: a Kind, or a Kind with a Reason or Clash.
func Words() []string {
	words := []string{
		"unreachable_page", "rejected_moved", "rejected_too_old",
		"untrusted_expired", "untrusted_wrong_host", "untrusted_self_signed",
		"conflict_held", "conflict_elsewhere", "conflict_hidden", "conflict_recreated", "conflict_withdrawn", "conflict_gone",
	}
	for _, k := range Kinds {
		words = append(words, string(k))
	}
	return words
}

// Word is the key of the words that people read of this error.
func (e *Error) Word() string {
	word := string(e.Kind)
	switch {
	case e.Reason != "":
		word += "_" + string(e.Reason)
	case e.Kind == Conflict && e.Comparison != nil && e.Comparison.Clash != Edited:
		word += "_" + string(e.Comparison.Clash)
	}
	if !slices.Contains(Words(), word) {
		return string(e.Kind)
	}
	return word
}

// Error is what a Client returns. Detail is the destination's own text, in its
// language and without secrets: shown under "details", never decided on.
type Error struct {
	Kind       Kind
	Reason     Reason            // more than the Kind says, where there is more
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
