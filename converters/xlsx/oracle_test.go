package xlsx

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

// corpus returns the workbooks of the shared corpus, beside the repository or
// where CHASQUI_SHARED says.
func corpus(t *testing.T) []string {
	t.Helper()
	shared := os.Getenv("CHASQUI_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	paths, _ := filepath.Glob(filepath.Join(shared, "corpus", "files", "*.xlsx"))
	if len(paths) == 0 {
		t.Skip("no corpus of workbooks at CHASQUI_SHARED or ../shared: the comparison with excelize did not run")
	}
	return paths
}

func TestValuesEqualExcelizesOnTheCorpus(t *testing.T) {
	for _, path := range corpus(t) {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if testing.Short() && len(content) > 200_000 {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) { compare(t, content) })
	}
}

// compare reads a workbook both ways.
func compare(t *testing.T, content []byte) {
	other, err := excelize.OpenReader(strings.NewReader(string(content)))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	book, err := Reader{}.Open(context.Background(), tabletest.Memory(content), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cells, wrong := 0, 0
	for _, s := range book.Sheets() {
		theirs, err := other.GetRows(s.Name(), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for row, err := range s.Rows(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			for i, c := range row.Cells {
				want := ""
				if row.Number <= len(theirs) && i < len(theirs[row.Number-1]) {
					want = theirs[row.Number-1][i]
				}
				cells++
				if !equal(c, want) && wrong < 5 {
					wrong++
					t.Errorf("sheet %s row %d column %d: %q, excelize has %q", s.Name(), row.Number, i+1, c.Text, want)
				}
			}
		}
	}
	if cells == 0 {
		t.Error("no cell was compared")
	}
}

// equal compares a cell with a raw value. What a format makes of a number is
// compared by kind only: excelize gives the serial.
func equal(c table.Cell, raw string) bool {
	switch c.Kind {
	case table.Number:
		a, errA := strconv.ParseFloat(c.Text, 64)
		b, errB := strconv.ParseFloat(raw, 64)
		return errA == nil && errB == nil && a == b
	case table.Date, table.DateTime, table.Time:
		_, err := strconv.ParseFloat(raw, 64)
		return err == nil || strings.HasPrefix(raw, c.Text[:min(10, len(c.Text))])
	case table.Bool:
		return raw == "1" && c.Text == "true" || raw == "0" && c.Text == "false" || strings.EqualFold(raw, c.Text)
	}
	if c.Text == raw {
		return true
	}
	if n, err := strconv.ParseFloat(c.Text, 64); err == nil { // zeros that a format shows
		m, err := strconv.ParseFloat(raw, 64)
		return err == nil && n == m
	}
	return strings.ReplaceAll(strings.ReplaceAll(raw, "\r\n", "\n"), "\r", "\n") == c.Text
}
