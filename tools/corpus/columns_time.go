package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// The months as offices write them; short ones as Excel does in that language.
var (
	spanish         = [...]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"}
	spanishShort    = [...]string{"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"}
	portuguese      = [...]string{"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"}
	portugueseShort = [...]string{"jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"}
	french          = [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
	frenchShort     = [...]string{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."}
	days            = [...]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}
)

// moment draws a time between 2018 and 2025, to the second.
func moment(r *rand.Rand) time.Time {
	return time.Date(2018+r.IntN(7), time.January, 1+r.IntN(365), r.IntN(24), r.IntN(60), r.IntN(60), 0, time.UTC)
}

// at writes moments in Go's layout.
func at(layout string) cell {
	return func(r *rand.Rand, _ int) string { return moment(r).Format(layout) }
}

// named writes moments with the name of the month in place of "#".
func named(months [12]string, layout string) cell {
	return func(r *rand.Rand, _ int) string {
		t := moment(r)
		return strings.Replace(t.Format(layout), "#", months[t.Month()-1], 1)
	}
}

// upper writes in capitals.
func upper(c cell) cell {
	return func(r *rand.Rand, i int) string { return strings.ToUpper(c(r, i)) }
}

// afternoon writes times of twelve hours with the marks of the language.
func afternoon(layout, am, pm string) cell {
	return func(r *rand.Rand, _ int) string {
		t := moment(r)
		mark := am
		if t.Hour() >= 12 {
			mark = pm
		}
		return strings.Replace(t.Format(layout), "@", mark, 1)
	}
}

// dateColumns are days in figures.
func dateColumns() []column {
	return []column{
		{comma, "Fecha", "date", at("02/01/2006")},
		{comma, "Fecha de alta", "date", at("2/1/2006")},
		{comma, "Vencimiento", "date", at("02-01-2006")},
		{comma, "Inicio", "date", at("02/01/06")},
		{comma, "Nacimiento", "date", every(5, "s/d", at("02/01/2006"))},
		{point, "Fecha de pago", "date", at("2006-01-02")},
		{point, "FECHA_CORTE", "date", at("20060102")},
		{point, "Emisión", "date", at("02.01.2006")},
		{point, "Recepción", "date", at("2006/01/02")},
		{brazil, "Data", "date", at("02/01/2006")},
		{france, "Date de délibération", "date", at("02/01/2006")},
		{english, "Date", "date", at("01/02/2006")},
		{english, "Inspected", "date", at("1/2/2006")},
	}
}

// writtenDateColumns are days with the month's name.
func writtenDateColumns() []column {
	return []column{
		{comma, "Sanción", "date", named(spanish, "2 de # de 2006")},
		{comma, "Alta", "date", named(spanishShort, "02-#-2006")},
		{comma, "Sesión", "date", func(r *rand.Rand, _ int) string {
			t := moment(r)
			return fmt.Sprintf("%s %d de %s de %d", days[t.Weekday()], t.Day(), spanish[t.Month()-1], t.Year())
		}},
		{point, "Resolución", "date", named(spanish, "2 de # del 2006")},
		{point, "Ingreso", "date", upper(named(spanishShort, "02-#-06"))},
		{point, "Entrega", "date", named(spanishShort, "02/#/2006")},
		{brazil, "Publicação", "date", named(portuguese, "2 de # de 2006")},
		{brazil, "Vistoria", "date", named(portugueseShort, "02-#-06")},
		{brazil, "Posse", "date", named(portugueseShort, "02/#/2006")},
		{france, "Séance", "date", named(french, "2 # 2006")},
		{france, "Arrêté", "date", named(frenchShort, "02 # 2006")},
		{english, "Adopted", "date", at("January 2, 2006")},
		{english, "Issued", "date", at("02 Jan 2006")},
		{english, "Due", "date", at("02-Jan-06")},
	}
}

// dateTimeColumns are days with a time.
func dateTimeColumns() []column {
	return []column{
		{comma, "Fecha y hora", "datetime", at("02/01/2006 15:04")},
		{comma, "Registro", "datetime", at("02/01/2006 15:04:05")},
		{comma, "Medición", "datetime", at("2006-01-02 15:04:05")},
		{comma, "Llamada", "datetime", at("2/1/2006 15:04")},
		{comma, "Turno", "datetime", at("02-01-2006 15:04")},
		{comma, "Ingreso a guardia", "datetime", at("02/01/06 15:04")},
		{point, "Marca temporal", "datetime", at("2/1/2006 15:04:05")},
		{point, "Creado", "datetime", at("2006-01-02T15:04:05")},
		{point, "Actualizado", "datetime", at("2006-01-02T15:04:05Z")},
		{point, "Atención", "datetime", afternoon("02/01/2006 03:04:05 @", "a. m.", "p. m.")},
		{point, "Denuncia", "datetime", afternoon("2/01/2006 3:04 @", "AM", "PM")},
		{point, "Lectura", "datetime", at("2006-01-02 15:04:05.000")},
		{point, "Envío", "datetime", at("2006-01-02T15:04:05-05:00")},
		{brazil, "Data e hora", "datetime", at("02/01/2006 15:04")},
		{brazil, "Abertura", "datetime", at("02/01/2006 15:04:05")},
		{brazil, "Ocorrência", "datetime", at("02/01/2006, 15:04")},
		{brazil, "Protocolo", "datetime", every(4, "", at("02/01/2006 15h04"))},
		{france, "Horodatage", "datetime", at("02/01/2006 15:04:05")},
		{france, "Relevé", "datetime", at("2006/01/02 15:04:05")},
		{france, "Passage", "datetime", at("02.01.2006 15:04")},
		{english, "Timestamp", "datetime", at("1/2/2006 15:04:05")},
		{english, "Reported", "datetime", at("01/02/2006 03:04 PM")},
		{english, "Updated", "datetime", at("2006-01-02 15:04")},
	}
}

// timeColumns are times of the day.
func timeColumns() []column {
	return []column{
		{comma, "Hora", "time", at("15:04")},
		{comma, "Hora de inicio", "time", at("15:04:05")},
		{comma, "Salida", "time", at("15:04 hs")},
		{comma, "Llegada", "time", every(5, "s/d", at("15:04"))},
		{comma, "Cierre", "time", at("15:04 h")},
		{point, "Hora de ingreso", "time", afternoon("3:04 @", "a. m.", "p. m.")},
		{point, "Hora de salida", "time", afternoon("03:04 @", "AM", "PM")},
		{point, "Apertura", "time", afternoon("03:04:05 @", "a.m.", "p.m.")},
		{point, "Riego", "time", at("15:04 hrs")},
		{point, "Corte", "time", afternoon("3:04@", "am", "pm")},
		{brazil, "Horário", "time", at("15:04")},
		{brazil, "Início", "time", at("15h04")},
		{brazil, "Término", "time", at("15:04:05")},
		{brazil, "Chamada", "time", at("15:04h")},
		{france, "Heure", "time", at("15:04")},
		{france, "Ouverture", "time", at("15h04")},
		{france, "Fermeture", "time", at("15 h 04")},
		{english, "Start time", "time", afternoon("3:04 @", "AM", "PM")},
		{english, "End time", "time", at("15:04")},
		{english, "Measured", "time", at("15:04:05.000")},
		{english, "Duration", "time", func(r *rand.Rand, _ int) string {
			return fmt.Sprintf("%d:%02d:%02d", r.IntN(60), r.IntN(60), r.IntN(60))
		}},
	}
}

// yearColumns are years.
func yearColumns() []column {
	between := func(from, to int) cell { return printed("%d", from, to) }
	run := func(from int) cell { return func(_ *rand.Rand, i int) string { return strconv.Itoa(from + i) } }
	return []column{
		{comma, "Año", "year", between(2015, 2024)},
		{comma, "Ejercicio", "year", between(2019, 2023)},
		{comma, "Año de construcción", "year", between(1880, 2020)},
		{comma, "anio", "year", run(2005)},
		{comma, "Año censal", "year", each("1991", "2001", "2010", "2022")},
		{comma, "Año de egreso", "year", every(4, "s/d", between(1970, 2020))},
		{point, "AÑO", "year", between(2010, 2024)},
		{point, "Año fiscal", "year", each("2024")},
		{point, "Gestión", "year", between(2011, 2022)},
		{point, "Periodo", "year", between(2016, 2024)},
		{point, "Año de creación", "year", between(1821, 1999)},
		{point, "Vigencia", "year", between(2020, 2024)},
		{brazil, "Ano", "year", between(2012, 2024)},
		{brazil, "Exercício", "year", between(2018, 2024)},
		{brazil, "Ano de fabricação", "year", between(1995, 2023)},
		{france, "Année", "year", between(2014, 2024)},
		{france, "Exercice", "year", between(2017, 2024)},
		{france, "Année de construction", "year", between(1890, 2019)},
		{english, "Year", "year", run(2008)},
		{english, "Fiscal year", "year", between(2015, 2024)},
		{english, "Model year", "year", every(5, "", between(1998, 2024))},
	}
}

// monthColumns are months of a year.
func monthColumns() []column {
	return []column{
		{comma, "Período", "yearmonth", at("2006-01")},
		{comma, "Mes", "yearmonth", named(spanishShort, "#-06")},
		{comma, "Mes de pago", "yearmonth", named(spanish, "# 2006")},
		{comma, "Mes liquidado", "yearmonth", at("01/2006")},
		{comma, "Facturado", "yearmonth", named(spanishShort, "# 2006")},
		{point, "Periodo", "yearmonth", at("200601")},
		{point, "Mes reportado", "yearmonth", named(spanish, "# de 2006")},
		{point, "MES", "yearmonth", upper(named(spanish, "# 2006"))},
		{point, "Cuota", "yearmonth", named(spanishShort, "#-2006")},
		{point, "Planilla", "yearmonth", named(spanish, "# del 2006")},
		{point, "Mes y año", "yearmonth", at("2006/01")},
		{brazil, "Competência", "yearmonth", at("01/2006")},
		{brazil, "Mês", "yearmonth", named(portugueseShort, "#/06")},
		{brazil, "Mês de referência", "yearmonth", named(portuguese, "#/2006")},
		{brazil, "AnoMes", "yearmonth", at("200601")},
		{brazil, "Folha", "yearmonth", named(portuguese, "# de 2006")},
		{france, "Mois", "yearmonth", named(french, "# 2006")},
		{france, "Mois de paie", "yearmonth", named(frenchShort, "# 2006")},
		{france, "Période", "yearmonth", at("2006-01")},
		{english, "Month", "yearmonth", at("January 2006")},
		{english, "Billing month", "yearmonth", at("Jan-06")},
		{english, "Period", "yearmonth", at("2006M01")},
		{english, "Reporting month", "yearmonth", at("Jan 2006")},
	}
}
