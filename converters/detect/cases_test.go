package detect

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"chasqui/converters/table"
)

// sketch is a sheet drawn as text: one row a line, cells separated by "|". A
// cell that starts with "=" is a stored number, "@" a stored date, "*" bold
// text. A line "..." leaves out as many blank rows as the number behind it says.
type sketch struct {
	lines  []string
	merges []table.Range
}

func (s sketch) Name() string            { return "Hoja 1" }
func (s sketch) Visible() bool           { return true }
func (s sketch) Records() bool           { return false }
func (s sketch) Merges() []table.Range   { return s.merges }
func (s sketch) Notices() []table.Notice { return nil }

// Rows yields the drawn rows.
func (s sketch) Rows(ctx context.Context) iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		for i, line := range s.lines {
			if err := ctx.Err(); err != nil {
				yield(table.Row{}, err)
				return
			}
			if line != "" && !yield(table.Row{Number: i + 1, Cells: cellsOf(line)}, nil) {
				return
			}
		}
	}
}

// cellsOf reads the drawing of a row.
func cellsOf(line string) []table.Cell {
	var cells []table.Cell
	for part := range strings.SplitSeq(line, "|") {
		c := table.Cell{Text: part}
		switch {
		case part == "":
		case part[0] == '=':
			c.Kind, c.Text = table.Number, part[1:]
		case part[0] == '@':
			c.Kind, c.Text = table.Date, part[1:]
		case part[0] == '*':
			c.Kind, c.Text, c.Hint = table.Text, part[1:], table.Bold
		default:
			c.Kind = table.Text
		}
		cells = append(cells, c)
	}
	return cells
}

// draw makes a sheet of lines.
func draw(text string, merges ...table.Range) sketch {
	return sketch{lines: strings.Split(strings.TrimPrefix(text, "\n"), "\n"), merges: merges}
}

// place renders where the tables of a sheet are: header, data, columns, then
// the totals if there are any.
func place(layout table.SheetLayout) string {
	var all []string
	for _, t := range layout.Tables {
		s := fmt.Sprintf("h%d-%d d%d-%d c%d-%d", t.HeaderFirst, t.HeaderLast, t.DataFirst, t.DataLast, t.ColFirst, t.ColLast)
		if len(t.Totals) > 0 {
			s += fmt.Sprintf(" t%v", t.Totals)
		}
		all = append(all, s)
	}
	return strings.Join(all, "; ")
}

func TestTablesAreFound(t *testing.T) {
	for _, c := range append(slices.Concat(plainSheets(), oddSheets(), publishedSheets(), stackedSheets(), yearbookSheets(), cornerSheets(), runOnSheets()), sheetCase{"nothing", draw(""), ""}) {
		t.Run(c.name, func(t *testing.T) {
			layout, err := Sheet(context.Background(), c.sheet, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := place(layout); got != c.places {
				t.Errorf("got  %s\nwant %s", got, c.places)
			}
		})
	}
}

// columnCase is a column by its values and what it is.
type columnCase struct {
	name, title string
	values      string // separated by ";", drawn as in sketch
	want        table.Type
	why         string
}

func columnCases() []columnCase {
	return []columnCase{
		{"integers", "n", "=1;=2;=30", table.TypeInteger, WhyStoredType},
		{"numbers", "n", "=1.5;=2;=30", table.TypeNumber, WhyStoredType},
		{"dates", "d", "@2024-01-01;@2024-02-01", table.TypeDate, WhyStoredType},
		{"decimal comma", "índice", "1,5;2,75;3", table.TypeNumber, WhyDecimalComma},
		{"people in thousands", "población", "33.925;178.517;1.234.567", table.TypeInteger, WhyGroupsOfThree},
		{"thousands beside small ones", "plazas", "11.934;11.872;0;850", table.TypeInteger, WhyGroupsOfThree},
		{"English thousands", "monto", "2,214,494;5,000;120", table.TypeInteger, WhyGroupsOfThree},
		{"English thousands with decimals", "monto", "415,210,000.00;0.00;12.50", table.TypeNumber, WhyGroupsOfThree},
		{"leading zeros", "depto", "01;02;15", table.TypeString, WhyLeadingZeros},
		{"ubigeo", "UBIGEO", "150101;150102;150103", table.TypeString, WhyIdentityName},
		{"telephones with their country", "contacto", "+51 999 888 777;+51 999 888 778;+51 1 555-0101", table.TypeString, WhyPhoneMarks},
		{"telephones with an area code", "línea", "(503) 2555-0101;(503) 2555-0102", table.TypeString, WhyPhoneMarks},
		{"telephones in one piece", "contacto", "+51987654321;+51987654322;+51987654323", table.TypeString, WhyPhoneMarks},
		{"short telephones with a plus", "teléfono", "+5550101;+5550102;+5550103", table.TypeString, WhyIdentityName},
		{"yes with and without its accent", "activo", "Sí;No;SI;NO", table.TypeBoolean, WhyBooleanWords},
		{"coordinates of three decimals", "Latitud", "-12.046;-13.163;-12.123", table.TypeNumber, WhyDecimalPoint},
		{"dashes of an accounting format", "monto", "$ 1,200.50;$ -;$ (300.00);$ 4.00", table.TypeNumber, WhyCurrency},
		{"losses in brackets are no telephones", "saldo", "(1.234.567);(2.345.678);1.000.000", table.TypeInteger, WhyGroupsOfThree},
		{"gains with a plus are no telephones", "variación", "+1.234.567,5;+2.345,5;-1,5", table.TypeNumber, WhyDecimalComma},
		{"telephones in camel case", "numeroTelefono", "5550101;5550102;5550103", table.TypeString, WhyIdentityName},
		{"long digits", "cuenta", "12345678901234567;22345678901234567", table.TypeString, WhyLongDigits},
		{"years by name", "Año", "=2019;=2020;=2020", table.TypeYear, WhyYearName},
		{"years by their run", "", "=2011;=2012;=2013;=2014", table.TypeYear, WhyYearRun},
		{"amounts near 2000", "monto", "=1980;=2045;=1999", table.TypeInteger, WhyStoredType},
		{"day first", "fecha", "03/04/2024;25/04/2024;01/05/2024", table.TypeDate, WhyDatePattern},
		{"the year first and the month last", "fecha", "2021-10-05;2020-29-02;2020-27-02;2020-26-02", table.TypeDate, WhyDatePattern},
		{"month first", "fecha", "4/25/2024;4/3/2024;5/1/2024", table.TypeDate, WhyDatePattern},
		{"mixed order", "fecha", "13/06/2015;6/13/2015;7/27/2019;28/06/2018", table.TypeDate, WhyMixedDateOrder},
		{"dates written out", "fecha", "3 de marzo de 2024;15 de abril de 2024", table.TypeDate, WhyDatePattern},
		{"months in words", "mes", "ene 24;feb 24;mar 24", table.TypeYearMonth, WhyDatePattern},
		{"joined months", "Periodo", "201612;201701;201702", table.TypeYearMonth, WhyDatePattern},
		{"quarters are text", "Periodo", "2021 3T;2021 2T;2021 1T", table.TypeString, WhyText},
		{"date and time", "registro", "2024-03-31 10:41:00;2024-03-31 11:00:00", table.TypeDateTime, WhyDatePattern},
		{"times", "hora", "10:41;11:30;23:59", table.TypeTime, WhyDatePattern},
		{"yes and no", "activo", "Sí;No;Sí;No", table.TypeBoolean, WhyBooleanWords},
		{"S and N", "activo", "S;N;S", table.TypeBoolean, WhyBooleanWords},
		{"only S says nothing", "zona", "S;S;S", table.TypeString, WhyText},
		{"percent signs", "avance", "22,69 %;100%;5%", table.TypeNumber, WhyPercentSign},
		{"money", "monto", "S/ 1,200.00;S/ 80.50", table.TypeNumber, WhyCurrency},
		{"two kinds of money", "monto", "S/ 1,200.00;US$ 80.50", table.TypeString, WhyMixedCurrency},
		{"a point for no value", "índice", ".;.;=1.5;.;=2.5", table.TypeNumber, WhyStoredType},
		{"three strokes for no value", "abril 2020", "=1.4;///;=3.2;///", table.TypeNumber, WhyStoredType},
		{"a colon for no value", "empleo", ":;=339689;:;=16745", table.TypeInteger, WhyStoredType},
		{"shares of homes with a telephone", "telefonía móvil", "=69.39;=79.6;=71.21", table.TypeNumber, WhyStoredType},
		{"budget items in parts", "partida", "=2.1;=2.2;=3.1", table.TypeString, WhyIdentityName},
		{"postal services are counted", "Transport, postal and storage", "=75600;=80100;=78100", table.TypeInteger, WhyStoredType},
		{"counts of a class of activities", "Empleos CNAE 4922101", "=0;=10;=3;=0;=2", table.TypeInteger, WhyStoredType},
		{"postal codes", "Código postal", "=28001;=28002;=28003", table.TypeString, WhyIdentityName},
		{"half missing", "índice", "NA;NA;1,5;s/d;2,5", table.TypeNumber, WhyDecimalComma},
		{"nothing but marks", "índice", "NA;-;s/d", table.TypeAny, WhyNoValues},
		{"places", "coordenadas", "-12.04, -77.03;-13.5, -71.9", table.TypeGeopoint, WhyCoordinates},
		{"some numbers among words", "código", "=1;A2;B3;=4", table.TypeString, WhyMixedValues},
		{"a few misfits", "n", "=1;=2;=3;=4;=5;=6;=7;=8;=9;ver nota", table.TypeInteger, WhyMostFit},
	}
}

func TestColumnsAreTyped(t *testing.T) {
	for _, c := range columnCases() {
		t.Run(c.name, func(t *testing.T) {
			v := newValues()
			for part := range strings.SplitSeq(c.values, ";") {
				v.add(cellsOf(part)[0], maxDistinct)
			}
			f := typeColumns([]*values{v}, []string{c.title}, DefaultWeights())[0]
			if f.Type != c.want || !slices.Contains(f.Why, c.why) {
				t.Errorf("%s because %v, want %s because %s", f.Type, f.Why, c.want, c.why)
			}
		})
	}
}

func TestStoredDurationsAreNoTimesOfDay(t *testing.T) {
	for last, want := range map[string]table.Type{"23:59:00": table.TypeTime, "24:00:00": table.TypeString, "126:15:00": table.TypeString} {
		v := newValues()
		for _, text := range []string{"07:30:00", last} {
			v.add(table.Cell{Kind: table.Time, Text: text}, maxDistinct)
		}
		if f := typeColumns([]*values{v}, []string{"horas"}, DefaultWeights())[0]; f.Type != want {
			t.Errorf("07:30:00 and %s: %s, want %s", last, f.Type, want)
		}
	}
}

func TestASeriesOverTimeHasOneType(t *testing.T) {
	layout, err := Sheet(context.Background(), draw("\nRubro|=2020|=2021|=2022\nLuz|=100|=1.5|=2.5\nAgua|=100|=2.5|=3.5"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if f := layout.Tables[0].Fields[1]; f.Type != table.TypeNumber || !slices.Contains(f.Why, NoticeCrossTable) {
		t.Errorf("%s because %v", f.Type, f.Why)
	}
}

func TestNamesAreShortUniqueAndStable(t *testing.T) {
	layout, err := Sheet(context.Background(), draw("\nCódigo (ubigeo)|Año|Año|% de avance|2024|\n010101|=2020|=2021|=5|=7|x\n010102|=2020|=2021|=5|=8|y"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range layout.Tables[0].Fields {
		got = append(got, f.Name)
	}
	if want := []string{"codigo_ubigeo", "anio", "anio_2", "pct_de_avance", "c_2024", "columna_6"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSpecialRowsAreListed(t *testing.T) {
	layout, err := Sheet(context.Background(), draw("\nRubro|Monto|Saldo\nPersonal\nSueldos|=10|=3\nSubtotal|=10|=3\n\nRubro|Monto|Saldo\nLuz|=31|=4\nAgua|=7|=1"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := layout.Tables[0]
	if !slices.Equal(got.Sections, []int{2}) || !slices.Equal(got.Subtotals, []int{4}) || !slices.Equal(got.Blanks, []int{5}) || !slices.Equal(got.RepeatedHeaders, []int{6}) {
		t.Errorf("sections %v, subtotals %v, blanks %v, repeated headers %v", got.Sections, got.Subtotals, got.Blanks, got.RepeatedHeaders)
	}
}

func TestWhatAPersonFixedHolds(t *testing.T) {
	sheet := draw("\nTítulo\nA|B|C\n=1|x|=3\n=4|y|=6\nfin|z|=9")
	for _, c := range []struct {
		fixed Fixed
		want  string
	}{
		{Fixed{}, "h2-2 d3-5 c1-3"},
		{Fixed{HeaderFirst: 3, HeaderLast: 3}, "h3-3 d4-5 c1-3"},
		{Fixed{NoHeader: true, DataFirst: 2}, "h0-0 d2-5 c1-3"},
		{Fixed{DataLast: 4}, "h2-2 d3-4 c1-3"},
		{Fixed{ColFirst: 2, ColLast: 3}, "h2-2 d3-5 c2-3"},
		{Fixed{HeaderFirst: 2, HeaderLast: 2, DataFirst: 4, DataLast: 5, ColFirst: 1, ColLast: 2}, "h2-2 d4-5 c1-2"},
	} {
		layout, err := Within(context.Background(), sheet, c.fixed)
		if err != nil {
			t.Errorf("%+v: %v", c.fixed, err)
			continue
		}
		if got := place(table.SheetLayout{Tables: []table.Layout{layout}}); got != c.want {
			t.Errorf("%+v: got %s, want %s", c.fixed, got, c.want)
		}
	}
}

func FuzzSheet(f *testing.F) {
	f.Add("a|b\n=1|x\n=2|y\nTotal|=3", 1, 2, 1, 2)
	f.Add("|*G||*H\n*a|*b|*c|*d\n1|2|3|4\n\nFuente: x", 1, 1, 1, 2)
	f.Fuzz(func(t *testing.T, text string, rowFirst, rowLast, colFirst, colLast int) {
		sheet := draw(text, table.Range{RowFirst: rowFirst, RowLast: rowLast, ColFirst: colFirst, ColLast: colLast})
		layout, err := Sheet(context.Background(), sheet, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, tb := range layout.Tables {
			if tb.DataFirst < 1 || tb.DataLast < tb.DataFirst || tb.DataLast > layout.Rows || tb.HeaderLast >= tb.DataFirst ||
				tb.HeaderFirst > tb.HeaderLast || tb.ColFirst < 1 || tb.ColLast < tb.ColFirst || len(tb.Fields) != tb.ColLast-tb.ColFirst+1 {
				t.Fatalf("impossible layout %s of %d rows, %d fields", place(layout), layout.Rows, len(tb.Fields))
			}
		}
		if _, err := Within(context.Background(), sheet, Fixed{HeaderFirst: rowFirst, HeaderLast: rowLast, ColFirst: colFirst, ColLast: colLast}); err != nil {
			return
		}
	})
}

func TestManyDifferentValuesAreEstimated(t *testing.T) {
	v := newValues()
	for i := range 150_000 {
		v.add(table.Cell{Kind: table.Text, Text: fmt.Sprint(i % 60_000)}, maxDistinct)
	}
	if got := v.distinct(); got < 57_000 || got > 63_000 {
		t.Errorf("estimated %d of 60000", got)
	}
}
