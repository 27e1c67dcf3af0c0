package app

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"chasqui/app/clean"
	"chasqui/app/datapackage"
	"chasqui/app/describe"
	"chasqui/app/disk"
	"chasqui/app/store"
	"chasqui/converters/delimited"
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
	dataset  portal.Dataset
	files    []store.File
	recipes  []clean.Recipe
	decided  []store.Decision
	profile  describe.Profile
	edition  string
	resource []datapackage.Resource
}

// freeze refuses while something mandatory is missing or a personal-data
// finding is undecided; then it writes every file as a blob. Nothing is in the
// database yet when it returns: the caller's one transaction comes next.
func (a *App) freeze(ctx context.Context, d Dataset, progress func(FreezeStep)) (frozen, error) {
	if progress == nil {
		progress = func(FreezeStep) {}
	}
	if lacking := d.Profile.Lacking(d.Description); len(lacking) > 0 {
		return frozen{}, &Error{Kind: Lacking, Args: map[string]string{"Lacking": strings.Join(lacking, ", ")}}
	}
	progress(FreezeStep{Step: "check"})
	found, err := a.findingsIn(ctx, d)
	if err != nil {
		return frozen{}, err
	}
	if err := undecided(found); err != nil {
		return frozen{}, err
	}
	edition, err := a.store.Edition(ctx, d.ID)
	if err != nil {
		return frozen{}, err
	}
	f := frozen{edition: edition.ID, decided: decisions(found), profile: d.Profile}
	var fields []publishedField
	for _, t := range d.Tables {
		more, err := a.freezeTable(ctx, &f, d, t, progress)
		if err != nil {
			return frozen{}, err
		}
		fields = append(fields, more...)
	}
	if err := a.freezeDictionary(ctx, &f, fields); err != nil {
		return frozen{}, err
	}
	if f.dataset, err = a.portalDataset(ctx, d); err != nil {
		return frozen{}, err
	}
	if err := a.freezeDescriptor(ctx, &f, d); err != nil {
		return frozen{}, err
	}
	return f, a.addRemoved(ctx, &f)
}

// publishedField is a column as it was written, with its words.
type publishedField struct {
	table  string
	field  table.Field
	column Column
}

// freezeTable writes one table in every published format.
func (a *App) freezeTable(ctx context.Context, f *frozen, d Dataset, t Table, progress func(FreezeStep)) ([]publishedField, error) {
	src, err := a.openDraft(ctx, t.draft)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	sheet, err := src.sheet(t.Recipe.Source.Sheet)
	if err != nil {
		return nil, err
	}
	name := d.Name
	if len(d.Tables) > 1 {
		name = numbered(d.Name, t.Number)
	}
	kept := t.published()
	plan := t.Recipe.Plan()
	plan.Fields = fieldsOf(kept)
	sinks := make([]*blobSink, len(PublishedFormats))
	var targets []target
	for i, id := range PublishedFormats {
		output, err := OutputOf(id)
		if err != nil {
			return nil, err
		}
		sinks[i] = &blobSink{store: a.store}
		if err := sinks[i].restart(); err != nil {
			return nil, err
		}
		defer sinks[i].Discard()
		targets = append(targets, target{output: output, sink: sinks[i]})
	}
	done, err := writeTable(ctx, plan, sheet, targets, WriteOptions{}, func(rows int) {
		progress(FreezeStep{Step: "write", File: name, Rows: rows})
	})
	if err != nil {
		return nil, inFile(err, t.Source)
	}
	fields := make([]publishedField, len(kept))
	for i, c := range kept {
		fields[i] = publishedField{table: name, field: done.fields[i], column: c}
	}
	for i, t := range targets {
		file := name + "." + t.output.ID
		if err := a.keep(ctx, f, store.Data, t.output.ID+":"+itoa(len(f.recipes)+1), file, t.output.Format, t.output.MediaType, sinks[i]); err != nil {
			return nil, err
		}
		last := &f.resource[len(f.resource)-1]
		last.Type, last.Schema = "table", schemaOf(fields)
	}
	f.recipes = append(f.recipes, t.Recipe)
	return fields, nil
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

// keep makes a written file stand as a blob and adds it to what is frozen.
func (a *App) keep(ctx context.Context, f *frozen, role store.Role, slot, name, format, mediaType string, sink *blobSink) error {
	blob, err := sink.Keep()
	if err != nil {
		return err
	}
	id, err := a.store.ResourceID(ctx, f.edition, slot)
	if err != nil {
		return err
	}
	f.files = append(f.files, store.File{Role: role, Name: name, Blob: blob, Resource: id})
	f.resource = append(f.resource, datapackage.Resource{
		Name: Slug(strings.TrimSuffix(name, filepath.Ext(name))) + "-" + strings.ToLower(format), Path: name,
		Format: strings.ToLower(format), MediaType: mediaType, Encoding: "utf-8", Bytes: blob.Bytes, Hash: "sha256:" + blob.SHA256,
	})
	return nil
}

func (a *App) keepBytes(ctx context.Context, f *frozen, role store.Role, name, format, mediaType string, data []byte) error {
	sink := &blobSink{store: a.store}
	if err := sink.restart(); err != nil {
		return err
	}
	defer sink.Discard()
	if _, err := sink.Write(data); err != nil {
		return err
	}
	return a.keep(ctx, f, role, string(role), name, format, mediaType, sink)
}

func schemaOf(fields []publishedField) *datapackage.Schema {
	s := &datapackage.Schema{MissingValues: []string{""}}
	for _, f := range fields {
		s.Fields = append(s.Fields, datapackage.Field{
			Name: f.field.Name, Type: string(f.field.Type), Title: f.column.Title, Description: f.column.Description,
			Unit: f.column.Unit, ID: "urn:uuid:" + f.column.ID,
		})
	}
	return s
}

// freezeDictionary writes dictionary.csv: one row a column, for people and
// programs that never heard of Table Schema.
func (a *App) freezeDictionary(ctx context.Context, f *frozen, fields []publishedField) error {
	names := []string{"table", "name", "title", "type", "unit", "description", "missing_values"}
	columns := make([]table.Field, len(names))
	for i, n := range names {
		columns[i] = table.Field{Col: i + 1, Name: n, Type: table.TypeString}
	}
	var b bytes.Buffer
	w := delimited.NewWriter(&b, columns, delimited.WriterOptions{})
	for _, p := range fields {
		row := []string{p.table, p.field.Name, p.column.Title, string(p.field.Type), p.column.Unit, p.column.Description,
			strings.Join(p.field.MissingValues, " | ")}
		values := make([]table.Value, len(row))
		for i, s := range row {
			values[i] = table.Value{Text: s}
		}
		if err := w.WriteRow(values); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return a.keepBytes(ctx, f, store.Dictionary, "dictionary.csv", "CSV", "text/csv", b.Bytes())
}

func (a *App) freezeDescriptor(ctx context.Context, f *frozen, d Dataset) error {
	about := d.Description
	p := datapackage.Package{
		Name: d.Name, ID: "urn:uuid:" + d.ID, Title: about.Title, Description: about.Description, Version: about.Version,
		Keywords: about.Keywords, Language: about.Language, Spatial: about.Spatial, Temporal: about.Temporal,
		Frequency: about.Frequency, Theme: about.Theme, Resources: f.resource,
	}
	if l, ok := d.Profile.License(about.License); ok {
		p.Licenses = []datapackage.License{{Name: l.ID, Path: l.URL, Title: l.Title}}
	}
	if about.Publisher != "" {
		p.Contributors = append(p.Contributors, datapackage.Contributor{Title: about.Publisher, Roles: []string{"publisher"}})
	}
	if about.Contact != "" || about.Email != "" {
		p.Contributors = append(p.Contributors, datapackage.Contributor{
			Title: first(about.Contact, about.Publisher), Email: about.Email, Roles: []string{"contact"}})
	}
	if about.Source != "" {
		p.Sources = []datapackage.Source{{Title: about.Source}}
	}
	if err := a.keepBytes(ctx, f, store.DataPackage, "datapackage.json", "JSON", "application/json", p.Encode()); err != nil {
		return err
	}
	f.dataset.Resources = distributions(*f, d)
	return nil
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// portalDataset is the dataset at the door, as its profile maps it; its
// resources are added once every file is written.
func (a *App) portalDataset(ctx context.Context, d Dataset) (portal.Dataset, error) {
	now := a.opt.Now().UTC()
	issued, err := a.store.FirstFrozen(ctx, d.ID)
	if issued.IsZero() {
		issued = now
	}
	return inPortalFields(d, map[string]string{
		"identifier": d.ID, "issued": issued.Format(time.DateOnly), "modified": now.Format(time.DateOnly),
	}), err
}

// distributions are the frozen files as portals show them.
func distributions(f frozen, d Dataset) []portal.Distribution {
	list := make([]portal.Distribution, len(f.files))
	for i, file := range f.files {
		r := f.resource[i]
		name := d.Description.Title
		if file.Role != store.Data {
			name = file.Name
		}
		list[i] = portal.Distribution{
			ID: file.Resource, Name: name, FileName: file.Name, Format: strings.ToUpper(r.Format),
			MediaType: r.MediaType, Bytes: file.Blob.Bytes, SHA256: file.Blob.SHA256,
		}
		if file.Role == store.Data {
			list[i].Name = name + " (" + list[i].Format + ")"
			describeFile(d.Profile, d.Description, &list[i])
		}
	}
	return list
}

// addRemoved names the resources of earlier revisions that this one lacks.
func (a *App) addRemoved(ctx context.Context, f *frozen) error {
	sent, err := a.store.SentResources(ctx, f.edition)
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
	return store.Revision{
		Edition: f.edition, Frozen: f.dataset, Recipes: f.recipes, Decided: f.decided,
		Profile: f.profile.ID + "@" + f.profile.Version, Files: f.files,
	}
}

// Package freezes a dataset and copies everything that would be sent into a
// folder, which it makes. It returns the files in their order.
func (a *App) Package(ctx context.Context, ref, dir string, progress func(FreezeStep)) ([]WrittenFile, error) {
	d, err := a.Dataset(ctx, ref)
	if err != nil {
		return nil, err
	}
	f, err := a.freeze(ctx, d, progress)
	if err != nil {
		return nil, err
	}
	if _, err := a.store.Freeze(ctx, f.revision(), store.Order{Dataset: d.ID}); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, disk.Explained(err)
	}
	var list []WrittenFile
	for i, file := range f.files {
		path := filepath.Join(dir, file.Name)
		if err := a.copyBlob(ctx, file.Blob, path); err != nil {
			return nil, err
		}
		list = append(list, WrittenFile{Path: path, Format: f.resource[i].Format, Bytes: file.Blob.Bytes, SHA256: file.Blob.SHA256})
	}
	return list, nil
}

func (a *App) copyBlob(ctx context.Context, blob store.Blob, path string) error {
	from, err := a.store.OpenBlob(blob.SHA256)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := disk.Create(a.opt.Disk, filepath.Dir(path))
	if err != nil {
		return err
	}
	defer to.Discard()
	if _, err := io.Copy(to, contextReader{ctx, from}); err != nil {
		return disk.Explained(err)
	}
	return to.Place(path)
}
