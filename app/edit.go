package app

import (
	"context"
	"strings"

	"chasqui/app/clean"
	"chasqui/app/describe"
	"chasqui/app/store"
	"chasqui/converters/table"
)

// Remove is the decision to leave a personal column out; Keep begins the
// decision to publish it, and the reason follows.
const (
	Remove = "remove"
	Keep   = "keep:"
)

// ColumnKeys are the keys of a column's words in Edit: field.NAME.KEY.
var ColumnKeys = [...]string{"title", "description", "type", "unit", "codes", "personal", "proposal"}

// Assignment is one `key=value` of an edit: a key of the profile,
// field.NAME.KEY of a column, or proposal.KEY with accept or refuse.
type Assignment struct {
	Key, Value string
}

// Edit changes a dataset's description and its columns' words: all of the
// assignments, or none if one is not allowed.
func (a *App) Edit(ctx context.Context, ref string, sets []Assignment) (Dataset, error) {
	kept, err := a.store.Dataset(ctx, ref)
	if err != nil {
		return Dataset{}, err
	}
	view, err := a.view(ctx, kept)
	if err != nil {
		return Dataset{}, err
	}
	changed := map[int]bool{}
	var retypes []retyping
	for _, s := range sets {
		field, ok := strings.CutPrefix(s.Key, "field.")
		if !ok {
			if err := a.describe(ctx, &kept.Description, s); err != nil {
				return view, err
			}
			continue
		}
		t, err := a.editColumn(&view, field, s.Value, changed)
		if err != nil {
			return view, err
		}
		retypes = append(retypes, t...)
	}
	var drafts []store.Draft
	for i := range changed {
		drafts = append(drafts, view.Tables[i].draft)
	}
	if err := a.store.Save(ctx, kept, drafts...); err != nil {
		return view, err
	}
	for _, r := range retypes {
		if _, err := a.Retype(ctx, kept.ID, r.table, r.col, r.to); err != nil {
			return view, err
		}
	}
	return a.Dataset(ctx, kept.ID)
}

// The answers to a proposal.
const (
	Accept = "accept"
	Refuse = "refuse"
)

// describe applies an assignment that is about the dataset as a whole.
func (a *App) describe(ctx context.Context, d *describe.Description, s Assignment) error {
	if s.Key == "profile" {
		if err := a.Profiles().Switch(d, first(s.Value, describe.DefaultProfile)); err != nil {
			return err
		}
		a.proposeUsual(a.profileFor(ctx, *d), d)
		return nil
	}
	key, answer := strings.CutPrefix(s.Key, "proposal.")
	switch {
	case !answer:
		return a.say(ctx, d, s)
	case s.Value == Accept:
		d.Accept(key)
	case s.Value == Refuse:
		d.Refuse(key)
	default:
		return &describe.ValueError{Key: s.Key, Value: s.Value, Allowed: []string{Accept, Refuse}}
	}
	return nil
}

// say gives a key a person's value. The words on rights that came with a
// licence go with it.
func (a *App) say(ctx context.Context, d *describe.Description, s Assignment) error {
	p := a.profileFor(ctx, *d)
	if err := p.Set(d, s.Key, s.Value); err != nil {
		return err
	}
	if s.Key == "license" && s.Value != "" {
		if d.Proposed["rights"] == FromLicense {
			d.Withdraw("rights")
		}
		a.proposeUsual(p, d)
	}
	return nil
}

// editColumn applies field.NAME.KEY=value to the draft that has the column. A
// new type is not applied here but returned: it needs the cells.
func (a *App) editColumn(d *Dataset, field, value string, changed map[int]bool) ([]retyping, error) {
	dot := strings.LastIndexByte(field, '.')
	if dot < 0 {
		return nil, &describe.ValueError{Key: "field." + field, Value: value, Form: "key", Allowed: ColumnKeys[:]}
	}
	name, key := field[:dot], field[dot+1:]
	for i := range d.Tables {
		draft := &d.Tables[i].draft
		for c := range draft.Columns {
			if draft.Columns[c].Name != name {
				continue
			}
			if key == "type" {
				return retypeTo(d.Tables[i], draft.Columns[c].Col, value)
			}
			changed[i] = true
			return nil, setColumn(draft, c, key, strings.TrimSpace(value))
		}
	}
	return nil, &Error{Kind: UnknownColumn, Args: map[string]string{"Name": name, "Allowed": columnNames(*d)}}
}

func columnNames(d Dataset) string {
	var names []string
	for _, t := range d.Tables {
		for _, c := range t.Columns {
			names = append(names, c.Field.Name)
		}
	}
	return strings.Join(names, ", ")
}

func setColumn(d *store.Draft, at int, key, value string) error {
	c := &d.Columns[at]
	switch {
	case key == "personal":
		return decide(d, at, value)
	case key == "proposal" && value == Accept:
		for _, proposed := range ColumnKeys {
			c.Accept(proposed)
		}
	case key == "proposal" && value == Refuse:
		for _, proposed := range ColumnKeys {
			if c.Proposed[proposed] != "" {
				c.Say(proposed, "")
			}
		}
	case c.Say(key, value):
	default:
		return &describe.ValueError{Key: "field." + c.Name + "." + key, Value: value, Form: "key", Allowed: ColumnKeys[:]}
	}
	return nil
}

// decide keeps a decision on personal data. Leaving a column out is a step of
// the recipe, so that it shows and can be undone.
func decide(d *store.Draft, at int, value string) error {
	c := &d.Columns[at]
	step := clean.Step{Op: clean.OpRemove, V: 1, Args: map[string]string{"col": itoa(c.Col)}}
	reason, keeps := strings.CutPrefix(value, Keep)
	switch {
	case value == Remove:
		remember(d, d.Recipe.With(step))
		return nil
	case value == "", keeps && strings.TrimSpace(reason) != "":
	default:
		return &Error{Kind: BadDecision, Args: map[string]string{"Value": value}}
	}
	if c.Personal == Remove {
		remember(d, d.Recipe.Without(step))
	}
	d.Columns[at].Personal = value
	return nil
}

// retyping is a column's new type on its way.
type retyping struct {
	table, col int
	to         table.Type
}

func retypeTo(t Table, col int, value string) ([]retyping, error) {
	for _, known := range table.Types {
		if strings.EqualFold(string(known), strings.TrimSpace(value)) {
			return []retyping{{t.Number, col, known}}, nil
		}
	}
	allowed := make([]string, len(table.Types))
	for i, known := range table.Types {
		allowed[i] = string(known)
	}
	return nil, &describe.ValueError{Key: "type", Value: value, Allowed: allowed}
}
