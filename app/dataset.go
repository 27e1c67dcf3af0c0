package app

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"time"

	"chasqui/app/clean"
	"chasqui/app/describe"
	"chasqui/app/store"
	"chasqui/converters/table"
	"chasqui/sync/outbox"
)

// State is where a dataset stands, for badges and lists.
type State string

// The states of a dataset; each has words in app/message.
const (
	StateDraft     State = "draft"     // being worked on, never queued
	StateQueued    State = "queued"    // waits in the outbox
	StateSending   State = "sending"   // is on the road
	StateNeedsYou  State = "needs_you" // its job is parked
	StatePublished State = "published" // there is a receipt for its latest job
)

// States lists every state, for tables and tests.
var States = [...]State{StateDraft, StateQueued, StateSending, StateNeedsYou, StatePublished}

// Dataset is what screens and commands show of a dataset.
type Dataset struct {
	ID          string
	Name        string // machine name
	Description describe.Description
	Profile     describe.Profile // by which it is described
	Tables      []Table
	State       State
	Job         string        // its latest job, "" if it was never queued
	Replace     bool          // exactly one edition, ever
	Editions    []EditionView // the one that is worked on first
	Updated     time.Time
}

// Title is the dataset's title, or its machine name while it has none.
func (d Dataset) Title() string {
	if d.Description.Title != "" {
		return d.Description.Title
	}
	return d.Name
}

// Table is one table of a dataset: its source, where it was found, and its
// columns as they will be published.
type Table struct {
	Number  int // 1, 2 ... within the dataset
	Source  string
	Bytes   int64
	Recipe  clean.Recipe
	CanUndo bool
	Columns []Column
	draft   store.Draft
}

// Layout is where the table is and what is around it.
func (t Table) Layout() table.Layout { return t.Recipe.Layout }

// Rows is how many records will be published.
func (t Table) Rows() int { return t.Recipe.Rows() }

// Column is a column with what people say of it. Field has its place, its
// machine name and its type.
type Column struct {
	Field       table.Field
	ID          string
	Title       string
	Description string
	Unit        string
	Codes       string // the list that its codes are from, by name or address
	Personal    string // "", "remove", or "keep:" and the reason
	// Proposed are the words that the program proposed and nobody touched yet,
	// by key, with the origin of each.
	Proposed map[string]string
}

// Removed reports whether the column is left out of what is published.
func (c Column) Removed() bool { return c.Personal == Remove }

// NewDataset is a file to make a dataset of.
type NewDataset struct {
	Path  string
	Stdin io.Reader
	Name  string // what to call the file when Path is "-" or a copy
	Sheet string
	Table int
	Choices
}

// NewDataset copies the file into the data folder, finds its table, and keeps
// it as the draft of a new dataset whose description is proposed from the file
// and from the office.
func (a *App) NewDataset(ctx context.Context, req NewDataset) (Dataset, error) {
	src, err := openSource(ctx, req.Path, req.Name, req.Stdin, req.Choices)
	if err != nil {
		return Dataset{}, err
	}
	defer src.Close()
	sheets, err := src.Sheets(ctx)
	if err != nil {
		return Dataset{}, err
	}
	at, layout, err := Pick(sheets, req.Sheet, req.Table)
	if err != nil {
		return Dataset{}, inFile(err, src.Name)
	}
	whole := src.Copy(ctx)
	defer whole.Close()
	blob, err := a.store.AddBlob(whole)
	if err != nil {
		return Dataset{}, err
	}
	from := clean.Source{Name: src.Name, SHA256: blob.SHA256, Sheet: sheets[at].Name, Table: max(req.Table, 1)}
	recipe, err := turned(chosen(clean.Default(from, layout), req.Choices), req.Unpivot)
	if err != nil {
		return Dataset{}, inFile(err, src.Name)
	}
	draft := store.Draft{SourceName: src.Name, Source: blob, Recipe: recipe}
	fit(&draft)
	return a.addDataset(ctx, draft, src)
}

// addDataset keeps a draft as a new dataset, described as far as it goes by
// itself.
func (a *App) addDataset(ctx context.Context, draft store.Draft, src *Source) (Dataset, error) {
	office, err := a.store.Office(ctx)
	if err != nil {
		return Dataset{}, err
	}
	sheet, err := src.sheet(draft.Recipe.Source.Sheet)
	if err != nil {
		return Dataset{}, err
	}
	seen, err := lookThrough(ctx, draft.Recipe, sheet, office.Country, a.opt.Lang)
	if err != nil {
		return Dataset{}, err
	}
	about, err := a.propose(ctx, draft, office, seen)
	if err != nil {
		return Dataset{}, err
	}
	if err := a.proposeColumns(ctx, &draft, office); err != nil {
		return Dataset{}, err
	}
	d := store.Dataset{Office: office.ID, Description: about}
	base := nameFor(d.Description.Title)
	if d.Description.Title == "" {
		base = OutputName(draft.SourceName)
	}
	for n := 1; ; n++ {
		d.Name = numbered(base, n)
		added, err := a.store.AddDataset(ctx, d, "", []store.Draft{draft})
		if kindOf(err) == store.Taken {
			continue
		}
		if err != nil {
			return Dataset{}, err
		}
		return a.Dataset(ctx, added.ID)
	}
}

// numbered makes a name unique: the second of its kind ends in -2.
func numbered(base string, n int) string {
	if n == 1 {
		return base
	}
	suffix := "-" + itoa(n)
	return strings.TrimRight(base[:min(len(base), SlugLimit-len(suffix))], "-") + suffix
}

// Datasets lists the office's datasets, the last touched first.
func (a *App) Datasets(ctx context.Context) ([]Dataset, error) {
	kept, err := a.store.Datasets(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Dataset, 0, len(kept))
	for _, d := range kept {
		view, err := a.view(ctx, d)
		if err != nil {
			return nil, err
		}
		list = append(list, view)
	}
	return list, nil
}

// Dataset returns the dataset with that id, machine name, or unique beginning
// of an id.
func (a *App) Dataset(ctx context.Context, ref string) (Dataset, error) {
	d, err := a.store.Dataset(ctx, ref)
	if err != nil {
		return Dataset{}, err
	}
	return a.view(ctx, d)
}

// RemoveDataset takes a dataset away. What was published stays on the portal.
func (a *App) RemoveDataset(ctx context.Context, ref string) error {
	d, err := a.store.Dataset(ctx, ref)
	if err != nil {
		return err
	}
	a.dropSpools(d.ID)
	return a.store.RemoveDataset(ctx, d.ID)
}

func (a *App) view(ctx context.Context, d store.Dataset) (Dataset, error) {
	v := Dataset{ID: d.ID, Name: d.Name, Description: d.Description, State: StateDraft, Replace: d.Replace}
	v.Profile = a.profileFor(ctx, d.Description)
	v.Updated, _ = time.Parse(time.RFC3339Nano, d.Updated)
	editions, err := a.store.Editions(ctx, d.ID)
	if err != nil {
		return v, err
	}
	for i, e := range editions {
		begun, _ := time.Parse(time.RFC3339Nano, e.Created)
		v.Editions = append(v.Editions, EditionView{ID: e.ID, Period: e.Period, Begun: begun, Current: i == 0})
	}
	drafts, err := a.store.Drafts(ctx, v.Editions[0].ID)
	if err != nil {
		return v, err
	}
	for _, draft := range drafts {
		v.Tables = append(v.Tables, viewTable(draft))
	}
	job, err := a.store.LatestJob(ctx, d.ID)
	if err != nil || job.ID == "" {
		return v, err
	}
	v.Job, v.State = job.ID, stateOf(job)
	if v.State == StatePublished {
		if at, err := a.store.EditionOf(ctx, job.Revision); err != nil || at != v.Editions[0].ID {
			v.State = StateDraft // what was published is an earlier edition
			return v, err
		}
	}
	return v, nil
}

func stateOf(j outbox.Job) State {
	switch j.State {
	case outbox.Running:
		return StateSending
	case outbox.Parked:
		return StateNeedsYou
	case outbox.Completed:
		return StatePublished
	case outbox.Cancelled:
		return StateDraft
	}
	return StateQueued
}

func viewTable(d store.Draft) Table {
	t := Table{
		Number: d.Position, Source: d.SourceName, Bytes: d.Source.Bytes, Recipe: d.Recipe,
		CanUndo: len(d.Undo) > 0, draft: d,
	}
	for i, f := range d.Recipe.Columns() {
		kept := d.Columns[i]
		f.Name = kept.Name
		t.Columns = append(t.Columns, Column{
			Field: f, ID: kept.ID, Title: kept.Title, Description: kept.Description, Unit: kept.Unit, Personal: kept.Personal,
			Codes: kept.Codes, Proposed: kept.Proposed,
		})
	}
	return t
}

// SheetsOf looks again into a table's source and returns what was found on
// each of its sheets, for the choice of another sheet or table.
func (a *App) SheetsOf(ctx context.Context, t Table) ([]table.SheetLayout, error) {
	src, err := a.openDraft(ctx, t.draft)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	return src.Sheets(ctx)
}

// openDraft opens the copy of a draft's source under the source's own name.
func (a *App) openDraft(ctx context.Context, d store.Draft) (*Source, error) {
	f, size, err := openFile(a.store.BlobFile(d.Source.SHA256))
	if err != nil {
		return nil, err
	}
	return openBook(ctx, &Source{Name: filepath.Base(d.SourceName), size: size, file: f, end: f.Close, choices: choicesOf(d.Recipe)})
}

// openSheet is a draft's sheet, with the copy of its source open behind it.
type openSheet struct {
	table.Sheet
	io.Closer
}

// sheetOf opens the sheet that a draft's table is on, read as its recipe says.
func (a *App) sheetOf(ctx context.Context, d store.Draft) (openSheet, error) {
	src, err := a.openDraft(ctx, d)
	if err != nil {
		return openSheet{}, err
	}
	sheet, err := src.sheet(d.Recipe.Source.Sheet)
	if err != nil {
		return openSheet{}, errors.Join(err, src.Close())
	}
	return openSheet{sheet, src}, nil
}

// pick opens a draft's source and finds its table of that sheet and number anew;
// see Pick.
func (a *App) pick(ctx context.Context, d store.Draft, sheet string, number int) (openSheet, table.Layout, error) {
	src, err := a.openDraft(ctx, d)
	if err != nil {
		return openSheet{}, table.Layout{}, err
	}
	sheets, err := src.Sheets(ctx)
	if err != nil {
		return openSheet{}, table.Layout{}, errors.Join(err, src.Close())
	}
	at, layout, err := Pick(sheets, sheet, number)
	if err != nil {
		return openSheet{}, layout, errors.Join(err, src.Close())
	}
	return openSheet{src.Book.Sheets()[at], src}, layout, nil
}
