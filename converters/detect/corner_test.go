package detect

// cornerSheets are headers that leave their corner blank, that reach down beside
// merged cells or that are printed again, and ends that say a total otherwise.
func cornerSheets() []sheetCase {
	return []sheetCase{
		{"a mean behind a blank row", draw("\nComuna|Avisos|Precio\nNorte|=192|=594\nSur|=266|=461\nEste|=65|=622\n\nMoyenne nationale||=569"), "h1-1 d2-4 c1-3 t[6]"},
		{"a mean right below its group is data", draw("\nComuna|Avisos|Precio\nNorte|=192|=594\nSur|=266|=461\nPromedio|=229|=528"), "h1-1 d2-4 c1-3"},
		{"figures of the total said again below it", draw("\nMes|H|M|Suma|Parte\nEnero|=15|=13|=28|=0.5\nFebrero|=12|=6|=18|=0.6\nMarzo|=10|=11|=21|=0.4\nTotal|=37|=30|=67|=0.5\nReportados =|||=67\nHombres =|=37"), "h1-1 d2-4 c1-5 t[5]"},
		{"a total behind the name of the country", draw("\nRegión|Estado|Área|Personas\nNorte|AC|=10|=100\n|AM|=20|=210\n|Subtotal|=30|=310\nSul|PR|=5|=60\n|SC|=6|=75\n|Subtotal|=11|=135\nBrasil|Total|=41|=445"), "h1-1 d2-7 c1-4 t[8]"},
	}
}
