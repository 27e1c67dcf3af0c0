// Package message is the only place where an error, a finding or a state
// becomes words for people. Everything below it works with codes and values;
// everything above asks a Printer of one language.
//
// Start with New, T and N; Explain turns any error into the three parts that
// every message of this program has.
package message

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"chasqui/assets/messages"
)

// Languages are the languages of the program, the source language first.
var Languages = [...]string{"es", "en", "pt", "fr"}

// Printer says things in one language. It is safe for concurrent use.
type Printer struct {
	lang      string
	localizer *i18n.Localizer
	numbers   *message.Printer
}

// New returns the Printer of the language that fits best: lang may be "pt",
// "pt_BR.UTF-8" or "en-US"; what is unknown or empty gets Spanish. It fails
// only if the embedded catalogues are broken, which a test excludes: then it
// panics.
func New(lang string) *Printer {
	tag := Match(lang)
	bundle := i18n.NewBundle(language.Spanish)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	for _, l := range slices.Compact([]string{"es", tag}) {
		if err := load(bundle, l); err != nil {
			panic(err)
		}
	}
	return &Printer{
		lang:      tag,
		localizer: i18n.NewLocalizer(bundle, tag, "es"),
		numbers:   message.NewPrinter(language.MustParse(regional[tag])),
	}
}

// regional gives each language the country whose number format is shown:
// Spanish numbers group with a dot, as most of the seven countries print them.
var regional = map[string]string{"es": "es", "en": "en", "pt": "pt-BR", "fr": "fr"}

// Match returns the program's language for a locale name, "es" if none fits.
func Match(locale string) string {
	locale, _, _ = strings.Cut(strings.ToLower(locale), ".")
	locale, _, _ = strings.Cut(locale, "@")
	base, _, _ := strings.Cut(strings.ReplaceAll(locale, "_", "-"), "-")
	for _, l := range Languages {
		if base == l {
			return l
		}
	}
	return "es"
}

func load(bundle *i18n.Bundle, lang string) error {
	entries, err := messages.Files.ReadDir(lang)
	if err != nil {
		return err
	}
	for _, e := range entries {
		data, err := messages.Files.ReadFile(path.Join(lang, e.Name()))
		if err != nil {
			return err
		}
		if _, err := bundle.ParseMessageFileBytes(data, lang+".json"); err != nil {
			return fmt.Errorf("%s/%s: %w", lang, e.Name(), err)
		}
	}
	return nil
}

// Lang returns the printer's language, one of Languages.
func (p *Printer) Lang() string { return p.lang }

// T returns the text of key. args are placeholder names and values by turns:
// T("ui.greeting", "Name", office). A key without a text is returned as it
// is, so that its absence shows.
func (p *Printer) T(key string, args ...any) string {
	s, err := p.localizer.Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: pairs(args)})
	if err != nil && s == "" {
		return key
	}
	return s
}

// N returns the text of key in the plural form that n asks for. The
// placeholder Count is n, written in the language's number format.
func (p *Printer) N(key string, n int, args ...any) string {
	data := pairs(args)
	data["Count"] = p.Number(int64(n))
	config := &i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: n}
	s, err := p.localizer.Localize(config)
	if err != nil && s == "" {
		// the "many" form of es, fr and pt (a million things) falls back to "other"
		config.PluralCount = nil
		if s, _ = p.localizer.Localize(config); s == "" {
			return key
		}
	}
	return s
}

// Has reports whether key has a text in this language or in Spanish.
func (p *Printer) Has(key string) bool { return p.T(key) != key }

// Number writes n as the language groups digits: 1.234.567 in Spanish.
func (p *Printer) Number(n int64) string {
	return p.numbers.Sprint(number.Decimal(n))
}

// Bytes writes a size in bytes as people read it: "4,2 MB".
func (p *Printer) Bytes(n int64) string {
	units := []string{"B", "kB", "MB", "GB", "TB"}
	f, unit := float64(n), 0
	for f >= 1000 && unit < len(units)-1 {
		f /= 1000
		unit++
	}
	digits := 1
	if unit == 0 || f >= 100 {
		digits = 0
	}
	return p.numbers.Sprint(number.Decimal(f, number.MaxFractionDigits(digits))) + " " + units[unit]
}

func pairs(args []any) map[string]any {
	m := make(map[string]any, len(args)/2+1)
	for i := 0; i+1 < len(args); i += 2 {
		m[fmt.Sprint(args[i])] = args[i+1]
	}
	return m
}
