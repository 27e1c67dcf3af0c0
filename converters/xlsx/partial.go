package xlsx

import (
	"strconv"
	"sync"

	"chasqui/converters/table"
)

// usualSheets lists the sheets of a workbook whose own list, or the targets of
// it, are lost: many programs write those last. The parts are taken where they
// usually are, and the sheets are called as their parts.
func (b *book) usualSheets() *table.Fault {
	if s := b.scan("xl/styles.xml"); s != nil {
		b.formats = readStyles(s)
	}
	b.strings = sync.OnceValues(func() (*table.Texts, *table.Fault) { return b.loadStrings("xl/sharedStrings.xml") })
	for n := 1; n <= maxSheets; n++ {
		name := "sheet" + strconv.Itoa(n)
		part := "xl/worksheets/" + name + ".xml"
		if !b.archive.Has(part) {
			break
		}
		b.sheets = append(b.sheets, &sheet{SheetFacts: table.SheetFacts{File: b.file, Title: name}, book: b, part: part})
	}
	if len(b.sheets) == 0 {
		return &table.Fault{Kind: table.Damaged}
	}
	return nil
}
