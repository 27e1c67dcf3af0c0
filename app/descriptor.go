package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"chasqui/app/datapackage"
	"chasqui/converters/table"
)

// packedFormats are those that are no text.
var packedFormats = []string{"xlsx", "ods", "parquet"}

// describeTable adds to a resource what the table in it is.
func describeTable(r *datapackage.Resource, made frozenTable, number int, t target) {
	r.Table = number
	if slices.Contains(packedFormats, t.output.ID) {
		r.Encoding = ""
	}
	switch t.output.ID {
	case "geojson", "parquet":
		return // a collection of places is no table to Frictionless, and Parquet has a schema of its own
	case "json", "ods":
		r.Bytes = 0 // frictionless-py does not count them as it reads, and calls any number wrong
	}
	r.Type = "table"
	if t.output.ID != "ods" || !hasTime(made.fields) {
		r.Schema = schemaOf(made.fields)
	}
	if t.output.ByCell {
		mixed(r.Schema)
	}
	switch t.output.ID {
	case "csv":
		r.Dialect = &datapackage.Dialect{Delimiter: ",", LineTerminator: "\r\n", QuoteChar: `"`, DoubleQuote: true, Header: true}
	case "tsv":
		r.Dialect = &datapackage.Dialect{Delimiter: "\t", LineTerminator: "\r\n", QuoteChar: `"`, DoubleQuote: true, Header: true}
	}
}

// hasTime reports whether a column holds times of day: OpenDocument writes them
// as durations, and frictionless-py reads no time in those.
func hasTime(fields []publishedField) bool {
	return slices.ContainsFunc(fields, func(p publishedField) bool { return p.field.Type == table.TypeTime })
}

// mixed says that a column of texts among numbers holds anything, where each
// cell kept its own type.
func mixed(s *datapackage.Schema) {
	if s == nil {
		return
	}
	for i := range s.Fields {
		if s.Fields[i].Meant != "" {
			s.Fields[i].Type = string(table.TypeAny)
		}
	}
}

func schemaOf(fields []publishedField) *datapackage.Schema {
	s := &datapackage.Schema{MissingValues: []string{""}}
	for _, f := range fields {
		reason, _ := strings.CutPrefix(f.column.Personal, Keep)
		meant := ""
		if f.field.Type != f.column.Field.Type {
			meant = string(f.column.Field.Type)
		}
		s.Fields = append(s.Fields, datapackage.Field{
			Name: f.field.Name, Type: string(f.field.Type), Title: f.column.Title, Description: f.column.Description,
			Unit: f.column.Unit, CodeList: f.column.Codes, ID: urn(f.column.ID), Words: f.field.MissingValues, Personal: reason, Meant: meant, Example: f.example,
		})
	}
	return s
}

// dictionaryColumns are the columns of the data dictionary.
var dictionaryColumns = [...]string{"table", "name", "title", "type", "unit", "description", "missing_values", "code_list", "example"}

// dictionary writes the data dictionary in one of Outputs: one row a column, for
// people and programs that never heard of Table Schema.
func (f frozen) dictionary(format string) ([]byte, error) {
	output, err := OutputOf(format)
	if err != nil {
		return nil, err
	}
	columns := make([]table.Field, len(dictionaryColumns))
	for i, n := range dictionaryColumns {
		columns[i] = table.Field{Col: i + 1, Name: n, Title: n, Type: table.TypeString}
	}
	var b bytes.Buffer
	w := output.open(&b, columns, WriteOptions{})
	for _, t := range f.tables {
		for _, p := range t.fields {
			row := []string{t.name, p.field.Name, p.column.Title, string(p.field.Type), p.column.Unit, p.column.Description,
				strings.Join(p.field.MissingValues, " | "), p.column.Codes, p.example}
			values := make([]table.Value, len(row))
			for i, s := range row {
				values[i] = table.Value{Text: s}
				if s == "" {
					values[i].Status = table.Missing
				}
			}
			if err := w.WriteRow(values); err != nil {
				return nil, err
			}
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// date says since when the content is as it is: since the last revision, if
// that has the same, else since now. A package of the same content has the same
// bytes, whenever it is made. With the dates it settles the version.
func (a *App) date(ctx context.Context, d Dataset, f *frozen, want freezing) error {
	last, err := a.store.LatestRevision(ctx, f.edition.ID)
	if err != nil {
		return err
	}
	began, err := a.store.FirstFrozen(ctx, d.ID)
	if err != nil {
		return err
	}
	if began.IsZero() {
		began = a.opt.Now()
	}
	f.content = contentOf(d, *f)
	f.issued = first(want.issued, last.Issued, began.UTC().Format(time.RFC3339))
	f.modified = first(want.modified, a.opt.Now().UTC().Format(time.RFC3339))
	if want.modified == "" && last.Modified != "" && last.Content == f.content {
		f.modified = last.Modified
	}
	return a.version(ctx, d, f, last)
}

// contentOf is a fingerprint of what a dataset says and holds.
func contentOf(d Dataset, f frozen) string {
	about := d.Description.Clone()
	about.Proposed, about.Refused, about.Chosen = nil, nil, nil
	h := sha256.New()
	e := json.NewEncoder(h)
	parts := []any{d.Name, about, f.profile.ID, f.profile.Version}
	for _, t := range f.tables {
		parts = append(parts, t.name, t.sum, schemaOf(t.fields))
	}
	for _, part := range parts {
		if err := e.Encode(part); err != nil {
			panic(err) // texts and lists always encode
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
