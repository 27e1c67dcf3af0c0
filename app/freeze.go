package app

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"chasqui/app/changes"
	"chasqui/app/clean"
	"chasqui/app/datapackage"
	"chasqui/app/describe"
	"chasqui/app/message"
	"chasqui/app/store"
	"chasqui/converters/table"
	"chasqui/sync/portal"
)

// PublishedFormats are the formats in which a dataset's tables are published.
var PublishedFormats = [...]string{"csv", "json"}

// FreezeStep is how far a Freeze is: Step is a stable word ("check", "write",
// "queue"), File the file being written, Rows the rows written of it.
type FreezeStep struct {
	Step string
	File string
	Rows int
}

// frozen is what a Freeze made before its transaction: the files as blobs, and
// the dataset that describes them.
type frozen struct {
	dataset   portal.Dataset
	files     []store.File
	tables    []frozenTable
	decided   []store.Decision
	profile   describe.Profile
	edition   store.Edition
	resources []datapackage.Resource
	self      string            // the resource id of datapackage.json
	issued    string            // RFC 3339: of the dataset's first revision
	modified  string            // RFC 3339: since when its content is as it is
	content   string            // fingerprint of what is said and held, whatever the formats
	version   string            // as readers see it
	changes   []changes.Changes // since the revision that was published before, by table
	previous  string            // id of the edition before, where that was published
}

// frozenTable is a table as it was written.
type frozenTable struct {
	name    string // its files' name without extension
	fields  []publishedField
	rows    int
	sample  [][]string // the first rows
	sum     string     // SHA-256 of its values
	counts  []clean.Count
	chosen  []table.Notice // what was read otherwise than it stands, because a person chose so
	recipe  clean.Recipe
	removed int // columns with personal data that were left out
}

// publishedField is a column as it was written, with its words.
type publishedField struct {
	field   table.Field
	column  Column
	example string // a value, as published
}

// freezing is what is asked of a Freeze.
type freezing struct {
	formats  []string
	zip      bool // data files of ZipFrom bytes and more go as zips
	progress func(FreezeStep)
	// What follows is what a dataset that comes from elsewhere was published
	// with; empty otherwise.
	issued, modified, version string
	changes                   []changes.Changes
}

// freeze refuses while something mandatory is missing or a personal-data
// finding is undecided; then it writes every file as a blob. Nothing is in the
// database yet when it returns: the caller's one transaction comes next.
func (a *App) freeze(ctx context.Context, d Dataset, want freezing) (frozen, error) {
	if want.progress == nil {
		want.progress = func(FreezeStep) {}
	}
	found, err := a.decidedFindings(ctx, d, want.progress)
	if err != nil {
		return frozen{}, err
	}
	edition, err := a.store.Edition(ctx, d.ID)
	if err != nil {
		return frozen{}, err
	}
	f := frozen{edition: edition, decided: decisions(found), profile: d.Profile}
	for _, t := range d.Tables {
		if err := a.freezeTable(ctx, &f, d, t, want); err != nil {
			return frozen{}, err
		}
	}
	dictionary, err := f.dictionary("csv")
	if err != nil {
		return frozen{}, err
	}
	if err := a.keepBytes(ctx, &f, store.Dictionary, "dictionary.csv", "CSV", "text/csv", dictionary); err != nil {
		return frozen{}, err
	}
	if err := a.date(ctx, d, &f, want); err != nil {
		return frozen{}, err
	}
	if want.version != "" {
		f.version, f.changes = want.version, want.changes[:min(len(want.changes), len(f.tables))]
	}
	if err := a.freezeExpected(ctx, &f, d); err != nil {
		return frozen{}, err
	}
	if f.self, err = a.store.ResourceID(ctx, edition.ID, string(store.DataPackage)); err != nil {
		return frozen{}, err
	}
	descriptor := packageOf(d, f).Encode()
	if err := a.keepBytes(ctx, &f, store.DataPackage, "datapackage.json", "JSON", "application/json", descriptor); err != nil {
		return frozen{}, err
	}
	say := message.New(a.opt.Lang)
	f.dataset = portalDataset(d, f)
	f.tellPortal(&f.dataset, say)
	f.dataset.Resources = distributions(f, d, say)
	return f, a.addRemoved(ctx, &f)
}

// decidedFindings returns the findings of a dataset that may be frozen.
func (a *App) decidedFindings(ctx context.Context, d Dataset, progress func(FreezeStep)) ([]Finding, error) {
	if lacking := d.Profile.Lacking(d.Description); len(lacking) > 0 {
		return nil, &Error{Kind: Lacking, Args: map[string]string{"Lacking": strings.Join(a.lackingWords(d, lacking), ", ")}}
	}
	progress(FreezeStep{Step: "check"})
	found, err := a.findingsIn(ctx, d)
	if err != nil {
		return nil, err
	}
	return found, undecided(found)
}

// freezeTable writes one table in every format that is asked for.
func (a *App) freezeTable(ctx context.Context, f *frozen, d Dataset, t Table, want freezing) error {
	sheet, err := a.sheetOf(ctx, t.draft)
	if err != nil {
		return err
	}
	defer sheet.Close()
	made := frozenTable{name: fileName(d, t), recipe: t.Recipe, removed: len(t.Columns) - len(t.published())}
	kept := t.published()
	plan := t.Recipe.Plan()
	plan.Fields = fieldsOf(kept)
	sample := &sampleSink{}
	sample.restart()
	targets := []target{{output: sample.output(), sink: sample}}
	sinks := make([]*blobSink, len(want.formats))
	for i, id := range want.formats {
		output, err := OutputOf(id)
		if err != nil {
			return err
		}
		sinks[i] = &blobSink{store: a.store}
		if err := sinks[i].restart(); err != nil {
			return err
		}
		defer sinks[i].Discard()
		targets = append(targets, target{output: output, sink: sinks[i]})
	}
	done, err := writeTable(ctx, plan, sheet, targets, WriteOptions{}, func(rows int) {
		want.progress(FreezeStep{Step: "write", File: made.name, Rows: rows})
	})
	if err != nil {
		return inFile(err, t.Source)
	}
	made.rows, made.counts, made.sample, made.sum = done.rows, done.counts, sample.rows, sample.sum()
	made.chosen = chosenNotices(sheet.Notices())
	for i, c := range kept {
		made.fields = append(made.fields, publishedField{field: done.fields[i], column: c, example: exampleOf(sample.rows, i, c)})
	}
	f.tables = append(f.tables, made)
	for i, t := range targets[1:] {
		slot := t.output.ID + ":" + itoa(len(f.tables))
		if err := a.keep(ctx, f, store.Data, slot, made.name+"."+t.output.ID, t.output, sinks[i]); err != nil {
			return err
		}
		describeTable(&f.resources[len(f.resources)-1], made, len(f.tables), t)
		if want.zip && zippable(t.output.ID, f.files[len(f.files)-1].Blob.Bytes) {
			if err := a.keepZipped(ctx, f, slot); err != nil {
				return err
			}
		}
	}
	return nil
}

// longExample is how many characters an example has at most.
const longExample = 60

// exampleOf is the first short value of a column among the first rows; "" for
// personal data that are published with a reason, which are nobody's example.
func exampleOf(rows [][]string, i int, c Column) string {
	if c.Personal != "" {
		return ""
	}
	for _, row := range rows {
		if v := row[i]; v != "" && len([]rune(v)) <= longExample {
			return v
		}
	}
	return ""
}

// ownNames are names that a package gives to files of its own.
var ownNames = []string{"data", "datapackage", "dcat", "dictionary", "index"}

// fileName is what the files of a table are called, without extension.
func fileName(d Dataset, t Table) string {
	name := d.Name
	if period := d.Editions[0].Period; period != "" {
		name = Slug(withoutMonth(strings.ReplaceAll(name, "-", " ")) + " " + period)
	}
	if slices.Contains(ownNames, name) {
		name += "-table"
	}
	if len(d.Tables) > 1 {
		name = numbered(name, t.Number)
	}
	return name
}

// published are the columns that are not left out.
func (t Table) published() []Column {
	return slices.DeleteFunc(slices.Clone(t.Columns), Column.Removed)
}

func fieldsOf(columns []Column) []table.Field {
	fields := make([]table.Field, len(columns))
	for i, c := range columns {
		fields[i] = c.Field
		fields[i].Title = c.Title
	}
	return fields
}

// blobSink writes into a blob, and can begin again.
type blobSink struct {
	store *store.Store
	*store.BlobWriter
}

func (s *blobSink) restart() error {
	if s.BlobWriter != nil {
		s.Discard()
	}
	var err error
	s.BlobWriter, err = s.store.NewBlob()
	return err
}

// sampleRows are the rows of a table that its page shows.
const sampleRows = 10

// sampleSink keeps the first rows of a table as they are written, and hashes
// all of them.
type sampleSink struct {
	rows   [][]string
	hash   hash.Hash
	buffer []byte
}

// Write is there because a sink is an io.Writer; nothing comes this way.
func (s *sampleSink) Write(p []byte) (int, error) { return len(p), nil }

func (s *sampleSink) restart() error {
	s.rows, s.hash = nil, sha256.New()
	return nil
}

func (s *sampleSink) sum() string { return hex.EncodeToString(s.hash.Sum(nil)) }

func (s *sampleSink) output() Output {
	return Output{ID: "sample", open: func(io.Writer, []table.Field, WriteOptions) table.Writer { return s }}
}

// WriteRow keeps a copy of a row while there is room.
func (s *sampleSink) WriteRow(values []table.Value) error {
	s.buffer = s.buffer[:0]
	for _, v := range values {
		s.buffer = append(binary.AppendUvarint(s.buffer, uint64(len(v.Text))), v.Text...)
	}
	s.hash.Write(s.buffer)
	if len(s.rows) == sampleRows {
		return nil
	}
	row := make([]string, len(values))
	for i, v := range values {
		row[i] = strings.Clone(v.Text)
	}
	s.rows = append(s.rows, row)
	return nil
}

// Close has nothing to end.
func (s *sampleSink) Close() error { return nil }

// keep makes a written file stand as a blob and adds it to what is frozen.
func (a *App) keep(ctx context.Context, f *frozen, role store.Role, slot, name string, output Output, sink *blobSink) error {
	blob, err := sink.Keep()
	if err != nil {
		return err
	}
	id, err := a.store.ResourceID(ctx, f.edition.ID, slot)
	if err != nil {
		return err
	}
	f.files = append(f.files, store.File{Role: role, Name: name, Blob: blob, Resource: id})
	f.resources = append(f.resources, datapackage.Resource{
		Name: Slug(strings.TrimSuffix(name, filepath.Ext(name))) + "-" + strings.ToLower(output.Format), Path: datapackage.Path(name),
		Format: strings.ToLower(output.Format), MediaType: output.MediaType, Bytes: blob.Bytes, Hash: "sha256:" + blob.SHA256,
		Encoding: "utf-8", ID: urn(id), Slot: slot,
	})
	return nil
}

func (a *App) keepBytes(ctx context.Context, f *frozen, role store.Role, name, format, mediaType string, data []byte) error {
	sink, err := a.sinkOf(data)
	if err != nil {
		return err
	}
	defer sink.Discard()
	return a.keep(ctx, f, role, string(role), name, Output{Format: format, MediaType: mediaType}, sink)
}

// sinkOf is a sink with these bytes written to it.
func (a *App) sinkOf(data []byte) (*blobSink, error) {
	sink := &blobSink{store: a.store}
	if err := sink.restart(); err != nil {
		return nil, err
	}
	if _, err := sink.Write(data); err != nil {
		sink.Discard()
		return nil, err
	}
	return sink, nil
}

// addRemoved names the resources of earlier revisions that this one lacks.
func (a *App) addRemoved(ctx context.Context, f *frozen) error {
	sent, err := a.store.SentResources(ctx, f.edition.ID)
	if err != nil {
		return err
	}
	for _, id := range sent {
		if !slices.ContainsFunc(f.files, func(file store.File) bool { return file.Resource == id }) {
			f.dataset.Removed = append(f.dataset.Removed, id)
		}
	}
	return nil
}

func (f frozen) revision() store.Revision {
	r := store.Revision{
		Edition: f.edition.ID, Frozen: f.dataset, Decided: f.decided,
		Profile: f.profile.ID + "@" + f.profile.Version, Files: f.files,
		Content: f.content, Issued: f.issued, Modified: f.modified, Version: f.version,
	}
	if len(f.changes) > 0 {
		r.Changes = encoded(f.changes)
	}
	for _, t := range f.tables {
		r.Recipes = append(r.Recipes, t.recipe)
	}
	return r
}
