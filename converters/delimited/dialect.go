package delimited

import (
	"bytes"
	"math"
	"strings"

	"chasqui/converters/table"
)

// dialect is how a file separates its fields. quote and escape are 0 where
// there is none.
type dialect struct {
	delimiter     byte
	tail          string // the rest of a separator of several characters
	quote         byte
	escape        byte
	double        bool // a quote inside a quoted field is doubled
	spaced        bool // blanks stand before opening quotes
	separatorLine bool // the first record is Excel's "sep=;"
	lineEnd       string
}

// public returns the dialect in Frictionless' terms.
func (d dialect) public() *table.Dialect {
	p := &table.Dialect{Delimiter: string(d.delimiter) + d.tail, DoubleQuote: d.double, LineTerminator: d.lineEnd}
	if d.quote != 0 {
		p.QuoteChar = string(d.quote)
	}
	if d.escape != 0 {
		p.EscapeChar = string(d.escape)
	}
	return p
}

// quality is how a text looks under a dialect: the usual number of columns,
// how many of all records have more than one, and the score that dialects are
// compared by, 0 to 1.
type quality struct {
	columns, records, all int
	score                 float64
}

// candidate is a separator with the weight of how often it is meant as one.
type candidate struct {
	delimiter byte
	tail      string
	weight    float64
}

// candidates lists the separators in the order in which ties are decided. A
// blank or a colon stands inside texts and times far more often than between
// fields, a circumflex or tilde seldom stands anywhere. Separators of several
// characters weigh more, since a part of them splits as evenly, into columns
// that are empty throughout.
func candidates() []candidate {
	list := []candidate{
		{',', "", 1}, {';', "", 1}, {'\t', "", 1}, {'|', "", 1}, {'^', "", 0.9}, {'~', "", 0.9}, {':', "", 0.5}, {' ', "", 0.4},
	}
	for _, s := range [...]string{"||", ";;", "::", "^^", "~~", "|~|", "~|~", "##", "@@", "&&", "$$"} {
		list = append(list, candidate{s[0], s[1:], 1.3})
	}
	return list
}

// leastScore is what a dialect must reach before a text counts as more than
// one column: half the lines of prose with one comma each stay below it.
const leastScore = 0.08

// maxSampleRecords bounds the records that are scored.
const maxSampleRecords = 1000

// findDialect tries every separator on the sample: the right one cuts records
// into equally many fields whose contents look like values.
func findDialect(text []byte) (dialect, quality) {
	lineEnd := commonLineEnd(text)
	if d, ok := separatorLine(text); ok {
		d.lineEnd = lineEnd
		rest := text[bytes.IndexAny(text, "\r\n")+1:]
		d.quote, d.double, d.escape, d.spaced = findQuote(rest, d.delimiter)
		return d, scoreOf(rest, candidate{d.delimiter, "", 1}, d)
	}
	var best dialect
	var top quality
	for _, c := range candidates() {
		if !bytes.Contains(text, []byte(string(c.delimiter)+c.tail)) {
			continue
		}
		d := dialect{delimiter: c.delimiter, tail: c.tail, lineEnd: lineEnd}
		d.quote, d.double, d.escape, d.spaced = findQuote(text, c.delimiter)
		if q := scoreOf(text, c, d); q.score > top.score {
			best, top = d, q
		}
	}
	if top.score < leastScore {
		best = dialect{delimiter: ',', lineEnd: lineEnd}
		best.quote, best.double, best.escape, best.spaced = findQuote(text, ',')
		top = quality{columns: 1}
	}
	return best, top
}

// separatorLine recognises the first line "sep=;" that Excel obeys.
func separatorLine(text []byte) (dialect, bool) {
	end := bytes.IndexAny(text, "\r\n")
	if end != 5 || !bytes.EqualFold(text[:4], []byte("sep=")) {
		return dialect{}, false
	}
	return dialect{delimiter: text[4], separatorLine: true}, true
}

// commonLineEnd returns the line end that occurs most.
func commonLineEnd(text []byte) string {
	crlf := bytes.Count(text, []byte("\r\n"))
	lf := bytes.Count(text, []byte("\n")) - crlf
	cr := bytes.Count(text, []byte("\r")) - crlf
	switch {
	case crlf > 0 && crlf >= lf && crlf >= cr:
		return "\r\n"
	case cr > lf:
		return "\r"
	}
	return "\n"
}

// findQuote decides how fields are quoted beside the separator, by how often a
// quote opens right behind it or closes right before it.
func findQuote(text []byte, delimiter byte) (quote byte, double bool, escape byte, spaced bool) {
	most := 0
	for _, q := range [...]byte{'"', '\''} {
		edges, blanks := quoteEdges(text, delimiter, q)
		if edges > most && (q == '"' || edges > 4 && edges > 2*most) {
			most, quote, spaced = edges, q, blanks
		}
	}
	if quote == 0 {
		return '"', true, 0, false
	}
	doubled := bytes.Count(text, []byte{quote, quote})
	doubled -= bytes.Count(text, []byte{delimiter, quote, quote, delimiter})
	escaped := bytes.Count(text, []byte{'\\', quote})
	if escaped > 0 && escaped > doubled {
		return quote, false, '\\', spaced
	}
	return quote, true, 0, spaced
}

// quoteEdges counts quotes that open or close a field, and reports whether
// opening ones usually have a blank before them.
func quoteEdges(text []byte, delimiter, quote byte) (edges int, blanks bool) {
	opened, spaced := 0, 0
	edge := func(c byte) bool { return c == delimiter || c == '\n' || c == '\r' }
	for i, c := range text {
		if c != quote {
			continue
		}
		if i == 0 || edge(text[i-1]) {
			opened++
			edges++
		} else if i > 1 && text[i-1] == ' ' && delimiter != ' ' && text[i-2] == delimiter {
			spaced++
			edges++
		}
		if i+1 == len(text) || edge(text[i+1]) {
			edges++
		}
	}
	if opened+spaced == 0 {
		return 0, false
	}
	return edges, spaced > opened
}

// scoreOf splits the text and scores it: how even the records are (the spread
// of their lengths as an effective number of different ones), times how many
// columns they have, times how much their cells look like values.
func scoreOf(text []byte, c candidate, d dialect) quality {
	in := newSplitter(bytes.NewReader(text), d)
	lengths := map[int]int{}
	records, cells, figures, worth, first := 0, 0, 0, 0.0, 0
	for records < maxSampleRecords && in.next() {
		if in.blank() {
			continue
		}
		records++
		row := in.row()
		lengths[len(row)]++
		if records == 1 {
			first = len(row)
		}
		for i, cell := range row {
			if i < 64 {
				cells++
				w := cellWorth(cell, d.delimiter)
				if worth += w; w == 1 || cell.Hint&table.Wrapped != 0 {
					figures++
				}
			}
		}
	}
	if records == 0 || cells == 0 {
		return quality{}
	}
	q := quality{all: records}
	entropy, width, most := 0.0, 0.0, 0
	for n, count := range lengths {
		p := float64(count) / float64(records)
		entropy -= p * math.Log(p)
		width += p * float64(n-1) / float64(n)
		if n > 1 {
			q.records += count
		}
		if count > most || count == most && n > q.columns {
			most, q.columns = count, n
		}
	}
	q.score = c.weight * math.Exp(-entropy) * width * worth / float64(cells)
	if first != q.columns { // a header is split as its records are
		q.score *= 0.6
	}
	if c.delimiter == ' ' { // blanks separate figures and quoted texts, in prose they separate words
		q.score *= min(1, 4*float64(figures)/float64(cells))
	}
	return q
}

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
	case others > 0:
		return 0.1
	case letters == 0 && digits > 0:
		if strings.Contains(c.Text, ":") && strings.ContainsAny(c.Text, "/,") && !strings.Contains(c.Text, " ") {
			return 0.3 // half a time glued to half a date
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
