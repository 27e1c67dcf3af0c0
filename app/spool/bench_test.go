package spool

import (
	"math/rand/v2"
	"testing"
)

// BenchmarkRandomPage reads pages of 60 rows, a screen full, anywhere in a
// million rows.
func BenchmarkRandomPage(b *testing.B) {
	s, err := Create(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	const rows = 1_000_000
	if err := s.Fill(b.Context(), sheet(rows)); err != nil {
		b.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(1, 1))
	for b.Loop() {
		if _, err := s.Page(b.Context(), 1+chance.IntN(rows-60), 60); err != nil {
			b.Fatal(err)
		}
	}
}
