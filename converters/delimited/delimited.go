// Package delimited reads and writes delimited text: csv, tsv and their many
// dialects.
//
// Reader finds out encoding (with converters/charset) and dialect (see
// findDialect) by content and streams the records; NewWriter writes RFC 4180
// csv or tab-separated values. What the reader repairs is certain, what is not
// it reports as a notice, and it loses no cell: a quote that never closes is
// an ordinary character, rows keep the length they have, and blank lines count
// as records though they are not yielded.
package delimited

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"path"
	"strings"

	"chasqui/converters/charset"
	"chasqui/converters/table"
)

// The notices of a delimited file.
const (
	NoticeOpenQuote     = "quote_never_closes" // Count fields begin with a quote that nothing closes; read as a character
	NoticeBareQuote     = "quote_not_escaped"  // Count quotes inside quoted fields are neither doubled nor escaped
	NoticeMended        = "record_mended"      // Count records have the usual number of fields only when read in another way, and are read so
	NoticeUneven        = "uneven_records"     // Count records have more or fewer fields than nearly all others
	NoticeComments      = "comments_left_out"  // Count comments stand among the records, or above a lone column; they are passed over
	NoticeMixedLines    = "mixed_line_ends"    // lines end in more than one way
	NoticeSeparatorLine = "separator_line"     // the first record only names the separator, as Excel writes it
)

// Codes returns every notice code of this package.
func Codes() []string {
	return []string{NoticeOpenQuote, NoticeBareQuote, NoticeMended, NoticeUneven, NoticeComments, table.NoticeInvalidUTF8, NoticeMixedLines, NoticeSeparatorLine, NoticePastedSplit}
}

// Reader reads delimited text of any dialect; see table.Reader. Rows stream:
// memory is bound by the longest record, at most 8 MiB.
type Reader struct{}

// sampleSize is how many encoded bytes decide the dialect.
const sampleSize = 96 << 10

// Sniff reports whether the content is text that reads as a table: at least
// two columns in at least two records and in most of them. A single column of text is no table by content
// alone; Open reads it when the file's name promises one.
func Sniff(src table.Source) bool {
	text, _, err := decodedStart(src, "")
	if err != nil || !isText(text) || isMarkup(text) {
		return false
	}
	_, q := findDialect(text)
	return q.columns >= 2 && q.records >= 2 && 2*q.records > q.all
}

// Open decides encoding and dialect from the content. Faults: EmptyFile,
// UnknownFormat for what is no text, UnreadableFile.
func (Reader) Open(ctx context.Context, src table.Source, opt table.Options) (table.Book, error) {
	place := table.Place{File: opt.Name}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	text, guess, err := decodedStart(src, opt.Encoding)
	if err != nil {
		return nil, &table.Fault{Kind: table.UnreadableFile, Place: place, Err: err}
	}
	if len(bytes.TrimSpace(text)) == 0 && src.Size() <= sampleSize {
		return nil, &table.Fault{Kind: table.EmptyFile, Place: place}
	}
	if !isText(text) || isMarkup(text) {
		return nil, &table.Fault{Kind: table.UnknownFormat, Place: place}
	}
	d, _ := findDialect(text)
	name := strings.TrimSuffix(opt.Name, path.Ext(opt.Name))
	b := &book{info: table.Info{Format: "csv", Encoding: guess.Name, BOM: guess.BOM, Dialect: d.public()}}
	if d.delimiter == '\t' {
		b.info.Format = "tsv"
	}
	b.sheet = &sheet{name: name, file: opt.Name, src: src, encoding: guess.Name, dialect: d}
	return b, nil
}

// decodedStart returns the first text of the file, cut at a line's end where
// the file goes on. A given encoding skips the guess.
func decodedStart(src table.Source, encoding string) ([]byte, charset.Guess, error) {
	guess, err := charset.Detect(src, src.Size())
	if err != nil {
		return nil, guess, err
	}
	if encoding != "" {
		guess.Name = encoding
	}
	r, err := charset.NewReader(io.NewSectionReader(src, 0, src.Size()), guess.Name)
	if err != nil {
		return nil, guess, err
	}
	text := make([]byte, min(sampleSize, 3*src.Size()+1))
	n, err := io.ReadFull(r, text)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, guess, err
	}
	text = text[:n]
	if n == sampleSize {
		if end := bytes.LastIndexAny(text, "\r\n"); end > 0 {
			text = text[:end]
		}
	}
	return text, guess, nil
}

// isText tells text from binary: control characters are rare in text, a few may
// stand in the shortest, and two are separators.
func isText(text []byte) bool {
	odd := 0
	for _, c := range text {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b && c != 0x01 && c != 0x1f {
			odd++
		}
	}
	return odd*200 <= len(text)+400
}

// isMarkup recognises JSON, XML and HTML, which other readers read.
func isMarkup(text []byte) bool {
	text = bytes.TrimSpace(text)
	if len(text) < 2 {
		return false
	}
	rest := bytes.TrimSpace(text[1:])
	if len(rest) == 0 {
		return false
	}
	switch text[0] {
	case '<':
		return rest[0] == '?' || rest[0] == '!' || rest[0]|0x20 >= 'a' && rest[0]|0x20 <= 'z'
	case '{':
		return rest[0] == '"' || rest[0] == '}'
	case '[':
		return rest[0] == '{' || rest[0] == '[' || rest[0] == ']'
	}
	return bytes.HasPrefix(text, []byte("%PDF-"))
}

// book is a text file: a book of one sheet.
type book struct {
	info  table.Info
	sheet *sheet
}

func (b *book) Info() table.Info      { return b.info }
func (b *book) Sheets() []table.Sheet { return []table.Sheet{b.sheet} }
func (b *book) Close() error          { return nil }

// sheet is the one sheet of a text file.
type sheet struct {
	name, file string
	src        table.Source
	encoding   string
	dialect    dialect
	notices    []table.Notice
}

func (s *sheet) Name() string              { return s.name }
func (s *sheet) Visible() bool             { return true }
func (s *sheet) Records() bool             { return true }
func (s *sheet) Merges() []table.Range     { return nil }
func (s *sheet) Notices() []table.Notice   { return s.notices }
func (s *sheet) place(row int) table.Place { return table.Place{File: s.file, Row: row} }

// counted counts the bytes that the source gave.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// Rows yields the records; see table.Sheet. Faults: Hostile for a record that
// is too long, Changed for a file that became shorter, UnreadableFile.
func (s *sheet) Rows(ctx context.Context) iter.Seq2[table.Row, error] {
	return s.records(ctx, reading{})
}

// Lines yields the records as lines where they are such; see table.Liner.
func (s *sheet) Lines(ctx context.Context) iter.Seq2[table.Row, error] {
	return s.records(ctx, reading{asLines: true})
}

// reading is a way to read the records.
type reading struct {
	sampled bool // most of a large text are passed over
	asLines bool // those that are lines stay such
}

// records yields the records.
func (s *sheet) records(ctx context.Context, how reading) iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		raw := &counted{r: io.NewSectionReader(s.src, 0, s.src.Size())}
		text, err := charset.NewReader(raw, s.encoding)
		if err != nil {
			yield(table.Row{}, &table.Fault{Kind: table.UnreadableFile, Place: s.place(0), Err: err})
			return
		}
		decoding := table.ReadAhead(text)
		in := newSplitter(decoding, s.dialect)
		in.asLine = how.asLines
		var gaps *gaps
		if how.sampled {
			gaps = newGaps(s.src.Size(), s.encoding)
		}
		stopped := s.each(ctx, in, gaps, yield)
		decoding.Close()
		s.report(in, text)
		if stopped {
			return
		}
		switch {
		case in.fault != "":
			yield(table.Row{}, &table.Fault{Kind: in.fault, Place: s.place(in.number)})
		case in.err != nil && in.err != io.EOF:
			yield(table.Row{}, &table.Fault{Kind: table.UnreadableFile, Place: s.place(in.number + 1), Err: in.err})
		case raw.n < s.src.Size():
			yield(table.Row{}, &table.Fault{Kind: table.Changed, Place: s.place(in.number)})
		}
	}
}

// each yields rows until the end or until somebody stops it, which it reports.
func (s *sheet) each(ctx context.Context, in *splitter, gaps *gaps, yield func(table.Row, error) bool) (stopped bool) {
	done := ctx.Done()
	passed := false
	for in.next() {
		if in.number&0xff == 1 {
			select {
			case <-done:
				yield(table.Row{}, ctx.Err())
				return true
			default:
			}
		}
		if in.number == 1 && s.dialect.separatorLine || in.blank() {
			continue
		}
		if in.inComment && (in.records > 0 || s.dialect.columns < 2) {
			in.comments.add(in.number)
			continue
		}
		row := table.Row{Number: in.number, Passed: passed, Cells: in.row()}
		if in.lasting {
			row.Memory = in.memory
		}
		if in.inLine {
			row.Line = &in.line
		}
		if !yield(row, nil) {
			return true
		}
		passed = false
		if to := gaps.next(in); to > 0 {
			passed = true
			if err := in.passOver(ctx, to); err != nil {
				yield(table.Row{}, err)
				return true
			}
		}
	}
	return false
}

// report makes the notices of what was read.
func (s *sheet) report(in *splitter, text *charset.Reader) {
	s.notices = nil
	add := func(code string, row, count int) {
		if count > 0 {
			s.notices = append(s.notices, table.Notice{Code: code, Place: s.place(row), Count: count})
		}
	}
	add(NoticeOpenQuote, in.openQuotes.first, in.openQuotes.count)
	add(NoticeBareQuote, in.bareQuotes.first, in.bareQuotes.count)
	if m := in.mender; m != nil {
		add(NoticeMended, m.mended.first, m.mended.count)
		add(NoticeUneven, m.uneven.first, m.uneven.count)
	}
	add(table.NoticeInvalidUTF8, 0, text.Invalid())
	add(NoticeComments, in.comments.first, in.comments.count)
	if in.lineEnds > 1 {
		add(NoticeMixedLines, 0, 1)
	}
	if s.dialect.separatorLine {
		add(NoticeSeparatorLine, 1, 1)
	}
}
