package htmltable

import (
	"bytes"
	"strconv"
	"strings"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
)

// openCell is the cell that is read.
type openCell struct {
	col, cols, rows int
	hint            table.Hint
	text            []byte
	pending         bool   // a blank stands before what comes next
	value           string // the number that Excel or LibreOffice left: x:num, sdval
	format          string // LibreOffice's format of it
	sdval           bool
	styled          bool // excel says what the number means
	excel           cellFormat
}

// beginCell opens a cell in the next column that no cell from above takes.
func (r *rowReader) beginCell(header bool) *table.Fault {
	col := r.cell.col + r.cell.cols
	if col == 0 {
		col = 1
	}
	for col <= len(r.taken) && r.taken[col-1] > 0 {
		col++
	}
	r.inCell = true
	r.cell = openCell{col: col, cols: 1, rows: 1, text: r.cell.text[:0]}
	if header {
		r.cell.hint = table.Bold
	}
	for {
		key, value, more := r.TagAttr()
		switch string(key) {
		case "colspan":
			r.cell.cols = span(value, maxColSpan)
		case "rowspan":
			r.cell.rows = span(value, maxRowSpan)
		case "bgcolor":
			r.fill(string(value))
		case "style":
			r.styled(strings.ToLower(string(value)))
			if f, ok := formatIn(string(value)); ok {
				r.cell.excel, r.cell.styled = f, true
			}
		case "class":
			if f, ok := r.sheet.book.styles.of(string(value)); ok && !r.cell.styled {
				r.cell.excel, r.cell.styled = f, true
			}
		case "x:num":
			r.cell.value = string(value)
		case "sdval":
			r.cell.value, r.cell.sdval = string(value), true
		case "sdnum":
			if parts := strings.SplitN(string(value), ";", 3); len(parts) == 3 {
				r.cell.format = parts[2]
			}
		}
		if !more {
			break
		}
	}
	if col+r.cell.cols-1 > maxCols {
		return &table.Fault{Kind: table.Hostile}
	}
	return nil
}

// fill notes a background; a white one is no sign of a header.
func (r *rowReader) fill(colour string) {
	switch strings.ToLower(strings.TrimSpace(colour)) {
	case "", "white", "#ffffff", "#fff", "none", "transparent":
	default:
		r.cell.hint |= table.Filled
	}
}

// styled takes what matters of an inline style.
func (r *rowReader) styled(style string) {
	for rule := range strings.SplitSeq(style, ";") {
		name, value, _ := strings.Cut(rule, ":")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(name) {
		case "background", "background-color":
			r.fill(value)
		case "font-weight":
			if value == "bold" || len(value) == 3 && value >= "600" {
				r.cell.hint |= table.Bold
			}
		}
	}
}

// appendText appends a text with its blanks run together, as pages show it.
func (r *rowReader) appendText(text []byte) {
	for _, c := range text {
		switch c {
		case ' ', '\t', '\n', '\r', '\f':
			r.cell.pending = true
			continue
		case 0:
			continue
		}
		if n := len(r.cell.text); r.cell.pending && n > 0 && r.cell.text[n-1] != '\n' {
			r.cell.text = append(r.cell.text, ' ')
		}
		r.cell.pending = false
		r.cell.text = append(r.cell.text, c)
	}
}

// breakLine appends a line break inside a cell.
func (r *rowReader) breakLine() {
	if r.inCell && len(r.cell.text) <= maxCellText {
		r.cell.text = append(r.cell.text, '\n')
		r.cell.pending = false
	}
}

// endCell puts the cell that is open into its row.
func (r *rowReader) endCell() {
	if !r.inCell {
		return
	}
	r.inCell = false
	c := &r.cell
	r.take(c.col, c.cols, c.rows)
	text := bytes.Trim(bytes.TrimRight(bytes.TrimLeft(c.text, "\n "), "\n "), "\u00a0")
	if len(text) == 0 {
		return
	}
	from := len(r.Arena)
	kind, hint := r.value(text)
	if len(r.Arena) == from {
		r.Arena, kind = append(r.Arena, text...), table.Text
	}
	r.Put(c.col, table.Cell{Kind: kind, Text: r.Kept(from), Hint: c.hint | hint})
}

// value appends the number that stands beside the text, or what its format
// makes of it; nothing where there is none that can be trusted.
func (r *rowReader) value(text []byte) (table.Kind, table.Hint) {
	if r.cell.value == "" || text[0] == '#' { // an error's word
		return table.Text, 0
	}
	v, err := strconv.ParseFloat(r.cell.value, 64)
	if err != nil || strings.ContainsAny(r.cell.value, "xXnN_") {
		return table.Text, 0
	}
	var f numfmt.Format
	switch {
	case r.cell.sdval && strings.EqualFold(r.cell.format, "boolean"):
		r.Arena = strconv.AppendBool(r.Arena, v != 0)
		return table.Bool, 0
	case r.cell.sdval:
		f = numfmt.Parse(r.cell.format)
	case r.cell.styled && r.cell.excel.text:
		return table.Text, 0
	case r.cell.styled:
		f = r.cell.excel.Format
	case bytes.HasSuffix(text, []byte("%")):
		f.Hint = table.Percent
	case !isAmount(text):
		return table.Text, 0 // a date perhaps, whose format is not said
	}
	var kind table.Kind
	var kept bool
	r.Arena, kind, kept = f.Append(r.Arena, v, false)
	if kept {
		r.sheet.Counts.DayZero++
	}
	return kind, f.Hint
}

// isAmount reports whether a text is a number as people write it, with signs of
// grouping and currency but none of dates.
func isAmount(text []byte) bool {
	digits := 0
	for i, c := range text {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == '/' || c == ':' || c == '-' && i > 0 && digits > 0:
			return false
		}
	}
	return digits > 0
}
