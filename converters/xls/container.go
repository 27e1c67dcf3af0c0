package xls

import (
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/richardlehane/mscfb"

	"chasqui/converters/table"
)

// oleSignature opens every compound file ([MS-CFB] 2.2).
var oleSignature = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

// stream is the workbook's bytes: read on, or from another place.
type stream interface {
	io.Reader
	io.Seeker
}

// container is what matters of a compound file.
type container struct {
	workbook  *mscfb.File // nil when it holds no workbook
	encrypted bool        // it holds an OOXML workbook with a password
}

// openContainer reads the directory. The error says why the file is no whole
// compound file: cyclic chains and sectors beyond the end among others.
func openContainer(src table.Source) (c container, err error) {
	doc, err := mscfb.New(src)
	if err != nil {
		return c, err
	}
	for _, f := range doc.File {
		switch {
		case f.Name == "EncryptedPackage" || f.Name == "EncryptionInfo":
			c.encrypted = true
		case len(f.Path) > 0 || f.FileInfo().IsDir():
		case f.Name == "Workbook", f.Name == "Book" && c.workbook == nil:
			c.workbook = f
		case (f.Name == "WORKBOOK" || f.Name == "BOOK") && c.workbook == nil:
			c.workbook = f
		}
	}
	if c.workbook != nil && c.workbook.Size > src.Size() {
		return c, fmt.Errorf("a stream of %d bytes in a file of %d", c.workbook.Size, src.Size())
	}
	return c, nil
}

// cursor returns the workbook's stream at its beginning, apart from others.
func (c container) cursor() stream {
	own := *c.workbook
	return &own
}

// bare is a workbook's stream without a container.
type bare struct {
	src      io.ReaderAt
	at, size int64
}

// Read reads on; see io.Reader.
func (b *bare) Read(p []byte) (int, error) {
	if b.at >= b.size {
		return 0, io.EOF
	}
	n, err := b.src.ReadAt(p[:min(int64(len(p)), b.size-b.at)], b.at)
	b.at += int64(n)
	if n > 0 && err == io.EOF {
		err = nil
	}
	return n, err
}

// Seek goes to an offset from the beginning; see io.Seeker.
func (b *bare) Seek(offset int64, _ int) (int64, error) {
	b.at = offset
	return offset, nil
}

// Pages of the source that are kept. A chain of sectors is followed by reads of
// four bytes each, and sectors are read one by one: pages make few reads of both.
const (
	pageSize  = 64 << 10
	pageCount = 8
)

// page is one stretch of the source.
type page struct {
	at   int64 // -1: none
	data []byte
	used uint64
}

// pages keeps the stretches of a source that were read last. It remembers the
// first error of the source, which the container's reader words anew.
type pages struct {
	src   table.Source
	mu    sync.Mutex
	kept  [pageCount]page
	clock uint64
	err   error
}

func newPages(src table.Source) *pages {
	p := &pages{src: src}
	for i := range p.kept {
		p.kept[i].at = -1
	}
	return p
}

// Size returns the source's size in bytes.
func (p *pages) Size() int64 { return p.src.Size() }

// failed returns the first error of the source, nil when it had none.
func (p *pages) failed() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}

// ReadAt reads through the pages; see io.ReaderAt.
func (p *pages) ReadAt(b []byte, off int64) (n int, err error) {
	if off < 0 || off >= p.Size() {
		return 0, io.EOF
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for n < len(b) {
		at := off + int64(n)
		data, err := p.page(at / pageSize * pageSize)
		if err != nil {
			return n, err
		}
		inside := int(at % pageSize)
		if inside >= len(data) {
			return n, io.EOF
		}
		n += copy(b[n:], data[inside:])
	}
	return n, nil
}

// page returns the page that starts at the offset; the source's last is short.
func (p *pages) page(at int64) ([]byte, error) {
	p.clock++
	oldest := 0
	for i := range p.kept {
		if p.kept[i].at == at {
			p.kept[i].used = p.clock
			return p.kept[i].data, nil
		}
		if p.kept[i].used < p.kept[oldest].used {
			oldest = i
		}
	}
	k := &p.kept[oldest]
	if k.data == nil {
		k.data = make([]byte, pageSize)
	}
	n, err := p.src.ReadAt(k.data[:pageSize], at)
	if err != nil && !errors.Is(err, io.EOF) {
		k.at = -1
		if p.err == nil {
			p.err = err
		}
		return nil, err
	}
	k.at, k.data, k.used = at, k.data[:n], p.clock
	return k.data, nil
}
