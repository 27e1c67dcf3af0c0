package clean

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
)

// budgets is a cross table: two variables over three years, a section, a total
// at the right and one below.
var budgets = grid{
	{"rubro", "2020 plan", "2020 gasto", "2021 plan", "2021 gasto", "2022 plan", "nota"},
	{"Personal"},
	{"Sueldos", "1.000,5", "900", "2.000", "s/d", "3.000", "a"},
	{"Bonos", "10", "9", "20", "19", "x", "b"},
	{"TOTAL", "1.010,5", "909", "2.020", "19", "3.000", ""},
}

func crossLayout() table.Layout {
	number := func(col int, name string) table.Field {
		return table.Field{Col: col, Name: name, Title: name, Type: table.TypeNumber, Format: "default", DecimalChar: ",", GroupChar: ".", MissingValues: []string{"s/d"}}
	}
	whole := number(3, "2020 gasto")
	whole.Type = table.TypeInteger
	return table.Layout{
		HeaderFirst: 1, HeaderLast: 1, DataFirst: 2, DataLast: 4, ColFirst: 1, ColLast: 7, Totals: []int{5}, Sections: []int{2},
		Fields: []table.Field{
			{Col: 1, Name: "rubro", Title: "rubro", Type: table.TypeString, Format: "default"},
			number(2, "2020 plan"), whole, number(4, "2021 plan"), number(5, "2021 gasto"), number(6, "2022 plan"),
			{Col: 7, Name: "nota", Title: "nota", Type: table.TypeString, Format: "default"},
		},
		Cross: &table.Cross{Type: table.TypeYear, Keys: []string{"2020", "2021", "2022"},
			Measures: []table.Measure{{Title: "plan", Cols: []int{2, 4, 6}}, {Title: "gasto", Cols: []int{3, 5, 0}}}},
	}
}

var unpivot = Step{Op: OpUnpivot, V: 1, Args: map[string]string{"key": "Año", "value": "Valor"}}

func names(fields []table.Field) []string {
	var list []string
	for _, f := range fields {
		list = append(list, f.Name+":"+string(f.Type))
	}
	return list
}

func TestUnpivotMakesARowOfEachTime(t *testing.T) {
	r := Default(Source{}, crossLayout()).With(unpivot)
	if diff := cmp.Diff([]string{"rubro:string", "anio:year", "plan:number", "gasto:number", "nota:string"}, names(r.Fields())); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	lines, run := texts(t, r.Plan(), budgets)
	want := []string{
		"Personal||||",
		"Sueldos|2020|1000.5|900|a", "Sueldos|2021|2000||a", "Sueldos|2022|3000||a",
		"Bonos|2020|10|9|b", "Bonos|2021|20|19|b", "Bonos|2022|x||b",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if r.Rows() != len(want) || run.RowCount() != len(want) {
		t.Errorf("%d rows foretold, %d counted, %d came out", r.Rows(), run.RowCount(), len(want))
	}
	if diff := cmp.Diff([]int{0, 0, 1, 0, 0}, run.Misfits()); diff != "" {
		t.Errorf("misfits (-want +got):\n%s", diff)
	}
	for _, c := range run.Counts() {
		if c.Op == OpUnpivot && c.What == "columns" && c.Count != 5 {
			t.Errorf("%d columns became rows, want 5", c.Count)
		}
	}
}

func TestUnpivotWithoutParseKeepsTheTexts(t *testing.T) {
	r := Recipe{Version: Version, Layout: crossLayout(), Steps: []Step{unpivot}}
	lines, _ := texts(t, r.Plan(), budgets)
	if lines[1] != "Sueldos|2020|1.000,5|900|a" || lines[2] != "Sueldos|2021|2.000|s/d|a" {
		t.Errorf("rows %q", lines)
	}
}

func TestStepsAfterUnpivotAreAboutItsColumns(t *testing.T) {
	step := func(op string, col, to string) Step {
		args := map[string]string{"col": col}
		if to != "" {
			args["type"] = to
		}
		return Step{Op: op, V: 1, Args: args}
	}
	before := Default(Source{}, crossLayout()).With(step(OpRetype, "2", "string")).With(step(OpRemove, "4", "")).With(unpivot)
	if diff := cmp.Diff([]string{"rubro:string", "anio:year", "plan:string", "gasto:number", "nota:string"}, names(before.Fields())); diff != "" {
		t.Errorf("as many texts as numbers: columns (-want +got):\n%s", diff)
	}
	lines, _ := texts(t, before.Plan(), budgets)
	if lines[2] != "Sueldos|2021|||a" {
		t.Errorf("a column left out before is no value after: %q", lines[2])
	}
	after := before.With(step(OpRetype, "2", "string")).With(step(OpRetype, "0", "string")).With(step(OpRemove, "3", "")).With(step(OpRemove, "7", ""))
	if len(after.Steps) != len(before.Steps)+4 {
		t.Errorf("a step about a new column took the place of an earlier one: %+v", after.Steps)
	}
	if diff := cmp.Diff([]string{"rubro:string", "anio:string", "plan:string"}, names(after.Fields())); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	lines, _ = texts(t, after.Plan(), budgets)
	if lines[1] != "Sueldos|2020|1.000,5" {
		t.Errorf("row %q", lines[1])
	}
	back := after.WithoutUnpivot()
	if diff := cmp.Diff([]string{"rubro:string", "2020 plan:string", "2020 gasto:integer", "2021 gasto:number", "2022 plan:number"}, names(back.Fields())); diff != "" {
		t.Errorf("taken back: columns (-want +got):\n%s", diff)
	}
}

func TestUnpivotLeavesColumnsOfTotalsOutAndSaysSo(t *testing.T) {
	l := crossLayout()
	l.Cross.Totals = []int{7}
	r := Default(Source{}, l).With(unpivot)
	if diff := cmp.Diff([]string{"rubro:string", "anio:year", "plan:number", "gasto:number"}, names(r.Fields())); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	_, run := texts(t, r.Plan(), budgets)
	if got := run.Counts(); !cmp.Equal(got[len(got)-3], Count{OpUnpivot, "totals", 1}) {
		t.Errorf("counts %+v", got)
	}
}

func TestUnpivotOfNoCrossTableChangesNothing(t *testing.T) {
	l := crossLayout()
	l.Cross = nil
	if got, want := Default(Source{}, l).With(unpivot).Columns(), l.Fields; !cmp.Equal(got, want) {
		t.Errorf("columns %v", names(got))
	}
}

func TestUnpivotGivesNoColumnTheNameOfAnother(t *testing.T) {
	l := crossLayout()
	l.Fields[0].Title, l.Fields[0].Name = "Año", "anio"
	l.Cross.Measures = []table.Measure{{Cols: []int{2, 4, 6}}, {Title: "nota", Cols: []int{3, 5, 0}}}
	var got []string
	for _, f := range Default(Source{}, l).With(unpivot).Fields() {
		got = append(got, f.Title+"/"+f.Name)
	}
	if diff := cmp.Diff([]string{"Año/anio", "Año 2/anio_2", "Valor/valor", "nota 2/nota_2", "nota/nota"}, got); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
}
