package detect

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
)

// crossed draws fields of numbers from their headers, joined by "|"; a header
// that begins with "-" is of texts.
func crossed(headers string) []table.Field {
	var fields []table.Field
	for i, title := range strings.Split(headers, "|") {
		f := table.Field{Col: i + 1, Title: title, Type: table.TypeNumber}
		if rest, texts := strings.CutPrefix(title, "-"); texts {
			f.Title, f.Type = rest, table.TypeString
		}
		fields = append(fields, f)
	}
	return fields
}

func TestTimesInHeadersMakeACrossTable(t *testing.T) {
	for headers, want := range map[string]*table.Cross{
		"-Cantón|2019|2020|2021":                  {Type: table.TypeYear, Keys: []string{"2019", "2020", "2021"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-Cantón|Año 2019|Año 2020|Año 2021":      {Type: table.TypeYear, Title: "Año", Keys: []string{"2019", "2020", "2021"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|2019|2020|2021|Total":                 {Type: table.TypeYear, Keys: []string{"2019", "2020", "2021"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}, Totals: []int{5}},
		"-x|2019|2020|2021|-Nota|Total":           {Type: table.TypeYear, Keys: []string{"2019", "2020", "2021"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|pob_2010|pob_2015|pob_2020|area_2020": {Type: table.TypeYear, Keys: []string{"2010", "2015", "2020"}, Measures: []table.Measure{{Title: "pob", Cols: []int{2, 3, 4}}}},
		"-x|Pob2010|Pob2015|Pob2020":              {Type: table.TypeYear, Keys: []string{"2010", "2015", "2020"}, Measures: []table.Measure{{Title: "Pob", Cols: []int{2, 3, 4}}}},
		"-x|2020 Hombres|2020 Mujeres|2021 Hombres|2021 Mujeres|2022 Hombres|2022 Mujeres": {
			Type: table.TypeYear, Keys: []string{"2020", "2021", "2022"},
			Measures: []table.Measure{{Title: "Hombres", Cols: []int{2, 4, 6}}, {Title: "Mujeres", Cols: []int{3, 5, 7}}},
		},
		"-x|Matrícula en 2020|Matrícula en 2021|Matrícula en 2022":       {Type: table.TypeYear, Keys: []string{"2020", "2021", "2022"}, Measures: []table.Measure{{Title: "Matrícula", Cols: []int{2, 3, 4}}}},
		"-x|Gasto (pagado) 2020|Gasto (pagado) 2021|Gasto (pagado) 2022": {Type: table.TypeYear, Keys: []string{"2020", "2021", "2022"}, Measures: []table.Measure{{Title: "Gasto (pagado)", Cols: []int{2, 3, 4}}}},
		"-x|Población (2020)|Población (2021)|Población (2022)":          {Type: table.TypeYear, Keys: []string{"2020", "2021", "2022"}, Measures: []table.Measure{{Title: "Población", Cols: []int{2, 3, 4}}}},
		"-x|2021|2022|2023 (p)":                                                      {Type: table.TypeString, Keys: []string{"2021", "2022", "2023 (p)"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|ene-23|feb-23|mar-23":                                                    {Type: table.TypeYearMonth, Keys: []string{"2023-01", "2023-02", "2023-03"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|Enero de 2023|Febrero de 2023|Marzo de 2023":                             {Type: table.TypeYearMonth, Keys: []string{"2023-01", "2023-02", "2023-03"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|31/01/2023|28/02/2023|31/03/2023":                                        {Type: table.TypeDate, Keys: []string{"2023-01-31", "2023-02-28", "2023-03-31"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|Enero|Febrero|Marzo|Total":                                               {Type: table.TypeString, Keys: []string{"Enero", "Febrero", "Marzo"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}, Totals: []int{5}},
		"-x|Janeiro|Fevereiro|Março":                                                 {Type: table.TypeString, Keys: []string{"Janeiro", "Fevereiro", "Março"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|2021-I|2021-II|2021-III":                                                 {Type: table.TypeString, Keys: []string{"2021-I", "2021-II", "2021-III"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|I Trimestre|II Trimestre|III Trimestre":                                  {Type: table.TypeString, Keys: []string{"I Trimestre", "II Trimestre", "III Trimestre"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|2018/2019|2019/2020|2020/2021":                                           {Type: table.TypeString, Keys: []string{"2018/2019", "2019/2020", "2020/2021"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|Año 2019 Hombres|Año 2020 Hombres|Año 2021 Hombres":                      {Type: table.TypeYear, Keys: []string{"2019", "2020", "2021"}, Measures: []table.Measure{{Title: "Hombres", Cols: []int{2, 3, 4}}}},
		"-x|Monto 2019 (miles de $)|Monto 2020 (miles de $)|Monto 2021 (miles de $)": {Type: table.TypeYear, Keys: []string{"2019", "2020", "2021"}, Measures: []table.Measure{{Title: "Monto (miles de $)", Cols: []int{2, 3, 4}}}},
		"-x|2019-12-31 00:00:00|2020-12-31 00:00:00|2021-12-31 00:00:00":             {Type: table.TypeDate, Keys: []string{"2019-12-31", "2020-12-31", "2021-12-31"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|c_2021|c_2022|c_2023":                                                    {Type: table.TypeYear, Keys: []string{"2021", "2022", "2023"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|Nº 2021|% 2021|Nº 2022|% 2022|Nº 2023|% 2023": {
			Type: table.TypeYear, Keys: []string{"2021", "2022", "2023"},
			Measures: []table.Measure{{Title: "Nº", Cols: []int{2, 4, 6}}, {Title: "%", Cols: []int{3, 5, 7}}},
		},
		"-x|Dic 2021|Dic 2022|Dic 2023": {Type: table.TypeYearMonth, Keys: []string{"2021-12", "2022-12", "2023-12"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|Hab. al 30 de junio de 2019|Hab. al 30 de junio de 2020|Hab. al 30 de junio de 2021": {
			Type: table.TypeDate, Keys: []string{"2019-06-30", "2020-06-30", "2021-06-30"}, Measures: []table.Measure{{Title: "Hab", Cols: []int{2, 3, 4}}},
		},
		"-x|1990|2000|2010 (proyección)": {Type: table.TypeString, Keys: []string{"1990", "2000", "2010 (proyección)"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|T1 2021|T2 2021|T1 2022|T2 2022|T1 2023|T2 2023": {
			Type: table.TypeString, Keys: []string{"T1 2021", "T2 2021", "T1 2022", "T2 2022", "T1 2023", "T2 2023"}, Measures: []table.Measure{{Cols: []int{2, 3, 4, 5, 6, 7}}},
		},
		"-x|FY2021|FY2022|FY2023":             {Type: table.TypeYear, Title: "FY", Keys: []string{"2021", "2022", "2023"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|2023-1|2023-2|2024-1":             {Type: table.TypeString, Keys: []string{"2023-1", "2023-2", "2024-1"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|1-2023|2-2023|1-2024":             {Type: table.TypeString, Keys: []string{"1-2023", "2-2023", "1-2024"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|2023-4|2023-5|2023-6":             {Type: table.TypeYearMonth, Keys: []string{"2023-04", "2023-05", "2023-06"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|2009-10|2010-11|2011-12":          {Type: table.TypeString, Keys: []string{"2009-10", "2010-11", "2011-12"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|2010-11|2010-12|2011-01":          {Type: table.TypeYearMonth, Keys: []string{"2010-11", "2010-12", "2011-01"}, Measures: []table.Measure{{Cols: []int{2, 3, 4}}}},
		"-x|Marzo|Junio|Septiembre|Diciembre": {Type: table.TypeString, Keys: []string{"Marzo", "Junio", "Septiembre", "Diciembre"}, Measures: []table.Measure{{Cols: []int{2, 3, 4, 5}}}},
	} {
		if diff := cmp.Diff(want, Cross(crossed(headers), crossLeast)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", headers, diff)
		}
	}
}

func TestColumnsThatOnlyMentionTimesAreNoCrossTable(t *testing.T) {
	for _, headers := range []string{
		"-Cantón|2019|2020",
		"-Nombre|-Ley 1990|-Ley 1995|-Ley 2001",
		"-x|2019|2019|2019",
		"-x|Censo 2010|Encuesta 2015|Padrón 2020",
		"-x|Código|Teléfono|Monto",
		"-x|Mayo|Monto|Saldo",
		"-x|Sala 1|Sala 2|Sala 3",
		"-x|Sala 2001|Sala 2002|Sala 2003",
		"-x|Art. 2001|Art. 2002|Art. 2003",
		"-x|Pregunta 1T|Pregunta 2T|Pregunta 3T",
		"-x|2001|2010|3050|1999",
		"-x|0|1850|1900|1950|2000",
		"-x|Sem 1|Sem 2|Sem 3|Sem 16",
		"-x|1T|2T|3T|4T|5T",
		"-x|Abril|Julio|Augusto|Mar|Sol",
		"",
	} {
		if c := Cross(crossed(headers), crossLeast); c != nil {
			t.Errorf("%s: found %+v", headers, *c)
		}
	}
}

func TestANextFileOfACrossTableMayHaveOneTimeOnly(t *testing.T) {
	c := Cross(crossed("-x|Enero"), 1)
	if c == nil || c.Columns() != 1 || c.Type != table.TypeString {
		t.Errorf("found %+v", c)
	}
}

func TestSumsOverTheTimesAreTotals(t *testing.T) {
	for headers, want := range map[string][]int{
		"-x|2019|2020|Total 2019-2020|2021|2022|Total 2019-2022":                                                             {4, 7},
		"-x|Enero|Febrero|Marzo|Subtotal|Abril|Mayo|Junio|Total":                                                             {5, 9},
		"-x|Ene|Feb|Mar|I Trim.|Abr|May|Jun|II Trim.|I Semestre|Total|Promedio":                                              {5, 9, 10, 11},
		"-x|ene-23|feb-23|mar-23|Total 2023|Variación":                                                                       {5},
		"-x|Ene-22|Feb-22|2022|Ene-23|Feb-23|2023|2024|Total 2024":                                                           {4, 7},
		"-x|Enero|Febrero|Marzo|Total Anual":                                                                                 {5},
		"-x|Hombres 2021|Hombres 2022|Hombres 2023|Hombres Total|Mujeres 2021|Mujeres 2022|Mujeres 2023|Mujeres Total|Total": {5, 9, 10},
		"-x|Total Hombres|Total Mujeres|2021 Hombres|2021 Mujeres|2022 Hombres|2022 Mujeres|2023 Hombres|2023 Mujeres":       {2, 3},
		"-x|2021 Hombres|2021 Total|2022 Hombres|2022 Total|2023 Hombres|2023 Total":                                         nil,
		"-x|2021|2022|2023|Promedio|Variación 2023/2022|Total niños":                                                         nil,
		"-x|2021|2022|2023|-Total":                                                                                           nil,
	} {
		c := Cross(crossed(headers), crossLeast)
		if c == nil {
			t.Errorf("%s: no cross table", headers)
			continue
		}
		if diff := cmp.Diff(want, c.Totals); diff != "" {
			t.Errorf("%s (-want +got):\n%s", headers, diff)
		}
	}
}
