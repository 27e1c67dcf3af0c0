package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chasqui/app/disk"
	"chasqui/sync/portal"
)

var long = flag.Bool("long", false, "queue more jobs while the power goes")

// fickle is a disk that keeps account of what a power cut would leave: the
// bytes of a file as it was synced last, under the name that its folder had
// when that was synced last.
type fickle struct {
	disk.OS
	content map[string][]byte // name in the folder now -> bytes as synced, nil: never
	lasting map[string][]byte // name as the folder was synced -> bytes
	fails   string            // a call that fails the next time
	after   func(call string) // is told of every call that was made
}

type fickleFile struct {
	disk.File
	disk *fickle
}

var errNoDisk = fmt.Errorf("input/output error")

func (d *fickle) call(name string) error {
	if d.fails == name {
		d.fails = ""
		return errNoDisk
	}
	return nil
}

func (d *fickle) told(name string) {
	if d.after != nil {
		d.after(name)
	}
}

func (d *fickle) CreateTemp(dir, pattern string) (disk.File, error) {
	f, err := d.OS.CreateTemp(dir, pattern)
	if err != nil {
		return nil, err
	}
	d.content[f.Name()] = nil
	defer d.told("create")
	return &fickleFile{f, d}, nil
}

func (f *fickleFile) Sync() error {
	if err := f.File.Sync(); err != nil {
		return err
	}
	data, err := os.ReadFile(f.Name())
	f.disk.content[f.Name()] = data
	defer f.disk.told("sync")
	return err
}

func (d *fickle) Rename(from, to string) error {
	if err := d.OS.Rename(from, to); err != nil {
		return err
	}
	d.content[to] = d.content[from]
	delete(d.content, from)
	defer d.told("rename")
	return nil
}

func (d *fickle) Remove(name string) error {
	delete(d.content, name)
	return d.OS.Remove(name)
}

func (d *fickle) SyncDir(dir string) error {
	if err := d.call("syncdir"); err != nil {
		return err
	}
	if err := d.OS.SyncDir(dir); err != nil {
		return err
	}
	for name, data := range d.content {
		if filepath.Dir(name) == dir {
			d.lasting[name] = data
		}
	}
	defer d.told("syncdir")
	return nil
}

// left copies a data folder as a power cut would leave it now: the database as
// it stands, and of the blobs what was made to stand, or with eager also what
// the disk may have written by itself: names without their bytes.
func (d *fickle) left(t *testing.T, from string, eager bool) string {
	t.Helper()
	to := copyFolder(t, from, []byte(read(t, filepath.Join(from, "chasqui.db-wal"))))
	keep := map[string][]byte{}
	for name, data := range d.lasting {
		keep[name] = data
	}
	if eager {
		for name, data := range d.content {
			keep[name] = data
		}
	}
	for name, data := range keep {
		if err := os.WriteFile(filepath.Join(to, "blobs", filepath.Base(name)), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// checkBlobs opens a folder as left by a cut: every acknowledged job has its
// files, and no file bears a hash that is not its own.
func checkBlobs(t *testing.T, dir string, jobs int, cut string) {
	t.Helper()
	s := openAt(t, dir)
	defer s.Close()
	list, err := s.Jobs(t.Context())
	if err != nil || len(list) < jobs {
		t.Fatalf("%s: %d jobs of %d, %v", cut, len(list), jobs, err)
	}
	for _, j := range list {
		r, err := s.Revision(t.Context(), j.Revision)
		if err != nil {
			t.Fatalf("%s: %v", cut, err)
		}
		for _, f := range r.Files {
			data, err := os.ReadFile(s.blobPath(f.Blob.SHA256))
			if sum := sha256.Sum256(data); err != nil || hex.EncodeToString(sum[:]) != f.Blob.SHA256 {
				t.Errorf("%s: %s of job %s has %d bytes, %v", cut, f.Name, j.ID, len(data), err)
			}
		}
	}
}

// freezeText puts a revision with one file of that text into the queue.
func freezeText(t *testing.T, s *Store, dataset, text string) error {
	t.Helper()
	w, err := s.NewBlob()
	if err != nil {
		return err
	}
	defer w.Discard()
	if _, err := w.Write([]byte(text)); err != nil {
		return err
	}
	blob, err := w.Keep()
	if err != nil {
		return err
	}
	office, err := s.Office(t.Context())
	if err != nil {
		return err
	}
	d, err := s.Dataset(t.Context(), dataset)
	if err != nil {
		d, err = s.AddDataset(t.Context(), Dataset{ID: dataset, Office: office.ID, Name: dataset}, "", nil)
	}
	if err != nil {
		return err
	}
	to, err := s.Destination(t.Context(), "portal")
	if err != nil {
		to, err = s.AddDestination(t.Context(), Destination{Office: office.ID, Name: "portal", Kind: "practice", URL: "http://127.0.0.1"})
	}
	if err != nil {
		return err
	}
	e, err := s.Edition(t.Context(), d.ID)
	if err != nil {
		return err
	}
	resource, err := s.ResourceID(t.Context(), e.ID, "csv:1")
	if err != nil {
		return err
	}
	revision := Revision{
		Edition: e.ID, Frozen: portal.Dataset{ID: d.ID, Name: dataset, Title: dataset},
		Files: []File{{Role: Data, Name: dataset + ".csv", Blob: blob, Resource: resource}},
	}
	_, err = s.Freeze(t.Context(), revision, Order{Dataset: d.ID, Destinations: []string{to.ID}})
	return err
}

func fickleStore(t *testing.T) (*Store, *fickle, string) {
	t.Helper()
	dir := t.TempDir()
	d := &fickle{content: map[string][]byte{}, lasting: map[string][]byte{}}
	s, err := Open(t.Context(), Options{Dir: dir, Disk: d, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, d, dir
}

// The power goes at each call of the disk while jobs are queued: what was not
// made to stand is dropped, or stands as an empty name.
func TestAPowerCutDropsNoFileOfAnAcknowledgedJob(t *testing.T) {
	s, d, dir := fickleStore(t)
	acknowledged, cuts := 0, 0
	d.after = func(call string) {
		for _, eager := range []bool{false, true} {
			cuts++
			checkBlobs(t, d.left(t, dir, eager), acknowledged, fmt.Sprintf("cut %d, after %s, with %d jobs", cuts, call, acknowledged))
		}
	}
	jobs := 3
	if *long {
		jobs = 12
	}
	for i := range jobs {
		if err := freezeText(t, s, fmt.Sprintf("conjunto-%d", i%4), strings.Repeat(fmt.Sprintln("fila", i%2), 2000)); err != nil {
			t.Fatal(err)
		}
		acknowledged = i + 1
		d.told("commit")
	}
	if cuts < 20 {
		t.Errorf("only %d cuts", cuts)
	}
	t.Logf("%d cuts", cuts)
}

// A blob that is there already was perhaps put there by a run that died before
// its name stood on disk; who takes it must make it stand.
func TestABlobThatIsThereAlreadyStandsBeforeItIsPromised(t *testing.T) {
	s, d, dir := fickleStore(t)
	d.fails = "syncdir"
	if err := freezeText(t, s, "conjunto", "a,b\n1,2\n"); err == nil {
		t.Fatal("a folder that can't be synced must be told")
	}
	if err := freezeText(t, s, "conjunto", "a,b\n1,2\n"); err != nil {
		t.Fatal(err)
	}
	checkBlobs(t, d.left(t, dir, false), 1, "after the second try")
}

func TestAFickleDiskLosesWhatWasNotSynced(t *testing.T) {
	dir := t.TempDir()
	d := &fickle{content: map[string][]byte{}, lasting: map[string][]byte{}}
	if err := disk.WriteFile(d, filepath.Join(dir, "a"), []byte("x")); err != nil {
		t.Fatal(err)
	}
	f, err := d.CreateTemp(dir, "b*")
	if err != nil {
		t.Fatal(err)
	}
	f.Write([]byte("y"))
	f.Close()
	if err := d.Rename(f.Name(), filepath.Join(dir, "b")); err != nil {
		t.Fatal(err)
	}
	if _, ok := d.lasting[filepath.Join(dir, "b")]; ok || !bytes.Equal(d.lasting[filepath.Join(dir, "a")], []byte("x")) {
		t.Errorf("what lasts is %v", d.lasting)
	}
}
