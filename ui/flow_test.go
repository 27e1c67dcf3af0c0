package ui

import (
	"context"
	"testing"

	"chasqui/app"
)

func TestTheSampleGoesFromFileToReceipt(t *testing.T) {
	b := newBench(t, Options{})
	b.wants("Buenos días", "Todavía no hay nada aquí")
	b.openSample()
	b.wants("¿Es esta su tabla?", "Lo que encontré")
	review := b.w.page.(*reviewPage)
	before := review.t.Layout()

	review.move(headerFirst, before.HeaderLast)
	b.q.drain()
	if got := review.t.Layout().HeaderFirst; got != before.HeaderLast {
		t.Fatalf("the header begins in row %d after it was moved to %d", got, before.HeaderLast)
	}
	b.press("Deshacer")
	if got := review.t.Layout(); got.HeaderFirst != before.HeaderFirst || got.HeaderLast != before.HeaderLast {
		t.Fatalf("undoing leaves the header at %d-%d, it was %d-%d", got.HeaderFirst, got.HeaderLast, before.HeaderFirst, before.HeaderLast)
	}

	b.press("Sí, continuar")
	b.wants("Cuente de qué tratan estos datos")
	b.describe(map[string]string{
		"title": "Ejecución presupuestal de prueba", "description": "Gasto por programa.", "license": "cc-by-4.0",
		"publisher": "Municipalidad de prueba", "contact": "Transparencia",
	})
	b.press("Continuar")
	b.wants("¿Dónde se publica?")
	b.press("Usar el portal de práctica")
	for undecided(b.w.page.(*publishPage).decisions) > 0 {
		b.press("Quitar la columna")
	}
	b.press("Poner en la cola")
	b.wants("Guardado. Se enviará cuando haya conexión.")
	b.press("Ver la bandeja de salida")
	b.wants("En cola", "Ejecución presupuestal de prueba")

	if sum, err := b.program.SyncOnce(context.Background(), ""); err != nil || sum.Sent != 1 {
		t.Fatalf("sending: %+v, %v", sum, err)
	}
	b.q.drain()
	b.wants("Publicado")
	b.press("Recibo")
	b.wants("Comprobado byte a byte")
	job := firstJob(t, b.program)
	for _, r := range job.Receipt.Resources {
		b.wants(r.SHA256)
	}
}

func firstJob(t *testing.T, program *app.App) app.Job {
	t.Helper()
	jobs, err := program.Jobs(context.Background())
	if err != nil || len(jobs) != 1 || jobs[0].Receipt == nil {
		t.Fatalf("jobs = %+v, %v; want one with a receipt", jobs, err)
	}
	return jobs[0]
}

// describe types values into the form, as a person would.
func (b *bench) describe(values map[string]string) {
	b.t.Helper()
	page := b.w.page.(*describePage)
	for key, value := range values {
		switch field := page.fields[key].(type) {
		case interface{ SetText(string) }:
			field.SetText(value)
		case interface{ Choose(string) }:
			field.Choose(value)
		}
	}
	b.q.drain()
	for key, value := range values {
		d, err := b.program.Dataset(context.Background(), page.id)
		if err != nil {
			b.t.Fatal(err)
		}
		if got := d.Description.Get(key); got != value {
			b.t.Fatalf("%s was saved as %q, want %q", key, got, value)
		}
	}
}
