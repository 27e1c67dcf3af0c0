package table

import "fmt"

// Place is where something is. The zero parts are unknown or do not apply.
type Place struct {
	File  string `json:"file,omitempty"`
	Sheet string `json:"sheet,omitempty"`
	Row   int    `json:"row,omitempty"`
	Col   int    `json:"col,omitempty"`
}

// Notice is what a reader or a detector has to say besides rows: something
// was repaired, left out or uncertain. Code is stable; app/message has its
// words, app/check makes findings of it.
type Notice struct {
	Code  string            `json:"code"`
	Place Place             `json:"place,omitzero"`
	Count int               `json:"count,omitempty"`
	Args  map[string]string `json:"args,omitempty"`
}

// FaultKind says why a file can't be read or written.
type FaultKind string

// The kinds of faults that converters return. Each has words in app/message.
const (
	EmptyFile      FaultKind = "empty_file"       // no bytes, or only blanks
	NotWhatItSays  FaultKind = "not_what_it_says" // the name promises a format, the content is another thing
	UnknownFormat  FaultKind = "unknown_format"   // the content is no format that is read here
	Unsupported    FaultKind = "unsupported"      // recognised, but not read; Args: format
	NeedsPassword  FaultKind = "needs_password"   // the workbook is encrypted
	Damaged        FaultKind = "damaged"          // cut short or corrupt
	Hostile        FaultKind = "hostile"          // would cost unbounded memory or time
	TooLarge       FaultKind = "too_large"        // over a limit that the format or the program sets
	Changed        FaultKind = "changed"          // the file changed while it was read
	NoSuchSheet    FaultKind = "no_such_sheet"    // Args: sheet
	NoSuchTable    FaultKind = "no_such_table"    // Args: table
	NoTable        FaultKind = "no_table"         // nothing in the file looks like a table
	UnreadableFile FaultKind = "unreadable_file"  // the operating system said no
	DiskFull       FaultKind = "disk_full"        // no room for what should be written
	DoesNotFit     FaultKind = "does_not_fit"     // the format that is written can't hold the table; Args: format
)

// FaultKinds lists every kind, for tables and tests.
var FaultKinds = [...]FaultKind{
	EmptyFile, NotWhatItSays, UnknownFormat, Unsupported, NeedsPassword, Damaged, Hostile, TooLarge, Changed,
	NoSuchSheet, NoSuchTable, NoTable, UnreadableFile, DiskFull, DoesNotFit,
}

// Fault is an error of a converter: what went wrong, where, and the cause.
type Fault struct {
	Kind  FaultKind
	Place Place
	Args  map[string]string
	Err   error
}

// Error is for logs and developers; people read app/message.
func (f *Fault) Error() string {
	s := string(f.Kind)
	if f.Place != (Place{}) {
		s += fmt.Sprintf(" at %+v", f.Place)
	}
	if f.Err != nil {
		s += ": " + f.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }
