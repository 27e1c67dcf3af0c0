package detect

import "chasqui/converters/table"

// sheetCase is a drawn sheet and where its tables are, as place writes it.
type sheetCase struct {
	name   string
	sheet  sketch
	places string
}

// plainSheets are layouts as most offices make them.
func plainSheets() []sheetCase {
	return []sheetCase{
		{"plain", draw("\nmunicipio|población\nLima|=10\nCusco|=20\nPuno|=30"), "h1-1 d2-4 c1-2"},
		{"titles, blank row, notes and source", draw("\nMUNICIPALIDAD DE PRUEBA\nEjecución 2024\n\nRubro|Monto|Saldo\nLuz|=10|=3\nAgua|=25|=8\nGas|=31|=4\n\nFuente: Contabilidad\n(1) Provisional"), "h4-4 d5-7 c1-3"},
		{"total at the end", draw("\nRubro|Monto|Saldo\nLuz|=10|=3\nAgua|=20|=8\nGas|=30|=4\nTotal|=60|=15"), "h1-1 d2-4 c1-3 t[5]"},
		{"total whose formulas nobody computed", draw("\nRubro|Monto|Saldo\nLuz|=10|=3\nAgua|=20|=8\nGas|=30|=4\nTOTAL||"), "h1-1 d2-4 c1-3 t[5]"},
		{"total without a label", draw("\nRubro|Monto|Saldo\nLuz|=10|=3\nAgua|=20|=8\nGas|=30|=4\n|=60|=15"), "h1-1 d2-4 c1-3 t[5]"},
		{"total named otherwise, adding up", draw("\nRubro|Monto|Saldo\nLuz|=10|=3\nAgua|=20|=8\nGas|=30|=4\nGasto del año|=60|=15"), "h1-1 d2-4 c1-3 t[5]"},
		{"total right under the header", draw("\nDepartamento|Hombres|Mujeres\nTodos los departamentos|=60|=15\nLima|=10|=3\nCusco|=20|=8\nPuno|=30|=4"), "h1-1 d3-5 c1-3 t[2]"},
		{"the whole country adds up", draw("\nRegión|Casos|Altas\nPerú|=60|=15\nLima|=10|=3\nCusco|=20|=8\nPuno|=30|=4"), "h1-1 d3-5 c1-3 t[2]"},
		{"a department named as the country is data", draw("\nDepartamento|Casos|Altas\nGUATEMALA|=71|=15\nPetén|=10|=3\nIzabal|=20|=8\nJutiapa|=30|=4"), "h1-1 d2-5 c1-3"},
		{"group totals stay inside", draw("\nGrupo|Rubro|Monto\nA|Luz|=10\nA|Agua|=20\nTotal A||=30\nB|Gas|=5\nB|Té|=6\nTotal B||=11\nTotal general||=41"), "h1-1 d2-7 c1-3 t[8]"},
		{"header of two rows with merged groups", draw("\nDepartamento|Total||Urbano|\n|Hombres|Mujeres|Hombres|Mujeres\nLima|=1|=2|=3|=4\nCusco|=5|=6|=7|=9", table.Range{RowFirst: 1, RowLast: 1, ColFirst: 2, ColLast: 3}, table.Range{RowFirst: 1, RowLast: 1, ColFirst: 4, ColLast: 5}, table.Range{RowFirst: 1, RowLast: 2, ColFirst: 1, ColLast: 1}), "h1-2 d3-4 c1-5"},
		{"header of two rows in a text file", draw("\nDepartamento|2023||2024|\n|Hombres|Mujeres|Hombres|Mujeres\nLima|=11|=2|=3|=4\nCusco|=5|=6|=7|=9"), "h1-2 d3-4 c1-5"},
		{"units under the header", draw("\nProducto|Área|Producción\n|(ha)|(t)\nPapa|=10|=300\nMaíz|=20|=250\nTrigo|=31|=90"), "h1-2 d3-5 c1-3"},
		{"column numbers under the header", draw("\nRubro|PIA|PIM|Devengado\n(1)|(2)|(3)|(4)\nLuz|=10|=12|=9\nAgua|=20|=22|=8"), "h1-2 d3-4 c1-4"},
		{"one two three as the first record", draw("\na|b|c\n1|2|3\n4|5|6\n7|8|9"), "h1-1 d2-4 c1-3"},
		{"letters as the first record", draw("\nzona|sector|clave\nA|B|C\nD|X|Y\nE|F|G"), "h1-1 d2-4 c1-3"},
		{"column numbers under a header of words and figures", draw("\nRubro|PIA|PIM|Devengado\n1|2|3|4\nLuz|=10|=12|=9\nAgua|=20|=22|=8"), "h1-2 d3-4 c1-4"},
		{"a word in the figures of the first record", draw("\nnombre|monto\nAna|pendiente\nLuis|200\nEva|300"), "h1-1 d2-4 c1-2"},
		{"an impossible date in the first record", draw("\nacta|fecha\nx|31/02/2024\ny|25/12/2023\nz|30/01/2024"), "h1-1 d2-4 c1-2"},
		{"hardly a value in the first column", draw("\nnota|monto\nver acta|964\n|474\n|230\nver acta|491\n|987\n|457\n|974\n|901"), "h1-1 d2-9 c1-2"},
		{"a last record of one figure", draw("\nnota|sello|avance\nacta|rojo|31%\n||56%\n||60%\nacta|azul|33%\n||79%\n||71%"), "h1-1 d2-7 c1-3"},
		{"a last record of one word", draw("\nmulta|estado\n|Pagado\n60|Pendiente\n|Pagado\n|Pendiente"), "h1-1 d2-5 c1-2"},
		{"one column of words always filled", draw("\nnota|activo\nver acta|Sí\n|No\n|No\nver acta|Sí\n|No\n|No\n|Sí\n|No\n|No"), "h1-1 d2-10 c1-2"},
		{"last records without a value", draw("\nnombre|monto\nAna|10\nLuis|\nEva|\nInés|"), "h1-1 d2-5 c1-2"},
		{"most records without a value", draw("\nnombre|monto\nAna|10\nLuis|\nEva|\nInés|\nJosé|\nRosa|\nNoé|20"), "h1-1 d2-8 c1-2"},
		{"a note right under two columns", draw("\nnombre|monto\nAna|10\nLuis|20\nElaborado por la Tesorería"), "h1-1 d2-3 c1-2"},
		{"years as headers", draw("\nProvincia|=2020|=2021|=2022\nLima|=10.5|=11.5|=12.5\nCusco|=20.1|=21.2|=22.3"), "h1-1 d2-3 c1-4"},
		{"no header", draw("\n=1|Pinto|=2011|=45643\n=1|Pinto|=2012|=46763\n=1|Pinto|=2013|=46870"), "h0-0 d1-3 c1-4"},
		{"all text", draw("\nvariable|descripción\nedad|años cumplidos\nsexo|sexo de la persona\nzona|urbana o rural"), "h1-1 d2-4 c1-2"},
		{"script comments without a header", draw("\n# Datos, índice\n#   https://example.org\n#\n=2010|=1.8\n=2011|=3.1\n=2012|=2.4"), "h0-0 d4-6 c1-2"},
		{"key-value preamble", draw("\nEntidad:|Municipalidad\nPeríodo:|Marzo\n\nRubro|PIA|PIM|Saldo\nLuz|=10|=12|=1\nAgua|=20|=22|=3"), "h4-4 d5-6 c1-4"},
		{"tail of a query", draw("\nAÑO|CÓDIGO|NOMBRE\n=1993|=9|San Mateo\n=2001|=8|Santa Lucía\n=2002|=7|Zacapa\n\n(25874 filas afectadas)"), "h1-1 d2-4 c1-3"},
		{"starts at column B", draw("\n|Región|Monto\n|Lima|=10\n|Cusco|=21"), "h1-1 d2-3 c2-3"},
		{"two tables side by side", draw("\nNr|Actividad|||Cód.|Producto\n=1|Agro|||=11|Arroz\n=2|Pesca|||=12|Maíz\n=3|Minas|||=13|Trigo\n||||=14|Papa\n||||=15|Café\n||||=16|Caña"), "h1-1 d2-4 c1-2; h1-1 d2-7 c5-6"},
		{"two tables, one below the other", draw("\nCuadro 1\nRegión|Casos|Altas\nLima|=10|=3\nCusco|=25|=8\nPuno|=31|=4\n\nCuadro 2\nMes|Camas|Médicos\nEnero|=100|=30\nFebrero|=250|=80\nMarzo|=310|=40"), "h2-2 d3-5 c1-3; h8-8 d9-11 c1-3"},
		{"header printed again", draw("\nRubro|Monto|Saldo\nLuz|=10|=3\nAgua|=25|=8\nRubro|Monto|Saldo\nGas|=31|=4\nTé|=7|=1"), "h1-1 d2-6 c1-3"},
		{"blank rows after the header", draw("\nRubro|Monto|Saldo\n\nLuz|=10|=3\nAgua|=25|=8"), "h1-1 d3-4 c1-3"},
		{"section rows stay inside", draw("\nRubro|Monto|Saldo\nPersonal\nSueldos|=10|=3\nHoras|=25|=8\nServicios\nLuz|=31|=4\nAgua|=7|=1"), "h1-1 d2-7 c1-3"},
		{"pivot table", draw("\nSum of Cantidad|Column Labels\nRow Labels|=2012|=2013|=2014|Grand Total\nAlta Verapaz|=1|=2|=3|=6\nZacapa|=4|=5|=7|=16\nGrand Total|=5|=7|=10|=22"), "h2-2 d3-4 c1-5 t[5]"},
		{"missing marks in a numeric column", draw("\nComuna|2020|2021\nA|NA|=3\nB|-|=4\nC|=5|s/d\nD|=6|=7"), "h1-1 d2-5 c1-3"},
		{"prose is no table", draw("\nSeñores:\nAdjunto el informe.\nAtentamente,"), ""},
		{"months as digits", draw("\nEstación|=1|=2|=3|=4\nA|=3.5|=2.1|=1.1|=4\nB|=2.5|=2.7|=1.3|=4.2\nC|=2.5|=2.7|=1.3|=4.2"), "h1-1 d2-4 c1-5"},
		{"notes of two cells", draw("\nA|B|C|D\nx|=1|=2|=3\ny|=4|=5|=7\nz|=4|=5|=8\nNota:|cifras provisionales\nFuente:|INE"), "h1-1 d2-4 c1-4"},
	}
}

// oddSheets are the layouts that trap programs.
func oddSheets() []sheetCase {
	return []sheetCase{
		{"key-value preamble as wide as the table", draw("\nEntidad:|Muni X|Fecha:|@2024-01-01\nUnidad:|Tesorería|Moneda:|Soles\n\nCódigo|Rubro|PIA|PIM\n1.1|Luz|=100|=120\n1.2|Agua|=210|=220\n1.3|Gas|=50|=60"), "h4-4 d5-7 c1-4"},
		{"total behind a column of row numbers", draw("\nN°|Distrito|Casos|Muertes\n=1|A|=10|=1\n=2|B|=20|=2\n=3|C|=35|=4\n|TOTAL|=65|=7"), "h1-1 d2-4 c1-4 t[5]"},
		{"sparse first record", draw("\nCódigo|Nombre|Monto|Obs|Fecha\n=1|A\n=2|B|=20|x|@2024-01-01\n=3|C|=30||@2024-01-01\n=4|D|=40||@2024-01-01"), "h1-1 d2-5 c1-5"},
		{"data dictionary under a merged title", draw("\nDICCIONARIO DE DATOS||\nVariable|Tipo|Descripción\nedad|entero|años\nsexo|texto|M o F\nzona|texto|u o r", table.Range{RowFirst: 1, RowLast: 1, ColFirst: 1, ColLast: 3}), "h2-2 d3-5 c1-3"},
		{"years with marks as headers", draw("\nProvincia|2010 (p)|2011*|2012\nA|=1.5|=2.5|=3.5\nB|=4|=5|=6\nC|=7|=8|=9"), "h1-1 d2-4 c1-4"},
		{"totals that open their groups are data", draw("\nRegión|Sexo|Casos\nNorte|Total|=30\nNorte|H|=10\nNorte|M|=20\nSur|Total|=7\nSur|H|=3\nSur|M|=4"), "h1-1 d2-7 c1-3"},
		{"total behind a blank row", draw("\nN°|Obra|Monto\n=1|A|=10\n=2|B|=20\n=3|C|=30\n\n|Total general|=60\n\n_____________\nDirector"), "h1-1 d2-4 c1-3 t[6]"},
		{"a note far to the right", draw("\nA|B|C\nx|=1|=2\ny|=3|=4||||ojo: revisar\nz|=5|=7\nw|=5|=7\nv|=5|=7"), "h1-1 d2-6 c1-3"},
		{"all text under merged groups", draw("\n*Persona||*Contacto\n*Nombre|*Cargo|*Correo|*Tel\nAna|Alcaldesa|a@x.pe|s/n\nLuis|Regidor|l@x.pe|s/n\nEva|Regidora|e@x.pe|s/n", table.Range{RowFirst: 1, RowLast: 1, ColFirst: 1, ColLast: 2}, table.Range{RowFirst: 1, RowLast: 1, ColFirst: 3, ColLast: 4}), "h1-2 d3-5 c1-4"},
		{"title right above two columns", draw("\nPoblación por año\nAño|Población\n=2000|=100\n=2001|=120\n=2002|=130"), "h2-2 d3-5 c1-2"},
		{"header of three rows", draw("\n|POBLACIÓN|||\nDepartamento|Total|Sexo||\n||Hombre|Mujer|Otro\nA|=10|=4|=5|=1\nB|=20|=8|=10|=2\nC|=31|=12|=15|=3", table.Range{RowFirst: 1, RowLast: 1, ColFirst: 2, ColLast: 5}, table.Range{RowFirst: 2, RowLast: 3, ColFirst: 1, ColLast: 1}, table.Range{RowFirst: 2, RowLast: 3, ColFirst: 2, ColLast: 2}, table.Range{RowFirst: 2, RowLast: 2, ColFirst: 3, ColLast: 5}), "h1-3 d4-6 c1-5"},
		{"signatures below", draw("\nN°|Nombre|Monto\n=1|A|=10\n=2|B|=20\n=3|C|=35\n\n\nElaborado por:||Aprobado por:\nJuan Pérez||María Díaz"), "h1-1 d2-4 c1-3"},
		{"rule of dashes under the header", draw("\nid|nombre|monto\n--|------|-----\n1|A|10\n2|B|20\n3|C|35"), "h1-1 d3-5 c1-3"},
		{"dates as headers", draw("\nComuna|@2020-03-30|@2020-04-01|@2020-04-03\nA|=1|=2|=3\nB|=0|=5|=7"), "h1-1 d2-3 c1-4"},
		{"a single record", draw("\nA|B|C\nx|=1|=2"), "h1-1 d2-2 c1-3"},
		{"a header alone is no table", draw("\nNombre|Cargo|Correo"), ""},
		{"years over quarters in a text file", draw("\nActividad|2022||||2023\n|I|II|III|IV|I\nAgro|=1.5|=2.5|=3.5|=4.5|=5.5\nMinas|=2.5|=3.5|=4.5|=5.5|=6.5"), "h1-2 d3-4 c1-6"},
		{"titles over a middle column", draw("\n|||MUNICIPALIDAD\n|||PRESUPUESTO 2024\nPartida|Descripción|Monto|Ejecutado\n2.1|Personal|=100|=50\n2.2|Bienes|=200|=70"), "h3-3 d4-5 c1-4"},
		{"bold group sums stay inside", draw("\nPartida|Monto\n*Ingresos|=30\nA|=10\nB|=20\n*Gastos|=12\nC|=5\nD|=7\n*TOTAL|=42"), "h1-1 d2-7 c1-2 t[8]"},
		{"a narrow table above a wide one", draw("\nTabla 1. Casos\nAño|Casos\n=2019|=10\n=2020|=20\n=2021|=31\n\nTabla 2. Presupuesto\nRubro|PIA|PIM|Dev|Saldo\nLuz|=1|=2|=3|=5\nAgua|=1|=2|=3|=7\nGas|=1|=2|=3|=9"), "h2-2 d3-5 c1-2; h8-8 d9-11 c1-5"},
		{"a wide table above a narrow one", draw("\nRubro|PIA|PIM|Dev|Saldo\nLuz|=1|=2|=3|=5\nAgua|=1|=2|=3|=7\nGas|=1|=2|=3|=9\n\nAño|Casos\n=2019|=10\n=2020|=20\n=2021|=31"), "h1-1 d2-4 c1-5; h6-6 d7-9 c1-2"},
		{"blank column inside", draw("\nRegión||Casos|Altas\nA||=1|=2\nB||=3|=4\nC||=3|=5"), "h1-1 d2-4 c1-4"},
		{"the same names side by side", draw("\nNombre|Monto||Nombre|Monto\nA|=1||X|=5\nB|=2||Y|=6\nC|=4||Z|=8"), "h1-1 d2-4 c1-2; h1-1 d2-4 c4-5"},
		{"blank header over years", draw("\n|Hombres|Mujeres\n=2019|=10|=20\n=2020|=20|=21\n=2021|=31|=22"), "h1-1 d2-4 c1-3"},
		{"notes with asterisks", draw("\nPaís|Valor|Año\nPerú|=1|=2020\nChile*|=2|=2020\nBrasil|=3|=2020\n* Datos preliminares\n** Estimado"), "h1-1 d2-4 c1-3"},
		{"groups merged downwards", draw("\nRegión|Provincia|Casos\nNorte|A|=1\n|B|=2\n|C|=3\nSur|D|=4\n|E|=9", table.Range{RowFirst: 2, RowLast: 4, ColFirst: 1, ColLast: 1}, table.Range{RowFirst: 5, RowLast: 6, ColFirst: 1, ColLast: 1}), "h1-1 d2-6 c1-3"},
		{"total between blank rows under the header", draw("\nDepto|2019|2020\n\nTotal nacional|=30|=50\n\nLima|=10|=20\nCusco|=20|=30"), "h1-1 d5-6 c1-3 t[3]"},
		{"page number beside the title", draw("\nCUADRO 5||||Pág. 3\nPoblación|||\nDepto|H|M|T\nA|=1|=2|=3\nB|=4|=5|=9\nC|=1|=1|=2"), "h3-3 d4-6 c1-4"},
		{"groups over years without merges", draw("\n*Depto|*Censo||*Proyección|\n|*2007|*2017|*2024|*2025\nA|=1|=2|=3|=5\nB|=4|=5|=9|=6"), "h1-2 d3-4 c1-5"},
		{"the total of one indicator is data", draw("\nIndicador|Unidad|2019|2020\nTotal población|personas|=100|=110\nHombres|personas|=50|=55\nMujeres|personas|=50|=55\nDensidad|hab/km²|=3.5|=3.7"), "h1-1 d2-5 c1-4"},
		{"averages beside the total", draw("\nMes|A|B\nEne|=10|=1\nFeb|=20|=2\nMar|=36|=4\nTotal|=66|=7\nPromedio|=22|=2.33\nMáximo|=36|=4"), "h1-1 d2-4 c1-3 t[5 6 7]"},
		{"the last header row names the first columns", draw("\n|||ID|DE_36|EA_16\n|||Estándar|90% o más|50 µg\nRegión|Provincia|Comuna|CUT|Porcentaje|Norma\nTarapacá|Iquique|Iquique|=1101|=1.5|Sin medición\nAntofagasta|El Loa|Calama|=2201|=2.5|=7\nAtacama|Huasco|Vallenar|=3301|Sin medición|=8"), "h1-3 d4-6 c1-6"},
		{"pivot table with two labels", draw("\nSuma de GASTO||Año\nCod|Descripción|=2019|=2020|Total general\n=1|Lima|=1.5|=2|=3.5\n=2|Cusco|=4|=5|=9\nTotal general||=5.5|=7|=12.5"), "h2-2 d3-4 c1-5 t[5]"},
		{"codes without a header", draw("\nA01|Agricultura\nA02|Ganadería\nA03|Pesca\nB01|Minas\nC01|Alimentos"), "h0-0 d1-5 c1-2"},
		{"addresses without a header", draw("\nana@muni.pe|Ana Ruiz\nluis@muni.pe|Luis Soto\neva@muni.pe|Eva Paz"), "h0-0 d1-3 c1-2"},
		{"plates without a header", draw("\nAB-123|Toyota\nCD-456|Nissan\nEF-789|Kia\nGH-012|Ford"), "h0-0 d1-4 c1-2"},
		{"codes under a header with a figure", draw("\nCNAE2|Descrição\nA01|Agricultura\nA02|Pecuária\nB03|Pesca\nB04|Minas"), "h1-1 d2-5 c1-2"},
		{"codes under a bold header of their shape", draw("\n*P1|*P2\nA1|sí\nA2|no\nB3|sí\nB4|no"), "h1-1 d2-5 c1-2"},
		{"tables of one header right below each other", draw("\nPrimaria\nNúmero de docentes\nCod|Depto|=2010|=2011\n=1|Guatemala|=92|=100\n=2|Jutiapa|=11|=12\n=3|Petén|=15|=18\n\n||=118|=130\nPrimaria\nNúmero de estudiantes\nCod|Depto|=2010|=2011\n=1|Guatemala|=313|=310\n=2|Jutiapa|=27|=27\n=3|Petén|=38|=36\n\n||=378|=373"), "h3-3 d4-6 c1-4 t[8]; h11-11 d12-14 c1-4 t[16]"},
		{"a printed page with a heading", draw("\nMUNICIPALIDAD\nN°|Obra|Monto\n=1|A|=10\n=2|B|=25\n=3|C|=31\nMUNICIPALIDAD\nN°|Obra|Monto\n=4|D|=44\n=5|E|=51"), "h2-2 d3-9 c1-3"},
		{"data dictionary without a header", draw("\nANO_EJE|AÑO DE CONSULTA\nTIPO_GOB|Código de tipo de gobierno\nSECTOR|Código del sector\nPLIEGO_NOM|Nombre del pliego"), "h0-0 d1-4 c1-2"},
		{"data dictionary with a header of its kind", draw("\nNOMBRE_VAR|DESCRIPCIÓN DE LA VARIABLE\nANO_EJE|Año de consulta\nTIPO_GOB|Código de tipo de gobierno\nSECTOR|Código del sector"), "h1-1 d2-4 c1-2"},
		{"a form is no table", draw("\nFICHA DEL INDICADOR||IDENTIFICADOR\nCobertura||008\n\nMÉTODO\nCociente entre inscritos\n\nORIGEN\nDirección de estudios\n\nRESPONSABLE\nEquipo de análisis\n\nFRECUENCIA||FECHA\nanual||marzo"), ""},
	}
}
