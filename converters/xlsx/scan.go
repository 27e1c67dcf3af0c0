package xlsx

import (
	"bytes"
	"errors"
	"io"
)

// Bounds of the XML that is read. Excel's own limits are far below them.
const (
	maxTag   = 1 << 20 // bytes of one tag with its attributes
	maxDepth = 256     // elements inside each other
)

// errHostile marks XML that no writer of workbooks makes; errSyntax marks XML
// that is cut or broken.
var (
	errHostile = errors.New("XML with entities, or beyond the bounds of depth or size")
	errSyntax  = errors.New("XML is cut short or broken")
)

// token is the kind of a piece of XML.
type token uint8

const (
	endOfFile token = iota
	startTag
	endTag
	text
)

// scanner cuts XML into tags and texts without building anything. Namespace
// prefixes are ignored, so strict and transitional workbooks read alike. It
// knows no document types: a declaration of entities is an error.
type scanner struct {
	src      io.Reader
	buf      []byte
	pos, end int
	err      error
	depth    int

	name   []byte // of the tag, without prefix
	attrs  []byte // the tag's attributes as written
	closed bool   // the start tag is empty: <v/>
	text   []byte // of a text token, escapes as written
	cdata  bool   // the text stood in a CDATA section: nothing is escaped
	failed error  // errHostile, errSyntax or the source's error
}

// newScanner returns a scanner at the start of src with a buffer of size bytes.
func newScanner(src io.Reader, size int) *scanner {
	return &scanner{src: src, buf: make([]byte, size)}
}

// fill reads more behind the unread bytes, which begin at pos.
func (s *scanner) fill() bool {
	if s.err != nil {
		return false
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= maxTag {
			s.failed = errHostile
			return false
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.src.Read(s.buf[s.end:])
	s.end += n
	s.err = err
	if err != nil && err != io.EOF {
		s.failed = err
	}
	return n > 0 || err == nil
}

// next returns the next piece. After an error it returns endOfFile with failed
// set.
func (s *scanner) next() token {
	for {
		if s.pos == s.end && !s.fill() {
			if s.failed == nil && s.depth > 0 {
				s.failed = errSyntax
			}
			return endOfFile
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
		if s.failed != nil {
			return endOfFile
		}
	}
}

// plain returns the text up to the next tag, or as much of it as is at hand,
// never half an escape.
func (s *scanner) plain() token {
	window := s.buf[s.pos:s.end]
	n := bytes.IndexByte(window, '<')
	for n < 0 && s.err == nil && len(window) < 4096 && s.fill() {
		window = s.buf[s.pos:s.end]
		n = bytes.IndexByte(window, '<')
	}
	if n < 0 {
		n = len(window)
		if amp := bytes.LastIndexByte(window, '&'); amp > 0 && n-amp < 16 {
			n = amp
		}
	}
	s.text, s.cdata = window[:n], false
	s.pos += n
	return text
}

// markup reads what begins with "<". found is false for comments, processing
// instructions and errors.
func (s *scanner) markup() (kind token, found bool) {
	for s.end-s.pos < 3 {
		if !s.fill() {
			s.fail(errSyntax)
			return endOfFile, false
		}
	}
	switch s.buf[s.pos+1] {
	case '?':
		s.skipPast("?>")
		return endOfFile, false
	case '!':
		return s.declaration()
	}
	n := s.tagEnd()
	if n < 0 {
		return endOfFile, false
	}
	tag := s.buf[s.pos+1 : s.pos+n]
	s.pos += n + 1
	if tag[0] == '/' {
		s.depth--
		for tag[len(tag)-1] <= ' ' {
			tag = tag[:len(tag)-1]
		}
		s.name = local(tag[1:])
		return endTag, true
	}
	s.closed = tag[len(tag)-1] == '/'
	if s.closed {
		tag = tag[:len(tag)-1]
	} else if s.depth++; s.depth > maxDepth {
		s.fail(errHostile)
		return endOfFile, false
	}
	i := 0
	for i < len(tag) && tag[i] > ' ' {
		i++
	}
	s.name, s.attrs = local(tag[:i]), tag[i:]
	return startTag, true
}

// tagEnd returns the offset of the ">" that ends the tag at pos, quoted ones
// passed over, -1 when there is none.
func (s *scanner) tagEnd() int {
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
					s.fail(errSyntax)
					return -1
				}
				return i
			case c == '"' || c == '\'':
				quote = c
			}
		}
		if !s.fill() {
			s.fail(errSyntax)
			return -1
		}
	}
}

// declaration reads comments and CDATA; a document type is refused.
func (s *scanner) declaration() (token, bool) {
	for s.end-s.pos < 9 {
		if !s.fill() {
			s.fail(errSyntax)
			return endOfFile, false
		}
	}
	head := s.buf[s.pos:s.end]
	switch {
	case bytes.HasPrefix(head, []byte("<!--")):
		s.skipPast("-->")
		return endOfFile, false
	case bytes.HasPrefix(head, []byte("<![CDATA[")):
		s.pos += len("<![CDATA[")
		n := s.find("]]>")
		if n < 0 {
			s.fail(errSyntax)
			return endOfFile, false
		}
		s.text, s.cdata = s.buf[s.pos:s.pos+n], true
		s.pos += n + len("]]>")
		return text, true
	}
	s.fail(errHostile)
	return endOfFile, false
}

// find returns the offset of mark from pos, reading on; -1 when it is absent.
func (s *scanner) find(mark string) int {
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
func (s *scanner) skipPast(mark string) {
	for {
		if n := bytes.Index(s.buf[s.pos:s.end], []byte(mark)); n >= 0 {
			s.pos += n + len(mark)
			return
		}
		s.pos = max(s.pos, s.end-len(mark))
		if !s.fill() {
			s.fail(errSyntax)
			return
		}
	}
}

// fail notes the first error and ends the scanning.
func (s *scanner) fail(err error) {
	if s.failed == nil {
		s.failed = err
	}
	if s.err == nil {
		s.err = io.EOF
	}
	s.pos = s.end
}

// attr returns the value of an attribute by its local name, escapes as
// written, nil when it is absent.
func (s *scanner) attr(name string) []byte {
	rest := s.attrs
	for {
		key, value, after := nextAttr(rest)
		if key == nil {
			return nil
		}
		if string(local(key)) == name {
			return value
		}
		rest = after
	}
}

// flag reports whether a boolean attribute is set.
func (s *scanner) flag(name string) bool {
	v := string(s.attr(name))
	return v == "1" || v == "true" || v == "on"
}

// nextAttr cuts one attribute from the front; key is nil at the end.
func nextAttr(a []byte) (key, value, rest []byte) {
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

// local cuts a namespace prefix.
func local(name []byte) []byte {
	for i, c := range name {
		if c == ':' {
			return name[i+1:]
		}
	}
	return name
}

// skip reads to the end of the element whose start tag was returned last.
func (s *scanner) skip() {
	if s.closed {
		return
	}
	for depth := s.depth; ; {
		if kind := s.next(); kind == endOfFile || kind == endTag && s.depth < depth {
			return
		}
	}
}
