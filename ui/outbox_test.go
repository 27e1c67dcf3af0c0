package ui

import (
	"bytes"
	"context"
	"testing"

	"chasqui/app"
	"chasqui/app/message"
	"chasqui/assets/samples"
	"chasqui/sync/outbox"
)

// queueSample puts the sample into the queue for a destination, without the
// window.
func (b *bench) queueSample(to app.Destination) app.Job {
	b.t.Helper()
	ctx := context.Background()
	name, data := samples.Budget()
	d, err := b.program.NewDataset(ctx, app.NewDataset{Path: "-", Stdin: bytes.NewReader(data), Name: name})
	if err != nil {
		b.t.Fatal(err)
	}
	sets := []app.Assignment{{Key: "license", Value: "cc-by-4.0"}, {Key: "description", Value: "Gasto"}, {Key: "contact", Value: "Transparencia"}, {Key: "publisher", Value: "Municipalidad"}}
	found, err := b.program.Findings(ctx, d.ID)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, f := range found {
		if f.Open() {
			sets = append(sets, app.Assignment{Key: "field." + f.Field + ".personal", Value: app.Remove})
		}
	}
	if _, err := b.program.Edit(ctx, d.ID, sets); err != nil {
		b.t.Fatal(err)
	}
	job, err := b.program.Publish(ctx, d.ID, to.ID, app.PublishOptions{}, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return job
}

// unreachable is a portal that nobody serves.
func (b *bench) unreachable() app.Destination {
	b.t.Helper()
	d, err := b.program.AddDestination(context.Background(), app.Destination{Kind: "ckan", Name: "lejos", URL: "http://127.0.0.1:9", Organization: "muni"})
	if err != nil {
		b.t.Fatal(err)
	}
	return d
}

func (b *bench) sync() {
	b.t.Helper()
	if _, err := b.program.SyncOnce(context.Background(), ""); err != nil {
		b.t.Fatal(err)
	}
	b.q.drain()
}

func TestBeingOfflineIsSaidAndLosesNothing(t *testing.T) {
	b := newBench(t, Options{})
	b.queueSample(b.unreachable())
	b.w.show(Outbox, "")
	b.q.drain()
	b.wants("En cola", "lejos")
	b.sync()
	b.wants("Espera la red")
	link, queue, _ := b.w.status.Words()
	if want := b.w.p.T("ui.link.down", "Time", "09:00"); link != want || queue != b.w.p.N("ui.queue.waiting", 1) {
		t.Errorf("the bottom line says %q and %q", link, queue)
	}
}

func TestAJobIsPausedAndResumedAsAWhole(t *testing.T) {
	b := newBench(t, Options{})
	job := b.queueSample(b.unreachable())
	b.w.show(Outbox, "")
	b.q.drain()
	if err := b.program.SetPaused(context.Background(), job.ID, true); err != nil {
		t.Fatal(err)
	}
	b.press("Pausar todo")
	b.wants("En pausa", "Todo está en pausa", "1 en cola · todo está en pausa")
	if r, err := b.program.LinkRules(context.Background()); err != nil || !r.Paused {
		t.Errorf("rules = %+v, %v", r, err)
	}
	b.press("Reanudar todo")
	if j, err := b.program.Job(context.Background(), job.ID); err != nil || j.Paused {
		t.Errorf("job = %+v, %v", j, err)
	}
	if r, err := b.program.LinkRules(context.Background()); err != nil || r.Paused {
		t.Errorf("rules = %+v, %v", r, err)
	}
}

func TestCancellingAsksFirstAndLeavesTheDataset(t *testing.T) {
	b := newBench(t, Options{})
	job := b.queueSample(b.unreachable())
	b.w.show(Outbox, "")
	b.q.drain()
	b.press("Ver")
	b.wants("Lo que ha pasado", "Puesto en la cola.")
	b.press("Cancelar el envío")
	b.wants("¿Cancelar el envío de")
	if j, _ := b.program.Job(context.Background(), job.ID); j.State == jobCancelled {
		t.Fatal("cancelled before the person had answered")
	}
	b.press("Cancelar el envío")
	b.wants("Cancelado")
	if list, err := b.program.Datasets(context.Background()); err != nil || len(list) != 1 {
		t.Errorf("%d datasets, %v", len(list), err)
	}
}

func TestARefusedJobSaysWhatIsSafeAndWhatToDo(t *testing.T) {
	b := newBench(t, Options{})
	practice, err := b.program.StartPractice(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := b.program.AddDestination(context.Background(), app.Destination{Kind: "ckan", Name: "sin permiso", URL: practice.URL, Organization: practice.Organization})
	if err != nil {
		t.Fatal(err)
	}
	b.queueSample(stranger)
	b.w.show(Outbox, "")
	b.q.drain()
	b.sync()
	b.wants("Le necesita", "El portal no le permite publicar ahí.", "Su trabajo está a salvo.", "Reintentar")
	b.w.show(Home, "")
	b.q.drain()
	b.wants("Le necesita", "Espera una decisión suya")
}

func TestEveryStateReasonAndEventHasWordsInEveryLanguage(t *testing.T) {
	keys := []string{"ui.parked.safe"}
	for _, s := range outbox.States() {
		keys = append(keys, "ui.job."+string(s))
	}
	for _, r := range []outbox.Reason{
		outbox.Denied, outbox.Rejected, outbox.Conflict, outbox.Certificate, outbox.TooLarge, outbox.Undecided, outbox.Approval, outbox.Cost,
	} {
		keys = append(keys, "ui.parked."+string(r)+".what", "ui.parked."+string(r)+".next")
	}
	for _, s := range app.States {
		keys = append(keys, "ui.state."+string(s))
	}
	for _, lang := range message.Languages {
		p := message.New(lang)
		for _, key := range keys {
			if !p.Has(key) {
				t.Errorf("%s has no words for %s", lang, key)
			}
		}
	}
}

func TestThePageAndTheOutboxMeanTheSameWords(t *testing.T) {
	for ours, theirs := range map[string]string{
		jobAvailable: string(outbox.Available), jobRunning: string(outbox.Running), jobRetryable: string(outbox.Retryable),
		jobParked: string(outbox.Parked), jobCompleted: string(outbox.Completed), jobCancelled: string(outbox.Cancelled),
		waitsOffline: string(outbox.Offline), conflict: string(outbox.Conflict), cost: string(outbox.Cost), certificate: string(outbox.Certificate),
	} {
		if ours != theirs {
			t.Errorf("the page looks for %q, the outbox says %q", ours, theirs)
		}
	}
}

func TestProgressMovesOneRowOnly(t *testing.T) {
	b := newBench(t, Options{})
	job := b.queueSample(b.unreachable())
	b.w.show(Outbox, "")
	b.q.drain()
	page := b.w.page.(*outboxPage)
	page.queue.Jobs[0].State = jobRunning
	page.show()
	row := page.list.Objects[0]
	page.hear(app.Report{Event: "progress", Step: "upload", Job: job.Job, Done: 30, Total: 120})
	bar := page.bars[job.ID]
	if bar == nil || bar.Part() != 0.25 {
		t.Fatalf("the bar shows %+v", bar)
	}
	b.wants("30 B de 120 B")
	if page.list.Objects[0] != row || len(b.q.waiting) != 0 {
		t.Error("progress made the page anew")
	}
}
