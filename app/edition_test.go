package app

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
)

const (
	marchFile = "MUNICIPALIDAD DE PRUEBA;;\nContratos al 31 de marzo de 2026;;\n\ncontrato;empresa;monto\nC-01;Ana;100\nC-02;Luis;200\n"
	aprilFile = "MUNICIPALIDAD DE PRUEBA;;\nContratos al 30 de abril de 2026;;\n\nempresa;contrato;monto\nAna;C-01;100\nLuis;C-02;250\nEva;C-03;300\n"
)

// monthly is a described dataset of March, and the new one that April's file is.
func monthly(t *testing.T, a *App, next string) (d, fresh Dataset) {
	t.Helper()
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "contratos.csv", marchFile)})
	if err == nil {
		d, err = a.Edit(t.Context(), d.ID, []Assignment{
			{"title", "Contratos de la municipalidad 2026"}, {"description", "Los contratos firmados en el año, con su monto."},
			{"license", "cc-by-4.0"}, {"email", "t@muni.example"}, {"publisher", "Municipalidad de Prueba"},
			{"field.monto.description", "Monto en soles"}, {"temporal", "2026-03-01/2026-03-31"},
		})
	}
	if err == nil {
		d, err = a.Retype(t.Context(), d.ID, 1, column(t, d, "monto").Field.Col, table.TypeNumber)
	}
	if err != nil {
		t.Fatal(err)
	}
	fresh, err = a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "contratos_abril.csv", next)})
	if err != nil {
		t.Fatal(err)
	}
	return d, fresh
}

func TestAFileWithTheSameColumnsIsProposedAsTheNextEdition(t *testing.T) {
	a := opened(t)
	d, fresh := monthly(t, a, aprilFile)
	found, err := a.Resembling(t.Context(), fresh.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := []Resemblance{{Dataset: d.ID, Title: d.Title(), Period: "2026-03", Next: found[0].Next, Shape: Shape{Same: 3, Retyped: []string{"monto"}}}}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	other, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "otra.csv", "barrio;vecinos\na;1\nb;2\n")})
	if err != nil {
		t.Fatal(err)
	}
	if found, err := a.Resembling(t.Context(), other.ID); err != nil || len(found) != 0 {
		t.Errorf("a file with other columns resembles %+v, %v", found, err)
	}
}

func TestTheNextEditionNeedsNoTypingBeyondWhatChanged(t *testing.T) {
	a := opened(t)
	d, fresh := monthly(t, a, aprilFile)
	joined, err := a.Join(t.Context(), fresh.ID, d.ID, "2026-04")
	if err != nil {
		t.Fatal(err)
	}
	if joined.ID != d.ID || joined.Description.Temporal != "2026-04-01/2026-04-30" || joined.Description.License != "cc-by-4.0" {
		t.Errorf("got %+v", joined.Description)
	}
	before, after := column(t, d, "monto"), column(t, joined, "monto")
	if after.ID != before.ID || after.Description != "Monto en soles" || after.Field.Type != table.TypeNumber || after.Field.Col != 3 {
		t.Errorf("the column lost itself: %+v", after)
	}
	if c := column(t, joined, "contrato"); c.ID != column(t, d, "contrato").ID || c.Field.Col != 2 {
		t.Errorf("a column that moved is %+v", c)
	}
	if joined.Tables[0].Rows() != 3 {
		t.Errorf("%d rows, want April's 3", joined.Tables[0].Rows())
	}
	editions := joined.Editions
	if len(editions) != 2 || editions[0].Period != "2026-04" || !editions[0].Current || editions[1].Period != "2026-03" {
		t.Errorf("editions %+v", editions)
	}
	if _, err := a.Dataset(t.Context(), fresh.ID); err == nil {
		t.Error("the file is still a dataset of its own")
	}
}

func TestAnEditionOfAnotherShapeSaysHow(t *testing.T) {
	a := opened(t)
	d, fresh := monthly(t, a, "contrato;empresa;total;sector\nC-01;Ana;100;salud\nC-02;Luis;200;obras\n")
	shape := shapeOf(d.Tables[0].Columns, fresh.Tables[0].Columns)
	if diff := cmp.Diff(Shape{Same: 2, New: []string{"total", "sector"}, Gone: []string{"monto"}}, shape); diff != "" || !shape.Changed() {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestACorrectionKeepsTheEdition(t *testing.T) {
	a := opened(t)
	d, fresh := monthly(t, a, aprilFile)
	corrected, err := a.Replace(t.Context(), fresh.ID, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	editions := corrected.Editions
	if len(editions) != 1 || corrected.Tables[0].Rows() != 3 || corrected.Description.Temporal != "2026-03-01/2026-03-31" {
		t.Errorf("editions %+v, %d rows", editions, corrected.Tables[0].Rows())
	}
}

func TestWhatCanNotBecomeAnEditionIsRefused(t *testing.T) {
	a := opened(t)
	d, fresh := monthly(t, a, "contrato;empresa;monto\nC-01;Ana;100\nC-02;Luis;200\n")
	var refused *Error
	if _, err := a.Join(t.Context(), d.ID, d.ID, "2026-04"); !errors.As(err, &refused) || refused.Kind != NotNew {
		t.Errorf("an edition of itself: %v", err)
	}
	if _, err := a.Join(t.Context(), fresh.ID, d.ID, ""); !errors.As(err, &refused) || refused.Kind != NeedsAnswer {
		t.Errorf("no period anywhere: %v", err)
	}
	if _, err := a.Join(t.Context(), fresh.ID, d.ID, "abril"); err == nil {
		t.Error("a period that is none was taken")
	}
	for _, same := range []string{"2026-03", "2026-03-01/2026-03-31"} {
		if _, err := a.Join(t.Context(), fresh.ID, d.ID, same); !errors.As(err, &refused) || refused.Kind != PeriodTaken {
			t.Errorf("the period of the first edition again as %s: %v", same, err)
		}
	}
	if list, err := a.Datasets(t.Context()); err != nil || !slices.ContainsFunc(list, func(o Dataset) bool { return o.ID == fresh.ID }) {
		t.Errorf("a refused file is gone: %v", err)
	}
}

func TestPeriodsHaveShortNames(t *testing.T) {
	for temporal, want := range map[string]string{
		"2026-03-01/2026-03-31": "2026-03", "2026-02-01/2026-02-28": "2026-02", "2025-01-01/2025-12-31": "2025",
		"2026-01-01/2026-03-31": "2026-01-01/2026-03-31", "": "", "marzo": "",
	} {
		if got := PeriodOf(temporal); got != want {
			t.Errorf("%q is %q, want %q", temporal, got, want)
		}
		if want != "" && intervalOf(want) != temporal {
			t.Errorf("%q means %q, want %q", want, intervalOf(want), temporal)
		}
	}
}

func TestATitleOfASeriesNamesNoMonth(t *testing.T) {
	for title, want := range map[string]string{
		"Ejecución presupuestal al 31 de marzo de 2026": "Ejecución presupuestal",
		"Contratos marzo 2026":                          "Contratos",
		"Planilla de marzo del 2026":                    "Planilla",
		"Execução do orçamento, março de 2026":          "Execução do orçamento",
		"Mercados 2026 01":                              "Mercados",
		"Planilla 202602":                               "Planilla",
		"Contratos, II trimestre de 2026":               "Contratos",
		"Marzo 2026":                                    "Marzo 2026",
		"Marzo 2026: contratos":                         "Marzo 2026: contratos",
		"Contratos de la municipalidad 2026":            "Contratos de la municipalidad 2026",
	} {
		if got := withoutMonth(title); got != want {
			t.Errorf("%q becomes %q, want %q", title, got, want)
		}
	}
}

// TestAnEditionThatComesLateIsToldByItsPeriod: February's file comes after
// April's, and nothing of April is missing in it.
func TestAnEditionThatComesLateIsToldByItsPeriod(t *testing.T) {
	a := opened(t)
	d, april := monthly(t, a, aprilFile)
	versionOf(t, a, d.ID)
	if _, err := a.Join(t.Context(), april.ID, d.ID, "2026-04"); err != nil {
		t.Fatal(err)
	}
	versionOf(t, a, d.ID)
	late := func(period string, table string) string {
		fresh, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "tarde.csv", table)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Join(t.Context(), fresh.ID, d.ID, period); err != nil {
			t.Fatal(err)
		}
		return packedFile(t, a, d.ID, "README.txt")
	}
	if page := late("2026-02", "contrato;empresa;monto\nC-01;Ana;100\n"); strings.Contains(page, "Qué cambió") || !strings.Contains(page, "1.2.0") {
		t.Errorf("February, which follows nothing, says what changed, or is no 1.2.0:\n%s", page)
	}
	if page := late("2026-05", "contrato;empresa;monto\nC-01;Ana;100\nC-02;Luis;250\nC-03;Eva;300\nC-04;Eva;10\n"); !strings.Contains(page, "Qué cambió: 1 registro nuevo (comparado con la edición anterior, abril de 2026)\r\n") {
		t.Errorf("May is not compared with April:\n%s", page)
	}
}
