// Package changes tells what is different between two editions of a table, for
// the note that citizens read: how many records came, went, and have another
// value, by the columns that identify a record.
//
// It reads the tables as they are published, csv with machine names, and holds
// a hash of every value, no text. Start with Compare.
package changes

import (
	"encoding/csv"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
)

// Changes is the difference. Counts are of records, but for Column.Count, which
// is of values.
type Changes struct {
	Since      string   `json:"since,omitempty"` // period of the edition before, "" for a correction; Compare leaves it to the caller
	Key        []string `json:"key,omitempty"`   // names of the columns that identify a record; none where none do
	Before     int      `json:"before"`
	After      int      `json:"after"`
	Added      int      `json:"added"`
	Removed    int      `json:"removed"`
	Changed    int      `json:"changed"` // records of both with another value
	Columns    []Column `json:"columns,omitempty"`
	NewColumns []string `json:"new_columns,omitempty"`
	LostColumn []string `json:"lost_columns,omitempty"`
}

// Column is a column with changed values.
type Column struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// None reports whether nothing is different.
func (c Changes) None() bool {
	return c.Added == 0 && c.Removed == 0 && c.Changed == 0 && len(c.NewColumns) == 0 && len(c.LostColumn) == 0
}

// maxValues bounds the values of a table that are held one by one, 64 MB of
// hashes; of a larger table whole records are compared.
const maxValues = 8 << 20

// Identifying says of a column's name whether its values may identify a record:
// codes, names, dates, but no amounts.
type Identifying func(name string) bool

// Compare reads two csv tables with a header record each. Records are matched by
// the first columns, one to three, whose values are unique in both tables among
// those that may identify a record; where none are, equal records are taken off
// against each other. The error is a reader's.
func Compare(before, after io.Reader, may Identifying) (Changes, error) {
	return compare(before, after, may, maxValues)
}

// compare holds at most so many values of a table one by one.
func compare(before, after io.Reader, may Identifying, limit int) (Changes, error) {
	seed := maphash.MakeSeed()
	a, err := read(before, seed, limit)
	if err != nil {
		return Changes{}, fmt.Errorf("the table before: %w", err)
	}
	b, err := read(after, seed, limit)
	if err != nil {
		return Changes{}, fmt.Errorf("the table after: %w", err)
	}
	c := Changes{Before: a.rows, After: b.rows}
	var common []string
	for _, name := range b.names {
		if a.place(name) >= 0 {
			common = append(common, name)
		} else {
			c.NewColumns = append(c.NewColumns, name)
		}
	}
	for _, name := range a.names {
		if b.place(name) < 0 {
			c.LostColumn = append(c.LostColumn, name)
		}
	}
	if !a.whole && !b.whole {
		c.Key = keyOf(a, b, common, may)
	}
	if c.Key == nil {
		c.balance(a, b, common)
		return c, nil
	}
	c.match(a, b, common)
	return c, nil
}

// hashed is a table as hashes: of each value, row after row, or, where they are
// too many, of each record.
type hashed struct {
	names  []string
	rows   int
	whole  bool
	values []uint64
}

func (h hashed) place(name string) int {
	for i, n := range h.names {
		if n == name {
			return i
		}
	}
	return -1
}

// empty is the hash of a missing value.
const empty = 0

func read(src io.Reader, seed maphash.Seed, limit int) (hashed, error) {
	r := csv.NewReader(src)
	r.ReuseRecord, r.FieldsPerRecord = true, -1
	var h hashed
	var row []uint64
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return h, nil
		}
		if err != nil {
			return h, err
		}
		if h.names == nil {
			h.names = append([]string{}, record...)
			continue
		}
		if !h.whole && len(h.values)+len(h.names) > limit {
			h.fold()
		}
		h.rows++
		row = row[:0]
		for i := range h.names {
			v := uint64(empty)
			if i < len(record) && record[i] != "" {
				v = maphash.String(seed, record[i]) | 1
			}
			row = append(row, v)
		}
		if h.whole {
			row = append(row[:0], combine(row))
		}
		h.values = append(h.values, row...)
	}
}

// fold turns the values held so far into one hash a record.
func (h *hashed) fold() {
	n := len(h.names)
	records := make([]uint64, 0, h.rows)
	for row := range h.rows {
		records = append(records, combine(h.values[row*n:(row+1)*n]))
	}
	h.whole, h.values = true, records
}

// combine makes one hash of several in their order (FNV-1a over words).
func combine(values []uint64) uint64 {
	h := uint64(14695981039346656037)
	for _, v := range values {
		h = (h ^ v) * 1099511628211
		h ^= h >> 29
	}
	return h
}
