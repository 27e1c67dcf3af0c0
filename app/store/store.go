// Package store keeps what the program must not lose: one data folder with an
// SQLite database (offices, destinations, datasets and their drafts, frozen
// revisions, the outbox) and, beside it, the bytes of files named by their
// SHA-256. It is the only importer of SQLite.
//
// Each exported method is one transaction and stands on disk when it returns.
// Start with Open; the tables and why they are so stand in migrations/.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"github.com/google/uuid"
	"modernc.org/sqlite"
	"modernc.org/sqlite/lib"

	"chasqui/app/disk"
	"chasqui/converters/table"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Kind says what the store could not do.
type Kind string

// The kinds of the store's errors; each has words in app/message.
const (
	InUse     Kind = "data_in_use"   // another instance holds the folder
	TooNew    Kind = "data_too_new"  // a newer version of the program wrote it
	NotFound  Kind = "not_found"     // no such thing; Values: What, Ref
	Ambiguous Kind = "ambiguous"     // several things begin like that
	Taken     Kind = "name_taken"    // a name that must be unique is in use
	Unusable  Kind = "data_unusable" // the folder or the database can't be used
	HasJobs   Kind = "has_jobs"      // it is still on the road
)

// unusable says that the folder can't be used; a full disk speaks for itself.
func unusable(err error) error {
	err = explained(err)
	var fault *table.Fault
	if errors.As(err, &fault) && fault.Kind == table.DiskFull {
		return err
	}
	return &Error{Kind: Unusable, Err: err}
}

// Kinds lists every kind, for tables and tests.
var Kinds = [...]Kind{InUse, TooNew, NotFound, Ambiguous, Taken, Unusable, HasJobs}

// Error is an error of the store.
type Error struct {
	Kind Kind
	What string // "dataset", "destination", "job"
	Ref  string // as the caller named it
	Err  error
}

// Error is for logs; people read app/message.
func (e *Error) Error() string {
	s := string(e.Kind)
	if e.What != "" {
		s += fmt.Sprintf(" (%s %q)", e.What, e.Ref)
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
func (e *Error) Values() map[string]string { return map[string]string{"What": e.What, "Ref": e.Ref} }

// Options of opening a data folder.
type Options struct {
	Dir string
	// Shared opens without the lock, for commands that only read.
	Shared bool
	Disk   disk.Disk
	Now    func() time.Time
	NewID  func() string // nil: random UUIDs
}

// Store is an open data folder.
type Store struct {
	dir    string
	writer *sql.DB // one connection, begins immediate
	reader *sql.DB
	lock   *flock.Flock
	disk   disk.Disk
	now    func() time.Time
	newID  func() string
}

// pragmas stand in the DSN, so that every pooled connection has them; a test
// reads them back.
var pragmas = map[string]string{
	"journal_mode": "wal",
	"synchronous":  "full",
	"foreign_keys": "1",
	"busy_timeout": "5000",
	"cache_size":   "-4000",
}

// Open opens the data folder, making it if it is not there, and brings its
// database to this version. A folder written by a newer program is refused
// untouched (TooNew), one that another instance holds too (InUse).
func Open(ctx context.Context, opt Options) (*Store, error) {
	s := &Store{dir: opt.Dir, disk: opt.Disk, now: opt.Now, newID: opt.NewID}
	if s.newID == nil {
		s.newID = uuid.NewString
	}
	if err := os.MkdirAll(filepath.Join(opt.Dir, "blobs"), 0o700); err != nil {
		return nil, unusable(err)
	}
	if !opt.Shared {
		if err := s.takeLock(); err != nil {
			return nil, err
		}
	}
	if err := s.connect(ctx, !opt.Shared); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Store) takeLock() error {
	s.lock = flock.New(filepath.Join(s.dir, "lock"))
	held, err := s.lock.TryLock()
	if err != nil {
		return unusable(err)
	}
	if !held {
		return &Error{Kind: InUse}
	}
	return nil
}

func (s *Store) connect(ctx context.Context, exclusive bool) error {
	var err error
	if s.writer, err = sql.Open("sqlite", dsn(s.dir, "immediate")); err != nil {
		return unusable(err)
	}
	s.writer.SetMaxOpenConns(1)
	if err := s.migrate(ctx, exclusive); err != nil {
		return err
	}
	if s.reader, err = sql.Open("sqlite", dsn(s.dir, "deferred")); err != nil {
		return unusable(err)
	}
	s.reader.SetMaxOpenConns(4)
	if exclusive {
		return s.sweep(ctx)
	}
	return nil
}

func databaseFile(dir string) string { return filepath.Join(dir, "chasqui.db") }

func dsn(dir, txlock string) string {
	q := url.Values{"_txlock": {txlock}, "_time_format": {"sqlite"}}
	for name, value := range pragmas {
		q.Add("_pragma", name+"("+value+")")
	}
	// a path in a file: URI: three slashes before a drive letter, as SQLite asks
	path := filepath.ToSlash(databaseFile(dir))
	if filepath.VolumeName(dir) != "" {
		path = "/" + path
	}
	u := url.URL{Scheme: "file", Path: path, OmitHost: true, RawQuery: q.Encode()}
	return u.String()
}

// Close ends the store's connections and gives the folder free.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Unlock())
	}
	return errors.Join(errs...)
}

// Dir is the data folder.
func (s *Store) Dir() string { return s.dir }

// write runs f in one transaction, which stands on disk when write returns
// nil.
func (s *Store) write(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return explained(err)
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return explained(err)
	}
	return explained(tx.Commit())
}

// explained gives a database's error the kind that people get words for.
func explained(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_FULL {
		return &table.Fault{Kind: table.DiskFull, Err: err}
	}
	return disk.Explained(err)
}

// stamp is the clock's time as the database keeps it.
func (s *Store) stamp() string { return format(s.now()) }

func format(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func parseTime(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}
	}
	return t
}
