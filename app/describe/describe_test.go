package describe

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shipped returns a profile that ships with the program.
func shipped(t *testing.T, id string) Profile {
	t.Helper()
	p, ok := Shipped().Of(id)
	if !ok {
		t.Fatalf("no profile %q", id)
	}
	return p
}

func TestValuesOutsideTheirVocabularyAreRefusedWithTheAllowedOnes(t *testing.T) {
	for _, c := range []struct{ key, value, code string }{
		{"license", "cc-by-4.0", ""},
		{"license", "CC-BY-4.0", ""},
		{"license", "gratis", "not_in_list"},
		{"theme", "gove", ""},
		{"theme", "POLÍTICA", "not_in_list"},
		{"frequency", "MONTHLY", ""},
		{"language", "es", ""},
		{"language", "spanish", "not_in_list"},
		{"access_rights", "public", ""},
		{"email", "a@b.example", ""},
		{"email", "Ana <a@b.example>", "bad_email"},
		{"email", "a@", "bad_email"},
		{"temporal", "2026-01-01/2026-03-31", ""},
		{"temporal", "2026-03-31/2026-01-01", "bad_period"},
		{"temporal", "marzo", "bad_period"},
		{"temporal", "", ""},
		{"landing_page", "munisantarosa.example", "bad_url"},
		{"landing_page", "https://munisantarosa.example/datos", ""},
		{"title", string(make([]rune, 301)), "bad_length"},
		{"colour", "red", "unknown_key"},
		{"profile", "latam", "unknown_key"},
	} {
		var d Description
		err := shipped(t, "generic").Set(&d, c.key, c.value)
		var refused *ValueError
		errors.As(err, &refused)
		switch {
		case c.code == "" && err != nil:
			t.Errorf("%s=%q: %v", c.key, c.value, err)
		case c.code != "" && (refused == nil || refused.Code() != c.code):
			t.Errorf("%s=%q: got %v, want %s", c.key, c.value, err, c.code)
		case c.code == "not_in_list" && len(refused.Allowed) == 0:
			t.Errorf("%s=%q: the allowed values are not listed", c.key, c.value)
		case c.code != "" && !cmp.Equal(Description{}, d):
			t.Errorf("%s=%q was refused and changed something: %+v", c.key, c.value, d)
		}
	}
}

// fitting are values that each form takes.
var fitting = map[string]string{
	FormText: "6", FormLong: "texto", FormDate: "2026-03-31", FormPeriod: "2026-01-01/2026-12-31",
	FormEmail: "a@b.example", FormURL: "https://b.example/c", FormList: "a, b",
}

// filledIn returns a description with a value for every field of a profile.
func filledIn(t *testing.T, p Profile) Description {
	t.Helper()
	d := Description{Profile: p.ID}
	for _, f := range p.Asked() {
		value := fitting[f.Form]
		switch {
		case f.Vocabulary == "license":
			value = p.Licenses[0].ID
		case f.Form == FormChoice:
			value = p.Terms(f.Vocabulary)[0].Code
		case f.Key == "phone":
			value = "07 283 4567 ext. 120"
		}
		if err := p.Set(&d, f.Key, value); err != nil {
			t.Errorf("%s: %s=%q: %v", p.ID, f.Key, value, err)
		}
		if got := d.Get(f.Key); got != value {
			t.Errorf("%s: %s: set %q, read %q", p.ID, f.Key, value, got)
		}
	}
	return d
}

func TestEveryFieldOfEveryProfileIsSetAndReadBack(t *testing.T) {
	for _, p := range Shipped().All() {
		d := filledIn(t, p)
		if lacking := p.Lacking(d); len(lacking) > 0 {
			t.Errorf("%s: all is filled in, and %v still lacks", p.ID, lacking)
		}
	}
}

func TestAProposalNeverOverrulesAPerson(t *testing.T) {
	p := shipped(t, "generic")
	var d Description
	p.Propose(&d, "title", "de la hoja", "sheet_titles")
	if d.Title != "de la hoja" || d.Proposed["title"] != "sheet_titles" {
		t.Fatalf("the proposal is not there: %+v", d)
	}
	if err := p.Set(&d, "title", "mío"); err != nil {
		t.Fatal(err)
	}
	p.Propose(&d, "title", "otra", "file_name")
	if d.Title != "mío" || d.Proposed["title"] != "" {
		t.Errorf("title %q from %q, want the person's own", d.Title, d.Proposed["title"])
	}
	p.Propose(&d, "license", "no-such-licence", "last_dataset")
	if d.License != "" || d.Proposed["license"] != "" {
		t.Errorf("a proposal outside the vocabulary was taken: %q", d.License)
	}
}

func TestARefusedProposalStaysRefused(t *testing.T) {
	p := shipped(t, "generic")
	for name, refuse := range map[string]func(*Description){
		"by refusing it": func(d *Description) { d.Refuse("theme") },
		"by emptying the field": func(d *Description) {
			if err := p.Set(d, "theme", ""); err != nil {
				t.Fatal(err)
			}
		},
	} {
		var d Description
		p.Propose(&d, "theme", "ECON", "content")
		refuse(&d)
		p.Propose(&d, "theme", "GOVE", "content")
		if d.Theme != "" || d.Proposed["theme"] != "" {
			t.Errorf("%s: %q came again", name, d.Theme)
		}
		if err := p.Set(&d, "theme", "HEAL"); err != nil || d.Theme != "HEAL" {
			t.Errorf("%s: the person's own choice was not taken: %q, %v", name, d.Theme, err)
		}
	}
	var d Description
	p.Propose(&d, "theme", "ECON", "content")
	d.Accept("theme")
	if d.Theme != "ECON" || len(d.Proposed) != 0 {
		t.Errorf("an accepted proposal is %q, proposed %v", d.Theme, d.Proposed)
	}
}

func TestTheProfileNamesWhatIsLacking(t *testing.T) {
	p := shipped(t, "generic")
	if diff := cmp.Diff([]string{"title", "description", "license", "publisher", "contact|email"}, p.Lacking(Description{})); diff != "" {
		t.Errorf("lacking (-want +got):\n%s", diff)
	}
	d := Description{Title: "a", Description: "b", Publisher: "c", License: "cc-by-4.0", Email: "a@b.example"}
	if lacking := p.Lacking(d); len(lacking) != 0 {
		t.Errorf("%v still lacks, though an e-mail stands for the contact", lacking)
	}
}

func TestAnObligationThatIsOnlyProposedNeverBlocks(t *testing.T) {
	pe := shipped(t, "pe")
	f, _ := pe.Field("keywords")
	if f.Obligation != Mandatory || !f.Proposed {
		t.Fatalf("keywords in pe: %s, proposed %v", f.Obligation, f.Proposed)
	}
	for _, key := range pe.Lacking(Description{}) {
		if key == "keywords" {
			t.Error("publishing waits for a field that no norm asks")
		}
	}
}
