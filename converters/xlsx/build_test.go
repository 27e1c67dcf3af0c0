package xlsx

import (
	"strings"
	"testing"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

// parts are the files of a workbook made for a test.
type parts map[string]string

const (
	workbookHead = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`
	typePrefix   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// oneSheet makes a workbook of one sheet from the inside of its worksheet.
func oneSheet(inside string) parts {
	return parts{
		"xl/workbook.xml": workbookHead + `<sheets><sheet name="Hoja 1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="` + typePrefix + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + typePrefix + `styles" Target="styles.xml"/>` +
			`<Relationship Id="rId3" Type="` + typePrefix + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": `<worksheet>` + inside + `</worksheet>`,
	}
}

// styled adds cell formats: each is a number format code, and the cell's s
// attribute its place in the list.
func (p parts) styled(codes ...string) parts {
	var formats, cells strings.Builder
	for i, code := range codes {
		id := string(rune('0' + i))
		formats.WriteString(`<numFmt numFmtId="20` + id + `" formatCode="` + code + `"/>`)
		cells.WriteString(`<xf numFmtId="20` + id + `"/>`)
	}
	p["xl/styles.xml"] = `<styleSheet><numFmts>` + formats.String() + `</numFmts><cellXfs>` + cells.String() + `</cellXfs></styleSheet>`
	return p
}

// zip packs the parts.
func (p parts) zip(t testing.TB) []byte { return tabletest.Zip(t, p) }

// render reads the workbook as text.
func render(content []byte) (string, error) {
	return tabletest.Text(Reader{}, content, table.Options{Name: "x.xlsx"})
}
