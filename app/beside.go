package app

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"chasqui/converters/table"
	"chasqui/converters/zipped"
)

// companions are the files of a source's name with another ending in which a
// format keeps part of itself, as a dbf its memos. Those that a reader asked for
// stay open until the source is closed, and travel with it into the data folder.
type companions struct {
	find  func(ext string) (*companion, error) // nil where none is there
	asked map[string]*companion
}

// companion is an open file.
type companion struct {
	section
	ext string // as the file has it
	end func() error
}

// besidePath looks in the folder of a file.
func besidePath(name string) *companions {
	base := strings.TrimSuffix(name, filepath.Ext(name))
	return &companions{find: func(ext string) (*companion, error) {
		for _, ext := range []string{ext, strings.ToUpper(ext)} {
			if info, err := os.Stat(base + ext); err != nil || !info.Mode().IsRegular() {
				continue
			}
			f, size, err := openFile(base + ext)
			if err != nil {
				return nil, err
			}
			return &companion{section{f, size}, ext, f.Close}, nil
		}
		return nil, nil
	}}
}

// besideInZip looks in a zip, beside the entry of that name.
func besideInZip(ctx context.Context, src table.Source, name string) *companions {
	base := strings.TrimSuffix(name, path.Ext(name))
	return &companions{find: func(ext string) (*companion, error) {
		a, fault := zipped.Open(src)
		if fault != nil {
			return nil, fault
		}
		for _, ext := range []string{ext, strings.ToUpper(ext)} {
			if !a.Has(base + ext) {
				continue
			}
			r, size, end, err := inflate(ctx, src, base+ext)
			if err != nil {
				return nil, err
			}
			return &companion{section{r, size}, ext, end}, nil
		}
		return nil, nil
	}}
}

// open is table.Options.Beside. A file that can't be opened is as one that is
// not there: what it holds is missing, and the reader says so.
func (c *companions) open(ext string) table.Source {
	if c == nil {
		return nil
	}
	if found, ok := c.asked[ext]; ok {
		return found.section
	}
	found, err := c.find(ext)
	if err != nil || found == nil {
		return nil
	}
	if c.asked == nil {
		c.asked = map[string]*companion{}
	}
	c.asked[ext] = found
	return found.section
}

// close closes the files that were opened.
func (c *companions) close() error {
	if c == nil {
		return nil
	}
	var all error
	for _, f := range c.asked {
		all = errors.Join(all, f.end())
	}
	return all
}

// Copy reads what is to be kept of the file: its bytes, or, where it has
// companions, a zip of all.
func (s *Source) Copy(ctx context.Context) io.ReadCloser {
	whole := io.NopCloser(contextReader{ctx, s.Reader()})
	if s.beside == nil || len(s.beside.asked) == 0 {
		return whole
	}
	r, w := io.Pipe()
	go func() { w.CloseWithError(s.pack(w, whole)) }()
	return r
}

// pack writes the zip, with the same bytes for the same files.
func (s *Source) pack(w io.Writer, whole io.Reader) error {
	z := zip.NewWriter(w)
	add := func(name string, from io.Reader) error {
		to, err := z.Create(name)
		if err != nil {
			return err
		}
		_, err = io.Copy(to, from)
		return err
	}
	if err := add(s.Name, whole); err != nil {
		return err
	}
	base := strings.TrimSuffix(s.Name, filepath.Ext(s.Name))
	for _, ext := range slices.Sorted(maps.Keys(s.beside.asked)) {
		f := s.beside.asked[ext]
		if err := add(base+f.ext, io.NewSectionReader(f, 0, f.size)); err != nil {
			return err
		}
	}
	return z.Close()
}
