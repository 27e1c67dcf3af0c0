package detect

import (
	"context"
	"testing"

	"chasqui/converters/table"
)

func TestAUnitIsProposedFromHeaderOrCells(t *testing.T) {
	layout, err := Sheet(context.Background(), draw("\nObra|Área|Largo|Avance|Costo|Código (m)\n|(ha)||(%)|(S/)|\nA|=10|12 km|=45.5|=100|x1\nB|=20|3,5 km|=50|=200|x2\nC|=31|7 km|=61.5|=350|x3"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	fields := layout.Tables[0].Fields
	for i, want := range []string{"", "ha", "km", "%", "", ""} {
		if fields[i].Unit != want {
			t.Errorf("%q has the unit %q, want %q", fields[i].Title, fields[i].Unit, want)
		}
	}
	if v := fields[2].Parse(table.Cell{Kind: table.Text, Text: "3,5 KM"}); v.Text != "3.5" || v.Status != table.Fits {
		t.Errorf("3,5 KM is %+v", v)
	}
}

func TestAPercentSignIsNeverAUnitToCut(t *testing.T) {
	f := table.Field{Type: table.TypeNumber, Unit: "%"}
	if v := f.Parse(table.Cell{Kind: table.Text, Text: "45%"}); v.Status != table.Misfit {
		t.Errorf("45%% is %+v", v)
	}
}
