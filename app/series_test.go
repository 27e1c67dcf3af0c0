package app

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"chasqui/sync/portal/portaltest"
)

// TestAnotherSheetIsProposedAnew: a title, a meaning and a theme that came from
// the first sheet say nothing of the second; what a person wrote stays.
func TestAnotherSheetIsProposedAnew(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: twoSheets(t), Sheet: "Contratos"})
	if err == nil {
		d, err = a.Edit(t.Context(), d.ID, []Assignment{{"description", "Lo que la municipalidad gasta."}})
	}
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Description.Title; got != "Contratos de enero de 2026" {
		t.Errorf("the first title is %q", got)
	}
	d, err = a.Choose(t.Context(), d.ID, 1, "Planilla", 1)
	if err != nil {
		t.Fatal(err)
	}
	about := d.Description
	if about.Title != "Planilla de febrero de 2026" || about.Temporal != "2026-02-01/2026-02-28" || about.Description != "Lo que la municipalidad gasta." {
		t.Errorf("after the second sheet was chosen: %+v", about)
	}
	if c := column(t, d, "sueldo"); c.Description == "" || c.Proposed["description"] != FromShared {
		t.Errorf("the new column is not explained: %+v", c)
	}
	if d, err = a.Undo(t.Context(), d.ID, 1); err != nil || len(d.Tables[0].Columns) != 3 || column(t, d, "contrato").Field.Name == "" {
		t.Errorf("the choice can't be undone: %v", err)
	}
}

func twoSheets(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	for sheet, rows := range map[string][][]any{
		"Contratos": {{"Contratos de enero de 2026"}, {}, {"Contrato", "Proveedor", "Monto"}, {"C-01", "Ferretería Sol", 100.5}, {"C-02", "Aguas SA", 20.25}, {"C-03", "Vial SA", 7.5}},
		"Planilla":  {{"Planilla de febrero de 2026"}, {}, {"Cargo", "Sueldo"}, {"Chofer", 1500.5}, {"Gerente", 4000.25}, {"Guarda", 1200.75}},
	} {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := f.SetSheetRow(sheet, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return fileOf(t, "libro.xlsx", out.String())
}

// TestThePortalShowsTheFilesOfEveryEdition: one dataset with one address, whose
// files say by their names which month they are of; a column that was left out
// stays out, and nobody is asked again.
func TestThePortalShowsTheFilesOfEveryEdition(t *testing.T) {
	o := newOffice(t)
	d, fresh := monthly(t, o.app, aprilFile)
	if _, err := o.app.Edit(t.Context(), d.ID, []Assignment{{"field.empresa.personal", Remove}}); err != nil {
		t.Fatal(err)
	}
	first := o.send(d.ID)
	if _, err := o.app.Join(t.Context(), fresh.ID, d.ID, "2026-04"); err != nil {
		t.Fatal(err)
	}
	second := o.send(d.ID)
	if first.Name != second.Name {
		t.Errorf("the dataset moved from %s to %s", first.Name, second.Name)
	}
	names := slices.Sorted(maps.Values(second.Labels))
	for _, month := range []string{"marzo de 2026", "abril de 2026"} {
		if !slices.ContainsFunc(names, func(n string) bool { return strings.Contains(n, month) && strings.Contains(n, "(CSV)") }) {
			t.Errorf("no file is of %s: %s", month, strings.Join(names, " | "))
		}
	}
	if len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("two files have one name: %s", strings.Join(names, " | "))
	}
	again, err := o.app.Dataset(t.Context(), d.ID)
	if err != nil || !column(t, again, "empresa").Removed() {
		t.Errorf("the column that was left out is back: %v", err)
	}
}

// send publishes a dataset as it is and returns what the portal shows of it.
func (o *office) send(id string) *portaltest.Sighting {
	o.Helper()
	if _, err := o.app.Publish(o.Context(), id, o.to.ID, PublishOptions{}, nil); err != nil {
		o.Fatal(err)
	}
	o.sync()
	api := &portaltest.ActionAPI{URL: o.site.URL, Organization: o.site.Organization, Token: o.site.Participants[0].Token}
	found := api.Find(o.T, id)
	if len(found) != 1 {
		o.Fatalf("the portal holds %d datasets", len(found))
	}
	return api.Public(o.T, found[0].Name)
}

// TestACorrectionOfOneTableLeavesTheOthers: a package brought two tables, and a
// file corrects the second.
func TestACorrectionOfOneTableLeavesTheOthers(t *testing.T) {
	a := opened(t)
	folder := t.TempDir()
	for name, text := range map[string]string{
		"datapackage.json": `{"name": "obras", "title": "Obras", "resources": [
			{"name": "obras", "path": "obras.csv", "format": "csv"}, {"name": "pagos", "path": "pagos.csv", "format": "csv"}]}`,
		"obras.csv": "obra,distrito,avance\nPuente,Norte,0.5\nPlaza,Sur,1\n", "pagos.csv": "recibo,empresa,monto\nR-1,Vial SA,10.50\nR-2,Sol SA,7.25\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	in, err := a.Import(t.Context(), ImportRequest{Path: folder})
	if err != nil || len(in.Dataset.Tables) != 2 {
		t.Fatalf("%d tables, %v", len(in.Dataset.Tables), err)
	}
	fresh, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "pagos2.csv", "recibo,empresa,monto\nR-1,Vial SA,10.50\nR-2,Sol SA,7.25\nR-3,Sol SA,1.00\n")})
	if err != nil {
		t.Fatal(err)
	}
	d, err := a.Replace(t.Context(), fresh.ID, in.Dataset.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Tables) != 2 || d.Tables[0].Source != "obras.csv" || d.Tables[0].Rows() != 2 || d.Tables[1].Rows() != 3 {
		t.Errorf("after the correction: %+v", d.Tables)
	}
	if got, want := d.Tables[1].Columns[0].ID, in.Dataset.Tables[1].Columns[0].ID; got != want {
		t.Errorf("the corrected table's columns are others: %s, %s", got, want)
	}
}
