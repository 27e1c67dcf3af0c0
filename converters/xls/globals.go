package xls

import (
	"encoding/binary"
	"io"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
)

// format is what the reader keeps of a cell format.
type format struct {
	number numfmt.Format
	hint   table.Hint
}

// globals collects what the globals say before the cell formats are resolved.
type globals struct {
	book  *book
	codes map[int]string // number format codes
	bold  []bool         // by font
	cells []xf
}

// xf is a cell format record: indexes into the other lists.
type xf struct {
	font, number int
	filled       bool
}

// readGlobals reads the stream up to the end of its globals.
func (b *book) readGlobals() *table.Fault {
	r := newRecords(b.stream())
	id, body, err := r.next()
	if err != nil || id != recBOF || len(body) < 4 {
		return &table.Fault{Kind: table.Damaged, Err: err}
	}
	b.version = binary.LittleEndian.Uint16(body)
	if binary.LittleEndian.Uint16(body[2:]) == kindSheet { // a sheet without a workbook
		b.sheets = []table.Sheet{&sheet{SheetFacts: table.SheetFacts{File: b.file, Title: "1"}, book: b}}
		return nil
	}
	if b.version != biff5 && b.version != biff8 {
		return &table.Fault{Kind: table.Unsupported, Args: map[string]string{"format": "XLS"}}
	}
	b.text = codePage(0)
	g := globals{book: b, codes: map[int]string{}}
	for {
		id, body, err := r.next()
		switch {
		case err == io.EOF:
			return &table.Fault{Kind: table.Damaged, Err: errCut}
		case err != nil:
			return &table.Fault{Kind: table.Damaged, Err: err}
		case id == recFilePass:
			return &table.Fault{Kind: table.NeedsPassword}
		case id == recEOF:
			return g.finish()
		}
		if fault := g.record(id, &pieces{records: r, body: body}); fault != nil {
			return fault
		}
	}
}

// record takes one record of the globals.
func (g *globals) record(id uint16, p *pieces) *table.Fault {
	b, body := g.book, p.body
	switch id {
	case recCodePage:
		b.text = codePage(p.number(2))
	case recDateMode:
		b.since1904 = p.number(2) == 1
	case recFont:
		if len(body) >= 8 && len(g.bold) < maxFormats {
			g.bold = append(g.bold, binary.LittleEndian.Uint16(body[6:]) >= 600)
		}
	case recFormat:
		number := p.number(2)
		code := b.shortText(p, 2, 1)
		if !p.failed && len(g.codes) < maxFormats {
			g.codes[number] = code
		}
	case recXF:
		if len(body) >= 16 && len(g.cells) < maxFormats {
			g.cells = append(g.cells, g.cellFormat(body))
		}
	case recBoundSheet:
		offset := p.number(4)
		state, kind := p.number(1), p.number(1)
		name := b.shortText(p, 1, 1)
		if p.failed || kind != 0 || len(b.sheets) >= maxSheets {
			return nil // charts and macros are no sheets
		}
		b.sheets = append(b.sheets, &sheet{SheetFacts: table.SheetFacts{File: b.file, Title: name, Unseen: state&3 != 0}, book: b, offset: int64(offset)})
	case recSST:
		return readStrings(&b.strings, p, b.memory)
	}
	return nil
}

// shortText reads a string whose count takes wide bytes in BIFF8 and narrow
// ones in BIFF5.
func (b *book) shortText(p *pieces, wide, narrow int) string {
	if b.version == biff8 {
		return string(p.unicode(nil, wide))
	}
	return string(p.bytes(nil, narrow, b.text))
}

// cellFormat reads an XF record ([MS-XLS] 2.4.353).
func (g *globals) cellFormat(body []byte) xf {
	at := func(i int) int { return int(binary.LittleEndian.Uint16(body[i:])) }
	f := xf{font: at(0), number: at(2)}
	pattern, colour := 0, 0
	if g.book.version == biff8 && len(body) >= 20 {
		pattern, colour = at(16)>>10, at(18)&0x7f
	} else {
		pattern, colour = at(10)&0x3f, at(8)&0x7f
	}
	// A white background is how titles are wiped clean, no sign of a header.
	const blackAndWhite, white = 1, 9
	f.filled = pattern != 0 && !(pattern == 1 && (colour == blackAndWhite || colour == white))
	return f
}

// finish resolves the cell formats.
func (g *globals) finish() *table.Fault {
	if len(g.book.sheets) == 0 {
		return &table.Fault{Kind: table.NoTable}
	}
	g.book.formats = make([]format, len(g.cells))
	for i, c := range g.cells {
		f := format{number: numfmt.Builtin(c.number)}
		if code, own := g.codes[c.number]; own {
			f.number = numfmt.Parse(code)
		}
		f.hint = f.number.Hint
		font := c.font
		if font > 4 {
			font-- // number 4 is never stored ([MS-XLS] 2.5.129)
		}
		if font < len(g.bold) && g.bold[font] {
			f.hint |= table.Bold
		}
		if c.filled {
			f.hint |= table.Filled
		}
		g.book.formats[i] = f
	}
	return nil
}
