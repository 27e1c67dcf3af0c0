package delimited

import "bytes"

// findQuote decides how fields are quoted beside the separator, by how often a
// quote opens right behind it or closes right before it. Apostrophes stand in
// texts too, so they are quotes where there are many, where some hide what would
// not stand in a field otherwise, or where none stands but around a field. So are
// tildes, there only, where one opens the text.
func findQuote(text []byte, c candidate) (quote byte, double bool, escape byte, spaced bool) {
	if bytes.HasPrefix(text, []byte{'~'}) && c.delimiter != '~' && surrounds(text, c, '~') {
		return '~', true, 0, false
	}
	most := 0
	for _, q := range [...]byte{'"', '\''} {
		edges, blanks := quoteEdges(text, c, q)
		if edges > most && (q == '"' || edges > 4 && edges > 2*most) {
			most, quote, spaced = edges, q, blanks
		}
	}
	if quote == 0 && (hides(text, c, '\'') || isQuoted(text, c, '\'') || surrounds(text, c, '\'')) {
		quote = '\''
	}
	if quote == 0 {
		return '"', true, 0, false
	}
	doubled, escaped := hiddenQuotes(text, c, quote)
	if escaped > 0 && escaped > doubled {
		return quote, doubled > 0, '\\', spaced
	}
	return quote, true, 0, spaced
}

// isEdge reports whether a field ends where b stands, or one begins behind it.
func isEdge(b, separator byte) bool { return b == separator || b == '\n' || b == '\r' }

// nextByte returns the first place of b at or behind from, the text's length if
// there is none.
func nextByte(text []byte, from int, b byte) int {
	if from < len(text) {
		if i := bytes.IndexByte(text[from:], b); i >= 0 {
			return from + i
		}
	}
	return len(text)
}

// quoteEdges counts quotes that open or close a field, and reports whether blanks
// stand before opening ones: usually, or wherever they do close a field.
func quoteEdges(text []byte, c candidate, quote byte) (edges int, blanks bool) {
	opened, behind, spaced, closed := 0, 0, 0, 0 // behind: of a separator
	last := c.last()
	for i := nextByte(text, 0, quote); i < len(text); i = nextByte(text, i+1, quote) {
		if i == 0 || isEdge(text[i-1], last) {
			opened++
			edges++
			if i > 0 && text[i-1] == last {
				behind++
			}
		} else if before := bytes.TrimRight(text[:i], " "); last != ' ' && len(before) < i && len(before) > 0 && before[len(before)-1] == last {
			spaced++
			edges++
			if end, _ := closing(text, i+1, c.delimiter, quote); end > 0 {
				closed++
			}
		}
		if i+1 == len(text) || isEdge(text[i+1], c.delimiter) {
			edges++
		}
	}
	if opened+spaced == 0 {
		return 0, false
	}
	return edges, spaced > behind || spaced > 0 && closed == spaced
}

// hides reports whether some field stands in the quotes and holds the separator
// or a quote, doubled or escaped, while no field opens with one that closes
// nowhere in its line.
func hides(text []byte, c candidate, quote byte) bool {
	last, found := c.last(), false
	for i := nextByte(text, 0, quote); i < len(text); i = nextByte(text, i+1, quote) {
		if i > 0 && !isEdge(text[i-1], last) && (i < 2 || text[i-1] != ' ' || text[i-2] != last) {
			continue // it opens no field
		}
		end, telling := closing(text, i+1, c.delimiter, quote)
		if end == 0 {
			return false
		}
		i, found = end, found || telling
	}
	return found
}

// surrounds reports whether the quotes of a text stand in pairs around whole fields,
// blanks at most between them and the separators, and nowhere else. Two that hold
// a separator at their start are two values: a sign for what is missing.
func surrounds(text []byte, c candidate, quote byte) bool {
	i := nextByte(text, 0, quote)
	if i == len(text) {
		return false
	}
	for ; i < len(text); i = nextByte(text, i+1, quote) {
		before := bytes.TrimRight(text[:i], " ")
		opens := len(before) == 0 || isEdge(before[len(before)-1], c.last())
		from := i + 1
		i = nextByte(text, from, quote)
		if !opens || i == len(text) || text[from] == c.delimiter || bytes.ContainsAny(text[from:i], "\r\n") {
			return false
		}
		if after := bytes.TrimLeft(text[i+1:], " "); len(after) > 0 && !isEdge(after[0], c.delimiter) {
			return false
		}
	}
	return true
}

// isQuoted reports whether the first line is fields in quotes and nothing else.
func isQuoted(text []byte, c candidate, quote byte) bool {
	line := text
	if end := bytes.IndexAny(text, "\r\n"); end >= 0 {
		line = text[:end]
	}
	between := string(quote) + string(c.delimiter) + c.tail + string(quote)
	n := bytes.Count(line, []byte(between))
	return n > 0 && line[0] == quote && line[len(line)-1] == quote && bytes.Count(line, []byte{quote}) == 2*n+2
}

// closing returns the place of the quote that closes the field that begins at
// from, 0 where none does in its line, and whether the field needed quotes.
func closing(text []byte, from int, separator, quote byte) (end int, telling bool) {
	for i := from; i < len(text) && text[i] != '\n' && text[i] != '\r'; i++ {
		switch {
		case text[i] == separator:
			telling = true
		case text[i] == '\\' && i+1 < len(text) && text[i+1] == quote:
			telling = true
			i++
		case text[i] != quote:
		case i+1 == len(text) || isEdge(text[i+1], separator):
			return i, telling
		case text[i+1] == quote:
			telling = true
			i++
		}
	}
	return 0, false
}

// hiddenQuotes counts the quotes inside fields that are doubled, and those that
// have a backslash before them. One before a field's end is no escape: paths of
// Windows end so.
func hiddenQuotes(text []byte, c candidate, quote byte) (doubled, escaped int) {
	last := c.last()
	for at := 0; ; {
		next := bytes.IndexByte(text[at:], quote)
		if next < 0 || at+next+1 >= len(text) {
			return doubled, escaped
		}
		i := at + next
		at = i + 1
		switch {
		case i > 0 && text[i-1] == '\\':
			if !isEdge(text[at], c.delimiter) {
				escaped++
			}
		case text[at] == quote:
			opens := i == 0 || isEdge(text[i-1], last)
			if at++; opens && (at == len(text) || isEdge(text[at], c.delimiter)) {
				continue // a field of nothing
			}
			doubled++
		}
	}
}
