// Package xlsb reads the binary workbooks of Excel 2007 and later ([MS-XLSB]).
//
// Rows stream from the zip; memory is the shared strings and the formats plus
// some buffers. Start with Reader.Open, then sheet.Rows in rows.go. Not read:
// charts, comments, macros, pivot caches. A workbook with a password is an OLE2
// container and not this package's.
package xlsb

import (
	"bytes"
	"context"
	"encoding/binary"
	"path"
	"strings"
	"sync"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
	"chasqui/converters/xmlscan"
	"chasqui/converters/zipped"
)

// Bounds of a workbook.
const (
	maxSheets = 4096
	maxStyles = 1 << 17
	maxSmall  = 16 << 20 // bytes of a part of relations, inflated
)

const workbookPart = "xl/workbook.bin"

// Sniff reports whether the content is a binary workbook.
func Sniff(src table.Source) bool {
	head := make([]byte, min(4, src.Size()))
	n, _ := src.ReadAt(head, 0)
	if !zipped.IsZip(head[:n]) {
		return false
	}
	a, fault := zipped.Open(src)
	return fault == nil && a.Has(workbookPart)
}

// Reader reads binary workbooks; see table.Reader.
type Reader struct{}

// Open lists the sheets and reads the formats. Faults: EmptyFile, UnknownFormat,
// Damaged, Hostile, NoTable, UnreadableFile.
func (Reader) Open(ctx context.Context, src table.Source, opt table.Options) (table.Book, error) {
	b := &book{file: opt.Name, memory: opt.MemoryLimit()}
	return table.OpenBook(ctx, src, opt, b, func() *table.Fault { return b.open(src) })
}

// format is what the reader keeps of a cell format.
type format struct {
	number numfmt.Format
	hint   table.Hint
}

// book is an opened workbook.
type book struct {
	file      string
	memory    int64
	archive   *zipped.Archive
	since1904 bool
	sheets    []table.Sheet
	formats   []format
	strings   func() (*table.Texts, *table.Fault) // reads them on first use
}

func (b *book) Info() table.Info      { return table.Info{Format: "xlsb"} }
func (b *book) Sheets() []table.Sheet { return b.sheets }
func (b *book) Close() error          { return nil }

// open reads the small parts.
func (b *book) open(src table.Source) *table.Fault {
	a, fault := zipped.Open(src)
	if fault != nil {
		return fault
	}
	if !a.Has(workbookPart) {
		return &table.Fault{Kind: table.UnknownFormat}
	}
	b.archive = a
	targets, fault := b.relations()
	if fault != nil {
		return fault
	}
	if part := targets["/styles"]; part != "" && a.Has(part) {
		if b.formats, fault = b.readStyles(part); fault != nil {
			return fault
		}
	}
	b.strings = sync.OnceValues(func() (*table.Texts, *table.Fault) { return b.readStrings(targets["/sharedStrings"]) })
	return b.readSheets(targets)
}

// relations returns the parts that the workbook refers to, by their ids, and
// some by "/" and what they are.
func (b *book) relations() (map[string]string, *table.Fault) {
	content, fault := b.archive.Small("xl/_rels/workbook.bin.rels", maxSmall)
	if fault != nil {
		return nil, fault
	}
	targets := map[string]string{}
	s := xmlscan.New(bytes.NewReader(content), 4<<10)
	for {
		switch s.Next() {
		case xmlscan.StartTag:
			if string(s.Name) != "Relationship" {
				continue
			}
			target := xmlscan.AttrText(s.Attr("Target"))
			if strings.HasPrefix(target, "/") {
				target = strings.TrimPrefix(target, "/")
			} else {
				target = path.Join("xl", target)
			}
			kind := path.Base(string(s.Attr("Type")))
			targets["/"+kind] = target
			if kind == "worksheet" {
				targets[string(s.Attr("Id"))] = target
			}
		case xmlscan.EndOfFile:
			return targets, nil
		}
	}
}

// readSheets lists the worksheets.
func (b *book) readSheets(targets map[string]string) *table.Fault {
	fault := b.each(workbookPart, func(id int, body []byte) *table.Fault {
		switch {
		case id == recWbProp && len(body) >= 4:
			b.since1904 = body[0]&1 != 0
		case id == recBundleSh && len(body) >= 12 && len(b.sheets) < maxSheets:
			state := binary.LittleEndian.Uint32(body)
			relation, rest, ok := wideString(nil, body[8:])
			name, _, ok2 := wideString(nil, rest)
			if part := targets[string(relation)]; ok && ok2 && part != "" {
				b.sheets = append(b.sheets, &sheet{SheetFacts: table.SheetFacts{File: b.file, Title: string(name), Unseen: state != 0}, book: b, part: part})
			}
		}
		return nil
	})
	if fault == nil && len(b.sheets) == 0 {
		fault = &table.Fault{Kind: table.NoTable}
	}
	return fault
}

// readStyles resolves the cell formats.
func (b *book) readStyles(part string) ([]format, *table.Fault) {
	codes := map[int]string{}
	var bold, filled []bool
	var formats []format
	inCells := false
	at := func(body []byte, i int) int { return int(binary.LittleEndian.Uint16(body[i:])) }
	fault := b.each(part, func(id int, body []byte) *table.Fault {
		if len(codes)+len(bold)+len(filled)+len(formats) > maxStyles {
			return &table.Fault{Kind: table.Hostile}
		}
		switch {
		case id == recFmt && len(body) >= 6:
			code, _, _ := wideString(nil, body[2:])
			codes[at(body, 0)] = string(code)
		case id == recFont && len(body) >= 6:
			bold = append(bold, at(body, 4) >= 600)
		case id == recFill && len(body) >= 12:
			// A white background is how titles are wiped clean, no sign of a header.
			white := body[8] == 0xff && body[9] == 0xff && body[10] == 0xff
			pattern := at(body, 0)
			filled = append(filled, pattern != 0 && pattern != 17 && !white)
		case id == recBeginCellXFs, id == recEndCellXFs:
			inCells = id == recBeginCellXFs
		case id == recXF && inCells && len(body) >= 8:
			number := numfmt.Builtin(at(body, 2))
			if code, own := codes[at(body, 2)]; own {
				number = numfmt.Parse(code)
			}
			f := format{number, number.Hint}
			if i := at(body, 4); i < len(bold) && bold[i] {
				f.hint |= table.Bold
			}
			if i := at(body, 6); i < len(filled) && filled[i] {
				f.hint |= table.Filled
			}
			formats = append(formats, f)
		}
		return nil
	})
	return formats, fault
}
