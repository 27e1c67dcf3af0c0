package clean

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"chasqui/converters/table"
)

// grid is a sheet of texts; a nil row is one that the reader left out.
type grid [][]string

func (g grid) Name() string            { return "Hoja" }
func (g grid) Visible() bool           { return true }
func (g grid) Records() bool           { return false }
func (g grid) Merges() []table.Range   { return nil }
func (g grid) Notices() []table.Notice { return nil }
func (g grid) Rows(context.Context) iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		for i, texts := range g {
			if texts == nil {
				continue
			}
			row := table.Row{Number: i + 1}
			for _, s := range texts {
				c := table.Cell{Text: s, Kind: table.Text}
				if s == "" {
					c.Kind = table.Empty
				}
				row.Cells = append(row.Cells, c)
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

var budget = grid{
	{"MUNICIPALIDAD"},
	{"código", "monto", "fecha"},
	{"0101", "1,5", "05/01/2026"},
	nil,
	{"0102", "2,5", "s/d"},
	{"", "4,0", ""},
	{"código", "monto", "fecha"},
	{"0201", "tres", "31/01/2026"},
	{"TOTAL", "4,0", ""},
	{"Fuente: nosotros"},
}

var found = table.Layout{
	HeaderFirst: 2, HeaderLast: 2, DataFirst: 3, DataLast: 8, ColFirst: 1, ColLast: 3,
	Titles: []string{"MUNICIPALIDAD"}, Notes: []string{"Fuente: nosotros"},
	Totals: []int{9}, Subtotals: []int{6}, Blanks: []int{4}, RepeatedHeaders: []int{7},
	Fields: []table.Field{
		{Col: 1, Name: "codigo", Title: "código", Type: table.TypeString, Format: "default"},
		{Col: 2, Name: "monto", Title: "monto", Type: table.TypeNumber, Format: "default", DecimalChar: ","},
		{Col: 3, Name: "fecha", Title: "fecha", Type: table.TypeDate, Format: "%d/%m/%Y", MissingValues: []string{"s/d"}},
	},
}

// texts runs a plan over the sheet and returns its rows as lines.
func texts(t *testing.T, p Plan, sheet table.Sheet) ([]string, *Run) {
	t.Helper()
	run := p.Start()
	var lines []string
	for values, err := range run.Rows(t.Context(), sheet) {
		if err != nil {
			t.Fatal(err)
		}
		parts := make([]string, len(values))
		for i, v := range values {
			parts[i] = v.Text
		}
		lines = append(lines, strings.Join(parts, "|"))
	}
	return lines, run
}

func TestTheDefaultRecipeLeavesOutWhatIsNoRecordAndCountsIt(t *testing.T) {
	lines, run := texts(t, Default(Source{}, found).Plan(), budget)
	want := []string{"0101|1.5|2026-01-05", "0102|2.5|", "0201|tres|2026-01-31"}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	counts := map[string]int{}
	for _, c := range run.Counts() {
		counts[c.Op+" "+c.What] = c.Count
	}
	expected := map[string]int{
		"take titles": 1, "take notes": 1, "header rows": 1, "drop-totals subtotals": 1, "drop-totals totals": 1,
		"drop-totals repeated_headers": 1, "drop-totals blanks": 1, "parse missing": 1, "parse misfits": 1,
	}
	if diff := cmp.Diff(expected, counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}

func TestAsIsLeavesOutNoRowAndChangesNoText(t *testing.T) {
	lines, _ := texts(t, AsIs(found), budget)
	want := []string{
		"0101|1,5|05/01/2026", "||", "0102|2,5|s/d", "|4,0|", "código|monto|fecha", "0201|tres|31/01/2026", "TOTAL|4,0|",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestStepsOfAPersonChangeColumns(t *testing.T) {
	r := Default(Source{}, found).
		With(Step{Op: OpRetype, V: 1, Args: map[string]string{"col": "2", "type": "string"}}).
		With(Step{Op: OpRemove, V: 1, Args: map[string]string{"col": "3"}})
	lines, _ := texts(t, r.Plan(), budget)
	if diff := cmp.Diff([]string{"0101|1,5", "0102|2,5", "0201|tres"}, lines); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	again := r.With(Step{Op: OpRetype, V: 1, Args: map[string]string{"col": "2", "type": "number", "decimal": ","}})
	if len(again.Steps) != len(r.Steps) {
		t.Errorf("a second retype of the same column must replace the first: %+v", again.Steps)
	}
	if back := again.Without(Step{Op: OpRemove, Args: map[string]string{"col": "3"}}); back.Has(OpRemove) {
		t.Error("a step taken back is still there")
	}
	if !r.Has(OpRemove) {
		t.Error("With and Without must leave the recipe that they are called on as it is")
	}
}

func TestARecipeThatIsNotUnderstoodIsRefused(t *testing.T) {
	for text, kind := range map[string]string{
		`{"version": 1, "steps": [{"op": "parse", "v": 1}]}`: "",
		`{"version": 2}`: "recipe_version",
		`{"version": 1, "steps": [{"op": "guess", "v": 1}]}`:                                     "recipe_op",
		`{"version": 1, "steps": [{"op": "parse", "v": 9}]}`:                                     "recipe_op",
		`{"version": 1, "steps": [{"op": "retype", "v": 1, "args": {"col": "2"}}]}`:              "recipe_args",
		`{"version": 1, "steps": [{"op": "retype", "v": 1, "args": {"col": "2", "type": "x"}}]}`: "recipe_args",
		`{"version": 1, "steps": [{"op": "remove", "v": 1, "args": {"col": "-1"}}]}`:             "recipe_args",
		`{"version": 1, "steps": [{"op": "parse", "v": 1, "args": {"colour": "red"}}]}`:          "recipe_args",
		`not a recipe`: "recipe_form",
	} {
		_, err := Parse([]byte(text))
		var e *Error
		errors.As(err, &e)
		if got := e; kind == "" && err != nil || kind != "" && (got == nil || got.Kind != kind) {
			t.Errorf("%s: got %v, want %q", text, err, kind)
		}
	}
}

func TestRecipesFitTheirSchema(t *testing.T) {
	text, err := os.ReadFile("recipe.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("recipe.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema := compiler.MustCompile("recipe.schema.json")
	check := func(r Recipe) error {
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(v)
	}
	r := Default(Source{Name: "a.csv", Sheet: "a", Table: 1}, found).
		With(Step{Op: OpTake, V: 1, Args: map[string]string{"first": "3", "last": "8"}}).
		With(Step{Op: OpRetype, V: 1, Args: map[string]string{"col": "2", "type": "date", "format": "%Y", "missing": "s/d"}}).
		With(Step{Op: OpRemove, V: 1, Args: map[string]string{"col": "3"}}).
		With(unpivot)
	if err := check(r); err != nil {
		t.Errorf("a recipe of every kind of step does not fit: %v", err)
	}
	for _, op := range Ops {
		if !bytes.Contains(text, []byte(`"const": "`+op.Op+`"`)) {
			t.Errorf("the schema does not know the operation %q", op.Op)
		}
	}
	if err := check(r.With(Step{Op: "guess", V: 1})); err == nil {
		t.Error("the schema takes an operation that nobody knows")
	}
}
