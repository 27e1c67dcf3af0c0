package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"chasqui/app/disk"
)

// Blob is a file's bytes in the data folder, named by their SHA-256 in
// lower-case hex. A blob is written once and never changed.
type Blob struct {
	SHA256 string
	Bytes  int64
}

// BlobWriter takes the bytes of a new blob. The caller ends it with Keep or
// Discard.
type BlobWriter struct {
	store   *Store
	pending *disk.Pending
	hash    hash.Hash
	bytes   int64
}

// NewBlob starts a blob.
func (s *Store) NewBlob() (*BlobWriter, error) {
	p, err := disk.Create(s.disk, filepath.Join(s.dir, "blobs"))
	if err != nil {
		return nil, err
	}
	return &BlobWriter{store: s, pending: p, hash: sha256.New()}, nil
}

// Write appends to the blob.
func (w *BlobWriter) Write(b []byte) (int, error) {
	n, err := w.pending.Write(b)
	w.hash.Write(b[:n])
	w.bytes += int64(n)
	return n, err
}

// Keep makes the blob stand on disk under its hash.
func (w *BlobWriter) Keep() (Blob, error) {
	b := Blob{SHA256: hex.EncodeToString(w.hash.Sum(nil)), Bytes: w.bytes}
	name := w.store.blobPath(b.SHA256)
	if info, err := os.Stat(name); err == nil && info.Size() == b.Bytes {
		w.Discard()
		// A run that died may have left it before its name stood on disk.
		return b, disk.Explained(w.store.disk.SyncDir(filepath.Dir(name)))
	}
	return b, w.pending.Place(name)
}

// Discard throws the blob away; after Keep it does nothing.
func (w *BlobWriter) Discard() { w.pending.Discard() }

// AddBlob copies r into a blob.
func (s *Store) AddBlob(r io.Reader) (Blob, error) {
	w, err := s.NewBlob()
	if err != nil {
		return Blob{}, err
	}
	defer w.Discard()
	if _, err := io.Copy(w, r); err != nil {
		return Blob{}, disk.Explained(err)
	}
	return w.Keep()
}

// OpenBlob opens a blob for reading (portal.Files).
func (s *Store) OpenBlob(sha string) (io.ReadSeekCloser, error) {
	f, err := os.Open(s.blobPath(sha))
	if err != nil {
		return nil, disk.Explained(err)
	}
	return f, nil
}

// BlobFile is the path of a blob, for readers that need random access.
func (s *Store) BlobFile(sha string) string { return s.blobPath(sha) }

func (s *Store) blobPath(sha string) string { return filepath.Join(s.dir, "blobs", filepath.Base(sha)) }

// sweep removes blobs that no row names, and files half written when the
// program ended. It runs at start, while nobody writes.
func (s *Store) sweep(ctx context.Context) error {
	entries, err := os.ReadDir(filepath.Join(s.dir, "blobs"))
	if err != nil {
		return disk.Explained(err)
	}
	if len(entries) == 0 {
		return nil
	}
	named, err := s.namedBlobs(ctx)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if abandoned(e, named) {
			if err := s.disk.Remove(filepath.Join(s.dir, "blobs", e.Name())); err != nil {
				return disk.Explained(err)
			}
		}
	}
	return nil
}

func abandoned(e fs.DirEntry, named map[string]bool) bool {
	return strings.HasPrefix(e.Name(), ".chasqui-") || len(e.Name()) == 64 && !named[e.Name()]
}

func (s *Store) namedBlobs(ctx context.Context) (map[string]bool, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT source_sha FROM draft UNION SELECT sha256 FROM revision_file`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	named := map[string]bool{}
	for rows.Next() {
		var sha string
		if err := rows.Scan(&sha); err != nil {
			return nil, err
		}
		named[sha] = true
	}
	return named, rows.Err()
}
