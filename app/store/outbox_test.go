package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// freezeFor queues a revision of the dataset with files of those sizes, as an
// office would, and returns its jobs.
func freezeFor(t *testing.T, s *Store, dataset, destination string, replace bool, sizes ...int64) outbox.Job {
	t.Helper()
	earlier := queue(t, s, dataset, destination) // makes what is not there yet
	if err := s.Apply(t.Context(), outbox.Available, ended(earlier), outbox.Entry{At: earlier.Created, Event: "dropped"}, nil, nil); err != nil {
		t.Fatal(err)
	}
	e, err := s.Edition(t.Context(), dataset)
	if err != nil {
		t.Fatal(err)
	}
	r := Revision{Edition: e.ID, Frozen: portal.Dataset{ID: dataset, Name: dataset}}
	for i, n := range sizes {
		name := string(rune('A' + i))
		r.Frozen.Resources = append(r.Frozen.Resources, portal.Distribution{ID: name, Name: name, Bytes: n})
		r.Files = append(r.Files, File{Role: Data, Name: name + ".csv", Blob: Blob{SHA256: "00", Bytes: n}, Resource: name})
	}
	jobs, err := s.Freeze(t.Context(), r, Order{Dataset: dataset, Destinations: []string{earlier.Destination}, Replace: replace})
	if err != nil {
		t.Fatal(err)
	}
	return jobs[0]
}

func ended(j outbox.Job) outbox.Job {
	j.State = outbox.Cancelled
	return j
}

func (s *Store) apply(t *testing.T, from outbox.State, j outbox.Job, e outbox.Entry, receipt *portal.Receipt) {
	t.Helper()
	if err := s.Apply(t.Context(), from, j, e, nil, receipt); err != nil {
		t.Fatal(err)
	}
}

func TestTheSmallestRefusedFileIsRemembered(t *testing.T) {
	s := openAt(t, t.TempDir())
	refuse := func(j outbox.Job, file string) {
		t.Helper()
		j.State, j.Reason = outbox.Parked, outbox.TooLarge
		s.apply(t, outbox.Available, j, outbox.Entry{At: j.Created, Event: "refused", Kind: portal.TooLarge, File: file}, nil)
	}
	first := freezeFor(t, s, "a", "portal", false, 500, 9000)
	if j, err := s.Job(t.Context(), first.ID); err != nil || j.Bytes != 9500 || first.Bytes != 9500 {
		t.Errorf("%d bytes, stored %d, %v", first.Bytes, j.Bytes, err)
	}
	if n, err := s.Refused(t.Context(), first.Destination); err != nil || n != 0 {
		t.Errorf("before anything was refused: %d, %v", n, err)
	}
	refuse(first, "B")
	refuse(freezeFor(t, s, "b", "portal", false, 7000), "A")
	refuse(freezeFor(t, s, "c", "elsewhere", false, 10), "A")
	if n, err := s.Refused(t.Context(), first.Destination); err != nil || n != 7000 {
		t.Errorf("got %d, %v", n, err)
	}
	taken := freezeFor(t, s, "d", "portal", false, 8000) // the portal's limit was raised
	taken.State = outbox.Completed
	s.apply(t, outbox.Available, taken, outbox.Entry{At: taken.Created, Event: "delivered"}, &portal.Receipt{})
	if n, err := s.Refused(t.Context(), first.Destination); err != nil || n != 9000 {
		t.Errorf("after a file of 8000 bytes was taken: %d, %v", n, err)
	}
}

func TestOnlyWhatWaitsOfTheSameEditionAndDestinationIsReplaced(t *testing.T) {
	s := openAt(t, t.TempDir())
	available, parked := freezeFor(t, s, "a", "portal", false, 1), freezeFor(t, s, "a", "portal", false, 2)
	running, elsewhere, other := freezeFor(t, s, "a", "portal", false, 3), freezeFor(t, s, "a", "elsewhere", false, 4), freezeFor(t, s, "b", "portal", false, 5)
	parked.State, parked.Reason = outbox.Parked, outbox.Rejected
	s.apply(t, outbox.Available, parked, outbox.Entry{Event: "refused"}, nil)
	running.State = outbox.Running
	s.apply(t, outbox.Available, running, outbox.Entry{Event: "taken"}, nil)
	newer := freezeFor(t, s, "a", "portal", true, 6)
	want := map[string]outbox.State{
		available.ID: outbox.Cancelled, parked.ID: outbox.Cancelled, running.ID: outbox.Running,
		elsewhere.ID: outbox.Available, other.ID: outbox.Available, newer.ID: outbox.Available,
	}
	for id, state := range want {
		if j, err := s.Job(t.Context(), id); err != nil || j.State != state || j.Reason != "" {
			t.Errorf("%+v, %v; want %s", j, err, state)
		}
	}
	log, err := s.Log(t.Context(), parked.ID)
	if err != nil || log[len(log)-1].Event != string(outbox.Replaced) || log[len(log)-1].Detail != newer.ID {
		t.Errorf("%+v, %v", log, err)
	}
	if n, err := s.CountOpen(t.Context()); err != nil || n != 4 {
		t.Errorf("%d on the road, %v", n, err)
	}
}

func TestTheLatestRunsOfADestinationAreReadInTheirOrder(t *testing.T) {
	s := openAt(t, t.TempDir())
	j := freezeFor(t, s, "a", "portal", false, 1)
	far := freezeFor(t, s, "a", "elsewhere", false, 1)
	var want []outbox.Run
	for i := range 33 {
		run := outbox.Run{Took: time.Duration(i) * time.Second, Whole: i%2 == 0, Tally: portal.Tally{Requests: i + 1, Uploads: int64(i), Uploading: time.Second}}
		s.apply(t, outbox.Available, j, outbox.Entry{At: j.Created, Event: "unreached", Run: run}, nil)
		s.apply(t, outbox.Available, j, outbox.Entry{At: j.Created, Event: "paused"}, nil) // no run
		if i >= 3 {
			want = append(want, run)
		}
	}
	s.apply(t, outbox.Available, far, outbox.Entry{Event: "unreached", Run: outbox.Run{Tally: portal.Tally{Requests: 99}}}, nil)
	got, err := s.Runs(t.Context(), j.Destination)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAStayEndsWhenTheJobLeavesTheQueue(t *testing.T) {
	s := openAt(t, t.TempDir())
	waits, sent := freezeFor(t, s, "a", "portal", false, 7), freezeFor(t, s, "b", "portal", false, 8)
	long := freezeFor(t, s, "c", "portal", false, 9)
	left := sent.Created.Add(time.Hour).Truncate(time.Millisecond)
	sent.State, sent.Updated = outbox.Completed, left
	s.apply(t, outbox.Available, sent, outbox.Entry{At: left, Event: "delivered"}, &portal.Receipt{})
	long.State, long.Updated = outbox.Completed, left.AddDate(0, -2, 0)
	s.apply(t, outbox.Available, long, outbox.Entry{At: left, Event: "delivered"}, &portal.Receipt{})
	stays, err := s.Stays(t.Context(), left.AddDate(0, 0, -1))
	if err != nil {
		t.Fatal(err)
	}
	byBytes := map[int64]Stay{}
	for _, y := range stays {
		byBytes[y.Bytes] = y
	}
	if y, ok := byBytes[7]; !ok || !y.Left.IsZero() || y.Destination != waits.Destination {
		t.Errorf("%+v", y)
	}
	if y, ok := byBytes[8]; !ok || !y.Left.Equal(left) || y.State != outbox.Completed {
		t.Errorf("%+v, want left at %v", y, left)
	}
	if _, ok := byBytes[9]; ok {
		t.Error("what left two months ago is told")
	}
}
