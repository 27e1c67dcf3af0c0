package xls

import (
	"encoding/binary"
	"errors"
	"io"
)

// Versions of a stream and kinds of what a BOF record begins ([MS-XLS] 2.4.21).
const (
	biff5       = 0x0500
	biff8       = 0x0600
	kindGlobals = 0x0005
	kindSheet   = 0x0010
)

// The records that are read ([MS-XLS] 2.3). Some of BIFF5 have other contents
// under the same number.
const (
	recFormula    = 0x0006
	recEOF        = 0x000a
	recDateMode   = 0x0022
	recFilePass   = 0x002f
	recFont       = 0x0031
	recContinue   = 0x003c
	recCodePage   = 0x0042
	recColInfo    = 0x007d
	recBoundSheet = 0x0085
	recMulRK      = 0x00bd
	recRString    = 0x00d6
	recXF         = 0x00e0
	recMerged     = 0x00e5
	recSST        = 0x00fc
	recLabelSST   = 0x00fd
	recNumber     = 0x0203
	recLabel      = 0x0204
	recBoolErr    = 0x0205
	recString     = 0x0207
	recRow        = 0x0208
	recArray      = 0x0221
	recTable      = 0x0236
	recRK         = 0x027e
	recFormula3   = 0x0206
	recFormula4   = 0x0406
	recFormat     = 0x041e
	recShared     = 0x04bc
	recBOF        = 0x0809
)

// errCut says that the stream ends inside a record.
var errCut = errors.New("a record is cut short")

// windowSize is how much of the stream is held: more than the longest record,
// 4 + 65,535 bytes.
const windowSize = 128 << 10

// records cuts a stream into records.
type records struct {
	src        stream
	buf        []byte
	start, end int
	offset     int64 // of buf[start] in the stream
	srcErr     error
}

func newRecords(src stream) *records {
	return &records{src: src, buf: make([]byte, windowSize)}
}

// seek goes to an offset of the stream.
func (r *records) seek(offset int64) error {
	r.start, r.end, r.offset, r.srcErr = 0, 0, offset, nil
	if offset == 0 {
		_, err := r.src.Seek(0, io.SeekStart)
		return err
	}
	_, err := r.src.Seek(offset, io.SeekStart)
	return err
}

// have makes n bytes stand in the window, and says whether the stream has them.
func (r *records) have(n int) bool {
	if r.end-r.start >= n {
		return true
	}
	copy(r.buf, r.buf[r.start:r.end])
	r.end -= r.start
	r.start = 0
	for r.end < n && r.srcErr == nil {
		var got int
		// Short reads keep the container's list of sectors short.
		got, r.srcErr = r.src.Read(r.buf[r.end:min(len(r.buf), r.end+16<<10)])
		r.end += got
	}
	return r.end >= n
}

// next returns the next record; its body is valid until the one after. io.EOF
// is the stream's end between two records.
func (r *records) next() (id uint16, body []byte, err error) {
	if !r.have(4) {
		if r.end > r.start {
			return 0, nil, errCut
		}
		return 0, nil, r.ending()
	}
	head := r.buf[r.start : r.start+4]
	id = binary.LittleEndian.Uint16(head)
	size := int(binary.LittleEndian.Uint16(head[2:]))
	if !r.have(4 + size) {
		if r.srcErr != io.EOF {
			return 0, nil, r.srcErr
		}
		return 0, nil, errCut
	}
	body = r.buf[r.start+4 : r.start+4+size]
	r.start += 4 + size
	r.offset += int64(4 + size)
	return id, body, nil
}

// ending returns why there is nothing more.
func (r *records) ending() error {
	if r.srcErr == nil {
		return io.EOF
	}
	return r.srcErr
}

// peek returns the next record's number, 0 where there is none.
func (r *records) peek() uint16 {
	if !r.have(4) {
		return 0
	}
	return binary.LittleEndian.Uint16(r.buf[r.start:])
}

// pieces reads a record's body on across the CONTINUE records behind it.
type pieces struct {
	records *records
	body    []byte
	failed  bool // the record ended before what it announced
}

// more goes to the next CONTINUE record.
func (p *pieces) more() bool {
	if p.failed || p.records.peek() != recContinue {
		p.failed = true
		return false
	}
	_, body, err := p.records.next()
	p.body, p.failed = body, err != nil
	return err == nil
}

// number reads size bytes as a little-endian number; they may lie in two pieces.
func (p *pieces) number(size int) int {
	n := 0
	for i := range size {
		for len(p.body) == 0 {
			if !p.more() {
				return 0
			}
		}
		n |= int(p.body[0]) << (8 * i)
		p.body = p.body[1:]
	}
	return n
}

// skip leaves out n bytes.
func (p *pieces) skip(n int) {
	for n > len(p.body) {
		n -= len(p.body)
		if !p.more() {
			return
		}
	}
	p.body = p.body[n:]
}
