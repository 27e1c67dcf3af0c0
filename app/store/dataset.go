package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"chasqui/app/clean"
	"chasqui/app/describe"
)

// Dataset is a dataset with the draft of its description. Name is its machine
// name, unique in the office.
type Dataset struct {
	ID, Office, Name string
	Replace          bool // exactly one edition, ever
	Description      describe.Description
	Created, Updated string // RFC 3339, UTC
}

// Edition is a period of a dataset; Period is "" for one that has none. Created is
// when it was begun, RFC 3339, UTC.
type Edition struct {
	ID, Dataset, Period, Created string
}

// Draft is one table of an edition: the copy of its source in the blobs and
// the recipe that makes the data of it.
type Draft struct {
	ID, Edition string
	Position    int // 1, 2 ... within the edition
	SourceName  string
	Source      Blob
	Recipe      clean.Recipe
	Undo        []clean.Recipe // earlier recipes, the latest last
	Columns     []Column
	// Aside are columns that people described and the recipe does not make at
	// the moment; they come back with what made them.
	Aside []Column
}

// Column is what is kept of a column besides its values. ID is a UUID minted
// once: it survives renaming and new editions. Col and Header tie it to the
// source.
type Column struct {
	ID          string `json:"id"`
	Col         int    `json:"col"`
	Header      string `json:"header"`
	Name        string `json:"name"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	Unit        string `json:"unit,omitempty"`
	Codes       string `json:"codes,omitempty"` // the list that its codes are from
	// Personal is the decision on a personal-data finding: "" undecided,
	// "remove", or "keep:" and the reason.
	Personal string `json:"personal,omitempty"`
	// Proposed names the words that the program proposed, by key, with where
	// they came from; Refused those of which a person wants no proposal.
	Proposed map[string]string `json:"proposed,omitempty"`
	Refused  map[string]bool   `json:"refused,omitempty"`
}

// word returns where a column keeps a key's words, nil for an unknown key.
func (c *Column) word(key string) *string {
	switch key {
	case "title":
		return &c.Title
	case "description":
		return &c.Description
	case "unit":
		return &c.Unit
	case "codes":
		return &c.Codes
	}
	return nil
}

// Say gives a key a person's words: title, description, unit or codes. Taking a
// proposal away refuses it. It reports whether the column has such a key.
func (c *Column) Say(key, words string) bool {
	at := c.word(key)
	if at == nil {
		return false
	}
	if words == "" && c.Proposed[key] != "" {
		if c.Refused == nil {
			c.Refused = map[string]bool{}
		}
		c.Refused[key] = true
	}
	*at = words
	delete(c.Proposed, key)
	return true
}

// Propose gives a key words if it has none and nobody refused any.
func (c *Column) Propose(key, words, from string) {
	at := c.word(key)
	if at == nil || words == "" || *at != "" || c.Refused[key] {
		return
	}
	*at = words
	if c.Proposed == nil {
		c.Proposed = map[string]string{}
	}
	c.Proposed[key] = from
}

// Accept makes a proposal of a key the person's own words.
func (c *Column) Accept(key string) { delete(c.Proposed, key) }

// UndoDepth is how many earlier recipes a draft keeps.
const UndoDepth = 50

const datasetColumns = `id, office, name, replace, description, created, updated`

func scanDataset(row interface{ Scan(...any) error }) (Dataset, error) {
	var d Dataset
	var description string
	err := row.Scan(&d.ID, &d.Office, &d.Name, &d.Replace, &description, &d.Created, &d.Updated)
	return d, decode(err, part{description, &d.Description})
}

// AddDataset keeps a new dataset with its first edition and that edition's
// drafts, whose sources are blobs already. Ids are minted here, where they are
// empty. A name that is in use is Taken.
func (s *Store) AddDataset(ctx context.Context, d Dataset, period string, drafts []Draft) (Dataset, error) {
	if d.ID == "" {
		d.ID = s.newID()
	}
	d.Created, d.Updated = s.stamp(), s.stamp()
	edition := s.newID()
	return d, s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO dataset(`+datasetColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			d.ID, d.Office, d.Name, d.Replace, encode(d.Description), d.Created, d.Updated)
		if err != nil {
			return taken(err, "dataset", d.Name)
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO edition(id, dataset, period, created) VALUES (?, ?, ?, ?)`,
			edition, d.ID, period, d.Created)
		if err != nil {
			return err
		}
		for i, draft := range drafts {
			draft.ID, draft.Edition, draft.Position = s.newID(), edition, i+1
			if err := s.insertDraft(ctx, tx, draft); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) insertDraft(ctx context.Context, tx *sql.Tx, d Draft) error {
	s.mint(d.Columns)
	_, err := tx.ExecContext(ctx,
		`INSERT INTO draft(id, edition, position, source_name, source_sha, source_size, recipe, undo, columns, aside, updated)
		 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		d.ID, d.Edition, d.Position, d.SourceName, d.Source.SHA256, d.Source.Bytes,
		encode(d.Recipe), encode(d.Undo), encode(d.Columns), encode(d.Aside), s.stamp())
	return err
}

// Datasets lists the datasets that are not removed, the last touched first.
func (s *Store) Datasets(ctx context.Context) ([]Dataset, error) {
	return all(ctx, s.reader, scanDataset,
		`SELECT `+datasetColumns+` FROM dataset WHERE removed IS NULL ORDER BY updated DESC, id`)
}

// Dataset returns the dataset with that id, machine name, or unique beginning
// of an id, among those that are not removed.
func (s *Store) Dataset(ctx context.Context, ref string) (Dataset, error) {
	found, err := all(ctx, s.reader, scanDataset,
		`SELECT `+datasetColumns+` FROM dataset
		 WHERE removed IS NULL AND (name = ?1 OR substr(id, 1, length(?1)) = ?1)`, ref)
	return one(found, err, "dataset", ref, func(d Dataset) bool { return d.ID == ref || d.Name == ref })
}

// Save writes a dataset's machine name and description, and the drafts that
// changed with it.
func (s *Store) Save(ctx context.Context, d Dataset, drafts ...Draft) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE dataset SET name = ?, description = ?, updated = ? WHERE id = ?`,
			d.Name, encode(d.Description), s.stamp(), d.ID)
		if err != nil {
			return taken(err, "dataset", d.Name)
		}
		for _, draft := range drafts {
			if err := s.updateDraft(ctx, tx, draft); err != nil {
				return err
			}
		}
		return nil
	})
}

// RemoveDataset takes a dataset and its drafts away. What was published stays
// published, and its receipts stay here. One with jobs on the road stays
// (HasJobs).
func (s *Store) RemoveDataset(ctx context.Context, id string) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		var open int
		err := tx.QueryRowContext(ctx, `SELECT count(*) FROM job WHERE dataset = ? AND `+openJob, id).Scan(&open)
		if err != nil {
			return err
		}
		if open > 0 {
			return &Error{Kind: HasJobs, What: "dataset", Ref: id}
		}
		if _, err := tx.ExecContext(ctx, `UPDATE dataset SET removed = ? WHERE id = ?`, s.stamp(), id); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM draft WHERE edition IN (SELECT id FROM edition WHERE dataset = ?)`, id)
		return err
	})
}

// Edition returns a dataset's latest edition.
func (s *Store) Edition(ctx context.Context, dataset string) (Edition, error) {
	found, err := s.Editions(ctx, dataset)
	if len(found) > 1 {
		found = found[:1]
	}
	return one(found, err, "dataset", dataset, func(Edition) bool { return true })
}

// Drafts lists the tables of an edition in their order.
func (s *Store) Drafts(ctx context.Context, edition string) ([]Draft, error) {
	return all(ctx, s.reader, scanDraft,
		`SELECT id, edition, position, source_name, source_sha, source_size, recipe, undo, columns, aside
		 FROM draft WHERE edition = ? ORDER BY position`, edition)
}

func scanDraft(row interface{ Scan(...any) error }) (Draft, error) {
	var d Draft
	var recipe, undo, columns, aside string
	err := row.Scan(&d.ID, &d.Edition, &d.Position, &d.SourceName, &d.Source.SHA256, &d.Source.Bytes, &recipe, &undo, &columns, &aside)
	return d, decode(err, part{recipe, &d.Recipe}, part{undo, &d.Undo}, part{columns, &d.Columns}, part{aside, &d.Aside})
}

// SaveDraft writes a draft's recipe, its undo list and its columns, and mints
// the ids of new columns.
func (s *Store) SaveDraft(ctx context.Context, d Draft) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		if err := s.updateDraft(ctx, tx, d); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx,
			`UPDATE dataset SET updated = ? WHERE id = (SELECT dataset FROM edition WHERE id = ?)`, s.stamp(), d.Edition)
		return err
	})
}

func (s *Store) updateDraft(ctx context.Context, tx *sql.Tx, d Draft) error {
	s.mint(d.Columns)
	if over := len(d.Undo) - UndoDepth; over > 0 {
		d.Undo = d.Undo[over:]
	}
	_, err := tx.ExecContext(ctx, `UPDATE draft SET recipe = ?, undo = ?, columns = ?, aside = ?, updated = ? WHERE id = ?`,
		encode(d.Recipe), encode(d.Undo), encode(d.Columns), encode(d.Aside), s.stamp(), d.ID)
	return err
}

func (s *Store) mint(columns []Column) {
	for i := range columns {
		if columns[i].ID == "" {
			columns[i].ID = s.newID()
		}
	}
}

// encode writes a value of this package's own types as JSON, which cannot fail
// for them.
func encode(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// part is a JSON column and the value that it holds.
type part struct {
	text string
	into any
}

// decode reads JSON columns after a scan that ended in err.
func decode(err error, parts ...part) error {
	for _, p := range parts {
		if err != nil {
			return err
		}
		err = json.Unmarshal([]byte(p.text), p.into)
	}
	return err
}
