package app

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"chasqui/app/clean"
	"chasqui/app/disk"
	"chasqui/app/message"
	"chasqui/converters/table"
)

// longWorkbook makes a workbook of a thousand records by hand, its parts in the
// order that Excel writes them: the shared strings stand behind the sheet. The
// offset of the end of each part comes with it.
func longWorkbook(t *testing.T, inline bool) (content []byte, ends map[string]int) {
	t.Helper()
	draw := rand.New(rand.NewPCG(1, 2))
	var sheet, texts strings.Builder
	places := 0
	text := func(s string) string {
		if inline {
			return `<c t="inlineStr"><is><t>` + s + `</t></is></c>`
		}
		texts.WriteString(`<si><t>` + s + `</t></si>`)
		places++
		return fmt.Sprintf(`<c t="s"><v>%d</v></c>`, places-1)
	}
	sheet.WriteString(`<worksheet><sheetData><row>` + text("barrio") + text("casos") + `</row>`)
	for i := range 1000 {
		sheet.WriteString(`<row>` + text(fmt.Sprintf("Barrio %d %x", i, draw.Uint64())) + fmt.Sprintf(`<c><v>%d</v></c></row>`, draw.IntN(1e9)))
	}
	sheet.WriteString(`</sheetData></worksheet>`)
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types/>`},
		{"xl/workbook.xml", `<workbook xmlns:r="` + office + `"><sheets><sheet name="Hoja1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + office + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", sheet.String()},
		{"xl/sharedStrings.xml", `<sst>` + texts.String() + `</sst>`},
	} {
		w, err := z.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	ends = map[string]int{}
	whole, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range whole.File {
		at, err := f.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		ends[f.Name] = int(at) + int(f.CompressedSize64)
	}
	return out.Bytes(), ends
}

// cutAt is the workbook's path after it was cut short.
func cutAt(t *testing.T, content []byte, at int) string {
	t.Helper()
	return fileOf(t, "cortado.xlsx", string(content[:at]))
}

func TestAWorkbookCutShortAsksWhetherAPartWillDo(t *testing.T) {
	content, ends := longWorkbook(t, true)
	at := (ends["xl/_rels/workbook.xml.rels"] + ends["xl/worksheets/sheet1.xml"]) / 2
	path := cutAt(t, content, at)
	for name, ask := range map[string]func() error{
		"inspect": func() error {
			_, err := Inspect(t.Context(), InspectRequest{Path: path})
			return err
		},
		"convert": func() error {
			_, err := Convert(t.Context(), ConvertRequest{Path: path, Out: t.TempDir(), Disk: disk.OS{}})
			return err
		},
	} {
		err := ask()
		var asked *Error
		if !errors.As(err, &asked) || asked.Kind != NeedsAnswer || asked.Args["Flag"] != "--partial" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAPartOfADamagedWorkbookIsReadAndSaidToBeOne(t *testing.T) {
	content, ends := longWorkbook(t, true)
	whole, least := ends["xl/worksheets/sheet1.xml"], ends["xl/_rels/workbook.xml.rels"]
	rows := 0
	for _, share := range []float64{0.3, 0.6, 0.9} {
		path := cutAt(t, content, least+int(float64(whole-least)*share))
		found, err := Inspect(t.Context(), InspectRequest{Path: path, Choices: Choices{Partial: true}})
		if err != nil {
			t.Fatal(err)
		}
		sheet := found.Sheets[0]
		if len(sheet.Tables) != 1 || sheet.Tables[0].DataLast <= rows || len(sheet.Notices) == 0 || sheet.Notices[0].Code != NoticePartial || sheet.Notices[0].Place.Row != sheet.Rows {
			t.Fatalf("%v of the sheet gives %d rows, %d tables, notices %+v", share, sheet.Rows, len(sheet.Tables), sheet.Notices)
		}
		rows = sheet.Tables[0].DataLast
	}
	if rows < 700 {
		t.Errorf("nine tenths of the sheet give %d rows of 1001", rows)
	}
}

func TestTextsLostWithTheSharedStringsAreCounted(t *testing.T) {
	content, ends := longWorkbook(t, false)
	path := cutAt(t, content, (ends["xl/worksheets/sheet1.xml"]+ends["xl/sharedStrings.xml"])/2)
	found, err := Inspect(t.Context(), InspectRequest{Path: path, Choices: Choices{Partial: true}})
	if err != nil {
		t.Fatal(err)
	}
	sheet := found.Sheets[0]
	lost := 0
	for _, n := range sheet.Notices {
		if n.Code == "lost_texts" {
			lost = n.Count
		}
	}
	if sheet.Rows != 1001 || lost < 300 || lost > 700 {
		t.Errorf("%d rows, %d texts lost", sheet.Rows, lost)
	}
}

func TestWhereNothingIsReadableTheFileIsDamaged(t *testing.T) {
	content, ends := longWorkbook(t, true)
	for _, at := range []int{40, ends["[Content_Types].xml"], ends["xl/_rels/workbook.xml.rels"] + 10} {
		_, err := Inspect(t.Context(), InspectRequest{Path: cutAt(t, content, at)})
		if code := message.CodeOf(err); code != string(table.Damaged) {
			t.Errorf("cut at %d: %s", at, code)
		}
	}
}

func TestADatasetOfADamagedFileIsReadAgainAsItWasChosen(t *testing.T) {
	content, ends := longWorkbook(t, true)
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: cutAt(t, content, ends["xl/worksheets/sheet1.xml"]-200), Choices: Choices{Partial: true}})
	if err != nil {
		t.Fatal(err)
	}
	if d, err = a.Correct(t.Context(), d.ID, 1, Correction{HeaderFirst: 1, HeaderLast: 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Findings(t.Context(), d.ID); err != nil {
		t.Error(err)
	}
	if d.Tables[0].Recipe.Choice(clean.ArgPartial) != "1" {
		t.Errorf("steps %+v", d.Tables[0].Recipe.Steps)
	}
}

// veiled is a workbook with a hidden row, a hidden column and a hidden sheet.
func veiled(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range [][]any{{"barrio", "dni", "casos"}, {"Centro", "40111222", 5}, {"Norte", "40111223", 7}, {"Sur", "40111224", 9}, {"Este", "40111225", 11}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	_, err := f.NewSheet("Oculta")
	if err = errors.Join(err, f.SetColVisible("Sheet1", "B", false), f.SetRowVisible("Sheet1", 3, false), f.SetSheetVisible("Oculta", false)); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return fileOf(t, "oculto.xlsx", out.String())
}

// converted is what a request writes as csv.
func converted(t *testing.T, req ConvertRequest) string {
	t.Helper()
	var out bytes.Buffer
	req.Out, req.Stdout, req.Disk = "-", &out, disk.OS{}
	if _, err := Convert(t.Context(), req); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(out.String(), "\r\n", "\n")
}

func TestWhatIsHiddenStaysOrGoesAsChosen(t *testing.T) {
	path := veiled(t)
	whole := "barrio,dni,casos\nCentro,40111222,5\nNorte,40111223,7\nSur,40111224,9\nEste,40111225,11\n"
	shown := "barrio,casos\nCentro,5\nSur,9\nEste,11\n"
	for _, c := range []struct {
		name string
		req  ConvertRequest
		want string
	}{
		{"by default", ConvertRequest{}, whole},
		{"keep", ConvertRequest{Choices: Choices{Hidden: KeepHidden}}, whole},
		{"drop", ConvertRequest{Choices: Choices{Hidden: DropHidden}}, shown},
		{"drop as it is", ConvertRequest{AsIs: true, Choices: Choices{Hidden: DropHidden}}, shown},
	} {
		c.req.Path = path
		if d := cmp.Diff(c.want, converted(t, c.req)); d != "" {
			t.Errorf("%s (-want +got)\n%s", c.name, d)
		}
	}
}

func TestARecipeReplaysWhatWasChosenAboutHiddenCells(t *testing.T) {
	path := veiled(t)
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: path, Choices: Choices{Hidden: DropHidden}})
	if err != nil {
		t.Fatal(err)
	}
	if d, err = a.Correct(t.Context(), d.ID, 1, Correction{DataFirst: 2, DataLast: 5}); err != nil {
		t.Fatal(err)
	}
	recipe := d.Tables[0].Recipe
	if got := converted(t, ConvertRequest{Path: path, Recipe: &recipe}); got != "barrio,casos\nCentro,5\nSur,9\nEste,11\n" {
		t.Errorf("the recipe gives\n%s", got)
	}
	if d.Tables[0].Rows() != 3 || len(d.Tables[0].Columns) != 2 {
		t.Errorf("%d rows, %d columns", d.Tables[0].Rows(), len(d.Tables[0].Columns))
	}
}

func TestHiddenSheetsAndCellsAreLeftOutOfAnInspection(t *testing.T) {
	found, err := Inspect(t.Context(), InspectRequest{Path: veiled(t), Choices: Choices{Hidden: DropHidden}})
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, n := range found.Sheets[0].Notices {
		codes = append(codes, fmt.Sprint(n.Code, n.Count))
	}
	slices.Sort(codes)
	if len(found.Sheets) != 1 || len(found.Sheets[0].Tables[0].Fields) != 2 || !slices.Equal(codes, []string{"hidden_columns_left_out1", "hidden_rows_left_out1"}) {
		t.Errorf("%d sheets, fields %+v, notices %v", len(found.Sheets), found.Sheets[0].Tables, codes)
	}
	_, err = Inspect(t.Context(), InspectRequest{Path: veiled(t), Choices: Choices{Hidden: "maybe"}})
	if message.CodeOf(err) != string(NotAnOption) {
		t.Errorf("another answer gives %v", err)
	}
}

func TestWhatIsHiddenIsLeftOutAndTakenInAgain(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: veiled(t)})
	if err != nil {
		t.Fatal(err)
	}
	if d, err = a.SetHidden(t.Context(), d.ID, 1, DropHidden); err != nil {
		t.Fatal(err)
	}
	if got := d.Tables[0]; got.Rows() != 3 || len(got.Columns) != 2 {
		t.Errorf("left out: %d rows of %d columns, want 3 of 2", got.Rows(), len(got.Columns))
	}
	if d, err = a.SetHidden(t.Context(), d.ID, 1, KeepHidden); err != nil {
		t.Fatal(err)
	}
	if got := d.Tables[0]; got.Rows() != 4 || len(got.Columns) != 3 {
		t.Errorf("taken in: %d rows of %d columns, want 4 of 3", got.Rows(), len(got.Columns))
	}
	if d, err = a.Undo(t.Context(), d.ID, 1); err != nil || d.Tables[0].Rows() != 3 {
		t.Errorf("undone: %d rows, %v; want 3", d.Tables[0].Rows(), err)
	}
}
