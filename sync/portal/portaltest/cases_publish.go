package portaltest

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/google/go-cmp/cmp"

	"chasqui/sync/portal"
)

// publish sends a dataset and fails the test if that fails.
func (b *bench) publish(client portal.Client, ds portal.Dataset, blobs *Blobs, journal portal.Journal) portal.Receipt {
	b.Helper()
	return b.publishAfter(nil, client, ds, blobs, journal)
}

// publishAfter sends a dataset of which last was published before.
func (b *bench) publishAfter(last *portal.Receipt, client portal.Client, ds portal.Dataset, blobs *Blobs, journal portal.Journal) portal.Receipt {
	b.Helper()
	receipt, err := client.Publish(b.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: journal, Last: last})
	if err != nil {
		b.Fatalf("Publish: %v", err)
	}
	return receipt
}

// expect checks that the destination holds exactly this dataset, public, with
// the right bytes, and that the receipt says so.
func (b *bench) expect(ds portal.Dataset, blobs *Blobs, receipt portal.Receipt) Sighting {
	b.Helper()
	found := b.opt.Witness.Find(b.T, ds.ID)
	if len(found) != 1 {
		b.Fatalf("%d datasets bear our id, want 1", len(found))
	}
	seen := b.opt.Witness.Public(b.T, found[0].Name)
	if seen == nil {
		b.Fatalf("%s is not public", found[0].Name)
	}
	if seen.Title != ds.Title {
		b.Errorf("title %q, want %q", seen.Title, ds.Title)
	}
	if receipt.Dataset != seen.ID || receipt.URL == "" || receipt.At.IsZero() || receipt.Verified != "full" {
		b.Errorf("receipt %+v of dataset %s", receipt, seen.ID)
	}
	if len(receipt.Resources) != len(ds.Resources) || seen.Files != len(ds.Resources) {
		b.Fatalf("%d resources on the receipt, %d at the destination, want %d", len(receipt.Resources), seen.Files, len(ds.Resources))
	}
	for i, d := range ds.Resources {
		got := receipt.Resources[i]
		want := portal.ResourceReceipt{ID: d.ID, Name: d.Name, URL: got.URL, Bytes: d.Bytes, SHA256: d.SHA256, Modified: got.Modified, Fields: got.Fields}
		if diff := cmp.Diff(want, got); diff != "" {
			b.Errorf("receipt of %s (-want +got):\n%s", d.Name, diff)
		}
		if seen.Resources[d.ID] != got.URL {
			b.Errorf("%s: the receipt says %q, the destination %q", d.Name, got.URL, seen.Resources[d.ID])
		}
		if got := string(b.opt.Witness.Fetch(b.T, got.URL)); got != string(blobs.byKey[d.SHA256]) {
			b.Errorf("%s: served %q", d.Name, got)
		}
	}
	return *seen
}

func publishOnce(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a,b\n1,2\n", "")
	wire := &Wire{}
	receipt := b.publish(b.courier(wire, nil), ds, blobs, &Memory{})
	seen := b.expect(ds, blobs, receipt)
	if diff := cmp.Diff(ds.Extras["frequency"], seen.Extras["frequency"]); diff != "" {
		b.Error(diff)
	}
	b.Logf("%d requests for 2 files: %v", len(wire.Calls()), wire.Calls())
}

func publishTwice(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a,b\n1,2\n")
	journal := &Memory{}
	first := b.publish(b.courier(nil, nil), ds, blobs, journal)
	second := b.publish(b.courier(nil, nil), ds, blobs, journal)
	b.expect(ds, blobs, second)
	if first.Dataset != second.Dataset || first.Resources[0].URL != second.Resources[0].URL {
		b.Errorf("the second publication went elsewhere: %+v, then %+v", first, second)
	}
}

func publishWithoutJournal(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a,b\n1,2\n")
	b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
	b.expect(ds, blobs, b.publish(b.courier(nil, nil), ds, blobs, &Memory{}))
}

func hiddenUntilComplete(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a\n1\n", "b\n2\n", "c\n3\n")
	shown := 0
	wire := &Wire{After: func(*http.Request) {
		if seen := b.opt.Witness.Public(b.T, ds.Name); seen != nil {
			shown++
			if len(seen.Resources) != len(ds.Resources) {
				b.Errorf("public with %d of %d files", len(seen.Resources), len(ds.Resources))
			}
		}
	}}
	b.expect(ds, blobs, b.publish(b.courier(wire, nil), ds, blobs, &Memory{}))
	if shown == 0 {
		b.Error("never seen in public")
	}
}

func correctionKeepsAddress(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a,b\n1,2\n", "c\n3\n")
	before := b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
	ds.Resources[0] = blobs.Put(ds.Resources[0], "a,b\n1,2\n3,4\n")
	ds.Description = "Corregido."
	after := b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
	seen := b.expect(ds, blobs, after)
	if before.Dataset != after.Dataset || before.URL != after.URL || before.Resources[0].URL != after.Resources[0].URL {
		b.Errorf("addresses moved: %+v, then %+v", before, after)
	}
	if seen.Notes != ds.Description {
		b.Errorf("notes %q, want %q", seen.Notes, ds.Description)
	}
}

func updateStaysPublic(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a\n1\n", "b\n2\n")
	b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
	for i := range ds.Resources {
		ds.Resources[i] = blobs.Put(ds.Resources[i], "new\n9\n"+ds.Resources[i].Name)
	}
	third, extra := Sample("", "c\n3\n")
	blobs.byKey[third.Resources[0].SHA256] = extra.byKey[third.Resources[0].SHA256]
	ds.Resources = append(ds.Resources, third.Resources[0])
	wire := &Wire{After: func(req *http.Request) {
		seen := b.opt.Witness.Public(b.T, ds.Name)
		if seen == nil || len(seen.Resources) < 2 {
			b.Errorf("hidden or thinned out after %s: %+v", req.URL.Path, seen)
		}
	}}
	b.expect(ds, blobs, b.publish(b.courier(wire, nil), ds, blobs, &Memory{}))
}

func droppedResource(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a\n1\n", "b\n2\n")
	b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
	ds.Removed = []string{ds.Resources[0].ID}
	ds.Resources = ds.Resources[1:]
	b.expect(ds, blobs, b.publish(b.courier(nil, nil), ds, blobs, &Memory{}))
}

func unicodeMetadata(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "código;año\n01;2026\n")
	ds.Title = `Ñandú — "yachay" ᐃᓄᒃ 日本 <b>& 'comillas'`
	ds.Description = "Línea uno\n\n- ítem: 50 % ≥ 10 ₲\ntrue"
	ds.Keywords = []string{"educación, salud", "niñez (0-5)", "x", "日本語"}
	ds.Extras = map[string]string{"cobertura territorial": "Ayacucho – Huamanga", "vacío": "", "número": "007"}
	ds.Version = "1.10"
	ds.Resources[0].Name = "Matrícula «2026» / ñ"
	ds.Resources[0].FileName = "Datos Año 2026 (v1).csv"
	ds.Resources[0].Description = "123"
	seen := b.expect(ds, blobs, b.publish(b.courier(nil, nil), ds, blobs, &Memory{}))
	if seen.Notes != ds.Description {
		b.Errorf("notes %q, want %q", seen.Notes, ds.Description)
	}
	for key, want := range ds.Extras {
		if got, there := seen.Extras[key]; !there || got != want {
			b.Errorf("extra %q: %q, want %q", key, got, want)
		}
	}
	if len(seen.Keywords) == 0 {
		b.Error("no keyword came through")
	}
	again := &Wire{}
	b.publish(b.courier(again, nil), ds, blobs, &Memory{})
	for _, call := range again.Calls() {
		if !strings.HasPrefix(call, "GET ") && !strings.HasPrefix(call, "HEAD ") {
			b.Errorf("nothing had changed, and the courier wrote: %s", call)
		}
	}
}

func rejectedMetadata(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a\n1\n")
	// Some portals take any text for an address of mail; none takes this name.
	ds.Email, ds.Name = "no es un correo", "Un Nombre con blancos"
	_, err := b.courier(nil, nil).Publish(b.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &Memory{}})
	if kindOf(err) != portal.Rejected {
		b.Fatalf("got %v, want Rejected", err)
	}
	if fields := portal.Fault("", err).Fields; len(fields) == 0 {
		b.Error("no field is named")
	}
	if found := b.opt.Witness.Find(b.T, ds.ID); len(found) != 0 {
		b.Errorf("a rejected dataset is there: %+v", found)
	}
}

func progressTells(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a,b\n1,2\n", "c\n3\n")
	var total, last int64
	steps := map[string]bool{}
	_, err := b.courier(nil, nil).Publish(b.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &Memory{}, Progress: func(p portal.Progress) {
		steps[p.Step] = true
		total = p.Total
		if p.Step == "upload" {
			if p.Done < last {
				b.Errorf("progress fell from %d to %d", last, p.Done)
			}
			last = p.Done
		}
	}})
	if err != nil {
		b.Fatal(err)
	}
	if want := ds.Resources[0].Bytes + ds.Resources[1].Bytes; total != want || last != want {
		b.Errorf("uploaded %d of %d, want %d", last, total, want)
	}
	if !steps["look"] || !steps["verify"] {
		b.Errorf("steps told: %v", steps)
	}
}

func missingBlob(b *bench) {
	ds, _ := Sample(b.opt.Target.Organization, "a\n1\n")
	_, err := b.courier(nil, nil).Publish(b.Context(), portal.Publication{Dataset: ds, Files: &Blobs{}, Journal: &Memory{}})
	if kindOf(err) != portal.Rejected {
		b.Errorf("got %v, want Rejected", err)
	}
	if b.opt.Witness.Public(b.T, ds.Name) != nil {
		b.Error("an incomplete dataset is public")
	}
}

// noJournal is a journal on a full disk.
type noJournal struct{ Memory }

var errFull = errors.New("no space left on device")

// Save fails.
func (*noJournal) Save(context.Context, string, string) error { return errFull }

func brokenJournal(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a\n1\n")
	_, err := b.courier(nil, nil).Publish(b.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &noJournal{}})
	if err != nil && !errors.Is(err, errFull) {
		b.Errorf("got %v, want the journal's own error", err)
	}
	b.expect(ds, blobs, b.publish(b.courier(nil, nil), ds, blobs, &Memory{}))
}

func othersStay(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a\n1\n", "b\n2\n")
	b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
	// Left out without being named as removed: somebody else's, as far as a
	// courier can tell.
	left := ds.Resources[1]
	ds.Resources = ds.Resources[:1]
	ds.Title = "Título nuevo"
	receipt := b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
	seen := b.opt.Witness.Public(b.T, ds.Name)
	if len(receipt.Resources) != 1 || seen == nil || seen.Title != ds.Title || seen.Resources[left.ID] == "" {
		b.Errorf("receipt %+v, seen %+v", receipt, seen)
	}
}
