package app

import "fmt"

// Kind says what went wrong in the program's own layer.
type Kind string

// The kinds of the app's errors; each has words in app/message.
const (
	IsDirectory    Kind = "is_directory"     // a folder where a file is meant; Values: Name
	FileNotFound   Kind = "file_not_found"   // Values: Name
	FileDenied     Kind = "file_denied"      // the system does not let us read it; Values: Name
	OutputSource   Kind = "output_is_source" // the result would replace the source; Values: Name
	UnknownOutput  Kind = "unknown_output"   // no such output format; Values: Format, Allowed
	Lacking        Kind = "lacking"          // the profile asks for more; Values: Lacking, keys
	Undecided      Kind = "undecided"        // personal data without a decision; Values: Fields
	BadDecision    Kind = "bad_decision"     // neither remove nor keep:REASON; Values: Value
	UnknownColumn  Kind = "unknown_column"   // Values: Name, Allowed
	UnknownKind    Kind = "unknown_kind"     // no such kind of destination; Values: Kind, Allowed
	BadAddress     Kind = "bad_address"      // not an address of the web; Values: URL
	NeedsAnswer    Kind = "needs_answer"     // a question with nobody to ask; Values: Flag
	NothingToUndo  Kind = "nothing_to_undo"  //
	NotNew         Kind = "not_new"          // a dataset with a life of its own can't become an edition; Values: Title
	PeriodTaken    Kind = "period_taken"     // an edition of that period is there; Values: Title, Period
	NoCrossTable   Kind = "no_cross_table"   // no columns are years, months or the like
	BadRange       Kind = "bad_range"        // rows or columns that can't be a table; Values: Range
	NotAnOption    Kind = "not_an_option"    // Values: Value, Allowed
	BadTime        Kind = "bad_time"         // Values: Value
	NoToken        Kind = "no_token"         // the token can't be read where it should be; Values: Name
	CannotListen   Kind = "cannot_listen"    // the address is taken or not ours; Values: Address
	NoWindow       Kind = "no_window"        // a build without the window
	BadDescription Kind = "bad_description"  // a file of keys and values can't be read; Values: Name
	WrongPassword  Kind = "wrong_password"   // the password does not open the workbook; Values: Name
	OneFileOnly    Kind = "one_file_only"    // several results can't go into one file; Values: Name
	NoGeometry     Kind = "no_geometry"      // geojson of a table without coordinates
	NoReceipt      Kind = "no_receipt"       // the job is not published yet; Values: Title
	BadReceipt     Kind = "bad_receipt"      // a file that is no receipt of ours
	ForgedReceipt  Kind = "forged_receipt"   // a receipt that says what was not signed
	BadPin         Kind = "bad_pin"          // the destination shows another key than the one named; Values: Name
	BadHours       Kind = "bad_hours"        // no days and hours; Values: Value

	ImportUnreadable Kind = "import_unreadable" // no description of a dataset that is understood; Values: Name
	PackageDamaged   Kind = "package_damaged"   // a file of a package is not the one that it describes; Values: Name
	AlreadyHere      Kind = "already_here"      // a dataset of that id is here; Values: Title
)

// Kinds lists every kind, for tables and tests.
var Kinds = [...]Kind{
	IsDirectory, FileNotFound, FileDenied, OutputSource, UnknownOutput, Lacking, Undecided, BadDecision, UnknownColumn,
	UnknownKind, BadAddress, NeedsAnswer, NothingToUndo, NotNew, PeriodTaken, NoCrossTable, BadRange, NotAnOption, BadTime, NoToken, CannotListen, NoWindow, BadDescription, WrongPassword, OneFileOnly, NoGeometry,
	NoReceipt, BadReceipt, ForgedReceipt, BadHours, BadPin,
	ImportUnreadable, PackageDamaged, AlreadyHere,
}

// Error is an error of the app: its kind, the values of its text, the cause.
type Error struct {
	Kind Kind
	Args map[string]string
	// Open are the personal-data findings that want a decision (Undecided).
	Open []OpenDecision
	Err  error
}

// OpenDecision is a personal-data finding that nobody decided on.
type OpenDecision struct {
	Field string `json:"field"`
	Code  string `json:"code"`
}

// Error is for logs; people read app/message.
func (e *Error) Error() string {
	s := string(e.Kind)
	if len(e.Args) > 0 {
		s += fmt.Sprint(" ", e.Args)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Code is the error's key in app/message.
func (e *Error) Code() string { return string(e.Kind) }

// Values are the placeholders of the error's text.
func (e *Error) Values() map[string]string { return e.Args }
