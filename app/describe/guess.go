package describe

import (
	"slices"
	"strings"
	"sync"
)

// Subject is something that municipal data are about: the beginnings of words
// that give it away, its theme, and the keyword that people search by.
type Subject struct {
	Theme   string   `json:"theme"` // code in ThemeList
	Words   []string `json:"words"` // lower case, without accents, "_" for a blank
	Keyword Text     `json:"keyword"`
}

// subjects reads the rules once.
var subjects = sync.OnceValue(func() []Subject {
	var list []Subject
	readList("subject", &list)
	return list
})

// Subjects returns what texts are about, the surest first: titles, sheet and
// file names, headers. A text of importance stands twice.
func Subjects(texts ...string) []Subject {
	type match struct {
		subject Subject
		points  int
	}
	var found []match
	for _, s := range subjects() {
		points := 0
		for _, text := range texts {
			padded := " " + spaced(text)
			for _, w := range s.Words {
				if strings.Contains(padded, " "+strings.ReplaceAll(w, "_", " ")) {
					points++
				}
			}
		}
		if points > 0 {
			found = append(found, match{s, points})
		}
	}
	slices.SortStableFunc(found, func(a, b match) int { return b.points - a.points })
	out := make([]Subject, len(found))
	for i, m := range found {
		out[i] = m.subject
	}
	return out
}

// spaced is a text in lower case without accents, words parted by one blank,
// joining words left out.
func spaced(text string) string {
	var words []string
	for _, w := range strings.FieldsFunc(plain(text), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '²' && r != '³'
	}) {
		if !slices.Contains(joining[:], w) {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

// joining are the words that say nothing by themselves.
var joining = [...]string{"de", "del", "la", "las", "los", "el", "y", "e", "en", "por", "da", "do", "das", "dos", "du", "des", "of", "the", "a", "al", "para"}

// Theme returns the code by which a profile calls a shared theme, "" if its
// list has none.
func (p Profile) Theme(shared string) string {
	f, ok := p.Field("theme")
	if !ok {
		f = coreField("theme")
	}
	t, _ := p.term(f.Vocabulary, shared)
	return t.Code
}

// KnownColumn is a column that municipal tables often have.
type KnownColumn struct {
	Names   []string `json:"names"` // lower case, without accents and joining words, "_" for a blank
	Meaning Text     `json:"meaning"`
	Unit    Text     `json:"unit,omitempty"`
	Money   bool     `json:"money,omitempty"` // its unit is the country's currency
	Codes   string   `json:"codes,omitempty"` // the list that its codes are from
}

// KnownColumns are the columns of the shared dictionary.
var KnownColumns = sync.OnceValue(func() []KnownColumn {
	var list []KnownColumn
	readList("column", &list)
	return list
})

// ColumnCalled returns the known column that a header names: as a whole, else
// by a name of at least two words with which it begins.
func ColumnCalled(header string) (KnownColumn, bool) {
	name := strings.ReplaceAll(spaced(header), " ", "_")
	best, length := KnownColumn{}, 0
	for _, c := range KnownColumns() {
		for _, n := range c.Names {
			if n == name {
				return c, true
			}
			if strings.Contains(n, "_") && strings.HasPrefix(name, n+"_") && len(n) > length {
				best, length = c, len(n)
			}
		}
	}
	return best, length > 0
}

// Currency is the ISO 4217 code of a country's money, "" if it is not one of
// the seven.
func Currency(country string) string {
	return map[string]string{
		"CR": "CRC", "DO": "DOP", "EC": "USD", "GT": "GTQ", "HN": "HNL", "PE": "PEN", "SV": "USD",
	}[strings.ToUpper(country)]
}

// FrequencyIn returns the shared frequency that a text names, "mensual" or
// "par trimestre", or that a month's name in it suggests; "" if none.
func FrequencyIn(text string) string {
	padded := " " + spaced(text) + " "
	for _, f := range frequencyWords {
		for w := range strings.SplitSeq(f.words, "|") {
			if strings.Contains(padded, " "+w) {
				return f.code
			}
		}
	}
	return ""
}

// frequencyWords are the beginnings of words that name a frequency, the longer
// ones before those that they contain.
var frequencyWords = [...]struct{ code, words string }{
	{"BIMONTHLY", "bimestral|bimestre|bimonthly"},
	{"ANNUAL_3", "cuatrimestr|quadrimestr"},
	{"QUARTERLY", "trimestr|quarterly|i trim|ii trim"},
	{"ANNUAL_2", "semestr|half yearly"},
	{"MONTHLY_2", "quincen|quinzen"},
	{"MONTHLY", "mensual|mensal|mensuel|monthly"},
	{"WEEKLY", "semanal|weekly|hebdomad"},
	{"DAILY", "diari|daily|quotidien"},
	{"ANNUAL", "anual|annual|annuel|yearly"},
}

// FrequencyOf returns the shared frequency at which periods follow each other:
// their first days are this many days apart, on average and without one
// straying far. It needs two.
func FrequencyOf(gaps []int) string {
	if len(gaps) == 0 {
		return ""
	}
	for _, f := range [...]struct {
		code     string
		from, to int
	}{
		{"DAILY", 1, 1}, {"WEEKLY", 6, 8}, {"MONTHLY", 27, 32}, {"BIMONTHLY", 58, 63}, {"QUARTERLY", 88, 94},
		{"ANNUAL_3", 118, 124}, {"ANNUAL_2", 178, 186}, {"ANNUAL", 360, 370},
	} {
		if !slices.ContainsFunc(gaps, func(g int) bool { return g < f.from || g > f.to }) {
			return f.code
		}
	}
	return ""
}
