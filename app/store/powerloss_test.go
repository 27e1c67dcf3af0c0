package store

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"chasqui/sync/portal"
)

// A power cut leaves of the write-ahead log what was synced: at least all up to
// the last acknowledged commit, and any part of what came after, the last page
// perhaps torn. The test plays that from outside: it notes the log's length at
// each acknowledged commit, then cuts copies of it at and inside every later
// frame, opens them, and looks whether all that was acknowledged is there.

// walFrame is the size in bytes of a frame: a header of 24 and a page of 4096
// (https://www.sqlite.org/fileformat2.html, section 4.1).
const (
	walHeader = 32
	walFrame  = 24 + 4096
)

// copyFolder copies a data folder's database as a power cut would leave it.
func copyFolder(t *testing.T, from string, wal []byte) string {
	t.Helper()
	to := t.TempDir()
	if err := os.MkdirAll(filepath.Join(to, "blobs"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"chasqui.db": []byte(read(t, filepath.Join(from, "chasqui.db"))), "chasqui.db-wal": wal} {
		if err := os.WriteFile(filepath.Join(to, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func TestAPowerCutLosesNothingThatWasAcknowledged(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	log := filepath.Join(dir, "chasqui.db-wal")
	var acknowledged []int // the log's length after commit i
	for i := range 5 {
		job := queue(t, s, fmt.Sprintf("conjunto-%d", i), "portal")
		if err := s.Journal(job).Save(t.Context(), "k", "v"); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(log)
		if err != nil {
			t.Fatal(err)
		}
		acknowledged = append(acknowledged, int(info.Size()))
	}
	whole := []byte(read(t, log))
	if len(whole) < walHeader+5*walFrame {
		t.Fatalf("the log has %d bytes: it was emptied on the way, and the test proves nothing", len(whole))
	}
	cuts := 0
	for i, synced := range acknowledged {
		later := len(whole)
		if i+1 < len(acknowledged) {
			later = acknowledged[i+1]
		}
		for at := synced; at < later; at += walFrame {
			for _, inside := range []int{0, 2000} {
				if at+inside > later {
					continue
				}
				cuts++
				checkAfterCut(t, copyFolder(t, dir, whole[:at+inside]), i+1, fmt.Sprintf("cut at byte %d", at+inside))
				torn := append([]byte{}, whole[:min(at+walFrame, later)]...)
				for b := at + inside; b < len(torn); b++ {
					torn[b] ^= 0x5a
				}
				cuts++
				checkAfterCut(t, copyFolder(t, dir, torn), i+1, fmt.Sprintf("torn from byte %d", at+inside))
			}
		}
	}
	t.Logf("%d cuts", cuts)
}

// checkAfterCut opens a folder as left by a cut and looks for the first n jobs
// with all that belongs to them.
func checkAfterCut(t *testing.T, dir string, n int, cut string) {
	t.Helper()
	s := openAt(t, dir)
	defer s.Close()
	jobs, err := s.Jobs(t.Context())
	if err != nil {
		t.Fatalf("%s: %v", cut, err)
	}
	if len(jobs) < n {
		t.Fatalf("%s: %d jobs, though %d were acknowledged", cut, len(jobs), n)
	}
	for i, job := range jobs[:n] {
		var d portal.Dataset
		if d, _, err = s.Load(t.Context(), job); err != nil || d.Name != fmt.Sprintf("conjunto-%d", i) {
			t.Errorf("%s: job %d carries %q, %v", cut, i, d.Name, err)
		}
		if v, err := s.Journal(job).Load(t.Context(), "k"); err != nil || v != "v" {
			t.Errorf("%s: the journal of job %d holds %q, %v", cut, i, v, err)
		}
	}
}
