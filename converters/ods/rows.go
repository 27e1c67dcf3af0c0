package ods

import (
	"bytes"
	"context"
	"iter"
	"strconv"

	"chasqui/converters/table"
	"chasqui/converters/xmlscan"
)

// The limits of a sheet. Newer programs allow 16,384 columns.
const (
	maxRows     = 1 << 20
	maxCols     = 1 << 14
	maxCellText = 1 << 20 // bytes of one cell's text
	// Repeated rows and cells that hold something may make at most so many
	// cells of a sheet: a file of a few bytes can ask for 10^10.
	maxRepeated = 1 << 24
)

// Codes returns every notice code of this package.
func Codes() []string {
	return []string{table.NoticeErrorValue, table.NoticeManyMerges, table.NoticeHiddenRows, table.NoticeHiddenColumns, table.NoticeInvalidUTF8}
}

// sheet is one sheet.
type sheet struct {
	table.SheetFacts
	book   *book
	offset int64 // of its start tag in the content
}

// Rows yields the rows that hold a value; see table.Sheet. Faults: Damaged,
// Hostile (rows or cells repeated beyond the sheet's limits), UnreadableFile.
func (s *sheet) Rows(ctx context.Context) iter.Seq2[table.Row, error] { return s.Walk(ctx, s.read) }

// read opens the content and hands the sheet's rows on.
func (s *sheet) read(ctx context.Context, yield func(table.Row, error) bool) *table.Fault {
	src, fault := s.book.at(s.offset)
	if fault != nil {
		return fault
	}
	defer src.Close()
	r := &rowReader{Scanner: xmlscan.New(src, 64<<10), sheet: s, styles: s.book.styles, ctx: ctx, yield: yield}
	fault = r.run()
	s.Counts.Invalid = r.Invalid
	return fault
}

// rowReader reads one sheet.
type rowReader struct {
	*xmlscan.Scanner
	table.RowBuffer
	sheet  *sheet
	styles styles
	ctx    context.Context
	yield  func(table.Row, error) bool

	number    int // of the row that is read, from 1
	scratch   []byte
	columns   []columnStyle
	rowStyle  []byte
	repeated  int // cells made by repeating
	styleName []byte
	currency  string // of the last amount: neighbours share it
	style     style  // of styleName: neighbours share it
	anyHidden bool   // some columns are
}

// columnStyle is what a column says about its cells.
type columnStyle struct {
	style  style
	hidden bool
}

// run reads up to the sheet's end; a stop by the consumer is no fault.
func (r *rowReader) run() *table.Fault {
	for {
		switch r.Next() {
		case xmlscan.StartTag:
			switch string(r.Name) {
			case "table-row":
				stop, fault := r.row()
				if stop || fault != nil {
					return fault
				}
			case "table-column":
				r.defineColumns()
			case "table", "table-row-group", "table-rows", "table-header-rows", "table-columns", "table-header-columns", "table-column-group":
			default:
				r.Skip()
			}
		case xmlscan.EndTag:
			if r.Depth == 0 {
				return nil
			}
		case xmlscan.EndOfFile:
			fault := scanFault(r.Failed)
			if fault != nil {
				fault.Place.Row = r.number + 1
			}
			return fault
		}
	}
}

// repeat reads a repeat count from an attribute, 1 where there is none.
func repeat(raw []byte) int {
	n, err := strconv.Atoi(string(raw))
	if err != nil && len(raw) > 9 {
		return 1 << 40
	}
	return max(n, 1)
}

// defineColumns notes the style of a run of columns and whether they are hidden.
func (r *rowReader) defineColumns() {
	count := repeat(r.Attr("number-columns-repeated"))
	v := string(r.Attr("visibility"))
	c := columnStyle{style: r.styles[string(r.Attr("default-cell-style-name"))], hidden: v == "collapse" || v == "filter"}
	// Hidden columns up to the sheet's end are how blank ones are put away.
	if c.hidden && count < maxCols/16 {
		r.sheet.Counts.HiddenColumns += count
		r.anyHidden = true
	}
	for ; count > 0 && len(r.columns) < maxCols; count-- {
		r.columns = append(r.columns, c)
	}
}

// at returns the definition of a column, from 1.
func (r *rowReader) at(col int) columnStyle {
	if col > len(r.columns) {
		return columnStyle{}
	}
	return r.columns[col-1]
}

// row reads one row and yields it as often as it is repeated, unless it holds
// nothing.
func (r *rowReader) row() (stop bool, fault *table.Fault) {
	count := repeat(r.Attr("number-rows-repeated"))
	v := string(r.Attr("visibility"))
	hidden := v == "collapse" || v == "filter"
	r.rowStyle = append(r.rowStyle[:0], r.Attr("default-cell-style-name")...)
	first := r.number + 1
	r.number = min(r.number+count, 1<<40)
	if r.number&0xff == 0 && r.ctx.Err() != nil {
		r.yield(table.Row{}, r.ctx.Err())
		return true, nil
	}
	r.Begin()
	if !r.Closed {
		if fault := r.readCells(first); fault != nil {
			fault.Place.Row = first
			return false, fault
		}
	}
	cells := r.Cells()
	if len(cells) == 0 {
		return false, nil
	}
	if r.number > maxRows {
		return false, &table.Fault{Kind: table.Hostile, Place: table.Place{Row: first}}
	}
	for n := first; n < first+count; n++ {
		if n > first {
			if r.repeated += len(cells); r.repeated > maxRepeated {
				return false, &table.Fault{Kind: table.Hostile, Place: table.Place{Row: n}}
			}
			if n&0xff == 0 && r.ctx.Err() != nil {
				r.yield(table.Row{}, r.ctx.Err())
				return true, nil
			}
		}
		if hidden {
			r.sheet.Counts.HiddenRows++
		}
		if !r.yield(table.Row{Number: n, Hidden: hidden, Cells: cells}, nil) {
			return true, nil
		}
	}
	return false, nil
}

// readCells reads the cells up to the row's end.
func (r *rowReader) readCells(row int) *table.Fault {
	depth, col := r.Depth, 1
	for {
		switch r.Next() {
		case xmlscan.StartTag:
			if !bytes.HasSuffix(r.Name, []byte("table-cell")) {
				r.Skip()
				continue
			}
			count, fault := r.cell(row, col)
			if fault != nil {
				fault.Place.Col = col
				return fault
			}
			col = min(col+count, 1<<40)
		case xmlscan.EndTag:
			if r.Depth < depth {
				return nil
			}
		case xmlscan.EndOfFile:
			return scanFault(r.Failed)
		}
	}
}

// put puts a cell into the row, as often as it is repeated.
func (r *rowReader) put(col, count int, c table.Cell) *table.Fault {
	if c.Text == "" {
		return nil
	}
	last := col + count - 1
	if last > maxCols {
		return &table.Fault{Kind: table.Hostile}
	}
	if r.repeated += count - 1; r.repeated > maxRepeated {
		return &table.Fault{Kind: table.Hostile}
	}
	hint := c.Hint
	for ; col <= last; col++ {
		c.Hint = hint
		if r.anyHidden && r.at(col).hidden {
			c.Hint |= table.Hidden
		}
		r.Put(col, c)
	}
	return nil
}

// merge notes a cell that spans others.
func (r *rowReader) merge(row, col int, spanCols, spanRows []byte) {
	cols, rows := repeat(spanCols), repeat(spanRows)
	if cols == 1 && rows == 1 || row > maxRows || col > maxCols {
		return
	}
	r.sheet.Merge(table.Range{
		RowFirst: row, RowLast: min(row+rows-1, maxRows), ColFirst: col, ColLast: min(col+cols-1, maxCols),
	})
}
