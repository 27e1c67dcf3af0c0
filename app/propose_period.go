package app

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// This file reads the period that titles and file names speak of.

// months are the beginnings of month names in the four languages, without
// accents: enough to tell them apart.
var months = []struct {
	month time.Month
	heads string
}{
	{time.January, "ene|jan"}, {time.February, "feb|fev"}, {time.March, "mar"}, {time.April, "abr|apr|avr"},
	{time.May, "may|mai"}, {time.June, "jun|juin"}, {time.July, "jul|juil"}, {time.August, "ago|aug|aou"},
	{time.September, "sep|set"}, {time.October, "oct|out"}, {time.November, "nov"}, {time.December, "dic|dec|dez"},
}

var (
	monthYear  = regexp.MustCompile(`\b(\d{1,2})?\s*(?:de\s+)?(ene|jan|feb|fev|mar|abr|apr|avr|may|mai|jun|juin|jul|juil|ago|aug|aou|sep|set|oct|out|nov|dic|dec|dez)[a-z]*\.?\s*(?:de(?:l)?\s+|,\s*)?((?:19|20)\d\d)\b`)
	lonelyYear = regexp.MustCompile(`\b((?:19|20)\d\d)\b`)
	upTo       = regexp.MustCompile(`\b(?:al|hasta el|ate|au|to)\s+$`)
)

// numberedMonth are "2026-03", "2026_03", "202603" and "03/2026", as files are
// called.
var numberedMonth = regexp.MustCompile(`(?:^|[^\d])(?:((?:19|20)\d\d)[-_/. ]?(0[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-_/.]((?:19|20)\d\d))(?:$|[-_/. ]*[^-_/. \d])`)

// lastNumbered is such a month at the end of a title.
var lastNumbered = regexp.MustCompile(`\b(?:(?:19|20)\d\d[-_/. ]?(?:0[1-9]|1[0-2])|(?:0[1-9]|1[0-2])[-_/. ](?:19|20)\d\d)$`)

// partOfYear are quarters and half-years: "I trimestre de 2026", "2.º semestre
// 2026", "1er trimestre 2026", "first quarter of 2026".
var partOfYear = regexp.MustCompile(`\b(i{1,3}|iv|[1-4]|primer|primeiro|premier|first|segundo|deuxieme|second|tercer|terceiro|troisieme|third|cuarto|quarto|quatrieme|fourth)` +
	`\.?\s*(?:er|do|to|o|a|e|eme|st|nd|rd|th)?\s+(trimestre|semestre|quarter|half)\s*,?\s*(?:de[l]?\s+|do\s+|of\s+)?((?:19|20)\d\d)\b`)

// ordinals are the beginnings of the words of partOfYear, by their number.
var ordinals = [...]string{"i|1|pr|fi", "ii|2|se|de", "iii|3|te|tr|th", "iv|4|cu|qu|fo"}

// findPeriod reads the period that titles speak of, as describe.Period takes
// it: "al 31 de marzo de 2026" runs from the year's first day, "marzo 2026" is
// that month, as is "2026-03", "II trimestre 2026" its three months, "2025" that
// year. Nothing certain is "".
func findPeriod(titles []string) string {
	for _, t := range titles {
		plain := unaccented(t)
		if m := monthYear.FindStringSubmatchIndex(plain); m != nil {
			return monthPeriod(plain, m)
		}
		if m := partOfYear.FindStringSubmatch(plain); m != nil {
			return partPeriod(m[1], m[2], m[3])
		}
	}
	for _, t := range titles {
		if m := numberedMonth.FindStringSubmatch(t); m != nil {
			month := m[2] + m[3]
			return monthOf(m[1] + m[4] + "-" + strings.Repeat("0", 2-len(month)) + month)
		}
	}
	for _, t := range titles {
		if years := lonelyYear.FindAllString(t, -1); len(years) == 1 {
			return years[0] + "-01-01/" + years[0] + "-12-31"
		}
	}
	return ""
}

// partPeriod is a quarter or half of a year.
func partPeriod(ordinal, part, year string) string {
	number, longest := 0, 0
	for i, heads := range ordinals {
		for h := range strings.SplitSeq(heads, "|") {
			if strings.HasPrefix(ordinal, h) && len(h) > longest {
				number, longest = i, len(h)
			}
		}
	}
	months := 3
	if part == "semestre" || part == "half" {
		months = 6
	}
	if number*months >= 12 {
		return ""
	}
	y, _ := strconv.Atoi(year)
	first := time.Date(y, time.Month(number*months+1), 1, 0, 0, 0, 0, time.UTC)
	return first.Format(time.DateOnly) + "/" + first.AddDate(0, months, -1).Format(time.DateOnly)
}

func monthPeriod(plain string, m []int) string {
	year, _ := strconv.Atoi(plain[m[6]:m[7]])
	head := plain[m[4]:m[5]]
	month := time.January
	for _, c := range months {
		for h := range strings.SplitSeq(c.heads, "|") {
			if strings.HasPrefix(head, h) {
				month = c.month
			}
		}
	}
	first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1)
	if m[2] >= 0 {
		day, _ := strconv.Atoi(plain[m[2]:m[3]])
		last = time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
		first = last
		if upTo.MatchString(plain[:m[2]]) {
			first = time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)
		}
		if last.Day() != day {
			return ""
		}
	}
	return first.Format(time.DateOnly) + "/" + last.Format(time.DateOnly)
}
