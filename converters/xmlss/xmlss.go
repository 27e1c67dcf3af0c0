// Package xmlss reads SpreadsheetML, the XML workbooks of Excel 2002 and 2003
// ("XML Spreadsheet Reference", Microsoft 2001), which systems still write,
// often under the name .xls.
//
// Rows stream through a scanner that builds no XML; memory is the styles plus
// some buffers. Opening passes over the file once to find the sheets. Start with
// Reader.Open, then sheet.Rows in rows.go.
package xmlss

import (
	"bytes"
	"context"
	"errors"
	"io"

	"chasqui/converters/charset"
	"chasqui/converters/numfmt"
	"chasqui/converters/table"
	"chasqui/converters/xmlscan"
)

// Bounds of a workbook.
const (
	maxSheets = 4096
	maxStyles = 1 << 16
)

// Sniff reports whether the content is a SpreadsheetML workbook.
func Sniff(src table.Source) bool {
	head := make([]byte, min(4<<10, src.Size()))
	n, _ := src.ReadAt(head, 0)
	head = bytes.ReplaceAll(head[:n], []byte{0}, nil) // UTF-16 too
	head = bytes.TrimLeft(head, "\xef\xbb\xbf\xfe\xff \t\r\n")
	return bytes.HasPrefix(head, []byte("<")) && bytes.Contains(head, []byte("urn:schemas-microsoft-com:office:spreadsheet")) &&
		(bytes.Contains(head, []byte("<Workbook")) || bytes.Contains(head, []byte(":Workbook")))
}

// Reader reads SpreadsheetML; see table.Reader.
type Reader struct{}

// Open reads the styles and finds the sheets. Faults: EmptyFile, UnknownFormat,
// Damaged, Hostile, NoTable, UnreadableFile.
func (Reader) Open(ctx context.Context, src table.Source, opt table.Options) (table.Book, error) {
	b := &book{file: opt.Name, styles: map[string]format{}}
	return table.OpenBook(ctx, src, opt, b, func() *table.Fault { return b.open(ctx, src, opt.Encoding) })
}

// format is what matters of a style.
type format struct {
	number numfmt.Format
	hint   table.Hint
}

// book is an opened workbook.
type book struct {
	file   string
	text   charset.Text
	styles map[string]format
	sheets []table.Sheet
}

func (b *book) Info() table.Info {
	return table.Info{Format: "xml", Encoding: b.text.Encoding, BOM: b.text.BOM}
}
func (b *book) Sheets() []table.Sheet { return b.sheets }
func (b *book) Close() error          { return nil }

// open chooses the encoding and reads what stands around the rows.
func (b *book) open(ctx context.Context, src table.Source, encoding string) *table.Fault {
	var err error
	if b.text, err = charset.NewText(src, src.Size(), encoding); err != nil {
		return &table.Fault{Kind: table.UnreadableFile, Err: err}
	}
	s, err := b.at(0)
	if err != nil {
		return scanFault(err)
	}
	return b.index(ctx, s)
}

// at scans the decoded text from an offset in bytes.
func (b *book) at(offset int64) (*xmlscan.Scanner, error) {
	r, err := b.text.From(offset)
	if err != nil {
		return nil, err
	}
	return xmlscan.New(r, 64<<10), nil
}

// index finds the styles and the sheets.
func (b *book) index(ctx context.Context, s *xmlscan.Scanner) *table.Fault {
	var current *sheet
	for {
		before := s.Offset()
		switch s.Next() {
		case xmlscan.StartTag:
			switch string(s.Name) {
			case "Workbook":
			case "Styles":
				b.readStyles(s)
			case "Worksheet":
				if len(b.sheets) >= maxSheets || ctx.Err() != nil {
					return &table.Fault{Kind: table.Hostile}
				}
				current = &sheet{SheetFacts: table.SheetFacts{File: b.file, Title: xmlscan.AttrText(s.Attr("Name"))}, book: b, offset: -1}
				b.sheets = append(b.sheets, current)
			case "Table":
				if current != nil {
					current.offset = before
				}
				s.SkipFast()
			case "WorksheetOptions":
				if current != nil {
					current.readOptions(s)
				}
			default:
				s.Skip()
			}
		case xmlscan.EndOfFile:
			if s.Failed != nil {
				return scanFault(s.Failed)
			}
			if len(b.sheets) == 0 {
				return &table.Fault{Kind: table.NoTable}
			}
			return nil
		}
	}
}

// readOptions takes from a sheet's options whether it is hidden.
func (sh *sheet) readOptions(s *xmlscan.Scanner) {
	if s.Closed {
		return
	}
	visible := false
	for depth := s.Depth; ; {
		switch s.Next() {
		case xmlscan.StartTag:
			visible = string(s.Name) == "Visible"
		case xmlscan.Text:
			if visible && bytes.Contains(s.Text, []byte("Hidden")) {
				sh.Unseen = true
			}
		case xmlscan.EndTag:
			visible = false
			if s.Depth < depth {
				return
			}
		case xmlscan.EndOfFile:
			return
		}
	}
}

// readStyles reads the styles; what one does not say is its parent's.
func (b *book) readStyles(s *xmlscan.Scanner) {
	if s.Closed {
		return
	}
	id := ""
	var f format
	for depth := s.Depth; ; {
		switch s.Next() {
		case xmlscan.StartTag:
			switch string(s.Name) {
			case "Style":
				id, f = string(s.Attr("ID")), b.styles[string(s.Attr("Parent"))]
			case "NumberFormat":
				f.hint &^= table.Percent
				f.number = numfmt.Named(xmlscan.AttrText(s.Attr("Format")))
			case "Font":
				if s.Flag("Bold") {
					f.hint |= table.Bold
				}
			case "Interior":
				if colour := string(s.Attr("Color")); colour != "" && colour != "#FFFFFF" && colour != "#ffffff" {
					f.hint |= table.Filled
				}
			}
			if len(b.styles) < maxStyles {
				b.styles[id] = format{f.number, f.hint | f.number.Hint}
			}
		case xmlscan.EndTag:
			if s.Depth < depth {
				return
			}
		case xmlscan.EndOfFile:
			return
		}
	}
}

// scanFault makes a fault of how a scan ended.
func scanFault(err error) *table.Fault {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, xmlscan.ErrHostile):
		return &table.Fault{Kind: table.Hostile, Err: err}
	case errors.Is(err, xmlscan.ErrSyntax), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return &table.Fault{Kind: table.Damaged, Err: err}
	}
	return &table.Fault{Kind: table.UnreadableFile, Err: err}
}
