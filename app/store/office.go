package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
)

// Office owns datasets and destinations. One installation can hold several.
// Place is an ISO 3166-2 code, a code of the country's own, or words; License
// and Profile are ids of app/describe; Destination is the name of the usual
// one. Nothing in it is secret.
type Office struct {
	ID          string `json:"-"`
	Name        string `json:"name"`
	Country     string `json:"country"` // ISO 3166-1
	Place       string `json:"place"`
	Unit        string `json:"unit"`
	Contact     string `json:"contact"`
	Email       string `json:"email"`
	License     string `json:"license"`
	Profile     string `json:"profile"`
	Destination string `json:"destination"`
}

// columns are the office's fields besides its id, in the order of the table.
func (o *Office) columns() []any {
	return []any{&o.Name, &o.Country, &o.Place, &o.Unit, &o.Contact, &o.Email, &o.License, &o.Profile, &o.Destination}
}

// Office returns the installation's first office, making it if there is none:
// a clerk who opens a file has one already.
func (s *Store) Office(ctx context.Context) (Office, error) {
	var o Office
	const first = `SELECT id, name, country, place, unit, contact, email, license, profile, destination
		FROM office ORDER BY created, id LIMIT 1`
	err := s.reader.QueryRowContext(ctx, first).Scan(append([]any{&o.ID}, o.columns()...)...)
	if !errors.Is(err, sql.ErrNoRows) {
		return o, err
	}
	o = Office{ID: s.newID()}
	return o, s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO office(id, name, created) VALUES (?, '', ?)`, o.ID, s.stamp())
		return err
	})
}

// SaveOffice writes what an office says of itself.
func (s *Store) SaveOffice(ctx context.Context, o Office) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE office SET name = ?, country = ?, place = ?, unit = ?, contact = ?, email = ?,
			license = ?, profile = ?, destination = ? WHERE id = ?`, append(o.columns(), o.ID)...)
		return err
	})
}

// Setting returns the value of a preference, "" if it was never set.
func (s *Store) Setting(ctx context.Context, key string) (string, error) {
	var v string
	err := s.reader.QueryRowContext(ctx, `SELECT value FROM setting WHERE key = ?`, key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return v, err
}

// SaveSetting keeps a preference.
func (s *Store) SaveSetting(ctx context.Context, key, value string) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx,
			`INSERT INTO setting(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value`, key, value)
		return err
	})
}

// Destination is a place where datasets are published. The token itself is
// never here: only where it is read from at each send.
type Destination struct {
	ID, Office, Name, Kind, URL, Organization string
	TokenFile, TokenEnv                       string
	// TokenKept says where a typed token is kept: "keyring", "age", or "" where
	// none was typed.
	TokenKept string
}

const destinationColumns = `id, office, name, kind, url, organization, token_file, token_env, token_kept`

func scanDestination(row interface{ Scan(...any) error }) (Destination, error) {
	var d Destination
	err := row.Scan(&d.ID, &d.Office, &d.Name, &d.Kind, &d.URL, &d.Organization, &d.TokenFile, &d.TokenEnv, &d.TokenKept)
	return d, err
}

// AddDestination keeps a new destination and gives it an id. A name that is in
// use is Taken.
func (s *Store) AddDestination(ctx context.Context, d Destination) (Destination, error) {
	d.ID = s.newID()
	err := s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx,
			`INSERT INTO destination(`+destinationColumns+`, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			d.ID, d.Office, d.Name, d.Kind, d.URL, d.Organization, d.TokenFile, d.TokenEnv, d.TokenKept, s.stamp())
		return taken(err, "destination", d.Name)
	})
	return d, err
}

// Destinations lists the destinations that are not removed, by name.
func (s *Store) Destinations(ctx context.Context) ([]Destination, error) {
	return all(ctx, s.reader, scanDestination,
		`SELECT `+destinationColumns+` FROM destination WHERE removed IS NULL ORDER BY name`)
}

// Destination returns the destination with that name, id, or unique beginning
// of an id; a removed one only by its whole id.
func (s *Store) Destination(ctx context.Context, ref string) (Destination, error) {
	found, err := all(ctx, s.reader, scanDestination,
		`SELECT `+destinationColumns+` FROM destination
		 WHERE id = ?1 OR removed IS NULL AND (name = ?1 OR substr(id, 1, length(?1)) = ?1)
		 ORDER BY name = ?1 DESC`, ref)
	return one(found, err, "destination", ref, func(d Destination) bool { return d.Name == ref || d.ID == ref })
}

// MoveDestination changes a destination's address.
func (s *Store) MoveDestination(ctx context.Context, id, url string) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE destination SET url = ? WHERE id = ?`, url, id)
		return err
	})
}

// KeepToken notes where a destination's typed token is kept now: "keyring",
// "age", or "" for nowhere. A file or variable named before is forgotten.
func (s *Store) KeepToken(ctx context.Context, id, place string) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE destination SET token_kept = ?, token_file = '', token_env = '' WHERE id = ?`, place, id)
		return err
	})
}

// RemoveDestination takes a destination away. One that has jobs on the road
// stays (HasJobs).
func (s *Store) RemoveDestination(ctx context.Context, id string) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		var open int
		err := tx.QueryRowContext(ctx, `SELECT count(*) FROM job WHERE destination = ? AND `+openJob, id).Scan(&open)
		if err != nil {
			return err
		}
		if open > 0 {
			return &Error{Kind: HasJobs, What: "destination", Ref: id}
		}
		_, err = tx.ExecContext(ctx, `UPDATE destination SET removed = ? WHERE id = ?`, s.stamp(), id)
		return err
	})
}

// taken turns the database's word for a broken unique index into Taken.
func taken(err error, what, ref string) error {
	if err != nil && strings.Contains(err.Error(), "UNIQUE constraint") {
		return &Error{Kind: Taken, What: what, Ref: ref, Err: err}
	}
	return err
}

// querier is what both *sql.DB and *sql.Tx offer.
type querier interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}

// all collects a query's rows.
func all[T any](ctx context.Context, q querier, scan func(interface{ Scan(...any) error }) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explained(err)
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, explained(rows.Err())
}

// one picks the row that a reference means: an exact match wins, else there
// must be just one.
func one[T any](found []T, err error, what, ref string, exact func(T) bool) (T, error) {
	var none T
	if err != nil {
		return none, err
	}
	for _, f := range found {
		if exact(f) {
			return f, nil
		}
	}
	switch len(found) {
	case 0:
		return none, &Error{Kind: NotFound, What: what, Ref: ref}
	case 1:
		return found[0], nil
	}
	return none, &Error{Kind: Ambiguous, What: what, Ref: ref}
}
