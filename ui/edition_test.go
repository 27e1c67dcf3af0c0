package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"chasqui/app"
	"chasqui/ui/parts"
)

func TestTheNextMonthsFileIsRecognisedAndJoins(t *testing.T) {
	b := newBench(t, Options{})
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	first, err := b.program.NewDataset(context.Background(), app.NewDataset{Path: file("contratos_marzo_2026.csv", "contrato;empresa;monto\nC-01;Ana;100\nC-02;Luis;200\n")})
	if err != nil {
		t.Fatal(err)
	}
	b.w.openFiles([]string{file("contratos_abril_2026.csv", "empresa;contrato;monto;sector\nAna;C-01;100;obras\nLuis;C-02;250;salud\nEva;C-03;300;salud\n")})
	b.q.drain()
	b.wants("¿La edición siguiente?", "Este archivo se parece a «Contratos marzo 2026».", "3 columnas iguales.", "Columna nueva: sector", "Última edición: marzo de 2026", "Corrige la última edición")
	page := b.w.page.(*reviewPage)
	page.spots["edition/period"].(*parts.Entry).SetText("2026-0")
	page.showSide()
	if got := page.spots["edition/period"].(*parts.Entry).Text; got != "2026-0" {
		t.Errorf("the half typed period became %q", got)
	}
	page.spots["edition/period"].(*parts.Entry).SetText("2026-04")
	b.press("Es la edición siguiente")
	if b.w.id != first.ID {
		t.Errorf("the window shows dataset %s, want %s", b.w.id, first.ID)
	}
	d, err := b.program.Dataset(context.Background(), first.ID)
	if err != nil || len(d.Editions) != 2 || d.Editions[0].Period != "2026-04" {
		t.Errorf("editions %+v, %v", d.Editions, err)
	}
}

func TestAFileThatOnlyLooksLikeAnotherIsLeftAlone(t *testing.T) {
	b := newBench(t, Options{})
	b.openSample()
	b.w.openSample(Review)
	b.q.drain()
	if page := b.w.page.(*reviewPage); page.resembles == nil {
		t.Fatal("the same file again resembles nothing")
	}
	b.press("Es otro conjunto de datos")
	list, err := b.program.Datasets(context.Background())
	if err != nil || len(list) != 2 {
		t.Errorf("%d datasets, %v; want both", len(list), err)
	}
}
