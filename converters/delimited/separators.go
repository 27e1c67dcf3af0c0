package delimited

import (
	"bytes"
	"slices"
	"strings"
)

// last is the byte that a separator ends with.
func (c candidate) last() byte {
	if c.tail == "" {
		return c.delimiter
	}
	return c.tail[len(c.tail)-1]
}

// Where separators of several characters are looked for, and how long they are.
const (
	longLines = 200
	longest   = 3
	mostLong  = 8
	// longWeight is more than a single character's, since a part of a long
	// separator splits as evenly, into columns that are empty throughout.
	longWeight = 1.3
)

// longMarks are the characters that a separator of several is made of.
const longMarks = ",;:|\t^~#@&$*<>=!-"

// longCandidates lists the separators of several characters that a text may
// have: marks that stand together in nearly every line.
func longCandidates(text []byte) []candidate {
	lines, seen := 0, map[string]int{}
	for line := range bytes.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if lines++; lines > longLines {
			break
		}
		for s := range marksOf(line) {
			seen[s]++
		}
		for i := range len(longMarks) {
			if bytes.IndexByte(line, longMarks[i]) >= 0 {
				seen[longMarks[i:i+1]]++
			}
		}
	}
	lines = min(lines, longLines)
	var list []candidate
	for s, n := range seen {
		if len(s) < 2 || n < 2 || n*10 < lines*3 || n*10 < seen[s[:1]]*6 || !standsForItself(text, s) {
			continue
		}
		weight := longWeight
		if s[1:] == " " {
			weight = 0.75 // a separator with a blank behind it; only far more even records speak for it
		}
		list = append(list, candidate{s[0], s[1:], weight, false})
	}
	slices.SortFunc(list, func(a, b candidate) int {
		if n := seen[string(b.delimiter)+b.tail] - seen[string(a.delimiter)+a.tail]; n != 0 {
			return n
		}
		if n := len(b.tail) - len(a.tail); n != 0 {
			return n
		}
		return strings.Compare(string(a.delimiter)+a.tail, string(b.delimiter)+b.tail)
	})
	return list[:min(len(list), mostLong)]
}

// marksOf returns the pieces of two or three marks in a line that may be a
// separator. A minus or another sign at their end is a value's.
func marksOf(line []byte) map[string]bool {
	found := map[string]bool{}
	isMark := func(b byte) bool { return strings.IndexByte(longMarks, b) >= 0 }
	for i := 0; i < len(line); i++ {
		if !isMark(line[i]) {
			continue
		}
		for n := 2; n <= longest && i+n <= len(line); n++ {
			b := line[i+n-1]
			if !isMark(b) {
				if n == 2 && b == ' ' && (line[i] == ',' || line[i] == ';') {
					found[string(line[i:i+2])] = true
				}
				break
			}
			if b != '-' {
				found[string(line[i:i+n])] = true
			}
		}
	}
	return found
}

// standsForItself reports whether no character that separates fields by itself
// stands in the text but as a part of s: two commas may be an empty field, and a
// comma with a sign behind it a comma. Some may where s ends with such a
// character: then no value has the rest of s at its start.
func standsForItself(text []byte, s string) bool {
	const singles = ",;\t|"
	repeated := strings.Trim(s, s[:1]) == ""
	if repeated && !inFirst(text, s) {
		return false
	}
	if repeated && s[0] == ';' {
		return loneMarks(text, ';')*5 <= bytes.Count(text, []byte(s))
	}
	if repeated && s[0] != ',' && s[0] != '\t' || strings.HasSuffix(s, " ") {
		return true
	}
	spare := 0
	whole := bytes.Count(text, []byte(s))
	if !repeated && strings.IndexByte(singles, s[len(s)-1]) >= 0 {
		spare = whole / 5
	}
	for i := range len(singles) {
		if n := strings.Count(s, singles[i:i+1]); n > 0 && bytes.Count(text, []byte{singles[i]}) > n*whole+spare {
			return false
		}
	}
	return true
}

// loneMarks counts the marks that stand alone, no blank behind them as in a text.
func loneMarks(text []byte, mark byte) int {
	lone := 0
	for i := nextByte(text, 0, mark); i < len(text); i = nextByte(text, i, mark) {
		from := i
		for i < len(text) && text[i] == mark {
			i++
		}
		if i == from+1 && i < len(text) && text[i] != ' ' {
			lone++
		}
	}
	return lone
}

// inFirst reports whether the first line that has the character of s twice has s.
func inFirst(text []byte, s string) bool {
	for line := range bytes.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if bytes.Count(line, []byte(s[:1])) > 1 {
			return bytes.Contains(line, []byte(s))
		}
	}
	return false
}
