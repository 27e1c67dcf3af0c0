package htmltable

import (
	"bytes"
	"context"
	"iter"
	"strconv"

	"golang.org/x/net/html"

	"chasqui/converters/table"
)

// Bounds of a table; those of spans are HTML's own (4.9.11).
const (
	maxCols     = 1 << 14
	maxColSpan  = 1000
	maxRowSpan  = 65534
	maxMerges   = 1 << 16
	maxCellText = 1 << 20
)

// The notices of a page.
const (
	NoticeDayZero    = "date_before_calendar" // Count date cells hold 0 or the false 29 February 1900; kept as numbers
	NoticeManyMerges = "too_many_merges"      // Count merged ranges beyond those kept
	NoticeHiddenRows = "hidden_rows"          // Count rows with values are hidden
)

// Codes returns every notice code of this package.
func Codes() []string { return []string{NoticeDayZero, NoticeManyMerges, NoticeHiddenRows} }

// sheet is one table of a page.
type sheet struct {
	book    *book
	offset  int64 // of its start tag in the decoded page
	name    string
	merges  []table.Range
	notices []table.Notice
}

func (s *sheet) Name() string            { return s.name }
func (s *sheet) Visible() bool           { return true }
func (s *sheet) Merges() []table.Range   { return s.merges }
func (s *sheet) Notices() []table.Notice { return s.notices }

// Rows yields the rows that hold a value; see table.Sheet. Faults: Hostile,
// UnreadableFile.
func (s *sheet) Rows(ctx context.Context) iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		s.merges, s.notices = nil, nil
		c, z, fault := s.book.tokens(s.offset)
		if fault == nil {
			r := &rowReader{Tokenizer: z, counter: c, sheet: s, ctx: ctx, yield: yield}
			fault = r.run()
			r.report()
		}
		if fault != nil {
			fault.Place.File, fault.Place.Sheet = s.book.file, s.name
			yield(table.Row{}, fault)
		}
	}
}

// rowReader reads one table.
type rowReader struct {
	*html.Tokenizer
	counter *counter
	sheet   *sheet
	ctx     context.Context
	yield   func(table.Row, error) bool
	stopped bool

	number int  // of the row that is read, from 1
	inRow  bool // a tr is open
	hidden bool
	nested int    // tables open inside the one that is read
	silent string // the open element whose text is not shown, "" if none

	cells  []table.Cell
	used   int
	arena  []byte
	taken  []int // by column: rows that a cell above still takes
	cell   openCell
	inCell bool
	counts struct{ dayZero, merges, hiddenRows int }
}

// run reads the table up to its end.
func (r *rowReader) run() *table.Fault {
	begun := false
	for n := 0; ; n++ {
		if n&0xfff == 0 && r.ctx.Err() != nil {
			r.yield(table.Row{}, r.ctx.Err())
			return nil
		}
		kind := r.Next()
		if kind == html.ErrorToken {
			fault := r.counter.ending(r.Tokenizer)
			if fault == nil {
				r.endRow()
			} else {
				fault.Place.Row = r.number + 1
			}
			return fault
		}
		if !begun { // the table's own start tag
			begun = true
			continue
		}
		done, fault := r.token(kind)
		if fault != nil {
			fault.Place.Row = r.number
			return fault
		}
		if done || r.stopped {
			return nil
		}
	}
}

// token takes one piece of the table. done means that the table has ended.
func (r *rowReader) token(kind html.TokenType) (done bool, fault *table.Fault) {
	switch kind {
	case html.TextToken:
		if r.inCell && r.nested == 0 && r.silent == "" {
			r.appendText(r.Text())
			if len(r.cell.text) > maxCellText {
				return true, &table.Fault{Kind: table.Hostile}
			}
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		tag, _ := r.TagName()
		if string(tag) == "table" {
			r.nested++
		} else if r.nested == 0 {
			return false, r.open(string(tag))
		}
	case html.EndTagToken:
		tag, _ := r.TagName()
		switch name := string(tag); {
		case name == "table" && r.nested == 0:
			r.endRow()
			return true, nil
		case name == "table":
			r.nested--
		case r.nested == 0:
			r.close(name)
		}
	}
	return false, nil
}

// open takes a start tag of the table's own.
func (r *rowReader) open(tag string) *table.Fault {
	switch tag {
	case "tr":
		r.endRow()
		r.beginRow()
		style := bytes.ReplaceAll(bytes.ToLower(r.attr("style")), []byte(" "), nil)
		r.hidden = bytes.Contains(style, []byte("display:none"))
	case "td", "th":
		if !r.inRow {
			r.beginRow()
		}
		r.endCell()
		return r.beginCell(tag == "th")
	case "script", "style", "comment":
		r.silent = tag
	case "br":
		r.breakLine()
	case "p", "div", "li":
		if len(r.cell.text) > 0 {
			r.breakLine()
		}
	case "b", "strong":
		if len(bytes.TrimSpace(r.cell.text)) == 0 {
			r.cell.hint |= table.Bold
		}
	}
	return nil
}

// close takes an end tag of the table's own.
func (r *rowReader) close(tag string) {
	switch tag {
	case r.silent:
		r.silent = ""
	case "td", "th":
		r.endCell()
	case "tr", "thead", "tbody", "tfoot":
		r.endRow()
	}
}

// attr returns an attribute of the start tag, nil when it is absent. The
// attributes can be asked for once.
func (r *rowReader) attr(name string) []byte {
	for {
		key, value, more := r.TagAttr()
		if string(key) == name {
			return value
		}
		if !more {
			return nil
		}
	}
}

// beginRow opens a row.
func (r *rowReader) beginRow() {
	r.number++
	r.inRow, r.hidden = true, false
	r.cell, r.silent = openCell{text: r.cell.text[:0]}, ""
	clear(r.cells[:r.used])
	r.used, r.arena = 0, r.arena[:0]
}

// endRow yields the row that is open, unless it holds nothing.
func (r *rowReader) endRow() {
	if !r.inRow || r.stopped {
		return
	}
	r.endCell()
	r.inRow = false
	for i := range r.taken {
		r.taken[i] = max(r.taken[i]-1, 0)
	}
	if r.used == 0 {
		return
	}
	if r.hidden {
		r.counts.hiddenRows++
	}
	r.stopped = !r.yield(table.Row{Number: r.number, Hidden: r.hidden, Cells: r.cells[:r.used]}, nil)
}

// span reads a count of columns or rows.
func span(raw []byte, limit int) int {
	n, err := strconv.Atoi(string(bytes.TrimSpace(raw)))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, limit)
}

// take marks a cell's columns as taken from the next row on, and notes the
// merged range.
func (r *rowReader) take(col, cols, rows int) {
	for len(r.taken) < col+cols-1 {
		r.taken = append(r.taken, 0)
	}
	for i := col; i < col+cols; i++ {
		r.taken[i-1] = rows
	}
	if cols == 1 && rows == 1 {
		return
	}
	if len(r.sheet.merges) >= maxMerges {
		r.counts.merges++
		return
	}
	r.sheet.merges = append(r.sheet.merges, table.Range{RowFirst: r.number, RowLast: r.number + rows - 1, ColFirst: col, ColLast: col + cols - 1})
}

// report makes the notices of what was read.
func (r *rowReader) report() {
	for _, n := range [...]table.Notice{
		{Code: NoticeDayZero, Count: r.counts.dayZero},
		{Code: NoticeManyMerges, Count: r.counts.merges},
		{Code: NoticeHiddenRows, Count: r.counts.hiddenRows},
	} {
		if n.Count > 0 {
			n.Place = table.Place{File: r.sheet.book.file, Sheet: r.sheet.name}
			r.sheet.notices = append(r.sheet.notices, n)
		}
	}
}
