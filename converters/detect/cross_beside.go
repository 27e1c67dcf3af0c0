package detect

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"chasqui/converters/table"
)

// What stands beside a time, in its header and in the other columns, says whether
// it is one at all.

// placesOf lists where in a header's words a time of k words may begin: at the
// end, at the beginning, behind a word for times ("Año 2019 Hombres"), and before
// what is in brackets ("Monto 2019 (miles de $)").
func placesOf(words []string, k int) []int {
	places := []int{len(words) - k, 0}
	if isTimeWord(fold(words[0])) && k+1 < len(words) {
		places = append(places, 1)
	}
	if n := len(words); strings.HasSuffix(words[n-1], ")") {
		open := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, "(") })
		if open >= k && !strings.Contains(strings.Join(words[open:n-1], ""), ")") {
			places = append(places, open-k)
		}
	}
	return places
}

// isNumbered reports whether a folded word names what has numbers of its own, so
// that 2001 behind it is no year: "Ruta 2001".
func isNumbered(s string) bool {
	switch s {
	case "articulo", "art", "artigo", "article", "codigo", "cod", "code", "ruta", "rota", "route", "linea", "linha", "ligne", "line",
		"sala", "aula", "salon", "room", "salle", "cuenta", "cta", "conta", "compte", "account", "iso", "norma", "ley", "lei", "loi", "law",
		"placa", "pregunta", "pergunta", "question", "item", "talla", "tamanho", "taille", "size":
		return true
	}
	return false
}

// numberedAlike reports whether a column that is no time has a header which
// differs from one that is only in its digits: "Sem 16" beside "Sem 1" is a week,
// and 3050 beside 2001 a code.
func numberedAlike(fields []table.Field, heads []headTime, c *table.Cross) bool {
	shapes := map[string]bool{}
	for i, f := range fields {
		if heads[i].key != "" && c.Holds(f.Col) {
			shapes[unnumbered(f.Title)] = true
		}
	}
	for i, f := range fields {
		if heads[i].key == "" && shapes[unnumbered(f.Title)] {
			return true
		}
	}
	return false
}

// unnumbered is a folded header with one digit for every number.
func unnumbered(title string) string {
	var b strings.Builder
	digit := false
	for _, r := range fold(title) {
		if !unicode.IsDigit(r) {
			b.WriteRune(r)
		} else if !digit {
			b.WriteByte('0')
		}
		digit = unicode.IsDigit(r)
	}
	return b.String()
}

// areMonths reports whether months of a year can't be anything else: 2023-1 and
// 2023-2 may be halves or quarters, and 2009-10, 2010-11, 2011-12 are years of a
// school.
func areMonths(heads []headTime) bool {
	parts, seasons := true, 0
	for _, h := range heads {
		if h.key == "" {
			continue
		}
		parts = parts && yearDigit.MatchString(h.written)
		seasons++
		if m := season.FindStringSubmatch(h.written); m == nil || !follows(m[1], m[2]) {
			seasons = -len(heads)
		}
	}
	return !parts && seasons < 2
}

// follows reports whether an end of two digits or four is the year after another.
func follows(year, end string) bool {
	from, _ := strconv.Atoi(year)
	return end == strconv.Itoa(from+1) || end == strconv.Itoa(from + 1)[2:]
}

// areOfAYear reports whether the months of each measure follow each other as in a
// year: Abril, Julio and Mar may be people and a sea.
func areOfAYear(heads []headTime, measures []string) bool {
	for _, m := range measures {
		var list []int
		for _, h := range heads {
			if h.key != "" && fold(h.measure) == m {
				list = append(list, h.month)
			}
		}
		if !evenSteps(list) {
			return false
		}
	}
	return true
}

// evenSteps reports whether most steps from one month to the next are of one
// month, or all are alike: quarters' ends.
func evenSteps(months []int) bool {
	ones, alike := 0, 0
	for i := 1; i < len(months); i++ {
		step := (months[i] - months[i-1] + 12) % 12
		if step == 1 || step == 11 {
			ones++
		}
		if step == (months[1]-months[0]+12)%12 {
			alike++
		}
	}
	return ones*2 >= len(months)-1 || alike == len(months)-1
}
