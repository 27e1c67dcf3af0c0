package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func sets(t *testing.T, p Profile, d *Description, pairs ...string) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if err := p.Set(d, pairs[i], pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
}

func switchTo(t *testing.T, ps *Profiles, d *Description, id string) Profile {
	t.Helper()
	if err := ps.Switch(d, id); err != nil {
		t.Fatal(err)
	}
	return ps.For(*d)
}

func TestSwitchingTheProfileKeepsWhatMapsAndBringsTheRestBack(t *testing.T) {
	ps := Shipped()
	d := Description{Profile: "hn-2020"}
	h20 := ps.For(d)
	sets(t, h20, &d, "title", "T", "theme", "hacienda", "frequency", "HOURLY", "license", "gfdl-1.3", "references", "https://b.example/ley")
	ec := switchTo(t, ps, &d, "ec")
	if d.Title != "T" || d.Theme != "economia-y-finanzas" || d.Frequency != "" || d.License != "" {
		t.Errorf("under ec: %q %q %q %q", d.Title, d.Theme, d.Frequency, d.License)
	}
	want := []Left{
		{Key: "references", Value: "https://b.example/ley"},
		{Key: "frequency", Value: "HOURLY", Profile: "hn-2020"}, {Key: "license", Value: "gfdl-1.3", Profile: "hn-2020"},
	}
	if diff := cmp.Diff(want, ec.Left(d)); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
	back := switchTo(t, ps, &d, "hn-2020")
	if d.Theme != "hacienda" || d.Frequency != "HOURLY" || d.License != "gfdl-1.3" || d.Get("references") == "" {
		t.Errorf("back under hn-2020: %q %q %q %q", d.Theme, d.Frequency, d.License, d.Get("references"))
	}
	if left := back.Left(d); len(left) > 0 {
		t.Errorf("still left: %v", left)
	}
}

func TestWhatAPersonChoseMeanwhileHoldsOverWhatComesBack(t *testing.T) {
	ps := Shipped()
	d := Description{Profile: "hn-2020"}
	sets(t, ps.For(d), &d, "theme", "hacienda")
	ec := switchTo(t, ps, &d, "ec")
	sets(t, ec, &d, "theme", "salud")
	switchTo(t, ps, &d, "hn-2020")
	if d.Theme != "salud" {
		t.Errorf("theme %q, want what was chosen last", d.Theme)
	}
}

func TestWhatIsProposedInItsPlaceDoesNotDriveAChoiceOut(t *testing.T) {
	ps := Shipped()
	d := Description{Profile: "hn-2020"}
	sets(t, ps.For(d), &d, "license", "gfdl-1.3")
	ec := switchTo(t, ps, &d, "ec")
	ec.Propose(&d, "license", "cc-by-4.0", "profile")
	if left := ec.Left(d); d.License != "cc-by-4.0" || len(left) != 1 || left[0].Value != "gfdl-1.3" {
		t.Errorf("under ec: %q, left %v", d.License, left)
	}
	switchTo(t, ps, &d, "hn-2020")
	if d.License != "gfdl-1.3" || d.Proposed["license"] != "" {
		t.Errorf("back: %q, proposed %q", d.License, d.Proposed["license"])
	}
}

func TestAnUnknownProfileChangesNothing(t *testing.T) {
	d := Description{Profile: "pe", Theme: "salud"}
	before := d.Clone()
	if err := Shipped().Switch(&d, "atlantis"); err == nil {
		t.Error("it was taken")
	}
	if diff := cmp.Diff(before, d); diff != "" {
		t.Errorf("it changed (-before +after):\n%s", diff)
	}
}

// TestEveryThemeSurvivesAWalkThroughAllProfiles: there and back again, nothing
// is lost, whatever the way.
func TestEveryThemeSurvivesAWalkThroughAllProfiles(t *testing.T) {
	ps := Shipped()
	for _, start := range ps.All() {
		for _, term := range start.Terms(ThemeList) {
			d := Description{Profile: start.ID, Theme: term.Code}
			for _, p := range ps.All() {
				switchTo(t, ps, &d, p.ID)
			}
			switchTo(t, ps, &d, start.ID)
			if d.Theme != term.Code {
				t.Errorf("%s: %q came back as %q", start.ID, term.Code, d.Theme)
			}
		}
	}
}
