// Package dbf reads the tables of dBase III to V, FoxPro and Visual FoxPro
// (.dbf), which land registries, tax systems and shapefiles still hand over.
//
// Records stream; memory is one block. The first row holds the fields' names.
// Records marked as deleted are left out. A memo field's text lies in another
// file, which is read where it lies beside; where not, its cells are empty and a
// notice says so. dBase 7's own header is not read. Start with Reader.Open, then sheet.Rows in records.go.
package dbf

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"io"
	"strings"

	"chasqui/converters/charset"
	"chasqui/converters/table"
)

// Bounds of a header (dBase III: 128 fields, Visual FoxPro: 255).
const (
	headSize  = 32
	fieldSize = 32
	maxFields = 2048
)

// Sniff reports whether the content is a dbf table: the header has no
// signature, but its parts must agree with each other.
func Sniff(src table.Source) bool {
	_, err := readHeader(src)
	return err == nil
}

// Reader reads dbf tables; see table.Reader.
type Reader struct {
	// KeepDeleted hands on the records that are marked as deleted as hidden
	// rows, for who counts records along with another file.
	KeepDeleted bool
}

// Open reads the header. Options.Encoding counts more than the header's code
// page. Faults: EmptyFile, UnknownFormat, Damaged, UnreadableFile.
func (d Reader) Open(ctx context.Context, src table.Source, opt table.Options) (table.Book, error) {
	b := &book{source: src}
	b.sheet = &sheet{SheetFacts: table.SheetFacts{File: opt.Name, Title: opt.Stem(), Flat: true}, book: b, keepDeleted: d.KeepDeleted}
	return table.OpenBook(ctx, src, opt, b, func() *table.Fault { return b.open(src, opt) })
}

// open reads the header and chooses the texts' encoding.
func (b *book) open(src table.Source, opt table.Options) *table.Fault {
	h, err := readHeader(src)
	if err != nil {
		kind := table.UnknownFormat
		if err == io.ErrUnexpectedEOF {
			kind = table.Damaged
		} else if err != errNoHeader {
			kind = table.UnreadableFile
		}
		return &table.Fault{Kind: kind, Err: err}
	}
	records := io.NewSectionReader(src, h.start, src.Size()-h.start)
	text, err := chooseText(h, records, cmp.Or(opt.Encoding, codePageBeside(opt.Beside)))
	if err != nil {
		return &table.Fault{Kind: table.UnreadableFile, Err: err}
	}
	b.header, b.text, b.memo = h, text, openMemo(h, opt.Beside)
	return nil
}

// book is an opened table.
type book struct {
	source table.Source
	header header
	text   decoder
	memo   *memoFile // nil where none lies beside
	sheet  *sheet
}

func (b *book) Info() table.Info      { return table.Info{Format: "dbf", Encoding: b.text.name} }
func (b *book) Sheets() []table.Sheet { return []table.Sheet{b.sheet} }
func (b *book) Close() error          { return nil }

// header is what stands before the records.
type header struct {
	version  byte
	codePage byte
	count    int64 // of records, as it says
	start    int64 // of the first record in the file
	size     int   // of one record, its mark included
	fields   []field
}

// field is one column.
type field struct {
	name     []byte
	kind     byte
	from, to int // in the record
	decimals int
	system   bool // of the program, not of the data
}

// headerError says why a header is none.
type headerError string

func (e headerError) Error() string { return string(e) }

// errNoHeader says that the file does not begin like a table.
const errNoHeader = headerError("no header of a dbf table")

// isVersion reports whether a first byte is of a version that is read.
func isVersion(v byte) bool {
	switch v {
	case 0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8b, 0xcb, 0xe5, 0xf5, 0xfb, 0x05:
		return true
	}
	return false
}

// readHeader reads the header. errNoHeader means another format,
// io.ErrUnexpectedEOF a header cut short; other errors are the source's.
func readHeader(src table.Source) (header, error) {
	raw := make([]byte, headSize)
	if n, err := src.ReadAt(raw, 0); err != nil && err != io.EOF {
		return header{}, err
	} else if n < headSize {
		return header{}, errNoHeader
	}
	h := header{
		version: raw[0], codePage: raw[29], count: int64(binary.LittleEndian.Uint32(raw[4:])),
		start: int64(binary.LittleEndian.Uint16(raw[8:])), size: int(binary.LittleEndian.Uint16(raw[10:])),
	}
	if !isVersion(h.version) || raw[2] > 12 || raw[3] > 31 || h.start < headSize+fieldSize+1 || h.size < 2 {
		return header{}, errNoHeader
	}
	rest := make([]byte, h.start-headSize)
	if n, err := src.ReadAt(rest, headSize); err != nil && err != io.EOF {
		return header{}, err
	} else if n < len(rest) {
		return header{}, io.ErrUnexpectedEOF
	}
	return h, h.readFields(rest)
}

// readFields reads the descriptions of the fields up to the mark behind them.
func (h *header) readFields(rest []byte) error {
	at := 1
	for len(rest) > 0 && rest[0] != 0x0d {
		if len(rest) < fieldSize || len(h.fields) >= maxFields {
			return errNoHeader
		}
		d := rest[:fieldSize]
		rest = rest[fieldSize:]
		name, _, _ := bytes.Cut(d[:11], []byte{0})
		f := field{name: bytes.TrimSpace(name), kind: d[11], from: at, to: at + int(d[16]), decimals: int(d[17]), system: d[18]&1 != 0 || d[11] == '0'}
		if f.kind == 'C' {
			f.to += int(d[17]) << 8 // long texts of FoxPro and Clipper
		}
		if len(f.name) == 0 || f.kind != '0' && (f.kind < '@' || f.kind > 'Z') {
			return errNoHeader
		}
		at = f.to
		h.fields = append(h.fields, f)
	}
	if len(h.fields) == 0 || len(rest) == 0 || at != h.size {
		return errNoHeader
	}
	return nil
}

// chooseText finds the encoding of texts: what the caller says, else UTF-8 where
// the bytes can be nothing else, else the header's code page, else the guess. The
// records of a table with memos may be ASCII while the memos are not, so there the
// code page counts first.
func chooseText(h header, records *io.SectionReader, given string) (decoder, error) {
	if d, ok := named(given); ok {
		return d, nil
	}
	if d, ok := paged(h.codePage); ok && h.hasMemo() {
		return d, nil
	}
	guess, err := charset.Detect(records, records.Size())
	if err != nil {
		return decoder{}, err
	}
	if guess.Name == charset.UTF8 && guess.Confidence > 0.9 && !h.binary() {
		return decoder{name: charset.UTF8}, nil
	}
	if d, ok := paged(h.codePage); ok {
		return d, nil
	}
	if d, ok := named(guess.Name); ok {
		return d, nil
	}
	d, _ := named(charset.Windows1252)
	return d, nil
}

// binary reports whether records hold bytes that are no text.
func (h header) binary() bool {
	for _, f := range h.fields {
		if strings.IndexByte("IYTB@0+O", f.kind) >= 0 {
			return true
		}
	}
	return false
}
