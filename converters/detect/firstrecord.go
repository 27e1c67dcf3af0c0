package detect

import (
	"strings"

	"chasqui/converters/table"
)

// isColumnNumbers recognises the row "(1) (2) (3)" or "A B C" under a header.
func isColumnNumbers(l *line, r *region) bool {
	n, previous := 0, 0
	for col := r.colFirst; col <= min(r.colLast, len(l.classes)); col++ {
		s := strings.Trim(l.text(col), "()[] ")
		if s == "" {
			continue
		}
		if eq := strings.IndexByte(s, '='); eq > 0 {
			s = strings.TrimSpace(s[:eq]) // "3=1+2"
		}
		k := 0
		if len(s) == 1 && s[0] >= 'A' && s[0] <= 'Z' {
			k = int(s[0]-'A') + 1
		} else {
			for i := 0; i < len(s) && len(s) < 3; i++ {
				if s[i] < '0' || s[i] > '9' {
					return false
				}
				k = k*10 + int(s[i]-'0')
			}
		}
		if k == 0 || n > 0 && k != previous+1 || n == 0 && k > 2 {
			return false
		}
		n, previous = n+1, k
	}
	return n >= 3 && n*3 >= (r.colLast-r.colFirst+1)*2
}

// continuesBelow reports whether a row that could number columns, without
// brackets, holds in each of them what the rows below hold: then 1, 2, 3 are
// values like the others.
func continuesBelow(l *line, p *profile, r *region) bool {
	for col := r.colFirst; col <= min(r.colLast, len(l.classes)); col++ {
		if c := l.class(col); c != blank && (c != p.at(col) || strings.ContainsAny(l.text(col), "()[]=")) {
			return false
		}
	}
	return p.lines > 0
}

// opensWithDigits reports whether a line has a label of its own, as the records have,
// and its words over figures all open with a digit, "25 (20-32)": values with a
// remark under a header that names every column, not names of columns.
func opensWithDigits(l, above *line, p *profile, r *region) bool {
	if l.class(r.colFirst) != word || p.at(r.colFirst) != word || above.counts(r.colFirst, r.colLast, word) <= r.colLast-r.colFirst {
		return false
	}
	for col := r.colFirst + 1; col <= min(r.colLast, len(l.classes)); col++ {
		if s := l.text(col); l.class(col) == word && p.at(col) == figure && (s[0] < '0' || s[0] > '9') {
			return false
		}
	}
	return true
}

// isRecordWithWord reports whether a line of words under a header that names
// every column is a record with one word among its figures ("pendiente"): it
// fills every column too, looks like no header, and only one column of figures
// holds a word.
func isRecordWithWord(g *grid, r *region, v verdict, l, above *line) bool {
	width := r.colLast - r.colFirst + 1
	if v.contrast != 1 || l.count(r.colFirst, r.colLast) < width || above.counts(r.colFirst, r.colLast, word) < width {
		return false
	}
	for _, h := range [...]table.Hint{table.Bold, table.Filled} {
		if l.hinted(r.colFirst, r.colLast, h) > 0.8 {
			return false
		}
	}
	for _, m := range g.merges {
		if m.RowFirst <= above.number && m.RowLast >= above.number && m.ColFirst >= r.colFirst && m.ColLast <= r.colLast {
			return false
		}
	}
	return true
}
