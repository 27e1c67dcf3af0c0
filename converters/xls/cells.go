package xls

import (
	"encoding/binary"
	"errors"
	"math"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
)

// errStop ends a walk because the consumer wants no more.
var errStop = errors.New("stopped")

// record takes a record of the sheet that may hold cells.
func (r *rowReader) record(id uint16, p *pieces) error {
	body := p.body
	if !isCell(id) {
		if id == recString && r.waiting.wanted {
			r.formulaText(p)
		}
		if id != recShared && id != recArray && id != recTable && id != recContinue {
			r.waiting.wanted = false
		}
		return nil
	}
	r.waiting.wanted = false
	if len(body) < 6 {
		return errCut
	}
	row, col := int(binary.LittleEndian.Uint16(body)), int(binary.LittleEndian.Uint16(body[2:]))
	style := int(binary.LittleEndian.Uint16(body[4:]))
	if col >= maxCols {
		return &table.Fault{Kind: table.Hostile, Place: table.Place{Row: row + 1}}
	}
	if row != r.current {
		if err := r.flush(); err != nil {
			return err
		}
		r.current = row
	}
	err := r.cell(id, p, col, style)
	if err != nil {
		return &table.Fault{Kind: table.Damaged, Place: table.Place{Row: row + 1, Col: col + 1}, Err: err}
	}
	return nil
}

// cell reads one cell's record, or the run of cells of a MULRK record.
func (r *rowReader) cell(id uint16, p *pieces, col, style int) error {
	value := p.body[6:]
	switch id {
	case recRK:
		if len(value) < 4 {
			return errCut
		}
		r.number(col, style, numfmt.DecodeRK(binary.LittleEndian.Uint32(value)), 0)
	case recMulRK:
		return r.run6(p.body, col)
	case recNumber:
		if len(value) < 8 {
			return errCut
		}
		r.number(col, style, math.Float64frombits(binary.LittleEndian.Uint64(value)), 0)
	case recLabelSST:
		if len(value) < 4 {
			return errCut
		}
		text, ok := r.book.strings.At(int(binary.LittleEndian.Uint32(value)))
		if !ok {
			return errors.New("a shared string that is not there")
		}
		r.put(col, style, table.Cell{Kind: table.Text, Text: text})
	case recLabel, recRString:
		p.body = value
		return r.label(p, col, style)
	case recBoolErr:
		if len(value) < 2 {
			return errCut
		}
		r.boolOrError(col, style, value[0], value[1] != 0, 0)
	default:
		return r.formula(value, col, style)
	}
	return nil
}

// run6 reads a MULRK record: pairs of format and number of six bytes each, with
// the last column behind them.
func (r *rowReader) run6(body []byte, col int) error {
	pairs := body[4:]
	if len(pairs) < 8 || len(pairs)%6 != 2 {
		return errCut
	}
	for ; len(pairs) >= 6; pairs = pairs[6:] {
		if col >= maxCols {
			return errors.New("a column beyond the last")
		}
		style := int(binary.LittleEndian.Uint16(pairs))
		r.number(col, style, numfmt.DecodeRK(binary.LittleEndian.Uint32(pairs[2:])), 0)
		col++
	}
	return nil
}

// label reads a text that stands in the cell itself.
func (r *rowReader) label(p *pieces, col, style int) error {
	from := len(r.Arena)
	if r.book.version == biff8 {
		r.Arena = p.unicode(r.Arena, 2)
	} else {
		r.Arena = p.bytes(r.Arena, 2, r.book.text)
	}
	if p.failed {
		return errCut
	}
	r.put(col, style, table.Cell{Kind: table.Text, Text: r.Kept(from)})
	return nil
}

// boolOrError puts a logical value or an error's code.
func (r *rowReader) boolOrError(col, style int, v byte, isError bool, hint table.Hint) {
	c := table.Cell{Kind: table.Bool, Text: "false", Hint: hint}
	switch {
	case isError:
		r.sheet.Counts.Errors++
		c.Kind, c.Text = table.Error, errorWord(v)
	case v != 0:
		c.Text = "true"
	}
	r.put(col, style, c)
}

// errorWord returns the word of an error's code ([MS-XLS] 2.5.10).
func errorWord(code byte) string {
	switch code {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0f:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1d:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	}
	return "#N/A"
}

// formula reads a formula's cached value ([MS-XLS] 2.4.127, 2.5.133). A text
// comes in a STRING record behind it.
func (r *rowReader) formula(value []byte, col, style int) error {
	if len(value) < 8 {
		return errCut
	}
	if value[6] != 0xff || value[7] != 0xff {
		r.number(col, style, math.Float64frombits(binary.LittleEndian.Uint64(value)), table.Formula)
		return nil
	}
	switch value[0] {
	case 0:
		r.waiting = pending{true, col, style}
	case 1, 2:
		r.boolOrError(col, style, value[2], value[0] == 2, table.Formula)
	}
	return nil
}

// formulaText puts the text of the formula before it.
func (r *rowReader) formulaText(p *pieces) {
	from := len(r.Arena)
	if r.book.version == biff8 {
		r.Arena = p.unicode(r.Arena, 2)
	} else {
		r.Arena = p.bytes(r.Arena, 2, r.book.text)
	}
	r.put(r.waiting.col, r.waiting.style, table.Cell{Kind: table.Text, Text: r.Kept(from), Hint: table.Formula})
}

// number puts a number, or what its format makes of it.
func (r *rowReader) number(col, style int, v float64, hint table.Hint) {
	from := len(r.Arena)
	var f format
	if style < len(r.book.formats) {
		f = r.book.formats[style]
	}
	var kind table.Kind
	var kept bool
	r.Arena, kind, kept = f.number.Append(r.Arena, v, r.book.since1904)
	if kept {
		r.sheet.Counts.DayZero++
	}
	r.put(col, style, table.Cell{Kind: kind, Text: r.Kept(from), Hint: hint})
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
	if r.anyHidden && r.hiddenCols[col>>3]&(1<<(col&7)) != 0 {
		c.Hint |= table.Hidden
	}
	r.Put(col+1, c)
}

// flush hands the current row on and begins another.
func (r *rowReader) flush() error {
	cells := r.Cells()
	if len(cells) == 0 {
		r.Begin()
		return nil
	}
	row := table.Row{Number: r.current + 1, Cells: cells}
	row.Hidden = r.hiddenRows[r.current>>3]&(1<<(r.current&7)) != 0
	if row.Hidden {
		r.sheet.Counts.HiddenRows++
	}
	if !r.yield(row, nil) {
		r.stopped = true
		return errStop
	}
	r.Begin()
	return nil
}
