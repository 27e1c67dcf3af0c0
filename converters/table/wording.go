package table

import "strings"

// cutBetween cuts what stands at pattern[i] from the front of s. The colon
// behind hours may be an "h" ("14h30", "14 h 30"), the blank before a time a
// comma, a dash or a word ("5/3/2024, 14:30", "05/03/2024 às 14:30"), and the
// blank before a.m. may be missing.
func cutBetween(pattern string, i int, s string) (rest string, ok bool) {
	if s == "" {
		return "", false
	}
	same := lower(s[0]) == lower(pattern[i])
	switch pattern[i] {
	case ':':
		if !same && i > 1 && pattern[i-1] == 'H' {
			rest = strings.TrimLeft(s, " ")
			if rest == "" || lower(rest[0]) != 'h' {
				return "", false
			}
			return strings.TrimLeft(rest[1:], " "), true
		}
	case ' ':
		switch {
		case strings.HasPrefix(pattern[i:], " %p"):
			return strings.TrimLeft(s, " "), true
		case strings.HasPrefix(pattern[i:], " %H"):
			return cutBeforeTime(s)
		}
	}
	if !same {
		return "", false
	}
	return s[1:], true
}

// cutBeforeTime cuts what stands between a day and its time.
func cutBeforeTime(s string) (rest string, ok bool) {
	for _, between := range [...]string{" - ", " a las ", " às ", " à ", ", ", " ", ","} {
		if rest, ok = strings.CutPrefix(s, between); ok {
			return strings.TrimLeft(rest, " "), true
		}
	}
	return "", false
}

// cutHours cuts the word for hours behind a time: "14:30 hs", "14:30h".
func cutHours(s string) string {
	if s == "" {
		return s
	}
	switch strings.ToLower(strings.Trim(s, " .")) {
	case "h", "hs", "hr", "hrs", "horas", "heures":
		return ""
	}
	return s
}

// cutOrdinal cuts the mark of a first day: "1º de março", "1er mai".
func cutOrdinal(s string) string {
	for _, mark := range [...]string{"º", "°", "er", "ro"} {
		if rest, ok := strings.CutPrefix(s, mark); ok {
			return rest
		}
	}
	return s
}

// cutWeekday cuts the day of the week from the front: "viernes 13 de octubre",
// "Friday, March 3". Whether it is the day's own is not checked: the date says
// more than its weekday.
func cutWeekday(s string) string {
	end := strings.IndexAny(s, " ,")
	if end < 3 || end > 13 {
		return s
	}
	switch strings.ToLower(s[:end]) {
	case "lunes", "martes", "miércoles", "miercoles", "jueves", "viernes", "sábado", "sabado", "domingo",
		"segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "segunda", "terça", "quarta", "quinta", "sexta",
		"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday":
		return strings.TrimLeft(s[end:], " ,")
	}
	return s
}
