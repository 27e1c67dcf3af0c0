package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"chasqui/app/clean"
	"chasqui/app/disk"
	"chasqui/converters/detect"
)

// mergedBook writes a workbook of works by district, each district merged over
// its rows, and an amount merged over two of them; padding rows come before.
func mergedBook(t *testing.T, padding int) string {
	t.Helper()
	f := excelize.NewFile()
	rows := [][]any{{"Distrito", "Obra", "Monto", "Fecha"}}
	for i := range padding {
		rows = append(rows, []any{"Centro", "Pozo " + itoa(i), 10 + i, "01/02/2026"})
	}
	first := len(rows) + 1
	rows = append(rows, [][]any{
		{"Lima", "Puente", 100, "02/02/2026"}, {nil, "Vía", nil, "03/02/2026"}, {nil, "Parque", 31, "04/02/2026"},
		{"Callao", "Muelle", 45, "05/02/2026"}, {nil, "Mercado", 12, "06/02/2026"}, {"Ate", "Plaza", 7, "07/02/2026"},
	}...)
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", "A"+itoa(i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range [][2]string{{"A" + itoa(first), "A" + itoa(first+2)}, {"A" + itoa(first+3), "A" + itoa(first+4)}, {"C" + itoa(first), "C" + itoa(first+1)}} {
		if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "obras.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheTextOfAMergedGroupIsRepeatedAndAnAmountIsNot(t *testing.T) {
	for _, padding := range []int{0, 3000} { // read twice, and found late in a long sheet
		out := filepath.Join(t.TempDir(), "o.csv")
		done, err := Convert(t.Context(), ConvertRequest{Path: mergedBook(t, padding), Out: out, Disk: disk.OS{}})
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(text)), "\r\n")
		want := []string{
			"Lima,Puente,100,2026-02-02", "Lima,Vía,,2026-02-03", "Lima,Parque,31,2026-02-04",
			"Callao,Muelle,45,2026-02-05", "Callao,Mercado,12,2026-02-06", "Ate,Plaza,7,2026-02-07",
		}
		if diff := cmp.Diff(want, lines[len(lines)-len(want):]); diff != "" {
			t.Errorf("%d rows before (-want +got):\n%s", padding, diff)
		}
		repeated := 0
		for _, c := range done.Steps {
			if c.Op == clean.OpSpread {
				repeated = c.Count
			}
		}
		if repeated != 3 {
			t.Errorf("%d cells are said to be repeated, want 3", repeated)
		}
	}
}

func TestMergedCellsStayAsTheyStandOnRequest(t *testing.T) {
	out := filepath.Join(t.TempDir(), "o.csv")
	if _, err := Convert(t.Context(), ConvertRequest{Path: mergedBook(t, 0), Out: out, AsIs: true, Disk: disk.OS{}}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "\r\n,Vía,,03/02/2026\r\n") {
		t.Errorf("written:\n%s", text)
	}
}

func TestADatasetOfMergedGroupsSaysWhatIsMissingAsItComesOut(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: mergedBook(t, 0)})
	if err != nil {
		t.Fatal(err)
	}
	table, err := d.Table(1)
	if err != nil {
		t.Fatal(err)
	}
	if got := table.Columns[0].Field.Missing; got != 0 {
		t.Errorf("%d districts are said to be missing, want none", got)
	}
	codes := map[string]int{}
	for _, n := range table.Layout().Notices {
		codes[n.Code] = n.Count
	}
	if codes[detect.NoticeMergedGroups] != 2 || codes[detect.NoticeMergedCells] != 1 {
		t.Errorf("notices %v, want two groups and one other merged cell", codes)
	}
}
