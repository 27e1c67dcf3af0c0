package parts

import (
	"context"
	"slices"

	"chasqui/converters/table"
)

// PageSource gives the rows of a sheet. Rows returns the rows first to last,
// counting from 1, both inside; element i is row first+i, and a row that holds
// nothing has no cells. The rows must stay valid: a source clones what its
// reader reuses. It is called off the window's goroutine, one call at a time.
type PageSource interface {
	Rows(ctx context.Context, first, last int) ([]table.Row, error)
}

// Runner does work off the window's goroutine. A later Ask of the same
// question cancels the earlier one, whose answer is dropped; apply runs on
// the window's goroutine.
type Runner interface {
	Ask(question string, work func(ctx context.Context) (apply func()))
	Cancel(question string)
}

const (
	pageRows   = 64
	pageBudget = 8 << 20 // bytes that the grid keeps of a sheet
)

// pages is the grid's memory of a sheet: pages of rows, asked for when a cell
// wants one, forgotten from the longest unused on when they cost more than the
// budget. It is used on the window's goroutine only.
type pages struct {
	source   PageSource
	runner   Runner
	question string
	total    int // rows of the sheet
	budget   int // bytes
	arrived  func(page int, err error)

	held   map[int][]table.Row
	used   []int // pages from the longest unused to the latest
	bytes  int
	flight int // page under way, -1: none
	next   int // page wanted meanwhile, -1: none
	failed map[int]bool
}

func newPages(source PageSource, runner Runner, question string, total int, arrived func(int, error)) *pages {
	return &pages{
		source: source, runner: runner, question: question, total: total, budget: pageBudget,
		arrived: arrived, held: map[int][]table.Row{}, flight: -1, next: -1, failed: map[int]bool{},
	}
}

// row returns a row, or false after asking for its page.
func (p *pages) row(row int) (table.Row, bool) {
	page := (row - 1) / pageRows
	rows, ok := p.held[page]
	if !ok {
		p.want(page)
		return table.Row{}, false
	}
	if n := len(p.used); n == 0 || p.used[n-1] != page {
		p.touch(page)
	}
	if i := row - 1 - page*pageRows; i < len(rows) {
		return rows[i], true
	}
	return table.Row{}, true
}

func (p *pages) touch(page int) {
	if i := slices.Index(p.used, page); i >= 0 {
		p.used = slices.Delete(p.used, i, i+1)
	}
	p.used = append(p.used, page)
}

// want asks for a page. One page is under way at a time: a near one waits for
// it, a far one takes its place, because the person has scrolled on.
func (p *pages) want(page int) {
	if p.failed[page] || page == p.flight {
		return
	}
	if p.flight >= 0 && page-p.flight <= 2 && p.flight-page <= 2 {
		p.next = page
		return
	}
	p.ask(page)
}

func (p *pages) ask(page int) {
	p.flight, p.next = page, -1
	first := page*pageRows + 1
	last := min(first+pageRows-1, p.total)
	p.runner.Ask(p.question, func(ctx context.Context) func() {
		rows, err := p.source.Rows(ctx, first, last)
		return func() { p.take(page, rows, err) }
	})
}

func (p *pages) take(page int, rows []table.Row, err error) {
	p.flight = -1
	if err != nil {
		p.failed[page] = true
	} else {
		p.held[page] = rows
		p.bytes += weigh(rows)
		p.touch(page)
		p.forget(page)
	}
	next := p.next
	p.arrived(page, err)
	if next >= 0 && p.flight < 0 {
		if _, ok := p.held[next]; !ok && !p.failed[next] {
			p.ask(next)
		}
	}
}

// forget drops the longest unused pages until the rest fits the budget; the
// page that has just come stays.
func (p *pages) forget(keep int) {
	for p.bytes > p.budget && len(p.used) > 1 && p.used[0] != keep {
		old := p.used[0]
		p.used = p.used[1:]
		p.bytes -= weigh(p.held[old])
		delete(p.held, old)
	}
}

// grow takes a new number of rows; a page that was cut short by the old end is
// forgotten.
func (p *pages) grow(total int) {
	if last := (p.total - 1) / pageRows; total > p.total && p.total%pageRows != 0 {
		if rows, ok := p.held[last]; ok {
			p.bytes -= weigh(rows)
			delete(p.held, last)
			p.used = slices.DeleteFunc(p.used, func(page int) bool { return page == last })
		}
		if p.flight == last {
			p.flight = -1
		}
		delete(p.failed, last)
	}
	p.total = total
}

func (p *pages) close() { p.runner.Cancel(p.question) }

// weigh estimates what rows cost in memory, in bytes.
func weigh(rows []table.Row) int {
	n := 0
	for _, r := range rows {
		n += 48
		for _, c := range r.Cells {
			n += 24 + len(c.Text)
		}
	}
	return n
}
