package detect

import "strings"

// headerTexts returns the texts of a table's last header row by column, from
// colFirst; nil without a header.
func headerTexts(g *grid, r region) []string {
	if r.headerLast == 0 {
		return []string{}
	}
	i := g.indexOf(r.headerLast)
	if i == len(g.lines) {
		return []string{}
	}
	texts := make([]string, 0, r.colLast-r.colFirst+1)
	for col := r.colFirst; col <= r.colLast; col++ {
		texts = append(texts, strings.Clone(g.lines[i].text(col)))
	}
	return texts
}

// repeats reports whether a line is the header printed again.
func repeats(l *line, r region, headers []string) bool {
	same, filled := matches(l, r, headers)
	return filled > 0 && same*5 >= filled*4 && same >= min(2, len(headers)) && sameFirst(l, r, headers)
}

// renamed reports whether a line is the header with another first name, as
// tables of one make have that stand below each other.
func renamed(l *line, r region, headers []string) bool {
	same, filled := matches(l, r, headers)
	return same*5 >= filled*4 && same >= 3 && !sameFirst(l, r, headers)
}

// matches counts the header's cells that a line has too, of those filled in
// either.
func matches(l *line, r region, headers []string) (same, filled int) {
	for i, h := range headers {
		s := l.text(r.colFirst + i)
		if h == "" && s == "" {
			continue
		}
		filled++
		if h == s {
			same++
		}
	}
	return same, filled
}

// sameFirst compares the first name.
func sameFirst(l *line, r region, headers []string) bool {
	for i, h := range headers {
		if s := l.text(r.colFirst + i); h != "" || s != "" {
			return h == s
		}
	}
	return false
}
