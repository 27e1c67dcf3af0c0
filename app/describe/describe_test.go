package describe

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

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
		{"email", "a@b.example", ""},
		{"email", "Ana <a@b.example>", "bad_email"},
		{"email", "a@", "bad_email"},
		{"temporal", "2026-01-01/2026-03-31", ""},
		{"temporal", "2026-03-31/2026-01-01", "bad_period"},
		{"temporal", "marzo", "bad_period"},
		{"temporal", "", ""},
		{"title", string(make([]rune, 301)), "bad_length"},
		{"colour", "red", "unknown_key"},
	} {
		var d Description
		before := d
		err := d.Set(c.key, c.value)
		var refused *ValueError
		errors.As(err, &refused)
		switch {
		case c.code == "" && err != nil:
			t.Errorf("%s=%q: %v", c.key, c.value, err)
		case c.code != "" && (refused == nil || refused.Code() != c.code):
			t.Errorf("%s=%q: got %v, want %s", c.key, c.value, err, c.code)
		case c.code == "not_in_list" && len(refused.Allowed) == 0:
			t.Errorf("%s=%q: the allowed values are not listed", c.key, c.value)
		case c.code != "" && !cmp.Equal(before, d):
			t.Errorf("%s=%q was refused and changed something: %+v", c.key, c.value, d)
		}
	}
}

func TestEveryKeyIsSetAndReadBack(t *testing.T) {
	values := map[string]string{
		"license": "cc0-1.0", "theme": "GOVE", "frequency": "ANNUAL", "language": "es", "email": "a@b.example",
		"temporal": "2026-01-01/2026-12-31", "keywords": "a, b", "profile": "generic",
	}
	for _, key := range Keys {
		var d Description
		v := values[key]
		if v == "" {
			v = "texto"
		}
		if err := d.Set(key, v); err != nil {
			t.Errorf("%s=%q: %v", key, v, err)
		}
		if got := d.Get(key); got != v {
			t.Errorf("%s: set %q, read %q", key, v, got)
		}
	}
}

func TestAProposalNeverOverrulesAPerson(t *testing.T) {
	var d Description
	d.Propose("title", "de la hoja", "sheet_titles")
	if d.Title != "de la hoja" || d.Proposed["title"] != "sheet_titles" {
		t.Fatalf("the proposal is not there: %+v", d)
	}
	if err := d.Set("title", "mío"); err != nil {
		t.Fatal(err)
	}
	d.Propose("title", "otra", "file_name")
	if d.Title != "mío" || d.Proposed["title"] != "" {
		t.Errorf("title %q from %q, want the person's own", d.Title, d.Proposed["title"])
	}
	d.Propose("license", "no-such-licence", "last_dataset")
	if d.License != "" {
		t.Errorf("a proposal outside the vocabulary was taken: %q", d.License)
	}
}

func TestTheProfileNamesWhatIsLacking(t *testing.T) {
	var d Description
	if diff := cmp.Diff([]string{"title", "description", "publisher", "license", "contact|email"}, d.Lacking()); diff != "" {
		t.Errorf("lacking (-want +got):\n%s", diff)
	}
	d = Description{Title: "a", Description: "b", Publisher: "c", License: "cc-by-4.0", Email: "a@b.example"}
	if lacking := d.Lacking(); len(lacking) != 0 {
		t.Errorf("%v still lacks, though an e-mail stands for the contact", lacking)
	}
}
