package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"chasqui/app/clean"
	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// Role says what a frozen file is for.
type Role string

// The roles of a revision's files.
const (
	Data        Role = "data"
	Dictionary  Role = "dictionary"
	DataPackage Role = "datapackage"
)

// File is one frozen file of a revision: a blob with the name and the resource
// id that it is sent under.
type File struct {
	Role     Role
	Name     string
	Blob     Blob
	Resource string
}

// Revision is a Freeze: everything that a publication sends, as it will be
// sent. Editing the draft later changes nothing of it.
type Revision struct {
	ID      string
	Edition string
	Number  int
	Frozen  portal.Dataset
	Recipes []clean.Recipe
	Decided []Decision
	Profile string
	Files   []File
	// Content is a fingerprint of what is said and held; two revisions with the
	// same differ in nothing that matters. Modified is since when it is so,
	// Issued when the dataset was first published (RFC 3339).
	Content, Issued, Modified string
	// Version is what people read, Changes what is different from the revision
	// that was published before: JSON, one changes.Changes a table.
	Version, Changes string
}

// Decision is what a person decided about a personal-data finding.
type Decision struct {
	Field    string `json:"field"`
	Code     string `json:"code"`
	Decision string `json:"decision"` // "remove", or "keep:" and the reason
}

// ResourceID returns the id of an edition's resource for a kind of file, and
// mints it the first time: slot is "csv:1", "dictionary" ...
func (s *Store) ResourceID(ctx context.Context, edition, slot string) (string, error) {
	id := s.newID()
	err := s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx,
			`INSERT INTO resource(id, edition, slot) VALUES (?, ?, ?) ON CONFLICT(edition, slot) DO NOTHING`, id, edition, slot)
		if err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT id FROM resource WHERE edition = ? AND slot = ?`, edition, slot).Scan(&id)
	})
	return id, err
}

// Order says what to do with a revision once it stands.
type Order struct {
	Dataset      string
	Destinations []string  // a job for each
	At           time.Time // not before; zero or past: at once
	// Replace ends, in the same transaction, the jobs that wait at those
	// destinations with older revisions of the same edition. One that a courier
	// has in hand is not ended: the new one goes after it.
	Replace bool
}

// Freeze inserts the revision and its jobs in one transaction; the files are
// blobs already. It returns the jobs.
func (s *Store) Freeze(ctx context.Context, r Revision, order Order) ([]outbox.Job, error) {
	var jobs []outbox.Job
	err := s.write(ctx, func(tx *sql.Tx) error {
		r.ID = s.newID()
		row := tx.QueryRowContext(ctx, `SELECT coalesce(max(number), 0) + 1 FROM revision WHERE edition = ?`, r.Edition)
		if err := row.Scan(&r.Number); err != nil {
			return err
		}
		if err := s.insertRevision(ctx, tx, r); err != nil {
			return err
		}
		for _, to := range order.Destinations {
			job, err := s.insertJob(ctx, tx, r.ID, order.Dataset, to, order.At)
			if err != nil {
				return err
			}
			if order.Replace {
				if err := s.replace(ctx, tx, r.Edition, job); err != nil {
					return err
				}
			}
			jobs = append(jobs, job)
		}
		return nil
	})
	return jobs, err
}

// replace ends the jobs that wait with older revisions of the edition.
func (s *Store) replace(ctx context.Context, tx *sql.Tx, edition string, by outbox.Job) error {
	older, err := all(ctx, tx, scanJob, `SELECT `+jobColumns+` FROM job WHERE destination = ? AND seq < ? AND `+openJob+`
		AND revision IN (SELECT id FROM revision WHERE edition = ?)`, by.Destination, by.Seq, edition)
	if err != nil {
		return err
	}
	for _, j := range older {
		step, err := outbox.Next(j.State, outbox.Replaced)
		if err != nil {
			continue // it is running
		}
		_, err = tx.ExecContext(ctx, `UPDATE job SET state = ?, why = '', reason = '', cancelling = 0, updated = ? WHERE id = ?`,
			step.To, format(by.Created), j.ID)
		if err != nil {
			return err
		}
		err = appendLog(ctx, tx, j.ID, outbox.Entry{At: by.Created, Event: string(outbox.Replaced), Detail: by.ID})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) insertRevision(ctx context.Context, tx *sql.Tx, r Revision) error {
	_, err := tx.ExecContext(ctx,
		`INSERT INTO revision(id, edition, number, created, frozen, recipes, decided, profile, content, issued, modified, version, changes)
		 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, r.Edition, r.Number, s.stamp(), encode(r.Frozen), encode(r.Recipes), encode(r.Decided), r.Profile,
		r.Content, r.Issued, r.Modified, r.Version, r.Changes)
	if err != nil {
		return err
	}
	for i, f := range r.Files {
		_, err := tx.ExecContext(ctx,
			`INSERT INTO revision_file(revision, position, role, name, bytes, sha256, resource) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			r.ID, i+1, f.Role, f.Name, f.Blob.Bytes, f.Blob.SHA256, f.Resource)
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) insertJob(ctx context.Context, tx *sql.Tx, revision, dataset, destination string, at time.Time) (outbox.Job, error) {
	now := s.now().UTC()
	job := outbox.Job{
		ID: s.newID(), Dataset: dataset, Revision: revision, Destination: destination,
		State: outbox.Available, Created: now, Updated: now,
	}
	if at.After(now) {
		job.NotBefore, job.Why = at.UTC(), outbox.Scheduled
	}
	result, err := tx.ExecContext(ctx,
		`INSERT INTO job(id, dataset, revision, destination, state, why, not_before, created, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		job.ID, job.Dataset, job.Revision, job.Destination, job.State, job.Why, format(job.NotBefore), format(now), format(now))
	if err != nil {
		return job, err
	}
	if job.Seq, err = result.LastInsertId(); err != nil {
		return job, err
	}
	if err := tx.QueryRowContext(ctx, `SELECT coalesce(sum(bytes), 0) FROM revision_file WHERE revision = ?`, revision).Scan(&job.Bytes); err != nil {
		return job, err
	}
	return job, appendLog(ctx, tx, job.ID, outbox.Entry{At: now, Event: "queued", Until: job.NotBefore})
}

// Revision returns a revision with its files.
func (s *Store) Revision(ctx context.Context, id string) (Revision, error) {
	scan := func(row interface{ Scan(...any) error }) (Revision, error) {
		var r Revision
		var frozen, recipes, decided string
		err := row.Scan(&r.ID, &r.Edition, &r.Number, &frozen, &recipes, &decided, &r.Profile, &r.Content, &r.Issued, &r.Modified, &r.Version, &r.Changes)
		return r, decode(err, part{frozen, &r.Frozen}, part{recipes, &r.Recipes}, part{decided, &r.Decided})
	}
	found, err := all(ctx, s.reader, scan,
		`SELECT id, edition, number, frozen, recipes, decided, profile, content, issued, modified, version, changes FROM revision WHERE id = ?`, id)
	r, err := one(found, err, "revision", id, func(Revision) bool { return true })
	if err != nil {
		return r, err
	}
	r.Files, err = all(ctx, s.reader, scanFile,
		`SELECT role, name, bytes, sha256, resource FROM revision_file WHERE revision = ? ORDER BY position`, id)
	return r, err
}

// LatestRevision returns an edition's last revision; one without ID where
// there is none yet.
func (s *Store) LatestRevision(ctx context.Context, edition string) (Revision, error) {
	var id string
	const last = `SELECT id FROM revision WHERE edition = ? ORDER BY number DESC LIMIT 1`
	err := s.reader.QueryRowContext(ctx, last, edition).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return Revision{}, nil
	}
	if err != nil {
		return Revision{}, err
	}
	return s.Revision(ctx, id)
}

// PublishedBefore returns the revision of a dataset that readers know: the last
// that was published, or, where none was, the last of another edition; one without
// ID where there is none.
func (s *Store) PublishedBefore(ctx context.Context, dataset, edition string) (Revision, error) {
	var id string
	err := s.reader.QueryRowContext(ctx,
		`SELECT r.id, EXISTS (SELECT 1 FROM job j WHERE j.revision = r.id AND j.state = 'completed') AS sent
		 FROM revision r JOIN edition e ON e.id = r.edition
		 WHERE e.dataset = ?1 AND (sent OR r.edition <> ?2) ORDER BY sent DESC, r.rowid DESC LIMIT 1`, dataset, edition).Scan(&id, new(bool))
	if errors.Is(err, sql.ErrNoRows) {
		return Revision{}, nil
	}
	if err != nil {
		return Revision{}, err
	}
	return s.Revision(ctx, id)
}

// LatestReceipt returns the last proof that a dataset was published, nil where
// there is none.
func (s *Store) LatestReceipt(ctx context.Context, dataset string) (*portal.Receipt, error) {
	var job string
	const last = `SELECT r.job FROM receipt r JOIN job j ON j.id = r.job WHERE j.dataset = ? ORDER BY j.seq DESC LIMIT 1`
	err := s.reader.QueryRowContext(ctx, last, dataset).Scan(&job)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return s.Receipt(ctx, job)
}

func scanFile(row interface{ Scan(...any) error }) (File, error) {
	var f File
	err := row.Scan(&f.Role, &f.Name, &f.Blob.Bytes, &f.Blob.SHA256, &f.Resource)
	return f, err
}

// SentResources lists the resource ids that earlier revisions of an edition
// sent to any destination.
func (s *Store) SentResources(ctx context.Context, edition string) ([]string, error) {
	scan := func(row interface{ Scan(...any) error }) (string, error) {
		var id string
		return id, row.Scan(&id)
	}
	return all(ctx, s.reader, scan,
		`SELECT DISTINCT f.resource FROM revision_file f JOIN revision r ON r.id = f.revision
		 JOIN job j ON j.revision = r.id WHERE r.edition = ? ORDER BY f.resource`, edition)
}
