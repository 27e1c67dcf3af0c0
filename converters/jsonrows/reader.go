package jsonrows

import (
	"bytes"
	"context"
	"errors"
	"io"

	"chasqui/converters/charset"
	"chasqui/converters/table"
)

// Sniff reports whether the content is JSON that can hold records: an object,
// or an array of objects or arrays.
func Sniff(src table.Source) bool {
	head := make([]byte, min(4<<10, src.Size()))
	n, _ := src.ReadAt(head, 0)
	head = bytes.TrimPrefix(head[:n], []byte("\xef\xbb\xbf"))
	head = bytes.ReplaceAll(bytes.TrimPrefix(head, []byte("\xff\xfe")), []byte{0}, nil)
	head = bytes.TrimLeft(head, blanks)
	if len(head) < 2 {
		return false
	}
	inside := bytes.TrimLeft(head[1:], blanks)
	switch {
	case len(inside) == 0:
		return false
	case head[0] == '[':
		return inside[0] == '{' || inside[0] == '['
	case head[0] != '{' || inside[0] != '"':
		return false
	}
	end := bytes.IndexByte(inside[1:], '"')
	return end >= 0 && bytes.HasPrefix(bytes.TrimLeft(inside[end+2:], blanks), []byte(":"))
}

const blanks = " \t\r\n"

// form is how a file holds its records.
type form uint8

const (
	objects form = iota // an array of objects
	arrays              // an array of arrays, the names in the first
	lines               // objects behind each other: NDJSON, or one alone
	feature             // the features of GeoJSON (RFC 7946)
)

// Reader reads JSON: an array of objects or of arrays, the first such array
// inside an object (as APIs wrap their answers), objects behind each other
// (NDJSON), and GeoJSON. The names of arrays may stand in a list beside them.
//
// The columns are all keys of all records in the order in which they appear;
// the first row holds their names. Objects inside records become columns
// "outer.inner", arrays stay as JSON text. GeoJSON's properties stand without
// their prefix; the geometry is JSON text, or "lon,lat" where all are points.
// The file is walked twice: once for the keys. See table.Reader.
type Reader struct{}

// Open finds where the records are. Faults: EmptyFile, UnknownFormat, Damaged,
// Hostile (a record beyond 16 MiB), UnreadableFile.
func (Reader) Open(ctx context.Context, src table.Source, opt table.Options) (table.Book, error) {
	b := &book{}
	b.sheet = &sheet{SheetFacts: table.SheetFacts{File: opt.Name, Title: opt.Stem(), Flat: true}, book: b}
	return table.OpenBook(ctx, src, opt, b, func() *table.Fault { return b.open(src, opt.Encoding) })
}

// book is an opened file.
type book struct {
	text   charset.Text
	form   form
	offset int64    // of the first record in the decoded text
	names  []string // of the columns of arrays, where a list beside them says them
	listed int64    // where that list is, 0 without one
	sheet  *sheet
}

func (b *book) Info() table.Info {
	name := map[form]string{lines: "ndjson", feature: "geojson"}[b.form]
	if name == "" {
		name = "json"
	}
	return table.Info{Format: name, Encoding: b.text.Encoding, BOM: b.text.BOM}
}
func (b *book) Sheets() []table.Sheet { return []table.Sheet{b.sheet} }
func (b *book) Close() error          { return nil }

// open chooses the encoding and finds the records.
func (b *book) open(src table.Source, encoding string) *table.Fault {
	var err error
	if b.text, err = charset.NewText(src, src.Size(), encoding); err != nil {
		return &table.Fault{Kind: table.UnreadableFile, Err: err}
	}
	w, err := b.window(0)
	if err != nil {
		return faultOf(err)
	}
	return faultOf(b.find(w))
}

// window decodes the text from an offset in bytes.
func (b *book) window(offset int64) (*window, error) {
	r, err := b.text.From(offset)
	if err != nil {
		return nil, err
	}
	return newWindow(r), nil
}

// faultOf makes a fault of an error, nil of none.
func faultOf(err error) *table.Fault {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errLong):
		return &table.Fault{Kind: table.Hostile, Err: err}
	case errors.Is(err, errSyntax), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &table.Fault{Kind: table.Damaged, Err: err}
	}
	return &table.Fault{Kind: table.UnreadableFile, Err: err}
}

// find decides how the file holds its records and where they begin.
func (b *book) find(w *window) error {
	c, err := w.peek()
	if err != nil {
		return err
	}
	if c == '[' {
		return b.enter(w, objects)
	}
	if c != '{' {
		return errSyntax
	}
	start := w.offset()
	first, err := w.value()
	switch {
	case errors.Is(err, errLong): // an object that wraps it all
	case err != nil:
		return err
	default:
		if next, err := w.peek(); err == nil && next == '{' || !bytes.Contains(first, []byte("[")) {
			b.form, b.offset = lines, start
			return nil
		} else if err != nil && err != io.EOF {
			return err
		}
	}
	again, err := b.window(start)
	if err != nil {
		return err
	}
	again.before = start
	found, err := b.unwrap(again, 0)
	if err == nil && !found && b.listed > 0 {
		return b.enterListed()
	}
	if err == nil && !found {
		b.form, b.offset = lines, start
	}
	return err
}

// maxWrap is how deep an array of records may lie in objects.
const maxWrap = 6

// unwrap walks an object to the first array of records in it.
func (b *book) unwrap(w *window, depth int) (found bool, err error) {
	if err := w.expect('{'); err != nil {
		return false, err
	}
	kind := objects
	for {
		c, err := w.peek()
		if err != nil {
			return false, err
		}
		if c == '}' {
			return false, w.expect('}')
		}
		if c == ',' {
			if err := w.expect(','); err != nil {
				return false, err
			}
			continue
		}
		key, err := w.value()
		if err != nil {
			return false, err
		}
		if string(key) == `"features"` {
			kind = feature
		}
		if err := w.expect(':'); err != nil {
			return false, err
		}
		if isListKey(string(key)) && b.names == nil {
			if listed, err := b.list(w); err != nil {
				return false, err
			} else if listed {
				continue
			}
		}
		found, err := b.unwrapValue(w, depth, kind)
		if found || err != nil {
			return found, err
		}
	}
}

// unwrapValue looks at one value of an object.
func (b *book) unwrapValue(w *window, depth int, kind form) (found bool, err error) {
	c, err := w.peek()
	switch {
	case err != nil:
		return false, err
	case c == '[' && w.holdsRecords():
		return true, b.enter(w, kind)
	case c == '{' && depth < maxWrap:
		return b.unwrap(w, depth+1)
	}
	_, err = w.value()
	return false, err
}

// enter goes into the array of records.
func (b *book) enter(w *window, kind form) error {
	if err := w.expect('['); err != nil {
		return err
	}
	c, err := w.peek()
	if err != nil {
		return err
	}
	b.form, b.offset = kind, w.offset()
	switch c {
	case '[':
		b.form = arrays
		if first, err := w.value(); err != nil || !fits(b.names, first) {
			b.names = nil
		}
	case '{', ']':
	default:
		return errSyntax
	}
	return nil
}
