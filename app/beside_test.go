package app

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chasqui/app/disk"
)

// memoSample copies a table with memos and its memo file into a folder, under
// endings in capitals as old programs wrote them.
func memoSample(t *testing.T, dir string) string {
	t.Helper()
	for from, to := range map[string]string{"memofp.dbf": "PREDIOS.DBF", "memofp.fpt": "PREDIOS.FPT"} {
		content, err := os.ReadFile(filepath.Join("..", "converters", "dbf", "testdata", from))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, to), content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "PREDIOS.DBF")
}

func convertedText(t *testing.T, path string) string {
	t.Helper()
	var out bytes.Buffer
	if _, err := Convert(context.Background(), ConvertRequest{Path: path, Out: "-", Stdout: &out, Disk: disk.OS{}}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestAMemoFileBesideATableIsRead(t *testing.T) {
	path := memoSample(t, t.TempDir())
	if got := convertedText(t, path); !strings.Contains(got, "Año próximo") {
		t.Errorf("the memo's text is missing:\n%s", got)
	}
}

func TestAMemoFileInTheSameZipIsRead(t *testing.T) {
	dir := t.TempDir()
	path := memoSample(t, dir)
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for _, name := range []string{"PREDIOS.DBF", "PREDIOS.FPT"} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		w, err := z.Create("datos/" + name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(filepath.Dir(path), "predios.zip")
	if err := os.WriteFile(archive, packed.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := convertedText(t, archive); !strings.Contains(got, "Año próximo") {
		t.Errorf("the memo's text is missing:\n%s", got)
	}
}

func TestADatasetKeepsTheMemoFileOfItsSource(t *testing.T) {
	dir := t.TempDir()
	path := memoSample(t, dir)
	a := opened(t)
	d, err := a.NewDataset(context.Background(), NewDataset{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"PREDIOS.DBF", "PREDIOS.FPT"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	src, err := a.openDraft(context.Background(), d.Tables[0].draft)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	found := false
	for row, err := range src.Book.Sheets()[0].Rows(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		found = found || strings.HasPrefix(row.Cell(2).Text, "Año próximo")
	}
	if !found {
		t.Error("the draft lost the memo's text with the file it came from")
	}
}
