package delimited

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSeparatorsOfSeveralCharactersAreFound(t *testing.T) {
	records := [][]string{{"hora", "lugar", "monto"}, {"10:30", "Lima | Centro", "-12,5"}, {"11:45", "", "-3"}, {"12:00", "\"Cusco\"", "4"}}
	for _, separator := range []string{"::", "||", ";;", "~^~", "|~|", "~|", "->", "<>", "=>", "##", "\t\t", "$$"} {
		var text strings.Builder
		for _, r := range records {
			text.WriteString(strings.Join(r, separator) + "\n")
		}
		if d, q := findDialect([]byte(text.String())); d.public().Delimiter != separator || q.columns != 3 {
			t.Errorf("%q is taken for %q with %d columns", separator, d.public().Delimiter, q.columns)
		}
	}
}

func TestUnusualSeparatorsMustCutTheHeaderToo(t *testing.T) {
	for _, separator := range []string{"#", "*", "$", "\x01", "\x1f", "¬", "¦", "§"} {
		text := strings.ReplaceAll("código,obra,monto\n1,Puente,3\n2,Posta,4\n", ",", separator)
		if d := cmp.Diff([]string{"2", "1", "Puente", "3"}, rows(t, text)[1]); d != "" {
			t.Errorf("%q (-want +got)\n%s", separator, d)
		}
	}
}

func TestMarksBesideASeparatorAreNoPartOfIt(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty fields":            {"id,,nombre\n1,,Ana\n2,,Luis\n3,x,Eva\n", ","},
		"empty ends":              {"a:b:c\n1:2:3\nx:::\ny:::\n", ":"},
		"empty fields in between": {"a:b:c:d:e\nx:1:::2\ny:3:::4\nz:5:::6\n", ":"},
		"minus signs":             {"lat|lon\n-12.5|-77.1\n-13.5|-71.9\n-8.1|-79.0\n", "|"},
		"signs of money":          {"a;b\n1;$5\n2;$6\n3;$7\n", ";"},
		"hours in a field":        {"línea:salida\n3:10h\n4:12h\n", ":"},
	} {
		if d, _ := findDialect([]byte(c.text)); d.public().Delimiter != c.want {
			t.Errorf("%s: %q, want %q", name, d.public().Delimiter, c.want)
		}
	}
}

func TestBlanksBesideEverySeparatorBelongToIt(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"behind":                     {"a, b, c\n1, x y, 3\n4, \"z, w\", 6\n", []string{"3", "4", "z, w", "6"}},
		"on both":                    {"a | b | c\n1 | x | 3\n4 | z   | 6\n", []string{"3", "4", "z", "6"}},
		"some fields":                {"a;b;c\n1; x;3\n4;z ;6\n", []string{"3", "4", "z ", "6"}},
		"a value with the separator": {"a; b; c\n1; x;y; 3\n4; z;w; 6\n7; u;v; 9\n", []string{"3", "4", "z;w", "6"}},
	} {
		if d := cmp.Diff(c.want, rows(t, c.text)[2]); d != "" {
			t.Errorf("%s (-want +got)\n%s", name, d)
		}
	}
}

func TestNotesDoNotHideTheSeparator(t *testing.T) {
	notes := "Reporte de ejecución, 2024\nSecretaría de Hacienda, Lima\nFuente: SIAF, datos preliminares\nGenerado el 12/05/2024\nPágina 1, de 1\nVer anexo, tabla 3\n\n"
	for _, separator := range []string{";", "|", "\t", "~"} {
		text := notes + strings.ReplaceAll("código;obra;monto\n1;Puente, nuevo;3\n2;Posta;4\n", ";", separator)
		if d, _ := findDialect([]byte(text)); d.public().Delimiter != separator {
			t.Errorf("%q is taken for %q", separator, d.public().Delimiter)
		}
	}
}

func TestAColumnOfTextsIsNotCutAtItsCommas(t *testing.T) {
	for name, text := range map[string]string{
		"sentences": "observación\nSe aprobó, con reparos.\nObra paralizada\nFalta el sello, la firma, y la fecha\nSin novedad\nSe aprobó\n",
		"names":     "alcalde\nPérez, Ana\nRuiz, Luis\nDíaz, Eva\n",
		"tildes":    "web\nhttp://a.gob.pe/~x\nhttp://b.gob.pe\nhttp://c.gob.pe\nhttp://d.gob.pe\nhttp://e.gob.pe/~x\nhttp://f.gob.pe\n",
		"decimals":  "monto\n1,5\n2,75\n3,50\n4,25\n",
		"times":     "hora\n10:30\n11:45\n12:00\n",
		"streets":   "calle\nCalle 7 #12\nCalle 8 #15\nCalle 9 #1\n",
		"addresses": "web\nhttp://a.gob.pe/x?b=2,3\nhttp://b.gob.pe\nhttp://c.gob.pe/1\n",
	} {
		for _, row := range rows(t, text) {
			if len(row) != 2 {
				t.Errorf("%s: %q", name, row)
			}
		}
	}
}

func TestApostrophesAreQuotesWhereTheyHideSomething(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want byte
	}{
		"a separator":        {"a;b\n1;'x; y'\n2;z\n3;w\n", '\''},
		"a doubled one":      {"a;b\n1;'l''eau'\n2;z\n3;w\n", '\''},
		"the names":          {"'a';'b'\n1;2\n3;4\n", '\''},
		"texts of a program": {"a,b\n1,'{\"x\": 1, \"y\": 2}'\n2,'{\"x\": 3, \"y\": 4, \"z\": 1}'\n3,[]\n4,'{\"x\": 5, \"y\": 6}'\n", '\''},
		"elisions":           {"a;b\n1;l'eau; d'ici'\n2;D'Angelo\n", '"'},
		"one opens, no more": {"a;b\n1;'t Hart\n2;'x; y'\n", '"'},
		"beside quotes":      {"a;b\n1;\"x\"\n2;'y; z'\n3;\"v\"\n4;\"w\"\n", '"'},
	} {
		if d, _ := findDialect([]byte(c.text)); d.quote != c.want {
			t.Errorf("%s: quote %q, want %q", name, d.quote, c.want)
		}
	}
}

func TestABackslashEscapesWhatItMust(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"a quote before the end":   {"a;b\n1;\"24\\\"\"\n2;\"x\\\"y\"\n", []string{"2", "1", `24"`}},
		"a separator":              {"a;b\n1;x\\;y\n2;z\n3;w\n", []string{"2", "1", "x;y"}},
		"not in a folder's path":   {"a;b\n\"c:\\dir\\\";1\n\"d:\\\";2\n", []string{"2", `c:\dir\`, "1"}},
		"beside fields of nothing": {"a;b\n\"x\\\"y\";\"\"\n\"\";\"\"\n\"\";\"\"\n", []string{"2", `x"y`, ""}},
	} {
		if d := cmp.Diff(c.want, rows(t, c.text)[1]); d != "" {
			t.Errorf("%s (-want +got)\n%s", name, d)
		}
	}
}

func TestAStrayControlCharacterLeavesAShortTextText(t *testing.T) {
	if got := rows(t, "a;b\n1;x\x00y\n"); len(got) != 2 || got[1][2] != "x\x00y" {
		t.Errorf("got %q", got)
	}
}

func TestRunsOfBlanksSeparate(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       [][]string
	}{
		{"figures behind one or more", "# nota\nid  obra     monto\n1   pozo     5.25\n  20  silo 6.50\n3\tnoria    7.00\n", [][]string{{"1", "# nota"}, {"2", "id", "obra", "monto"}, {"3", "1", "pozo", "5.25"}, {"4", "20", "silo", "6.50"}, {"5", "3", "noria", "7.00"}}},
		{"two at least beside texts of several words", "obra          lugar       año\npozo nuevo    San Juan    2021\nsilo  El Valle de abajo   2022\n", [][]string{{"1", "obra", "lugar", "año"}, {"2", "pozo nuevo", "San Juan", "2021"}, {"3", "silo", "El Valle de abajo", "2022"}}},
		{"blanks in quotes do not", "1   \"pozo nuevo\"   5.25 \n2   \"silo\"   6.50 \n3   \"noria\"   7.00 \n", [][]string{{"1", "1", "pozo nuevo", "5.25"}, {"2", "2", "silo", "6.50"}, {"3", "3", "noria", "7.00"}}},
		{"a single blank leaves an empty field between two", "1 2  4\n1 2 3 4\n5 6 7 8\n9 8  6\n", [][]string{{"1", "1", "2", "", "4"}, {"2", "1", "2", "3", "4"}, {"3", "5", "6", "7", "8"}, {"4", "9", "8", "", "6"}}},
		{"rules are drawn around the header", "----------\nid monto\n----------\n1   5.25\n2   6.50\n", [][]string{{"1", "----------"}, {"2", "id", "monto"}, {"4", "1", "5.25"}, {"5", "2", "6.50"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, rows(t, c.text)); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}
