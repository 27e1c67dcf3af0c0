package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAPortalsLicencesWinAndKeepTheirNames(t *testing.T) {
	p := shipped(t, "hn").At(Live{Licenses: []License{
		{CKAN: "ODbL-1.0", Title: "Open Database License", Open: true},
		{CKAN: "CC-BY-4.0", Title: "CC BY", URL: "https://creativecommons.org/licenses/by/4.0/", Open: true},
		{CKAN: "muni-1", Title: "Licencia municipal"},
	}})
	var ids []string
	for _, l := range p.Licenses {
		ids = append(ids, l.ID+"="+l.CKAN)
	}
	if diff := cmp.Diff([]string{"cc-by-4.0=CC-BY-4.0", "odbl-1.0=ODbL-1.0", "muni-1=muni-1"}, ids); diff != "" {
		t.Errorf("licences (-want +got):\n%s", diff)
	}
	d := Description{License: "cc-by-4.0"}
	if got := p.CKAN(d, nil).Core["license_id"]; got != "CC-BY-4.0" {
		t.Errorf("sent as %q", got)
	}
	if stray := p.Stray(Description{License: "odc-by-1.0"}); stray["license"] == nil || len(p.Stray(d)) > 0 {
		t.Errorf("stray: %v, %v", stray, p.Stray(d))
	}
	if err := p.Set(&d, "license", "odc-by-1.0"); err == nil {
		t.Error("a licence that the portal does not know was taken")
	}
}

func TestAPortalsGroupsAreItsThemes(t *testing.T) {
	groups := []Term{{Code: "finanzas", Label: Text{"es": "Economía y finanzas"}}, {Code: "mi-barrio", Label: Text{"es": "Mi barrio"}}}
	p := shipped(t, "latam").At(Live{Groups: groups})
	d := Description{Theme: "ECON"} // chosen before the portal was asked
	if got := p.CKAN(d, nil).Groups; !cmp.Equal(got, []string{"finanzas"}) {
		t.Errorf("sent to the groups %v", got)
	}
	if err := p.Set(&d, "theme", "mi-barrio"); err != nil {
		t.Fatal(err)
	}
	if got := p.CKAN(d, nil).Groups; !cmp.Equal(got, []string{"mi-barrio"}) {
		t.Errorf("sent to the groups %v", got)
	}
	if got := shipped(t, "hn-2020").At(Live{Groups: groups}).CKAN(Description{Theme: "hacienda"}, nil).Groups; !cmp.Equal(got, []string{"finanzas"}) {
		t.Errorf("a national theme goes to %v", got)
	}
}

func TestAPortalThatWantsEveryFileDescribedGetsIt(t *testing.T) {
	d := Description{Description: "Cada fila es un pago."}
	if m := shipped(t, "generic").At(Live{FileDescription: true}).CKAN(d, nil); m.Resource["description"] != d.Description {
		t.Errorf("of each file: %v", m.Resource)
	}
	if m := shipped(t, "generic").At(Live{}).CKAN(d, nil); len(m.Resource) > 0 {
		t.Errorf("of each file, though nobody asks: %v", m.Resource)
	}
}

func TestWithoutGroupsOfOursNoneIsSent(t *testing.T) {
	m := shipped(t, "hn-2020").At(Live{}).CKAN(Description{Theme: "hacienda"}, nil)
	if len(m.Groups) > 0 || m.Extras["theme"] != "http://publications.europa.eu/resource/authority/data-theme/ECON" {
		t.Errorf("groups %v, extras %v", m.Groups, m.Extras)
	}
}

func TestAPortalsOwnFormIsAskedAndSent(t *testing.T) {
	p := shipped(t, "generic").At(Live{Fields: []LiveField{
		{Name: "title", Required: true, Form: FormText},
		{Name: "tag_string", Required: true, Form: FormList},
		{Name: "maintainer", Required: true, Form: FormText},
		{Name: "owner_org", Required: true, Form: FormText},
		{Name: "frequency", Required: true, Form: FormChoice, Choices: []Term{
			{Code: "R/P1M", Label: Text{"es": "Mensual"}}, {Code: "cada-luna", Label: Text{"es": "Cada luna"}}, {Code: "ANNUAL"},
		}},
		{Name: "Categoría de obra", Label: Text{"es": "Categoría de obra"}, Required: true, Form: FormChoice, List: true, Choices: []Term{{Code: "vial"}}},
		{Name: "theme", Form: FormChoice, Choices: []Term{{Code: "obras"}}},
	}})
	want := []string{"title", "description", "keywords", "frequency", "license", "publisher", "contact", "categor_a_de_obra"}
	if diff := cmp.Diff(want, p.Lacking(Description{})); diff != "" {
		t.Errorf("lacking (-want +got):\n%s", diff)
	}
	var d Description
	sets(t, p, &d, "frequency", "MONTHLY", "categor_a_de_obra", "vial", "portal_theme", "obras", "theme", "ECON")
	m := p.CKAN(d, nil)
	if diff := cmp.Diff(map[string]any{"frequency": "R/P1M", "Categoría de obra": []string{"vial"}, "theme": "obras"}, m.Top); diff != "" {
		t.Errorf("top fields (-want +got):\n%s", diff)
	}
	if _, extra := m.Extras["frequency"]; extra {
		t.Error("the frequency is sent as an extra too, which CKAN refuses")
	}
	if err := p.Set(&d, "frequency", "WEEKLY"); err == nil {
		t.Error("a frequency that the portal has no word for was taken")
	}
	if _, changed := shipped(t, "generic").Field("portal_theme"); changed {
		t.Error("the shipped profile was changed")
	}
}
