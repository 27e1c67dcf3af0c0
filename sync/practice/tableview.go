package practice

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
)

// viewLimit is how much of a file a page reads, in bytes.
const viewLimit = 1 << 20

// tableView is the beginning of a CSV file, for a page.
type tableView struct {
	Name   string
	Header []string
	Rows   [][]string
	More   bool // the file goes on
}

// readTable reads a header and up to rows rows of a CSV file; nil if it holds
// none. What can't be read is left out: the file itself is one click away.
func readTable(path string, rows int) *tableView {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, viewLimit))
	if err != nil {
		return nil
	}
	// A byte order mark, which spreadsheets want, is no part of the first name.
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))))
	r.FieldsPerRecord = -1
	header, err := r.Read()
	if err != nil {
		return nil
	}
	t := &tableView{Header: header}
	for {
		row, err := r.Read()
		if err != nil {
			t.More = t.More || !errors.Is(err, io.EOF)
			return t
		}
		if len(t.Rows) == rows {
			t.More = true
			return t
		}
		t.Rows = append(t.Rows, row)
	}
}
