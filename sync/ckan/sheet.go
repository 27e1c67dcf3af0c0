package ckan

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"chasqui/sync/portal"
)

// errUnsuitable says that a file is no table that a DataStore could take: its
// header is not the schema's, or a column's name is none there.
var errUnsuitable = errors.New("the file is no table for a DataStore")

// sheet is what a look through a whole file found.
type sheet struct {
	rows  int64
	types []string // PostgreSQL's, one a column
}

// survey reads the file once: every value is held against its column's type,
// and one that does not fit makes the column text, as in the file itself.
func survey(files portal.Files, d portal.Distribution) (*sheet, error) {
	found := &sheet{}
	for i, c := range d.Schema {
		if !columnName(c.Name) || slices.ContainsFunc(d.Schema[:i], func(o portal.Column) bool { return o.Name == c.Name }) {
			return nil, errUnsuitable
		}
		found.types = append(found.types, columnType(c.Type))
	}
	rows, err := found.open(files, d, 0)
	if err != nil {
		return nil, err
	}
	defer rows.close()
	for {
		line, err := rows.from.Read()
		if err == io.EOF {
			return found, nil
		}
		if err != nil {
			return nil, errUnsuitable
		}
		found.rows++
		for i, value := range line {
			if value != "" && !fits(found.types[i], value) {
				found.types[i] = "text"
			}
		}
	}
}

// columnName follows CKAN's is_valid_field_name and PostgreSQL's 63 bytes.
func columnName(name string) bool {
	return name != "" && name == strings.TrimSpace(name) && name[0] != '_' && len(name) <= 63 &&
		!strings.ContainsRune(name, '"') && utf8.ValidString(name)
}

// columnType is the type of a column in the DataStore for one of Table Schema.
func columnType(t string) string {
	switch t {
	case "integer":
		return "int8"
	case "number":
		return "numeric"
	case "boolean":
		return "bool"
	case "date":
		return "date"
	case "datetime":
		return "timestamp"
	case "time":
		return "time"
	case "year":
		return "int4"
	}
	return "text"
}

// fits reports whether a written value, which is not empty, is one of the type.
func fits(columnType, value string) bool {
	is := func(layouts ...string) bool {
		return slices.ContainsFunc(layouts, func(l string) bool { _, err := time.Parse(l, value); return err == nil })
	}
	switch columnType {
	case "int4":
		return digits(value, 9)
	case "int8":
		return digits(value, 18)
	case "numeric":
		whole, fraction, pointed := strings.Cut(value, ".")
		return digits(whole, 1000) && (!pointed || fraction[:min(1, len(fraction))] != "-" && digits(fraction, 1000))
	case "bool":
		return value == "true" || value == "false"
	case "date":
		return is(time.DateOnly)
	case "timestamp":
		return is("2006-01-02T15:04:05", "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04")
	case "time":
		return is(time.TimeOnly, "15:04")
	}
	return !strings.ContainsRune(value, 0)
}

// digits reports whether a value is a whole number of at most that many digits,
// which a type of PostgreSQL holds whatever they are.
func digits(value string, most int) bool {
	value = strings.TrimPrefix(value, "-")
	return value != "" && len(value) <= most && strings.Trim(value, "0123456789") == ""
}

// fields are the table's columns with their dictionary. type_override is what a
// loader that comes later goes by.
func (s *sheet) fields(d portal.Distribution) []map[string]any {
	out := make([]map[string]any, 0, len(d.Schema))
	for i, c := range d.Schema {
		notes := c.Description
		if c.Unit != "" {
			notes = strings.TrimSpace(notes + "\n" + c.Unit)
		}
		info := map[string]any{"label": c.Title, "notes": notes, "type_override": override(s.types[i])}
		if i == 0 {
			info[tableKey] = d.SHA256
		}
		out = append(out, map[string]any{"id": c.Name, "type": s.types[i], "info": info})
	}
	return out
}

// override is the nearest of the three types that CKAN's dictionary knows.
func override(columnType string) string {
	switch columnType {
	case "int4", "int8", "numeric":
		return "numeric"
	case "date", "timestamp":
		return "timestamp"
	}
	return "text"
}

// lines reads a file's records after the header.
type lines struct {
	blob   io.Closer
	from   *csv.Reader
	schema []portal.Column
	held   []string // read, and too much for the chunk before
}

// open starts at the record numbered skip, from 0.
func (s *sheet) open(files portal.Files, d portal.Distribution, skip int64) (*lines, error) {
	blob, err := openBlob(files, d)
	if err != nil {
		return nil, err
	}
	l := &lines{blob: blob, from: csv.NewReader(blob), schema: d.Schema}
	l.from.FieldsPerRecord = len(d.Schema)
	l.from.ReuseRecord = false
	header, err := l.from.Read()
	if err == nil {
		header[0] = strings.TrimPrefix(header[0], "\uFEFF")
		for i, c := range d.Schema {
			if header[i] != c.Name {
				err = errUnsuitable
			}
		}
	}
	for ; err == nil && skip > 0; skip-- {
		_, err = l.from.Read()
	}
	if err != nil {
		blob.Close()
		return nil, errUnsuitable
	}
	return l, nil
}

func (l *lines) close() { l.blob.Close() }

// next returns the next records, as DataStore takes them: at most rows of them,
// and bytes of text if that is more than one record. Values stay text, exact as
// written; an empty one is null.
func (l *lines) next(rows, bytes int) ([]map[string]any, error) {
	out := []map[string]any{}
	size := 0
	for len(out) < rows {
		line := l.held
		l.held = nil
		if line == nil {
			read, err := l.from.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				return nil, errUnsuitable
			}
			line = read
		}
		record := make(map[string]any, len(line))
		own := 0
		for i, value := range line {
			own += len(l.schema[i].Name) + len(value) + 8
			record[l.schema[i].Name] = nil
			if value != "" {
				record[l.schema[i].Name] = value
			}
		}
		if size += own; size > bytes && len(out) > 0 {
			l.held = line
			break
		}
		out = append(out, record)
	}
	return out, nil
}
