package ui

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func queued() (*Runner, *queue) {
	q := &queue{}
	return newRunner(q.start, func(f func()) { f() }, atOnce), q
}

func TestAnOlderAnswerNeverOverwritesANewerOne(t *testing.T) {
	r, q := queued()
	shown := ""
	ask := func(answer string) {
		r.Ask("list", func(context.Context) func() { return func() { shown = answer } })
	}
	ask("old")
	ask("new")
	// the slower, older work ends last
	q.waiting[0], q.waiting[1] = q.waiting[1], q.waiting[0]
	q.drain()
	if shown != "new" {
		t.Errorf("the screen shows %q", shown)
	}
}

func TestAskingAnewCancelsTheOlderWork(t *testing.T) {
	r, q := queued()
	var ended []bool
	work := func(ctx context.Context) func() {
		ended = append(ended, ctx.Err() != nil)
		return nil
	}
	r.Ask("rows", work)
	r.Ask("rows", work)
	r.Ask("other", work)
	q.drain()
	if diff := cmp.Diff([]bool{true, false, false}, ended); diff != "" {
		t.Errorf("which works found themselves cancelled:\n%s", diff)
	}
}

func TestACancelledQuestionShowsNothing(t *testing.T) {
	r, q := queued()
	r.AskTelling("open", func(_ context.Context, tell func(func())) func() {
		tell(func() { t.Error("news of a cancelled question") })
		return func() { t.Error("an answer of a cancelled question") }
	})
	r.Cancel("open")
	q.drain()
	if len(r.runs) > 0 {
		t.Error("a cancelled question counts as under way")
	}
}

func TestNewsComeBeforeTheAnswerAndEndTheQuestion(t *testing.T) {
	r, q := queued()
	var heard []string
	r.AskTelling("freeze", func(_ context.Context, tell func(func())) func() {
		tell(func() { heard = append(heard, "half") })
		return func() { heard = append(heard, "done") }
	})
	if len(r.runs) != 1 {
		t.Error("a question under way does not count as such")
	}
	q.drain()
	if diff := cmp.Diff([]string{"half", "done"}, heard); diff != "" {
		t.Error(diff)
	}
	if len(r.runs) > 0 {
		t.Error("an answered question counts as under way")
	}
}

func TestOnlyTheLastOfManyKeystrokesIsSaved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		posted := make(chan func(), 10)
		r := newRunner(func(f func()) { go f() }, func(f func()) { posted <- f }, time.After)
		var saved []string
		for _, text := range []string{"P", "Pr", "Pre"} {
			r.After(500*time.Millisecond, "save", func(context.Context) func() {
				return func() { saved = append(saved, text) }
			})
			time.Sleep(100 * time.Millisecond)
		}
		time.Sleep(399 * time.Millisecond)
		synctest.Wait()
		for len(posted) > 0 {
			(<-posted)()
		}
		if len(saved) != 0 {
			t.Errorf("saved %q before the pause was over", saved)
		}
		time.Sleep(2 * time.Millisecond)
		synctest.Wait()
		for len(posted) > 0 {
			(<-posted)()
		}
		if diff := cmp.Diff([]string{"Pre"}, saved); diff != "" {
			t.Error(diff)
		}
		r.Close()
	})
}

func TestCloseWaitsForWorkAndThenNothingReachesTheScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRunner(func(f func()) { go f() }, func(f func()) { f() }, time.After)
		ended := false
		r.Ask("slow", func(ctx context.Context) func() {
			<-ctx.Done()
			time.Sleep(time.Second)
			ended = true
			return func() { t.Error("an answer after the window closed") }
		})
		synctest.Wait()
		r.Close()
		if !ended {
			t.Error("Close did not wait for the work")
		}
		r.Post(func() { t.Error("news after the window closed") })
	})
}
