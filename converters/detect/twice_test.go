package detect

import (
	"context"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"chasqui/converters/table"
)

func TestTextEncodedTwiceIsTold(t *testing.T) {
	for _, meant := range []string{"María", "Año 2024", "Ñuble", "SÃO JOÃO", "ação", "Nº 12", "¿Cuántos?", "“así”", "œuvre", "1 500 €", "Óscar", "ÁNGEL", "NIÑO", "à côté", "\ufeffFECHA"} {
		var twice []rune
		for _, c := range []byte(meant) {
			r := charmap.Windows1252.DecodeByte(c)
			if r == '\ufffd' {
				r = rune(c)
			}
			twice = append(twice, r)
		}
		if got, ok := EncodedTwice(string(twice)); !ok || got != meant {
			t.Errorf("%q means %q, %v; want %q", string(twice), got, ok, meant)
		}
	}
}

func TestOrdinaryTextIsNotTakenForEncodedTwice(t *testing.T) {
	for _, s := range []string{"SÃO PAULO", "«AMANH\u00c3\u00bb", "“CAMPE\u00c3\u201d", "MAÇÃ", "Â", "âge", "À côté", "Ångström", "Ã", "ÂNCORA", "pâté", "año", "IRMÃ°", "Å", "El ‘Ñandú’", "naïf", "païs »"} {
		if got, ok := EncodedTwice(s); ok {
			t.Errorf("%q is taken for %q", s, got)
		}
	}
}

func TestCellsEncodedTwiceAreCountedAndLeftAsTheyAre(t *testing.T) {
	layout, err := Sheet(context.Background(), draw("\nRegiÃ³n|Casos\nBiobÃ\u00ado|=1\nMaule|=2\nÃ‘uble|=3\nBiobÃ\u00ado|=4"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := layout.Tables[0]
	var notice table.Notice
	for _, n := range got.Notices {
		if n.Code == NoticeDoubleEncoded {
			notice = n
		}
	}
	if notice.Count != 4 || notice.Args["meant"] != "Región" || got.Fields[0].Title != "RegiÃ³n" || got.Fields[0].Examples[0] != "BiobÃ\u00ado" {
		t.Errorf("notice %+v, title %q, examples %q", notice, got.Fields[0].Title, got.Fields[0].Examples)
	}
}
