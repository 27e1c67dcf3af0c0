package ckan

import (
	"context"
	"fmt"
	"slices"

	"chasqui/sync/portal"
)

// contestLimit is how often in a row a guarded write may find the dataset
// changed before the portal is left alone.
const contestLimit = 5

// Publish makes the portal hold the dataset; see portal.Client.
func (c *client) Publish(ctx context.Context, pub portal.Publication) (portal.Receipt, error) {
	s := &sending{client: c, pub: pub, ds: pub.Dataset, goal: newGoal(pub), mine: map[string]bool{}}
	for _, d := range s.ds.Resources {
		s.total += d.Bytes
	}
	receipt, err := s.run(ctx)
	if err != nil {
		if !portal.Fault("", err).Retryable() {
			c.keep(nil) // rights may have changed: the next attempt asks
		}
		return portal.Receipt{}, public(err)
	}
	return receipt, nil
}

// sending is one call of Publish.
type sending struct {
	*client
	pub   portal.Publication
	ds    portal.Dataset
	goal  *goal
	book  book            // what the journal knows of each file
	mine  map[string]bool // files, by id, that this call uploaded or may write over
	told  bool            // the description was sent by this call
	total int64
}

func (s *sending) run(ctx context.Context) (portal.Receipt, error) {
	s.report("look", "", 0)
	if err := s.admit(ctx, s.organization(s.ds)); err != nil {
		return portal.Receipt{}, err
	}
	if err := s.book.load(ctx, s.pub.Journal); err != nil {
		return portal.Receipt{}, err
	}
	have, err := s.locate(ctx)
	if err != nil {
		return portal.Receipt{}, err
	}
	if err := s.untouched(ctx, have); err != nil {
		return portal.Receipt{}, err
	}
	for round := 0; ; round++ {
		if have, err = s.fill(ctx, have); err != nil {
			return portal.Receipt{}, err
		}
		served, wrong, err := s.check(ctx, have)
		if err != nil {
			return portal.Receipt{}, err
		}
		if len(wrong) == 0 {
			if have, err = s.tables(ctx, have); err != nil {
				return portal.Receipt{}, err
			}
			return s.show(ctx, have, served)
		}
		if err := s.mend(ctx, have, wrong, round); err != nil {
			return portal.Receipt{}, err
		}
	}
}

// mend deals with files whose record says our hash and whose bytes say
// otherwise. What we just sent, or what nobody saw yet, is ours to send again;
// a public file that somebody changed is a person's decision.
func (s *sending) mend(ctx context.Context, have *record, wrong []portal.Distribution, round int) error {
	var theirs []portal.Difference
	for _, d := range wrong {
		switch {
		case have.Private, s.mine[d.ID], s.pub.Adopt:
			if round > 0 {
				return changed(d)
			}
			s.goal.resend[d.ID] = true
		default:
			theirs = append(theirs, s.goal.fileAsLeft(have.resource(d.ID), d))
		}
	}
	if err := s.settle(ctx, theirs); err != nil {
		return err
	}
	for _, d := range theirs {
		if s.mine[d.ID] {
			s.goal.resend[d.ID] = true
		}
	}
	return nil
}

// untouched refuses a public dataset that somebody else changed since we left
// it, unless a person said what is to become of it.
func (s *sending) untouched(ctx context.Context, have *record) error {
	found := s.goal.differences(have)
	if !have.Private {
		for _, d := range s.ds.Resources {
			again := slices.ContainsFunc(found, func(f portal.Difference) bool { return f.ID == d.ID && f.Field == portal.FileField })
			if there := have.resource(d.ID); there.altered(d) && !again && !s.goal.kept[place{d.ID, portal.FileField}] {
				found = append(found, s.goal.fileAsLeft(there, d))
			}
		}
	}
	return s.settle(ctx, found)
}

// changed says that the portal's bytes of a file are not those we sent.
func changed(d portal.Distribution) error {
	return &portal.Error{Kind: portal.Conflict, Op: "verify", Resource: d.Name, Fields: map[string]string{"sha256": d.SHA256}}
}

// fill sends one difference after the other until the portal's record is what
// is wanted.
func (s *sending) fill(ctx context.Context, have *record) (*record, error) {
	contested := 0
	for {
		w := s.goal.plan(have, s.book.poor(s.target.PoorLink))
		if w == nil || w.op == "describe" && s.told && len(w.drop) == 0 {
			// A description that the portal rewrites its own way is sent once.
			return have, nil
		}
		after, err := s.write(ctx, have, w)
		if err == nil {
			have, contested = after, 0
			continue
		}
		if len(w.files) > 1 && portal.Fault("upload", err).Kind == portal.TooLarge {
			s.goal.alone = true // a limit of what one call may bring
			continue
		}
		if contested++; !outrun(err) || contested > contestLimit {
			return nil, s.contested(err)
		}
		if have, err = s.again(ctx, have.ID); err != nil {
			return nil, err
		}
	}
}

// again looks at our dataset after a write was outrun: by this very write, come
// before, or by somebody else's. It may be another's by now: of two creates of
// one name at one moment CKAN lets the later overwrite.
func (s *sending) again(ctx context.Context, id string) (*record, error) {
	have, err := s.fetch(ctx, id)
	if err != nil {
		return nil, err
	}
	if !have.ours(s.ds.ID) {
		return nil, s.taken(ctx, portal.Held, have)
	}
	s.told = false // what we told may be gone
	return have, s.untouched(ctx, have)
}

func (s *sending) contested(err error) error {
	if !outrun(err) {
		return err
	}
	return &portal.Error{Kind: portal.Busy, Op: "upload", Detail: fmt.Sprintf("changed %d times while we wrote", contestLimit), Err: err}
}

// write sends one write and keeps book of what it brought.
func (s *sending) write(ctx context.Context, have *record, w *write) (*record, error) {
	var before, moved int64
	for _, d := range s.ds.Resources {
		if s.goal.holds(have.resource(d.ID), d) {
			before += d.Bytes
		}
	}
	s.report(w.op, "", before)
	start := s.now()
	after, err := s.revise(ctx, have, s.goal, w, func(name string, sent int64) {
		moved = sent
		s.report("upload", name, before+sent)
	})
	s.book.measured(moved, s.now().Sub(start))
	if err != nil {
		return nil, err
	}
	s.told = s.told || w.describe
	for _, d := range w.files {
		before += d.Bytes
		s.mine[d.ID] = true
		delete(s.goal.resend, d.ID)
		there := after.resource(d.ID)
		if !s.goal.holds(there, d) {
			return nil, &portal.Error{Kind: portal.Garbled, Op: "upload", Resource: d.Name, Detail: "the portal's record does not show what it took"}
		}
		s.book.sent(there, d)
	}
	if len(w.files) > 0 {
		s.settled("upload", w.files[len(w.files)-1].Name, before)
		return after, s.book.save(ctx, s.pub.Journal)
	}
	return after, nil
}

// show makes a complete and checked dataset public, at a stroke.
func (s *sending) show(ctx context.Context, have *record, served []portal.ResourceReceipt) (portal.Receipt, error) {
	if have.Private && !s.ds.Private {
		s.report("show", "", s.total)
		after, err := s.revise(ctx, have, s.goal, &write{op: "show", show: true}, nil)
		if err != nil && !outrun(err) {
			return portal.Receipt{}, err
		}
		if err != nil {
			if after, err = s.again(ctx, have.ID); err != nil {
				return portal.Receipt{}, err
			}
		}
		if after.Private || after.State != "active" {
			return portal.Receipt{}, &portal.Error{Kind: portal.Busy, Op: "show", Detail: "changed while we wrote"}
		}
		have = after
	}
	receipt := s.receipt(have, s.goal, served)
	receipt.Verified = s.book.verified(s.ds, s.goal)
	receipt.Tables, receipt.Untabled = s.book.Tables, s.book.Untabled
	return receipt, nil
}

// settled reports a step that stands for good.
func (s *sending) settled(step, resource string, done int64) {
	if s.pub.Progress != nil {
		s.pub.Progress(portal.Progress{Step: step, Resource: resource, Done: done, Total: s.total, Settled: true})
	}
}

func (s *sending) report(step, resource string, done int64) {
	if s.pub.Progress != nil {
		s.pub.Progress(portal.Progress{Step: step, Resource: resource, Done: done, Total: s.total})
	}
}
