package message

import (
	"testing"

	"chasqui/app/changes"
)

func TestWhatChangedIsSaidForCitizens(t *testing.T) {
	title := func(name string) string { return map[string]string{"monto": "Monto"}[name] }
	for _, c := range []struct {
		name    string
		changes changes.Changes
		want    string
	}{
		{"nothing", changes.Changes{Before: 2, After: 2}, "sin cambios en los datos"},
		{"some of each", changes.Changes{Before: 10, After: 21, Added: 12, Removed: 1, Changed: 1, Columns: []changes.Column{{Name: "monto", Count: 1}}},
			"12 registros nuevos; 1 registro ya no está; 1 valor de «Monto» cambió"},
		{"all others", changes.Changes{Before: 10, After: 12, Added: 12, Removed: 10}, "12 registros, todos distintos de los de antes"},
		{"many columns", changes.Changes{Before: 1, After: 1, Changed: 1, Columns: []changes.Column{{Name: "monto", Count: 2}, {Name: "monto", Count: 1}, {Name: "monto", Count: 1}, {Name: "monto", Count: 1}, {Name: "monto", Count: 1}}},
			"2 valores de «Monto» cambiaron; 1 valor de «Monto» cambió; 1 valor de «Monto» cambió; y los de 2 columnas más"},
		{"another shape", changes.Changes{Before: 1, After: 1, NewColumns: []string{"monto"}, LostColumn: []string{"saldo"}}, "columna nueva: Monto; ya no está la columna saldo"},
	} {
		if got := New("es").Changes(c.changes, title); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
