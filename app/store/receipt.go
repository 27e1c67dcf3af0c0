package store

import (
	"context"
	"database/sql"

	"chasqui/sync/portal"
)

// ReplaceReceipt writes another receipt of a job that has one: of a publication
// that was compared by samples first and as a whole later. A job without a
// receipt gets none.
func (s *Store) ReplaceReceipt(ctx context.Context, job string, r portal.Receipt) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE receipt SET content = ? WHERE job = ?`, encode(r), job)
		return err
	})
}
