package practice_test

import (
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/sync/practice"
)

func TestEveryLanguageHasEveryText(t *testing.T) {
	read := func(lang string) map[string]string {
		raw, err := os.ReadFile("pages/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]string
		if err := json.Unmarshal(raw, &words); err != nil {
			t.Fatal(err)
		}
		return words
	}
	want := read("es")
	for _, lang := range []string{"en", "pt", "fr"} {
		got := read(lang)
		for key := range want {
			if strings.TrimSpace(got[key]) == "" {
				t.Errorf("%s has no %q", lang, key)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s has %d texts, es %d", lang, len(got), len(want))
		}
	}
	used := regexp.MustCompile(`\$?(?:v\.|t|\.)T?\.([a-z_0-9]+)\b`)
	for _, page := range []string{"frame", "home", "dataset", "error"} {
		raw, err := os.ReadFile("pages/" + page + ".html")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range used.FindAllStringSubmatch(string(raw), -1) {
			if want[m[1]] == "" && !strings.HasSuffix(m[0], ".html") {
				t.Errorf("%s.html wants %q", page, m[1])
			}
		}
	}
}

func TestThePageSpeaksTheReadersLanguage(t *testing.T) {
	s := open(t, practice.Options{})
	for _, c := range []struct{ query, header, want string }{
		{"", "", "es"}, {"", "pt-BR,pt;q=0.9", "pt"}, {"", "fr-CA, en;q=0.5", "fr"}, {"", "de", "es"}, {"", "en-GB", "en"},
		{"?lang=fr", "en", "fr"}, {"?lang=xx", "en", "en"}, {"", ";;;q=", "es"},
	} {
		resp, body := s.get("/"+c.query, "Accept-Language", c.header)
		if resp.Header.Get("Content-Language") != c.want || !strings.Contains(body, `<html lang="`+c.want+`">`) {
			t.Errorf("%+v: %s", c, resp.Header.Get("Content-Language"))
		}
	}
}

func TestADatasetsPageExplainsItAndRunsNothing(t *testing.T) {
	s := open(t, practice.Options{})
	attack := `<script>alert(1)</script>`
	ds := s.create("datos", map[string]any{
		"title": attack, "notes": attack, "author": attack, "maintainer_email": "a@example.org", "url": "javascript:alert(1)",
		"extras": []any{map[string]any{"key": attack, "value": attack}},
	})
	id := ds["id"].(string)
	s.attach(id, "6f1a2a3e-5a55-4c55-9d3e-111111111111", "gasto.csv", "\xef\xbb\xbfcodigo,monto\n01,"+attack+"\n")
	s.attach(id, "6f1a2a3e-5a55-4c55-9d3e-222222222222", "dictionary.csv", "name,description\ncodigo,Código de la partida\n")
	resp, body := s.get("/dataset/datos?lang=es")
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("HTTP %d", resp.StatusCode)
	}
	for _, want := range []string{"Qué significa cada columna", "Código de la partida", `<th scope="col">codigo</th>`, "<td>01</td>", "gasto.csv"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if strings.Contains(body, "<script") || strings.Contains(body, `href="javascript`) {
		t.Error("a stranger's markup is in the page")
	}
	policy := resp.Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "script") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy %q", policy)
	}
	for _, tag := range []string{"<h1", "<main", "<nav", `lang="es"`, "<title"} {
		if strings.Count(body, tag) < 1 {
			t.Errorf("no %s", tag)
		}
	}
	if n := strings.Count(body, "<h1"); n != 1 {
		t.Errorf("%d first headings", n)
	}
}

func TestAFileIsNeverShownAsAPageOfThePortal(t *testing.T) {
	s := open(t, practice.Options{})
	ds := s.create("datos", nil)
	_, out := s.attach(ds["id"].(string), resourceID, "malo.html", "<script>alert(1)</script>")
	res := out["result"].(map[string]any)["package"].(map[string]any)["resources"].([]any)[0].(map[string]any)
	resp, _ := s.get(strings.TrimPrefix(res["url"].(string), s.url))
	got := []string{resp.Header.Get("Content-Type"), resp.Header.Get("X-Content-Type-Options"), resp.Header.Get("Content-Disposition")}
	if diff := cmp.Diff([]string{"application/octet-stream", "nosniff", "attachment; filename=malo.html"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestSizesAreWrittenTheReadersWay(t *testing.T) {
	s := open(t, practice.Options{})
	ds := s.create("datos", nil)
	s.attach(ds["id"].(string), resourceID, "a.csv", strings.Repeat("x", 1234))
	for lang, want := range map[string]string{"es": "1,2 kB", "en": "1.2 kB", "pt": "1,2 kB", "fr": "1,2 kB"} {
		if _, body := s.get("/dataset/datos?lang=" + lang); !strings.Contains(body, want) {
			t.Errorf("%s: the page does not say %q", lang, want)
		}
	}
}

func TestTheHomePageListsWhatIsPublic(t *testing.T) {
	s := open(t, practice.Options{})
	if _, body := s.get("/?lang=en"); !strings.Contains(body, "Nothing is published yet") {
		t.Error("an empty portal does not say so")
	}
	s.create("primero", map[string]any{"title": "Presupuesto"})
	s.create("oculto", map[string]any{"title": "Secreto", "private": true})
	_, body := s.get("/")
	if !strings.Contains(body, `href="/dataset/primero?lang=es"`) || !strings.Contains(body, "Presupuesto") || strings.Contains(body, "Secreto") {
		t.Errorf("the list: %s", body)
	}
	if resp, css := s.get("/style.css"); resp.StatusCode != http.StatusOK || !strings.Contains(resp.Header.Get("Content-Type"), "text/css") || !strings.Contains(css, "prefers-color-scheme") {
		t.Errorf("the style: %d %s", resp.StatusCode, resp.Header.Get("Content-Type"))
	}
	if _, out := s.call("", "package_list", map[string]any{}); len(out["result"].([]any)) != 1 {
		t.Errorf("package_list: %v", out)
	}
}
