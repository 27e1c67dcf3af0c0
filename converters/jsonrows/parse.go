package jsonrows

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
)

// maxNested is how deep objects inside a record become columns; deeper ones
// stay JSON text.
const maxNested = 4

// parser turns the text of a record into cells, or into keys alone.
type parser struct {
	columns *columns
	feature bool
	collect bool // keys only

	raw   []byte
	pos   int
	cells []table.Cell
	used  int
	arena []byte
	key   []byte
}

// begin empties the row.
func (p *parser) begin() {
	clear(p.cells[:p.used])
	p.used, p.arena = 0, p.arena[:0]
}

// record reads an object; another value stands in a column of its own.
func (p *parser) record(raw []byte) error {
	p.raw, p.pos = raw, 0
	if raw[0] != '{' {
		return p.value([]byte("value"), 0)
	}
	return p.object(nil, 0)
}

// list reads an array as the row's cells.
func (p *parser) list(raw []byte) error {
	p.raw, p.pos = raw, 0
	if !p.take('[') {
		return errSyntax
	}
	for col := 0; ; col++ {
		if p.take(']') {
			return nil
		}
		if col > 0 && !p.take(',') || col >= maxColumns {
			return errSyntax
		}
		if err := p.cell(col); err != nil {
			return err
		}
	}
}

// blank passes over blanks and returns the sign behind them, 0 at the end.
func (p *parser) blank() byte {
	for ; p.pos < len(p.raw); p.pos++ {
		if c := p.raw[p.pos]; c > ' ' {
			return c
		}
	}
	return 0
}

// take reads a sign if it comes next.
func (p *parser) take(sign byte) bool {
	if p.blank() != sign {
		return false
	}
	p.pos++
	return true
}

// object reads an object whose keys get the prefix.
func (p *parser) object(prefix []byte, depth int) error {
	if !p.take('{') {
		return errSyntax
	}
	for n := 0; ; n++ {
		if p.take('}') {
			return nil
		}
		if n > 0 && !p.take(',') {
			return errSyntax
		}
		from := len(p.key)
		p.key = append(p.key, prefix...)
		if p.blank() != '"' {
			return errSyntax
		}
		var err error
		if p.key, err = p.text(p.key); err != nil {
			return err
		}
		if !p.take(':') {
			return errSyntax
		}
		key := p.key[from:]
		if p.feature && depth == 0 {
			err = p.member(key)
		} else {
			err = p.value(key, depth)
		}
		p.key = p.key[:from]
		if err != nil {
			return err
		}
	}
}

// member reads a member of a GeoJSON feature.
func (p *parser) member(key []byte) error {
	switch string(key) {
	case "properties":
		if p.blank() == '{' {
			return p.object(nil, 1)
		}
	case "geometry":
		return p.geometry()
	case "type", "bbox":
	default:
		return p.value(key, 1)
	}
	_, err := p.skip()
	return err
}

// geometry reads a feature's geometry.
func (p *parser) geometry() error {
	raw, err := p.skip()
	if err != nil {
		return err
	}
	if raw[0] != '{' {
		return nil
	}
	if p.collect {
		p.columns.of([]byte("geometry"))
		p.columns.other = p.columns.other || !isPoint(raw) || point(raw) == nil
		return nil
	}
	from := len(p.arena)
	if p.columns.other {
		p.arena = appendCompact(p.arena, raw)
	} else {
		p.arena = append(p.arena, point(raw)...)
	}
	p.put(p.columns.of([]byte("geometry")), table.Text, from)
	return nil
}

// value reads the value of a key.
func (p *parser) value(key []byte, depth int) error {
	if p.blank() == '{' && depth < maxNested && !p.emptyObject() {
		prefix := append(append([]byte(nil), key...), '.')
		return p.object(prefix, depth+1)
	}
	col := p.columns.of(key)
	if col < 0 {
		return errLong
	}
	if p.collect {
		_, err := p.skip()
		return err
	}
	return p.cell(col)
}

// emptyObject reports whether an object without keys comes next.
func (p *parser) emptyObject() bool {
	rest := bytes.TrimLeft(p.raw[p.pos+1:], blanks)
	return len(rest) > 0 && rest[0] == '}'
}

// skip reads a value and returns its text.
func (p *parser) skip() ([]byte, error) {
	p.blank()
	var s skipper
	n, done, err := s.skip(p.raw[p.pos:])
	if err == nil && (!done && !s.scalar || n == 0) {
		err = errSyntax
	}
	raw := p.raw[p.pos : p.pos+n]
	p.pos += n
	return raw, err
}

// cell reads a value into a column.
func (p *parser) cell(col int) error {
	from := len(p.arena)
	switch c := p.blank(); c {
	case '"':
		var err error
		if p.arena, err = p.text(p.arena); err != nil {
			return err
		}
		p.put(col, table.Text, from)
	case '{', '[':
		raw, err := p.skip()
		if err != nil {
			return err
		}
		p.arena = appendCompact(p.arena, raw)
		p.put(col, table.Text, from)
	default:
		raw, err := p.skip()
		if err != nil {
			return err
		}
		return p.scalar(col, raw)
	}
	return nil
}

// scalar reads a number or a word.
func (p *parser) scalar(col int, raw []byte) error {
	from := len(p.arena)
	switch string(raw) {
	case "null":
		return nil
	case "true", "false":
		p.arena = append(p.arena, raw...)
		p.put(col, table.Bool, from)
		return nil
	case "NaN", "Infinity", "-Infinity": // no JSON, but what programs write for no value
		return nil
	}
	var ok bool
	if p.arena, ok = numfmt.AppendDecimal(p.arena, raw); !ok {
		return errSyntax
	}
	p.put(col, table.Number, from)
	return nil
}

// put makes a cell of the arena's text from an offset on. A key that stands
// twice in a record has its last value.
func (p *parser) put(col int, kind table.Kind, from int) {
	if col < 0 || from == len(p.arena) {
		return
	}
	for col >= len(p.cells) {
		p.cells = append(p.cells, table.Cell{})
	}
	p.cells[col] = table.Cell{Kind: kind, Text: unsafe.String(&p.arena[from], len(p.arena)-from)}
	p.used = max(p.used, col+1)
}

// text reads a string and appends it decoded, line breaks as \n.
func (p *parser) text(dst []byte) ([]byte, error) {
	rest := p.raw[p.pos+1:]
	for {
		n := 0
		for n < len(rest) && rest[n] != '"' && rest[n] != '\\' && rest[n] != '\r' {
			n++
		}
		if n == len(rest) {
			return dst, errSyntax
		}
		dst = append(dst, rest[:n]...)
		c := rest[n]
		rest = rest[n+1:]
		switch {
		case c == '"':
			p.pos = len(p.raw) - len(rest)
			return dst, nil
		case c == '\r':
			dst = append(dst, '\n')
			rest = bytes.TrimPrefix(rest, []byte("\n"))
			continue
		case len(rest) == 0:
			return dst, errSyntax
		}
		var err error
		if dst, rest, err = appendEscape(dst, rest); err != nil {
			return dst, err
		}
	}
}

// appendEscape appends what the escape behind a backslash stands for.
func appendEscape(dst, rest []byte) ([]byte, []byte, error) {
	c := rest[0]
	rest = rest[1:]
	switch c {
	case '"', '\\', '/':
		return append(dst, c), rest, nil
	case 'b', 'f':
		return append(dst, ' '), rest, nil
	case 'n':
		return append(dst, '\n'), rest, nil
	case 'r':
		return append(dst, '\n'), bytes.TrimPrefix(rest, []byte(`\n`)), nil
	case 't':
		return append(dst, '\t'), rest, nil
	case 'u':
	default:
		return dst, rest, errSyntax
	}
	r, ok := hex4(rest)
	if !ok {
		return dst, rest, errSyntax
	}
	rest = rest[4:]
	if utf16.IsSurrogate(r) {
		if len(rest) >= 6 && rest[0] == '\\' && rest[1] == 'u' {
			if low, ok := hex4(rest[2:]); ok {
				r = utf16.DecodeRune(r, low)
				rest = rest[6:]
			}
		}
	}
	switch r {
	case 0:
		return dst, rest, nil
	case '\r':
		return append(dst, '\n'), bytes.TrimPrefix(rest, []byte(`\u000a`)), nil
	}
	return utf8.AppendRune(dst, r), rest, nil
}

// hex4 reads four hexadecimal digits.
func hex4(raw []byte) (rune, bool) {
	if len(raw) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(string(raw[:4]), 16, 16)
	return rune(n), err == nil
}

// appendCompact appends JSON without the blanks between its signs.
func appendCompact(dst, raw []byte) []byte {
	quoted, escaped := false, false
	for _, c := range raw {
		switch {
		case escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case !quoted && c <= ' ', c == '\r':
			continue
		}
		dst = append(dst, c)
	}
	return dst
}
