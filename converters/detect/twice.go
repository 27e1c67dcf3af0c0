package detect

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"chasqui/converters/table"
)

// NoticeDoubleEncoded says that Count cells hold text whose UTF-8 was read as
// windows-1252 once and written again, as "MarÃ­a". Args: example, meant. The
// cells stay as they are: whether they are to be mended is for a person to say.
const NoticeDoubleEncoded = "double_encoded"

// regionLetters are the letters above ASCII of the region's languages; only
// what turns into one of them is certainly encoded twice.
const regionLetters = "áéíóúüñçãõâêôàèîïëùûœ"

// EncodedTwice returns what a text meant before its UTF-8 was taken for
// windows-1252. It is not ok where nothing certainly went that way: "SÃO" and
// "AMANHÃ" are words.
func EncodedTwice(s string) (meant string, ok bool) {
	if strings.IndexByte(s, 0xc3) < 0 || !strings.ContainsAny(s, "ÃÂâÅï") { // all five begin with that byte
		return "", false
	}
	var b strings.Builder
	var before rune
	for len(s) > 0 {
		if r, size := decodeTwice(s, before); size > 0 {
			b.WriteRune(r)
			before, s, ok = r, s[size:], true
			continue
		}
		r, size := utf8.DecodeRuneInString(s)
		b.WriteRune(r)
		before, s = r, s[size:]
	}
	return b.String(), ok
}

// decodeTwice reads one character at the front of s that was encoded twice,
// and how many bytes of s it takes; 0 where there is none.
func decodeTwice(s string, before rune) (r rune, size int) {
	var raw [3]byte
	n := 0
	for n < len(raw) && size < len(s) {
		c, width := utf8.DecodeRuneInString(s[size:])
		octet, ok := charmap.Windows1252.EncodeRune(c)
		if c >= 0x80 && c < 0xa0 { // the page has no character for five bytes; programs keep them as controls
			octet, ok = byte(c), true
		}
		if !ok {
			break
		}
		if n == 0 && octet != 0xc2 && octet != 0xc3 && octet != 0xc5 && octet != 0xe2 && octet != 0xef || n > 0 && octet&0xc0 != 0x80 {
			break
		}
		raw[n] = octet
		n, size = n+1, size+width
		if r, long := utf8.DecodeRune(raw[:n]); long == n && r != utf8.RuneError {
			if !certain(r) || closesWord(before, raw[n-1], s[size:]) {
				return 0, 0
			}
			return r, size
		}
	}
	return 0, 0
}

// certain reports whether the character read is one that texts of the region
// hold.
func certain(r rune) bool {
	return strings.ContainsRune(regionLetters, unicode.ToLower(r)) || strings.ContainsRune("°ºª¿¡«»–—‘’“”€…\ufeff", r)
}

// closesWord reports whether the last byte read is a closing quote behind a
// word in capitals, as in «AMANHÃ», rather than half of a letter.
func closesWord(before rune, last byte, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsUpper(before) && (last == 0xbb || last == 0x92 || last == 0x94) && !unicode.IsLetter(next)
}

// twiceNotice counts the cells of a table, its names included, that are encoded
// twice.
func twiceNotice(t *table.Layout, columns []*values) (table.Notice, bool) {
	n := table.Notice{Code: NoticeDoubleEncoded, Place: table.Place{Sheet: t.Sheet}}
	look := func(text string, count, row, col int) {
		meant, ok := EncodedTwice(text)
		if !ok {
			return
		}
		if n.Count == 0 {
			n.Args = map[string]string{"example": text, "meant": meant}
			n.Place.Row, n.Place.Col = row, col
		}
		n.Count += count
	}
	for _, f := range t.Fields {
		look(f.Title, 1, t.HeaderFirst, f.Col)
	}
	for i, v := range columns {
		for k := range v.list {
			if v.list[k].kind == table.Text {
				look(v.list[k].text, v.counts[k], 0, t.Fields[i].Col)
			}
		}
	}
	return n, n.Count > 0
}
