package detect

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"chasqui/converters/table"
)

// records is a drawn sheet whose rows are records of a text.
type records struct{ sketch }

func (records) Records() bool { return true }

// besideCase is a sheet of a header and count rows below, one of which holds
// something in a column that has no name.
func besideCase(header string, count, at int, row func(i int, jotting string) string) sketch {
	lines := []string{header}
	for i := 1; i <= count; i++ {
		jotting := ""
		if i == at {
			jotting = "ver acta"
		}
		lines = append(lines, row(i, jotting))
	}
	return draw(strings.Join(lines, "\n"))
}

// besideCases are sheets of every length with a jotting in every part: among the
// rows that are kept, and among those that are only counted.
func besideCases() map[string]sketch {
	behind := func(i int, s string) string { return fmt.Sprintf("Lima %d|=%d|%s", i, i*3, s) }
	before := func(i int, s string) string { return fmt.Sprintf("%s|Lima %d|=%d", s, i, i*3) }
	return map[string]sketch{
		"behind, in the head":               besideCase("distrito|casos|", 1000, 333, behind),
		"behind, in the middle":             besideCase("distrito|casos|", 5000, 2300, behind),
		"behind, in the tail":               besideCase("distrito|casos|", 5000, 4900, behind),
		"before, in the head":               besideCase("|distrito|casos", 1000, 333, before),
		"before, in the middle":             besideCase("|distrito|casos", 5000, 2300, before),
		"behind a row's end, in the middle": besideCase("distrito|casos", 5000, 2300, func(i int, s string) string { return strings.TrimSuffix(behind(i, s), "|") }),
	}
}

func TestAFieldWithoutANameIsKeptOfARecordAndToldOfAGrid(t *testing.T) {
	for name, s := range besideCases() {
		for _, sheet := range []table.Sheet{records{s}, s} {
			layout, err := Sheet(context.Background(), sheet, Options{})
			if err != nil || len(layout.Tables) != 1 {
				t.Fatalf("%s: %v, tables %+v", name, err, layout.Tables)
			}
			found := layout.Tables[0]
			columns, told := found.ColLast-found.ColFirst+1, 0
			for _, n := range found.Notices {
				if n.Code == NoticeCellsBeside {
					told += n.Count
				}
			}
			if sheet.Records() && (columns != 3 || told != 0) || !sheet.Records() && (columns != 2 || told != 1) {
				t.Errorf("%s, records %v: %d columns, %d cells told", name, sheet.Records(), columns, told)
			}
		}
	}
}

func TestAColumnWithoutANameStaysWhereManyRowsFillItFarDown(t *testing.T) {
	lines := []string{"distrito|casos|"}
	for i := 1; i <= 9000; i++ {
		line := fmt.Sprintf("Lima %d|=%d|", i, i*3)
		if i > 3000 && i < 8000 {
			line += "acta"
		}
		lines = append(lines, line)
	}
	layout, err := Sheet(context.Background(), draw(strings.Join(lines, "\n")), Options{})
	if got := place(layout); err != nil || got != "h1-1 d2-9001 c1-3" {
		t.Errorf("%v, got %s, want three columns", err, got)
	}
}

func TestWhatStandsBesideAShorterTableIsNoNoteOfIt(t *testing.T) {
	layout, err := Sheet(context.Background(), draw("\nNr|Actividad|||Cód.|Producto\n=1|Agro|||=11|Arroz\n=2|Pesca|||=12|Maíz\n=3|Minas|||=13|Trigo\n||||=14|Papa\n||||=15|Café\n||||=16|Caña\nFuente: INE"), Options{})
	if err != nil || len(layout.Tables) != 2 {
		t.Fatalf("%v, tables %+v", err, layout.Tables)
	}
	if got := strings.Join(layout.Tables[0].Notes, "; "); got != "Fuente: INE" {
		t.Errorf("notes of the shorter table: %q", got)
	}
}
