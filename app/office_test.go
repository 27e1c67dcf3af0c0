package app

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/app/clean"
	"chasqui/app/describe"
	"chasqui/sync/portal"
)

// officeOf gives an App's office its words.
func officeOf(t *testing.T, a *App, pairs ...string) Office {
	t.Helper()
	var sets []Assignment
	for i := 0; i < len(pairs); i += 2 {
		sets = append(sets, Assignment{pairs[i], pairs[i+1]})
	}
	o, err := a.EditOffice(t.Context(), sets)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

const payroll = `ubigeo,departamento,provincia,distrito,cargo,remuneracion,fecha_ingreso
050507,Ayacucho,La Mar,San Miguel,Asistente,1800.50,2024-03-01
050507,Ayacucho,La Mar,San Miguel,Gerente,4200.00,2025-01-02
050507,Ayacucho,La Mar,San Miguel,Chofer,1500.00,2022-09-15
`

// TestAClerkChoosesHerCountryOnceAndGetsAFormMostlyFilled is what the office's
// description is for.
func TestAClerkChoosesHerCountryOnceAndGetsAFormMostlyFilled(t *testing.T) {
	a := opened(t)
	officeOf(t, a, "country", "pe", "name", "Municipalidad de San Miguel", "unit", "Oficina de Presupuesto", "email", "t@muni.example", "place", "PE-AYA")
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "Planilla_marzo_2026.csv", payroll)})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"profile": "pe", "title": "Planilla marzo 2026", "theme": "gobernabilidad", "license": "odc-by-1.0",
		"temporal": "2026-03-01/2026-03-31", "frequency": "MONTHLY", "keywords": "personal",
		"publisher": "Municipalidad de San Miguel", "contact": "Oficina de Presupuesto", "email": "t@muni.example",
		"spatial": "San Miguel, La Mar, Ayacucho, Perú (PE-AYA)", "language": "es", "access_rights": "PUBLIC",
		"rights": "Citando la fuente (ODC-By 1.0): https://opendatacommons.org/licenses/by/1-0/",
	}
	got := map[string]string{}
	for _, key := range d.Profile.Keys() {
		if v := d.Description.Get(key); v != "" {
			got[key] = v
			if d.Description.Proposed[key] == "" && key != "profile" {
				t.Errorf("%s is not shown as a proposal", key)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("described as (-want +got):\n%s", diff)
	}
	if lacking := d.Profile.Lacking(d.Description); !cmp.Equal(lacking, []string{"description"}) {
		t.Errorf("lacking %v", lacking)
	}
	pay := column(t, d, "remuneracion")
	if pay.Description == "" || pay.Unit != "PEN" || pay.Proposed["unit"] != FromShared {
		t.Errorf("the pay is %+v", pay)
	}
	if code := column(t, d, "ubigeo"); code.Codes != "UBIGEO del INEI" {
		t.Errorf("the place's codes are of %q", code.Codes)
	}
	if score := d.Score(); score.Points != 295 || score.Next[0].Key != "description" {
		t.Errorf("%d points, next %v", score.Points, score.Next)
	}
}

func TestProposalsCanBeAnsweredAndStayAnswered(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "Planilla_marzo_2026.csv", payroll)})
	if err != nil {
		t.Fatal(err)
	}
	d, err = a.Edit(t.Context(), d.ID, []Assignment{
		{"proposal.theme", Refuse}, {"proposal.title", Accept}, {"field.cargo.proposal", Refuse}, {"field.distrito.proposal", Accept},
	})
	if err != nil {
		t.Fatal(err)
	}
	if d.Description.Theme != "" || !d.Description.Refused["theme"] || d.Description.Title == "" || d.Description.Proposed["title"] != "" {
		t.Errorf("answered: %+v", d.Description)
	}
	if c := column(t, d, "cargo"); c.Description != "" {
		t.Errorf("the refused meaning stays: %q", c.Description)
	}
	if c := column(t, d, "distrito"); c.Description == "" || len(c.Proposed) > 0 {
		t.Errorf("the accepted meaning: %+v", c)
	}
	if _, err := a.Edit(t.Context(), d.ID, []Assignment{{"proposal.title", "quizás"}}); err == nil {
		t.Error("an answer that is none was taken")
	}
}

// TestASecondDatasetNeedsNoTypingOfWhatWasSaidOfTheFirst: words of columns and
// of the office come back as proposals.
func TestASecondDatasetNeedsNoTypingOfWhatWasSaidOfTheFirst(t *testing.T) {
	a := opened(t)
	path := fileOf(t, "Planilla_marzo_2026.csv", payroll)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = a.Edit(t.Context(), d.ID, []Assignment{
		{"field.cargo.description", "Puesto según el CAP"}, {"license", "cc0-1.0"}, {"contact", "Recursos Humanos"},
	}); err != nil {
		t.Fatal(err)
	}
	second, err := a.NewDataset(t.Context(), NewDataset{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if c := column(t, second, "cargo"); c.Description != "Puesto según el CAP" || c.Proposed["description"] != FromHabit {
		t.Errorf("the column is %+v", c)
	}
	if second.Description.License != "cc0-1.0" || second.Description.Contact != "Recursos Humanos" {
		t.Errorf("described as %+v", second.Description)
	}
}

func TestTheWordsOnRightsFollowTheLicence(t *testing.T) {
	a := opened(t)
	d := described(t, a)
	if !strings.Contains(d.Description.Rights, "CC BY 4.0") {
		t.Errorf("rights %q", d.Description.Rights)
	}
	d, err := a.Edit(t.Context(), d.ID, []Assignment{{"license", "cc0-1.0"}})
	if err != nil || !strings.Contains(d.Description.Rights, "CC0 1.0") {
		t.Errorf("rights %q, %v", d.Description.Rights, err)
	}
	d, err = a.Edit(t.Context(), d.ID, []Assignment{{"rights", "Pregunte"}, {"license", "cc-by-nc-4.0"}})
	if err != nil || d.Description.Rights != "Pregunte" {
		t.Errorf("a person's own words became %q, %v", d.Description.Rights, err)
	}
	if l, closed := d.ClosedLicense(); !closed || l.ID != "cc-by-nc-4.0" {
		t.Error("a licence that is not open is not told apart")
	}
}

func TestTheDatesAndPlacesOfTheDataAreRead(t *testing.T) {
	for name, c := range map[string]struct{ country, rows, temporal, spatial string }{
		"dates":                   {"", "fecha,monto\n2026-02-03,1\n2025-11-30,2\n", "2025-11-30/2026-02-03", ""},
		"birthdays say nothing":   {"", "fecha_nacimiento,monto\n1990-02-03,1\n1980-11-30,2\n", "", ""},
		"a code without its zero": {"EC", "dpa,monto\n10150,5\n10151,7\n", "", "Azuay, Ecuador (EC-A)"},
		"several provinces":       {"EC", "provincia,monto\nAzuay,1\nLoja,2\n", "", "Ecuador"},
		"an unknown name":         {"HN", "departamento,monto\nNarnia,1\nYoro,2\n", "", ""},
		"cantons of one":          {"CR", "provincia,canton,monto\nCartago,Paraíso,1\nCartago,Paraíso,2\n", "", "Paraíso, Cartago, Costa Rica (CR-C)"},
	} {
		src, err := OpenSource(t.Context(), fileOf(t, "datos.csv", c.rows), "", nil)
		if err != nil {
			t.Fatal(err)
		}
		sheets, err := src.Sheets(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		sheet, err := src.sheet(sheets[0].Name)
		if err != nil {
			t.Fatal(err)
		}
		recipe := clean.Default(clean.Source{Name: "datos.csv", Sheet: sheets[0].Name, Table: 1}, sheets[0].Tables[0])
		seen, err := lookThrough(t.Context(), recipe, sheet, c.country, "es")
		if err != nil {
			t.Fatal(err)
		}
		temporal := strings.Trim(seen.from+"/"+seen.to, "/")
		if temporal != c.temporal || seen.place != c.spatial {
			t.Errorf("%s: %q in %q, want %q in %q", name, temporal, seen.place, c.temporal, c.spatial)
		}
		src.Close()
	}
}

func TestAnOfficeIsGivenToAnotherWithoutItsSecrets(t *testing.T) {
	a := opened(t)
	secret := fileOf(t, "token", "eyJhbGci-secreto")
	if _, err := a.AddDestination(t.Context(), Destination{Name: "datos", Kind: "ckan", URL: "https://datos.gob.example", Organization: "muni", TokenFile: secret}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.AddProfile(filepath.Join("describe", "testdata", "uy.json")); err != nil {
		t.Fatal(err)
	}
	first := officeOf(t, a, "name", "Intendencia", "country", "UY", "profile", "uy", "license", "odc-uy", "destination", "datos", "email", "a@b.example")
	path := filepath.Join(t.TempDir(), "oficina.json")
	if err := a.ExportOffice(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"secreto", secret, "token"} {
		if strings.Contains(string(text), word) {
			t.Errorf("the file holds %q", word)
		}
	}
	other := opened(t)
	second, err := other.ImportOffice(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	first.ID, second.ID = "", ""
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("the other office (-first +second):\n%s", diff)
	}
	if to, err := other.Destinations(t.Context()); err != nil || len(to) != 1 || to[0].URL != "https://datos.gob.example" || to[0].TokenFile != "" {
		t.Errorf("destinations %+v, %v", to, err)
	}
	if !other.OwnProfile("uy") {
		t.Error("the office's own profile did not come along")
	}
	if _, err := other.ImportOffice(t.Context(), fileOf(t, "otra.json", "{}")); err == nil {
		t.Error("a file that is no office was taken")
	}
}

func TestAnOfficeTakesOnlyWhatItsProfileHas(t *testing.T) {
	a := opened(t)
	before := officeOf(t, a, "country", "PE", "license", "cc-by-4.0")
	for key, value := range map[string]string{"email": "nadie", "license": "gratis", "profile": "atlantis", "country": "Perú", "colour": "red"} {
		_, err := a.EditOffice(t.Context(), []Assignment{{"name", "Otra"}, {key, value}})
		var refused *describe.ValueError
		if !errors.As(err, &refused) || refused.Key != key {
			t.Errorf("%s=%s: %v", key, value, err)
		}
	}
	if now, _ := a.Office(t.Context()); !cmp.Equal(before, now) {
		t.Errorf("something changed: %+v", now)
	}
}

// TestAnOwnProfileGoesFromItsFileToThePortal: Uruguay's, by hand.
func TestAnOwnProfileGoesFromItsFileToThePortal(t *testing.T) {
	a := opened(t)
	if _, err := a.AddProfile(filepath.Join("describe", "testdata", "uy.json")); err != nil {
		t.Fatal(err)
	}
	d := described(t, a)
	d, err := a.Edit(t.Context(), d.ID, []Assignment{
		{"profile", "uy"}, {"author", "Hacienda"}, {"author_email", "h@b.example"}, {"contact", "Ana"}, {"version", "1"},
		{"license", "odc-uy"}, {"frequency", "MONTHLY"}, {"publisher", "Intendencia"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if lacking := d.Profile.Lacking(d.Description); len(lacking) > 0 {
		t.Fatalf("lacking %v", lacking)
	}
	sent := inPortalFields(d, nil)
	if sent.License.ID != "odc-uy" || sent.Publisher != "Hacienda" || sent.Fields["author_email"] != "h@b.example" || sent.Version != "1" {
		t.Errorf("sent %+v", sent)
	}
	var file portal.Distribution
	describeFile(d.Profile, d.Description, "data", &file)
	if file.Fields["update_frequency"] != "30" || file.Description != "Gasto de marzo" {
		t.Errorf("the file is sent as %+v", file)
	}
	if err := a.RemoveProfile("uy"); err != nil {
		t.Fatal(err)
	}
	d, err = a.Dataset(t.Context(), d.ID)
	if err != nil || d.Profile.ID != describe.DefaultProfile || d.Description.Get("author") != "Hacienda" {
		t.Errorf("after its profile went: %s, %q, %v", d.Profile.ID, d.Description.Get("author"), err)
	}
	if err := a.RemoveProfile("pe"); err == nil {
		t.Error("a shipped profile was taken away")
	}
	_, err = a.AddProfile(fileOf(t, "mal.json", `{"id": "mal"}`))
	var bad *describe.FileError
	if !errors.As(err, &bad) {
		t.Errorf("a profile that lacks everything: %v", err)
	}
}

// TestWhatThePortalAsksHoldsOffline: read once, it is there when there is no
// network, for the office's usual destination.
func TestWhatThePortalAsksHoldsOffline(t *testing.T) {
	dir := t.TempDir()
	open := func() *App {
		a, err := Open(t.Context(), Options{Dir: dir, Getenv: os.Getenv, Lang: "es"})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a := open()
	to, err := a.AddDestination(t.Context(), Destination{Name: "datos", Kind: "ckan", URL: "https://datos.gob.example", Organization: "muni"})
	if err != nil {
		t.Fatal(err)
	}
	form := portal.Form{
		Licenses: []portal.FormLicense{{ID: "CC-BY-4.0", URL: "https://creativecommons.org/licenses/by/4.0/", Open: true}},
		Tags:     []string{"Presupuesto", "agua"},
		Groups:   []portal.Choice{{Name: "finanzas", Title: "Economía y finanzas"}},
		Dataset: []portal.FormField{{Name: "zona", Label: map[string]string{"": "Zona"}, Required: true, Kind: "choice",
			Choices: []portal.LabelledChoice{{Value: "urbana"}}}},
	}
	if err := a.store.SavePortalForm(t.Context(), to.ID, form); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = open()
	defer a.Close()
	kept, at, err := a.KeptForm(t.Context(), "datos")
	if err != nil || at.IsZero() || !cmp.Equal(kept, form) {
		t.Errorf("kept %+v at %v, %v", kept, at, err)
	}
	d := described(t, a)
	if !slices.Contains(d.Description.Keywords, "Presupuesto") {
		t.Errorf("keywords %v, want them as the portal writes them", d.Description.Keywords)
	}
	if d.Description.Theme != "finanzas" || !slices.Contains(d.Profile.Lacking(d.Description), "zona") {
		t.Errorf("theme %q, lacking %v", d.Description.Theme, d.Profile.Lacking(d.Description))
	}
	if d, err = a.Edit(t.Context(), d.ID, []Assignment{{"zona", "urbana"}}); err != nil {
		t.Fatal(err)
	}
	sent := inPortalFields(d, nil)
	if !cmp.Equal(sent.Groups, []string{"finanzas"}) || sent.Fields["zona"] != "urbana" || sent.License.ID != "CC-BY-4.0" {
		t.Errorf("sent %+v", sent)
	}
}

func TestTheOfficeFileHasEveryKey(t *testing.T) {
	var members map[string]any
	data, err := json.Marshal(Office{})
	if err == nil {
		err = json.Unmarshal(data, &members)
	}
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(OfficeKeys[:])), slices.Sorted(maps.Keys(members))); diff != "" {
		t.Errorf("keys and members differ (-keys +members):\n%s", diff)
	}
}

func TestEditionsSayHowOftenDataComeAndNewColumnsAreExplained(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "Obras.csv", "obra,plazo,distrito,estado\nPuente,90,Centro,hecha\nPista,30,Norte,hecha\n")})
	if err != nil {
		t.Fatal(err)
	}
	if d, err = a.Edit(t.Context(), d.ID, []Assignment{{"temporal", "2026-01-01/2026-03-31"}}); err != nil || d.Description.Frequency != "" {
		t.Fatalf("frequency %q, %v", d.Description.Frequency, err)
	}
	fresh, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "Obras.csv", "obra,plazo,distrito,estado,supervisor\nPuente,90,Centro,hecha,Ana\nPista,30,Norte,hecha,Luis\n")})
	if err != nil {
		t.Fatal(err)
	}
	d, err = a.Join(t.Context(), fresh.ID, d.ID, "2026-04-01/2026-06-30")
	if err != nil {
		t.Fatal(err)
	}
	if d.Description.Frequency != "QUARTERLY" || d.Description.Proposed["frequency"] != FromEditions {
		t.Errorf("frequency %q from %q", d.Description.Frequency, d.Description.Proposed["frequency"])
	}
	if c := column(t, d, "supervisor"); c.Proposed["description"] != FromShared {
		t.Errorf("the new column is %+v", c)
	}
}
