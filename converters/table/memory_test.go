package table

import "testing"

func TestMemoryIsUsedAgainOnlyWhenNobodyHoldsIt(t *testing.T) {
	pool := NewMemories(8)
	first := pool.Take(8)
	copy(first.Bytes, "primero!")
	first.Hold() // a row that somebody keeps
	first.Drop() // the reader goes on
	second := pool.Take(8)
	if second == first {
		t.Fatal("a piece was handed out while a row in it was held")
	}
	if got := string(first.Bytes); got != "primero!" {
		t.Errorf("the held row reads %q", got)
	}
	first.Drop()
	if third := pool.Take(8); third != first {
		t.Error("a piece that nobody holds was not used again")
	}
}

func TestMemoryForALongRecordDoesNotComeBack(t *testing.T) {
	pool := NewMemories(8)
	long := pool.Take(100)
	if len(long.Bytes) != 100 {
		t.Fatalf("asked for 100 bytes, got %d", len(long.Bytes))
	}
	long.Drop()
	if next := pool.Take(8); next == long || len(next.Bytes) != 8 {
		t.Errorf("the next piece has %d bytes, want one of 8 of its own", len(next.Bytes))
	}
}
