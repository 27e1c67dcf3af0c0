package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// openJob is the condition of a job that is still on the road.
const openJob = `state NOT IN ('completed', 'cancelled')`

const jobColumns = `id, dataset, revision, destination, state, why, reason, paused, adopt, keep, cancelling, any_hour, any_cost,
	priority, attempts, snoozes, not_before, created, updated, seq,
	(SELECT coalesce(sum(bytes), 0) FROM revision_file f WHERE f.revision = job.revision)`

func scanJob(row interface{ Scan(...any) error }) (outbox.Job, error) {
	var j outbox.Job
	var notBefore, created, updated string
	err := row.Scan(&j.ID, &j.Dataset, &j.Revision, &j.Destination, &j.State, &j.Why, &j.Reason, &j.Paused, &j.Adopt, &j.Keep, &j.Cancelling,
		&j.AnyHour, &j.AnyCost, &j.Priority, &j.Attempts, &j.Snoozes, &notBefore, &created, &updated, &j.Seq, &j.Bytes)
	j.NotBefore, j.Created, j.Updated = parseTime(notBefore), parseTime(created), parseTime(updated)
	return j, err
}

// Job returns the job with that id, or unique beginning of it.
func (s *Store) Job(ctx context.Context, ref string) (outbox.Job, error) {
	found, err := all(ctx, s.reader, scanJob,
		`SELECT `+jobColumns+` FROM job WHERE substr(id, 1, length(?1)) = ?1`, ref)
	return one(found, err, "job", ref, func(j outbox.Job) bool { return j.ID == ref })
}

// Jobs lists the jobs that are still on the road, by their order of queuing.
func (s *Store) Jobs(ctx context.Context) ([]outbox.Job, error) {
	return all(ctx, s.reader, scanJob, `SELECT `+jobColumns+` FROM job WHERE `+openJob+` ORDER BY seq`)
}

// LatestJob returns the job of a dataset that was queued last; one with an
// empty ID if there never was one.
func (s *Store) LatestJob(ctx context.Context, dataset string) (outbox.Job, error) {
	found, err := all(ctx, s.reader, scanJob,
		`SELECT `+jobColumns+` FROM job WHERE dataset = ? ORDER BY seq DESC LIMIT 1`, dataset)
	if err != nil || len(found) == 0 {
		return outbox.Job{}, err
	}
	return found[0], nil
}

// AllJobs lists every job there ever was, the latest first.
func (s *Store) AllJobs(ctx context.Context) ([]outbox.Job, error) {
	return all(ctx, s.reader, scanJob, `SELECT `+jobColumns+` FROM job ORDER BY seq DESC`)
}

// Apply writes what became of a job, if its state is still from, with its log
// entry, attempt and receipt, in one transaction; else it is outbox.ErrStale.
func (s *Store) Apply(ctx context.Context, from outbox.State, j outbox.Job, entry outbox.Entry, attempt *outbox.Attempt, receipt *portal.Receipt) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx,
			`UPDATE job SET state = ?, why = ?, reason = ?, paused = ?, adopt = ?, keep = ?, cancelling = ?, any_hour = ?, any_cost = ?,
			 priority = ?, attempts = ?, snoozes = ?, not_before = ?, updated = ? WHERE id = ? AND state = ?`,
			j.State, j.Why, j.Reason, j.Paused, j.Adopt, j.Keep, j.Cancelling, j.AnyHour, j.AnyCost,
			j.Priority, j.Attempts, j.Snoozes, format(j.NotBefore), format(j.Updated), j.ID, from)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(outbox.ErrStale, err)
		}
		if attempt != nil {
			if err := appendAttempt(ctx, tx, j.ID, *attempt); err != nil {
				return err
			}
		}
		if receipt != nil {
			_, err := tx.ExecContext(ctx,
				`INSERT INTO receipt(job, content) VALUES (?, ?) ON CONFLICT(job) DO UPDATE SET content = excluded.content`,
				j.ID, encode(receipt))
			if err != nil {
				return err
			}
		}
		return appendLog(ctx, tx, j.ID, entry)
	})
}

func appendAttempt(ctx context.Context, tx *sql.Tx, job string, a outbox.Attempt) error {
	_, err := tx.ExecContext(ctx,
		`INSERT INTO attempt(job, number, started, finished, bytes, kind, detail)
		 SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6 FROM attempt WHERE job = ?1`,
		job, format(a.Started), format(a.Finished), a.Bytes, a.Kind, a.Detail)
	return err
}

const logColumns = `at, event, kind, file, detail, until, ` + runColumns

// cutRun says of a line of the log that the link broke after bytes had moved:
// what outbox.Run calls Cut.
const cutRun = `kind = 'unreachable' AND sent + received > 0`

const runColumns = `took, whole, requests, sent, received, uploads, downloads, uploading, downloading`

func appendLog(ctx context.Context, tx *sql.Tx, job string, e outbox.Entry) error {
	r := e.Run
	_, err := tx.ExecContext(ctx, `INSERT INTO log(job, `+logColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		job, format(e.At), e.Event, e.Kind, e.File, e.Detail, format(e.Until),
		r.Took.Milliseconds(), r.Whole, r.Requests, r.Sent, r.Received, r.Uploads, r.Downloads, r.Uploading.Milliseconds(), r.Downloading.Milliseconds())
	return err
}

// runFields are the places for runColumns and cutRun; done puts the times right.
func runFields(r *outbox.Run) (fields []any, done func()) {
	var took, uploading, downloading int64
	fields = []any{&took, &r.Whole, &r.Requests, &r.Sent, &r.Received, &r.Uploads, &r.Downloads, &uploading, &downloading, &r.Cut}
	return fields, func() {
		r.Took, r.Uploading, r.Downloading = millis(took), millis(uploading), millis(downloading)
	}
}

func millis(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

// Load returns the frozen dataset of a job, with the organization that its
// destination names now, and the receipt of the last completed job of that
// dataset and destination, nil if there is none.
func (s *Store) Load(ctx context.Context, j outbox.Job) (portal.Dataset, *portal.Receipt, error) {
	r, err := s.Revision(ctx, j.Revision)
	if err != nil {
		return portal.Dataset{}, nil, err
	}
	to, err := s.Destination(ctx, j.Destination)
	if err != nil {
		return portal.Dataset{}, nil, err
	}
	r.Frozen.Organization = to.Organization
	last, err := s.receipt(ctx, `SELECT r.content FROM receipt r JOIN job j ON j.id = r.job
		WHERE j.dataset = ? AND j.destination = ? ORDER BY j.seq DESC LIMIT 1`, j.Dataset, j.Destination)
	return r.Frozen, last, err
}

// Attempts lists a job's attempts in their order.
func (s *Store) Attempts(ctx context.Context, job string) ([]outbox.Attempt, error) {
	scan := func(row interface{ Scan(...any) error }) (outbox.Attempt, error) {
		var a outbox.Attempt
		var started, finished string
		err := row.Scan(&started, &finished, &a.Bytes, &a.Kind, &a.Detail)
		a.Started, a.Finished = parseTime(started), parseTime(finished)
		return a, err
	}
	return all(ctx, s.reader, scan,
		`SELECT started, finished, bytes, kind, detail FROM attempt WHERE job = ? ORDER BY number`, job)
}

// Log lists what happened to a job, the earliest first.
func (s *Store) Log(ctx context.Context, job string) ([]outbox.Entry, error) {
	scan := func(row interface{ Scan(...any) error }) (outbox.Entry, error) {
		var e outbox.Entry
		var at, until string
		fields, done := runFields(&e.Run)
		err := row.Scan(append([]any{&at, &e.Event, &e.Kind, &e.File, &e.Detail, &until}, fields...)...)
		done()
		e.At, e.Until = parseTime(at), parseTime(until)
		return e, err
	}
	return all(ctx, s.reader, scan, `SELECT `+logColumns+`, `+cutRun+` FROM log WHERE job = ? ORDER BY id`, job)
}

// Runs lists a destination's latest runs of a courier, 30 at most, the latest
// last.
func (s *Store) Runs(ctx context.Context, destination string) ([]outbox.Run, error) {
	scan := func(row interface{ Scan(...any) error }) (outbox.Run, error) {
		var r outbox.Run
		fields, done := runFields(&r)
		err := row.Scan(fields...)
		done()
		return r, err
	}
	runs, err := all(ctx, s.reader, scan, `SELECT `+runColumns+`, `+cutRun+` FROM log
		WHERE requests > 0 AND job IN (SELECT id FROM job WHERE destination = ?) ORDER BY id DESC LIMIT 30`, destination)
	slices.Reverse(runs)
	return runs, err
}

// Refused is the size in bytes of the smallest file that a destination refused
// as too large, 0 if it never did. A refusal counts no longer once the
// destination has taken a file of that size.
func (s *Store) Refused(ctx context.Context, destination string) (int64, error) {
	var n int64
	err := s.reader.QueryRowContext(ctx, `WITH refused AS (
			SELECT l.id, f.value ->> '$.bytes' AS bytes
			FROM log l JOIN job j ON j.id = l.job JOIN revision r ON r.id = j.revision, json_each(r.frozen, '$.resources') f
			WHERE l.kind = 'too_large' AND j.destination = ?1 AND f.value ->> '$.name' = l.file)
		SELECT coalesce(min(bytes), 0) FROM refused WHERE NOT EXISTS (
			SELECT 1 FROM log l JOIN job j ON j.id = l.job JOIN revision_file f ON f.revision = j.revision
			WHERE l.event = 'delivered' AND j.destination = ?1 AND l.id > refused.id AND f.bytes >= refused.bytes)`, destination).Scan(&n)
	return n, err
}

// Receipt returns a job's receipt, nil if it has none yet.
func (s *Store) Receipt(ctx context.Context, job string) (*portal.Receipt, error) {
	return s.receipt(ctx, `SELECT content FROM receipt WHERE job = ?`, job)
}

func (s *Store) receipt(ctx context.Context, query string, args ...any) (*portal.Receipt, error) {
	var content string
	err := s.reader.QueryRowContext(ctx, query, args...).Scan(&content)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var r portal.Receipt
	return &r, json.Unmarshal([]byte(content), &r)
}

// Journal returns a courier's memory for a job.
func (s *Store) Journal(j outbox.Job) portal.Journal { return journal{s, j.ID} }

type journal struct {
	store *Store
	job   string
}

func (j journal) Load(ctx context.Context, key string) (string, error) {
	var v string
	err := j.store.reader.QueryRowContext(ctx, `SELECT value FROM journal WHERE job = ? AND key = ?`, j.job, key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return v, err
}

func (j journal) Save(ctx context.Context, key, value string) error {
	return j.store.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx,
			`INSERT INTO journal(job, key, value) VALUES (?, ?, ?) ON CONFLICT(job, key) DO UPDATE SET value = excluded.value`,
			j.job, key, value)
		return err
	})
}
