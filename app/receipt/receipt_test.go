package receipt

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var testKey = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))

func sample() Document {
	at := time.Date(2026, 3, 1, 10, 41, 0, 0, time.UTC)
	return Document{
		Version: 1, Job: "j", Dataset: "urn:uuid:d", Revision: "r", Title: "Año <2026> & más", Office: "Municipalidad",
		Destination: Destination{Name: "portal", URL: "https://datos.example.org"}, PortalID: "p", URL: "https://datos.example.org/dataset/x",
		Queued: at, Published: at.Add(time.Hour), Verified: "full", Attempts: 2,
		Files: []File{{ID: "1", Name: "Tabla", URL: "https://datos.example.org/x.csv", Bytes: 12, SHA256: strings.Repeat("0f", 32)}},
	}
}

func TestASignedReceiptIsReadBackWithItsKey(t *testing.T) {
	file, err := Sign(sample(), testKey)
	if err != nil {
		t.Fatal(err)
	}
	got, key, err := Verify(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sample(), got); diff != "" {
		t.Error(diff)
	}
	if !key.Equal(testKey.Public()) {
		t.Error("signed by somebody else")
	}
	var flat bytes.Buffer
	if err := json.Compact(&flat, file); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Verify(flat.Bytes()); err != nil {
		t.Errorf("the same file without blanks: %v", err)
	}
	if got := Fingerprint(key); len(got) != 39 {
		t.Errorf("fingerprint %q", got)
	}
}

// Whatever single byte of the file is changed, it must not pass for what was
// signed: it is refused, or what it says is the same.
func TestNoByteOfAReceiptCanBeChanged(t *testing.T) {
	file, err := Sign(sample(), testKey)
	if err != nil {
		t.Fatal(err)
	}
	for i := range file {
		forged := bytes.Clone(file)
		forged[i] ^= 1
		got, key, err := Verify(forged)
		switch {
		case err == nil && (!key.Equal(testKey.Public()) || !cmp.Equal(got, sample())):
			t.Errorf("byte %d changed: it says %+v", i, got)
		case err != nil && !errors.Is(err, ErrForm) && !errors.Is(err, ErrForged):
			t.Errorf("byte %d: %v", i, err)
		}
	}
	for name, text := range map[string]string{"nothing": "", "not JSON": "hola", "another JSON": `{"receipt": {}}`, "null": "null", "later": strings.Replace(string(file), `"version": 1`, `"version": 2`, 1)} {
		if _, _, err := Verify([]byte(text)); !errors.Is(err, ErrForm) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestThePageShowsEverythingAndRunsNothing(t *testing.T) {
	page := Page{
		Document: sample(), Words: Words{Lang: "es", Heading: "Recibo"}, Fingerprint: "abcd",
		When: func(time.Time) string { return "ayer" }, Size: func(int64) string { return "12 B" },
	}
	page.URL = "javascript:alert(1)"
	var b strings.Builder
	if err := page.Write(&b); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, want := range []string{"Año &lt;2026&gt; &amp; más", "ayer", "12 B", strings.Repeat("0f", 32), "abcd", "https://datos.example.org/x.csv"} {
		if !strings.Contains(got, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, never := range []string{"<script", "<2026>", `href="javascript`} {
		if strings.Contains(got, never) {
			t.Errorf("the page holds %q", never)
		}
	}
}
