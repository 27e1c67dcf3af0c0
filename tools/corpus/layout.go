package main

import (
	"encoding/csv"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// perFile is how many labelled columns a file has beside its labels.
const perFile = 8

// style is how an office dresses a file.
type style struct {
	delimiter rune
	name      string // of the delimiter in the manifest
	encoding  string
	crlf      bool
	titles    int // title rows, then a blank one
	source    bool
}

// styles are worn in turn.
var styles = [...]style{
	{';', "semicolon", "windows-1252", true, 0, false},
	{',', "comma", "utf-8", false, 0, false},
	{';', "semicolon", "utf-8-bom", true, 2, true},
	{'\t', "tab", "utf-8", false, 0, true},
	{',', "comma", "windows-1252", true, 1, false},
	{'|', "pipe", "utf-8", true, 0, false},
}

// manifestHead is the first line of the manifest, the columns of the corpus
// that is kept beside the clone.
const manifestHead = "id\tfile\trepo\tcommit\tpath\tsha256\tformat\tsize\tcountry\tlanguage\tsheet\tsheet_index\ttable\tencoding\tdelimiter\theader_rows\tdata_first_row\tdata_last_row\tcolumns\ttypes\ttraps\tlicence\n"

// entry is one row of the manifest.
type entry struct {
	file, language, sheet, encoding, delimiter string
	header, first, last, columns               int
	types                                      []string
}

// line writes the entry's row of the manifest. The files are made, so they come
// from no repository; sha256 and size say nothing that the generator does not.
func (e entry) line() string {
	id := strings.TrimSuffix(e.file, filepath.Ext(e.file))
	index := ""
	if e.sheet != "" {
		index = "1"
	}
	return strings.Join([]string{
		id, e.file, "", "", "", "", strings.TrimPrefix(filepath.Ext(e.file), "."), "", "", e.language, e.sheet, index, "1", e.encoding, e.delimiter,
		fmt.Sprintf("%d-%d", e.header, e.header), fmt.Sprint(e.first), fmt.Sprint(e.last), fmt.Sprintf("1-%d", e.columns),
		strings.Join(e.types, ";"), "made", "CC0-1.0",
	}, "\t") + "\n"
}

// writeTables deals the columns out to files, those of one locale together, and
// writes the manifest.
func writeTables(root string) error {
	manifest, n := manifestHead, 0
	for _, by := range [...]locale{comma, point, brazil, france, english} {
		var mine []column
		for _, c := range columns() {
			if c.by == by {
				mine = append(mine, c)
			}
		}
		files := (len(mine) + perFile - 1) / perFile
		for f := range files {
			var dealt []column
			for i := f; i < len(mine); i += files {
				dealt = append(dealt, mine[i])
			}
			n++
			e, err := writeTable(root, n, by, styles[n%len(styles)], dealt)
			if err != nil {
				return err
			}
			manifest += e.line()
		}
	}
	for _, e := range workbooks() {
		if err := writeWorkbook(filepath.Join(root, "files", e.file), e.columns); err != nil {
			return err
		}
		manifest += e.entry().line()
	}
	return os.WriteFile(filepath.Join(root, "MANIFEST.tsv"), []byte(manifest), 0o644)
}

// writeTable writes one text file.
func writeTable(root string, n int, by locale, s style, dealt []column) (entry, error) {
	labels := column{by, "Distrito", "string", each("Ayabaca", "Catacaos", "La Arena", "Ñuñoa", "São José", "Saint-Denis", "Chulucanas", "Paita")}
	dealt = append([]column{labels}, dealt...)
	e := entry{file: fmt.Sprintf("t%02d.csv", n), language: string(by[:2]), encoding: s.encoding, delimiter: s.name, columns: len(dealt)}
	var text strings.Builder
	w := csv.NewWriter(&text)
	w.Comma, w.UseCRLF = s.delimiter, s.crlf
	row := 0
	write := func(cells ...string) {
		w.Write(cells)
		row++
	}
	for i := range s.titles {
		write([]string{"MUNICIPALIDAD DE PRUEBA", "Registro anual"}[i])
	}
	if s.titles > 0 {
		write("")
	}
	cells := make([]string, len(dealt))
	for k, c := range dealt {
		cells[k] = c.title
		e.types = append(e.types, c.types)
	}
	write(cells...)
	e.header, e.first, e.last = row, row+1, row+records
	draws := make([]*rand.Rand, len(dealt))
	for k, c := range dealt {
		draws[k] = drawer(string(c.by) + c.title)
	}
	for i := range records {
		for k, c := range dealt {
			cells[k] = c.cell(draws[k], i)
		}
		write(cells...)
	}
	if s.source {
		write("")
		write("Fuente: registros municipales")
	}
	w.Flush()
	raw := []byte(text.String())
	switch s.encoding {
	case "utf-8-bom":
		e.encoding, raw = "utf-8", append([]byte("\xef\xbb\xbf"), raw...)
	case "windows-1252":
		var err error
		// The narrow no-break space of French has no place in the page.
		if raw, err = charmap.Windows1252.NewEncoder().Bytes([]byte(strings.ReplaceAll(text.String(), "\u202f", "\u00a0"))); err != nil {
			return e, err
		}
	}
	return e, os.WriteFile(filepath.Join(root, "files", e.file), raw, 0o644)
}

// drawer is a column's own chance, so that a new column changes no other.
func drawer(name string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(name))
	return rand.New(rand.NewPCG(h.Sum64(), 5))
}
