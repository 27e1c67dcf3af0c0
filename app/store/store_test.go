package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chasqui/app/clean"
	"chasqui/app/describe"
	"chasqui/app/disk"
	"chasqui/sync/outbox"
	"chasqui/sync/outbox/outboxtest"
	"chasqui/sync/portal"
)

func openAt(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(t.Context(), Options{Dir: dir, Disk: disk.OS{}, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// someDataset keeps a dataset with one draft and returns it with its edition.
func someDataset(t *testing.T, s *Store) (Dataset, Edition, Draft) {
	t.Helper()
	ctx := t.Context()
	office, err := s.Office(ctx)
	if err != nil {
		t.Fatal(err)
	}
	blob, err := s.AddBlob(strings.NewReader("a,b\n1,2\n"))
	if err != nil {
		t.Fatal(err)
	}
	draft := Draft{SourceName: "a.csv", Source: blob, Recipe: clean.Recipe{Version: 1}, Columns: []Column{{Col: 1, Name: "a"}}}
	d := Dataset{Office: office.ID, Name: "a", Description: describe.Description{Title: "A"}}
	d, err = s.AddDataset(ctx, d, "", []Draft{draft})
	if err != nil {
		t.Fatal(err)
	}
	e, err := s.Edition(ctx, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := s.Drafts(ctx, e.ID)
	if err != nil || len(drafts) != 1 {
		t.Fatalf("%d drafts, %v; want one", len(drafts), err)
	}
	return d, e, drafts[0]
}

func TestEveryConnectionHasThePragmas(t *testing.T) {
	s := openAt(t, t.TempDir())
	want := map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000", "cache_size": "-4000",
	}
	for name, db := range map[string]*sql.DB{"writer": s.writer, "reader": s.reader} {
		n := 1
		if db == s.reader {
			n = 4
		}
		for i := range n {
			conn, err := db.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close() // held to the end, so that each turn gets another
			for pragma, value := range want {
				var got string
				if err := conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil {
					t.Fatal(err)
				}
				if got != value {
					t.Errorf("%s connection %d: %s is %q, want %q", name, i, pragma, got, value)
				}
			}
		}
	}
}

func TestAFolderInUseIsRefused(t *testing.T) {
	dir := t.TempDir()
	first := openAt(t, dir)
	_, err := Open(t.Context(), Options{Dir: dir, Disk: disk.OS{}, Now: time.Now})
	if kind := kindOf(err); kind != InUse {
		t.Fatalf("opening a held folder gave %v, want %s", err, InUse)
	}
	reader, err := Open(t.Context(), Options{Dir: dir, Shared: true, Disk: disk.OS{}, Now: time.Now})
	if err != nil {
		t.Fatalf("a command that only reads must open a held folder: %v", err)
	}
	reader.Close()
	first.Close()
	again, err := Open(t.Context(), Options{Dir: dir, Disk: disk.OS{}, Now: time.Now})
	if err != nil {
		t.Fatalf("after Close the folder is free: %v", err)
	}
	again.Close()
}

func TestAFolderOfANewerProgramIsRefusedUntouched(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	if _, err := s.writer.Exec(`INSERT INTO goose_db_version(version_id, is_applied) VALUES (99999, 1)`); err != nil {
		t.Fatal(err)
	}
	s.Close()
	before := read(t, filepath.Join(dir, "chasqui.db"))
	_, err := Open(t.Context(), Options{Dir: dir, Disk: disk.OS{}, Now: time.Now})
	if kind := kindOf(err); kind != TooNew {
		t.Fatalf("got %v, want %s", err, TooNew)
	}
	if after := read(t, filepath.Join(dir, "chasqui.db")); after != before {
		t.Error("the database of a newer program was changed")
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func kindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

func TestTheSchemaKnowsTheOutboxStates(t *testing.T) {
	sqlText := read(t, "migrations/00001_first.sql")
	words := make([]string, 0, 6)
	for _, s := range outbox.States() {
		words = append(words, fmt.Sprintf("'%s'", s))
	}
	check := "state IN (" + strings.Join(words, ", ") + ")"
	if !strings.Contains(sqlText, check) {
		t.Errorf("the job table must say CHECK (%s), as outbox.States does", check)
	}
}

// queue freezes a revision of the dataset of that name for the destination of
// that name; both are made when they are first named.
func queue(t *testing.T, s *Store, name, destination string) outbox.Job {
	t.Helper()
	ctx := t.Context()
	office, err := s.Office(ctx)
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Dataset(ctx, name)
	if err != nil {
		d, err = s.AddDataset(ctx, Dataset{ID: name, Office: office.ID, Name: name}, "", nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	to, err := s.Destination(ctx, destination)
	if err != nil {
		to, err = s.AddDestination(ctx, Destination{Office: office.ID, Name: destination, Kind: "practice", URL: "http://127.0.0.1"})
	}
	if err != nil {
		t.Fatal(err)
	}
	e, err := s.Edition(ctx, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := s.Freeze(ctx, Revision{Edition: e.ID, Frozen: portal.Dataset{ID: d.ID, Name: name, Title: name}}, Order{Dataset: d.ID, Destinations: []string{to.ID}})
	if err != nil {
		t.Fatal(err)
	}
	return jobs[0]
}

func TestTheStoreKeepsTheOutboxsContract(t *testing.T) {
	outboxtest.Run(t, func(t *testing.T) *outboxtest.Fixture {
		dir := t.TempDir()
		s := openAt(t, dir)
		return &outboxtest.Fixture{
			Store: s,
			Queue: func(t *testing.T, dataset, destination string) outbox.Job { return queue(t, s, dataset, destination) },
			Attempts: func(t *testing.T, job string) []outbox.Attempt {
				list, err := s.Attempts(t.Context(), job)
				if err != nil {
					t.Fatal(err)
				}
				return list
			},
			Receipt: func(t *testing.T, job string) *portal.Receipt {
				r, err := s.Receipt(t.Context(), job)
				if err != nil {
					t.Fatal(err)
				}
				return r
			},
			Log: func(t *testing.T, job string) []outbox.Entry {
				list, err := s.Log(t.Context(), job)
				if err != nil {
					t.Fatal(err)
				}
				return list
			},
			Reopen: func(t *testing.T) outbox.Store {
				s.Close()
				s = openAt(t, dir)
				return s
			},
		}
	})
}

func TestBlobsThatNoRowNamesAreSweptAtStart(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	_, _, draft := someDataset(t, s)
	orphan, err := s.AddBlob(strings.NewReader("nobody names me"))
	if err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(dir, "blobs", ".chasqui-half.part")
	if err := os.WriteFile(half, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = openAt(t, dir)
	for path, stays := range map[string]bool{
		s.BlobFile(draft.Source.SHA256): true, s.BlobFile(orphan.SHA256): false, half: false,
	} {
		if _, err := os.Stat(path); (err == nil) != stays {
			t.Errorf("%s: there is %v, want %v", filepath.Base(path), err == nil, stays)
		}
	}
}

func TestEditingADraftChangesNothingThatWasFrozen(t *testing.T) {
	s := openAt(t, t.TempDir())
	d, e, _ := someDataset(t, s)
	frozen := portal.Dataset{ID: d.ID, Title: "como se congeló"}
	if _, err := s.Freeze(t.Context(), Revision{ID: "", Edition: e.ID, Frozen: frozen}, Order{Dataset: d.ID}); err != nil {
		t.Fatal(err)
	}
	var id string
	if err := s.reader.QueryRow(`SELECT id FROM revision`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	d.Description.Title = "otro título"
	if err := s.Save(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	r, err := s.Revision(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(frozen, r.Frozen); diff != "" {
		t.Errorf("the frozen dataset changed (-frozen +read):\n%s", diff)
	}
}

func TestReferencesByPrefixMustBeUnique(t *testing.T) {
	s := openAt(t, t.TempDir())
	ids := []string{"abc11111", "abc22222"}
	office, err := s.Office(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if _, err := s.AddDataset(t.Context(), Dataset{ID: id, Office: office.ID, Name: "n-" + id}, "", nil); err != nil {
			t.Fatal(err)
		}
	}
	for ref, want := range map[string]Kind{"abc1": "", "n-abc22222": "", "abc": Ambiguous, "zzz": NotFound} {
		if _, err := s.Dataset(t.Context(), ref); kindOf(err) != want {
			t.Errorf("%q: got %v, want kind %q", ref, err, want)
		}
	}
	_, err = s.AddDataset(t.Context(), Dataset{Office: office.ID, Name: "n-abc11111"}, "", nil)
	if kindOf(err) != Taken {
		t.Errorf("a machine name in use gave %v, want %s", err, Taken)
	}
}

// stubbornDisk fails its nth call.
type stubbornDisk struct {
	disk.OS
	n    int
	fail int
}

func (d *stubbornDisk) step() error {
	d.n++
	if d.n == d.fail {
		return errors.New("input/output error")
	}
	return nil
}

func (d *stubbornDisk) CreateTemp(dir, pattern string) (disk.File, error) {
	if err := d.step(); err != nil {
		return nil, err
	}
	return d.OS.CreateTemp(dir, pattern)
}

func (d *stubbornDisk) Rename(from, to string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.OS.Rename(from, to)
}

func (d *stubbornDisk) SyncDir(dir string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.OS.SyncDir(dir)
}

func TestABlobIsWholeOrAbsentWhateverDiskCallFails(t *testing.T) {
	const text = "los bytes de un archivo"
	for fail := 1; ; fail++ {
		d := &stubbornDisk{fail: fail}
		s, err := Open(t.Context(), Options{Dir: t.TempDir(), Disk: d, Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		blob, err := s.AddBlob(strings.NewReader(text))
		if err == nil && d.n < fail {
			s.Close()
			if fail < 4 {
				t.Fatalf("only %d calls were seen: the injector is not in the way", d.n)
			}
			return
		}
		if err == nil {
			t.Errorf("call %d failed and AddBlob did not say so", fail)
		}
		left, _ := os.ReadDir(filepath.Join(s.Dir(), "blobs"))
		for _, e := range left {
			r, oerr := s.OpenBlob(e.Name())
			if oerr != nil {
				t.Fatal(oerr)
			}
			data, _ := io.ReadAll(r)
			r.Close()
			if e.Name() != blob.SHA256 || string(data) != text {
				t.Errorf("call %d failed: %s was left with %q", fail, e.Name(), data)
			}
		}
		s.Close()
	}
}

func TestAnotherProcessSeesWhatACommitKept(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	d, _, _ := someDataset(t, s)
	other, err := Open(context.Background(), Options{Dir: dir, Shared: true, Disk: disk.OS{}, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	got, err := other.Dataset(t.Context(), d.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, got); diff != "" {
		t.Errorf("the dataset read back differs (-kept +read):\n%s", diff)
	}
}
