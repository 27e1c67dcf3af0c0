package detect

import (
	"strings"

	"chasqui/converters/table"
)

// The reasons about units.
const (
	WhyUnitBehind = "unit_behind" // the same unit of measure follows the numbers
	WhyMixedUnits = "mixed_units" // several units follow the numbers: no column of numbers
)

// isUnit reports whether a text is a unit of measure as people abbreviate it.
// Words for time and for what is counted are none: "3 meses" is as often a term
// as a figure.
func isUnit(s string) bool {
	switch strings.ToLower(s) {
	case "mm", "cm", "m", "mts", "mts.", "ml", "m.l.", "km", "kms", "km.",
		"m2", "m²", "mts2", "km2", "km²", "ha", "has", "ha.", "has.", "hás", "hectáreas", "hectareas", "hectares",
		"m3", "m³", "hm3", "hm³", "l", "lt", "lts", "lts.", "l/s", "m3/s", "m³/s", "litros", "litres",
		"g", "gr", "kg", "kg.", "kgs", "kilos", "t", "tn", "tm", "ton", "ton.", "toneladas", "tonnes", "qq",
		"kw", "kwh", "mw", "mwh", "gwh", "v", "°c", "ºc", "mg/l", "mg/m3", "µg/m3", "µg/m³", "ug/m3", "db", "hp",
		"hab/km2", "hab/km²", "hab./km²", "kg/ha", "t/ha", "km/h", "%":
		return true
	}
	return false
}

// unitOfTitle returns the unit that a header ends with in brackets, "" where
// there is none: "Superficie (ha)" is in ha.
func unitOfTitle(title string) string {
	for _, pair := range [...]string{"()", "[]"} {
		inside, closed := strings.CutSuffix(title, pair[1:])
		at := strings.LastIndex(inside, pair[:1])
		if unit := strings.TrimSpace(inside[at+1:]); closed && at > 0 && isUnit(unit) {
			return unit
		}
	}
	return ""
}

// cutUnit splits a text into a number and the unit behind it.
func cutUnit(s string) (number, unit string, ok bool) {
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || strings.IndexByte("+-., '", s[end]) >= 0) {
		end++
	}
	number, unit = strings.TrimRight(s[:end], " "), table.TrimSpace(s[end:])
	return number, unit, number != "" && unit != "%" && isUnit(unit)
}

// unitType takes texts of numbers with one unit behind them, "12 km", for
// numbers of that unit; plain numbers may stand among them.
func unitType(v *values, title string, base table.Field, h habit, stored map[table.Kind]int, total int, w Weights) (table.Field, bool) {
	bare, unit, with := newValues(), "", 0
	for i, k := range v.list {
		if k.kind == table.Text {
			number, u, ok := cutUnit(k.text)
			switch {
			case ok && unit != "" && !strings.EqualFold(u, unit):
				base.Type, base.Why = table.TypeString, []string{WhyMixedUnits}
				base.MissingValues = missingWords(v, isMissingText)
				return base, float64(with+v.counts[i]) >= 0.5*float64(total)
			case ok:
				unit, with, k.text = u, with+v.counts[i], number
			}
		}
		if at, known := bare.find(k); known {
			bare.counts[at] += v.counts[i]
			continue
		}
		bare.keep(k, v.counts[i])
	}
	if unit == "" || float64(with) < 0.5*float64(total) {
		return base, false
	}
	f, ok := numberType(bare, title, base, h, stored, total, w)
	if !ok || f.Type != table.TypeInteger && f.Type != table.TypeNumber {
		return base, false
	}
	f.Unit = unit
	f.Why = append(f.Why, WhyUnitBehind)
	return f, true
}
