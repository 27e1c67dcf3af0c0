package main

// stringColumns are words, and what looks like figures or days but is neither.
func stringColumns() []column {
	return []column{
		{comma, "Barrio", "string", each("Centro", "San Martín", "La Loma", "Villa Nueva", "El Ñandú", "Santa Rosa", "Güemes")},
		{point, "Nombre de la obra", "string", each("Mejoramiento de la plaza", "Pavimentación calle 5", "Red de agua, etapa 2", "Techo de la escuela N° 12", "Cerco perimétrico")},
		{point, "Dirección", "string", each("Av. Grau 120", "Jr. Unión 45", "Calle 8 N° 15-30", "Km 12 carretera a Sechura", "Psje. Los Olivos s/n")},
		{brazil, "Secretaria", "string", each("Saúde", "Educação", "Obras e Serviços", "Assistência Social", "Fazenda")},
		{france, "Quartier", "string", each("Centre-ville", "Les Écoles", "Gare", "Côte d'Azur", "Saint-Étienne")},
		{english, "Remarks", "string", each("none so far", "see file 12", "pending", "closed in 2023", "2 visits")},
		{comma, "Rango de edad", "string", each("0-4", "5-9", "10-14", "15-19", "20-24", "25-29", "80 y más")},
		{point, "Horario", "string", each("08:00 - 16:30", "07:45 - 13:00", "09:00 - 18:00", "24 horas")},
		{comma, "Trimestre", "string", each("2021 1T", "2021 2T", "2021 3T", "2021 4T", "2022 1T")},
		{brazil, "Trimestre", "string", each("2020-1", "2020-2", "2020-3", "2020-4", "2021-1")},
		{comma, "Sexo", "string", each("M", "F", "F", "M", "F")},
		{point, "Correo", "string", printed("mesa%d@muni.gob.pe", 10, 99)},
		{english, "Website", "string", printed("https://example.org/ward/%d", 1, 400)},
		{france, "Tranche horaire", "string", each("8h-12h", "14h-17h", "matin", "après-midi", "8h-10h")},
		{comma, "Talle", "string", each("S", "M", "L", "XL", "42", "44", "38")},
		{point, "Nivel", "string", each("Inicial", "Primaria", "Secundaria", "Superior")},
		{brazil, "Observação", "string", every(4, "", each("sem alvará", "em dia", "aguardando vistoria", "reformado em 2019"))},
		{english, "Version", "string", each("1.0.3", "1.0.12", "2.1.0", "2.1.1", "10.0.1")},
	}
}

// codeColumns are digits that nobody reckons with.
func codeColumns() []column {
	return []column{
		{point, "UBIGEO", "string", printed("0%d01", 101, 999)},
		{point, "RUC", "string", printed("20%09d", 100000000, 999999999)},
		{point, "DNI", "string", printed("%08d", 1000000, 79999999)},
		{comma, "RUT", "string", joined(whole(24_000_000, ".", "", "-"), each("K", "0", "5", "9", "3", "7"))},
		{comma, "CUIT", "string", printed("30-%08d-5", 50000000, 79999999)},
		{comma, "Teléfono", "string", printed("351%07d", 1000000, 9999999)},
		{brazil, "CNPJ", "string", printed("12.345.%03d/0001-90", 100, 999)},
		{brazil, "CEP", "string", printed("69%03d-000", 100, 999)},
		{brazil, "CPF", "string", printed("%011d", 1000000000, 99999999999)},
		{france, "Code postal", "string", printed("97%03d", 100, 999)},
		{france, "SIRET", "string", printed("2159%010d", 1000000000, 9999999999)},
		{point, "Expediente", "string", printed("%05d-2024-MPC", 1, 9999)},
		{point, "Partida", "string", each("2.1", "2.1.1", "2.3", "2.3.1.5", "2.6", "2.6.8")},
		{comma, "Código", "string", each("001", "002", "010", "011", "100", "101", "110")},
		{comma, "CBU", "string", printed("28505909400904%08d", 10000000, 99999999)},
		{point, "Placa", "string", each("EGA-123", "ABC-987", "T4U-555", "PIU-001")},
		{english, "Parcel", "string", printed("00%d-A", 100, 999)},
		{point, "CIIU", "string", printed("%d", 1000, 9609)},
		{comma, "Manzana", "string", each("0012", "0013", "0104", "0205", "0310")},
	}
}
