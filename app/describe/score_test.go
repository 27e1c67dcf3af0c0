package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// complete is a description that lacks nothing the MQA asks.
func complete() Description {
	return Description{
		Title: "Contratos", Description: "Cada fila es un contrato.", Keywords: []string{"contratos"}, Theme: "ECON",
		Spatial: "Ayacucho", Temporal: "2026-01-01/2026-12-31", License: "cc-by-4.0", AccessRights: "PUBLIC",
		Rights: "Citando la fuente", Publisher: "Municipalidad", Email: "a@b.example",
	}
}

// TestTheScoreHasTheMQAsPoints holds the weights against the published ones:
// five dimensions of 100, 100, 110, 75 and 20 points.
func TestTheScoreHasTheMQAsPoints(t *testing.T) {
	p := shipped(t, "generic")
	facts := Facts{Formats: []string{"CSV", "JSON"}}
	sums, online := map[string]int{}, 0
	for _, m := range p.Score(complete(), facts).Metrics {
		sums[m.Dimension] += m.Points
		if m.Online {
			online += m.Points
		}
	}
	want := map[string]int{Findability: 100, Accessibility: 100, Interoperability: 110, Reusability: 75, Contextuality: 20}
	if diff := cmp.Diff(want, sums); diff != "" {
		t.Errorf("points by dimension (-want +got):\n%s", diff)
	}
	if online != ScoreMax-ScoreOfflineMax {
		t.Errorf("%d points need a publication, want %d", online, ScoreMax-ScoreOfflineMax)
	}
}

func TestACompleteDatasetReachesAllThatCanBeReachedOffline(t *testing.T) {
	p := shipped(t, "generic")
	s := p.Score(complete(), Facts{Formats: []string{"CSV", "JSON"}})
	if s.Points != 325 || s.Now != 325 || s.Max != 405 || s.Band != "good" || len(s.Next) != 0 {
		t.Errorf("offline: %d of %d now, %d later, %s, next %v", s.Points, s.Now, s.Max, s.Band, s.Next)
	}
	s = p.Score(complete(), Facts{Formats: []string{"CSV"}, Published: true})
	if s.Points != 405 || s.Now != 405 || s.Band != "excellent" {
		t.Errorf("published: %d of %d, %s", s.Points, s.Now, s.Band)
	}
}

func TestTheNextThingToDoIsTheOneThatBringsMost(t *testing.T) {
	d := complete()
	d.Keywords, d.Theme, d.License, d.Rights = nil, "", "", ""
	s := shipped(t, "generic").Score(d, Facts{Formats: []string{"CSV"}})
	want := []Gain{{"theme", 30}, {"keywords", 30}, {"license", 30}, {"rights", 5}}
	if diff := cmp.Diff(want, s.Next); diff != "" {
		t.Errorf("next (-want +got):\n%s", diff)
	}
	if s.Points != 325-95 {
		t.Errorf("%d points, want %d", s.Points, 325-95)
	}
}

func TestStarsNeedALicenceAFormatAndCodes(t *testing.T) {
	p := shipped(t, "generic")
	for _, c := range []struct {
		license string
		facts   Facts
		want    int
	}{
		{"", Facts{Formats: []string{"CSV"}}, 0},
		{"cc-by-nc-4.0", Facts{Formats: []string{"CSV"}}, 0},
		{"odbl-1.0", Facts{Formats: []string{"PDF"}}, 1},
		{"odbl-1.0", Facts{Formats: []string{"XLSX"}}, 2},
		{"odbl-1.0", Facts{Formats: []string{"ODS"}}, 3},
		{"odbl-1.0", Facts{Formats: []string{"CSV"}}, 4},
		{"odbl-1.0", Facts{Formats: []string{"CSV"}, Codes: 1}, 5},
	} {
		if got := p.Score(Description{License: c.license}, c.facts).Stars; got != c.want {
			t.Errorf("%s %+v: %d stars, want %d", c.license, c.facts, got, c.want)
		}
	}
}

func TestANationalThemeCountsThroughTheOneThatMeansTheSame(t *testing.T) {
	d := complete()
	d.Theme = "economia-y-finanzas"
	if s := shipped(t, "ec").Score(d, Facts{Formats: []string{"CSV"}}); s.Points != 325 {
		t.Errorf("%d points, next %v", s.Points, s.Next)
	}
}
