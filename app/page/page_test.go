package page_test

import (
	"regexp"
	"strings"
	"testing"

	"chasqui/app/dcat"
	"chasqui/app/message"
	"chasqui/app/page"
)

// two is a page of two tables with texts that would break HTML.
func two() page.Page {
	table := page.Table{
		Name: "obras", Rows: 2, Columns: []dcat.Column{{Name: "monto", Title: "Monto <total>", Type: "número", Unit: "USD"}, {Name: "nota"}},
		Missing: [][]string{{"N/D"}, nil}, Numeric: []bool{true, false},
		Sample: [][]string{{"10.5", "\"><script>alert(1)</script>"}, {"", strings.Repeat("ñ", 500)}}, Done: []string{"1 fila fuera"},
	}
	other := table
	other.Name = "pagos"
	return page.Page{
		Dataset: dcat.Dataset{
			IRI: "urn:uuid:1", Title: "Obras & pagos", Description: "Uno.\n\nDos </script>.", Publisher: dcat.Agent{Name: "Municipalidad"},
			Contact: dcat.Contact{Name: "Ana", Email: "ana@muni.example"}, Modified: "2026-03-01T08:00:00Z", Start: "2026-01-01", End: "2026-03-31",
			Homepage: "javascript:alert(1)", VersionNotes: "2 registros añadidos", Rights: "Citando la fuente",
		},
		License: "CC BY 4.0", Tables: []page.Table{table, other},
		Files: []page.File{{Name: "obras.csv", Format: "CSV", Bytes: 1200, Data: true}, {Name: "dictionary.csv", Format: "CSV"}, {Name: "PM.ods", Title: "Perfil de metadatos", Format: "ODS"}},
	}
}

var key = regexp.MustCompile(`\b(page|package|key)\.[a-z]+(\.[a-z]+)*\b`)

func TestThePageSpeaksEveryLanguage(t *testing.T) {
	for _, lang := range message.Languages {
		say := message.New(lang)
		for name, text := range map[string]string{"page": string(page.HTML(two(), say)), "text": string(page.Text(two(), say))} {
			body := strings.ReplaceAll(text, "datapackage.json", "")
			if found := key.FindString(body); found != "" || strings.Contains(body, "{{") || strings.Contains(body, "<no value>") {
				t.Errorf("%s in %s: a word is missing: %q", name, lang, found)
			}
		}
	}
}

func TestWhatPeopleWroteBreaksNoPage(t *testing.T) {
	text := string(page.HTML(two(), message.New("es")))
	if n := strings.Count(text, "<script"); n != 1 {
		t.Errorf("%d script elements, want the description alone", n)
	}
	if strings.Contains(text, `href="javascript:`) {
		t.Error("a link runs a script")
	}
	for _, want := range []string{"Obras &amp; pagos", "Monto &lt;total&gt;", "<p class=\"lead\">Uno.</p>", "2 registros añadidos", `id="columns-pagos"`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in the page", want)
		}
	}
	if strings.Contains(text, strings.Repeat("ñ", 200)) {
		t.Error("a long value is shown whole")
	}
}

func TestTheTextHasLinesForEveryEditor(t *testing.T) {
	text := string(page.Text(two(), message.New("es")))
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") || !strings.HasPrefix(text, "Obras & pagos\r\n") {
		t.Errorf("%q", text)
	}
	if !strings.Contains(text, "obras.csv (CSV, 1,2 kB)") || !strings.Contains(text, "PM.ods: Perfil de metadatos") || strings.Contains(text, "dictionary.csv (") {
		t.Errorf("the files are not told:\n%s", text)
	}
}
