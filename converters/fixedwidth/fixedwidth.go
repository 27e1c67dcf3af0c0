// Package fixedwidth reads text in columns that blanks align: printed reports,
// listings of old systems.
//
// The columns are found in the first stretch of the file, from a rule of dashes
// or from the rivers of blanks that run down through nearly all lines. Lines
// stream; a line whose text runs across the columns, such as a title, is one
// cell. Start with Reader.Open; columns.go finds the columns.
package fixedwidth

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"unicode/utf8"
	"unsafe"

	"chasqui/converters/charset"
	"chasqui/converters/table"
)

// Bounds of a text.
const (
	sampled = 256 << 10 // bytes in which the columns are found
	maxLine = 64 << 10  // bytes of a line
)

// NoticeColumns is the notice of every such text: Count columns were found by
// the blanks between them.
const NoticeColumns = "columns_by_blanks"

// Codes returns every notice code of this package.
func Codes() []string { return []string{NoticeColumns} }

// Sniff reports whether the content is text in aligned columns.
func Sniff(src table.Source) bool {
	return (&book{}).open(src, "") == nil
}

// Reader reads text in columns; see table.Reader.
type Reader struct{}

// Open finds the columns. Faults: EmptyFile, UnknownFormat (no columns),
// UnreadableFile.
func (Reader) Open(ctx context.Context, src table.Source, opt table.Options) (table.Book, error) {
	b := &book{}
	b.sheet = &sheet{SheetFacts: table.SheetFacts{File: opt.Name, Title: opt.Stem(), Flat: true}, book: b}
	return table.OpenBook(ctx, src, opt, b, func() *table.Fault { return b.open(src, opt.Encoding) })
}

// book is an opened text.
type book struct {
	text    charset.Text
	columns []column
	sheet   *sheet
}

func (b *book) Info() table.Info {
	return table.Info{Format: "txt", Encoding: b.text.Encoding, BOM: b.text.BOM}
}
func (b *book) Sheets() []table.Sheet { return []table.Sheet{b.sheet} }
func (b *book) Close() error          { return nil }

// open chooses the encoding and finds the columns.
func (b *book) open(src table.Source, encoding string) *table.Fault {
	var err error
	if b.text, err = charset.NewText(src, src.Size(), encoding); err != nil {
		return &table.Fault{Kind: table.UnreadableFile, Err: err}
	}
	lines, err := b.lines()
	if err != nil {
		return faultOf(err)
	}
	var head []string
	for size := 0; size < sampled; {
		line, err := lines.next()
		if err == io.EOF {
			break
		}
		if errors.Is(err, errLong) || bytes.IndexByte(line, 0) >= 0 {
			return &table.Fault{Kind: table.UnknownFormat}
		}
		if err != nil {
			return faultOf(err)
		}
		size += len(line) + 1
		head = append(head, string(line))
	}
	if b.columns = findColumns(head); b.columns == nil {
		return &table.Fault{Kind: table.UnknownFormat}
	}
	return nil
}

// errLong marks a line that no report has.
var errLong = errors.New("a line beyond all bounds")

// faultOf makes a fault of a reading error.
func faultOf(err error) *table.Fault {
	switch {
	case errors.Is(err, errLong):
		return &table.Fault{Kind: table.Hostile, Err: err}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &table.Fault{Kind: table.Damaged, Err: err}
	}
	return &table.Fault{Kind: table.UnreadableFile, Err: err}
}

// lines cuts the decoded text into lines without their ends and the form feeds
// of printers.
type lines struct {
	src *bufio.Reader
}

func (b *book) lines() (*lines, error) {
	r, err := b.text.From(0)
	if err != nil {
		return nil, err
	}
	return &lines{bufio.NewReaderSize(r, maxLine)}, nil
}

// next returns the next line, valid until the one after.
func (l *lines) next() ([]byte, error) {
	line, err := l.src.ReadSlice('\n')
	switch {
	case err == bufio.ErrBufferFull:
		return nil, errLong
	case err == io.EOF && len(line) > 0:
	case err != nil:
		return nil, err
	}
	line = bytes.TrimRight(line, "\r\n\x1a ")
	return bytes.Trim(line, "\f"), nil
}

// sheet is the text.
type sheet struct {
	table.SheetFacts
	book *book
}

// Rows yields the lines cut into their columns, rules left out; see table.Sheet.
// Faults: Hostile (a line without end), Damaged, UnreadableFile.
func (s *sheet) Rows(ctx context.Context) iter.Seq2[table.Row, error] { return s.Walk(ctx, s.read) }

// read cuts the lines.
func (s *sheet) read(ctx context.Context, yield func(table.Row, error) bool) *table.Fault {
	s.Note(NoticeColumns, len(s.book.columns))
	lines, err := s.book.lines()
	if err != nil {
		return faultOf(err)
	}
	cells := make([]table.Cell, len(s.book.columns))
	for number, n := 0, 0; ; n++ {
		if n&0xff == 0 && ctx.Err() != nil {
			return faultOf(ctx.Err())
		}
		line, err := lines.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			fault := faultOf(err)
			fault.Place.Row = number + 1
			return fault
		}
		if isRule(line) {
			continue
		}
		number++
		if used := cut(line, s.book.columns, cells); used > 0 && !yield(table.Row{Number: number, Cells: cells[:used]}, nil) {
			return nil
		}
	}
}

// cut fills the cells with a line's parts and returns how many are in use. A
// word that reaches into the next column belongs to the one where it begins; a
// line that does so at most of the columns it fills, or that has no gaps at all,
// is one text.
func cut(line []byte, columns []column, cells []table.Cell) (used int) {
	clear(cells)
	at, place, crossed := 0, 0, 0
	for i, c := range columns {
		from := at
		for at < len(line) && (place < c.end || i == len(columns)-1 || at > 0 && line[at-1] != ' ' && line[at] != ' ') {
			if place >= c.end && i < len(columns)-1 && place == columns[i+1].start {
				crossed++
			}
			_, size := utf8.DecodeRune(line[at:])
			at += size
			place++
		}
		if text := table.TrimSpace(view(line[from:at])); text != "" {
			cells[i] = table.Cell{Kind: table.Text, Text: text}
			used = i + 1
		}
	}
	if used > 1 && (crossed*2 > used-1 || crossed > 0 && !bytes.Contains(bytes.TrimSpace(line), []byte("  "))) {
		clear(cells)
		cells[0] = table.Cell{Kind: table.Text, Text: table.TrimSpace(view(line))}
		used = 1
	}
	return used
}

// view shows bytes as a string, valid as long as they stay.
func view(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	return unsafe.String(&b[0], len(b))
}
