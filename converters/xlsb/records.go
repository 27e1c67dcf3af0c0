package xlsb

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"unicode/utf16"
	"unicode/utf8"

	"chasqui/converters/table"
	"chasqui/converters/zipped"
)

// The records that are read ([MS-XLSB] 2.3).
const (
	recRowHdr       = 0
	recCellBlank    = 1
	recCellRk       = 2
	recCellError    = 3
	recCellBool     = 4
	recCellReal     = 5
	recCellSt       = 6
	recCellIsst     = 7
	recFmlaString   = 8
	recFmlaNum      = 9
	recFmlaBool     = 10
	recFmlaError    = 11
	recShortBlank   = 12 // from here to recShortIsst: recCellBlank to recCellIsst of the next column
	recShortIsst    = 18
	recSSTItem      = 19
	recFont         = 43
	recFmt          = 44
	recFill         = 45
	recXF           = 47
	recColInfo      = 60
	recCellRString  = 62
	recWbProp       = 153
	recBundleSh     = 156
	recMergeCell    = 176
	recBeginCellXFs = 617
	recEndCellXFs   = 618
)

// maxRecord bounds a record, in bytes: a text has 32,767 characters.
const maxRecord = 1 << 20

// errLong marks a record that no program writes.
var errLong = errors.New("a record beyond all bounds")

// records cuts a part into records.
type records struct {
	src  *bufio.Reader
	body []byte
}

// number reads a number of seven bits a byte, in at most limit bytes.
func (r *records) number(limit int) (int, error) {
	n := 0
	for i := range limit {
		c, err := r.src.ReadByte()
		if err != nil {
			if err == io.EOF && i > 0 {
				err = io.ErrUnexpectedEOF
			}
			return 0, err
		}
		n |= int(c&0x7f) << (7 * i)
		if c&0x80 == 0 {
			break
		}
	}
	return n, nil
}

// next returns the next record; its body is valid until the one after. io.EOF
// is the part's end.
func (r *records) next() (id int, body []byte, err error) {
	if id, err = r.number(2); err != nil {
		return 0, nil, err
	}
	size, err := r.number(4)
	switch {
	case err == io.EOF:
		return 0, nil, io.ErrUnexpectedEOF
	case err != nil:
		return 0, nil, err
	case size > maxRecord:
		return 0, nil, errLong
	case size > cap(r.body):
		r.body = make([]byte, size+size/2)
	}
	r.body = r.body[:size]
	if _, err = io.ReadFull(r.src, r.body); err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return id, r.body, err
}

// each calls visit for every record of a part.
func (b *book) each(part string, visit func(id int, body []byte) *table.Fault) *table.Fault {
	src, fault := b.archive.Part(part)
	if fault != nil {
		return fault
	}
	defer src.Close()
	r := &records{src: bufio.NewReaderSize(src, 64<<10)}
	for {
		id, body, err := r.next()
		switch {
		case err == io.EOF:
			return nil
		case errors.Is(err, errLong):
			return &table.Fault{Kind: table.Hostile, Err: err}
		case err != nil:
			return zipped.FaultOf(err)
		}
		if fault := visit(id, body); fault != nil {
			return fault
		}
	}
}

// wideString appends a text with its count of characters before it, in four
// bytes; 0xffffffff is none. Line breaks become \n, zeros are left out.
func wideString(dst, body []byte) (out, rest []byte, ok bool) {
	if len(body) < 4 {
		return dst, nil, false
	}
	count := binary.LittleEndian.Uint32(body)
	body = body[4:]
	if count == math.MaxUint32 {
		return dst, body, true
	}
	if uint64(count)*2 > uint64(len(body)) {
		return dst, nil, false
	}
	text := body[:2*count]
	high := rune(0)
	for i := 0; i < len(text); i += 2 {
		u := rune(text[i]) | rune(text[i+1])<<8
		switch {
		case utf16.IsSurrogate(u) && high == 0:
			high = u
			continue
		case utf16.IsSurrogate(u):
			u = utf16.DecodeRune(high, u)
		case u == 0:
			continue
		case u == '\r':
			if i+3 < len(text) && text[i+2] == '\n' && text[i+3] == 0 {
				continue
			}
			u = '\n'
		}
		high = 0
		dst = utf8.AppendRune(dst, u)
	}
	return dst, body[2*count:], true
}

// readStrings reads the shared strings; a workbook may have none.
func (b *book) readStrings(part string) (*table.Texts, *table.Fault) {
	t := &table.Texts{}
	if part == "" || !b.archive.Has(part) {
		return t, nil
	}
	return t, b.each(part, func(id int, body []byte) *table.Fault {
		if id != recSSTItem {
			return nil
		}
		ok := len(body) > 0
		if ok {
			t.Slab, _, ok = wideString(t.Slab, body[1:]) // behind the flags; runs follow
		}
		if !ok {
			return &table.Fault{Kind: table.Damaged}
		}
		if !t.End(b.memory) {
			return &table.Fault{Kind: table.TooLarge}
		}
		return nil
	})
}
