package detect

import "hash/maphash"

// fewValues are looked up one by one; slots are made beyond them only, since a
// hostile sheet has thousands of columns.
const fewValues = 8

// index finds a value's place in a list: a table of open slots, each with the
// place, from 1, and some bits of the hash, so that a value which is not there
// costs a look at one word. The zero index is ready. The seed is random, the
// answers are not.
type index struct {
	seed  maphash.Seed
	slots []slot // a power of two, at most half full; nil while there are few values
}

// slot is one place of an index, free while place is 0.
type slot struct {
	place, hash uint32
}

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
	h := maphash.String(x.seed, key.text)
	mask := uint64(len(x.slots) - 1)
	for at := h & mask; ; at = (at + 1) & mask {
		s := x.slots[at]
		if s.place == 0 {
			return 0, false
		}
		if s.hash == uint32(h>>32) && list[s.place-1] == key {
			return int(s.place - 1), true
		}
	}
}

// add takes in the last value of the list.
func (x *index) add(list []value) {
	switch {
	case len(list) <= fewValues:
		return
	case 2*len(list) > len(x.slots):
		if x.slots == nil {
			x.seed = maphash.MakeSeed()
		}
		x.slots = make([]slot, max(8*fewValues, 2*len(x.slots)))
		for i := range list {
			x.put(list[i].text, i)
		}
	default:
		x.put(list[len(list)-1].text, len(list)-1)
	}
}

// put fills a free slot.
func (x *index) put(text string, place int) {
	h := maphash.String(x.seed, text)
	mask := uint64(len(x.slots) - 1)
	at := h & mask
	for x.slots[at].place != 0 {
		at = (at + 1) & mask
	}
	x.slots[at] = slot{uint32(place + 1), uint32(h >> 32)}
}
