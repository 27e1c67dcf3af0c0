package detect

import (
	"slices"
	"strings"

	"chasqui/converters/table"
)

// totalsBeside returns the columns among those of times and right beside them
// that add up times, by their headers: "Total", "Mujeres Total", "Total
// 2019-2023", and of months the quarters.
func totalsBeside(fields []table.Field, c *table.Cross, form timeForm) []int {
	at := func(col int) int { return slices.IndexFunc(fields, func(f table.Field) bool { return f.Col == col }) }
	first, last := len(fields), 0
	for _, m := range c.Measures {
		for _, col := range m.Cols {
			if col > 0 {
				first, last = min(first, at(col)), max(last, at(col))
			}
		}
	}
	addsUp := func(i int) bool {
		f := fields[i]
		return (f.Type == table.TypeInteger || f.Type == table.TypeNumber) && isSumOf(f.Title, c, form)
	}
	for first > 0 && addsUp(first-1) {
		first--
	}
	for last+1 < len(fields) && addsUp(last+1) {
		last++
	}
	var found []int
	for i := first; i <= last; i++ {
		if !c.Holds(fields[i].Col) && addsUp(i) {
			found = append(found, fields[i].Col)
		}
	}
	return found
}

// isSumOf reports whether a header names a sum over times of one of the measures
// or of all.
func isSumOf(title string, c *table.Cross, form timeForm) bool {
	label := fold(title)
	if form == monthForm || form == monthNameForm {
		if h, ok := partForm.read(title); ok && isMeasure(h.measure, c) {
			return true
		}
	}
	if h, ok := yearForm.read(title); ok && (form == monthForm || form == partForm) && speaksOf(c, h.key) && isMeasure(h.measure, c) {
		return true
	}
	for _, longer := range [...]timeForm{seasonForm, yearForm} {
		if longer == yearForm && (form == yearForm || form == seasonForm) {
			continue
		}
		if h, ok := longer.read(title); ok && (longer == seasonForm || form == monthNameForm || speaksOf(c, h.key)) {
			label = fold(h.measure)
		}
	}
	if isPlainTotal(label) || isWordOfSum(label) {
		return true
	}
	for _, m := range c.Measures {
		of := fold(m.Title)
		if rest, ok := strings.CutSuffix(label, " "+of); ok && of != "" && isTotalLabel(rest) {
			return true
		}
		if rest, ok := strings.CutPrefix(label, of+" "); ok && of != "" && isPlainTotal(rest) {
			return true
		}
	}
	return false
}

// speaksOf reports whether a time of the cross table is in a year.
func speaksOf(c *table.Cross, year string) bool {
	return slices.ContainsFunc(c.Keys, func(key string) bool { return strings.Contains(key, year) })
}

// isMeasure reports whether a header's words are those of one of the measures.
func isMeasure(words string, c *table.Cross) bool {
	return slices.ContainsFunc(c.Measures, func(m table.Measure) bool { return fold(m.Title) == fold(words) })
}

// isWordOfSum reports whether a folded label is a word for sums besides those of
// all rows.
func isWordOfSum(s string) bool {
	switch s {
	case "subtotal", "sub total", "sub-total", "sous-total", "suma", "soma", "sum", "somme", "acumulado", "acumulada", "cumul",
		"total anual", "anual", "total acumulado", "total del ano", "total ano", "total do ano", "annual total", "total annual", "annual", "total annuel", "annuel":
		return true
	}
	return false
}
