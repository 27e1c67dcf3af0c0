package xlsx

import (
	"bytes"

	"chasqui/converters/table"
)

// parseUint reads a whole number below 2^31; -1 when raw is none.
func parseUint(raw []byte) int {
	if len(raw) == 0 || len(raw) > 10 {
		return -1
	}
	n := 0
	for _, c := range raw {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	if n >= 1<<31 {
		return -1
	}
	return n
}

// column reads the letters of a reference such as "AB12"; 0 when it has none.
func column(ref []byte) int {
	n := 0
	for i, c := range ref {
		c &^= 0x20
		if c < 'A' || c > 'Z' || i > 3 {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n
}

// parseCell reads a reference such as "$B$12".
func parseCell(ref []byte) (row, col int) {
	ref = bytes.ReplaceAll(ref, []byte("$"), nil)
	col = column(ref)
	digits := bytes.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
	return parseUint(digits), col
}

// parseRange reads a reference such as "A1:C3"; it is not ok when it names no
// rectangle of the sheet.
func parseRange(ref []byte) (table.Range, bool) {
	from, to, found := bytes.Cut(ref, []byte(":"))
	if !found {
		to = from
	}
	var g table.Range
	g.RowFirst, g.ColFirst = parseCell(from)
	g.RowLast, g.ColLast = parseCell(to)
	ok := g.RowFirst >= 1 && g.ColFirst >= 1 && g.RowLast >= g.RowFirst && g.ColLast >= g.ColFirst &&
		g.RowLast <= maxRows && g.ColLast <= maxCols
	return g, ok
}
