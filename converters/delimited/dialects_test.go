package delimited

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// column makes the values of one column.
type column func(r *rand.Rand) string

// columns are the kinds of columns that offices export.
func columns() []column {
	pick := func(words ...string) column {
		return func(r *rand.Rand) string { return words[r.IntN(len(words))] }
	}
	return []column{
		func(r *rand.Rand) string { return fmt.Sprint(r.IntN(100000)) },
		func(r *rand.Rand) string { return fmt.Sprintf("%d,%02d", r.IntN(10000), r.IntN(100)) },
		func(r *rand.Rand) string { return fmt.Sprintf("%d.%02d", r.IntN(10000), r.IntN(100)) },
		func(r *rand.Rand) string {
			return fmt.Sprintf("%02d/%02d/20%02d", r.IntN(28)+1, r.IntN(12)+1, r.IntN(26))
		},
		func(r *rand.Rand) string {
			return fmt.Sprintf("20%02d-%02d-%02d %02d:%02d", r.IntN(26), r.IntN(12)+1, r.IntN(28)+1, r.IntN(24), r.IntN(60))
		},
		pick("Lima", "San José de Maipo", "Ñuble", "Tegucigalpa", "Cusco"),
		pick("Av. Perú 123, Lima", "Jr. Unión 5, Cusco", "Calle 7; interior 2", "s/n"),
		pick("Sí", "No", ""),
		pick("", "", "NA", "obs"),
		pick("Compra de 3 equipos: laptop, mouse", "Servicio de limpieza", "Obra \"El Sol\""),
		func(r *rand.Rand) string { return fmt.Sprintf("%06d", r.IntN(300000)) },
	}
}

// export writes a table in a dialect; fields that need quotes get them.
func export(r *rand.Rand, delimiter string, rows int, escape bool) string {
	all := columns()
	var chosen []column
	for range 2 + r.IntN(8) {
		chosen = append(chosen, all[r.IntN(len(all))])
	}
	var out strings.Builder
	for i := range rows {
		for k, c := range chosen {
			if k > 0 {
				out.WriteString(delimiter)
			}
			value := fmt.Sprintf("campo_%d", k+1)
			if i > 0 {
				value = c(r)
			}
			if strings.ContainsAny(value, delimiter+"\"\n") {
				quoted := strings.ReplaceAll(value, `"`, `""`)
				if escape {
					quoted = strings.ReplaceAll(value, `"`, `\"`)
				}
				value = `"` + quoted + `"`
			}
			out.WriteString(value)
		}
		out.WriteString("\n")
	}
	return out.String()
}

func TestDialectsOfManyExportsAreFound(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, delimiter := range []string{",", ";", "\t", "|", "^", "~", ":", " ", "||", ";;", "|~|"} {
		tried, right := 0, 0
		var first string
		for i := range 150 {
			text := export(r, delimiter, 5+r.IntN(40), i%4 == 0)
			d, _ := findDialect([]byte(text))
			tried++
			if d.public().Delimiter == delimiter {
				right++
			} else if first == "" {
				first = fmt.Sprintf("%q taken for %q:\n%s", delimiter, d.public().Delimiter, text[:min(len(text), 300)])
			}
		}
		least := 97
		if delimiter == " " {
			least = 90 // words without quotes and nothing else look like prose
		}
		if right*100 < tried*least {
			t.Errorf("%q: %d of %d right; %s", delimiter, right, tried, first)
		}
	}
}
