package store

import (
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"chasqui/app/disk"
)

func TestReadersWaitForWhoBringsTheDatabaseUp(t *testing.T) {
	for range 5 {
		dir := t.TempDir()
		var all sync.WaitGroup
		start := make(chan struct{})
		for i := range 4 {
			all.Go(func() {
				<-start
				s, err := Open(t.Context(), Options{Dir: dir, Shared: i > 0, Disk: disk.OS{}, Now: time.Now})
				var held *Error
				if errors.As(err, &held) && held.Kind == InUse && i == 0 {
					return // a reader was first and brings it up
				}
				if err != nil {
					t.Errorf("opening, shared %v: %v", i > 0, err)
					return
				}
				if _, err := s.Datasets(t.Context()); err != nil {
					t.Errorf("reading, shared %v: %v", i > 0, err)
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		close(start)
		all.Wait()
	}
}

func TestAReaderOfADatabaseThatIsUpTakesNoLock(t *testing.T) {
	dir := t.TempDir()
	openAt(t, dir).Close()
	lock := flock.New(filepath.Join(dir, "lock"))
	if held, err := lock.TryLock(); err != nil || !held {
		t.Fatal(held, err)
	}
	defer lock.Unlock()
	s, err := Open(t.Context(), Options{Dir: dir, Shared: true, Disk: disk.OS{}, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
