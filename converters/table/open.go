package table

import (
	"context"
	"path"
	"strings"
)

// defaultMemory is what a reader may keep where nobody bounds it, in bytes.
const defaultMemory = 192 << 20

// MemoryLimit is MaxMemory, or its default.
func (o Options) MemoryLimit() int64 {
	if o.MaxMemory <= 0 {
		return defaultMemory
	}
	return o.MaxMemory
}

// Stem is the file's name without its ending: what a sheet is called in a format
// that gives it no name.
func (o Options) Stem() string { return strings.TrimSuffix(path.Base(o.Name), path.Ext(o.Name)) }

// OpenBook is what every Reader's Open does beside its format: open fills book or
// says what is wrong. A context that has ended counts more than a fault; a source
// without bytes is EmptyFile; a fault says which file it is.
func OpenBook(ctx context.Context, src Source, opt Options, book Book, open func() *Fault) (Book, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	fault := &Fault{Kind: EmptyFile}
	if src.Size() > 0 {
		fault = open()
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if fault != nil {
		fault.Place = Place{File: opt.Name}
		return nil, fault
	}
	return book, nil
}
