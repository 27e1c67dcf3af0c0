package disk

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// failingSync is a disk whose files fail their first sync and then forget it,
// as Linux does.
type failingSync struct {
	OS
	syncs int
}

type failingFile struct {
	File
	disk *failingSync
}

var errSync = errors.New("the disk did not take it")

func (d *failingSync) CreateTemp(dir, pattern string) (File, error) {
	f, err := d.OS.CreateTemp(dir, pattern)
	return failingFile{f, d}, err
}

func (f failingFile) Sync() error {
	if f.disk.syncs++; f.disk.syncs == 1 {
		return errSync
	}
	return f.File.Sync()
}

func TestASyncThatFailedOnTheWayIsToldAtTheEnd(t *testing.T) {
	dir := t.TempDir()
	p, err := Create(&failingSync{}, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Discard()
	if _, err := p.Write(make([]byte, syncEvery+1)); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "grande.csv")
	if err := p.Place(name); !errors.Is(err, errSync) {
		t.Errorf("Place says %v, though the disk refused a part before", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
