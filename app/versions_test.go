package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chasqui/app/datapackage"
)

// packed packs a dataset and returns a file of the package.
func packedFile(t *testing.T, a *App, ref, name string) string {
	t.Helper()
	dir := t.TempDir()
	if _, err := a.Package(t.Context(), PackageRequest{Dataset: ref, Out: dir}); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func versionOf(t *testing.T, a *App, ref string) string {
	t.Helper()
	p, err := datapackage.Decode([]byte(packedFile(t, a, ref, "datapackage.json")))
	if err != nil {
		t.Fatal(err)
	}
	return p.Version
}

func TestANewEditionSaysWhatChangedAndHasANewVersion(t *testing.T) {
	a := opened(t)
	d, fresh := monthly(t, a, aprilFile)
	if got := versionOf(t, a, d.ID); got != "1.0.0" {
		t.Errorf("the first version is %q", got)
	}
	if _, err := a.Join(t.Context(), fresh.ID, d.ID, "2026-04"); err != nil {
		t.Fatal(err)
	}
	if got := versionOf(t, a, d.ID); got != "1.1.0" {
		t.Errorf("the next edition is version %q, want 1.1.0", got)
	}
	page := packedFile(t, a, d.ID, "index.html")
	for _, words := range []string{"1 registro nuevo", "1 valor de «monto» cambió"} {
		if !strings.Contains(page, words) {
			t.Errorf("the page does not say %q", words)
		}
	}
	linked := packedFile(t, a, d.ID, "dcat.jsonld")
	editions, err := a.Dataset(t.Context(), d.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{urn(editions.Editions[0].ID), urn(editions.Editions[1].ID), "versionNotes", "DatasetSeries", "prev"} {
		if !strings.Contains(linked, want) {
			t.Errorf("dcat.jsonld lacks %s", want)
		}
	}
	if again := packedFile(t, a, d.ID, "index.html"); again != page {
		t.Error("the same content gives another page the second time")
	}
}

func TestTheVersionFollowsTheRule(t *testing.T) {
	for _, c := range []struct {
		before        string
		broken, grown bool
		want          string
	}{
		{"1.0.0", false, false, "1.0.1"}, {"1.0.3", false, true, "1.1.0"}, {"1.4.2", true, true, "2.0.0"}, {"1.4.2", true, false, "2.0.0"},
		{"", false, true, "1.0.0"}, {"marzo", false, false, "1.0.0"},
	} {
		if got := nextVersion(c.before, c.broken, c.grown); got != c.want {
			t.Errorf("after %q (broken %v, grown %v) comes %q, want %q", c.before, c.broken, c.grown, got, c.want)
		}
	}
}

func TestAColumnThatGoesMakesAMajorVersion(t *testing.T) {
	a := opened(t)
	d, fresh := monthly(t, a, "contrato;empresa;sector\nC-01;Ana;salud\nC-02;Luis;obras\n")
	versionOf(t, a, d.ID)
	if _, err := a.Join(t.Context(), fresh.ID, d.ID, "2026-04"); err != nil {
		t.Fatal(err)
	}
	if got := versionOf(t, a, d.ID); got != "2.0.0" {
		t.Errorf("version %q, want 2.0.0", got)
	}
	page := packedFile(t, a, d.ID, "README.txt")
	if !strings.Contains(page, "ya no está la columna monto") || !strings.Contains(page, "columna nueva: sector") {
		t.Errorf("README.txt does not say which columns came and went:\n%s", page)
	}
}

func TestAVersionThatAPersonWroteStays(t *testing.T) {
	a := opened(t)
	d, _ := monthly(t, a, aprilFile)
	if _, err := a.Edit(t.Context(), d.ID, []Assignment{{"version", "marzo"}}); err != nil {
		t.Fatal(err)
	}
	if got := versionOf(t, a, d.ID); got != "marzo" {
		t.Errorf("version %q", got)
	}
}
