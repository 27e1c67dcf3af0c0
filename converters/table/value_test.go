package table

import (
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// parseCase is a text under a field.
type parseCase struct {
	name  string
	field Field
	text  string
	want  Value
}

// numberCases are texts in columns of numbers.
func numberCases() []parseCase {
	point, comma := Field{Type: TypeNumber, DecimalChar: ".", GroupChar: ","}, Field{Type: TypeNumber, DecimalChar: ",", GroupChar: "."}
	spaced := Field{Type: TypeNumber, DecimalChar: ",", GroupChar: " "}
	quoted := Field{Type: TypeNumber, DecimalChar: ".", GroupChar: "'"}
	integer, percent := Field{Type: TypeInteger, GroupChar: "."}, Field{Type: TypeNumber, DecimalChar: ",", Percent: true}
	return []parseCase{
		{"plain", point, "12.50", Value{"12.50", Fits}},
		{"grouped", point, "2,214,494", Value{"2214494", Fits}},
		{"groups not of three", point, "2,21", Value{"2,21", Misfit}},
		{"comma", comma, "1.234,5", Value{"1234.5", Fits}},
		{"no whole part", comma, ",5", Value{"0.5", Fits}},
		{"no-break blanks group", spaced, "1\u00a0234\u202f567,5", Value{"1234567.5", Fits}},
		{"apostrophes group", quoted, "1’234'567.5", Value{"1234567.5", Fits}},
		{"parentheses are negative", point, "(1,200.00)", Value{"-1200.00", Fits}},
		{"parentheses behind a currency sign are negative", point, "$ (1,200.00)", Value{"-1200.00", Fits}},
		{"a minus and parentheses contradict", point, "$ -(1,200.00)", Value{"$ -(1,200.00)", Misfit}},
		{"minus behind", point, "12-", Value{"-12", Fits}},
		{"true minus", point, "−12", Value{"-12", Fits}},
		{"two signs", point, "--12", Value{"--12", Misfit}},
		{"plus", point, "+12", Value{"12", Fits}},
		{"minus zero", point, "-0", Value{"0", Fits}},
		{"soles", point, "S/ 1,200.50", Value{"1200.50", Fits}},
		{"reais", comma, "R$ 1.200,50", Value{"1200.50", Fits}},
		{"euros behind", comma, "1.200,50 €", Value{"1200.50", Fits}},
		{"negative amount", point, "-$5", Value{"-5", Fits}},
		{"quetzales", point, "Q1,234.56", Value{"1234.56", Fits}},
		{"a code is no amount", point, "Q1", Value{"Q1", Misfit}},
		{"exponent", comma, "1,5E+06", Value{"1500000", Fits}},
		{"small exponent", point, "1E-7", Value{"0.0000001", Fits}},
		{"absurd exponent", point, "1E999", Value{"1E999", Misfit}},
		{"leading zeros are a code", point, "007", Value{"007", Misfit}},
		{"zero", point, "0", Value{"0", Fits}},
		{"many digits stay exact", point, "12345678901234567890.123456789", Value{"12345678901234567890.123456789", Fits}},
		{"percent is shifted exactly", percent, "22,69 %", Value{"0.2269", Fits}},
		{"whole percent", percent, "100%", Value{"1", Fits}},
		{"percent of zero", percent, "0,00%", Value{"0", Fits}},
		{"no sign in a column of percentages", percent, "5", Value{"5", Misfit}},
		{"people", integer, "33.925", Value{"33925", Fits}},
		{"fraction in integers", integer, "33,5", Value{"33,5", Misfit}},
		{"words", point, "abc", Value{"abc", Misfit}},
	}
}

// otherCases are texts in columns of other types.
func otherCases() []parseCase {
	day := Field{Type: TypeDate, Format: "%d/%m/%Y|%Y-%m-%d"}
	month := Field{Type: TypeYearMonth, Format: "%b %y"}
	return []parseCase{
		{"day", day, "3/4/2024", Value{"2024-04-03", Fits}},
		{"other pattern", day, "2024-04-03", Value{"2024-04-03", Fits}},
		{"no such day", day, "31/02/2024", Value{"31/02/2024", Misfit}},
		{"leap day", day, "29/02/2024", Value{"2024-02-29", Fits}},
		{"no leap day", day, "29/02/1900", Value{"29/02/1900", Misfit}},
		{"written out", Field{Type: TypeDate, Format: "%d de %B de %Y"}, "3 de Março de 2024", Value{"2024-03-03", Fits}},
		{"month", month, "feb 24", Value{"2024-02", Fits}},
		{"French month", month, "août 24", Value{"2024-08", Fits}},
		{"joined month", Field{Type: TypeYearMonth, Format: "%Y%m"}, "199606", Value{"1996-06", Fits}},
		{"month 13", Field{Type: TypeYearMonth, Format: "%Y%m"}, "199613", Value{"199613", Misfit}},
		{"time of the afternoon", Field{Type: TypeTime, Format: "%H:%M %p"}, "1:05 p. m.", Value{"13:05:00", Fits}},
		{"midnight", Field{Type: TypeTime, Format: "%H:%M %p"}, "12:00 AM", Value{"00:00:00", Fits}},
		{"date and time", Field{Type: TypeDateTime, Format: "default"}, "2024-03-31 10:41:00.500Z", Value{"2024-03-31T10:41:00.5Z", Fits}},
		{"year", Field{Type: TypeYear}, "2024", Value{"2024", Fits}},
		{"no year", Field{Type: TypeYear}, "20245", Value{"20245", Misfit}},
		{"yes", Field{Type: TypeBoolean, Format: "sí|no"}, "SÍ", Value{"true", Fits}},
		{"no", Field{Type: TypeBoolean, Format: "sí|no"}, "No", Value{"false", Fits}},
		{"cross", Field{Type: TypeBoolean, Format: "x|"}, "X", Value{"true", Fits}},
		{"point of the earth", Field{Type: TypeGeopoint, Format: "lat,lon"}, "-12.04, -77.03", Value{"-77.03,-12.04", Fits}},
		{"beyond the pole", Field{Type: TypeGeopoint, Format: "lat,lon"}, "-120.4, -77.03", Value{"-120.4, -77.03", Misfit}},
		{"missing word", Field{Type: TypeNumber, MissingValues: []string{"s/d"}}, " s/d ", Value{"", Missing}},
		{"blank", Field{Type: TypeNumber}, "\u00a0", Value{"", Missing}},
		{"text stays", Field{Type: TypeString}, " a b ", Value{" a b ", Fits}},
	}
}

func TestParseGivesTheCanonicalValueOrTheCellAsItStands(t *testing.T) {
	for _, c := range append(numberCases(), otherCases()...) {
		if d := cmp.Diff(c.want, c.field.Parse(Cell{Kind: Text, Text: c.text})); d != "" {
			t.Errorf("%s: %q (-want +got)\n%s", c.name, c.text, d)
		}
	}
}

func TestStoredKindsDecide(t *testing.T) {
	for _, c := range []struct {
		field Type
		cell  Cell
		want  Value
	}{
		{TypeInteger, Cell{Kind: Number, Text: "5"}, Value{"5", Fits}},
		{TypeInteger, Cell{Kind: Number, Text: "5.5"}, Value{"5.5", Misfit}},
		{TypeNumber, Cell{Kind: Date, Text: "2024-01-01"}, Value{"2024-01-01", Misfit}},
		{TypeDate, Cell{Kind: DateTime, Text: "2024-01-01T00:00:00"}, Value{"2024-01-01", Fits}},
		{TypeDate, Cell{Kind: DateTime, Text: "2024-01-01T10:00:00"}, Value{"2024-01-01T10:00:00", Misfit}},
		{TypeDateTime, Cell{Kind: Date, Text: "2024-01-01"}, Value{"2024-01-01T00:00:00", Fits}},
		{TypeTime, Cell{Kind: Time, Text: "26:30:00"}, Value{"26:30:00", Fits}},
		{TypeBoolean, Cell{Kind: Bool, Text: "true"}, Value{"true", Fits}},
		{TypeNumber, Cell{Kind: Error, Text: "#N/A"}, Value{"", Missing}},
		{TypeString, Cell{Kind: Error, Text: "#N/A"}, Value{"", Missing}},
		{TypeYearMonth, Cell{Kind: Date, Text: "2024-02-01"}, Value{"2024-02", Fits}},
	} {
		if d := cmp.Diff(c.want, Field{Type: c.field, Format: "default"}.Parse(c.cell)); d != "" {
			t.Errorf("%s of %v (-want +got)\n%s", c.field, c.cell, d)
		}
	}
}

// TestNumbersKeepTheirExactValue writes random decimals in a style and reads
// them back as rationals.
func TestNumbersKeepTheirExactValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`[1-9][0-9]{0,20}`).Draw(t, "whole")
		fraction := rapid.StringMatching(`[0-9]{1,12}`).Draw(t, "fraction")
		percent := rapid.Bool().Draw(t, "percent")
		grouped := digits
		for i := len(grouped) - 3; i > 0; i -= 3 {
			grouped = grouped[:i] + "." + grouped[i:]
		}
		text, want := grouped+","+fraction, new(big.Rat)
		want.SetString(digits + "." + fraction)
		if percent {
			text += " %"
			want.Mul(want, big.NewRat(1, 100))
		}
		got, ok := NumberStyle{Decimal: ",", Group: ".", Percent: percent}.Parse(text)
		if !ok {
			t.Fatalf("%q does not parse", text)
		}
		value, ok := new(big.Rat).SetString(got)
		if !ok || value.Cmp(want) != 0 {
			t.Fatalf("%q is %q, want %s", text, got, want.FloatString(20))
		}
	})
}

func TestACanonicalNumberCostsNoMemory(t *testing.T) {
	f := Field{Type: TypeNumber, DecimalChar: "."}
	if n := testing.AllocsPerRun(100, func() { f.Parse(Cell{Kind: Text, Text: "1234.50"}) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestCloneKeepsARowWhileTheReaderGoesOn(t *testing.T) {
	buffer := []Cell{{Text: "a", Kind: Text}, {}, {Text: "ñ", Kind: Text, Hint: Bold}}
	kept := Row{Number: 3, Hidden: true, Cells: buffer}.Clone()
	buffer[0].Text, buffer[2].Text = "x", "y"
	want := Row{Number: 3, Hidden: true, Cells: []Cell{{Text: "a", Kind: Text}, {}, {Text: "ñ", Kind: Text, Hint: Bold}}}
	if d := cmp.Diff(want, kept); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestCurrencyMarks(t *testing.T) {
	for text, want := range map[string]string{"US$ 5": "US$", "$5": "$", "(S/ 5.00)": "S/", "5 €": "€", "5": "", "Q1": "", "Lima": "", "R$ 5": "R$"} {
		if got := CurrencyMark(text); got != want {
			t.Errorf("CurrencyMark(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1.234,5", "(1)", "S/ 1,200.50", "3 de marzo de 2024", "22,69 %", "1E-7", "feb 24", "-12.04,-77.03"} {
		f.Add(s, ",", ".", "%d/%m/%Y|%b %y|%Y%m%d")
	}
	f.Fuzz(func(t *testing.T, text, decimal, group, format string) {
		for _, typ := range Types {
			field := Field{Type: typ, Format: format, DecimalChar: decimal, GroupChar: group}
			v := field.Parse(Cell{Kind: Text, Text: text})
			if v.Status == Misfit && v.Text != text {
				t.Fatalf("%s: the misfit %q became %q", typ, text, v.Text)
			}
			if v.Status != Fits || typ != TypeNumber && typ != TypeInteger {
				continue
			}
			again := Field{Type: typ, DecimalChar: "."}.Parse(Cell{Kind: Text, Text: v.Text})
			if again.Status != Fits || again.Text != v.Text || strings.ContainsAny(v.Text, " ,") {
				t.Fatalf("%s: %q gives %q, which is not canonical", typ, text, v.Text)
			}
		}
	})
}
