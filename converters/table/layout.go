package table

// Type is the type of a column, named as in Frictionless Table Schema v2.
type Type string

// The types that detection finds and writers write.
const (
	TypeAny       Type = "any" // no value in the column
	TypeString    Type = "string"
	TypeInteger   Type = "integer"
	TypeNumber    Type = "number"
	TypeBoolean   Type = "boolean"
	TypeDate      Type = "date"
	TypeTime      Type = "time"
	TypeDateTime  Type = "datetime"
	TypeYear      Type = "year"
	TypeYearMonth Type = "yearmonth"
	TypeGeopoint  Type = "geopoint"
)

// Types lists every type, in the order in which a person is offered them.
var Types = [...]Type{
	TypeString, TypeInteger, TypeNumber, TypeBoolean, TypeDate, TypeDateTime,
	TypeTime, TypeYear, TypeYearMonth, TypeGeopoint, TypeAny,
}

// Field is one column of a table: where it stands, what it is called, and how
// its cells are to be read. It is enough, with Parse, to turn a cell into the
// published value; nothing of detection's state is needed.
type Field struct {
	Col   int    `json:"col"`   // the column in the sheet, from 1
	Name  string `json:"name"`  // machine name: short, unique, stable, [a-z0-9_]
	Title string `json:"title"` // the header as written, rows joined
	Type  Type   `json:"type"`
	// Format tells how text cells of this column are written: "default", or
	// for dates and times a strptime-like pattern as Frictionless uses it
	// ("%d/%m/%Y", "%b %y"), for booleans "yes|no" word pairs.
	Format      string   `json:"format"`
	Missing     int      `json:"missing"`
	Distinct    int      `json:"distinct"`
	Examples    []string `json:"examples"`
	DecimalChar string   `json:"decimalChar"`
	GroupChar   string   `json:"groupChar"`
	Misfits     int      `json:"misfits"`
	Why         []string `json:"why"`
	// MissingValues are the words of this column that mean "no value".
	MissingValues []string `json:"missingValues,omitempty"`
	// Percent says that text cells carry a percent sign to be shifted away.
	Percent bool `json:"percent,omitempty"`
	// Unit is the unit of measure of the numbers, as the header or the cells
	// write it; where it stands behind a text number it is read past.
	Unit string `json:"unit,omitempty"`
}

// Layout is one table found in a sheet: where it is, what its columns mean,
// and why the detector thinks so. Rows and columns count from 1, ranges hold
// both ends. Without a header HeaderFirst and HeaderLast are 0.
type Layout struct {
	Sheet           string   `json:"-"`
	HeaderFirst     int      `json:"header_first"`
	HeaderLast      int      `json:"header_last"`
	DataFirst       int      `json:"data_first"`
	DataLast        int      `json:"data_last"`
	ColFirst        int      `json:"col_first"`
	ColLast         int      `json:"col_last"`
	Confidence      float64  `json:"confidence"`
	Why             []string `json:"why"`
	Sampled         bool     `json:"sampled"`
	Titles          []string `json:"titles"`
	Notes           []string `json:"notes"`
	Totals          []int    `json:"totals"`           // grand totals, also outside the data range
	Subtotals       []int    `json:"subtotals"`        // inside the range
	Sections        []int    `json:"sections"`         // group rows inside the range
	Blanks          []int    `json:"blanks"`           // blank rows inside the range
	RepeatedHeaders []int    `json:"repeated_headers"` // header rows printed again inside the range
	Notices         []Notice `json:"notices"`
	Fields          []Field  `json:"fields"`
	// Groups are the merged cells of which the text holds for all of their rows,
	// by their first row.
	Groups []Span `json:"groups,omitempty"`
	// Cross says which columns are times of one variable; nil where none are.
	Cross *Cross `json:"cross,omitempty"`
}

// Span is a run of rows in one column, both ends inside.
type Span struct {
	Col   int `json:"col"`
	First int `json:"row_first"`
	Last  int `json:"row_last"`
}

// SheetLayout is a sheet with the tables found in it. Rows and Columns are
// the extent of what is stored, blank trailing rows left out.
type SheetLayout struct {
	Name    string   `json:"name"`
	Visible bool     `json:"visible"`
	Rows    int      `json:"rows"`
	Columns int      `json:"columns"`
	Tables  []Layout `json:"tables"`
	Notices []Notice `json:"notices,omitempty"`
}
