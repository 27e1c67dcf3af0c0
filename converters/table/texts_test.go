package table

import (
	"fmt"
	"strings"
	"testing"
)

func TestTextsComeBackAsTheyWereAppended(t *testing.T) {
	var texts Texts
	text := func(i int) string {
		if i%7 == 0 {
			return ""
		}
		return strings.Repeat(fmt.Sprint(i, " "), i%5000)
	}
	const n = 3000 // some thirty megabytes, over several chunks
	for i := range n {
		texts.Slab = append(texts.Slab, text(i)...)
		if !texts.End(1 << 30) {
			t.Fatalf("no room for string %d", i)
		}
	}
	if len(texts.chunks) < 3 {
		t.Fatalf("%d chunks: the test is too small to see them", len(texts.chunks))
	}
	for i := range n {
		if got, ok := texts.At(i); !ok || got != text(i) {
			t.Fatalf("string %d has %d bytes and %v, want %d", i, len(got), ok, len(text(i)))
		}
	}
	for _, i := range []int{-1, n, n + 1<<17} {
		if _, ok := texts.At(i); ok {
			t.Errorf("there is a string %d", i)
		}
	}
	texts.DropLast()
	if _, ok := texts.At(n - 1); ok {
		t.Error("a string that was dropped is there")
	}
}

func TestTextsEndAtTheirLimit(t *testing.T) {
	var texts Texts
	n := 0
	for ; n < 1000; n++ {
		texts.Slab = append(texts.Slab, make([]byte, 1<<20)...)
		if !texts.End(50 << 20) {
			break
		}
	}
	if n < 45 || n > 50 {
		t.Errorf("%d strings of 1 MiB within 50 MiB", n)
	}
	var one Texts
	one.Slab = append(one.Slab, make([]byte, 5<<20)...)
	if one.End(1 << 30) {
		t.Error("a string longer than a chunk has room")
	}
}
