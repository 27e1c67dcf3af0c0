package table

import "sync/atomic"

// Memory is a piece of memory in which the texts of many rows lie. A reader that
// gives its rows a Memory lets whoever keeps a row beyond the next one hold the
// piece instead of copying the texts: Hold it, copy Row.Cells, and Drop it when
// the row is done with. A piece that nobody holds is used again.
type Memory struct {
	Bytes []byte
	holds atomic.Int32
	pool  *Memories
}

// Hold keeps the texts as they are until Drop.
func (m *Memory) Hold() { m.holds.Add(1) }

// Drop ends a Hold. It may be called from any goroutine. A Hold without a Drop
// only costs that the piece is not used again.
func (m *Memory) Drop() {
	if m.holds.Add(-1) == 0 {
		select {
		case m.pool.free <- m:
		default: // enough are waiting
		}
	}
}

// Memories hands out pieces of one size, those that came back first.
type Memories struct {
	size int
	free chan *Memory
}

// spareMemories bounds how many pieces wait for their next use.
const spareMemories = 64

// NewMemories returns a source of pieces of size bytes.
func NewMemories(size int) *Memories {
	return &Memories{size: size, free: make(chan *Memory, spareMemories)}
}

// Take returns a piece of at least size bytes, held by the caller. What stands in
// it is left over from its last use.
func (p *Memories) Take(size int) *Memory {
	m := &Memory{pool: p}
	if size <= p.size {
		select {
		case m = <-p.free:
		default:
			m.Bytes = make([]byte, p.size)
		}
	} else {
		m.pool = &Memories{} // of a size of its own: it does not come back
		m.Bytes = make([]byte, size)
	}
	m.Hold()
	return m
}
