package app

import (
	"strings"
	"testing"
)

func TestThePeriodIsReadFromTitlesAndNames(t *testing.T) {
	for title, want := range map[string]string{
		"Al 31 de marzo de 2026":              "2026-01-01/2026-03-31",
		"EJECUCIÓN PRESUPUESTAL MARZO 2026":   "2026-03-01/2026-03-31",
		"Fevereiro de 2024":                   "2024-02-01/2024-02-29",
		"Situation au 30 juin 2025":           "2025-01-01/2025-06-30",
		"Inventario 2023":                     "2023-01-01/2023-12-31",
		"Comparación 2022 y 2023":             "",
		"Registro de proveedores":             "",
		"Corte: 5 de abril de 2026":           "2026-04-05/2026-04-05",
		"Ejecución al 31 de febrero de 2026":  "",
		"Contrataciones setiembre del 2021":   "2021-09-01/2021-09-30",
		"Expediente 20231 de la sección 1999": "1999-01-01/1999-12-31",
	} {
		if got := findPeriod([]string{title}); got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
}

func TestTheTitleIsTheLineThatSaysMost(t *testing.T) {
	titles := []string{"MUNICIPALIDAD DE SANTA ROSA", "UNIDAD EJECUTORA Y PROGRAMA PRESUPUESTAL (Multiple Items)", "EJECUCIÓN PRESUPUESTAL DE GASTOS", "(en lempiras)"}
	if got, want := bestTitle(titles), "Ejecución presupuestal de gastos"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	if got, want := institution(titles), "Municipalidad de Santa Rosa"; got != want {
		t.Errorf("institution %q, want %q", got, want)
	}
	if got, want := nameAsTitle("EJECUCION_PRESUPUESTAL-marzo.xlsx"), "EJECUCION PRESUPUESTAL marzo"; got != want {
		t.Errorf("name %q, want %q", got, want)
	}
}

func TestSlugsAreSafeInAddresses(t *testing.T) {
	for title, want := range map[string]string{
		"Ejecución presupuestal, marzo 2026": "ejecucion-presupuestal-marzo-2026",
		"  ¡Año Ñandú!  ":                    "anio-nandu",
		"水":                                  "datos",
		"":                                   "datos",
		"--a--b--":                           "a-b",
	} {
		if got := Slug(title); got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
	long := Slug(string(make([]rune, 300)) + "abcdefghij abcdefghij abcdefghij abcdefghij abcdefghij abcdefghij abcdefghij abcdefghij abcdefghij abcdefghij")
	if len(long) > SlugLimit || !strings.HasSuffix(long, "-abcdefghij") {
		t.Errorf("a slug of %d bytes, at most %d and of whole words: %s", len(long), SlugLimit, long)
	}
	if got, want := nameFor("Tabla 3. Distribución de la población extranjera por índice de masculinidad"), "tabla-3-distribucion-de-la-poblacion-extranjera-por-indice"; got != want {
		t.Errorf("a long title is named %s, want %s", got, want)
	}
	if got := numbered(long, 12); len(got) > SlugLimit || got[len(got)-3:] != "-12" {
		t.Errorf("numbered: %q", got)
	}
}

func TestMonthsInNumbersAndPartsOfAYearArePeriods(t *testing.T) {
	for title, want := range map[string]string{
		"mercados_2026-01": "2026-01-01/2026-01-31", "planilla 202602": "2026-02-01/2026-02-28", "Reporte 03/2026": "2026-03-01/2026-03-31",
		"gastos_2026_12.csv": "2026-12-01/2026-12-31", "I trimestre de 2026": "2026-01-01/2026-03-31", "2.º trimestre 2026": "2026-04-01/2026-06-30",
		"Contratos, segundo semestre del 2026": "2026-07-01/2026-12-31", "IV TRIMESTRE 2026": "2026-10-01/2026-12-31", "3er trimestre 2026": "2026-07-01/2026-09-30",
		"exportado 2026-01-31": "2026-01-01/2026-12-31", "III semestre 2026": "", "expediente 20261345": "", "2025-2026": "",
	} {
		if got := findPeriod([]string{title}); got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
}

func TestATitleIsTheTablesWithoutItsNumberInABook(t *testing.T) {
	for want, titles := range map[string][]string{
		"Población por región":                       {"INSTITUTO DE ESTADÍSTICA", "Tabla 3. Población por región"},
		"Población según sexo":                       {"Cuadro N.º 4.2: Población según sexo"},
		"Matrícula por nivel":                        {"CUADRO No. 12 - Matrícula por nivel"},
		"Estrutura detalhada da CNAE 2.0":            {"2.2 - Estrutura detalhada da CNAE 2.0", "(continua)"},
		"Correspondência entre versões":              {"4.1.1 Correspondência entre versões"},
		"España: Datos de población, a 1 de Enero:":  {"# España: Datos de población, a 1 de Enero:", "#   https://www.ine.es/jaxiT3/Tabla.htm?t=2881&amp;mucho=mas_largo"},
		"2023 Presupuesto aprobado":                  {"2023 Presupuesto aprobado"},
		"12 de octubre: asistencia por escuela":      {"12 de octubre: asistencia por escuela"},
		"Tabla de equivalencias de unidades":         {"Tabla de equivalencias de unidades"},
		"Cuadro comparativo de ofertas por proyecto": {"Cuadro comparativo de ofertas por proyecto"},
	} {
		if got := bestTitle(titles); got != want {
			t.Errorf("%q: got %q, want %q", titles, got, want)
		}
	}
}

func TestLinksToOtherSheetsAreNoDescription(t *testing.T) {
	got := withoutLinks([]string{"Fuente: INE Volver al índice", "Regresar al menú", "Cifras en miles.", "Se vuelve a contar."})
	if want := "Fuente: INE|Cifras en miles.|Se vuelve a contar."; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
