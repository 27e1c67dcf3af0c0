package store

import (
	"context"
	"database/sql"
)

// Editions lists a dataset's editions, the one that is worked on first.
func (s *Store) Editions(ctx context.Context, dataset string) ([]Edition, error) {
	return all(ctx, s.reader, scanEdition,
		`SELECT id, dataset, period, created FROM edition WHERE dataset = ? ORDER BY created DESC, rowid DESC`, dataset)
}

func scanEdition(row interface{ Scan(...any) error }) (Edition, error) {
	var e Edition
	return e, row.Scan(&e.ID, &e.Dataset, &e.Period, &e.Created)
}

// EditionOf returns the id of the edition that a revision is of.
func (s *Store) EditionOf(ctx context.Context, revision string) (string, error) {
	var id string
	return id, s.reader.QueryRowContext(ctx, `SELECT edition FROM revision WHERE id = ?`, revision).Scan(&id)
}

// Join makes the drafts of one dataset the next edition of another, whose
// name and description are written as given, and takes the first dataset away: it was only
// how the file came in. A period that an edition of the dataset has is Taken.
func (s *Store) Join(ctx context.Context, from string, to Dataset, period string, drafts []Draft) error {
	edition := s.newID()
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO edition(id, dataset, period, created) VALUES (?, ?, ?, ?)`, edition, to.ID, period, s.stamp())
		if err != nil {
			return taken(err, "edition", period)
		}
		return s.arrive(ctx, tx, from, to, edition, drafts)
	})
}

// Correct puts the drafts of one dataset in the place of those of another's
// edition, and takes the first dataset away as Join does.
func (s *Store) Correct(ctx context.Context, from string, to Dataset, edition string, drafts []Draft) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM draft WHERE edition = ?`, edition); err != nil {
			return err
		}
		return s.arrive(ctx, tx, from, to, edition, drafts)
	})
}

// arrive writes drafts into an edition and ends the dataset that they came in.
func (s *Store) arrive(ctx context.Context, tx *sql.Tx, from string, to Dataset, edition string, drafts []Draft) error {
	for i, d := range drafts {
		d.ID, d.Edition, d.Position = s.newID(), edition, i+1
		if err := s.insertDraft(ctx, tx, d); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE dataset SET name = ?, description = ?, updated = ? WHERE id = ?`, to.Name, encode(to.Description), s.stamp(), to.ID)
	if err != nil {
		return taken(err, "dataset", to.Name)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM draft WHERE edition IN (SELECT id FROM edition WHERE dataset = ?)`, from); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE dataset SET removed = ? WHERE id = ?`, s.stamp(), from)
	return err
}

// SetPeriod names the period of an edition. One that another edition of the
// dataset has is Taken.
func (s *Store) SetPeriod(ctx context.Context, edition, period string) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE edition SET period = ? WHERE id = ?`, period, edition)
		return taken(err, "edition", period)
	})
}
