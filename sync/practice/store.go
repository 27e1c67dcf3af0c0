package practice

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// tree is a dataset as JSON holds it: CKAN's own shape. Resources keep fields
// that nobody knows, so no struct would do.
type tree = map[string]any

// blobKey is the field of a stored resource that names its file; it is never
// shown.
const blobKey = "_blob"

func (p *Portal) datasetFile(id string) string {
	return filepath.Join(p.dir, "datasets", id+".json")
}

func (p *Portal) blobFile(name string) string {
	return filepath.Join(p.dir, "files", filepath.Base(name))
}

func (p *Portal) loadDatasets() error {
	p.datasets = map[string]tree{}
	entries, err := os.ReadDir(filepath.Join(p.dir, "datasets"))
	if err != nil {
		return err
	}
	for _, entry := range entries {
		id, isDataset := strings.CutSuffix(entry.Name(), ".json")
		if !isDataset {
			continue
		}
		raw, err := os.ReadFile(p.datasetFile(id))
		if err != nil {
			return err
		}
		var ds tree
		if err := json.Unmarshal(raw, &ds); err != nil {
			return err
		}
		p.datasets[id] = ds
	}
	return nil
}

// saveDataset puts a dataset on disk, then into memory. The caller holds mu.
func (p *Portal) saveDataset(ds tree) error {
	raw, err := json.MarshalIndent(ds, "", " ")
	if err != nil {
		return err
	}
	id := text(ds["id"])
	if err := replaceFile(p.datasetFile(id), raw); err != nil {
		return err
	}
	old := p.datasets[id]
	p.datasets[id] = ds
	// Files that the new record does not name any more have no address left.
	keep := blobs(ds)
	for name := range blobs(old) {
		if !keep[name] {
			os.Remove(p.blobFile(name))
		}
	}
	return nil
}

func blobs(ds tree) map[string]bool {
	out := map[string]bool{}
	for _, r := range list(ds["resources"]) {
		if name := text(branch(r)[blobKey]); name != "" {
			out[name] = true
		}
	}
	return out
}

// sweep removes what a crash left behind.
func (p *Portal) sweep() error {
	if err := p.sweepFiles(); err != nil {
		return err
	}
	if err := p.sweepTables(); err != nil {
		return err
	}
	for _, dir := range []string{"incoming", "datasets", "tables", "."} {
		left, err := filepath.Glob(filepath.Join(p.dir, dir, "*.part"))
		if err != nil {
			return err
		}
		for _, path := range left {
			if err := os.Remove(path); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *Portal) sweepFiles() error {
	known := map[string]bool{}
	for _, ds := range p.datasets {
		for name := range blobs(ds) {
			known[name] = true
		}
	}
	entries, err := os.ReadDir(filepath.Join(p.dir, "files"))
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !known[entry.Name()] {
			if err := os.Remove(p.blobFile(entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

// replaceFile writes a file so that a crash leaves the old one or the new one.
func replaceFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "*.part")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return install(f, path, err)
}

// install ends a temporary file's life: flushed, closed and renamed to path,
// or removed if err is not nil or anything fails.
func install(f *os.File, path string, err error) error {
	if err == nil {
		err = f.Sync()
	}
	// Closed before the rename, which Windows wants.
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return err
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// syncFolder makes a rename last. Where folders can't be synced (Windows) the
// rename is as durable as that system makes it.
func syncFolder(path string) {
	if d, err := os.Open(path); err == nil {
		d.Sync()
		d.Close()
	}
}

// text, list and branch read a value of a tree, or its zero.
func text(v any) string {
	s, _ := v.(string)
	return s
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

func branch(v any) tree {
	t, _ := v.(tree)
	return t
}

// copyOf returns a deep copy of a dataset.
func copyOf(ds tree) tree {
	raw, err := json.Marshal(ds)
	if err != nil {
		return tree{}
	}
	var out tree
	if json.Unmarshal(raw, &out) != nil {
		return tree{}
	}
	return out
}
