// Package xmlscan is a leaf that the readers of XML spreadsheets share: it cuts
// XML into tags and texts without building anything, within bounds.
//
// Start with New and Scanner.Next.
package xmlscan

import (
	"bytes"
	"errors"
	"io"
)

// Bounds of the XML that is read. Limits of spreadsheets are far below them.
const (
	maxTag   = 1 << 20 // bytes of one tag with its attributes
	maxDepth = 256     // elements inside each other
)

// ErrHostile marks XML that no spreadsheet program makes; ErrSyntax marks XML
// that is cut or broken.
var (
	ErrHostile = errors.New("XML with entities, or beyond the bounds of depth or size")
	ErrSyntax  = errors.New("XML is cut short or broken")
)

// Token is the kind of a piece of XML.
type Token uint8

// The kinds of tokens.
const (
	EndOfFile Token = iota
	StartTag
	EndTag
	Text
)

// Scanner cuts XML into tags and texts without building anything. Namespace
// prefixes are ignored, so writers may choose theirs. It knows no entities but
// XML's own: declaring others is an error.
type Scanner struct {
	src      io.Reader
	buf      []byte
	pos, end int
	err      error
	before   int64 // bytes of the source before buf

	full []byte // name of the tag with its prefix

	// HexEscapes asks AppendText to decode _xHHHH_ too (ECMA-376 part 1,
	// 22.9.2.19), as texts of Office Open XML have it.
	HexEscapes bool

	Depth  int    // elements that are open
	Name   []byte // of the tag, without prefix
	Attrs  []byte // the tag's attributes as written
	Closed bool   // the start tag is empty: <v/>
	Text   []byte // of a text token, escapes as written
	cdata  bool   // the text stood in a CDATA section: nothing is escaped

	Invalid int // bytes so far that were no UTF-8, read as windows-1252

	Failed error // ErrHostile, ErrSyntax or the source's error
}

// New returns a Scanner at the start of src with a buffer of size bytes.
func New(src io.Reader, size int) *Scanner {
	return &Scanner{src: src, buf: make([]byte, size)}
}

// fill reads more behind the unread bytes, which begin at pos.
func (s *Scanner) fill() bool {
	if s.err != nil {
		return false
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.before += int64(s.pos)
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= maxTag {
			s.Failed = ErrHostile
			return false
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.src.Read(s.buf[s.end:])
	s.end += n
	s.err = err
	if err != nil && err != io.EOF {
		s.Failed = err
	}
	return n > 0 || err == nil
}

// Next returns the next piece. After an error it returns EndOfFile with Failed
// set.
func (s *Scanner) Next() Token {
	for {
		if s.pos == s.end && !s.fill() {
			if s.Failed == nil && s.Depth > 0 {
				s.Failed = ErrSyntax
			}
			return EndOfFile
		}
		if s.pos == s.end {
			continue
		}
		if s.buf[s.pos] != '<' {
			return s.plain()
		}
		if kind, found := s.markup(); found {
			return kind
		}
		if s.Failed != nil {
			return EndOfFile
		}
	}
}

// plain returns the text up to the next tag, or as much of it as is at hand,
// never half a character or half an escape.
func (s *Scanner) plain() Token {
	window := s.buf[s.pos:s.end]
	n := bytes.IndexByte(window, '<')
	for n < 0 && s.err == nil && len(window) < 4096 && s.fill() {
		window = s.buf[s.pos:s.end]
		n = bytes.IndexByte(window, '<')
	}
	if n < 0 {
		n = len(window)
		if whole := wholeUpTo(window); whole > 0 && s.err == nil {
			n = whole
		}
	}
	s.Text, s.cdata = window[:n], false
	s.pos += n
	return Text
}

// markup reads what begins with "<". found is false for comments, processing
// instructions and errors.
func (s *Scanner) markup() (kind Token, found bool) {
	for s.end-s.pos < 3 {
		if !s.fill() {
			s.fail(ErrSyntax)
			return EndOfFile, false
		}
	}
	switch s.buf[s.pos+1] {
	case '?':
		s.skipPast("?>")
		return EndOfFile, false
	case '!':
		return s.declaration()
	}
	n := s.tagEnd()
	if n < 0 {
		return EndOfFile, false
	}
	tag := s.buf[s.pos+1 : s.pos+n]
	s.pos += n + 1
	if tag[0] == '/' {
		s.Depth--
		for tag[len(tag)-1] <= ' ' {
			tag = tag[:len(tag)-1]
		}
		s.Name = Local(tag[1:])
		return EndTag, true
	}
	s.Closed = tag[len(tag)-1] == '/'
	if s.Closed {
		tag = tag[:len(tag)-1]
	} else if s.Depth++; s.Depth > maxDepth {
		s.fail(ErrHostile)
		return EndOfFile, false
	}
	i := 0
	for i < len(tag) && tag[i] > ' ' {
		i++
	}
	s.full, s.Name, s.Attrs = tag[:i], Local(tag[:i]), tag[i:]
	return StartTag, true
}

// tagEnd returns the offset of the ">" that ends the tag at pos, quoted ones
// passed over, -1 when there is none.
func (s *Scanner) tagEnd() int {
	window := s.buf[s.pos:s.end]
	if n := bytes.IndexByte(window, '>'); n > 1 {
		// Nearly every tag: its first > stands outside double quotes.
		tag := window[:n]
		if bytes.Count(tag, []byte{'"'})&1 == 0 && bytes.IndexByte(tag, '\'') < 0 {
			return n
		}
	}
	i, quote := 1, byte(0)
	for {
		window := s.buf[s.pos:s.end]
		for ; i < len(window); i++ {
			switch c := window[i]; {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '>':
				if i == 1 {
					s.fail(ErrSyntax)
					return -1
				}
				return i
			case c == '"' || c == '\'':
				quote = c
			}
		}
		if !s.fill() {
			s.fail(ErrSyntax)
			return -1
		}
	}
}

// declaration reads comments and CDATA; a document type that declares things is refused.
func (s *Scanner) declaration() (Token, bool) {
	for s.end-s.pos < 9 {
		if !s.fill() {
			s.fail(ErrSyntax)
			return EndOfFile, false
		}
	}
	head := s.buf[s.pos:s.end]
	switch {
	case bytes.HasPrefix(head, []byte("<!--")):
		s.skipPast("-->")
		return EndOfFile, false
	case bytes.HasPrefix(head, []byte("<![CDATA[")):
		s.pos += len("<![CDATA[")
		n := s.find("]]>")
		if n < 0 {
			s.fail(ErrSyntax)
			return EndOfFile, false
		}
		s.Text, s.cdata = s.buf[s.pos:s.pos+n], true
		s.pos += n + len("]]>")
		return Text, true
	}
	// A document type without declarations of its own only names the format.
	n := s.find(">")
	if n < 0 {
		s.fail(ErrSyntax)
	} else if bytes.IndexByte(s.buf[s.pos:s.pos+n], '[') >= 0 {
		s.fail(ErrHostile)
	} else {
		s.pos += n + 1
	}
	return EndOfFile, false
}

// find returns the offset of mark from pos, reading on; -1 when it is absent.
func (s *Scanner) find(mark string) int {
	for {
		if n := bytes.Index(s.buf[s.pos:s.end], []byte(mark)); n >= 0 {
			return n
		}
		if !s.fill() {
			return -1
		}
	}
}

// skipPast moves behind mark, keeping nothing.
func (s *Scanner) skipPast(mark string) {
	for {
		if n := bytes.Index(s.buf[s.pos:s.end], []byte(mark)); n >= 0 {
			s.pos += n + len(mark)
			return
		}
		s.pos = max(s.pos, s.end-len(mark))
		if !s.fill() {
			s.fail(ErrSyntax)
			return
		}
	}
}

// fail notes the first error and ends the scanning.
func (s *Scanner) fail(err error) {
	if s.Failed == nil {
		s.Failed = err
	}
	if s.err == nil {
		s.err = io.EOF
	}
	s.pos = s.end
}

// Attr returns the value of an attribute by its local name, escapes as
// written, nil when it is absent.
func (s *Scanner) Attr(name string) []byte {
	rest := s.Attrs
	for {
		key, value, after := NextAttr(rest)
		if key == nil {
			return nil
		}
		if string(Local(key)) == name {
			return value
		}
		rest = after
	}
}

// Flag reports whether a boolean attribute is set.
func (s *Scanner) Flag(name string) bool {
	v := string(s.Attr(name))
	return v == "1" || v == "true" || v == "on"
}

// NextAttr cuts one attribute from the front; key is nil at the end.
func NextAttr(a []byte) (key, value, rest []byte) {
	i := 0
	for i < len(a) && a[i] <= ' ' {
		i++
	}
	from := i
	for i < len(a) && a[i] != '=' && a[i] > ' ' {
		i++
	}
	key = a[from:i]
	for i < len(a) && a[i] <= ' ' {
		i++
	}
	if i >= len(a) || a[i] != '=' || len(key) == 0 {
		return nil, nil, nil
	}
	i++
	for i < len(a) && a[i] <= ' ' {
		i++
	}
	if i >= len(a) || a[i] != '"' && a[i] != '\'' {
		return nil, nil, nil
	}
	quote := a[i]
	i++
	n := bytes.IndexByte(a[i:], quote)
	if n < 0 {
		return nil, nil, nil
	}
	return key, a[i : i+n], a[i+n+1:]
}

// Local cuts a namespace prefix.
func Local(name []byte) []byte {
	for i, c := range name {
		if c == ':' {
			return name[i+1:]
		}
	}
	return name
}

// Skip reads to the end of the element whose start tag was returned last.
func (s *Scanner) Skip() {
	if s.Closed {
		return
	}
	for depth := s.Depth; ; {
		if kind := s.Next(); kind == EndOfFile || kind == EndTag && s.Depth < depth {
			return
		}
	}
}

// Offset returns the place of what comes next, in bytes from the source's start.
func (s *Scanner) Offset() int64 { return s.before + int64(s.pos) }

// Window returns the bytes at hand that were not read yet, for readers that know
// how a writer lays out what comes next. It is valid until the next call.
func (s *Scanner) Window() []byte { return s.buf[s.pos:s.end] }

// Take passes the first n bytes of Window over, which must be whole elements,
// and makes written, a part of them, the current text token.
func (s *Scanner) Take(n int, written []byte) {
	s.Text, s.cdata = written, false
	s.pos += n
}

// PlainChild reads what is left of the element whose start tag was returned
// last where that is open, a text and end, all at hand in the buffer, as in
// "<v>", "12", "</v></c>": by far the most cells. The text stands in Text then.
// It is false, and nothing is read, where anything else follows.
func (s *Scanner) PlainChild(open, end string) bool {
	window := s.buf[s.pos:s.end]
	if len(window) < len(open)+len(end) || string(window[:len(open)]) != open {
		return false
	}
	window = window[len(open):]
	n := bytes.IndexByte(window, '<')
	if n < 0 || len(window) < n+len(end) || string(window[n:n+len(end)]) != end {
		return false
	}
	s.Text, s.cdata = window[:n], false
	s.pos += len(open) + n + len(end)
	s.Depth--
	return true
}

// SkipFast does what Skip does by looking for tags of the element's own name
// only. It is many times as fast, and takes what stands between for granted.
func (s *Scanner) SkipFast() {
	if s.Closed {
		return
	}
	name := string(s.full)
	open, end := []byte("<"+name+" "), []byte("</"+name+">")
	for inside := 1; inside > 0; {
		window := s.buf[s.pos:s.end]
		n := bytes.Index(window, end)
		upTo := window
		if n >= 0 {
			upTo = window[:n]
		}
		if from := bytes.Index(upTo, open); from >= 0 {
			s.pos += from
			stop := s.tagEnd()
			if stop < 0 {
				return
			}
			if s.buf[s.pos+stop-1] != '/' {
				inside++
			}
			s.pos += stop + 1
			continue
		}
		if n >= 0 {
			s.pos += n + len(end)
			inside--
			continue
		}
		s.pos = max(s.pos, s.end-len(end))
		if !s.fill() {
			s.fail(ErrSyntax)
			return
		}
	}
	s.Depth--
}
