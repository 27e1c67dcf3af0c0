package parts

import (
	"context"
	"strconv"
	"testing"

	"chasqui/converters/table"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// queue is a Runner whose work is done when a test says so, in the order in
// which it was asked; a newer asking of a question replaces the older one.
type queue struct {
	waiting []asked
	asks    int
}

type asked struct {
	question string
	ctx      context.Context
	cancel   context.CancelFunc
	work     func(context.Context) func()
}

func (q *queue) Ask(question string, work func(context.Context) func()) {
	q.Cancel(question)
	q.asks++
	ctx, cancel := context.WithCancel(context.Background())
	q.waiting = append(q.waiting, asked{question, ctx, cancel, work})
}

func (q *queue) Cancel(question string) {
	kept := q.waiting[:0]
	for _, a := range q.waiting {
		if a.question == question {
			a.cancel()
			continue
		}
		kept = append(kept, a)
	}
	q.waiting = kept
}

func (q *queue) drain() {
	for len(q.waiting) > 0 {
		a := q.waiting[0]
		q.waiting = q.waiting[1:]
		if apply := a.work(a.ctx); apply != nil {
			apply()
		}
		a.cancel()
	}
}

// countingSheet is a sheet of any size whose cells name themselves; it counts
// what it is asked for.
type countingSheet struct {
	rows, cols int
	requests   [][2]int
	err        error
}

func (s *countingSheet) Rows(_ context.Context, first, last int) ([]table.Row, error) {
	s.requests = append(s.requests, [2]int{first, last})
	if s.err != nil {
		return nil, s.err
	}
	var out []table.Row
	for n := first; n <= min(last, s.rows); n++ {
		r := table.Row{Number: n}
		for col := 1; col <= s.cols; col++ {
			r.Cells = append(r.Cells, table.Cell{Kind: table.Text, Text: Letters(col) + strconv.Itoa(n)})
		}
		out = append(out, r)
	}
	return out, nil
}

// themed starts a test app that wears our look.
func themed(t *testing.T) fyne.App {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(NewTheme(Light, 1))
	return a
}
