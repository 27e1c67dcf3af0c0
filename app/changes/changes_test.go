package changes

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func anything(string) bool { return true }

// words are the columns whose names say that they are no amounts.
func words(name string) bool { return name != "monto" && name != "saldo" }

func TestEditionsAreComparedRecordByRecord(t *testing.T) {
	for _, c := range []struct {
		name, before, after string
		may                 Identifying
		want                Changes
	}{
		{"nothing", "codigo,monto\n1,10\n2,20\n", "codigo,monto\n1,10\n2,20\n", words, Changes{Key: []string{"codigo"}, Before: 2, After: 2}},
		{"added, gone and changed", "codigo,monto\n1,10\n2,20\n3,30\n", "codigo,monto\n1,10\n2,25\n4,40\n5,50\n", words,
			Changes{Key: []string{"codigo"}, Before: 3, After: 4, Added: 2, Removed: 1, Changed: 1, Columns: []Column{{"monto", 1}}}},
		{"another order of rows and columns", "codigo,monto\n1,10\n2,20\n", "monto,codigo\n20,2\n10,1\n", words, Changes{Key: []string{"codigo"}, Before: 2, After: 2}},
		{"two columns identify a record", "barrio,mes,monto\na,1,5\na,2,6\nb,1,7\n", "barrio,mes,monto\na,1,5\na,2,9\nb,1,7\n", words,
			Changes{Key: []string{"barrio", "mes"}, Before: 3, After: 3, Changed: 1, Columns: []Column{{"monto", 1}}}},
		{"amounts identify nothing", "barrio,monto\na,5\na,6\n", "barrio,monto\na,6\na,7\n", words, Changes{Before: 2, After: 2, Added: 1, Removed: 1}},
		{"equal records are counted one by one", "barrio\na\na\nb\n", "barrio\na\nb\nb\n", words, Changes{Before: 3, After: 3, Added: 1, Removed: 1}},
		{"a missing value becomes one", "codigo,monto\n1,\n2,20\n", "codigo,monto\n1,10\n2,20\n", words,
			Changes{Key: []string{"codigo"}, Before: 2, After: 2, Changed: 1, Columns: []Column{{"monto", 1}}}},
		{"columns come and go", "codigo,viejo\n1,a\n", "codigo,nuevo\n1,b\n", words,
			Changes{Key: []string{"codigo"}, Before: 1, After: 1, NewColumns: []string{"nuevo"}, LostColumn: []string{"viejo"}}},
		{"line breaks and quotes inside", "codigo,nota\n1,\"dos\nlíneas\"\n", "codigo,nota\n1,\"dos \"\"líneas\"\"\"\n", words,
			Changes{Key: []string{"codigo"}, Before: 1, After: 1, Changed: 1, Columns: []Column{{"nota", 1}}}},
		{"no records before", "codigo,monto\n", "codigo,monto\n1,10\n", words, Changes{Key: []string{"codigo"}, After: 1, Added: 1}},
	} {
		got, err := Compare(strings.NewReader(c.before), strings.NewReader(c.after), c.may)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got)\n%s", c.name, d)
		}
		if got.None() != (c.name == "nothing" || c.name == "another order of rows and columns") {
			t.Errorf("%s: None is %v", c.name, got.None())
		}
	}
}

func TestATableTooLargeIsComparedByWholeRecords(t *testing.T) {
	var before, after strings.Builder
	before.WriteString("a,b\n")
	after.WriteString("a,b\n")
	for i := range 1000 {
		line := fmt.Sprintf("%d,x\n", i)
		before.WriteString(line)
		if i != 5 {
			after.WriteString(line)
		}
	}
	got, err := compare(strings.NewReader(before.String()), strings.NewReader(after.String()), anything, 500)
	if err != nil || got.Key != nil || got.Added != 0 || got.Removed != 1 {
		t.Errorf("got %+v, %v; want one record gone", got, err)
	}
}

func TestACutTableIsAnError(t *testing.T) {
	if _, err := Compare(strings.NewReader("a\n\"x"), strings.NewReader("a\nx\n"), anything); err == nil || !strings.Contains(err.Error(), "before") {
		t.Errorf("got %v", err)
	}
}
