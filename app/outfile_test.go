package app

import (
	"bytes"
	"errors"
	"testing"
)

func TestWhatIsWrittenBehindArrivesInOrder(t *testing.T) {
	var got, want bytes.Buffer
	b := writeBehind(func(p []byte) error { got.Write(p); return nil })
	for i := range 100 {
		block := bytes.Repeat([]byte{byte(i)}, i)
		want.Write(block)
		if n, err := b.Write(block); n != i || err != nil {
			t.Fatalf("wrote %d bytes of %d: %v", n, i, err)
		}
		clear(block) // the writer uses its memory again
	}
	if err := b.end(); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want.Bytes()) {
		t.Error("what arrived is not what was written")
	}
}

func TestAFailureBehindIsTheErrorOfTheWriting(t *testing.T) {
	full := errors.New("no space left")
	stored := 0
	b := writeBehind(func([]byte) error { stored++; return full })
	var err error
	for i := 0; err == nil && i < 1000; i++ {
		_, err = b.Write([]byte("x"))
	}
	if err != full || b.end() != full || stored != 1 {
		t.Errorf("writing ended with %v after %d blocks, want %v after the first", err, stored, full)
	}
}
