// Package clean turns a sheet's rows into the table that is published, by a
// Recipe: a list of named, versioned steps that can be shown, saved, replayed
// on next month's file, and undone one by one. No value changes outside a step.
//
// Start with Recipe and Ops; Plan is a recipe laid over a table that was
// found, and streams.
package clean

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"chasqui/converters/table"
)

// Version is the version of the recipe's own form that this program writes.
const Version = 1

// Recipe is how a table is made from a source: which table of it, and the
// steps in their order. recipe.schema.json beside this file is its form.
type Recipe struct {
	Version int          `json:"version"`
	Source  Source       `json:"source"`
	Layout  table.Layout `json:"layout"`
	Steps   []Step       `json:"steps"`
}

// Source says which table of which file a recipe was made on.
type Source struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256,omitempty"`
	Sheet  string `json:"sheet"`
	Table  int    `json:"table"` // 1, 2 ... within the sheet
}

// Step is one operation: Op names it, V is the version of its meaning.
type Step struct {
	Op   string            `json:"op"`
	V    int               `json:"v"`
	Args map[string]string `json:"args,omitempty"`
}

// The operations. Each is in Ops with its arguments.
const (
	OpTake       = "take"        // rows and columns that are the table
	OpHeader     = "header"      // rows that name the columns
	OpRetype     = "retype"      // the type of one column, chosen by a person
	OpDropTotals = "drop-totals" // subtotals, grand totals, repeated headers and blank rows left out
	OpSpread     = "spread"      // the text of merged cells repeated in each of their rows
	OpParse      = "parse"       // cells written as values of their column's type
	OpRemove     = "remove"      // one column left out
	OpUnpivot    = "unpivot"     // the times of a cross table, from columns to rows
)

// Operation is what is known of an operation: its name, the version of its
// meaning, and its arguments, of which one with a question mark may be left out.
type Operation struct {
	Op   string
	V    int
	Args []string
}

// Ops lists every operation.
var Ops = [...]Operation{
	{OpTake, 1, []string{"first?", "last?", "col_first?", "col_last?", ArgHidden + "?", ArgPartial + "?", ArgAccents + "?"}},
	{OpHeader, 1, []string{"first?", "last?"}},
	{OpRetype, 1, []string{"col", "type", "format?", "decimal?", "group?", "percent?", "missing?"}},
	{OpDropTotals, 1, nil},
	{OpSpread, 1, nil},
	{OpParse, 1, nil},
	{OpRemove, 1, []string{"col"}},
	{OpUnpivot, 1, []string{"key?", "value?"}},
}

// Default is the recipe of a table that nobody corrected: take, header,
// drop-totals, spread where cells are merged, parse.
func Default(source Source, layout table.Layout) Recipe {
	r := Recipe{
		Version: Version,
		Source:  source,
		Layout:  layout,
		Steps: []Step{
			{Op: OpTake, V: 1}, {Op: OpHeader, V: 1}, {Op: OpDropTotals, V: 1}, {Op: OpParse, V: 1},
		},
	}
	return r.Spreading()
}

// Spreading returns a recipe that repeats the text of its table's merged cells,
// where it has such and makes values of cells at all.
func (r Recipe) Spreading() Recipe {
	at := slices.IndexFunc(r.Steps, func(s Step) bool { return s.Op == OpParse })
	if at < 0 || len(r.Layout.Groups) == 0 || r.Has(OpSpread) {
		return r
	}
	r.Steps = slices.Insert(slices.Clone(r.Steps), at, Step{Op: OpSpread, V: 1})
	return r
}

// Error says what is wrong with a recipe.
type Error struct {
	Kind string // "recipe_version", "recipe_op", "recipe_args", "recipe_form"
	Step int    // counting from 1; 0: the whole
	Op   string
	Err  error
}

// Error is for logs; people read app/message.
func (e *Error) Error() string {
	s := fmt.Sprintf("%s in step %d (%s)", e.Kind, e.Step, e.Op)
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Code is the error's key in app/message.
func (e *Error) Code() string { return e.Kind }

// Values are the placeholders of the error's text.
func (e *Error) Values() map[string]string {
	return map[string]string{"Step": strconv.Itoa(e.Step), "Op": e.Op}
}

// Parse reads a recipe from JSON and checks it.
func Parse(data []byte) (Recipe, error) {
	var r Recipe
	if err := json.Unmarshal(data, &r); err != nil {
		return r, &Error{Kind: "recipe_form", Err: err}
	}
	return r, r.Check()
}

// Check reports the first thing that this program does not understand: another
// version, an unknown operation, a missing or foreign argument.
func (r Recipe) Check() error {
	if r.Version != Version {
		return &Error{Kind: "recipe_version"}
	}
	for i, s := range r.Steps {
		at := slices.IndexFunc(Ops[:], func(o Operation) bool { return o.Op == s.Op && o.V == s.V })
		if at < 0 {
			return &Error{Kind: "recipe_op", Step: i + 1, Op: s.Op}
		}
		if err := checkArgs(Ops[at].Args, s.Args); err != nil {
			return &Error{Kind: "recipe_args", Step: i + 1, Op: s.Op, Err: err}
		}
	}
	return nil
}

func checkArgs(known []string, args map[string]string) error {
	for _, k := range known {
		if _, has := args[k]; !has && k[len(k)-1] != '?' {
			return fmt.Errorf("%s is missing", k)
		}
	}
	for a, v := range args {
		if !slices.Contains(known, a) && !slices.Contains(known, a+"?") {
			return fmt.Errorf("%s is not an argument", a)
		}
		if a == "type" {
			if !slices.Contains(table.Types[:], table.Type(v)) {
				return fmt.Errorf("type %q", v)
			}
			continue
		}
		if other := map[string]string{ArgHidden: DropHidden, ArgAccents: MendAccents}[a]; other != "" {
			if v != "keep" && v != other {
				return fmt.Errorf("%s %q", a, v)
			}
			continue
		}
		switch a {
		case "format", "decimal", "group", "missing", "key", "value":
			continue
		}
		if n, err := strconv.Atoi(v); err != nil || n < 0 {
			return fmt.Errorf("%s must be a number from 0 on, not %q", a, v)
		}
	}
	return nil
}

// Has reports whether the recipe holds a step of that operation.
func (r Recipe) Has(op string) bool {
	return slices.ContainsFunc(r.Steps, func(s Step) bool { return s.Op == op })
}

// With returns a recipe with the step in place of an earlier one of the same
// operation and column, else at the end. The receiver stays as it is. A step
// about a column made by unpivot never takes the place of one before that.
func (r Recipe) With(step Step) Recipe {
	from := 0
	if _, about := step.Args["col"]; about {
		from = 1 + slices.IndexFunc(r.Steps, func(s Step) bool { return s.Op == OpUnpivot })
	}
	steps := slices.Clone(r.Steps)
	if at := slices.IndexFunc(steps[from:], func(s Step) bool { return s.covers(step) }); at >= 0 {
		steps[from+at] = step
	} else {
		steps = append(steps, step)
	}
	r.Steps = steps
	return r
}

// Without returns a recipe that lacks the steps which step would replace.
func (r Recipe) Without(step Step) Recipe {
	r.Steps = slices.DeleteFunc(slices.Clone(r.Steps), func(s Step) bool { return s.covers(step) })
	return r
}

// At is a step about a column, about the column that lies at another place.
func (s Step) At(col int) Step {
	s.Args = maps.Clone(s.Args)
	s.Args["col"] = strconv.Itoa(col)
	return s
}

func (s Step) covers(other Step) bool {
	return s.Op == other.Op && s.Args["col"] == other.Args["col"]
}
