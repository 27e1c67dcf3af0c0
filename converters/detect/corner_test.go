package detect

// cornerSheets are headers that leave their corner blank, that reach down beside
// merged cells or that are printed again, and ends that say a total otherwise.
func cornerSheets() []sheetCase {
	return []sheetCase{
		{"a page with fewer years below", draw("\nPoblación\nEdad|=2010|||=2011||\n|Ambos|H|M|Ambos|H|M\n0-4|=35|=18|=17|=36|=18|=18\n5-9|=37|=19|=18|=38|=19|=19\n10-14|=33|=17|=16|=34|=17|=17\n\nEdad|=2012||\n|Ambos|H|M\n0-4|=37|=19|=18\n5-9|=39|=20|=19\n10-14|=35|=18|=17"), "h2-3 d4-6 c1-7; h8-9 d10-12 c1-4"},
		{"a header of three rows again for departments", draw("\nIncidencia\nPor ciento|=2023||||=2024|||\nRegión|Total||Urbana||Total||Urbana|\n|Media|Error|Media|Error|Media|Error|Media|Error\nCaribe|=20.1|=0.5|=14.0|=0.6|=18.5|=0.4|=11.9|=0.7\nOriental|=12.1|=0.3|=8.4|=0.4|=11.1|=0.2|=7.1|=0.4\nCentral|=10.1|=0.2|=7.0|=0.3|=9.2|=0.2|=6.0|=0.3\n\nIncidencia\n\nPor ciento|=2023||||=2024|||\nDepartamento|Total||Urbana||Total||Urbana|\n|Media|Error|Media|Error|Media|Error|Media|Error\nAntioquia|=8.0|=0.2|=5.6|=0.2|=7.4|=0.2|=4.8|=0.3\nBolívar|=22.1|=0.6|=15.4|=0.7|=20.4|=0.4|=13.1|=0.8\nCaldas|=6.0|=0.1|=4.2|=0.2|=5.5|=0.1|=3.6|=0.2"), "h2-4 d5-7 c1-9; h11-13 d14-16 c1-9"},
		{"the same names again under another title", draw("\nPortal\nAño|Código|Rubro|Monto\n=2021|13.1|Luz|=10\n=2022|13.2|Agua|=20\n=2023|13.3|Gas|=35\n\nDiferencia\n\nAño|Código|Rubro|Monto\n=2021|13.1||sí\n=2022|13.2||sí\n=2023|13.3||sí"), "h2-2 d3-5 c1-4; h9-9 d10-12 c1-4"},
		{"a mean behind a blank row", draw("\nComuna|Avisos|Precio\nNorte|=192|=594\nSur|=266|=461\nEste|=65|=622\n\nMoyenne nationale||=569"), "h1-1 d2-4 c1-3 t[6]"},
		{"a mean right below its group is data", draw("\nComuna|Avisos|Precio\nNorte|=192|=594\nSur|=266|=461\nPromedio|=229|=528"), "h1-1 d2-4 c1-3"},
		{"figures of the total said again below it", draw("\nMes|H|M|Suma|Parte\nEnero|=15|=13|=28|=0.5\nFebrero|=12|=6|=18|=0.6\nMarzo|=10|=11|=21|=0.4\nTotal|=37|=30|=67|=0.5\nReportados =|||=67\nHombres =|=37"), "h1-1 d2-4 c1-5 t[5]"},
		{"a total behind the name of the country", draw("\nRegión|Estado|Área|Personas\nNorte|AC|=10|=100\n|AM|=20|=210\n|Subtotal|=30|=310\nSul|PR|=5|=60\n|SC|=6|=75\n|Subtotal|=11|=135\nBrasil|Total|=41|=445"), "h1-1 d2-7 c1-4 t[8]"},
	}
}
