package app

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/app/disk"
	"chasqui/converters/table"
)

// rowsOf makes n records of five columns; alter may put others in their place.
func rowsOf(n int, alter func(i int) (string, bool)) string {
	var b strings.Builder
	b.WriteString("id;municipio;personas;monto;fecha\n")
	for i := range n {
		if alter != nil {
			if line, other := alter(i); other {
				b.WriteString(line)
				continue
			}
		}
		fmt.Fprintf(&b, "%d;Municipio %d;%d;%d,%02d;%02d/%02d/2026\n", i+1, i%97, i*7%1000, i%5000, i%100, 1+i%28, 1+i%12)
	}
	return b.String()
}

// at puts a line in the place of some records.
func at(line string, places ...int) func(int) (string, bool) {
	return func(i int) (string, bool) {
		for _, p := range places {
			if i == p {
				return line, true
			}
		}
		return "", false
	}
}

// onePassCase is a text, and whether one reading is enough to write it typed (json
// starts anew at the first misfit) and as it stands.
type onePassCase struct {
	text           string
	typed, asWrote bool
}

// onePassCases are tables of n records and more, of which the first 2,000 rows are
// the head and the last 400 are held back.
func onePassCases(n int) map[string]onePassCase {
	total := 0
	for i := range n {
		total += i * 7 % 1000
	}
	return map[string]onePassCase{
		"plain":                  {rowsOf(n, nil), true, true},
		"titles":                 {"INFORME ANUAL;;;;\n;;;;\n" + rowsOf(n, nil), true, true},
		"total and notes":        {rowsOf(n, nil) + fmt.Sprintf("TOTAL;;%d;;\n;;;;\nFuente: Tesorería\nElaborado en marzo\n", total), true, true},
		"total without a name":   {rowsOf(n, nil) + fmt.Sprintf(";;%d;;\n", total), true, true},
		"tail of separators":     {rowsOf(n, nil) + strings.Repeat(";;;;\n", 30), true, true},
		"header repeated":        {rowsOf(n, at("id;municipio;personas;monto;fecha\n", 2100, 2250, 2270)), true, true},
		"subtotals":              {rowsOf(n, at("Subtotal;;500;7,50;\n", 100, 2150, 2280)), true, true},
		"sections":               {rowsOf(n, at("Región Norte;;;;\n", 100, 2150, 2280)), true, true},
		"blank rows":             {rowsOf(n, at("\n", 50, 2200, 2260)), true, true},
		"rows of separators":     {rowsOf(n, at(";;;;\n", 50, 2200, 2260)), true, true},
		"rows of blanks":         {rowsOf(n, at(" ; ;;;\n", 2200)), true, false},
		"blanks at a row's end":  {rowsOf(n, at("1;Lima;2;3,00; \n", 2200)), true, false},
		"a word in figures":      {rowsOf(n, at("1;Lima;muchos;3,00;01/01/2026\n", 2250)), false, true},
		"a missing word late":    {rowsOf(n, at("1;Lima;s/d;3,00;01/01/2026\n", 2250)), false, true},
		"decimals late":          {rowsOf(n, at("1;Lima;2,5;3,00;01/01/2026\n", 2250)), false, true},
		"a leading zero late":    {rowsOf(n, at("1;Lima;007;3,00;01/01/2026\n", 2250)), false, true},
		"no such day":            {rowsOf(n, at("1;Lima;2;3,00;31/02/2026\n", 2250)), false, true},
		"quotes and line breaks": {rowsOf(n, at("1;\"Lima;\"\"la\r\nblanca\"\"\";2;3,00;01/01/2026\n", 2, 2250)), true, true},
		"doubled quotes": {rowsOf(n, func(i int) (string, bool) {
			return fmt.Sprintf("%d;\"Villa \"\"El Sol %d\"\"\";2;3,00;01/01/2026\n", i+1, i), i%3 == 0
		}), true, true},
		"rows too short":         {rowsOf(n, at("1;Lima\n", 2250)), true, true},
		"rows too long":          {rowsOf(n, at("1;Lima;2;3,00;01/01/2026;de más\n", 2250)), false, false},
		"rows too long soon":     {rowsOf(n, at("1;Lima;2;3,00;01/01/2026;de más\n", 50, 2250)), true, true},
		"a very long text":       {rowsOf(n, at("1;"+strings.Repeat("x", 20_000)+";2;3,00;01/01/2026\n", 2250)), false, false},
		"a long text":            {rowsOf(n, at("1;"+strings.Repeat("ñ", 3_000)+";2;3,00;01/01/2026\n", 5, 2250, n-3)), true, true},
		"notes beyond the tail":  {rowsOf(n, nil) + "\n" + strings.Repeat("(1) Aclaración de una cuenta;;;;\n", 450), false, true},
		"two tables":             {rowsOf(n, nil) + "\n\nOtra tabla\n" + rowsOf(50, nil), true, true},
		"two long tables":        {rowsOf(n, nil) + "\n\nOtra tabla\nclave;obra;costo\n" + strings.Repeat("A1;Puente;20\n", n), false, false},
		"commas and tabs":        {rowsOf(n, at("1,5;,Lima,;2;\t3,00,;01/01/2026\n", 2, 2150, 2250)), true, true},
		"quotes in plain fields": {rowsOf(n, at("1;5\" de ancho;2;3,00;01/01/2026\n", 2150, 2250)), true, true},
		"formulas":               {rowsOf(n, at("1;=1+1;2;3,00;01/01/2026\n", 2, 2150, 2250)), true, true},
		"short":                  {rowsOf(300, nil), false, false},
		"half words":             {rowsOf(n, func(i int) (string, bool) { return "1;Lima;pocos;3,00;01/01/2026\n", i > 2050 }), false, true},
	}
}

func TestOneReadingWritesWhatTwoReadingsWrite(t *testing.T) {
	for name, c := range onePassCases(2700) {
		path := fileOf(t, "a.csv", c.text)
		for _, asIs := range [...]bool{false, true} {
			t.Run(fmt.Sprintf("%s, as is %t", name, asIs), func(t *testing.T) {
				once, twice, enough := readBoth(t, path, asIs)
				if want := asIs && c.asWrote || !asIs && c.typed; enough != want {
					t.Errorf("one reading was enough: %t, want %t", enough, want)
				}
				if !once.detected {
					return // the same two readings
				}
				if diff := cmp.Diff(filesOf(twice), filesOf(once)); diff != "" {
					t.Errorf("files (-two readings +one):\n%s", diff)
				}
				if diff := cmp.Diff(twice.done.counts, once.done.counts); diff != "" {
					t.Errorf("counts (-two readings +one):\n%s", diff)
				}
				if diff := cmp.Diff(typesOf(twice.done.fields), typesOf(once.done.fields)); diff != "" {
					t.Errorf("types (-two readings +one):\n%s", diff)
				}
				if diff := cmp.Diff(twice.done.notices, once.done.notices); asIs && diff != "" {
					t.Errorf("notices (-two readings +one):\n%s", diff)
				}
				if once.done.rows != twice.done.rows {
					t.Errorf("%d rows in one reading, %d in two", once.done.rows, twice.done.rows)
				}
			})
		}
	}
}

// readBoth writes a file as Convert does, in one reading if that is enough, and
// by a layout that is known before.
func readBoth(t *testing.T, path string, asIs bool) (once, twice found, enough bool) {
	t.Helper()
	src, err := OpenSource(t.Context(), path, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	one, two := requestOf(t, path, asIs), requestOf(t, path, asIs)
	once, err = one.onePass(t.Context(), src)
	t.Cleanup(func() { discard(once.files) })
	if enough = once.complete; err == nil && once.detected && !enough {
		err = one.write(t.Context(), src, &once)
	}
	if err == nil && once.detected {
		err = errors.Join(two.detect(t.Context(), src, &twice), two.write(t.Context(), src, &twice))
		t.Cleanup(func() { discard(twice.files) })
	}
	if err != nil {
		t.Fatal(err)
	}
	return once, twice, enough
}

func requestOf(t *testing.T, path string, asIs bool) *ConvertRequest {
	to := []string{"csv", "json"}
	if asIs { // both are written line by line
		to[1] = "tsv"
	}
	return &ConvertRequest{Path: path, Out: t.TempDir(), To: to, AsIs: asIs, Disk: disk.OS{}}
}

// filesOf are the hashes of what was written.
func filesOf(f found) []string {
	var sums []string
	for _, file := range f.files {
		if err := file.settle(); err != nil {
			return []string{err.Error()}
		}
		w := file.written()
		sums = append(sums, fmt.Sprintf("%s %d %s", w.Format, w.Bytes, w.SHA256))
	}
	return sums
}

func typesOf(fields []table.Field) []table.Type {
	var types []table.Type
	for _, f := range fields {
		types = append(types, f.Type)
	}
	return types
}

func TestAFieldThatNoHeaderNamesIsWritten(t *testing.T) {
	text := rowsOf(2700, at("1;Lima;2;3,00;01/01/2026;de más\n", 2250))
	for _, asIs := range [...]bool{false, true} {
		var out strings.Builder
		done, err := Convert(t.Context(), ConvertRequest{Path: fileOf(t, "a.csv", text), Out: "-", Stdout: &out, AsIs: asIs, Disk: disk.OS{}})
		if err != nil || done.Rows != 2700 || strings.Count(out.String(), "de más") != 1 {
			t.Errorf("as is %t: %v, %d rows, the field stands %d times in what was written", asIs, err, done.Rows, strings.Count(out.String(), "de más"))
		}
	}
}

func TestATableFarBelowAnotherIsConvertedAlone(t *testing.T) {
	path := fileOf(t, "a.csv", rowsOf(2700, nil)+"\n\nOtra tabla\nclave;obra;costo\n"+strings.Repeat("A1;Puente;20\n", 2700))
	for _, c := range []struct {
		table  int
		fields int
	}{{1, 5}, {2, 3}} {
		done, err := Convert(t.Context(), ConvertRequest{Path: path, Out: t.TempDir(), Table: c.table, Disk: disk.OS{}})
		if err != nil || done.Rows != 2700 || len(done.Fields) != c.fields {
			t.Errorf("table %d: %v, %d rows, %d columns", c.table, err, done.Rows, len(done.Fields))
		}
	}
}
