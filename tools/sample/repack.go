package main

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"slices"
)

var defaultType = regexp.MustCompile(`<Default [^>]*></Default>`)

// repack writes the workbook's parts again with the default content types
// sorted: excelize takes them from a map, in another order every time, and
// the sample would change without a reason.
func repack(workbook []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	out := zip.NewWriter(&buf)
	for _, part := range in.File {
		src, err := part.Open()
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(src)
		if err != nil {
			return nil, err
		}
		if part.Name == "[Content_Types].xml" {
			data = sortDefaults(data)
		}
		dst, err := out.Create(part.Name)
		if err != nil {
			return nil, err
		}
		if _, err := dst.Write(data); err != nil {
			return nil, err
		}
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func sortDefaults(types []byte) []byte {
	sorted := defaultType.FindAll(types, -1)
	slices.SortFunc(sorted, bytes.Compare)
	next := 0
	return defaultType.ReplaceAllFunc(types, func([]byte) []byte {
		next++
		return sorted[next-1]
	})
}
