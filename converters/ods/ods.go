// Package ods reads OpenDocument spreadsheets (OASIS ODF 1.0 to 1.4): ods and
// ots in a zip, and fods, the same as one XML file.
//
// Rows stream through a scanner that builds no XML, so memory is the styles plus
// some buffers, whatever the number of rows; repeated rows and cells are never
// expanded before they are handed on. All sheets stand one behind the other in
// one part: opening passes over it once to find them. Start with Reader.Open,
// then sheet.Rows in rows.go. Not read: charts, notes, tracked changes.
package ods

import (
	"bytes"
	"context"
	"errors"
	"io"

	"chasqui/converters/table"
	"chasqui/converters/xmlscan"
	"chasqui/converters/zipped"
)

// Bounds of a document.
const (
	maxSheets  = 4096
	maxSmall   = 64 << 20 // bytes of the styles and the manifest, inflated
	keptInside = 24 << 20 // a content part up to this size is kept inflated
)

const mediaType = "application/vnd.oasis.opendocument.spreadsheet"

// Sniff reports whether the content is an OpenDocument spreadsheet.
func Sniff(src table.Source) bool {
	head := make([]byte, min(4<<10, src.Size()))
	n, _ := src.ReadAt(head, 0)
	head = head[:n]
	if !zipped.IsZip(head) {
		return isFlat(head)
	}
	if bytes.Contains(head[:min(n, 256)], []byte("mimetype"+mediaType)) {
		return true
	}
	if bytes.Contains(head[:min(n, 256)], []byte("mimetypeapplication/")) {
		return false // a text, a drawing
	}
	a, fault := zipped.Open(src) // packed again by another program
	if fault != nil || !a.Has("content.xml") {
		return false
	}
	if !a.Has("mimetype") {
		manifest, _ := a.Small("META-INF/manifest.xml", 1<<20)
		return bytes.Contains(manifest, []byte(`"`+mediaType+`"`))
	}
	kind, _ := a.Small("mimetype", 1<<10)
	return bytes.HasPrefix(kind, []byte(mediaType))
}

// isFlat recognises the beginning of a flat document.
func isFlat(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	return bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")) &&
		bytes.Contains(head, []byte("<office:document")) && bytes.Contains(head, []byte(mediaType))
}

// Reader reads OpenDocument spreadsheets; see table.Reader.
type Reader struct{}

// Open reads the styles and finds the sheets. Faults: EmptyFile, UnknownFormat,
// NeedsPassword, Damaged, Hostile, NoTable, UnreadableFile.
func (Reader) Open(ctx context.Context, src table.Source, opt table.Options) (table.Book, error) {
	b := &book{file: opt.Name, source: src, styles: styles{}, partial: opt.Partial}
	return table.OpenBook(ctx, src, opt, b, func() *table.Fault { return b.open(ctx) })
}

// book is an opened document.
type book struct {
	file    string
	source  table.Source
	archive *zipped.Archive // nil for a flat document
	content []byte          // the content part, if it is small
	styles  styles
	sheets  []table.Sheet
	partial bool // a content that is cut short is no fault before its rows
}

func (b *book) Info() table.Info {
	if b.archive == nil {
		return table.Info{Format: "fods"}
	}
	return table.Info{Format: "ods"}
}

func (b *book) Sheets() []table.Sheet { return b.sheets }
func (b *book) Close() error          { return nil }

// open tells the two forms apart and reads what stands before the rows.
func (b *book) open(ctx context.Context) *table.Fault {
	head := make([]byte, min(4<<10, b.source.Size()))
	n, err := b.source.ReadAt(head, 0)
	switch {
	case err != nil && err != io.EOF:
		return &table.Fault{Kind: table.UnreadableFile, Err: err}
	case zipped.IsZip(head):
		if fault := b.openZip(); fault != nil {
			return fault
		}
	case !isFlat(head[:n]):
		return &table.Fault{Kind: table.UnknownFormat}
	}
	r, fault := b.at(0)
	if fault != nil {
		return fault
	}
	defer r.Close()
	return b.index(ctx, xmlscan.New(r, 64<<10))
}

// openZip reads the parts beside the content.
func (b *book) openZip() *table.Fault {
	a, fault := zipped.Open(b.source)
	if fault != nil {
		return fault
	}
	b.archive = a
	manifest, fault := a.Small("META-INF/manifest.xml", maxSmall)
	if fault != nil && !b.spared(fault) {
		return fault
	}
	if bytes.Contains(manifest, []byte("encryption-data")) {
		return &table.Fault{Kind: table.NeedsPassword}
	}
	if !a.Has("content.xml") {
		return &table.Fault{Kind: table.UnknownFormat}
	}
	common, fault := a.Small("styles.xml", maxSmall)
	if fault != nil && !b.spared(fault) {
		return fault
	}
	if len(common) > 0 { // without them numbers stay numbers
		b.readStyles(xmlscan.New(bytes.NewReader(common), 16<<10))
	}
	if size := a.Size("content.xml"); size <= keptInside {
		if b.content, fault = a.Small("content.xml", keptInside); b.spared(fault) {
			b.content, fault = nil, nil
		}
	} else {
		fault = nil
	}
	return fault
}

// spared reports whether a fault is one that a person agreed to read on after.
func (b *book) spared(fault *table.Fault) bool {
	return b.partial && fault != nil && fault.Kind == table.Damaged
}

// at opens the content at an offset in bytes.
func (b *book) at(offset int64) (io.ReadCloser, *table.Fault) {
	if b.archive == nil {
		return io.NopCloser(io.NewSectionReader(b.source, offset, b.source.Size()-offset)), nil
	}
	if b.content != nil {
		return io.NopCloser(bytes.NewReader(b.content[min(offset, int64(len(b.content))):])), nil
	}
	r, fault := b.archive.Part("content.xml")
	if fault != nil {
		return nil, fault
	}
	if _, err := io.CopyN(io.Discard, r, offset); err != nil {
		r.Close()
		return nil, zipped.FaultOf(err)
	}
	return r, nil
}

// readStyles takes the styles of a part.
func (b *book) readStyles(s *xmlscan.Scanner) {
	for {
		switch s.Next() {
		case xmlscan.StartTag:
			b.styles.element(s)
		case xmlscan.EndOfFile:
			return
		}
	}
}

// index finds the styles and sheets in the content.
func (b *book) index(ctx context.Context, s *xmlscan.Scanner) *table.Fault {
	for {
		before := s.Offset()
		switch s.Next() {
		case xmlscan.StartTag:
			switch string(s.Name) {
			case "table":
				if len(b.sheets) >= maxSheets || ctx.Err() != nil {
					return &table.Fault{Kind: table.Hostile}
				}
				b.sheets = append(b.sheets, &sheet{
					SheetFacts: table.SheetFacts{File: b.file, Title: xmlscan.AttrText(s.Attr("name")), Unseen: b.styles[string(s.Attr("style-name"))].hidden},
					book:       b, offset: before,
				})
				s.SkipFast()
			case "tracked-changes", "forms", "scripts", "font-face-decls", "settings", "meta":
				s.Skip()
			default:
				b.styles.element(s)
			}
		case xmlscan.EndOfFile:
			if fault := scanFault(s.Failed); fault != nil && (!b.spared(fault) || len(b.sheets) == 0) {
				return fault
			}
			if len(b.sheets) == 0 {
				return &table.Fault{Kind: table.NoTable}
			}
			return nil
		}
	}
}

// scanFault makes a fault of how a scan ended, nil when it ended well.
func scanFault(err error) *table.Fault {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, xmlscan.ErrHostile):
		return &table.Fault{Kind: table.Hostile, Err: err}
	case errors.Is(err, xmlscan.ErrSyntax):
		return &table.Fault{Kind: table.Damaged, Err: err}
	}
	return zipped.FaultOf(err)
}
