package table

import "unsafe"

// RowBuffer is the row that a reader fills, over and over: its cells and the
// memory in which their texts lie. The zero value is ready.
type RowBuffer struct {
	// Arena is where the reader appends the texts of the row.
	Arena []byte
	cells []Cell
	used  int // cells beyond are empty
}

// Begin empties the row.
func (b *RowBuffer) Begin() {
	clear(b.cells[:b.used])
	b.used, b.Arena = 0, b.Arena[:0]
}

// Kept is what was appended to Arena from an offset on, as a text that is valid
// until the next Begin.
func (b *RowBuffer) Kept(from int) string {
	if from == len(b.Arena) {
		return ""
	}
	return unsafe.String(&b.Arena[from], len(b.Arena)-from)
}

// Put sets the cell of a column, counting from 1.
func (b *RowBuffer) Put(col int, c Cell) {
	if col > len(b.cells) {
		b.grow(col)
	}
	b.cells[col-1] = c
	b.used = max(b.used, col)
}

// grow makes room for columns.
func (b *RowBuffer) grow(cols int) {
	for cols > len(b.cells) {
		b.cells = append(b.cells, Cell{})
	}
}

// Cells are those up to the last that was put.
func (b *RowBuffer) Cells() []Cell { return b.cells[:b.used] }
