package dcat_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/app/dcat"
)

const eu = "http://publications.europa.eu/resource/authority/"

// full is a dataset of which everything is said, with texts that hurt.
func full() dcat.Dataset {
	return dcat.Dataset{
		IRI: "urn:uuid:11111111-1111-4111-8111-111111111111", Identifier: "urn:uuid:22222222-2222-4222-8222-222222222222",
		Series: "urn:uuid:22222222-2222-4222-8222-222222222222",
		Title:  "Ejecución \"2026\" \\ <b>", Description: "Línea 1\nLínea 2\tcon </script> y \x01", Language: "es", Version: "1.0",
		Keywords: []string{"gasto", "año"}, Themes: []dcat.Term{{IRI: eu + "data-theme/GOVE", Label: "Gobierno"}},
		Languages: []dcat.Term{{IRI: eu + "language/SPA", Label: "español"}}, Frequency: dcat.Term{IRI: eu + "frequency/MONTHLY", Label: "Mensual"},
		Spatial: []dcat.Term{{Label: "Santa Rosa"}}, Start: "2026-01-01", End: "2026-03-31",
		Publisher: dcat.Agent{Name: "Municipalidad"}, Contact: dcat.Contact{Name: "Ana", Email: "ana@muni.example"},
		Access:  dcat.Term{IRI: eu + "access-right/PUBLIC", Label: "Público"},
		License: dcat.Term{IRI: eu + "licence/CC_BY_4_0", Label: "CC BY 4.0"}, LicenseURL: "https://creativecommons.org/licenses/by/4.0/",
		Rights: "Puede usarse citando la fuente.", Source: "Tesorería", Homepage: "https://datos.example/d",
		Legislation: []dcat.Term{{IRI: "https://leyes.example/1"}, {Label: "Ordenanza 12"}}, Issued: "2026-03-01T10:00:00Z", Modified: "2026-04-01T10:00:00Z",
		Pages: []dcat.Page{{URL: "dictionary.csv", Title: "Diccionario"}},
		Files: []dcat.Distribution{{
			IRI: "urn:uuid:33333333-3333-4333-8333-333333333333", URL: "gasto.csv", Title: "Gasto (CSV)", Description: "3 filas",
			Format: dcat.Term{IRI: eu + "file-type/CSV", Label: "CSV"}, MediaType: "text/csv", Bytes: 120,
			SHA256: strings.Repeat("ab", 32), Availability: dcat.Term{IRI: eu + "planned-availability/AVAILABLE", Label: "Disponible"},
			SchemaURL: "datapackage.json",
			Columns: []dcat.Column{
				{Name: "monto", Title: "Monto", Type: "number", Unit: "USD", Description: "Lo gastado", IRI: "urn:uuid:4"},
				{Name: "activo", Type: "boolean"}, {Name: "mes", Type: "yearmonth"}, {Name: "lugar", Type: "geopoint"},
			},
		}},
	}
}

// TestWhatJSONLDSaysIsReadBack compares field by field; the columns and the
// licence's own page are not said in DCAT.
func TestWhatJSONLDSaysIsReadBack(t *testing.T) {
	want := full()
	got, err := dcat.Read(dcat.JSONLD(want))
	if err != nil {
		t.Fatal(err)
	}
	want.Files[0].Columns, want.LicenseURL = nil, want.License.IRI
	if diff := cmp.Diff([]dcat.Dataset{want}, got); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
}

func TestWhatDataJSONSaysIsReadBack(t *testing.T) {
	want := full()
	got, err := dcat.Read(dcat.OpenData(want))
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	d := got[0]
	same := []string{want.Identifier, want.Title, want.Description, want.LicenseURL, want.Contact.Email, want.Contact.Name, want.Publisher.Name,
		want.Frequency.IRI, want.Start, want.End, want.Rights, want.Access.IRI, want.Languages[0].IRI, want.Spatial[0].Label, want.Themes[0].Label,
		want.Files[0].URL, want.Files[0].MediaType, want.Modified}
	read := []string{d.Identifier, d.Title, d.Description, d.LicenseURL, d.Contact.Email, d.Contact.Name, d.Publisher.Name,
		d.Frequency.IRI, d.Start, d.End, d.Rights, d.Access.IRI, d.Languages[0].IRI, d.Spatial[0].Label, d.Themes[0].Label,
		d.Files[0].URL, d.Files[0].MediaType, d.Modified}
	if diff := cmp.Diff(same, read); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
}

func TestEveryTermIsDescribedInTheSameFile(t *testing.T) {
	var doc struct {
		Graph []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(dcat.JSONLD(full()), &doc); err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for _, n := range doc.Graph {
		described[n["@id"].(string)] = true
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			id, _ := v["@id"].(string)
			if strings.HasPrefix(id, eu) && !described[id] {
				t.Errorf("%s is used and not described", id)
			}
			for name, e := range v {
				if name != "skos:inScheme" {
					walk(e)
				}
			}
		}
	}
	for _, n := range doc.Graph {
		walk(n)
	}
	if !described[eu+"file-type/CSV"] {
		t.Error("the file type is not there at all")
	}
}

func TestTurtleEscapesWhatATextOrAnIRICannotHold(t *testing.T) {
	d := full()
	d.Homepage = "https://datos.example/a b>c"
	got := string(dcat.Turtle(d))
	for _, want := range []string{
		`dct:title "Ejecución \"2026\" \\ <b>"@es`, `"Línea 1\nLínea 2\tcon </script> y \u0001"@es`,
		`dcat:landingPage <https://datos.example/a%20b%3Ec>`, `dcat:byteSize "120"^^xsd:nonNegativeInteger`,
		"<" + eu + "frequency/MONTHLY> a dct:Frequency, skos:Concept ;",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in\n%s", want, got)
		}
	}
}

func TestNothingIsSaidOfWhatIsNotKnown(t *testing.T) {
	d := dcat.Dataset{IRI: "urn:uuid:1", Title: "T", Language: "es", Files: []dcat.Distribution{{IRI: "urn:uuid:2", URL: "t.csv"}}}
	for name, text := range map[string]string{
		"Turtle": string(dcat.Turtle(d)), "JSON-LD": string(dcat.JSONLD(d)), "data.json": string(dcat.OpenData(d)),
		"schema.org": string(dcat.SchemaOrg(d)),
	} {
		for _, empty := range []string{`""`, "<>", "null", "[]", `"mailto:"`} {
			if strings.Contains(text, empty) {
				t.Errorf("%s says %s:\n%s", name, empty, text)
			}
		}
	}
}

func TestCSVWNamesTheHeaderAndTheType(t *testing.T) {
	var doc struct {
		URL    string `json:"url"`
		Schema struct {
			Columns []struct {
				Name, Datatype string
				Titles         []string
			}
		} `json:"tableSchema"`
	}
	d := full()
	if err := json.Unmarshal(dcat.CSVW(d, d.Files[0]), &doc); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range doc.Schema.Columns {
		got = append(got, c.Titles[0]+":"+c.Datatype)
	}
	if diff := cmp.Diff([]string{"monto:decimal", "activo:boolean", "mes:gYearMonth", "lugar:string"}, got); diff != "" || doc.URL != "gasto.csv" {
		t.Errorf("%s %s", doc.URL, diff)
	}
}

// TestSchemaOrgHasWhatSearchEnginesAskFor: the required and recommended
// properties of Google's guide to Dataset; no validator of it runs offline.
func TestSchemaOrgHasWhatSearchEnginesAskFor(t *testing.T) {
	text := dcat.SchemaOrg(full())
	if strings.ContainsAny(string(text), "<>&") {
		t.Errorf("a script element could end early:\n%s", text)
	}
	var doc map[string]any
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"name", "description", "identifier", "keywords", "license", "creator", "isAccessibleForFree", "temporalCoverage",
		"spatialCoverage", "variableMeasured", "version", "distribution", "inLanguage", "dateModified", "datePublished",
	} {
		if doc[name] == nil {
			t.Errorf("%s is missing", name)
		}
	}
}

func TestCKANsOwnDCATIsRead(t *testing.T) {
	got, err := dcat.Read([]byte(`{"@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
		"foaf": "http://xmlns.com/foaf/0.1/", "vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#"},
		"@graph": [
		{"@id": "_:c", "@type": "vcard:Organization", "vcard:fn": "Ana", "vcard:hasEmail": {"@id": "mailto:ana@muni.example"}},
		{"@id": "http://ckan/dataset/1", "@type": "dcat:Dataset", "dct:title": "Gasto", "dct:description": "De marzo",
		 "dcat:keyword": ["a", "b"], "dct:identifier": "urn:uuid:9", "dcat:contactPoint": {"@id": "_:c"},
		 "dct:publisher": {"@id": "http://ckan/organization/1"}, "dct:language": "es",
		 "dcat:distribution": {"@id": "http://ckan/dataset/1/resource/2"}},
		{"@id": "http://ckan/dataset/1/resource/2", "@type": "dcat:Distribution", "dcat:accessURL": {"@id": "http://ckan/f.csv"},
		 "dct:format": "CSV", "dcat:byteSize": {"@type": "xsd:decimal", "@value": "12.0"},
		 "dct:license": {"@id": "http://www.opendefinition.org/licenses/cc-by"}},
		{"@id": "http://ckan/organization/1", "@type": "foaf:Agent", "foaf:name": "Municipalidad"}]}`))
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	d := got[0]
	read := []string{d.Title, d.Description, d.Publisher.Name, d.Contact.Name, d.Contact.Email, d.License.IRI, d.Files[0].URL, d.Files[0].Format.Label,
		d.Languages[0].Label, strings.Join(d.Keywords, "+")}
	want := []string{"Gasto", "De marzo", "Municipalidad", "Ana", "ana@muni.example", "http://www.opendefinition.org/licenses/cc-by", "http://ckan/f.csv",
		"CSV", "es", "a+b"}
	if diff := cmp.Diff(want, read); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatIsNoDescriptionIsRefused(t *testing.T) {
	for text, want := range map[string]error{
		"": dcat.ErrNotDescription, "a,b\n1,2\n": dcat.ErrNotDescription, `{"a": 1}`: dcat.ErrNotDescription, "[]": dcat.ErrNotDescription,
		`{"dataset": []}`: dcat.ErrNotDescription,
		`{"@context": "https://datos.example/context.jsonld", "@id": "x", "title": "y"}`: dcat.ErrRemote,
	} {
		if _, err := dcat.Read([]byte(text)); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
}
