package app

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"chasqui/app/clean"
	"chasqui/app/describe"
	"chasqui/app/store"
	"chasqui/converters/table"
)

// contentRows bounds how many rows are looked through for a proposal: a larger
// table would keep the person waiting for what she can type at once.
const contentRows = 20_000

// sight is what a table's values say of the dataset: the first and the last
// day of its dates, and where it is.
type sight struct {
	from, to string
	place    string
	theme    []describe.Subject
}

// lookThrough looks through a table's values. lang is the language of the
// country's name in place.
func lookThrough(ctx context.Context, recipe clean.Recipe, sheet table.Sheet, country, lang string) (sight, error) {
	plan := recipe.Plan()
	var c sight
	c.theme = subjectsOf(recipe, plan.Fields)
	if recipe.Layout.DataLast-recipe.Layout.DataFirst >= contentRows {
		return c, nil
	}
	days := dayColumn(plan.Fields)
	where := newWhere(plan.Fields, country)
	if days < 0 && !where.looks() {
		return c, nil
	}
	n := 0
	for values, err := range plan.Start().Rows(ctx, sheet) {
		if err != nil {
			return c, err
		}
		if n++; n%rowsBetween == 0 && ctx.Err() != nil {
			return c, ctx.Err()
		}
		where.add(values)
		if days < 0 || values[days].Status != table.Fits {
			continue
		}
		first, last := daysOf(values[days].Text)
		if c.from == "" || first < c.from {
			c.from = strings.Clone(first)
		}
		if last > c.to {
			c.to = strings.Clone(last)
		}
	}
	c.place = where.place(lang)
	return c, nil
}

// subjectsOf is what a table is about by its titles and names; only where those
// say nothing by its headers, which name many things in passing.
func subjectsOf(r clean.Recipe, fields []table.Field) []describe.Subject {
	found := describe.Subjects(append([]string{r.Source.Name, r.Source.Sheet}, r.Layout.Titles...)...)
	if len(found) > 0 {
		return found
	}
	var headers []string
	for _, f := range fields {
		headers = append(headers, f.Title)
	}
	return describe.Subjects(headers...)
}

// elsewhen are words in the header of a date that is not when things happened.
var elsewhen = [...]string{"nacimiento", "nascimento", "birth", "naissance", "vencimiento", "vencimento", "expir", "caduc", "vigencia", "fin", "termino"}

// dayColumn returns the first column of dates, months or years that the data
// speak of, -1 if there is none.
func dayColumn(fields []table.Field) int {
	return slices.IndexFunc(fields, func(f table.Field) bool {
		switch f.Type {
		case table.TypeDate, table.TypeDateTime, table.TypeYearMonth, table.TypeYear:
		default:
			return false
		}
		words := strings.Fields(strings.NewReplacer("_", " ").Replace(f.Name))
		return !slices.ContainsFunc(words, func(w string) bool {
			return slices.ContainsFunc(elsewhen[:], func(e string) bool { return w == e || len(e) > 5 && strings.HasPrefix(w, e) })
		})
	})
}

// daysOf returns the first and the last day of a canonical date, month or
// year.
func daysOf(text string) (first, last string) {
	switch {
	case len(text) >= len("2026-03-31"):
		return text[:10], text[:10]
	case len(text) == len("2026-03"):
		period := monthOf(text)
		first, last, _ = strings.Cut(period, "/")
		return first, last
	}
	return text + "-01-01", text + "-12-31"
}

// proposeFromContent fills what the values and the headers of a table say.
func (a *App) proposeFromContent(ctx context.Context, p describe.Profile, d *describe.Description, c sight) error {
	if c.from != "" {
		p.Propose(d, "temporal", c.from+"/"+c.to, FromContent)
	}
	p.Propose(d, "spatial", c.place, FromContent)
	if len(c.theme) == 0 {
		return nil
	}
	p.Propose(d, "theme", p.Theme(c.theme[0].Theme), FromContent)
	var words []string
	for _, s := range c.theme[:min(len(c.theme), 3)] {
		words = append(words, s.Keyword.In(first(d.Language, a.opt.Lang)))
	}
	earlier, err := a.store.Datasets(ctx)
	if err != nil {
		return err
	}
	for _, e := range earlier { // words that the office used for the same subject
		if slices.ContainsFunc(e.Description.Keywords, func(w string) bool { return slices.Contains(words, w) }) {
			words = append(words, e.Description.Keywords...)
			break
		}
	}
	p.Propose(d, "keywords", strings.Join(a.asTagged(ctx, words), ", "), FromContent)
	return nil
}

// asTagged writes keywords as the usual destination's portal writes them
// already, so that one search finds all.
func (a *App) asTagged(ctx context.Context, words []string) []string {
	usual := a.usualDestination(ctx)
	if usual == "" {
		return words
	}
	f, _, err := a.KeptForm(ctx, usual)
	if err != nil {
		return words // what can't be read is no reason to propose nothing
	}
	out := slices.Clone(words)
	for i, w := range out {
		for _, tag := range f.Tags {
			if unaccented(tag) == unaccented(w) {
				out[i] = tag
			}
		}
	}
	return out
}

// proposeFromEditions fills how often data come from the periods of a dataset's
// editions and of the one that is added.
func (a *App) proposeFromEditions(ctx context.Context, d *store.Dataset, added string) error {
	editions, err := a.store.Editions(ctx, d.ID)
	if err != nil {
		return err
	}
	var begins, ends []time.Time
	for _, interval := range append([]string{added}, periodsOf(editions)...) {
		if start, end, err := describe.Period(interval); err == nil {
			begins, ends = append(begins, start), append(ends, end.AddDate(0, 0, 1))
		}
	}
	gaps := gapsIn(begins)
	if len(gaps) == 0 { // what has happened since the year began, told again and again
		gaps = gapsIn(ends)
	}
	often := describe.FrequencyOf(gaps)
	if often != "" {
		d.Description.Withdraw("frequency") // what a file's name made one think
	}
	a.profileFor(ctx, d.Description).Propose(&d.Description, "frequency", often, FromEditions)
	return nil
}

// gapsIn are the days from one moment to the next.
func gapsIn(moments []time.Time) []int {
	slices.SortFunc(moments, time.Time.Compare)
	moments = slices.CompactFunc(moments, time.Time.Equal)
	var gaps []int
	for i := 1; i < len(moments); i++ {
		gaps = append(gaps, int(moments[i].Sub(moments[i-1]).Hours()/24))
	}
	return gaps
}

func periodsOf(editions []store.Edition) []string {
	list := make([]string, len(editions))
	for i, e := range editions {
		list[i] = intervalOf(e.Period)
	}
	return list
}

// proposeColumns fills what is said of new columns: as the office said it of
// a column of the same name, latest first, else as the shared dictionary of
// municipal columns has it. Nothing is known of one that no header names.
func (a *App) proposeColumns(ctx context.Context, d *store.Draft, office store.Office) error {
	said, err := a.saidOfColumns(ctx)
	if err != nil {
		return err
	}
	for i := range d.Columns {
		c := &d.Columns[i]
		if isUnnamed(d.Recipe, c.Col) {
			continue
		}
		if earlier, ok := said[c.Name]; ok {
			c.Propose("description", earlier.Description, FromHabit)
			c.Propose("unit", earlier.Unit, FromHabit)
			c.Propose("codes", earlier.Codes, FromHabit)
		}
		known, ok := describe.ColumnCalled(c.Header)
		if !ok {
			continue
		}
		unit := known.Unit.In(a.opt.Lang)
		if known.Money {
			unit = describe.Currency(office.Country)
		}
		c.Propose("description", known.Meaning.In(a.opt.Lang), FromShared)
		c.Propose("unit", unit, FromShared)
		c.Propose("codes", known.Codes, FromShared)
	}
	return nil
}

// proposeAgain proposes anew after a table became another one: the words of its
// columns and, while the dataset has this table alone and was never sent, those
// of the description that were proposed and nobody answered.
func (a *App) proposeAgain(ctx context.Context, d Dataset, number int) (Dataset, error) {
	t, err := d.Table(number)
	if err != nil {
		return d, err
	}
	office, err := a.store.Office(ctx)
	if err != nil {
		return d, err
	}
	if err := a.proposeColumns(ctx, &t.draft, office); err != nil {
		return d, err
	}
	kept, err := a.store.Dataset(ctx, d.ID)
	if err != nil {
		return d, err
	}
	if len(d.Tables) == 1 && len(d.Editions) == 1 && d.Job == "" {
		if kept.Description, err = a.proposedFor(ctx, t.draft, office, kept.Description); err != nil {
			return d, err
		}
	}
	if err := a.store.Save(ctx, kept, t.draft); err != nil {
		return d, err
	}
	return a.Dataset(ctx, d.ID)
}

// proposedFor is a description with the proposals for another table in the place
// of those that nobody answered.
func (a *App) proposedFor(ctx context.Context, draft store.Draft, office store.Office, about describe.Description) (describe.Description, error) {
	sheet, err := a.sheetOf(ctx, draft)
	if err != nil {
		return about, err
	}
	defer sheet.Close()
	seen, err := lookThrough(ctx, draft.Recipe, sheet, office.Country, a.opt.Lang)
	if err != nil {
		return about, err
	}
	fresh, err := a.propose(ctx, draft, office, seen)
	if err != nil {
		return about, err
	}
	about = about.Clone()
	for _, key := range slices.Sorted(maps.Keys(about.Proposed)) {
		about.Withdraw(key)
	}
	p := a.profileFor(ctx, about)
	for _, key := range slices.Sorted(maps.Keys(fresh.Proposed)) {
		p.Propose(&about, key, fresh.Get(key), fresh.Proposed[key])
	}
	return about, nil
}

// periodOf is a description whose period, while it is what the data said and
// nobody answered, is what another file's data say.
func (a *App) periodOf(ctx context.Context, draft store.Draft, about describe.Description) (describe.Description, error) {
	if about.Proposed["temporal"] != FromContent {
		return about, nil
	}
	sheet, err := a.sheetOf(ctx, draft)
	if err != nil {
		return about, err
	}
	defer sheet.Close()
	seen, err := lookThrough(ctx, draft.Recipe, sheet, "", a.opt.Lang)
	if err != nil || seen.from == "" {
		return about, err
	}
	about = about.Clone()
	about.Withdraw("temporal")
	a.profileFor(ctx, about).Propose(&about, "temporal", seen.from+"/"+seen.to, FromContent)
	return about, nil
}

// saidOfColumns are the columns that the office described, by their names;
// where it said different things, the latest.
func (a *App) saidOfColumns(ctx context.Context) (map[string]store.Column, error) {
	said := map[string]store.Column{}
	datasets, err := a.store.Datasets(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range datasets {
		edition, err := a.store.Edition(ctx, d.ID)
		if err != nil {
			return nil, err
		}
		drafts, err := a.store.Drafts(ctx, edition.ID)
		if err != nil {
			return nil, err
		}
		for _, draft := range drafts {
			for _, c := range draft.Columns {
				if _, later := said[c.Name]; !later && c.Description != "" && c.Proposed["description"] != FromShared {
					said[c.Name] = c
				}
			}
		}
	}
	return said, nil
}
