package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chasqui/app"
	"chasqui/ui/parts"
)

// passwords are the fields on screen in which nothing typed is seen.
func (b *bench) passwords() []*parts.Entry {
	var list []*parts.Entry
	for _, o := range b.shown() {
		if e, ok := o.(*parts.Entry); ok && e.Password {
			list = append(list, e)
		}
	}
	return list
}

func TestANewPassphraseIsTypedTwice(t *testing.T) {
	b := newBench(t, Options{})
	answer := make(chan string, 1)
	b.w.showPassphrase(true, answer)
	fields := b.passwords()
	if len(fields) != 2 {
		t.Fatalf("%d fields", len(fields))
	}
	fields[0].SetText("caballo")
	fields[1].SetText("cabalo")
	b.press("Seguir")
	b.wants("Las dos no son iguales.")
	if len(answer) != 0 {
		t.Fatal("taken though the two differ")
	}
	fields[1].SetText("caballo")
	b.press("Seguir")
	if got := <-answer; got != "caballo" {
		t.Errorf("answered %q", got)
	}
	b.w.showPassphrase(false, answer)
	if n := len(b.passwords()); n != 1 {
		t.Errorf("%d fields for one that is known", n)
	}
	b.press("Cancelar")
	if got := <-answer; got != "" {
		t.Errorf("cancelled, and answered %q", got)
	}
}

// A typed token is kept in the closed file, the receipt is signed with the key
// from it, and what a person chose as a folder gets both files.
func TestATypedTokenPublishesAndTheReceiptIsSavedSigned(t *testing.T) {
	b := newBench(t, Options{})
	ctx := context.Background()
	b.program.AskPassphrase(func(bool) (string, error) { return "caballo correcto", nil })
	practice, err := b.program.StartPractice(ctx)
	if err != nil {
		t.Fatal(err)
	}
	token, err := os.ReadFile(practice.TokenFile)
	if err != nil {
		t.Fatal(err)
	}
	b.openSample()
	b.w.show(Publish, b.w.id)
	b.q.drain()
	b.press("Añadir un portal")
	form := b.w.page.(*publishPage).form
	form.url.SetText(practice.URL)
	form.name.SetText("mi portal")
	form.org.SetText(practice.Organization)
	form.token.SetText(strings.TrimSpace(string(token)))
	b.press("Guardar y probar conexión")
	b.wants("mi portal")
	list, err := b.program.Destinations(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var mine app.Destination
	for _, d := range list {
		if d.Name == "mi portal" {
			mine = d
		}
	}
	if mine.TokenKept != "age" {
		t.Fatalf("kept in %q: %s", mine.TokenKept, b.words())
	}
	b.queueSample(mine)
	b.w.show(Outbox, "")
	b.q.drain()
	b.sync()
	b.wants("Publicado")
	b.press("Recibo")
	b.wants("Comprobado byte a byte")
	dir := t.TempDir()
	b.w.folder = dir
	b.press("Guardar recibo firmado")
	b.press("Guardar aquí")
	b.wants("Recibo guardado")
	saved, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(saved) != 1 {
		t.Fatalf("%v, %v", saved, err)
	}
	data, err := os.ReadFile(saved[0])
	if err != nil {
		t.Fatal(err)
	}
	if d, _, err := app.VerifyReceipt(data); err != nil || d.Destination.Name != "mi portal" {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestTheOfficesHoursAreReadAsTheyAreTyped(t *testing.T) {
	b := newBench(t, Options{})
	b.w.show(Settings, "")
	b.q.drain()
	var hours *parts.Entry
	for _, o := range b.shown() {
		if e, ok := o.(*parts.Entry); ok && e.PlaceHolder == b.w.p.T("ui.settings.hours.example") {
			hours = e
		}
	}
	hours.SetText("lunes a viernes 9-")
	b.wants("No se entiende este horario")
	hours.SetText("lunes a viernes 9-11; sábado 8-12")
	b.w.show(Home, "") // nothing was drained: the pause is not over
	rules, err := b.program.LinkRules(context.Background())
	if err != nil || len(rules.Hours) != 2 {
		t.Fatalf("%+v, %v", rules, err)
	}
	b.w.show(Settings, "")
	b.q.drain()
	found := false
	for _, o := range b.shown() {
		if e, ok := o.(*parts.Entry); ok {
			found = found || e.Text == "lunes a viernes 9:00–11:00; sábado 8:00–12:00"
		}
	}
	if !found {
		t.Error("the hours are not shown as they were read")
	}
}
