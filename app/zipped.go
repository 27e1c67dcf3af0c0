package app

import (
	"archive/zip"
	"compress/flate"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"chasqui/app/datapackage"
	"chasqui/app/disk"
	"chasqui/app/store"
)

// ZipFrom is the size in bytes from which a data file is sent zipped, where a
// person asks for it. A smaller one goes over any link in one connection, and
// people open it without a detour.
const ZipFrom = 256 << 10

// zipExtension ends the name and marks the slot of a zipped file, after those of
// its content; zipCompression is what a Data Package calls it.
const (
	zipExtension   = ".zip"
	zipCompression = "zip"
	zipMediaType   = "application/zip"
)

// zipTime is the time of every entry, the first that a zip can tell: the same
// content gives the same bytes.
var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// zippable reports whether a file becomes smaller as a zip: it is text, and
// large enough to matter.
func zippable(format string, bytes int64) bool {
	return bytes >= ZipFrom && !slices.Contains(packedFormats, strings.ToLower(format))
}

// isZipped reports whether a frozen file goes zipped.
func isZipped(name string) bool { return strings.HasSuffix(name, zipExtension) }

// zipped copies a blob into one that holds it as the single entry of a zip.
func (a *App) zipped(ctx context.Context, blob store.Blob, entry string) (store.Blob, error) {
	from, err := a.store.OpenBlob(blob.SHA256)
	if err != nil {
		return store.Blob{}, err
	}
	defer from.Close()
	to, err := a.store.NewBlob()
	if err != nil {
		return store.Blob{}, err
	}
	defer to.Discard()
	z := zip.NewWriter(to)
	w, err := z.CreateHeader(&zip.FileHeader{Name: entry, Method: zip.Deflate, Modified: zipTime})
	if err != nil {
		return store.Blob{}, disk.Explained(err)
	}
	if _, err := io.Copy(w, contextReader{ctx, from}); err != nil {
		return store.Blob{}, disk.Explained(err)
	}
	if err := z.Close(); err != nil {
		return store.Blob{}, disk.Explained(err)
	}
	return to.Keep()
}

// keepZipped makes the file that keep added last a zipped one, under the id of
// that form. Its hash and its size are of the zip: of what is served.
func (a *App) keepZipped(ctx context.Context, f *frozen, slot string) error {
	file, r := &f.files[len(f.files)-1], &f.resources[len(f.resources)-1]
	blob, err := a.zipped(ctx, file.Blob, file.Name)
	if err != nil {
		return err
	}
	format, table, _ := strings.Cut(slot, ":")
	slot = format + zipExtension + ":" + table
	id, err := a.store.ResourceID(ctx, f.edition.ID, slot)
	if err != nil {
		return err
	}
	file.Name, file.Blob, file.Resource = file.Name+zipExtension, blob, id
	r.Path, r.Bytes, r.Hash = datapackage.Path(file.Name), blob.Bytes, "sha256:"+blob.SHA256
	r.ID, r.Slot, r.Compression = urn(id), slot, zipCompression
	return nil
}

// zipSample is how much of a file is compressed to tell how small it becomes.
const zipSample = 1 << 20

// zippedSize tells about how many bytes a blob would have as a zip, from its
// beginning.
func (a *App) zippedSize(blob store.Blob) (int64, error) {
	from, err := a.store.OpenBlob(blob.SHA256)
	if err != nil {
		return 0, err
	}
	defer from.Close()
	var made counter
	w, err := flate.NewWriter(&made, flate.DefaultCompression)
	if err != nil {
		return 0, err
	}
	read, err := io.CopyN(w, from, zipSample)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, disk.Explained(err)
	}
	if err := w.Close(); err != nil || read == 0 {
		return 0, err
	}
	return int64(float64(blob.Bytes) * float64(made) / float64(read)), nil
}

// counter counts the bytes written to it.
type counter int64

// Write counts.
func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// Zipped reports whether a dataset's files were zipped when it was queued last:
// the proposal for the next publication. It is read from what was queued and
// kept nowhere else, so that it can't disagree with it.
func (a *App) Zipped(ctx context.Context, ref string) (bool, error) {
	d, err := a.store.Dataset(ctx, ref)
	if err != nil {
		return false, err
	}
	last, err := a.store.LatestJob(ctx, d.ID)
	if err != nil || last.ID == "" {
		return false, err
	}
	r, err := a.store.Revision(ctx, last.Revision)
	return slices.ContainsFunc(r.Files, func(f store.File) bool { return isZipped(f.Name) }), err
}
