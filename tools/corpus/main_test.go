package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestTheCorpusIsWhatTheGeneratorWrites keeps the files and their labels
// together: neither is changed by hand.
func TestTheCorpusIsWhatTheGeneratorWrites(t *testing.T) {
	kept := filepath.Join("..", "..", "testdata", "corpus")
	made := t.TempDir()
	if err := os.CopyFS(filepath.Join(made, "texts"), os.DirFS(filepath.Join(kept, "texts"))); err != nil {
		t.Fatal(err)
	}
	if err := generate(made); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, root := range []string{kept, made} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				name, _ := filepath.Rel(root, path)
				names[name] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for name := range names {
		a, errA := os.ReadFile(filepath.Join(kept, name))
		b, errB := os.ReadFile(filepath.Join(made, name))
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s is not what the generator writes: run `go run ./tools/corpus`", name)
		}
	}
	if len(names) < 200 {
		t.Errorf("only %d files", len(names))
	}
}
