package app

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"io"
)

// A zip's directory stands at its end, so that of a file cut short is lost. The
// parts before the cut have headers of their own, from which the directory is
// made again (APPNOTE.TXT 4.3.7, 4.3.9, 4.3.12, 4.3.16).
const (
	partSignature      = "PK\x03\x04"
	directorySignature = "PK\x01\x02"
	endSignature       = "PK\x05\x06"
	descriptorFlag     = 1 << 3 // the sizes stand behind the part
	partHeader         = 30     // bytes, before the name
	maxRestored        = 20000  // parts
	// All parts together are inflated so far to find their ends, as the readers
	// of workbooks have it for one.
	freeInflate = 256 << 20
	maxRatio    = 400
	unknownSize = 1<<32 - 1
)

// zipPart is a part whose header was found.
type zipPart struct {
	name          []byte
	flags, method uint16
	sum           uint32
	packed, size  int64
	header, body  int64 // offsets
}

// restored returns a zip that was cut short with a directory of the parts that
// stand before the cut, the last of which may end early. It is not ok where
// there is none.
func restored(src section) (whole section, ok bool) {
	var directory bytes.Buffer
	parts, budget := 0, freeInflate+maxRatio*src.size
	for at := int64(0); parts < maxRestored; parts++ {
		p, ok := partAt(src, at, &budget)
		if !ok {
			break
		}
		at = p.body + p.packed
		if p.flags&descriptorFlag != 0 {
			at = behindDescriptor(src, at)
		}
		p.describe(&directory)
	}
	if parts == 0 || src.size+int64(directory.Len()) >= unknownSize {
		return section{}, false
	}
	size := directory.Len()
	directory.WriteString(endSignature)
	for _, v := range []any{uint16(0), uint16(0), uint16(parts), uint16(parts), uint32(size), uint32(src.size), uint16(0)} {
		binary.Write(&directory, binary.LittleEndian, v)
	}
	return section{appended{src, directory.Bytes()}, src.size + int64(directory.Len())}, true
}

// partAt reads the header at an offset and finds out where the part ends. What
// it inflates for that goes off the budget, in bytes.
func partAt(src section, at int64, budget *int64) (zipPart, bool) {
	var head [partHeader]byte
	if _, err := src.ReadAt(head[:], at); err != nil || string(head[:4]) != partSignature {
		return zipPart{}, false
	}
	short, long := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	p := zipPart{
		flags: short(head[6:]), method: short(head[8:]), sum: long(head[14:]), packed: int64(long(head[18:])), size: int64(long(head[22:])),
		header: at, name: make([]byte, short(head[26:])),
	}
	if _, err := src.ReadAt(p.name, at+partHeader); err != nil {
		return zipPart{}, false
	}
	p.body = at + partHeader + int64(len(p.name)) + int64(short(head[28:]))
	if p.body > src.size {
		return zipPart{}, false
	}
	if p.flags&descriptorFlag != 0 || p.packed == unknownSize {
		p.sum, p.packed, p.size = 0, src.size-p.body, unknownSize-1
		if p.method == zip.Deflate {
			p.measure(src, budget)
		}
	}
	p.packed = min(p.packed, src.size-p.body)
	return p, true
}

// counting counts the bytes that were taken from a reader.
type counting struct {
	*bufio.Reader
	n int64
}

func (c *counting) ReadByte() (byte, error) {
	b, err := c.Reader.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

func (c *counting) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n += int64(n)
	return n, err
}

// measure inflates a part to find its end. Where the file ends first, the
// sizes stay those of a part that goes on.
func (p *zipPart) measure(src section, budget *int64) {
	packed := &counting{Reader: bufio.NewReaderSize(io.NewSectionReader(src, p.body, p.packed), 64<<10)}
	size, err := io.CopyN(io.Discard, flate.NewReader(packed), *budget)
	*budget -= size
	if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		p.packed, p.size = packed.n, size
	}
}

// behindDescriptor returns the offset of what follows the sizes behind a part,
// which have one of four forms.
func behindDescriptor(src section, at int64) int64 {
	var next [4]byte
	for _, n := range [...]int64{16, 12, 24, 20, 0} {
		if read, _ := src.ReadAt(next[:], at+n); read < len(next) {
			continue
		}
		if s := string(next[:]); s == partSignature || s == directorySignature {
			return at + n
		}
	}
	return src.size
}

// describe writes the part's entry of the directory.
func (p *zipPart) describe(directory *bytes.Buffer) {
	directory.WriteString(directorySignature)
	for _, v := range []any{
		uint16(20), uint16(20), p.flags &^ descriptorFlag, p.method, uint32(0), p.sum, uint32(p.packed), uint32(p.size),
		uint16(len(p.name)), uint16(0), uint16(0), uint16(0), uint16(0), uint32(0), uint32(p.header),
	} {
		binary.Write(directory, binary.LittleEndian, v)
	}
	directory.Write(p.name)
}

// appended is a file with bytes behind its end.
type appended struct {
	section
	more []byte
}

// ReadAt reads across the file's end; see io.ReaderAt.
func (a appended) ReadAt(b []byte, at int64) (int, error) {
	n := 0
	if at < a.size {
		var err error
		if n, err = a.section.ReadAt(b[:min(int64(len(b)), a.size-at)], at); err != nil && err != io.EOF {
			return n, err
		}
	}
	if rest := at + int64(n) - a.size; n < len(b) && rest >= 0 && rest < int64(len(a.more)) {
		n += copy(b[n:], a.more[rest:])
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}
