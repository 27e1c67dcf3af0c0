package detect

import (
	"strings"

	"chasqui/converters/table"
)

// yearbookSheets are headers, totals and exports as yearbooks and query tools have
// them.
func yearbookSheets() []sheetCase {
	months := "\n@1928-03-01|=0\n@1928-04-01|=2\n@1928-05-01|=3.9\n@1928-06-01|=4.1\n@1928-07-01|=5.6\n@1928-08-01|=6"
	keys := "\nIPC general\n\nFuente|Instituto Nacional\nActualización|07.Nov.2025\nUnidad|Porcentaje\nFrecuencia|Mensual\nDesfase|8 días\nNota|Las series\n\nPeriodo|IPC General"
	flags := "\nData extracted\nDataset:|Deaths\nUpdated:|2019\n\nTIME|2014||2015||2016||2017"
	for _, place := range []string{"BE", "BG", "CZ", "DK", "DE", "EE", "IE", "EL"} {
		flags += "\n" + place + "|=1.5||=2.1|p|=2.2||=2.4|e"
	}
	flags += "\n\nSpecial value\n:|not available\nAvailable flags:\nb|break\ne|estimated\np|provisional\nz|none"
	return []sheetCase{
		{"keys and values of a query above a series", draw(keys + months), "h10-10 d11-16 c1-2"},
		{"keys and values without a series stay a table", draw("\nFuente|Instituto\nUnidad|Porcentaje\nFrecuencia|Mensual\nNota|Las series\n\nTel|Correo\n555|nadie"), "h1-1 d2-7 c1-2"},
		{"a column of flags that nobody used", draw(flags), "h5-5 d6-13 c1-9"},
		{"years beside years are two tables", draw("\nAño|Gini||Año|Gini" + strings.Repeat("\n=2011|=0.44||=2008|=0.48\n=2012|=0.43||=2009|=0.47\n=2013|=0.42||=2010|=0.46", 3)), "h1-1 d2-10 c1-2; h1-1 d2-10 c4-5"},
		{"names scattered over blank rows", draw("\nCuadro 1\n\nProvincia||Nacimientos|\n\n||Hombres|Mujeres\n\n|Total||\n\nLima|=30|=10|=20\nCusco|=33|=11|=22\nPuno|=37|=12|=25"), "h3-7 d9-11 c1-4"},
		{"groups above a blank row", draw("\nCuadro 2\n|Hombres||Mujeres|\n\nProvincia|2019|2020|2019|2020\nLima|=1|=2|=3|=4\nCusco|=5|=6|=7|=8\nPuno|=2|=3|=5|=8"), "h2-4 d5-7 c1-5"},
		{"merged groups above a blank row", draw("\nRetratos\n||Población||Edad||\n\nN.º|Comuna|Total|Cambio|Jóvenes|Adultos|Mayores\n=1|Arica|=860|=9.4|=20|=61|=18\n=2|Putre|=154|=8.1|=19|=63|=17\n=3|Camarones|=97|=7.3|=18|=62|=19", table.Range{RowFirst: 2, RowLast: 2, ColFirst: 3, ColLast: 4}, table.Range{RowFirst: 2, RowLast: 2, ColFirst: 5, ColLast: 7}), "h2-4 d5-7 c1-7"},
		{"columns and rows that a program numbered", draw("\n|1|2|3|4\n0|Jul 12, 2023|7,241.06|7,348.06|60,353,600\n1|Jul 11, 2023|7,176.18|7,244.96|43,936,800\n2|Jul 10, 2023|7,082.46|7,173.65|41,303,800\n3|Jul 07, 2023|7,098.75|7,151.07|55,691,900"), "h1-1 d2-5 c1-5"},
		{"the name of the rows below the other variables", draw("\nCenso\nESTADO||Norte||Sur||Este|\nSEXO||Hombres|Mujeres|Hombres|Mujeres|Hombres|Mujeres\n|*Condición\n|Activa|=1|=2|=3|=4|=1|=3\n|Inactiva|=5|=6|=7|=9|=2|=5\n|Ninguna|=2|=3|=5|=8|=4|=1\nFuente: Censo\n\n*INFO|*Las celdas se alteraron\n\n(c) Oficina\nLicencia libre"), "h2-4 d5-7 c1-8"},
		{"a unit above a blank row is no group", draw("\nCuadro 2\n|Hombres|(en miles)||\n\nProvincia|Casos|Camas|Altas|Bajas\nLima|=1|=2|=3|=4\nCusco|=5|=6|=7|=8\nPuno|=2|=3|=5|=8"), "h4-4 d5-7 c1-5"},
		{"a header printed again under the same years", draw("\nCuadro 3\nRubro|=2019|=2020|=2021\nLuz|=10|=11|=12\nAgua|=14|=15|=16\n\n(continuación)\nRubro|=2019|=2020|=2021\nGas|=1|=2|=3\nTé|=5|=6|=7"), "h2-2 d3-9 c1-4"},
		{"a grand total of a row for each sex", draw("\nRubro|Sexo|Monto|Saldo\nLuz|H|=10|=3\nLuz|M|=20|=4\nAgua|H|=5|=6\nAgua|M|=7|=8\nTotal|H|=15|=9\n|M|=27|=12\n|Ambos|=42|=21"), "h1-1 d2-5 c1-4 t[6 7 8]"},
		{"groups of a row for each sex", draw("\nRubro|Sexo|Monto|Saldo\nLuz|H|=10|=3\n|M|=20|=4\nAgua|H|=5|=6\n|M|=7|=8"), "h1-1 d2-5 c1-4"},
		{"totals that add up to the grand total", draw("\nRubro|Sexo|Monto|Saldo\nLuz|H|=10|=3\nLuz|M|=20|=4\nAgua|H|=5|=6\nAgua|M|=7|=8\nTotal hombres||=15|=9\nTotal mujeres||=27|=12\nTotal general||=42|=21"), "h1-1 d2-5 c1-4 t[6 7 8]"},
		{"who signs below the total", draw("\nRubro|Monto|Saldo\nLuz|=10|=3\nAgua|=20|=8\nGas|=30|=4\nTotal|=60|=15\nFirma del tesorero\nPreparado|el lunes"), "h1-1 d2-4 c1-3 t[5]"},
		{"words below the total of a group", draw("\nRubro|Monto|Saldo\nLuz|=10|=3\nTotal|=10|=3\nAgua|=20|=8\nTotal|=20|=8\nGas|sin uso"), "h1-1 d2-6 c1-3"},
		{"a total with the number of a footnote above blank rows", draw("\nRamo|=2000|=2010|=2020\nTotal1|=66|=77|=88\n\nA|=10|=20|=30\nA1|=4|=12|=13\nA2|=6|=8|=17\n\nB|=50|=50|=50\nB1|=25|=25|=25\nB2|=25|=25|=25"), "h1-1 d4-10 c1-4 t[2]"},
	}
}
