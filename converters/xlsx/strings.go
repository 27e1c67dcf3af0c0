package xlsx

import (
	"bytes"
	"io"

	"chasqui/converters/charset"
	"chasqui/converters/table"
	"chasqui/converters/xmlscan"
)

// maxCellText bounds the text of one cell, in bytes. Excel stores at most
// 32,767 characters; other programs store more.
const maxCellText = 1 << 20

// readStrings reads sharedStrings.xml. declared is the part's size as the
// container tells it, a hint only; limit bounds the memory, in bytes.
func readStrings(s *xmlscan.Scanner, declared, limit int64) (*table.Texts, *table.Fault) {
	t := &table.Texts{Slab: make([]byte, 0, min(max(declared/2, 0), 4<<20))}
	for {
		switch s.Next() {
		case xmlscan.StartTag:
			if string(s.Name) != "si" {
				continue
			}
			if !s.Closed {
				before := len(t.Slab)
				t.Slab = appendRich(s, t.Slab)
				if len(t.Slab)-before > maxCellText {
					return nil, &table.Fault{Kind: table.Hostile}
				}
			}
			if !t.End(limit) {
				return nil, &table.Fault{Kind: table.TooLarge}
			}
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

// newScanner returns a scanner of a part's XML with a buffer of size bytes. A
// part may be UTF-16 (ECMA-376 part 2, 9.1.4), told by its mark.
func newScanner(src io.Reader, size int) *xmlscan.Scanner {
	var mark [2]byte
	n, _ := io.ReadFull(src, mark[:]) // an error comes again with the next read
	src = io.MultiReader(bytes.NewReader(mark[:n]), src)
	encoding := charset.UTF8
	switch mark {
	case [2]byte{0xff, 0xfe}:
		encoding = charset.UTF16LE
	case [2]byte{0xfe, 0xff}:
		encoding = charset.UTF16BE
	}
	if encoding != charset.UTF8 {
		src, _ = charset.NewReader(src, encoding) // its only error is an unknown name
	}
	s := xmlscan.New(src, size)
	s.HexEscapes = true
	return s
}

// attrText decodes an attribute's value.
func attrText(raw []byte) string {
	s := xmlscan.Scanner{Text: raw, HexEscapes: true}
	return string(s.AppendText(nil))
}
