package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
)

// A reader waits for who holds the folder to bring the database up, that long at
// most: the first start of a new version takes a fraction of a second.
const (
	schemaLook  = 20 * time.Millisecond
	schemaLooks = 500
)

// migrate brings the database to this version, each step with the note that it
// ran in one transaction. Only who has the folder's lock may do so: a reader that
// finds it behind takes the lock for that, or waits for who has it.
func (s *Store) migrate(ctx context.Context, locked bool) error {
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, s.writer, steps)
	if err != nil {
		return err
	}
	if locked {
		return up(ctx, provider)
	}
	var target int64
	for _, step := range provider.ListSources() {
		target = max(target, step.Version)
	}
	look := time.NewTicker(schemaLook)
	defer look.Stop()
	for range schemaLooks {
		switch current := s.schema(ctx); {
		case current > target:
			return &Error{Kind: TooNew}
		case current == target:
			return nil
		}
		lock := flock.New(filepath.Join(s.dir, "lock"))
		if held, err := lock.TryLock(); err != nil {
			return unusable(err)
		} else if held {
			err := up(ctx, provider)
			return errors.Join(err, lock.Unlock())
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return &Error{Kind: InUse}
}

// schema is the number of the last step that the database has; 0 while there is
// none, or none can be read yet. An empty file is not opened: the first connection
// gives it its form, and that is not a reader's.
func (s *Store) schema(ctx context.Context) (version int64) {
	if info, err := os.Stat(databaseFile(s.dir)); err != nil || info.Size() == 0 {
		return 0
	}
	const last = `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied`
	if err := s.writer.QueryRowContext(ctx, last).Scan(&version); err != nil {
		return 0
	}
	return version
}

// up brings the database up; one of a newer program is refused untouched.
func up(ctx context.Context, provider *goose.Provider) error {
	current, target, err := provider.GetVersions(ctx)
	if err != nil {
		return unusable(err)
	}
	if current > target {
		return &Error{Kind: TooNew}
	}
	if _, err := provider.Up(ctx); err != nil {
		return unusable(err)
	}
	return nil
}
