package table

import "testing"

func TestAMachineNameIsMadeOfATitle(t *testing.T) {
	for title, want := range map[string]string{
		"Código de región":        "codigo_de_region",
		"Co\u0301digo":            "codigo",
		"Año":                     "anio",
		"% de avance":             "pct_de_avance",
		"Avance %":                "avance_pct",
		"2019":                    "c_2019",
		"¿?":                      "",
		"Municipalité (français)": "municipalite_francais",
	} {
		if got := MachineName(title); got != want {
			t.Errorf("%q is named %q, want %q", title, got, want)
		}
	}
}
