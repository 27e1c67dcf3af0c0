package app

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"os"
	"path"
	"strings"

	"chasqui/app/disk"
	"chasqui/converters/table"
	"chasqui/converters/zipped"
)

// inMemory is the size in bytes up to which the file inside a zip is kept in
// memory; a larger one goes to a temporary file.
const inMemory = 16 << 20

// dataNames are the endings of files in a zip that may hold tables.
var dataNames = map[string]bool{
	".xlsx": true, ".xlsm": true, ".xls": true, ".xlsb": true, ".ods": true, ".fods": true, ".csv": true, ".tsv": true,
	".tab": true, ".dbf": true, ".json": true, ".ndjson": true, ".jsonl": true, ".geojson": true, ".xml": true, ".html": true, ".htm": true,
}

// archived reads a zip that holds one file with data, by the reader of that
// file; papers beside it (a PDF, a text to read first) do not count. Its
// content decides the format, as everywhere.
type archived struct{}

// onlyData returns the name of the one file with data in a zip, "" when there is
// none or more than one.
func onlyData(src table.Source) string {
	z, err := zip.NewReader(src, src.Size())
	if err != nil {
		return ""
	}
	data, texts := "", ""
	for _, f := range z.File {
		name := strings.ReplaceAll(f.Name, "\\", "/")
		base := path.Base(name)
		if strings.HasSuffix(name, "/") || strings.HasPrefix(base, ".") || strings.HasPrefix(name, "__MACOSX/") {
			continue
		}
		switch ext := strings.ToLower(path.Ext(base)); {
		case dataNames[ext] && data != "":
			return ""
		case dataNames[ext]:
			data = f.Name
		case ext == ".txt" && texts != "":
			texts = "/" // several: none is the one
		case ext == ".txt":
			texts = f.Name
		}
	}
	if data == "" && texts != "/" {
		return texts
	}
	return data
}

// Open inflates the file and opens it. Faults: those of the file's own reader,
// and Hostile for one that inflates beyond all proportion.
func (archived) Open(ctx context.Context, src table.Source, opt table.Options) (table.Book, error) {
	name := onlyData(src)
	inner, size, end, err := inflate(ctx, src, name)
	if err != nil {
		return nil, err
	}
	base := path.Base(strings.ReplaceAll(name, "\\", "/"))
	r, err := choose(section{inner, size}, base)
	if _, again := r.(archived); again && err == nil {
		err = &table.Fault{Kind: table.Unsupported, Args: map[string]string{"format": "ZIP"}}
	}
	if err == nil {
		opt.Name = base
		beside := besideInZip(ctx, src, name)
		opt.Beside = beside.open
		free := end
		end = func() error { return errors.Join(beside.close(), free()) }
		var b table.Book
		if b, err = r.Open(ctx, section{inner, size}, opt); err == nil {
			return archivedBook{b, end}, nil
		}
	}
	return nil, errors.Join(err, end())
}

// archivedBook is a book from a zip; closing it removes what was inflated.
type archivedBook struct {
	table.Book
	end func() error
}

// Close frees the book.
func (b archivedBook) Close() error { return errors.Join(b.Book.Close(), b.end()) }

// inflate returns the bytes of a file in a zip, and what frees them.
func inflate(ctx context.Context, src table.Source, name string) (io.ReaderAt, int64, func() error, error) {
	a, fault := zipped.Open(src)
	if fault != nil {
		return nil, 0, nil, fault
	}
	part, fault := a.Part(name)
	if fault != nil {
		return nil, 0, nil, fault
	}
	defer part.Close()
	from := &partReader{ctx: ctx, r: part}
	head, err := io.ReadAll(io.LimitReader(from, inMemory+1))
	if err == nil && len(head) <= inMemory {
		whole := string(head)
		return strings.NewReader(whole), int64(len(whole)), func() error { return nil }, nil
	}
	f, made := os.CreateTemp("", "chasqui-*")
	if made != nil {
		return nil, 0, nil, disk.Explained(made)
	}
	end := func() error { return errors.Join(f.Close(), os.Remove(f.Name())) }
	if err == nil {
		_, err = f.Write(head)
	}
	size := int64(len(head))
	if err == nil {
		var more int64
		more, err = io.Copy(f, from)
		size += more
	}
	switch {
	case from.failed != nil && !errors.Is(from.failed, ctx.Err()):
		err = zipped.FaultOf(from.failed)
	case err != nil && ctx.Err() == nil:
		err = disk.Explained(err)
	}
	if err != nil {
		return nil, 0, nil, errors.Join(err, end())
	}
	return f, size, end, nil
}

// partReader ends a copy when the person stops it, and tells errors of the zip
// from those of the disk.
type partReader struct {
	ctx    context.Context
	r      io.Reader
	failed error
}

// Read reads on; see io.Reader.
func (p *partReader) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := p.r.Read(b)
	if err != nil && err != io.EOF {
		p.failed = err
	}
	return n, err
}
