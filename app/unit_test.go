package app

import "testing"

func TestAUnitThatWasFoundIsProposedForTheColumn(t *testing.T) {
	a := opened(t)
	d, err := a.NewDataset(t.Context(), NewDataset{Path: fileOf(t, "vias.csv", "via;largo;superficie (ha)\nA;12 km;10\nB;3,5 km;12\nC;8 km;15\n")})
	if err != nil {
		t.Fatal(err)
	}
	var units []string
	for _, c := range d.Tables[0].Columns {
		units = append(units, c.Unit)
	}
	if len(units) != 3 || units[0] != "" || units[1] != "km" || units[2] != "ha" {
		t.Errorf("units %q", units)
	}
}
