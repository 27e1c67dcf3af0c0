package ods

import (
	"bytes"
	"strconv"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
	"chasqui/converters/xmlscan"
)

// attrs are the attributes of a cell that matter, as written.
type attrs struct {
	kind, value, text, truth, date, clock []byte
	style, spanCols, spanRows, currency   []byte
	count                                 int
	formula, broken, truthCall            bool
}

// readAttrs reads the attributes of the cell whose start tag was returned last.
func (r *rowReader) readAttrs() attrs {
	a := attrs{count: 1}
	for rest := r.Attrs; ; {
		key, value, after := xmlscan.NextAttr(rest)
		if key == nil {
			return a
		}
		rest = after
		if bytes.HasPrefix(key, []byte("calcext:")) { // LibreOffice's own, beside the standard's
			a.broken = a.broken || string(value) == "error"
			continue
		}
		switch string(xmlscan.Local(key)) {
		case "value-type":
			a.kind = value
		case "value":
			a.value = value
		case "string-value":
			a.text = value
		case "boolean-value":
			a.truth = value
		case "date-value":
			a.date = value
		case "time-value":
			a.clock = value
		case "style-name":
			a.style = value
		case "number-columns-repeated":
			a.count = repeat(value)
		case "number-columns-spanned":
			a.spanCols = value
		case "number-rows-spanned":
			a.spanRows = value
		case "currency":
			a.currency = value
		case "formula":
			a.formula = true
			// LibreOffice makes these calls of the booleans of an xlsx.
			a.truthCall = string(value) == "of:=TRUE()" || string(value) == "of:=FALSE()"
		}
	}
}

// cell reads one cell and returns how many columns it takes.
func (r *rowReader) cell(row, col int) (int, *table.Fault) {
	a := r.readAttrs()
	if a.spanCols != nil || a.spanRows != nil {
		r.merge(row, col, a.spanCols, a.spanRows)
	}
	if a.kind == nil && r.Closed {
		return a.count, nil
	}
	style := r.styleOf(a.style, col)
	c := table.Cell{Hint: style.hint}
	if a.formula {
		c.Hint |= table.Formula
	}
	from := len(r.Arena)
	var kind table.Kind
	r.Arena, kind = appendValue(r.Arena, a, style)
	if string(a.kind) == "percentage" {
		c.Hint |= table.Percent
	}
	untold := len(r.Arena) == from
	shown, fault := r.content(untold || a.formula || a.broken)
	if fault != nil {
		return 0, fault
	}
	if untold {
		r.Arena = append(r.Arena, shown...)
	}
	if a.broken || a.formula && isErrorWord(shown) {
		r.sheet.Counts.Errors++
		kind = table.Error
		if r.Arena = append(r.Arena[:from], shown...); len(shown) == 0 {
			r.Arena = append(r.Arena, "#N/A"...)
		}
	}
	if len(r.Arena) > from {
		c.Kind, c.Text = kind, r.Kept(from)
	}
	if fault := r.put(col, a.count, c); fault != nil {
		return 0, fault
	}
	if c.Kind == table.Number && len(a.currency) > 0 {
		if string(a.currency) != r.currency {
			r.currency = string(a.currency)
		}
		r.sheet.Priced(col, r.currency)
	}
	return a.count, nil
}

// styleOf returns a cell's style: its own, else its row's, else its column's.
func (r *rowReader) styleOf(name []byte, col int) style {
	if name == nil {
		if len(r.rowStyle) > 0 {
			return r.styles[string(r.rowStyle)]
		}
		return r.at(col).style
	}
	if !bytes.Equal(name, r.styleName) {
		r.styleName = append(r.styleName[:0], name...)
		r.style = r.styles[string(name)]
	}
	return r.style
}

// appendValue appends the value that the attributes tell (ODF part 3, 19.385).
// Nothing is appended where they tell none, or none of its type: what the cell
// shows is its text then.
func appendValue(dst []byte, a attrs, style style) ([]byte, table.Kind) {
	switch string(a.kind) {
	case "float", "percentage", "currency":
		if a.truthCall {
			return append(dst, trueOrFalse(a.value)...), table.Bool
		}
		out, kind, _, ok := style.number.AppendStored(dst, a.value, false)
		if !ok {
			return dst, table.Text
		}
		return out, kind
	case "boolean":
		if v := string(a.truth); v == "true" || v == "false" {
			return append(dst, v...), table.Bool
		}
	case "date":
		return appendDate(dst, a.date, style)
	case "time":
		return appendDuration(dst, a.clock)
	default:
		return appendAttr(dst, a.text), table.Text
	}
	return dst, table.Text
}

// trueOrFalse is the word for a number that stands for one.
func trueOrFalse(number []byte) string {
	if string(number) == "1" {
		return "true"
	}
	return "false"
}

// appendDate appends an ISO 8601 date or moment. Whether a midnight is shown
// the style tells.
func appendDate(dst, raw []byte, style style) ([]byte, table.Kind) {
	day, clock, both := bytes.Cut(bytes.TrimSuffix(raw, []byte("Z")), []byte("T"))
	if len(day) != 10 || day[4] != '-' || day[7] != '-' {
		return dst, table.Text
	}
	dst = append(dst, day...)
	if whole, fraction, ok := bytes.Cut(clock, []byte(".")); ok {
		fraction = bytes.TrimRight(fraction[:min(len(fraction), 3)], "0")
		clock = whole
		if len(fraction) > 0 {
			clock = append(append(bytes.Clone(whole), '.'), fraction...)
		}
	}
	switch {
	case both && len(clock) >= 8 && (string(clock) != "00:00:00" || style.clock):
		return append(append(dst, 'T'), clock...), table.DateTime
	case !both && style.clock && style.days:
		return append(dst, "T00:00:00"...), table.DateTime
	}
	return dst, table.Date
}

// appendDuration appends an ISO 8601 duration such as PT26H30M00S as a time
// whose hours go on past 24.
func appendDuration(dst, raw []byte) ([]byte, table.Kind) {
	if !bytes.HasPrefix(raw, []byte("P")) {
		return dst, table.Text
	}
	var seconds float64
	digits := 1
	for i := 1; i < len(raw); i++ {
		c := raw[i]
		if c >= '0' && c <= '9' || c == '.' || c == ',' {
			continue
		}
		unit, known := map[byte]float64{'D': 86400, 'H': 3600, 'M': 60, 'S': 1}[c]
		if known {
			n, err := strconv.ParseFloat(string(bytes.ReplaceAll(raw[digits:i], []byte(","), []byte("."))), 64)
			if err != nil {
				return dst, table.Text
			}
			seconds += n * unit
		} else if c != 'T' {
			return dst, table.Text
		}
		digits = i + 1
	}
	if seconds > 1e10 {
		return dst, table.Text
	}
	out, kind, _ := numfmt.Builtin(46).Append(dst, seconds/86400, false)
	return out, kind
}

// isErrorWord reports whether a formula shows an error: #N/A, #¡REF!, Err:502.
func isErrorWord(shown []byte) bool {
	if len(shown) < 4 || len(shown) > 16 {
		return false
	}
	last := shown[len(shown)-1]
	return shown[0] == '#' && (last == '!' || last == '?' || last == 'A') || bytes.HasPrefix(shown, []byte("Err:"))
}

// appendAttr appends an attribute's text, decoded.
func appendAttr(dst, raw []byte) []byte {
	s := xmlscan.Scanner{Text: raw}
	return s.AppendText(dst)
}

// content reads up to the cell's end. The text it shows is returned if it is
// wanted, valid until the next cell.
func (r *rowReader) content(wanted bool) ([]byte, *table.Fault) {
	r.scratch = r.scratch[:0]
	if r.Closed {
		return nil, nil
	}
	if r.PlainChild("<text:p>", "</text:p></table:table-cell>") {
		if wanted {
			r.scratch = collapse(r.AppendText(r.scratch), 0)
		}
		return r.scratch, nil
	}
	depth, paragraphs := r.Depth, 0
	for {
		switch r.Next() {
		case xmlscan.StartTag:
			if !wanted || string(r.Name) != "p" {
				r.Skip() // notes, shapes, links to other tables
				continue
			}
			if paragraphs++; paragraphs > 1 {
				r.scratch = append(r.scratch, '\n')
			}
			r.paragraph()
			if len(r.scratch) > maxCellText {
				return nil, &table.Fault{Kind: table.Hostile}
			}
		case xmlscan.EndTag:
			if r.Depth < depth {
				return r.scratch, nil
			}
		case xmlscan.EndOfFile:
			return nil, scanFault(r.Failed)
		}
	}
}

// paragraph appends the text of the paragraph whose start tag was returned
// last (ODF part 3, 6.1): blanks run together unless text:s says how many.
func (r *rowReader) paragraph() {
	if r.Closed {
		return
	}
	begin, from := len(r.scratch), len(r.scratch)
	for depth := r.Depth; ; {
		switch r.Next() {
		case xmlscan.StartTag:
			switch string(r.Name) {
			case "s":
				count := min(repeat(r.Attr("c")), 1<<12)
				if len(r.scratch)+count <= maxCellText {
					r.scratch = append(r.scratch, bytes.Repeat([]byte(" "), count)...)
				}
				from = len(r.scratch)
			case "tab":
				r.scratch = append(r.scratch, '\t')
				from = len(r.scratch)
			case "line-break":
				r.scratch = append(r.scratch, '\n')
				from = len(r.scratch)
			case "ruby-text", "annotation", "note":
				r.Skip()
			}
		case xmlscan.Text:
			r.scratch = r.AppendText(r.scratch)
			if len(r.scratch) > maxCellText+begin {
				return
			}
			r.scratch = collapse(r.scratch, from)
			from = len(r.scratch)
		case xmlscan.EndTag:
			if r.Depth < depth {
				return
			}
		case xmlscan.EndOfFile:
			return
		}
	}
}

// collapse makes one blank of several from an offset on.
func collapse(text []byte, from int) []byte {
	plain := true
	for i := from; i < len(text); i++ {
		if c := text[i]; c == '\t' || c == '\n' || c == ' ' && i > from && text[i-1] == ' ' {
			plain = false
			break
		}
	}
	if plain {
		return text
	}
	to := from
	for i := from; i < len(text); i++ {
		c := text[i]
		if c == '\t' || c == '\n' {
			c = ' '
		}
		if c == ' ' && to > from && text[to-1] == ' ' {
			continue
		}
		text[to] = c
		to++
	}
	return text[:to]
}
