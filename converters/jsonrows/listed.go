package jsonrows

import (
	"encoding/json"
	"errors"
)

// isListKey reports whether the columns of what an interface answers stand
// under the key: CKAN's datastore has "fields" beside "records", Socrata
// "columns" beside "data", and so have others.
func isListKey(key string) bool { return key == `"fields"` || key == `"columns"` }

// list reads what may be a list of columns, and keeps their names. It stays the
// table, should no other records follow. False says that it is none, and that
// nothing was read.
func (b *book) list(w *window) (bool, error) {
	c, err := w.peek()
	if err != nil || c != '[' {
		return false, err
	}
	at, records := w.offset(), w.holdsRecords()
	raw, err := w.value()
	if err == nil {
		b.names = namesIn(raw)
	} else if !errors.Is(err, errLong) {
		return false, err
	}
	if b.names != nil {
		if records {
			b.listed = at
		}
		return true, nil
	}
	again, err := b.window(at)
	if err != nil {
		return false, err
	}
	again.before = at
	*w = *again
	return false, nil
}

// namesIn returns the names of a list of columns: texts, or objects with a name
// or an id; nil where it is none.
func namesIn(raw []byte) []string {
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil || len(items) > maxColumns {
		return nil
	}
	var names []string
	for _, item := range items {
		var name string
		if json.Unmarshal(item, &name) != nil {
			var column struct{ Name, ID any }
			if json.Unmarshal(item, &column) != nil {
				return nil
			}
			if name, _ = column.Name.(string); name == "" {
				name, _ = column.ID.(string)
			}
		}
		if name == "" {
			return nil
		}
		names = append(names, name)
	}
	return names
}

// fits reports whether a record has a value for each name.
func fits(names []string, record []byte) bool {
	var items []json.RawMessage
	return json.Unmarshal(record, &items) == nil && len(items) == len(names)
}

// enterListed makes the list of columns the table.
func (b *book) enterListed() error {
	w, err := b.window(b.listed)
	if err != nil {
		return err
	}
	w.before, b.names = b.listed, nil
	return b.enter(w, objects)
}
