package app

import (
	"context"
	"iter"

	"chasqui/converters/table"
)

// The notices of what was hidden and left out because a person chose so.
const (
	NoticeHiddenRowsOut    = "hidden_rows_left_out"    // Count rows with values
	NoticeHiddenColumnsOut = "hidden_columns_left_out" // Count columns with values
)

// withoutHidden leaves the hidden sheets of a book out, and the hidden rows and
// columns of the others.
func withoutHidden(book table.Book) table.Book {
	var sheets []table.Sheet
	for _, sheet := range book.Sheets() {
		if sheet.Visible() {
			sheets = append(sheets, &shownSheet{Sheet: sheet})
		}
	}
	return dressed{book, sheets}
}

// shownSheet is what a sheet shows. Its rows and columns keep their numbers.
type shownSheet struct {
	table.Sheet
	rows    int
	columns map[int]bool
}

// Rows yields the rows that are not hidden, the cells of hidden columns empty;
// their hint stays, which tells the column.
func (s *shownSheet) Rows(ctx context.Context) iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		s.rows, s.columns = 0, map[int]bool{}
		for row, err := range s.Sheet.Rows(ctx) {
			if err == nil && row.Hidden {
				s.rows++
				continue
			}
			for i := range row.Cells {
				if row.Cells[i].Hint&table.Hidden != 0 {
					row.Cells[i] = table.Cell{Hint: table.Hidden}
					s.columns[i+1] = true
				}
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// Notices says what was left out in place of saying that it is hidden.
func (s *shownSheet) Notices() []table.Notice {
	var list []table.Notice
	for _, n := range s.Sheet.Notices() {
		if n.Code != "hidden_rows" && n.Code != "hidden_columns" {
			list = append(list, n)
		}
	}
	add := func(code string, count int) {
		if count > 0 {
			list = append(list, table.Notice{Code: code, Place: table.Place{Sheet: s.Name()}, Count: count})
		}
	}
	add(NoticeHiddenRowsOut, s.rows)
	add(NoticeHiddenColumnsOut, len(s.columns))
	return list
}
