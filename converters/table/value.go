package table

// Status says how a cell met its field's type.
type Status uint8

// The statuses of a value.
const (
	Fits    Status = iota // Text is the canonical form of the field's type
	Missing               // no value: empty, or one of the field's missing words; Text is ""
	Misfit                // the cell does not fit the type; Text is as it stands in the file
)

// Value is what is published for one cell.
//
// Canonical forms: numbers are exact decimals with a point and no grouping;
// dates are ISO 8601; booleans true or false; years four digits; months
// "2026-03"; geopoints "lon,lat" as in Table Schema's default format.
type Value struct {
	Text   string
	Status Status
}
