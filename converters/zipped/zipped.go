// Package zipped is a leaf that the readers of formats in a zip share: it opens
// the container and its parts within bounds, and says what a failure means.
//
// Start with Open, then Archive.Part.
package zipped

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/flate"

	"chasqui/converters/table"
)

// Bounds of a container.
const (
	maxParts = 20000 // files in the zip
	// A part may inflate freely up to freeInflate bytes; beyond, more than
	// maxRatio times its packed size is a bomb. Real sheets of empty formatted
	// rows reach 200; deflate's own limit is 1032.
	freeInflate = 256 << 20
	maxRatio    = 400
)

// errBomb ends a part that inflates beyond all proportion.
var errBomb = errors.New("a part inflates beyond all proportion")

// IsZip reports whether the bytes begin like a zip with a file in it.
func IsZip(head []byte) bool { return len(head) >= 4 && string(head[:4]) == "PK\x03\x04" }

// Archive is an opened zip.
type Archive struct {
	parts map[string]*zip.File
}

// Open reads the directory. Faults: Damaged, Hostile (too many files),
// UnreadableFile.
func Open(src table.Source) (*Archive, *table.Fault) {
	z, err := zip.NewReader(src, src.Size())
	if err != nil {
		return nil, FaultOf(err)
	}
	if len(z.File) > maxParts {
		return nil, &table.Fault{Kind: table.Hostile}
	}
	z.RegisterDecompressor(zip.Deflate, flate.NewReader)
	a := &Archive{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		name := CleanName(f.Name)
		if _, twice := a.parts[name]; !twice {
			a.parts[name] = f
		}
	}
	return a, nil
}

// CleanName makes a part's name comparable: forward slashes, no leading one, lower
// case, as writers differ in all three.
func CleanName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean(strings.ReplaceAll(name, "\\", "/")), "/"))
}

// Has reports whether there is a part of this name.
func (a *Archive) Has(name string) bool { return a.parts[CleanName(name)] != nil }

// Names returns the names of all parts, lower case with forward slashes, in no
// order.
func (a *Archive) Names() []string {
	names := make([]string, 0, len(a.parts))
	for name := range a.parts {
		names = append(names, name)
	}
	return names
}

// Size returns what the directory says of a part's size, inflated, in bytes; -1
// when there is none. It may lie.
func (a *Archive) Size(name string) int64 {
	f := a.parts[CleanName(name)]
	if f == nil {
		return -1
	}
	return int64(min(f.UncompressedSize64, 1<<50))
}

// Inflate opens a part that is inflated as it is read. A missing part is
// Damaged. What its reads return goes to FaultOf.
func (a *Archive) Inflate(name string) (io.ReadCloser, *table.Fault) {
	f := a.parts[CleanName(name)]
	if f == nil {
		return nil, &table.Fault{Kind: table.Damaged, Err: errors.New("no part " + name)}
	}
	r, err := f.Open()
	if err != nil {
		return nil, FaultOf(err)
	}
	packed := int64(min(f.CompressedSize64, 1<<40))
	return &guard{r, max(freeInflate, packed*maxRatio)}, nil
}

// Part opens a part as Inflate does, inflated by a goroutine of its own that
// Close ends.
func (a *Archive) Part(name string) (io.ReadCloser, *table.Fault) {
	r, fault := a.Inflate(name)
	if fault != nil {
		return nil, fault
	}
	return ahead{table.ReadAhead(r), r}, nil
}

// ahead is a part that is inflated ahead of its reader.
type ahead struct {
	*table.Ahead
	part io.Closer
}

// Close ends the goroutine, waits for it and closes the part.
func (a ahead) Close() error {
	a.Ahead.Close()
	return a.part.Close()
}

// Small reads a small part whole, nil when there is none. limit is the most it
// may hold, in bytes; Hostile beyond.
func (a *Archive) Small(name string, limit int64) ([]byte, *table.Fault) {
	if !a.Has(name) {
		return nil, nil
	}
	r, fault := a.Part(name)
	if fault != nil {
		return nil, fault
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, FaultOf(err)
	}
	if int64(len(content)) > limit {
		return nil, &table.Fault{Kind: table.Hostile}
	}
	return content, nil
}

// FaultOf makes a fault of an error that reading a zip ended in: Hostile for a
// bomb, Damaged for a container that is cut or corrupt, else UnreadableFile.
func FaultOf(err error) *table.Fault {
	if errors.Is(err, errBomb) {
		return &table.Fault{Kind: table.Hostile, Err: err}
	}
	var corrupt flate.CorruptInputError
	if errors.As(err, &corrupt) {
		return &table.Fault{Kind: table.Damaged, Err: err}
	}
	for _, own := range [...]error{zip.ErrFormat, zip.ErrChecksum, zip.ErrAlgorithm, io.EOF, io.ErrUnexpectedEOF} {
		if errors.Is(err, own) {
			return &table.Fault{Kind: table.Damaged, Err: err}
		}
	}
	return &table.Fault{Kind: table.UnreadableFile, Err: err}
}

// guard bounds what a part inflates to.
type guard struct {
	io.ReadCloser
	left int64
}

// Read counts; see io.Reader.
func (g *guard) Read(p []byte) (int, error) {
	n, err := g.ReadCloser.Read(p)
	if g.left -= int64(n); g.left < 0 {
		return 0, errBomb
	}
	return n, err
}
