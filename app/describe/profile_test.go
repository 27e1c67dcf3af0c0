package describe

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// languages are those of the program.
var languages = [...]string{"es", "en", "pt", "fr"}

func TestEveryProfileShipsWithLabelHelpAndExampleInFourLanguages(t *testing.T) {
	want := []string{"generic", "cr", "dcat-ap-3", "do", "ec", "ec-lotaip", "gt", "hn", "hn-2020", "latam", "pe", "sv"}
	if diff := cmp.Diff(want, Shipped().IDs()); diff != "" {
		t.Fatalf("profiles (-want +got):\n%s", diff)
	}
	whole := func(where string, text Text) {
		for _, lang := range languages {
			if strings.TrimSpace(text[lang]) == "" {
				t.Errorf("%s has no words in %s", where, lang)
			}
		}
	}
	for _, p := range Shipped().All() {
		whole(p.ID, p.Title)
		whole(p.ID+" about", p.About)
		for _, f := range p.Fields {
			whole(p.ID+" "+f.Key, f.Label)
			if f.Form != FormAuto {
				whole(p.ID+" "+f.Key+" help", f.Help)
				whole(p.ID+" "+f.Key+" example", f.Example)
			}
		}
		for name, terms := range p.Vocabularies {
			for _, term := range terms {
				whole(p.ID+" "+name+" "+term.Code, term.Label)
			}
		}
		for _, l := range p.Licenses {
			whole(p.ID+" "+l.ID, l.Label)
		}
	}
	for _, list := range Lists {
		for _, term := range Vocabulary(list) {
			whole(list+" "+term.Code, term.Label)
		}
	}
}

// digest are the fields that the sources ask outright, without a question
// mark, and that a person fills in.
var digest = map[string][]string{
	// Red GEALC, Perfil Regional de Metadatos 0.1.0-beta
	"latam": {"title", "description", "publisher", "frequency"},
	// datopian/ckanext-honduras, dataset schema of 2020-03-06
	"hn-2020": {"title", "description", "keywords", "frequency", "license", "email"},
	// LOTAIP 2023, as three programs have it
	"ec-lotaip": {"frequency", "publisher", "unit", "contact", "email", "phone"},
	// DKAN 7
	"pe": {"title"},
	// DCAT-AP 3.0.1
	"dcat-ap-3": {"title", "description"},
}

func TestWhatTheSourcesAskOutrightIsMandatory(t *testing.T) {
	for id, keys := range digest {
		p := shipped(t, id)
		for _, key := range keys {
			f, ok := p.Field(key)
			if !ok || !f.Blocks() || f.Basis == "" {
				t.Errorf("%s: %s is asked %v, blocks %v, by %q", id, key, ok, f.Blocks(), f.Basis)
			}
		}
	}
	modified, _ := shipped(t, "hn-2020").Field("modified")
	if modified.Form != FormAuto || modified.CKAN.As != "top" {
		t.Errorf("hn-2020: modified, which it requires, is filled in as %+v", modified)
	}
}

// bindsTheExecutive are the countries whose open-data policy binds the
// executive only.
var bindsTheExecutive = []string{"ec", "do"}

var duty = regexp.MustCompile(`(?i)(obliga|exige|debe).{0,40}(municip|ayuntam|alcald)`)

func TestNoTextTellsAMunicipalityThatAPolicyObligesIt(t *testing.T) {
	for _, p := range Shipped().All() {
		if m := duty.FindString(p.About["es"]); m != "" && !slices.Contains(bindsTheExecutive, p.ID) {
			t.Errorf("%s says %q", p.ID, m)
		}
	}
	for _, id := range bindsTheExecutive {
		if about := shipped(t, id).About["es"]; !strings.Contains(about, "no a los municipios") && !strings.Contains(about, "decisión propia") {
			t.Errorf("%s does not say that the policy leaves municipalities out: %s", id, about)
		}
	}
}

func TestLicencesSayWhetherTheyAreOpen(t *testing.T) {
	do := shipped(t, "do")
	if l := do.Licenses[0]; l.ID != "odbl-1.0" || !l.Open || do.Defaults["license"] != "odbl-1.0" {
		t.Errorf("the Dominican Republic's licence is %+v, proposed %q", l, do.Defaults["license"])
	}
	sv := shipped(t, "sv")
	if l, ok := sv.License("cc-by-nc-sa-4.0"); !ok || l.Open {
		t.Errorf("the licence of El Salvador's transparency portal: %v, open %v", ok, l.Open)
	}
	h20 := shipped(t, "hn-2020")
	if l, _ := h20.License("cc-by-4.0"); l.CKAN != "CC-BY-4.0" || l.EU == "" {
		t.Errorf("Honduras calls CC BY %q, in the EU table %q", l.CKAN, l.EU)
	}
	for address, want := range map[string]string{
		"http://www.opendefinition.org/licenses/odc-odbl":                    "odbl-1.0",
		"https://creativecommons.org/licenses/by/4.0":                        "cc-by-4.0",
		"http://publications.europa.eu/resource/authority/licence/CC_BY_4_0": "cc-by-4.0",
	} {
		if l, _ := LicenseAt(address); l.ID != want {
			t.Errorf("%s is %q, want %q", address, l.ID, want)
		}
	}
}

func TestEcuadorExpectsThreeFiles(t *testing.T) {
	var kinds, names []string
	for _, f := range shipped(t, "ec").Files {
		kinds = append(kinds, f.Kind)
		names = append(names, f.FileName(map[string]string{"office": "GADMR", "subject": "Obras", "period": "2026Marzo"}))
	}
	if diff := cmp.Diff([]string{"GADMR_Obras_2026Marzo", "GADMR_Obras_PM_2026Marzo", "GADMR_Obras_DD_2026Marzo"}, names); diff != "" {
		t.Errorf("%v (-want +got):\n%s", kinds, diff)
	}
	if got := shipped(t, "ec").Files[1].FileName(map[string]string{"subject": "Obras"}); got != "Obras_PM" {
		t.Errorf("without office and period the name is %q", got)
	}
	lotaip := shipped(t, "ec-lotaip")
	d := Description{Publisher: "GAD Rivera", Frequency: "MONTHLY", Contact: "Ana", Email: "a@b.example", License: "cc-by-4.0", Language: "es"}
	for key, value := range map[string]string{"unit": "Dirección Financiera", "phone": "07 283 4567"} {
		if err := lotaip.Set(&d, key, value); err != nil {
			t.Fatal(err)
		}
	}
	rows := lotaip.Files[1].Content(lotaip, d, map[string]string{"modified": "2026-03-31"}, nil)
	if len(rows) != 7 || rows[0][1] != "2026-03-31" || rows[1][1] != "MENSUAL" || rows[2][1] != "Dirección Financiera" || rows[5][1] != "07 283 4567" {
		t.Errorf("Metadatos: %q", rows)
	}
	rows = lotaip.Files[2].Content(lotaip, d, nil, []ColumnWords{{Name: "monto", Description: "Lo pagado", Unit: "USD"}})
	if diff := cmp.Diff([][]string{{"Institución", "GAD Rivera"}, {"monto", "Lo pagado (USD)"}}, rows); diff != "" {
		t.Errorf("Diccionario (-want +got):\n%s", diff)
	}
}

func uruguay(t *testing.T) (*Profiles, Profile) {
	t.Helper()
	data, err := os.ReadFile("testdata/uy.json")
	if err != nil {
		t.Fatal(err)
	}
	ps, errs := Shipped().With(data)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	p, _ := ps.Of("uy")
	return ps, p
}

// TestAHandWrittenProfileOfAnotherCountryWorks goes from the form to the portal
// with the fields that Uruguay's plug-in requires.
func TestAHandWrittenProfileOfAnotherCountryWorks(t *testing.T) {
	_, uy := uruguay(t)
	want := []string{"title", "description", "license", "publisher", "author", "author_email", "contact", "email", "version"}
	if diff := cmp.Diff(want, uy.Lacking(Description{})); diff != "" {
		t.Errorf("lacking (-want +got):\n%s", diff)
	}
	d := Description{Profile: "uy"}
	for _, set := range [][2]string{
		{"title", "Paradas"}, {"description", "Cada fila es una parada."}, {"license", "ODC-UY"}, {"publisher", "Intendencia"},
		{"author", "Tránsito"}, {"author_email", "t@rivera.example"}, {"contact", "Ana"}, {"email", "a@rivera.example"},
		{"version", "2"}, {"frequency", "monthly"}, {"spatial_ref_system", "epsg:4326"},
	} {
		if err := uy.Set(&d, set[0], set[1]); err != nil {
			t.Fatal(err)
		}
	}
	if lacking := uy.Lacking(d); len(lacking) > 0 {
		t.Errorf("%v still lacks", lacking)
	}
	m := uy.CKAN(d, map[string]string{"modified": "2026-03-31"})
	core := map[string]string{
		"title": "Paradas", "notes": "Cada fila es una parada.", "license_id": "odc-uy", "author": "Tránsito",
		"author_email": "t@rivera.example", "maintainer": "Ana", "maintainer_email": "a@rivera.example", "version": "2",
	}
	if diff := cmp.Diff(core, m.Core); diff != "" {
		t.Errorf("core fields (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]any{"spatial_ref_system": "EPSG:4326"}, m.Top); diff != "" {
		t.Errorf("top fields (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"description": "Cada fila es una parada.", "update_frequency": "30"}, m.Resource); diff != "" {
		t.Errorf("of each file (-want +got):\n%s", diff)
	}
}

func TestEachPortalGetsItsOwnWords(t *testing.T) {
	d := Description{
		Title: "T", Description: "D", Frequency: "MONTHLY", Language: "es", Email: "a@b.example", License: "cc-by-4.0",
		Keywords: []string{"a", "b"}, Temporal: "2026-01-01/2026-03-31",
	}
	ec := shipped(t, "ec").CKAN(d, nil)
	if ec.Top["update_frequency"] != "Mensual" || ec.Top["dataset_lang"] != "español" || ec.Core["author_email"] != "a@b.example" {
		t.Errorf("ec: %+v", ec)
	}
	if _, extra := ec.Extras["frequency"]; extra {
		t.Error("ec: the frequency is an extra too")
	}
	if hn := shipped(t, "hn").CKAN(d, nil); hn.Extras["frequency"] != "Mensual" {
		t.Errorf("hn: %+v", hn.Extras)
	}
	h20 := shipped(t, "hn-2020").CKAN(d, map[string]string{"modified": "2026-03-31"})
	want := map[string]any{"frequency": "R/P1M", "temporal": "2026-01-01/2026-03-31", "contactPoint": "a@b.example", "modified": "2026-03-31"}
	if diff := cmp.Diff(want, h20.Top); diff != "" {
		t.Errorf("hn-2020 (-want +got):\n%s", diff)
	}
	if h20.Core["license_id"] != "CC-BY-4.0" {
		t.Errorf("hn-2020: licence %q", h20.Core["license_id"])
	}
	generic := shipped(t, "generic").CKAN(d, nil)
	if generic.Extras["temporal_start"] != "2026-01-01" || generic.Extras["temporal_end"] != "2026-03-31" || !cmp.Equal(generic.Tags, d.Keywords) {
		t.Errorf("generic: %+v", generic)
	}
	if generic.Extras["frequency"] != "http://publications.europa.eu/resource/authority/frequency/MONTHLY" {
		t.Errorf("generic: frequency %q", generic.Extras["frequency"])
	}
	d.Theme = "hacienda"
	if h20 = shipped(t, "hn-2020").CKAN(d, nil); !cmp.Equal(h20.Groups, []string{"hacienda"}) {
		t.Errorf("hn-2020: groups %v", h20.Groups)
	}
	if got := shipped(t, "hn-2020").IRI("theme", "hacienda"); !strings.HasSuffix(got, "/data-theme/ECON") {
		t.Errorf("a national theme is %q in linked data", got)
	}
}
