package xlsx

import (
	"math"
	"unsafe"

	"chasqui/converters/table"
)

// maxCellText bounds the text of one cell, in bytes. Excel stores at most
// 32,767 characters; other programs store more.
const maxCellText = 1 << 20

// stringTable is the workbook's shared strings: all in one slab, each by the
// offset of its end. It is complete before anybody reads it and never changes.
type stringTable struct {
	slab []byte
	ends []uint32
}

// at returns string i, which stays valid as long as the table.
func (t *stringTable) at(i int) (string, bool) {
	if i < 0 || i >= len(t.ends) {
		return "", false
	}
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	to := t.ends[i]
	if from == to {
		return "", true
	}
	return unsafe.String(&t.slab[from], to-from), true
}

// readStrings reads sharedStrings.xml. declared is the part's size as the
// container tells it, a hint only; limit bounds the memory, in bytes.
func readStrings(s *scanner, declared, limit int64) (*stringTable, *table.Fault) {
	t := &stringTable{slab: make([]byte, 0, min(max(declared/2, 0), 16<<20))}
	for {
		switch s.next() {
		case startTag:
			if string(s.name) != "si" {
				continue
			}
			if !s.closed {
				before := len(t.slab)
				t.slab = appendRich(s, t.slab)
				if len(t.slab)-before > maxCellText {
					return nil, &table.Fault{Kind: table.Hostile}
				}
			}
			size := int64(len(t.slab)) + 4*int64(len(t.ends))
			if size > limit || len(t.slab) > math.MaxUint32-maxCellText {
				return nil, &table.Fault{Kind: table.TooLarge}
			}
			t.ends = append(t.ends, uint32(len(t.slab)))
		case endOfFile:
			return t, scanFault(s)
		}
	}
}

// appendRich appends the text of the element whose start tag was returned last
// (si, is): its runs one after the other, phonetic ones left out.
func appendRich(s *scanner, dst []byte) []byte {
	depth := s.depth
	inText := false
	begin := len(dst)
	for {
		switch s.next() {
		case startTag:
			switch string(s.name) {
			case "t":
				inText = !s.closed
			case "rPh":
				s.skip()
			}
		case text:
			if inText && len(dst)-begin <= maxCellText {
				dst = s.appendText(dst)
			}
		case endTag:
			inText = false
			if s.depth < depth {
				return dst
			}
		case endOfFile:
			return dst
		}
	}
}
