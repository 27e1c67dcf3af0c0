package table

import (
	"context"
	"iter"
)

// maxMerges bounds the merged ranges that are kept of a sheet.
const maxMerges = 1 << 16

// The notices that readers of several formats have; what each counts stands at
// Counts.
const (
	NoticeErrorValue    = "error_values"
	NoticeRowOrder      = "rows_out_of_order"
	NoticeDayZero       = "date_before_calendar"
	NoticeUnknownStyle  = "unknown_style"
	NoticeManyMerges    = "too_many_merges" // merged ranges beyond those kept
	NoticeHiddenRows    = "hidden_rows"
	NoticeHiddenColumns = "hidden_columns"
	NoticeMixedCurrency = "currencies_mixed" // a column has two signs of money
	NoticeInvalidUTF8   = "invalid_utf8"     // bytes of a text in UTF-8 that are none; read as windows-1252
)

// Counts is what readers of several formats count while rows go by. Each count
// above zero becomes a notice.
type Counts struct {
	Errors        int // cells that hold an error such as #N/A
	RowOrder      int // rows that say a number which was passed already; they follow on
	DayZero       int // date cells that hold 0 or the false 29 February 1900; kept as numbers
	UnknownStyle  int // cells that name a style which the book lacks
	HiddenRows    int // rows with values that are hidden
	HiddenColumns int // columns that are hidden
	Invalid       int // bytes that are no UTF-8 in what has to be; read as windows-1252
}

// SheetFacts is all of a Sheet but its rows, for a reader's sheet to embed: what
// its book says of it, and what is found out while its rows go by. Rows is a
// call of Walk.
type SheetFacts struct {
	File   string // of the book, for faults and notices
	Title  string // what Name returns
	Unseen bool   // the book hides the sheet
	Flat   bool   // what Records returns

	Counts  Counts
	merges  []Range
	money   []string // by column, from column 1: what its numbers are shown in
	surplus int      // merged ranges that were not kept
	notices []Notice
}

// Name is the sheet's name.
func (s *SheetFacts) Name() string { return s.Title }

// Visible reports whether the book shows the sheet.
func (s *SheetFacts) Visible() bool { return !s.Unseen }

// Records reports whether the rows are records; see Sheet.
func (s *SheetFacts) Records() bool { return s.Flat }

// Merges are the merged ranges that were kept; see Sheet.
func (s *SheetFacts) Merges() []Range { return s.merges }

// Notices are what was noted and counted; see Sheet.
func (s *SheetFacts) Notices() []Notice { return s.notices }

// Walk makes a sheet's Rows of read, which hands the rows to yield until that
// says no; then it must not call it again. What was found out before is
// forgotten when a walk begins. A fault ends the rows and says where it was, but
// where the context has ended, that error does.
func (s *SheetFacts) Walk(ctx context.Context, read func(ctx context.Context, yield func(Row, error) bool) *Fault) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		s.Counts, s.merges, s.money, s.surplus, s.notices = Counts{}, nil, s.money[:0], 0, nil
		fault := read(ctx, yield)
		s.tally()
		if fault == nil {
			return
		}
		if err := ctx.Err(); err != nil {
			yield(Row{}, err)
			return
		}
		placed := *fault // who made the fault may hand it out again
		placed.Place.File, placed.Place.Sheet = s.File, s.Title
		yield(Row{}, &placed)
	}
}

// Merge keeps a merged range. The notice of those beyond the bound is made when
// the walk ends.
func (s *SheetFacts) Merge(r Range) {
	if len(s.merges) >= maxMerges {
		s.surplus++
		return
	}
	s.merges = append(s.merges, r)
}

// severalCurrencies stands for the money of a column that has more than one.
const severalCurrencies = "\x00"

// Priced notes that a number of a column, counted from 1, is shown as an amount
// of money; of one that is not, money is "".
func (s *SheetFacts) Priced(col int, money string) {
	if money == "" {
		return
	}
	for len(s.money) < col {
		s.money = append(s.money, "")
	}
	if was := s.money[col-1]; was == "" {
		s.money[col-1] = money
	} else if was != money {
		s.money[col-1] = severalCurrencies
	}
}

// Note adds a notice of the format's own, if count is above zero.
func (s *SheetFacts) Note(code string, count int) {
	if count > 0 {
		s.notices = append(s.notices, Notice{Code: code, Count: count, Place: Place{File: s.File, Sheet: s.Title}})
	}
}

// tally makes the notices of what was counted.
func (s *SheetFacts) tally() {
	s.Note(NoticeErrorValue, s.Counts.Errors)
	s.Note(NoticeRowOrder, s.Counts.RowOrder)
	s.Note(NoticeDayZero, s.Counts.DayZero)
	s.Note(NoticeUnknownStyle, s.Counts.UnknownStyle)
	s.Note(NoticeManyMerges, s.surplus)
	s.Note(NoticeHiddenRows, s.Counts.HiddenRows)
	s.Note(NoticeHiddenColumns, s.Counts.HiddenColumns)
	s.Note(NoticeInvalidUTF8, s.Counts.Invalid)
	for i, money := range s.money {
		if money == severalCurrencies {
			s.notices = append(s.notices, Notice{Code: NoticeMixedCurrency, Count: 1, Place: Place{File: s.File, Sheet: s.Title, Col: i + 1}})
		}
	}
}
