package delimited

import (
	"bytes"
	"strings"
)

// commentSigns open the lines that scripts and instruments write around and
// between records. A slash does when another follows.
const commentSigns = "#%!;/"

// findComments returns the signs that open comments in a text, and the text
// without the lines that they open, by which the dialect is decided. A sign
// counts where it opens the text, or stands alone or before a blank.
func findComments(text []byte) (signs string, rest []byte) {
	if !hasComments(text) {
		return "", text
	}
	opening := true
	for line := range bytes.Lines(text) {
		body := bytes.TrimSpace(line)
		sign := signOf(body)
		if opening = opening && (sign != 0 || len(body) == 0); sign == 0 || strings.IndexByte(signs, sign) >= 0 {
			continue
		}
		if opening || isRemark(body) {
			signs += string(sign)
		}
	}
	for line := range bytes.Lines(text) {
		if sign := signOf(bytes.TrimSpace(line)); sign == 0 || strings.IndexByte(signs, sign) < 0 {
			rest = append(rest, line...)
		}
	}
	return signs, rest
}

// hasComments reports whether a line of the text begins with a sign; most texts
// have none.
func hasComments(text []byte) bool {
	for line := range bytes.Lines(text) {
		if signOf(bytes.TrimSpace(line)) != 0 {
			return true
		}
	}
	return false
}

// signOf returns the sign that opens a line, 0 where none does. A line that is
// drawn between others opens with what it is drawn of.
func signOf(line []byte) byte {
	if len(line) > 2 && len(bytes.Trim(line, "-=_+* ")) == 0 {
		return line[0]
	}
	if len(line) == 0 || strings.IndexByte(commentSigns, line[0]) < 0 {
		return 0
	}
	if line[0] == '/' && (len(line) == 1 || line[1] != '/') {
		return 0
	}
	return line[0]
}

// isRemark reports whether nothing or a blank follows the signs that open a line.
func isRemark(line []byte) bool {
	line = bytes.TrimLeft(line, string(line[0]))
	return len(line) == 0 || line[0] == ' ' || line[0] == '\t'
}

// commented is findDialect for a text without its comments: it adds the signs,
// but its separator, unless each line that begins with one has the fields of a
// record.
func (d *dialect) commented(text []byte, signs string, q quality) {
	d.signs, d.columns = strings.ReplaceAll(signs, string(d.delimiter), ""), q.columns
	in := newSplitter(bytes.NewReader(text), *d)
	for in.next() {
		if in.inComment {
			return
		}
	}
	d.signs = ""
}

// takeComment takes the line at hand as a comment if a sign opens it and it has
// not as many fields as records have. In a lone column each line has one, so a
// comment there stands above the first record and has a blank behind its sign.
func (s *splitter) takeComment() bool {
	at := s.skipBlanks(0)
	if s.dialect.runs {
		at = s.skipRun(0)
	}
	if !s.has(at) || strings.IndexByte(s.dialect.signs, s.buf[s.start+at]) < 0 {
		return false
	}
	end := at
	for s.has(end) && s.buf[s.start+end] != '\n' && s.buf[s.start+end] != '\r' {
		if end++; end > quoteReach {
			return false
		}
	}
	line := s.buf[s.start : s.start+end]
	if signOf(line[at:]) == 0 {
		return false
	}
	if s.uncommented == nil {
		d := s.dialect
		d.signs, d.usual = "", 0
		s.uncommented = newLines(d)
	}
	if s.dialect.columns < 2 {
		if s.records > 0 || !isRemark(line[at:]) {
			return false
		}
	} else if len(s.uncommented.fields(line)) == s.dialect.columns {
		return false
	}
	s.fields, s.scratch = append(s.fields[:0], span{from: at, to: end}), s.scratch[:0]
	s.length, _ = s.separator(end)
	s.inCells, s.lasting = false, false
	return true
}
