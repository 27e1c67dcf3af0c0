// Package portal is the contract between the outbox and the places where data
// is published: what is sent (Dataset), who sends it (Client), what is
// remembered on the way (Journal), what proves it (Receipt), and how it fails
// (Error). Every courier passes the suite in portaltest.
//
// Start with Client; its comments are the contract. This package also fixes
// the transport over net/http, so that nobody outside sync imports it.
package portal

import (
	"context"
	"io"
	"net/http"
	"time"
)

// Dataset is everything that one publication sends, frozen: a courier adds
// nothing of its own and asks nobody. Text is in the office's language.
type Dataset struct {
	ID           string            `json:"id"`   // UUID of the dataset, never sent as the portal's own id
	Name         string            `json:"name"` // slug wanted in the address, 2-100 of [a-z0-9_-]
	Title        string            `json:"title"`
	Description  string            `json:"description"`
	License      License           `json:"license"`
	Organization string            `json:"organization"` // the portal's name for the publishing organization
	Publisher    string            `json:"publisher"`
	Contact      string            `json:"contact"`
	Email        string            `json:"email"`
	Source       string            `json:"source,omitempty"`
	Version      string            `json:"version,omitempty"`
	Keywords     []string          `json:"keywords,omitempty"`
	Groups       []string          `json:"groups,omitempty"` // the portal's names of its groups (themes)
	Extras       map[string]string `json:"extras,omitempty"` // chasqui_id is added by the courier
	// Fields are top-level fields of a portal's own form (ckanext-scheming), by
	// their names there; a value is a string or a []string. A portal without
	// such a form drops them without a word.
	Fields    map[string]any `json:"fields,omitempty"`
	Resources []Distribution `json:"resources"`
	// Private says that only members of the organization are to see it. What is
	// public already is not hidden by it: that is Remove's to do.
	Private bool     `json:"private,omitempty"`
	Removed []string `json:"removed,omitempty"` // resource ids that earlier revisions sent and this one drops
}

// License is a licence with the id that the portal knows.
type License struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

// Distribution is one hashed file. ID is a UUID minted once for an edition and
// format: a correction keeps it, and with it the file's address.
type Distribution struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	FileName    string `json:"file_name"`
	Format      string `json:"format"`     // "CSV", "JSON"
	MediaType   string `json:"media_type"` // IANA
	Bytes       int64  `json:"bytes"`
	SHA256      string `json:"sha256"` // lower-case hex
	// Fields are fields of a portal's own form for a file, by their names there.
	Fields map[string]string `json:"fields,omitempty"`
	// Schema describes the columns of a table of comma-separated values, in
	// their order. With it a portal that has a DataStore gets the rows there
	// too; without it only the file is sent.
	Schema []Column `json:"schema,omitempty"`
}

// Column is one column of a file, for a DataStore and its data dictionary.
type Column struct {
	Name        string `json:"name"` // as in the file's header
	Type        string `json:"type"` // Frictionless Table Schema: "string", "integer", "number", "boolean", "date", "datetime", "time", "year", "any", ...
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	Unit        string `json:"unit,omitempty"`
}

// Client is a courier to one destination. Implementations are safe for one
// publication at a time.
type Client interface {
	// Ping asks who the destination is and what we may do there, without
	// writing. A token that counts for nothing is Denied; a page in the
	// API's place is Unreachable; a program too old to publish to is reported in
	// Status, not as an error.
	Ping(ctx context.Context) (Status, error)

	// Publish makes the destination hold exactly this dataset with exactly
	// these bytes, and returns what it found there afterwards. It is
	// idempotent: called again with the same dataset after any interruption,
	// it goes on and leaves one dataset. A first publication is visible only
	// when complete; what is public stays public. What must be remembered
	// before a call stands in the journal before the call. Errors are *Error,
	// but for the journal's own, which come back as they are.
	Publish(ctx context.Context, pub Publication) (Receipt, error)

	// Verify reads the dataset back, compares every field of the description,
	// fetches every file whole and compares hashes. A difference is a Conflict
	// with a Comparison, and so is a dataset that is not there or not shown to
	// the public. last, if not nil, is the receipt of that publication: what
	// the portal wrote its own way then, and what was left to somebody else
	// (Kept), is no difference now.
	Verify(ctx context.Context, ds Dataset, last *Receipt) (Receipt, error)

	// Remove withdraws the dataset from public view. A dataset that is not
	// there is no error.
	Remove(ctx context.Context, ds Dataset) error
}

// Publication is one call of Publish: what, from where, with which memory.
type Publication struct {
	Dataset Dataset
	Files   Files
	Journal Journal
	// Last is the receipt of the last completed publication of this dataset to
	// this destination, nil if there was none: what we left there, field by
	// field. What differs from it was written by somebody else, and is a
	// Conflict unless Keep answers it.
	Last *Receipt
	// Adopt lets the courier take over a dataset of that name in our own
	// organization which does not bear our id. It implies KeepOurs.
	Adopt bool
	// Keep is a person's answer to the Conflict of an earlier attempt of the
	// same job. It holds for the differences of that Comparison only: what
	// somebody edits afterwards is a Conflict again.
	Keep Keep
	// Progress, if set, hears of every step; it is called in Publish's
	// goroutine and must return at once.
	Progress func(Progress)
}

// Files opens the frozen bytes by their SHA-256.
type Files interface {
	OpenBlob(sha256 string) (io.ReadSeekCloser, error)
}

// Journal is a courier's memory of one job: Save returns after the value
// stands on disk. Load of an unknown key returns "".
type Journal interface {
	Load(ctx context.Context, key string) (string, error)
	Save(ctx context.Context, key, value string) error
}

// Progress is how far a publication is. Done and Total count bytes of all
// files; Step is a stable word: "look", "describe", "upload", "verify",
// "table" (rows go into a DataStore), "show".
// The first "upload" says how much was there already.
type Progress struct {
	Step     string
	Resource string // name of the file on the way
	Done     int64
	Total    int64
	// Settled says that something now stands for good that did not before this
	// call: a file arrived or was compared. An attempt that settled something
	// was not in vain, however it ends.
	Settled bool
}

// Status is what Ping learned.
type Status struct {
	Software      string   // "CKAN", "Chasqui"
	Version       string   // as the destination says it
	Supported     bool     // false: too old to publish to safely
	User          string   // who the token is
	Organizations []string // where the token may create datasets
	Title         string   // the site's own name
	Insecure      bool     // the address is http://: everybody on the way can read the token
	Moved         string   // the address to which it redirects us for good; "" if it does not
	DataStore     bool     // it keeps tables that can be queried
}

// Receipt is the proof of a publication, made from what the destination
// served, not from what was sent.
type Receipt struct {
	Dataset   string            `json:"dataset"` // the portal's id of it
	URL       string            `json:"url"`     // the page that people read
	Resources []ResourceReceipt `json:"resources"`
	At        time.Time         `json:"at"`
	Verified  string            `json:"verified"` // Full or Sampled
	// Modified is the portal's own mark of the record's state when we left it.
	Modified string `json:"modified,omitempty"`
	// Fields is the description as read back, by the portal's field names: the
	// memory by which the next publication tells somebody else's edits.
	Fields map[string]string `json:"fields,omitempty"`
	// Kept lists what was left as somebody else wrote it, because a person said
	// KeepTheirs. A later publication leaves it alone too, for as long as
	// neither side changes it.
	Kept []Difference `json:"kept,omitempty"`
	// Altered lists the fields that the portal wrote another way than they were
	// sent, or dropped: Ours was sent, Theirs is shown.
	Altered []Difference `json:"altered,omitempty"`
	// Tables says how many rows of each file the portal counts in its DataStore,
	// by resource id; Untabled why others have none there. The files themselves
	// are served all the same.
	Tables   map[string]int64  `json:"tables,omitempty"`
	Untabled map[string]string `json:"untabled,omitempty"`
}

// How a publication was verified.
const (
	// Full: every byte of every file was fetched and hashed.
	Full = "full"
	// Sampled: on a poor link the sizes, heads, tails and unpredictable ranges
	// were compared. Verify fetches the whole later.
	Sampled = "sampled"
)

// ResourceReceipt is one file as served.
type ResourceReceipt struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	URL    string `json:"url"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // of what was served; where Sampled, of what was sent
	// Modified is the portal's own mark of the file's state when we left it, and
	// Fields are its labels as read back.
	Modified string            `json:"modified,omitempty"`
	Fields   map[string]string `json:"fields,omitempty"`
}

// Target is where and as whom a courier works. Token is asked for at each
// send and never kept.
type Target struct {
	URL          string
	Organization string
	Token        func() (string, error)
	// Transport carries the requests; nil means a plain one. Tests put
	// faults here.
	Transport Transport
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// PoorLink is the measured rate, in bytes a second, below which files that
	// were sent are compared by samples instead of fetched whole; 0: never.
	PoorLink int64
}

// Transport is net/http's, named here so that app and main need not import it.
type Transport = http.RoundTripper

// Handler is net/http's, for the practice portal and the catalogue's server.
type Handler = http.Handler
