package xmlscan

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// AppendText appends the current text token to dst: entities decoded, _xHHHH_
// too where HexEscapes is set, line breaks as \n, bytes that are no UTF-8 as
// windows-1252 has them.
func (s *Scanner) AppendText(dst []byte) []byte {
	raw := s.Text
	if s.cdata {
		raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
		return s.appendValid(dst, bytes.ReplaceAll(raw, []byte("\r"), []byte("\n")))
	}
	if isPlain(raw) {
		return append(dst, raw...)
	}
	if bytes.IndexByte(raw, '&') < 0 && bytes.IndexByte(raw, '\r') < 0 && (!s.HexEscapes || bytes.IndexByte(raw, '_') < 0) {
		return s.appendValid(dst, raw)
	}
	for i := 0; i < len(raw); {
		switch c := raw[i]; c {
		case '&':
			r, n := entity(raw[i:])
			dst = utf8.AppendRune(dst, r)
			i += n
		case '\r':
			if i+1 == len(raw) || raw[i+1] != '\n' {
				dst = append(dst, '\n')
			}
			i++
		case '_':
			r, n := hexEscape(raw[i:])
			switch {
			case n == 0 || !s.HexEscapes:
				dst, i = append(dst, '_'), i+1
			case r == '\r':
				// Excel stores the CR of a CRLF so; its LF follows.
				if i += n; i < len(raw) && raw[i] != '\n' {
					dst = append(dst, '\n')
				}
			default:
				dst, i = utf8.AppendRune(dst, r), i+n
			}
		default:
			n := i + 1
			for n < len(raw) && raw[n] != '&' && raw[n] != '\r' && raw[n] != '_' {
				n++
			}
			dst = s.appendValid(dst, raw[i:n])
			i = n
		}
	}
	return dst
}

// isPlain reports whether a short text is figures, letters and points only, so
// that nothing in it is to be decoded.
func isPlain(raw []byte) bool {
	if len(raw) > 32 {
		return false
	}
	for _, c := range raw {
		if c >= 0x7f || c < ' ' || c == '&' || c == '_' {
			return false
		}
	}
	return true
}

// appendValid appends raw. Bytes that are no UTF-8 come from programs that write
// their own encoding into what they declare to be UTF-8, or declare theirs.
func (s *Scanner) appendValid(dst, raw []byte) []byte {
	if utf8.Valid(raw) {
		return append(dst, raw...)
	}
	for len(raw) > 0 {
		r, n := utf8.DecodeRune(raw)
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(raw[0])
			s.Invalid++
		}
		dst, raw = utf8.AppendRune(dst, r), raw[n:]
	}
	return dst
}

// entity decodes the reference that raw starts with and returns its length;
// what is none is an ampersand.
func entity(raw []byte) (rune, int) {
	end := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
	if end < 2 {
		return '&', 1
	}
	switch name := string(raw[1:end]); name {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	default:
		base, digits := 10, name
		if name[0] != '#' || len(name) < 2 {
			return '&', 1
		}
		digits = name[1:]
		if digits[0] == 'x' {
			base, digits = 16, digits[1:]
		}
		n, err := strconv.ParseUint(digits, base, 21)
		if err != nil || !utf8.ValidRune(rune(n)) {
			return '&', 1
		}
		if n == '\r' {
			n = '\n'
		}
		return rune(n), end + 1
	}
}

// hexEscape decodes _xHHHH_; its length is 0 when raw starts with none.
func hexEscape(raw []byte) (rune, int) {
	if len(raw) < 7 || raw[1] != 'x' || raw[6] != '_' {
		return 0, 0
	}
	n, err := strconv.ParseUint(string(raw[2:6]), 16, 16)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return 0, 0
	}
	return rune(n), 7
}

// wholeUpTo returns how much of a text that goes on can be decoded by itself:
// what is left holds the beginning of a character, of an entity, of a line break
// or of _xHHHH_.
func wholeUpTo(text []byte) int {
	n := len(text)
	for k := 1; k <= min(utf8.UTFMax, n); k++ {
		if last := text[n-k:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				n -= k
			}
			break
		}
	}
	if amp := bytes.LastIndexByte(text[:n], '&'); amp >= 0 && n-amp < 16 {
		n = amp
	}
	if n > 0 && text[n-1] == '\r' {
		n--
	}
	// An underscore may end one escape and begin the next: only one with none in
	// reach before it surely ends nothing.
	for from := n; ; n = from {
		reach := max(from-7, 0)
		i := bytes.LastIndexByte(text[reach:from], '_')
		if i < 0 {
			return n
		}
		from = reach + i
	}
}

// AttrText decodes an attribute's value.
func AttrText(raw []byte) string {
	s := Scanner{Text: raw}
	return string(s.AppendText(nil))
}
