package store

import (
	"context"
	"database/sql"
)

// Arrival is a dataset that was made on another computer, with the ids that it
// had there. An empty id is minted here.
type Arrival struct {
	Dataset Dataset
	Edition Edition
	Drafts  []Draft
	// Resources are the ids that portals know its files by, by slot.
	Resources map[string]string
}

// Import keeps a dataset under the ids that it comes with. One that was removed
// here comes back; one that is here is Taken, and so is a name in use.
func (s *Store) Import(ctx context.Context, in Arrival) (Dataset, error) {
	d := in.Dataset
	if d.ID == "" {
		d.ID = s.newID()
	}
	if in.Edition.ID == "" {
		in.Edition.ID = s.newID()
	}
	d.Created, d.Updated = s.stamp(), s.stamp()
	return d, s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM draft WHERE edition IN
			(SELECT e.id FROM edition e JOIN dataset d ON d.id = e.dataset WHERE d.id = ? AND d.removed IS NOT NULL)`, d.ID); err != nil {
			return err
		}
		if err := arrive(ctx, tx, d); err != nil {
			return err
		}
		// The dataset's latest edition is the one that is worked on.
		_, err := tx.ExecContext(ctx, `INSERT INTO edition(id, dataset, period, created) VALUES (?, ?, ?, ?)
			ON CONFLICT(id) DO UPDATE SET created = excluded.created`, in.Edition.ID, d.ID, in.Edition.Period, d.Created)
		if err != nil {
			return err
		}
		for i, draft := range in.Drafts {
			draft.ID, draft.Edition, draft.Position = s.newID(), in.Edition.ID, i+1
			if err := s.insertDraft(ctx, tx, draft); err != nil {
				return err
			}
		}
		for slot, id := range in.Resources {
			const add = `INSERT INTO resource(id, edition, slot) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
			if _, err := tx.ExecContext(ctx, add, id, in.Edition.ID, slot); err != nil {
				return err
			}
		}
		return nil
	})
}

func arrive(ctx context.Context, tx *sql.Tx, d Dataset) error {
	done, err := tx.ExecContext(ctx, `INSERT INTO dataset(`+datasetColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT(id) DO UPDATE SET office = excluded.office, name = excluded.name, replace = excluded.replace,
		description = excluded.description, updated = excluded.updated, removed = NULL WHERE removed IS NOT NULL`,
		d.ID, d.Office, d.Name, d.Replace, encode(d.Description), d.Created, d.Updated)
	if err != nil {
		return taken(err, "dataset", d.Name)
	}
	if n, err := done.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return &Error{Kind: Taken, What: "dataset", Ref: d.ID}
}
