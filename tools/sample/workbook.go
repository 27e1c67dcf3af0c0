package main

import (
	"bytes"
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"
)

const (
	sheetMain   = "Ejecución"
	firstHeader = 5
	firstData   = 8
	lastColumn  = "L"
)

// budgetWorkbook is the messy workbook: a logo in merged cells, titles, a
// header of two rows with merges, a blank row, codes as text, codes by format,
// amounts as text and as numbers, dates as text (one that does not exist),
// subtotals, a grand total, notes; a second sheet and a hidden one.
func budgetWorkbook() ([]byte, error) {
	b := &book{f: excelize.NewFile()}
	defer b.f.Close()
	b.must(b.f.SetSheetName("Sheet1", sheetMain))
	b.must(b.f.SetDocProps(&excelize.DocProperties{
		Creator: "Oficina de Presupuesto", Title: "Ejecución presupuestal",
		Created: "2026-04-06T09:12:00Z", Modified: "2026-04-06T09:12:00Z",
	}))
	b.makeStyles()
	b.titles()
	b.header()
	row, totals := b.body()
	b.foot(row)
	b.summary(totals)
	b.parameters()
	if b.err != nil {
		return nil, b.err
	}
	var out bytes.Buffer
	if err := b.f.Write(&out); err != nil {
		return nil, err
	}
	return repack(out.Bytes())
}

// book writes cells and remembers the first error.
type book struct {
	f   *excelize.File
	err error

	title, head, money, code, percent, date, bold, small int
}

func (b *book) must(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *book) style(s *excelize.Style) int {
	id, err := b.f.NewStyle(s)
	b.must(err)
	return id
}

func (b *book) makeStyles() {
	zeros := "0000"
	borders := []excelize.Border{
		{Type: "left", Style: 1, Color: "808080"}, {Type: "right", Style: 1, Color: "808080"},
		{Type: "top", Style: 1, Color: "808080"}, {Type: "bottom", Style: 1, Color: "808080"},
	}
	centre := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	fill := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"D9E1F2"}}
	b.title = b.style(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 13}, Alignment: centre})
	b.head = b.style(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: centre, Fill: fill, Border: borders})
	b.money = b.style(&excelize.Style{NumFmt: 4})
	b.code = b.style(&excelize.Style{CustomNumFmt: &zeros})
	b.percent = b.style(&excelize.Style{NumFmt: 10})
	b.date = b.style(&excelize.Style{NumFmt: 14})
	b.bold = b.style(&excelize.Style{Font: &excelize.Font{Bold: true}, NumFmt: 4})
	b.small = b.style(&excelize.Style{Font: &excelize.Font{Italic: true, Size: 9}})
}

func (b *book) set(sheet, cell string, value any, style int) {
	b.must(b.f.SetCellValue(sheet, cell, value))
	if style != 0 {
		b.must(b.f.SetCellStyle(sheet, cell, cell, style))
	}
}

func (b *book) merge(sheet, from, to string, value any, style int) {
	b.set(sheet, from, value, 0)
	b.must(b.f.MergeCell(sheet, from, to))
	b.must(b.f.SetCellStyle(sheet, from, to, style))
}

func (b *book) titles() {
	b.must(b.f.MergeCell(sheetMain, "A1", "A3"))
	picture, err := emblem()
	b.must(err)
	b.must(b.f.AddPictureFromBytes(sheetMain, "A1", &excelize.Picture{
		Extension: ".png", File: picture, Format: &excelize.GraphicOptions{AltText: "Escudo municipal", OffsetX: 8, OffsetY: 4},
	}))
	b.merge(sheetMain, "B1", lastColumn+"1", "MUNICIPALIDAD DE SANTA ROSA DE LOS ANDES", b.title)
	b.merge(sheetMain, "B2", lastColumn+"2", "EJECUCIÓN PRESUPUESTAL DEL GASTO POR UNIDAD ORGÁNICA", b.title)
	b.merge(sheetMain, "B3", lastColumn+"3", "Al 31 de marzo de 2026 (en moneda nacional)", b.title)
}

func (b *book) header() {
	top, sub := firstHeader, firstHeader+1
	at := func(col string, row int) string { return fmt.Sprintf("%s%d", col, row) }
	for _, h := range []struct{ from, to, text string }{
		{"C", "C", "Meta"}, {"I", "I", "Avance %"}, {"J", "J", "Fecha de registro"},
		{"K", "K", "Observaciones"}, {"L", "L", "Correo del responsable"},
	} {
		b.merge(sheetMain, at(h.from, top), at(h.to, sub), h.text, b.head)
	}
	b.merge(sheetMain, at("A", top), at("B", top), "Clasificador", b.head)
	b.merge(sheetMain, at("D", top), at("F", top), "Presupuesto", b.head)
	b.merge(sheetMain, at("G", top), at("H", top), "Ejecución", b.head)
	for _, h := range [][2]string{
		{"A", "Código"}, {"B", "Descripción"}, {"D", "Inicial"}, {"E", "Modificado"},
		{"F", "Certificado"}, {"G", "Devengado"}, {"H", "Girado"},
	} {
		b.set(sheetMain, at(h[0], sub), h[1], b.head)
	}
	b.must(b.f.SetColWidth(sheetMain, "A", "A", 12))
	b.must(b.f.SetColWidth(sheetMain, "B", "B", 40))
	b.must(b.f.SetColWidth(sheetMain, "D", "K", 15))
	b.must(b.f.SetColWidth(sheetMain, "L", "L", 38))
}

// sums are a unit's amounts, in the order of the columns D to H.
type sums [5]int64

func (s *sums) add(o sums) {
	for i := range s {
		s[i] += o[i]
	}
}

// body writes the units' lines and totals, and returns the first free row.
func (b *book) body() (int, []sums) {
	row := firstData
	var grand sums
	var totals []sums
	for u := range units {
		var unit sums
		for i, l := range lines(u) {
			b.line(row, 12*u+i, l)
			unit.add(sums{l.initial, l.final, l.cert, l.spent, l.paid})
			row++
		}
		b.total(row, "Subtotal "+units[u].name, unit)
		totals = append(totals, unit)
		grand.add(unit)
		row++
		if u == 2 {
			row++ // somebody left a blank row here
		}
	}
	b.total(row, "TOTAL GENERAL", grand)
	return row + 1, totals
}

// line writes one line; n counts lines over the whole sheet and decides which
// cells are typed as text and which are numbers.
func (b *book) line(row, n int, l line) {
	at := func(col string) string { return fmt.Sprintf("%s%d", col, row) }
	b.set(sheetMain, at("A"), l.code, 0)
	b.set(sheetMain, at("B"), l.item, 0)
	b.set(sheetMain, at("C"), l.goal, b.code)
	for i, col := range []string{"D", "E", "F", "G", "H"} {
		hundredths := [...]int64{l.initial, l.final, l.cert, l.spent, l.paid}[i]
		if (n+i)%4 == 3 {
			b.set(sheetMain, at(col), float64(hundredths)/100, b.money)
		} else {
			b.set(sheetMain, at(col), comma(hundredths), 0)
		}
	}
	basis := l.spent * 10000 / l.final
	if n%6 == 5 {
		b.set(sheetMain, at("I"), fmt.Sprintf("%d,%02d %%", basis/100, basis%100), 0)
	} else {
		b.set(sheetMain, at("I"), float64(basis)/10000, b.percent)
	}
	b.when(at("J"), n, l)
	switch n % 9 {
	case 4:
		b.set(sheetMain, at("K"), "Pendiente de conformidad", 0)
	case 7:
		b.set(sheetMain, at("K"), "-", 0)
	}
	if n != 17 {
		b.set(sheetMain, at("L"), l.mail, 0)
	}
}

// when writes the date: as text day first, now and then a real date, once one
// that no calendar has, once nothing but "s/f".
func (b *book) when(cell string, n int, l line) {
	switch {
	case n == 23:
		b.set(sheetMain, cell, "31/02/2026", 0)
	case n == 41:
		b.set(sheetMain, cell, "s/f", 0)
	case n%10 == 8:
		b.set(sheetMain, cell, time.Date(2026, time.Month(l.month), l.day, 0, 0, 0, 0, time.UTC), b.date)
	default:
		b.set(sheetMain, cell, fmt.Sprintf("%02d/%02d/2026", l.day, l.month), 0)
	}
}

func (b *book) total(row int, label string, s sums) {
	b.set(sheetMain, fmt.Sprintf("B%d", row), label, b.bold)
	for i, col := range []string{"D", "E", "F", "G", "H"} {
		b.set(sheetMain, fmt.Sprintf("%s%d", col, row), float64(s[i])/100, b.bold)
	}
}

func (b *book) foot(row int) {
	b.set(sheetMain, fmt.Sprintf("A%d", row+1), "Nota: los montos incluyen las modificaciones aprobadas hasta la fecha de corte.", b.small)
	b.set(sheetMain, fmt.Sprintf("A%d", row+2), "(1) El avance es el devengado sobre el presupuesto modificado.", b.small)
	b.set(sheetMain, fmt.Sprintf("A%d", row+3), "Fuente: sistema de administración financiera. Elaboración: Oficina de Presupuesto.", b.small)
}
