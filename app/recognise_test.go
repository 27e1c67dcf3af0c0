package app

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"chasqui/converters/table"
)

// oldDocument is the beginning of a container whose directory names a stream.
func oldDocument(stream string) string {
	head := make([]byte, 1024)
	copy(head, oleSignature)
	for i, c := range utf16.Encode([]rune(stream)) {
		head[512+2*i], head[512+2*i+1] = byte(c), byte(c>>8)
	}
	return string(head)
}

func TestWhatIsNoTableIsNamedWithTheNextThingToDo(t *testing.T) {
	for _, c := range []struct{ name, content, format, advice string }{
		{"acta.pdf", "%PDF-1.7\n...", "PDF", "paper"},
		{"foto.tif", "II*\x00\x08\x00\x00\x00", "TIFF", "paper"},
		{"plano.bmp", "BM\x36\x00\x00\x00\x00\x00\x00\x00", "BMP", "paper"},
		{"oficio.docx", string(zipOf(t, "word/document.xml", "<x/>")), "DOCX", "document"},
		{"oficio.odt", string(zipOf(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<x/>")), "ODT", "document"},
		{"carta.rtf", `{\rtf1\ansi hola}`, "RTF", "document"},
		{"nota.pages", string(zipOf(t, "Index/Document.iwa", "x")), "Pages", "document"},
		{"gastos.numbers", string(zipOf(t, "Index/Document.iwa", "x")), "Numbers", "numbers"},
		{"viejo.wk1", "\x00\x00\x02\x00\x06\x04\x06\x00\x08\x00", "Lotus 1-2-3", "old"},
		{"viejo.123", "\x00\x00\x1a\x00\x03\x10\x04\x00", "Lotus 1-2-3", "old"},
		{"viejo.wks", "\xff\x00\x02\x00\x04\x04\x05\x54", "Works", "old"},
		{"base.mdb", "\x00\x01\x00\x00Standard Jet DB\x00", "Access", "database"},
		{"todo.rar", "Rar!\x1a\x07\x00", "RAR", "packed"},
		{"varios.zip", string(zipOf(t, "a.csv", "a,b\n1,2\n", "b.csv", "a,b\n1,2\n")), "ZIP", "several"},
	} {
		_, err := OpenSource(t.Context(), fileOf(t, c.name, c.content), "", nil)
		var fault *table.Fault
		if !errors.As(err, &fault) || fault.Kind != table.Unsupported || fault.Args["format"] != c.format || fault.Args["advice"] != c.advice {
			t.Errorf("%s: got %v, want %s with the advice %q", c.name, err, c.format, c.advice)
		}
	}
}

func TestATextThatOpensWithTwoLettersOfASignatureIsText(t *testing.T) {
	for _, head := range []string{"BM", "MZ"} {
		src, err := OpenSource(t.Context(), fileOf(t, "lista.csv", head+"\n"+strings.Repeat("uno\n", 3)), "", nil)
		if err != nil {
			t.Errorf("%s: %v", head, err)
			continue
		}
		if err := src.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestDocumentsOfOldOfficeAreToldByTheirStreams(t *testing.T) {
	for stream, want := range map[string]string{"WordDocument": "DOC", "PowerPoint Document": "PPT", "Workbook": "XLS"} {
		file := oldDocument(stream)
		if got := recognise(strings.NewReader(file), file); got != want {
			t.Errorf("a container with %s is %s, want %s", stream, got, want)
		}
	}
}
