package app

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// descriptorName is what a Data Package's descriptor is called.
const descriptorName = "datapackage.json"

// descriptions are the files that describe a package, the fullest first.
var descriptions = [...]string{descriptorName, "dcat.jsonld", "data.json"}

// parcel is a package's folder or zip, or a single file with what lies beside
// it. Paths in it never lead out of it.
type parcel struct {
	files fs.FS
	name  string // of the single file, "" for a whole package
	close func() error
}

// openParcel opens a folder, a zip or a file, by content.
func openParcel(name string) (*parcel, error) {
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		return &parcel{files: os.DirFS(name), close: func() error { return nil }}, nil
	}
	f, _, err := openFile(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, 4)
	if _, err := io.ReadFull(f, head); err == nil && string(head) == "PK\x03\x04" {
		z, err := zip.OpenReader(name)
		if err == nil && slices.ContainsFunc(z.File, func(f *zip.File) bool { return slices.Contains(descriptions[:], path.Base(f.Name)) }) {
			return &parcel{files: within(&z.Reader), close: z.Close}, nil
		}
		if err == nil {
			z.Close()
		}
	}
	return &parcel{files: os.DirFS(filepath.Dir(name)), name: filepath.Base(name), close: func() error { return nil }}, nil
}

// within looks into the one folder of a zip that has a folder alone.
func within(z *zip.Reader) fs.FS {
	entries, err := fs.ReadDir(z, ".")
	if err == nil && len(entries) == 1 && entries[0].IsDir() {
		if sub, err := fs.Sub(z, entries[0].Name()); err == nil {
			return sub
		}
	}
	return z
}

// descriptionLimit is how large a description may be, in bytes: the catalogue
// of a whole country fits.
const descriptionLimit = 64 << 20

// description reads the file that describes the parcel, and says its name.
func (p *parcel) description() ([]byte, string, error) {
	names := descriptions[:]
	if p.name != "" {
		names = []string{p.name}
	}
	for _, name := range names {
		f, err := p.files.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, name, &Error{Kind: ImportUnreadable, Args: map[string]string{"Name": name}, Err: err}
		}
		defer f.Close()
		data, err := io.ReadAll(io.LimitReader(f, descriptionLimit+1))
		if err != nil || len(data) > descriptionLimit {
			return nil, name, &Error{Kind: ImportUnreadable, Args: map[string]string{"Name": name}, Err: err}
		}
		return data, name, nil
	}
	return nil, "", &Error{Kind: ImportUnreadable, Args: map[string]string{"Name": strings.Join(names, ", ")}}
}

// open opens a file of the parcel; a path that leads out of it is
// fs.ErrInvalid.
func (p *parcel) open(name string) (fs.File, error) { return p.files.Open(path.Clean(name)) }

// has reports whether a file of that path is there.
func (p *parcel) has(name string) bool {
	if name == "" || strings.Contains(name, "://") {
		return false
	}
	info, err := fs.Stat(p.files, path.Clean(name))
	return err == nil && info.Mode().IsRegular()
}

// mayHold is how many bytes a file of a parcel may give: what it says, and of
// one in a zip no more than real files inflate to.
func mayHold(f fs.File) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if h, ok := info.Sys().(*zip.FileHeader); ok {
		return min(info.Size(), max(freeInflate, int64(min(h.CompressedSize64, 1<<40))*maxRatio)), nil
	}
	return info.Size(), nil
}
