package delimited

import (
	"bytes"

	"chasqui/converters/table"
)

// dialect is how a file separates its fields. quote and escape are 0 where
// there is none.
type dialect struct {
	delimiter     byte
	tail          string // the rest of a separator of several characters
	quote         byte
	escape        byte
	double        bool   // a quote inside a quoted field is doubled
	spaced        bool   // blanks stand before opening quotes
	runs          bool   // any number of blanks or tabs separates, none does at the ends; with a tail two at least do
	before        bool   // a blank stands behind every separator, before the field
	behind        bool   // a blank stands before every separator, behind the field
	wrapped       bool   // each record as a whole stands in quotes
	separatorLine bool   // the first record is Excel's "sep=;"
	signs         string // the signs that open comments
	columns       int    // the fields of a record, which a comment has not
	usual         int    // the fields that nearly every record has; 0 where records differ
	lineEnd       string
}

// noDelimiter is a byte that UTF-8 never has: it separates nothing.
const noDelimiter = 0xff

// public returns the dialect in Frictionless' terms.
func (d dialect) public() *table.Dialect {
	p := &table.Dialect{Delimiter: d.separator(), DoubleQuote: d.double, LineTerminator: d.lineEnd}
	if d.delimiter == noDelimiter {
		p.Delimiter = ","
	}
	if d.quote != 0 {
		p.QuoteChar = string(d.quote)
	}
	if d.escape != 0 {
		p.EscapeChar = string(d.escape)
	}
	return p
}

// separator is what stands between two fields; a blank for any number of them.
func (d dialect) separator() string {
	if d.runs {
		return " "
	}
	return string(append([]byte{d.delimiter}, d.tail...))
}

// quality is how a text looks under a dialect.
type quality struct {
	columns int     // the usual number
	records int     // with more than one column
	all     int     // records
	lead    int     // records above the first one with the usual number
	usual   int     // records with it
	halves  bool    // all records with more than one column are two runs of digits
	words   bool    // the first record has one column, and words stand in the others
	prose   bool    // the separator is always followed by a blank, as in a sentence
	score   float64 // what dialects are compared by, 0 to 1
}

// candidate is a separator with the weight of how often it is meant as one.
type candidate struct {
	delimiter byte
	tail      string
	weight    float64
	odd       bool // hardly a separator: it must cut the first record, too, into three fields or more
}

// candidates lists the separators in the order in which ties are decided. A
// blank or a colon stands inside texts and times far more often than between
// fields, a circumflex or tilde seldom stands anywhere.
func candidates() []candidate {
	return []candidate{
		{',', "", 1, false}, {';', "", 1, false}, {'\t', "", 1, false}, {'|', "", 1, false},
		{'^', "", 0.9, false}, {'~', "", 0.9, false}, {':', "", 0.5, false}, {' ', "", 0.4, false}, {' ', " ", 0.4, false},
		{'#', "", 0.6, true}, {'*', "", 0.6, true}, {'$', "", 0.6, true}, {'&', "", 0.6, true}, {'!', "", 0.6, true},
		{0x01, "", 1, true}, {0x1f, "", 1, true}, {0xc2, "\xac", 1, true}, {0xc2, "\xa6", 1, true}, {0xc2, "\xa7", 1, true}, // ¬ ¦ §
	}
}

// leastScore is what a dialect must reach before a text counts as more than
// one column: half the lines of prose with one comma each stay below it.
const leastScore = 0.08

// maxSampleRecords bounds the records that are scored.
const maxSampleRecords = 1000

// findDialect tries every separator on the sample: the right one cuts records
// into equally many fields whose contents look like values.
func findDialect(text []byte) (dialect, quality) {
	signs, rest := findComments(text)
	if signs != "" && bytes.ContainsAny(bytes.TrimSpace(rest), "\r\n") { // a lone line is no table
		d, q := uncommentedDialect(rest)
		if d.commented(text, signs, q); d.signs != "" {
			return d, q
		}
	}
	return uncommentedDialect(text)
}

// uncommentedDialect is findDialect for a text without comments.
func uncommentedDialect(text []byte) (dialect, quality) {
	if inner := unwrap(text); inner != nil {
		d, q := bestDialect(inner)
		if q.columns > 1 && q.lead == 0 && (q.columns > 2 || !q.prose) && d.delimiter != ' ' {
			d.quote, d.double, d.escape = '"', true, 0
			d.wrapped, d.usual = true, q.columns
			return d, q
		}
	}
	return bestDialect(text)
}

// bestDialect is findDialect for records that stand as they are.
func bestDialect(text []byte) (dialect, quality) {
	lineEnd := commonLineEnd(text)
	if d, ok := separatorLine(text); ok {
		rest := text[bytes.IndexAny(text, "\r\n")+1:]
		c := candidate{d.delimiter, "", 1, false}
		d, q := c.on(rest)
		d.separatorLine, d.lineEnd = true, lineEnd
		return d, q
	}
	var best dialect
	var top quality
	lines := max(bytes.Count(text, []byte("\n")), bytes.Count(text, []byte("\r")))
	for _, c := range append(candidates(), longCandidates(text)...) {
		if n := bytes.Count(text, append([]byte{c.delimiter}, c.tail...)); n == 0 || c.odd && n < lines {
			continue
		}
		if d, q := c.on(text); q.score > top.score && (!c.odd || q.lead == 0 && q.columns > 2) {
			best, top = d, q
		}
	}
	if top.score < leastScore || top.isOneColumn(best) {
		best, top = oneColumn(text), quality{columns: 1}
	}
	best.lineEnd = lineEnd
	return best, top
}

// oneColumn is the dialect of a text that no separator cuts: its records are
// lines, unless the first one has commas.
func oneColumn(text []byte) dialect {
	comma := candidate{delimiter: ','}
	d := dialect{delimiter: ','}
	d.quote, d.double, d.escape, d.spaced = findQuote(text, comma)
	first := bytes.TrimLeft(text, "\r\n")
	if end := bytes.IndexAny(first, "\r\n"); end >= 0 {
		first = first[:end]
	}
	if bytes.IndexByte(first, ',') < 0 {
		d.delimiter = noDelimiter
		d.quote, d.double, d.escape, d.spaced = findQuote(text, candidate{delimiter: noDelimiter})
	}
	return d
}

// on returns the dialect that has the candidate as its separator, and how the
// text looks under it.
func (c candidate) on(text []byte) (dialect, quality) {
	d := dialect{delimiter: c.delimiter, tail: c.tail, runs: c.delimiter == ' ' && c.tail != ""}
	d.quote, d.double, d.escape, d.spaced = findQuote(text, c)
	q := scoreOf(text, c, &d)
	for _, e := range d.others(text, c, q) {
		if r := scoreOf(text, c, &e); r.score > q.score {
			d, q = e, r
		}
	}
	if d.quote == '~' {
		q.score *= longWeight * longWeight // tildes around fields are no part of a longer separator
	}
	if q.usual >= leastUsual && q.usual*10 >= (q.all-q.lead)*7 {
		d.usual = q.columns
	}
	return d, q
}

// others returns dialects of the same separator that the text may have besides:
// with the other quote where records are uneven, not just single ones, or where
// both stand at the edges of fields, with runs of blanks as one separator, and with
// escaped separators outside quotes.
func (d dialect) others(text []byte, c candidate, q quality) []dialect {
	var list []dialect
	if d.quote == '"' && q.usual*10 < (q.all-q.lead)*8 && hides(text, c, '\'') {
		e := d
		e.quote, e.double, e.escape, e.spaced = '\'', true, 0, false
		list = append(list, e)
	}
	if n, _ := quoteEdges(text, c, '"'); d.quote == '\'' && n > 0 {
		e := d
		e.quote, e.double, e.escape, e.spaced = '"', true, 0, false
		list = append(list, e)
	}
	if d.delimiter == ' ' && d.tail == "" {
		e := d
		e.runs = true
		list = append(list, e)
	}
	if d.escape == 0 && bytes.Contains(text, []byte{'\\', c.delimiter}) {
		e := d
		e.escape = '\\'
		list = append(list, e)
	}
	return list
}

// leastUsual is how many records must have equally many fields before another
// number in a record is a sign that it was cut in the wrong way.
const leastUsual = 3

// isOneColumn recognises a single column below a header that has no separator:
// of "surname, name", of numbers with a decimal comma, of times, of words.
func (q quality) isOneColumn(d dialect) bool {
	if q.columns == 2 && q.usual < leastUsual && q.usual*3 < q.all {
		return true // a few lines have the separator by chance
	}
	if q.lead != 1 || d.tail != "" {
		return false
	}
	if d.delimiter == ' ' {
		return q.words
	}
	if q.columns != 2 {
		return false
	}
	return d.delimiter == ',' && (q.prose || q.halves) || d.delimiter == ':' && q.halves
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

// unwrap returns a text without the quotes around its records where most have
// them, as when a program took each record for one text; nil otherwise.
func unwrap(text []byte) []byte {
	if len(text) == 0 || bytes.IndexByte(text, '"') < 0 {
		return nil
	}
	in := newSplitter(bytes.NewReader(text), dialect{delimiter: noDelimiter, quote: '"', double: true})
	var inner []byte
	records, wrapped := 0, 0
	for records < maxSampleRecords && in.next() {
		if in.blank() {
			continue
		}
		records++
		if in.bareQuotes.count > 0 { // a quote inside is not doubled: it ends a field
			return nil
		}
		row := in.row()
		if row[0].Hint&table.Wrapped != 0 {
			wrapped++
		}
		if records == 20 && wrapped*2 < records {
			return nil
		}
		for _, c := range row {
			inner = append(inner, c.Text...)
		}
		inner = append(inner, '\n')
	}
	if wrapped < 2 || wrapped*2 < records {
		return nil
	}
	return inner
}
