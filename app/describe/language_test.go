package describe

import "testing"

func TestTheLanguageIsReadFromTheWordsOfTheData(t *testing.T) {
	for want, texts := range map[string][]string{
		"es": {"Ejecución presupuestaria al 31 de marzo de 2026", "Código", "Partida", "Descripción", "Monto", "Fecha"},
		"pt": {"Despesas da prefeitura", "Órgão", "Fornecedor", "Valor empenhado", "Situação", "Data"},
		"fr": {"Subventions versées par la commune", "Bénéficiaire", "Montant", "Année"},
		"en": {"Contracts of the town council", "Vendor", "Amount", "Date"},
		"":   {"ID", "A", "2026", "Total"},
	} {
		if got := LanguageIn(texts...); got != want {
			t.Errorf("%q: %q, want %q", texts, got, want)
		}
	}
	for want, headers := range map[string][]string{
		"es": {"codigo", "partida", "descripcion", "presupuesto", "ejecutado", "fecha", "proveedor"}, // without accents, as exports have them
		"pt": {"nome", "cargo", "salario", "matricula", "secretaria", "servidor", "municipio"},
	} {
		if got := LanguageIn(headers...); got != want {
			t.Errorf("%q: %q, want %q", headers, got, want)
		}
	}
	if got := LanguageIn("Nombre", "Name", "Año", "Year", "Monto", "Amount"); got != "" {
		t.Errorf("headers in two languages are %q", got)
	}
}
