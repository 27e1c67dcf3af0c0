package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// written is an encoding that texts are written in; mark goes before.
type written struct {
	name string
	enc  encoding.Encoding
	mark string
}

// encodings are those of Unicode, of Windows, of DOS and of the old Macintosh.
func encodings() []written {
	little := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	big := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	return []written{
		{"utf-8", encoding.Nop, ""},
		{"utf-8-bom", encoding.Nop, "\xef\xbb\xbf"},
		{"utf-16le", little, ""},
		{"utf-16be", big, ""},
		{"windows-1252", charmap.Windows1252, ""},
		{"iso-8859-15", charmap.ISO8859_15, ""},
		{"ibm850", charmap.CodePage850, ""},
		{"ibm437", charmap.CodePage437, ""},
		{"macintosh", charmap.Macintosh, ""},
	}
}

// writeEncodings writes every text in every encoding that has its characters;
// the manifest says which text a file must be read as.
func writeEncodings(root string) error {
	texts, err := filepath.Glob(filepath.Join(root, "texts", "*.csv"))
	if err != nil {
		return err
	}
	var manifest bytes.Buffer
	manifest.WriteString("file\tencoding\ttext\n")
	for _, e := range encodings() {
		for _, path := range texts {
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			raw, err := e.enc.NewEncoder().Bytes(text)
			if err != nil {
				continue // the page lacks a character of this text
			}
			file := e.name + "-" + filepath.Base(path)
			fmt.Fprintf(&manifest, "%s\t%s\t%s\n", file, e.name, filepath.Base(path))
			if err := os.WriteFile(filepath.Join(root, "encodings", file), append([]byte(e.mark), raw...), 0o644); err != nil {
				return err
			}
		}
	}
	return os.WriteFile(filepath.Join(root, "ENCODINGS.tsv"), manifest.Bytes(), 0o644)
}
