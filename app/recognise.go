package app

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"path/filepath"
	"strings"

	"chasqui/converters/table"
)

// This file knows the files that are no tables, or whose format is not read, so
// that people are told what they have and what to do with it.

// signatures are the beginnings of such files, with the names that people know
// them by.
var signatures = [...]struct{ head, format string }{
	{"%PDF-", "PDF"},
	{"\x89PNG\r\n", "PNG"},
	{"\xff\xd8\xff", "JPEG"},
	{"GIF8", "GIF"},
	{"II*\x00", "TIFF"},
	{"MM\x00*", "TIFF"},
	{"BM", "BMP"},
	{"{\\rtf", "RTF"},
	{"\x00\x00\x02\x00", "Lotus 1-2-3"},
	{"\x00\x00\x1a\x00", "Lotus 1-2-3"},
	{"\xff\x00\x02\x00", "Works"},
	{"PAR1", "Parquet"},
	{"SQLite format 3\x00", "SQLite"},
	{"\x00\x01\x00\x00Standard ", "Access"},
	{"Rar!", "RAR"},
	{"7z\xbc\xaf", "7z"},
	{"\x1f\x8b", "gzip"},
	{"MZ", "EXE"},
	{"MIME-Version:", "MHTML"},
	{"\x7fELF", "ELF"},
}

// advice names the next thing to do with a format that is not read, by kinds;
// each has words in app/message under "advice.<kind>".
var advice = map[string]string{
	"PDF": "paper", "PNG": "paper", "JPEG": "paper", "GIF": "paper", "TIFF": "paper", "BMP": "paper",
	"DOC": "document", "DOCX": "document", "ODT": "document", "RTF": "document", "Pages": "document",
	"PPT": "document", "PPTX": "document", "ODP": "document", "Keynote": "document",
	"Numbers": "numbers", "Lotus 1-2-3": "old", "Works": "old", "Access": "database", "SQLite": "database",
	"RAR": "packed", "7z": "packed", "gzip": "packed", "ZIP": "several",
}

// Advices are the kinds of advice, for tables and tests.
var Advices = [...]string{"paper", "document", "numbers", "old", "database", "packed", "several"}

// oleSignature opens the containers of old Office.
const oleSignature = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// recognise names the format of a file by its first bytes, "" where it is not
// known.
func recognise(src table.Source, head string) string {
	if strings.HasPrefix(head, oleSignature) {
		return oldOffice(src, head)
	}
	for _, s := range signatures {
		if len(s.head) == 2 && !strings.Contains(head[:min(len(head), 16)], "\x00") {
			continue // two letters open many a text
		}
		if strings.HasPrefix(head, s.head) {
			return s.format
		}
	}
	return ""
}

// oldOffice tells documents of old Office apart by the names in the container's
// directory, whose first sector the header names ([MS-CFB] 2.2).
func oldOffice(src table.Source, head string) string {
	if len(head) < 52 {
		return "XLS"
	}
	directory := make([]byte, 4096)
	at := (int64(binary.LittleEndian.Uint32([]byte(head[48:]))) + 1) * 512
	n, _ := src.ReadAt(directory, at)
	names := string(bytes.ReplaceAll(directory[:n], []byte{0}, nil)) // UTF-16 of letters
	switch {
	case strings.Contains(names, "WordDocument"):
		return "DOC"
	case strings.Contains(names, "PowerPoint Document"):
		return "PPT"
	case strings.Contains(names, "__properties_version"):
		return "MSG"
	}
	return "XLS"
}

// brokenArchive is the format of a zip whose directory can't be read.
const brokenArchive = "broken ZIP"

// archiveFormat tells which of the formats that are zips a zip is.
func archiveFormat(src section, name string) string {
	z, err := zip.NewReader(src, src.size)
	if err != nil {
		return brokenArchive
	}
	for _, f := range z.File {
		switch {
		case f.Name == "mimetype":
			if format := openFormat(f); format != "" {
				return format
			}
		case strings.HasPrefix(f.Name, "word/"):
			return "DOCX"
		case strings.HasPrefix(f.Name, "ppt/"):
			return "PPTX"
		case f.Name == "xl/workbook.bin":
			return "XLSB"
		case f.Name == "content.xml":
			return "ODS"
		case f.Name == "Index/Document.iwa":
			return appleFormat(name)
		}
	}
	return "ZIP"
}

// openFormat reads what an OpenDocument file or a book says that it is.
func openFormat(f *zip.File) string {
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	said, err := io.ReadAll(io.LimitReader(r, 200))
	if err != nil {
		return ""
	}
	for part, format := range map[string]string{"opendocument.text": "ODT", "opendocument.presentation": "ODP", "epub": "EPUB"} {
		if strings.Contains(string(said), part) {
			return format
		}
	}
	return ""
}

// appleFormat tells Apple's documents apart by their names: their content looks
// alike.
func appleFormat(name string) string {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".pages":
		return "Pages"
	case ".key":
		return "Keynote"
	}
	return "Numbers"
}

// unreadable tells apart a file that is known but not read from one that
// pretends to be what is read.
func unreadable(format, name string) error {
	ext := strings.ToLower(filepath.Ext(name))
	promises := ext == ".xlsx" || ext == ".xlsm" || textNames[ext]
	args := map[string]string{"format": format, "advice": advice[format]}
	switch {
	case format == brokenArchive: // most likely a workbook that was cut short
		return &table.Fault{Kind: table.Damaged}
	case promises:
		return &table.Fault{Kind: table.NotWhatItSays, Args: args}
	}
	return &table.Fault{Kind: table.Unsupported, Args: args}
}
