package ui

import (
	"strings"
	"time"

	"chasqui/app"
	"chasqui/app/describe"
	"chasqui/app/message"
	"chasqui/ui/parts"
)

// obligation is how much a field is asked for, as a word.
func obligation(p *message.Printer, f describe.Field) string {
	word := p.T("profile.obligation." + string(f.Obligation))
	if f.Proposed {
		word += ", " + p.T("ui.describe.proposed")
	}
	return word
}

// labelOf names a key as a profile does; alternatives are joined by "or".
func labelOf(p *message.Printer, profile describe.Profile, key string) string {
	var names []string
	for alternative := range strings.SplitSeq(key, "|") {
		names = append(names, first(profile.Label(alternative, p.Lang()), p.Key(alternative)))
	}
	return strings.Join(names, p.T("ui.or"))
}

// hintOf is what stands below a field: why its value is refused, what is wrong
// with a licence that is not open, or where the proposal came from.
func hintOf(p *message.Printer, d app.Dataset, key string, refused error) (string, parts.Tone) {
	if refused != nil {
		e := p.Explain(refused)
		return strings.TrimSpace(e.What + " " + e.Next), parts.Attention
	}
	if l, closed := d.ClosedLicense(); closed && key == "license" {
		return p.T("license.not_open", "License", l.Title), parts.Attention
	}
	if from := d.Description.Proposed[key]; from != "" {
		return p.T("proposed." + from), parts.Chosen
	}
	return "", parts.Neutral
}

// leftWords says what became of a value that a profile does not ask.
func leftWords(p *message.Printer, profiles *describe.Profiles, now describe.Profile, l describe.Left) string {
	if l.Profile == "" {
		label := l.Key
		for _, other := range profiles.All() {
			if f, ok := other.Field(l.Key); ok {
				label = f.Label.In(p.Lang())
			}
		}
		return p.T("left.unasked", "Field", label, "Value", l.Value)
	}
	from, _ := profiles.Of(l.Profile)
	shown := l.Value
	if t, ok := from.Term(l.Key, l.Value); ok {
		shown = t.Label.In(p.Lang())
	}
	if license, ok := from.License(l.Value); ok && l.Key == "license" {
		shown = first(license.Label.In(p.Lang()), license.Title)
	}
	return p.T("left.aside", "Field", labelOf(p, now, l.Key), "Value", shown, "Profile", from.Title.In(p.Lang()))
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
