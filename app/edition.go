package app

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"chasqui/app/describe"
	"chasqui/app/message"
	"chasqui/app/store"
	"chasqui/converters/table"
)

// An edition is the data of one period. A new file is the next edition of a
// dataset, a correction of the one that is worked on, or another dataset: the
// program compares columns and proposes, the person says.

// EditionView is an edition as lists show it.
type EditionView struct {
	ID      string
	Period  string // "2026-03", "2026", an interval, "" while it has none
	Begun   time.Time
	Current bool // the one that is worked on
}

// likeEnough is the share of columns that a file must have in common with a
// dataset to be proposed as its next edition.
const likeEnough = 0.7

// Resemblance is a dataset that a new one may be an edition of.
type Resemblance struct {
	Dataset string `json:"dataset"`
	Title   string `json:"title"`
	Period  string `json:"period,omitempty"` // of its edition
	Next    string `json:"next,omitempty"`   // the period that the new file speaks of
	Shape   Shape  `json:"shape"`
}

// Shape is how the columns of a file differ from those before, by their titles.
type Shape struct {
	Same    int      `json:"same"`
	New     []string `json:"new,omitempty"`
	Gone    []string `json:"gone,omitempty"`
	Retyped []string `json:"retyped,omitempty"`
}

// Changed reports whether the shape is another.
func (s Shape) Changed() bool { return len(s.New)+len(s.Gone)+len(s.Retyped) > 0 }

// likeness is the share of columns in common, 0 to 1.
func (s Shape) likeness() float64 {
	if s.Same == 0 {
		return 0
	}
	return float64(s.Same) / float64(s.Same+len(s.New)+len(s.Gone))
}

// shapeOf compares the columns of two tables by their headers.
func shapeOf(before, after []Column) Shape {
	var s Shape
	old := map[string]Column{}
	for _, c := range before {
		old[headerKey(c)] = c
	}
	for _, c := range after {
		was, ok := old[headerKey(c)]
		delete(old, headerKey(c))
		switch {
		case !ok:
			s.New = append(s.New, c.Heading())
		case was.Field.Type != c.Field.Type && c.Field.Type != table.TypeAny && was.Field.Type != table.TypeAny:
			s.Retyped = append(s.Retyped, c.Heading())
			fallthrough
		default:
			s.Same++
		}
	}
	for _, c := range before {
		if _, left := old[headerKey(c)]; left {
			s.Gone = append(s.Gone, c.Heading())
		}
	}
	return s
}

// Heading is what people call the column: the header in the file.
func (c Column) Heading() string { return first(c.Field.Title, c.Title, c.Field.Name) }

// headerKey is a header without what two exports of one system may differ in.
func headerKey(c Column) string {
	return strings.Join(strings.Fields(strings.ToLower(unaccented(c.Heading()))), " ")
}

// Resembling lists the datasets that a new one, which was never frozen, may be an
// edition of: those with nearly its columns, the most alike first.
func (a *App) Resembling(ctx context.Context, ref string) ([]Resemblance, error) {
	d, err := a.Dataset(ctx, ref)
	if err != nil || d.Job != "" || len(d.Tables) == 0 {
		return nil, err
	}
	if len(d.Editions) > 1 {
		return nil, nil
	}
	others, err := a.Datasets(ctx)
	if err != nil {
		return nil, err
	}
	var list []Resemblance
	for _, o := range others {
		if o.ID == d.ID || len(o.Tables) == 0 || o.Tables[0].draft.Source.SHA256 == d.Tables[0].draft.Source.SHA256 && o.Updated.After(d.Updated) {
			continue
		}
		shape := shapeOf(o.Tables[0].Columns, columnsAs(o.Tables[0].Recipe, d.Tables[0]))
		if shape.likeness() < likeEnough {
			continue
		}
		list = append(list, Resemblance{Dataset: o.ID, Title: o.Title(), Period: o.Period(), Next: PeriodOf(d.Description.Temporal), Shape: shape})
	}
	slices.SortStableFunc(list, func(x, y Resemblance) int {
		switch a, b := x.Shape.likeness(), y.Shape.likeness(); {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	return list, nil
}

// PeriodOf is the short name of an interval of days as describe.Period takes it:
// "2026-03" for a month, "2026" for a year, else the interval.
func PeriodOf(temporal string) string {
	start, end, err := describe.Period(temporal)
	if err != nil {
		return ""
	}
	switch next := end.AddDate(0, 0, 1); {
	case start.Day() == 1 && next.Equal(start.AddDate(0, 1, 0)):
		return start.Format("2006-01")
	case start.YearDay() == 1 && next.Equal(start.AddDate(1, 0, 0)):
		return start.Format("2006")
	}
	return temporal
}

// intervalOf is the interval of days that a period's short name means; "" where
// it means none.
func intervalOf(period string) string {
	if _, _, err := describe.Period(period); err == nil {
		return period
	}
	if year, err := time.Parse("2006", period); err == nil {
		return year.Format(time.DateOnly) + "/" + year.AddDate(1, 0, -1).Format(time.DateOnly)
	}
	return monthOf(period)
}

// Period is the period of the edition that is worked on, from the description
// where the edition has none yet.
func (d Dataset) Period() string {
	return first(d.Editions[0].Period, PeriodOf(d.Description.Temporal))
}

// Join makes a new dataset the next edition of another, for a period ("2026-04",
// "2026", or an interval of days): the recipe is replayed on its file, columns
// keep their identity, their words and what was decided about them, and the
// description stays but for the period. Without a period the file's own counts;
// where it names none, NeedsAnswer asks.
func (a *App) Join(ctx context.Context, newRef, ofRef, period string) (Dataset, error) {
	from, of, drafts, err := a.arrive(ctx, newRef, ofRef)
	if err != nil {
		return Dataset{}, err
	}
	period = first(period, PeriodOf(from.Description.Temporal))
	if period == "" {
		return Dataset{}, &Error{Kind: NeedsAnswer, Args: map[string]string{"Flag": "--period"}}
	}
	if intervalOf(period) == "" {
		return Dataset{}, &describe.ValueError{Key: "temporal", Value: period, Form: "period"}
	}
	if err := a.namePeriod(ctx, of); err != nil {
		return Dataset{}, err
	}
	if err := a.periodFree(ctx, of, period); err != nil {
		return Dataset{}, err
	}
	kept, err := a.next(ctx, of, intervalOf(period))
	if err != nil {
		return Dataset{}, err
	}
	if err := a.store.Join(ctx, from.ID, kept, period, drafts); err != nil {
		return Dataset{}, err
	}
	a.dropSpools(from.ID)
	a.dropSpools(of.ID)
	return a.Dataset(ctx, of.ID)
}

// Replace puts the file of a new dataset in the place of the one of another's
// edition, as a correction: identifiers and addresses stay, the next publication
// is a revision of the same edition.
func (a *App) Replace(ctx context.Context, newRef, ofRef string) (Dataset, error) {
	from, of, drafts, err := a.arrive(ctx, newRef, ofRef)
	if err != nil {
		return Dataset{}, err
	}
	edition, err := a.store.Edition(ctx, of.ID)
	if err != nil {
		return Dataset{}, err
	}
	kept, err := a.store.Dataset(ctx, of.ID)
	if err != nil {
		return Dataset{}, err
	}
	if edition.Period == "" && len(drafts) == 1 {
		if kept.Description, err = a.periodOf(ctx, drafts[0], kept.Description); err != nil {
			return Dataset{}, err
		}
	}
	if err := a.store.Correct(ctx, from.ID, kept, edition.ID, corrected(of, from.Tables, drafts)); err != nil {
		return Dataset{}, err
	}
	a.dropSpools(from.ID)
	a.dropSpools(of.ID)
	return a.Dataset(ctx, of.ID)
}

// namePeriod gives an edition without a period that of its description, so that
// a second one can stand beside it.
func (a *App) namePeriod(ctx context.Context, d Dataset) error {
	e, err := a.store.Edition(ctx, d.ID)
	if err != nil || e.Period != "" {
		return err
	}
	if p := PeriodOf(d.Description.Temporal); p != "" {
		return a.store.SetPeriod(ctx, e.ID, p)
	}
	return nil
}

// periodFree refuses a period of which there is an edition, however either is
// written.
func (a *App) periodFree(ctx context.Context, d Dataset, period string) error {
	editions, err := a.store.Editions(ctx, d.ID)
	if err != nil {
		return err
	}
	for _, e := range editions {
		if e.Period == period || e.Period != "" && intervalOf(e.Period) == intervalOf(period) {
			return &Error{Kind: PeriodTaken, Args: map[string]string{"Title": d.Title(), "Period": message.New(a.opt.Lang).Period(period)}}
		}
	}
	return nil
}

// editionBefore is the edition of the period before another's that was frozen;
// the zero value where there is none. Where a period is not known the one that
// was begun earlier is the earlier one: files do not always come in order.
func (a *App) editionBefore(ctx context.Context, e store.Edition) (store.Edition, error) {
	editions, err := a.store.Editions(ctx, e.Dataset)
	if err != nil {
		return store.Edition{}, err
	}
	var best store.Edition
	for _, o := range editions {
		if o.ID == e.ID || !earlier(o, e) || best.ID != "" && !earlier(best, o) {
			continue
		}
		switch r, err := a.store.LatestRevision(ctx, o.ID); {
		case err != nil:
			return store.Edition{}, err
		case r.ID != "":
			best = o
		}
	}
	return best, nil
}

// earlier reports whether an edition's period begins before another's or, of
// what is counted since the same day, ends before.
func earlier(x, y store.Edition) bool {
	startX, endX, errX := describe.Period(intervalOf(x.Period))
	startY, endY, errY := describe.Period(intervalOf(y.Period))
	if errX != nil || errY != nil {
		return x.Created < y.Created
	}
	return startX.Before(startY) || startX.Equal(startY) && endX.Before(endY)
}

// next is a dataset for another period. Its title, which is now that of a series,
// names no month any more, and another year for the one that it named; so does
// the machine name, while no portal knows it.
func (a *App) next(ctx context.Context, d Dataset, temporal string) (store.Dataset, error) {
	kept, err := a.store.Dataset(ctx, d.ID)
	if err != nil {
		return kept, err
	}
	about := kept.Description.Clone()
	was, _, _ := strings.Cut(about.Temporal, "/")
	about.Temporal = temporal
	delete(about.Proposed, "temporal")
	about.Title = withoutMonth(about.Title)
	if year := was[:min(len(was), 4)]; year != "" {
		about.Title = strings.ReplaceAll(about.Title, year, temporal[:4])
	}
	if name := nameFor(about.Title); d.Job == "" && kept.Name == nameFor(kept.Description.Title) && name != "" {
		if _, err := a.store.Dataset(ctx, name); kindOf(err) == store.NotFound {
			kept.Name = name
		}
	}
	kept.Description = about
	return kept, a.proposeFromEditions(ctx, &kept, temporal)
}

// withoutMonth cuts "al 31 de marzo de 2026", "II trimestre 2026" or "2026-03" off
// the end of a title; one that says nothing else stays.
func withoutMonth(title string) string {
	plain := unaccented(title)
	m := monthYear.FindStringIndex(plain)
	for _, other := range [...]*regexp.Regexp{partOfYear, lastNumbered} {
		if m == nil {
			m = other.FindStringIndex(plain)
		}
	}
	if m == nil || strings.TrimSpace(plain[m[1]:]) != "" {
		return title
	}
	before := strings.TrimRight(upTo.ReplaceAllString(plain[:m[0]], ""), " ,;:–-(")
	for _, joiner := range []string{" de", " del", " a", " do", " of", " au", " du"} {
		before = strings.TrimSuffix(before, joiner)
	}
	if runes := []rune(title); len([]rune(plain)) == len(runes) && len(before) >= 4 {
		return string(runes[:len([]rune(before))])
	}
	return title
}

// arrive lays the recipes of a dataset over the tables of a new one.
func (a *App) arrive(ctx context.Context, newRef, ofRef string) (from, of Dataset, drafts []store.Draft, err error) {
	if from, err = a.Dataset(ctx, newRef); err != nil {
		return from, of, nil, err
	}
	if of, err = a.Dataset(ctx, ofRef); err != nil {
		return from, of, nil, err
	}
	if from.ID == of.ID || from.Job != "" {
		return from, of, nil, &Error{Kind: NotNew, Args: map[string]string{"Title": from.Title()}}
	}
	taken := make([]bool, len(of.Tables))
	for _, t := range from.Tables {
		d := t.draft
		if at := mostAlike(t, of.Tables, taken); at >= 0 {
			taken[at] = true
			if d, err = a.succeed(ctx, of.Tables[at].draft, d); err != nil {
				return from, of, nil, err
			}
		}
		drafts = append(drafts, d)
	}
	return from, of, drafts, nil
}

// mostAlike is the place of the table whose columns are most like another's,
// among those that are not taken; -1 where all are.
func mostAlike(t Table, tables []Table, taken []bool) int {
	best, likeness := -1, -1.0
	for i, o := range tables {
		if taken[i] {
			continue
		}
		if l := shapeOf(o.Columns, columnsAs(o.Recipe, t)).likeness(); l > likeness {
			best, likeness = i, l
		}
	}
	return best
}

// corrected are the drafts of an edition with those of a correction in the place
// of the tables that they are like; the other tables stay.
func corrected(of Dataset, from []Table, drafts []store.Draft) []store.Draft {
	list := make([]store.Draft, len(of.Tables))
	for i, t := range of.Tables {
		list[i] = t.draft
	}
	taken := make([]bool, len(of.Tables))
	for i, t := range from {
		if at := mostAlike(t, of.Tables, taken); at >= 0 {
			taken[at], list[at] = true, drafts[i]
			continue
		}
		list = append(list, drafts[i])
	}
	return list
}
