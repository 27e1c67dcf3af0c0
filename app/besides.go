package app

import (
	"context"

	"chasqui/converters/table"
)

// The notices of what a conversion left where it is because nobody asked for it.
const (
	NoticeOtherTables = "other_tables" // Count further tables of the sheet
	NoticeOtherSheets = "other_sheets" // Count further sheets that hold something; Args: name of the first
)

// besides says which tables of the sheet and which sheets of the book are not in
// the files: those that could have been asked for and were not. Of the other
// sheets the rows up to the first that is not blank are read.
func (req *ConvertRequest) besides(ctx context.Context, src *Source, found found) []table.Notice {
	var list []table.Notice
	if n := len(found.sheet.Tables) - 1; req.Table == 0 && n > 0 {
		list = append(list, table.Notice{Code: NoticeOtherTables, Place: table.Place{Sheet: found.sheet.Name}, Count: n})
	}
	if req.Sheet != "" {
		return list
	}
	others := table.Notice{Code: NoticeOtherSheets}
	for i, sheet := range src.Book.Sheets() {
		if i == found.at || !holdsAnything(ctx, sheet) {
			continue
		}
		if others.Count++; others.Count == 1 {
			others.Args = map[string]string{"name": sheet.Name()}
		}
	}
	if others.Count > 0 {
		list = append(list, others)
	}
	return list
}

// holdsAnything reports whether a sheet has a cell that shows something, or can't
// be read.
func holdsAnything(ctx context.Context, sheet table.Sheet) bool {
	for row, err := range sheet.Rows(ctx) {
		if err != nil || !row.IsBlank() {
			return true
		}
	}
	return false
}
