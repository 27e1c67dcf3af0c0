package jsonrows

import (
	"errors"
	"io"
)

// Bounds of JSON.
const (
	maxRecord = 16 << 20 // bytes of one record
	maxDepth  = 512      // objects and arrays inside each other
)

// errSyntax marks what is no JSON, errLong a value beyond the bounds.
var (
	errSyntax = errors.New("no JSON")
	errLong   = errors.New("a value beyond the bounds of depth or size")
)

// window is the stretch of a JSON text that is looked at.
type window struct {
	src      io.Reader
	buf      []byte
	pos, end int
	before   int64 // bytes of the text before buf
	err      error
}

func newWindow(src io.Reader) *window { return &window{src: src, buf: make([]byte, 64<<10)} }

// offset returns the place of what comes next, in bytes from the text's start.
func (w *window) offset() int64 { return w.before + int64(w.pos) }

// fill reads more behind what is unread.
func (w *window) fill() error {
	if w.err != nil {
		return w.err
	}
	if w.pos > 0 {
		copy(w.buf, w.buf[w.pos:w.end])
		w.before += int64(w.pos)
		w.end -= w.pos
		w.pos = 0
	}
	if w.end == len(w.buf) {
		if len(w.buf) >= maxRecord {
			return errLong
		}
		w.buf = append(w.buf, make([]byte, len(w.buf))...)
	}
	n, err := w.src.Read(w.buf[w.end:])
	w.end += n
	w.err = err
	if n > 0 {
		return nil
	}
	return err
}

// peek passes over blanks and returns what comes next without reading it.
func (w *window) peek() (byte, error) {
	for {
		for ; w.pos < w.end; w.pos++ {
			if c := w.buf[w.pos]; c > ' ' {
				return c, nil
			} else if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
				return 0, errSyntax
			}
		}
		if err := w.fill(); err != nil {
			return 0, err
		}
	}
}

// expect reads one sign.
func (w *window) expect(sign byte) error {
	c, err := w.peek()
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	if err == nil && c != sign {
		return errSyntax
	}
	if err == nil {
		w.pos++
	}
	return err
}

// holdsRecords looks at the array that comes next: does it begin with an object
// or an array?
func (w *window) holdsRecords() bool {
	for n := 1; ; n++ {
		for w.pos+n >= w.end {
			if w.fill() != nil {
				return false
			}
		}
		if c := w.buf[w.pos+n]; c > ' ' {
			return c == '{' || c == '['
		}
	}
}

// value reads the next value whole and returns its bytes, valid until the next
// call. Its brackets and quotes match; what is inside is checked by who uses it.
func (w *window) value() ([]byte, error) {
	if _, err := w.peek(); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	var s skipper
	n := 0
	for {
		used, done, err := s.skip(w.buf[w.pos+n : w.end])
		n += used
		if err != nil {
			return nil, err
		}
		if done {
			break
		}
		if err := w.fill(); err == io.EOF && s.scalar && n > 0 {
			break // a number at the text's end
		} else if err == io.EOF {
			return nil, io.ErrUnexpectedEOF
		} else if err != nil {
			return nil, err
		}
	}
	raw := w.buf[w.pos : w.pos+n]
	w.pos += n
	return raw, nil
}

// skipper finds the end of a value in pieces of text.
type skipper struct {
	depth   int
	quoted  bool
	escaped bool
	scalar  bool // a number or a word, which the next sign ends
	begun   bool
}

// skip takes a piece, and tells how much of it belongs to the value and whether
// that is done.
func (s *skipper) skip(p []byte) (used int, done bool, err error) {
	for i := 0; i < len(p); i++ {
		c := p[i]
		switch {
		case s.escaped:
			s.escaped = false
		case s.quoted:
			for i < len(p) && p[i] != '"' && p[i] != '\\' {
				i++
			}
			if i == len(p) {
				return i, false, nil
			}
			s.escaped = p[i] == '\\'
			s.quoted = s.escaped
			if !s.quoted && s.depth == 0 {
				return i + 1, true, nil
			}
		case s.scalar:
			if c <= ' ' || c == ',' || c == ']' || c == '}' || c == ':' {
				return i, true, nil
			}
		case c == '"':
			s.quoted, s.begun = true, true
		case c == '{' || c == '[':
			s.begun = true
			if s.depth++; s.depth > maxDepth {
				return i, false, errLong
			}
		case c == '}' || c == ']':
			if s.depth--; s.depth < 0 {
				return i, false, errSyntax
			}
			if s.depth == 0 {
				return i + 1, true, nil
			}
		case s.depth == 0 && !s.begun:
			if c == ',' || c == ':' {
				return i, false, errSyntax
			}
			s.scalar, s.begun = true, true
		}
	}
	return len(p), false, nil
}
