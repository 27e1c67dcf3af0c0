package portaltest

import (
	"context"
	"testing"

	"chasqui/sync/portal"
)

// everyRequestMayFail plays every fault at every request of a first
// publication, then sends again until it arrives: one dataset, the right bytes.
func everyRequestMayFail(b *bench) {
	b.playFaults(func(b *bench) (portal.Dataset, *Blobs, *portal.Receipt) {
		ds, blobs := Sample(b.opt.Target.Organization, "a,b\n1,2\n", "c\n3\n")
		return ds, blobs, nil
	})
}

// everyRequestOfAnUpdateMayFail does the same to a correction that replaces a
// file, adds one, drops one and changes the description. What was public stays
// so, whatever happens.
func everyRequestOfAnUpdateMayFail(b *bench) {
	b.playFaults(func(b *bench) (portal.Dataset, *Blobs, *portal.Receipt) {
		ds, blobs := Sample(b.opt.Target.Organization, "a,b\n1,2\n", "c\n3\n", "d\n4\n")
		added := ds.Resources[2]
		ds.Resources = ds.Resources[:2]
		last := b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
		ds.Title += ", corregido"
		ds.Removed = []string{ds.Resources[1].ID}
		ds.Resources = []portal.Distribution{blobs.Put(ds.Resources[0], "a,b\n1,2\n5,6\n"), added}
		return ds, blobs, &last
	})
}

// playFaults counts the requests of publishing what prepare makes, then plays
// every fault at each of them, each time to a new dataset.
func (b *bench) playFaults(prepare func(*bench) (portal.Dataset, *Blobs, *portal.Receipt)) {
	faults := b.opt.Faults
	if faults == nil {
		faults = AllFaults()
	}
	count := &Wire{}
	ds, blobs, last := prepare(b)
	b.publishAfter(last, b.courier(count, nil), ds, blobs, &Memory{})
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

func (b *bench) survives(fault Fault, n int, call string, prepare func(*bench) (portal.Dataset, *Blobs, *portal.Receipt)) bool {
	return b.Run(string(fault)+" at "+call, func(t *testing.T) {
		b := &bench{t, b.opt}
		ds, blobs, last := prepare(b)
		wasPublic := b.opt.Witness.Public(t, ds.Name) != nil
		ctx, cancel := context.WithCancel(b.Context())
		defer cancel()
		wire := &Wire{FailAt: n, Fault: fault, Stall: cancel}
		journal := &Memory{}
		_, err := b.courier(wire, nil).Publish(ctx, portal.Publication{Dataset: ds, Files: blobs, Journal: journal, Last: last})
		if err != nil && (kindOf(err) == "?" || !portal.Fault("", err).Retryable()) {
			b.Fatalf("at call %d, %s: a fault of the wire became %v", n, call, err)
		}
		if wasPublic && b.opt.Witness.Public(t, ds.Name) == nil {
			b.Errorf("at call %d, %s: what was public is hidden", n, call)
		}
		if err != nil && n%2 == 0 {
			journal = &Memory{} // as after a crash that lost it
		}
		b.expect(ds, blobs, b.publishAfter(last, b.courier(nil, nil), ds, blobs, journal))
	})
}
