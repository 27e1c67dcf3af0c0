package detect

import (
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"chasqui/converters/table"
)

// trial is a type tried on a column: how many values fit, of those that are not
// missing.
type trial struct {
	field     table.Field
	fits, all int // by count
	kinds     int // different values that fit
}

// share returns the part of the values that fit.
func (t trial) share() float64 {
	if t.all == 0 {
		return 0
	}
	return float64(t.fits) / float64(t.all)
}

// try reads every different value of a column with the field, the way it will
// be read when it is published.
func try(v *values, f table.Field) trial {
	t, p := trial{field: f}, table.NewParser(f)
	for i, k := range v.list {
		switch p.Parse(k.cell()).Status {
		case table.Fits:
			t.fits += v.counts[i]
			t.kinds++
			t.all += v.counts[i]
		case table.Misfit:
			t.all += v.counts[i]
		}
	}
	return t
}

// typeColumns types every column of a table. Columns whose number style is
// clear come first, since they decide for those where it is not.
func typeColumns(columns []*values, titles []string, w Weights) []table.Field {
	fields := make([]table.Field, len(columns))
	habit := habitOf(columns)
	eachAtOnce(len(columns), func(i int) { fields[i] = typeColumn(columns[i], titles[i], habit, w) })
	alignSeries(fields, titles)
	for i, v := range columns {
		if f := &fields[i]; f.Unit == "" && (f.Type == table.TypeInteger || f.Type == table.TypeNumber) {
			f.Unit = unitOfTitle(titles[i])
		}
		count(&fields[i], v)
	}
	return fields
}

// eachAtOnce calls do for the numbers from 0 to n-1 on all cores.
func eachAtOnce(n int, do func(i int)) {
	var next atomic.Int64
	var done sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		done.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	done.Wait()
}

// typeColumn finds the type of one column, with the reasons.
func typeColumn(v *values, title string, h habit, w Weights) table.Field {
	strict, loose := missingWords(v, isMissingText), missingWords(v, isMissingWord)
	stored := map[table.Kind]int{}
	total := 0
	for i, k := range v.list {
		if k.kind == table.Text && contains(loose, k.text) || k.kind == table.Error {
			continue
		}
		stored[k.kind] += v.counts[i]
		total += v.counts[i]
	}
	if total == 0 {
		if f, ok := crossType(v); ok {
			return f
		}
		if crosses(v) > 0 { // taken for a missing word, a cross in every row would vanish
			return table.Field{Type: table.TypeString, Format: "default", MissingValues: strict, Why: []string{WhyText}}
		}
		return table.Field{Type: table.TypeAny, Format: "default", MissingValues: loose, Why: []string{WhyNoValues}}
	}
	base := table.Field{Format: "default", MissingValues: loose}
	for _, typed := range [...]func(*values, string, table.Field, habit, map[table.Kind]int, int, Weights) (table.Field, bool){
		storedType, booleanType, dateType, codeType, yearType, numberType, unitType, pointType,
	} {
		if f, ok := typed(v, title, base, h, stored, total, w); ok {
			return f
		}
	}
	f := table.Field{Type: table.TypeString, Format: "default", MissingValues: strict, Why: []string{WhyText}}
	if stored[table.Number] > 0 {
		f.Why = []string{WhyMixedValues}
	}
	return f
}

// missingWords returns the column's words for "no value", in order of
// appearance.
func missingWords(v *values, is func(string) bool) []string {
	var words []string
	for _, k := range v.list {
		if k.kind == table.Text && !k.long && is(k.text) {
			words = append(words, k.text)
		}
	}
	return words
}

// storedType takes the type that a workbook stores: booleans, dates, times of
// day; durations of a day or more are text. A
// date type needs nearly all values, since texts beside may be dates as well.
func storedType(v *values, _ string, f table.Field, _ habit, stored map[table.Kind]int, total int, w Weights) (table.Field, bool) {
	enough := func(n int) bool { return float64(n) >= w.NumberShare*float64(total) }
	f.Why = []string{WhyStoredType}
	moments := stored[table.Date] + stored[table.DateTime]
	switch {
	case enough(stored[table.Bool]):
		f.Type = table.TypeBoolean
		return f, true
	case enough(moments):
		f.Type = table.TypeDate
		if try(v, f).fits < moments {
			f.Type = table.TypeDateTime
		}
		return f, true
	case enough(stored[table.Time]):
		f.Type = table.TypeTime
		if hasDuration(v) {
			f.Type, f.MissingValues = table.TypeString, missingWords(v, isMissingText)
		}
		return f, true
	}
	return f, false
}

// hasDuration reports whether a stored time is none of a day: 26:15:00 is hours
// worked, and Table Schema has no type for a duration in that form.
func hasDuration(v *values) bool {
	for _, k := range v.list {
		if hours, _, ok := strings.Cut(k.text, ":"); k.kind == table.Time && ok && (len(hours) != 2 || hours >= "24") {
			return true
		}
	}
	return false
}

// booleanPairs are the words for yes and no of the region's languages.
func booleanPairs() []string {
	return []string{"sí|no", "si|no", "sim|não", "sim|nao", "yes|no", "oui|non", "true|false", "verdadero|falso", "verdadeiro|falso", "vrai|faux",
		"s|n", "y|n", "v|f", "t|f", "sí|n", "activo|inactivo"}
}

// booleanType takes a column of two words for yes and no. One word alone says
// nothing, and single letters can be anything unless both occur.
func booleanType(v *values, _ string, f table.Field, _ habit, stored map[table.Kind]int, total int, _ Weights) (table.Field, bool) {
	if stored[table.Text] == 0 || len(v.list) > 12 || v.others > 0 {
		return f, false
	}
	f.Type, f.Why = table.TypeBoolean, []string{WhyBooleanWords}
	for _, pair := range booleanPairs() {
		f.Format = pair
		yes, no, _ := strings.Cut(pair, "|")
		if t := try(v, f); t.all > 0 && t.fits == t.all && hasWord(v, yes) && (hasWord(v, no) || len(yes) > 1 && stored[table.Bool] > 0) {
			return f, true
		}
	}
	return f, false
}

// crossType takes a column that holds crosses and blanks and nothing else for
// yes and no: the blanks are the "no". A cross beside figures says that there
// is no value.
func crossType(v *values) (table.Field, bool) {
	if n := crosses(v); n == 0 || v.blanks == 0 || n != v.seen() {
		return table.Field{}, false
	}
	return table.Field{Type: table.TypeBoolean, Format: "x|", Why: []string{WhyBooleanWords}}, true
}

// hasWord reports whether a word is among the values, in any case.
func hasWord(v *values, w string) bool {
	for _, k := range v.list {
		if strings.EqualFold(k.text, w) {
			return true
		}
	}
	return false
}

// crosses counts the values "x".
func crosses(v *values) int {
	n := 0
	for i, k := range v.list {
		if k.kind == table.Text && strings.EqualFold(k.text, "x") {
			n += v.counts[i]
		}
	}
	return n
}

// codeType takes digits that are a code for text: zeros in front, more than 15
// digits, a name that says so.
func codeType(v *values, title string, f table.Field, _ habit, stored map[table.Kind]int, total int, w Weights) (table.Field, bool) {
	zeros, long, digits, measures, phones, none := 0, 0, 0, 0, 0, 0
	named := isPartedName(title)
	for i, k := range v.list {
		plain := isDigits(k.text)
		if k.kind == table.Text && isPhone(k.text) {
			phones += v.counts[i]
		}
		if k.kind != table.Text && k.kind != table.Number || !plain && strings.Trim(k.text, "+0123456789.-/") != "" {
			continue
		}
		digits += v.counts[i]
		if k.text == "0" {
			none += v.counts[i]
		}
		if at := strings.IndexByte(k.text, '.'); k.kind == table.Number && at >= 0 && (len(k.text)-at > 4 || !named) {
			measures += v.counts[i]
		}
		if k.kind == table.Text && opensWithZero(k.text, plain) {
			zeros++
		}
		if plain && len(k.text) > 15 {
			long++
		}
	}
	f.Type = table.TypeString
	f.MissingValues = missingWords(v, isMissingText)
	switch {
	case float64(phones) >= 0.5*float64(total):
		f.Why = []string{WhyPhoneMarks}
	case float64(digits) < 0.5*float64(total):
		return f, false
	case zeros > 0:
		f.Why = []string{WhyLeadingZeros}
	case long > 0:
		f.Why = []string{WhyLongDigits}
	case isIdentityName(title) && 2*measures < digits && 10*none < digits && float64(digits) >= w.NumberShare*float64(total):
		f.Why = []string{WhyIdentityName}
	default:
		return f, false
	}
	return f, true
}

// isPhone reports whether a text is written as only telephone numbers are: a
// plus sign, or digits behind a closing bracket, at least seven digits, and a
// blank, dash or bracket between them, or a plus sign and the ten to fifteen
// digits of ITU-T E.164. (1.234.567) and +1.234.567,5 are not.
func isPhone(s string) bool {
	if digits, ok := strings.CutPrefix(s, "+"); ok && isDigits(digits) && len(digits) >= 10 && len(digits) <= 15 {
		return true
	}
	if strings.Trim(s, "0123456789+-(). /") != "" || !strings.ContainsAny(s, " -)") {
		return false
	}
	digits := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	closing := strings.IndexByte(s, ')')
	return digits >= 7 && (s[0] == '+' || closing > 0 && closing < len(s)-4)
}

// opensWithZero reports whether digits, perhaps with points or dashes between
// them, start with a zero as only codes do: 01, 000, 01.1, but not 0 or 0.5.
func opensWithZero(s string, plain bool) bool {
	if len(s) < 2 || s[0] != '0' || s[1] < '0' || s[1] > '9' {
		return false
	}
	return !plain || strings.Trim(s, "0") != "" || len(s) > 2
}

// isDigits reports whether s is one or more ASCII digits.
func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// yearType takes four digits for years where the name says so, or where the
// values run like years do: close together and each of them recent.
func yearType(v *values, title string, f table.Field, _ habit, _ map[table.Kind]int, total int, w Weights) (table.Field, bool) {
	f.Type = table.TypeYear
	t := try(v, f)
	if t.share() < w.NumberShare {
		return f, false
	}
	named := isYearName(fold(title))
	low, high := "9999", "0000"
	for _, k := range v.list {
		if isYear(k.text) || named && len(k.text) == 4 && k.text >= "1492" && k.text < "2100" && isDigits(k.text) {
			low, high = min(low, k.text), max(high, k.text)
		} else if isDigits(k.text) {
			return f, false
		}
	}
	if high < low {
		return f, false
	}
	span := int(reckon(high)-reckon(low)) + 1
	switch {
	case named:
		f.Why = []string{WhyYearName}
	case t.kinds >= 3 && low >= "1950" && high <= "2060" && span <= 2*t.kinds && (title == "" || span == t.kinds):
		f.Why = []string{WhyYearRun}
	default:
		return f, false
	}
	f.Why = append(f.Why, fitWhy(t))
	return f, true
}

// pointType takes "lat, lon" pairs.
func pointType(v *values, title string, f table.Field, _ habit, _ map[table.Kind]int, _ int, w Weights) (table.Field, bool) {
	f.Type = table.TypeGeopoint
	f.Format = "lat,lon"
	if strings.HasPrefix(fold(title), "lon") {
		f.Format = "default"
	}
	t := try(v, f)
	if f.Format == "lat,lon" && opensBeyondLatitudes(v, f) {
		f.Format = "default"
		t = try(v, f)
	}
	if t.share() < w.NumberShare {
		return f, false
	}
	f.Why = []string{WhyCoordinates, fitWhy(t)}
	return f, true
}

// opensBeyondLatitudes reports whether the first number of every point lies
// further south than people live, at 56°, or beyond the poles: the points are
// then written with the longitude first.
func opensBeyondLatitudes(v *values, f table.Field) bool {
	f.Format = "default"
	points, p := 0, table.NewParser(f)
	for _, k := range v.list {
		point := p.Parse(k.cell())
		if point.Status != table.Fits {
			continue
		}
		first, _, _ := strings.Cut(point.Text, ",")
		if degrees := reckon(first); degrees > -56 && degrees < 90 {
			return false
		}
		points++
	}
	return points > 0
}

// fitWhy says whether all or most values fit.
func fitWhy(t trial) string {
	if t.fits == t.all {
		return WhyAllFit
	}
	return WhyMostFit
}

// maxExamples is how many values a field shows.
const maxExamples = 5

// count fills in what the field says about its values.
func count(f *table.Field, v *values) {
	f.Examples = []string{}
	f.Missing = v.blanks
	f.Distinct = v.distinct() - len(v.list)
	p := table.NewParser(*f)
	for i, k := range v.list {
		switch parsed := p.Parse(k.cell()); parsed.Status {
		case table.Missing:
			f.Missing += v.counts[i]
		case table.Misfit:
			f.Misfits += v.counts[i]
			f.Distinct++
		case table.Fits:
			f.Distinct++
			if len(f.Examples) < maxExamples {
				f.Examples = append(f.Examples, parsed.Text)
			}
		}
	}
}
