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
	for _, c := range []struct {
		name   string
		sheet  sketch
		places string
	}{
		{"plain", draw("\nmunicipio|población\nLima|=10\nCusco|=20\nPuno|=30"), "h1-1 d2-4 c1-2"},
		{"titles, blank row, notes and source", draw("\nMUNICIPALIDAD DE PRUEBA\nEjecución 2024\n\nRubro|Monto|Saldo\nLuz|=10|=3\nAgua|=25|=8\nGas|=31|=4\n\nFuente: Contabilidad\n(1) Provisional"), "h4-4 d5-7 c1-3"},
		{"total at the end", draw("\nRubro|Monto|Saldo\nLuz|=10|=3\nAgua|=20|=8\nGas|=30|=4\nTotal|=60|=15"), "h1-1 d2-4 c1-3 t[5]"},
		{"total without a label", draw("\nRubro|Monto|Saldo\nLuz|=10|=3\nAgua|=20|=8\nGas|=30|=4\n|=60|=15"), "h1-1 d2-4 c1-3 t[5]"},
		{"total named otherwise, adding up", draw("\nRubro|Monto|Saldo\nLuz|=10|=3\nAgua|=20|=8\nGas|=30|=4\nGasto del año|=60|=15"), "h1-1 d2-4 c1-3 t[5]"},
		{"total right under the header", draw("\nDepartamento|Hombres|Mujeres\nTodos los departamentos|=60|=15\nLima|=10|=3\nCusco|=20|=8\nPuno|=30|=4"), "h1-1 d3-5 c1-3 t[2]"},
		{"the whole country adds up", draw("\nRegión|Casos|Altas\nPerú|=60|=15\nLima|=10|=3\nCusco|=20|=8\nPuno|=30|=4"), "h1-1 d3-5 c1-3 t[2]"},
		{"a department named as the country is data", draw("\nDepartamento|Casos|Altas\nGUATEMALA|=71|=15\nPetén|=10|=3\nIzabal|=20|=8\nJutiapa|=30|=4"), "h1-1 d2-5 c1-3"},
		{"group totals stay inside", draw("\nGrupo|Rubro|Monto\nA|Luz|=10\nA|Agua|=20\nTotal A||=30\nB|Gas|=5\nB|Té|=6\nTotal B||=11\nTotal general||=41"), "h1-1 d2-7 c1-3 t[8]"},
		{"header of two rows with merged groups", draw("\nDepartamento|Total||Urbano|\n|Hombres|Mujeres|Hombres|Mujeres\nLima|=1|=2|=3|=4\nCusco|=5|=6|=7|=9", table.Range{RowFirst: 1, RowLast: 1, ColFirst: 2, ColLast: 3}, table.Range{RowFirst: 1, RowLast: 1, ColFirst: 4, ColLast: 5}, table.Range{RowFirst: 1, RowLast: 2, ColFirst: 1, ColLast: 1}), "h1-2 d3-4 c1-5"},
		{"header of two rows in a text file", draw("\nDepartamento|2023||2024|\n|Hombres|Mujeres|Hombres|Mujeres\nLima|=11|=2|=3|=4\nCusco|=5|=6|=7|=9"), "h1-2 d3-4 c1-5"},
		{"units under the header", draw("\nProducto|Área|Producción\n|(ha)|(t)\nPapa|=10|=300\nMaíz|=20|=250\nTrigo|=31|=90"), "h1-2 d3-5 c1-3"},
		{"column numbers under the header", draw("\nRubro|PIA|PIM|Devengado\n(1)|(2)|(3)|(4)\nLuz|=10|=12|=9\nAgua|=20|=22|=8"), "h1-2 d3-4 c1-4"},
		{"years as headers", draw("\nProvincia|=2020|=2021|=2022\nLima|=10.5|=11.5|=12.5\nCusco|=20.1|=21.2|=22.3"), "h1-1 d2-3 c1-4"},
		{"no header", draw("\n=1|Pinto|=2011|=45643\n=1|Pinto|=2012|=46763\n=1|Pinto|=2013|=46870"), "h0-0 d1-3 c1-4"},
		{"all text", draw("\nvariable|descripción\nedad|años cumplidos\nsexo|sexo de la persona\nzona|urbana o rural"), "h1-1 d2-4 c1-2"},
		{"script comments without a header", draw("\n# Datos, índice\n#   https://example.org\n#\n=2010|=1.8\n=2011|=3.1\n=2012|=2.4"), "h0-0 d4-6 c1-2"},
		{"key-value preamble", draw("\nEntidad:|Municipalidad\nPeríodo:|Marzo\n\nRubro|PIA|PIM|Saldo\nLuz|=10|=12|=1\nAgua|=20|=22|=3"), "h4-4 d5-6 c1-4"},
		{"tail of a query", draw("\nAÑO|CÓDIGO|NOMBRE\n=1993|=9|San Mateo\n=2001|=8|Santa Lucía\n=2002|=7|Zacapa\n\n(25874 filas afectadas)"), "h1-1 d2-4 c1-3"},
		{"starts at column B", draw("\n|Región|Monto\n|Lima|=10\n|Cusco|=21"), "h1-1 d2-3 c2-3"},
		{"two tables side by side", draw("\nNr|Actividad|||Cód.|Producto\n=1|Agro|||=11|Arroz\n=2|Pesca|||=12|Maíz\n=3|Minas|||=13|Trigo\n||||=14|Papa\n||||=15|Café\n||||=16|Caña"), "h1-1 d2-4 c1-2; h1-1 d2-7 c5-6"},
		{"two tables, one below the other", draw("\nCuadro 1\nRegión|Casos|Altas\nLima|=10|=3\nCusco|=25|=8\nPuno|=31|=4\n\nCuadro 2\nMes|Camas|Médicos\nEnero|=100|=30\nFebrero|=250|=80\nMarzo|=310|=40"), "h2-2 d3-5 c1-3; h8-8 d9-11 c1-3"},
		{"header printed again", draw("\nRubro|Monto|Saldo\nLuz|=10|=3\nAgua|=25|=8\nRubro|Monto|Saldo\nGas|=31|=4\nTé|=7|=1"), "h1-1 d2-6 c1-3"},
		{"blank rows after the header", draw("\nRubro|Monto|Saldo\n\nLuz|=10|=3\nAgua|=25|=8"), "h1-1 d3-4 c1-3"},
		{"section rows stay inside", draw("\nRubro|Monto|Saldo\nPersonal\nSueldos|=10|=3\nHoras|=25|=8\nServicios\nLuz|=31|=4\nAgua|=7|=1"), "h1-1 d2-7 c1-3"},
		{"pivot table", draw("\nSum of Cantidad|Column Labels\nRow Labels|=2012|=2013|=2014|Grand Total\nAlta Verapaz|=1|=2|=3|=6\nZacapa|=4|=5|=7|=16\nGrand Total|=5|=7|=10|=22"), "h2-2 d3-4 c1-5 t[5]"},
		{"missing marks in a numeric column", draw("\nComuna|2020|2021\nA|NA|=3\nB|-|=4\nC|=5|s/d\nD|=6|=7"), "h1-1 d2-5 c1-3"},
		{"prose is no table", draw("\nSeñores:\nAdjunto el informe.\nAtentamente,"), ""},
		{"months as digits", draw("\nEstación|=1|=2|=3|=4\nA|=3.5|=2.1|=1.1|=4\nB|=2.5|=2.7|=1.3|=4.2\nC|=2.5|=2.7|=1.3|=4.2"), "h1-1 d2-4 c1-5"},
		{"notes of two cells", draw("\nA|B|C|D\nx|=1|=2|=3\ny|=4|=5|=7\nz|=4|=5|=8\nNota:|cifras provisionales\nFuente:|INE"), "h1-1 d2-4 c1-4"},
		{"key-value preamble as wide as the table", draw("\nEntidad:|Muni X|Fecha:|@2024-01-01\nUnidad:|Tesorería|Moneda:|Soles\n\nCódigo|Rubro|PIA|PIM\n1.1|Luz|=100|=120\n1.2|Agua|=210|=220\n1.3|Gas|=50|=60"), "h4-4 d5-7 c1-4"},
		{"total behind a column of row numbers", draw("\nN°|Distrito|Casos|Muertes\n=1|A|=10|=1\n=2|B|=20|=2\n=3|C|=35|=4\n|TOTAL|=65|=7"), "h1-1 d2-4 c1-4 t[5]"},
		{"sparse first record", draw("\nCódigo|Nombre|Monto|Obs|Fecha\n=1|A\n=2|B|=20|x|@2024-01-01\n=3|C|=30||@2024-01-01\n=4|D|=40||@2024-01-01"), "h1-1 d2-5 c1-5"},
		{"data dictionary under a merged title", draw("\nDICCIONARIO DE DATOS||\nVariable|Tipo|Descripción\nedad|entero|años\nsexo|texto|M o F\nzona|texto|u o r", table.Range{RowFirst: 1, RowLast: 1, ColFirst: 1, ColLast: 3}), "h2-2 d3-5 c1-3"},
		{"years with marks as headers", draw("\nProvincia|2010 (p)|2011*|2012\nA|=1.5|=2.5|=3.5\nB|=4|=5|=6\nC|=7|=8|=9"), "h1-1 d2-4 c1-4"},
		{"totals that open their groups are data", draw("\nRegión|Sexo|Casos\nNorte|Total|=30\nNorte|H|=10\nNorte|M|=20\nSur|Total|=7\nSur|H|=3\nSur|M|=4"), "h1-1 d2-7 c1-3"},
		{"total behind a blank row", draw("\nN°|Obra|Monto\n=1|A|=10\n=2|B|=20\n=3|C|=30\n\n|Total general|=60\n\n_____________\nDirector"), "h1-1 d2-4 c1-3 t[6]"},
		{"a note far to the right", draw("\nA|B|C\nx|=1|=2\ny|=3|=4||||ojo: revisar\nz|=5|=7\nw|=5|=7\nv|=5|=7"), "h1-1 d2-6 c1-3"},
		{"all text under merged groups", draw("\n*Persona||*Contacto\n*Nombre|*Cargo|*Correo|*Tel\nAna|Alcaldesa|a@x.pe|s/n\nLuis|Regidor|l@x.pe|s/n\nEva|Regidora|e@x.pe|s/n", table.Range{RowFirst: 1, RowLast: 1, ColFirst: 1, ColLast: 2}, table.Range{RowFirst: 1, RowLast: 1, ColFirst: 3, ColLast: 4}), "h1-2 d3-5 c1-4"},
		{"title right above two columns", draw("\nPoblación por año\nAño|Población\n=2000|=100\n=2001|=120\n=2002|=130"), "h2-2 d3-5 c1-2"},
		{"header of three rows", draw("\n|POBLACIÓN|||\nDepartamento|Total|Sexo||\n||Hombre|Mujer|Otro\nA|=10|=4|=5|=1\nB|=20|=8|=10|=2\nC|=31|=12|=15|=3", table.Range{RowFirst: 1, RowLast: 1, ColFirst: 2, ColLast: 5}, table.Range{RowFirst: 2, RowLast: 3, ColFirst: 1, ColLast: 1}, table.Range{RowFirst: 2, RowLast: 3, ColFirst: 2, ColLast: 2}, table.Range{RowFirst: 2, RowLast: 2, ColFirst: 3, ColLast: 5}), "h1-3 d4-6 c1-5"},
		{"signatures below", draw("\nN°|Nombre|Monto\n=1|A|=10\n=2|B|=20\n=3|C|=35\n\n\nElaborado por:||Aprobado por:\nJuan Pérez||María Díaz"), "h1-1 d2-4 c1-3"},
		{"rule of dashes under the header", draw("\nid|nombre|monto\n--|------|-----\n1|A|10\n2|B|20\n3|C|35"), "h1-1 d3-5 c1-3"},
		{"dates as headers", draw("\nComuna|@2020-03-30|@2020-04-01|@2020-04-03\nA|=1|=2|=3\nB|=0|=5|=7"), "h1-1 d2-3 c1-4"},
		{"a single record", draw("\nA|B|C\nx|=1|=2"), "h1-1 d2-2 c1-3"},
		{"a header alone is no table", draw("\nNombre|Cargo|Correo"), ""},
		{"years over quarters in a text file", draw("\nActividad|2022||||2023\n|I|II|III|IV|I\nAgro|=1.5|=2.5|=3.5|=4.5|=5.5\nMinas|=2.5|=3.5|=4.5|=5.5|=6.5"), "h1-2 d3-4 c1-6"},
		{"nothing", draw(""), ""},
	} {
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
		{"telephones in camel case", "numeroTelefono", "5550101;5550102;5550103", table.TypeString, WhyIdentityName},
		{"long digits", "cuenta", "12345678901234567;22345678901234567", table.TypeString, WhyLongDigits},
		{"years by name", "Año", "=2019;=2020;=2020", table.TypeYear, WhyYearName},
		{"years by their run", "", "=2011;=2012;=2013;=2014", table.TypeYear, WhyYearRun},
		{"amounts near 2000", "monto", "=1980;=2045;=1999", table.TypeInteger, WhyStoredType},
		{"day first", "fecha", "03/04/2024;25/04/2024;01/05/2024", table.TypeDate, WhyDatePattern},
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
	if want := []string{"codigo_ubigeo", "ano", "ano_2", "pct_de_avance", "c_2024", "columna_6"}; !slices.Equal(got, want) {
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
