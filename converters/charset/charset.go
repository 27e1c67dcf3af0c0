// Package charset finds out in which encoding a text file is written, and
// decodes it to UTF-8 while it streams by.
//
// Start with Detect, which looks at the start, the middle and the end of a
// file, then NewReader with the name it gave. Names are those of the WHATWG
// Encoding Standard in lower case, plus ibm850 and ibm437 of DOS programs,
// which that standard lacks.
package charset

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// The encodings that are told apart.
const (
	UTF8        = "utf-8"
	UTF16LE     = "utf-16le"
	UTF16BE     = "utf-16be"
	Windows1252 = "windows-1252"
	ISO8859_15  = "iso-8859-15"
	Macintosh   = "macintosh"
	IBM850      = "ibm850"
	IBM437      = "ibm437"
)

// sampleSize is how many bytes are looked at in each of the three places: a
// page of Spanish has an accent every 40 letters, so this sees a thousand.
const sampleSize = 64 << 10

// Guess is the encoding of a file and how sure that is.
type Guess struct {
	Name       string
	BOM        bool    // the file starts with a byte order mark
	Confidence float64 // 0 to 1
}

// Detect reads up to 64 KiB at the start, in the middle and at the end of the
// file of size bytes and returns the encoding that explains them best. A file
// without bytes above ASCII is utf-8. The error is the source's.
func Detect(src io.ReaderAt, size int64) (Guess, error) {
	places := []int64{0}
	if size > 3*sampleSize {
		places = append(places, size/2)
	}
	if size > sampleSize {
		places = append(places, size-sampleSize)
	}
	var parts [][]byte
	for _, at := range places {
		part := make([]byte, min(sampleSize, size-at))
		n, err := src.ReadAt(part, at&^1)
		if err != nil && err != io.EOF {
			return Guess{}, err
		}
		parts = append(parts, part[:n])
	}
	return guess(parts), nil
}

// guess decides from the parts; the first is the start of the file.
func guess(parts [][]byte) Guess {
	if len(parts) == 0 {
		return Guess{Name: UTF8, Confidence: 1}
	}
	start := parts[0]
	switch {
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		return Guess{Name: UTF8, BOM: true, Confidence: 1}
	case bytes.HasPrefix(start, []byte("\xff\xfe")):
		return Guess{Name: UTF16LE, BOM: true, Confidence: 1}
	case bytes.HasPrefix(start, []byte("\xfe\xff")):
		return Guess{Name: UTF16BE, BOM: true, Confidence: 1}
	}
	if name := wide(start); name != "" {
		return Guess{Name: name, Confidence: 0.95}
	}
	valid, invalid := 0, 0
	for i, part := range parts {
		v, bad := countUTF8(part, i > 0)
		valid, invalid = valid+v, invalid+bad
	}
	if invalid == 0 || valid > 20*invalid {
		return Guess{Name: UTF8, Confidence: 1 - float64(invalid)/float64(valid+invalid+1)}
	}
	return singleByte(parts)
}

// wide recognises UTF-16 without a mark: text of the region has a zero in
// nearly every second byte, always on the same side.
func wide(start []byte) string {
	var zeros [2]int
	n := len(start) &^ 1
	for i := 0; i < n; i++ {
		if start[i] == 0 {
			zeros[i&1]++
		}
	}
	half := n / 2
	switch {
	case half < 2:
		return ""
	case zeros[1]*10 > half*7 && zeros[0]*10 < half:
		return UTF16LE
	case zeros[0]*10 > half*7 && zeros[1]*10 < half:
		return UTF16BE
	}
	return ""
}

// countUTF8 counts well-formed sequences above ASCII and bytes that belong to
// none. A sequence cut by the ends of the sample counts as neither.
func countUTF8(part []byte, cutStart bool) (valid, invalid int) {
	if cutStart {
		for i := 0; i < 3 && len(part) > 0 && part[0]&0xc0 == 0x80; i++ {
			part = part[1:]
		}
	}
	for len(part) > 0 {
		if part[0] < utf8.RuneSelf {
			part = part[1:]
			continue
		}
		r, size := utf8.DecodeRune(part)
		switch {
		case r != utf8.RuneError || size > 1:
			valid++
		case len(part) < utf8.UTFMax && !utf8.FullRune(part):
			return valid, invalid
		default:
			invalid++
		}
		part = part[size:]
	}
	return valid, invalid
}

// singleByteTables lists the one-byte encodings in order of preference: the
// first wins a tie.
func singleByteTables() []struct {
	name string
	page *charmap.Charmap
} {
	return []struct {
		name string
		page *charmap.Charmap
	}{
		{Windows1252, charmap.Windows1252},
		{ISO8859_15, charmap.ISO8859_15},
		{IBM850, charmap.CodePage850},
		{IBM437, charmap.CodePage437},
		{Macintosh, charmap.Macintosh},
	}
}

// singleByte takes the one-byte encoding under which the text reads most like
// Spanish, Portuguese, French or English.
func singleByte(parts [][]byte) Guess {
	best, second, name := -1<<30, -1<<30, ""
	for _, t := range singleByteTables() {
		score := 0
		for _, part := range parts {
			score += plausibility(part, t.page)
		}
		if score > best {
			best, second, name = score, best, t.name
		} else if score > second {
			second = score
		}
	}
	confidence := 0.5
	if best > 0 {
		confidence = 0.6 + 0.4*float64(best-max(second, 0))/float64(best)
	}
	return Guess{Name: name, Confidence: confidence}
}

// plausibility adds up how well each byte above ASCII fits its neighbours
// when it is decoded with the page.
func plausibility(part []byte, page *charmap.Charmap) int {
	score := 0
	for i, c := range part {
		if c < utf8.RuneSelf {
			continue
		}
		var start, before, after, end rune
		if i > 0 {
			before = page.DecodeByte(part[i-1])
		}
		if i > 1 {
			start = page.DecodeByte(part[i-2])
		}
		if i+1 < len(part) {
			after = page.DecodeByte(part[i+1])
		}
		if i+2 < len(part) {
			end = page.DecodeByte(part[i+2])
		}
		score += fit(page.DecodeByte(c), start, before, after, end)
	}
	return score
}
