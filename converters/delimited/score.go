package delimited

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"chasqui/converters/table"
)

// isRule reports whether a record is a line drawn between others.
func isRule(row []table.Cell) bool {
	drawn := false
	for _, c := range row {
		if strings.Trim(c.Text, "-=+*: ") != "" {
			return false
		}
		drawn = drawn || len(c.Text) > 2
	}
	return drawn
}

// isDigits reports whether a text is digits, perhaps with a minus before.
func isDigits(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// edgeWeight is how much a record above the first or below the last of the usual
// length says, against one between: titles and notes stand there.
const edgeWeight = 0.1

// scoreOf splits the text and scores it: how even the records are (the spread
// of their lengths as an effective number of different ones), times how many
// columns they have, times how much their cells look like values. It completes
// the dialect by whether blanks belong to its separator.
func scoreOf(text []byte, c candidate, d *dialect) quality {
	in := newSplitter(bytes.NewReader(text), *d)
	var lengths []int
	var pads padding
	cells, figures, quoted, halves, worth := 0, 0, 0, 0, 0.0
	for len(lengths) < maxSampleRecords && in.next() {
		if in.blank() {
			continue
		}
		row := in.row()
		if isRule(row) {
			continue
		}
		lengths = append(lengths, len(row))
		pads.count(row)
		if len(row) == 2 && isDigits(row[0].Text) && isDigits(row[1].Text) {
			halves++
		}
		for i, cell := range row {
			if i < 64 {
				cells++
				w := cellWorth(cell, d.delimiter)
				if cell.Hint&table.Wrapped != 0 {
					quoted++
				}
				if worth += w; w == 1 || cell.Hint&table.Wrapped != 0 {
					figures++
				}
			}
		}
	}
	if len(lengths) == 0 || cells == 0 {
		return quality{}
	}
	q, even, width := evenness(lengths)
	q.words = lengths[0] == 1 && figures*10 < cells*8
	q.halves = halves > 0 && halves == q.records
	q.score = c.weight * even * width * worth / float64(cells)
	if q.lead > 0 { // a header is split as its records are
		q.score *= 0.6
	}
	if q.usual == 1 && q.all > 2 { // no two records agree
		q.score *= 0.5
	}
	if c.delimiter == ' ' && c.tail == "" { // blanks separate figures and quoted texts, in prose they separate words
		q.score *= min(1, 4*float64(figures)/float64(cells))
		if quoted*3 > cells {
			q.score *= 2
		}
	} else if c.tail == "" && c.delimiter != '\t' {
		d.before, d.behind, q.prose = pads.before(), pads.behind(), pads.before()
	}
	return q
}

// evenness sums up the lengths of the records: the usual one, how even they are
// and how wide, each 0 to 1.
func evenness(lengths []int) (q quality, even, width float64) {
	counts := map[int]int{}
	for _, n := range lengths {
		if counts[n]++; n > 1 {
			q.records++
		}
	}
	for n, count := range counts {
		if n > 1 && (count > q.usual || count == q.usual && n > q.columns) {
			q.usual, q.columns = count, n
		}
	}
	if q.columns == 0 {
		return quality{columns: 1, all: len(lengths), usual: len(lengths)}, 1, 0
	}
	q.all, q.lead = len(lengths), slices.Index(lengths, q.columns)
	end := len(lengths)
	for lengths[end-1] != q.columns {
		end--
	}
	weights, total := map[int]float64{}, 0.0
	for i, n := range lengths {
		w := 1.0
		if i < q.lead || i >= end {
			w = edgeWeight
		}
		weights[n] += w
		total += w
	}
	entropy := 0.0
	for n, w := range weights {
		p := w / total
		entropy -= p * math.Log(p)
		width += p * float64(n-1) / float64(n)
	}
	return q, math.Exp(-entropy), width
}

// padding counts the fields of the sample that a separator stands before or
// behind, and those that have a blank there.
type padding struct{ second, blankBefore, first, blankBehind int }

// count takes the fields of a record.
func (p *padding) count(row []table.Cell) {
	for i, c := range row {
		if c.Kind == table.Empty || c.Hint&table.Wrapped != 0 {
			continue
		}
		if i > 0 {
			p.second++
			if c.Text[0] == ' ' {
				p.blankBefore++
			}
		}
		if i+1 < len(row) {
			p.first++
			if c.Text[len(c.Text)-1] == ' ' {
				p.blankBehind++
			}
		}
	}
}

// before reports whether nearly every field has a blank before it, so that the
// blank belongs to the separator.
func (p *padding) before() bool {
	return p.second >= leastPadded && p.blankBefore*20 >= p.second*19
}

// behind does so for blanks behind fields.
func (p *padding) behind() bool {
	return p.first >= leastPadded && p.blankBehind*20 >= p.first*19
}

// leastPadded is how many fields must have a blank before that means something.
const leastPadded = 3

// cellWorth says how much a cell looks like one whole value: numbers and dates
// most, words well, pieces that hold another separator or half a pair of
// brackets hardly.
func cellWorth(c table.Cell, delimiter byte) float64 {
	if c.Kind == table.Empty {
		return 0.5
	}
	if c.Hint&table.Wrapped != 0 {
		return 0.9
	}
	if len(c.Text) == 1 && strings.IndexByte(",;:|^~", c.Text[0]) >= 0 {
		return 0 // the separator itself
	}
	digits, letters, marks, others := 0, 0, 0, 0
	for i := 0; i < len(c.Text); i++ {
		switch b := c.Text[i]; {
		case b >= '0' && b <= '9':
			digits++
		case b|0x20 >= 'a' && b|0x20 <= 'z' || b >= 0x80 || b == '_':
			letters++
		case b == ';' || b == '\t' || b == '|' || b == '^' || b == '~' || b == '"', b == ':' && separates(c.Text, i):
			others++
		case b == ',' && delimiter != ',' && digits > 0, b == '.', b == '-', b == '/', b == ':' && digits > 0, b == '%', b == '+':
			marks++
		case b == ',':
			marks++
		}
	}
	switch {
	case others > 0, delimiter == ':' && strings.HasPrefix(c.Text, "//"):
		return 0.1
	case letters == 0 && digits > 0:
		if strings.Contains(c.Text, ":") && strings.ContainsAny(c.Text, "/,") && !strings.Contains(c.Text, " ") || strings.Contains(c.Text, "  ") {
			return 0.3 // half a time glued to half a date, or figures apart
		}
		return 1
	case letters == 0:
		return 0.3
	}
	return 0.7
}

// separates reports whether the colon at i stands between fields rather than in
// a time, an address of the web, or behind a word of prose.
func separates(s string, i int) bool {
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	if digit(i-1) && digit(i+1) {
		return false
	}
	return i+1 < len(s) && s[i+1] != ' ' && s[i+1] != '/'
}
