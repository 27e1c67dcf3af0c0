package app

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/app/clean"
	"chasqui/app/disk"
	"chasqui/app/store"
	"chasqui/converters/detect"
	"chasqui/converters/table"
)

const crossed = "cantón,provincia,2021,2022,2023,Total\nAlajuela,A,10,11,12,33\nBelén,H,20,s/d,22,42\nCartago,C,30,31,32,93\nEscazú,S,1,2,3,6\n"

// columnNamesOf are the machine names of a dataset's first table.
func columnNamesOf(d Dataset) string {
	var list []string
	for _, c := range d.Tables[0].Columns {
		list = append(list, c.Field.Name)
	}
	return strings.Join(list, " ")
}

func TestACrossTableIsTurnedOnlyOnRequest(t *testing.T) {
	path := fileOf(t, "poblacion.csv", crossed)
	if got := converted(t, ConvertRequest{Path: path}); !strings.HasPrefix(got, "canton,provincia,c_2021,c_2022,c_2023,total\r\n") && !strings.HasPrefix(got, "canton,provincia,c_2021,c_2022,c_2023,total\n") {
		t.Errorf("nobody asked: %q", got)
	}
	got := converted(t, ConvertRequest{Path: path, Choices: Choices{Unpivot: "es"}})
	want := "canton,provincia,anio,valor\nAlajuela,A,2021,10\nAlajuela,A,2022,11\nAlajuela,A,2023,12\nBelén,H,2021,20\nBelén,H,2022,\nBelén,H,2023,22\n"
	if !strings.HasPrefix(strings.ReplaceAll(got, "\r", ""), want) {
		t.Errorf("turned: %q", got)
	}
}

func TestATableFoundBeforeCrossTablesWereIsOfferedToBeTurned(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "poblacion.csv", crossed)})
	if err != nil {
		t.Fatal(err)
	}
	old := d.Tables[0].draft
	old.Recipe.Layout.Cross = nil
	if err := a.store.SaveDraft(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	if d, err = a.Dataset(t.Context(), d.ID); err != nil || d.Tables[0].Cross().Columns() != 3 {
		t.Fatalf("offered %+v, %v", d.Tables[0].Cross(), err)
	}
	if d, err = a.Unpivot(t.Context(), d.ID, 1, true); err != nil || columnNamesOf(d) != "canton provincia anio valor" {
		t.Errorf("turned: %q, %v", columnNamesOf(d), err)
	}
}

func TestNothingIsSaidOfValuesThatNoHeaderNames(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "poblacion.csv", crossed), Choices: Choices{Unpivot: "es"}})
	if err != nil {
		t.Fatal(err)
	}
	if c := d.Tables[0].Columns[3]; c.Title != "Valor" || c.Description != "" || c.Unit != "" {
		t.Errorf("inhabitants are described as %q in %q", c.Description, c.Unit)
	}
	named := "cantón,monto 2021,monto 2022,monto 2023\nA,1,2,3\nB,4,5,6\nC,7,8,9\n"
	if d, err = a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "gastos.csv", named), Choices: Choices{Unpivot: "es"}}); err != nil {
		t.Fatal(err)
	}
	if c := d.Tables[0].Columns[2]; c.Title != "monto" || c.Description == "" {
		t.Errorf("amounts that a header names: %+v", c)
	}
}

func TestATurnedTableIsNotCalledCrossed(t *testing.T) {
	for _, lang := range []string{"", "es"} {
		done, err := Convert(t.Context(), ConvertRequest{Path: fileOf(t, "poblacion.csv", crossed), Out: t.TempDir(), Choices: Choices{Unpivot: lang}, Disk: disk.OS{}})
		if err != nil {
			t.Fatal(err)
		}
		said := slices.ContainsFunc(done.Notices, func(n table.Notice) bool { return n.Code == detect.NoticeCrossTable })
		if said != (lang == "") {
			t.Errorf("turned %t, and called crossed: %t", lang != "", said)
		}
	}
}

func TestATableThatIsNotCrossedIsNotTurned(t *testing.T) {
	path := fileOf(t, "lista.csv", "nombre,monto\nLuz,10\nAgua,20\nGas,30\n")
	a := opened(t)
	_, err := a.NewDataset(t.Context(), NewDataset{Path: path, Choices: Choices{Unpivot: "es"}})
	var e *Error
	if !errors.As(err, &e) || e.Kind != NoCrossTable {
		t.Fatalf("got %v, want %s", err, NoCrossTable)
	}
	d, err := a.NewDataset(t.Context(), NewDataset{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Unpivot(t.Context(), d.ID, 1, true); !errors.As(err, &e) || e.Kind != NoCrossTable {
		t.Errorf("got %v, want %s", err, NoCrossTable)
	}
}

func TestTurningADatasetAndTakingItBackLosesNoWords(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "poblacion.csv", crossed)})
	if err != nil {
		t.Fatal(err)
	}
	edit := func(key, value string) {
		t.Helper()
		if d, err = a.Edit(t.Context(), d.ID, []Assignment{{key, value}}); err != nil {
			t.Fatal(err)
		}
	}
	edit("field.c_2022.description", "Censo de 2022")
	id := d.Tables[0].Columns[3].ID
	if d, err = a.Unpivot(t.Context(), d.ID, 1, true); err != nil {
		t.Fatal(err)
	}
	if got := columnNamesOf(d); got != "canton provincia anio valor" {
		t.Fatalf("columns %q", got)
	}
	if d.Description.Temporal != "2021-01-01/2023-12-31" {
		t.Errorf("the years of the rows are the dataset's: %q", d.Description.Temporal)
	}
	if rows, err := a.Sample(t.Context(), d.Tables[0], 2); err != nil || !cmp.Equal(rows, [][]string{{"Alajuela", "A", "2021", "10"}, {"Alajuela", "A", "2022", "11"}}) {
		t.Errorf("sample %v, %v", rows, err)
	}
	edit("field.valor.description", "Habitantes")
	edit("field.anio.type", "string")
	edit("field.valor.personal", Remove)
	if d.Tables[0].Columns[2].Field.Type != table.TypeString || !d.Tables[0].Columns[3].Removed() {
		t.Errorf("columns %+v", d.Tables[0].Columns)
	}
	if d, err = a.Unpivot(t.Context(), d.ID, 1, false); err != nil {
		t.Fatal(err)
	}
	if c := d.Tables[0].Columns[3]; columnNamesOf(d) != "canton provincia c_2021 c_2022 c_2023 total" || c.Description != "Censo de 2022" || c.ID != id || c.Removed() {
		t.Errorf("taken back: %s, %+v", columnNamesOf(d), c)
	}
	if d, err = a.Undo(t.Context(), d.ID, 1); err != nil {
		t.Fatal(err)
	}
	if c := d.Tables[0].Columns[3]; c.Field.Name != "valor" || c.Description != "Habitantes" || !c.Removed() {
		t.Errorf("undone: %+v", c)
	}
}

func TestTheNextFileOfATurnedTableIsTurnedToo(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "poblacion.csv", crossed), Choices: Choices{Unpivot: "es"}})
	if err != nil {
		t.Fatal(err)
	}
	later := "provincia,cantón,2024\nA,Alajuela,13\nH,Belén,23\nC,Cartago,33\n"
	next, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "poblacion-2024.csv", later)})
	if err != nil {
		t.Fatal(err)
	}
	alike, err := a.Resembling(t.Context(), next.ID)
	if err != nil || len(alike) != 1 || alike[0].Dataset != d.ID || len(alike[0].Shape.New)+len(alike[0].Shape.Gone) > 0 {
		t.Fatalf("resembling: %+v, %v", alike, err)
	}
	r := carry(d.Tables[0].Recipe, next.Tables[0].Recipe)
	var got []string
	for _, f := range r.Columns() {
		got = append(got, f.Title)
	}
	if diff := cmp.Diff([]string{"provincia", "cantón", "Año", "Valor"}, got); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
}

func TestValuesOfAnotherTypeAreReadByTheMarksOfTheirOwnColumn(t *testing.T) {
	for text, want := range map[string]string{
		"cantón;2021;2022;2023\nA;;1.200,50;5\nB;;2.200,75;6\nC;;3.200,75;7,5\n":                         "1200.50",
		"cantón;2021;2022;2023\nA;1,200.50;1.200,50;5\nB;2,300.50;2.200,75;6\nC;4,200.50;3.200,75;7,5\n": "1200.50",
		"cantón;2021;2022;2023\nA;x;1.200,50;5\nB;y;2.200,75;6\nC;z;3.200,75;7,5\n":                      "1200.50",
	} {
		a := opened(t)
		d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "gasto.csv", text), Choices: Choices{Unpivot: "es"}})
		for _, to := range []table.Type{table.TypeString, table.TypeNumber} {
			if err == nil {
				d, err = a.Retype(t.Context(), d.ID, 1, d.Tables[0].Columns[2].Field.Col, to)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		rows, err := a.Sample(t.Context(), d.Tables[0], 2)
		if err != nil || len(rows) != 2 || rows[1][2] != want {
			t.Errorf("%q: %v, %v, want %s in 2022", text, rows, err, want)
		}
	}
}

func TestTheNextFilesMonthsAreMonthsAgain(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "a.csv", "cantón,2023-9,2023-10,2023-11\nA,1,2,3\nB,4,5,6\nC,7,8,9\n"), Choices: Choices{Unpivot: "es"}})
	if err != nil {
		t.Fatal(err)
	}
	next, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "b.csv", "cantón,2024-1,2024-2,2024-3\nA,1,2,3\nB,4,5,6\nC,7,8,9\n")})
	if err != nil {
		t.Fatal(err)
	}
	c := carry(d.Tables[0].Recipe, next.Tables[0].Recipe).Layout.Cross
	if c.Type != table.TypeYearMonth || !cmp.Equal(c.Keys, []string{"2024-01", "2024-02", "2024-03"}) {
		t.Errorf("next file's times: %+v", c)
	}
}

func TestAStepAboutAColumnOfTimesIsCarriedToWhereItLies(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "poblacion.csv", crossed), Choices: Choices{Unpivot: "es"}})
	if err != nil {
		t.Fatal(err)
	}
	if d, err = a.Retype(t.Context(), d.ID, 1, d.Tables[0].Columns[3].Field.Col, table.TypeNumber); err != nil {
		t.Fatal(err)
	}
	next, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "otra.csv", "x,provincia,cantón,2024\n1,A,Alajuela,13\n2,H,Belén,23\n3,C,Cartago,33\n")})
	if err != nil {
		t.Fatal(err)
	}
	columns := carry(d.Tables[0].Recipe, next.Tables[0].Recipe).Columns()
	if last := columns[len(columns)-1]; last.Title != "Valor" || last.Type != table.TypeNumber || last.Col != 4 {
		t.Errorf("last column %+v", last)
	}
}

func TestARecipeThatTurnsIsReplayedOnAnotherFile(t *testing.T) {
	r, err := clean.Parse([]byte(`{"version": 1, "source": {"name": "a", "sheet": "", "table": 1}, "layout": {}, "steps": [
		{"op": "take", "v": 1}, {"op": "header", "v": 1}, {"op": "drop-totals", "v": 1}, {"op": "parse", "v": 1},
		{"op": "unpivot", "v": 1, "args": {"key": "Ejercicio", "value": "Monto"}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	got := converted(t, ConvertRequest{Path: fileOf(t, "poblacion.csv", crossed), Recipe: &r})
	if !strings.HasPrefix(strings.ReplaceAll(got, "\r", ""), "canton,provincia,ejercicio,monto\nAlajuela,A,2021,10\n") {
		t.Errorf("replayed: %q", got)
	}
	_, err = Convert(t.Context(), ConvertRequest{Path: fileOf(t, "lista.csv", "nombre,monto\nLuz,10\nAgua,20\n"), Recipe: &r, Out: t.TempDir()})
	var e *Error
	if !errors.As(err, &e) || e.Kind != NoCrossTable {
		t.Errorf("got %v, want %s", err, NoCrossTable)
	}
}

func TestACorrectionWithOneMoreYearWidensThePeriodThatTheDataSaid(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "poblacion.csv", crossed), Choices: Choices{Unpivot: "es"}})
	if err != nil {
		t.Fatal(err)
	}
	wider := strings.NewReplacer("2023,Total", "2023,2024,Total", "12,33", "12,13,33", "22,42", "22,23,42", "32,93", "32,33,93", "3,6", "3,4,6").Replace(crossed)
	next, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "poblacion-2.csv", wider)})
	if err != nil {
		t.Fatal(err)
	}
	if d, err = a.Replace(t.Context(), next.ID, d.ID); err != nil {
		t.Fatal(err)
	}
	if got := d.Description.Temporal; got != "2021-01-01/2024-12-31" || columnNamesOf(d) != "canton provincia anio valor" {
		t.Errorf("period %q, columns %q", got, columnNamesOf(d))
	}
	if d, err = a.Edit(t.Context(), d.ID, []Assignment{{"temporal", "2021-01-01/2023-12-31"}}); err != nil {
		t.Fatal(err)
	}
	if next, err = a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "poblacion-3.csv", wider+"Flores,H,1,2,3,4,6\n")}); err != nil {
		t.Fatal(err)
	}
	if d, err = a.Replace(t.Context(), next.ID, d.ID); err != nil || d.Description.Temporal != "2021-01-01/2023-12-31" {
		t.Errorf("what a person said is %q now, %v", d.Description.Temporal, err)
	}
}

func TestTheNextFileOfAnImportedTableKeepsItsColumns(t *testing.T) {
	l := table.Layout{Fields: []table.Field{{Col: 1, Name: "canton", Title: "Cantón"}, {Col: 2, Name: "anio", Title: "Año"}}}
	d := store.Draft{
		Recipe: clean.Default(clean.Source{}, l),
		Columns: []store.Column{
			{ID: "1", Col: 1, Header: "canton", Name: "canton", Title: "Cantón de residencia"},
			{ID: "2", Col: 2, Header: "anio", Name: "anio", Title: "Año"},
		},
	}
	fit(&d)
	if a, b := d.Columns[0], d.Columns[1]; a.ID != "1" || a.Title != "Cantón de residencia" || b.ID != "2" || b.Name != "anio" || len(d.Aside) > 0 {
		t.Errorf("columns %+v, aside %+v", d.Columns, d.Aside)
	}
}
