package app

import (
	"context"
	"io"
	"strings"

	"chasqui/app/check"
	"chasqui/app/clean"
	"chasqui/app/store"
	"chasqui/converters/table"
)

// Finding is a finding about a dataset with what was decided on it.
type Finding struct {
	check.Finding
	Table    int    // number of the table
	Decision string // personal data: "", "remove", or "keep:" and the reason
}

// Open reports whether the finding still wants a decision.
func (f Finding) Open() bool {
	return f.Family == check.FamilyPersonal && f.Decision == ""
}

// Findings looks through a dataset's tables for personal data and repeats what
// the readers had to say. Columns that were left out are looked at too, so that
// the decision can be taken back.
func (a *App) Findings(ctx context.Context, ref string) ([]Finding, error) {
	d, err := a.Dataset(ctx, ref)
	if err != nil {
		return nil, err
	}
	return a.findingsIn(ctx, d)
}

// findingsIn is Findings of a dataset that was read already.
func (a *App) findingsIn(ctx context.Context, d Dataset) ([]Finding, error) {
	office, err := a.store.Office(ctx)
	if err != nil {
		return nil, err
	}
	var list []Finding
	for _, t := range d.Tables {
		found, err := a.tableFindings(ctx, t, office.Country)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

func (a *App) tableFindings(ctx context.Context, t Table, country string) ([]Finding, error) {
	sheet, err := a.sheetOf(ctx, t.draft)
	if err != nil {
		return nil, err
	}
	defer sheet.Close()
	fields := make([]table.Field, len(t.Columns))
	decided := map[string]string{}
	for i, c := range t.Columns {
		fields[i] = c.Field
		decided[c.Field.Name] = c.Personal
	}
	plan := t.Recipe.Plan()
	plan.Fields = fields
	found, err := findingsOf(ctx, plan, sheet, country)
	if err != nil {
		return nil, err
	}
	list := make([]Finding, len(found))
	for i, f := range found {
		list[i] = Finding{Finding: f, Table: t.Number}
		if f.Family == check.FamilyPersonal {
			list[i].Decision = decided[f.Field]
		}
	}
	return list, nil
}

// findingsOf streams a table through the checks.
func findingsOf(ctx context.Context, plan clean.Plan, sheet table.Sheet, country string) ([]check.Finding, error) {
	personal := check.NewPersonal(plan.Fields, country)
	formulas := check.NewFormulas(plan.Fields)
	n := 0
	for values, err := range plan.Start().Rows(ctx, sheet) {
		if err != nil {
			return nil, err
		}
		personal.Add(values)
		formulas.Add(values)
		if n++; n%rowsBetween == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return append(personal.Findings(), check.FromNotices(append(formulas.Notices(), sheet.Notices()...))...), nil
}

// CheckFile looks for findings in a file without a data folder. sheet and
// number choose the table as in Pick.
func CheckFile(ctx context.Context, path string, stdin io.Reader, sheet string, number int) ([]check.Finding, error) {
	src, err := OpenSource(ctx, path, "", stdin)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	sheets, err := src.Sheets(ctx)
	if err != nil {
		return nil, err
	}
	at, layout, err := Pick(sheets, sheet, number)
	if err != nil {
		return nil, inFile(err, src.Name)
	}
	from := clean.Source{Name: src.Name, Sheet: sheets[at].Name, Table: max(number, 1)}
	found, err := findingsOf(ctx, clean.Default(from, layout).Plan(), src.Book.Sheets()[at], "")
	if err != nil {
		return nil, err
	}
	return append(found, check.FromNotices(append(sheets[at].Notices, layout.Notices...))...), nil
}

// undecided is the error of a Freeze while findings want a decision, nil if
// none does.
func undecided(found []Finding) error {
	var open []OpenDecision
	var names []string
	for _, f := range found {
		if f.Open() {
			open = append(open, OpenDecision{Field: f.Field, Code: f.Code})
			names = append(names, f.Field)
		}
	}
	if len(open) == 0 {
		return nil
	}
	return &Error{Kind: Undecided, Args: map[string]string{"Fields": strings.Join(names, ", ")}, Open: open}
}

// decisions are the decisions that a Freeze keeps with what it froze.
func decisions(found []Finding) []store.Decision {
	list := []store.Decision{}
	for _, f := range found {
		if f.Decision != "" {
			list = append(list, store.Decision{Field: f.Field, Code: f.Code, Decision: f.Decision})
		}
	}
	return list
}
