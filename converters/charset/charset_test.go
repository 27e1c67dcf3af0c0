package charset

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// samples are short tables as offices write them, in three languages.
func samples() []string {
	return []string{
		"código;año;población\n01;2024;1200\n",
		"Región,Comuna,Monto\nBiobío,Concepción,12\nÑuble,Chillán,7\n",
		"N° expediente;Señor(a);Descripción de la obra\n15;Muñoz;Construcción de vías — tramo 2º\n",
		"Município,Situação,Ações\nSão João,Concluída,3\nItapuã,Em execução,1\n",
		"MUNICÍPIO;SITUAÇÃO\nSÃO PAULO;CONCLUÍDA\nITAPUÃ;EM EXECUÇÃO\n",
		"Département,Année,Dépenses engagées\nHérault,2023,Équipement à crédit\nArdèche,2022,Prêts reçus\n",
		"Ejecución presupuestaria\nPrograma;Ítem;Créditos\n1;Educación básica;15,5\n2;Atención médica;3\n",
		"¿Tiene título?;Edad\nsí;30\nno;45\nsí, técnico;28\n",
		"DIRECCIÓN,TELÉFONO\nAv. Perú 15,555\nJr. Unión Ñ-3,777\n",
		"id;texto\n0;NÃO ENCONTRADO\n1;PADRÃO\n",
		"id;texto\n0;COMENZÓ A SEGUIR\n1;RELEVÂNCIA\n",
		"id;texte\n0;Éditer\n1;Vous n'êtes pas\n",
		"id;texte\n0;Enregistrement\u00a0:\n1;Retour à tous\n",
		"decreto,n°_escritura\n15,20\n",
		"nombre,dirección\nJosé Peña,Calle Ángel 3ª\nMaría Núñez,Pasaje 5ª\n",
	}
}

func TestTheDecodedTextIsIdentical(t *testing.T) {
	for _, e := range []struct {
		name string
		enc  encoding.Encoding
	}{
		{UTF8, encoding.Nop},
		{Windows1252, charmap.Windows1252},
		{IBM850, charmap.CodePage850},
		{IBM437, charmap.CodePage437},
		{Macintosh, charmap.Macintosh},
		{ISO8859_15, charmap.ISO8859_15},
		{UTF16LE, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{UTF16BE, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{UTF16LE, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
	} {
		tried := 0
		for _, text := range samples() {
			raw, err := e.enc.NewEncoder().Bytes([]byte(text))
			if err != nil {
				continue // the page lacks a character of the sample
			}
			tried++
			guess, err := Detect(bytes.NewReader(raw), int64(len(raw)))
			if err != nil {
				t.Fatal(err)
			}
			r, err := NewReader(iotest.HalfReader(bytes.NewReader(raw)), guess.Name)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != text {
				t.Errorf("%s taken for %s: %q", e.name, guess.Name, firstLine(got))
			}
		}
		if tried < 3 {
			t.Errorf("%s: only %d samples could be written", e.name, tried)
		}
	}
}

// firstLine returns the first line that holds something above ASCII.
func firstLine(b []byte) string {
	for line := range strings.Lines(string(b)) {
		for _, r := range line {
			if r > 127 {
				return line
			}
		}
	}
	return string(b)
}

func TestAMarkIsSeenAndLeftOut(t *testing.T) {
	raw := []byte("\xef\xbb\xbfaño")
	guess, err := Detect(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(bytes.NewReader(raw), guess.Name)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil || !guess.BOM || string(got) != "año" {
		t.Errorf("guess %+v, text %q, error %v", guess, got, err)
	}
}

func TestAStrayByteInUTF8IsReadAndCounted(t *testing.T) {
	text := strings.Repeat("año año año\n", 20) + "Mar\xeda\n"
	r, err := NewReader(iotest.OneByteReader(strings.NewReader(text)), UTF8)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(string(got), "María\n") || r.Invalid() != 1 {
		t.Errorf("%d invalid bytes, end %q", r.Invalid(), got[len(got)-8:])
	}
	if guess, _ := Detect(strings.NewReader(text), int64(len(text))); guess.Name != UTF8 {
		t.Errorf("taken for %s", guess.Name)
	}
}

func TestAccentsFarIntoTheFileAreSeen(t *testing.T) {
	text := strings.Repeat("plain words only\n", 30_000) + "Regi\xf3n Biob\xedo\n" + strings.Repeat("plain words only\n", 100)
	guess, err := Detect(strings.NewReader(text), int64(len(text)))
	if err != nil || guess.Name != Windows1252 {
		t.Errorf("guess %+v, error %v", guess, err)
	}
}

func TestUnknownNamesAreRefused(t *testing.T) {
	if _, err := NewReader(strings.NewReader(""), "klingon"); err == nil || Known("klingon") {
		t.Error("an unknown encoding is accepted")
	}
}

func TestErrorsOfTheSourceComeOut(t *testing.T) {
	r, err := NewReader(iotest.ErrReader(io.ErrClosedPipe), Windows1252)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(r); err != io.ErrClosedPipe {
		t.Errorf("got %v", err)
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte("a\xf1o"), UTF8)
	f.Add([]byte("\xff\xfea\x00"), UTF16LE)
	f.Fuzz(func(t *testing.T, raw []byte, name string) {
		_, _ = Detect(bytes.NewReader(raw), int64(len(raw)))
		whole, err := NewReader(bytes.NewReader(raw), name)
		if err != nil {
			return
		}
		pieces, err := NewReader(iotest.OneByteReader(bytes.NewReader(raw)), name)
		if err != nil {
			t.Fatal(err)
		}
		a, errA := io.ReadAll(whole)
		b, errB := io.ReadAll(pieces)
		if !bytes.Equal(a, b) || (errA == nil) != (errB == nil) {
			t.Fatalf("%q as a whole, %q byte by byte", a, b)
		}
		if !bytes.Equal(a, bytes.ToValidUTF8(a, []byte("!"))) {
			t.Fatalf("%q is no UTF-8", a)
		}
	})
}

func TestOneWordTellsTheEncoding(t *testing.T) {
	for _, c := range []struct {
		text string
		page *charmap.Charmap
		want string
	}{
		{"calle;Jägerstraße 4", charmap.Windows1252, Windows1252},
		{"PM 10;35 µg/m3", charmap.Windows1252, Windows1252},
		{"theæM'Kraan;1", charmap.Windows1252, Windows1252},
		{"sello;L’eau", charmap.Windows1252, Windows1252},
		{"« Titre »;1", charmap.Windows1252, Windows1252},
		{"« Titre »;1", charmap.CodePage850, IBM850},
		{"Gaël;3", charmap.CodePage850, IBM850},
		{"Moïse;3", charmap.CodePage850, IBM850},
		{"août;3", charmap.CodePage850, IBM850},
		{"AÏSSATA MICHAËL;3", charmap.Windows1252, Windows1252},
		{"Límite;3", charmap.Macintosh, Macintosh},
		{"Água;3", charmap.CodePage850, IBM850},
	} {
		raw, err := c.page.NewEncoder().Bytes([]byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		if guess, _ := Detect(bytes.NewReader(raw), int64(len(raw))); guess.Name != c.want {
			t.Errorf("%q of %s is taken for %s", c.text, c.want, guess.Name)
		}
	}
}
