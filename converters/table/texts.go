package table

import (
	"bytes"
	"unsafe"
)

// Texts are many strings in few pieces of memory, such as the shared strings of
// a workbook. They are complete before anybody asks for one, and never change.
type Texts struct {
	// Slab is where a reader appends the next string; End ends it.
	Slab   []byte
	chunks [][]byte // what came before Slab
	ends   [][]uint32
	closed int64 // bytes in chunks
	count  int
	last   int // where the string that is appended began, in Slab
}

const (
	chunkBits = 22 // a chunk has 4 MiB at most, and no string is cut
	endBits   = 16
	maxChunks = 1 << (32 - chunkBits)
)

// End ends the string that was appended. It reports whether the strings are
// still within limit, in bytes, and this one within 4 MiB.
func (t *Texts) End(limit int64) bool {
	if len(t.Slab) >= 1<<chunkBits {
		if len(t.Slab)-t.last >= 1<<chunkBits || len(t.chunks) == maxChunks-1 {
			return false
		}
		t.chunks = append(t.chunks, bytes.Clone(t.Slab[:t.last]))
		t.closed += int64(t.last)
		t.Slab = append(t.Slab[:0], t.Slab[t.last:]...)
	}
	if t.closed+int64(len(t.Slab))+4*int64(t.count) > limit {
		return false
	}
	if t.count&(1<<endBits-1) == 0 {
		var more []uint32
		if t.count > 0 { // many strings: to grow step by step would leave as much behind
			more = make([]uint32, 0, 1<<endBits)
		}
		t.ends = append(t.ends, more)
	}
	at := &t.ends[len(t.ends)-1]
	*at = append(*at, uint32(len(t.chunks)<<chunkBits|len(t.Slab)))
	t.count++
	t.last = len(t.Slab)
	return true
}

// DropLast forgets the last string, which may have ended early.
func (t *Texts) DropLast() { t.count = max(t.count-1, 0) }

// At returns string i, counting from 0; it stays valid as long as the texts.
func (t *Texts) At(i int) (string, bool) {
	if i < 0 || i >= t.count {
		return "", false
	}
	chunk, to := t.end(i)
	from := 0
	if i > 0 {
		if before, end := t.end(i - 1); before == chunk {
			from = end
		}
	}
	if from == to {
		return "", true
	}
	bytes := t.Slab
	if chunk < len(t.chunks) {
		bytes = t.chunks[chunk]
	}
	return unsafe.String(&bytes[from], to-from), true
}

// end is where string i ends: the chunk, and the place in it.
func (t *Texts) end(i int) (chunk, at int) {
	end := t.ends[i>>endBits][i&(1<<endBits-1)]
	return int(end >> chunkBits), int(end & (1<<chunkBits - 1))
}
