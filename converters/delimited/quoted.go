package delimited

import "bytes"

// quoted reads a field whose quote opened before offset at, and returns the
// offset behind the closing quote. It is not ok when nothing closes it within
// reach, or within its line; nothing is kept then.
func (s *splitter) quoted(at int) (after int, ok bool) {
	quote, escape := s.dialect.quote, s.dialect.escape
	reach := quoteReach
	if s.openQuotes.count > manyQuotes {
		reach = shortQuoteReach
	}
	begin, from, mark, copied, bare := at, at, len(s.scratch), false, 0
	keep := func(to, skip int) { // copies up to the offset to, goes on skip bytes behind it
		s.scratch = append(s.scratch, s.buf[s.start+from:s.start+to]...)
		from, copied = to+skip, true
		at = from
	}
	seen := begin // how far the field was looked through for a line end
	for s.has(at) {
		if at-begin > reach {
			if reach == shortQuoteReach || bytes.IndexByte(s.buf[s.start+seen:s.start+at], '\n') >= 0 {
				break
			}
			seen = at // the shape of a district in one line may be long
		}
		window := s.buf[s.start+at : s.end]
		i := 0
		for i < len(window) && window[i] != quote && window[i] != '\r' && (window[i] != escape || escape == 0) {
			i++
		}
		at += i
		if i == len(window) {
			continue
		}
		switch c := window[i]; {
		case c == '\r':
			s.crInside(at, keep)
		case c == escape && c != quote:
			if s.has(at+1) && s.escapable(s.buf[s.start+at+1]) {
				keep(at, 1)
				at++
			} else {
				at++
			}
		case s.dialect.double && s.has(at+1) && s.buf[s.start+at+1] == quote:
			if s.early {
				if end, closed := s.closes(at + 2); closed {
					return end, s.closeField(from, at+1, mark, copied)
				}
			}
			keep(at+1, 1)
		default:
			if end, closed := s.closes(at + 1); closed {
				s.bareQuotes.count += bare
				if bare > 0 && s.bareQuotes.first == 0 {
					s.bareQuotes.first = s.number
				}
				return end, s.closeField(from, at, mark, copied)
			}
			if before := s.buf[s.start+at-1]; at > begin && (before == '\n' || before == '\r') {
				// A quote that opens a line inside a quoted field: the first one was never closed.
				s.scratch = s.scratch[:mark]
				return 0, false
			}
			if s.strict {
				s.scratch = s.scratch[:mark]
				return 0, false
			}
			bare++
			at++
		}
	}
	s.scratch = s.scratch[:mark]
	return 0, false
}

// crInside turns a line end CR or CRLF inside a quoted field into LF.
func (s *splitter) crInside(at int, keep func(to, skip int)) {
	pair := s.has(at+1) && s.buf[s.start+at+1] == '\n'
	if pair {
		keep(at, 1)
		return
	}
	keep(at, 1)
	s.scratch = append(s.scratch, '\n')
}

// closeField stores a quoted field.
func (s *splitter) closeField(from, to, mark int, copied bool) bool {
	if copied {
		s.scratch = append(s.scratch, s.buf[s.start+from:s.start+to]...)
		s.fields = append(s.fields, span{from: mark, to: len(s.scratch), scratch: true, quoted: true})
	} else {
		s.fields = append(s.fields, span{from: from, to: to, quoted: true})
	}
	return true
}

// closes reports whether a quote before offset at ends its field: blanks at
// most stand between it and the separator, whose offset is returned.
func (s *splitter) closes(at int) (int, bool) {
	end := s.skipBlanks(at)
	if !s.has(end) {
		return end, s.fault == ""
	}
	c := s.buf[s.start+end]
	return end, c == '\n' || c == '\r' || s.isSeparator(end)
}
