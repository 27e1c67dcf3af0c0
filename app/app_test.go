package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/app/clean"
	"chasqui/app/disk"
	"chasqui/app/message"
	"chasqui/assets/samples"
	"chasqui/converters/table"
	"chasqui/sync/outbox"
)

// opened is an App over an empty data folder.
func opened(t *testing.T) *App {
	t.Helper()
	a, err := Open(t.Context(), Options{Dir: t.TempDir(), Getenv: os.Getenv, Lang: "es"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// fileOf writes a file with that text and returns its path.
func fileOf(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o444); err != nil {
		t.Fatal(err)
	}
	return path
}

func sampleFile(t *testing.T) string {
	t.Helper()
	name, data := samples.Budget()
	return fileOf(t, name, string(data))
}

// described is the sample as a dataset that lacks nothing but a decision.
func described(t *testing.T, a *App) Dataset {
	t.Helper()
	d, err := a.NewDataset(t.Context(), NewDataset{Path: sampleFile(t)})
	if err != nil {
		t.Fatal(err)
	}
	d, err = a.Edit(t.Context(), d.ID, []Assignment{
		{"description", "Gasto de marzo"}, {"license", "cc-by-4.0"}, {"email", "t@muni.example"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func column(t *testing.T, d Dataset, name string) Column {
	t.Helper()
	for _, c := range d.Tables[0].Columns {
		if c.Field.Name == name {
			return c
		}
	}
	t.Fatalf("no column %q in %s", name, columnNames(d))
	return Column{}
}

// TestASpreadsheetIsNeverChanged is invariant 1.
func TestASpreadsheetIsNeverChanged(t *testing.T) {
	a := opened(t)
	path := sampleFile(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	info, _ := os.Stat(path)
	if _, err := Inspect(t.Context(), InspectRequest{Path: path}); err != nil {
		t.Fatal(err)
	}
	if _, err := Convert(t.Context(), ConvertRequest{Path: path, Out: t.TempDir(), To: []string{"csv", "json"}, Disk: disk.OS{}}); err != nil {
		t.Fatal(err)
	}
	d, err := a.NewDataset(t.Context(), NewDataset{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Correct(t.Context(), d.ID, 1, Correction{HeaderFirst: 6, HeaderLast: 6}); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	now, _ := os.Stat(path)
	if !bytes.Equal(before, after) || !info.ModTime().Equal(now.ModTime()) {
		t.Error("the source's bytes or its time changed")
	}
}

// TestNothingIsFrozenWhilePersonalDataAreUndecided is invariant 4.
func TestNothingIsFrozenWhilePersonalDataAreUndecided(t *testing.T) {
	a := opened(t)
	d := described(t, a)
	folder := filepath.Join(t.TempDir(), "paquete")
	_, err := a.Package(t.Context(), PackageRequest{Dataset: d.ID, Out: folder})
	var refused *Error
	if !errors.As(err, &refused) || refused.Kind != Undecided {
		t.Fatalf("got %v, want %s", err, Undecided)
	}
	want := []OpenDecision{{Field: "correo_del_responsable", Code: "personal_email"}}
	if diff := cmp.Diff(want, refused.Open); diff != "" {
		t.Errorf("undecided (-want +got):\n%s", diff)
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("the folder was made before the decision")
	}
	if d, err = a.Edit(t.Context(), d.ID, []Assignment{{"field.correo_del_responsable.personal", "keep:es el correo de la oficina"}}); err != nil {
		t.Fatal(err)
	}
	done, err := a.Package(t.Context(), PackageRequest{Dataset: d.ID, Out: folder})
	if err != nil {
		t.Fatal(err)
	}
	if head := firstLine(t, done.Files[0].Path); !strings.Contains(head, "correo_del_responsable") {
		t.Errorf("a column kept with a reason is missing: %s", head)
	}
	if _, err = a.Edit(t.Context(), d.ID, []Assignment{{"field.correo_del_responsable.personal", Remove}}); err != nil {
		t.Fatal(err)
	}
	if done, err = a.Package(t.Context(), PackageRequest{Dataset: d.ID, Out: folder}); err != nil {
		t.Fatal(err)
	}
	for _, f := range done.Files {
		data, err := os.ReadFile(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte("@santarosadelosandes.example")) || bytes.Contains(data, []byte("correo_del_responsable")) {
			t.Errorf("%s still holds the column that was left out", filepath.Base(f.Path))
		}
	}
}

func firstLine(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(data), "\n")
	return line
}

// TestEveryChangeIsAStepThatCanBeUndone is invariant 5.
func TestEveryChangeIsAStepThatCanBeUndone(t *testing.T) {
	a := opened(t)
	d := described(t, a)
	first := d.Tables[0].Recipe
	d, err := a.Retype(t.Context(), d.ID, 1, column(t, d, "meta").Field.Col, table.TypeInteger)
	if err != nil {
		t.Fatal(err)
	}
	if f := column(t, d, "meta").Field; f.Type != table.TypeInteger {
		t.Errorf("meta is %s, want integer", f.Type)
	}
	d, err = a.Edit(t.Context(), d.ID, []Assignment{{"field.observaciones.personal", Remove}})
	if err != nil {
		t.Fatal(err)
	}
	if !d.Tables[0].Recipe.Has(clean.OpRemove) || !column(t, d, "observaciones").Removed() {
		t.Error("a column left out must be a step of the recipe")
	}
	if d, err = a.Correct(t.Context(), d.ID, 1, Correction{DataLast: 40}); err != nil {
		t.Fatal(err)
	}
	if d.Tables[0].Layout().DataLast != 40 {
		t.Errorf("data end in row %d, want 40", d.Tables[0].Layout().DataLast)
	}
	for i := 3; i > 0; i-- {
		if d, err = a.Undo(t.Context(), d.ID, 1); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(first, d.Tables[0].Recipe); diff != "" {
		t.Errorf("after three times undo (-first +now):\n%s", diff)
	}
	if column(t, d, "observaciones").Removed() {
		t.Error("undo must take the decision back with its step")
	}
	_, err = a.Undo(t.Context(), d.ID, 1)
	if message.CodeOf(err) != string(NothingToUndo) {
		t.Errorf("got %v, want %s", err, NothingToUndo)
	}
}

func TestColumnsKeepTheirIdentityThroughCorrections(t *testing.T) {
	a := opened(t)
	d := described(t, a)
	want := column(t, d, "meta").ID
	d, err := a.Edit(t.Context(), d.ID, []Assignment{{"field.meta.title", "Meta presupuestal"}})
	if err != nil {
		t.Fatal(err)
	}
	if d, err = a.Correct(t.Context(), d.ID, 1, Correction{DataLast: 40}); err != nil {
		t.Fatal(err)
	}
	if c := column(t, d, "meta"); c.ID != want || c.Title != "Meta presupuestal" {
		t.Errorf("the column is now %s %q, want %s with its words", c.ID, c.Title, want)
	}
}

// TestWhatIsPublishedIsWhatWasFrozen is invariant 3.
func TestWhatIsPublishedIsWhatWasFrozen(t *testing.T) {
	a := opened(t)
	d := described(t, a)
	if _, err := a.Edit(t.Context(), d.ID, []Assignment{{"field.correo_del_responsable.personal", Remove}}); err != nil {
		t.Fatal(err)
	}
	to, err := a.StartPractice(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	job, err := a.Publish(t.Context(), d.ID, to.ID, PublishOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	// what is edited now is for the next revision
	if _, err := a.Edit(t.Context(), d.ID, []Assignment{{"title", "Otro título"}, {"field.observaciones.personal", Remove}}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.SyncOnce(t.Context(), job.ID); err != nil {
		t.Fatal(err)
	}
	done, err := a.Job(t.Context(), job.ID)
	if err != nil {
		t.Fatal(err)
	}
	if done.State != outbox.Completed || done.Receipt == nil {
		t.Fatalf("the job is %s (%+v), want completed with a receipt", done.State, done.Tries)
	}
	frozen, err := a.store.Revision(t.Context(), job.Revision)
	if err != nil {
		t.Fatal(err)
	}
	if frozen.Frozen.Title == "Otro título" {
		t.Error("the edit after the Freeze got into what was frozen")
	}
	for i, f := range frozen.Files {
		if got := done.Receipt.Resources[i]; got.SHA256 != f.Blob.SHA256 || got.Bytes != f.Blob.Bytes {
			t.Errorf("%s: receipt says %s of %d bytes, frozen was %s of %d", f.Name, got.SHA256, got.Bytes, f.Blob.SHA256, f.Blob.Bytes)
		}
	}
	if _, err := a.VerifyJob(t.Context(), job.ID); err != nil {
		t.Errorf("reading everything back: %v", err)
	}
}

func TestACorrectionKeepsEachFilesAddress(t *testing.T) {
	a := opened(t)
	d := described(t, a)
	if _, err := a.Edit(t.Context(), d.ID, []Assignment{{"field.correo_del_responsable.personal", Remove}}); err != nil {
		t.Fatal(err)
	}
	to, err := a.StartPractice(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	send := func() Job {
		t.Helper()
		job, err := a.Publish(t.Context(), d.ID, to.ID, PublishOptions{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.SyncOnce(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		if job, err = a.Job(t.Context(), job.ID); err != nil || job.Receipt == nil {
			t.Fatalf("no receipt: %v, %+v", err, job.Tries)
		}
		return job
	}
	before := send()
	if _, err := a.Edit(t.Context(), d.ID, []Assignment{{"field.observaciones.personal", Remove}}); err != nil {
		t.Fatal(err)
	}
	after := send()
	for i, r := range before.Receipt.Resources {
		if got := after.Receipt.Resources[i]; got.ID != r.ID || got.URL != r.URL {
			t.Errorf("%s moved from %s to %s", r.Name, r.URL, got.URL)
		}
	}
	if before.Receipt.Resources[0].SHA256 == after.Receipt.Resources[0].SHA256 {
		t.Error("the correction did not arrive: the bytes are the same")
	}
	if before.Receipt.Dataset != after.Receipt.Dataset {
		t.Error("a correction made a second dataset")
	}
}

// A sample says integer, and one cell late in the table is a word.
func TestOnePassEqualsAFullScan(t *testing.T) {
	var text strings.Builder
	text.WriteString("codigo,valor\n")
	for i := range 9000 {
		text.WriteString("A" + itoa(i) + "," + itoa(i) + "\n")
	}
	text.WriteString("A9000,muchos\n")
	src, err := OpenSource(t.Context(), fileOf(t, "a.csv", text.String()), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	sheets, err := src.Sheets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	full := sheets[0].Tables[0]
	sampled := full
	sampled.Fields = append([]table.Field{}, full.Fields...)
	sampled.Fields[1].Type, sampled.Fields[1].Misfits = table.TypeInteger, 0
	full.Fields = append([]table.Field{}, sampled.Fields...)
	full.Fields[1].Misfits = 1
	write := func(l table.Layout) (string, []table.Field) {
		t.Helper()
		sink := &memorySink{}
		json, _ := OutputOf("json")
		plan := clean.Default(clean.Source{}, l).Plan()
		done, err := writeTable(t.Context(), plan, src.Book.Sheets()[0], []target{{output: json, sink: sink}}, WriteOptions{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return sink.String(), done.fields
	}
	wantText, wantFields := write(full)
	gotText, gotFields := write(sampled)
	if wantText != gotText {
		t.Error("the output after a contradiction differs from a full scan's")
	}
	if diff := cmp.Diff(wantFields, gotFields); diff != "" {
		t.Errorf("fields (-full scan +one pass):\n%s", diff)
	}
	if gotFields[1].Type != table.TypeString {
		t.Errorf("the column is written as %s, want string: it holds a word", gotFields[1].Type)
	}
}

type memorySink struct{ bytes.Buffer }

func (m *memorySink) restart() error {
	m.Reset()
	return nil
}

func TestThePackageDescribesExactlyItsFiles(t *testing.T) {
	a := opened(t)
	d := described(t, a)
	if _, err := a.Edit(t.Context(), d.ID, []Assignment{{"field.correo_del_responsable.personal", Remove}}); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if _, err := a.Package(t.Context(), PackageRequest{Dataset: d.ID, Out: folder}); err != nil {
		t.Fatal(err)
	}
	var p struct {
		ID        string
		Resources []struct {
			Path, Hash string
			Bytes      int64
			Schema     *struct{ Fields []struct{ Name, Type string } }
		}
	}
	data, err := os.ReadFile(filepath.Join(folder, "datapackage.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	if p.ID != "urn:uuid:"+d.ID {
		t.Errorf("the package's id is %q, want the dataset's IRI", p.ID)
	}
	for _, r := range p.Resources {
		data, err := os.ReadFile(filepath.Join(folder, r.Path))
		if err != nil {
			t.Fatal(err)
		}
		if r.Bytes != 0 && int64(len(data)) != r.Bytes || !strings.HasSuffix(r.Hash, sum(data)) {
			t.Errorf("%s: descriptor and file disagree", r.Path)
		}
		if r.Schema == nil || !strings.HasSuffix(r.Path, ".csv") {
			continue
		}
		head, err := csv.NewReader(bytes.NewReader(data)).Read()
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range r.Schema.Fields {
			names = append(names, f.Name)
		}
		if diff := cmp.Diff(head, names); diff != "" {
			t.Errorf("%s: header and schema (-header +schema):\n%s", r.Path, diff)
		}
	}
}

func sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

func TestStoppingAConversionLeavesNothing(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	out := filepath.Join(t.TempDir(), "limpio.csv")
	var text strings.Builder
	text.WriteString("a,b\n")
	for range 20000 {
		text.WriteString("1,2\n")
	}
	_, err := Convert(ctx, ConvertRequest{
		Path: fileOf(t, "a.csv", text.String()), Out: out, Disk: disk.OS{}, Progress: func(int) { stop() },
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want the stop", err)
	}
	if left, _ := os.ReadDir(filepath.Dir(out)); len(left) != 0 {
		t.Errorf("%d files left behind", len(left))
	}
}

func TestADatasetFromStandardInputCanBeReadAgain(t *testing.T) {
	a := opened(t)
	for _, name := range []string{"", "obras.csv"} {
		d, err := a.NewDataset(t.Context(), NewDataset{Path: "-", Name: name, Stdin: strings.NewReader("a;b\n1;2\n3;4\n")})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Findings(t.Context(), d.ID); err != nil {
			t.Errorf("named %q: %v", name, err)
		}
	}
}

func TestStandardInputIsReadAsAFile(t *testing.T) {
	found, err := Inspect(t.Context(), InspectRequest{Path: "-", Stdin: strings.NewReader("a;b\n1;2\n3;4\n")})
	if err != nil {
		t.Fatal(err)
	}
	if found.File.Dialect == nil || found.File.Dialect.Delimiter != ";" {
		t.Errorf("dialect %+v, want semicolons", found.File.Dialect)
	}
	if _, err := Inspect(t.Context(), InspectRequest{Path: "-", Stdin: io.LimitReader(strings.NewReader(""), 0)}); message.CodeOf(err) != string(table.EmptyFile) {
		t.Errorf("got %v, want %s", err, table.EmptyFile)
	}
}

func TestASheetLeftFromAProgramThatDiedIsSweptAtStart(t *testing.T) {
	dir := t.TempDir()
	left := filepath.Join(dir, "spool", "123.spool")
	if err := os.MkdirAll(filepath.Dir(left), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(left, []byte("rows"), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := Open(t.Context(), Options{Dir: dir, Getenv: os.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := os.Stat(left); err == nil {
		t.Error("the spool of a program that died is still there")
	}
}
