package ui

import (
	"testing"

	"chasqui/converters/table"
)

func TestAYearInTheHeaderIsNotGroupedAsANumber(t *testing.T) {
	b := newBench(t, Options{})
	b.openBook([][]any{{"jurisdicción", 2004, 2005}, {"Norte", 85706.5, 91000.25}, {"Sur", 3857.75, 4000.5}, {"Este", 1200.5, 1300.25}}, nil)
	show := shapeOf("es", b.w.page.(*reviewPage).t).Show
	if got := show(1, 2, table.Cell{Kind: table.Number, Text: "2004"}); got != "2004" {
		t.Errorf("the header reads %q", got)
	}
	if got := show(2, 2, table.Cell{Kind: table.Number, Text: "85706.5"}); got != "85.706,5" {
		t.Errorf("the value reads %q", got)
	}
}
