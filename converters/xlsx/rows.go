package xlsx

import (
	"bytes"
	"context"
	"iter"
	"unsafe"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
	"chasqui/converters/xmlscan"
)

// The limits of a sheet (ECMA-376 and Excel): 1,048,576 rows, 16,384 columns.
const (
	maxRows   = 1 << 20
	maxCols   = 1 << 14
	maxMerges = 1 << 16 // merged ranges kept
)

// The notices of a workbook.
const (
	NoticeNoCachedValue = "formula_without_value" // Count formulas have no stored result; their cells are empty
	NoticeErrorValue    = "error_values"          // Count cells hold an error such as #N/A
	NoticeRowOrder      = "rows_out_of_order"     // Count rows say a number that was passed already; they follow on
	NoticeDayZero       = "date_before_calendar"  // Count date cells hold 0 or the false 29 February 1900; kept as numbers
	NoticeUnknownStyle  = "unknown_style"         // Count cells name a style that the workbook lacks
	NoticeManyMerges    = "too_many_merges"       // Count merged ranges beyond those kept
	NoticeLostTexts     = "lost_texts"            // Count cells have no text any more: the shared strings are cut short
	NoticeHiddenRows    = "hidden_rows"           // Count rows with values are hidden
	NoticeHiddenColumns = "hidden_columns"        // Count columns are hidden
)

// Codes returns every notice code of this package.
func Codes() []string {
	return []string{NoticeNoCachedValue, NoticeErrorValue, NoticeRowOrder, NoticeDayZero, NoticeUnknownStyle,
		NoticeManyMerges, NoticeLostTexts, NoticeHiddenRows, NoticeHiddenColumns}
}

// sheet is one worksheet.
type sheet struct {
	book    *book
	name    string
	part    string
	visible bool
	merges  []table.Range
	notices []table.Notice
}

func (s *sheet) Name() string            { return s.name }
func (s *sheet) Visible() bool           { return s.visible }
func (s *sheet) Merges() []table.Range   { return s.merges }
func (s *sheet) Notices() []table.Notice { return s.notices }

// Rows yields the rows that hold a value; see table.Sheet. Faults: Damaged,
// Hostile, TooLarge (the shared strings need more than the memory allowed),
// UnreadableFile.
func (s *sheet) Rows(ctx context.Context) iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		s.merges, s.notices = nil, nil
		fault := s.read(ctx, yield)
		if fault != nil {
			fault.Place.File, fault.Place.Sheet = s.book.file, s.name
			yield(table.Row{}, fault)
		}
	}
}

// read opens the part and hands its rows on.
func (s *sheet) read(ctx context.Context, yield func(table.Row, error) bool) *table.Fault {
	if !s.book.archive.Has(s.part) {
		return &table.Fault{Kind: table.Damaged}
	}
	shared, fault := s.book.strings()
	if fault != nil {
		again := *fault // the first reader's fault stays as it is
		return &again
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
	r.report()
	return fault
}

// rowReader reads one worksheet part.
type rowReader struct {
	*xmlscan.Scanner
	sheet   *sheet
	shared  *stringTable
	formats []numfmt.Format
	ctx     context.Context
	yield   func(table.Row, error) bool

	cells     []table.Cell
	used      int    // cells beyond are empty
	arena     []byte // texts of the row that are not shared strings
	value     []byte // scratch of a cell's value
	hidden    [maxCols/8 + 1]byte
	anyHidden bool
	last      int // number of the row before
	counts    struct {
		lost, noValue, errors, order, dayZero, style, merges, hiddenRows, hiddenCols int
	}
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
		r.counts.order++
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
	clear(r.cells[:r.used])
	r.used, r.arena = 0, r.arena[:0]
	if fault := r.readCells(number); fault != nil {
		return false, fault
	}
	if r.used == 0 {
		return false, nil
	}
	if hidden {
		r.counts.hiddenRows++
	}
	return !r.yield(table.Row{Number: number, Hidden: hidden, Cells: r.cells[:r.used]}, nil), nil
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
			r.counts.noValue++
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
		r.counts.style++
	}
	c := table.Cell{Hint: f.Hint | hint}
	if r.anyHidden && r.hidden[col>>3]&(1<<(col&7)) != 0 {
		c.Hint |= table.Hidden
	}
	switch a.kind {
	case 's':
		shared, ok := r.shared.at(parseUint(r.value))
		switch {
		case !ok && r.sheet.book.partial:
			r.counts.lost++
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
		r.counts.errors++
		c.Kind, c.Text = table.Error, r.keep(0, r.value)
	case 'd':
		r.isoDate(&c, f)
	case 0:
		r.number(&c, f)
	default: // formula strings and inline strings
		c.Kind, c.Text = table.Text, r.keep(0, r.value)
	}
	if c.Text == "" {
		return nil
	}
	for col > len(r.cells) {
		r.cells = append(r.cells, table.Cell{})
	}
	r.cells[col-1] = c
	r.used = max(r.used, col)
	return nil
}

// keep appends text to the row's arena and returns it as a string, which is
// valid until the next row. from is 0, or the arena's length before a caller
// appended on its own.
func (r *rowReader) keep(from int, text []byte) string {
	if text != nil {
		from = len(r.arena)
		r.arena = append(r.arena, text...)
	}
	if from == len(r.arena) {
		return ""
	}
	return unsafe.String(&r.arena[from], len(r.arena)-from)
}

// number reads a stored number: a decimal, or what its format makes of it.
func (r *rowReader) number(c *table.Cell, f numfmt.Format) {
	from := len(r.arena)
	out, kind, kept, ok := f.AppendStored(r.arena, r.value, r.sheet.book.since1904)
	if !ok {
		c.Kind, c.Text = table.Text, r.keep(0, r.value)
		return
	}
	if kept {
		r.counts.dayZero++
	}
	r.arena = out
	c.Kind, c.Text = kind, r.keep(from, nil)
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
	c.Text = r.keep(0, raw)
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
		r.counts.hiddenCols++
	}
}

// merge notes a merged range.
func (r *rowReader) merge() {
	if len(r.sheet.merges) >= maxMerges {
		r.counts.merges++
		return
	}
	if m, ok := parseRange(r.Attr("ref")); ok {
		r.sheet.merges = append(r.sheet.merges, m)
	}
}

// report makes the notices of what was read.
func (r *rowReader) report() {
	for _, n := range [...]table.Notice{
		{Code: NoticeLostTexts, Count: r.counts.lost},
		{Code: NoticeNoCachedValue, Count: r.counts.noValue},
		{Code: NoticeErrorValue, Count: r.counts.errors},
		{Code: NoticeRowOrder, Count: r.counts.order},
		{Code: NoticeDayZero, Count: r.counts.dayZero},
		{Code: NoticeUnknownStyle, Count: r.counts.style},
		{Code: NoticeManyMerges, Count: r.counts.merges},
		{Code: NoticeHiddenRows, Count: r.counts.hiddenRows},
		{Code: NoticeHiddenColumns, Count: r.counts.hiddenCols},
	} {
		if n.Count > 0 {
			n.Place = table.Place{File: r.sheet.book.file, Sheet: r.sheet.name}
			r.sheet.notices = append(r.sheet.notices, n)
		}
	}
}
