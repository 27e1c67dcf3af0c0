package delimited

import (
	"bytes"
	"context"
	"iter"

	"chasqui/converters/charset"
	"chasqui/converters/table"
)

// What is read of a large file, in bytes: all of its start and its end, so that
// titles, header, totals and notes are exact, and some places between, so that a
// column whose values change is noticed. Over the rest records are counted.
const (
	sampleFrom   = 64 << 20 // files up to this size are read whole, as the command line promises
	sampleStart  = 4 << 20
	sampleRows   = 4000 // at the start at least
	sampleEnd    = 8 << 20
	samplePlaces = 16
	samplePlace  = 512 << 10
)

// SampledRows are the records with most of those between start and end passed
// over; see table.Sampler.
func (s *sheet) SampledRows(ctx context.Context) iter.Seq2[table.Row, error] {
	return s.records(ctx, reading{sampled: s.src.Size() > sampleFrom})
}

// gaps say which parts of a file are passed over; nil passes over nothing.
// Offsets are in bytes of decoded text.
type gaps struct {
	from int64 // the next gap begins here
	step int64 // from one gap's beginning to the next's
	end  int64 // what lies behind is read
}

// newGaps plans the gaps of a file of size encoded bytes. Decoded, a file is as
// long or longer, but in UTF-16 it may be half as long; so the end that is read
// is at least as long as it should be.
func newGaps(size int64, encoding string) *gaps {
	if encoding == charset.UTF16LE || encoding == charset.UTF16BE {
		size /= 2
	}
	end := size - sampleEnd
	return &gaps{from: sampleStart, step: max((end-sampleStart)/(samplePlaces+1), 2*samplePlace), end: end}
}

// next returns the offset up to which to pass over what follows the record that
// was read last, 0 to go on reading.
func (g *gaps) next(in *splitter) int64 {
	if g == nil || in.offset < g.from || in.offset >= g.end || in.number < sampleRows {
		return 0
	}
	to := min(max(g.from, in.offset)+g.step-samplePlace, g.end)
	g.from = to + samplePlace
	return to
}

// passOver counts records up to the first that begins at or behind an offset.
// The error is the context's; one of the source shows in the next record.
func (s *splitter) passOver(ctx context.Context, to int64) error {
	for s.advance(); s.offset < to; s.advance() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if lines, size := s.plainLines(); lines > 0 {
			s.number, s.length = s.number+lines, size
			continue
		}
		if !s.next() {
			return nil
		}
	}
	return nil
}

// plainLines counts the lines at hand that are records for certain, since no
// quote and no escape stands in them, and their bytes.
func (s *splitter) plainLines() (lines, size int) {
	if s.dialect.escape != 0 {
		return 0, 0
	}
	window := s.buf[s.start:s.end]
	if s.dialect.quote != 0 {
		if at := bytes.IndexByte(window, s.dialect.quote); at >= 0 {
			window = window[:at]
		}
	}
	window = window[:bytes.LastIndexByte(window, '\n')+1]
	lines = bytes.Count(window, []byte{'\n'})
	returns := bytes.Count(window, []byte{'\r'})
	if returns > 0 && returns != pairs(window) {
		return 0, 0 // some lines end in CR alone
	}
	if returns > 0 {
		s.lineEnd(endCRLF)
	}
	if lines > returns {
		s.lineEnd(endLF)
	}
	return lines, len(window)
}

// pairs counts the lines that end in CRLF.
func pairs(text []byte) int {
	n := 0
	for {
		at := bytes.IndexByte(text, '\n')
		if at < 0 {
			return n
		}
		if at > 0 && text[at-1] == '\r' {
			n++
		}
		text = text[at+1:]
	}
}
