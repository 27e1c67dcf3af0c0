package table

import "testing"

// Every short text of digits and marks, in every style that skips the long way.
func TestTheShortWayReadsAsTheLongOneDoes(t *testing.T) {
	const alphabet = "-0123., "
	texts := []string{""}
	for at := 0; len(texts) < 60_000; at++ {
		for _, c := range alphabet {
			texts = append(texts, texts[at]+string(c))
		}
	}
	texts = append(texts, "1.234.567,89", "12.345.678", "1234.567,8", "123.4567,8", "-1.000", "0.123,5", "1,234,567.5", "1234567890123456",
		"12 km", "12", "sí", "SI", "no", "No", "s/d", "01/02/2026", "31/02/2026", "1/2/26", "2026-02-01", " Lima ", "\u00a012")
	var fields []Field
	for _, marks := range [...][2]string{{",", ""}, {",", "."}, {".", ","}, {"", "."}, {"", ","}, {".", ""}, {"·", ""}, {",", "\u00a0"}} {
		for _, typed := range [...]Type{TypeInteger, TypeNumber} {
			fields = append(fields, Field{Type: typed, DecimalChar: marks[0], GroupChar: marks[1]})
		}
	}
	fields = append(fields, Field{Type: TypeInteger, Unit: "km"}, Field{Type: TypeNumber, DecimalChar: ".", Percent: true},
		Field{Type: TypeBoolean, Format: "sí|no"}, Field{Type: TypeBoolean, Format: "1|"}, Field{Type: TypeBoolean},
		Field{Type: TypeDate, Format: "%d/%m/%Y"}, Field{Type: TypeDate}, Field{Type: TypeString}, Field{Type: TypeYear}, Field{})
	for _, f := range fields {
		f.MissingValues = []string{"s/d"}
		short, long := NewParser(f), Parser{field: f}
		for _, s := range texts {
			c := Cell{Kind: Text, Text: s}
			if got, want := short.Parse(c), long.Parse(c); got != want {
				t.Fatalf("%q as %+v reads %+v, looked at closely %+v", s, f, got, want)
			}
		}
	}
}
