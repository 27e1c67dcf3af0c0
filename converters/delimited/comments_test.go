package delimited

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

func TestCommentsAreNoRecords(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       [][]string
	}{
		{"above the header they are titles", "# Fuente: padrón, 2023\n# Corte: junio\nid,obra,monto\n1,pozo,5\n", [][]string{{"1", "# Fuente: padrón, 2023"}, {"2", "# Corte: junio"}, {"3", "id", "obra", "monto"}, {"4", "1", "pozo", "5"}}},
		{"between records they are passed over", "id,obra,monto\n1,pozo,5\n# revisar, otra vez\n2,silo,6\n", [][]string{{"1", "id", "obra", "monto"}, {"2", "1", "pozo", "5"}, {"4", "2", "silo", "6"}}},
		{"a quote in one opens nothing", "id,obra\n1,pozo\n# it's \"open\n2,silo\n", [][]string{{"1", "id", "obra"}, {"2", "1", "pozo"}, {"4", "2", "silo"}}},
		{"with slashes", "// hecho a mano\nid;obra;monto\n1;pozo;5\n// fin\n", [][]string{{"1", "// hecho a mano"}, {"2", "id", "obra", "monto"}, {"3", "1", "pozo", "5"}}},
		{"signs of several kinds", "% uno\n! dos, y más, y más\nid,obra\n1,pozo\n", [][]string{{"1", "% uno"}, {"2", "! dos, y más, y más"}, {"3", "id", "obra"}, {"4", "1", "pozo"}}},
		{"above a lone column they are left out", "# lista\nruta\na/1\nb/2\n", [][]string{{"2", "ruta"}, {"3", "a/1"}, {"4", "b/2"}}},
		{"a record that begins with a sign stays", "# nota\nid,obra,monto\n#1#,pozo,5\n# 2,silo,6\n", [][]string{{"1", "# nota"}, {"2", "id", "obra", "monto"}, {"3", "#1#", "pozo", "5"}, {"4", "# 2", "silo", "6"}}},
		{"a sign above a lone record opens none", "#pozo, norte#,5,6\nsilo,6,7\n", [][]string{{"1", "#pozo", " norte#", "5", "6"}, {"2", "silo", "6", "7"}}},
		{"a header whose first name begins with one stays", "#;obra;monto\n1;pozo;5\n2;silo;6\n", [][]string{{"1", "#", "obra", "monto"}, {"2", "1", "pozo", "5"}, {"3", "2", "silo", "6"}}},
		{"an empty first field is none", "id;obra;monto\n1;pozo;5\n; silo;7;8\n2;silo;6\n", [][]string{{"1", "id", "obra", "monto"}, {"2", "1", "pozo", "5"}, {"3", "", " silo", "7", "8"}, {"4", "2", "silo", "6"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, rows(t, c.text)); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestCommentsAmongRecordsAreTold(t *testing.T) {
	book, err := Reader{}.Open(context.Background(), tabletest.Memory([]byte("# above\na,b,c\n1,2,3\n# one\n# two\n4,5,6\n")), table.Options{Name: "x.csv"})
	if err != nil {
		t.Fatal(err)
	}
	sheet := book.Sheets()[0]
	for _, err := range sheet.Rows(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
	}
	want := []table.Notice{{Code: NoticeComments, Place: table.Place{File: "x.csv", Row: 4}, Count: 2}}
	if d := cmp.Diff(want, sheet.Notices()); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}
