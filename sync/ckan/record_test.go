package ckan

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/sync/portal"
)

func TestKeywordsBecomeTagsThatCKANTakes(t *testing.T) {
	cases := []struct{ in, want []string }{
		{nil, nil},
		{[]string{"presupuesto", "presupuesto"}, []string{"presupuesto"}},
		{[]string{"salud, educación"}, []string{"salud", "educación"}},
		{[]string{"niñez (0-5)", "A&B", "1/2"}, []string{"niñez 0-5", "A B", "1 2"}},
		{[]string{"x", "", " ", "(a)"}, nil},
		{[]string{"日本", "v1.2_b"}, []string{"日本", "v1.2_b"}},
		{[]string{strings.Repeat("ñ", 150)}, []string{strings.Repeat("ñ", 100)}},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, tags(c.in)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.in, diff)
		}
	}
}

func TestSupportedVersionsBeginAt29(t *testing.T) {
	for version, want := range map[string]bool{
		"2.8.12": false, "2.9": true, "2.9.0a": true, "2.9.11": true, "2.10.1": true, "2.12.0": true, "3.0": true, "1.8": false, "master": true,
	} {
		if got := supported(version); got != want {
			t.Errorf("%s: %v", version, got)
		}
	}
}

func TestAnAddressWithoutTLSIsInsecureUnlessItIsOurOwn(t *testing.T) {
	for address, want := range map[string]bool{
		"http://datos.example": true, "https://datos.example": false, "http://10.0.0.1:5000": true,
		"http://127.0.0.1:5000": false, "http://localhost": false, "http://[::1]:80/x": false,
	} {
		if got := New(portal.Target{URL: address}).(*client).insecure(); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

func TestATokenGoesToTheSameHostOnlyAndNeverOutOfTLS(t *testing.T) {
	cases := []struct {
		from, to string
		want     bool
	}{
		{"http://a/x", "http://a/y", true},
		{"http://a", "https://a", true},
		{"https://a", "http://a", false},
		{"https://a", "https://www.a", false},
		{"https://a", "https://b", false},
		{"https://a", "https://A", true},
		{"http://a:5000", "http://a:5001", false},
	}
	for _, c := range cases {
		from, _ := url.Parse(c.from)
		to, _ := url.Parse(c.to)
		if got := sameHost(from, to); got != c.want {
			t.Errorf("%s to %s: %v", c.from, c.to, got)
		}
	}
}

func TestNestedErrorsGetOneNameEach(t *testing.T) {
	got := flatten(map[string]any{
		"maintainer_email": []any{"is not valid", "at all"},
		"match__id":        "Missing value",
		"extras":           []any{map[string]any{}, map[string]any{"key": []any{"Missing value"}}},
		"name":             []any{},
	})
	want := map[string]string{"maintainer_email": "is not valid at all", "match__id": "Missing value", "extras.1.key": "Missing value"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
