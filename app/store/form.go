package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"chasqui/sync/portal"
)

// SavePortalForm keeps what a destination's portal asks, as it was read just
// now, in the place of what was kept before.
func (s *Store) SavePortalForm(ctx context.Context, destination string, f portal.Form) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO portal_form(destination, read_at, content) VALUES (?, ?, ?)
			ON CONFLICT(destination) DO UPDATE SET read_at = excluded.read_at, content = excluded.content`,
			destination, s.stamp(), encode(f))
		return err
	})
}

// PortalForm returns what a destination's portal asked when it was read last,
// and when that was: the zero time if it never was.
func (s *Store) PortalForm(ctx context.Context, destination string) (portal.Form, time.Time, error) {
	var f portal.Form
	var at, content string
	err := s.reader.QueryRowContext(ctx, `SELECT read_at, content FROM portal_form WHERE destination = ?`, destination).Scan(&at, &content)
	if errors.Is(err, sql.ErrNoRows) {
		return f, time.Time{}, nil
	}
	return f, parseTime(at), decode(err, part{content, &f})
}

// FirstFrozen returns when a dataset was frozen first, the zero time if never.
func (s *Store) FirstFrozen(ctx context.Context, dataset string) (time.Time, error) {
	var at sql.NullString
	err := s.reader.QueryRowContext(ctx,
		`SELECT min(revision.created) FROM revision JOIN edition ON edition.id = revision.edition WHERE edition.dataset = ?`, dataset).Scan(&at)
	return parseTime(at.String), err
}
