package tabletest

import (
	"bytes"
	"io"
	"sync/atomic"

	"chasqui/converters/table"
)

// Memory returns content as a source.
func Memory(content []byte) table.Source { return bytes.NewReader(content) }

// shortReads reads seven bytes at a time.
type shortReads struct{ *bytes.Reader }

// ShortReads returns content as a source that gathers every read from pieces of
// seven bytes, as network drives do.
func ShortReads(content []byte) table.Source {
	return shortReads{bytes.NewReader(content)}
}

// ReadAt fills p by many small reads.
func (s shortReads) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) {
		k, err := s.Reader.ReadAt(p[n:min(n+7, len(p))], off+int64(n))
		n += k
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// shrunken says its old size but holds less.
type shrunken struct {
	content []byte
	size    int64
}

// Shrunken returns a source that claims content's size and ends after left
// bytes, like a file that was cut while it was open.
func Shrunken(content []byte, left int) table.Source {
	return shrunken{content[:left], int64(len(content))}
}

func (s shrunken) Size() int64 { return s.size }

// ReadAt ends where the file was cut.
func (s shrunken) ReadAt(p []byte, off int64) (int, error) {
	if off >= int64(len(s.content)) {
		return 0, io.EOF
	}
	n := copy(p, s.content[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// Failing is a source that fails when a read touches one of its bytes.
type Failing struct {
	*bytes.Reader
	at    int64
	cause error
	hit   atomic.Bool
}

// FailsAt returns content as a source on which every read that touches byte at
// fails with cause.
func FailsAt(content []byte, at int64, cause error) *Failing {
	return &Failing{Reader: bytes.NewReader(content), at: at, cause: cause}
}

// Hit reports whether the bad byte was asked for: a reader need not read all of
// a file.
func (s *Failing) Hit() bool { return s.hit.Load() }

// ReadAt gives what lies before the bad byte.
func (s *Failing) ReadAt(p []byte, off int64) (int, error) {
	if off > s.at || off+int64(len(p)) <= s.at {
		return s.Reader.ReadAt(p, off)
	}
	s.hit.Store(true)
	n, _ := s.Reader.ReadAt(p[:s.at-off], off)
	return n, s.cause
}
