package detect

import (
	"strings"
	"sync"

	"chasqui/converters/table"
)

// datePatterns lists the ways in which days are written, day before month first
// as in most of the region.
func datePatterns() []string {
	return []string{
		"%d/%m/%Y", "%Y-%m-%d", "%m/%d/%Y", "%d-%m-%Y", "%Y/%m/%d", "%d.%m.%Y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%y", "%m-%d-%Y",
		"%d-%b-%Y", "%d-%b-%y", "%d/%b/%Y", "%d %b %Y", "%d de %B de %Y", "%d de %B del %Y", "%B %d, %Y", "%Y.%m.%d", "%Y-%b-%d", "%Y-%d-%m",
	}
}

// dateTimePatterns are days with a time, as alternatives of one format.
var dateTimePatterns = sync.OnceValue(func() string {
	var all []string
	for _, day := range [...]string{"%Y-%m-%d", "%d/%m/%Y", "%Y/%m/%d", "%m/%d/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%m/%d/%y",
		"%d-%b-%Y", "%d-%b-%y", "%d de %B de %Y", "%d %b %Y"} {
		for _, clock := range [...]string{"T%H:%M:%S", " %H:%M:%S", " %H:%M", " %H:%M:%S %p", " %H:%M %p", "T%H:%M"} {
			all = append(all, day+clock)
		}
	}
	return strings.Join(all, "|")
})

// monthPatterns are the ways in which months of a year are written.
func monthPatterns() []string {
	return []string{"%b %y", "%b-%y", "%b/%y", "%B %Y", "%B-%Y", "%B/%Y", "%B de %Y", "%B del %Y", "%b. %y", "%Y-%m", "%m/%Y", "%m-%Y", "%Y/%m", "%Y%m", "%Y-%b", "%Y %B", "%YM%m", "%Y-M%m"}
}

// dateType takes texts, and digits where the name speaks of time, for dates,
// months, dates with a time, or times.
func dateType(v *values, title string, f table.Field, _ habit, stored map[table.Kind]int, total int, w Weights) (table.Field, bool) {
	if !mayBeMoments(v, w) || areQuarters(v) {
		return f, false
	}
	period := isPeriodName(fold(title))
	if g, ok := bestPattern(v, f, table.TypeDate, datePatterns(), w); ok {
		return g, true
	}
	if g, ok := bestPattern(v, f, table.TypeYearMonth, monthPatterns(), w); ok && (period || g.Format != "%Y%m" && g.Format != "%m-%Y") {
		return g, true
	}
	if period {
		if g, ok := bestPattern(v, f, table.TypeDate, []string{"%Y%m%d"}, w); ok {
			return g, true
		}
	}
	if g, ok := bestPattern(v, f, table.TypeDateTime, strings.Split(dateTimePatterns(), "|"), w); ok {
		return g, true
	}
	return bestPattern(v, f, table.TypeTime, []string{"%H:%M:%S", "%H:%M", "%H:%M:%S %p", "%H:%M %p", "%H:%M:%S|%H:%M"}, w)
}

// areQuarters reports whether the texts end in a lone digit from 1 to 4 behind a
// year, as "2020-1": quarters, which no month of one digit beside them belies.
func areQuarters(v *values) bool {
	for _, k := range v.list {
		s := k.text
		if k.kind != table.Text || isMissingWord(s) {
			continue
		}
		if len(s) != 6 || !isYear(s[:4]) || s[4] != '-' && s[4] != '/' && s[4] != '.' || s[5] < '1' || s[5] > '4' {
			return false
		}
	}
	return len(v.list) > 1
}

// mayBeMoments spares columns of words and numbers the patterns: it looks at
// the first values only.
func mayBeMoments(v *values, _ Weights) bool {
	looked, like := 0, 0
	for _, k := range v.list {
		if looked == 50 {
			break
		}
		if k.kind == table.Error || k.kind == table.Text && isMissingWord(k.text) {
			continue
		}
		looked++
		s := k.text
		if k.kind == table.Date || k.kind == table.DateTime || k.kind == table.Time ||
			len(s) >= 4 && len(s) <= 40 && strings.ContainsAny(s, "0123456789") && (strings.ContainsAny(s, "/-:. ") || len(s) >= 5 && len(s) <= 8 || s[0] > '9') {
			like++
		}
	}
	return looked > 0 && like*2 >= looked
}

// manyValues of a long column show a pattern that is its own.
const manyValues = 500

// anyFits reports whether one of the values fits.
func anyFits(list []value, f table.Field) bool {
	p := table.NewParser(f)
	for _, k := range list {
		if p.Parse(k.cell()).Status == table.Fits {
			return true
		}
	}
	return false
}

// separators are the marks between the parts of dates that a column's first
// values hold: most patterns need one that does not occur.
type separators struct {
	slash, dash, point bool
	stored             bool // a workbook's own dates, which need no pattern
}

func separatorsOf(v *values) separators {
	var s separators
	for _, k := range v.list[:min(len(v.list), manyValues)] {
		s.slash = s.slash || strings.IndexByte(k.text, '/') >= 0
		s.dash = s.dash || strings.IndexByte(k.text, '-') >= 0
		s.point = s.point || strings.IndexByte(k.text, '.') >= 0
		s.stored = s.stored || k.kind == table.Date || k.kind == table.DateTime || k.kind == table.Time
	}
	return s
}

// mayHold reports whether one of a pattern's alternatives has no other
// separators than those seen.
func (s separators) mayHold(pattern string) bool {
	for rest, more := pattern, true; more; {
		var one string
		one, rest, more = strings.Cut(rest, "|")
		lacks := !s.slash && strings.Contains(one, "/") || !s.dash && strings.Contains(one, "-") || !s.point && strings.Contains(one, ".")
		if s.stored || !lacks {
			return true
		}
	}
	return false
}

// bestPattern takes the pattern that most values fit, and adds up to two more
// where a column mixes them. Of two patterns that fit alike the first in the
// list wins: 03/04/2024 is the third of April.
func bestPattern(v *values, f table.Field, t table.Type, patterns []string, w Weights) (table.Field, bool) {
	f.Type = t
	var best trial
	seen := separatorsOf(v)
	for _, p := range patterns {
		f.Format = p
		if !seen.mayHold(p) || len(v.list) > manyValues && !anyFits(v.list[:manyValues], f) {
			continue
		}
		if t := try(v, f); t.fits > best.fits {
			best = t
		}
		if best.fits > 0 && best.fits == best.all {
			break
		}
	}
	if best.share() < 0.3 {
		return f, false
	}
	mixed := false
	for range 3 {
		if best.fits == best.all {
			break
		}
		wider := best
		for _, p := range patterns {
			f := best.field
			f.Format = best.field.Format + "|" + p
			if t := try(v, f); t.fits > wider.fits {
				wider = t
			}
		}
		if wider.fits == best.fits {
			break
		}
		best, mixed = wider, true
	}
	if best.share() < w.DateShare {
		return f, false
	}
	f = best.field
	f.Why = []string{WhyDatePattern, fitWhy(best)}
	if mixed {
		f.Why = append(f.Why, WhyMixedDateOrder)
	}
	if f.Format == "%Y-%m-%d" && t == table.TypeDate || f.Format == "%Y-%m" && t == table.TypeYearMonth {
		f.Format = "default"
	}
	return f, true
}
