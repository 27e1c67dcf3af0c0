package detect

import (
	"strings"
	"unicode"

	"chasqui/converters/table"
)

// fold makes words comparable: lower case, no accents, blanks single.
func fold(s string) string {
	var b strings.Builder
	space := false
	for _, r := range table.TrimSpace(s) {
		if unicode.IsSpace(r) || r == '\u00a0' || r == '\u202f' {
			space = true
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(table.BareLetter(unicode.ToLower(r)))
	}
	return b.String()
}

// isMissingWord reports whether a trimmed text is one of the region's ways to
// write that there is no value, in a column that otherwise holds values.
func isMissingWord(s string) bool {
	if len(s) > 24 {
		return false
	}
	if isDash(s) || isAmountDash(s) {
		return true
	}
	switch strings.ToLower(s) {
	case "...", "..", ".", ":", "…", "///", "s/d", "s.d.", "s.d", "sd", "s/i", "s.i.", "n/d", "n.d.", "n.d", "nd", "n/a", "n.a.", "n.a", "na",
		"null", "none", "nan", "#n/a", "#¡n/a", "#n/d", "#ref!", "#div/0!", "#¡div/0!", "#value!", "#¡valor!", "#name?", "*", "**", "***",
		"sin dato", "sin datos", "sin_dato", "sin_datos", "sin información", "sin informacion", "no disponible", "no data",
		"no registra", "no reporta", "sin medición", "sin medicion", "sin registro", "sin registros", "no medido", "sin valor", "sem informação", "sem informacao", "sem dados", "não disponível", "nao disponivel",
		"missing", "not available", "s/dato", "s/datos", "(x)", "x", "xx", "xxx", "(s/d)", "n/i", "s/n/d", "<na>", "\\n", "?":
		return true
	}
	return false
}

// isDash reports whether a text is nothing but dashes, perhaps in brackets.
func isDash(s string) bool {
	if s == "" || strings.IndexByte("-_ ().\xe2", s[0]) < 0 { // how those begin
		return false
	}
	return strings.Trim(s, "-–—−_ ().") == "" && strings.ContainsAny(s, "-–—−_")
}

// isAmountDash reports whether a text is a dash behind a sign of money, as
// accounting formats show that there is no amount: "$ -".
func isAmountDash(s string) bool {
	for _, mark := range [...]string{"$", "US$", "R$", "C$", "S/.", "S/", "Bs.", "Bs", "Q", "L", "€", "₡", "₲"} {
		if rest, ok := strings.CutPrefix(s, mark); ok && table.TrimSpace(rest) == "-" {
			return true
		}
	}
	return false
}

// isMissingText is the narrower list for columns of words, where "NA" or "x"
// can be a value.
func isMissingText(s string) bool {
	if isDash(s) {
		return true
	}
	switch strings.ToLower(s) {
	case "x", "*", "**", "na", "nd", "sd", "?", "none", "missing", "...", "..", "…", "s/i", "***":
		return false
	}
	return isMissingWord(s)
}

// isTotalLabel reports whether a folded label begins like a grand or a group
// total.
func isTotalLabel(s string) bool {
	s = strings.TrimLeft(s, "*# ")
	for _, w := range [...]string{"total", "totales", "totais", "totals", "subtotal", "sub-total", "sub total", "gran total",
		"grand total", "grand totals", "suma", "sumas", "soma", "sum", "suma total", "ensemble", "totaux", "monto total", "importe total", "valor total", "t o t a l"} {
		if s == w || strings.HasPrefix(s, w) && !unicode.IsLetter(rune(s[len(w)])) {
			return true
		}
	}
	return false
}

// isPlainTotal reports whether a folded label is a total of all rows and nothing
// else: "Total población" may as well be the first of several indicators.
func isPlainTotal(s string) bool {
	switch bareTotal(strings.Trim(s, "*#:. ")) {
	case "total", "totales", "totais", "totals", "total general", "total geral", "total nacional", "total pais", "total del pais", "total departamental",
		"total departamento", "total provincial", "total municipal", "total estatal", "total regional", "total region", "gran total", "grand total",
		"suma total", "t o t a l", "total brasil", "total peru", "total chile", "total colombia", "total mexico", "total argentina", "total republica":
		return true
	}
	return false
}

// isStatistic reports whether a folded label names a figure about all rows that
// is no sum: averages and extremes stand beside totals.
func isStatistic(s string) bool {
	for _, w := range [...]string{"promedio", "media", "mediana", "average", "mean", "moyenne", "maximo", "minimo", "max", "min", "desviacion", "desv",
		"% del total", "porcentaje", "participacion", "variacion", "diferencia"} {
		if s == w || strings.HasPrefix(s, w+" ") {
			return true
		}
	}
	return false
}

// isPivotCorner recognises what a pivot table writes above its row labels: the
// field that it adds up or counts.
func isPivotCorner(s string) bool {
	for _, w := range [...]string{"suma de ", "sum of ", "soma de ", "somme de ", "cuenta de ", "recuento de ", "count of ", "contagem de ",
		"promedio de ", "average of ", "media de ", "moyenne de "} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// isSubtotalLabel reports whether a folded label says that only a group is
// added up.
func isSubtotalLabel(s string) bool {
	return strings.HasPrefix(s, "sub")
}

// isWholeLabel reports whether a folded label names the whole of which the
// rows below are parts: the country, all departments.
func isWholeLabel(s string) bool {
	switch s {
	case "pais", "nacional", "total pais", "nivel nacional", "todo el pais", "todos", "todas", "brasil", "peru", "colombia", "chile", "argentina",
		"bolivia", "ecuador", "venezuela", "uruguay", "paraguay", "mexico", "guatemala", "honduras", "el salvador",
		"nicaragua", "costa rica", "panama", "cuba", "haiti", "espana", "la republica", "republica", "nivel general",
		"estados unidos mexicanos", "republica dominicana", "ambos sexos", "general", "conjunto":
		return true
	}
	for _, w := range [...]string{"todos los ", "todas las ", "todos os ", "todas as ", "total ", "republica de", "republica del", "promedio nacional", "all "} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// isNote reports whether a folded text begins like what stands below a table:
// a source, a note, a mark that explains, the tail of a query.
func isNote(s string) bool {
	for _, w := range [...]string{"fuente", "fonte", "source", "nota", "note", "notas", "notes", "elabora", "elaboro", "observa", "obs.", "obs:",
		"(1)", "(2)", "(3)", "(*)", "(a)", "(p)", "1/", "2/", "3/", "a/", "p/", "e/", "*", "¹", "²", "³", "1)", "2)", "1.-", "aclaracion",
		"volver", "cifras", "datos ", "incluye", "no incluye", "excluye", "se refiere", "ultima actualizacion", "actualizado",
		"fecha de", "los datos", "las cifras", "la suma", "el total", "debido a", "elaborado", "preparado", "revisado", "aprobado", "firma",
		"responsable", "copyright", "©", "http", "www.", "leyenda", "referencia", "simbolog", "metodolog", "- ", "dados ", "pagina ", "page "} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return isQueryTail(s)
}

// isQueryTail recognises "(25874 filas afectadas)" and its kin.
func isQueryTail(s string) bool {
	s = strings.Trim(s, "() ")
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	rest := strings.TrimSpace(s[digits:])
	for _, w := range [...]string{"filas", "fila", "rows", "row", "registros", "registro", "linhas", "linha", "lignes", "records"} {
		if digits > 0 && strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}

// isIdentityName reports whether a header names numbers of persons, places or
// things that are never reckoned with.
func isIdentityName(title string) bool {
	s := fold(splitHumps(title))
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, w := range words {
		switch w {
		case "postal":
			if len(words) <= 2 || strings.Contains(s, "cod") || strings.Contains(s, "zip") {
				return true // not the postal services of a statistic
			}
		case "ubigeo", "ruc", "dni", "rut", "run", "nit", "cuit", "cuil", "cuip", "cpf", "cnpj", "rfc", "curp", "cedula", "telefono", "telefonos",
			"tel", "telf", "celular", "fax", "whatsapp", "movil", "telefone", "phone", "cep", "ciiu", "cnae", "ncm", "isbn", "issn", "imei",
			"partida", "clasificador", "cui", "dui", "nis", "pis", "nire", "snip", "divipola", "rtn", "rnc", "cae", "cbu", "siret", "siren", "insee":
			return true
		}
	}
	return false
}

// isPartedName reports whether a header names codes whose parts are separated by
// points, so that workbooks store some as decimals: 2.1 of a budget.
func isPartedName(title string) bool {
	s := fold(title)
	return strings.Contains(s, "partida") || strings.Contains(s, "clasificador")
}

// splitHumps puts a blank before the capitals of camel case.
func splitHumps(s string) string {
	var b strings.Builder
	small := false
	for _, r := range s {
		if small && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		small = unicode.IsLower(r)
		b.WriteRune(r)
	}
	return b.String()
}

// isYearName reports whether a folded header names years.
func isYearName(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch w {
		case "ano", "anio", "anos", "year", "ejercicio", "exercicio", "exercice", "gestion", "annee", "periodo", "vigencia", "fecha", "temporal", "ciclo":
			return true
		}
	}
	return false
}

// isPeriodName reports whether a folded header names months or days.
func isPeriodName(s string) bool {
	for _, w := range [...]string{"period", "mes", "fecha", "data", "month", "date", "mois", "competencia", "anomes", "aniomes", "dia", "inicio", "fin"} {
		if strings.HasPrefix(s, w) || strings.Contains(s, "_"+w) || strings.Contains(s, " "+w) {
			return true
		}
	}
	return false
}

// isDegreesName reports whether a column's title names a coordinate in degrees,
// whose numbers are never thousands.
func isDegreesName(title string) bool {
	for word := range strings.FieldsFuncSeq(fold(title), func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch word {
		case "lat", "latitud", "latitude", "lon", "long", "lng", "longitud", "longitude":
			return true
		}
	}
	return false
}
