package app

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chasqui/converters/table"
)

// kindIn returns the kind of an *Error.
func kindIn(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

func TestADamagedPackageIsRefusedAndChangesNothing(t *testing.T) {
	a := openedAt(t, march)
	folder, _ := packaged(t, a, hard(t, a).ID)
	csv := filepath.Join(folder, "obras.csv")
	whole, err := os.ReadFile(csv)
	if err != nil {
		t.Fatal(err)
	}
	b := openedAt(t, april)
	for what, data := range map[string][]byte{
		"a byte changed": bytes.Replace(whole, []byte("Plaza"), []byte("Plata"), 1), "cut short": whole[:40], "longer": append(whole[:len(whole):len(whole)], 'x'), "gone": nil,
	} {
		if err := os.Remove(csv); err != nil {
			t.Fatal(err)
		}
		if data != nil || what != "gone" {
			if err := os.WriteFile(csv, data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := b.Import(t.Context(), ImportRequest{Path: folder}); kindIn(err) != PackageDamaged {
			t.Errorf("%s: %v", what, err)
		}
		if what == "gone" {
			if err := os.WriteFile(csv, whole, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	if list, err := b.Datasets(t.Context()); len(list) != 0 || err != nil {
		t.Errorf("%d datasets were kept, %v", len(list), err)
	}
}

// TestADamagedZipIsNoDefectOfTheProgram changes every part of a zip in turn.
func TestADamagedZipIsNoDefectOfTheProgram(t *testing.T) {
	a := openedAt(t, march)
	folder, _ := packaged(t, a, hard(t, a).ID)
	whole, err := os.ReadFile(folder + ".zip")
	if err != nil {
		t.Fatal(err)
	}
	b := openedAt(t, april)
	refused := 0
	for at := 0; at < len(whole); at += len(whole) / 15 {
		data := bytes.Clone(whole)
		data[at] ^= 0xff
		path := fileOf(t, "paquete.zip", string(data))
		in, err := b.Import(t.Context(), ImportRequest{Path: path})
		switch kind := kindIn(err); {
		case err == nil: // what was changed is not read, a page or a date
			if err := b.RemoveDataset(t.Context(), in.Dataset.ID); err != nil {
				t.Fatal(err)
			}
		case kind == PackageDamaged || kind == ImportUnreadable:
			refused++
		default:
			t.Errorf("byte %d: %v", at, err)
		}
	}
	if refused == 0 {
		t.Error("no change was noticed")
	}
	if _, err := b.Import(t.Context(), ImportRequest{Path: fileOf(t, "corto.zip", string(whole[:len(whole)/2]))}); kindIn(err) != ImportUnreadable {
		t.Errorf("half a zip: %v", err)
	}
}

func TestAPathThatLeadsOutOfThePackageIsNotFollowed(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secreto.csv"), []byte("a,b\n1,2\n3,4\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	inner := filepath.Join(dir, "paquete")
	if err := os.Mkdir(inner, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"../secreto.csv", filepath.Join(dir, "secreto.csv"), "x/../../secreto.csv"} {
		text, err := json.Marshal(map[string]any{"name": "x", "resources": []any{map[string]any{"name": "x", "path": path}}})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(inner, "datapackage.json"), text, 0o666); err != nil {
			t.Fatal(err)
		}
		a := openedAt(t, march)
		if _, err := a.Import(t.Context(), ImportRequest{Path: inner}); kindIn(err) != PackageDamaged {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestAPackageOfOthersIsTakenAsFarAsItIsUnderstood: a version 1 descriptor in a
// zip with a folder, as GitHub makes them.
func TestAPackageOfOthersIsTakenAsFarAsItIsUnderstood(t *testing.T) {
	path := filepath.Join(t.TempDir(), "otro.zip")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"otro-main/datapackage.json": `{"name": "Poblacion_2020", "title": "Población", "keywords": ["censo"], "licenses": [{"name": "CC-BY-4.0"}],
			"contributors": [{"title": "INEC", "role": "publisher"}], "sources": [{"title": "Censo"}], "language": "klingon",
			"resources": [{"name": "p", "path": "data/p.csv", "schema": {"fields": [{"name": "canton", "title": "Cantón", "type": "string"}, {"name": "total", "type": "integer"}]}}]}`,
		"otro-main/data/p.csv": "canton,total\nQuito,10\nLoja,7\nAmbato,5\n",
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	in, err := openedAt(t, march).Import(t.Context(), ImportRequest{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	d := in.Dataset
	if d.Name != "poblacion-2020" || d.Description.License != "cc-by-4.0" || d.Description.Publisher != "INEC" || d.Description.Source != "Censo" {
		t.Errorf("%s %+v", d.Name, d.Description)
	}
	if c := d.Tables[0].Columns; len(c) != 2 || c[0].Title != "Cantón" || c[1].Field.Type != table.TypeInteger {
		t.Errorf("columns %+v", c)
	}
	if strings.Join(in.Dropped, " ") != "language" {
		t.Errorf("left out %v, want the language alone", in.Dropped)
	}
}

func TestADescriptionAloneAsksForItsData(t *testing.T) {
	a := openedAt(t, march)
	d := hard(t, a)
	folder, files := packaged(t, a, d.ID)
	for _, name := range []string{"dcat.jsonld", "data.json"} {
		b := openedAt(t, april)
		in, err := b.Import(t.Context(), ImportRequest{Path: filepath.Join(folder, name)})
		if err != nil {
			t.Fatal(name, err)
		}
		got, want := in.Dataset.Description, d.Description
		if in.Dataset.ID != d.ID || got.Title != want.Title || got.License != want.License || got.Theme != want.Theme || got.Frequency != want.Frequency ||
			got.Temporal != want.Temporal || got.Email != want.Email || got.Spatial != want.Spatial || got.AccessRights != want.AccessRights || got.Language != want.Language {
			t.Errorf("%s: %+v (left out %v)", name, got, in.Dropped)
		}
		alone := fileOf(t, name, files[name])
		if _, err := openedAt(t, april).Import(t.Context(), ImportRequest{Path: alone}); kindIn(err) != NeedsAnswer {
			t.Errorf("%s without data: %v", name, err)
		}
		if _, err := openedAt(t, april).Import(t.Context(), ImportRequest{Path: alone, Source: filepath.Join(folder, "obras.csv")}); err != nil {
			t.Errorf("%s with data named: %v", name, err)
		}
	}
}

func TestOneOfACatalogueIsPicked(t *testing.T) {
	path := fileOf(t, "data.json", `{"dataset": [{"identifier": "a", "title": "Agua"}, {"identifier": "b", "title": "Basura"}]}`)
	data := fileOf(t, "d.csv", "x,y\n1,2\n3,4\n")
	a := openedAt(t, march)
	if _, err := a.Import(t.Context(), ImportRequest{Path: path, Source: data}); kindIn(err) != NeedsAnswer {
		t.Errorf("none picked: %v", err)
	}
	if _, err := a.Import(t.Context(), ImportRequest{Path: path, Source: data, Pick: "Aire"}); kindIn(err) != NotAnOption {
		t.Errorf("another picked: %v", err)
	}
	for pick, want := range map[string]string{"b": "Basura", "Agua": "Agua"} {
		in, err := a.Import(t.Context(), ImportRequest{Path: path, Source: data, Pick: pick})
		if err != nil || in.Dataset.Description.Title != want {
			t.Errorf("%s: %+v, %v", pick, in.Dataset.Description, err)
		}
	}
}

func TestWhatIsNoPackageIsRefusedInWords(t *testing.T) {
	a := openedAt(t, march)
	for name, text := range map[string]string{
		"a.csv": "a,b\n1,2\n", "b.json": "[1, 2]", "datapackage.json": "{", "c.jsonld": `{"@context": "https://otra.example/c.jsonld", "@id": "x"}`, "d.json": "",
	} {
		if _, err := a.Import(t.Context(), ImportRequest{Path: fileOf(t, name, text)}); kindIn(err) != ImportUnreadable {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := a.Import(t.Context(), ImportRequest{Path: t.TempDir()}); kindIn(err) != ImportUnreadable {
		t.Errorf("an empty folder: %v", err)
	}
}
