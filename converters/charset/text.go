package charset

import "io"

// Text is a whole file of text whose encoding was chosen. It can be decoded
// again and again.
type Text struct {
	Encoding string // as NewReader takes it
	BOM      bool   // the file starts with a byte order mark
	src      io.ReaderAt
	size     int64
}

// NewText chooses the encoding of a file of size bytes: the given one if it is
// known, else what Detect makes of it. The error is the source's.
func NewText(src io.ReaderAt, size int64, given string) (Text, error) {
	guess, err := Detect(src, size)
	if err != nil {
		return Text{}, err
	}
	t := Text{Encoding: guess.Name, BOM: guess.BOM, src: src, size: size}
	if given != "" && Known(given) {
		t.Encoding = given
	}
	return t, nil
}

// From decodes the text from an offset, in bytes of what is decoded. A file that
// became shorter ends in io.ErrUnexpectedEOF, and so does an offset behind the
// end.
func (t Text) From(offset int64) (*Reader, error) {
	r, err := NewReader(&whole{io.NewSectionReader(t.src, 0, t.size), t.size}, t.Encoding)
	if err != nil {
		return nil, err
	}
	if _, err := io.CopyN(io.Discard, r, offset); err == io.EOF {
		return nil, io.ErrUnexpectedEOF
	} else if err != nil {
		return nil, err
	}
	return r, nil
}

// whole tells the end of a file that became shorter from its true end.
type whole struct {
	src  io.Reader
	left int64
}

// Read reads on; see io.Reader.
func (w *whole) Read(p []byte) (int, error) {
	n, err := w.src.Read(p)
	if w.left -= int64(n); err == io.EOF && w.left > 0 {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}
