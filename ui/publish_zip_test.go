package ui

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"chasqui/app"
	"chasqui/ui/parts"
)

// queueLarge puts a table into the queue whose files are large enough to be
// zipped.
func (b *bench) queueLarge(to app.Destination) app.Job {
	b.t.Helper()
	ctx := context.Background()
	data := []byte("unidad,monto\n" + strings.Repeat("Unidad de obras públicas,120\n", 12_000))
	d, err := b.program.NewDataset(ctx, app.NewDataset{Path: "-", Stdin: bytes.NewReader(data), Name: "obras.csv"})
	if err != nil {
		b.t.Fatal(err)
	}
	sets := []app.Assignment{{Key: "license", Value: "cc-by-4.0"}, {Key: "description", Value: "Obras"}, {Key: "contact", Value: "Transparencia"}, {Key: "publisher", Value: "Municipalidad"}}
	if _, err := b.program.Edit(ctx, d.ID, sets); err != nil {
		b.t.Fatal(err)
	}
	job, err := b.program.Publish(ctx, d.ID, to.ID, app.PublishOptions{}, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return job
}

func TestPublishOffersAZipOnlyWhereItHelps(t *testing.T) {
	b := newBench(t, Options{})
	older := b.queueLarge(b.unreachable())
	b.w.show(Publish, older.Dataset)
	b.q.drain()
	if strings.Contains(b.words(), "¿Cómo enviar los archivos grandes?") {
		t.Error("a zip is offered though nothing is known against the link")
	}
	page := b.w.page.(*publishPage)
	page.outlook.Between = 2 * time.Minute
	page.outlook.Files = []app.FileCost{{
		Name: "obras.csv", Bytes: 5_000_000, Time: 5 * time.Minute, Known: true,
		Obstacle: app.TooLong, Remedy: app.SendZipped, Zipped: 600_000, ZippedTime: 36 * time.Second,
	}}
	page.show()
	b.wants("«obras.csv» (5 MB) tarda unos 5 min en subir, y esta conexión suele cortarse cada 2 min: es difícil que llegue. Comprimido mide unos 600 kB y tarda unos 36 s: envíelo comprimido.",
		"¿Cómo enviar los archivos grandes?")
	for _, o := range b.shown() {
		if c, ok := o.(*parts.Choice); ok && c.Key() == "plain" {
			c.OnChanged("zipped")
		}
	}
	b.press("Poner en la cola")
	list, err := b.program.Jobs(context.Background())
	if err != nil || len(list) != 2 || list[0].Bytes*4 > older.Bytes {
		t.Fatalf("%d jobs, the latest of %d bytes, the older of %d, %v", len(list), list[0].Bytes, older.Bytes, err)
	}
	// The next one is proposed as this one went.
	b.w.show(Publish, older.Dataset)
	b.q.drain()
	b.wants("¿Cómo enviar los archivos grandes?")
	if !b.w.page.(*publishPage).zip {
		t.Error("the form of the last one is not proposed")
	}
}

func TestWhatWasQueuedCanGoZippedInItsPlace(t *testing.T) {
	b := newBench(t, Options{})
	older := b.queueLarge(b.unreachable())
	b.w.show(Publish, older.Dataset)
	b.q.drain()
	page := b.w.page.(*publishPage)
	page.queued(older, app.Estimate{Bytes: older.Bytes, Refused: 400_000, Files: []app.FileCost{{
		Name: "obras.csv", Bytes: 400_000, Obstacle: app.TooBig, Remedy: app.SendZipped, Zipped: 3000,
	}}})
	b.wants("Este portal ya rechazó un archivo de 400 kB: «obras.csv» no va a pasar. Comprimido mide unos 3 kB y sí pasa: envíelo comprimido.")
	b.press("Enviar comprimido")
	if j, err := b.program.Job(context.Background(), older.ID); err != nil || string(j.State) != jobCancelled {
		t.Errorf("the older one is %s, %v", j.State, err)
	}
	if zip, err := b.program.Zipped(context.Background(), older.Dataset); err != nil || !zip {
		t.Errorf("the new one is zipped: %v, %v", zip, err)
	}
}
