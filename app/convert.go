package app

import (
	"context"
	"crypto/rand"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"chasqui/app/clean"
	"chasqui/app/disk"
	"chasqui/converters/detect"
	"chasqui/converters/table"
)

// ConvertRequest is a file to convert. Out is a folder, a file, or "-" for
// Stdout; To are output formats, guessed from Out's name where it is empty.
type ConvertRequest struct {
	Path   string
	Stdin  io.Reader
	Stdout io.Writer
	Out    string
	To     []string
	Sheet  string
	Table  int
	Recipe *clean.Recipe
	AsIs   bool
	Choices
	Write WriteOptions
	Disk  disk.Disk
	// Progress, if set, hears the number of rows written so far.
	Progress func(rows int)
}

// Conversion is what Convert did with one file.
type Conversion struct {
	Source  string         `json:"source"`
	Sheet   string         `json:"sheet"`
	Rows    int            `json:"rows"`
	Files   []WrittenFile  `json:"files"`
	Steps   []clean.Count  `json:"steps"`
	Fields  []table.Field  `json:"fields"`
	Notices []table.Notice `json:"notices"`
}

// WrittenFile is a file that was written.
type WrittenFile struct {
	Path   string `json:"path"`
	Format string `json:"format"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// LowConfidence is the confidence below which a table found is reported as a
// guess; the window asks, the command line says so and goes on.
const LowConfidence = 0.6

// Convert writes a file's table in open formats. Nothing stands at Out until
// all of it is written; the source stays as it is.
func Convert(ctx context.Context, req ConvertRequest) (Conversion, error) {
	if err := req.Write.check(); err != nil {
		return Conversion{}, err
	}
	if req.Recipe != nil {
		req.Choices = req.Choices.or(choicesOf(*req.Recipe))
	}
	src, err := openSource(ctx, req.Path, "", req.Stdin, req.Choices)
	if err != nil {
		return Conversion{}, err
	}
	defer src.Close()
	found, err := req.onePass(ctx, src)
	defer func() { discard(found.files) }()
	if err == nil && !found.detected {
		err = req.detect(ctx, src, &found)
	}
	if err == nil && !found.complete {
		err = req.write(ctx, src, &found)
	}
	if err != nil {
		return Conversion{}, src.askPartial(ctx, err)
	}
	return req.finish(ctx, src, found)
}

// found is what is known of the table to convert, and what was done with it.
type found struct {
	detected bool // at, sheet and layout are settled
	complete bool // the files are written
	at       int  // place of the sheet in the book
	sheet    table.SheetLayout
	layout   table.Layout
	files    []*outFile
	done     written
}

// detect reads the whole book for the table that is meant.
func (req *ConvertRequest) detect(ctx context.Context, src *Source, f *found) error {
	sheets, err := src.Sheets(ctx)
	if err != nil {
		return err
	}
	if f.at, f.layout, err = Pick(sheets, req.Sheet, req.Table); err != nil {
		return err
	}
	f.detected, f.sheet = true, sheets[f.at]
	return nil
}

// write writes the table, whose layout is settled.
func (req *ConvertRequest) write(ctx context.Context, src *Source, f *found) error {
	sheet := src.Book.Sheets()[f.at]
	plan, err := req.plan(ctx, sheet, f.layout)
	if err != nil {
		return err
	}
	discard(f.files)
	if f.files, err = req.files(); err != nil {
		return err
	}
	f.done, err = writeTable(ctx, plan, sheet, targetsOf(f.files), req.Write, req.Progress)
	return err
}

// finish puts the files in their places and reports.
func (req *ConvertRequest) finish(ctx context.Context, src *Source, found found) (Conversion, error) {
	result := Conversion{
		Source: src.Name, Sheet: found.sheet.Name, Rows: found.done.rows, Fields: found.done.fields, Steps: found.done.counts,
		Notices: append([]table.Notice{}, slices.Concat(found.sheet.Notices, found.layout.Notices, found.done.notices)...),
	}
	if slices.ContainsFunc(result.Steps, func(c clean.Count) bool { return c.Op == clean.OpUnpivot }) {
		result.Notices = slices.DeleteFunc(result.Notices, func(n table.Notice) bool { return n.Code == detect.NoticeCrossTable })
	}
	if found.layout.Confidence < LowConfidence {
		result.Notices = append(result.Notices, table.Notice{Code: "low_confidence", Place: table.Place{Sheet: found.sheet.Name}})
	}
	result.Notices = append(result.Notices, req.besides(ctx, src, found)...)
	for _, f := range found.files {
		if err := f.place(); err != nil {
			return Conversion{}, err
		}
		result.Files = append(result.Files, f.written())
	}
	return result, nil
}

func (req *ConvertRequest) plan(ctx context.Context, sheet table.Sheet, layout table.Layout) (clean.Plan, error) {
	switch {
	case req.AsIs:
		header, err := headerRow(ctx, sheet, layout)
		return req.simplePlan(layout, header), err
	case req.Recipe != nil:
		recipe, err := replay(ctx, chosen(*req.Recipe, req.Choices), req.source(sheet), sheet, layout)
		if err == nil {
			recipe, err = turned(recipe, req.Unpivot)
		}
		return recipe.Plan(), err
	case req.Unpivot != "":
		recipe, err := turned(clean.Default(req.source(sheet), layout), req.Unpivot)
		return recipe.Plan(), err
	}
	return req.simplePlan(layout, table.Row{}), nil
}

// simplePlan is the plan of a request without a recipe of its own.
func (req *ConvertRequest) simplePlan(layout table.Layout, header table.Row) clean.Plan {
	if !req.AsIs {
		return clean.Default(clean.Source{}, layout).Plan()
	}
	req.Write.NoHeader = layout.HeaderFirst == 0
	plan := asWritten(layout, header)
	if req.drops() { // rows that show nothing any more are as hidden as the others
		return plan.WithoutBlanks()
	}
	return plan
}

func (req *ConvertRequest) source(sheet table.Sheet) clean.Source {
	return clean.Source{Name: filepath.Base(req.Path), Sheet: sheet.Name(), Table: max(req.Table, 1)}
}

// headerRow returns the row that holds a header of one row.
func headerRow(ctx context.Context, sheet table.Sheet, layout table.Layout) (table.Row, error) {
	if !hasOneHeaderRow(layout) {
		return table.Row{}, nil
	}
	for row, err := range sheet.Rows(ctx) {
		if err != nil || row.Number >= layout.HeaderFirst {
			return row.Clone(), err
		}
	}
	return table.Row{}, nil
}

func hasOneHeaderRow(l table.Layout) bool { return l.HeaderFirst > 0 && l.HeaderFirst == l.HeaderLast }

// asWritten is the plan that keeps texts exactly: the titles of the columns
// are the header's own cells, several rows joined by a space.
func asWritten(layout table.Layout, header table.Row) clean.Plan {
	if hasOneHeaderRow(layout) {
		layout.Fields = append([]table.Field{}, layout.Fields...)
		for i, f := range layout.Fields {
			layout.Fields[i].Title = strings.Clone(header.Cell(f.Col).Text)
		}
	}
	return clean.AsIs(layout)
}

// files prepares the files to write, none of them in place yet.
func (req *ConvertRequest) files() ([]*outFile, error) {
	if req.Out == "-" {
		if len(req.To) > 1 {
			return nil, &Error{Kind: OneFileOnly, Args: map[string]string{"Name": req.Out}}
		}
		to := "csv"
		if len(req.To) > 0 {
			to = req.To[0]
		}
		output, err := OutputOf(to)
		if err != nil {
			return nil, err
		}
		f := &outFile{output: output, path: filepath.Join(os.TempDir(), "chasqui-"+rand.Text()), stdout: req.Stdout, disk: req.Disk}
		return []*outFile{f}, f.restart()
	}
	paths, err := req.paths()
	if err != nil {
		return nil, err
	}
	var files []*outFile
	for _, p := range paths {
		f := &outFile{output: p.output, path: p.path, disk: req.Disk}
		if err := f.restart(); err != nil {
			discard(files)
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

type outPath struct {
	output Output
	path   string
}

// paths says where each format goes: Out is a file if its name ends in a
// format's and no folder of that name is there.
func (req *ConvertRequest) paths() ([]outPath, error) {
	info, err := os.Stat(req.Out)
	isDir := err == nil && info.IsDir() || strings.HasSuffix(req.Out, "/") || strings.HasSuffix(req.Out, string(filepath.Separator))
	ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(req.Out)), ".")
	to := req.To
	if !isDir && len(to) <= 1 && (ext != "" || len(to) == 1 && err == nil) {
		if len(to) == 0 {
			to = []string{ext}
		}
		output, err := OutputOf(to[0])
		if err != nil {
			return nil, err
		}
		if err := os.MkdirAll(filepath.Dir(req.Out), 0o777); err != nil {
			return nil, disk.Explained(err)
		}
		return []outPath{{output, req.Out}}, req.notSource(req.Out)
	}
	if len(to) == 0 {
		to = []string{"csv"}
	}
	if err := os.MkdirAll(req.Out, 0o777); err != nil {
		return nil, disk.Explained(err)
	}
	var paths []outPath
	for _, id := range to {
		output, err := OutputOf(id)
		if err != nil {
			return nil, err
		}
		path := filepath.Join(req.Out, OutputName(req.Path)+"."+output.ID)
		if err := req.notSource(path); err != nil {
			return nil, err
		}
		paths = append(paths, outPath{output, path})
	}
	return paths, nil
}

func (req *ConvertRequest) notSource(path string) error {
	from, err1 := os.Stat(req.Path)
	to, err2 := os.Stat(path)
	if err1 == nil && err2 == nil && os.SameFile(from, to) {
		return &Error{Kind: OutputSource, Args: map[string]string{"Name": filepath.Base(path)}}
	}
	return nil
}

// OutputName is the base name that a source's results get: its own in lower
// case, without accents, blanks and extension.
func OutputName(path string) string {
	base := filepath.Base(path)
	return Slug(strings.TrimSuffix(base, filepath.Ext(base)))
}
