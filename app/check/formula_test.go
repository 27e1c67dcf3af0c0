package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
)

func TestFormulasAreToldFromNumbersAndTelephones(t *testing.T) {
	for s, want := range map[string]bool{
		"=1+1": true, "=HYPERLINK(\"http://x\")": true, "@SUM(A1)": true, "+cmd|' /C calc'!A0": true, "-A1*2": true,
		"\t=1+1": true, "\r+A1": true, "- Obras públicas": true, "-2+3+cmd|' /C calc'!A0": true,
		"": false, "-": false, "--": false, "=": false, "@": false, "-5": false, "-1.234,50": false, "-1E5": false, "+51 999 888 777": false,
		"+54 (11) 4321-0987": false, "-12 %": false, "-$ 5": false, "a=1": false, "\ttexto": false, "Año": false,
	} {
		if got := IsFormulaLike(s); got != want {
			t.Errorf("IsFormulaLike(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestFormulasAreCountedInTextsOnly(t *testing.T) {
	f := NewFormulas([]table.Field{{Col: 2, Title: "Obra", Type: table.TypeString}, {Col: 3, Type: table.TypeNumber}, {Col: 4, Title: "Monto", Type: table.TypeNumber}})
	f.Add([]table.Value{{Text: "=1+1"}, {Text: "-5"}, {Text: "=A1", Status: table.Misfit}})
	f.Add([]table.Value{{Text: "=2"}, {Status: table.Missing}, {Text: "7"}})
	want := []table.Notice{
		{Code: FormulaLike, Place: table.Place{Col: 2}, Count: 2, Args: map[string]string{"title": "Obra"}},
		{Code: FormulaLike, Place: table.Place{Col: 4}, Count: 1, Args: map[string]string{"title": "Monto"}},
	}
	if d := cmp.Diff(want, f.Notices()); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestFormulasOfALineAreThoseOfItsValues(t *testing.T) {
	fields := []table.Field{{Col: 1, Title: "a", Type: table.TypeString}, {Col: 2, Title: "b", Type: table.TypeString}, {Col: 3, Title: "c", Type: table.TypeNumber}}
	byValues, byLine := NewFormulas(fields), NewFormulas(fields)
	for _, text := range []string{"=1;-5;=2", ";@A1;", "-A1;+51 1;x"} {
		values := []table.Value{}
		for _, v := range strings.Split(text, ";") {
			values = append(values, table.Value{Text: v})
		}
		byValues.Add(values)
		byLine.AddLine(&table.Line{Text: text, Ends: append(table.AppendPlaces(nil, text, ';'), int32(len(text)))})
	}
	if d := cmp.Diff(byValues.Notices(), byLine.Notices()); d != "" || len(byLine.Notices()) != 2 {
		t.Errorf("(-values +line)\n%s", d)
	}
}
