package app

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"chasqui/app/clean"
	"chasqui/app/dcat"
	"chasqui/app/describe"
	"chasqui/app/disk"
	"chasqui/app/message"
	"chasqui/app/page"
	"chasqui/app/store"
	"chasqui/converters/table"
)

// PackageRequest is a dataset to put into a folder, a zip, or both.
type PackageRequest struct {
	Dataset string
	// Out is the folder, which is made; a name that ends in .zip is a zip
	// alone.
	Out      string
	Zip      bool     // also as Out.zip
	Formats  []string // ids of Outputs; empty: the dataset's own
	Progress func(FreezeStep)
}

// Packaged is a package that was written.
type Packaged struct {
	Folder string        `json:"folder,omitempty"`
	Zip    string        `json:"zip,omitempty"`
	Files  []WrittenFile `json:"files"` // in the folder; within the zip where it is alone
}

// packed is one file of a package: bytes at hand, or a blob.
type packed struct {
	WrittenFile
	data []byte
	blob *store.Blob
}

// Package freezes a dataset and writes everything that would be sent, and what
// describes it in the forms that other programs and people read
// (docs/package.md). A dataset whose content did not change gives the same
// bytes.
func (a *App) Package(ctx context.Context, req PackageRequest) (Packaged, error) {
	d, err := a.Dataset(ctx, req.Dataset)
	if err != nil {
		return Packaged{}, err
	}
	if len(req.Formats) == 0 {
		req.Formats = d.Formats()
	}
	f, err := a.freeze(ctx, d, freezing{formats: distinct(req.Formats), progress: req.Progress})
	if err != nil {
		return Packaged{}, err
	}
	if _, err := a.store.Freeze(ctx, f.revision(), store.Order{Dataset: d.ID}); err != nil {
		return Packaged{}, err
	}
	files, err := a.packageFiles(ctx, d, f)
	if err != nil {
		return Packaged{}, err
	}
	return a.writePackage(ctx, req, f.modified, files)
}

// distinct are the words of a list, each once, in lower case.
func distinct(list []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range list {
		if s = strings.ToLower(strings.TrimSpace(s)); s != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// packageFiles are the files of a package, in their order.
func (a *App) packageFiles(ctx context.Context, d Dataset, f frozen) ([]packed, error) {
	receipt, err := a.store.LatestReceipt(ctx, d.ID)
	if err != nil {
		return nil, err
	}
	say := message.New(a.opt.Lang)
	about := dcatOf(d, f, receipt, say)
	var files []packed
	for i, file := range f.files {
		written := WrittenFile{Path: file.Name, Format: f.resources[i].Format, Bytes: file.Blob.Bytes, SHA256: file.Blob.SHA256}
		files = append(files, packed{WrittenFile: written, blob: &file.Blob})
	}
	add := func(name, format string, data []byte) {
		files = append(files, newPacked(name, format, data))
	}
	for _, t := range f.tables {
		for _, file := range about.Files {
			if name := t.name + ".csv"; file.MediaType == "text/csv" && isOf(f, file, name) {
				add(name+"-metadata.json", "json", dcat.CSVW(about, withURL(file, name)))
			}
		}
	}
	dictionary, err := f.dictionary("xlsx")
	if err != nil {
		return nil, err
	}
	add("dictionary.xlsx", "xlsx", dictionary)
	add("dcat.jsonld", "jsonld", dcat.JSONLD(about))
	add("dcat.ttl", "ttl", dcat.Turtle(about))
	add("data.json", "json", dcat.OpenData(about))
	shown := pageOf(d, f, about, say)
	add("index.html", "html", page.HTML(shown, say))
	add("README.txt", "txt", page.Text(shown, say))
	add("CHECKSUMS", "txt", checksums(files))
	return files, nil
}

func newPacked(name, format string, data []byte) packed {
	sum := sha256.Sum256(data)
	return packed{WrittenFile: WrittenFile{Path: name, Format: format, Bytes: int64(len(data)), SHA256: hex.EncodeToString(sum[:])}, data: data}
}

// isOf reports whether a distribution is the frozen file of that name.
func isOf(f frozen, d dcat.Distribution, name string) bool {
	for _, file := range f.files {
		if file.Name == name {
			return urn(file.Resource) == d.IRI
		}
	}
	return false
}

func withURL(d dcat.Distribution, url string) dcat.Distribution {
	d.URL = url
	return d
}

// checksums is what sha256sum --check reads.
func checksums(files []packed) []byte {
	var b strings.Builder
	for _, f := range files {
		b.WriteString(f.SHA256 + "  " + f.Path + "\n")
	}
	return []byte(b.String())
}

// pageOf is the page for people about what is frozen.
func pageOf(d Dataset, f frozen, about dcat.Dataset, say *message.Printer) page.Page {
	p := page.Page{Dataset: about, License: about.License.Label}
	for i, file := range f.files {
		p.Files = append(p.Files, page.File{
			Name: file.Name, Title: f.resources[i].Title, Format: strings.ToUpper(f.resources[i].Format), Bytes: file.Blob.Bytes, Data: file.Role == store.Data,
		})
	}
	for _, field := range d.Profile.Asked() {
		if !slices.Contains(describe.Keys[:], field.Key) {
			p.Own = append(p.Own, ownFact(d, field, about.Language)...)
		}
	}
	for _, t := range f.tables {
		shown := page.Table{Name: t.name, Rows: t.rows, Columns: columnsOf(t), Sample: t.sample}
		for i, field := range t.fields {
			shown.Columns[i].Type = say.T("type." + string(field.field.Type))
			shown.Missing = append(shown.Missing, field.field.MissingValues)
			shown.Numeric = append(shown.Numeric, field.field.Type == table.TypeNumber || field.field.Type == table.TypeInteger)
		}
		shown.Done = t.done(say)
		p.Tables = append(p.Tables, shown)
	}
	return p
}

// ownFact is what only the profile asks, in words.
func ownFact(d Dataset, f describe.Field, lang string) []page.Fact {
	value := d.Description.Get(f.Key)
	if value == "" {
		return nil
	}
	fact := page.Fact{Label: f.Label.In(lang), Value: value}
	switch t, ok := d.Profile.Term(f.Key, value); {
	case ok:
		fact.Value = t.Label.In(lang)
	case f.Form == describe.FormURL:
		fact.Link = value
	case f.Form == describe.FormEmail:
		fact.Link = "mailto:" + value
	}
	return []page.Fact{fact}
}

// done says in words what was done to the source to make the table.
func (t frozenTable) done(say *message.Printer) []string {
	var list []string
	for _, c := range t.counts {
		if c.Count > 0 {
			list = append(list, say.N("step."+c.Op+"."+c.What, c.Count))
		}
	}
	for _, n := range t.chosen {
		list = append(list, say.Notice(table.Notice{Code: n.Code, Count: n.Count}))
	}
	if t.removed > 0 {
		list = append(list, say.N("package.removed", t.removed))
	}
	words := map[string]bool{}
	for _, p := range t.fields {
		for _, w := range p.field.MissingValues {
			words[w] = true
		}
		if slices.Contains(p.field.Why, "chosen") {
			list = append(list, say.T("package.retyped", "Column", first(p.column.Title, p.field.Name), "Type", say.T("type."+string(p.field.Type))))
		}
	}
	if len(words) > 0 {
		list = append(list, say.T("package.missing_words", "Words", strings.Join(slices.Sorted(maps.Keys(words)), " | ")))
	}
	if t.recipe.Has(clean.OpParse) {
		list = append(list, say.T("package.parsed"))
	}
	return list
}

// writePackage writes the folder, the zip, or both.
func (a *App) writePackage(ctx context.Context, req PackageRequest, modified string, files []packed) (Packaged, error) {
	done := Packaged{}
	if strings.EqualFold(filepath.Ext(req.Out), ".zip") {
		done.Zip = req.Out
	} else {
		done.Folder = req.Out
		if req.Zip {
			done.Zip = strings.TrimRight(req.Out, `/\`) + ".zip"
		}
	}
	for _, f := range files {
		f.Path = filepath.Join(done.Folder, f.Path)
		done.Files = append(done.Files, f.WrittenFile)
	}
	if done.Folder != "" {
		if err := os.MkdirAll(done.Folder, 0o777); err != nil {
			return Packaged{}, disk.Explained(err)
		}
		for _, f := range files {
			if err := a.place(filepath.Join(done.Folder, f.Path), func(to io.Writer) error { return a.copyPacked(ctx, to, f) }); err != nil {
				return Packaged{}, err
			}
		}
	}
	if done.Zip == "" {
		return done, nil
	}
	if err := os.MkdirAll(filepath.Dir(done.Zip), 0o777); err != nil {
		return Packaged{}, disk.Explained(err)
	}
	err := a.place(done.Zip, func(to io.Writer) error { return a.zipPackage(ctx, to, modified, files) })
	return done, err
}

// place writes a file whole or not at all.
func (a *App) place(path string, write func(io.Writer) error) error {
	to, err := disk.Create(a.opt.Disk, filepath.Dir(path))
	if err != nil {
		return err
	}
	defer to.Discard()
	if err := write(to); err != nil {
		return disk.Explained(err)
	}
	return to.Place(path)
}

func (a *App) copyPacked(ctx context.Context, to io.Writer, f packed) error {
	if f.blob == nil {
		_, err := to.Write(f.data)
		return err
	}
	from, err := a.store.OpenBlob(f.blob.SHA256)
	if err != nil {
		return err
	}
	defer from.Close()
	_, err = io.Copy(to, contextReader{ctx, from})
	return err
}

// zipPackage writes the files in their order, all with the time of the
// revision: the same content gives the same zip.
func (a *App) zipPackage(ctx context.Context, to io.Writer, modified string, files []packed) error {
	at, err := time.Parse(time.RFC3339, modified)
	if err != nil {
		return err
	}
	z := zip.NewWriter(to)
	for _, f := range files {
		entry, err := z.CreateHeader(&zip.FileHeader{Name: f.Path, Method: zip.Deflate, Modified: at.UTC()})
		if err != nil {
			return err
		}
		if err := a.copyPacked(ctx, entry, f); err != nil {
			return err
		}
	}
	return z.Close()
}
