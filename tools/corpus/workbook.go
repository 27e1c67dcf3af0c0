package main

import (
	"archive/zip"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
)

// The cell formats of the workbooks, places in cellXfs of styleSheet.
const (
	general = iota
	shortDate
	dateTime
	clock
	percent
	money
)

// styleSheet names the formats by the numbers of ECMA-376 part 1, 18.8.30.
const styleSheet = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/><xf numFmtId="21" applyNumberFormat="1"/><xf numFmtId="10" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>`

// stored is a column of a workbook that holds its values as the program
// stores them; kind is the cell's t attribute.
type stored struct {
	title, types, kind string
	format             int
	value              cell
}

// workbook is a file of such columns.
type workbook struct {
	file    string
	columns []stored
}

func (w workbook) entry() entry {
	e := entry{file: w.file, language: "es", sheet: "Hoja1", header: 1, first: 2, last: records + 1, columns: len(w.columns)}
	for _, c := range w.columns {
		e.types = append(e.types, c.types)
	}
	return e
}

// workbooks hold what text files can't: numbers, days and booleans as such.
func workbooks() []workbook {
	serial := func(fraction bool) cell {
		return func(r *rand.Rand, _ int) string {
			day := 43000 + r.IntN(2500)
			if fraction {
				return fmt.Sprintf("%d.%04d", day, 1+r.IntN(9998))
			}
			return fmt.Sprint(day)
		}
	}
	names := stored{"Localidad", "string", "str", general, each("Anta", "Calca", "Pisac", "Urubamba", "Maras")}
	return []workbook{
		{"w01.xlsx", []stored{
			names,
			{"Fecha de entrega", "date", "n", shortDate, serial(false)},
			{"Atendido", "datetime", "n", dateTime, serial(true)},
			{"Hora", "time", "n", clock, printed("0.%04d", 100, 9999)},
			{"Cumplido", "boolean", "b", general, each("1", "0", "1", "1")},
			{"Avance", "number", "n", percent, printed("0.%04d", 100, 9999)},
			{"Costo", "number", "n", money, decimal(90_000, 2, "", ".", "", "")},
			{"Familias", "integer", "n", general, whole(700, "", "", "")},
		}},
		{"w02.xlsx", []stored{
			names,
			{"Código", "string", "str", general, printed("08%04d", 101, 9999)},
			{"Año", "year", "n", general, printed("%d", 2015, 2024)},
			{"Hectáreas", "number", "n", general, decimal(300, 3, "", ".", "", "")},
			{"Alumnos", "integer", "str", general, whole(700, "", "", "")},
			{"Fecha", "date", "str", general, at("02/01/2006")},
			{"Mes", "yearmonth", "str", general, named(spanish, "# 2006")},
			{"Coordenadas", "geopoint", "str", general, pair(-13.5, -71.9, 6, "LAT, LON")},
			{"Titular", "boolean", "str", general, each("SI", "NO", "NO")},
		}},
	}
}

// writeWorkbook writes the columns into the one sheet of an xlsx file. Its parts
// are written by hand, so that the bytes depend on nothing but this file.
func writeWorkbook(path string, columns []stored) error {
	var sheet strings.Builder
	sheet.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">`)
	for k, c := range columns {
		fmt.Fprintf(&sheet, `<c r="%c1" t="str"><v>%s</v></c>`, 'A'+k, c.title)
	}
	sheet.WriteString(`</row>`)
	draws := make([]*rand.Rand, len(columns))
	for k, c := range columns {
		draws[k] = drawer(path[len(path)-8:] + c.title)
	}
	for i := range records {
		fmt.Fprintf(&sheet, `<row r="%d">`, i+2)
		for k, c := range columns {
			fmt.Fprintf(&sheet, `<c r="%c%d" t="%s" s="%d"><v>%s</v></c>`, 'A'+k, i+2, c.kind, c.format, c.value(draws[k], i))
		}
		sheet.WriteString(`</row>`)
	}
	sheet.WriteString(`</sheetData></worksheet>`)
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for _, part := range [...][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Hoja1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", styleSheet},
		{"xl/worksheets/sheet1.xml", sheet.String()},
	} {
		w, err := z.Create(part[0])
		if err != nil {
			return err
		}
		if _, err := w.Write([]byte(part[1])); err != nil {
			return err
		}
	}
	return z.Close()
}
