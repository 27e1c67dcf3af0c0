package cli

import (
	"context"
	"errors"
	"strings"

	"chasqui/app"
)

// belonging is what `dataset new` may say of a file besides that it is new: that
// it is the next edition of a dataset, or a correction of one.
type belonging struct {
	edition, correction, period string
}

// settle makes a new dataset an edition or a correction as was said; where
// nothing was said it tells what the file resembles.
func (s *session) settle(ctx context.Context, a *app.App, d app.Dataset, b belonging) error {
	var err error
	fresh := d.ID
	switch {
	case b.edition != "":
		d, err = a.Join(ctx, d.ID, b.edition, b.period)
	case b.correction != "":
		d, err = a.Replace(ctx, d.ID, b.correction)
	default:
		return s.newborn(ctx, a, d)
	}
	if err != nil { // the next try begins anew
		return errors.Join(err, a.RemoveDataset(ctx, fresh))
	}
	s.println(s.say.T("cli.dataset.new.done", "ID", short(d.ID), "Title", d.Title()))
	return s.document(map[string]any{"id": d.ID, "title": d.Title(), "period": d.Period()})
}

// newborn reports a new dataset, and the ones that it may be an edition of.
func (s *session) newborn(ctx context.Context, a *app.App, d app.Dataset) error {
	found, err := a.Resembling(ctx, d.ID)
	if err != nil {
		return err
	}
	s.println(s.say.T("cli.dataset.new.done", "ID", short(d.ID), "Title", d.Title()))
	for _, r := range found {
		s.note(s.say.T("cli.dataset.new.resembles", "Title", r.Title, "ID", short(r.Dataset), "Same", r.Shape.Same))
	}
	v := map[string]any{"id": d.ID, "title": d.Title()}
	if len(found) > 0 {
		v["resembles"] = found
	}
	return s.document(v)
}

// editionsOf are a dataset's editions in words.
func (s *session) editionsOf(d app.Dataset) string {
	names := make([]string, len(d.Editions))
	for i, e := range d.Editions {
		names[i] = s.say.Period(e.Period)
	}
	return strings.Join(names, ", ")
}
