package dbf

import (
	"bytes"
	"encoding/binary"
	"io"
	"strconv"

	"chasqui/converters/table"
)

// Bounds of a memo file. A memo longer than maxMemo is cut there: the cells of
// what is written hold less.
const (
	memoBlock = 512 // bytes of a block of dBase III
	maxMemo   = 1 << 20
)

// memoFile is the file beside a table in which the texts of its memo fields lie:
// .dbt of dBase III and IV, .fpt of FoxPro. A field holds the number of a block.
type memoFile struct {
	src   table.Source
	block int64 // bytes of a block
	fox   bool  // blocks begin with type and length, big-endian
}

// openMemo finds the memo file that belongs to a table; nil where none lies
// beside it, or none that can be one.
func openMemo(h header, beside func(ext string) table.Source) *memoFile {
	if beside == nil || !h.hasMemo() {
		return nil
	}
	for _, ext := range [...]string{".fpt", ".dbt"} {
		src := beside(ext)
		if src == nil {
			continue
		}
		head := make([]byte, 24)
		if _, err := src.ReadAt(head, 0); err != nil {
			continue
		}
		m := &memoFile{src: src, fox: ext == ".fpt", block: memoBlock}
		if m.fox {
			m.block = max(int64(binary.BigEndian.Uint16(head[6:])), 1)
		} else if size := int64(binary.LittleEndian.Uint16(head[20:])); h.version != 0x83 && size >= 64 {
			m.block = size
		}
		return m
	}
	return nil
}

// hasMemo reports whether a field's texts lie in a memo file.
func (h header) hasMemo() bool {
	for _, f := range h.fields {
		if f.kind == 'M' {
			return true
		}
	}
	return false
}

// blockOf reads the number of a memo's block from its field: ten digits, or four
// bytes in Visual FoxPro's tables. 0 is no memo.
func blockOf(raw []byte) int64 {
	if len(raw) == 4 {
		return int64(binary.LittleEndian.Uint32(raw))
	}
	n, err := strconv.ParseInt(string(bytes.Trim(raw, " \x00")), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// text returns the bytes of the memo in a block. It is not ok where the file
// holds no text there.
func (m *memoFile) text(block int64) ([]byte, bool) {
	if block <= 0 || block > m.src.Size()/m.block {
		return nil, false
	}
	from := block * m.block
	head := make([]byte, 8)
	if n, _ := m.src.ReadAt(head, from); n < len(head) {
		return m.ended(from)
	}
	switch {
	case m.fox:
		if kind := binary.BigEndian.Uint32(head); kind != 1 {
			return nil, false // a picture or an object
		}
		return m.counted(from+8, int64(binary.BigEndian.Uint32(head[4:])))
	case string(head[:4]) == "\xff\xff\x08\x00": // dBase IV
		return m.counted(from+8, int64(binary.LittleEndian.Uint32(head[4:]))-8)
	}
	return m.ended(from)
}

// counted returns n bytes from an offset on.
func (m *memoFile) counted(from, n int64) ([]byte, bool) {
	if n < 0 || n > m.src.Size()-from {
		return nil, false
	}
	text := make([]byte, min(n, maxMemo))
	if _, err := m.src.ReadAt(text, from); err != nil && err != io.EOF {
		return nil, false
	}
	return text, true
}

// ended returns the bytes from an offset to the mark that ends a memo of dBase
// III.
func (m *memoFile) ended(from int64) ([]byte, bool) {
	var text []byte
	for len(text) < maxMemo {
		piece := make([]byte, memoBlock)
		n, err := m.src.ReadAt(piece, from+int64(len(text)))
		if end := bytes.IndexByte(piece[:n], 0x1a); end >= 0 {
			return append(text, piece[:end]...), true
		}
		text = append(text, piece[:n]...)
		if err != nil {
			return text, err == io.EOF && len(text) > 0
		}
	}
	return text[:maxMemo], true
}
