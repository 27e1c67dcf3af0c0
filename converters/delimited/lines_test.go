package delimited

import (
	"slices"
	"testing"
)

func TestRecordsPastedIntoAColumnAreSplit(t *testing.T) {
	l := NewLines([]string{"depto,municipio,casos", `Lima,"Lima, Cercado",5`, "Cusco,Anta,7", "Puno,Juli,"})
	if l == nil {
		t.Fatal("not taken for delimited")
	}
	for record, want := range map[string][]string{
		`Lima,"Lima, ""Cercado""",5`: {"Lima", `Lima, "Cercado"`, "5"},
		"Puno,Juli,":                 {"Puno", "Juli", ""},
		"Fuente: INEI":               {"Fuente: INEI"},
		"a,b\nc,d":                   {"a,b\nc,d"},
	} {
		var got []string
		for _, c := range l.Split(record) {
			got = append(got, c.Text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q gives %q, want %q", record, got, want)
		}
	}
}

func TestColumnsOfTextAreNotTakenForDelimited(t *testing.T) {
	for name, records := range map[string][]string{
		"addresses":      {"Dirección", "Av. Grau 1, Lima, Perú", "Jr. Unión 2, Cusco, Perú", "Calle 8, Puno, Perú"},
		"names":          {"Pérez, Ana", "Ruiz, Luis", "Díaz, Eva", "Soto, Juan"},
		"lists":          {"Servicios", "agua; luz", "gas; agua", "luz; agua"},
		"prose":          {"El informe, como se dijo, está listo.", "Ayer no.", "Hoy, mañana, o el lunes, tal vez."},
		"times":          {"10:30", "11:45", "12:00"},
		"too few to say": {"a;b;c", "1;2;3"},
	} {
		if NewLines(records) != nil {
			t.Errorf("%s are taken for delimited", name)
		}
	}
}
