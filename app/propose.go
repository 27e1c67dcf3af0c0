package app

import (
	"context"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"chasqui/app/describe"
	"chasqui/app/store"
	"chasqui/converters/table"
)

// Where a proposed value came from; each has words in app/message under
// "proposed.<code>".
const (
	FromTitles   = "sheet_titles"
	FromName     = "file_name"
	FromNotes    = "sheet_notes"
	FromOffice   = "office"
	FromHabit    = "last_dataset"
	FromLang     = "program_language"
	FromProfile  = "profile"
	FromContent  = "content"
	FromShared   = "shared_dictionary"
	FromLicense  = "license"
	FromEditions = "editions"
)

// Origins lists every origin of a proposal, for tables and tests.
var Origins = [...]string{FromTitles, FromName, FromNotes, FromOffice, FromHabit, FromLang, FromProfile, FromContent, FromShared, FromLicense, FromEditions}

// propose fills a description from what the file says of itself, the office
// of itself, and what the office said of its other datasets.
func (a *App) propose(ctx context.Context, draft store.Draft, office store.Office, seen sight) (describe.Description, error) {
	d := describe.Description{Profile: a.officeProfile(office)}
	p := a.profileFor(ctx, d)
	layout := draft.Recipe.Layout
	titles, name := layout.Titles, nameAsTitle(draft.SourceName)
	p.Propose(&d, "title", bestTitle(titles), FromTitles)
	p.Propose(&d, "title", name, FromName)
	p.Propose(&d, "temporal", findPeriod(titles), FromTitles)
	p.Propose(&d, "temporal", findPeriod([]string{name}), FromName)
	p.Propose(&d, "publisher", office.Name, FromOffice)
	p.Propose(&d, "publisher", institution(titles), FromTitles)
	p.Propose(&d, "description", strings.Join(withoutLinks(layout.Notes), " "), FromNotes)
	p.Propose(&d, "contact", first(office.Contact, office.Unit), FromOffice)
	p.Propose(&d, "unit", office.Unit, FromOffice)
	p.Propose(&d, "email", office.Email, FromOffice)
	p.Propose(&d, "publisher_email", office.Email, FromOffice)
	p.Propose(&d, "license", office.License, FromOffice)
	p.Propose(&d, "frequency", describe.FrequencyIn(strings.Join(titles, " ")), FromTitles)
	p.Propose(&d, "frequency", describe.FrequencyIn(name), FromName)
	p.Propose(&d, "frequency", frequencyOf(d.Temporal), d.Proposed["temporal"])
	p.Propose(&d, "language", languageOf(layout), FromContent)
	if err := a.proposeFromContent(ctx, p, &d, seen); err != nil {
		return d, err
	}
	p.Propose(&d, "spatial", placeOfOffice(office.Place, office.Country, a.opt.Lang), FromOffice)
	if err := a.proposeFromHabits(ctx, p, &d); err != nil {
		return d, err
	}
	a.proposeUsual(p, &d)
	return d, nil
}

// languageOf is the language of a table's titles, headers and the values that
// were looked at first.
func languageOf(l table.Layout) string {
	texts := slices.Concat(l.Titles, l.Notes)
	for _, f := range l.Fields {
		texts = append(texts, f.Title)
		if f.Type == table.TypeString {
			texts = append(texts, f.Examples...)
		}
	}
	return describe.LanguageIn(texts...)
}

// proposeUsual fills what is usual in the profile's country, what follows from
// the licence, and the program's language.
func (a *App) proposeUsual(p describe.Profile, d *describe.Description) {
	for _, key := range slices.Sorted(maps.Keys(p.Defaults)) {
		p.Propose(d, key, p.Defaults[key], FromProfile)
	}
	p.Propose(d, "language", a.opt.Lang, FromLang)
	if l, ok := p.License(d.License); ok && l.URL != "" {
		p.Propose(d, "rights", first(l.Label.In(first(d.Language, a.opt.Lang)), l.Title)+": "+l.URL, FromLicense)
	}
}

// frequencyOf is how often data come whose file speaks of one month, quarter
// or year; "" if the period is another.
func frequencyOf(period string) string {
	start, end, err := describe.Period(period)
	if err != nil || start.Day() != 1 || end.AddDate(0, 0, 1).Day() != 1 {
		return ""
	}
	months := (end.Year()-start.Year())*12 + int(end.Month()-start.Month()) + 1
	return map[int]string{1: "MONTHLY", 2: "BIMONTHLY", 6: "ANNUAL_2", 12: "ANNUAL"}[months]
}

// monthOf is the period of a month "2026-03".
func monthOf(month string) string {
	first, err := time.Parse("2006-01", month)
	if err != nil {
		return ""
	}
	return first.Format(time.DateOnly) + "/" + first.AddDate(0, 1, -1).Format(time.DateOnly)
}

// proposeFromHabits fills what an office says of all its datasets from the
// last one it described.
func (a *App) proposeFromHabits(ctx context.Context, p describe.Profile, d *describe.Description) error {
	earlier, err := a.store.Datasets(ctx)
	if err != nil {
		return err
	}
	for _, e := range earlier {
		for _, key := range []string{"license", "publisher", "contact", "email", "spatial", "unit", "phone"} {
			p.Propose(d, key, e.Description.Get(key), FromHabit)
		}
	}
	return nil
}

var institutionWords = regexp.MustCompile(`(?i)\b(municipalidad|alcald[ií]a|ayuntamiento|gobierno aut[oó]nomo|gad|prefeitura|c[aâ]mara municipal|mairie|commune|municipality|city of|ministerio|gobernaci[oó]n)\b|^(instituto|secretar[ií]a|superintendencia|contralor[ií]a|direcci[oó]n (general|nacional)|servicio nacional)\b`)

// institution returns the first title that names a public body.
func institution(titles []string) string {
	for _, t := range titles {
		if institutionWords.MatchString(t) && len(t) <= 120 {
			return properName(strings.TrimSpace(t))
		}
	}
	return ""
}

// joiners are the words that stay small inside a name.
var joiners = map[string]bool{
	"de": true, "del": true, "la": true, "las": true, "los": true, "el": true, "y": true, "e": true, "en": true,
	"da": true, "do": true, "das": true, "dos": true, "du": true, "des": true, "of": true, "the": true,
}

// properName lowers a name that shouts, but for the first letter of each word:
// MUNICIPALIDAD DE SANTA ROSA becomes Municipalidad de Santa Rosa.
func properName(s string) string {
	if s != strings.ToUpper(s) {
		return s
	}
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		if i > 0 && joiners[w] {
			continue
		}
		runes := []rune(w)
		runes[0] = unicode.ToUpper(runes[0])
		words[i] = string(runes)
	}
	return strings.Join(words, " ")
}

// filterWords are what a pivot table's filters say above it.
var filterWords = regexp.MustCompile(`(?i)\((multiple items|all|varios elementos|todos?|todas?|v[aá]rios itens|tudo|tous|plusieurs [eé]l[eé]ments)\)`)

// titleNumber is the number that a table has in its book, and means nothing
// outside: "Cuadro N.º 4.2:", "Tabla 3.", "2.2 -".
var titleNumber = regexp.MustCompile(`(?i)^(?:(?:tabla|cuadro|table|tableau|tabela|quadro|gr[aá]fico|anexo)\s+(?:n\.?\s?[°ºo]\.?\s*|n[uú]m\.?\s*|no\.?\s*)?(?:[a-z]?\d+(?:[.\-]\d+)*|[ivx]+)[a-z]?\s*[.:)\-–—]*\s+|\d{1,2}(?:\.\d{1,2})+\s+(?:[-–—]\s+)?|\d{1,2}(?:\.\d{1,2})*\s*[.)\-–—]\s+)`)

// bestTitle returns the title line that says most: not the institution, not a
// remark in brackets, not an address, not a pivot table's filter, the longest of
// the rest.
func bestTitle(titles []string) string {
	best := ""
	for _, t := range titles {
		t = strings.TrimSpace(strings.TrimLeft(t, "# \t"))
		t = titleNumber.ReplaceAllString(t, "")
		if strings.Contains(t, "://") || institutionWords.MatchString(t) || filterWords.MatchString(t) || strings.HasPrefix(t, "(") || len(t) > 200 {
			continue
		}
		if len(t) > len(best) {
			best = t
		}
	}
	return sentenceCase(best)
}

// backLink is the text of a link to another sheet of the book.
var backLink = regexp.MustCompile(`(?i)\s*\b(?:volver|regresar|ir|retornar|voltar|return|back|retour)\s+(?:al?|ao|à|to)\s+(?:the\s+|la\s+)?(?:[ií]ndice|inicio|men[uú]|index|contents|sommaire|in[ií]cio|portada|sum[aá]rio)\.?(?:\s|$)`)

// withoutLinks are notes without the texts of links to other sheets.
func withoutLinks(notes []string) []string {
	var kept []string
	for _, n := range notes {
		if n = strings.TrimSpace(backLink.ReplaceAllString(n, "")); n != "" {
			kept = append(kept, n)
		}
	}
	return kept
}

// sentenceCase lowers a title that shouts: EJECUCIÓN PRESUPUESTAL becomes
// Ejecución presupuestal.
func sentenceCase(s string) string {
	if s == "" || s != strings.ToUpper(s) {
		return s
	}
	runes := []rune(strings.ToLower(s))
	return strings.ToUpper(string(runes[0])) + string(runes[1:])
}

// nameAsTitle makes words of a file's name.
func nameAsTitle(name string) string {
	base := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	words := []rune(sentenceCase(strings.Join(strings.Fields(strings.NewReplacer("_", " ", "-", " ", ".", " ").Replace(base)), " ")))
	if len(words) > 0 {
		words[0] = unicode.ToUpper(words[0])
	}
	return string(words)
}

func unaccented(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		if r < 0x300 || r > 0x36f {
			b.WriteRune(r)
		}
	}
	return b.String()
}
