package app

import (
	"context"
	"io"
	"strconv"

	"chasqui/converters/detect"
	"chasqui/converters/table"
)

// Inspection is what is in a file: `inspect --json` prints it as it is.
type Inspection struct {
	File   FileInfo            `json:"file"`
	Sheets []table.SheetLayout `json:"sheets"`
}

// FileInfo describes a file as a whole. SHA256 is nil above HashLimit unless
// it was asked for; Encoding and Dialect are nil for formats that have none.
type FileInfo struct {
	Name     string         `json:"name"`
	Bytes    int64          `json:"bytes"`
	SHA256   *string        `json:"sha256"`
	Format   string         `json:"format"`
	Encoding *string        `json:"encoding"`
	BOM      bool           `json:"bom"`
	Dialect  *table.Dialect `json:"dialect"`
}

// InspectRequest is a file to look at. Sheet narrows the answer to one sheet.
type InspectRequest struct {
	Path  string
	Stdin io.Reader
	Sheet string
	Hash  bool // hash above HashLimit too
	Choices
}

// Inspect says what is in a file, without a data folder and without changing
// anything. A file without a table is no error: its sheets have no tables.
func Inspect(ctx context.Context, req InspectRequest) (Inspection, error) {
	src, err := openSource(ctx, req.Path, "", req.Stdin, req.Choices)
	if err != nil {
		return Inspection{}, err
	}
	defer src.Close()
	result := Inspection{File: src.info()}
	if src.size <= HashLimit || req.Hash {
		sum, err := src.SHA256(ctx)
		if err != nil {
			return Inspection{}, err
		}
		result.File.SHA256 = &sum
	}
	if result.Sheets, err = src.sheets(ctx, detect.Options{Sample: true}); err != nil {
		return Inspection{}, err
	}
	if req.Sheet != "" {
		return result, result.narrow(req.Sheet)
	}
	return result, nil
}

func (i *Inspection) narrow(sheet string) error {
	for _, s := range i.Sheets {
		if s.Name == sheet {
			i.Sheets = []table.SheetLayout{s}
			return nil
		}
	}
	_, _, err := Pick(i.Sheets, sheet, 0)
	return err
}

func (s *Source) info() FileInfo {
	known := s.Book.Info()
	info := FileInfo{Name: s.Name, Bytes: s.size, Format: known.Format, BOM: known.BOM, Dialect: known.Dialect}
	if known.Encoding != "" {
		info.Encoding = &known.Encoding
	}
	return info
}

func itoa(n int) string { return strconv.Itoa(n) }
