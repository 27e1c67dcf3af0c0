package xls

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"slices"

	"chasqui/converters/table"
)

// The limits of a sheet: 65,536 rows by number; columns beyond Excel's 256 are
// read up to what later programs have.
const maxCols = 1 << 14

// Codes returns every notice code of this package.
func Codes() []string {
	return []string{table.NoticeErrorValue, table.NoticeDayZero, table.NoticeUnknownStyle, table.NoticeManyMerges,
		table.NoticeHiddenRows, table.NoticeHiddenColumns}
}

// sheet is one worksheet.
type sheet struct {
	table.SheetFacts
	book   *book
	offset int64 // of its BOF record in the stream
}

// Rows yields the rows that hold a value; see table.Sheet. Faults: Damaged,
// TooLarge (cells out of order that need more than the memory allowed),
// UnreadableFile. The sheet is walked twice: first for what stands behind its
// cells, such as hidden rows and the order of the cells.
func (s *sheet) Rows(ctx context.Context) iter.Seq2[table.Row, error] { return s.Walk(ctx, s.read) }

// read hands the rows on.
func (s *sheet) read(ctx context.Context, yield func(table.Row, error) bool) *table.Fault {
	r := &rowReader{sheet: s, book: s.book, records: newRecords(s.book.stream()), ctx: ctx, yield: yield, current: -1}
	err := r.run()
	if r.stopped {
		return nil
	}
	if failed := s.book.source.failed(); failed != nil {
		return &table.Fault{Kind: table.UnreadableFile, Err: failed}
	}
	var fault *table.Fault
	if err != nil && !errors.As(err, &fault) {
		fault = &table.Fault{Kind: table.Damaged, Err: err}
	}
	return fault
}

// rowReader reads one worksheet.
type rowReader struct {
	table.RowBuffer
	sheet   *sheet
	book    *book
	records *records
	ctx     context.Context
	yield   func(table.Row, error) bool
	stopped bool // the consumer wants no more

	hiddenRows [1<<16/8 + 1]byte
	hiddenCols [maxCols/8 + 1]byte
	anyHidden  bool
	ordered    bool // cells lie in the order of their rows
	cellBytes  int64

	current int // row that is being filled, from 0; -1 before the first
	waiting pending
}

// pending is a formula whose text comes in a record of its own.
type pending struct {
	wanted     bool
	col, style int
}

// run walks the sheet and hands its rows on.
func (r *rowReader) run() error {
	if err := r.survey(); err != nil && !r.sheet.book.partial {
		return err // of a part, the rows come up to where it ends
	}
	if !r.ordered {
		return r.sorted()
	}
	if err := r.records.seek(r.sheet.offset); err != nil {
		return err
	}
	err := r.walk(func(id uint16, p *pieces) error { return r.record(id, p) })
	if err != nil {
		return err
	}
	return r.flush()
}

// walk calls visit for the sheet's own records; those of charts inside it are
// left out. A bare sheet ends with its stream.
func (r *rowReader) walk(visit func(uint16, *pieces) error) error {
	p := pieces{records: r.records}
	depth := 0
	for n := 0; ; n++ {
		id, body, err := r.records.next()
		if err == io.EOF && r.sheet.offset == 0 {
			return nil
		} else if err == io.EOF {
			return errCut
		} else if err != nil {
			return err
		}
		if n&0xfff == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		switch {
		case id == recBOF:
			depth++
		case n == 0:
			return errors.New("no sheet begins where the workbook says")
		case id == recEOF:
			if depth--; depth <= 0 {
				return nil
			}
		case depth == 1:
			p.body, p.failed = body, false
			if err := visit(id, &p); err != nil {
				return err
			}
		}
	}
}

// isCell reports whether a record holds cells: its first two bytes are the row.
func isCell(id uint16) bool {
	switch id {
	case recRK, recMulRK, recNumber, recLabelSST, recLabel, recRString, recBoolErr, recFormula, recFormula3, recFormula4:
		return true
	}
	return false
}

// survey reads what rows need to know before they come.
func (r *rowReader) survey() error {
	if err := r.records.seek(r.sheet.offset); err != nil {
		return err
	}
	last := 0
	r.ordered = true
	return r.walk(func(id uint16, p *pieces) error {
		body := p.body
		switch {
		case isCell(id) && len(body) >= 2:
			row := int(binary.LittleEndian.Uint16(body))
			r.ordered = r.ordered && row >= last
			r.cellBytes += int64(len(body)) + 16
			last = row
		case id == recString:
			r.cellBytes += int64(len(body)) + 16
		case id == recRow && len(body) >= 16 && body[12]&0x20 != 0:
			row := binary.LittleEndian.Uint16(body)
			r.hiddenRows[row>>3] |= 1 << (row & 7)
		case id == recColInfo && len(body) >= 10 && body[8]&1 != 0:
			r.hideColumns(int(binary.LittleEndian.Uint16(body)), int(binary.LittleEndian.Uint16(body[2:])))
		case id == recMerged:
			r.merge(p)
		}
		return nil
	})
}

// hideColumns notes a range of hidden columns, from 0. The one behind the last
// stands for all the rest in some files and counts for none.
func (r *rowReader) hideColumns(first, last int) {
	for col := first; col <= min(last, 255); col++ {
		if bit := byte(1) << (col & 7); r.hiddenCols[col>>3]&bit == 0 {
			r.hiddenCols[col>>3] |= bit
			r.anyHidden = true
			r.sheet.Counts.HiddenColumns++
		}
	}
}

// merge notes the merged ranges of a record.
func (r *rowReader) merge(p *pieces) {
	for count := p.number(2); count > 0 && len(p.body) >= 8; count-- {
		g := table.Range{RowFirst: p.number(2) + 1, RowLast: p.number(2) + 1, ColFirst: p.number(2) + 1, ColLast: p.number(2) + 1}
		switch {
		case g.RowLast < g.RowFirst || g.ColLast < g.ColFirst:
		default:
			r.sheet.Merge(g)
		}
	}
}

// entry is a cell's record in memory.
type entry struct {
	row, id  uint16
	from, to int
}

// sorted reads a sheet whose cells lie out of order: programs that fill a sheet
// by columns write them so. The records are held and sorted by their rows.
func (r *rowReader) sorted() error {
	if r.cellBytes > r.book.memory {
		return &table.Fault{Kind: table.TooLarge}
	}
	if err := r.records.seek(r.sheet.offset); err != nil {
		return err
	}
	var slab []byte
	var entries []entry
	row := uint16(0)
	err := r.walk(func(id uint16, p *pieces) error {
		if isCell(id) && len(p.body) >= 2 {
			row = binary.LittleEndian.Uint16(p.body)
		} else if id != recString {
			return nil
		}
		from := len(slab)
		slab = append(slab, p.body...)
		entries = append(entries, entry{row, id, from, len(slab)})
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(a.row, b.row) })
	alone := &records{src: &bare{}, buf: make([]byte, 8)} // no CONTINUE follows
	for _, e := range entries {
		if err := r.record(e.id, &pieces{records: alone, body: slab[e.from:e.to]}); err != nil {
			return err
		}
	}
	return r.flush()
}
