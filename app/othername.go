package app

import (
	"path/filepath"
	"slices"
	"strings"

	"chasqui/converters/table"
)

// NoticeOtherFormat says that a file is of another format than its name promises,
// and was read as what it is. Args: format, extension.
const NoticeOtherFormat = "other_format"

// usualEndings are the endings that a file of each format may have without
// surprising anyone.
var usualEndings = map[string][]string{
	"xlsx": {".xlsx", ".xlsm", ".xltx", ".xltm"}, "xls": {".xls", ".xlt"}, "xlsb": {".xlsb"}, "ods": {".ods", ".ots"}, "fods": {".fods", ".xml"},
	"xml": {".xml"}, "html": {".html", ".htm"}, "csv": textEndings, "tsv": textEndings, "txt": textEndings,
	"json": {".json"}, "ndjson": {".ndjson", ".jsonl", ".json"}, "geojson": {".geojson", ".json"}, "dbf": {".dbf"},
}

var textEndings = []string{".csv", ".tsv", ".tab", ".txt", ".prn", ".asc", ".dat", ".lst"}

// otherFormat is what there is to say of the file's name, nothing for most. A
// name without an ending promises nothing, and a zip may hold any format.
func (s *Source) otherFormat() []table.Notice {
	format, ending := s.Book.Info().Format, strings.ToLower(filepath.Ext(s.Name))
	usual, known := usualEndings[format]
	if !known || ending == "" || ending == ".zip" || slices.Contains(usual, ending) {
		return nil
	}
	return []table.Notice{{
		Code: NoticeOtherFormat, Place: table.Place{File: s.Name}, Count: 1,
		Args: map[string]string{"format": strings.ToUpper(format), "extension": ending},
	}}
}
