package app

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/app/describe"
)

// TestWhatOnlyAProfileAsksReachesEveryFormAndComesBack: no Go knows these
// fields; the profile says where they land.
func TestWhatOnlyAProfileAsksReachesEveryFormAndComesBack(t *testing.T) {
	for _, c := range []struct {
		profile string
		values  map[string]string
		dcat    []string // of dcat.ttl
		open    []string // of data.json
		lost    []string // keys that data.json has no member for
	}{
		{
			"uy", map[string]string{"author": "Hacienda", "author_email": "h@rivera.example", "spatial_ref_system": "EPSG:4326"},
			[]string{
				"dct:creator [ a foaf:Agent ;\n        foaf:name \"Hacienda\"@es ;\n        foaf:mbox <mailto:h@rivera.example> ]",
				"dct:conformsTo <http://www.opengis.net/def/crs/EPSG/0/4326>", "<http://www.opengis.net/def/crs/EPSG/0/4326> a dct:Standard",
			},
			[]string{`"conformsTo": "http://www.opengis.net/def/crs/EPSG/0/4326"`}, []string{"author", "author_email"},
		},
		{
			"hn-2020", map[string]string{
				"references": "https://muni.example/plan.pdf", "described_by": "https://muni.example/manual", "place_link": "https://www.geonames.org/3608932",
				"contributor": "Gerencia de Obras, Catastro",
			},
			[]string{
				"dct:references <https://muni.example/plan.pdf>", "foaf:page <dictionary.csv>, <https://muni.example/manual>",
				"<https://www.geonames.org/3608932> a dct:Location", `foaf:name "Catastro"@es`,
			},
			[]string{`"describedBy": "https://muni.example/manual"`, `"https://muni.example/plan.pdf"`}, []string{"place_link", "contributor"},
		},
		{
			"ec-lotaip", map[string]string{"unit": "Dirección Financiera", "phone": "07 283 4567 ext. 120"},
			[]string{"prov:wasAttributedTo [ a foaf:Agent", "vcard:hasTelephone <tel:07%20283%204567%20ext.%20120>"}, nil, []string{"unit", "phone"},
		},
		{"pe", map[string]string{"conforms_to": "https://standard.open-contracting.org"}, []string{"dct:conformsTo <https://standard.open-contracting.org>"},
			[]string{`"conformsTo": "https://standard.open-contracting.org"`}, nil},
	} {
		t.Run(c.profile, func(t *testing.T) { reachesAndComesBack(t, c.profile, c.values, c.dcat, c.open, c.lost) })
	}
}

func reachesAndComesBack(t *testing.T, profile string, values map[string]string, linked, open, lost []string) {
	a := ownProfiles(t)
	sets := []Assignment{{"profile", profile}, {"license", a.Profiles().For(describe.Description{Profile: profile}).Licenses[0].ID}}
	for key, value := range values {
		sets = append(sets, Assignment{key, value})
	}
	d, err := a.Edit(t.Context(), hard(t, a).ID, sets)
	if err != nil {
		t.Fatal(err)
	}
	folder, files := packaged(t, a, d.ID)
	for name, parts := range map[string][]string{"dcat.ttl": linked, "data.json": open} {
		for _, part := range parts {
			if !strings.Contains(files[name], part) {
				t.Errorf("%s lacks %s\n%s", name, part, files[name])
			}
		}
	}
	for _, f := range d.Profile.Asked() {
		if label := f.Label.In("es"); values[f.Key] != "" && !strings.Contains(files["README.txt"], label+": ") {
			t.Errorf("README.txt does not tell %s:\n%s", label, files["README.txt"])
		}
	}
	for _, name := range []string{"dcat.jsonld", "data.json"} {
		b := ownProfiles(t)
		officeOf(t, b, "profile", profile)
		in, err := b.Import(t.Context(), ImportRequest{Path: filepath.Join(folder, name)})
		if err != nil {
			t.Fatal(name, err)
		}
		want := map[string]string{}
		for key, value := range values {
			want[key] = value
		}
		for _, key := range lost {
			if name == "data.json" {
				delete(want, key)
			}
		}
		got := in.Dataset.Description.Extra
		if got == nil {
			got = map[string]string{}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-said +read):\n%s", name, diff)
		}
	}
}

func ownProfiles(t *testing.T) *App {
	t.Helper()
	a := openedAt(t, march)
	if _, err := a.AddProfile(filepath.Join("describe", "testdata", "uy.json")); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestWhatTheGenericProfileSaysOfPlacesIsTrue: the places of the keys that
// every description has stand in Go, and in the profile for who writes another.
func TestWhatTheGenericProfileSaysOfPlacesIsTrue(t *testing.T) {
	a := openedAt(t, march)
	d := hard(t, a)
	_, files := packaged(t, a, d.ID)
	for _, f := range d.Profile.Fields {
		if f.DCAT != "" && !strings.Contains(files["dcat.ttl"], " "+f.DCAT+" ") {
			t.Errorf("%s is not at %s in dcat.ttl", f.Key, f.DCAT)
		}
		if f.DataJSON != "" && !strings.Contains(files["data.json"], `"`+f.DataJSON+`": `) {
			t.Errorf("%s is not at %s in data.json", f.Key, f.DataJSON)
		}
	}
}

// TestTheDictionaryHasAnExampleOfEveryColumnThatIsNobodys: what is published
// with a reason although it is personal is shown in the data, not as an example.
func TestTheDictionaryHasAnExampleOfEveryColumnThatIsNobodys(t *testing.T) {
	a := openedAt(t, march)
	_, files := packaged(t, a, hard(t, a).ID)
	for name, example := range map[string]string{"monto": "1200.50", "correo": ""} {
		found := false
		for line := range strings.Lines(files["dictionary.csv"]) {
			if cells := strings.Split(strings.TrimSpace(line), ","); cells[1] == name {
				found = cells[len(cells)-1] == example
			}
		}
		if !found {
			t.Errorf("%s has another example than %q\n%s", name, example, files["dictionary.csv"])
		}
	}
}
