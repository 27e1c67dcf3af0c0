package geo

import (
	"bytes"
	"context"
	"io"
	"iter"
	"path"
	"strings"
	"unsafe"

	"chasqui/converters/dbf"
	"chasqui/converters/table"
	"chasqui/converters/zipped"
)

// Bounds of a shapefile.
const (
	maxBeside = 1 << 20   // bytes of the projection and the code page
	maxTable  = 128 << 20 // bytes of the attributes, which are kept in memory
)

// The notices of a shapefile.
const (
	NoticeToDegrees     = "projected_to_degrees" // the grid's metres became degrees; Args: name
	NoticeNoProjection  = "projection_missing"   // no .prj says what the coordinates are
	NoticeProjection    = "projection_kept"      // coordinates stand as they are in a projection or datum that is not read; Args: name
	NoticeShapesMissing = "shapes_missing"       // Count records have no shape of theirs
)

// Sniff reports whether the content is a zip with one shapefile in it.
func Sniff(src table.Source) bool {
	head := make([]byte, min(4, src.Size()))
	n, _ := src.ReadAt(head, 0)
	if !zipped.IsZip(head[:n]) {
		return false
	}
	a, fault := zipped.Open(src)
	return fault == nil && stem(a) != ""
}

// stem returns what the names of the one shapefile's parts have in common, ""
// where there is none or more than one.
func stem(a *zipped.Archive) string {
	found := ""
	for _, name := range a.Names() {
		base := strings.TrimSuffix(name, ".shp")
		if base == name || strings.HasPrefix(path.Base(name), ".") || !a.Has(base+".dbf") {
			continue
		}
		if found != "" {
			return ""
		}
		found = base
	}
	return found
}

// Reader reads a shapefile in a zip (ESRI Shapefile Technical Description, 1998):
// a row a record of the .dbf, with its shape as well-known text in a last column
// called geometry. Degrees of WGS 84 stay, metres of a UTM zone on it become
// degrees; in any other projection the coordinates stand as they are, and a
// notice says so. The attributes are kept in memory, the shapes stream. See
// table.Reader.
type Reader struct{}

// Open reads the attributes and the projection. Faults: those of package dbf,
// UnknownFormat, TooLarge (attributes beyond 128 MiB), Hostile.
func (Reader) Open(ctx context.Context, src table.Source, opt table.Options) (table.Book, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b, fault := open(ctx, src, opt)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if fault != nil {
		fault.Place = table.Place{File: opt.Name}
		return nil, fault
	}
	return b, nil
}

// open finds the parts.
func open(ctx context.Context, src table.Source, opt table.Options) (*book, *table.Fault) {
	if src.Size() == 0 {
		return nil, &table.Fault{Kind: table.EmptyFile}
	}
	a, fault := zipped.Open(src)
	if fault != nil {
		return nil, fault
	}
	base := stem(a)
	if base == "" {
		return nil, &table.Fault{Kind: table.UnknownFormat}
	}
	if a.Size(base+".dbf") > maxTable {
		return nil, &table.Fault{Kind: table.TooLarge}
	}
	attributes, fault := a.Small(base+".dbf", maxTable)
	if fault != nil {
		return nil, fault
	}
	projection, fault := a.Small(base+".prj", maxBeside)
	if fault != nil {
		return nil, fault
	}
	opt.Beside = func(ext string) table.Source {
		if content, fault := a.Small(base+ext, maxBeside); fault == nil && len(content) > 0 {
			return bytes.NewReader(content)
		}
		return nil
	}
	opt.Name = path.Base(base) + ".dbf"
	inner, err := dbf.Reader{KeepDeleted: true}.Open(ctx, bytes.NewReader(attributes), opt)
	if f, ok := err.(*table.Fault); ok {
		return nil, f
	} else if err != nil {
		return nil, &table.Fault{Kind: table.UnreadableFile, Err: err}
	}
	b := &book{Book: inner, archive: a, part: base + ".shp", projection: readProjection(string(projection))}
	b.layer = &layer{Sheet: inner.Sheets()[0], book: b}
	return b, nil
}

// book is an opened shapefile.
type book struct {
	table.Book
	archive    *zipped.Archive
	part       string
	projection projection
	layer      *layer
}

// Info says what the attributes' format does not.
func (b *book) Info() table.Info {
	info := b.Book.Info()
	info.Format = "shapefile"
	return info
}

// Sheets returns the one layer.
func (b *book) Sheets() []table.Sheet { return []table.Sheet{b.layer} }

// layer is the attributes with their shapes.
type layer struct {
	table.Sheet
	book    *book
	missing int
	walked  bool
}

// Notices adds what is to say of the shapes to what the attributes have.
func (l *layer) Notices() []table.Notice {
	notices := append([]table.Notice(nil), l.Sheet.Notices()...)
	if !l.walked {
		return notices
	}
	if n := l.book.projection.notice(); n.Code != "" {
		notices = append(notices, n)
	}
	if l.missing > 0 {
		notices = append(notices, table.Notice{Code: NoticeShapesMissing, Count: l.missing})
	}
	return notices
}

// Rows yields the fields' names and the records with their shapes; see
// table.Sheet. Faults: Damaged, Hostile, UnreadableFile.
func (l *layer) Rows(ctx context.Context) iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		l.missing, l.walked = 0, true
		src, fault := l.book.archive.Part(l.book.part)
		if fault != nil {
			yield(table.Row{}, fault)
			return
		}
		defer src.Close()
		r := &rowReader{layer: l, shapes: newShapes(src, l.book.projection)}
		for row, err := range l.Sheet.Rows(ctx) {
			if err == nil {
				row, err = r.row(row)
			}
			if err != nil {
				yield(table.Row{}, err)
				return
			}
			if row.Hidden {
				continue // deleted, and its shape with it
			}
			if !yield(row, nil) {
				return
			}
		}
		if _, err := io.Copy(io.Discard, src); err != nil { // a part that was cut is no whole one
			yield(table.Row{}, zipped.FaultOf(err))
		}
	}
}

// rowReader puts records and shapes together.
type rowReader struct {
	layer   *layer
	shapes  *shapes
	cells   []table.Cell
	text    []byte
	width   int // columns of the attributes
	deleted int
	ended   bool
}

// row appends the shape of a record; the first row gets the column's name.
func (r *rowReader) row(row table.Row) (table.Row, error) {
	if r.width == 0 {
		r.width = len(row.Cells)
		r.cells = append(append(r.cells, row.Cells...), table.Cell{Kind: table.Text, Text: "geometry", Hint: table.Bold})
		row.Cells = r.cells
		return row, nil
	}
	var fault *table.Fault
	if !r.ended {
		r.text, r.ended, fault = r.shapes.next(r.text[:0])
	}
	if fault != nil {
		fault.Place.Row = row.Number
		return row, fault
	}
	if row.Hidden {
		r.deleted++
		return row, nil
	}
	row.Number -= r.deleted
	if r.ended {
		r.layer.missing++
		return row, nil
	}
	if len(r.text) == 0 {
		return row, nil
	}
	r.cells = append(r.cells[:0], row.Cells...)
	for len(r.cells) < r.width {
		r.cells = append(r.cells, table.Cell{})
	}
	r.cells = append(r.cells, table.Cell{Kind: table.Text, Text: unsafe.String(&r.text[0], len(r.text))})
	row.Cells = r.cells
	return row, nil
}
