package xls

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"chasqui/converters/table"
)

// The flags of a Unicode string ([MS-XLS] 2.5.293).
const (
	flagWide     = 1 << 0
	flagPhonetic = 1 << 2
	flagRich     = 1 << 3
)

// decoder turns the bytes of BIFF5's strings to text. A nil page is UTF-8, which
// programs write that know no code pages.
type decoder struct {
	page *charmap.Charmap
}

// codePage returns the decoder of a CODEPAGE record.
func codePage(number int) decoder {
	switch number {
	case 437:
		return decoder{charmap.CodePage437}
	case 850:
		return decoder{charmap.CodePage850}
	case 852:
		return decoder{charmap.CodePage852}
	case 860:
		return decoder{charmap.CodePage860}
	case 865:
		return decoder{charmap.CodePage865}
	case 1250:
		return decoder{charmap.Windows1250}
	case 1251:
		return decoder{charmap.Windows1251}
	case 10000, 32768:
		return decoder{charmap.Macintosh}
	case 65001:
		return decoder{}
	}
	return decoder{charmap.Windows1252}
}

// append appends the decoded bytes.
func (d decoder) append(dst, raw []byte) []byte {
	if d.page == nil && utf8.Valid(raw) {
		return append(dst, raw...)
	}
	page := d.page
	if page == nil {
		page = charmap.Windows1252
	}
	for _, c := range raw {
		dst = utf8.AppendRune(dst, page.DecodeByte(c))
	}
	return dst
}

// clean makes every kind of line break from an offset on a \n, and leaves out
// zeros, which are no text.
func clean(dst []byte, from int) []byte {
	if bytes.IndexByte(dst[from:], '\r') < 0 && bytes.IndexByte(dst[from:], 0) < 0 {
		return dst
	}
	to := from
	for i := from; i < len(dst); i++ {
		switch c := dst[i]; {
		case c == 0, c == '\r' && i+1 < len(dst) && dst[i+1] == '\n':
			continue
		case c == '\r':
			dst[to] = '\n'
		default:
			dst[to] = c
		}
		to++
	}
	return dst[:to]
}

// characters appends count characters that follow, wide or one byte each, and
// goes on in CONTINUE records, which say again whether they are wide.
func (p *pieces) characters(dst []byte, count int, wide bool) []byte {
	high := rune(0) // the first half of a surrogate pair
	for count > 0 {
		if len(p.body) == 0 {
			if !p.more() {
				return dst
			}
			wide = p.number(1)&flagWide != 0
			continue
		}
		if !wide {
			n := min(count, len(p.body))
			for _, c := range p.body[:n] {
				dst = utf8.AppendRune(dst, rune(c)) // the low bytes of U+0000 to U+00FF
			}
			p.body, count = p.body[n:], count-n
			continue
		}
		n := min(count, len(p.body)/2)
		if n == 0 { // half a character at a piece's end
			p.failed = true
			return dst
		}
		for i := range n {
			u := rune(p.body[2*i]) | rune(p.body[2*i+1])<<8
			if utf16.IsSurrogate(u) {
				if high == 0 {
					high = u
					continue
				}
				u = utf16.DecodeRune(high, u)
			}
			high = 0
			dst = utf8.AppendRune(dst, u)
		}
		p.body, count = p.body[2*n:], count-n
	}
	return dst
}

// unicode appends a Unicode string with its count of characters before it, in
// countSize bytes. Rich text runs and phonetic parts are left out.
func (p *pieces) unicode(dst []byte, countSize int) []byte {
	count := p.number(countSize)
	flags := p.number(1)
	runs, phonetic := 0, 0
	if flags&flagRich != 0 {
		runs = p.number(2)
	}
	if flags&flagPhonetic != 0 {
		phonetic = p.number(4)
	}
	from := len(dst)
	dst = clean(p.characters(dst, count, flags&flagWide != 0), from)
	p.skip(4 * runs)
	p.skip(phonetic)
	return dst
}

// bytes appends a string of bytes with its count before it.
func (p *pieces) bytes(dst []byte, countSize int, d decoder) []byte {
	count := p.number(countSize)
	if count > len(p.body) {
		p.failed = true
		return dst
	}
	from := len(dst)
	dst = clean(d.append(dst, p.body[:count]), from)
	p.body = p.body[count:]
	return dst
}

// readStrings fills the texts from an SST record. limit bounds its memory in bytes.
func readStrings(t *table.Texts, p *pieces, limit int64) *table.Fault {
	p.skip(4) // how often strings are used
	count := p.number(4)
	for range count {
		// A string begins in its own piece: the end of one is no part of it.
		if len(p.body) == 0 && !p.more() {
			return nil // fewer than announced: a string that is missed will tell
		}
		t.Slab = p.unicode(t.Slab, 2)
		if p.failed {
			return &table.Fault{Kind: table.Damaged, Err: errCut}
		}
		if !t.End(limit) {
			return &table.Fault{Kind: table.TooLarge}
		}
	}
	return nil
}
