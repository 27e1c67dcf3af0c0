// Command accuracy measures detection on testdata/corpus: how many columns of
// each type, and how many files of each encoding, are read as their labels say.
//
//	go run ./tools/accuracy [-misses] [FOLDER]
//
// The labels stand in MANIFEST.tsv and ENCODINGS.tsv of the folder; a file's
// encoding is right only if the whole decoded text is identical.
package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"chasqui/app"
	"chasqui/converters/charset"
	"chasqui/converters/table"
)

func main() {
	misses := flag.Bool("misses", false, "list what was missed")
	flag.Parse()
	root := filepath.Join("testdata", "corpus")
	if flag.NArg() > 0 {
		root = flag.Arg(0)
	}
	m, err := measure(context.Background(), root)
	if err != nil {
		fmt.Fprintln(os.Stderr, "accuracy:", err)
		os.Exit(1)
	}
	m.print(os.Stdout)
	if *misses {
		fmt.Println(strings.Join(m.misses, "\n"))
	}
}

// score counts right answers.
type score struct{ right, all int }

func (s score) recall() float64 { return float64(s.right) / float64(max(s.all, 1)) }

// measured is the outcome: by type, by encoding, and over the tables.
type measured struct {
	types, encodings map[string]score
	places           score
	misses           []string
}

// mark counts an answer, and keeps a wrong one.
func (m *measured) mark(scores map[string]score, label string, right bool, miss string) {
	s := scores[label]
	s.all++
	if right {
		s.right++
	} else {
		m.misses = append(m.misses, miss)
	}
	scores[label] = s
}

// measure reads every file of the corpus at root.
func measure(ctx context.Context, root string) (*measured, error) {
	m := &measured{types: map[string]score{}, encodings: map[string]score{}}
	tables, err := rows(filepath.Join(root, "MANIFEST.tsv"))
	if err != nil {
		return nil, err
	}
	for _, row := range tables {
		found, err := app.Inspect(ctx, app.InspectRequest{Path: filepath.Join(root, "files", row["file"])})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", row["file"], err)
		}
		m.table(row, found)
	}
	texts, err := rows(filepath.Join(root, "ENCODINGS.tsv"))
	if err != nil {
		return nil, err
	}
	for _, row := range texts {
		if err := m.text(root, row); err != nil {
			return nil, fmt.Errorf("%s: %w", row["file"], err)
		}
	}
	return m, nil
}

// rows reads a manifest, one map a line by the names of the first.
func rows(path string) ([]map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = '\t'
	all, err := r.ReadAll()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var list []map[string]string
	for _, record := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = record[i]
		}
		list = append(list, row)
	}
	return list, nil
}

// table compares the first table found in a file with its labels.
func (m *measured) table(row map[string]string, found app.Inspection) {
	var t table.Layout
	if len(found.Sheets) > 0 && len(found.Sheets[0].Tables) > 0 {
		t = found.Sheets[0].Tables[0]
	}
	place := fmt.Sprintf("%d-%d %d %d %d-%d", t.HeaderFirst, t.HeaderLast, t.DataFirst, t.DataLast, t.ColFirst, t.ColLast)
	want := fmt.Sprintf("%s %s %s %s", row["header_rows"], row["data_first_row"], row["data_last_row"], row["columns"])
	if m.places.all++; place == want {
		m.places.right++
	} else {
		m.misses = append(m.misses, fmt.Sprintf("%s: table at %s, not at %s", row["file"], place, want))
	}
	got := map[int]table.Field{}
	for _, f := range t.Fields {
		got[f.Col] = f
	}
	for i, label := range strings.Split(row["types"], ";") {
		may := strings.Split(label, "|")
		f := got[i+1]
		m.mark(m.types, may[0], slices.Contains(may, string(f.Type)),
			fmt.Sprintf("%s, column %d %q: %s, not %s %v %q", row["file"], i+1, f.Title, f.Type, label, f.Why, f.Examples))
	}
}

// text compares a decoded file with the text it was made from.
func (m *measured) text(root string, row map[string]string) error {
	raw, err := os.ReadFile(filepath.Join(root, "encodings", row["file"]))
	if err != nil {
		return err
	}
	want, err := os.ReadFile(filepath.Join(root, "texts", row["text"]))
	if err != nil {
		return err
	}
	guess, err := charset.Detect(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return err
	}
	r, err := charset.NewReader(bytes.NewReader(raw), guess.Name)
	if err != nil {
		return err
	}
	got, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m.mark(m.encodings, row["encoding"], bytes.Equal(got, want), fmt.Sprintf("%s: taken for %s", row["file"], guess.Name))
	return nil
}

// print writes the figures, one label a line.
func (m *measured) print(w io.Writer) {
	fmt.Fprintf(w, "tables found exactly: %d of %d\n", m.places.right, m.places.all)
	for _, part := range []struct {
		what   string
		scores map[string]score
	}{{"columns", m.types}, {"files", m.encodings}} {
		for _, label := range slices.Sorted(maps.Keys(part.scores)) {
			s := part.scores[label]
			fmt.Fprintf(w, "%-14s %4d %-7s %6.1f %%\n", label, s.all, part.what, 100*s.recall())
		}
	}
}
