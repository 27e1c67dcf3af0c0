package xlsb

import (
	"context"
	"encoding/binary"
	"iter"
	"math"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
)

// The limits of a sheet.
const (
	maxRows = 1 << 20
	maxCols = 1 << 14
)

// Codes returns every notice code of this package.
func Codes() []string {
	return []string{table.NoticeErrorValue, table.NoticeDayZero, table.NoticeUnknownStyle, table.NoticeManyMerges,
		table.NoticeHiddenRows, table.NoticeHiddenColumns}
}

// sheet is one worksheet.
type sheet struct {
	table.SheetFacts
	book *book
	part string
}

// Rows yields the rows that hold a value; see table.Sheet. Faults: Damaged,
// Hostile, TooLarge (the shared strings need more than the memory allowed),
// UnreadableFile.
func (s *sheet) Rows(ctx context.Context) iter.Seq2[table.Row, error] { return s.Walk(ctx, s.read) }

// read hands the rows on.
func (s *sheet) read(ctx context.Context, yield func(table.Row, error) bool) *table.Fault {
	r := &rowReader{sheet: s, book: s.book, ctx: ctx, yield: yield, current: -1}
	fault := r.run()
	if r.stopped {
		return nil
	}
	return fault
}

// rowReader reads one worksheet.
type rowReader struct {
	table.RowBuffer
	sheet   *sheet
	book    *book
	shared  *table.Texts
	ctx     context.Context
	yield   func(table.Row, error) bool
	stopped bool // the consumer wants no more

	current    int    // row that is being filled, from 0; -1 before the first
	next       uint32 // column behind the last cell of the row, from 0
	hidden     bool
	hiddenCols [maxCols]bool
	anyHidden  bool
}

// stop ends a walk without a fault that anybody sees.
func stop() *table.Fault { return &table.Fault{Kind: table.Changed} }

// run reads the part.
func (r *rowReader) run() *table.Fault {
	var fault *table.Fault
	if r.shared, fault = r.book.strings(); fault != nil {
		return fault
	}
	if fault = r.book.each(r.sheet.part, r.record); fault != nil {
		return fault
	}
	return r.flush()
}

// record takes one record of the sheet.
func (r *rowReader) record(id int, body []byte) *table.Fault {
	switch {
	case id == recRowHdr:
		return r.row(body)
	case id >= recCellBlank && id <= recFmlaError, id == recCellRString:
		if len(body) < 8 {
			return r.damaged(0)
		}
		return r.cellAt(id, binary.LittleEndian.Uint32(body), body[4:])
	case id >= recShortBlank && id <= recShortIsst:
		return r.cellAt(id-recShortBlank+recCellBlank, r.next, body)
	case id == recColInfo && len(body) >= 18 && body[16]&1 != 0:
		first, last := binary.LittleEndian.Uint32(body), binary.LittleEndian.Uint32(body[4:])
		for col := first; col <= min(last, maxCols-1); col++ {
			r.hiddenCols[col], r.anyHidden = true, true
			r.sheet.Counts.HiddenColumns++
		}
	case id == recMergeCell && len(body) >= 16:
		at := func(i int) int { return int(min(binary.LittleEndian.Uint32(body[i:]), maxRows-1)) + 1 }
		g := table.Range{RowFirst: at(0), RowLast: at(4), ColFirst: at(8), ColLast: at(12)}
		switch {
		case g.RowLast < g.RowFirst || g.ColLast < g.ColFirst || g.ColLast > maxCols:
		default:
			r.sheet.Merge(g)
		}
	}
	return nil
}

// cellAt takes a cell in a column, from 0; body begins with its style.
func (r *rowReader) cellAt(id int, col uint32, body []byte) *table.Fault {
	blank := id == recCellBlank
	if len(body) < 4 || len(body) < 5 && !blank || r.current < 0 {
		return r.damaged(0)
	}
	if col >= maxCols {
		return &table.Fault{Kind: table.Hostile, Place: table.Place{Row: r.current + 1}}
	}
	if r.next = col + 1; blank {
		return nil
	}
	return r.cell(id, int(col), int(binary.LittleEndian.Uint32(body)&0xffffff), body[4:])
}

// damaged makes the fault of a record that is not as it must be.
func (r *rowReader) damaged(col int) *table.Fault {
	return &table.Fault{Kind: table.Damaged, Place: table.Place{Row: r.current + 1, Col: col}}
}

// row begins a row.
func (r *rowReader) row(body []byte) *table.Fault {
	if len(body) < 12 {
		return r.damaged(0)
	}
	if fault := r.flush(); fault != nil {
		return fault
	}
	number := binary.LittleEndian.Uint32(body)
	if number >= maxRows {
		return &table.Fault{Kind: table.Hostile, Place: table.Place{Row: r.current + 1}}
	}
	if int(number) <= r.current {
		return r.damaged(0) // the format asks for rows in order
	}
	r.current, r.next, r.hidden = int(number), 0, body[11]&0x10 != 0
	if number&0xff == 0 && r.ctx.Err() != nil {
		return stop()
	}
	return nil
}

// cell reads one cell's value.
func (r *rowReader) cell(id, col, style int, value []byte) *table.Fault {
	c := table.Cell{}
	if id >= recFmlaString && id <= recFmlaError {
		c.Hint = table.Formula
	}
	switch id {
	case recCellRk:
		if len(value) < 4 {
			return r.damaged(col + 1)
		}
		r.number(&c, style, numfmt.DecodeRK(binary.LittleEndian.Uint32(value)))
	case recCellReal, recFmlaNum:
		if len(value) < 8 {
			return r.damaged(col + 1)
		}
		r.number(&c, style, math.Float64frombits(binary.LittleEndian.Uint64(value)))
	case recCellError, recFmlaError:
		r.sheet.Counts.Errors++
		c.Kind, c.Text = table.Error, errorWord(value[0])
	case recCellBool, recFmlaBool:
		c.Kind, c.Text = table.Bool, "false"
		if value[0] != 0 {
			c.Text = "true"
		}
	case recCellIsst:
		text, ok := "", len(value) >= 4
		if ok {
			text, ok = r.shared.At(int(binary.LittleEndian.Uint32(value)))
		}
		if !ok {
			return r.damaged(col + 1)
		}
		c.Kind, c.Text = table.Text, text
	default:
		if id == recCellRString {
			value = value[1:]
		}
		from, ok := len(r.Arena), false
		if r.Arena, _, ok = wideString(r.Arena, value); !ok {
			return r.damaged(col + 1)
		}
		c.Kind, c.Text = table.Text, r.Kept(from)
	}
	r.put(col, style, c)
	return nil
}

// errorWord returns the word of an error's code ([MS-XLSB] 2.5.97.2).
func errorWord(code byte) string {
	word := map[byte]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0f: "#VALUE!", 0x17: "#REF!", 0x1d: "#NAME?", 0x24: "#NUM!", 0x2b: "#GETTING_DATA"}[code]
	if word == "" {
		word = "#N/A"
	}
	return word
}

// number makes a cell of a number, or of what its format makes of it.
func (r *rowReader) number(c *table.Cell, style int, v float64) {
	from := len(r.Arena)
	var f format
	if style < len(r.book.formats) {
		f = r.book.formats[style]
	}
	var kept bool
	r.Arena, c.Kind, kept = f.number.Append(r.Arena, v, r.book.since1904)
	if kept {
		r.sheet.Counts.DayZero++
	}
	c.Text = r.Kept(from)
}

// put puts a cell into the row, from column 0.
func (r *rowReader) put(col, style int, c table.Cell) {
	if c.Text == "" {
		return
	}
	if style < len(r.book.formats) {
		c.Hint |= r.book.formats[style].hint
		if c.Kind == table.Number {
			r.sheet.Priced(col+1, r.book.formats[style].number.Money)
		}
	} else if len(r.book.formats) > 0 {
		r.sheet.Counts.UnknownStyle++
	}
	if r.anyHidden && r.hiddenCols[col] {
		c.Hint |= table.Hidden
	}
	r.Put(col+1, c)
}

// flush hands the current row on.
func (r *rowReader) flush() *table.Fault {
	cells := r.Cells()
	if len(cells) == 0 {
		r.Begin()
		return nil
	}
	if r.hidden {
		r.sheet.Counts.HiddenRows++
	}
	if !r.yield(table.Row{Number: r.current + 1, Hidden: r.hidden, Cells: cells}, nil) {
		r.stopped = true
		return stop()
	}
	r.Begin()
	return nil
}
