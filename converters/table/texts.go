package table

import "unsafe"

// Texts are many strings in one piece of memory, such as the shared strings of a
// workbook. They are complete before anybody asks for one, and never change.
type Texts struct {
	// Slab is where a reader appends the next string; End ends it.
	Slab []byte
	ends []uint32
}

// maxTexts bounds the bytes of all strings, so that an offset fits 32 bits.
const maxTexts = 1<<32 - 1<<22

// End ends the string that was appended. It reports whether the strings are
// still within limit, in bytes.
func (t *Texts) End(limit int64) bool {
	if int64(len(t.Slab))+4*int64(len(t.ends)) > limit || int64(len(t.Slab)) > maxTexts {
		return false
	}
	t.ends = append(t.ends, uint32(len(t.Slab)))
	return true
}

// DropLast forgets the last string, which may have ended early.
func (t *Texts) DropLast() { t.ends = t.ends[:max(len(t.ends)-1, 0)] }

// At returns string i, counting from 0; it stays valid as long as the texts.
func (t *Texts) At(i int) (string, bool) {
	if i < 0 || i >= len(t.ends) {
		return "", false
	}
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	if to := t.ends[i]; to > from {
		return unsafe.String(&t.Slab[from], to-from), true
	}
	return "", true
}
