package app

import (
	"context"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"chasqui/app/changes"
	"chasqui/app/message"
	"chasqui/app/store"
	"chasqui/converters/table"
	"chasqui/sync/portal"
)

// The rule for versions (docs/decisions/0021-versions.md), MAJOR.MINOR.PATCH: the
// first is 1.0.0; a column that goes or means another type makes a new major one;
// a new edition or a new column a new minor one; a correction of the same edition
// a new patch. A version that a person wrote stays as it is.

// firstVersion is the version of what was never published before.
const firstVersion = "1.0.0"

var threeNumbers = regexp.MustCompile(`^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$`)

// nextVersion follows another by the rule; what has not its form begins anew.
func nextVersion(before string, broken, grown bool) string {
	m := threeNumbers.FindStringSubmatch(before)
	if m == nil {
		return firstVersion
	}
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(m[i+1])
	}
	switch {
	case broken:
		n = [3]int{n[0] + 1, 0, 0}
	case grown:
		n = [3]int{n[0], n[1] + 1, 0}
	default:
		n[2]++
	}
	return strconv.Itoa(n[0]) + "." + strconv.Itoa(n[1]) + "." + strconv.Itoa(n[2])
}

// version settles which version is frozen, and what is different from the one
// that was published before. What is as the edition's last revision keeps what
// that said.
func (a *App) version(ctx context.Context, d Dataset, f *frozen, last store.Revision) error {
	f.version = firstVersion
	prior, err := a.editionBefore(ctx, f.edition)
	if err != nil {
		return err
	}
	f.previous = prior.ID
	switch before, err := a.store.PublishedBefore(ctx, d.ID, f.edition.ID); {
	case err != nil:
		return err
	case last.ID != "" && last.Content == f.content && last.Version != "":
		f.version = last.Version
		if err := json.Unmarshal([]byte(first(last.Changes, "null")), &f.changes); err != nil {
			return err
		}
	case before.ID != "":
		with, err := a.comparable(ctx, f.edition, prior, before)
		if err != nil {
			return err
		}
		if err := a.compare(ctx, f, with); err != nil {
			return err
		}
		if with.Edition != f.edition.ID {
			for i := range f.changes {
				f.changes[i].Since = prior.Period
			}
		}
		broken, grown := f.broke(before), f.edition.ID != before.Edition
		for _, c := range f.changes {
			grown = grown || len(c.NewColumns) > 0
		}
		f.version = nextVersion(before.Version, broken, grown)
	}
	if v := d.Description.Version; v != "" && d.Description.Proposed["version"] == "" {
		f.version = v
	}
	return nil
}

// comparable is the revision that a note for citizens speaks of: a correction is
// compared with what it corrects, an edition with the one of the period before,
// whichever was published last; the zero value where none came before.
func (a *App) comparable(ctx context.Context, e, prior store.Edition, last store.Revision) (store.Revision, error) {
	switch {
	case last.Edition == e.ID || last.Edition == prior.ID:
		return last, nil
	case prior.ID == "":
		return store.Revision{}, nil
	}
	return a.store.LatestRevision(ctx, prior.ID)
}

// compare finds what is different from a revision, table by table.
func (a *App) compare(ctx context.Context, f *frozen, before store.Revision) error {
	was, is := csvFiles(before.Files), csvFiles(f.files)
	for i := range min(len(was), len(is)) {
		old, err := a.store.OpenBlob(was[i].Blob.SHA256)
		if err != nil {
			return err
		}
		fresh, err := a.store.OpenBlob(is[i].Blob.SHA256)
		if err != nil {
			old.Close()
			return err
		}
		c, err := changes.Compare(contextReader{ctx, old}, contextReader{ctx, fresh}, f.tables[i].identifying)
		old.Close()
		fresh.Close()
		if err != nil {
			return err
		}
		f.changes = append(f.changes, c)
	}
	return nil
}

// csvFiles are the tables among a revision's files, in their order.
func csvFiles(files []store.File) []store.File {
	var list []store.File
	for _, f := range files {
		if f.Role == store.Data && strings.HasSuffix(f.Name, ".csv") {
			list = append(list, f)
		}
	}
	return list
}

// broke reports whether who reads the data with a program must change it: a
// column went, or is of another type.
func (f frozen) broke(before store.Revision) bool {
	for _, c := range f.changes {
		if len(c.LostColumn) > 0 {
			return true
		}
	}
	types := map[string]string{}
	for _, r := range before.Frozen.Resources {
		for _, c := range r.Schema {
			types[c.Name] = c.Type
		}
	}
	for _, t := range f.tables {
		for _, p := range t.fields {
			if was, ok := types[p.field.Name]; ok && was != string(p.field.Type) {
				return true
			}
		}
	}
	return false
}

// identifying says whether a column's values may tell one record from another:
// texts and moments do, numbers only where the column is called a number or a
// code.
func (t frozenTable) identifying(name string) bool {
	for _, p := range t.fields {
		if p.field.Name != name {
			continue
		}
		switch p.field.Type {
		case table.TypeNumber, table.TypeBoolean, table.TypeGeopoint:
			return false
		case table.TypeInteger:
			return numberName.MatchString(name)
		}
		return true
	}
	return false
}

// numberName are machine names of columns that number records.
var numberName = regexp.MustCompile(`(^|_)(id|num|nro|no|numero|codigo|cod|code|folio|expediente|contrato|orden|partida|ruc|dni)(_|$)`)

// note says in words what is different from the version before; "" for the first.
func (f frozen) note(say *message.Printer) string {
	var list []string
	since := ""
	for i, c := range f.changes {
		since = c.Since
		words := say.Changes(c, f.tables[i].titleOf)
		if len(f.changes) > 1 {
			words = f.tables[i].name + ": " + words
		}
		list = append(list, words)
	}
	if since != "" {
		return say.T("changes.since", "Changes", strings.Join(list, ". "), "Period", say.Period(since))
	}
	return strings.Join(list, ". ")
}

// titleOf is what people call a column.
func (t frozenTable) titleOf(name string) string {
	for _, p := range t.fields {
		if p.field.Name == name {
			return first(p.column.Title, name)
		}
	}
	return name
}

// tellPortal writes the version and the note into what a portal gets: the note
// under the name that ckanext-dcat reads as adms:versionNotes.
func (f frozen) tellPortal(p *portal.Dataset, say *message.Printer) {
	p.Version = f.version
	if words := f.note(say); words != "" {
		if p.Extras == nil {
			p.Extras = map[string]string{}
		}
		p.Extras["version_notes"] = words
	}
}

// encoded is a value that always encodes as JSON.
func encoded(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}
