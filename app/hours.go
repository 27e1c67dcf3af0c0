package app

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"chasqui/app/message"
)

// span is the end of hours as people write them: 9-11, 14:30 a 16.
var span = regexp.MustCompile(`(\d{1,2})(?::(\d{2}))?\s*h?\s*(?:-|–|a|as|to)\s*(\d{1,2})(?::(\d{2}))?\s*h?\s*$`)

// between stands between the first and the last of a row of days, and listed
// between days that are named one by one.
var (
	between = regexp.MustCompile(`\s*(?:-|–|\ba\b|\bto\b)\s*`)
	listed  = regexp.MustCompile(`\s*,\s*|\s+(?:y|e|et|and)\s+`)
)

// ParseHours reads hours as people write them, days in the printer's language
// or in English, whole or begun: "lunes a viernes 9-11", "mon,wed 14:30-16",
// "9-11". What can't be read is BadHours.
func ParseHours(text string, p *message.Printer) (Hours, error) {
	bad := &Error{Kind: BadHours, Args: map[string]string{"Value": text}}
	s := plainLetters(text)
	at := span.FindStringSubmatchIndex(s)
	if at == nil {
		return Hours{}, bad
	}
	part := func(i int) string {
		if at[2*i] < 0 {
			return "0"
		}
		return s[at[2*i]:at[2*i+1]]
	}
	var h Hours
	var ok1, ok2 bool
	h.From, ok1 = clockOf(part(1), part(2))
	h.To, ok2 = clockOf(part(3), part(4))
	if !ok1 || !ok2 || h.From == h.To {
		return Hours{}, bad
	}
	days := strings.Trim(s[:at[0]], " ,:")
	if days == "" {
		days = "sunday-saturday"
	}
	for _, piece := range listed.Split(days, -1) {
		if !h.addDays(piece, weekdays(p)) {
			return Hours{}, bad
		}
	}
	return h, nil
}

// addDays adds "lunes" or "lunes a viernes".
func (h *Hours) addDays(piece string, names map[string]time.Weekday) bool {
	ends := between.Split(piece, -1)
	if len(ends) > 2 {
		return false
	}
	first, ok := dayNamed(ends[0], names)
	if !ok {
		return false
	}
	last := first
	if len(ends) == 2 {
		if last, ok = dayNamed(ends[1], names); !ok {
			return false
		}
	}
	for d := first; ; d = (d + 1) % 7 {
		h.Days = append(h.Days, d)
		if d == last {
			return true
		}
	}
}

// dayNamed finds the day that a word names, or begins to name with two letters or
// more, if it is one only.
func dayNamed(word string, names map[string]time.Weekday) (time.Weekday, bool) {
	word = strings.Trim(word, " .")
	if d, ok := names[word]; ok {
		return d, true
	}
	var found time.Weekday
	seen := map[time.Weekday]bool{}
	for name, d := range names {
		if len(word) >= 2 && strings.HasPrefix(name, word) {
			found = d
			seen[d] = true
		}
	}
	return found, len(seen) == 1
}

// weekdays are the names of the days in the printer's language, and those in
// English that no other day of it is called by.
func weekdays(p *message.Printer) map[string]time.Weekday {
	names := map[string]time.Weekday{}
	for d := time.Sunday; d <= time.Saturday; d++ {
		names[strings.ToLower(d.String())] = d
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		names[plainLetters(dayName(p, d))] = d
	}
	return names
}

func dayName(p *message.Printer, d time.Weekday) string {
	return p.T("weekday." + strconv.Itoa(int(d)))
}

// plainLetters is a text in lower case and without accents.
func plainLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(strings.ToLower(strings.TrimSpace(s))))
}

func clockOf(hours, minutes string) (Clock, bool) {
	h, err1 := strconv.Atoi(hours)
	m, err2 := strconv.Atoi(minutes)
	c := Clock(h*60 + m)
	return c, err1 == nil && err2 == nil && m < 60 && c <= 24*60
}

// String is the clock as 9:30.
func (c Clock) String() string { return fmt.Sprintf("%d:%02d", int(c)/60, int(c)%60) }

// Words writes hours so that ParseHours reads them: "lunes a viernes 9:00–11:00".
func (h Hours) Words(p *message.Printer) string {
	var pieces []string
	for i := 0; i < len(h.Days); {
		j := i
		for j+1 < len(h.Days) && h.Days[j+1] == (h.Days[j]+1)%7 {
			j++
		}
		switch {
		case j > i+1:
			pieces = append(pieces, p.T("weekday.row", "First", dayName(p, h.Days[i]), "Last", dayName(p, h.Days[j])))
		case j > i:
			pieces = append(pieces, dayName(p, h.Days[i]), dayName(p, h.Days[j]))
		default:
			pieces = append(pieces, dayName(p, h.Days[i]))
		}
		i = j + 1
	}
	return strings.Join(pieces, ", ") + " " + h.From.String() + "–" + h.To.String()
}
