package app

import (
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"chasqui/app/message"
	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// shortRoad breaks every request that brings more than its length, in bytes,
// after that many.
type shortRoad struct {
	length int64
	next   portal.Transport
}

// RoundTrip sends what is short enough.
func (r *shortRoad) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.ContentLength <= r.length {
		return r.next.RoundTrip(req)
	}
	defer req.Body.Close()
	if _, err := io.CopyN(io.Discard, req.Body, r.length); err != nil {
		return nil, err
	}
	return nil, syscall.ECONNRESET
}

func TestAJobThatIsCutAtOneFileAgainAndAgainSaysSo(t *testing.T) {
	o := newOffice(t)
	o.manyRows()
	road := &shortRoad{length: 100_000, next: o.app.opt.Transport}
	o.app.opt.Transport = road
	id := o.publish("Obras", PublishOptions{})
	for range stuckFrom - 1 {
		o.sync()
	}
	if j := o.job(id); j.Stuck != nil {
		t.Errorf("after %d cuts: %+v", stuckFrom-1, j.Stuck)
	}
	o.sync()
	stuck := o.job(id).Stuck
	if stuck == nil || stuck.File != "Obras (CSV)" || stuck.Cuts != stuckFrom {
		log, _ := o.app.JobLog(t.Context(), id)
		t.Fatalf("%+v after %+v", stuck, log)
	}
	if text := stuck.Tell(message.New("es")); !strings.Contains(text, "se cortó 3 veces seguidas en «Obras (CSV)»") {
		t.Error(text)
	}
	// What was cut tells what the link carries.
	if err := o.app.SaveLinkRules(t.Context(), LinkRules{Rate: 1000}); err != nil {
		t.Fatal(err)
	}
	e, err := o.app.Estimate(t.Context(), o.job(id))
	if err != nil || e.Between <= 0 || len(e.InDoubt()) == 0 || e.InDoubt()[0].Obstacle != TooLong {
		t.Errorf("%+v, %v", e, err)
	}
	if err := o.app.SaveLinkRules(t.Context(), LinkRules{}); err != nil {
		t.Fatal(err)
	}
	// Zipped, in its place, it passes.
	zipped := o.publish("Obras", PublishOptions{Zip: true, Replace: true})
	o.sync()
	if j := o.job(zipped); j.State != outbox.Completed || j.Stuck != nil {
		t.Errorf("zipped: %+v, %+v", j.Job, j.Tries)
	}
}

func TestTheAdviceIsWhatIsLikelyToHelp(t *testing.T) {
	o := newOffice(t)
	o.manyRows()
	r, err := o.app.store.Revision(t.Context(), o.job(o.publish("Obras", PublishOptions{})).Revision)
	if err != nil {
		t.Fatal(err)
	}
	large := r.Files[0].Blob.Bytes
	zipped, err := o.app.zipped(t.Context(), r.Files[0].Blob, "obras.csv")
	if err != nil {
		t.Fatal(err)
	}
	carries := func(bytes int64) outbox.Pace {
		return outbox.Pace{Up: 1000, Between: time.Duration(bytes) * time.Millisecond}
	}
	for _, c := range []struct {
		name     string
		by       judged
		obstacle Obstacle
		remedy   Remedy
	}{
		{"a link that lasts", judged{pace: carries(large)}, "", ""},
		{"one that carries a zip", judged{pace: carries(zipped.Bytes * 2)}, TooLong, SendZipped},
		{"one that carries nothing", judged{pace: carries(zipped.Bytes / 2)}, TooLong, SendElsewhere},
		{"a limit above it", judged{refused: large + 1}, "", ""},
		{"a limit that a zip passes", judged{refused: large}, TooBig, SendZipped},
		{"a limit that it does not", judged{refused: zipped.Bytes / 2}, TooBig, HandOver},
		{"nothing was measured", judged{}, "", ""},
	} {
		list, err := o.app.fileCosts(r.Files[:1], c.by)
		if err != nil || list[0].Obstacle != c.obstacle || list[0].Remedy != c.remedy {
			t.Errorf("%s: %+v, %v", c.name, list, err)
			continue
		}
		e := Estimate{Files: list, Between: c.by.pace.Between, Refused: c.by.refused}
		if text := e.Tell(message.New("es"), list[0]); (text == "") != (c.obstacle == "") || strings.Contains(text, "doubt.") {
			t.Errorf("%s: %q", c.name, text)
		}
		if c.remedy == SendZipped && (list[0].Zipped < zipped.Bytes/2 || list[0].Zipped > zipped.Bytes*2) {
			t.Errorf("%s: told %d bytes, and it has %d", c.name, list[0].Zipped, zipped.Bytes)
		}
	}
}
