package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// summary is the second sheet: one line a unit.
func (b *book) summary(totals []sums) {
	const sheet = "Resumen"
	_, err := b.f.NewSheet(sheet)
	b.must(err)
	b.merge(sheet, "A1", "C1", "RESUMEN POR UNIDAD ORGÁNICA", b.title)
	for i, text := range []string{"Unidad orgánica", "Presupuesto modificado", "Devengado"} {
		b.set(sheet, fmt.Sprintf("%c3", 'A'+i), text, b.head)
	}
	for i, s := range totals {
		b.set(sheet, fmt.Sprintf("A%d", 4+i), units[i].name, 0)
		b.set(sheet, fmt.Sprintf("B%d", 4+i), float64(s[1])/100, b.money)
		b.set(sheet, fmt.Sprintf("C%d", 4+i), float64(s[3])/100, b.money)
	}
	b.must(b.f.SetColWidth(sheet, "A", "A", 36))
	b.must(b.f.SetColWidth(sheet, "B", "C", 24))
}

// parameters is the hidden sheet that such workbooks drag along.
func (b *book) parameters() {
	const sheet = "Parámetros"
	_, err := b.f.NewSheet(sheet)
	b.must(err)
	for i, pair := range [][2]any{{"Parámetro", "Valor"}, {"ejercicio", 2026}, {"mes_corte", 3}, {"version", "2.1"}} {
		b.set(sheet, fmt.Sprintf("A%d", 1+i), pair[0], 0)
		b.set(sheet, fmt.Sprintf("B%d", 1+i), pair[1], 0)
	}
	b.must(b.f.SetSheetVisible(sheet, false))
}

// emblem draws the municipality's arms: a peak under the sun.
func emblem() ([]byte, error) {
	const size = 52
	img := image.NewRGBA(image.Rect(0, 0, size, size))
	sky, sun := color.RGBA{0xCF, 0xE8, 0xF5, 0xFF}, color.RGBA{0xF2, 0xB1, 0x34, 0xFF}
	rock, snow := color.RGBA{0x5B, 0x4A, 0x3F, 0xFF}, color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}
	for y := range size {
		for x := range size {
			c := sky
			if dx, dy := x-38, y-13; dx*dx+dy*dy < 49 {
				c = sun
			}
			if fromPeak := x - 22; y > 14 && fromPeak < y-14 && -fromPeak < y-14 {
				c = rock
				if y < 24 {
					c = snow
				}
			}
			img.Set(x, y, c)
		}
	}
	var out bytes.Buffer
	err := png.Encode(&out, img)
	return out.Bytes(), err
}

// worksFile is the small delimited file: windows-1252, semicolons, decimal
// commas, CR LF, as older office programs write it.
func worksFile() ([]byte, error) {
	rows := []string{
		"Código;Obra;Sector;Monto contratado;Avance físico;Fecha de inicio",
		"0001;Mejoramiento del camino a Ñuñoa Alta;Transporte;1.250.480,50;45,3 %;12/01/2026",
		"0002;Puente peatonal Río Chico;Transporte;384.200,00;80 %;03/11/2025",
		"0003;Ampliación de la red de agua, sector Peñas;Saneamiento;912.750,75;12,5 %;16/02/2026",
		"0004;Refacción de la biblioteca José M. Arguedas;Educación;96.300,00;100 %;20/08/2025",
		"0005;Pavimentación de la calle Unión;Vialidad;540.000,00;61 %;05/12/2025",
		"0006;Cerco del cementerio;Servicios;48.900,90;0 %;",
		"0007;Centro de acopio de leche;Producción;215.640,00;33,3 %;02/03/2026",
		"0008;Iluminación de la plaza mayor;Servicios;72.150,00;95 %;10/10/2025",
	}
	text := strings.Join(rows, "\r\n") + "\r\n"
	return charmap.Windows1252.NewEncoder().Bytes([]byte(text))
}
