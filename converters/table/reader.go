// Package table is the leaf that all converters share: what a cell, a row, a
// sheet, a column and a table's layout are, how a format is read and written,
// and how a column's type turns a cell into the value that is published.
//
// A newcomer starts with Reader and Row, then Layout and Field, then
// Field.Parse. Who writes a reader finds what they share in OpenBook, SheetFacts,
// RowBuffer and Texts, and what their tests share in tabletest. Nothing here
// opens a file, knows a format or writes words for people: what there is to say
// is a code (Notice, Fault) that app/message puts into words.
package table

import (
	"context"
	"fmt"
	"io"
	"iter"
)

// Source is the file that a reader reads: random access, read-only, of known
// size in bytes. *os.File with its size and bytes.Reader fit.
type Source interface {
	io.ReaderAt
	Size() int64
}

// Options of opening. The zero value is right for every caller who has
// nothing to say.
type Options struct {
	// Name is the file's base name, for sheet names and messages only:
	// content decides the format.
	Name string
	// Encoding, a WHATWG name, skips the guess for text formats.
	Encoding string
	// Partial asks for what can be read of a damaged file. Errors stay where
	// the damage is; what is known to be lost before is a notice.
	Partial bool
	// Beside opens the file of the same name with another ending, ".fpt" say,
	// where a format keeps part of itself in one; nil where there is none. It
	// stays the caller's, as the source does.
	Beside func(ext string) Source
	// MaxMemory bounds what the reader keeps, in bytes; 0 means 192 MiB.
	MaxMemory int64
}

// Reader reads one format. Implementations are values without state.
type Reader interface {
	// Open looks at the file's structure and returns its sheets without
	// reading their rows. A file that this format can't read ends in a
	// *Fault. The source must outlive the Book.
	Open(ctx context.Context, src Source, opt Options) (Book, error)
}

// Book is an opened file.
type Book interface {
	// Info says what the format knows of the file as a whole.
	Info() Info
	// Sheets are in the file's order, hidden ones included.
	Sheets() []Sheet
	// Close frees what the book holds. The source stays open: it is the
	// caller's.
	Close() error
}

// Info describes an opened file. Encoding and Dialect are set by text
// formats only.
type Info struct {
	Format   string // "xlsx", "csv", ...
	Encoding string // WHATWG name in lower case, or ibm850, ibm437
	BOM      bool
	Dialect  *Dialect
}

// Dialect is how a delimited text file separates its fields (Frictionless
// Table Dialect v2 names, plus escapeChar as its CSV dialect had it).
type Dialect struct {
	Delimiter      string `json:"delimiter"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
	EscapeChar     string `json:"escapeChar"`
	LineTerminator string `json:"lineTerminator"`
}

// Sheet is one sheet of a book; a text file is a book of one sheet. Its rows
// can be read again and again, one iteration at a time.
type Sheet interface {
	Name() string
	Visible() bool
	// Records reports whether the rows are records of a text or of a database,
	// where every value is a field of one, and not cells of a grid, where jottings
	// stand beside a table.
	Records() bool
	// Rows yields the sheet's rows from top to bottom. An error ends them:
	// it comes as the last pair, with the rows before it intact. Memory does
	// not grow with the number of rows.
	Rows(ctx context.Context) iter.Seq2[Row, error]
	// Merges are the merged ranges; complete after the last row was read.
	Merges() []Range
	// Notices are what the reader has to say besides rows; complete after
	// the last row was read.
	Notices() []Notice
}

// Sampler is a Sheet that can pass over most of its rows faster than it reads
// them.
type Sampler interface {
	Sheet
	// SampledRows are Rows of which, in a large sheet, those between the start
	// and the end are mostly left out; what is yielded has its true number. In
	// a sheet that is not large they are Rows.
	SampledRows(ctx context.Context) iter.Seq2[Row, error]
}

// Writer writes one table in one format. WriteRow gets canonical texts, one a
// field, in the order of the fields given when the writer was made; a value
// that did not fit its field's type says so, and so does a missing one.
type Writer interface {
	WriteRow(values []Value) error
	// Close writes what is left, and leaves the underlying io.Writer open.
	Close() error
}

// Wider is what a Writer's Close returns when the format's types can't hold
// some values exactly, such as an integer of 30 digits: what was written is to
// be thrown away, and the table written again with these fields as strings.
type Wider struct {
	Fields []int // places of the fields, from 0, in ascending order
}

// Error is for logs: callers write again.
func (w *Wider) Error() string { return fmt.Sprint("values of the fields ", w.Fields, " need strings") }
