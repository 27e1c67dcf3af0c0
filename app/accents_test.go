package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chasqui/app/clean"
	"chasqui/app/disk"
	"chasqui/converters/table"
)

const brokenAccents = "Código;Cantón;Población\n1;Belén;10\n2;Cañas;20\n3;Limón;30\n"

// twice encodes a text as a program does that takes UTF-8 for windows-1252.
func twice(s string) string {
	return strings.NewReplacer("ó", "Ã³", "é", "Ã©", "ñ", "Ã±").Replace(s)
}

func TestAccentsThatWereBrokenAreMendedOnRequestOnly(t *testing.T) {
	path := fileOf(t, "cantones.csv", twice(brokenAccents))
	if got := converted(t, ConvertRequest{Path: path}); !strings.Contains(got, "BelÃ©n") {
		t.Errorf("nobody asked: %q", got)
	}
	got := converted(t, ConvertRequest{Path: path, Choices: Choices{Accents: MendAccents}})
	if want := "codigo,canton,poblacion\n1,Belén,10\n2,Cañas,20\n3,Limón,30\n"; strings.ReplaceAll(got, "\r", "") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	done, err := Convert(t.Context(), ConvertRequest{Path: path, Choices: Choices{Accents: MendAccents}, Out: t.TempDir(), Disk: disk.OS{}})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(done.Notices, func(n table.Notice) bool { return n.Code == NoticeAccentsMended })
	if at < 0 || done.Notices[at].Count != 6 {
		t.Errorf("notices %+v, want %s of 6", done.Notices, NoticeAccentsMended)
	}
}

func TestADatasetIsReadWithItsAccentsMendedAndNextMonthsFileToo(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "cantones.csv", twice(brokenAccents))})
	if err != nil {
		t.Fatal(err)
	}
	if d, err = a.SetAccents(t.Context(), d.ID, 1, MendAccents); err != nil {
		t.Fatal(err)
	}
	if got := columnNamesOf(d); got != "codigo canton poblacion" {
		t.Fatalf("columns %q", got)
	}
	if rows, err := a.Sample(t.Context(), d.Tables[0], 1); err != nil || rows[0][1] != "Belén" {
		t.Errorf("rows %v, %v", rows, err)
	}
	next, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "cantones-2.csv", twice(brokenAccents)+"4;"+twice("Cóbano")+";40\n")})
	if err != nil {
		t.Fatal(err)
	}
	joined, err := a.succeed(t.Context(), d.Tables[0].draft, next.Tables[0].draft)
	if err != nil {
		t.Fatal(err)
	}
	if joined.Recipe.Choice(clean.ArgAccents) != MendAccents || joined.Columns[1].Header != "Cantón" || joined.Columns[1].ID != d.Tables[0].Columns[1].ID {
		t.Errorf("recipe %+v, columns %+v", joined.Recipe.Steps, joined.Columns)
	}
	if d, err = a.Undo(t.Context(), d.ID, 1); err != nil || d.Tables[0].Columns[1].Field.Title != twice("Cantón") {
		t.Errorf("undone: %+v, %v", d.Tables[0].Columns[1].Field, err)
	}
}

func TestMendingAccentsKeepsWhatWasSaidOfAColumn(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "cantones.csv", twice(brokenAccents))})
	if err != nil {
		t.Fatal(err)
	}
	was := d.Tables[0].Columns[1]
	if d, err = a.Edit(t.Context(), d.ID, []Assignment{{"field." + was.Field.Name + ".description", "Según la ley"}}); err != nil {
		t.Fatal(err)
	}
	if d, err = a.SetAccents(t.Context(), d.ID, 1, MendAccents); err != nil {
		t.Fatal(err)
	}
	if c := d.Tables[0].Columns[1]; c.ID != was.ID || c.Description != "Según la ley" || c.Title != "Cantón" || c.Field.Name != "canton" {
		t.Errorf("mended: %+v", c)
	}
	if d, err = a.Undo(t.Context(), d.ID, 1); err != nil {
		t.Fatal(err)
	}
	if c := d.Tables[0].Columns[1]; c.ID != was.ID || c.Description != "Según la ley" || c.Title != was.Title || c.Field.Name != was.Field.Name {
		t.Errorf("undone: %+v", c)
	}
}

func TestAPackageSaysWhatWasReadOtherwise(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "cantones.csv", twice(brokenAccents)), Choices: Choices{Accents: MendAccents}})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []Assignment{{"title", "Cantones"}, {"description", "x"}, {"publisher", "y"}, {"license", "cc-by-4.0"}, {"email", "a@b.cr"}} {
		if _, err := a.Edit(t.Context(), d.ID, []Assignment{s}); err != nil {
			t.Fatal(err)
		}
	}
	out := t.TempDir()
	if _, err := a.Package(t.Context(), PackageRequest{Dataset: d.ID, Out: out}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(out, "README.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "Se repararon los acentos de 6 textos."; !strings.Contains(string(text), want) {
		t.Errorf("README.txt does not say %q:\n%s", want, text)
	}
}
