package portaltest

import (
	"net/http"
	"testing"

	"chasqui/sync/portal"
)

// conflict expects Publish to end in a conflict of this kind, whose comparison
// stands in the journal too, and returns it.
func (b *bench) conflict(want portal.Clash, pub portal.Publication) portal.Comparison {
	b.Helper()
	_, err := b.courier(nil, nil).Publish(b.Context(), pub)
	if kindOf(err) != portal.Conflict {
		b.Fatalf("got %v, want Conflict", err)
	}
	c := portal.Fault("", err).Comparison
	kept, jerr := portal.LoadComparison(b.Context(), pub.Journal)
	if c == nil || kept == nil || c.Clash != want || kept.Clash != want || jerr != nil {
		b.Fatalf("comparison %+v, in the journal %+v, %v; want %s", c, kept, jerr, want)
	}
	return *c
}

// published is a dataset of two files that stands at the destination, and what
// the next publication of it would be.
func (b *bench) published() (portal.Publication, *Blobs, Sighting) {
	b.Helper()
	ds, blobs := Sample(b.opt.Target.Organization, "a,b\n1,2\n", "c\n3\n")
	last := b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
	next := portal.Publication{Dataset: ds, Files: blobs, Journal: &Memory{}, Last: &last}
	return next, blobs, b.opt.Witness.Find(b.T, ds.ID)[0]
}

// again publishes and expects all of it to be there.
func (b *bench) again(pub portal.Publication) portal.Receipt {
	b.Helper()
	receipt, err := b.courier(nil, nil).Publish(b.Context(), pub)
	if err != nil {
		b.Fatal(err)
	}
	return receipt
}

func editedThere(b *bench) {
	for name, change := range map[string]func(*portal.Dataset, *Blobs){
		"nothing of ours changed": func(*portal.Dataset, *Blobs) {},
		"another field changed":   func(ds *portal.Dataset, _ *Blobs) { ds.Description = "Corregido." },
		"the same field changed":  func(ds *portal.Dataset, _ *Blobs) { ds.Title = "Lo nuestro" },
		"a file changed":          func(ds *portal.Dataset, blobs *Blobs) { ds.Resources[0] = blobs.Put(ds.Resources[0], "a,b\n9,9\n") },
	} {
		b.Run(name, func(t *testing.T) {
			b := &bench{t, b.opt}
			pub, blobs, seen := b.published()
			was := pub.Dataset.Title
			b.opt.Witness.Edit(b.T, seen, "De otra persona")
			change(&pub.Dataset, blobs)
			c := b.conflict(portal.Edited, pub)
			want := portal.Difference{Field: "title", Was: was, Ours: pub.Dataset.Title, Theirs: "De otra persona"}
			if len(c.Differences) != 1 || c.Differences[0] != want {
				b.Errorf("differences %+v, want %+v", c.Differences, want)
			}
			if now := b.opt.Witness.Public(b.T, seen.Name); now == nil || now.Title != "De otra persona" || now.Notes != seen.Notes {
				b.Errorf("something was written: %+v", now)
			}
		})
	}
}

func keepOurs(b *bench) {
	pub, blobs, seen := b.published()
	b.opt.Witness.Edit(b.T, seen, "De otra persona")
	b.conflict(portal.Edited, pub)
	b.opt.Witness.Edit(b.T, seen, "De otra más")
	pub.Keep = portal.KeepOurs
	c := b.conflict(portal.Edited, pub)
	if len(c.Differences) != 1 || c.Differences[0].Theirs != "De otra más" {
		b.Fatalf("what nobody saw was answered for: %+v", c)
	}
	b.expect(pub.Dataset, blobs, b.again(pub))
}

func keepTheirs(b *bench) {
	pub, blobs, seen := b.published()
	file := pub.Dataset.Resources[0]
	b.opt.Witness.Edit(b.T, seen, "De otra persona")
	b.opt.Witness.Tamper(b.T, seen, file.ID, []byte("theirs\n"))
	pub.Dataset.Description = "Corregido."
	pub.Dataset.Resources[1] = blobs.Put(pub.Dataset.Resources[1], "c\n4\n")
	b.conflict(portal.Edited, pub)
	pub.Keep = portal.KeepTheirs
	check := func(receipt portal.Receipt) {
		b.Helper()
		now := b.opt.Witness.Public(b.T, seen.Name)
		if now == nil || now.Title != "De otra persona" || now.Notes != "Corregido." {
			b.Fatalf("%+v", now)
		}
		if got := string(b.opt.Witness.Fetch(b.T, now.Resources[file.ID])); got != "theirs\n" {
			b.Errorf("their file is %q", got)
		}
		if got := string(b.opt.Witness.Fetch(b.T, now.Resources[pub.Dataset.Resources[1].ID])); got != "c\n4\n" {
			b.Errorf("our file is %q", got)
		}
		if len(receipt.Kept) != 2 || receipt.Resources[0].SHA256 == file.SHA256 {
			b.Errorf("the receipt says %+v", receipt)
		}
		if _, err := b.courier(nil, nil).Verify(b.Context(), pub.Dataset, &receipt); err != nil {
			b.Errorf("verify of what was agreed on: %v", err)
		}
	}
	first := b.again(pub)
	check(first)
	// The next publication asks nothing while neither side changes it …
	pub.Last, pub.Keep, pub.Journal = &first, "", &Memory{}
	second := b.again(pub)
	check(second)
	// … and asks again where ours is new.
	pub.Last, pub.Journal = &second, &Memory{}
	pub.Dataset.Title = "Lo nuestro, corregido"
	if c := b.conflict(portal.Edited, pub); len(c.Differences) != 1 || c.Differences[0].Field != "title" {
		b.Errorf("%+v", c)
	}
}

func replacedThere(b *bench) {
	for _, theirs := range []string{"a,b\n1,3\n", "otra\n"} {
		pub, blobs, seen := b.published()
		file := pub.Dataset.Resources[0]
		b.opt.Witness.Tamper(b.T, seen, file.ID, []byte(theirs))
		pub.Dataset.Resources[0] = blobs.Put(file, "a,b\n7,7\n8,8\n")
		c := b.conflict(portal.Edited, pub)
		if len(c.Differences) != 1 || c.Differences[0].Field != portal.FileField || c.Differences[0].ID != file.ID {
			b.Errorf("%+v", c)
		}
		if got := string(b.opt.Witness.Fetch(b.T, seen.Resources[file.ID])); got != theirs {
			b.Fatalf("a stranger's file was overwritten by %q", got)
		}
		pub.Keep = portal.KeepOurs
		b.expect(pub.Dataset, blobs, b.again(pub))
	}
	pub, blobs, seen := b.published()
	b.opt.Witness.Relabel(b.T, seen, pub.Dataset.Resources[1].ID, "Otro nombre")
	if c := b.conflict(portal.Edited, pub); len(c.Differences) != 1 || c.Differences[0].Theirs != "Otro nombre" {
		b.Errorf("%+v", c)
	}
	pub.Keep = portal.KeepOurs
	b.expect(pub.Dataset, blobs, b.again(pub))
}

// cancelledHalfWay: what a revision of ours brought before it was cancelled is
// nobody's edit.
func cancelledHalfWay(b *bench) {
	pub, blobs, _ := b.published()
	half := pub
	half.Dataset.Resources = []portal.Distribution{blobs.Put(pub.Dataset.Resources[0], "a,b\n2,2\n2,2\n"), pub.Dataset.Resources[1]}
	b.again(half)
	pub.Journal = &Memory{}
	pub.Dataset.Resources = []portal.Distribution{blobs.Put(pub.Dataset.Resources[0], "a,b\n3,3\n"), pub.Dataset.Resources[1]}
	b.expect(pub.Dataset, blobs, b.again(pub))
}

func deletedFileThere(b *bench) {
	pub, blobs, _ := b.published()
	gone := pub.Dataset
	gone.Removed, gone.Resources = []string{gone.Resources[0].ID}, gone.Resources[1:]
	b.publish(b.courier(nil, nil), gone, blobs, &Memory{}) // as somebody else would
	c := b.conflict(portal.Edited, pub)
	if len(c.Differences) != 1 || c.Differences[0].Theirs != "" || c.Differences[0].Field != portal.FileField {
		b.Errorf("%+v", c)
	}
	pub.Keep = portal.KeepOurs
	b.expect(pub.Dataset, blobs, b.again(pub))
}

func hiddenThere(b *bench) {
	for clash, act := range map[portal.Clash]func(*testing.T, Sighting){
		portal.Withdrawn: b.opt.Witness.Hide,
		portal.Gone:      b.opt.Witness.Delete,
	} {
		pub, blobs, seen := b.published()
		act(b.T, seen)
		b.conflict(clash, pub)
		if b.opt.Witness.Public(b.T, seen.Name) != nil {
			b.Errorf("%s: shown again without a question", clash)
		}
		pub.Keep = portal.KeepOurs
		receipt := b.again(pub)
		b.expect(pub.Dataset, blobs, receipt)
		if receipt.Dataset != pub.Last.Dataset || receipt.Resources[0].URL != pub.Last.Resources[0].URL {
			b.Errorf("%s: it moved from %+v to %+v", clash, pub.Last, receipt)
		}
	}
}

func privateStaysSo(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a,b\n1,2\n")
	ds.Private = true
	shown := false
	wire := &Wire{After: func(*http.Request) { shown = shown || b.opt.Witness.Public(b.T, ds.Name) != nil }}
	last := b.publish(b.courier(wire, nil), ds, blobs, &Memory{})
	ds.Resources[0] = blobs.Put(ds.Resources[0], "a,b\n3,4\n")
	again := b.publishAfter(&last, b.courier(wire, nil), ds, blobs, &Memory{})
	found := b.opt.Witness.Find(b.T, ds.ID)
	if shown || len(found) != 1 || again.Resources[0].SHA256 != ds.Resources[0].SHA256 {
		b.Errorf("shown %v, found %+v, receipt %+v", shown, found, again)
	}
	if _, err := b.courier(nil, nil).Verify(b.Context(), ds, &again); err != nil {
		b.Error(err)
	}
}

func recreatedThere(b *bench) {
	pub, _, seen := b.published()
	b.opt.Witness.Delete(b.T, seen)
	b.opt.Witness.Hold(b.T, seen.Name)
	if c := b.conflict(portal.Recreated, pub); c.Name != seen.Name || c.Title == "" {
		b.Errorf("%+v", c)
	}
	if now := b.opt.Witness.Public(b.T, seen.Name); now == nil || now.ID == seen.ID {
		b.Errorf("%+v", now)
	}
}

func verifyEdited(b *bench) {
	pub, _, seen := b.published()
	verify := func(last *portal.Receipt) error {
		_, err := b.courier(nil, nil).Verify(b.Context(), pub.Dataset, last)
		return err
	}
	if err := verify(pub.Last); err != nil {
		b.Fatalf("before: %v", err)
	}
	b.opt.Witness.Relabel(b.T, seen, pub.Dataset.Resources[0].ID, "Otro nombre")
	for _, last := range []*portal.Receipt{nil, pub.Last} {
		err := verify(last)
		if kindOf(err) != portal.Conflict {
			b.Fatalf("got %v, want Conflict", err)
		}
		c := portal.Fault("", err).Comparison
		if c == nil || len(c.Differences) != 1 || c.Differences[0].Theirs != "Otro nombre" {
			b.Errorf("%+v", c)
		}
	}
}

// extrasOfOthers: an extra that a colleague added is not ours to take away.
func extrasOfOthers(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a\n1\n")
	ds.Extras = map[string]string{"frequency": "monthly", "spatial": "Cusco"}
	last := b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
	theirs := ds
	theirs.Extras = map[string]string{"frequency": "monthly", "spatial": "Cusco", "revisado por": "Ana"}
	b.publish(b.courier(nil, nil), theirs, blobs, &Memory{}) // as somebody else would
	ds.Extras = map[string]string{"frequency": "weekly"}
	ds.Keywords = []string{"presupuesto"}
	receipt := b.publishAfter(&last, b.courier(nil, nil), ds, blobs, &Memory{})
	seen := b.expect(ds, blobs, receipt)
	if seen.Extras["revisado por"] != "Ana" || seen.Extras["frequency"] != "weekly" {
		b.Errorf("extras %v", seen.Extras)
	}
	if _, there := seen.Extras["spatial"]; there {
		b.Error("an extra that we left and dropped is still there")
	}
	if len(seen.Keywords) != 1 {
		b.Errorf("keywords %v", seen.Keywords)
	}
}
