package message

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"chasqui/converters/table"
	"chasqui/sync/portal"
)

func TestLocaleNamesFindTheirLanguage(t *testing.T) {
	for locale, want := range map[string]string{
		"": "es", "es_PE.UTF-8": "es", "en-US": "en", "pt_BR.UTF-8@x": "pt", "FR": "fr", "de_DE": "es", "C": "es",
	} {
		if got := Match(locale); got != want {
			t.Errorf("%q: got %q, want %q", locale, got, want)
		}
	}
}

func TestNumbersAndSizesFollowTheLanguage(t *testing.T) {
	for lang, want := range map[string][2]string{
		"es": {"1.234.567", "4,2 MB"}, "en": {"1,234,567", "4.2 MB"}, "pt": {"1.234.567", "4,2 MB"},
	} {
		p := New(lang)
		if got := p.Number(1234567); got != want[0] {
			t.Errorf("%s: number %q, want %q", lang, got, want[0])
		}
		if got := p.Bytes(4_200_000); got != want[1] {
			t.Errorf("%s: size %q, want %q", lang, got, want[1])
		}
	}
}

func TestPluralsAgreeWithTheirNumber(t *testing.T) {
	p := New("es")
	for n, want := range map[int]string{
		1: "1 fila", 2: "2 filas", 1_000_000: "1.000.000 filas", // a million takes the form "many"
	} {
		if got := p.N("cli.progress.rows", n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}

func TestEveryErrorIsExplainedInThreeParts(t *testing.T) {
	for name, err := range map[string]error{
		"fault":     fmt.Errorf("opening: %w", &table.Fault{Kind: table.EmptyFile, Place: table.Place{File: "a.xlsx", Sheet: "S", Row: 3, Col: 28}}),
		"portal":    fmt.Errorf("sending: %w", &portal.Error{Kind: portal.Denied, Op: "create"}),
		"cancelled": fmt.Errorf("reading: %w", context.Canceled),
		"stranger":  errors.New("boom"),
	} {
		e := New("es").Explain(err)
		if e.What == "" || e.Safe == "" || e.Next == "" || e.Details == "" {
			t.Errorf("%s: a part is missing: %+v", name, e)
		}
	}
	e := New("es").Explain(&table.Fault{Kind: table.Damaged, Place: table.Place{File: "a.xlsx", Sheet: "S", Row: 3, Col: 28}})
	if want := "a.xlsx, hoja S, fila 3, columna AB"; e.Where != want {
		t.Errorf("the place reads %q, want %q", e.Where, want)
	}
	if e := New("es").Explain(errors.New("boom")); e.Code != Internal {
		t.Errorf("an error without a code is %q, want %q: a defect", e.Code, Internal)
	}
}
