package detect

import (
	"regexp"
	"strings"

	"chasqui/converters/table"
)

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

// pageTitles are the lines above a table's header, which a report prints again
// at the top of each page. whole holds them as pageKey has them, first the texts
// of their first cells.
type pageTitles struct{ whole, first map[string]bool }

// pageTitlesOf returns those of a table; none without a header.
func pageTitlesOf(g *grid, r region) pageTitles {
	p := pageTitles{map[string]bool{}, map[string]bool{}}
	for i := range g.lines {
		l := &g.lines[i]
		if i < r.top || l.number >= r.headerFirst {
			continue
		}
		if key := pageKey(l); key != "" {
			p.whole[key] = true
			p.first[firstText(l.cells)] = true
		}
	}
	return p
}

// again reports whether a line is one of them, its page's number apart.
func (p pageTitles) again(l *line) bool {
	return len(p.whole) > 0 && p.whole[pageKey(l)]
}

// pageNumber is how the number of a page is printed, in folded text.
var pageNumber = regexp.MustCompile(`\b(?:pag(?:ina|e)?|hoja|folha|feuille)\b\.?\s*(?:n[o°º]?\.?\s*)?:?\s*\d+(?:\s*(?:/|de|of|sur)\s*\d+)?`)

// pageKey is a line's text without the page's number; "" where it says too little
// to be known again.
func pageKey(l *line) string {
	var texts []string
	for i := range l.cells {
		if s := table.TrimSpace(l.cells[i].Text); s != "" {
			texts = append(texts, s)
		}
	}
	key := strings.TrimSpace(pageNumber.ReplaceAllString(fold(strings.Join(texts, " ")), ""))
	if len(key) < 6 {
		return ""
	}
	return key
}

// firstText is the text of the first cell that is not blank.
func firstText(cells []table.Cell) string {
	for i := range cells {
		if s := table.TrimSpace(cells[i].Text); s != "" {
			return s
		}
	}
	return ""
}
