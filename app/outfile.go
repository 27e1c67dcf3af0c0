package app

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"chasqui/app/disk"
)

// outFile is one result of a conversion on its way to its place.
type outFile struct {
	output  Output
	path    string
	stdout  io.Writer // where the whole is copied at last, if it is no file
	disk    disk.Disk
	pending *disk.Pending
	behind  *behind // nil once all is written
	hash    hash.Hash
	bytes   int64
}

// Write hands the bytes to the goroutine that hashes and stores them; an error
// of it may come with a later call.
func (f *outFile) Write(b []byte) (int, error) { return f.behind.Write(b) }

// WriteBlock is Write without a copy; see table.BlockWriter.
func (f *outFile) WriteBlock(block []byte) ([]byte, error) { return f.behind.WriteBlock(block) }

// store hashes and stores what was written.
func (f *outFile) store(b []byte) error {
	f.hash.Write(b)
	f.bytes += int64(len(b))
	_, err := f.pending.Write(b)
	return err
}

// settle waits until all is stored.
func (f *outFile) settle() error {
	if f.behind == nil {
		return nil
	}
	err := f.behind.end()
	f.behind = nil
	return err
}

// restart throws away what was written. What went to standard output could not
// be taken back, so it goes there through a file.
func (f *outFile) restart() error {
	f.discard()
	f.hash, f.bytes = sha256.New(), 0
	var err error
	if f.pending, err = disk.Create(f.disk, filepath.Dir(f.path)); err == nil {
		f.behind = writeBehind(f.store)
	}
	return err
}

func (f *outFile) discard() {
	f.settle()
	if f.pending != nil {
		f.pending.Discard()
	}
}

func (f *outFile) place() error {
	if err := f.settle(); err != nil {
		return err
	}
	if err := f.pending.Place(f.path); err != nil || f.stdout == nil {
		return err
	}
	defer f.disk.Remove(f.path)
	whole, err := os.Open(f.path)
	if err != nil {
		return disk.Explained(err)
	}
	defer whole.Close()
	_, err = io.Copy(f.stdout, whole)
	return err
}

// written describes the file, once it is in its place.
func (f *outFile) written() WrittenFile {
	path := f.path
	if f.stdout != nil {
		path = "-"
	}
	return WrittenFile{Path: path, Format: f.output.ID, Bytes: f.bytes, SHA256: hex.EncodeToString(f.hash.Sum(nil))}
}

func discard(files []*outFile) {
	for _, f := range files {
		f.discard()
	}
}

func targetsOf(files []*outFile) []target {
	targets := make([]target, len(files))
	for i, f := range files {
		targets[i] = target{output: f.output, sink: f}
	}
	return targets
}

// behindBlocks are the blocks on their way to a file.
const behindBlocks = 16

// behind stores what is written in a goroutine of its own, so that hashing and
// the disk do not hold up the making of rows. end waits for it.
type behind struct {
	full, free chan []byte
	done       sync.WaitGroup
	failed     atomic.Bool
	err        error // the first; the goroutine's until failed is set or it is done
}

// writeBehind starts the goroutine that calls store, block by block.
func writeBehind(store func([]byte) error) *behind {
	b := &behind{full: make(chan []byte, behindBlocks), free: make(chan []byte, behindBlocks)}
	for range behindBlocks {
		b.free <- nil
	}
	b.done.Go(func() {
		for block := range b.full {
			if b.err == nil {
				if b.err = store(block); b.err != nil {
					b.failed.Store(true)
				}
			}
			b.free <- block
		}
	})
	return b
}

// Write hands over a copy of p, or returns the error of what was written before.
func (b *behind) Write(p []byte) (int, error) {
	if b.failed.Load() {
		return 0, b.err
	}
	b.full <- append((<-b.free)[:0], p...)
	return len(p), nil
}

// WriteBlock hands over p itself, and returns a block that was stored before.
func (b *behind) WriteBlock(p []byte) ([]byte, error) {
	if b.failed.Load() {
		return p[:0], b.err
	}
	next := (<-b.free)[:0]
	b.full <- p
	return next, nil
}

// end waits until all is stored and returns the first error.
func (b *behind) end() error {
	close(b.full)
	b.done.Wait()
	return b.err
}
