package table

import (
	"context"
	"encoding/binary"
	"io"
	"iter"
	"math/bits"
	"unsafe"
)

// Line is a record of delimited text whose fields stand in it as they are, with
// one separator of one byte between them: none is quoted, and the record has no
// line end. Who has no use for the fields one by one is spared them.
type Line struct {
	Text string
	// Ends are the offsets behind the fields: of the separators, and the length
	// of Text.
	Ends []int32
}

// Liner is a Sheet that can hand on records as lines.
type Liner interface {
	Sheet
	// Lines are Rows of which those with Line set have no Cells, and a Memory.
	// Such a row has two cells or more, and the last of them is not blank.
	Lines(ctx context.Context) iter.Seq2[Row, error]
}

// LineWriter is a Writer that can take a record as the line it came in: it
// writes what WriteRow would write of its fields.
type LineWriter interface {
	Writer
	WriteLine(line *Line) error
}

// BlockWriter is an io.Writer that can take over the memory of what is written.
type BlockWriter interface {
	io.Writer
	// WriteBlock is Write of a block that is the writer's from now on. What it
	// returns is empty memory to go on with, nil if there is none.
	WriteBlock(block []byte) ([]byte, error)
}

// Field returns the text of the field at place i, counting from 0.
func (l *Line) Field(i int) string { return l.Text[l.start(i):l.Ends[i]] }

// start returns the offset of the field at place i.
func (l *Line) start(i int) int {
	if i == 0 {
		return 0
	}
	return int(l.Ends[i-1]) + 1
}

// AppendCells appends the cells that the fields are. Their texts are parts of
// Text.
func (l *Line) AppendCells(cells []Cell) []Cell {
	from := int32(0)
	for _, to := range l.Ends {
		c := Cell{}
		if to > from {
			c = Cell{Kind: Text, Text: l.Text[from:to]}
		}
		cells = append(cells, c)
		from = to + 1
	}
	return cells
}

// AppendPlaces appends the offsets at which a byte stands in a text of less than
// 2 GiB, eight bytes looked at a time.
func AppendPlaces(places []int32, text string, b byte) []int32 {
	const (
		ones = 0x0101010101010101
		lows = 0x7f * ones
	)
	bytes, wanted, i := unsafe.Slice(unsafe.StringData(text), len(text)), ones*uint64(b), 0
	for ; i+8 <= len(bytes); i += 8 {
		w := binary.LittleEndian.Uint64(bytes[i:]) ^ wanted
		for found := ^(w&lows + lows | w | lows); found != 0; found &= found - 1 { // the high bits of bytes that are zero
			places = append(places, int32(i+bits.TrailingZeros64(found)>>3))
		}
	}
	for ; i < len(bytes); i++ {
		if bytes[i] == b {
			places = append(places, int32(i))
		}
	}
	return places
}
