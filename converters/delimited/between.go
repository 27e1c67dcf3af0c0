package delimited

// What stands between fields and records: separators, blanks, line ends, marks.

// isSeparator reports whether the whole separator stands at offset at.
func (s *splitter) isSeparator(at int) bool {
	tail, b := s.dialect.tail, s.buf[s.start+at]
	if s.dialect.runs && b == '\t' {
		return true
	}
	if b != s.dialect.delimiter {
		return false
	}
	return tail == "" || s.has(at+len(tail)) && string(s.buf[s.start+at+1:s.start+at+1+len(tail)]) == tail
}

// skipBlanks returns the offset of the first byte that is no blank, or that is
// the separator.
func (s *splitter) skipBlanks(at int) int {
	for s.has(at) {
		if c := s.buf[s.start+at]; c != ' ' && c != '\t' || c == s.dialect.delimiter {
			break
		}
		at++
	}
	return at
}

// skipRun returns the offset of the first byte that is neither a blank nor a tab.
func (s *splitter) skipRun(at int) int {
	for s.has(at) && (s.buf[s.start+at] == ' ' || s.buf[s.start+at] == '\t') {
		at++
	}
	return at
}

// separator steps over what follows a field.
func (s *splitter) separator(at int) (next int, done bool) {
	if s.dialect.runs {
		from := at
		if at = s.skipRun(at); s.has(at) && at > from && s.buf[s.start+at] != '\n' && s.buf[s.start+at] != '\r' {
			return at, false
		}
	}
	if !s.has(at) {
		return at, true
	}
	switch s.buf[s.start+at] {
	case '\n':
		s.lineEnd(endLF)
		return at + 1, true
	case '\r':
		if s.has(at+1) && s.buf[s.start+at+1] == '\n' {
			s.lineEnd(endCRLF)
			return at + 2, true
		}
		s.lineEnd(endCR)
		return at + 1, true
	}
	return at + 1 + len(s.dialect.tail), false
}

// lineEnd notes the way in which a line ends.
func (s *splitter) lineEnd(end int) {
	if s.ends&end == 0 {
		s.ends |= end
		s.lineEnds++
	}
}

// passMark steps over a byte order mark before the record, as files that were put
// together have one where each began.
func (s *splitter) passMark() {
	const mark = "\ufeff"
	if s.buf[s.start] == mark[0] && s.has(2) && string(s.buf[s.start:s.start+3]) == mark {
		s.start, s.offset = s.start+3, s.offset+3
	}
}
