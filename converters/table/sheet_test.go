package table

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// lastError walks a sheet and returns what its rows ended with.
func lastError(ctx context.Context, s *SheetFacts, read func(context.Context, func(Row, error) bool) *Fault) (last error) {
	for _, err := range s.Walk(ctx, read) {
		last = err
	}
	return last
}

func TestAFaultSaysWhereItWasAndStaysItsMakers(t *testing.T) {
	shared := &Fault{Kind: TooLarge, Place: Place{Row: 7}}
	for _, title := range []string{"uno", "dos"} {
		s := &SheetFacts{File: "x.xlsx", Title: title}
		err := lastError(t.Context(), s, func(context.Context, func(Row, error) bool) *Fault { return shared })
		var fault *Fault
		if want := (Place{File: "x.xlsx", Sheet: title, Row: 7}); !errors.As(err, &fault) || fault.Place != want {
			t.Errorf("got %v, want a fault at %+v", err, want)
		}
	}
	if want := (Place{Row: 7}); shared.Place != want {
		t.Errorf("the fault was changed to %+v", shared.Place)
	}
}

func TestAContextThatEndedCountsMoreThanAFault(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	err := lastError(ctx, &SheetFacts{}, func(context.Context, func(Row, error) bool) *Fault {
		cancel()
		return &Fault{Kind: Damaged}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestEveryWalkCountsAnew(t *testing.T) {
	s := &SheetFacts{File: "x.xls", Title: "Hoja"}
	for range 2 {
		_ = lastError(t.Context(), s, func(context.Context, func(Row, error) bool) *Fault {
			s.Note("own", 1)
			s.Note("none", 0)
			s.Counts.HiddenRows++
			for n := range maxMerges + 3 {
				s.Merge(Range{RowFirst: n + 1, RowLast: n + 1, ColFirst: 1, ColLast: 2})
			}
			return nil
		})
		place := Place{File: "x.xls", Sheet: "Hoja"}
		want := []Notice{{Code: "own", Count: 1, Place: place}, {Code: NoticeManyMerges, Count: 3, Place: place}, {Code: NoticeHiddenRows, Count: 1, Place: place}}
		if d := cmp.Diff(want, s.Notices()); d != "" || len(s.Merges()) != maxMerges {
			t.Errorf("%d merged ranges, notices (-want +got)\n%s", len(s.Merges()), d)
		}
	}
}
