package xlsx

import "bytes"

// quickCell reads a cell as nearly every program writes nearly every one,
// <c r="B7" s="2" t="s"><v>12</v></c> or with the text itself, into r.value if
// it lies whole in the buffer. It returns the cell's column, 0 where the cell
// does not say it; -1 says that something else stands here, of which nothing
// was read.
func (r *rowReader) quickCell() (col int, a cellAttrs) {
	w := r.Window()
	if len(w) < 16 || w[0] != '<' || w[1] != 'c' || w[2] != ' ' && w[2] != '>' {
		return -1, a
	}
	i := 2
	for w[i] != '>' {
		n, ok := quickAttr(w[i:], &col, &a)
		if !ok || i+n+1 >= len(w) {
			return -1, a
		}
		i += n
	}
	i++
	open, end := "<v>", "</v></c>"
	if a.kind == 'i' {
		open, end = "<is><t>", "</t></is></c>"
	}
	if len(w) < i+len(open)+len(end) || string(w[i:i+len(open)]) != open {
		return -1, a
	}
	i += len(open)
	n := bytes.IndexByte(w[i:], '<')
	if n < 0 || len(w) < i+n+len(end) || string(w[i+n:i+n+len(end)]) != end {
		return -1, a
	}
	r.Take(i+n+len(end), w[i:i+n])
	r.value = r.AppendText(r.value[:0])
	return col, a
}

// quickAttr reads a blank and one of the attributes r, s and t behind it, and
// returns how many bytes they are.
func quickAttr(w []byte, col *int, a *cellAttrs) (n int, ok bool) {
	const begin = len(` r="`)
	if len(w) <= begin || w[0] != ' ' || w[2] != '=' || w[3] != '"' {
		return 0, false
	}
	size := bytes.IndexByte(w[begin:min(len(w), begin+16)], '"')
	if size <= 0 {
		return 0, false
	}
	value := w[begin : begin+size]
	switch w[1] {
	case 'r':
		*col = column(value)
	case 's':
		a.style = parseUint(value)
	case 't':
		a.setKind(value)
	default:
		return 0, false
	}
	return begin + size + 1, true
}

// setKind notes the attribute t.
func (a *cellAttrs) setKind(value []byte) {
	switch {
	case len(value) == 0 || string(value) == "n":
	case string(value) == "str":
		a.kind = 'f'
	default:
		a.kind = value[0]
	}
}
