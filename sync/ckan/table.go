package ckan

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"chasqui/sync/portal"
)

const (
	// chunkBytes and chunkRows bound one call that brings rows: each call is one
	// transaction of the portal's, and a cut costs one call.
	chunkBytes = 256 << 10
	chunkRows  = 5000
	// tableKey is the dictionary's word for which file a table was made from. It
	// is written with the table, so that it goes when the table goes.
	tableKey = "chasqui_sha256"
)

// tables brings the rows of files that have a schema into the portal's
// DataStore, with types and dictionary, so that nothing is guessed twice. What
// is there is judged by its own count, never by the file's hash: the portal's
// loader skips a file whose hash it knows, even where the table is empty.
//
// A portal that refuses a table does not lose the publication: the file is
// there, and the receipt says why the table is not. A link that fails does end
// the attempt; the next goes on after the last row that the portal counts.
func (s *sending) tables(ctx context.Context, have *record) (*record, error) {
	status := s.known()
	if status == nil || !status.DataStore {
		return have, nil
	}
	wrote := false
	for _, d := range s.ds.Resources {
		if len(d.Schema) == 0 || s.goal.kept[place{d.ID, portal.FileField}] {
			continue
		}
		s.report("table", d.Name, s.total)
		rows, changed, err := s.table(ctx, d)
		wrote = wrote || changed
		var e *portal.Error
		switch {
		case err == nil:
			s.book.Tables[d.ID] = rows
		case errors.Is(err, errUnsuitable):
			s.book.Untabled[d.ID] = "unsuitable"
		case errors.As(err, &e) && !e.Retryable():
			s.book.Untabled[d.ID] = string(e.Kind) + ": " + e.Detail
		default:
			return nil, err
		}
	}
	if !wrote {
		return have, nil
	}
	return s.fetch(ctx, have.ID) // the portal marks the resource as one with a table
}

// table makes the table of one file complete and returns its rows. changed says
// that something was written.
func (s *sending) table(ctx context.Context, d portal.Distribution) (rows int64, changed bool, err error) {
	sheet, err := survey(s.pub.Files, d)
	if err != nil {
		return 0, false, err
	}
	for round := 0; ; round++ {
		there, err := s.tableThere(ctx, d)
		if err != nil {
			return 0, changed, err
		}
		if there.made == d.SHA256 && there.total == sheet.rows {
			return sheet.rows, changed, nil
		}
		if round > 1 {
			return 0, changed, &portal.Error{Kind: portal.Garbled, Op: "table", Resource: d.Name, Detail: "the portal counts " + strconv.FormatInt(there.total, 10) + " rows"}
		}
		changed = true
		// Another file's table, or rows that came twice.
		goesOn := there.made == d.SHA256 && there.total < sheet.rows
		if goesOn && there.total > 0 {
			if goesOn, err = s.tailIsOurs(ctx, d, sheet, there.total); err != nil {
				return 0, changed, err
			}
		}
		if there.exists && !goesOn {
			if err := s.post(ctx, "table", "datastore_delete", map[string]any{"resource_id": d.ID, "force": true}, nil); err != nil && !is(err, http.StatusNotFound) {
				return 0, changed, err
			}
			there = tableState{}
		}
		if err := s.bring(ctx, d, sheet, there); err != nil {
			return 0, changed, err
		}
	}
}

// tableState is what the portal says of a table.
type tableState struct {
	exists bool
	total  int64  // rows
	made   string // SHA-256 of the file that it was made from; "" if not by us
}

func (s *sending) tableThere(ctx context.Context, d portal.Distribution) (tableState, error) {
	var found struct {
		Total  int64 `json:"total"`
		Fields []struct {
			ID   string         `json:"id"`
			Info map[string]any `json:"info"`
		} `json:"fields"`
	}
	err := s.get(ctx, "table", "datastore_search", url.Values{"resource_id": {d.ID}, "limit": {"0"}}, &found)
	if is(err, http.StatusNotFound) {
		return tableState{}, nil
	}
	if err != nil {
		return tableState{}, err
	}
	state := tableState{exists: true, total: found.Total}
	for _, f := range found.Fields {
		if made, ok := f.Info[tableKey].(string); ok {
			state.made = made
		}
	}
	return state, nil
}

// bring sends the rows from the first that is not there. The first call makes
// the table and brings what fits with it: a small table is there at a stroke.
func (s *sending) bring(ctx context.Context, d portal.Distribution, sheet *sheet, there tableState) error {
	rows, err := sheet.open(s.pub.Files, d, there.total)
	if err != nil {
		return err
	}
	defer rows.close()
	made := there.exists
	for {
		chunk, err := rows.next(chunkRows, chunkBytes)
		if err != nil {
			return err
		}
		if len(chunk) == 0 && made {
			return nil
		}
		in := map[string]any{"resource_id": d.ID, "force": true, "records": chunk}
		action := "datastore_upsert"
		if made {
			in["method"] = "insert"
		} else {
			action = "datastore_create"
			in["fields"] = sheet.fields(d)
		}
		if err := s.post(ctx, "table", action, in, nil); err != nil {
			return err
		}
		made = true
	}
}

// tailRows is how many rows are compared before a table that was begun goes on.
const tailRows = 5

// tailIsOurs compares the last rows of a table that is not complete with the
// file's rows at that place: a call that came twice, unnoticed by a cut, has
// others there. Only columns that the portal gives back as written are compared;
// without any, the table is made anew.
func (s *sending) tailIsOurs(ctx context.Context, d portal.Distribution, sheet *sheet, total int64) (bool, error) {
	from := max(0, total-tailRows)
	var found struct {
		Records []map[string]any `json:"records"`
	}
	err := s.get(ctx, "table", "datastore_search", url.Values{
		"resource_id": {d.ID}, "sort": {"_id"}, "offset": {strconv.FormatInt(from, 10)}, "limit": {strconv.Itoa(tailRows)},
	}, &found)
	if err != nil {
		return false, err
	}
	rows, err := sheet.open(s.pub.Files, d, from)
	if err != nil {
		return false, err
	}
	defer rows.close()
	ours, err := rows.next(int(total-from), chunkBytes)
	if err != nil || len(ours) != len(found.Records) {
		return false, err
	}
	compared := false
	for i, row := range ours {
		for at, c := range d.Schema {
			if sheet.types[at] != "text" {
				continue
			}
			compared = true
			if row[c.Name] != found.Records[i][c.Name] {
				return false, nil
			}
		}
	}
	return compared, nil
}
