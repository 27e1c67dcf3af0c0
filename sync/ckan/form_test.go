package ckan_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/sync/ckan"
	"chasqui/sync/portal"
)

// formAnswers are a portal's answers as CKAN 2.11 with ckanext-scheming gives
// them, shortened; the schema has fields of Honduras's of 2020.
var formAnswers = map[string]string{
	"status_show":                `{"ckan_version": "2.11.6", "site_title": "Datos", "extensions": ["scheming_datasets"]}`,
	"user_show":                  `{"name": "ana"}`,
	"organization_list_for_user": `[{"name": "muni", "title": "Municipalidad", "display_name": "Municipalidad"}]`,
	"group_list_authz":           `[{"name": "obras", "title": "", "display_name": "Obras"}]`,
	"license_list": `[{"id": "CC-BY-4.0", "title": "CC BY", "url": "https://creativecommons.org/licenses/by/4.0/", "od_conformance": "approved"},
		{"id": "cc-nc", "title": "NC", "od_conformance": "rejected"}, {"id": "old", "title": "Old", "is_okd_compliant": true}]`,
	"tag_list":        `["agua", "obras"]`,
	"vocabulary_list": `[{"name": "update_frequency", "tags": [{"name": "Mensual"}, {"name": "Anual"}]}]`,
	"scheming_dataset_schema_show": `{"scheming_version": 2, "dataset_fields": [
		{"field_name": "title", "label": {"es": "Nombre", "en": "Name"}, "preset": "title", "required": true},
		{"field_name": "frequency", "label": "Frecuencia", "preset": "select", "validators": "scheming_required scheming_choices not_empty",
		 "choices": [{"value": "R/P1M", "label": {"es": "Mensual"}}, {"value": 7, "label": "Siete"}]},
		{"field_name": "modified", "label": "Modificado", "preset": "date", "required": "true", "form_placeholder": "2026-03-31"},
		{"field_name": "contactPoint", "label": "Contacto", "validators": "not_empty email_validator"},
		{"field_name": "regions", "label": "Regiones", "preset": "multiple_checkbox", "choices": [{"value": "a", "label": "A"}]},
		{"field_name": "people", "label": "Personas", "repeating_subfields": [{"field_name": "name"}]}],
		"resource_fields": [{"field_name": "describedBy", "label": "Diccionario", "validators": "ignore_missing url_validator"}]}`,
}

// formPortal answers from a table of actions; what is not in it, with status.
func formPortal(t *testing.T, answers map[string]string, status int) string {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if a, ok := answers[path.Base(r.URL.Path)]; ok {
			w.Write([]byte(`{"success": true, "result": ` + a + `}`))
			return
		}
		w.WriteHeader(status)
		w.Write([]byte(`{"success": false, "error": {"__type": "Authorization Error", "message": "no"}}`))
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

func readForm(t *testing.T, url string) (portal.Form, error) {
	t.Helper()
	c := ckan.New(portal.Target{URL: url, Organization: "muni", Token: token("abcdef")})
	return c.(portal.Describer).Form(t.Context())
}

func TestAPortalTellsWhatItAsks(t *testing.T) {
	f, err := readForm(t, formPortal(t, formAnswers, http.StatusForbidden))
	if err != nil {
		t.Fatal(err)
	}
	want := portal.Form{
		Organizations: []portal.Choice{{Name: "muni", Title: "Municipalidad"}},
		Groups:        []portal.Choice{{Name: "obras", Title: "Obras"}},
		Licenses: []portal.FormLicense{
			{ID: "CC-BY-4.0", Title: "CC BY", URL: "https://creativecommons.org/licenses/by/4.0/", Open: true},
			{ID: "cc-nc", Title: "NC"}, {ID: "old", Title: "Old", Open: true},
		},
		Tags:         []string{"agua", "obras"},
		Vocabularies: map[string][]string{"update_frequency": {"Mensual", "Anual"}},
		Dataset: []portal.FormField{
			{Name: "title", Label: map[string]string{"es": "Nombre", "en": "Name"}, Required: true, Kind: "text"},
			{Name: "frequency", Label: map[string]string{"": "Frecuencia"}, Required: true, Kind: "choice", Choices: []portal.LabelledChoice{
				{Value: "R/P1M", Label: map[string]string{"es": "Mensual"}}, {Value: "7", Label: map[string]string{"": "Siete"}},
			}},
			{Name: "modified", Label: map[string]string{"": "Modificado"}, Example: "2026-03-31", Required: true, Kind: "date"},
			{Name: "contactPoint", Label: map[string]string{"": "Contacto"}, Required: true, Kind: "email"},
			{Name: "regions", Label: map[string]string{"": "Regiones"}, Kind: "choice", Multiple: true,
				Choices: []portal.LabelledChoice{{Value: "a", Label: map[string]string{"": "A"}}}},
		},
		Resource: []portal.FormField{{Name: "describedBy", Label: map[string]string{"": "Diccionario"}, Kind: "url"}},
	}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAPortalThatTellsLittleIsNoFailure(t *testing.T) {
	for _, status := range []int{http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound} {
		only := map[string]string{"status_show": formAnswers["status_show"], "user_show": formAnswers["user_show"],
			"organization_list_for_user": "[]", "license_list": formAnswers["license_list"]}
		f, err := readForm(t, formPortal(t, only, status))
		if err != nil || len(f.Licenses) != 3 || len(f.Dataset) != 0 {
			t.Errorf("%d: %v, %+v", status, err, f)
		}
	}
	if _, err := readForm(t, "http://127.0.0.1:9"); err == nil {
		t.Error("a portal out of reach gave a form")
	}
}

func TestTheFormOfARealCKAN(t *testing.T) {
	address, editor, org := os.Getenv("CHASQUI_CKAN_URL"), os.Getenv("CHASQUI_CKAN_TOKEN"), os.Getenv("CHASQUI_CKAN_ORG")
	if address == "" || editor == "" || org == "" {
		t.Skip("real CKAN: not run (CHASQUI_CKAN_URL, CHASQUI_CKAN_TOKEN and CHASQUI_CKAN_ORG name one)")
	}
	f, err := ckan.New(portal.Target{URL: address, Organization: org, Token: token(editor)}).(portal.Describer).Form(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(f.Organizations, func(c portal.Choice) bool { return c.Name == org }) {
		t.Errorf("our organization is not among %v", f.Organizations)
	}
	at := slices.IndexFunc(f.Licenses, func(l portal.FormLicense) bool { return l.ID == "cc-by" })
	if at < 0 || !f.Licenses[at].Open {
		t.Errorf("cc-by is not among the open licences: %v", f.Licenses)
	}
	if len(f.Dataset) > 0 && !slices.ContainsFunc(f.Dataset, func(x portal.FormField) bool { return x.Name == "notes" && x.Kind == "long" }) {
		t.Errorf("the portal's form has no description: %+v", f.Dataset)
	}
	t.Logf("%d licences, %d groups, %d fields", len(f.Licenses), len(f.Groups), len(f.Dataset))
}
