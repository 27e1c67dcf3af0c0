package table

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMomentsAreReadAsPeopleWordThem(t *testing.T) {
	clock := Field{Type: TypeTime, Format: "%H:%M"}
	half := Field{Type: TypeTime, Format: "%H:%M %p"}
	both := Field{Type: TypeDateTime, Format: "%d/%m/%Y %H:%M"}
	day := Field{Type: TypeDate, Format: "%d de %B de %Y"}
	for _, c := range []parseCase{
		{"h for the colon", clock, "14h30", Value{"14:30:00", Fits}},
		{"h between blanks", clock, "7 h 05", Value{"07:05:00", Fits}},
		{"hs behind", clock, "14:30 hs", Value{"14:30:00", Fits}},
		{"hrs behind", clock, "14:30 hrs.", Value{"14:30:00", Fits}},
		{"h behind", clock, "14:30h", Value{"14:30:00", Fits}},
		{"another word behind", clock, "14:30 km", Value{"14:30 km", Misfit}},
		{"no blank before pm", half, "2:42pm", Value{"14:42:00", Fits}},
		{"comma before the time", both, "05/03/2024, 14:30", Value{"2024-03-05T14:30:00", Fits}},
		{"dash before the time", both, "05/03/2024 - 14:30", Value{"2024-03-05T14:30:00", Fits}},
		{"word before the time", both, "05/03/2024 às 14h30", Value{"2024-03-05T14:30:00", Fits}},
		{"weekday", day, "viernes 13 de octubre de 2023", Value{"2023-10-13", Fits}},
		{"weekday and comma", day, "quarta-feira, 13 de março de 2024", Value{"2024-03-13", Fits}},
		{"ordinal", day, "1º de maio de 2024", Value{"2024-05-01", Fits}},
		{"no ordinal but of the first", day, "2º de maio de 2024", Value{"2º de maio de 2024", Misfit}},
		{"no weekday", day, "obra 13 de octubre de 2023", Value{"obra 13 de octubre de 2023", Misfit}},
	} {
		if d := cmp.Diff(c.want, c.field.Parse(Cell{Kind: Text, Text: c.text})); d != "" {
			t.Errorf("%s: %q (-want +got)\n%s", c.name, c.text, d)
		}
	}
}

func TestPointsAreReadWithEverySeparator(t *testing.T) {
	point := Field{Type: TypeGeopoint, Format: "lat,lon"}
	for _, c := range []parseCase{
		{"blank", point, "-12.04 -77.03", Value{"-77.03,-12.04", Fits}},
		{"semicolon", point, "-12.04;-77.03", Value{"-77.03,-12.04", Fits}},
		{"decimal commas and a semicolon", point, "-12,04; -77,03", Value{"-77.03,-12.04", Fits}},
		{"decimal commas and a comma", point, "-12,04, -77,03", Value{"-77.03,-12.04", Fits}},
		{"brackets", point, "[-12.04, -77.03]", Value{"-77.03,-12.04", Fits}},
		{"three numbers", point, "-12.04, -77.03, 15.5", Value{"-12.04, -77.03, 15.5", Misfit}},
		{"one decimal comma is no point", point, "12,045", Value{"12,045", Misfit}},
	} {
		if d := cmp.Diff(c.want, c.field.Parse(Cell{Kind: Text, Text: c.text})); d != "" {
			t.Errorf("%s: %q (-want +got)\n%s", c.name, c.text, d)
		}
	}
}
