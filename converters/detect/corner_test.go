package detect

import "chasqui/converters/table"

// cornerSheets are headers that leave their corner blank, that reach down beside
// merged cells or that are printed again, and ends that say a total otherwise.
func cornerSheets() []sheetCase {
	down := func(first, last, col int) table.Range {
		return table.Range{RowFirst: first, RowLast: last, ColFirst: col, ColLast: col}
	}
	return []sheetCase{
		{"one name beside a blank corner over years", draw("\n|Gini\n=1991|=0.49\n=1992|=0.48\n=1993|=0.51"), "h1-1 d2-4 c1-2"},
		{"a blank row and times without values under a blank corner", draw("\nSeries\n|Desde 1985|Hasta 2004\n\n@1974-09-01||\n@1980-09-01|=13.1|=11.2\n@1981-09-01|=28.2|=24.1\n@1982-09-01|=84.6|=72.5"), "h2-2 d4-7 c1-3"},
		{"groups of all figures over a blank corner", draw("\nHipotecas\nUnidades: miles\n|Viviendas\n|Importe\n|Nacional|Norte|Sur\n2021M06|=531|=98|=15\n2021M05|=470|=77|=12\n2021M04|=445|=71|=77"), "h3-5 d6-8 c1-4"},
		{"names of labels below those of figures", draw("\nVivienda\n||A|B|C\nClase|Zona|||\nSD|SE|=26|=48|=11\nSD|NW|=21|=71|=67\nUA|YH|=10|=24|=25"), "h2-3 d4-6 c1-5"},
		{"sections in two columns without a name", draw("\n||Código|Lugar\nDepto. Norte|Provincia A||\n|Provincia A|=101|Lima\n|Provincia A|=102|Cusco\n|Provincia A|=103|Puno\nDepto. Sur|Provincia B||\n|Provincia B|=201|Ica\n|Provincia B|=202|Tacna"), "h1-1 d2-8 c1-4"},
		{"the name of the rows under the years", draw("\nPeriodo|=2019|=2020|=2021\nPaís\nPerú|=1.5|=2|=3\nChile|=4|=5.5|=6\nCuba|=7|=8|=9.5"), "h1-2 d3-5 c1-4"},
		{"sections under the years", draw("\nAño|=2019|=2020|=2021\nIngresos\nTasas|=1.5|=2|=3\nMultas|=4|=5.5|=6\nRentas|=7|=8|=9.5\nGastos\nLuz|=1|=2|=3"), "h1-1 d2-7 c1-4"},
		{"numbers of questions between merged names", draw("\nOrden|Barrio|Sección 1||\n||=1.3|=1.4|=1.5\n||Edad|Años en la casa|Personas\n=1|Norte|=38|=5|=6\n=2|Sur|=57|=16|=5\n=3|Sur|=37|=16|=3", down(1, 3, 1), down(1, 3, 2)), "h1-3 d4-6 c1-5"},
		{"numbers of questions below few merged names", draw("\nOrden|Barrio|Sección 1||||||\n||=1.3|=1.4|=1.5|=1.6|=2.1|=2.2\n||Edad|Años en la casa|Personas|Familias|Cuartos|¿Cuántas personas comparten la habitación con más camas de la casa?\n=1|Norte|=38|=5|=6|=1|=2|=4\n=2|Sur|=57|=16|=5|=2|=3|=3\n=3|Sur|=37|=16|=3|=1|=2|=2\n=4|Este|=41|=3|=4|=1|=3|=2\n=5|Este|=29|=1|=2|=1|=1|=1\n=6|Norte|=66|=40|=2|=1|=2|=2\n=7|Norte|=52|=9|=7|=2|=3|=4\n=8|Sur|=33|=2|=5|=1|=2|=3", down(1, 3, 1), down(1, 3, 2)), "h1-3 d4-11 c1-8"},
		{"the same groups behind blank columns and a page of one group", draw("\nPoblación\nEdad|=2010||||=2011||||=2012||\n|Ambos|H|M||Ambos|H|M||Ambos|H|M\n\n0-4|=35|=18|=17||=36|=18|=18||=37|=19|=18\n5-9|=37|=19|=18||=38|=19|=19||=39|=20|=19\n10-14|=33|=17|=16||=34|=17|=17||=35|=18|=17\n15-19|=31|=16|=15||=32|=16|=16||=33|=17|=16\n\nEdad|=2013||\n|Ambos|H|M\n\n0-4|=38|=19|=19\n5-9|=40|=20|=20\n10-14|=36|=18|=18\n15-19|=34|=17|=17"), "h2-3 d5-8 c1-12; h10-11 d13-16 c1-4"},
		{"a page with fewer years below", draw("\nPoblación\nEdad|=2010|||=2011||\n|Ambos|H|M|Ambos|H|M\n0-4|=35|=18|=17|=36|=18|=18\n5-9|=37|=19|=18|=38|=19|=19\n10-14|=33|=17|=16|=34|=17|=17\n\nEdad|=2012||\n|Ambos|H|M\n0-4|=37|=19|=18\n5-9|=39|=20|=19\n10-14|=35|=18|=17"), "h2-3 d4-6 c1-7; h8-9 d10-12 c1-4"},
		{"a header of three rows again for departments", draw("\nIncidencia\nPor ciento|=2023||||=2024|||\nRegión|Total||Urbana||Total||Urbana|\n|Media|Error|Media|Error|Media|Error|Media|Error\nCaribe|=20.1|=0.5|=14.0|=0.6|=18.5|=0.4|=11.9|=0.7\nOriental|=12.1|=0.3|=8.4|=0.4|=11.1|=0.2|=7.1|=0.4\nCentral|=10.1|=0.2|=7.0|=0.3|=9.2|=0.2|=6.0|=0.3\n\nIncidencia\n\nPor ciento|=2023||||=2024|||\nDepartamento|Total||Urbana||Total||Urbana|\n|Media|Error|Media|Error|Media|Error|Media|Error\nAntioquia|=8.0|=0.2|=5.6|=0.2|=7.4|=0.2|=4.8|=0.3\nBolívar|=22.1|=0.6|=15.4|=0.7|=20.4|=0.4|=13.1|=0.8\nCaldas|=6.0|=0.1|=4.2|=0.2|=5.5|=0.1|=3.6|=0.2"), "h2-4 d5-7 c1-9; h11-13 d14-16 c1-9"},
		{"the same names again under another title", draw("\nPortal\nAño|Código|Rubro|Monto\n=2021|13.1|Luz|=10\n=2022|13.2|Agua|=20\n=2023|13.3|Gas|=35\n\nDiferencia\n\nAño|Código|Rubro|Monto\n=2021|13.1||sí\n=2022|13.2||sí\n=2023|13.3||sí"), "h2-2 d3-5 c1-4; h9-9 d10-12 c1-4"},
		{"a mean behind a blank row", draw("\nComuna|Avisos|Precio\nNorte|=192|=594\nSur|=266|=461\nEste|=65|=622\n\nMoyenne nationale||=569"), "h1-1 d2-4 c1-3 t[6]"},
		{"a mean right below its group is data", draw("\nComuna|Avisos|Precio\nNorte|=192|=594\nSur|=266|=461\nPromedio|=229|=528"), "h1-1 d2-4 c1-3"},
		{"figures of the total said again below it", draw("\nMes|H|M|Suma|Parte\nEnero|=15|=13|=28|=0.5\nFebrero|=12|=6|=18|=0.6\nMarzo|=10|=11|=21|=0.4\nTotal|=37|=30|=67|=0.5\nReportados =|||=67\nHombres =|=37"), "h1-1 d2-4 c1-5 t[5]"},
		{"a total behind the name of the country", draw("\nRegión|Estado|Área|Personas\nNorte|AC|=10|=100\n|AM|=20|=210\n|Subtotal|=30|=310\nSul|PR|=5|=60\n|SC|=6|=75\n|Subtotal|=11|=135\nBrasil|Total|=41|=445"), "h1-1 d2-7 c1-4 t[8]"},
	}
}
