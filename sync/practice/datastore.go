package practice

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// table is what the portal's DataStore keeps of one resource. Rows are numbered
// from 1 as they come.
type table struct {
	Fields []any  `json:"fields"`
	Rows   []tree `json:"rows"`
	Next   int    `json:"next"`
}

func (p *Portal) tableFile(resource string) string {
	return filepath.Join(p.dir, "tables", filepath.Base(resource)+".json")
}

// loadTable returns a resource's table, or nil. The caller holds mu.
func (p *Portal) loadTable(resource string) (*table, error) {
	raw, err := os.ReadFile(p.tableFile(resource))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var t table
	return &t, json.Unmarshal(raw, &t)
}

func (p *Portal) saveTable(resource string, t *table) error {
	raw, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return replaceFile(p.tableFile(resource), raw)
}

// tabled finds the dataset of a resource, and its table if it has one, for
// somebody who may write to it or, with reads, see it. The caller holds mu.
func (p *Portal) tabled(c *call, reads bool) (tree, *table, *problem) {
	id := text(c.in["resource_id"])
	for _, ds := range p.datasets {
		for _, r := range list(ds["resources"]) {
			if branch(r)["id"] != id || ds["state"] == "deleted" {
				continue
			}
			if reads && !mayRead(c.who, ds) || !reads && !mayWrite(c.who) {
				return nil, nil, denied(c.who, "update resource "+id)
			}
			t, err := p.loadTable(id)
			if err != nil {
				return nil, nil, broken(err)
			}
			return branch(r), t, nil
		}
	}
	return nil, nil, notFound()
}

// forced tells a resource with an uploaded file apart, which CKAN keeps from
// being written to unless forced.
func forced(c *call, res tree) *problem {
	if text(res["url_type"]) != "datastore" && !truth(c.in["force"]) {
		return invalid(tree{"read-only": []any{"Cannot edit read-only resource. Either pass\"force=True\" or change url-type to \"datastore\""}})
	}
	return nil
}

func (p *Portal) datastoreCreate(c *call) (any, *problem) {
	p.mu.Lock()
	defer p.mu.Unlock()
	res, t, bad := p.tabled(c, false)
	if bad == nil {
		bad = forced(c, res)
	}
	if bad != nil {
		return nil, bad
	}
	if t == nil {
		t = &table{Fields: list(c.in["fields"]), Next: 1}
	}
	return p.takeRows(c, t)
}

func (p *Portal) datastoreUpsert(c *call) (any, *problem) {
	p.mu.Lock()
	defer p.mu.Unlock()
	res, t, bad := p.tabled(c, false)
	if bad == nil {
		bad = forced(c, res)
	}
	if bad == nil && t == nil {
		bad = notFound()
	}
	if bad == nil && text(c.in["method"]) != "insert" {
		bad = invalid(tree{"table": []any{"table does not have a unique key defined"}})
	}
	if bad != nil {
		return nil, bad
	}
	return p.takeRows(c, t)
}

// takeRows adds the call's records, all or, if one does not fit, none.
func (p *Portal) takeRows(c *call, t *table) (any, *problem) {
	types := map[string]string{}
	for _, f := range t.Fields {
		types[text(branch(f)["id"])] = text(branch(f)["type"])
	}
	for i, v := range list(c.in["records"]) {
		row := tree{"_id": t.Next}
		t.Next++
		for name, value := range branch(v) {
			kind, known := types[name]
			if !known {
				return nil, invalid(tree{"records": []any{"row \"" + name + "\" has extra keys"}, "records_row": i})
			}
			if s := text(value); s != "" && !cast(kind, s) {
				return nil, invalid(tree{"records": []any{"invalid input syntax for type " + kind + ": \"" + s + "\""}, "records_row": i})
			}
			row[name] = value
		}
		t.Rows = append(t.Rows, row)
	}
	id := text(c.in["resource_id"])
	if err := p.saveTable(id, t); err != nil {
		return nil, broken(err)
	}
	return tree{"resource_id": id, "fields": t.Fields, "method": "insert"}, nil
}

// cast reports whether PostgreSQL would read the text as the type, as far as
// the courier's types need it.
func cast(kind, value string) bool {
	switch kind {
	case "int4", "int8":
		_, err := strconv.ParseInt(value, 10, 64)
		return err == nil
	case "numeric":
		_, err := strconv.ParseFloat(value, 64)
		return err == nil
	case "bool":
		return value == "true" || value == "false"
	case "date", "timestamp":
		_, err := time.Parse(time.DateOnly, value[:min(len(value), len(time.DateOnly))])
		return err == nil
	}
	return true
}

func (p *Portal) datastoreSearch(c *call) (any, *problem) {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, t, bad := p.tabled(c, true)
	if bad == nil && t == nil {
		bad = notFound()
	}
	if bad != nil {
		return nil, bad
	}
	from := min(number(c.in["offset"], 0), len(t.Rows))
	rows := t.Rows[from:min(len(t.Rows), from+number(c.in["limit"], 100))]
	fields := append([]any{tree{"id": "_id", "type": "int"}}, t.Fields...)
	return tree{"resource_id": c.in["resource_id"], "fields": fields, "records": append([]tree{}, rows...), "total": len(t.Rows)}, nil
}

// datastoreDelete drops the table, or with filters: {} empties it.
func (p *Portal) datastoreDelete(c *call) (any, *problem) {
	p.mu.Lock()
	defer p.mu.Unlock()
	res, t, bad := p.tabled(c, false)
	if bad == nil {
		bad = forced(c, res)
	}
	if bad == nil && t == nil {
		bad = notFound()
	}
	if bad != nil {
		return nil, bad
	}
	id := text(c.in["resource_id"])
	if _, filtered := c.in["filters"]; filtered {
		t.Rows = nil
		if err := p.saveTable(id, t); err != nil {
			return nil, broken(err)
		}
		return tree{"resource_id": id}, nil
	}
	if err := os.Remove(p.tableFile(id)); err != nil {
		return nil, broken(err)
	}
	return tree{"resource_id": id}, nil
}

// sweepTables removes tables of resources that are no more.
func (p *Portal) sweepTables() error {
	known := map[string]bool{}
	for _, ds := range p.datasets {
		for _, r := range list(ds["resources"]) {
			known[text(branch(r)["id"])+".json"] = true
		}
	}
	entries, err := os.ReadDir(filepath.Join(p.dir, "tables"))
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !known[entry.Name()] {
			if err := os.Remove(filepath.Join(p.dir, "tables", entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}
