package geo

import (
	"math"
	"testing"
)

// TestGridPlacesAgreeWithPROJ compares with what PROJ 9.5.1 gives for the same
// metres (EPSG:32601 to 32760 to EPSG:4326).
func TestGridPlacesAgreeWithPROJ(t *testing.T) {
	for _, c := range []struct {
		zone                        string
		easting, northing, lon, lat float64
	}{
		{"18S", 278945.669, 8667553.079, -77.030599996, -12.045900001}, // Lima
		{"17S", 622321.198, 9757893.141, -79.899999997, -2.190000003},  // Guayaquil
		{"17N", 662708.879, 993234.551, -79.519900002, 8.982400003},    // Panamá
		{"16N", 477674.464, 1555732.148, -87.206799997, 14.072299999},  // Tegucigalpa
		{"19S", 346812.854, 6296844.225, -70.648299999, -33.456899996}, // Santiago
		{"21S", 436239.789, 7203653.558, -57.633300001, -25.282200000}, // Asunción
		{"19S", 628246.247, 3914504.797, -66.999999996, -54.899999998}, // Tierra del Fuego
		{"23S", 333287.915, 7394588.319, -46.633300001, -23.550499996}, // São Paulo
		{"14N", 486017.331, 2148700.220, -99.133199999, 19.432600001},  // Ciudad de México
		{"12N", 218754.024, 3622009.724, -113.999999998, 32.699999999}, // Sonora, at the zone's edge
		{"18N", 833978.557, 0.000, -71.999999999, 0.000000000},         // on the equator
		{"17S", 166021.443, 9999889.317, -84.000000001, -0.001000002},  // just south of it
		{"20S", 820287.930, 8173373.045, -60.000000003, -16.499999998},
	} {
		zone, ok := ParseZone(c.zone)
		if !ok {
			t.Fatalf("%s is no zone", c.zone)
		}
		lon, lat := zone.Degrees(c.easting, c.northing)
		const metre = 1 / 111320.0
		if off := math.Hypot((lon-c.lon)*math.Cos(c.lat*math.Pi/180), lat-c.lat) / metre; off > 0.001 {
			t.Errorf("%s %.3f %.3f lies %.4f m beside %.9f %.9f", c.zone, c.easting, c.northing, off, c.lon, c.lat)
		}
	}
}

func TestZonesAreReadAsPeopleWriteThem(t *testing.T) {
	for s, want := range map[string]Zone{"17S": {17, true}, " 16 n ": {16, false}, "1N": {1, false}, "60S": {60, true}} {
		if got, ok := ParseZone(s); !ok || got != want {
			t.Errorf("%q: %+v, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "17", "S", "0S", "61N", "17M", "17SS", "-3N", "+3N", "S17", "17 S N", "1 7S"} {
		if got, ok := ParseZone(s); ok {
			t.Errorf("%q is %+v", s, got)
		}
	}
}
