package fixedwidth

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a text must show to have columns.
const (
	minLines  = 4    // lines with something in at least two columns
	maxPlaces = 4096 // characters of a line that are looked at
	maxCols   = 256
)

// column is one column: the places of its characters, from 0, end outside. What
// stands between two columns belongs to the left one.
type column struct{ start, end int }

// isRule reports whether a line only draws.
func isRule(line []byte) bool {
	return len(line) > 2 && len(bytes.Trim(line, "-=_+|* ")) == 0
}

// findColumns returns the columns of a text, nil where it has none.
func findColumns(lines []string) []column {
	var body []string
	written := 0
	for _, line := range lines {
		if len(strings.TrimSpace(line)) == 0 || isRule([]byte(line)) {
			continue
		}
		if strings.ContainsRune(line, '\t') {
			return nil // tabs are another kind of column
		}
		written++
		if strings.Contains(strings.TrimSpace(line), "  ") {
			body = append(body, line)
		}
	}
	if len(body) < minLines || len(body)*10 < written*6 || separated(body) || isEven(lines) {
		return nil
	}
	body = withoutPageTitles(body)
	if c := byRule(lines, body); c != nil {
		return c
	}
	return byRivers(body)
}

// withoutPageTitles leaves out the lines that come again with the same words, as
// the titles of a report's pages do; all stay where hardly any others are left.
func withoutPageTitles(body []string) []string {
	times := map[string]int{}
	for _, line := range body {
		times[words(line)]++
	}
	var once []string
	for _, line := range body {
		if w := words(line); times[w] == 1 || len(w) < 6 {
			once = append(once, line)
		}
	}
	if len(once) < minLines {
		return body
	}
	return once
}

// words are the letters of a line.
func words(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, line)
}

// separated reports whether lines hold signs that separate fields; a comma
// between digits is none.
func separated(body []string) bool {
	with := 0
	for _, line := range body {
		found := strings.ContainsAny(line, ";|")
		for i := 0; i < len(line) && !found; i++ {
			inNumber := i > 0 && i+1 < len(line) && isDigit(line[i-1]) && isDigit(line[i+1])
			found = line[i] == ',' && !inNumber
		}
		if found {
			with++
		}
	}
	return with*2 > len(body)
}

// isEven reports whether all lines but comments have equally many words, and no
// single blank stands between letters below the first: then blanks separate the
// words, which are the fields of delimited text.
func isEven(lines []string) bool {
	usual, seen := 0, 0
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || isRule([]byte(line)) {
			continue
		}
		n, meet := countWords(line)
		if seen++; seen == 1 {
			usual = n
		}
		if n != usual || seen > 1 && meet {
			return false
		}
	}
	return usual > 1
}

// countWords counts the words of a line, what stands in quotation marks as one,
// and reports whether a single blank stands between letters of two.
func countWords(line string) (n int, meet bool) {
	quoted := false
	var last, blanks rune
	for _, r := range line {
		switch {
		case r == ' ' && !quoted:
			blanks++
			continue
		case r == '"':
			quoted = !quoted
		}
		if n == 0 || blanks > 0 {
			n++
		}
		meet = meet || blanks == 1 && unicode.IsLetter(last) && unicode.IsLetter(r)
		last, blanks = r, 0
	}
	return n, meet
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// byRule reads the columns off a line of dashes with gaps, if most lines keep to
// it.
func byRule(lines, body []string) []column {
	for _, line := range lines {
		trimmed := strings.TrimSpace(line)
		if len(trimmed) < 5 || strings.Trim(trimmed, "-=_ ") != "" || !strings.Contains(trimmed, " ") {
			continue
		}
		var columns []column
		for i := 0; i < len(line); i++ {
			if line[i] == ' ' {
				continue
			}
			if i == 0 || line[i-1] == ' ' {
				columns = append(columns, column{start: i})
			}
			columns[len(columns)-1].end = i + 1
		}
		kept := 0
		for _, b := range body {
			if keeps(b, columns) {
				kept++
			}
		}
		if len(columns) >= 2 && len(columns) <= maxCols && kept*10 >= len(body)*8 {
			return spread(columns)
		}
	}
	return nil
}

// keeps reports whether a line has blanks where the rule has gaps.
func keeps(line string, columns []column) bool {
	place, next := 0, 0
	for _, r := range line {
		for next < len(columns) && place >= columns[next].end {
			next++
		}
		if r != ' ' && (next == len(columns) || place < columns[next].start) {
			return false
		}
		place++
	}
	return true
}

// spread gives the places between two columns to the left one, but the last
// blank, so that texts that are a little too long stay whole.
func spread(columns []column) []column {
	for i := range columns[:len(columns)-1] {
		columns[i].end = columns[i+1].start
	}
	columns[0].start = 0
	return columns
}

// byRivers finds the places that are blank in nearly all lines. In a few lines a
// river must be two places wide, as words may stand one above the other.
func byRivers(body []string) []column {
	var filled []int
	for _, line := range body {
		place := 0
		for _, r := range line {
			if place == len(filled) {
				filled = append(filled, 0)
			}
			if r != ' ' {
				filled[place]++
			}
			if place++; place == maxPlaces {
				break
			}
		}
	}
	strays := len(body) / 50 // titles of pages among the lines
	width := 1
	if len(body) < 12 {
		width = 2
	}
	var columns []column
	blank := width
	for place, n := range filled {
		if n <= strays {
			blank++
			continue
		}
		if blank >= width || len(columns) == 0 {
			columns = append(columns, column{start: place})
		}
		columns[len(columns)-1].end = place + 1
		blank = 0
	}
	columns = joinWords(body, columns)
	if len(columns) < 2 || len(columns) > maxCols || !aligned(body, columns) {
		return nil
	}
	return spread(columns)
}

// joinWords joins columns that a single blank parts where letters meet at it in
// most lines: the same two words in every line are no columns.
func joinWords(body []string, columns []column) []column {
	joined := columns[:0]
	for _, c := range columns {
		if n := len(joined); n > 0 && c.start-joined[n-1].end == 1 && wordsMeet(body, joined[n-1].end) {
			joined[n-1].end = c.end
			continue
		}
		joined = append(joined, c)
	}
	return joined
}

// wordsMeet reports whether most lines have letters on both sides of a place.
func wordsMeet(body []string, place int) bool {
	meet := 0
	for _, line := range body {
		around := []rune(between(line, place-1, place+2))
		if len(around) == 3 && unicode.IsLetter(around[0]) && unicode.IsLetter(around[2]) {
			meet++
		}
	}
	return meet*2 > len(body)
}

// aligned reports whether most columns have something in many lines: letters
// that only happen to stand apart do not.
func aligned(body []string, columns []column) bool {
	full := 0
	for _, c := range columns {
		with := 0
		for _, line := range body {
			if strings.TrimSpace(between(line, c.start, c.end)) != "" {
				with++
			}
		}
		if with*3 >= len(body) {
			full++
		}
	}
	return full >= 2 && full*2 >= len(columns)
}

// between returns the characters of a line from a place up to another.
func between(line string, start, end int) string {
	place, from := 0, len(line)
	for i := range line {
		if place == start {
			from = i
		}
		if place == end {
			return line[from:i]
		}
		place++
	}
	if start >= utf8.RuneCountInString(line) {
		return ""
	}
	return line[from:]
}
