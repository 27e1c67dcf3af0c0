package xmlss

import (
	"bytes"
	"context"
	"iter"
	"strconv"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
	"chasqui/converters/xmlscan"
)

// The limits of a sheet; Excel 2003 has 65,536 rows and 256 columns, programs
// that write the format today have more.
const (
	maxRows     = 1 << 20
	maxCols     = 1 << 14
	maxCellText = 1 << 20
)

// Codes returns every notice code of this package.
func Codes() []string {
	return []string{table.NoticeErrorValue, table.NoticeRowOrder, table.NoticeDayZero, table.NoticeManyMerges,
		table.NoticeHiddenRows, table.NoticeHiddenColumns}
}

// sheet is one worksheet.
type sheet struct {
	table.SheetFacts
	book   *book
	offset int64 // of its Table in the decoded text; -1 where it has none
}

// Rows yields the rows that hold a value; see table.Sheet. Faults: Damaged,
// Hostile, UnreadableFile.
func (sh *sheet) Rows(ctx context.Context) iter.Seq2[table.Row, error] { return sh.Walk(ctx, sh.read) }

// read hands the rows on.
func (sh *sheet) read(ctx context.Context, yield func(table.Row, error) bool) *table.Fault {
	if sh.offset < 0 {
		return nil
	}
	s, err := sh.book.at(sh.offset)
	if err != nil {
		return scanFault(err)
	}
	r := &rowReader{Scanner: s, sheet: sh, ctx: ctx, yield: yield}
	return r.run()
}

// rowReader reads one Table.
type rowReader struct {
	*xmlscan.Scanner
	table.RowBuffer
	sheet *sheet
	ctx   context.Context
	yield func(table.Row, error) bool

	number    int // of the row that is read, from 1
	column    int // of the column definition that was read last
	hidden    [maxCols + 1]bool
	value     []byte
	rowStyle  string
	anyHidden bool
}

// run reads up to the table's end; a stop by the consumer is no fault.
func (r *rowReader) run() *table.Fault {
	for {
		switch r.Next() {
		case xmlscan.StartTag:
			switch string(r.Name) {
			case "Table":
			case "Row":
				stop, fault := r.row()
				if stop || fault != nil {
					return fault
				}
			case "Column":
				r.defineColumn()
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

// index reads a whole number from an attribute, 0 where there is none.
func index(raw []byte) int {
	n, err := strconv.Atoi(string(raw))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, 1<<30)
}

// defineColumn notes which columns are hidden.
func (r *rowReader) defineColumn() {
	if at := index(r.Attr("Index")); at > r.column {
		r.column = at - 1
	}
	hidden := r.Flag("Hidden")
	for range index(r.Attr("Span")) + 1 {
		if r.column++; r.column > maxCols {
			return
		}
		if hidden {
			r.hidden[r.column], r.anyHidden = true, true
			r.sheet.Counts.HiddenColumns++
		}
	}
}

// row reads one row and yields it unless it holds nothing.
func (r *rowReader) row() (stop bool, fault *table.Fault) {
	r.number++
	if given := index(r.Attr("Index")); given >= r.number {
		r.number = given
	} else if given > 0 {
		r.sheet.Counts.RowOrder++
	}
	if r.number > maxRows {
		return false, &table.Fault{Kind: table.Hostile, Place: table.Place{Row: r.number}}
	}
	if r.number&0xff == 0 && r.ctx.Err() != nil {
		r.yield(table.Row{}, r.ctx.Err())
		return true, nil
	}
	hidden, span := r.Flag("Hidden"), index(r.Attr("Span"))
	r.rowStyle = string(r.Attr("StyleID"))
	number := r.number
	r.number += span
	r.Begin()
	if r.Closed {
		return false, nil
	}
	if fault := r.readCells(number); fault != nil {
		fault.Place.Row = number
		return false, fault
	}
	cells := r.Cells()
	if len(cells) == 0 {
		return false, nil
	}
	if hidden {
		r.sheet.Counts.HiddenRows++
	}
	return !r.yield(table.Row{Number: number, Hidden: hidden, Cells: cells}, nil), nil
}

// readCells reads the cells up to the row's end.
func (r *rowReader) readCells(row int) *table.Fault {
	depth, col := r.Depth, 0
	for {
		switch r.Next() {
		case xmlscan.StartTag:
			if string(r.Name) != "Cell" {
				r.Skip()
				continue
			}
			col++
			if given := index(r.Attr("Index")); given > col {
				col = given
			}
			across, down := index(r.Attr("MergeAcross")), index(r.Attr("MergeDown"))
			if col+across > maxCols {
				return &table.Fault{Kind: table.Hostile}
			}
			r.merge(row, col, across, down)
			if fault := r.cell(col); fault != nil {
				fault.Place.Col = col
				return fault
			}
			col += across
		case xmlscan.EndTag:
			if r.Depth < depth {
				return nil
			}
		case xmlscan.EndOfFile:
			return scanFault(r.Failed)
		}
	}
}

// merge notes a cell that is merged with others.
func (r *rowReader) merge(row, col, across, down int) {
	if across > 0 || down > 0 {
		r.sheet.Merge(table.Range{RowFirst: row, RowLast: min(row+down, maxRows), ColFirst: col, ColLast: col + across})
	}
}

// cell reads one cell.
func (r *rowReader) cell(col int) *table.Fault {
	var hint table.Hint
	if r.Attr("Formula") != nil {
		hint = table.Formula
	}
	id := string(r.Attr("StyleID"))
	if id == "" {
		id = r.rowStyle
	}
	f := r.sheet.book.styles[id]
	if r.Closed {
		return nil
	}
	kind, fault := r.data()
	if fault != nil || len(r.value) == 0 {
		return fault
	}
	c := table.Cell{Hint: f.hint | hint}
	if r.anyHidden && r.hidden[col] {
		c.Hint |= table.Hidden
	}
	from := len(r.Arena)
	c.Kind = r.convert(kind, f.number)
	if c.Text = r.Kept(from); c.Text != "" {
		r.Put(col, c)
	}
	return nil
}

// data reads up to the cell's end and leaves its Data in r.value. The type's
// name is returned. Formatting inside is passed through, comments passed over.
func (r *rowReader) data() (kind string, fault *table.Fault) {
	r.value = r.value[:0]
	depth, inside := r.Depth, 0
	for {
		switch r.Next() {
		case xmlscan.StartTag:
			switch {
			case inside > 0:
			case string(r.Name) == "Data":
				kind = string(r.Attr("Type"))
				if !r.Closed {
					inside = r.Depth
				}
			default:
				r.Skip()
			}
		case xmlscan.Text:
			if inside > 0 {
				r.value = r.AppendText(r.value)
			}
			if len(r.value) > maxCellText {
				return "", &table.Fault{Kind: table.Hostile}
			}
		case xmlscan.EndTag:
			if r.Depth < inside {
				inside = 0
			}
			if r.Depth < depth {
				return kind, nil
			}
		case xmlscan.EndOfFile:
			return "", scanFault(r.Failed)
		}
	}
}

// convert appends what the value is by its type.
func (r *rowReader) convert(kind string, f numfmt.Format) table.Kind {
	value := r.value
	from := len(r.Arena)
	switch kind {
	case "Number":
		if !f.IsPlain() {
			if v, err := strconv.ParseFloat(string(value), 64); err == nil {
				var k table.Kind
				var kept bool
				r.Arena, k, kept = f.Append(r.Arena, v, false)
				if kept {
					r.sheet.Counts.DayZero++
				}
				return k
			}
		}
		var ok bool
		if r.Arena, ok = numfmt.AppendDecimal(r.Arena, value); ok {
			return table.Number
		}
		r.Arena = r.Arena[:from]
	case "Boolean":
		r.Arena = strconv.AppendBool(r.Arena, string(value) == "1" || string(value) == "true")
		return table.Bool
	case "Error":
		r.sheet.Counts.Errors++
		r.Arena = append(r.Arena, value...)
		return table.Error
	case "DateTime":
		if k, ok := r.moment(f); ok {
			return k
		}
	}
	r.Arena = append(r.Arena, value...)
	return table.Text
}

// moment appends an ISO 8601 moment: a time of day alone stands on the day
// before 1900. Whether a midnight is shown the format tells.
func (r *rowReader) moment(f numfmt.Format) (table.Kind, bool) {
	day, clock, _ := bytes.Cut(bytes.TrimSuffix(r.value, []byte("Z")), []byte("T"))
	if whole, fraction, ok := bytes.Cut(clock, []byte(".")); ok {
		if fraction = bytes.TrimRight(fraction, "0"); len(fraction) == 0 {
			clock = whole
		}
	}
	if len(day) != 10 || day[4] != '-' || day[7] != '-' || len(clock) != 0 && len(clock) < 8 {
		return table.Text, false
	}
	switch {
	case string(day) == "1899-12-31" && len(clock) > 0:
		r.Arena = append(r.Arena, clock...)
		return table.Time, true
	case len(clock) == 0 || string(clock) == "00:00:00" && !f.ShowsClock():
		r.Arena = append(r.Arena, day...)
		return table.Date, true
	}
	r.Arena = append(append(append(r.Arena, day...), 'T'), clock...)
	return table.DateTime, true
}
