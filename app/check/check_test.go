package check

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
)

func TestNoticesKeepWhatTheySayAndDoubtIsAWarning(t *testing.T) {
	place := table.Place{Sheet: "Hoja1", Row: 7}
	got := FromNotices([]table.Notice{
		{Code: "values_do_not_fit", Place: place, Count: 2, Args: map[string]string{"field": "codigo"}},
		{Code: "mixed_line_ends"},
	})
	want := []Finding{
		{Code: "values_do_not_fit", Family: FamilyFile, Severity: Warning, Place: place, Count: 2, Args: map[string]string{"field": "codigo"}},
		{Code: "mixed_line_ends", Family: FamilyFile, Severity: Info},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHeadersAreReadAsPeopleWriteThem(t *testing.T) {
	cases := map[string][]string{
		"N° C.I.":                {"ci"},
		"Correo electrónico":     {"correo", "electronico"},
		"nroDocumento":           {"documento"},
		"numdni":                 {"dni"},
		"E-mail":                 {"e", "mail"},
		"R. U. C. del proveedor": {"ruc", "proveedor"},
		"TELÉFONO/CELULAR":       {"telefono", "celular"},
		"":                       nil,
	}
	for title, want := range cases {
		if diff := cmp.Diff(want, headerTokens(title)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", title, diff)
		}
	}
}
