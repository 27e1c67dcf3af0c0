package app

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"chasqui/app/datapackage"
	"chasqui/app/dcat"
	"chasqui/app/describe"
	"chasqui/app/store"
	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// openedAt is an App of its own whose clock stands still.
func openedAt(t *testing.T, now time.Time) *App {
	t.Helper()
	a, err := Open(t.Context(), Options{Dir: t.TempDir(), Getenv: os.Getenv, Lang: "es", Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

var (
	march = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	april = time.Date(2026, 4, 1, 8, 0, 0, 0, time.UTC)
)

// hardTable has what must survive: missing words, a value that does not fit,
// leading zeros, texts with quotes and angle brackets, personal data.
const hardTable = "código;obra;monto;fecha;correo\r\n" +
	"001;\"Puente \"\"A\"\" <b>\";1.200,50;31/12/2025;ana@correo.example\r\n" +
	"002;Vía;N/D;01/02/2026;luis@correo.example\r\n" +
	"003;Plaza, norte;300,00;02/02/2026;eva@correo.example\r\n" +
	"004;Mercado;por definir;03/02/2026;juan@correo.example\r\n" +
	"005;Puente B;1.000,00;04/02/2026;rosa@correo.example\r\n" +
	"006;Puente C;2.345,67;05/02/2026;luz@correo.example\r\n" +
	"007;Puente D;9.999,90;06/02/2026;raul@correo.example\r\n" +
	"008;Puente E;1,25;07/02/2026;ines@correo.example\r\n"

// hard is a dataset of hardTable of which everything is said, with its columns
// decided on.
func hard(t *testing.T, a *App, more ...Assignment) Dataset {
	t.Helper()
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "obras.csv", hardTable)})
	if err != nil {
		t.Fatal(err)
	}
	d, err = a.Edit(t.Context(), d.ID, slices.Concat([]Assignment{
		{"title", "Obras públicas <2026>"}, {"description", "Obras que la municipalidad tiene en ejecución.\n\n</script> Segunda parte."},
		{"license", "cc-by-4.0"}, {"publisher", "Municipalidad de Santa Rosa"}, {"contact", "Oficina de obras"}, {"email", "obras@muni.example"},
		{"keywords", "obras, presupuesto"}, {"theme", "GOVE"}, {"frequency", "MONTHLY"}, {"language", "es"}, {"spatial", "Santa Rosa"},
		{"temporal", "2026-01-01/2026-03-31"}, {"source", "Sistema de obras"}, {"version", "1.2"}, {"access_rights", "PUBLIC"},
		{"rights", "Citando la fuente"}, {"landing_page", "https://muni.example/obras"}, {"legal_basis", "Ordenanza 12"},
		{"field.monto.unit", "USD"}, {"field.monto.description", "Monto del contrato"}, {"field.correo.personal", "keep:es de la oficina"},
	}, more))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// packaged writes a package and returns its files by name.
func packaged(t *testing.T, a *App, id string, formats ...string) (string, map[string]string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "paquete")
	if _, err := a.Package(t.Context(), PackageRequest{Dataset: id, Out: folder, Zip: true, Formats: formats}); err != nil {
		t.Fatal(err)
	}
	return folder, filesIn(t, os.DirFS(folder))
}

func filesIn(t *testing.T, tree fs.FS) map[string]string {
	t.Helper()
	files := map[string]string{}
	entries, err := fs.ReadDir(tree, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := fs.ReadFile(tree, e.Name())
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(data)
	}
	return files
}

// TestTheSameContentGivesTheSameBytes: no clock, no order of a map, no author.
func TestTheSameContentGivesTheSameBytes(t *testing.T) {
	dir := t.TempDir()
	var earlier map[string]string
	var zipped []byte
	var id string
	for i, now := range []time.Time{march, april} {
		a, err := Open(t.Context(), Options{Dir: dir, Getenv: os.Getenv, Lang: "es", Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			id = hard(t, a).ID
		}
		folder, files := packaged(t, a, id, "csv", "json", "xlsx", "ods", "parquet")
		whole, err := os.ReadFile(folder + ".zip")
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 {
			if diff := cmp.Diff(earlier, files); diff != "" || !bytes.Equal(zipped, whole) {
				t.Errorf("the zips are equal: %v; the folders (-first +second):\n%s", bytes.Equal(zipped, whole), diff)
			}
			z, err := zip.OpenReader(folder + ".zip")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(files, filesIn(t, z)); diff != "" {
				t.Errorf("folder and zip differ (-folder +zip):\n%s", diff)
			}
			z.Close()
			if _, err := a.Edit(t.Context(), id, []Assignment{{"title", "Otro"}}); err != nil {
				t.Fatal(err)
			}
			if _, files := packaged(t, a, id); !strings.Contains(files["dcat.ttl"], `dct:modified "2026-04-01T08:00:00Z"`) ||
				!strings.Contains(files["dcat.ttl"], `dct:issued "2026-03-01T08:00:00Z"`) {
				t.Error("another title is no change, or the first publication is forgotten")
			}
		}
		earlier, zipped = files, whole
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAPackageComesBackAsAnEqualDraft is on another computer, a month later.
func TestAPackageComesBackAsAnEqualDraft(t *testing.T) {
	for i, profile := range []string{"generic", "ec", "pe"} {
		t.Run(profile, func(t *testing.T) {
			a := openedAt(t, march)
			d := hard(t, a, Assignment{"profile", profile}, Assignment{"version", []string{"1.2", "", "2026"}[i]}) // "" is by the rule
			folder, want := packaged(t, a, d.ID)
			ways := []string{folder, folder + ".zip"}
			for _, from := range ways[:len(ways)-min(i, 1)] {
				other := openedAt(t, april)
				in, err := other.Import(t.Context(), ImportRequest{Path: from})
				if err != nil || len(in.Dropped) > 0 {
					t.Fatal(in.Dropped, err)
				}
				sameDraft(t, d, in.Dataset)
				_, got := packaged(t, other, d.ID)
				for _, name := range slices.Sorted(maps.Keys(want)) {
					if name == "index.html" || name == "README.txt" || name == "CHECKSUMS" {
						continue // they tell what was done to the first source
					}
					if diff := cmp.Diff(want[name], got[name]); diff != "" {
						t.Errorf("%s (-first +back):\n%s", name, diff)
					}
				}
				if i == 0 {
					comesAgain(t, other, d.ID, from)
				}
			}
		})
	}
}

// comesAgain imports what is here already, and what was removed.
func comesAgain(t *testing.T, a *App, id, from string) {
	t.Helper()
	if _, err := a.Import(t.Context(), ImportRequest{Path: from}); kindIn(err) != AlreadyHere {
		t.Errorf("a second time: %v", err)
	}
	if err := a.RemoveDataset(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Import(t.Context(), ImportRequest{Path: from}); err != nil {
		t.Errorf("after it was removed: %v", err)
	}
}

// sameDraft compares what people said and every identifier.
func sameDraft(t *testing.T, want, got Dataset) {
	t.Helper()
	said := func(d Dataset) describe.Description {
		about := d.Description.Clone()
		about.Proposed, about.Refused, about.Chosen = nil, nil, nil
		return about
	}
	if diff := cmp.Diff(said(want), said(got)); diff != "" || want.ID != got.ID || want.Name != got.Name {
		t.Errorf("%s %s, %s %s (-made +imported):\n%s", want.ID, want.Name, got.ID, got.Name, diff)
	}
	var columns [2][]string
	for i, d := range []Dataset{want, got} {
		for _, c := range d.Tables[0].Columns {
			columns[i] = append(columns[i], fmt.Sprint(c.ID, c.Field.Name, c.Field.Type, c.Title, c.Description, c.Unit, c.Personal))
		}
	}
	if diff := cmp.Diff(columns[0], columns[1]); diff != "" {
		t.Errorf("columns (-made +imported):\n%s", diff)
	}
}

// pathRule is the one pattern of the profiles that Go's regular expressions
// can't hold: a path that stays inside the package, or an address of the web.
type pathRule string

func (p pathRule) String() string { return string(p) }

func (pathRule) MatchString(s string) bool {
	web := strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "ftp://") || strings.HasPrefix(s, "ftps://")
	return web || s != "" && !strings.ContainsAny(s[:1], "./~") && !strings.Contains(s, "/../") && !strings.Contains(s, `\`) && !strings.Contains(s, "://")
}

func TestTheDescriptorIsValidByItsStandard(t *testing.T) {
	c := jsonschema.NewCompiler()
	c.UseRegexpEngine(func(s string) (jsonschema.Regexp, error) {
		if strings.HasPrefix(s, "^((?=[^./~])(?!file:)") {
			return pathRule(s), nil
		}
		return regexp.Compile(s)
	})
	for _, name := range []string{"datapackage", "dataresource", "tableschema", "tabledialect"} {
		data, err := os.ReadFile(filepath.Join("datapackage", "testdata", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource("mem:///"+name+".json", doc); err != nil {
			t.Fatal(err)
		}
	}
	judge := func(name string, part any) {
		t.Helper()
		schema, err := c.Compile("mem:///" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(part); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	a := openedAt(t, march)
	_, files := packaged(t, a, hard(t, a).ID, "csv", "tsv", "json", "ndjson", "xlsx", "ods", "parquet")
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(files["datapackage.json"]))
	if err != nil {
		t.Fatal(err)
	}
	judge("datapackage", doc)
	resources := doc.(map[string]any)["resources"].([]any)
	if len(resources) != 8 {
		t.Errorf("%d resources, want seven formats and the dictionary", len(resources))
	}
	for _, r := range resources {
		judge("dataresource", r)
		if s := r.(map[string]any)["schema"]; s != nil {
			judge("tableschema", s)
		}
		if d := r.(map[string]any)["dialect"]; d != nil {
			judge("tabledialect", d)
		}
	}
}

var (
	runs    = regexp.MustCompile(`(?i)<script(?: type="([^"]*)")?|\bon[a-z]+=|<(?:link|iframe|object|embed|img|base)\b|url\(|@import|\bsrc=`)
	address = regexp.MustCompile(`href="([^"]*)"`)
)

func TestThePageRunsNothingAndFetchesNothing(t *testing.T) {
	a := openedAt(t, march)
	folder, files := packaged(t, a, hard(t, a).ID)
	text := files["index.html"]
	for _, m := range runs.FindAllStringSubmatch(text, -1) {
		if m[1] != "application/ld+json" {
			t.Errorf("the page holds %s", m[0])
		}
	}
	for _, m := range address.FindAllStringSubmatch(text, -1) {
		if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
			continue
		}
		if _, err := os.Stat(filepath.Join(folder, m[1])); err != nil {
			t.Errorf("a link to %s: %v", m[1], err)
		}
	}
	for _, want := range []string{
		"<h1>Obras públicas &lt;2026&gt;</h1>", `lang="es"`, "Monto del contrato", "Puente &#34;A&#34; &lt;b&gt;", "N/D", "1200.50",
		"Las primeras 8 filas de 8", "&lt;/script&gt; Segunda parte.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in the page", want)
		}
	}
	_, linked, _ := strings.Cut(text, `<script type="application/ld+json">`)
	linked, _, _ = strings.Cut(linked, "</script>")
	var doc map[string]any
	if err := json.Unmarshal([]byte(linked), &doc); err != nil || doc["@type"] != "Dataset" {
		t.Errorf("schema.org: %v in %s", err, linked)
	}
}

func TestAFilesAddressIsThePortalsOnceThereIsAReceipt(t *testing.T) {
	site := "https://portal.example/d"
	a := openedAt(t, march)
	d := hard(t, a)
	office, err := a.Office(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	to, err := a.store.AddDestination(t.Context(), store.Destination{Office: office.ID, Name: "portal", Kind: "ckan", URL: site})
	if err != nil {
		t.Fatal(err)
	}
	before, _ := packaged(t, a, d.ID)
	job, err := a.Publish(t.Context(), d.ID, to.ID, PublishOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := a.store.Revision(t.Context(), job.Revision)
	if err != nil {
		t.Fatal(err)
	}
	receipt := portal.Receipt{URL: site, At: march}
	for _, f := range r.Files {
		receipt.Resources = append(receipt.Resources, portal.ResourceReceipt{ID: f.Resource, URL: site + "/" + f.Name})
	}
	from, done := job.State, job.Job
	done.State = outbox.Completed
	if err := a.store.Apply(t.Context(), from, done, outbox.Entry{At: march, Event: "delivered"}, nil, &receipt); err != nil {
		t.Fatal(err)
	}
	after, files := packaged(t, a, d.ID)
	for folder, want := range map[string]string{before: "obras.csv", after: site + "/obras.csv"} {
		data, err := os.ReadFile(filepath.Join(folder, "dcat.jsonld"))
		if err != nil {
			t.Fatal(err)
		}
		list, err := dcat.Read(data)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(list[0].Files[0].URL, filepath.Base(want)) || strings.Contains(want, "://") != strings.Contains(list[0].Files[0].URL, "://") {
			t.Errorf("%s, want like %s", list[0].Files[0].URL, want)
		}
	}
	if p, err := datapackage.Decode([]byte(files["datapackage.json"])); err != nil || strings.Contains(string(p.Resources[0].Path), "://") {
		t.Errorf("the descriptor's path is %s, %v: it goes with the folder", p.Resources[0].Path, err)
	}
}
