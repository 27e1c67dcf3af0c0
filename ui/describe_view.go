package ui

import (
	"strings"
	"time"

	"chasqui/app"
	"chasqui/app/describe"
	"chasqui/app/message"
	"chasqui/ui/parts"
)

// asked are the keys of the form, in its order.
var asked = [...]string{
	"title", "description", "theme", "license", "temporal", "frequency", "keywords",
	"publisher", "contact", "email", "spatial", "source",
}

// filled counts the keys of the form that have a value.
func filled(d describe.Description) int {
	n := 0
	for _, key := range asked {
		if d.Get(key) != "" {
			n++
		}
	}
	return n
}

// wanting lists what the form still lacks: first what publishing waits for,
// then what would be good to say.
func wanting(profile describe.Profile, d describe.Description) (must, should []string) {
	lacking := profile.Lacking(d)
	inMust := map[string]bool{}
	for _, key := range lacking {
		for alternative := range strings.SplitSeq(key, "|") {
			inMust[alternative] = true
		}
	}
	for _, key := range asked {
		if d.Get(key) == "" && !inMust[key] {
			should = append(should, key)
		}
	}
	return lacking, should
}

// labelOf names a key of the form; alternatives are joined by "or".
func labelOf(p *message.Printer, key string) string {
	var names []string
	for alternative := range strings.SplitSeq(key, "|") {
		names = append(names, p.T("ui.field."+alternative))
	}
	return strings.Join(names, p.T("ui.or"))
}

// hintOf is what stands below a field: why its value is refused, or where the
// proposal came from.
func hintOf(p *message.Printer, d describe.Description, key string, refused error) (string, parts.Tone) {
	if refused != nil {
		e := p.Explain(refused)
		return strings.TrimSpace(e.What + " " + e.Next), parts.Attention
	}
	if from := d.Proposed[key]; from != "" {
		return p.T("proposed." + from), parts.Chosen
	}
	return "", parts.Neutral
}

// dayForms are how each language writes a day.
var dayForms = map[string]string{"es": "02/01/2006", "en": "2006-01-02", "pt": "02/01/2006", "fr": "02/01/2006"}

// day shows an ISO date as the language writes days.
func day(lang, iso string) string {
	t, err := time.Parse(time.DateOnly, strings.TrimSpace(iso))
	if err != nil {
		return ""
	}
	return t.Format(dayForms[lang])
}

// readDay reads a day as people type it, or an ISO date, into an ISO date.
func readDay(typed string) (string, bool) {
	typed = strings.TrimSpace(typed)
	for _, form := range []string{time.DateOnly, "2/1/2006", "2-1-2006", "2.1.2006"} {
		if t, err := time.Parse(form, typed); err == nil {
			return t.Format(time.DateOnly), true
		}
	}
	return "", false
}

// period joins two days into the value of "temporal": "" while both are
// empty; false while they are not yet two days.
func period(start, end string) (string, bool) {
	if strings.TrimSpace(start) == "" && strings.TrimSpace(end) == "" {
		return "", true
	}
	a, okA := readDay(start)
	b, okB := readDay(end)
	return a + "/" + b, okA && okB
}

// termOptions are the entries of a vocabulary in words.
func termOptions(p *message.Printer, terms []describe.Term) []parts.Option {
	out := []parts.Option{{Key: "", Text: p.T("ui.none_chosen")}}
	for _, t := range terms {
		out = append(out, parts.Option{Key: t.Code, Text: t.Label.In(p.Lang())})
	}
	return out
}

// licenseOptions are a profile's licences, by the name that the language gives
// them.
func licenseOptions(p *message.Printer, licenses []describe.License) []parts.Option {
	out := []parts.Option{{Key: "", Text: p.T("ui.none_chosen")}}
	for _, l := range licenses {
		out = append(out, parts.Option{Key: l.ID, Text: first(l.Label.In(p.Lang()), l.Title)})
	}
	return out
}

// explained counts the columns that somebody described, and all of them.
func explained(d app.Dataset) (done, all int) {
	for _, t := range d.Tables {
		for _, c := range t.Columns {
			if c.Removed() {
				continue
			}
			all++
			if c.Description != "" {
				done++
			}
		}
	}
	return done, all
}
