package ckan_test

import (
	"os"
	"strings"
	"testing"

	"chasqui/sync/ckan"
	"chasqui/sync/portal"
	"chasqui/sync/portal/portaltest"
)

// TestBehindARealNginx runs where tools/ckan/front.sh has put one in front of a
// CKAN.
func TestBehindARealNginx(t *testing.T) {
	front := os.Getenv("CHASQUI_FRONT_URL")
	if front == "" {
		t.Skip("real nginx: not run (CHASQUI_FRONT_URL names one; tools/ckan/front.sh starts it)")
	}
	target := portal.Target{
		Organization: os.Getenv("CHASQUI_CKAN_ORG"), Token: token(os.Getenv("CHASQUI_CKAN_TOKEN")),
	}
	at := func(address string) portal.Target {
		there := target
		there.URL = address
		return there
	}
	t.Run("what is within its limit arrives", func(t *testing.T) {
		if err := small(t, at(front), 900_000); err != nil {
			t.Error(err)
		}
	})
	t.Run("a file over its limit is refused before a byte is sent", func(t *testing.T) {
		ds, blobs := portaltest.Sample(target.Organization, strings.Repeat("x", 3<<20))
		var most int64
		_, err := ckan.New(at(front)).Publish(t.Context(), portal.Publication{
			Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}, Progress: func(p portal.Progress) { most = max(most, p.Done) },
		})
		if e := asError(t, err); e.Kind != portal.TooLarge || e.Status != 413 || most != 0 {
			t.Errorf("%+v after %d bytes", e, most)
		}
	})
	t.Run("a CKAN that is down is busy", func(t *testing.T) {
		_, err := ckan.New(at(os.Getenv("CHASQUI_FRONT_DEAD"))).Ping(t.Context())
		if e := asError(t, err); e.Kind != portal.Busy || e.Status != 502 {
			t.Errorf("%+v", e)
		}
	})
	t.Run("its certificate is explained, and its key can be trusted", func(t *testing.T) {
		_, err := ckan.New(at(os.Getenv("CHASQUI_FRONT_TLS"))).Ping(t.Context())
		e := asError(t, err)
		if e.Word() != "untrusted_self_signed" {
			t.Fatalf("%+v", e)
		}
		wired, err := portal.Wire(portal.Wiring{Pins: []string{e.Fields["pin"]}})
		if err != nil {
			t.Fatal(err)
		}
		for _, address := range []string{os.Getenv("CHASQUI_FRONT_TLS"), os.Getenv("CHASQUI_FRONT_MOVED")} {
			there := at(address)
			there.Transport = wired
			if err := small(t, there, 100_000); err != nil {
				t.Errorf("%s: %v", address, err)
			}
		}
	})
}
