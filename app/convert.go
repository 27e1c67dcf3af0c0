package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"chasqui/app/clean"
	"chasqui/app/disk"
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
	sheets, err := src.Sheets(ctx)
	if err != nil {
		return Conversion{}, err
	}
	at, layout, err := Pick(sheets, req.Sheet, req.Table)
	if err != nil {
		return Conversion{}, inFile(err, src.Name)
	}
	sheet := src.Book.Sheets()[at]
	plan, err := req.plan(ctx, sheet, layout)
	if err != nil {
		return Conversion{}, err
	}
	files, err := req.files()
	if err != nil {
		return Conversion{}, err
	}
	defer discard(files)
	done, err := writeTable(ctx, plan, sheet, targetsOf(files), req.Write, req.Progress)
	if err != nil {
		return Conversion{}, src.askPartial(ctx, err)
	}
	result := Conversion{
		Source: src.Name, Sheet: sheet.Name(), Rows: done.rows, Fields: done.fields, Steps: done.counts,
		Notices: slices.Concat([]table.Notice{}, sheets[at].Notices, layout.Notices, done.notices),
	}
	if layout.Confidence < LowConfidence {
		result.Notices = append(result.Notices, table.Notice{Code: "low_confidence", Place: table.Place{Sheet: sheet.Name()}})
	}
	for _, f := range files {
		if err := f.place(); err != nil {
			return Conversion{}, err
		}
		result.Files = append(result.Files, f.written())
	}
	return result, nil
}

func (req *ConvertRequest) plan(ctx context.Context, sheet table.Sheet, layout table.Layout) (clean.Plan, error) {
	source := clean.Source{Name: filepath.Base(req.Path), Sheet: sheet.Name(), Table: max(req.Table, 1)}
	switch {
	case req.AsIs:
		req.Write.NoHeader = layout.HeaderFirst == 0
		plan, err := asWritten(ctx, sheet, layout)
		if req.drops() { // rows that show nothing any more are as hidden as the others
			plan = plan.WithoutBlanks()
		}
		return plan, err
	case req.Recipe != nil:
		recipe, err := replay(ctx, chosen(*req.Recipe, req.Choices), source, sheet, layout)
		return recipe.Plan(), err
	}
	return clean.Default(source, layout).Plan(), nil
}

// asWritten is the plan that keeps texts exactly: the titles of the columns
// are the header's own cells, several rows joined by a space.
func asWritten(ctx context.Context, sheet table.Sheet, layout table.Layout) (clean.Plan, error) {
	if layout.HeaderFirst > 0 && layout.HeaderFirst == layout.HeaderLast {
		layout.Fields = append([]table.Field{}, layout.Fields...)
		for row, err := range sheet.Rows(ctx) {
			if err != nil {
				return clean.Plan{}, err
			}
			if row.Number < layout.HeaderFirst {
				continue
			}
			for i, f := range layout.Fields {
				layout.Fields[i].Title = strings.Clone(row.Cell(f.Col).Text)
			}
			break
		}
	}
	return clean.AsIs(layout), nil
}

// files prepares the files to write, none of them in place yet.
func (req *ConvertRequest) files() ([]*outFile, error) {
	if req.Out == "-" {
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

// outFile is one result of a conversion on its way to its place.
type outFile struct {
	output  Output
	path    string
	stdout  io.Writer // where the whole is copied at last, if it is no file
	disk    disk.Disk
	pending *disk.Pending
	hash    hash.Hash
	bytes   int64
}

func (f *outFile) Write(b []byte) (int, error) {
	f.hash.Write(b)
	f.bytes += int64(len(b))
	return f.pending.Write(b)
}

// restart throws away what was written. What went to standard output could not
// be taken back, so it goes there through a file.
func (f *outFile) restart() error {
	f.discard()
	f.hash, f.bytes = sha256.New(), 0
	var err error
	f.pending, err = disk.Create(f.disk, filepath.Dir(f.path))
	return err
}

func (f *outFile) discard() {
	if f.pending != nil {
		f.pending.Discard()
	}
}

func (f *outFile) place() error {
	if err := f.pending.Place(f.path); err != nil || f.stdout == nil {
		return err
	}
	defer f.disk.Remove(f.path)
	whole, err := os.Open(f.path)
	if err != nil {
		return disk.Explained(err)
	}
	defer whole.Close()
	_, err = io.Copy(f.stdout, whole)
	return err
}

func (f *outFile) written() WrittenFile {
	path := f.path
	if f.stdout != nil {
		path = "-"
	}
	return WrittenFile{Path: path, Format: f.output.ID, Bytes: f.bytes, SHA256: hex.EncodeToString(f.hash.Sum(nil))}
}

func discard(files []*outFile) {
	for _, f := range files {
		f.discard()
	}
}

func targetsOf(files []*outFile) []target {
	targets := make([]target, len(files))
	for i, f := range files {
		targets[i] = target{output: f.output, sink: f}
	}
	return targets
}
