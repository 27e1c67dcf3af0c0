package ui

import (
	"os"
	"path/filepath"
	"testing"

	"chasqui/app"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2/widget"

	"github.com/google/go-cmp/cmp"
)

// messyFolder has what a clerk's folder has.
func messyFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"b.csv", "A.XLSX", "foto.jpg", ".oculto.csv", "carta.docx"} {
		writeFile(t, filepath.Join(dir, name), "x;y\n1;2\n3;4\n")
	}
	for _, name := range []string{"Zona", "2025", ".git"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	writeFile(t, filepath.Join(dir, "2025", "agua.csv"), "barrio;conexiones\nCentro;120\nNorte;80\nSur;95\n")
	return dir
}

func names(entries []diskEntry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, e.name)
	}
	return out
}

func TestAFolderListsFoldersFirstAndOnlyWhatCanBeOpened(t *testing.T) {
	dir := messyFolder(t)
	got, err := listFolder(dir, app.InputNames[:])
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"2025", "Zona", "A.XLSX", "b.csv"}, names(got)); diff != "" {
		t.Error(diff)
	}
	all, err := listFolder(dir, nil)
	if err != nil || len(all) != 6 {
		t.Errorf("without endings: %v, %v", names(all), err)
	}
	if _, err := listFolder(filepath.Join(dir, "no está"), nil); err == nil {
		t.Error("a folder that is not there lists something")
	}
}

func TestEveryPlaceOffersAFolderThatExists(t *testing.T) {
	places := diskPlaces()
	if len(places) == 0 {
		t.Fatal("no place to look for files")
	}
	for _, p := range places {
		if info, err := os.Stat(p.dir); err != nil || !info.IsDir() {
			t.Errorf("%+v: %v", p, err)
		}
	}
}

func TestAFileIsChosenThroughItsFolders(t *testing.T) {
	b := newBench(t, Options{Width: 1024, Height: 600})
	b.w.folder = messyFolder(t)
	b.press("Abrir archivo…")
	top := b.w.win.Canvas().Overlays().Top()
	if m := top.MinSize(); m.Width > 1024 || m.Height > 600 {
		t.Errorf("the dialog needs %.0f × %.0f", m.Width, m.Height)
	}
	list := func() *widget.List {
		for _, o := range b.shown() {
			if l, ok := o.(*widget.List); ok {
				return l
			}
		}
		t.Fatal("no list of files")
		return nil
	}
	b.wants("2025", "Zona", "A.XLSX", "b.csv")
	list().Select(0)
	b.q.drain()
	b.wants("agua.csv")
	b.press("Subir")
	b.wants("Zona")
	list().Select(0)
	b.q.drain()
	list().Select(0)
	b.q.drain()
	if b.w.screen != Review || b.w.win.Canvas().Overlays().Top() != nil {
		t.Fatalf("shows %s: %s", b.w.screen, b.words())
	}
	b.wants("agua.csv")
}

func TestAPathCanBeTypedAndAWrongOneIsTold(t *testing.T) {
	b := newBench(t, Options{})
	b.w.folder = messyFolder(t)
	b.press("Abrir archivo…")
	path := func() *parts.Entry { return b.entries()[0] }
	if path().Text != b.w.folder {
		t.Errorf("the field says %q, the list is of %q", path().Text, b.w.folder)
	}
	path().OnSubmitted(filepath.Join(b.w.folder, "no está"))
	b.q.drain()
	b.wants("No se puede abrir")
	path().OnSubmitted(filepath.Join(b.w.folder, "Zona"))
	b.q.drain()
	b.wants("No hay hojas de cálculo en esta carpeta.")
}
