package ui

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"chasqui/app"
	"chasqui/app/describe"
)

// What is typed is on disk within two seconds: a pause in typing of half a
// second saves it, and so does typing on for a second and a half.
const (
	savePause = 500 * time.Millisecond
	saveLimit = 1500 * time.Millisecond
)

// saver keeps what a person types into a dataset's form.
type saver struct {
	w       *Window
	id      string
	pending map[string]string
	since   time.Time // when the oldest pending value was typed
	// unfinished are the values that were typed and refused, kept by key until
	// they are taken.
	unfinished map[string]string
	// saved hears the dataset after each save, with the values that were
	// refused, by key.
	saved func(app.Dataset, map[string]error)
}

func newSaver(w *Window, id string, saved func(app.Dataset, map[string]error)) *saver {
	return &saver{w: w, id: id, pending: map[string]string{}, unfinished: map[string]string{}, saved: saved}
}

// set takes a key's new value: a key of app.Edit.
func (s *saver) set(key, value string) {
	now := s.w.opt.Now()
	if len(s.pending) == 0 {
		s.since = now
	}
	s.pending[key] = value
	s.w.saving()
	pause := savePause
	if left := saveLimit - now.Sub(s.since); left < pause {
		pause = max(left, 0)
	}
	taken := maps.Clone(s.pending)
	s.w.run.After(pause, s.question(), func(ctx context.Context) func() {
		d, refused, err := s.write(ctx, taken)
		return func() { s.take(taken, d, refused, err) }
	})
}

// flush writes what is pending at once: the page is being left.
func (s *saver) flush() {
	if len(s.pending) == 0 {
		return
	}
	s.w.run.Cancel(s.question())
	if _, _, err := s.write(context.Background(), s.pending); err != nil {
		s.w.status.Saved(s.w.p.Explain(err).What)
		return
	}
	s.pending = map[string]string{}
	s.w.saved()
}

func (s *saver) question() string { return "save/" + s.id }

// write saves the values; those that are refused are kept as they were typed.
func (s *saver) write(ctx context.Context, values map[string]string) (app.Dataset, map[string]error, error) {
	left, refused := maps.Clone(values), map[string]error{}
	for {
		var sets []app.Assignment
		for _, key := range slices.Sorted(maps.Keys(left)) {
			sets = append(sets, app.Assignment{Key: key, Value: left[key]})
		}
		d, err := s.w.program.Edit(ctx, s.id, sets)
		var bad *describe.ValueError
		if !errors.As(err, &bad) {
			if err == nil {
				err = s.keep(ctx, values, refused)
			}
			return d, refused, err
		}
		if _, ours := left[bad.Key]; !ours {
			return d, refused, err
		}
		refused[bad.Key] = err
		delete(left, bad.Key)
	}
}

// keep writes down what was typed and refused, and forgets what was taken since.
// It may be called from any goroutine, one call at a time, as write is.
func (s *saver) keep(ctx context.Context, values map[string]string, refused map[string]error) error {
	changed := map[string]string{}
	for key, value := range values {
		if refused[key] == nil {
			value = ""
		}
		if s.unfinished[key] != value {
			changed[key] = value
		}
	}
	if len(changed) == 0 {
		return nil
	}
	maps.Copy(s.unfinished, changed)
	return s.w.program.KeepTyped(ctx, s.id, changed)
}

func (s *saver) take(taken map[string]string, d app.Dataset, refused map[string]error, err error) {
	if err != nil {
		s.w.status.Saved(s.w.p.Explain(err).What)
		return
	}
	for key, value := range taken {
		if s.pending[key] == value {
			delete(s.pending, key)
		}
	}
	if len(s.pending) == 0 {
		s.w.saved()
	}
	s.saved(d, refused)
}
