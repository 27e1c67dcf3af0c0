package store

import (
	"context"
	"time"

	"chasqui/sync/outbox"
)

// Stay is a job's time in the queue.
type Stay struct {
	Destination string
	State       outbox.State
	Bytes       int64
	Queued      time.Time
	Left        time.Time // when it was completed or cancelled; zero: it waits
}

// Stays lists the time in the queue of every job that was there since then,
// the earliest first.
func (s *Store) Stays(ctx context.Context, since time.Time) ([]Stay, error) {
	scan := func(row interface{ Scan(...any) error }) (Stay, error) {
		var y Stay
		var queued, left string
		err := row.Scan(&y.Destination, &y.State, &y.Bytes, &queued, &left)
		y.Queued, y.Left = parseTime(queued), parseTime(left)
		return y, err
	}
	// A job that has left the queue is not written to again: updated is when.
	return all(ctx, s.reader, scan, `SELECT destination, state,
		(SELECT coalesce(sum(bytes), 0) FROM revision_file f WHERE f.revision = job.revision),
		created, CASE WHEN `+openJob+` THEN '' ELSE updated END
		FROM job WHERE `+openJob+` OR updated >= ? ORDER BY seq`, format(since))
}

// CountOpen returns how many jobs are still on the road.
func (s *Store) CountOpen(ctx context.Context) (int, error) {
	var n int
	err := s.reader.QueryRowContext(ctx, `SELECT count(*) FROM job WHERE `+openJob).Scan(&n)
	return n, err
}
