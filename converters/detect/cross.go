package detect

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"chasqui/converters/table"
)

// crossLeast is how many times a variable has to be there before a table is
// taken to be crossed: two years side by side are as often two columns.
const crossLeast = 3

// Cross finds out whether columns are the values of a variable at the times that
// their headers name, of which there are to be at least least; nil if there are
// no such columns.
func Cross(fields []table.Field, least int) *table.Cross {
	return CrossLike(fields, least, table.TypeAny)
}

// CrossLike is Cross of a table that comes after one whose keys were of the type
// like, and are to be so again: 2024-1 is January if 2023-01 was.
func CrossLike(fields []table.Field, least int, like table.Type) *table.Cross {
	var best *table.Cross // of as many columns the finest times: months of three years are no twelve variables
	for _, form := range [...]timeForm{dayForm, monthForm, partForm, seasonForm, yearForm, monthNameForm} {
		c := crossOf(fields, form, least, like)
		switch {
		case c == nil || best != nil && best.Type == like && c.Type != like:
		case best == nil || c.Type == like && best.Type != like || c.Columns() > best.Columns():
			best = c
		}
	}
	return best
}

// crossOf is CrossLike of the headers that name times in one form.
func crossOf(fields []table.Field, form timeForm, least int, like table.Type) *table.Cross {
	c := &table.Cross{Type: form.keyType()}
	heads := make([]headTime, len(fields))
	var measures []string
	count := map[string]int{} // columns of each measure; below 0, a time is there twice
	seen := map[[2]string]bool{}
	for i, f := range fields {
		h, ok := form.read(f.Title)
		if !ok {
			continue
		}
		heads[i] = h
		m := fold(h.measure)
		if !slices.Contains(measures, m) {
			measures = append(measures, m)
		}
		if count[m]++; seen[[2]string{m, h.key}] || count[m] <= 0 {
			count[m] = -len(fields)
		}
		seen[[2]string{m, h.key}] = true
	}
	measures = slices.DeleteFunc(measures, func(m string) bool { return count[m] < least })
	if len(measures) == 0 || !figures(fields, heads, measures) || form == monthForm && like != table.TypeYearMonth && !areMonths(heads) {
		return nil
	}
	fill(c, fields, heads, measures)
	if numberedAlike(fields, heads, c) || form == monthNameForm && !areOfAYear(heads, measures) {
		return nil
	}
	c.Totals = totalsBeside(fields, c, form)
	return c
}

// figures reports whether most of the columns of one measure at least hold
// figures, or nothing yet.
func figures(fields []table.Field, heads []headTime, measures []string) bool {
	for _, m := range measures {
		all, held := 0, 0
		for i, h := range heads {
			if h.key == "" || fold(h.measure) != m {
				continue
			}
			all++
			switch fields[i].Type {
			case table.TypeInteger, table.TypeNumber, table.TypeBoolean, table.TypeAny:
				held++
			}
		}
		if held*2 > all {
			return true
		}
	}
	return false
}

// fill gathers the keys and the columns of the measures.
func fill(c *table.Cross, fields []table.Field, heads []headTime, measures []string) {
	place := map[string]int{}
	for _, h := range heads {
		if h.key == "" || !slices.Contains(measures, fold(h.measure)) {
			continue
		}
		if _, known := place[h.key]; !known {
			place[h.key] = len(c.Keys)
			c.Keys = append(c.Keys, h.key)
		}
		if h.marked {
			c.Type = table.TypeString
		}
		c.Title = cmp.Or(c.Title, h.title)
	}
	for _, m := range measures {
		measure := table.Measure{Cols: make([]int, len(c.Keys))}
		for i, h := range heads {
			if h.key != "" && fold(h.measure) == m {
				measure.Title = cmp.Or(measure.Title, h.measure)
				measure.Cols[place[h.key]] = fields[i].Col
			}
		}
		c.Measures = append(c.Measures, measure)
	}
}

// headTime is what a header says of a time: the key, what else it says, and the
// word for times of this kind where that is all else ("Año 2019").
type headTime struct {
	key, measure, title string
	marked              bool   // a mark on the year has a meaning of its own
	written             string // how a month of a year stands in the header
	month               int    // of a month by itself, 1 to 12
}

// timeForm is a way of naming times in headers.
type timeForm int

const (
	yearForm      timeForm = iota // 2019, 2023 (p)
	monthForm                     // ene-23, 2023-01
	dayForm                       // 31/01/2023
	monthNameForm                 // Enero
	partForm                      // 2021-I, T1 2021, 2.º semestre
	seasonForm                    // 2019/2020, 2019-20
)

func (f timeForm) keyType() table.Type {
	switch f {
	case yearForm:
		return table.TypeYear
	case monthForm:
		return table.TypeYearMonth
	case dayForm:
		return table.TypeDate
	}
	return table.TypeString
}

// longTime is how many words a time has at most: 31 de enero de 2023.
const longTime = 5

var (
	// gluedYear is a year right behind letters: pob2019.
	gluedYear = regexp.MustCompile(`^(\p{L}+)((?:19|20)\d\d)$`)
	// markedYear is a year with the mark of what is provisional, estimated,
	// revised, or said in a note.
	markedYear = regexp.MustCompile(`^((?:19|20)\d\d) ?(\*+|\([\pL\d]{1,3}\)|\((?i:proy|proj|prel|prov|estim|revis)\pL*\.?\)|[\pL\d]{1,2}/|/[\pL\d]{1,2}|[pre])$`)
	season     = regexp.MustCompile(`^((?:19|20)\d\d) ?[-/–] ?((?:19|20)?\d\d)$`)
	// yearPart and bareRoman are parts of a year, in the year and by themselves.
	yearPart  = regexp.MustCompile(`^(?:((?:19|20)\d\d)[ /._-]*` + partOfYear + `|` + partOfYear + `[ /._-]*(?:de |del )?((?:19|20)\d\d)|` + partAlone + `)$`)
	yearDigit = regexp.MustCompile(`^(?:(?:19|20)\d\d[-/.][1-4]|[1-4][-/.](?:19|20)\d\d)$`)
)

const (
	// partOfYear is a quarter or a half beside its year.
	partOfYear = `(?:[tqs]-?[1-4]|[1-4][tqs]|` + partAlone + `|i{1,3}|iv)`
	// partAlone is a quarter or a half that needs no year to be told.
	partAlone = `(?:[tq][1-4]|[1-4][tq]|(?:i{1,3}|iv|[1-4](?:er|ro|do|to|o|a|st|nd|rd|th|e|º|ª|°)?\.?|primer|segundo|tercer|cuarto|primeiro|terceiro|quarto) ?(?:trim|trimestre|sem|semestre|cuatrimestre|quarter|half)\.?|(?:trim|trimestre|sem|semestre|cuatrimestre|quarter)\.? ?(?:i{1,3}|iv|[1-4]))`
)

// read looks for a time in a header: all of it, else its last or its first words,
// or those that placesOf names.
func (f timeForm) read(title string) (headTime, bool) {
	if len(title) > 160 || f != monthNameForm && f != partForm && !strings.ContainsAny(title, "0123456789") {
		return headTime{}, false
	}
	title = strings.TrimSuffix(title, " 00:00:00")
	if name, ok := strings.CutPrefix(title, "c_"); ok && table.MachineName(name) == title {
		title = name // as this program names a column that begins with a digit
	}
	if h, ok := f.time(title); ok {
		return h, true
	}
	words := strings.FieldsFunc(title, func(r rune) bool { return unicode.IsSpace(r) || r == '_' })
	if n := len(words); n > 0 {
		if m := gluedYear.FindStringSubmatch(words[n-1]); m != nil {
			words = append(words[:n-1:n-1], m[1], m[2])
		}
	}
	for k := min(longTime, len(words)-1); k > 0; k-- {
		for _, at := range placesOf(words, k) {
			h, ok := f.time(strings.Join(words[at:at+k], " "))
			if !ok {
				continue
			}
			before, after := words[:at], words[at+k:]
			if at > 0 && isNumbered(fold(strings.Trim(words[at-1], ".:"))) {
				return headTime{}, false
			}
			if at == 1 && len(after) > 0 && isTimeWord(fold(words[0])) {
				before = nil
			}
			h.measure, h.title = measureOf(strings.Join(slices.Concat(before, after), " "))
			return h, true
		}
	}
	return headTime{}, false
}

// measureOf trims what joins a time to the rest of its header; a rest that only
// says what kind of time it is becomes the title.
func measureOf(rest string) (measure, title string) {
	for {
		rest = strings.TrimLeft(strings.TrimRight(rest, " -–—:;,./|_·(["), " -–—:;,./|_·)]")
		if strings.Count(rest, "(") != strings.Count(rest, ")") {
			rest = strings.Trim(rest, " ()")
		}
		cut := strings.LastIndexAny(rest, " ")
		word := fold(rest[cut+1:])
		switch {
		case isTimeWord(word) && cut < 0:
			return "", rest
		case cut >= 0 && (isTimeWord(word) || isJoiner(word)):
			rest = rest[:cut]
			continue
		}
		return rest, ""
	}
}

// isTimeWord reports whether a folded word names a kind of times.
func isTimeWord(s string) bool {
	switch s {
	case "ano", "anio", "anos", "year", "years", "y", "fy", "annee", "annees", "ejercicio", "exercicio", "exercice", "gestion", "periodo", "mes", "meses", "month", "mois",
		"fecha", "data", "date", "trimestre", "quarter", "semestre":
		return true
	}
	return false
}

func isJoiner(s string) bool {
	switch s {
	case "de", "del", "en", "al", "a", "a la", "in", "of", "em", "no", "do", "da", "du", "au", "as of", "el":
		return true
	}
	return false
}

// time reads the whole of a text as a time.
func (f timeForm) time(s string) (headTime, bool) {
	if len(s) < 2 || len(s) > 40 {
		return headTime{}, false
	}
	if h, ok := f.plainTime(s); ok {
		return h, true
	}
	bare := strings.Trim(s, " ()[]:;,.-–—")
	if bare == s {
		return headTime{}, false
	}
	return f.plainTime(bare)
}

func (f timeForm) plainTime(s string) (headTime, bool) {
	h := headTime{key: s}
	switch f {
	case yearForm:
		if m := markedYear.FindStringSubmatch(s); m != nil {
			h.marked = true
			return h, true
		}
		return h, isYear(s)
	case monthForm:
		return canonicalTime(s, table.Field{Type: table.TypeYearMonth, Format: months()}, 2)
	case dayForm:
		return canonicalTime(s, table.Field{Type: table.TypeDate, Format: days()}, 3)
	case monthNameForm:
		month := table.Field{Type: table.TypeYearMonth, Format: "%B %Y"}
		v := month.Parse(table.Cell{Kind: table.Text, Text: s + " 2000"})
		h.month, _ = strconv.Atoi(strings.TrimPrefix(v.Text, "2000-"))
		return h, !strings.ContainsAny(s, "0123456789 ") && v.Status == table.Fits
	case partForm:
		s = fold(s)
		return h, yearPart.MatchString(s) || yearDigit.MatchString(s)
	}
	m := season.FindStringSubmatch(s)
	if m == nil {
		return h, false
	}
	to := m[2]
	if len(to) == 2 {
		to = m[1][:2] + to
	}
	return h, to > m[1]
}

var (
	months = sync.OnceValue(func() string { return strings.Join(monthPatterns(), "|") })
	days   = sync.OnceValue(func() string { return strings.Join(datePatterns(), "|") })
)

// canonicalTime reads a month of a year or a day, which has at least least
// digits and at most eight.
func canonicalTime(s string, f table.Field, least int) (headTime, bool) {
	digits := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	if len(s) < 5 || digits < least || digits > 8 {
		return headTime{}, false
	}
	v := f.Parse(table.Cell{Kind: table.Text, Text: s})
	return headTime{key: v.Text, written: s}, v.Status == table.Fits
}
