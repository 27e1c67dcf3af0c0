package describe

import (
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// check returns the value as it is kept, or a *ValueError. "" always fits.
func (p Profile) check(f Field, value string) (string, error) {
	if value == "" {
		return "", nil
	}
	bad := func(form string) (string, error) {
		return "", &ValueError{Key: f.Key, Value: value, Form: form}
	}
	switch f.Form {
	case FormChoice:
		return p.chosen(f, value)
	case FormEmail:
		a, err := mail.ParseAddress(value)
		if err != nil || a.Name != "" || a.Address != value {
			return bad("email")
		}
	case FormPeriod:
		if _, _, err := Period(value); err != nil {
			return bad("period")
		}
	case FormDate:
		if _, err := time.Parse(time.DateOnly, value); err != nil {
			return bad("date")
		}
	case FormURL:
		u, err := url.Parse(value)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return bad("url")
		}
	case FormList:
		value = strings.Join(splitWords(value), ", ")
	}
	if f.Max > 0 && utf8.RuneCountInString(value) > f.Max {
		return bad("length")
	}
	if f.Pattern != "" {
		whole, err := regexp.Compile(`^(?:` + f.Pattern + `)$`)
		if err != nil || !whole.MatchString(value) {
			return bad("pattern")
		}
	}
	return value, nil
}

// chosen finds a value in its vocabulary by code, in any case.
func (p Profile) chosen(f Field, value string) (string, error) {
	var allowed []string
	if f.Vocabulary == "license" {
		if l, ok := licenseIn(p.Licenses, value); ok {
			return l.ID, nil
		}
		for _, l := range p.Licenses {
			allowed = append(allowed, l.ID)
		}
	} else {
		terms := p.Terms(f.Vocabulary)
		if t, ok := p.term(f.Vocabulary, value); ok {
			return t.Code, nil
		}
		for _, t := range terms {
			allowed = append(allowed, t.Code)
		}
	}
	return "", &ValueError{Key: f.Key, Value: value, Allowed: allowed}
}

// Period splits a temporal coverage "2026-01-01/2026-03-31" into its first and
// last day (ISO 8601 interval, as DCAT 3 writes dct:temporal). Both days are
// asked for and the first is not after the last.
func Period(value string) (start, end time.Time, err error) {
	bad := &ValueError{Key: "temporal", Value: value, Form: "period"}
	a, b, ok := strings.Cut(value, "/")
	if !ok {
		return start, end, bad
	}
	start, err1 := time.Parse(time.DateOnly, strings.TrimSpace(a))
	end, err2 := time.Parse(time.DateOnly, strings.TrimSpace(b))
	if err1 != nil || err2 != nil || end.Before(start) {
		return time.Time{}, time.Time{}, bad
	}
	return start, end, nil
}

// plain is a text in lower case without accents, its blanks single.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		if r < 0x300 || r > 0x36f {
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
