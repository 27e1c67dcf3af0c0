package spool

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
)

// sheet yields rows whose cells tell their place; every tenth row is left out.
func sheet(n int) iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		cells := make([]table.Cell, 2)
		for i := 1; i <= n; i++ {
			if i%10 == 0 && i != n {
				continue
			}
			cells[0] = table.Cell{Kind: table.Text, Text: fmt.Sprint("fila ", i), Hint: table.Bold}
			cells[1] = table.Cell{Kind: table.Number, Text: fmt.Sprint(i)}
			if !yield(table.Row{Number: i, Hidden: i == 3, Cells: cells}, nil) {
				return
			}
		}
	}
}

func open(t *testing.T) *Spool {
	t.Helper()
	s, err := Create(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestAnyPageEqualsTheSheetsRows(t *testing.T) {
	s := open(t)
	if err := s.Fill(t.Context(), sheet(1000)); err != nil {
		t.Fatal(err)
	}
	want := map[int]table.Row{}
	for row := range sheet(1000) {
		want[row.Number] = row.Clone()
	}
	for _, first := range []int{1, 250, 256, 257, 990} {
		page, err := s.Page(t.Context(), first, 20)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range page {
			expected, ok := want[first+i]
			if !ok {
				expected = table.Row{Number: first + i}
			}
			if diff := cmp.Diff(expected, got); diff != "" {
				t.Errorf("page from %d, row %d (-sheet +spool):\n%s", first, first+i, diff)
			}
		}
		if n := min(20, 1000-first+1); len(page) != n {
			t.Errorf("page from %d has %d rows, want %d", first, len(page), n)
		}
	}
}

func TestPageWaitsForRowsStillToCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t)
		release := make(chan struct{})
		slow := func(yield func(table.Row, error) bool) {
			for row := range sheet(600) {
				if row.Number == 300 || row.Number == 301 {
					<-release
				}
				if !yield(row, nil) {
					return
				}
			}
		}
		go s.Fill(t.Context(), slow)
		got := make(chan int, 1)
		go func() {
			page, _ := s.Page(t.Context(), 500, 10)
			got <- len(page)
		}()
		synctest.Wait()
		select {
		case n := <-got:
			t.Fatalf("a page of %d rows came before its rows were read", n)
		default:
		}
		if page, err := s.Page(t.Context(), 1, 10); err != nil || len(page) != 10 {
			t.Errorf("the first page must not wait for the rest: %d rows, %v", len(page), err)
		}
		close(release)
		if n := <-got; n != 10 {
			t.Errorf("the page has %d rows, want 10", n)
		}
	})
}

func TestAnErrorOfTheSheetKeepsTheRowsBeforeIt(t *testing.T) {
	s := open(t)
	broken := errors.New("cut short")
	err := s.Fill(context.Background(), func(yield func(table.Row, error) bool) {
		for row := range sheet(5) {
			yield(row, nil)
		}
		yield(table.Row{}, broken)
	})
	if !errors.Is(err, broken) {
		t.Fatalf("Fill returned %v, want the sheet's error", err)
	}
	page, err := s.Page(t.Context(), 1, 100)
	if err != nil || len(page) != 5 {
		t.Errorf("%d rows and %v, want the 5 rows before the error", len(page), err)
	}
}
