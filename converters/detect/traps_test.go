package detect

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chasqui/converters/table"
)

// trapCases are columns that were taken for something else once.
func trapCases() []columnCase {
	return []columnCase{
		{"crosses and blanks", "Certificado", "X;;X;;", table.TypeBoolean, WhyBooleanWords},
		{"a cross in every row", "Certificado", "X;X;X", table.TypeString, WhyText},
		{"crosses beside figures are no values", "Casos", "=4;X;=7;=9;X", table.TypeInteger, WhyStoredType},
		{"years of old buildings", "Año de creación", "1821;1905;1999", table.TypeYear, WhyYearName},
		{"years named in French", "Exercice", "2022;2024;2017;2019", table.TypeYear, WhyYearName},
		{"thousands behind a letter of money", "Monto", "Q461,554;Q1,626,532;Q85,000", table.TypeInteger, WhyGroupsOfThree},
		{"days of the week before dates", "Sesión", "viernes 13 de octubre de 2023;miércoles 4 de julio de 2018", table.TypeDate, WhyDatePattern},
		{"short years with a time", "Ingreso", "16/02/21 20:44;29/08/20 13:29", table.TypeDateTime, WhyDatePattern},
		{"points in a date with a time", "Passage", "27.11.2022 08:24;14.02.2022 21:04", table.TypeDateTime, WhyDatePattern},
		{"hours as the French write them", "Ouverture", "19h47;9h12;08h00", table.TypeTime, WhyDatePattern},
		{"sizes are no hours", "Talle", "42h;44h;38h", table.TypeString, WhyText},
		{"months of statistics offices", "Period", "2024M05;2020M04", table.TypeYearMonth, WhyDatePattern},
		{"points with a blank", "GPS", "4.5892 -74.0701;4.5135 -74.0123", table.TypeGeopoint, WhyCoordinates},
		{"one unit behind the numbers", "Largo", "12 km;3,5 km;1.200,75 km;8", table.TypeNumber, WhyUnitBehind},
		{"one unit behind whole numbers", "Área", "12 ha;7 HA;1.200 ha;s/d", table.TypeInteger, WhyUnitBehind},
		{"two units behind the numbers", "Largo", "12 km;800 m;3 km", table.TypeString, WhyMixedUnits},
		{"terms are no measures", "Plazo", "12 meses;3 meses;1 mes", table.TypeString, WhyText},
		{"sizes of clothes are no litres", "Talle", "L;M;L;S", table.TypeString, WhyText},
		{"a moving average is no telephone", "Empleo (promedio móvil)", "=7883.6864769;=7896.5179887;=7899.8169828", table.TypeNumber, WhyStoredType},
		{"months of other statistics offices", "DTI_CL_MES", "2016-M01;2016-M02;2016-M03", table.TypeYearMonth, WhyDatePattern},
		{"numbers of French firms", "SIRET", "21596531605434;21592509549351", table.TypeString, WhyIdentityName},
	}
}

func TestTrapsInColumns(t *testing.T) {
	for _, c := range trapCases() {
		t.Run(c.name, func(t *testing.T) {
			f := typed(c)
			if f.Type != c.want || !slices.Contains(f.Why, c.why) {
				t.Errorf("%s because %v, want %s because %s", f.Type, f.Why, c.want, c.why)
			}
		})
	}
}

// typed types the case's column.
func typed(c columnCase) table.Field {
	v := newValues()
	for part := range strings.SplitSeq(c.values, ";") {
		v.add(cellsOf(part)[0], maxDistinct)
	}
	return typeColumns([]*values{v}, []string{c.title}, DefaultWeights())[0]
}

func TestPointsWithTheLongitudeFirstAreTold(t *testing.T) {
	for values, want := range map[string]string{
		"-77.03, -12.04;-79.9, -2.1": "-77.03,-12.04", // Lima, Guayaquil
		"-12.04, -77.03;-2.1, -79.9": "-77.03,-12.04",
		"-54.8, -68.3;-31.4, -64.2":  "-68.3,-54.8", // Ushuaia lies south, but not beyond
	} {
		f := typed(columnCase{title: "Punto", values: values})
		first, _, _ := strings.Cut(values, ";")
		if got := f.Parse(table.Cell{Kind: table.Text, Text: first}); f.Type != table.TypeGeopoint || got.Text != want {
			t.Errorf("%s: %s as %s, want %s", first, got.Text, f.Type, want)
		}
	}
}

func TestASeriesCalledSubtotalIsNoRunOfSubtotals(t *testing.T) {
	text := "\nSerie|Año|Valor"
	for _, serie := range []string{"Norte", "Sur", "Subtotal regionalizado"} {
		for year := range 8 {
			text += fmt.Sprintf("\n%s|=%d|=%d", serie, 2013+year, 280+31*year*year)
		}
	}
	layout, err := Sheet(context.Background(), draw(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := layout.Tables[0]; len(got.Subtotals) > 0 || got.DataLast != 25 {
		t.Errorf("subtotals %v, data to row %d", got.Subtotals, got.DataLast)
	}
}

func TestNumbersBesidePercentagesAreSaid(t *testing.T) {
	v := newValues()
	for _, c := range []table.Cell{
		{Kind: table.Number, Text: "0.1", Hint: table.Percent}, {Kind: table.Number, Text: "15"}, {Kind: table.Number, Text: "15"},
		{Kind: table.Number, Text: "0"}, {Kind: table.Text, Text: "s/d"},
	} {
		v.add(c, maxDistinct)
	}
	if got := withoutSign(v); got != 2 {
		t.Errorf("%d numbers without the sign, want 2", got)
	}
	v = newValues()
	v.add(table.Cell{Kind: table.Number, Text: "15"}, maxDistinct)
	if got := withoutSign(v); got != 0 {
		t.Errorf("a column without percentages: %d", got)
	}
}
