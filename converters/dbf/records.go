package dbf

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"iter"
	"math"
	"unsafe"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
)

// The notices of a table beside those of package table.
const (
	NoticeDeleted     = "deleted_records" // Count records are marked as deleted and left out
	NoticeRecordCount = "record_count"    // the header's number of records is Count off from what the file holds
	NoticeMemo        = "memo_not_read"   // Count cells refer to texts of a memo file that does not lie beside; they are empty
	NoticeFieldType   = "field_type"      // Count fields have a type that is not read; they are empty
)

// Codes returns every notice code of this package.
func Codes() []string {
	return []string{NoticeDeleted, NoticeRecordCount, NoticeMemo, NoticeFieldType, table.NoticeErrorValue}
}

// sheet is the one table of a file.
type sheet struct {
	table.SheetFacts
	book        *book
	keepDeleted bool
}

// Rows yields the fields' names, then the records that are not deleted; see
// table.Sheet. Faults: Damaged, UnreadableFile.
func (s *sheet) Rows(ctx context.Context) iter.Seq2[table.Row, error] { return s.Walk(ctx, s.read) }

// read hands the records on.
func (s *sheet) read(ctx context.Context, yield func(table.Row, error) bool) *table.Fault {
	r := &recordReader{sheet: s, header: s.book.header, text: s.book.text, ctx: ctx, yield: yield}
	fault := r.run()
	s.Note(NoticeDeleted, r.counts.deleted)
	s.Note(NoticeRecordCount, r.counts.missing)
	s.Note(NoticeMemo, r.counts.memo)
	s.Note(NoticeFieldType, r.counts.types)
	return fault
}

// recordReader reads the records.
type recordReader struct {
	sheet  *sheet
	header header
	text   decoder
	ctx    context.Context
	yield  func(table.Row, error) bool

	columns []field
	number  int
	cells   []table.Cell
	arena   []byte
	counts  struct{ deleted, missing, memo, types int }
}

// run yields the names and the records; a stop by the consumer is no fault.
func (r *recordReader) run() *table.Fault {
	for _, f := range r.header.fields {
		if !f.system {
			r.columns = append(r.columns, f)
			if !isRead(f.kind, r.header.version) {
				r.counts.types++
			}
		}
	}
	r.cells = make([]table.Cell, len(r.columns))
	for i, f := range r.columns {
		r.put(i, table.Text, r.text.append(r.arena, f.name))
		r.cells[i].Hint = table.Bold
	}
	r.number = 1
	if !r.yield(table.Row{Number: 1, Cells: r.cells}, nil) {
		return nil
	}
	h := r.header
	stored := (r.sheet.book.source.Size() - h.start) / int64(h.size)
	count := min(h.count, stored)
	r.counts.missing = int(max(h.count-stored, stored-h.count))
	src := bufio.NewReaderSize(io.NewSectionReader(r.sheet.book.source, h.start, stored*int64(h.size)), max(64<<10, h.size))
	for i := range count {
		if i&0xff == 0 && r.ctx.Err() != nil {
			r.yield(table.Row{}, r.ctx.Err())
			return nil
		}
		record, err := src.Peek(h.size)
		if err == io.EOF {
			return &table.Fault{Kind: table.Damaged, Place: table.Place{Row: r.number + 1}, Err: io.ErrUnexpectedEOF}
		} else if err != nil {
			return &table.Fault{Kind: table.UnreadableFile, Place: table.Place{Row: r.number + 1}, Err: err}
		}
		deleted := record[0] == '*'
		if deleted {
			r.counts.deleted++
		}
		if (!deleted || r.sheet.keepDeleted) && !r.record(record, deleted) {
			return nil
		}
		_, _ = src.Discard(h.size) // what was peeked is there
	}
	return nil
}

// isRead reports whether the fields of a type are read.
func isRead(kind, version byte) bool {
	switch kind {
	case 'C', 'N', 'F', 'D', 'L', 'M', 'I', 'Y', 'T', '@':
		return true
	case 'B':
		return isFoxPro(version)
	}
	return false
}

// isFoxPro reports whether Visual FoxPro wrote the table: some types differ.
func isFoxPro(version byte) bool { return version >= 0x30 && version <= 0x32 }

// record yields one record; false means that the consumer wants no more.
func (r *recordReader) record(raw []byte, deleted bool) bool {
	r.arena = r.arena[:0]
	used := 0
	for i, f := range r.columns {
		r.cells[i] = table.Cell{}
		r.value(i, f, raw[f.from:f.to])
		if r.cells[i].Kind != table.Empty {
			used = i + 1
		}
	}
	r.number++
	return r.yield(table.Row{Number: r.number, Hidden: deleted, Cells: r.cells[:used]}, nil)
}

// put makes a cell of what was appended to the arena.
func (r *recordReader) put(i int, kind table.Kind, arena []byte) {
	from := len(r.arena)
	r.arena = arena
	if len(arena) > from {
		r.cells[i] = table.Cell{Kind: kind, Text: unsafe.String(&arena[from], len(arena)-from)}
	}
}

// value reads one field of a record.
func (r *recordReader) value(i int, f field, raw []byte) {
	switch f.kind {
	case 'C':
		r.put(i, table.Text, r.text.append(r.arena, bytes.TrimRight(raw, " \x00")))
	case 'N', 'F':
		r.decimal(i, raw)
	case 'D':
		r.date(i, raw)
	case 'L':
		switch raw = bytes.TrimSpace(raw); string(raw) {
		case "T", "t", "Y", "y", "S", "s":
			r.cells[i] = table.Cell{Kind: table.Bool, Text: "true"}
		case "F", "f", "N", "n":
			r.cells[i] = table.Cell{Kind: table.Bool, Text: "false"}
		}
	case 'M':
		r.memo(i, raw)
	default:
		r.binary(i, f, raw)
	}
}

// memo reads the text that a memo field refers to.
func (r *recordReader) memo(i int, raw []byte) {
	block := blockOf(raw)
	if block == 0 {
		return
	}
	if m := r.sheet.book.memo; m != nil {
		if text, ok := m.text(block); ok {
			r.put(i, table.Text, r.text.append(r.arena, bytes.TrimRight(text, " \x00\r\n")))
			return
		}
	}
	r.counts.memo++
}

// decimal reads a number written out. Asterisks are what is written where one
// does not fit.
func (r *recordReader) decimal(i int, raw []byte) {
	raw = bytes.Trim(raw, " \x00")
	if len(raw) == 0 {
		return
	}
	if raw[0] == '*' {
		r.sheet.Counts.Errors++
		r.put(i, table.Error, append(r.arena, raw...))
		return
	}
	from := len(r.arena)
	digits := bytes.TrimLeft(raw, "+0")
	if len(digits) == 0 || digits[0] < '0' || digits[0] > '9' {
		digits = raw
	}
	out, ok := numfmt.AppendDecimal(r.arena, bytes.Replace(digits, []byte(","), []byte("."), 1))
	if !ok {
		r.put(i, table.Text, r.text.append(r.arena[:from], raw))
		return
	}
	r.put(i, table.Number, out)
}

// date reads a date of eight digits.
func (r *recordReader) date(i int, raw []byte) {
	if len(raw) != 8 || len(bytes.Trim(raw, " 0\x00")) == 0 {
		return
	}
	for _, c := range raw {
		if c < '0' || c > '9' {
			r.put(i, table.Text, r.text.append(r.arena, bytes.TrimSpace(raw)))
			return
		}
	}
	out := append(append(append(r.arena, raw[:4]...), '-'), raw[4:6]...)
	r.put(i, table.Date, append(append(out, '-'), raw[6:]...))
}

// binary reads the types that are no text. Those of Visual FoxPro are
// little-endian.
func (r *recordReader) binary(i int, f field, raw []byte) {
	switch {
	case f.kind == 'I' && len(raw) == 4:
		r.put(i, table.Number, numfmt.AppendFloat(r.arena, float64(int32(binary.LittleEndian.Uint32(raw)))))
	case f.kind == 'B' && len(raw) == 8 && isFoxPro(r.header.version):
		if v := math.Float64frombits(binary.LittleEndian.Uint64(raw)); !math.IsNaN(v) && !math.IsInf(v, 0) {
			r.put(i, table.Number, numfmt.AppendFloat(r.arena, v))
		}
	case f.kind == 'Y' && len(raw) == 8:
		r.money(i, int64(binary.LittleEndian.Uint64(raw)))
	case (f.kind == 'T' || f.kind == '@') && len(raw) == 8:
		days, ms := binary.LittleEndian.Uint32(raw), binary.LittleEndian.Uint32(raw[4:])
		const dayZero = 2415019 // the Julian day of 1899-12-30
		if days <= dayZero || ms >= 86400000 {
			return
		}
		serial := float64(days-dayZero) + float64(ms)/86400000
		out, kind, _ := numfmt.Builtin(22).Append(r.arena, serial, false)
		r.put(i, kind, out)
	}
}

// money writes ten-thousandths as an exact decimal.
func (r *recordReader) money(i int, v int64) {
	out := r.arena
	u := uint64(v)
	if v < 0 {
		out = append(out, '-')
		u = -u
	}
	out = appendUint(out, u/10000, 1)
	if rest := u % 10000; rest != 0 {
		out = appendUint(append(out, '.'), rest, 4)
		out = bytes.TrimRight(out, "0")
	}
	r.put(i, table.Number, out)
}

// appendUint appends a number with at least so many digits.
func appendUint(dst []byte, v uint64, digits int) []byte {
	if v >= 10 || digits > 1 {
		dst = appendUint(dst, v/10, digits-1)
	}
	return append(dst, byte('0'+v%10))
}
