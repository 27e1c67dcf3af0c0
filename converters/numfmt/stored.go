package numfmt

import "math"

// DecodeRK unpacks a number of 30 bits ([MS-XLS] 2.5.217, [MS-XLSB] 2.5.122): the
// upper part of a float or a whole number, a hundredth of it where the first bit
// says so.
func DecodeRK(rk uint32) float64 {
	var v float64
	if rk&2 != 0 {
		v = float64(int32(rk) >> 2)
	} else {
		v = math.Float64frombits(uint64(rk&^3) << 32)
	}
	if rk&1 != 0 {
		v /= 100
	}
	return v
}
