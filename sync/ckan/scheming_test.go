package ckan_test

import (
	"os"
	"strings"
	"testing"

	"chasqui/sync/ckan"
	"chasqui/sync/portal"
	"chasqui/sync/portal/portaltest"
)

// TestAPortalsOwnFormGetsItsFields runs against a CKAN with ckanext-scheming's
// example schema camel-photos, which has fields of its own. A field that it does not know
// is dropped without a word: that is told, and it is not sent for ever.
func TestAPortalsOwnFormGetsItsFields(t *testing.T) {
	if os.Getenv("CHASQUI_CKAN_SCHEMING") == "" || os.Getenv("CHASQUI_CKAN_URL") == "" {
		t.Skip("real CKAN with scheming: not run (CHASQUI_CKAN_SCHEMING=1 and CHASQUI_CKAN_URL name one)")
	}
	target := portal.Target{
		URL: os.Getenv("CHASQUI_CKAN_URL"), Organization: os.Getenv("CHASQUI_CKAN_ORG"), Token: token(os.Getenv("CHASQUI_CKAN_TOKEN")),
	}
	ds, blobs := portaltest.Sample(target.Organization, "a\n1\n")
	ds.Fields = map[string]any{"type": "camel-photos", "humps": "2", "category": "bactrian", "personality": []string{"spits", "friendly"}, "no_such_field": "x"}
	ds.Resources[0].Fields = map[string]string{"camels_in_photo": "7"}
	pub := portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}}
	first, err := ckan.New(target).Publish(t.Context(), pub)
	if err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]string{"type": "camel-photos", "humps": "2", "category": "bactrian", "personality": "friendly, spits"} {
		if first.Fields[field] != want {
			t.Errorf("%s is %q, want %q", field, first.Fields[field], want)
		}
	}
	if got := first.Resources[0].Fields["camels_in_photo"]; got != "7" {
		t.Errorf("camels in the photo: %q", got)
	}
	told := map[string]bool{}
	for _, d := range first.Altered {
		told[d.Field] = true
	}
	if !told["no_such_field"] || len(told) != 1 {
		t.Errorf("altered %+v", first.Altered)
	}
	if _, err := ckan.New(target).Verify(t.Context(), ds, &first); err != nil {
		t.Errorf("verify: %v", err)
	}
	writes := func(wire *portaltest.Wire) (n int) {
		for _, call := range wire.Calls() {
			if strings.HasPrefix(call, "POST") {
				n++
			}
		}
		return n
	}
	wire := &portaltest.Wire{}
	target.Transport, pub.Last, pub.Journal = wire, &first, &portaltest.Memory{}
	second, err := ckan.New(target).Publish(t.Context(), pub)
	if err != nil || writes(wire) != 0 {
		t.Errorf("nothing had changed: %d writes, %v", writes(wire), err)
	}
	// A choice less is a choice less.
	wire = &portaltest.Wire{}
	ds.Fields = map[string]any{"type": "camel-photos", "humps": "1", "category": "hybrid", "personality": []string{"jealous"}, "no_such_field": "x"}
	target.Transport, pub.Dataset, pub.Last, pub.Journal = wire, ds, &second, &portaltest.Memory{}
	third, err := ckan.New(target).Publish(t.Context(), pub)
	if err != nil || third.Fields["personality"] != "jealous" || third.Fields["humps"] != "1" || writes(wire) != 1 {
		t.Errorf("a correction: %v after %d writes, %v", third.Fields, writes(wire), err)
	}
}
