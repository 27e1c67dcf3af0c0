package store

import (
	"context"
	"database/sql"
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

// Freeze inserts the revision and, for each destination, a job, in one
// transaction; the files are blobs already. It returns the jobs.
func (s *Store) Freeze(ctx context.Context, r Revision, dataset string, destinations []string, at time.Time) ([]outbox.Job, error) {
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
		for _, to := range destinations {
			job, err := s.insertJob(ctx, tx, r.ID, dataset, to, at)
			if err != nil {
				return err
			}
			jobs = append(jobs, job)
		}
		return nil
	})
	return jobs, err
}

func (s *Store) insertRevision(ctx context.Context, tx *sql.Tx, r Revision) error {
	_, err := tx.ExecContext(ctx,
		`INSERT INTO revision(id, edition, number, created, frozen, recipes, decided, profile) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, r.Edition, r.Number, s.stamp(), encode(r.Frozen), encode(r.Recipes), encode(r.Decided), r.Profile)
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
	return job, appendLog(ctx, tx, job.ID, outbox.Entry{At: now, Event: "queued"})
}

// Revision returns a revision with its files.
func (s *Store) Revision(ctx context.Context, id string) (Revision, error) {
	scan := func(row interface{ Scan(...any) error }) (Revision, error) {
		var r Revision
		var frozen, recipes, decided string
		err := row.Scan(&r.ID, &r.Edition, &r.Number, &frozen, &recipes, &decided, &r.Profile)
		return r, decode(err, part{frozen, &r.Frozen}, part{recipes, &r.Recipes}, part{decided, &r.Decided})
	}
	found, err := all(ctx, s.reader, scan,
		`SELECT id, edition, number, frozen, recipes, decided, profile FROM revision WHERE id = ?`, id)
	r, err := one(found, err, "revision", id, func(Revision) bool { return true })
	if err != nil {
		return r, err
	}
	r.Files, err = all(ctx, s.reader, scanFile,
		`SELECT role, name, bytes, sha256, resource FROM revision_file WHERE revision = ? ORDER BY position`, id)
	return r, err
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
