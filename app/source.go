package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"chasqui/app/clean"
	"chasqui/app/disk"
	"chasqui/converters/dbf"
	"chasqui/converters/delimited"
	"chasqui/converters/detect"
	"chasqui/converters/fixedwidth"
	"chasqui/converters/geo"
	"chasqui/converters/htmltable"
	"chasqui/converters/jsonrows"
	"chasqui/converters/ods"
	"chasqui/converters/table"
	"chasqui/converters/xls"
	"chasqui/converters/xlsb"
	"chasqui/converters/xlsx"
	"chasqui/converters/xmlss"
)

// reading is one input format: how its content is known, and its reader.
type reading struct {
	sniff  func(table.Source) bool
	reader table.Reader
}

// readings are the formats that are read, the most telling first: content
// decides, never the name.
var readings = [...]reading{
	{xls.Sniff, xls.Reader{}},
	{xlsb.Sniff, xlsb.Reader{}},
	{xlsx.Sniff, xlsx.Reader{}},
	{ods.Sniff, ods.Reader{}},
	{geo.Sniff, geo.Reader{}},
	{xmlss.Sniff, xmlss.Reader{}},
	{htmltable.Sniff, htmltable.Reader{}},
	{dbf.Sniff, dbf.Reader{}},
	{jsonrows.Sniff, jsonrows.Reader{}},
	{fixedwidth.Sniff, fixedwidth.Reader{}},
	{delimited.Sniff, delimited.Reader{}},
}

// workbookNames are the file names that promise a workbook.
var workbookNames = map[string]bool{".xlsx": true, ".xlsm": true, ".xls": true, ".xlsb": true, ".ods": true}

// textNames are the file names that promise text.
var textNames = map[string]bool{".csv": true, ".tsv": true, ".tab": true, ".txt": true}

// HashLimit is the size in bytes up to which a file is hashed without being
// asked to.
const HashLimit = 64 << 20

// Source is a file that was opened for reading: its bytes, and the book that
// they are.
type Source struct {
	Name     string
	Book     table.Book
	size     int64
	file     io.ReaderAt
	end      func() error
	choices  Choices
	beside   *companions // nil where nothing can lie beside
	restored bool        // the directory of the file was lost and made again
}

// section gives a file's bytes a size.
type section struct {
	io.ReaderAt
	size int64
}

func (s section) Size() int64 { return s.size }

// StdinName is what data from standard input are called where nobody gave them
// a name.
const StdinName = "stdin"

// OpenSource opens the file at path read-only and finds its format by its
// content; "-" is standard input, which is copied aside first. name is what to
// call it, "" for the file's own name. The caller closes it.
func OpenSource(ctx context.Context, path, name string, stdin io.Reader) (*Source, error) {
	return openSource(ctx, path, name, stdin, Choices{})
}

// openSource opens a source as OpenSource does, with what a person decided.
func openSource(ctx context.Context, path, name string, stdin io.Reader, c Choices) (*Source, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	if path == "-" {
		if name == "" {
			name = StdinName
		}
		return openStream(ctx, name, stdin, c)
	}
	f, size, err := openFile(path)
	if err != nil {
		return nil, err
	}
	if name == "" {
		name = filepath.Base(path)
	}
	return openBook(ctx, &Source{Name: name, size: size, file: f, end: f.Close, choices: c, beside: besidePath(path)})
}

func openFile(path string) (*os.File, int64, error) {
	name := map[string]string{"Name": filepath.Base(path)}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, 0, &Error{Kind: FileNotFound, Args: name, Err: err}
	case errors.Is(err, fs.ErrPermission):
		return nil, 0, &Error{Kind: FileDenied, Args: name, Err: err}
	case err != nil:
		return nil, 0, disk.Explained(err)
	case info.IsDir():
		return nil, 0, &Error{Kind: IsDirectory, Args: name}
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrPermission) {
		return nil, 0, &Error{Kind: FileDenied, Args: name, Err: err}
	}
	return f, info.Size(), disk.Explained(err)
}

func openStream(ctx context.Context, name string, stdin io.Reader, c Choices) (*Source, error) {
	f, err := os.CreateTemp("", "chasqui-*")
	if err != nil {
		return nil, disk.Explained(err)
	}
	end := func() error {
		err := f.Close()
		return errors.Join(err, os.Remove(f.Name()))
	}
	size, err := io.Copy(f, stdin)
	if err != nil {
		end()
		return nil, disk.Explained(err)
	}
	return openBook(ctx, &Source{Name: name, size: size, file: f, end: end, choices: c})
}

// openBook opens the book of a source whose file is open, and closes the file
// where that fails.
func openBook(ctx context.Context, s *Source) (*Source, error) {
	src := section{s.file, s.size}
	var err error
	s.Book, err = s.read(ctx, src, s.choices.Partial)
	if isLocked(err) {
		if err = s.unlock(err); err == nil {
			s.Book, err = s.read(ctx, section{s.file, s.size}, s.choices.Partial)
		}
	}
	if isDamaged(err) {
		err = s.openRest(ctx, src, err)
	}
	if err != nil {
		return nil, errors.Join(inFile(err, s.Name), s.beside.close(), s.end())
	}
	s.Book = s.dress(ctx, s.Book)
	return s, nil
}

// read opens the book that the bytes are.
func (s *Source) read(ctx context.Context, src section, partial bool) (table.Book, error) {
	r, err := choose(src, s.Name)
	if err != nil {
		return nil, err
	}
	return r.Open(ctx, src, table.Options{Name: s.Name, Partial: partial, Beside: s.beside.open})
}

// choose finds the reader by content.
func choose(src section, name string) (table.Reader, error) {
	if src.size == 0 {
		return nil, &table.Fault{Kind: table.EmptyFile}
	}
	for _, r := range readings {
		if r.sniff(src) {
			return r.reader, nil
		}
	}
	buf := make([]byte, 4096)
	n, err := src.ReadAt(buf, 0)
	if err != nil && err != io.EOF {
		return nil, disk.Explained(err)
	}
	head := string(buf[:n])
	if strings.HasPrefix(head, "PK\x03\x04") {
		format := archiveFormat(src, name)
		if format == "ZIP" && onlyData(src) != "" {
			return archived{}, nil
		}
		return nil, unreadable(format, name)
	}
	if format := recognise(src, head); format != "" {
		return nil, unreadable(format, name)
	}
	return lonelyText(head, name)
}

// lonelyText decides about text that holds no table of several columns: a text
// file may have one column, a workbook's name promised another thing.
func lonelyText(head, name string) (table.Reader, error) {
	ext := strings.ToLower(filepath.Ext(name))
	text := !strings.ContainsRune(head, 0) || strings.HasPrefix(head, "\xff\xfe") || strings.HasPrefix(head, "\xfe\xff")
	switch {
	case text && strings.TrimSpace(head) == "":
		return nil, &table.Fault{Kind: table.EmptyFile}
	case text && (textNames[ext] || name == StdinName):
		return delimited.Reader{}, nil
	case text && workbookNames[ext]:
		return nil, &table.Fault{Kind: table.NotWhatItSays, Args: map[string]string{"format": "TXT"}}
	}
	return nil, &table.Fault{Kind: table.UnknownFormat}
}

// inFile adds the file's name to a converter's fault.
func inFile(err error, name string) error {
	var fault *table.Fault
	if errors.As(err, &fault) && fault.Place.File == "" {
		placed := *fault
		placed.Place.File = name
		return &placed
	}
	return err
}

// Close ends the reading. The file was never changed.
func (s *Source) Close() error { return errors.Join(s.Book.Close(), s.beside.close(), s.end()) }

// SHA256 hashes the file's bytes, lower-case hex.
func (s *Source) SHA256(ctx context.Context) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, contextReader{ctx, s.Reader()}); err != nil {
		return "", disk.Explained(err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Reader reads the file's bytes from the beginning.
func (s *Source) Reader() io.Reader { return io.NewSectionReader(s.file, 0, s.size) }

// Sheets finds the tables of every sheet. Plain text under a workbook's name
// counts only if it holds a table of at least two columns and two records.
func (s *Source) Sheets(ctx context.Context) ([]table.SheetLayout, error) {
	return s.sheets(ctx, detect.Options{})
}

// sheets is Sheets with options of detection.
func (s *Source) sheets(ctx context.Context, opt detect.Options) ([]table.SheetLayout, error) {
	sheets, err := detect.Book(ctx, s.Book, opt)
	if err != nil {
		return nil, s.askPartial(ctx, err)
	}
	if len(sheets) > 0 {
		sheets[0].Notices = append(s.otherFormat(), sheets[0].Notices...)
	}
	if s.choices.drops() {
		for i := range sheets {
			for k := range sheets[i].Tables {
				sheets[i].Tables[k] = clean.Shown(sheets[i].Tables[k])
			}
		}
	}
	if workbookNames[strings.ToLower(filepath.Ext(s.Name))] && s.Book.Info().Dialect != nil && !holdsTable(sheets) {
		return nil, &table.Fault{Kind: table.NotWhatItSays, Place: table.Place{File: s.Name}, Args: map[string]string{"format": "TXT"}}
	}
	return sheets, nil
}

func holdsTable(sheets []table.SheetLayout) bool {
	for _, s := range sheets {
		for _, t := range s.Tables {
			if t.ColLast > t.ColFirst && t.DataLast > t.DataFirst {
				return true
			}
		}
	}
	return false
}

// Pick returns the sheet and the table that are meant: sheet "" is the first
// that holds a table, number 0 its first.
func Pick(sheets []table.SheetLayout, sheet string, number int) (int, table.Layout, error) {
	for i, s := range sheets {
		if sheet != "" && s.Name != sheet || sheet == "" && len(s.Tables) == 0 {
			continue
		}
		if n := max(number, 1); n <= len(s.Tables) {
			return i, s.Tables[n-1], nil
		}
		args := map[string]string{"table": itoa(max(number, 1)), "sheet": s.Name}
		return 0, table.Layout{}, &table.Fault{Kind: table.NoSuchTable, Args: args}
	}
	if sheet != "" {
		return 0, table.Layout{}, &table.Fault{Kind: table.NoSuchSheet, Args: map[string]string{"sheet": sheet, "allowed": sheetNames(sheets)}}
	}
	return 0, table.Layout{}, &table.Fault{Kind: table.NoTable}
}

func sheetNames(sheets []table.SheetLayout) string {
	names := make([]string, len(sheets))
	for i, s := range sheets {
		names[i] = s.Name
	}
	return strings.Join(names, ", ")
}

// contextReader ends a copy when the person stops it.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
