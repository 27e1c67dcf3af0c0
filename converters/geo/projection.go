package geo

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"chasqui/converters/table"
)

// projection says what the coordinates of a shapefile are.
type projection struct {
	name    string // as the .prj has it, "" without one
	zone    Zone   // of the grid that becomes degrees; 0: coordinates stay
	degrees bool   // of WGS 84 or a datum that agrees with it
}

// readProjection reads a .prj, well-known text of coordinate systems (OGC
// 01-009, 7.2). SIRGAS and its national forms agree with WGS 84 within
// centimetres.
func readProjection(text string) projection {
	system, rest, _ := strings.Cut(text, `["`)
	name, _, _ := strings.Cut(rest, `"`)
	p := projection{name: name}
	plain := strings.ToUpper(strings.NewReplacer("_", "", " ", "", "-", "").Replace(text))
	agrees := false
	for _, datum := range [...]string{"WGS1984", "WGS84", "SIRGAS", "MAGNA", "POSGAR", "REGVEN", "ITRF", "GRS1980", "MACARIO", "PERU96", "CR05"} {
		agrees = agrees || strings.Contains(plain, datum)
	}
	switch {
	case !agrees:
	case strings.TrimSpace(system) == "GEOGCS":
		p.degrees = true
	case strings.TrimSpace(system) == "PROJCS" && strings.Contains(plain, "TRANSVERSEMERCATOR"):
		p.zone = utmZone(text)
	}
	return p
}

// utmZone returns the UTM zone whose parameters a projection has, the zero Zone
// where they are those of another grid.
func utmZone(text string) Zone {
	parameter := func(name string) float64 {
		found := regexp.MustCompile(`(?i)PARAMETER\["` + name + `",\s*([-+0-9.eE]+)`).FindStringSubmatch(text)
		if found == nil {
			return math.NaN()
		}
		v, err := strconv.ParseFloat(found[1], 64)
		if err != nil {
			return math.NaN()
		}
		return v
	}
	number := (parameter("Central_Meridian") + 183) / degreesPerZone
	north := parameter("False_Northing")
	metres := regexp.MustCompile(`(?i)UNIT\["met(er|re)s?",\s*1(\.0*)?[\],]`).MatchString(text)
	if !metres || parameter("False_Easting") != falseEasting || parameter("Scale_Factor") != scale || parameter("Latitude_Of_Origin") != 0 ||
		number != math.Trunc(number) || number < 1 || number > 60 || north != 0 && north != falseNorthing {
		return Zone{}
	}
	return Zone{Number: int(number), South: north != 0}
}

// place returns the coordinates that are written for a point.
func (p projection) place(x, y float64) (float64, float64) {
	if p.zone.Number == 0 {
		return x, y
	}
	lon, lat := p.zone.Degrees(x, y)
	const digits = 1e8 // about a millimetre, more than any survey has
	return math.Round(lon*digits) / digits, math.Round(lat*digits) / digits
}

// notice says what the coordinates are if that is not plain; without a code
// there is nothing to say.
func (p projection) notice() table.Notice {
	switch {
	case p.degrees:
		return table.Notice{}
	case p.zone.Number > 0:
		return table.Notice{Code: NoticeToDegrees, Count: 1, Args: map[string]string{"name": p.name}}
	case p.name == "":
		return table.Notice{Code: NoticeNoProjection, Count: 1}
	}
	return table.Notice{Code: NoticeProjection, Count: 1, Args: map[string]string{"name": p.name}}
}
