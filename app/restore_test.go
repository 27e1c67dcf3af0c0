package app

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

func FuzzRestored(f *testing.F) {
	var whole bytes.Buffer
	z := zip.NewWriter(&whole)
	for _, name := range []string{"a.xml", "b/c.xml"} {
		w, err := z.Create(name)
		if err != nil {
			f.Fatal(err)
		}
		w.Write(bytes.Repeat([]byte(name), 300))
	}
	z.Close()
	for _, cut := range []int{0, 29, 31, 60, 90, whole.Len() - 60, whole.Len()} {
		f.Add(whole.Bytes()[:cut])
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		src, ok := restored(section{bytes.NewReader(content), int64(len(content))})
		if !ok {
			return
		}
		archive, err := zip.NewReader(src, src.size)
		if err != nil {
			return
		}
		for _, part := range archive.File {
			if r, err := part.Open(); err == nil {
				io.CopyN(io.Discard, r, 1<<20)
				r.Close()
			}
		}
	})
}

func TestTheDirectoryOfACutZipIsMadeAgain(t *testing.T) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	texts := map[string][]byte{"a.xml": bytes.Repeat([]byte("uno "), 500), "b.xml": bytes.Repeat([]byte("dos "), 700)}
	for _, name := range []string{"a.xml", "b.xml"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(texts[name])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	end := bytes.Index(out.Bytes(), []byte(directorySignature))
	src, ok := restored(section{bytes.NewReader(out.Bytes()[:end]), int64(end)})
	if !ok {
		t.Fatal("nothing restored")
	}
	archive, err := zip.NewReader(src, src.size)
	if err != nil || len(archive.File) != 2 {
		t.Fatalf("%v", err)
	}
	for _, part := range archive.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, texts[part.Name]) {
			t.Errorf("%s: %d bytes, %v", part.Name, len(got), err)
		}
	}
}
