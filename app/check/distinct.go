package check

import (
	"math"
	"slices"
)

// sketchSize bounds the memory of one column's count of distinct values; the
// estimate's standard error is about 1/sqrt(256), 6 %.
const sketchSize = 256

// distinct estimates how many different texts it has seen, by the k smallest
// hash values (Bar-Yossef et al. 2002). Up to sketchSize it is exact. The
// hash has no random seed: the same file gives the same findings.
type distinct struct {
	lowest []uint64 // sorted, at most sketchSize
}

func (d *distinct) add(text string) {
	h := hash(text)
	if len(d.lowest) == sketchSize && h >= d.lowest[sketchSize-1] {
		return
	}
	at, found := slices.BinarySearch(d.lowest, h)
	if found {
		return
	}
	d.lowest = slices.Insert(d.lowest, at, h)
	if len(d.lowest) > sketchSize {
		d.lowest = d.lowest[:sketchSize]
	}
}

func (d *distinct) estimate() int {
	if len(d.lowest) < sketchSize {
		return len(d.lowest)
	}
	return int(float64(sketchSize-1) / (float64(d.lowest[sketchSize-1]) / math.MaxUint64))
}

// hash is FNV-1a over 64 bits with the finalizer of MurmurHash3, since the
// sketch needs the high bits well mixed.
func hash(text string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
