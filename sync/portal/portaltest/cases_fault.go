package portaltest

import (
	"context"
	"testing"

	"chasqui/sync/portal"
)

// trial is a publication that faults are played to.
type trial struct {
	pub   portal.Publication
	blobs *Blobs
	// durable says that the journal is never lost: a person's answer stands
	// there. Otherwise every second trial goes on without it, as after a crash
	// that took it along.
	durable bool
	check   func(*bench, portal.Receipt)
}

// newTrial expects the dataset to stand there as it is.
func newTrial(ds portal.Dataset, blobs *Blobs, last *portal.Receipt) trial {
	return trial{
		pub:   portal.Publication{Dataset: ds, Files: blobs, Journal: &Memory{}, Last: last},
		blobs: blobs,
		check: func(b *bench, receipt portal.Receipt) { b.expect(ds, blobs, receipt) },
	}
}

// everyRequestMayFail plays every fault at every request of a first
// publication, then sends again until it arrives: one dataset, the right bytes.
func everyRequestMayFail(b *bench) {
	b.playFaults(func(b *bench) trial {
		ds, blobs := Sample(b.opt.Target.Organization, "a,b\n1,2\n", "c\n3\n")
		ds.Resources[0].Schema = []portal.Column{{Name: "a", Type: "integer"}, {Name: "b", Type: "integer"}}
		t := newTrial(ds, blobs, nil)
		t.check = func(b *bench, receipt portal.Receipt) {
			b.expect(ds, blobs, receipt)
			b.expectRows(ds.Resources[0].ID, receipt, 1)
		}
		return t
	})
}

// expectRows checks a file's table, where the destination keeps tables.
func (b *bench) expectRows(id string, receipt portal.Receipt, want int64) {
	b.Helper()
	table := b.opt.Witness.Table(b.T, id)
	if table == nil && receipt.Tables[id] == 0 && receipt.Untabled[id] == "" {
		return // no DataStore
	}
	if table == nil || table.Total != want || receipt.Tables[id] != want {
		b.Errorf("table %+v, receipt %v %v", table, receipt.Tables, receipt.Untabled)
	}
}

// everyRequestOfAnUpdateMayFail does the same to a correction that replaces a
// file, adds one, drops one and changes the description. What was public stays
// so, whatever happens.
func everyRequestOfAnUpdateMayFail(b *bench) {
	b.playFaults(func(b *bench) trial {
		ds, blobs := Sample(b.opt.Target.Organization, "a,b\n1,2\n", "c\n3\n", "d\n4\n")
		added := ds.Resources[2]
		ds.Resources = ds.Resources[:2]
		last := b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
		ds.Title += ", corregido"
		ds.Removed = []string{ds.Resources[1].ID}
		ds.Resources = []portal.Distribution{blobs.Put(ds.Resources[0], "a,b\n1,2\n5,6\n"), added}
		return newTrial(ds, blobs, &last)
	})
}

// everyRequestAfterAnAnswerMayFail does the same where a person left a
// description to somebody else.
func everyRequestAfterAnAnswerMayFail(b *bench) {
	b.playFaults(func(b *bench) trial {
		pub, blobs, seen := b.published()
		b.opt.Witness.Edit(b.T, seen, "De otra persona")
		pub.Dataset.Resources[0] = blobs.Put(pub.Dataset.Resources[0], "a,b\n7,7\n")
		pub.Dataset.Description = "Corregido."
		b.conflict(portal.Edited, pub)
		pub.Keep = portal.KeepTheirs
		theirs := pub.Dataset
		theirs.Title = "De otra persona"
		t := newTrial(theirs, blobs, pub.Last)
		t.pub, t.durable = pub, true
		return t
	})
}

// playFaults counts the requests of publishing what prepare makes, then plays
// every fault at each of them, each time to a new dataset.
func (b *bench) playFaults(prepare func(*bench) trial) {
	faults := b.opt.Faults
	if faults == nil {
		faults = AllFaults()
	}
	count := &Wire{}
	first := prepare(b)
	receipt, err := b.courier(count, nil).Publish(b.Context(), first.pub)
	if err != nil {
		b.Fatal(err)
	}
	first.check(b, receipt)
	calls := count.Calls()
	points := 0
	for _, fault := range faults {
		for n := 1; n <= len(calls); n++ {
			points++
			if !b.survives(fault, n, calls[n-1], prepare) {
				return
			}
		}
	}
	b.Logf("%d fault points over %d requests, all recovered", points, len(calls))
}

func (b *bench) survives(fault Fault, n int, call string, prepare func(*bench) trial) bool {
	return b.Run(string(fault)+" at "+call, func(t *testing.T) {
		b := &bench{t, b.opt}
		trial := prepare(b)
		ds := trial.pub.Dataset
		wasPublic := b.opt.Witness.Public(b.T, ds.Name) != nil
		ctx, cancel := context.WithCancel(b.Context())
		defer cancel()
		wire := &Wire{FailAt: n, Fault: fault, Stall: cancel}
		_, err := b.courier(wire, nil).Publish(ctx, trial.pub)
		if err != nil && (kindOf(err) == "?" || !portal.Fault("", err).Retryable()) {
			b.Fatalf("at call %d, %s: a fault of the wire became %v", n, call, err)
		}
		if wasPublic && b.opt.Witness.Public(b.T, ds.Name) == nil {
			b.Errorf("at call %d, %s: what was public is hidden", n, call)
		}
		if err != nil && n%2 == 0 && !trial.durable {
			trial.pub.Journal = &Memory{}
		}
		receipt, err := b.courier(nil, nil).Publish(b.Context(), trial.pub)
		if err != nil {
			b.Fatalf("afterwards: %v", err)
		}
		trial.check(b, receipt)
	})
}
