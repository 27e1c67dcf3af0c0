package detect

import (
	"strings"

	"chasqui/converters/table"
)

// publishedSheets are layouts as statistical offices publish them.
func publishedSheets() []sheetCase {
	across := func(row, first, last int) table.Range {
		return table.Range{RowFirst: row, RowLast: row, ColFirst: first, ColLast: last}
	}
	return []sheetCase{
		{"ages as names of columns", draw("\nDefunciones\nAño|Sexo|Total|=0|=1|=2|=3|=4|=5|6 y más\n=2020|H|=90|=41|=12|=7|=3|=2|=1|=24\n=2020|M|=80|=38|=11|=6|=2|=2|=1|=20\n=2021|H|=91|=40|=12|=8|=3|=2|=1|=25\n=2021|M|=82|=39|=11|=6|=3|=2|=1|=20"), "h2-2 d3-6 c1-10"},
		{"a blank row between groups and names", draw("\nPoblación por sexo\nAño||Total|||Urbana||\n\n||Suma|Hombres|Mujeres|Suma|Hombres|Mujeres\n=2018||=30|=10|=20|=12|=5|=7\n=2019||=33|=11|=22|=14|=6|=8\n=2020||=37|=12|=25|=17|=7|=10"), "h2-4 d5-7 c1-8"},
		{"two merged groups side by side", draw("\n|Número|Variaciones||\nMes|Índice|Mensual|Anual|Acumulada\n@2024-01-01|=101.2|=1.2|=4.1|=1.2\n@2024-02-01|=102.2|=1|=4.2|=2.2\n@2024-03-01|=103.4|=1.2|=4.4|=3.4", across(1, 3, 5)), "h1-2 d3-5 c1-5"},
		{"addresses above the header are no group names", draw("\nTabla 1\nhttps://example.org/a||y en|https://example.org/b\nRubro|Lima||Cusco|\n|Estado|Local|Estado|Local\nLuz|=1|=2|=3|=4\nAgua|=5|=6|=7|=9\nGas|=5|=6|=7|=10"), "h3-4 d5-7 c1-5"},
		{"column numbers that start anew in each group", draw("\nRubro|Lima|||Cusco||\n|Suma|Estado|Local|Suma|Estado|Local\n|=1|=2|=3|=1|=2|=3\nLuz|=3|=1|=2|=7|=3|=4\nAgua|=11|=5|=6|=16|=7|=9\nGas|=11|=6|=5|=17|=7|=10"), "h1-3 d4-6 c1-7"},
		{"a source and an address book under a dictionary", draw("\nVariable|Descripción|Notas\nEDAD|Años cumplidos al censo|\nSEXO|Sexo de la persona|\nZONA|Urbana o rural|ver mapa\nNIVEL|Nivel de estudios|\nRAMA|Rama de actividad|\nHIJOS|Hijos nacidos vivos|\n\nFuentes: Instituto de Estadística\nMinisterio de Salud\n\nContacto: Oficina de datos\n\nCambios\nEnero de 2024|Se corrige la zona"), "h1-1 d2-7 c1-3"},
		{"figures left behind far below the notes", draw("\nMes|A|B|C\n@2024-01-01|=1|=2|=3\n@2024-02-01|=4|=5|=6\n@2024-03-01|=7|=8|=9\n\nNota: datos provisorios\nFuente: INE\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n|=7.5|=8.1|=9.9"), "h1-1 d2-4 c1-4"},
		{"the corner of the header is blank over a section", draw("\nÍndices de precios\nUnidades: índice\n\n|Índice\nÍndice general\n1997M01|=65.77\n1997M02|=65.71\n1997M03|=65.9\n1997M04|=66.1"), "h4-4 d5-9 c1-2"},
		{"a first record under a merged name", draw("\n*Aeródromo|||*Actos|\n*Código|*Nombre|*Estado|*Resolución|\nSB1|Cruz|PA|R 10|vigente\nSB2|Bauru|SP|R 12|vigente\nSB3|Marília|SP|R 14|anulada\nSB4|Lins|SP|R 17|vigente", across(1, 1, 3), across(1, 4, 5), across(2, 4, 5)), "h1-2 d3-6 c1-5"},
		{"a blank row inside cells merged over the header", draw("\nAño|Total||Urbana|\n\n|Hombres|Mujeres|Hombres|Mujeres\n=2018|=10|=20|=5|=7\n=2019|=11|=22|=6|=8\n=2020|=12|=25|=7|=10", table.Range{RowFirst: 1, RowLast: 3, ColFirst: 1, ColLast: 1}, table.Range{RowFirst: 1, RowLast: 2, ColFirst: 2, ColLast: 3}), "h1-3 d4-6 c1-5"},
		{"a description above the header of two columns", draw("\nDatos económicos\nServicio de estudios\n\nTASA|Tasa de referencia, por ciento\n\nFrecuencia: mensual\nfecha|TASA\n@2024-01-01|=5.25\n@2024-02-01|=5.1\n@2024-03-01|=5"), "h7-7 d8-10 c1-2"},
		{"labels without figures at the end of a form of debts", draw("\nDETALLE DE LA DEUDA\nAcreedor|Saldo|Amortización|Intereses\nGOBIERNO PROVINCIAL\nTesoro\nPensiones\nInstituto|=100|=10|=3\nFondo de obras\nOtros|=20|=5|=1\nGOBIERNO NACIONAL\nBANCOS\nBanco Nación\nBanco Ciudad\n\nPROVEEDORES\nCONTRATISTAS\n\n(*) Los saldos son al cierre."), "h2-2 d3-15 c1-4"},
		{"a second dictionary under the first", draw("\nDICCIONARIO\n*variable|*descripción\nEDAD|años cumplidos\nSEXO|sexo de la persona\nZONA|urbana o rural\n\n*Variables|*valor|*significado\nSEXO|H|hombre\n|M|mujer\nZONA|U|urbana\n|R|rural"), "h2-2 d3-5 c1-2; h7-7 d8-11 c1-3"},
		{"what each series is, above the header", draw("\nBanco Central\n\nTítulo|Dólar, para pagos|Euro, para pagos|Yen, para pagos\nPeriodo|02/01/2018 - 04/01/2018|04/01/1999 - 04/01/2018|16/10/1996 - 04/01/2018\nPeriodicidad|Diaria|Diaria|Diaria\nCifra|Cambio|Cambio|Cambio\nUnidad|Pesos|Pesos|Pesos\nBase\nAviso\nTipo|Niveles|Niveles|Niveles\nFecha|SF1|SF2|SF3" + strings.Repeat("\n02/01/2018|19.4899|23.5058|0.1737\n03/01/2018|19.3717|23.2722|0.1726", 9)), "h11-11 d12-29 c1-4"},
		{"who made a list, below it", draw("\nCuadro|Contenido\n1|ÍNDICE GENERAL\n2|VARIACIÓN MENSUAL\n3|VARIACIÓN ANUAL\n4|VARIACIÓN ACUMULADA\n\nDirección responsable\nDIRECCIÓN DE ENCUESTAS"), "h1-1 d2-5 c1-2"},
		{"a unit with a wide colon beside the title", draw("\n死亡數\n|||單位：人\n年|性別|總計|其他\n民國1年|男|=12|=3\n民國2年|女|=14|=5\n民國3年|男|=17|=6"), "h3-3 d4-6 c1-4"},
		{"blocks of one header with a blank row behind it", draw("\nÍndices\nConcepto|=2019|=2020|2021pr\n|Agosto|Agosto|Agosto\n\nAgro|=65.5|=61.7|=66.2\nMinas|=65.6|=65.2|=65.4\nComercio|=53.8|=56.6|=58.8\n\nFuente: INE\n\n\nTasas de crecimiento\n\nConcepto||=2020|2021pr\n||Agosto|Agosto\n\nAgro||=1.5|=2.2\nMinas||=0.4|=3.1\nComercio||=5.8|=6.6"), "h2-3 d5-7 c1-4; h14-15 d17-19 c1-4"},
		{"notes in two languages at both ends", draw("\nDeaths|Births|Divorces|Marriages|Total|Year\n=18|=54|=2|=14|=88|=1955\n=20|=55|=3|=15|=93|=1956\n=22|=57|=4|=16|=99|=1957\n=25|=59|=4|=17|=105|=1958\n\nPublished in June|||||publicado en junio\nRevised data|||||datos revisados"), "h1-1 d2-5 c1-6"},
		{"a note of two lines right under two columns", draw("\nfecha*|USD\n@2010-01-01|=44.09\n@2010-01-04|=44.1\n@2010-01-05|=44.12\n* - tipos de cambio\npara la fecha dada"), "h1-1 d2-4 c1-2"},
		{"a legend right under a wide table", draw("\nTime||2003|2004|2005\nAUS: Australia||=33.8|=34.4|=35\nAUT: Austria||=32.4|=32.8|=33.3\nBEL: Belgium||=31.2|=31.8|=32.5\nCAN: Canada||=34.5|=35.2|=36\nData extracted on 24 Oct 2012\nLegend:\nE:|Estimated value"), "h1-1 d2-5 c1-5"},
		{"the query of an export above the table", draw("\n|<?xml version=\"1.0\"?><Query/>\nDataset: Trade\nTime||2010\nAustralia||=18.1\nAustria||=28.3\nBelgium||..\nCanada||=27.4"), "h3-3 d4-7 c1-3"},
		{"a title merged over the first columns", draw("\nBalance comercial\n||2000|2001|2002|2003|2004\nBalance|..|=-37.3|=-41.6|=-37.2|=-36.9|=-41.3\nExportaciones|M|=80|=95|=97|=103|=120\nImportaciones|M|=117|=136|=135|=140|=161", across(1, 1, 3)), "h2-2 d3-5 c1-7"},
		{"a title with the table's number in the corner", draw("\nSelected indicators for comparison|||||T 21.3\n|Unit|Years|Peru|Chile|Cuba\nInhabitants|Persons|=2019|=32.1|=19.1|=11.3\nDensity|Per km2|=2018|=25.3|=25.6|=102.2\nBirths|%|=2018|=17.5|=12.4|=10.1"), "h2-2 d3-5 c1-6"},
		{"a sparse record that counts one, two, three", draw("\n|Mesa 1|Mesa 2|Mesa 3|Mesa 4|Mesa 5\nSenador\nCoats|=335|=237|=308|=221|=306\nEllsworth|=245|=236|=250|=288|=174\nVotos escritos|=1||=2||=3\nSecretario\nWhite|=358|=266|=328|=253|=301\nOsili|=203|=191|=225|=236|=150"), "h1-1 d2-8 c1-6"},
		{"a figure left under one column", draw("\n|ppp|cambio|línea\n=2018|=14.1|=28.4|=53.3\n=2019|=20.7|=48.1|=91.5\n=2020|=28.6|=70.6|=134.1\n||=100.6"), "h1-1 d2-4 c1-4"},
		{"names below names over one column of figures", draw("\nTabela 3107\nCód.|Município|Grupo de idade|Ano x Sexo\n|||2010\n|||Total\n=1100015|Alta Floresta|Total|=24392\n=1100023|Ariquemes|Total|=90353\n=1100031|Cabixi|Total|=6313"), "h2-4 d5-7 c1-4"},
		{"a dictionary far above another one", draw("\nNOMBRE|CRITERIO|DEFINICIÓN\nreg|Independiente|El régimen político\ncam|Independiente|La estructura\npob|De control|La población\n\n\n\n\nSegunda parte\nNOMBRE|CRITERIO|DEFINICIÓN\nmat|Educación|La matrícula\ntel|Tecnología|La telefonía"), "h1-1 d2-4 c1-3; h10-10 d11-12 c1-3"},
		{"countries without a figure, the last ones too", draw("\nPaís|1960|1961\nAbjasia||\nAfganistán|1.7|3.5\nAkrotiri||\nAlandia||\nAlbania|2.1|2.2\nAndorra||\nAnguila||\nAntigua||\nArgelia|32.8|24.6\nBonaire||\nSaba||\nSark||"), "h1-1 d2-13 c1-3"},
		{"codes of activities below their group", draw("\nEstoque\nCod|UF|Município|Empregos||||\n|||4922101|4922102|4923001|4923002|4929901\n=110001|RO|Alta Floresta|=0|=10|=3|=0|=2\n=110002|RO|Ariquemes|=1|=26|=0|=1|=0\n=110003|RO|Cabixi|=0|=4|=0|=0|=1"), "h2-3 d4-6 c1-8"},
		{"signatures below a list with many headings", draw("\n||Uno|Dos\nGOBERNADOR\nAna Ruiz||=408|=370\nEva Paz||=611|=456\nFISCAL\nLuis Soto||=504|=486\nJosé Gil||=618|=450\nSECRETARIO\nInés Mar||=549|=492\nRosa Lis||=487|=365\nAUDITOR\nNoé Sal||=49|=49\nBlancos||=59|=39\n\n\nPresentado por\n\nDébora Díaz\nSecretaria municipal"), "h1-1 d2-13 c1-4"},
		{"special values explained below", draw("\nTIME|2019|2020\nBelgium|=5.5|=5.8\nBulgaria|=5.2|:\nCzechia|=2|=2.6\nDenmark|=5|=5.6\n\nSpecial value\n:|not available"), "h1-1 d2-5 c1-3"},
		{"a list of names under a bold header, most without a remark", draw("\n*Nombre|*Observación\nAna|\nLuis|licencia\nEva|\nInés|\nJosé|\nRosa|\nNoé|\nPía|"), "h1-1 d2-9 c1-2"},
		{"one column that closes with a word for no value", draw("\nComuna\nArica\nPutre\nNA\nCamarones\ns/d"), "h1-1 d2-6 c1-1"},
		{"names three rows below merged groups", draw("\nCharacteristic|2014|||2015|||Change|\n\n\n|Number|Median||Number|Median||Number|\n||Estimate|Error||Estimate|Error|Estimate|Error\nAll|=124586|=53718|=645.2|=125818|=56515|=527.7|=5.2|=1.6\nFamily|=81716|=68426|=520.1|=82184|=72165|=601.3|=5.3|=1.1\nOther|=42870|=32047|=411.6|=43635|=33805|=398.2|=5.5|=1.9", table.Range{RowFirst: 1, RowLast: 5, ColFirst: 1, ColLast: 1}), "h1-5 d6-8 c1-9"},
		{"an office that few towns vote for, behind a gap", draw("\nTown|PRESIDENT|||COMMISSIONER|\n|Ruiz|TOTALS||Paz|TOTALS\nBerlin|=5|=5||=2|=2\nBrock|=6|=6|||=0\nBurns|=7|=7|||=0\nCasco|=8|=8|||=0\nChina|=9|=9|||=0\nClyde|=4|=4||=3|=3\nColumbus|=3|=3|||=0\nEmmett|=2|=2||=1|=1"), "h1-2 d3-10 c1-6"},
		{"sums of some columns below the sums", draw("\nAño|Unidad|Inscrito|Pagado|A pagar|Saldo\n=2020|Asamblea|=10|=4|=6|=0\n=2020|Tribunal|=20|=5|=15|=1\n=2020|Fondo|=30|=6|=24|=2\n=2020|Ministerio|=40|=7|=33|=3\n=2020|Instituto|=50|=8|=42|=4\n||=150|=30|=120|=10\n|||=30||=10\n||||=120|=7"), "h1-1 d2-6 c1-6 t[7 8 9]"},
		{"a dictionary whose codes have no name", draw("\n|Descripción\nANO_EJE|Año del presupuesto\nMES_EJE|Mes del presupuesto\nSECTOR|Código del sector\nPLIEGO|Código del pliego\nMETA|Código de la meta"), "h1-1 d2-6 c1-2"},
		{"an empty column with a name between the figures", draw("\nAño|Trim.|PIB|Consumo||Existencias||Exportación|Importación" + strings.Repeat("\n=2020|=1|=5.1|=3.2||||=1.2|=1.9\n=2020|=2|=5.3|=3.3||||=1.3|=1.8\n=2020|=3|=5.6|=3.5||||=1.7|=1.6", 5)), "h1-1 d2-16 c1-9"},
		{"changes without a name beside the figures", draw("\nCuentas nacionales\n\n||PIB||Consumo||Inversión|\n||B1||P3||P5|\n=2020|=1|=510.2|=1.1|=322.5|=1.4|=101.3|=0.9\n=2020|=2|=530.7|=1.3|=331.8|=1.2|=104.9|=1\n=2020|=3|=561.9|=1.5|=352.1|=1.3|=111.4|=1.2\n=2020|=4|=571.4|=1.2|=358.7|=1.1|=113.8|=0.8"), "h3-4 d5-8 c1-8"},
	}
}
