package detect

import "chasqui/converters/table"

// runOnSheets are headers whose names go on over several rows, and tables that
// print their header again for each place.
func runOnSheets() []sheetCase {
	cells := func(rowFirst, rowLast, colFirst, colLast int) table.Range {
		return table.Range{RowFirst: rowFirst, RowLast: rowLast, ColFirst: colFirst, ColLast: colLast}
	}
	return []sheetCase{
		{"names printed over four rows", draw("\nBarrio|Ene-Mar|Abr-Jun|Jul-Sep|Oct-Dic|Ventas|Cambio (%)\n|=2024|=2024|=2024|=2024|Abr-Jun|Abr-Jun 2024\n|||||2025|a\n||||||Abr-Jun 2025\nNorte|=127|=114|=124|=131|=21|=1.6\nSur|=172|=248|=194|=204|=14|=10.1\nEste|=72|=73|=69|=72|=11|=4.2\nOeste|=133|=145|=164|=145|=9|=-6.2\nCentro|=98|=90|=91|=97|=8|=3.9\nPuerto|=60|=62|=61|=64|=7|=2.5"), "h1-4 d5-10 c1-7"},
		{"merged cells that end together above a blank row", draw("\nPoblación total\n\nAño||Población|Condición de actividad|||||No activa\n|||Económicamente activa|||||\n|||Total|Porcentaje|Ocupada|Desocupada||\n||||||Número|Porcentaje de la población económicamente activa en el mes de agosto|\n\n\n|2001 ...|=201|=121|=60.5|=104|=17|=14.1|=79|=2001\n|2002 ...|=205|=128|=62.5|=111|=17|=13.2|=76|=2002\n|2003 ...|=212|=133|=62.8|=115|=17|=12.7|=78|=2003\n|2004 ...|=216|=137|=63.3|=121|=16|=11.6|=79|=2004", cells(3, 7, 1, 2), cells(3, 7, 3, 3), cells(3, 3, 4, 8), cells(4, 4, 4, 8), cells(5, 7, 4, 4), cells(5, 7, 5, 5), cells(5, 7, 6, 6), cells(5, 5, 7, 8), cells(6, 7, 7, 7), cells(6, 7, 8, 8), cells(3, 7, 9, 9)), "h3-6 d9-12 c1-10"},
		{"groups over all figures, merged, over a blank corner", draw("\nSaldo migratorio\nUnidades: personas\n|=2015|||\n|Ambos sexos|||\n|Total||España|\n|Total|España|Total|España\nJaén|=-398|=-312|=-319|=-311\nToledo|=-264|=-176|=-171|=-160\nMadrid|=218|=187|=196|=187\nÁvila|=-32|=-18|=-17|=-10", cells(3, 3, 2, 5), cells(4, 4, 2, 5), cells(5, 5, 2, 3), cells(5, 5, 4, 5)), "h3-6 d7-10 c1-5"},
		{"a group and a name over one series", draw("\nPrecios\nUnidades: Índice\n\n|Índice\n|General\n2000M01|=78.3\n2000M02|=68.4\n2000M03|=75.4\n2000M04|=76.9"), "h4-5 d6-9 c1-2"},
		{"values with a remark in the first record", draw("\nrasgo|casos_n|casos_pct|muertes_n|muertes_pct\nEdad mediana (RIC)|25 (20-32)||27 (22-32)|\n10-14|124|1.4|3|1.2\n15-19|1733|19.9|28|11.3\n20-24|2122|24.3|60|24.3\n25-29|1852|21.2|64|25.9"), "h1-1 d2-6 c1-5"},
		{"a header of two rows again for each area", draw("\nBase: viviendas\n\nÁrea 02|Capital||\n\nEdad|Sexo registrado||\n|Mujer|Varón|Total\n15 a 19|=91|=90|=181\n20 a 24|=110|=101|=211\n25 a 29|=121|=110|=231\nTotal|=322|=301|=623\n\nÁrea 06|Provincia||\n\nEdad|Sexo registrado||\n|Mujer|Varón|Total\n15 a 19|=678|=689|=1367\n20 a 24|=650|=642|=1292\n25 a 29|=663|=633|=1296\nTotal|=1991|=1964|=3955"), "h5-6 d7-9 c1-4 t[10]; h14-15 d16-18 c1-4 t[19]"},
		{"what total means, in words", draw("\nhiv|see codes\nhomicide|see codes\nlung cancer|see codes\nother causes|all but those\ntotal|all deaths"), "h0-0 d1-5 c1-2"},
		{"figures left behind below the source", draw("\nDemanda\nIndicador|Enero|Febrero|Marzo\nNoches|=104|=85|=83\nResidentes|=49|=36|=44\nNo residentes|=54|=48|=38\n\nNota: datos provisorios.\n\nFuente: Encuesta de ocupación\n\n\n\n|=54|=48|=38\n|=24|=24|=18"), "h2-2 d3-5 c1-4"},
	}
}
