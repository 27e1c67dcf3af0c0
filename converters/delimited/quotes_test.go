package delimited

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestQuotesAreToldFromOtherSigns(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       [][]string
	}{
		{"apostrophes around whole fields only", "id|obra|monto\n1|'pozo, norte'|5\n2|silo|6\n", [][]string{{"1", "id", "obra", "monto"}, {"2", "1", "pozo, norte", "5"}, {"3", "2", "silo", "6"}}},
		{"and apostrophes in words as well", "id|obra|monto\n1|'pozo'|5\n2|l'eau|6\n", [][]string{{"1", "id", "obra", "monto"}, {"2", "1", "'pozo'", "5"}, {"3", "2", "l'eau", "6"}}},
		{"apostrophes inside quoted fields", "id,datos,monto\n1,\"{'a': 'x', 'b': 'y', 'c': 'z', 'd': 'w'}\",5\n2,\"{'a': 'x', 'b': 'y', 'c': 'z', 'd': 'w'}\",6\n", [][]string{{"1", "id", "datos", "monto"}, {"2", "1", "{'a': 'x', 'b': 'y', 'c': 'z', 'd': 'w'}", "5"}, {"3", "2", "{'a': 'x', 'b': 'y', 'c': 'z', 'd': 'w'}", "6"}}},
		{"tildes around fields", "~id~,~obra~,monto\n~1~,~pozo, norte~,5\n~2~,~silo~,6\n", [][]string{{"1", "id", "obra", "monto"}, {"2", "1", "pozo, norte", "5"}, {"3", "2", "silo", "6"}}},
		{"tildes around all fields", "~1~^~pozo~^~a~\n~2~^~silo~^~b~\n", [][]string{{"1", "1", "pozo", "a"}, {"2", "2", "silo", "b"}}},
		{"tildes for what is missing", "id,obra,monto,nota\n1,~,~,5\n2,~,~,6\n", [][]string{{"1", "id", "obra", "monto", "nota"}, {"2", "1", "~", "~", "5"}, {"3", "2", "~", "~", "6"}}},
		{"blanks around some quoted fields", "1|\"pozo\"|5\n2|    \"silo\"|6\n3|\"noria\"   |7\n4|\"dique\"|8\n", [][]string{{"1", "1", "pozo", "5"}, {"2", "2", "silo", "6"}, {"3", "3", "noria", "7"}, {"4", "4", "dique", "8"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, rows(t, c.text)); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}
