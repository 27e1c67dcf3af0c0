package main

import "math/rand/v2"

// joined sets two cells beside each other.
func joined(a, b cell) cell {
	return func(r *rand.Rand, i int) string { return a(r, i) + b(r, i) }
}

// integerColumns are counts.
func integerColumns() []column {
	counted := func(_ *rand.Rand, i int) string { return grouped(i+1, "") }
	return []column{
		{comma, "Habitantes", "integer", whole(90_000, ".", "", "")},
		{comma, "Viviendas", "integer", every(4, "s/d", whole(20_000, ".", "", ""))},
		{comma, "Orden", "integer", counted},
		{comma, "Importe en pesos", "integer", whole(9_000_000, ".", "$ ", "")},
		{comma, "Saldo migratorio", "integer", negative("-", "", whole(900, "", "", ""))},
		{comma, "Déficit en pesos", "integer", negative("(", ")", whole(900_000, ".", "", ""))},
		{point, "Población", "integer", whole(3_000_000, ",", "", "")},
		{point, "Beneficiarios", "integer", whole(800, "", "", "")},
		{point, "N°", "integer", counted},
		{point, "Alumnos", "integer", every(2, "n/d", whole(400, "", "", ""))},
		{point, "Vacunas", "integer", every(3, "-", whole(60_000, ",", "", ""))},
		{point, "Monto en quetzales", "integer", whole(900_000, ",", "Q", "")},
		{point, "Variación", "integer", negative("-", "", whole(3_000, ",", "", ""))},
		{brazil, "População", "integer", whole(400_000, ".", "", "")},
		{brazil, "Leitos", "integer", every(5, "N/D", whole(300, "", "", ""))},
		{brazil, "Matrículas", "integer", whole(9_000, "", "", "")},
		{france, "Habitants", "integer", whole(200_000, "\u00a0", "", "")},
		{france, "Logements", "integer", whole(30_000, " ", "", "")},
		{france, "Naissances", "integer", every(6, "n.d.", whole(900, "", "", ""))},
		{english, "Households", "integer", whole(80_000, ",", "", "")},
		{english, "Visits", "integer", whole(50, "", "", "")},
		{english, "Residents", "integer", whole(2_000_000, "'", "", "")},
		{english, "Balance", "integer", negative("", "-", whole(5_000, "", "", ""))},
	}
}

// numberColumns are measures and shares.
func numberColumns() []column {
	return []column{
		{comma, "Superficie (ha)", "number", decimal(900, 2, "", ",", "", "")},
		{comma, "Avance", "number", decimal(99, 2, "", ",", "", " %")},
		{comma, "Densidad", "number", every(3, "s/d", decimal(4_000, 1, ".", ",", "", ""))},
		{comma, "Longitud", "number", decimal(70, 4, "", ",", "-", "")},
		{comma, "Coeficiente", "number", decimal(1, 6, "", ",", "", "")},
		{point, "Longitud", "number", decimal(78, 6, "", ".", "-", "")},
		{point, "Ejecución", "number", decimal(99, 1, "", ".", "", "%")},
		{point, "Caudal (l/s)", "number", decimal(300, 3, "", ".", "", "")},
		{point, "Peso kg", "number", decimal(50_000, 2, ",", ".", "", "")},
		{point, "Índice", "number", every(2, "...", decimal(3, 3, "", ".", "", ""))},
		{brazil, "Área (km²)", "number", decimal(9_000, 3, ".", ",", "", "")},
		{brazil, "Taxa", "number", decimal(30, 2, "", ",", "", "%")},
		{france, "Surface", "number", decimal(900, 1, "", ",", "", "")},
		{france, "Taux de pauvreté", "number", decimal(40, 1, "", ",", "", "\u00a0%")},
		{english, "Rate", "number", decimal(1, 4, "", ".", "", "")},
		{english, "Concentration", "number", each("1.2E-04", "3.4E-05", "9.1E-04", "5.0E-03", "7.7E-05")},
	}
}

// moneyColumns are amounts with the signs that offices put beside them.
func moneyColumns() []column {
	return []column{
		{comma, "Monto", "number", decimal(900_000, 2, ".", ",", "$ ", "")},
		{comma, "Presupuesto", "number", decimal(9_000_000, 2, ".", ",", "", "")},
		{comma, "Ajuste", "number", negative("-", "", decimal(40_000, 2, ".", ",", "", ""))},
		{point, "PIM", "number", decimal(9_000_000, 2, ",", ".", "S/ ", "")},
		{point, "Devengado", "number", decimal(900_000, 2, ",", ".", "", "")},
		{point, "Saldo", "number", negative("(", ")", decimal(90_000, 2, ",", ".", "", ""))},
		{point, "Donación", "number", decimal(90_000, 2, ",", ".", "US$ ", "")},
		{brazil, "Valor empenhado", "number", decimal(900_000, 2, ".", ",", "R$ ", "")},
		{brazil, "Valor pago", "number", every(4, "-", decimal(900_000, 2, ".", ",", "", ""))},
		{france, "Subvention", "number", decimal(90_000, 2, "\u202f", ",", "", "\u00a0€")},
		{france, "Dépenses", "number", decimal(90_000, 2, " ", ",", "", "")},
		{english, "Fee", "number", decimal(900, 2, "", ".", "$", "")},
		{english, "Budget", "number", decimal(900_000, 2, ",", ".", "", "")},
		{english, "Refund", "number", negative("", "-", decimal(900, 2, "", ".", "", ""))},
	}
}

// booleanColumns are words for yes and no.
func booleanColumns() []column {
	return []column{
		{comma, "¿Tiene cloacas?", "boolean", each("Sí", "No", "No", "Sí", "Sí")},
		{comma, "Habilitado", "boolean", each("SI", "NO", "SI", "SI")},
		{comma, "Vigente", "boolean", each("S", "N", "S", "S", "N")},
		{comma, "Verificado", "boolean", each("Verdadero", "Falso", "Verdadero")},
		{comma, "Propietario", "boolean", every(5, "s/d", each("si", "no", "no", "si"))},
		{comma, "Estado", "boolean|string", each("Activo", "Inactivo", "Activo")},
		{point, "Certificado", "boolean", each("X", "", "X", "", "")},
		{point, "¿Operativo?", "boolean", each("SÍ", "NO", "SÍ")},
		{point, "Correcto", "boolean", each("V", "F", "V", "V", "F")},
		{point, "Con internet", "boolean", every(6, "N/A", each("Si", "No", "No"))},
		{point, "Asistió", "boolean", each("x", "", "", "x")},
		{point, "Cuenta con SIS", "boolean", each("sí", "no", "")},
		{brazil, "Possui esgoto", "boolean", each("Sim", "Não", "Não", "Sim")},
		{brazil, "Ativo", "boolean", each("SIM", "NÃO", "SIM")},
		{brazil, "Tombado", "boolean", each("sim", "nao", "nao")},
		{brazil, "Conferido", "boolean", each("Verdadeiro", "Falso", "Falso")},
		{brazil, "Urgente", "boolean", each("S", "N", "N")},
		{france, "Accessible", "boolean", each("Oui", "Non", "Oui")},
		{france, "Gratuit", "boolean", each("OUI", "NON", "NON")},
		{france, "Valide", "boolean", each("VRAI", "FAUX", "VRAI")},
		{france, "Couvert", "boolean", each("vrai", "faux", "faux")},
		{english, "Paved", "boolean", each("Yes", "No", "No")},
		{english, "Open", "boolean", each("TRUE", "FALSE", "TRUE")},
		{english, "Insured", "boolean", each("Y", "N", "Y")},
		{english, "Locked", "boolean", each("true", "false", "false")},
	}
}
