// Package xls reads the binary workbooks of Excel 5 to 2003 ([MS-XLS] for
// BIFF8, Excel 5's own format for BIFF5), in their OLE2 container or as the
// bare stream that some programs write.
//
// Rows stream from the container; memory is the workbook's shared strings and
// formats plus some buffers. Only a sheet whose cells do not lie in row order is
// held in memory while it is read. Start with Reader.Open, then sheet.Rows in
// sheet.go. Not read: charts, comments, macros, pivot caches, Excel 2 to 4.
package xls

import (
	"bytes"
	"context"
	"encoding/binary"

	"chasqui/converters/table"
)

// Bounds of a workbook.
const (
	maxSheets  = 4096
	maxFormats = 1 << 17 // cell formats, fonts and number formats kept, each
)

// Sniff reports whether the content is a workbook that Open reads or has a
// fault for: an OLE2 container that holds one, or a bare stream.
func Sniff(src table.Source) bool {
	head := make([]byte, min(16, src.Size()))
	n, _ := src.ReadAt(head, 0)
	if isBare(head[:n]) {
		return true
	}
	if !bytes.HasPrefix(head[:n], oleSignature) {
		return false
	}
	c, err := openContainer(src)
	return err == nil && c.workbook != nil || err != nil && lostStream(src) != nil
}

// isBare recognises the beginning of file record of BIFF5 or BIFF8 where it is
// the file's first: a workbook without a container. Version 0 is what programs
// write that took the header from a recipe.
func isBare(head []byte) bool {
	if len(head) < 8 || head[0] != 0x09 || head[1] != 0x08 || head[3] != 0 {
		return false
	}
	version := binary.LittleEndian.Uint16(head[4:])
	kind := binary.LittleEndian.Uint16(head[6:])
	known := version == 0 || version == biff5 || version == biff8
	return known && (kind == kindGlobals || kind == kindSheet)
}

// Reader reads xls workbooks; see table.Reader.
type Reader struct{}

// Open reads the workbook's globals: the sheets' names, the shared strings and
// the formats. Faults: EmptyFile, UnknownFormat, NeedsPassword, Damaged,
// TooLarge (the shared strings need more than the memory allowed), NoTable,
// UnreadableFile.
func (Reader) Open(ctx context.Context, src table.Source, opt table.Options) (table.Book, error) {
	b := &book{file: opt.Name, memory: opt.MemoryLimit(), partial: opt.Partial}
	return table.OpenBook(ctx, src, opt, b, func() *table.Fault {
		fault := b.open(src)
		if failed := b.source.failed(); failed != nil {
			return &table.Fault{Kind: table.UnreadableFile, Err: failed}
		}
		return fault
	})
}

// book is an opened workbook.
type book struct {
	file      string
	memory    int64
	partial   bool
	source    *pages
	stream    func() stream // a cursor of its own for every reading
	size      int64         // bytes of the stream
	version   uint16
	text      decoder // of BIFF5's bytes
	since1904 bool
	sheets    []table.Sheet
	formats   []format
	strings   table.Texts
}

func (b *book) Info() table.Info      { return table.Info{Format: "xls"} }
func (b *book) Sheets() []table.Sheet { return b.sheets }
func (b *book) Close() error          { return nil }

// open finds the stream and reads its globals.
func (b *book) open(src table.Source) *table.Fault {
	b.source = newPages(src)
	head := make([]byte, 16)
	n, _ := b.source.ReadAt(head, 0)
	switch {
	case isBare(head[:n]):
		b.size = src.Size()
		b.stream = func() stream { return &bare{src: b.source, size: b.size} }
	case bytes.HasPrefix(head[:n], oleSignature):
		c, err := openContainer(b.source)
		if lost := lostStream(b.source); err != nil && b.partial && lost != nil {
			b.size, b.stream = lost.size(), lost.cursor
			break
		}
		if err != nil {
			return &table.Fault{Kind: table.Damaged, Err: err}
		}
		if c.encrypted {
			return &table.Fault{Kind: table.NeedsPassword}
		}
		if c.workbook == nil {
			return &table.Fault{Kind: table.UnknownFormat}
		}
		b.size = min(c.workbook.Size, src.Size())
		b.stream = c.cursor
	default:
		return &table.Fault{Kind: table.UnknownFormat}
	}
	return b.readGlobals()
}
