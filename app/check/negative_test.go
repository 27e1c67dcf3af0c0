package check

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"chasqui/converters/table"
)

// repeat makes n values from a rule.
func repeat(n int, value func(i int) string) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = value(i)
	}
	return out
}

// TestOrdinaryColumnsAreLeftAlone holds what a budget office's tables are
// made of. Nothing of it may make a clerk decide about persons.
func TestOrdinaryColumnsAreLeftAlone(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	digits := func(n int) func(int) string {
		return func(int) string {
			s := fmt.Sprint(1 + r.IntN(9))
			for len(s) < n {
				s += fmt.Sprint(r.IntN(10))
			}
			return s
		}
	}
	columns := map[string][]string{
		"Clasificador":                      repeat(200, func(i int) string { return fmt.Sprintf("2.3.%d.%d.%d", i%7, i%5, i) }),
		"Código presupuestario":             repeat(200, func(i int) string { return fmt.Sprintf("%08d", 21000000+i*37) }),
		"Cédula presupuestaria":             repeat(200, func(i int) string { return fmt.Sprintf("%09d", 730204001+i*13) }),
		"UBIGEO":                            repeat(200, func(i int) string { return fmt.Sprintf("%02d%02d%02d", 1+i%25, 1+i%13, 1+i%29) }),
		"Código de distrito":                repeat(200, func(i int) string { return fmt.Sprintf("%d", 10101+i) }),
		"PIM":                               repeat(200, func(int) string { return fmt.Sprint(10000000 + r.IntN(89999999)) }),
		"Monto (S/)":                        repeat(200, func(int) string { return fmt.Sprintf("%d.%02d", r.IntN(9000000), r.IntN(100)) }),
		"Año":                               repeat(200, func(i int) string { return fmt.Sprint(2010 + i%16) }),
		"Fecha de corte":                    repeat(200, func(i int) string { return fmt.Sprintf("2026%02d%02d", 1+i%12, 1+i%28) }),
		"Corte":                             repeat(200, func(i int) string { return fmt.Sprintf("2026%02d%02d", 1+i%12, 1+i%28) }),
		"Contrato":                          repeat(200, func(i int) string { return fmt.Sprintf("%03d-2026-%04d", i%40, i) }),
		"N° de proceso":                     repeat(200, func(i int) string { return fmt.Sprintf("3-2026-%04d", 7*i) }),
		"ID":                                repeat(200, func(i int) string { return fmt.Sprint(10000001 + i) }),
		"Secuencia":                         repeat(200, func(i int) string { return fmt.Sprintf("%09d", 100000000+i) }),
		"Registro de nueve":                 repeat(200, digits(9)),
		"Registro de diez":                  repeat(200, digits(10)),
		"Registro de once":                  repeat(200, digits(11)),
		"Registro de trece":                 repeat(200, digits(13)),
		"Registro de catorce":               repeat(200, digits(14)),
		"Cuenta bancaria":                   repeat(200, digits(14)),
		"Latitud":                           repeat(200, func(i int) string { return fmt.Sprintf("-12.%06d", 4000*i) }),
		"Meta":                              repeat(200, func(i int) string { return fmt.Sprintf("%04d", i) }),
		"Porcentaje":                        repeat(200, func(i int) string { return fmt.Sprintf("0.%04d", i) }),
		"Unidad ejecutora":                  repeat(200, func(i int) string { return []string{"Gerencia de Rentas", "Santa Rosa", "Obras"}[i%3] }),
		"Nombre de la partida":              repeat(200, func(i int) string { return []string{"Bienes", "Servicios", "Personal"}[i%3] }),
		"Documento de pago":                 repeat(200, func(i int) string { return fmt.Sprint(10000000 + i*811%9999999) }),
		"Código único de inversiones (CUI)": repeat(200, func(i int) string { return fmt.Sprint(2400000 + i*811) }),
	}
	for title, values := range columns {
		for _, country := range []string{"", "PE", "CR", "GT", "SV"} {
			if got := run(title, country, values); len(got) != 0 {
				t.Errorf("%q in %q: %+v", title, country, got)
			}
		}
	}
}

func TestOneValueProvesNothing(t *testing.T) {
	for _, value := range []string{"99999980", "001-9999990-5", "0959999020", "199999916"} {
		if got := run("Referencia", "", []string{value}); len(got) != 0 {
			t.Errorf("a lone %s: %+v", value, got)
		}
	}
}

func TestTypesThatAreNoIdentifiersAreNotAskedForThem(t *testing.T) {
	p := NewPersonal([]table.Field{{Col: 1, Name: "x", Title: "DNI", Type: table.TypeBoolean}}, "PE")
	for range 50 {
		p.Add([]table.Value{{Text: "true"}})
	}
	if got := p.Findings(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestFindingsDoNotDependOnTheRun(t *testing.T) {
	values := repeat(5000, func(i int) string { return fmt.Sprintf("0801-1900-%05d", i*7) })
	first := fmt.Sprintf("%+v", run("Referencia", "", values))
	for range 3 {
		if again := fmt.Sprintf("%+v", run("Referencia", "", values)); again != first {
			t.Fatalf("the same table gave\n%s\nand\n%s", first, again)
		}
	}
}

func TestDistinctIsExactWhenFewAndCloseWhenMany(t *testing.T) {
	for _, n := range []int{1, 10, 255, 1000, 200000} {
		var d distinct
		for i := range 2 * n {
			d.add(fmt.Sprint(i % n))
		}
		if off := float64(d.estimate()-n) / float64(n); n < sketchSize && off != 0 || off > 0.2 || off < -0.2 {
			t.Errorf("%d distinct texts are estimated at %d", n, d.estimate())
		}
	}
}

func BenchmarkPersonalRow(b *testing.B) {
	titles := []string{"Código", "Unidad", "DNI", "Teléfono", "Correo", "Monto", "Fecha", "Apellidos"}
	row := []string{"010203", "Gerencia de Rentas", "99999980", "912 345 678", "a.b@example.org", "1234.56", "2026-03-31", "Quispe Flores"}
	fields := make([]table.Field, len(titles))
	values := make([]table.Value, len(row))
	for i := range titles {
		fields[i] = table.Field{Col: i + 1, Name: fmt.Sprint(i), Title: titles[i], Type: table.TypeString}
		values[i].Text = row[i]
	}
	p := NewPersonal(fields, "")
	b.ReportAllocs()
	for b.Loop() {
		p.Add(values)
	}
}

// TestMemoryDoesNotGrowWithRows looks at what a column keeps, after many rows.
func TestMemoryDoesNotGrowWithRows(t *testing.T) {
	p := NewPersonal([]table.Field{{Col: 1, Name: "x", Title: "Correo", Type: table.TypeString}}, "")
	for i := range 100000 {
		p.Add([]table.Value{{Text: fmt.Sprintf("persona%d@example.org", i)}})
	}
	c := p.columns[0]
	if len(c.distinct.lowest) > sketchSize || cap(c.distinct.lowest) > 2*sketchSize+2 {
		t.Errorf("%d hashes are kept", cap(c.distinct.lowest))
	}
	for code, texts := range c.kept {
		if len(texts) > 3 {
			t.Errorf("%d examples of %s are kept", len(texts), code)
		}
	}
	if got := p.Findings()[0].Count; got != 100000 {
		t.Errorf("%d addresses are counted, want all 100000", got)
	}
}
