package detect

// stackedSheets are lists of one column, tables below each other with one blank
// row between, and what stands at the end of them.
func stackedSheets() []sheetCase {
	return []sheetCase{
		{"addresses without a name", draw("\nhttps://a.example/1\nhttps://a.example/2\nhttps://a.example/3\nhttps://a.example/4"), "h0-0 d1-4 c1-1"},
		{"addresses below a name", draw("\nurl\nhttps://a.example/1\nhttps://a.example/2\nhttps://a.example/3"), "h1-1 d2-4 c1-1"},
		{"sentences below a name", draw("\ncomentario\nLa calle está rota.\nNo hay luz en la plaza.\nFalta agua desde el lunes."), "h1-1 d2-4 c1-1"},
		{"a letter is no table of sentences", draw("\nSeñores\nAdjunto el informe:\nSin otro particular, saludo.\nAtentamente,"), ""},
		{"a narrower table behind a blank row", draw("\nMes|Casos|Altas|Otros\nEnero|10|3|1\nFebrero|25|8|2\nMarzo|31|4|3\n\nBarrio|Camas\nNorte|100\nSur|250\nEste|310"), "h1-1 d2-4 c1-4; h6-6 d7-9 c1-2"},
		{"a wider table of words behind a blank row", draw("\nnombre|cargo\nAna|alcaldesa\nLuis|síndico\nEva|regidora\n\nbarrio|obra|estado\nNorte|plaza|en curso\nSur|escuela|terminada\nEste|puente|en curso"), "h1-1 d2-4 c1-2; h6-6 d7-9 c1-3"},
		{"figures in a table behind one of words", draw("\nnombre|cargo\nAna|alcaldesa\nLuis|síndico\nEva|regidora\n\nbarrio|casos\nNorte|10\nSur|20\nEste|30"), "h1-1 d2-4 c1-2; h6-6 d7-9 c1-2"},
		{"two tables with a column of figures each", draw("\nRubro|Monto\nLuz|10\nAgua|20\nGas|30\n\nCargo|Plazas\nChofer|2\nMédico|4\nPeón|9"), "h1-1 d2-4 c1-2; h6-6 d7-9 c1-2"},
		{"a narrower table of words in capitals", draw("\nOBRA|ESTADO|MES\nParque|suspendida|Enero\nPuente|terminada|Febrero\nMuro|en curso|Marzo\n\nRESPONSABLE|BARRIO\nInés Mar|Norte\nEva Díaz|Sur\nAna Ruiz|Centro"), "h1-1 d2-4 c1-3; h6-6 d7-9 c1-2"},
		{"a table of words and codes", draw("\nSector|Avance\nCentro|suspendida\nNorte|terminada\nSur|en curso\n\nPeríodo|Expediente\nEnero|C-001\nFebrero|A-002\nMarzo|B-003"), "h1-1 d2-4 c1-2; h6-6 d7-9 c1-2"},
		{"a narrower table of words and states", draw("\nSector|Obra|Avance\nCentro|Parque|suspendida\nNorte|Puente|terminada\nSur|Muro|en curso\n\nPeríodo|Situación\nEnero|terminada\nFebrero|suspendida\nMarzo|terminada\nAbril|suspendida"), "h1-1 d2-4 c1-3; h6-6 d7-10 c1-2"},
		{"words above a table of figures are its own table", draw("\nMES|TITULAR\nEnero|Rosa Lis\nFebrero|Inés Mar\nMarzo|Luis Soto\nAbril|Luis Soto\n\nNÚMERO|MONTO\n1|5060\n2|7990\n3|4556\n4|4333"), "h1-1 d2-5 c1-2; h7-7 d8-11 c1-2"},
		{"figures behind a table of words and days", draw("\nOBRA|FECHA|NOMBRE\nAgua|22/05/2024|Ana Paz\nLuz|05/05/2024|Eva Gil\nGas|20/04/2024|Ana Paz\nParque|21/07/2024|Inés Mar\n\nOBRA|CELULAR|MONTO|CASOS|BARRIO\nParque|555-0150|42962|278|Norte\nCalle|555-0104|7205.36|39|Sur\nEscuela|555-0132|1697.31|493|Este\nPuente|555-0132|16|93|Este\nRío|555-0132|97|3|Este\nMuro|555-0132|7.31|49|Este\nPozo|555-0132|31|4|Sur"), "h1-1 d2-5 c1-3; h7-7 d8-14 c1-5"},
		{"a group without the last column behind a blank row", draw("\nNombre|Cargo|Nota\nAna Ruiz|Alcaldesa|titular\nLuis Soto|Síndico|titular\nEva Díaz|Tesorera|interina\n\nInés Mar|Regidora\nJosé Gil|Contador\nRosa Lis|Secretaria\nNoé Sal|Chofer"), "h1-1 d2-9 c1-3"},
		{"explanations with figures behind a blank row", draw("\nNombre|Descripción\nEdad|Años cumplidos\nSexo|De la persona\n\nHijos|Nacidos vivos\nRama|La rama de actividad según la clasificación de 2010\nZona|La zona según el mapa que se hizo en 2012\nNivel|El nivel de estudios desde 1999"), "h1-1 d2-8 c1-2"},
		{"a word for a figure behind a blank row", draw("\nMes|Casos\nEnero|10\nFebrero|25\n\nMarzo|pendiente\nAbril|3\nMayo|4\nJunio|4"), "h1-1 d2-8 c1-2"},
		{"records of words behind a blank row", draw("\nnombre|cargo\nAna|alcaldesa\nLuis|síndico\n\nEva|regidora\nInés|contadora\nNoé|chofer"), "h1-1 d2-7 c1-2"},
		{"a record that fills more columns behind a blank row", draw("\nNombre|Cargo|Teléfono\nAna|Alcaldesa|\nLuis|Síndico|\n\nEva|Regidora|interno dos\nInés|Regidora|interno tres\nNoé|Chofer|interno uno"), "h1-1 d2-7 c1-3"},
		{"a source below one column", draw("\nbarrio\nNorte\nSur\nEste\nFuente: INE"), "h1-1 d2-4 c1-1"},
		{"a mark below one column", draw("\nbarrio\nNorte\nSur\nEste\n(1) provisional"), "h1-1 d2-4 c1-1"},
		{"marks all along one column", draw("\nobra\n(1) plaza\n(1) escuela\n(1) puente"), "h1-1 d2-4 c1-1"},
		{"notes with their text in the next cell", draw("\ncódigo|monto|caja\n1|10|1\n2|20|4\n3|30|5\n\nNota|provisional\n\nFuente|INE"), "h1-1 d2-4 c1-3"},
	}
}
