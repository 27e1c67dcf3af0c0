package charset

import (
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// bufferSize is how many encoded bytes are decoded at a time.
const bufferSize = 64 << 10

// Reader decodes a stream to UTF-8. It yields well-formed UTF-8 only: a byte
// that is none in a file of UTF-8 is read as windows-1252, which is where such
// bytes come from, and counted.
type Reader struct {
	src     io.Reader
	in      []byte
	out     []byte // decoded bytes not yet handed out
	spare   []byte
	table   *[256][4]byte // the bytes of each character, their number last; nil for UTF-8
	invalid int
	err     error
}

// NewReader decodes src from the encoding of the given name. A byte order
// mark at the start is left out. The error names an encoding not known here.
func NewReader(src io.Reader, name string) (*Reader, error) {
	r := &Reader{in: make([]byte, 0, bufferSize)}
	switch name = strings.ToLower(name); name {
	case UTF8, "":
		r.src, r.table = src, nil
	case UTF16LE:
		r.src = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(src)
	case UTF16BE:
		r.src = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(src)
	default:
		page := pageOf(name)
		if page == nil {
			return nil, fmt.Errorf("unknown encoding %q", name)
		}
		r.src, r.table = src, tableOf(page)
		return r, nil
	}
	return r, r.skipMark()
}

// Known reports whether NewReader knows an encoding of this name.
func Known(name string) bool {
	switch name = strings.ToLower(name); name {
	case "", UTF8, UTF16LE, UTF16BE:
		return true
	}
	return pageOf(name) != nil
}

// pageOf returns the table of a one-byte encoding, nil when it is unknown.
func pageOf(name string) *charmap.Charmap {
	if name == "iso-8859-1" {
		name = Windows1252
	}
	for _, t := range singleByteTables() {
		if t.name == name {
			return t.page
		}
	}
	return nil
}

// tableOf spells out a page, so that decoding is one look-up a byte.
func tableOf(page *charmap.Charmap) *[256][4]byte {
	var t [256][4]byte
	for c := range t {
		n := utf8.EncodeRune(t[c][:3], page.DecodeByte(byte(c)))
		t[c][3] = byte(n)
	}
	return &t
}

// Invalid returns how many bytes so far were not well-formed UTF-8.
func (r *Reader) Invalid() int { return r.invalid }

// skipMark drops the mark of UTF-8 at the start. An error of the source waits
// for the first Read.
func (r *Reader) skipMark() error {
	for len(r.in) < 3 && r.err == nil {
		r.fill()
	}
	if len(r.in) >= 3 && string(r.in[:3]) == "\xef\xbb\xbf" {
		r.in = r.in[:copy(r.in, r.in[3:])]
	}
	return nil
}

// Read returns decoded bytes; see io.Reader.
func (r *Reader) Read(p []byte) (int, error) {
	for len(r.out) == 0 {
		if len(r.in) == 0 && r.err != nil {
			return 0, r.err
		}
		if r.err == nil {
			r.fill()
		}
		r.decode()
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// fill reads once more behind what is left over.
func (r *Reader) fill() {
	n, err := r.src.Read(r.in[len(r.in):cap(r.in)])
	r.in = r.in[:len(r.in)+n]
	r.err = err
}

// decode turns the encoded bytes into r.out, all but a sequence that may go on.
func (r *Reader) decode() {
	out := r.spare[:0]
	used := len(r.in)
	if r.table != nil {
		out = r.mapped(out)
	} else {
		out, used = r.checked(out)
	}
	r.in = r.in[:copy(r.in, r.in[used:])]
	r.spare, r.out = out, out
}

// mapped decodes one-byte characters, runs of ASCII as they are.
func (r *Reader) mapped(out []byte) []byte {
	for in := r.in; len(in) > 0; {
		n := ascii(in)
		out = append(out, in[:n]...)
		if n == len(in) {
			break
		}
		e := &r.table[in[n]]
		out = append(out, e[:e[3]]...)
		in = in[n+1:]
	}
	return out
}

// ascii returns how many bytes at the start are ASCII, eight looked at a time.
func ascii(b []byte) int {
	n := 0
	for n+8 <= len(b) && binary.LittleEndian.Uint64(b[n:])&0x8080808080808080 == 0 {
		n += 8
	}
	for n < len(b) && b[n] < utf8.RuneSelf {
		n++
	}
	return n
}

// checked copies well-formed UTF-8 and returns how many bytes it used.
func (r *Reader) checked(out []byte) ([]byte, int) {
	in := r.in
	if utf8.Valid(in) {
		return append(out, in...), len(in)
	}
	i := 0
	for i < len(in) {
		if in[i] < utf8.RuneSelf {
			out = append(out, in[i])
			i++
			continue
		}
		c, size := utf8.DecodeRune(in[i:])
		if c == utf8.RuneError && size == 1 {
			if r.err == nil && !utf8.FullRune(in[i:]) {
				return out, i
			}
			r.invalid++
			c = charmap.Windows1252.DecodeByte(in[i])
		}
		out = utf8.AppendRune(out, c)
		i += size
	}
	return out, i
}
