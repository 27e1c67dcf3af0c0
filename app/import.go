package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"chasqui/app/clean"
	"chasqui/app/datapackage"
	"chasqui/app/dcat"
	"chasqui/app/describe"
	"chasqui/app/store"
	"chasqui/converters/table"
)

// ImportRequest is a description to make a dataset of, with its data.
type ImportRequest struct {
	// Path is a package's folder or zip, or a description alone: a
	// datapackage.json, DCAT in JSON-LD, or a data.json.
	Path string
	// Source is the file with the data, for a description that has none beside
	// it.
	Source string
	// Pick names one dataset of a catalogue: its identifier or its title.
	Pick string
}

// Imported is a dataset that came from elsewhere, and the keys of its
// description whose value is in no list of this program.
type Imported struct {
	Dataset Dataset
	Dropped []string
}

// Import makes a draft of a package that Chasqui made: the same ids, the same
// words, the data as its source. Of a package or a description that others made
// it takes what it understands. Errors: ImportUnreadable, PackageDamaged,
// AlreadyHere, NeedsAnswer for a choice that only a person can make.
func (a *App) Import(ctx context.Context, req ImportRequest) (Imported, error) {
	in, err := openParcel(req.Path)
	if err != nil {
		return Imported{}, err
	}
	defer in.close()
	data, name, err := in.description()
	if err != nil {
		return Imported{}, err
	}
	if name == descriptorName || strings.HasSuffix(name, descriptorName) {
		p, err := datapackage.Decode(data)
		if err != nil {
			return Imported{}, &Error{Kind: ImportUnreadable, Args: map[string]string{"Name": name}, Err: err}
		}
		return a.importPackage(ctx, in, p)
	}
	office, err := a.store.Office(ctx)
	if err != nil {
		return Imported{}, err
	}
	about := describe.Description{Profile: a.officeProfile(office)}
	profile := a.Profiles().For(about)
	list, err := dcat.Read(data, wantedOf(profile)...)
	if p, other := datapackage.Decode(data); err != nil && other == nil && len(p.Resources) > 0 {
		return a.importPackage(ctx, in, p)
	}
	if err != nil {
		return Imported{}, &Error{Kind: ImportUnreadable, Args: map[string]string{"Name": name}, Err: err}
	}
	c, err := pickDataset(list, req.Pick)
	if err != nil {
		return Imported{}, err
	}
	return a.importDCAT(ctx, in, c, req, fromDCAT(c, about, profile))
}

// pickDataset finds the one dataset that is meant.
func pickDataset(list []dcat.Dataset, pick string) (dcat.Dataset, error) {
	var titles []string
	for _, c := range list {
		if pick != "" && slices.Contains([]string{c.IRI, c.Identifier, c.Title}, pick) || pick == "" && len(list) == 1 {
			return c, nil
		}
		titles = append(titles, c.Title)
	}
	if pick == "" {
		return dcat.Dataset{}, &Error{Kind: NeedsAnswer, Args: map[string]string{"Flag": "--pick"}}
	}
	return dcat.Dataset{}, &Error{Kind: NotAnOption, Args: map[string]string{"Value": pick, "Allowed": strings.Join(titles, ", ")}}
}

// importPackage makes a draft of a Data Package.
func (a *App) importPackage(ctx context.Context, in *parcel, p datapackage.Package) (Imported, error) {
	words := fromPackage(p, a.Profiles())
	arrival := store.Arrival{Dataset: store.Dataset{Name: p.Name, Description: words.about}, Resources: map[string]string{}}
	if p.Chasqui != nil {
		arrival.Dataset.ID, arrival.Dataset.Replace = uuidOf(p.ID), p.Chasqui.Replace
		arrival.Edition = store.Edition{ID: uuidOf(p.Chasqui.Edition), Period: p.Chasqui.Period}
		if id := uuidOf(p.Chasqui.Self); id != "" {
			arrival.Resources[string(store.DataPackage)] = id
		}
	}
	if err := a.notHere(ctx, arrival.Dataset.ID); err != nil {
		return Imported{}, err
	}
	var formats []string
	for _, r := range p.Resources {
		if id := uuidOf(r.ID); id != "" && r.Slot != "" {
			arrival.Resources[r.Slot] = id
		}
		if r.Table > 0 {
			formats = append(formats, r.Format)
		}
	}
	for _, r := range tablesOf(p) {
		draft, err := a.draftOf(ctx, in, r, p.Chasqui != nil)
		if err != nil {
			return Imported{}, err
		}
		arrival.Drafts = append(arrival.Drafts, draft)
	}
	if len(arrival.Drafts) == 0 {
		return Imported{}, &Error{Kind: ImportUnreadable, Args: map[string]string{"Name": descriptorName}}
	}
	d, err := a.keepArrival(ctx, arrival)
	if err != nil {
		return Imported{}, err
	}
	was := freezing{formats: distinct(formats), issued: p.Issued, modified: p.Modified, version: p.Version}
	if p.Chasqui == nil || json.Unmarshal(p.Chasqui.Changes, &was.changes) != nil {
		was.changes = nil // words of others, or of a later program
	}
	return Imported{d, words.dropped}, a.keepDates(ctx, d, was)
}

// keepDates notes a package that was made elsewhere as a revision, so that the
// next one of the same content has its dates. Where the rules of this computer
// don't let it be frozen it gets new dates.
func (a *App) keepDates(ctx context.Context, d Dataset, want freezing) error {
	if _, err := time.Parse(time.RFC3339, want.modified); err != nil {
		return nil // not of our making
	}
	if _, err := time.Parse(time.RFC3339, want.issued); err != nil {
		want.issued = ""
	}
	f, err := a.freeze(ctx, d, want)
	var refused *Error
	if errors.As(err, &refused) && (refused.Kind == Lacking || refused.Kind == Undecided || refused.Kind == UnknownOutput) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = a.store.Freeze(ctx, f.revision(), store.Order{Dataset: d.ID})
	return err
}

func (a *App) notHere(ctx context.Context, id string) error {
	if id == "" {
		return nil
	}
	here, err := a.store.Dataset(ctx, id)
	if kindOf(err) == store.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return &Error{Kind: AlreadyHere, Args: map[string]string{"Title": first(here.Description.Title, here.Name)}}
}

// keepArrival keeps the dataset under its name, or a numbered one.
func (a *App) keepArrival(ctx context.Context, arrival store.Arrival) (Dataset, error) {
	office, err := a.store.Office(ctx)
	if err != nil {
		return Dataset{}, err
	}
	arrival.Dataset.Office = office.ID
	base := arrival.Dataset.Name
	if base == "" || base != Slug(base) {
		base = Slug(first(base, arrival.Dataset.Description.Title))
	}
	for n := 1; ; n++ {
		arrival.Dataset.Name = numbered(base, n)
		kept, err := a.store.Import(ctx, arrival)
		var known *store.Error
		if errors.As(err, &known) && known.Kind == store.Taken && known.Ref == arrival.Dataset.Name {
			continue
		}
		if err != nil {
			return Dataset{}, err
		}
		return a.Dataset(ctx, kept.ID)
	}
}

// importDCAT makes a draft of a description in DCAT or data.json. Its data are
// a file beside it, or the one that is named.
func (a *App) importDCAT(ctx context.Context, in *parcel, c dcat.Dataset, req ImportRequest, words retold) (Imported, error) {
	arrival := store.Arrival{Dataset: store.Dataset{ID: uuidOf(first(c.Identifier, c.IRI)), Description: words.about}}
	if c.Series != "" {
		arrival.Edition.ID = uuidOf(c.IRI)
	}
	if err := a.notHere(ctx, arrival.Dataset.ID); err != nil {
		return Imported{}, err
	}
	r := datapackage.Resource{}
	for _, f := range c.Files {
		if better := in.has(f.URL) && (r.Path == "" || rank(string(r.Path)) > rank(f.URL)); better {
			r = datapackage.Resource{Path: datapackage.Path(f.URL)}
		}
	}
	if req.Source != "" {
		beside, err := openParcel(req.Source)
		if err != nil {
			return Imported{}, err
		}
		defer beside.close()
		in, r = beside, datapackage.Resource{Path: datapackage.Path(beside.name)}
	}
	if r.Path == "" {
		return Imported{}, &Error{Kind: NeedsAnswer, Args: map[string]string{"Flag": "--source"}}
	}
	draft, err := a.draftOf(ctx, in, r, false)
	if err != nil {
		return Imported{}, err
	}
	arrival.Drafts = []store.Draft{draft}
	d, err := a.keepArrival(ctx, arrival)
	return Imported{d, words.dropped}, err
}

// preferred are the written formats by how surely a table is read back from
// them.
var preferred = []string{"csv", "tsv", "xlsx", "ods", "json", "ndjson", "geojson"}

func rank(name string) int {
	ext := strings.TrimPrefix(path.Ext(strings.TrimSuffix(strings.ToLower(name), zipExtension)), ".")
	if at := slices.Index(preferred, ext); at >= 0 {
		return at
	}
	return len(preferred)
}

// tablesOf are a package's tables, each in the file that is read back best.
func tablesOf(p datapackage.Package) []datapackage.Resource {
	best := map[string]int{}
	var order []string
	for i, r := range p.Resources {
		key := strings.TrimSuffix(string(r.Path), path.Ext(string(r.Path)))
		if r.Table > 0 {
			key = itoa(r.Table)
		} else if p.Chasqui != nil {
			continue // the dictionary
		}
		if at, had := best[key]; had && rank(string(p.Resources[at].Path)) <= rank(string(r.Path)) || rank(string(r.Path)) == len(preferred) {
			continue
		} else if !had {
			order = append(order, key)
		}
		best[key] = i
	}
	list := make([]datapackage.Resource, len(order))
	for i, key := range order {
		list[i] = p.Resources[best[key]]
	}
	return list
}

// draftOf copies a resource's data into the store and finds the table in it. Of
// our own package the schema is the truth; of another the file is.
func (a *App) draftOf(ctx context.Context, in *parcel, r datapackage.Resource, ours bool) (store.Draft, error) {
	blob, err := a.copyIn(ctx, in, r)
	if err != nil {
		return store.Draft{}, err
	}
	name := path.Base(string(r.Path))
	draft := store.Draft{SourceName: name, Source: blob}
	src, err := a.openDraft(ctx, draft)
	if err != nil {
		return draft, err
	}
	defer src.Close()
	sheets, err := src.Sheets(ctx)
	if err != nil {
		return draft, err
	}
	at, layout, err := Pick(sheets, "", 0)
	if ours && r.Schema != nil {
		at, err = 0, nil
		layout, err = writtenLayout(ctx, src, layout, r.Schema)
	}
	if err != nil {
		return draft, inFile(err, name)
	}
	from := clean.Source{Name: name, SHA256: blob.SHA256, Sheet: sheets[at].Name, Table: 1}
	draft.Recipe = clean.Default(from, layout)
	fit(&draft)
	if r.Schema != nil {
		wordColumns(draft.Columns, r.Schema.Fields, ours)
	}
	return draft, nil
}

// copyIn copies a resource's bytes into the store and compares them with what
// the package says of them.
func (a *App) copyIn(ctx context.Context, in *parcel, r datapackage.Resource) (store.Blob, error) {
	damaged := &Error{Kind: PackageDamaged, Args: map[string]string{"Name": string(r.Path)}}
	f, err := in.open(string(r.Path))
	if err != nil {
		damaged.Err = err
		return store.Blob{}, damaged
	}
	defer f.Close()
	limit, err := mayHold(f)
	if err != nil {
		damaged.Err = err
		return store.Blob{}, damaged
	}
	if r.Bytes > 0 {
		limit = min(limit, r.Bytes)
	}
	from := &partReader{ctx: ctx, r: io.LimitReader(f, limit+1)}
	blob, err := a.store.AddBlob(from)
	if err != nil && from.failed != nil && ctx.Err() == nil {
		damaged.Err = from.failed
		return store.Blob{}, damaged
	}
	if err != nil {
		return store.Blob{}, err
	}
	if blob.Bytes > limit || r.Bytes > 0 && blob.Bytes != r.Bytes || r.SHA256() != "" && blob.SHA256 != r.SHA256() {
		return store.Blob{}, damaged // the blob has no row, and is swept at the next start
	}
	return blob, nil
}

// writtenLayout is the layout of a table as this program writes it: names in the
// first row, data to the last, the types as its schema says.
func writtenLayout(ctx context.Context, src *Source, found table.Layout, s *datapackage.Schema) (table.Layout, error) {
	sheet := src.Book.Sheets()[0]
	l := table.Layout{
		Sheet: sheet.Name(), HeaderFirst: 1, HeaderLast: 1, DataFirst: 2, DataLast: 1, ColFirst: 1, ColLast: len(s.Fields), Confidence: 1,
		Why: []string{"schema"},
	}
	for row, err := range sheet.Rows(ctx) {
		if err != nil {
			return l, err
		}
		l.DataLast = max(l.DataLast, row.Number)
	}
	for i, field := range s.Fields {
		f := table.Field{Col: i + 1}
		for _, seen := range found.Fields {
			if seen.Col == f.Col {
				f.Missing, f.Distinct, f.Examples = seen.Missing, seen.Distinct, seen.Examples
			}
		}
		f.Name, f.Title, f.Format, f.Unit = field.Name, field.Name, "default", field.Unit
		if f.Type = table.Type(first(field.Meant, field.Type)); !slices.Contains(table.Types[:], f.Type) {
			f.Type = table.TypeString
		}
		f.MissingValues, f.Why = field.Words, []string{"schema"}
		if f.Type == table.TypeNumber {
			f.DecimalChar = "."
		}
		l.Fields = append(l.Fields, f)
	}
	return l, nil
}

// wordColumns gives columns the ids and words that a schema has for them.
func wordColumns(columns []store.Column, fields []datapackage.Field, ours bool) {
	for i := range columns {
		c := &columns[i]
		for _, f := range fields {
			if f.Name != c.Name && f.Name != c.Header {
				continue
			}
			c.ID, c.Description, c.Unit, c.Codes = uuidOf(f.ID), f.Description, f.Unit, f.CodeList
			if c.Title = f.Title; !ours {
				c.Title = first(f.Title, c.Header)
			}
			if f.Personal != "" {
				c.Personal = Keep + f.Personal
			}
		}
	}
}
