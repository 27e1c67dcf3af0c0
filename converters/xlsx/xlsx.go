// Package xlsx reads and writes Office Open XML workbooks (ECMA-376, transitional and
// strict): xlsx, xlsm, xltx are read, xlsx is written (NewWriter in writer.go).
//
// Rows stream straight from the zip through a scanner that builds no XML, so
// memory is the shared strings plus some buffers, whatever the number of rows.
// Start with Reader.Open, then sheet.Rows in rows.go. What is seen but not
// read: charts, comments, macros, pivot caches, conditional formats. A workbook
// with a password and an old .xls, both OLE2 containers, end in faults of
// their own.
package xlsx

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"strings"
	"sync"

	"github.com/richardlehane/mscfb"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
	"chasqui/converters/xmlscan"
	"chasqui/converters/zipped"
)

// Bounds of a workbook as a container.
const (
	maxRelations = 20000    // targets of one part
	maxSheets    = 4096     // sheets read
	maxSmallPart = 64 << 20 // bytes of styles, workbook and relations, inflated
)

// Sniff reports whether the content is a workbook that Open has an answer for:
// OOXML, whole or cut short, or an OLE2 container, whose Fault says more.
func Sniff(src table.Source) bool {
	head := make([]byte, min(8<<10, src.Size()))
	n, _ := src.ReadAt(head, 0)
	head = head[:n]
	if isOLE2(head) {
		return true
	}
	if !zipped.IsZip(head) {
		return false
	}
	archive, fault := zipped.Open(src)
	if fault != nil {
		return bytes.Contains(head, []byte("[Content_Types].xml")) || bytes.Contains(head, []byte("xl/"))
	}
	for _, name := range archive.Names() {
		if strings.HasSuffix(name, "workbook.xml") || strings.HasSuffix(name, "workbook.bin") ||
			strings.HasPrefix(name, "xl/worksheets/") {
			return true
		}
	}
	return false
}

// isOLE2 recognises a compound file by its signature.
func isOLE2(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
}

// Reader reads OOXML workbooks; see table.Reader.
type Reader struct{}

// Open reads the workbook's structure. Faults: EmptyFile, UnknownFormat,
// NeedsPassword, Unsupported (format xls or xlsb), Damaged, Hostile,
// UnreadableFile.
func (Reader) Open(ctx context.Context, src table.Source, opt table.Options) (table.Book, error) {
	b := &book{file: opt.Name, memory: opt.MemoryLimit(), partial: opt.Partial}
	return table.OpenBook(ctx, src, opt, b, func() *table.Fault { return b.open(src) })
}

// open tells a workbook from what is none and reads its structure.
func (b *book) open(src table.Source) *table.Fault {
	head := make([]byte, min(8, src.Size()))
	if _, err := src.ReadAt(head, 0); err != nil && err != io.EOF {
		return &table.Fault{Kind: table.UnreadableFile, Err: err}
	}
	if isOLE2(head) {
		return oleFault(src)
	}
	if !zipped.IsZip(head) {
		return &table.Fault{Kind: table.UnknownFormat}
	}
	archive, fault := zipped.Open(src)
	if fault != nil {
		return fault
	}
	b.archive = archive
	fault = b.readWorkbook()
	if failed := b.sourceFault(); failed != nil {
		fault = failed
	}
	return fault
}

// sourceFault returns the fault of the first small part that the source failed
// to give. A part that is merely broken is no fault: the rows may do without.
func (b *book) sourceFault() *table.Fault {
	for _, s := range b.small {
		b.noteUnreadable(scanFault(s))
	}
	b.small = nil
	return b.unreadable
}

// noteUnreadable keeps the first fault that is the source's.
func (b *book) noteUnreadable(f *table.Fault) {
	if b.unreadable == nil && f != nil && f.Kind == table.UnreadableFile {
		b.unreadable = f
	}
}

// oleFault says what a compound file holds: an encrypted workbook or one of
// the binary formats before 2007.
func oleFault(src table.Source) *table.Fault {
	doc, err := mscfb.New(io.NewSectionReader(src, 0, src.Size()))
	if err != nil {
		return &table.Fault{Kind: table.Damaged, Err: err}
	}
	for _, entry := range doc.File {
		switch entry.Name {
		case "EncryptedPackage", "EncryptionInfo":
			return &table.Fault{Kind: table.NeedsPassword, Args: map[string]string{"format": "xlsx"}}
		case "Workbook", "Book":
			return &table.Fault{Kind: table.Unsupported, Args: map[string]string{"format": "xls"}}
		}
	}
	return &table.Fault{Kind: table.UnknownFormat}
}

// book is an opened workbook.
type book struct {
	file       string
	archive    *zipped.Archive
	memory     int64
	partial    bool // lost parts of the shared strings are no fault
	since1904  bool
	sheets     []table.Sheet
	formats    []numfmt.Format
	invalid    int                                 // bytes of the shared strings that are no UTF-8
	small      []*xmlscan.Scanner                  // of the parts read while opening
	unreadable *table.Fault                        // of the first of them that the source did not give
	strings    func() (*table.Texts, *table.Fault) // reads them on first use
}

func (b *book) Info() table.Info      { return table.Info{Format: "xlsx"} }
func (b *book) Sheets() []table.Sheet { return b.sheets }
func (b *book) Close() error          { return nil }

// relation is one target of a part.
type relation struct{ kind, target string }

// readWorkbook finds the parts and lists the sheets.
func (b *book) readWorkbook() *table.Fault {
	main := "xl/workbook.xml"
	for _, r := range b.relations("") {
		if path.Base(r.kind) == "officeDocument" {
			main = r.target
		}
	}
	if !b.archive.Has(main) {
		main = b.findWorkbook()
	}
	if strings.HasSuffix(main, ".bin") {
		return &table.Fault{Kind: table.Unsupported, Args: map[string]string{"format": "xlsb"}}
	}
	if !b.archive.Has(main) && b.partial {
		return b.usualSheets()
	}
	if !b.archive.Has(main) {
		return &table.Fault{Kind: table.UnknownFormat}
	}
	relations := b.relations(main)
	if len(relations) == 0 && b.partial {
		return b.usualSheets()
	}
	stringPart := ""
	for _, r := range relations {
		switch path.Base(r.kind) {
		case "styles":
			if s := b.scan(r.target); s != nil {
				b.formats = readStyles(s)
			}
		case "sharedStrings":
			stringPart = r.target
		}
	}
	b.strings = sync.OnceValues(func() (*table.Texts, *table.Fault) { return b.loadStrings(stringPart) })
	return b.readSheets(b.scan(main), relations)
}

// findWorkbook looks for the main part where no relation tells it.
func (b *book) findWorkbook() string {
	for _, name := range b.archive.Names() {
		if base := path.Base(name); base == "workbook.xml" || base == "workbook.bin" {
			return name
		}
	}
	return ""
}

// relations returns the targets of a part by their ids, "" meaning the package.
func (b *book) relations(part string) map[string]relation {
	dir, base := path.Split(part)
	s := b.scan(dir + "_rels/" + base + ".rels")
	found := map[string]relation{}
	for s != nil {
		switch s.Next() {
		case xmlscan.StartTag:
			if string(s.Name) == "Relationship" && len(found) < maxRelations {
				target := attrText(s.Attr("Target"))
				if !strings.HasPrefix(target, "/") {
					target = path.Join(dir, target)
				}
				found[string(s.Attr("Id"))] = relation{attrText(s.Attr("Type")), zipped.CleanName(target)}
			}
		case xmlscan.EndOfFile:
			return found
		}
	}
	return found
}

// scan opens a small part, nil when it is missing.
func (b *book) scan(part string) *xmlscan.Scanner {
	if !b.archive.Has(part) {
		return nil
	}
	r, fault := b.archive.Inflate(part)
	if fault != nil {
		b.noteUnreadable(fault)
		return nil
	}
	s := newScanner(io.LimitReader(r, maxSmallPart), 16<<10)
	b.small = append(b.small, s)
	return s
}

// readSheets lists the worksheets of the workbook part.
func (b *book) readSheets(s *xmlscan.Scanner, relations map[string]relation) *table.Fault {
	if s == nil {
		return &table.Fault{Kind: table.Damaged}
	}
	for {
		switch s.Next() {
		case xmlscan.StartTag:
			switch string(s.Name) {
			case "workbookPr":
				b.since1904 = s.Flag("date1904")
			case "sheet":
				r, known := relations[string(s.Attr("id"))]
				if !known || path.Base(r.kind) != "worksheet" || len(b.sheets) >= maxSheets {
					continue
				}
				state := string(s.Attr("state"))
				b.sheets = append(b.sheets, &sheet{
					SheetFacts: table.SheetFacts{File: b.file, Title: attrText(s.Attr("name")), Unseen: state == "hidden" || state == "veryHidden"},
					book:       b, part: r.target,
				})
			}
		case xmlscan.EndOfFile:
			if fault := scanFault(s); fault != nil {
				return fault
			}
			if len(b.sheets) == 0 {
				return &table.Fault{Kind: table.NoTable}
			}
			return nil
		}
	}
}

// loadStrings reads the shared strings; a workbook may have none.
func (b *book) loadStrings(part string) (*table.Texts, *table.Fault) {
	if !b.archive.Has(part) {
		return &table.Texts{}, nil
	}
	r, fault := b.archive.Inflate(part)
	if fault != nil {
		return nil, fault
	}
	defer r.Close()
	s := newScanner(r, 64<<10)
	t, fault := readStrings(s, b.archive.Size(part), b.memory)
	b.invalid = s.Invalid
	if b.partial && fault != nil && fault.Kind == table.Damaged {
		t.DropLast()
		return t, nil
	}
	return t, fault
}

// scanFault makes a fault of how a scan ended, nil when it ended well.
func scanFault(s *xmlscan.Scanner) *table.Fault {
	switch {
	case s.Failed == nil:
		return nil
	case errors.Is(s.Failed, xmlscan.ErrHostile):
		return &table.Fault{Kind: table.Hostile, Err: s.Failed}
	case errors.Is(s.Failed, xmlscan.ErrSyntax):
		return &table.Fault{Kind: table.Damaged, Err: s.Failed}
	}
	return zipped.FaultOf(s.Failed)
}
