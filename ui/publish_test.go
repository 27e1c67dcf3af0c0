package ui

import (
	"context"
	"testing"

	"chasqui/app"
	"chasqui/ui/parts"
)

func TestANewerVersionTakesThePlaceOfOneThatWaitsIfAPersonSaysSo(t *testing.T) {
	for answer, want := range map[string]string{"": jobAvailable, "replace": jobCancelled} {
		b := newBench(t, Options{})
		older := b.queueSample(b.unreachable())
		b.w.show(Publish, older.Dataset)
		b.q.drain()
		b.wants("Lo que cuesta enviarlo", "La última vez que se puso en la cola:", "Ya espera 1 versión anterior para este portal.")
		if answer != "" {
			for _, o := range b.shown() {
				if c, ok := o.(*parts.Choice); ok && c.Key() == "both" {
					c.OnChanged(answer)
				}
			}
		}
		b.press("Poner en la cola")
		b.wants("Guardado. Se enviará cuando haya conexión.", "la velocidad hacia este portal aún no se ha medido")
		if j, err := b.program.Job(context.Background(), older.ID); err != nil || string(j.State) != want {
			t.Errorf("%q: the older one is %s, want %s, %v", answer, j.State, want, err)
		}
	}
}

func TestPublishSaysThatALargeOneWillWaitForAYes(t *testing.T) {
	b := newBench(t, Options{})
	older := b.queueSample(b.unreachable())
	if err := b.program.SaveLinkRules(context.Background(), app.LinkRules{Metered: true, AskOver: 1000}); err != nil {
		t.Fatal(err)
	}
	b.w.show(Publish, older.Dataset)
	b.q.drain()
	b.wants("Como la red se paga por megabyte, esperará en la bandeja hasta que usted diga que sí.")
	b.sync()
	b.w.show(Outbox, "")
	b.q.drain()
	b.wants("La red se paga por megabyte y este envío es grande.", "Enviar ahora")
	if j, err := b.program.Job(context.Background(), older.ID); err != nil || string(j.Reason) != cost {
		t.Fatalf("%+v, %v", j.Job, err)
	}
}
