package geo

import (
	"math"
	"strconv"
	"strings"
)

// Zone is a zone of the UTM grid, on the WGS 84 ellipsoid.
type Zone struct {
	Number int // 1 to 60
	South  bool
}

// ParseZone reads a zone as people write it: "17S", "16 n". S and N are the
// hemispheres, not the letters of latitude bands.
func ParseZone(s string) (Zone, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	digits := strings.TrimRight(s, "NS ")
	n, err := strconv.Atoi(digits)
	letter := strings.TrimSpace(strings.TrimPrefix(s, digits))
	if err != nil || n < 1 || n > 60 || letter != "N" && letter != "S" || digits[0] == '+' {
		return Zone{}, false
	}
	return Zone{Number: n, South: letter == "S"}, true
}

// The WGS 84 ellipsoid and the grid's constants (NGA.SIG.0012, 2014).
const (
	equator        = 6378137.0
	flattening     = 1 / 298.257223563
	scale          = 0.9996
	falseEasting   = 500000.0
	falseNorthing  = 10000000.0
	degreesPerZone = 6
)

// Degrees returns the geographic place of an easting and a northing in metres.
//
// It is Krüger's series to the sixth order in the third flattening (Karney,
// Transverse Mercator with an accuracy of a few nanometers, 2011, equations 11,
// 15, 19 and 36), good to far less than a centimetre wherever the grid is used.
func (z Zone) Degrees(easting, northing float64) (lon, lat float64) {
	const n = flattening / (2 - flattening)
	rectifying := equator / (1 + n) * (1 + n*n/4 + n*n*n*n/64 + n*n*n*n*n*n/256)
	if z.South {
		northing -= falseNorthing
	}
	xi := northing / (scale * rectifying)
	eta := (easting - falseEasting) / (scale * rectifying)
	xiPrime, etaPrime := xi, eta
	for i, b := range kruger(n) {
		k := 2 * float64(i+1)
		xiPrime -= b * math.Sin(k*xi) * math.Cosh(k*eta)
		etaPrime -= b * math.Cos(k*xi) * math.Sinh(k*eta)
	}
	sinhEta, cosXi := math.Sinh(etaPrime), math.Cos(xiPrime)
	tau := geographic(math.Sin(xiPrime) / math.Hypot(sinhEta, cosXi))
	meridian := float64(z.Number*degreesPerZone - 183)
	return meridian + math.Atan2(sinhEta, cosXi)*180/math.Pi, math.Atan(tau) * 180 / math.Pi
}

// kruger are the coefficients β1 to β6 of the series (equation 36).
func kruger(n float64) [6]float64 {
	n2, n3, n4, n5, n6 := n*n, n*n*n, n*n*n*n, n*n*n*n*n, n*n*n*n*n*n
	return [6]float64{
		n/2 - n2*2/3 + n3*37/96 - n4/360 - n5*81/512 + n6*96199/604800,
		n2/48 + n3/15 - n4*437/1440 + n5*46/105 - n6*1118711/3870720,
		n3*17/480 - n4*37/840 - n5*209/4480 + n6*5569/90720,
		n4*4397/161280 - n5*11/504 - n6*830251/7257600,
		n5*4583/161280 - n6*108847/3991680,
		n6 * 20648693 / 638668800,
	}
}

// geographic turns the tangent of the conformal latitude into that of the
// geographic one, by Newton's method (equations 19 to 21).
func geographic(conformal float64) float64 {
	e2 := flattening * (2 - flattening)
	e := math.Sqrt(e2)
	tau := conformal
	for range 6 { // three give what a double can hold
		sigma := math.Sinh(e * math.Atanh(e*tau/math.Hypot(1, tau)))
		guess := tau*math.Hypot(1, sigma) - sigma*math.Hypot(1, tau)
		step := (conformal - guess) / math.Hypot(1, guess) * (1 + (1-e2)*tau*tau) / ((1 - e2) * math.Hypot(1, tau))
		tau += step
		if math.Abs(step) < 1e-15*math.Max(1, math.Abs(tau)) {
			break
		}
	}
	return tau
}
