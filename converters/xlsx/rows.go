package xlsx

import (
	"bytes"
	"context"
	"iter"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
	"chasqui/converters/xmlscan"
)

// The limits of a sheet (ECMA-376 and Excel): 1,048,576 rows, 16,384 columns.
const (
	maxRows = 1 << 20
	maxCols = 1 << 14
)

// The notices of a workbook beside those of package table.
const (
	NoticeNoCachedValue = "formula_without_value" // Count formulas have no stored result; their cells are empty
	NoticeLostTexts     = "lost_texts"            // Count cells have no text any more: the shared strings are cut short
)

// Codes returns every notice code of this package.
func Codes() []string {
	return []string{NoticeNoCachedValue, NoticeLostTexts, table.NoticeErrorValue, table.NoticeRowOrder, table.NoticeDayZero,
		table.NoticeUnknownStyle, table.NoticeManyMerges, table.NoticeHiddenRows, table.NoticeHiddenColumns, table.NoticeInvalidUTF8}
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

// read opens the part and hands its rows on.
func (s *sheet) read(ctx context.Context, yield func(table.Row, error) bool) *table.Fault {
	if !s.book.archive.Has(s.part) {
		return &table.Fault{Kind: table.Damaged}
	}
	shared, fault := s.book.strings()
	if fault != nil {
		return fault
	}
	inflating, fault := s.book.archive.Part(s.part)
	if fault != nil {
		return fault
	}
	defer inflating.Close()
	r := &rowReader{
		Scanner: newScanner(inflating, 64<<10), sheet: s, shared: shared,
		formats: s.book.formats, ctx: ctx, yield: yield,
	}
	fault = r.run()
	s.Counts.Invalid = s.book.invalid + r.Invalid
	s.Note(NoticeLostTexts, r.lost)
	s.Note(NoticeNoCachedValue, r.noValue)
	return fault
}

// rowReader reads one worksheet part.
type rowReader struct {
	*xmlscan.Scanner
	table.RowBuffer
	sheet   *sheet
	shared  *table.Texts
	formats []numfmt.Format
	ctx     context.Context
	yield   func(table.Row, error) bool

	value     []byte // scratch of a cell's value
	hidden    [maxCols/8 + 1]byte
	anyHidden bool
	last      int // number of the row before
	lost      int // cells whose shared string is cut off
	noValue   int // formulas without a stored result
}

// run reads until the part's end; a stop by the consumer is no fault.
func (r *rowReader) run() *table.Fault {
	for {
		switch r.Next() {
		case xmlscan.StartTag:
			switch string(r.Name) {
			case "row":
				stop, fault := r.row()
				if stop || fault != nil {
					return fault
				}
			case "col":
				r.hideColumns()
			case "mergeCell":
				r.merge()
			}
		case xmlscan.EndOfFile:
			fault := scanFault(r.Scanner)
			if fault != nil {
				fault.Place.Row = r.last + 1
			}
			return fault
		}
	}
}

// row reads one row and yields it unless it holds nothing.
func (r *rowReader) row() (stop bool, fault *table.Fault) {
	number := r.last + 1
	if given := parseUint(r.Attr("r")); given > r.last {
		number = given
	} else if given >= 0 {
		r.sheet.Counts.RowOrder++
	}
	if number > maxRows {
		return false, &table.Fault{Kind: table.Hostile, Place: table.Place{Row: number}}
	}
	r.last = number
	hidden := r.Flag("hidden")
	if number&0xff == 0 && r.ctx.Err() != nil {
		r.yield(table.Row{}, r.ctx.Err())
		return true, nil
	}
	if r.Closed {
		return false, nil
	}
	r.Begin()
	if fault := r.readCells(number); fault != nil {
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
func (r *rowReader) readCells(number int) *table.Fault {
	depth, col := r.Depth, 0
	for {
		for at, a := r.quickCell(); at >= 0; at, a = r.quickCell() {
			if col++; at > 0 {
				col = at
			}
			if col > maxCols {
				return &table.Fault{Kind: table.Hostile, Place: table.Place{Row: number, Col: col}}
			}
			if fault := r.store(col, a, 0); fault != nil {
				fault.Place.Row, fault.Place.Col = number, col
				return fault
			}
		}
		switch r.Next() {
		case xmlscan.StartTag:
			if string(r.Name) != "c" {
				continue
			}
			col++
			fault := r.cell(&col)
			if fault != nil {
				fault.Place.Row, fault.Place.Col = number, col
				return fault
			}
		case xmlscan.EndTag:
			if r.Depth < depth {
				return nil
			}
		case xmlscan.EndOfFile:
			if fault := scanFault(r.Scanner); fault != nil {
				fault.Place.Row = number
				return fault
			}
			return nil
		}
	}
}

// cellAttrs are the attributes of a cell that matter.
type cellAttrs struct {
	style int
	kind  byte // the first letter of t; "str" is 'f', 0 is a number
}

// cell reads one cell. col is its place if it does not say another.
func (r *rowReader) cell(col *int) *table.Fault {
	a := cellAttrs{}
	for rest := r.Attrs; ; {
		key, value, after := xmlscan.NextAttr(rest)
		if key == nil {
			break
		}
		rest = after
		switch string(key) {
		case "r":
			if given := column(value); given > 0 {
				*col = given
			}
		case "s":
			a.style = parseUint(value)
		case "t":
			a.setKind(value)
		}
	}
	if *col > maxCols {
		return &table.Fault{Kind: table.Hostile}
	}
	if r.Closed {
		return nil
	}
	if r.PlainChild("<v>", "</v></c>") { // nearly every cell that quickCell left
		r.value = r.AppendText(r.value[:0])
		return r.store(*col, a, 0)
	}
	hint, found, fault := r.content()
	if fault != nil {
		return fault
	}
	if !found {
		if hint&table.Formula != 0 {
			r.noValue++
		}
		return nil
	}
	return r.store(*col, a, hint)
}

// content reads what stands in the cell into r.value: the cached value or the
// inline string. found is false where there is neither.
func (r *rowReader) content() (hint table.Hint, found bool, fault *table.Fault) {
	depth := r.Depth
	r.value = r.value[:0]
	inValue := false
	for {
		switch r.Next() {
		case xmlscan.StartTag:
			switch string(r.Name) {
			case "v":
				inValue, found = !r.Closed, found || !r.Closed
			case "f":
				hint |= table.Formula
				r.Skip()
			case "is":
				if !r.Closed {
					r.value, found = appendRich(r.Scanner, r.value), true
				}
			default:
				r.Skip()
			}
		case xmlscan.Text:
			if inValue {
				r.value = r.AppendText(r.value)
			}
			if len(r.value) > maxCellText {
				return hint, false, &table.Fault{Kind: table.Hostile}
			}
		case xmlscan.EndTag:
			inValue = false
			if r.Depth < depth {
				return hint, found, nil
			}
		case xmlscan.EndOfFile:
			return hint, false, scanFault(r.Scanner)
		}
	}
}

// store makes a cell of r.value and puts it into the row.
func (r *rowReader) store(col int, a cellAttrs, hint table.Hint) *table.Fault {
	f := numfmt.Format{}
	switch {
	case a.style >= 0 && a.style < len(r.formats):
		f = r.formats[a.style]
	case a.style > 0 || a.style < 0:
		r.sheet.Counts.UnknownStyle++
	}
	c := table.Cell{Hint: f.Hint | hint}
	if r.anyHidden && r.hidden[col>>3]&(1<<(col&7)) != 0 {
		c.Hint |= table.Hidden
	}
	if a.kind == 0 || a.kind == 's' || a.kind == 'b' {
		r.value = bytes.TrimSpace(r.value) // as XML Schema reads numbers and booleans
	}
	switch a.kind {
	case 's':
		shared, ok := r.shared.At(parseUint(r.value))
		switch {
		case !ok && r.sheet.book.partial:
			r.lost++
			return nil
		case !ok:
			return &table.Fault{Kind: table.Damaged}
		}
		c.Kind, c.Text = table.Text, shared
	case 'b':
		c.Kind, c.Text = table.Bool, "false"
		if v := string(r.value); v == "1" || v == "true" {
			c.Text = "true"
		}
	case 'e':
		r.sheet.Counts.Errors++
		c.Kind, c.Text = table.Error, r.keep(r.value)
	case 'd':
		r.isoDate(&c, f)
	case 0:
		r.number(&c, f)
		r.sheet.Priced(col, f.Money)
	default: // formula strings and inline strings
		c.Kind, c.Text = table.Text, r.keep(r.value)
	}
	if c.Text == "" {
		return nil
	}
	r.Put(col, c)
	return nil
}

// keep appends text to the row's arena and returns it as a string, which is
// valid until the next row.
func (r *rowReader) keep(text []byte) string {
	from := len(r.Arena)
	r.Arena = append(r.Arena, text...)
	return r.Kept(from)
}

// number reads a stored number: a decimal, or what its format makes of it.
func (r *rowReader) number(c *table.Cell, f numfmt.Format) {
	from := len(r.Arena)
	out, kind, kept, ok := f.AppendStored(r.Arena, r.value, r.sheet.book.since1904)
	if !ok {
		c.Kind, c.Text = table.Text, r.keep(r.value)
		return
	}
	if kept {
		r.sheet.Counts.DayZero++
	}
	r.Arena = out
	c.Kind, c.Text = kind, r.Kept(from)
}

// isoDate reads a date stored as ISO 8601, as strict workbooks have it. Some
// writers store a midnight with every date; the format then tells.
func (r *rowReader) isoDate(c *table.Cell, f numfmt.Format) {
	raw := r.value
	if n := bytes.IndexByte(raw, '.'); n > 0 && len(bytes.Trim(raw[n+1:], "0Z")) == 0 {
		raw = raw[:n]
	}
	raw = bytes.TrimSuffix(raw, []byte("Z"))
	day, clock, both := bytes.Cut(raw, []byte("T"))
	switch {
	case len(day) == 10 && day[4] == '-' && !both, both && string(clock) == "00:00:00" && !f.ShowsClock():
		c.Kind, raw = table.Date, day
	case len(day) == 10 && day[4] == '-':
		c.Kind = table.DateTime
	case len(raw) >= 8 && raw[2] == ':' && !both:
		c.Kind = table.Time
	default:
		c.Kind = table.Text
	}
	c.Text = r.keep(raw)
}

// hideColumns notes a range of hidden columns.
func (r *rowReader) hideColumns() {
	if !r.Flag("hidden") {
		return
	}
	first, last := parseUint(r.Attr("min")), min(parseUint(r.Attr("max")), maxCols)
	for col := max(first, 1); col <= last; col++ {
		r.hidden[col>>3] |= 1 << (col & 7)
		r.anyHidden = true
		r.sheet.Counts.HiddenColumns++
	}
}

// merge notes a merged range.
func (r *rowReader) merge() {
	if m, ok := parseRange(r.Attr("ref")); ok {
		r.sheet.Merge(m)
	}
}
