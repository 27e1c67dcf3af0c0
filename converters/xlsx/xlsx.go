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
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
	"github.com/richardlehane/mscfb"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
	"chasqui/converters/xmlscan"
)

// Bounds of a workbook as a container.
const (
	maxParts      = 20000     // files in the zip
	maxSheets     = 4096      // sheets read
	maxSmallPart  = 64 << 20  // bytes of styles, workbook and relations, inflated
	defaultMemory = 192 << 20 // table.Options.MaxMemory's default
	// A sheet may inflate freely up to freeInflate bytes; beyond, more than
	// maxRatio times its packed size is a bomb. Real sheets of empty formatted
	// rows reach 200; deflate's own limit is 1032.
	freeInflate = 256 << 20
	maxRatio    = 400
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
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return false
	}
	archive, err := zip.NewReader(src, src.Size())
	if err != nil {
		return bytes.Contains(head, []byte("[Content_Types].xml")) || bytes.Contains(head, []byte("xl/"))
	}
	for _, f := range archive.File {
		if name := cleanName(f.Name); strings.HasSuffix(name, "workbook.xml") || strings.HasSuffix(name, "workbook.bin") ||
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
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	place := table.Place{File: opt.Name}
	head := make([]byte, min(8, src.Size()))
	if n, err := src.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, &table.Fault{Kind: table.UnreadableFile, Place: place, Err: err}
	} else if n == 0 {
		return nil, &table.Fault{Kind: table.EmptyFile, Place: place}
	}
	if isOLE2(head) {
		return nil, oleFault(src, place)
	}
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return nil, &table.Fault{Kind: table.UnknownFormat, Place: place}
	}
	archive, err := zip.NewReader(src, src.Size())
	if err != nil {
		return nil, &table.Fault{Kind: containerFault(err), Place: place, Err: err}
	}
	if len(archive.File) > maxParts {
		return nil, &table.Fault{Kind: table.Hostile, Place: place}
	}
	archive.RegisterDecompressor(zip.Deflate, flate.NewReader)
	b := &book{file: opt.Name, archive: archive, memory: opt.MaxMemory, partial: opt.Partial, parts: map[string]*zip.File{}}
	if b.memory <= 0 {
		b.memory = defaultMemory
	}
	for _, f := range archive.File {
		name := cleanName(f.Name)
		if _, twice := b.parts[name]; !twice {
			b.parts[name] = f
		}
	}
	fault := b.readWorkbook()
	if failed := b.sourceFault(); failed != nil {
		fault = failed
	}
	if fault != nil {
		fault.Place = place
		return nil, fault
	}
	return b, nil
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

// containerFault tells a cut or corrupt zip from a source that fails.
func containerFault(err error) table.FaultKind {
	for _, own := range [...]error{zip.ErrFormat, zip.ErrChecksum, zip.ErrAlgorithm, io.EOF, io.ErrUnexpectedEOF} {
		if errors.Is(err, own) {
			return table.Damaged
		}
	}
	return table.UnreadableFile
}

// oleFault says what a compound file holds: an encrypted workbook or one of
// the binary formats before 2007.
func oleFault(src table.Source, place table.Place) *table.Fault {
	doc, err := mscfb.New(io.NewSectionReader(src, 0, src.Size()))
	if err != nil {
		return &table.Fault{Kind: table.Damaged, Place: place, Err: err}
	}
	for _, entry := range doc.File {
		switch entry.Name {
		case "EncryptedPackage", "EncryptionInfo":
			return &table.Fault{Kind: table.NeedsPassword, Place: place, Args: map[string]string{"format": "xlsx"}}
		case "Workbook", "Book":
			return &table.Fault{Kind: table.Unsupported, Place: place, Args: map[string]string{"format": "xls"}}
		}
	}
	return &table.Fault{Kind: table.UnknownFormat, Place: place}
}

// cleanName makes a part's name comparable: forward slashes, no leading one,
// lower case, as some writers differ in all three.
func cleanName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean(strings.ReplaceAll(name, "\\", "/")), "/"))
}

// book is an opened workbook.
type book struct {
	file       string
	archive    *zip.Reader
	memory     int64
	partial    bool // lost parts of the shared strings are no fault
	parts      map[string]*zip.File
	since1904  bool
	sheets     []table.Sheet
	formats    []numfmt.Format
	small      []*xmlscan.Scanner                  // of the parts read while opening
	unreadable *table.Fault                        // of the first of them that the source did not give
	strings    func() (*stringTable, *table.Fault) // reads them on first use
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
	if b.parts[main] == nil {
		main = b.findWorkbook()
	}
	if strings.HasSuffix(main, ".bin") {
		return &table.Fault{Kind: table.Unsupported, Args: map[string]string{"format": "xlsb"}}
	}
	if b.parts[main] == nil && b.partial {
		return b.usualSheets()
	}
	if b.parts[main] == nil {
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
	b.strings = sync.OnceValues(func() (*stringTable, *table.Fault) { return b.loadStrings(stringPart) })
	return b.readSheets(b.scan(main), relations)
}

// findWorkbook looks for the main part where no relation tells it.
func (b *book) findWorkbook() string {
	for name := range b.parts {
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
			if string(s.Name) == "Relationship" && len(found) < maxParts {
				target := attrText(s.Attr("Target"))
				if !strings.HasPrefix(target, "/") {
					target = path.Join(dir, target)
				}
				found[string(s.Attr("Id"))] = relation{attrText(s.Attr("Type")), cleanName(target)}
			}
		case xmlscan.EndOfFile:
			return found
		}
	}
	return found
}

// scan opens a small part, nil when it is missing.
func (b *book) scan(part string) *xmlscan.Scanner {
	f := b.parts[cleanName(part)]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		b.noteUnreadable(&table.Fault{Kind: containerFault(err), Err: err})
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
					book: b, name: attrText(s.Attr("name")), part: r.target,
					visible: state != "hidden" && state != "veryHidden",
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
func (b *book) loadStrings(part string) (*stringTable, *table.Fault) {
	f := b.parts[part]
	if f == nil {
		return &stringTable{}, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, &table.Fault{Kind: containerFault(err), Err: err}
	}
	declared := int64(min(f.UncompressedSize64, 1<<40))
	t, fault := readStrings(newScanner(guard(r, f), 64<<10), declared, b.memory)
	if b.partial && fault != nil && fault.Kind == table.Damaged {
		t.ends = t.ends[:max(len(t.ends)-1, 0)] // the last one may have ended early
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
	var corrupt flate.CorruptInputError
	if errors.As(s.Failed, &corrupt) {
		return &table.Fault{Kind: table.Damaged, Err: s.Failed}
	}
	return &table.Fault{Kind: containerFault(s.Failed), Err: s.Failed}
}

// inflateGuard ends a part that inflates beyond all proportion.
type inflateGuard struct {
	src  io.Reader
	left int64
}

// guard bounds what a part inflates to by its packed size.
func guard(r io.Reader, f *zip.File) io.Reader {
	packed := int64(min(f.CompressedSize64, 1<<40))
	return &inflateGuard{src: r, left: max(freeInflate, packed*maxRatio)}
}

// Read counts; see io.Reader.
func (g *inflateGuard) Read(p []byte) (int, error) {
	n, err := g.src.Read(p)
	if g.left -= int64(n); g.left < 0 {
		return 0, xmlscan.ErrHostile
	}
	return n, err
}
