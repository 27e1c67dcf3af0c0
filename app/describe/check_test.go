package describe

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWhatIsWrongInAProfileIsSaidWithItsPlace breaks the Uruguayan profile in
// one way after the other.
func TestWhatIsWrongInAProfileIsSaidWithItsPlace(t *testing.T) {
	whole, err := os.ReadFile("testdata/uy.json")
	if err != nil {
		t.Fatal(err)
	}
	text := string(whole)
	if p, problems := Shipped().Check(whole); len(problems) > 0 || p.ID != "uy" {
		t.Fatalf("as it is: %q, %v", p.ID, problems)
	}
	for _, c := range []struct{ name, old, new, code, pointer, line string }{
		{"a comma too many", `"version": "1",`, `"version": "1",,`, "profile_json", "", `"version": "1",,`},
		{"no version", `"version": "1",`, ``, "profile_missing", "", "{"},
		{"a member misspelt", `"country": "UY"`, `"pais": "UY"`, "profile_unknown_member", "/pais", `"pais"`},
		{"a language missing", `"fr": "Auteur"`, `"frances": "Auteur"`, "profile_missing", "/fields/1/label", `"label": {"es": "Autor"`},
		{"no such obligation", "\"obligation\": \"mandatory\",\n      \"form\": \"email\"", "\"obligation\": \"obligatorio\",\n      \"form\": \"email\"", "profile_value", "/fields/2/obligation", `"obligation": "obligatorio"`},
		{"no such profile to extend", `"extends": "latam"`, `"extends": "atlantis"`, "profile_parent", "/extends", `"extends"`},
		{"itself to extend", `"extends": "latam"`, `"extends": "uy"`, "profile_circle", "/extends", `"extends"`},
		{"a licence that nobody knows", `{"id": "cc-by-4.0"}`, `{"id": "gratis"}`, "profile_license", "/licenses/1", `"gratis"`},
		{"a list that is not there", `"vocabulary": "spatial_ref_system"`, `"vocabulary": "epsg"`, "profile_vocabulary", "/fields/spatial_ref_system/vocabulary", `"vocabulary": "epsg"`},
		{"a default outside its list", `"license": "odc-uy"`, `"license": "cc0-1.0"`, "profile_default", "/defaults/license", `"license": "cc0-1.0"`},
		{"no such group", "\"key\": \"author\",\n      \"group\": \"who\"", "\"key\": \"author\",\n      \"group\": \"quien\"", "profile_group", "/fields/author/group", `"group": "quien"`},
		{"a file's word of no field", `"name": "description", "key": "description"`, `"name": "description", "key": "resumen"`, "profile_resource", "/resources/0/key", `"key": "resumen"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			broken := strings.Replace(text, c.old, c.new, 1)
			if broken == text {
				t.Fatalf("%q is not in the file", c.old)
			}
			_, problems := Shipped().Check([]byte(broken))
			if len(problems) == 0 {
				t.Fatal("nothing was found")
			}
			got := problems[0]
			line := 0
			for i, l := range strings.Split(broken, "\n") {
				if line == 0 && strings.Contains(l, c.line) {
					line = i + 1
				}
			}
			if got.Code != c.code || got.Pointer != c.pointer || got.Line != line {
				t.Errorf("got %+v, want %s at %q on line %d", problems, c.code, c.pointer, line)
			}
		})
	}
}

func TestAnOverlayHoldsOnlyWhatDiffers(t *testing.T) {
	file := `{"id": "santa-rosa", "version": "1", "extends": "pe",
	  "title": {"es": "a", "en": "a", "pt": "a", "fr": "a"}, "about": {"es": "a", "en": "a", "pt": "a", "fr": "a"},
	  "defaults": {"license": null},
	  "fields": [{"key": "granularity", "omit": true}, {"key": "spatial", "obligation": "mandatory"}, {"key": "keywords", "after": "title"}]}`
	p, problems := Shipped().Check([]byte(file))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	pe := shipped(t, "pe")
	if _, asked := p.Field("granularity"); asked || len(p.Fields) != len(pe.Fields)-1 {
		t.Error("the omitted field is still asked")
	}
	spatial, _ := p.Field("spatial")
	before, _ := pe.Field("spatial")
	if !spatial.Blocks() || !cmp.Equal(spatial.Help, before.Help) {
		t.Errorf("spatial: %+v", spatial)
	}
	if p.Fields[0].Key != "title" || p.Fields[1].Key != "keywords" {
		t.Errorf("the order begins %s, %s", p.Fields[0].Key, p.Fields[1].Key)
	}
	if _, stays := p.Defaults["license"]; stays || p.Defaults["language"] != "es" {
		t.Errorf("defaults: %v", p.Defaults)
	}
	if len(p.Terms(ThemeList)) != len(pe.Terms(ThemeList)) {
		t.Error("the themes were not inherited")
	}
}

func TestProfilesMayStandInAnyOrderAndReplaceShippedOnes(t *testing.T) {
	words := `"title": {"es": "a", "en": "a", "pt": "a", "fr": "a"}, "about": {"es": "a", "en": "a", "pt": "a", "fr": "a"}`
	ps, errs := Shipped().With(
		[]byte(`{"id": "b", "version": "1", "extends": "z", `+words+`}`),
		[]byte(`{"id": "z", "version": "1", "extends": "latam", `+words+`}`),
		[]byte(`{"id": "gt", "version": "9", "extends": "latam", "country": "GT", `+words+`}`),
		[]byte(`{"id": "broken"}`),
	)
	if len(errs) != 1 {
		t.Errorf("errors: %v", errs)
	}
	gt, _ := ps.Of("gt")
	if gt.Version != "9" {
		t.Errorf("gt is version %s", gt.Version)
	}
	if _, ok := ps.Of("b"); !ok {
		t.Error("a profile that stands before the one it extends is missing")
	}
	if _, changed := Shipped().Of("z"); changed {
		t.Error("With changed the shipped profiles")
	}
	if ids := ps.IDs(); ids[0] != DefaultProfile {
		t.Errorf("the first is %s", ids[0])
	}
}

func TestAProfileSurvivesBeingWrittenAsJSON(t *testing.T) {
	for _, p := range Shipped().All() {
		data, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var back Profile
		if err := json.Unmarshal(data, &back); err != nil || back.ID != p.ID || len(back.Fields) != len(p.Fields) {
			t.Errorf("%s: %v", p.ID, err)
		}
	}
}
