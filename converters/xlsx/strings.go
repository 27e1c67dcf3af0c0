package xlsx

import (
	"io"
	"math"
	"unsafe"

	"chasqui/converters/table"
	"chasqui/converters/xmlscan"
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
func readStrings(s *xmlscan.Scanner, declared, limit int64) (*stringTable, *table.Fault) {
	t := &stringTable{slab: make([]byte, 0, min(max(declared/2, 0), 16<<20))}
	for {
		switch s.Next() {
		case xmlscan.StartTag:
			if string(s.Name) != "si" {
				continue
			}
			if !s.Closed {
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
		case xmlscan.EndOfFile:
			return t, scanFault(s)
		}
	}
}

// appendRich appends the text of the element whose start tag was returned last
// (si, is): its runs one after the other, phonetic ones left out.
func appendRich(s *xmlscan.Scanner, dst []byte) []byte {
	depth := s.Depth
	inText := false
	begin := len(dst)
	for {
		switch s.Next() {
		case xmlscan.StartTag:
			switch string(s.Name) {
			case "t":
				inText = !s.Closed
			case "rPh":
				s.Skip()
			}
		case xmlscan.Text:
			if inText && len(dst)-begin <= maxCellText {
				dst = s.AppendText(dst)
			}
		case xmlscan.EndTag:
			inText = false
			if s.Depth < depth {
				return dst
			}
		case xmlscan.EndOfFile:
			return dst
		}
	}
}

// newScanner returns a scanner of a part's XML with a buffer of size bytes.
func newScanner(src io.Reader, size int) *xmlscan.Scanner {
	s := xmlscan.New(src, size)
	s.HexEscapes = true
	return s
}

// attrText decodes an attribute's value.
func attrText(raw []byte) string {
	s := xmlscan.Scanner{Text: raw, HexEscapes: true}
	return string(s.AppendText(nil))
}
