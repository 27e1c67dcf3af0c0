package app

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"unicode"

	"chasqui/app/describe"
	"chasqui/app/store"
	"chasqui/converters/table"
)

// Formats are the formats in which a dataset is published: those that its
// profile expects, else PublishedFormats.
func (d Dataset) Formats() []string {
	for _, e := range d.Profile.Files {
		if e.Kind == describe.DataFile && len(e.Formats) > 0 {
			return e.Formats
		}
	}
	return PublishedFormats[:]
}

// FileNames are the files that a publication sends, in their order.
func (d Dataset) FileNames() []string {
	var names []string
	for _, t := range d.Tables {
		for _, format := range d.Formats() {
			names = append(names, fileName(d, t)+"."+format)
		}
	}
	names = append(names, "dictionary.csv")
	for _, e := range expectedFiles(d) {
		names = append(names, e.FileName(placeholders(d))+"."+e.Formats[0])
	}
	return append(names, descriptorName)
}

// expectedFiles are the files besides the data that a profile wants on their
// own: Ecuador's metadata profile and data dictionary.
func expectedFiles(d Dataset) []describe.ExpectedFile {
	return slices.DeleteFunc(slices.Clone(d.Profile.Files), func(e describe.ExpectedFile) bool {
		return e.Kind == describe.DataFile || len(e.Formats) == 0
	})
}

// placeholders fill in the names of expected files: the initials of the office,
// what it is about in one word, and the period.
func placeholders(d Dataset) map[string]string {
	return map[string]string{"office": initials(d.Description.Publisher), "subject": oneWord(d.Name), "period": shortPeriod(d.Description.Temporal)}
}

// initials are the first letters of a name's words that begin with a capital.
func initials(name string) string {
	var b strings.Builder
	for _, w := range strings.Fields(unaccentedWords(name)) {
		if r := []rune(w)[0]; unicode.IsUpper(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unaccentedWords keeps a name's letters and blanks, without accents and in
// their case.
func unaccentedWords(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsUpper(r):
			return unicode.ToUpper([]rune(unaccented(string(r)) + "x")[0])
		case unicode.IsLetter(r):
			return r
		}
		return -1
	}, name)
}

// oneWord writes a slug as one word: gasto-por-unidad becomes GastoPorUnidad.
func oneWord(slug string) string {
	var b strings.Builder
	for _, w := range strings.Split(slug, "-") {
		if w != "" {
			b.WriteString(strings.ToUpper(w[:1]) + w[1:])
		}
	}
	return b.String()
}

// shortPeriod writes a period as its month or its year where it is one, else as
// its first and last month.
func shortPeriod(temporal string) string {
	from, to, err := describe.Period(temporal)
	switch {
	case err != nil:
		return ""
	case from.Year() == to.Year() && from.Month() == to.Month():
		return from.Format("2006-01")
	case from.YearDay() == 1 && from.Year() == to.Year() && to.AddDate(0, 0, 1).Year() > to.Year():
		return from.Format("2006")
	}
	return from.Format("2006-01") + "_" + to.Format("2006-01")
}

// freezeExpected writes the files that the profile wants on their own.
func (a *App) freezeExpected(ctx context.Context, f *frozen, d Dataset) error {
	var columns []describe.ColumnWords
	for _, t := range f.tables {
		for _, p := range t.fields {
			columns = append(columns, describe.ColumnWords{
				Name: p.field.Name, Title: p.column.Title, Type: string(p.field.Type), Unit: p.column.Unit, Description: p.column.Description,
			})
		}
	}
	for _, e := range expectedFiles(d) {
		output, err := OutputOf(e.Formats[0])
		if err != nil {
			return err
		}
		data, err := writeRows(output, e.Content(d.Profile, d.Description, automatic(d, *f), columns))
		if err != nil {
			return err
		}
		sink, err := a.sinkOf(data)
		if err != nil {
			return err
		}
		defer sink.Discard()
		name := e.FileName(placeholders(d)) + "." + output.ID
		if err := a.keep(ctx, f, store.Dictionary, e.Kind+":"+output.ID, name, output, sink); err != nil {
			return err
		}
		last := &f.resources[len(f.resources)-1]
		last.Title = e.Label.In(d.Description.Language)
		if slices.Contains(packedFormats, output.ID) {
			last.Encoding = ""
		}
		if output.ID == "ods" {
			last.Bytes = 0
		}
	}
	return nil
}

// writeRows writes texts in a format; the first row is the header.
func writeRows(output Output, rows [][]string) ([]byte, error) {
	if len(rows) == 0 {
		rows = [][]string{{""}}
	}
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	fields := make([]table.Field, width)
	for i := range fields {
		fields[i] = table.Field{Col: i + 1, Type: table.TypeString}
		if i < len(rows[0]) {
			fields[i].Name, fields[i].Title = rows[0][i], rows[0][i]
		}
	}
	var b bytes.Buffer
	w := output.open(&b, fields, WriteOptions{})
	for _, row := range rows[1:] {
		values := make([]table.Value, width)
		for i := range values {
			values[i].Status = table.Missing
			if i < len(row) && row[i] != "" {
				values[i] = table.Value{Text: row[i]}
			}
		}
		if err := w.WriteRow(values); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
