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
	maxCellText = 1 << 20
)

// Codes returns every notice code of this package.
func Codes() []string {
	return []string{table.NoticeDayZero, table.NoticeManyMerges, table.NoticeHiddenRows}
}

// sheet is one table of a page.
type sheet struct {
	table.SheetFacts
	book   *book
	offset int64 // of its start tag in the decoded page
}

// Rows yields the rows that hold a value; see table.Sheet. Faults: Hostile,
// UnreadableFile.
func (s *sheet) Rows(ctx context.Context) iter.Seq2[table.Row, error] { return s.Walk(ctx, s.read) }

// read hands the rows on.
func (s *sheet) read(ctx context.Context, yield func(table.Row, error) bool) *table.Fault {
	z, fault := s.book.tokens(s.offset)
	if fault != nil {
		return fault
	}
	r := &rowReader{Tokenizer: z, sheet: s, ctx: ctx, yield: yield}
	return r.run()
}

// rowReader reads one table.
type rowReader struct {
	*html.Tokenizer
	table.RowBuffer
	sheet   *sheet
	ctx     context.Context
	yield   func(table.Row, error) bool
	stopped bool

	number int  // of the row that is read, from 1
	inRow  bool // a tr is open
	hidden bool
	nested int    // tables open inside the one that is read
	silent string // the open element whose text is not shown, "" if none

	taken  []int // by column: rows that a cell above still takes
	cell   openCell
	inCell bool
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
			fault := faultOf(r.Err())
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
	r.Begin()
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
	cells := r.Cells()
	if len(cells) == 0 {
		return
	}
	if r.hidden {
		r.sheet.Counts.HiddenRows++
	}
	r.stopped = !r.yield(table.Row{Number: r.number, Hidden: r.hidden, Cells: cells}, nil)
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
	if cols > 1 || rows > 1 {
		r.sheet.Merge(table.Range{RowFirst: r.number, RowLast: r.number + rows - 1, ColFirst: col, ColLast: col + cols - 1})
	}
}
