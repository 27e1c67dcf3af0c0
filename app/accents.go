package app

import (
	"context"
	"iter"

	"chasqui/converters/detect"
	"chasqui/converters/table"
)

// NoticeAccentsMended says that Count cells whose text was encoded twice are read
// as what they meant, because a person chose so.
const NoticeAccentsMended = "accents_mended"

// withAccents reads the texts of a book that were encoded twice, as "EspaÃ±a", as
// what they meant.
func withAccents(book table.Book) table.Book {
	var sheets []table.Sheet
	for _, sheet := range book.Sheets() {
		sheets = append(sheets, &mendedSheet{Sheet: sheet})
	}
	return dressed{book, sheets}
}

// mendedSheet is a sheet whose texts are mended.
type mendedSheet struct {
	table.Sheet
	cells int
}

// Rows yields the rows with their texts mended.
func (s *mendedSheet) Rows(ctx context.Context) iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		s.cells = 0
		for row, err := range s.Sheet.Rows(ctx) {
			for i, c := range row.Cells {
				if c.Kind != table.Text {
					continue
				}
				if meant, ok := detect.EncodedTwice(c.Text); ok {
					row.Cells[i].Text = meant
					s.cells++
				}
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// Notices says how many cells were mended, besides what the sheet itself says.
func (s *mendedSheet) Notices() []table.Notice {
	list := s.Sheet.Notices()
	if s.cells == 0 {
		return list
	}
	return append([]table.Notice{{Code: NoticeAccentsMended, Place: table.Place{Sheet: s.Name()}, Count: s.cells}}, list...)
}
