package detect

import "strings"

// leastShaped is how many lines below a first one must agree before their shape
// says something about it.
const leastShaped = 3

// shapedAlike reports whether a line that could name the columns is a record
// like those below: in some column it is an address, or a code of the shape that
// the codes below have. "A01" over "A02" and "B01" names nothing.
func shapedAlike(g *grid, l *line, colFirst, colLast, from, end int) bool {
	if isDictionaryEntry(g, l, colFirst, colLast, from, end) {
		return true
	}
	for col := colFirst; col <= min(colLast, len(l.classes)); col++ {
		s := l.text(col)
		if l.class(col) != word || s == "" {
			continue
		}
		if isAddress(s) {
			return true
		}
		own := shapeOf(s)
		if own == "" {
			continue
		}
		filled, alike, coded := 0, 0, 0
		for i := from; i < end; i++ {
			below := g.lines[i].text(col)
			if below == "" {
				continue
			}
			filled++
			switch shapeOf(below) {
			case "":
			case own:
				alike, coded = alike+1, coded+1
			default:
				coded++
			}
		}
		if filled >= leastShaped && coded*10 >= filled*9 && alike*2 >= filled {
			return true
		}
	}
	return false
}

// isDictionaryEntry reports whether a line explains a name of a program, as the
// lines below do: a data dictionary without a header. The names of a header are
// short, an explanation has three words or more.
func isDictionaryEntry(g *grid, l *line, colFirst, colLast, from, end int) bool {
	name := l.text(colFirst)
	if !isMachineName(name) || isDictionaryHead(fold(name)) {
		return false
	}
	explained := false
	for col := colFirst + 1; col <= min(colLast, len(l.classes)); col++ {
		explained = explained || len(strings.Fields(l.text(col))) >= 3
	}
	filled, names := 0, 0
	for i := from; i < end; i++ {
		if below := g.lines[i].text(colFirst); below != "" {
			if filled++; isMachineName(below) {
				names++
			}
		}
	}
	return explained && filled >= leastShaped && names*10 >= filled*3
}

// isMachineName recognises names such as ANO_EJE.
func isMachineName(s string) bool {
	return strings.IndexByte(s, '_') > 0 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}

// isDictionaryHead reports whether a folded name is what the first column of a
// data dictionary is called.
func isDictionaryHead(s string) bool {
	for _, w := range [...]string{"nombre", "nome", "nom_", "name", "campo", "field", "variable", "variavel", "columna", "coluna", "column", "atributo", "attribute", "etiqueta"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// isAddress reports whether a text is an address of mail or of the web, which
// no column is called.
func isAddress(s string) bool {
	if strings.ContainsAny(s, " ,;") {
		return false
	}
	at := strings.IndexByte(s, '@')
	return at > 0 && strings.IndexByte(s[at:], '.') > 1 || strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// shapeOf writes a code with every digit run as 9, capitals as A and small
// letters as a; "" for a text that is no code: long, without digits, or of
// several words that are not figures for the most part, as "33 00 N, 65 00 E".
func shapeOf(s string) string {
	if len(s) > 20 || !strings.ContainsAny(s, "0123456789") || strings.IndexByte(s, ' ') >= 0 && !isMostlyDigits(s) {
		return ""
	}
	var b strings.Builder
	digit := false
	for _, r := range s {
		isDigit := r >= '0' && r <= '9'
		switch {
		case isDigit && digit:
		case isDigit:
			b.WriteByte('9')
		case r >= 'A' && r <= 'Z':
			b.WriteByte('A')
		case r >= 'a' && r <= 'z':
			b.WriteByte('a')
		default:
			b.WriteRune(r)
		}
		digit = isDigit
	}
	return b.String()
}

// isMostlyDigits reports whether of the characters other than blanks six or more
// and at least every second one are digits.
func isMostlyDigits(s string) bool {
	digits, others := 0, 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r != ' ':
			others++
		}
	}
	return digits >= 6 && digits >= others
}
