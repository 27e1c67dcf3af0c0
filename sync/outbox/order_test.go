package outbox_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// jobsOf makes jobs of words like "a5": dataset a, 5 bytes; "!" after it is a
// person's word, "~" a job that waits since two days. Seq follows the order.
func jobsOf(words string, now time.Time) []outbox.Job {
	var jobs []outbox.Job
	for i, word := range strings.Fields(words) {
		j := outbox.Job{ID: word, Dataset: word[:1], Seq: int64(i + 1), Created: now.Add(-time.Hour)}
		if strings.HasSuffix(word, "!") {
			j.Priority = int64(i + 1)
		}
		if strings.HasSuffix(word, "~") {
			j.Created = now.Add(-48 * time.Hour)
		}
		fmt.Sscanf(strings.TrimRight(word[1:], "!~"), "%d", &j.Bytes)
		jobs = append(jobs, j)
	}
	return jobs
}

func TestTheQueueGoesInTheOrderAPersonMeans(t *testing.T) {
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	cases := []struct {
		name, queue string
		slow        bool
		want        string
	}{
		{"by age", "a9 b1 c5", false, "a9 b1 c5"},
		{"small first on a slow link", "a9 b1 c5", true, "b1 c5 a9"},
		{"a dataset stays in sequence", "a9 a1 b5", true, "b5 a9 a1"},
		{"first", "a9 b1 c5!", true, "c5! b1 a9"},
		{"the later word counts more", "a9 b1! c5!", false, "c5! b1! a9"},
		{"first draws along what stands before it", "a1 b9 b1!", true, "b9 b1! a1"},
		{"who waits for a day lets nobody by", "a9~ b1", true, "a9~ b1"},
		{"among those by age", "a9~ b1~ c1", true, "a9~ b1~ c1"},
		{"nothing", "", true, ""},
	}
	for _, c := range cases {
		var got []string
		for _, j := range outbox.Order(jobsOf(c.queue, now), c.slow, now) {
			got = append(got, j.ID)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

// Whatever the queue, Order loses and doubles nothing and keeps each dataset in
// sequence.
func TestOrderKeepsEveryJobAndEachDatasetsSequence(t *testing.T) {
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		var jobs []outbox.Job
		for i := range rapid.IntRange(0, 30).Draw(t, "jobs") {
			jobs = append(jobs, outbox.Job{
				ID: fmt.Sprint(i), Seq: int64(i), Dataset: rapid.StringMatching("[a-e]").Draw(t, "dataset"),
				Bytes: rapid.Int64Range(0, 5).Draw(t, "bytes"), Priority: rapid.Int64Range(0, 3).Draw(t, "priority"),
				Created: now.Add(-time.Duration(rapid.IntRange(-50, 50).Draw(t, "age")) * time.Hour),
			})
		}
		last, seen := map[string]int64{}, map[string]bool{}
		for _, j := range outbox.Order(jobs, rapid.Bool().Draw(t, "slow"), now) {
			if before, ok := last[j.Dataset]; ok && before > j.Seq {
				t.Fatalf("%s after a later job of %s", j.ID, j.Dataset)
			}
			if seen[j.ID] {
				t.Fatalf("%s twice", j.ID)
			}
			last[j.Dataset], seen[j.ID] = j.Seq, true
		}
		if len(seen) != len(jobs) {
			t.Fatalf("%d of %d jobs", len(seen), len(jobs))
		}
	})
}

func BenchmarkOrderOfFiveThousandDatasets(b *testing.B) {
	now := time.Now()
	jobs := make([]outbox.Job, 5000)
	for i := range jobs {
		jobs[i] = outbox.Job{ID: fmt.Sprint(i), Dataset: fmt.Sprint(i), Seq: int64(i), Bytes: int64(i * 7919 % 5000), Created: now}
	}
	for b.Loop() {
		outbox.Order(jobs, true, now)
	}
}

func TestThePaceIsToldByLateRunsMoreThanByEarlyOnes(t *testing.T) {
	run := func(rate int64, whole bool) outbox.Run {
		return outbox.Run{
			Took: 25 * time.Second, Whole: whole,
			Tally: portal.Tally{Requests: 10, Sent: rate * 10, Uploads: rate * 10, Uploading: 10 * time.Second, Downloads: rate * 20, Downloading: 10 * time.Second},
		}
	}
	var runs []outbox.Run
	for range 20 {
		runs = append(runs, run(100_000, true))
	}
	if p := outbox.Measured(runs); p.Up != 100_000 || p.Down != 200_000 || p.Extra != 5*time.Second || p.Requests != 10 || p.Slow() {
		t.Errorf("%+v", p)
	}
	for range 10 { // the link has become worse
		runs = append(runs, run(10_000, true))
	}
	p := outbox.Measured(runs)
	if p.Up < 10_000 || p.Up > 25_000 || !p.Slow() {
		t.Errorf("after ten runs at a tenth: %+v", p)
	}
	if took, known := p.Estimate(1_000_000, 0); !known || took < 60*time.Second || took > 155*time.Second {
		t.Errorf("a megabyte up and down: %v, %v", took, known)
	}
	if took, _ := p.Estimate(1_000_000, 1000); took < 2000*time.Second || took > 2010*time.Second {
		t.Errorf("a megabyte up and down at a kilobyte a second: %v", took)
	}
	cut := outbox.Measured([]outbox.Run{run(50_000, false)})
	if cut.Up != 50_000 || cut.Runs != 0 || cut.Requests != 0 {
		t.Errorf("a run that was cut tells the rate and not what a publication takes: %+v", cut)
	}
}

func TestWhatWasNeverMeasuredIsNotEstimated(t *testing.T) {
	if _, known := outbox.Measured(nil).Estimate(1000, 0); known {
		t.Error("nothing is known")
	}
	small := outbox.Measured([]outbox.Run{{Took: 3 * time.Second, Whole: true, Tally: portal.Tally{Requests: 9, Sent: 4000}}})
	if took, known := small.Estimate(5000, 0); !known || took != 3*time.Second {
		t.Errorf("another small one: %v, %v", took, known)
	}
	if _, known := small.Estimate(50_000_000, 0); known {
		t.Error("a large one was never seen")
	}
	if took, known := small.Estimate(50_000_000, 1_000_000); !known || took < 100*time.Second {
		t.Errorf("but the limit is known: %v, %v", took, known)
	}
}

func TestTheUsualTimeBetweenCutsIsLearnedFromRunsThatMovedBytes(t *testing.T) {
	run := func(took time.Duration, cut bool) outbox.Run {
		return outbox.Run{Took: took, Whole: !cut, Cut: cut, Tally: portal.Tally{Requests: 5, Sent: 100_000, Uploads: 100_000, Uploading: 10 * time.Second}}
	}
	nothing := outbox.Run{Took: time.Hour, Tally: portal.Tally{Requests: 1}}
	for _, c := range []struct {
		name string
		runs []outbox.Run
		want time.Duration
	}{
		{"never cut", []outbox.Run{run(time.Minute, false), run(time.Minute, false)}, 0},
		{"one cut says nothing of the next", []outbox.Run{run(time.Minute, true)}, 0},
		{"each run is cut", []outbox.Run{run(2*time.Minute, true), run(2*time.Minute, true), run(2*time.Minute, true)}, 2 * time.Minute},
		{"a run that found no link", []outbox.Run{run(2*time.Minute, true), nothing, run(2*time.Minute, true), nothing}, 2 * time.Minute},
	} {
		if p := outbox.Measured(c.runs); p.Between.Round(time.Second) != c.want {
			t.Errorf("%s: %v, want %v", c.name, p.Between, c.want)
		}
	}
	seldom := outbox.Measured([]outbox.Run{run(time.Minute, false), run(time.Minute, true), run(time.Minute, false), run(time.Minute, true), run(time.Minute, false)})
	if seldom.Between < 2*time.Minute || seldom.Between > 3*time.Minute {
		t.Errorf("two cuts in five minutes: every %v", seldom.Between)
	}
	if took, known := seldom.Sending(1_000_000, 0); !known || took != 100*time.Second || seldom.TooLong(took) {
		t.Errorf("a megabyte at 10 kB/s: %v, %v", took, known)
	}
	if took, known := seldom.Sending(1_000_000, 2_000); !known || took != 500*time.Second || !seldom.TooLong(took) {
		t.Errorf("a megabyte at a limit of 2 kB/s: %v, %v", took, known)
	}
	if (outbox.Pace{}).TooLong(time.Hour) {
		t.Error("where no cut was seen nothing is too long")
	}
}

func TestAJobIsStuckAtAFileThatIsCutRunAfterRun(t *testing.T) {
	cut := func(file string) outbox.Entry {
		return outbox.Entry{Event: "unreached", File: file, Run: outbox.Run{Cut: true, Tally: portal.Tally{Requests: 4, Sent: 9}}}
	}
	offline := outbox.Entry{Event: "unreached", Run: outbox.Run{}}
	busy := outbox.Entry{Event: "failed", Run: outbox.Run{Tally: portal.Tally{Requests: 4}}}
	for _, c := range []struct {
		name string
		log  []outbox.Entry
		file string
		cuts int
	}{
		{"new", []outbox.Entry{{Event: "queued"}}, "", 0},
		{"twice at one file, offline between", []outbox.Entry{{Event: "queued"}, cut("a"), offline, cut("a"), {Event: "taken"}}, "a", 2},
		{"the file before arrived", []outbox.Entry{cut("a"), cut("a"), cut("b")}, "b", 1},
		{"it ended another way", []outbox.Entry{cut("a"), cut("a"), busy}, "", 0},
	} {
		if file, cuts := outbox.Stuck(c.log); file != c.file || cuts != c.cuts {
			t.Errorf("%s: %q %d, want %q %d", c.name, file, cuts, c.file, c.cuts)
		}
	}
}
