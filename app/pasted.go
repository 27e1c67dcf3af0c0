package app

import (
	"context"
	"iter"
	"strings"

	"chasqui/converters/delimited"
	"chasqui/converters/table"
)

// pastedRows is how many rows tell whether a sheet holds a pasted text file.
const pastedRows = 40

// unpasted looks for sheets of a workbook into whose first column a delimited
// file was pasted whole, as happens when Excel opens a file with another
// separator than the system's, and splits their rows where that is certain.
func unpasted(ctx context.Context, book table.Book) table.Book {
	if format := book.Info().Format; format != "xlsx" && format != "xls" {
		return book
	}
	sheets, any := append([]table.Sheet{}, book.Sheets()...), false
	for i, sheet := range sheets {
		if lines := pastedLines(ctx, sheet); lines != nil {
			sheets[i], any = &pastedSheet{Sheet: sheet, lines: lines}, true
		}
	}
	if !any {
		return book
	}
	return dressed{book, sheets}
}

// dressed is a book some of whose sheets are read in a way of their own.
type dressed struct {
	table.Book
	sheets []table.Sheet
}

func (d dressed) Sheets() []table.Sheet { return d.sheets }

// pastedLines returns what splits the rows of a sheet, nil where they are not
// certainly pasted records. An error of the rows is left to their next reader.
func pastedLines(ctx context.Context, sheet table.Sheet) *delimited.Lines {
	var records []string
	for row, err := range sheet.Rows(ctx) {
		if err != nil {
			return nil
		}
		text, lone := loneText(row)
		if !lone {
			return nil
		}
		if records = append(records, strings.Clone(text)); len(records) == pastedRows {
			break
		}
	}
	return delimited.NewLines(records)
}

// loneText returns the text of a row that has nothing but one in its first
// column.
func loneText(row table.Row) (string, bool) {
	first := row.Cell(1)
	if first.Kind != table.Text {
		return "", false
	}
	for _, c := range row.Cells[1:] {
		if !c.IsBlank() {
			return "", false
		}
	}
	return first.Text, true
}

// pastedSheet is a sheet whose rows are split.
type pastedSheet struct {
	table.Sheet
	lines *delimited.Lines
}

// Records says that the rows were records of a text.
func (s *pastedSheet) Records() bool { return true }

// Merges are none: what is merged holds one text.
func (s *pastedSheet) Merges() []table.Range { return nil }

// Notices says that rows were split, besides what the sheet itself says.
func (s *pastedSheet) Notices() []table.Notice {
	return append([]table.Notice{{Code: delimited.NoticePastedSplit, Place: table.Place{Sheet: s.Name()}, Count: 1}}, s.Sheet.Notices()...)
}

// Rows yields the sheet's rows, those of one text split.
func (s *pastedSheet) Rows(ctx context.Context) iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		for row, err := range s.Sheet.Rows(ctx) {
			if text, lone := loneText(row); err == nil && lone {
				row.Cells = s.lines.Split(text)
			}
			if !yield(row, err) {
				return
			}
		}
	}
}
