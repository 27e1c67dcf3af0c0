package main

import (
	"context"
	"path/filepath"
	"testing"
)

// least is the recall that each type and each encoding must reach, and few how
// many examples it needs to be worth measuring.
const (
	least = 0.95
	few   = 20
)

func TestEveryTypeAndEncodingIsRecognised(t *testing.T) {
	m, err := measure(context.Background(), filepath.Join("..", "..", "testdata", "corpus"))
	if err != nil {
		t.Fatal(err)
	}
	if len(m.types) < 10 || len(m.encodings) < 9 {
		t.Fatalf("%d types and %d encodings are measured", len(m.types), len(m.encodings))
	}
	for _, scores := range []map[string]score{m.types, m.encodings} {
		for label, s := range scores {
			if s.all < few || s.recall() < least {
				t.Errorf("%s: %d of %d", label, s.right, s.all)
			}
		}
	}
	if m.places.recall() < least {
		t.Errorf("tables: %d of %d at their place", m.places.right, m.places.all)
	}
	for _, miss := range m.misses {
		t.Log(miss)
	}
}
