package detect

import "hash/maphash"

// fewValues are looked up one by one; slots are made beyond them only, since a
// hostile sheet has thousands of columns.
const fewValues = 8

// index finds a value's place in a list: a table of open slots, each with the
// place in its low bits, from 1, and the value's hash in the others, so that a
// look-up reads one word. Two values of one column pass for one with a chance
// below one in a hundred million files: the counts decide nothing by one cell.
// The seed is random, the answers are not.
type index struct {
	seed  maphash.Seed
	slots []uint64 // a power of two, at most three quarters full; nil while there are few values
}

// placeBits hold a place: more than twice maxDistinct.
const placeBits = 15

// hash returns the hash of a value, its low bits free for a place.
func (x *index) hash(key *value) uint64 {
	h := maphash.String(x.seed, key.text) + uint64(key.kind)<<40
	if key.percent {
		h += 1 << 50
	}
	if key.long {
		h += 1 << 51
	}
	return h &^ (1<<placeBits - 1)
}

// start returns the slot where the search for a hash begins.
func (x *index) start(h uint64) uint64 { return h >> placeBits & uint64(len(x.slots)-1) }

// find returns the place of a value in the list, counting from 0.
func (x *index) find(list []value, key value) (int, bool) {
	if x.slots == nil {
		for i := range list {
			if list[i] == key {
				return i, true
			}
		}
		return 0, false
	}
	h := x.hash(&key)
	for at := x.start(h); ; at = (at + 1) & uint64(len(x.slots)-1) {
		s := x.slots[at]
		if s == 0 {
			return 0, false
		}
		if s&^(1<<placeBits-1) == h {
			return int(s&(1<<placeBits-1)) - 1, true
		}
	}
}

// add takes in the last value of the list.
func (x *index) add(list []value) {
	switch {
	case len(list) <= fewValues:
		return
	case 4*len(list) > 3*len(x.slots):
		x.grow(list, len(list))
	default:
		x.put(&list[len(list)-1], len(list)-1)
	}
}

// grow makes slots enough for n values, of which those of the list are there.
func (x *index) grow(list []value, n int) {
	size := max(4*fewValues, len(x.slots))
	for 4*n > 3*size {
		size *= 2
	}
	if n <= fewValues || size == len(x.slots) {
		return
	}
	if x.slots == nil {
		x.seed = maphash.MakeSeed()
	}
	x.slots = make([]uint64, size)
	for i := range list {
		x.put(&list[i], i)
	}
}

// put fills a free slot.
func (x *index) put(key *value, place int) {
	h := x.hash(key)
	at := x.start(h)
	for x.slots[at] != 0 {
		at = (at + 1) & uint64(len(x.slots)-1)
	}
	x.slots[at] = h | uint64(place+1)
}
