// Package disk is how the program writes files: a small interface, so that
// every fault of a disk can be played in tests, and the one safe way to
// replace a file, so that a power cut leaves the old file or the new one, whole.
package disk

import (
	"bufio"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"chasqui/converters/table"
)

// Disk is what the program asks of a file system when it writes.
type Disk interface {
	// CreateTemp makes a new file with a name of its own in dir.
	CreateTemp(dir, pattern string) (File, error)
	// Rename moves a file over another on the same volume.
	Rename(from, to string) error
	// Remove deletes a file.
	Remove(name string) error
	// SyncDir makes the entries of a folder stand on disk, where the system
	// has a call for it.
	SyncDir(dir string) error
}

// File is an open file that is being written.
type File interface {
	io.Writer
	Name() string
	Sync() error
	Close() error
}

// OS is the real disk.
type OS struct{}

// CreateTemp makes a file with the rights that new files of this user get:
// os.CreateTemp's, which only the owner reads, would surprise who shares a
// folder of results.
func (OS) CreateTemp(dir, pattern string) (File, error) {
	before, after, _ := strings.Cut(pattern, "*")
	f, err := os.OpenFile(filepath.Join(dir, before+rand.Text()+after), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Rename is os.Rename, which replaces on Windows too.
func (OS) Rename(from, to string) error { return os.Rename(from, to) }

// Remove is os.Remove.
func (OS) Remove(name string) error { return os.Remove(name) }

// SyncDir syncs the folder; Windows has no such call and file systems that
// refuse it are tolerated, for then there is nothing better to do.
func (OS) SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	if cerr := d.Close(); err == nil {
		err = cerr
	}
	return err
}

// Pending is a file on its way: written under another name, and either put in
// its place whole or thrown away.
type Pending struct {
	disk     Disk
	file     File
	buf      *bufio.Writer
	done     bool
	unsynced int        // bytes written since the last sync began
	sync     chan error // of a sync on its way; nil when there is none
	err      error      // of an earlier sync: a later one may not tell again
}

// syncEvery is how many bytes of a large file are written before they are made
// to stand on disk while the next ones are made.
const syncEvery = 32 << 20

// Create starts a file in dir under a temporary name. The caller ends it with
// Place or Discard.
func Create(d Disk, dir string) (*Pending, error) {
	f, err := d.CreateTemp(dir, ".chasqui-*.part")
	if err != nil {
		return nil, Explained(err)
	}
	return &Pending{disk: d, file: f, buf: bufio.NewWriterSize(f, 1<<18)}, nil
}

// Write appends to the file.
func (p *Pending) Write(b []byte) (int, error) {
	n, err := p.buf.Write(b)
	if p.unsynced += n; p.unsynced >= syncEvery {
		p.settle()
		done := make(chan error, 1)
		go func() { done <- p.file.Sync() }()
		p.unsynced, p.sync = 0, done
	}
	return n, Explained(err)
}

// settle waits for a sync that is on its way.
func (p *Pending) settle() {
	if p.sync != nil {
		p.err = errors.Join(p.err, <-p.sync)
		p.sync = nil
	}
}

// Place makes the file stand on disk as name, replacing what was there: flush,
// sync, close (Windows renames no open file), rename, sync of the folder.
func (p *Pending) Place(name string) error {
	if p.done {
		return os.ErrClosed
	}
	p.done = true
	p.settle()
	err := p.buf.Flush()
	if err == nil {
		err = p.err
	}
	if err == nil {
		err = p.file.Sync()
	}
	if cerr := p.file.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = p.disk.Rename(p.file.Name(), name)
	}
	if err != nil {
		p.disk.Remove(p.file.Name())
		return Explained(err)
	}
	return Explained(p.disk.SyncDir(filepath.Dir(name)))
}

// Discard throws the file away; after Place it does nothing, so it can be
// deferred.
func (p *Pending) Discard() {
	if p.done {
		return
	}
	p.done = true
	p.settle()
	p.file.Close()
	p.disk.Remove(p.file.Name())
}

// WriteFile puts data in place as name, whole or not at all.
func WriteFile(d Disk, name string, data []byte) error {
	p, err := Create(d, filepath.Dir(name))
	if err != nil {
		return err
	}
	defer p.Discard()
	if _, err := p.Write(data); err != nil {
		return err
	}
	return p.Place(name)
}

// Explained gives an operating system's error the kind that people get words
// for: a full disk, or a file that can't be touched. Other errors stay.
func Explained(err error) error {
	var fault *table.Fault
	if err == nil || errors.As(err, &fault) {
		return err
	}
	place := table.Place{}
	var pe *os.PathError
	if errors.As(err, &pe) {
		place.File = filepath.Base(pe.Path)
	}
	switch {
	case isFull(err):
		return &table.Fault{Kind: table.DiskFull, Place: place, Err: err}
	case errors.As(err, &pe), errors.Is(err, os.ErrPermission), errors.Is(err, os.ErrNotExist):
		return &table.Fault{Kind: table.UnreadableFile, Place: place, Err: err}
	}
	return err
}
