package describe

import (
	"testing"
)

func TestTextsAreAboutSomething(t *testing.T) {
	for text, want := range map[string]string{
		"Ejecución presupuestal del gasto":   "ECON",
		"Obras públicas por contrata":        "REGI",
		"Planilla de remuneraciones":         "GOVE",
		"Padrón de usuarios de agua potable": "ENVI",
		"Folha de pagamento":                 "GOVE",
		"Accidentes de tránsito":             "TRAN",
		"Lista de cosas":                     "",
	} {
		got := ""
		if found := Subjects(text); len(found) > 0 {
			got = found[0].Theme
		}
		if got != want {
			t.Errorf("%q is about %q, want %q", text, got, want)
		}
	}
	if got := shipped(t, "ec").Theme("ECON"); got != "economia-y-finanzas" {
		t.Errorf("Ecuador calls ECON %q", got)
	}
}

func TestHeadersFindTheirMeaning(t *testing.T) {
	if n := len(KnownColumns()); n < 60 {
		t.Errorf("%d columns are known", n)
	}
	seen := map[string]bool{}
	for _, c := range KnownColumns() {
		for _, n := range c.Names {
			if seen[n] {
				t.Errorf("%q stands twice", n)
			}
			seen[n] = true
		}
		for _, lang := range languages {
			if c.Meaning[lang] == "" || len(c.Unit) > 0 && c.Unit[lang] == "" {
				t.Errorf("%s has no words in %s", c.Names[0], lang)
			}
		}
	}
	for header, want := range map[string]string{
		"PIM": "Presupuesto con los cambios hasta la fecha", "Fecha de inicio": "Día en que empieza",
		"FECHA DE INICIO DE OBRA": "Día en que empieza", "Código UBIGEO": "Código del distrito, la provincia o el departamento",
		"Monto contratado": "Dinero acordado en el contrato", "Código de la cosa": "", "Fechas": "",
	} {
		c, _ := ColumnCalled(header)
		if got := c.Meaning.In("es"); got != want {
			t.Errorf("%q means %q, want %q", header, got, want)
		}
	}
}

func TestFrequencyFromWordsAndFromGaps(t *testing.T) {
	for text, want := range map[string]string{
		"Planilla mensual": "MONTHLY", "Informe bimestral": "BIMONTHLY", "Reporte cuatrimestral": "ANNUAL_3",
		"Relatório trimestral": "QUARTERLY", "Plan anual": "ANNUAL", "Obras": "",
	} {
		if got := FrequencyIn(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	for _, c := range []struct {
		gaps []int
		want string
	}{{[]int{31, 28, 31}, "MONTHLY"}, {[]int{365, 366}, "ANNUAL"}, {[]int{31, 92}, ""}, {nil, ""}} {
		if got := FrequencyOf(c.gaps); got != c.want {
			t.Errorf("%v: %q, want %q", c.gaps, got, c.want)
		}
	}
}

func TestPlacesAreFoundByCodeAndByNameWithinTheirCountry(t *testing.T) {
	for _, c := range []struct{ text, country, want string }{
		{"Ayacucho, Perú (PE-AYA)", "", "PE-AYA"}, {"ayacucho", "PE", "PE-AYA"}, {"AYACUCHO", "", "PE-AYA"},
		{"La Paz", "HN", "HN-LP"}, {"La Paz", "SV", "SV-PA"}, {"La Paz", "", ""}, {"Distrito de Santa Rosa", "PE", ""},
		{"Áncash", "PE", "PE-ANC"}, {"Ancash", "PE", "PE-ANC"},
	} {
		p, _ := PlaceIn(c.text, c.country)
		if p.Code != c.want {
			t.Errorf("%q in %q is %q, want %q", c.text, c.country, p.Code, c.want)
		}
	}
	for country, n := range map[string]int{"CR": 7, "DO": 32, "EC": 24, "GT": 22, "HN": 18, "PE": 26, "SV": 14} {
		if got := len(Places(country)); got != n {
			t.Errorf("%s has %d places, want %d", country, got, n)
		}
	}
}
