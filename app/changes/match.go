package changes

import "slices"

// maxCandidates bounds the columns that are tried together as a key.
const maxCandidates = 8

// keyOf returns the names of the columns that identify a record in both tables;
// nil where none do.
func keyOf(a, b hashed, common []string, may Identifying) []string {
	var candidates []string
	for _, name := range common {
		if may(name) && len(candidates) < maxCandidates {
			candidates = append(candidates, name)
		}
	}
	for size := 1; size <= 3; size++ {
		if key := firstUnique(a, b, candidates, nil, size); key != nil {
			return key
		}
	}
	return nil
}

// firstUnique tries the combinations of so many more candidates, in their order.
func firstUnique(a, b hashed, candidates, chosen []string, more int) []string {
	if more == 0 {
		if a.unique(chosen) && b.unique(chosen) {
			return append([]string{}, chosen...)
		}
		return nil
	}
	for i := range candidates {
		if key := firstUnique(a, b, candidates[i+1:], append(chosen[:len(chosen):len(chosen)], candidates[i]), more-1); key != nil {
			return key
		}
	}
	return nil
}

// unique reports whether no two records have the same values in the columns, and
// none lacks them all.
func (h hashed) unique(names []string) bool {
	seen := make(map[uint64]struct{}, h.rows)
	places := h.places(names)
	for row := range h.rows {
		key, some := h.key(row, places)
		if _, again := seen[key]; again || !some {
			return false
		}
		seen[key] = struct{}{}
	}
	return true
}

func (h hashed) places(names []string) []int {
	places := make([]int, len(names))
	for i, name := range names {
		places[i] = h.place(name)
	}
	return places
}

// key is the hash of a record's values at some places, and whether there is one.
func (h hashed) key(row int, places []int) (key uint64, some bool) {
	var few [4]uint64
	values := few[:0]
	for _, p := range places {
		v := h.values[row*len(h.names)+p]
		values, some = append(values, v), some || v != empty
	}
	return combine(values), some
}

// match compares records of the same key.
func (c *Changes) match(a, b hashed, common []string) {
	keysA, keysB := a.places(c.Key), b.places(c.Key)
	rows := make(map[uint64]int, a.rows)
	for row := range a.rows {
		key, _ := a.key(row, keysA)
		rows[key] = row
	}
	placesA, placesB := a.places(common), b.places(common)
	counts := make([]int, len(common))
	both := 0
	for row := range b.rows {
		key, _ := b.key(row, keysB)
		other, ok := rows[key]
		if !ok {
			c.Added++
			continue
		}
		both++
		changed := false
		for i := range common {
			if a.values[other*len(a.names)+placesA[i]] != b.values[row*len(b.names)+placesB[i]] {
				counts[i]++
				changed = true
			}
		}
		if changed {
			c.Changed++
		}
	}
	c.Removed = a.rows - both
	for i, n := range counts {
		if n > 0 {
			c.Columns = append(c.Columns, Column{Name: common[i], Count: n})
		}
	}
}

// balance takes equal records off against each other.
func (c *Changes) balance(a, b hashed, common []string) {
	if (a.whole || b.whole) && !slices.Equal(a.names, b.names) {
		c.Added, c.Removed = b.rows, a.rows // records of another shape are not comparable as wholes
		return
	}
	left := map[uint64]int{}
	for row := range a.rows {
		left[a.record(row, common)]++
	}
	for row := range b.rows {
		key := b.record(row, common)
		if left[key] > 0 {
			left[key]--
		} else {
			c.Added++
		}
	}
	for _, n := range left {
		c.Removed += n
	}
}

// record is the hash of a record's values in the columns; the whole record's
// where only that is known.
func (h hashed) record(row int, names []string) uint64 {
	if h.whole {
		return h.values[row]
	}
	values := make([]uint64, len(names))
	for i, p := range h.places(names) {
		values[i] = h.values[row*len(h.names)+p]
	}
	return combine(values)
}
