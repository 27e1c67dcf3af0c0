package xlsx

import (
	"context"
	"strings"
	"testing"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

// rest renders the first sheet of what is left of a workbook.
func rest(t *testing.T, p parts, partial bool) (string, error) {
	t.Helper()
	book, err := Reader{}.Open(context.Background(), tabletest.Memory(p.zip(t)), table.Options{Name: "x.xlsx", Partial: partial})
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = tabletest.Render(context.Background(), &out, book.Sheets()[0])
	return out.String(), err
}

func TestSheetsAreFoundWithoutTheListThatIsLost(t *testing.T) {
	for _, lost := range []string{"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} {
		p := oneSheet(`<sheetData><row><c t="s"><v>0</v></c><c><v>7</v></c></row></sheetData>`)
		p["xl/sharedStrings.xml"] = `<sst><si><t>Anta</t></si></sst>`
		delete(p, lost)
		if _, err := rest(t, p, false); err == nil {
			t.Errorf("without %s: no fault although nobody asked for a part", lost)
		}
		got, err := rest(t, p, true)
		if err != nil || !strings.Contains(got, "Anta") || !strings.Contains(got, "7") {
			t.Errorf("without %s: %q, %v", lost, got, err)
		}
	}
}

func TestLostSharedStringsLeaveBlankCellsAndANotice(t *testing.T) {
	p := oneSheet(`<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>5</v></c><c><v>7</v></c></row></sheetData>`)
	p["xl/sharedStrings.xml"] = `<sst><si><t>Anta</t></si></sst>`
	if _, err := rest(t, p, false); err == nil {
		t.Error("no fault although nobody asked for a part")
	}
	got, err := rest(t, p, true)
	if err != nil || !strings.Contains(got, "Anta") || !strings.Contains(got, NoticeLostTexts) {
		t.Errorf("%q, %v", got, err)
	}
}
